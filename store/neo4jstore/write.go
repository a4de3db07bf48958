package neo4jstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dramatis/kg"
)

// changeset is what changes make of nodes and edges, as parameters of the statements below.
type changeset struct {
	nodes   []any                  // to write over what is there
	edges   []any                  // to draw between records: links and those of relationships
	texts   []any                  // to hang on a record
	words   words                  // to link to records
	unlink  []any                  // links to take away, and the texts at their ends
	unword  words                  // links to words to take away
	undrawn map[[2]string][]string // edges of relationships to take away: by their ends, the relationships' ids
	drop    []any                  // nodes to delete
	notes   []any                  // of the batch: one or none
}

func notes(op *kg.Op) []any {
	if op == nil {
		return nil
	}
	return []any{map[string]any{"key": op.Key, "hash": op.Hash, "result": op.Result, "at": op.At.UTC().Format(time.RFC3339)}}
}

// Write writes records, and of what is derived from them only what changes: one statement for what comes, one for
// each kind of thing that goes.
func (t *tx) Write(ctx context.Context, changes []kg.Change, note *kg.Op) error {
	c := changeset{notes: notes(note)}
	for _, change := range changes {
		if err := c.add(change); err != nil {
			return err
		}
		if change.New != nil {
			delete(t.absent, change.New.GetID())
		}
	}
	for id := range t.absent {
		c.drop = append(c.drop, string(id))
	}
	if err := t.takeAway(ctx, &c); err != nil {
		return err
	}
	return t.put(ctx, &c)
}

// takeAway removes what goes.
func (t *tx) takeAway(ctx context.Context, c *changeset) error {
	var undrawn []any
	for ends, ids := range c.undrawn { // ends that many relationships join are looked at once
		undrawn = append(undrawn, map[string]any{"from": ends[0], "to": ends[1], "ids": ids})
	}
	for _, step := range []struct {
		cypher string
		list   []any
	}{{unlink, c.unlink}, {unword, c.unword.list()}, {undraw, undrawn}, {drop, c.drop}} {
		if len(step.list) == 0 {
			continue
		}
		if _, err := t.query(ctx, step.cypher, map[string]any{"list": step.list}); err != nil {
			return err
		}
	}
	return nil
}

const drop = "UNWIND $list AS id MATCH (n:Record {id: id}) DELETE n"

var (
	unlink = `UNWIND $list AS r
		MATCH (n:Record {id: r.id})-[x:` + ownPattern + `]->(m)
		WHERE type(x) + '/' + coalesce(x.key, m.key) IN r.links
		DELETE x
		WITH m WHERE m:Name OR m:Identifier
		DELETE m`
	// In a subquery both ends are found already: otherwise Neo4j may go through all that a hub has.
	undraw = `UNWIND $list AS e
		MATCH (a:Record {id: e.from})
		MATCH (b:Record {id: e.to})
		CALL (e, a, b) {
			MATCH (a)-[x:` + nativePattern + `]->(b)
			WHERE x.id IN e.ids
			DELETE x
		}`
	// The types and labels come from the tables of this package, though as parameters.
	put = `CALL () {
			UNWIND $nodes AS r
			MATCH (n:Record {id: r.id})
			SET n = r.properties
			REMOVE n:$(r.unlabel)
			SET n:$(r.label)
			RETURN count(*) AS nodes
		}
		CALL () {
			UNWIND $edges AS e
			MATCH (a:Record {id: e.from})
			MATCH (b:Record {id: e.to})
			CREATE (a)-[x:$(e.type)]->(b)
			SET x = e.properties
			RETURN count(*) AS edges
		}
		CALL () {
			UNWIND $texts AS e
			MATCH (a:Record {id: e.from})
			CREATE (a)-[:$(e.type)]->(:$(e.label) {key: e.key, sortKey: e.sortKey})
			RETURN count(*) AS texts
		}
		CALL () {
			` + linkWords + `
			RETURN count(*) AS words
		}
		CALL () {
			UNWIND $notes AS x
			MATCH (o:Op {key: x.key})
			SET o = x
			RETURN count(*) AS notes
		}
		RETURN nodes, edges, texts, words, notes`
)

// put writes what comes. MATCH would pass over a node that is not there, so the numbers are compared.
func (t *tx) put(ctx context.Context, c *changeset) error {
	want := [...]int{len(c.nodes), len(c.edges), len(c.texts), c.words.links(), len(c.notes)}
	if want == [len(want)]int{} {
		return nil
	}
	rows, err := t.query(ctx, put, map[string]any{"nodes": c.nodes, "edges": c.edges, "texts": c.texts, "words": c.words.list(), "notes": c.notes})
	if err != nil {
		return err
	}
	for i, n := range want {
		if rows[0].Values[i] != int64(n) {
			return fmt.Errorf("of nodes, edges, texts, links to words and notes %v Neo4j wrote %v", want, rows[0].Values)
		}
	}
	return nil
}

func (c *changeset) add(change kg.Change) error {
	was, is := stateOf(change.Old), stateOf(change.New)
	if change.New == nil {
		c.drop = append(c.drop, was.id)
		c.relink(was.id, was.links, nil)
	} else {
		properties, err := propertiesOf(change.New)
		if err != nil {
			return err
		}
		c.nodes = append(c.nodes, map[string]any{"id": is.id, "properties": properties,
			"label": is.labels, "unlabel": without(was.labels, is.labels)})
		c.relink(is.id, missing(was.links, is.links), missing(is.links, was.links))
	}
	if was.drawn != is.drawn {
		c.redraw(was.drawn, is.drawn)
	}
	return nil
}

// state is what stands in the database for a record, beside the properties of its node.
type state struct {
	id     string
	labels []string
	links  []link
	drawn  native
}

func stateOf(r kg.Record) state {
	if r == nil {
		return state{}
	}
	s := state{id: string(r.GetID()), labels: labelsOf(r), links: linksOf(r)}
	if r, ok := r.(*kg.Relationship); ok {
		s.drawn = nativeOf(r)
	}
	return s
}

func (c *changeset) relink(id string, gone, come []link) {
	var names []string
	for _, l := range gone {
		if l.shared != "" {
			c.unword.add(id, l)
			continue
		}
		names = append(names, l.name())
	}
	if len(names) > 0 {
		c.unlink = append(c.unlink, map[string]any{"id": id, "links": names})
	}
	for _, l := range come {
		switch {
		case l.text != "":
			c.texts = append(c.texts, map[string]any{"from": id, "type": l.edge, "label": l.text, "key": l.key, "sortKey": l.sort})
		case l.shared != "":
			c.words.add(id, l)
		default:
			c.edges = append(c.edges, map[string]any{"from": id, "to": l.key, "type": l.edge,
				"properties": map[string]any{"key": l.key, "sortKey": l.sort}})
		}
	}
}

func (c *changeset) redraw(had, has native) {
	if had.id != "" {
		c.undraw(had)
	}
	if has.id != "" {
		c.edges = append(c.edges, map[string]any{"from": has.from, "to": has.to, "type": has.typ, "properties": has.properties()})
	}
}

func (c *changeset) undraw(n native) {
	if c.undrawn == nil {
		c.undrawn = map[[2]string][]string{}
	}
	ends := [2]string{n.from, n.to}
	c.undrawn[ends] = append(c.undrawn[ends], n.id)
}

// without gives those of a that are not in b, as a list even if there are none: nil would be null.
func without(a, b []string) []string {
	left := []string{}
	for _, s := range a {
		if !slices.Contains(b, s) {
			left = append(left, s)
		}
	}
	return left
}
