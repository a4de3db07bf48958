// Package generate makes graphs of any size for measurements: the same graph for the same size and seed, record by
// record, without keeping any of it.
//
// Each record depends only on the seed and its own number, so that whoever asks questions can tell a record's id and
// name by its number, and needs neither the graph nor a list of it.
package generate

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"

	"dramatis/kg"
)

// Dataset is the name of the dataset of all records.
const Dataset = "bench"

// HubShare is the degree of the greatest hub as a share of the number of entities; Hubs is how many entities count as
// hubs: the organizations with the lowest numbers, which have most relationships.
const (
	HubShare = 0.15
	Hubs     = 10
)

// Graph is a graph of N entities (at least 100), 5 N relationships, 2 N statements and N/5 sources.
type Graph struct {
	N    int
	Seed uint64
	// what is drawn from by rank; they depend on nothing but N
	organizations, events, others zipf
}

// New is the graph of a size and a seed.
func New(n int, seed uint64) *Graph {
	g := &Graph{N: n, Seed: seed}
	g.organizations = newZipf(g.Count(kg.OrganizationType) - 1)
	g.events = newZipf(g.Count(kg.EventType))
	g.others = newZipf(g.Count(kg.PersonType))
	return g
}

// share is how many of a hundred entities are of each type.
var share = map[kg.EntityType]int{
	kg.PersonType: 50, kg.OrganizationType: 20, kg.PositionType: 8, kg.PlaceType: 7, kg.EventType: 10, kg.TopicType: 5,
}

// Count is how many entities of a type there are: they have the numbers below it.
func (g *Graph) Count(t kg.EntityType) int {
	if t == kg.PersonType { // what rounding leaves over
		rest := g.N
		for other := range share {
			if other != kg.PersonType {
				rest -= g.Count(other)
			}
		}
		return rest
	}
	return g.N * share[t] / 100
}

// Sources and the like are how many there are of the other records.
func (g *Graph) Sources() int       { return max(1, g.N/5) }
func (g *Graph) Relationships() int { return 5 * g.N }
func (g *Graph) Statements() int    { return 2 * g.N }

// Records is how many records there are, the dataset among them.
func (g *Graph) Records() int {
	return 1 + g.N + g.Sources() + g.Relationships() + g.Statements()
}

// EntityID is the id of an entity by its type and number.
func EntityID(t kg.EntityType, n int) kg.ID {
	return kg.KeyID(kg.EntityClass, Dataset, entityKey(t, n))
}

func entityKey(t kg.EntityType, n int) string {
	return fmt.Sprintf("%s/%d", strings.ToLower(string(t)), n)
}

func sourceID(n int) kg.ID { return kg.KeyID(kg.SourceClass, Dataset, fmt.Sprintf("source/%d", n)) }

// Write writes the graph as JSON Lines. What is referred to stands before what refers to it.
func (g *Graph) Write(w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<20)
	err := g.Each(func(r kg.Record) error {
		body, err := kg.Encode(r)
		if err != nil {
			return err
		}
		_, err = b.Write(append(body, '\n'))
		return err
	})
	if err != nil {
		return err
	}
	return b.Flush()
}

// Each gives yield all records, in the order of the file.
func (g *Graph) Each(yield func(kg.Record) error) error {
	if err := yield(&kg.Dataset{Meta: kg.Meta{ID: kg.DatasetID(Dataset)}, Name: Dataset}); err != nil {
		return err
	}
	for _, t := range kg.EntityTypes {
		for n := range g.Count(t) {
			if err := yield(g.Entity(t, n)); err != nil {
				return err
			}
		}
	}
	for _, part := range []struct {
		count int
		make  func(int) kg.Record
	}{{g.Sources(), g.source}, {g.Relationships(), g.relationship}, {g.Statements(), g.statement}} {
		for n := range part.count {
			if err := yield(part.make(n)); err != nil {
				return err
			}
		}
	}
	return nil
}

// random is the source of chance of one record.
func (g *Graph) random(kind string, n int) *rand.Rand {
	h := g.Seed
	for _, c := range []byte(kind) {
		h = h*1099511628211 + uint64(c)
	}
	return rand.New(rand.NewPCG(h, uint64(n)))
}

