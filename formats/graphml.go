package formats

import (
	"bufio"
	"encoding/xml"
	"io"

	"dramatis/kg"
)

// graphmlWriter writes GraphML (graphml.graphdrawing.org). Gephi 0.10 merges parallel edges of it; networkx and igraph do not. igraph 1.0 takes the id of
// where an edge begins for the edge's own: so that stands once more, as the attribute "relationship".
type graphmlWriter struct{ xmlWriter }

func newGraphML(w io.Writer, _ WriteOptions) Writer {
	g := &graphmlWriter{xmlWriter{w: bufio.NewWriter(w)}}
	g.put(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	for _, c := range []struct {
		class string
		list  []attribute
	}{{"node", append([]attribute{{"label", false}}, nodeAttributes...)}, {"edge", append([]attribute{{"label", false}, {"relationship", false}}, edgeAttributes...)}} {
		for _, a := range c.list {
			g.put(`<key id="%s_%s" for="%s" attr.name="%s" attr.type="%s"/>`+"\n", c.class, a.name, c.class, a.name, map[bool]string{true: "long", false: "string"}[a.number])
		}
	}
	g.put(`<graph edgedefault="directed">` + "\n")
	return g
}

// Write writes entities and relationships; of other records nothing.
func (g *graphmlWriter) Write(r kg.Record) error {
	switch r := r.(type) {
	case kg.Entity:
		n := nodeOf(r)
		g.put(`<node id="%s"><data key="node_label">%s</data>`, n.id, n.label)
		g.data("node", nodeAttributes, n.values)
		g.put("</node>\n")
	case *kg.Relationship:
		e := edgeOf(r)
		g.put(`<edge id="%s" source="%s" target="%s"><data key="edge_label">%s</data><data key="edge_relationship">%s</data>`, e.id, e.from, e.to, e.label, e.id)
		g.data("edge", edgeAttributes, e.values)
		g.put("</edge>\n")
	}
	return g.err
}

func (g *graphmlWriter) data(class string, attributes []attribute, values []string) {
	for i, v := range values {
		if v != "" {
			g.put(`<data key="%s_%s">%s</data>`, class, attributes[i].name, v)
		}
	}
}

// Close ends the file.
func (g *graphmlWriter) Close() error {
	g.put("</graph></graphml>\n")
	return g.close()
}
