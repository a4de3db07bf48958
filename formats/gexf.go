package formats

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"

	"dramatis/kg"
)

// xmlWriter writes XML piece by piece; the first error stays.
type xmlWriter struct {
	w   *bufio.Writer
	err error
}

// put writes markup in which each %s is a text, escaped; characters that XML cannot hold become U+FFFD.
func (x *xmlWriter) put(markup string, texts ...string) {
	escaped := make([]any, len(texts))
	for i, t := range texts {
		escaped[i] = xmlText(t)
	}
	if x.err == nil {
		_, x.err = fmt.Fprintf(x.w, markup, escaped...)
	}
}

func (x *xmlWriter) close() error {
	if x.err == nil {
		x.err = x.w.Flush()
	}
	return x.err
}

type xmlText string

// String escapes the text.
func (t xmlText) String() string {
	var b []byte
	_ = xml.EscapeText(appender{&b}, []byte(t)) // which cannot fail
	return string(b)
}

type appender struct{ b *[]byte }

func (a appender) Write(p []byte) (int, error) { *a.b = append(*a.b, p...); return len(p), nil }

// gexfWriter writes GEXF 1.3 (gexf.net), as Gephi reads it: a dynamic network, whose spans are days. Parallel edges stay apart by
// their kind.
type gexfWriter struct {
	xmlWriter
	part string // what is open: "", "nodes" or "edges"
}

func newGEXF(w io.Writer, _ WriteOptions) Writer {
	g := &gexfWriter{xmlWriter: xmlWriter{w: bufio.NewWriter(w)}}
	g.put(xml.Header + `<gexf xmlns="http://gexf.net/1.3" version="1.3"><meta><creator>Dramatis</creator></meta>` + "\n" +
		`<graph mode="dynamic" defaultedgetype="directed" timeformat="date">` + "\n")
	for _, c := range []struct {
		class string
		list  []attribute
	}{{"node", nodeAttributes}, {"edge", edgeAttributes}} {
		g.put(`<attributes class="%s">`, c.class)
		for _, a := range c.list {
			g.put(`<attribute id="%s" title="%s" type="%s"/>`, a.name, a.name, map[bool]string{true: "long", false: "string"}[a.number])
		}
		g.put("</attributes>\n")
	}
	return g
}

// Write writes entities and, behind all of these, relationships; of other records nothing.
func (g *gexfWriter) Write(r kg.Record) error {
	switch r := r.(type) {
	case kg.Entity:
		g.open("nodes")
		n := nodeOf(r)
		g.put(`<node id="%s" label="%s"`, n.id, n.label)
		g.rest("node", n.first, n.last, nodeAttributes, n.values)
	case *kg.Relationship:
		g.open("edges")
		e := edgeOf(r)
		g.put(`<edge id="%s" source="%s" target="%s" kind="%s" label="%s"`, e.id, e.from, e.to, e.values[0], e.label)
		g.rest("edge", e.first, e.last, edgeAttributes, e.values)
	}
	return g.err
}

// rest writes the span and the attributes of a node or an edge.
func (g *gexfWriter) rest(element, first, last string, attributes []attribute, values []string) {
	if first != "" {
		g.put(` start="%s"`, first)
	}
	if last != "" {
		g.put(` end="%s"`, last)
	}
	g.put("><attvalues>")
	for i, v := range values {
		if v != "" {
			g.put(`<attvalue for="%s" value="%s"/>`, attributes[i].name, v)
		}
	}
	g.put("</attvalues></%s>\n", element)
}

func (g *gexfWriter) open(part string) {
	if g.part == part {
		return
	}
	if g.part != "" {
		g.put("</%s>\n", g.part)
	}
	g.put("<%s>\n", part)
	g.part = part
}

// Close ends the file.
func (g *gexfWriter) Close() error {
	if g.part == "" {
		g.open("nodes")
	}
	if g.part == "nodes" {
		g.open("edges")
	}
	g.put("</edges>\n</graph></gexf>\n")
	return g.close()
}