func meta(class kg.Class, key string) kg.Meta {
	return kg.Meta{ID: kg.KeyID(class, Dataset, key), Dataset: kg.DatasetID(Dataset), Key: key}
}

// Entity makes an entity.
func (g *Graph) Entity(t kg.EntityType, n int) kg.Entity {
	r := g.random(string(t), n)
	name, alias := names(r, t)
	thing := kg.Thing{Meta: meta(kg.EntityClass, entityKey(t, n)), Name: name, Names: alias}
	if r.IntN(4) == 0 {
		thing.Identifiers = []kg.Identifier{{Scheme: "wikidata", Value: fmt.Sprintf("Q%d", r.IntN(1<<30))}}
	}
	if r.IntN(2) == 0 {
		thing.Description = sentence(r)
	}
	country := pick(r, countries)
	switch t {
	case kg.PersonType:
		return &kg.Person{Thing: thing, BirthDate: partial(r, 1930, 2000), Countries: []string{country}}
	case kg.OrganizationType:
		kind := pick(r, []kg.OrganizationKind{kg.State, kg.Intergovernmental, kg.GovernmentBody, kg.Party, kg.Company, kg.Company, kg.Media, kg.NGO, kg.Group})
		return &kg.Organization{Thing: thing, Kind: kind, Country: country, FoundingDate: partial(r, 1900, 2020)}
	case kg.PositionType:
		return &kg.Position{Thing: thing, Country: country}
	case kg.PlaceType:
		return &kg.Place{Thing: thing, Country: country}
	case kg.EventType:
		// Without an end, so that what is within a time depends on one date, which every target can compare.
		return &kg.Event{Thing: thing, Kind: pick(r, []string{"meeting", "summit", "election", "protest", "trial"}), StartDate: partial(r, firstYear, lastYear), Status: kg.Happened}
	}
	return &kg.Topic{Thing: thing}
}

// Years of what happens.
const firstYear, lastYear = 1990, 2025

func (g *Graph) source(n int) kg.Record {
	r := g.random("source", n)
	return &kg.Source{
		Meta: meta(kg.SourceClass, fmt.Sprintf("source/%d", n)), Kind: kg.Article, Title: sentence(r), Language: "en",
		Publisher: g.any(r, kg.OrganizationType), URL: fmt.Sprintf("https://news.example/%d", n), PublishedDate: partial(r, firstYear, lastYear),
	}
}

// kinds are the types of relationships, how many of a hundred they are, and what they join.
var kinds = []struct {
	share    int
	typ      kg.RelationshipType
	from, to kg.EntityType
}{
	{26, kg.MemberOf, kg.PersonType, kg.OrganizationType},
	{12, kg.EmployedBy, kg.PersonType, kg.OrganizationType},
	{6, kg.Leads, kg.PersonType, kg.OrganizationType},
	{6, kg.Directs, kg.PersonType, kg.OrganizationType},
	{6, kg.Owns, kg.OrganizationType, kg.OrganizationType},
	{4, kg.Sanctions, kg.OrganizationType, kg.OrganizationType},
	{8, kg.Holds, kg.PersonType, kg.PositionType},
	{2, kg.PositionIn, kg.PositionType, kg.OrganizationType},
	{4, kg.LocatedIn, kg.OrganizationType, kg.PlaceType},
	{14, kg.ParticipatedIn, kg.PersonType, kg.EventType},
	{4, kg.Organized, kg.OrganizationType, kg.EventType},
	{6, kg.AssociateOf, kg.PersonType, kg.PersonType},
	{2, kg.Opposes, kg.PersonType, kg.TopicType},
}

// Types are the types of all relationships.
func Types() []kg.RelationshipType {
	var types []kg.RelationshipType
	for _, k := range kinds {
		types = append(types, k.typ)
	}
	return types
}

// hubChance is how likely the end of a relationship that leads to an organization is the greatest hub: 62 of a
// hundred of 5 N do.
const hubChance = HubShare / (5 * 0.62)

