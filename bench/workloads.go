package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"

	"dramatis/bench/generate"
	"dramatis/bench/load"
	"dramatis/fold"
	"dramatis/kg"
)

// workload is one question, in the words of each kind of target.
type workload struct {
	name, title string
	// hubs: one in so many of the entities asked for is a hub; 0 is none but by chance.
	hubs int
	// params makes the parameters of one request, the same for all targets.
	params func(g *generate.Graph, r *rand.Rand, hubs int) map[string]any
	// dramatis and peer are GraphQL documents; the limit knows its questions by name.
	dramatis, peer string
	// checked is what Dramatis is asked instead when answers are compared: what it says of their being whole too.
	checked string
	// equal takes from an answer in its plain form what must be the same everywhere; nil is all of it.
	equal func(target kind, params map[string]any, answer []any) any
	// note says why equal leaves something out.
	note string
	// fresh: the same request must not be sent twice.
	fresh bool
}

// atLeast is a number that may be greater than that of the others, for the target said so.
type atLeast int

// question is the name under which the limit knows it.
func (w *workload) question() string { return strings.TrimSuffix(w.name, "-hubs") }

var allTypes = "[PERSON, ORGANIZATION, POSITION, PLACE, EVENT, TOPIC]"

var profile = workload{
	name: "profile", title: "profile: an entity, its 20 latest relationships with the other ends' names, the 10 latest statements about it with speakers, source and event", hubs: 8, params: byID,
	dramatis: `query ($id: ID!) { entity(id: $id) { id type name
  relationships(orderBy: DESC, first: 20) { edges { other { id name } node { id type role startDate endDate } } }
  statementsAbout(orderBy: DESC, first: 10) { nodes { id text date speakers { id name } evidence { source { title } } atEvent { name } } } } }`,
	peer: `query ($id: ID!) { entity: pEntities(where: { id: { eq: $id } }) { id type name
  relationships: latestRelationships { id type role startDate endDate other { id name } }
  statementsAbout: latestStatements { id text date speakers { id name } evidence { title } atEvent { name } } } }`,
}

