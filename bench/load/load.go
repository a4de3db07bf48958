// Package load puts a graph of JSON Lines into stores: into those of Dramatis, and into the plain model in Neo4j
// that peer and limit share.
package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"dramatis/fold"
	"dramatis/formats"
	"dramatis/kg"
	"dramatis/store"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Dramatis loads a graph into a store of Dramatis, as `dramatis import` does.
func Dramatis(ctx context.Context, url string, o store.Options, graph io.Reader) error {
	s, _, err := store.Open(ctx, url, o)
	if err != nil {
		return err
	}
	defer s.Close()
	enough := errors.New("no more records are wanted")
	_, err = s.Load(ctx, time.Now(), func(yield func(kg.Record, error) bool) {
		err := formats.ReadJSONL(graph, func(_ int, r kg.Record) error {
			if !yield(r, nil) {
				return enough
			}
			return nil
		})
		if err != nil && !errors.Is(err, enough) {
			yield(nil, err)
		}
	})
	return err
}

// The plain model is how one would model this graph for a library that makes an API of it: nodes with plain
// properties, native relationships with dates. Its labels and types begin with P_, for Dramatis has a graph of its own
// in the same database. sort and latest are texts that order by date: the undated last both ways, none equal.
var schema = []string{
	"CREATE CONSTRAINT p_entity_id IF NOT EXISTS FOR (n:P_Entity) REQUIRE n.id IS UNIQUE",
	"CREATE CONSTRAINT p_statement_id IF NOT EXISTS FOR (n:P_Statement) REQUIRE n.id IS UNIQUE",
	"CREATE CONSTRAINT p_source_id IF NOT EXISTS FOR (n:P_Source) REQUIRE n.id IS UNIQUE",
	"CREATE INDEX p_entity_name IF NOT EXISTS FOR (n:P_Entity) ON (n.nameKey)",
	"CREATE INDEX p_entity_sort IF NOT EXISTS FOR (n:P_Entity) ON (n.type, n.sort)",
	"CREATE INDEX p_statement_latest IF NOT EXISTS FOR (n:P_Statement) ON (n.latest)",
	"CREATE FULLTEXT INDEX p_names IF NOT EXISTS FOR (n:P_Entity) ON EACH [n.names]",
}

// rows is how many nodes and edges are sent at once.
const rows = 10_000

type plain struct {
	ctx    context.Context
	driver neo4j.DriverWithContext
	nodes  map[string][]any // by label
	edges  map[edge][]any
	held   int
}

type edge struct{ from, typ, to string }

// Plain loads a graph into the plain model.
func Plain(ctx context.Context, driver neo4j.DriverWithContext, graph io.Reader) error {
	p := &plain{ctx: ctx, driver: driver, nodes: map[string][]any{}, edges: map[edge][]any{}}
	for _, statement := range schema {
		if err := p.run(statement, nil); err != nil {
			return err
		}
	}
	if err := formats.ReadJSONL(graph, func(_ int, r kg.Record) error {
		p.add(r)
		if p.held < rows {
			return nil
		}
		return p.flush()
	}); err != nil {
		return err
	}
	if err := p.flush(); err != nil {
		return err
	}
	return p.run("CALL db.awaitIndexes(600)", nil)
}

func (p *plain) run(cypher string, params map[string]any) error {
	s := p.driver.NewSession(p.ctx, neo4j.SessionConfig{})
	defer s.Close(p.ctx)
	result, err := s.Run(p.ctx, cypher, params)
	if err != nil {
		return err
	}
	_, err = result.Consume(p.ctx)
	return err
}

// flush writes nodes first: edges may lead to nodes of the same stretch.
func (p *plain) flush() error {
	for label, list := range p.nodes {
		if err := p.run(fmt.Sprintf("UNWIND $rows AS x CREATE (n:%s) SET n = x", label), map[string]any{"rows": list}); err != nil {
			return err
		}
	}
	for e, list := range p.edges {
		cypher := fmt.Sprintf("UNWIND $rows AS x MATCH (a:%s {id: x.a}) MATCH (b:%s {id: x.b}) CREATE (a)-[r:%s]->(b) SET r = x.p", e.from, e.to, e.typ)
		if err := p.run(cypher, map[string]any{"rows": list}); err != nil {
			return err
		}
	}
	clear(p.nodes)
	clear(p.edges)
	p.held = 0
	return nil
}

