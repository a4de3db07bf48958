package formats

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

// importing gathers what a target gives on.
type importing struct {
	records []kg.Record
	notes   []Note
	deleted []Deletion
}

func (i *importing) find(id kg.ID) kg.Record {
	for _, r := range i.records {
		if r.GetID() == id {
			return r
		}
	}
	return nil
}

// importText reads a file, beside what is there already.
func importText(t testing.TB, format, text string, there ...kg.Record) *importing {
	t.Helper()
	i := &importing{}
	graph := &importing{records: there}
	target := NewTarget(context.Background(), Target{
		Found: func(_ context.Context, ids []kg.ID) ([]kg.Record, error) {
			found := make([]kg.Record, len(ids))
			for n, id := range ids {
				found[n] = graph.find(id)
			}
			return found, nil
		},
		Yield: func(r kg.Record) error { i.records = append(i.records, r); return nil },
		Note:  func(n Note) error { i.notes = append(i.notes, n); return nil },
	})
	defer target.Close()
	f, err := Open("file", strings.NewReader(text), Options{Format: format, Dataset: "set"})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Format.Read(f, target); err != nil {
		t.Fatal(err)
	}
	if err := target.End(); err != nil {
		t.Fatal(err)
	}
	i.deleted = target.Deletions()
	return i
}

func (i *importing) say() string {
	var b strings.Builder
	for _, n := range i.notes {
		fmt.Fprintf(&b, "%d:%d %s %s\n", n.Line, n.Column, n.Kind, n.Reason)
	}
	return b.String()
}

