package formats

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

// written writes records in a format.
func written(t *testing.T, format string, records []kg.Record) string {
	t.Helper()
	f, err := Named(format)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := f.Write(&b, WriteOptions{Find: func(ids []kg.ID) ([]kg.Record, error) {
		found := make([]kg.Record, len(ids))
		for i, id := range ids {
			for _, r := range records {
				if r.GetID() == id {
					found[i] = r
				}
			}
		}
		return found, nil
	}})
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// elements reads XML to its end, and gives the attributes and the text of all elements of a name.
func elements(t *testing.T, text, name string) (list []map[string]string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == name {
				attributes := map[string]string{}
				for _, a := range token.Attr {
					attributes[a.Name.Local] = a.Value
				}
				list = append(list, attributes)
			}
		case xml.CharData:
			if len(list) > 0 {
				list[len(list)-1]["text"] += string(token)
			}
		}
	}
}

func networkSamples() []kg.Record {
	records := samples()
	hostile := bodyNamed("hostile")
	hostile.Name, hostile.FoundingDate, hostile.DissolutionDate = "<img onerror=\"x\"> & ]]> \u0001\u202e", "1999-02", kg.Open
	late := joining("late", kg.MemberOf, "p", "o")
	late.StartDate, late.EndDate = "2001", "2003-02?"
	twin := joining("twin", kg.MemberOf, "p", "o")
	return slices.Insert(records, 8, kg.Record(hostile), kg.Record(late), kg.Record(twin))
}

func TestGEXF(t *testing.T) {
	text := written(t, "gexf", networkSamples())
	nodes, edges := elements(t, text, "node"), elements(t, text, "edge")
	if len(nodes) != 7 || len(edges) != 3 {
		t.Fatalf("%d nodes, %d edges", len(nodes), len(edges))
	}
	if n := nodes[6]; n["label"] != "<img onerror=\"x\"> & ]]> \uFFFD\u202e" || n["start"] != "1999-02-01" || n["end"] != "" {
		t.Errorf("%q", n)
	}
	late := edges[0]
	if late["start"] != "2001-01-01" || late["end"] != "2003-02-28" || late["kind"] != "MEMBER_OF" || late["source"] != string(kg.KeyID(kg.EntityClass, "d", "p")) || late["target"] != string(kg.KeyID(kg.EntityClass, "d", "o")) {
		t.Errorf("%q", late)
	}
	if ids := []string{edges[0]["id"], edges[1]["id"], edges[2]["id"]}; len(slices.Compact(slices.Sorted(slices.Values(ids)))) != 3 {
		t.Errorf("edges are not told apart: %q", ids)
	}
	values := elements(t, text, "attvalue")
	if !slices.ContainsFunc(values, func(v map[string]string) bool { return v["for"] == "amount" && v["value"] == "4611686018427387905" }) {
		t.Error("the amount is lost")
	}
	for _, empty := range [][]kg.Record{nil, networkSamples()[:3]} {
		elements(t, written(t, "gexf", empty), "node") // well formed
	}
}

func TestGraphML(t *testing.T) {
	text := written(t, "graphml", networkSamples())
	if nodes, edges := elements(t, text, "node"), elements(t, text, "edge"); len(nodes) != 7 || len(edges) != 3 {
		t.Fatalf("%d nodes, %d edges", len(nodes), len(edges))
	}
	keys := map[string]bool{}
	for _, k := range elements(t, text, "key") {
		keys[k["id"]] = true
	}
	label := false
	for _, d := range elements(t, text, "data") {
		if !keys[d["key"]] {
			t.Errorf("there is no key %q", d["key"])
		}
		label = label || d["text"] == "<img onerror=\"x\"> & ]]> \uFFFD\u202e"
	}
	if !label {
		t.Error("a name is lost")
	}
}

func TestCytoscape(t *testing.T) {
	for i, tt := range []struct {
		records      []kg.Record
		nodes, edges int
	}{{networkSamples(), 7, 3}, {nil, 0, 0}, {networkSamples()[:4], 2, 0}} {
		var file struct {
			Elements struct {
				Nodes, Edges []struct{ Data map[string]any }
			}
		}
		if err := json.Unmarshal([]byte(written(t, "cytoscape", tt.records)), &file); err != nil {
			t.Fatal(err)
		}
		if e := file.Elements; len(e.Nodes) != tt.nodes || len(e.Edges) != tt.edges {
			t.Errorf("%d: %d nodes, %d edges", i, len(e.Nodes), len(e.Edges))
		}
		for _, n := range file.Elements.Edges {
			if n.Data["source"] == nil || n.Data["target"] == nil || n.Data["evidence"] == nil {
				t.Errorf("%v", n.Data)
			}
		}
	}
}

// TestWritersFail: an error of the file is told, by every format that is written.
func TestWritersFail(t *testing.T) {
	stop := errors.New("stop")
	for i := range Formats {
		if Formats[i].Write == nil {
			continue
		}
		w := Formats[i].Write(failingWriter{stop}, WriteOptions{Find: func(ids []kg.ID) ([]kg.Record, error) { return make([]kg.Record, len(ids)), nil }})
		var err error
		for _, r := range networkSamples() {
			err = errors.Join(err, w.Write(r))
		}
		if err = errors.Join(err, w.Close()); !errors.Is(err, stop) {
			t.Errorf("%s: %v", Formats[i].Name, err)
		}
	}
}