func (g *Graph) relationship(n int) kg.Record {
	r := g.random("relationship", n)
	kind, left := kinds[0], r.IntN(100)
	for _, kind = range kinds {
		if left -= kind.share; left < 0 {
			break
		}
	}
	from, to := g.any(r, kind.from), kg.ID("")
	if kind.to == kg.OrganizationType && r.Float64() < hubChance {
		to = EntityID(kind.to, 0)
	}
	for to == "" || to == from {
		to = g.some(r, kind.to)
	}
	x := &kg.Relationship{Meta: meta(kg.RelationshipClass, fmt.Sprintf("relationship/%d", n)), Type: kind.typ, From: from, To: to, Role: pick(r, roles)}
	if r.IntN(10) > 0 {
		x.StartDate = partial(r, firstYear, lastYear)
		if r.IntN(4) == 0 {
			x.EndDate = partial(r, lastYear+1, lastYear+5)
		}
	}
	return x
}

func (g *Graph) statement(n int) kg.Record {
	r := g.random("statement", n)
	s := &kg.Statement{
		Meta: meta(kg.StatementClass, fmt.Sprintf("statement/%d", n)), Kind: pick(r, []kg.StatementKind{kg.Direct, kg.Direct, kg.Indirect, kg.Mixed, kg.Attributed}),
		Text: sentence(r), Speakers: []kg.ID{g.some(r, kg.PersonType)},
	}
	if r.IntN(10) > 0 {
		s.Date = partial(r, firstYear, lastYear)
	}
	if r.IntN(10) == 0 {
		s.OnBehalfOf = []kg.ID{g.some(r, kg.OrganizationType)}
	}
	s.About = []kg.ID{g.about(r)}
	if second := g.about(r); r.IntN(2) == 0 && second != s.About[0] {
		s.About = append(s.About, second)
	}
	if r.IntN(5) == 0 {
		s.AtEvent = g.some(r, kg.EventType)
	}
	s.Evidence = []kg.Evidence{{Source: sourceID(r.IntN(g.Sources())), Exact: s.Text, Method: kg.Import}}
	return s
}

// about is what a statement speaks of: the greatest hub as often as it is the end of a relationship.
func (g *Graph) about(r *rand.Rand) kg.ID {
	if r.Float64() < 0.04 {
		return EntityID(kg.OrganizationType, 0)
	}
	return g.some(r, pick(r, []kg.EntityType{kg.OrganizationType, kg.OrganizationType, kg.PersonType, kg.PlaceType, kg.TopicType}))
}

// any takes all entities of a type alike.
func (g *Graph) any(r *rand.Rand, t kg.EntityType) kg.ID { return EntityID(t, r.IntN(g.Count(t))) }

// some takes those with low numbers more often.
func (g *Graph) some(r *rand.Rand, t kg.EntityType) kg.ID {
	switch t {
	case kg.OrganizationType:
		return EntityID(t, 1+g.organizations.draw(r)) // the greatest hub is drawn by hubChance and about alone
	case kg.EventType:
		return EntityID(t, g.events.draw(r))
	}
	return EntityID(t, g.others.draw(r)%g.Count(t))
}

// zipf draws ranks from 0 to n-1 by the power law (rank + shift)^-power: by the inverse of its integral, which needs
// no table. The shift keeps the first ranks below the greatest hub at every size.
type zipf struct{ n, low, high float64 }

const power, shift = 1.2, 12.0

func newZipf(n int) zipf {
	return zipf{float64(n), math.Pow(shift, 1-power), math.Pow(shift+float64(n), 1-power)}
}

func (z zipf) draw(r *rand.Rand) int {
	x := math.Pow(z.low+(z.high-z.low)*r.Float64(), 1/(1-power)) - shift
	return int(min(max(x, 0), z.n-1))
}

// partial is a date between two years, known to the day, the month or only the year.
func partial(r *rand.Rand, from, to int) kg.PartialDate {
	year, month, day := from+r.IntN(to-from+1), 1+r.IntN(12), 1+r.IntN(28)
	switch r.IntN(6) {
	case 0:
		return kg.PartialDate(fmt.Sprintf("%04d", year))
	case 1:
		return kg.PartialDate(fmt.Sprintf("%04d-%02d", year, month))
	}
	return kg.PartialDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