// asFtM writes all records as FtM.
func (i *importing) asFtM(t testing.TB) string {
	t.Helper()
	byID := map[kg.ID]kg.Record{}
	for _, r := range i.records {
		byID[r.GetID()] = r
	}
	var b bytes.Buffer
	for _, r := range i.records {
		if err := WriteFTM(&b, r, func(id kg.ID) kg.Record { return byID[id] }); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// ftmSet are entities by id, each property a sorted set of values, and all else as it is.
func ftmSet(t testing.TB, text string) map[string]string {
	t.Helper()
	set := map[string]string{}
	for line := range strings.Lines(text) {
		var o map[string]any
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		if inner, ok := o["entity"].(map[string]any); ok {
			o = inner
		}
		if props, ok := o["properties"].(map[string]any); ok {
			for name, values := range props {
				var list []string
				for _, v := range values.([]any) {
					if v != "" {
						list = append(list, v.(string))
					}
				}
				slices.Sort(list)
				if props[name] = slices.Compact(list); list == nil {
					delete(props, name)
				}
			}
		} else {
			o["properties"] = map[string]any{}
		}
		normal, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		id := o["id"].(string)
		if set[id] != "" {
			t.Errorf("%s stands twice", id)
		}
		set[id] = string(normal)
	}
	return set
}

func compareFtM(t testing.TB, in, out string) {
	t.Helper()
	want, got := ftmSet(t, in), ftmSet(t, out)
	if maps.Equal(got, want) {
		return
	}
	for id := range want {
		if got[id] != want[id] {
			t.Errorf("%s\nis  %s\nwas %s", id, got[id], want[id])
		}
	}
	for id := range got {
		if want[id] == "" {
			t.Errorf("%s was not there: %s", id, got[id])
		}
	}
}

func readSample(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/ftm/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestFTMSamples reads real files: what comes of them, by kind and type, as jq counts it in them, and that the same is written
// again.
func TestFTMSamples(t *testing.T) {
	for name, want := range map[string]map[string]int{
		// 475 entities; 103 addresses of somebody; 290 payments, one of them to two
		"parteispenden.ftm.json": {"Dataset": 1, "LOCATED_IN": 103, "Organization": 74, "PAID": 291, "Person": 22, "Place": 89},
		// 21 entities
		"aleph-samples.ijson": {"Dataset": 1, "Person": 2, "Source": 19},
		"delta-wnk.json":      {"Dataset": 1, "Organization": 1, "Person": 1},
	} {
		text := readSample(t, name)
		i := importText(t, "", text)
		counts := map[string]int{}
		for _, r := range i.records {
			if err := kg.Check(r); err != nil {
				t.Error(err)
			}
			kind := kg.KindOf(r)
			if rel, ok := r.(*kg.Relationship); ok {
				kind = string(rel.Type)
			}
			counts[kind]++
		}
		if !maps.Equal(counts, want) || len(i.notes) > 0 {
			t.Errorf("%s: %v\n%s", name, counts, i.say())
		}
		compareFtM(t, text, i.asFtM(t))
		if again := importText(t, "", text); write(t, again.records) != write(t, i.records) {
			t.Errorf("%s: read again it gives other records", name)
		}
	}
}

// TestFTMForeign writes records that did not come from FtM: what comes of them is valid, as the Python package followthemoney found
// too (404 entities, none refused, no value that its cleaning would change).
func TestFTMForeign(t *testing.T) {
	graph, err := os.ReadFile("../seed/graph.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	i := &importing{}
	if err := ReadJSONL(bytes.NewReader(graph), func(_ int, r kg.Record) error { i.records = append(i.records, r); return nil }); err != nil {
		t.Fatal(err)
	}
	p := ftmParser{model: theFtM()}
	counts, schema, all := map[string]int{}, map[string]*ftmSchema{}, []ftmEntity{}
	for line := range strings.Lines(i.asFtM(t)) {
		l, err := p.parse([]byte(line))
		if err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		all = append(all, l.entity)
		schema[l.entity.id] = l.entity.schema
		counts[l.entity.schema.name]++
	}
	for _, e := range all {
		for _, required := range e.schema.Required {
			if e.get(required) == nil {
				t.Errorf("%s %s lacks %s", e.schema.name, e.id, required)
			}
		}
		for _, prop := range e.props {
			if want, ok := e.schema.Properties[prop.name].reference(); ok {
				for _, id := range prop.values {
					if schema[id] == nil || !schema[id].is(want) {
						t.Errorf("%s of %s refers to %s, which is no %s", prop.name, e.id, id, want)
					}
				}
			}
		}
	}
	want := map[string]int{"Article": 1, "Event": 16, "Membership": 2, "Mention": 214, "Note": 10, "Occupancy": 11, "Organization": 14, "Person": 12,
		"Position": 10, "PublicBody": 7, "Representation": 7, "Territory": 12, "UnknownLink": 88}
	if !maps.Equal(counts, want) {
		t.Errorf("wrote %v", counts)
	}
}

// TestFTMMalformed refuses lines, each with its reason, and takes those around them.
func TestFTMMalformed(t *testing.T) {
	good := func(id string) string { return `{"id":"` + id + `","schema":"Person","properties":{"name":["N"]}}` }
	person := func(properties string) string {
		return `{"id":"x","schema":"Person","properties":{` + properties + `}}`
	}
	for _, c := range []struct{ line, note string }{
		{`Person`, "2:1 REFUSED is not one JSON object: invalid character 'P' at start of value"},
		{`{"id":"x"`, "2:10 REFUSED breaks off"},
		{person(`"name":["N"]`)[:40], "2:41 REFUSED breaks off"},
		{person(`"name":["N"],`), "2:"},
		{person(`"name":["N"]`) + "}", "2:"},
		{person(`"name":["N"]`) + person(`"name":["N"]`), "2:57 REFUSED something stands behind the entity"},
		{"[" + good("x") + "]", "2:1 REFUSED an entity is a list, not an object"},
		{`7`, "2:1 REFUSED an entity is a number, not an object"},
		{`null`, "2:1 REFUSED an entity is null, not an object"},
		{`{"schema":"Person","properties":{}}`, "has no id"},
		{`{"id":"","schema":"Person"}`, `id is no id: ""`},
		{`{"id":7,"schema":"Person"}`, "id has a number where a text belongs"},
		{`{"id":"a/b","schema":"Person"}`, `2:7 REFUSED id is no id: "a/b"; an id has letters, digits, and between them dots and hyphens`},
		{`{"id":"a.","schema":"Person"}`, `id is no id: "a."`},
		{good(strings.Repeat("a", 1<<20)), "id is longer than the 200 characters of an id"},
		{`{"id":"x","properties":{"name":["N"]}}`, "has no schema"},
		{`{"id":"x","schema":["Person"]}`, "schema has a list where a text belongs"},
		{`{"id":"x","schema":"Robot"}`, `there is no schema "Robot" in FollowTheMoney 4.11.2`},
		{`{"id":"x","schema":"Thing"}`, "Thing is no schema for entities, only what others extend"},
		{`{"id":"x","schema":"Person","properties":[]}`, "properties is a list, not an object of lists of texts"},
		{`{"id":"x","properties":{"wings":["2"]},"schema":"Person"}`, `2:25 REFUSED Person has no property "wings"`},
		{person(`"wings":["2"]`), `2:43 REFUSED Person has no property "wings" in FollowTheMoney 4.11.2`},
		{person(`"amount":["2"]`), `Person has no property "amount"`},
		{person(`"sanctions":["y"]`), "sanctions cannot be written: it only reads backwards what other entities say"},
		{"  " + person(`"name":"N"`), "2:52 REFUSED name is a text, not a list of texts"},
		{person(`"name":null`), "name is null, not a list of texts"},
		{person(`"name":["N", 7]`), "2:56 REFUSED name has a number where a text belongs"},
		{person(`"name":[null]`), "name has null where a text belongs"},
		{person(`"name":[["N"]]`), "name has a list where a text belongs"},
		{person(`"name":["N"],"name":["M"]`), `duplicate object member name at /properties/name`},
		{`{"id":"x","id":"y","schema":"Person"}`, `duplicate object member name at /id`},
		{person(`"addressEntity":["a/b"]`), `addressEntity is no id: "a/b"`},
		{person(`"name":["a\u0000b"]`), "name has a NUL in it"},
		{person(`"name":["a` + "\x00" + `b"]`), "REFUSED is not one JSON object: invalid character"},
		{person(`"name":["\ud800"]`), "REFUSED is not one JSON object: invalid surrogate pair"},
		{person(`"name":["` + "\xed\xa0\x80" + `"]`), "REFUSED is not one JSON object: invalid UTF-8"},
		{person(`"name":["` + "\xff" + `"]`), "REFUSED is not one JSON object: invalid UTF-8"},
		{"\xff\xfe{\x00\"\x00", "REFUSED is not one JSON object: invalid character"},
		{person(`"notes":["` + strings.Repeat("a", MaxLine) + `"]`), "2:0 REFUSED is longer than 4 MiB"},
		{strings.Repeat("[", 100_000), "REFUSED an entity is a list"},
		{`{"id":"x","schema":"Person","deep":` + strings.Repeat("[", 100_000), "REFUSED is not one JSON object: exceeded max depth"},
		{good("before"), "one with this id came before"},
		{`{"op":"ADD"}`, "op without an entity"},
		{`{"op":"NIX","entity":` + good("x") + `}`, `op is "NIX", not ADD, MOD or DEL`},
		{`{"op":"ADD","entity":{"id":"x"}}`, "has no schema"},
		{`{"op":"DEL","entity":{}}`, "has no id"},
		{`{"entity":` + good("x") + `}`, `op is "", not ADD, MOD or DEL`},
	} {
		i := importText(t, "ftm", good("before")+"\n"+c.line+"\n"+good("after")+"\n")
		if len(i.notes) != 1 || i.notes[0].Line != 2 || !strings.Contains(i.say(), c.note) || i.notes[0].Kind != Refused {
			t.Errorf("%s\ngot  %swant %s", clipped(c.line), i.say(), c.note)
		}
		if len(i.records) != 3 { // the dataset, before, after
			t.Errorf("%s: %d records", clipped(c.line), len(i.records))
		}
	}
}

// TestFTMTolerated takes lines that look odd.
func TestFTMTolerated(t *testing.T) {
	for _, line := range []string{
		`{"properties":{"name":["N"]},"schema":"Person","id":"x"}`,
		`{"id":"x","schema":"Person"}`,
		`{"id":"x","schema":"Person","properties":{}}`,
		`{"id":"x","schema":"Person","properties":{"name":[]}}`,
		`{"id":"x","schema":"Person","properties":{"name":["A","B","A"],"alias":["B","C"],"previousName":["A"],"weakAlias":["C"]}}`,
		`{"id":"x","schema":"Person","properties":{"birthDate":["2000-02-30"],"deathDate":["about 1990"]}}`,
		`{"id":"x","schema":"Person","properties":{"birthDate":["2000"],"deathDate":["1990"]}}`,
		`{"id":"x","schema":"Person","properties":{"name":["N"]},"caption":"N","datasets":["a","b"],"target":true,"n":1.50,"o":{"a":[null]}}`,
		`{"id":"x","schema":"Payment","properties":{"amount":["1.5"]}}`,
		`{"id":"x","schema":"Payment","properties":{"amount":["1.5"],"currency":["EUR"],"payer":["a"],"beneficiary":["x"]}}`,
		`{"id":"x","schema":"Ownership","properties":{"owner":["a"],"asset":["a"]}}`,
		`{"id":"x","schema":"Mention","properties":{"name":["N"]}}`,
	} {
		i := importText(t, "", line+"\n")
		if slices.ContainsFunc(i.notes, func(n Note) bool { return n.Kind == Refused }) {
			t.Errorf("%s: %s", line, i.say())
		}
		compareFtM(t, line, i.asFtM(t))
	}
}

// FuzzReadFTM: no line makes the reader panic or fail; what it gives on is in the form in which it is stored; and what it takes is written again
// as it was.
func FuzzReadFTM(f *testing.F) {
	for _, name := range []string{"parteispenden.ftm.json", "aleph-samples.ijson", "delta-wnk.json"} {
		n := 0
		for line := range strings.Lines(readSample(f, name)) {
			if n++; n <= 5 && len(line) < 4000 {
				f.Add([]byte(line))
			}
		}
	}
	for _, line := range ftmCases {
		f.Add([]byte(line.in))
	}
	model := theFtM()
	f.Fuzz(func(t *testing.T, line []byte) {
		importText(t, "ftm", string(line))
		line, _, _ = bytes.Cut(line, []byte("\n"))
		p := ftmParser{model: model}
		l, err := p.parse(line)
		if err != nil || l.entity.schema == nil {
			return
		}
		made := newFtMMapper("set").records(&l.entity)
		for _, r := range slices.Concat([]kg.Record{made.main}, made.parts, made.shared, made.expected) {
			before, err := kg.Encode(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := kg.Normalize(r); err != nil {
				t.Errorf("%v\n%s", err, before)
			}
			if after, _ := kg.Encode(r); !bytes.Equal(before, after) {
				t.Errorf("normalized is\n%s\nwas\n%s", after, before)
			}
		}
		if made.changes != nil {
			return
		}
		e := (&ftmWriter{model, made.find}).entity(made.main)
		if e == nil {
			t.Fatalf("nothing is written of %s", line)
		}
		was, err := l.entity.encode()
		if err != nil {
			t.Fatal(err)
		}
		is, err := e.encode()
		if err != nil {
			t.Fatal(err)
		}
		compareFtM(t, string(was)+"\n", string(is)+"\n")
	})
}

// BenchmarkReadFTM reads the 475 entities of a file again and again, each time under other ids.
func BenchmarkReadFTM(b *testing.B) {
	text := readSample(b, "parteispenden.ftm.json")
	b.ReportAllocs()
	records := 0
	target := NewTarget(b.Context(), Target{
		Found: func(_ context.Context, ids []kg.ID) ([]kg.Record, error) { return make([]kg.Record, len(ids)), nil },
		Yield: func(kg.Record) error { records++; return nil },
		Note:  func(n Note) error { b.Error(n); return nil },
	})
	defer target.Close()
	for n := 0; b.Loop(); n++ {
		f, err := Open("file", strings.NewReader(text), Options{Format: "ftm", Dataset: fmt.Sprint(n)})
		if err != nil {
			b.Fatal(err)
		}
		if err := f.Format.Read(f, target); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*475/b.Elapsed().Seconds(), "entities/s")
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}

// TestFTMCounterparts: what kg names as the counterpart of a type in FtM is there.
func TestFTMCounterparts(t *testing.T) {
	for _, rule := range kg.RelationshipRules {
		if s := theFtM().Schemata[rule.FtM]; rule.FtM != "" && (s == nil || s.becomes != ftmLink) {
			t.Errorf("%s is %s in FtM, which joins nothing", rule.Type, rule.FtM)
		}
	}
	for name, link := range ftmLinks {
		if theFtM().Schemata[name] == nil || link.Rule().FtM != name {
			t.Errorf("%s becomes %s, whose counterpart is %q", name, link, link.Rule().FtM)
		}
	}
}
