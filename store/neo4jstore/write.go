package neo4jstore

import (
	"context"
	"fmt"

	"dramatis/kg"
)

// changeset is what changes make of nodes and edges, as parameters of the statements below.
type changeset struct {
	nodes   []any // to write over what is there
	edges   []any // to draw between records: links and those of relationships
	texts   []any // to hang on a record
	unlink  []any // links to take away, and the texts at their ends
	undrawn []any // edges of relationships to take away
	drop    []any // nodes to delete
}

// Write writes records, and of what is derived from them only what changes: one statement for what comes, one for
// each kind of thing that goes.
func (t *tx) Write(ctx context.Context, changes []kg.Change) error {
	var c changeset
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
	for _, step := range []struct {
		cypher string
		list   []any
	}{{unlink, c.unlink}, {undraw, c.undrawn}, {drop, c.drop}} {
		if len(step.list) == 0 {
			continue
		}
		if _, err := t.query(ctx, step.cypher, map[string]any{"list": step.list}); err != nil {
			return err
		}
	}
	return t.put(ctx, &c)
}

const drop = "UNWIND $list AS id MATCH (n:Record {id: id}) DELETE n"

var (
	unlink = `UNWIND $list AS r
		MATCH (n:Record {id: r.id})-[x:` + ownPattern + `]->(m)
		WHERE type(x) + '/' + coalesce(x.key, m.key) IN r.links
		DELETE x
		WITH m WHERE m:Name OR m:Identifier
		DELETE m`
	undraw = `UNWIND $list AS e
		MATCH (a:Record {id: e.from})-[x:` + nativePattern + `]->(b:Record {id: e.to})
		WHERE x.id = e.id
		DELETE x`
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
		RETURN nodes, edges, texts`
)

// put writes what comes. MATCH would pass over a node that is not there, so the numbers are compared.
func (t *tx) put(ctx context.Context, c *changeset) error {
	if len(c.nodes)+len(c.edges)+len(c.texts) == 0 {
		return nil
	}
	rows, err := t.query(ctx, put, map[string]any{"nodes": c.nodes, "edges": c.edges, "texts": c.texts})
	if err != nil {
		return err
	}
	for i, want := range []int{len(c.nodes), len(c.edges), len(c.texts)} {
		if rows[0].Values[i] != int64(want) {
			return fmt.Errorf("of %d nodes, %d edges and %d texts Neo4j wrote %v", len(c.nodes), len(c.edges), len(c.texts), rows[0].Values)
		}
	}
	return nil
}

func (c *changeset) add(change kg.Change) error {
	var before, after []link
	var had, has native
	var was, is []string
	id := ""
	if r := change.Old; r != nil {
		before, was, id = linksOf(r), labelsOf(r), string(r.GetID())
		if r, ok := r.(*kg.Relationship); ok {
			had = nativeOf(r)
		}
	}
	if r := change.New; r != nil {
		after, is, id = linksOf(r), labelsOf(r), string(r.GetID())
		if r, ok := r.(*kg.Relationship); ok {
			has = nativeOf(r)
		}
		properties, err := propertiesOf(r)
		if err != nil {
			return err
		}
		c.nodes = append(c.nodes, map[string]any{"id": id, "properties": properties, "label": is, "unlabel": without(was, is)})
	} else {
		c.drop = append(c.drop, id)
	}
	c.relink(id, missing(before, after), missing(after, before))
	if had != has {
		c.redraw(had, has)
	}
	return nil
}

func (c *changeset) relink(id string, gone, come []link) {
	if len(gone) > 0 {
		names := make([]string, len(gone))
		for i, l := range gone {
			names[i] = l.name()
		}
		c.unlink = append(c.unlink, map[string]any{"id": id, "links": names})
	}
	for _, l := range come {
		if l.text != "" {
			c.texts = append(c.texts, map[string]any{"from": id, "type": l.edge, "label": l.text, "key": l.key, "sortKey": l.sort})
			continue
		}
		c.edges = append(c.edges, map[string]any{"from": id, "to": l.key, "type": l.edge,
			"properties": map[string]any{"key": l.key, "sortKey": l.sort}})
	}
}

func (c *changeset) redraw(had, has native) {
	if had.id != "" {
		c.undrawn = append(c.undrawn, map[string]any{"from": had.from, "to": had.to, "id": had.id})
	}
	if has.id != "" {
		c.edges = append(c.edges, map[string]any{"from": has.from, "to": has.to, "type": has.typ, "properties": has.properties()})
	}
}

func without(a, b []string) []string {
	left := []string{}
	for _, s := range a {
		found := false
		for _, t := range b {
			found = found || s == t
		}
		if !found {
			left = append(left, s)
		}
	}
	return left
}