func (p *plain) add(r kg.Record) {
	switch r := r.(type) {
	case kg.Entity:
		p.node("P_Entity", Entity(r))
	case *kg.Source:
		p.node("P_Source", properties{"id": r.ID, "title": r.Title, "publishedDate": r.PublishedDate, "url": r.URL})
		if r.Publisher != "" {
			p.edge("P_Source", "P_PUBLISHED_BY", "P_Entity", r.ID, r.Publisher, nil)
		}
	case *kg.Relationship:
		p.edge("P_Entity", "P_"+string(r.Type), "P_Entity", r.From, r.To, Relationship(r))
	case *kg.Statement:
		p.node("P_Statement", properties{"id": r.ID, "kind": r.Kind, "text": r.Text, "date": r.Date, "latest": latest(r, r.Date)})
		for typ, ids := range map[string][]kg.ID{"P_SPEAKER": r.Speakers, "P_ON_BEHALF_OF": r.OnBehalfOf, "P_ABOUT": r.About} {
			for _, id := range ids {
				p.edge("P_Statement", typ, "P_Entity", r.ID, id, nil)
			}
		}
		if r.AtEvent != "" {
			p.edge("P_Statement", "P_AT_EVENT", "P_Entity", r.ID, r.AtEvent, nil)
		}
		for _, e := range r.Evidence {
			p.edge("P_Statement", "P_EVIDENCE", "P_Source", r.ID, e.Source, properties{"exact": e.Exact})
		}
	}
}

func (p *plain) node(label string, x properties) {
	p.nodes[label] = append(p.nodes[label], x.plain())
	p.held++
}

func (p *plain) edge(from, typ, to string, a, b kg.ID, x properties) {
	e := edge{from, typ, to}
	p.edges[e] = append(p.edges[e], map[string]any{"a": string(a), "b": string(b), "p": x.plain()})
	p.held++
}

// properties are of a node or an edge.
type properties map[string]any

// plain has texts only, and leaves out what is unknown.
func (x properties) plain() map[string]any {
	out := map[string]any{}
	for name, v := range x {
		if list, ok := v.([]string); ok && len(list) > 0 {
			out[name] = list
		} else if text := fmt.Sprint(v); !ok && text != "" {
			out[name] = text
		}
	}
	return out
}

// Entity gives the properties of an entity's node in the plain model.
func Entity(e kg.Entity) map[string]any {
	thing := e.Common()
	var aliases []string
	for _, n := range thing.Names {
		aliases = append(aliases, n.Value)
	}
	x := properties{
		"id": thing.ID, "type": e.Type(), "name": thing.Name, "aliases": aliases, "names": strings.Join(slices.Concat([]string{thing.Name}, aliases), " ; "),
		"nameKey": fold.Key(thing.Name), "description": thing.Description, "sort": kg.SortKey(e, kg.ByDefault),
	}
	switch e := e.(type) {
	case *kg.Person:
		x["birthDate"] = e.BirthDate
	case *kg.Event:
		x["startDate"], x["sort"] = e.StartDate, kg.SortKey(e, kg.ByDate)
	}
	return x.plain()
}

// Relationship gives the properties of an edge in the plain model.
func Relationship(r *kg.Relationship) map[string]any {
	return properties{
		"id": r.ID, "role": r.Role, "startDate": r.StartDate, "endDate": r.EndDate, "sort": kg.SortKey(r, kg.ByDefault), "latest": latest(r, r.StartDate),
	}.plain()
}

// latest is a record's sort key, but the undated come before all others: it is read backwards.
func latest(r kg.Record, date kg.PartialDate) string {
	key := kg.SortKey(r, kg.ByDefault)
	if date == "" {
		return string(kg.FirstDay) + key[len(kg.FirstDay):]
	}
	return key
}
