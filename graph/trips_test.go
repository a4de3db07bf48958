package graph_test

import (
	"fmt"
	"testing"

	"dramatis/kg"
)

// chain is the question that a page of the explorer asks: entity → relationships → other end → statements about it →
// speakers and source.
const chain = `query ($id: ID!, $n: Int!) {
  entity(id: $id) {
    relationships(first: $n) { nodes { type } edges { other {
      name
      statementsAbout(first: $n) { nodes { text speakers { name } evidence { exact source { title } } } }
    } } }
  }
}`

// TestRoundTrips counts what is sent to the database: as many statements as the question has levels, whether it finds
// one row a level or fifty.
func TestRoundTrips(t *testing.T) {
	id := kg.KeyID(kg.EntityClass, "nato-russia-2022", "russia")
	for _, s := range servers(t) {
		s = s.patient()
		var trips []int64
		for _, n := range []int{1, 50} {
			before := s.trips.Load()
			var data struct {
				Entity struct {
					Relationships struct {
						Edges []struct {
							Other struct {
								StatementsAbout struct{ Nodes []any }
							}
						}
					}
				}
			}
			s.ask(t, chain, map[string]any{"id": id, "n": n}, &data)
			trips = append(trips, s.trips.Load()-before)
			edges, statements := data.Entity.Relationships.Edges, 0
			for _, e := range edges {
				statements += len(e.Other.StatementsAbout.Nodes)
			}
			t.Logf("%s: first: %d gives %d relationships and %d statements in %d round trips", s.name, n, len(edges), statements, trips[len(trips)-1])
			if n == 50 && (len(edges) < 15 || statements < 30) {
				t.Errorf("the graph has too little to prove anything: %d relationships, %d statements", len(edges), statements)
			}
		}
		if trips[0] > 6 || trips[1] != trips[0] {
			t.Errorf("%s: %d round trips for first: 1 and %d for first: 50; at most 6, and the same, are wanted", s.name, trips[0], trips[1])
		}
	}
}

// TestNothingUnasked makes sure that a field costs nothing where it is not asked for.
func TestNothingUnasked(t *testing.T) {
	x, y := string(kg.KeyID(kg.EntityClass, "nato-russia-2022", "russia")), string(kg.KeyID(kg.SourceClass, "nato-russia-2022", "article"))
	for _, s := range servers(t) {
		s = s.patient()
		along := func(n int64) int64 { // of references, whose records Neo4j gives along
			if s.name == "neo4j" {
				return n - 1
			}
			return n
		}
		for _, c := range []struct {
			query string
			trips int64
		}{
			{`{ entities(first: 50) { nodes { id name names { value } identifiers { value } } } }`, 1},
			{`{ entities(first: 50) { totalCount nodes { id } } }`, 2},
			{`{ relationships(first: 50) { nodes { id type evidence { exact } } } }`, 1},
			{`{ statements(first: 50) { nodes { text speakers { name } about { name } } } }`, along(2)},
			{`{ mentions: entity(id: "` + x + `") { mentions { nodes { source { title } entity { name } } } } }`, along(3)},
			// a profile: who it is; both lists; what they refer to
			{profile(x), along(4)},
			{`{ entities(first: 100) { nodes { relationshipCounts { type total } dataset { name } } } }`, 3},
			// whoever asks how many there are reads none of them
			{`{ entities(first: 50) { totalCount } }`, 1},
			{`{ entities(first: 50) { nodes { relationships { totalCount } } } }`, 2},
			{`{ entities(first: 50) { __typename } relationships { __typename } }`, 0},
			{`{ __typename relationshipTypes { type } }`, 0},
			// whatever the filter, an entity's own lists are read together
			{`{ entities(first: 50) { nodes { statementsMade(filter: {speakers: ["` + x + `"], kind: [DIRECT]}) { totalCount nodes { id } } } } }`, 3},
			{`{ entities(first: 50) { nodes { statementsAbout(filter: {audience: ["` + x + `"]}, asOf: "2022") { nodes { id } } } } }`, 2},
			{`{ entities(first: 50) { nodes { relationships(with: ["` + x + `"], direction: OUT) { nodes { id } } } } }`, 2},
			{`{ entities(first: 50) { nodes { relationships(with: ["` + x + `"], types: [HOLDS], source: ["` + y + `"]) { nodes { id } } } } }`, 2},
			{`{ sources { nodes { relationships(filter: {with: ["` + x + `"]}) { nodes { id } } statements(filter: {by: ["` + x + `"]}) { nodes { id } } } } }`, 3},
		} {
			t.Run(fmt.Sprintf("%s/%s", s.name, c.query), func(t *testing.T) {
				before := s.trips.Load()
				var data map[string]any
				s.ask(t, c.query, nil, &data)
				if got := s.trips.Load() - before; got != c.trips {
					t.Errorf("%d round trips, want %d", got, c.trips)
				}
			})
		}
	}
}

// profile asks for an entity with its relationships and what was said about it.
func profile(id string) string {
	return `{ entity(id: "` + id + `") { name
		relationships(first: 20) { edges { other { name } node { type role startDate evidence { source { title } } } } }
		statementsAbout(first: 10, orderBy: DESC) { nodes { text date speakers { name } atEvent { name } evidence { source { title } } } } } }`
}