var workloads = []workload{
	{
		name: "entity", title: "an entity by its id", hubs: 8, params: byID,
		dramatis: `query ($id: ID!) { entity(id: $id) { id type name description names { value } } }`,
		peer:     `query ($id: ID!) { entity: pEntities(where: { id: { eq: $id } }) { id type name description names: aliases } }`,
	},
	{
		name: "search", title: "search by a whole name, the 10 best", params: byName,
		dramatis: `query ($query: String!) { search(query: $query, types: ` + allTypes + `, first: 10) { nodes { node { ... on Entity { id type name } } } } }`,
		peer:     `query ($phrase: String!) { search(phrase: $phrase) { id type name } }`,
		// Lucene ranks by frequencies of words, Dramatis by how like the names are, and it also finds what is misspelled.
		note: "the ranks are each target's own: all must find an entity of that name",
		equal: func(_ kind, params map[string]any, answer []any) any {
			return slices.ContainsFunc(answer, func(hit any) bool { return hit.(map[string]any)["name"] == params["query"] })
		},
	},
	{
		name: "suggest", title: "suggest: 10 entities by the beginning of a name", params: byName,
		dramatis: `query ($prefix: String!) { suggest(prefix: $prefix, first: 10) { node { ... on Entity { id type name } } } }`,
		peer:     `query ($prefixKey: String!) { suggest: pEntities(where: { nameKey: { startsWith: $prefixKey } }, sort: [{ nameKey: ASC }], limit: 10) { id type name } }`,
		// Dramatis goes on to aliases, to words within names and to those that are near.
		note:  "Dramatis also finds aliases and later words: all must find something",
		equal: func(_ kind, _ map[string]any, answer []any) any { return len(answer) > 0 },
	},
	profile,
	func() workload {
		w := profile
		w.name, w.title, w.hubs = "profile-hubs", "the profile of hubs only", 1
		return w
	}(),
	{
		name: "network", title: "200 entities within two hops", hubs: 8, params: byID,
		dramatis: `query ($id: ID!) { network(ids: [$id], depth: 2, limit: 200, statements: false) { nodes { entity { id name } } } }`,
		peer:     `query ($id: ID!) { entity: pEntities(where: { id: { eq: $id } }) { within { id name } } }`,
		// Dramatis gives those that matter most, the others the first they come across.
		note: "Dramatis gives those that matter most, the others any: as many must be found",
		equal: func(target kind, _ map[string]any, answer []any) any {
			switch target {
			case dramatis:
				return len(answer) - 1 // the entity itself
			case peer:
				list, _ := answer[0].([]any)
				return len(list)
			}
			return len(answer)
		},
	},
	{
		name: "path", title: "a shortest path of at most 4 hops between two entities", params: twoIDs,
		dramatis: `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxLength: 4, limit: 1, avoidHubs: false, statements: false) { paths { hops { from { id name } to { id name } } } } }`,
		peer:     `query ($from: ID!, $to: ID!) { path(from: $from, to: $to) { nodes { id name } } }`,
		checked:  `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxLength: 4, limit: 1, avoidHubs: false, statements: false) { paths { hops { from { id name } to { id name } } } cut { id } incomplete } }`,
		note:     "of several that are equally short any will do: the length must be the same, unless Dramatis says that it did not look at all relationships of hubs; then it may be longer",
		equal: func(target kind, _ map[string]any, answer []any) any {
			if len(answer) == 0 {
				return 0
			}
			switch target {
			case dramatis:
				if said, ok := answer[0].(map[string]any); ok { // cut or incomplete
					if paths, _ := said["paths"].([]any); len(paths) > 0 {
						return atLeast(len(paths[0].([]any)))
					}
					return atLeast(math.MaxInt)
				}
				return len(answer[0].([]any)) // hops
			case limit:
				return len(answer[0].([]any)) - 1 // nodes of the one row
			}
			return len(answer) - 1
		},
	},
	{
		name: "timeline", title: "50 events since a date, each with 10 participants",
		params: func(_ *generate.Graph, r *rand.Rand, _ int) map[string]any {
			return map[string]any{"date": fmt.Sprintf("%d-01-01", 1990+r.IntN(25))}
		},
		dramatis: `query ($date: PartialDate!) { events(filter: { between: { from: $date } }, first: 50) { nodes { id name startDate
  participants(first: 10) { edges { node { role } other { id name } } } } } }`,
		peer: `query ($date: String!) { events: pEntities(where: { type: { eq: "EVENT" }, sort: { gte: $date } }, sort: [{ sort: ASC }], limit: 50) { id name startDate
  participants: firstParticipants { role other { id name } } } }`,
	},
	{
		name: "people", title: "100 people, each with 5 organizations and how many members these have",
		params: func(g *generate.Graph, r *rand.Rand, _ int) map[string]any {
			var ids []kg.ID
			for _, n := range r.Perm(g.Count(kg.PersonType))[:100] {
				ids = append(ids, generate.EntityID(kg.PersonType, n))
			}
			return map[string]any{"ids": ids}
		},
		dramatis: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Person { id name memberships(first: 5) { edges { other { id name ... on Organization { members { totalCount } } } } } } } }`,
		peer:     `query ($ids: [ID!]!) { people: pEntities(where: { id: { in: $ids } }) { id name memberships: firstMemberships { other { id name members } } } }`,
		note:     "in any order",
		equal: func(_ kind, _ map[string]any, answer []any) any {
			slices.SortFunc(answer, func(a, b any) int {
				return strings.Compare(a.(map[string]any)["id"].(string), b.(map[string]any)["id"].(string))
			})
			return answer
		},
	},
	{
		name: "upsert", title: "upsert of a person and a membership", params: upsert, fresh: true,
		dramatis: `mutation ($input: ApplyInput!) { apply(input: $input) { created changed unchanged } }`,
		peer: `mutation ($person: PersonInput!, $organization: ID!, $relationship: MembershipInput!) {
  upsert(person: $person, organization: $organization, relationship: $relationship) { person relationship } }`,
		note: "the same two records must have been written",
		equal: func(target kind, _ map[string]any, answer []any) any {
			found := map[string]bool{}
			for _, part := range answer[0].(map[string]any) {
				switch part := part.(type) {
				case string:
					found[part] = true
				case []any:
					for _, id := range part {
						found[id.(string)] = true
					}
				}
			}
			return found
		},
	},
}

// oneOf takes an entity of any type, in one of hubs cases a hub.
func oneOf(g *generate.Graph, r *rand.Rand, hubs int) (kg.EntityType, int) {
	if hubs > 0 && r.IntN(hubs) == 0 {
		return kg.OrganizationType, r.IntN(generate.Hubs)
	}
	n := r.IntN(g.N)
	for _, t := range kg.EntityTypes {
		if count := g.Count(t); n >= count {
			n -= count
			continue
		}
		return t, n
	}
	panic("there are fewer entities than counted")
}

func byID(g *generate.Graph, r *rand.Rand, hubs int) map[string]any {
	return map[string]any{"id": generate.EntityID(oneOf(g, r, hubs))}
}

func twoIDs(g *generate.Graph, r *rand.Rand, hubs int) map[string]any {
	from, to := generate.EntityID(oneOf(g, r, hubs)), generate.EntityID(oneOf(g, r, hubs))
	for to == from {
		to = generate.EntityID(oneOf(g, r, hubs))
	}
	return map[string]any{"from": from, "to": to}
}

// byName takes the name of an entity, as Lucene wants it: all its words must be there; and its first five letters.
func byName(g *generate.Graph, r *rand.Rand, hubs int) map[string]any {
	name := g.Entity(oneOf(g, r, hubs)).Common().Name
	prefix := string([]rune(name)[:5])
	// a blank at the end is typed on the way to the next word, and no part of a key
	return map[string]any{"query": name, "phrase": "+" + strings.Join(strings.Fields(name), " +"), "prefix": prefix, "prefixKey": fold.Key(prefix)}
}

// upserts are numbered through, so that none is sent twice and each changes something; they go round 512 people, as
// somebody's import does that comes every day.
var upserts atomic.Int64

func upsert(g *generate.Graph, r *rand.Rand, _ int) map[string]any {
	n := upserts.Add(1)
	personKey, linkKey := fmt.Sprintf("upsert/%d", n%512), fmt.Sprintf("upsert-membership/%d", n%512)
	organization := generate.EntityID(kg.OrganizationType, int(n%512)%g.Count(kg.OrganizationType))
	date := kg.PartialDate(fmt.Sprintf("%04d-%02d", 1000+n/12%9000, 1+n%12))
	person := &kg.Person{Thing: kg.Thing{Meta: kg.Meta{ID: kg.KeyID(kg.EntityClass, generate.Dataset, personKey)}, Name: g.Entity(kg.PersonType, int(n%512)%g.Count(kg.PersonType)).Common().Name}, BirthDate: date}
	link := &kg.Relationship{Meta: kg.Meta{ID: kg.KeyID(kg.RelationshipClass, generate.Dataset, linkKey)}, Type: kg.MemberOf, From: person.ID, To: organization, Role: "member", StartDate: date}
	return map[string]any{
		"person": load.Entity(person), "relationship": load.Relationship(link), "organization": organization,
		"input": map[string]any{
			"idempotencyKey": fmt.Sprintf("upsert-%d", n), "dataset": generate.Dataset,
			"put": []any{
				map[string]any{"entity": map[string]any{"key": personKey, "type": "PERSON", "name": person.Name, "birthDate": date}},
				map[string]any{"relationship": map[string]any{"key": linkKey, "type": "MEMBER_OF", "from": "#" + personKey, "to": organization, "role": "member", "startDate": date}},
			},
		},
	}
}

// plain brings an answer into the form in which answers are compared: connections are lists, an edge is one with its
// node, what holds one thing is that thing, and what is unknown is left out. What is left of the root is a list.
func plain(target kind, body []byte) ([]any, error) {
	var answer any
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, err
	}
	if target != limit {
		data, ok := answer.(map[string]any)["data"].(map[string]any)
		if !ok || len(data) != 1 {
			return nil, fmt.Errorf("an answer without data: %.300s", body)
		}
		for _, answer = range data {
		}
	}
	switch answer := strip(answer).(type) {
	case []any:
		return answer, nil
	case nil:
		return nil, nil
	default:
		return []any{answer}, nil
	}
}

// wrappers hold one thing when they stand alone.
var wrappers = []string{"edges", "nodes", "node", "entity", "value", "totalCount", "source", "within", "paths", "hops"}

func strip(v any) any {
	switch v := v.(type) {
	case []any:
		var list []any
		for _, x := range v {
			list = append(list, strip(x))
		}
		if len(list) == 0 {
			return nil
		}
		return list
	case map[string]any:
		if node, ok := v["node"].(map[string]any); ok && len(v) > 1 {
			delete(v, "node")
			for key, x := range node {
				v[key] = x
			}
		}
		for key, x := range v {
			if v[key] = strip(x); v[key] == nil || v[key] == "" || v[key] == false {
				delete(v, key)
			}
		}
		for key, x := range v {
			if len(v) == 1 && slices.Contains(wrappers, key) {
				return x
			}
		}
		if len(v) == 0 {
			return nil
		}
		return v
	}
	return v
}
