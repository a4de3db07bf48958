package formats

import (
	"bufio"
	"encoding/json"
	"io"

	"dramatis/kg"
)

// cytoscapeWriter writes the elements of a network as Cytoscape and Cytoscape.js read them (js.cytoscape.org, "elements JSON"), and networkx
// (cytoscape_graph), which wants to be told that parallel edges are kept, and value and key.
type cytoscapeWriter struct {
	w    *bufio.Writer
	part string // what is open: "", "nodes" or "edges"
}

func newCytoscape(w io.Writer, _ WriteOptions) Writer { return &cytoscapeWriter{w: bufio.NewWriter(w)} }

// Write writes entities and, behind all of these, relationships; of other records nothing.
func (c *cytoscapeWriter) Write(r kg.Record) error {
	switch r := r.(type) {
	case kg.Entity:
		n := nodeOf(r)
		return c.element("nodes", map[string]any{"id": n.id, "value": n.id, "name": n.label}, nodeAttributes, n.values)
	case *kg.Relationship:
		e := edgeOf(r)
		return c.element("edges", map[string]any{"id": e.id, "key": e.id, "source": e.from, "target": e.to, "label": e.label}, edgeAttributes, e.values)
	}
	return nil
}

func (c *cytoscapeWriter) element(part string, data map[string]any, attributes []attribute, values []string) error {
	for i, v := range values {
		switch {
		case v == "":
		case attributes[i].number:
			data[attributes[i].name] = json.Number(v)
		default:
			data[attributes[i].name] = v
		}
	}
	text, err := json.Marshal(map[string]any{"data": data})
	if err != nil {
		return err
	}
	before := ",\n"
	if c.part != part {
		before = c.begin(part)
	}
	_, err = c.w.WriteString(before + string(text))
	return err
}

// begin ends the list that is open and begins the next.
func (c *cytoscapeWriter) begin(part string) string {
	was := c.part
	c.part = part
	if was == "" {
		return `{"data":{"name":"Dramatis"},"directed":true,"multigraph":true,"elements":{"` + part + "\":[\n"
	}
	return "\n],\"" + part + "\":[\n"
}

// Close ends the file.
func (c *cytoscapeWriter) Close() error {
	var end string
	if c.part == "" {
		end = c.begin("nodes")
	}
	if c.part == "nodes" {
		end += c.begin("edges")
	}
	if _, err := c.w.WriteString(end + "\n]}}\n"); err != nil {
		return err
	}
	return c.w.Flush()
}
