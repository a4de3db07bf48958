package formats

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

// imported is what came of files.
type imported struct {
	records []kg.Record
	notes   []Note
}

// popoloFile is a file in a test.
type popoloFile struct{ name, dataset, text string }

// importPopolo reads files into a graph in which there are some records.
func importPopolo(t testing.TB, there []kg.Record, files ...popoloFile) (*imported, error) {
	t.Helper()
	all := &imported{}
	inGraph := map[kg.ID]kg.Record{}
	for _, r := range there {
		inGraph[r.GetID()] = r
	}
	came := map[kg.ID]bool{}
	target := NewTarget(context.Background(), Target{
		Found: func(_ context.Context, ids []kg.ID) ([]kg.Record, error) {
			found := make([]kg.Record, len(ids))
			for i, id := range ids {
				found[i] = inGraph[id]
			}
			return found, nil
		},
		Yield: func(r kg.Record) error {
			if err := kg.Normalize(r); err != nil {
				t.Errorf("gave a record that is refused: %v", err)
			}
			if came[r.GetID()] {
				t.Errorf("gave %s twice", r.GetID())
			}
			came[r.GetID()] = true
			all.records = append(all.records, r)
			return nil
		},
		Note: func(n Note) error { all.notes = append(all.notes, n); return nil },
	})
	defer target.Close()
	for _, f := range files {
		file, err := Open(f.name, strings.NewReader(f.text), Options{Format: "popolo", Dataset: f.dataset})
		if err != nil {
			return all, err
		}
		if err := file.Format.Read(file, target); err != nil {
			return all, err
		}
	}
	return all, target.End()
}

// mustImport fails on an error.
func mustImport(t testing.TB, there []kg.Record, files ...popoloFile) *imported {
	t.Helper()
	all, err := importPopolo(t, there, files...)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// said are the notes, a line each: kind, line, key and reason.
func (i *imported) said() []string {
	var list []string
	for _, n := range i.notes {
		list = append(list, fmt.Sprintf("%s %d:%d %s %s", n.Kind, n.Line, n.Column, n.Key, n.Reason))
	}
	return list
}

// counts are how many records there are of each kind, relationships by type.
func (i *imported) counts() map[string]int {
	n := map[string]int{}
	for _, r := range i.records {
		kind := kg.KindOf(r)
		if r, ok := r.(*kg.Relationship); ok {
			kind = string(r.Type)
		}
		n[kind]++
	}
	return n
}

// bodies are the records as they are kept, by id.
func (i *imported) bodies(t testing.TB) map[kg.ID]string {
	t.Helper()
	all := map[kg.ID]string{}
	for _, r := range i.records {
		body, err := kg.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		all[r.GetID()] = string(body)
	}
	return all
}

// exportPopolo writes records, and reads the document as JSON.
func exportPopolo(t testing.TB, records []kg.Record) (string, map[string]any) {
	t.Helper()
	var b bytes.Buffer
	w := NewPopoloWriter(&b)
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatalf("%v\n%s", err, &b)
	}
	return b.String(), doc
}

// asSets brings all lists of a JSON value into one order: their order says nothing in Popolo.
func asSets(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			v[k] = asSets(x)
		}
	case []any:
		for i, x := range v {
			v[i] = asSets(x)
		}
		slices.SortFunc(v, func(a, b any) int {
			x, _ := json.Marshal(a)
			y, _ := json.Marshal(b)
			return bytes.Compare(x, y)
		})
	}
	return v
}

// sameLists compares two documents' lists of what is carried both ways.
func sameLists(t *testing.T, got, want map[string]any) {
	t.Helper()
	for _, list := range popoloLists {
		a, b := asSets(got[list]).([]any), []any{}
		if want[list] != nil {
			b = asSets(want[list]).([]any)
		}
		if len(a) != len(b) {
			t.Errorf("%d %s, want %d", len(a), list, len(b))
		}
		for i := range min(len(a), len(b)) {
			if !reflect.DeepEqual(a[i], b[i]) {
				x, _ := json.Marshal(a[i])
				y, _ := json.Marshal(b[i])
				t.Errorf("%s:\n%s\nwant:\n%s", list, x, y)
				break
			}
		}
	}
}

// realPopolo are the real files: two of testdata and, if DRAMATIS_POPOLO names a folder, all that are in it.
func realPopolo(t testing.TB) []popoloFile {
	t.Helper()
	names, err := filepath.Glob("testdata/popolo/*.json")
	if err != nil || len(names) == 0 {
		t.Fatal("no files", err)
	}
	if folder := os.Getenv("DRAMATIS_POPOLO"); folder != "" {
		names, _ = filepath.Glob(filepath.Join(folder, "*.json"))
	}
	var files []popoloFile
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, popoloFile{name: name, text: string(text)})
	}
	return files
}

// TestPopoloRoundTrip reads real files, writes them, and reads what was written. Counts were confirmed by a Python program.
func TestPopoloRoundTrip(t *testing.T) {
	counts := map[string]map[string]int{
		"zimbabwe-senate.json": {"Dataset": 1, "Source": 1, "Person": 67, "Organization": 4, "Place": 12, "Event": 1,
			"MEMBER_OF": 68 + 68, "OTHER": 67, "PARTICIPATED_IN": 68, "ORGANIZED": 1},
		"burundi.json": {"Dataset": 1, "Source": 1, "Person": 227, "Organization": 9, "Place": 22, "Event": 11,
			"MEMBER_OF": 227 + 227, "OTHER": 227, "PARTICIPATED_IN": 227, "ORGANIZED": 2},
	}
	for _, f := range realPopolo(t) {
		name := filepath.Base(f.name)
		t.Run(name, func(t *testing.T) {
			all := mustImport(t, nil, f)
			if want := counts[name]; want != nil && (!maps.Equal(all.counts(), want) || len(all.notes) > 0) {
				t.Errorf("got %v, %v; want %v", all.counts(), all.said(), want)
			} else if want == nil {
				t.Log(all.counts(), all.said())
			}
			var want map[string]any
			if err := json.Unmarshal([]byte(f.text), &want); err != nil {
				t.Fatal(err)
			}
			text, got := exportPopolo(t, all.records)
			sameLists(t, got, want)
			if !reflect.DeepEqual(got["meta"], want["meta"]) {
				t.Errorf("meta: %v", got["meta"])
			}
			again := mustImport(t, nil, popoloFile{f.name, "", text})
			if !maps.Equal(all.bodies(t), again.bodies(t)) {
				t.Error("read from what was written, the records are others")
			}
		})
	}
}

// TestPopoloTold tells a Popolo file by its beginning.
func TestPopoloTold(t *testing.T) {
	for _, f := range realPopolo(t) {
		if file, err := Open(f.name, strings.NewReader(f.text), Options{}); err != nil || file.Format.Name != "popolo" {
			t.Error(f.name, err)
		}
	}
	for _, text := range []string{`[{"persons":[]}]`, `{"people":[]}`, `{"id":"persons"}`, `persons`, `{"record":"Person","persons":[]}`} {
		if file, err := Open("x.json", strings.NewReader(text), Options{}); err == nil && file.Format.Name == "popolo" {
			t.Errorf("%s is taken for Popolo", text)
		}
	}
}

// small is a document with one of everything.
const small = `{
"memberships": [
 {"person_id":"p1","organization_id":"legislature","role":"member","on_behalf_of_id":"party/unknown","area_id":"a","post_id":"x",
  "legislative_period_id":"term/1","sources":[{"url":"https://example.org/m"},{"url":"https://example.org/n","note":"PDF"}],"label":"MP"},
 {"id":"m2","person_id":"p2","organization_id":"legislature","role":"speaker","start_date":"2013-05-01","legislative_period_id":"term/1"}
],
"persons": [
 {"id":"p1","name":"Anna Łoś","other_names":[{"name":"A. Łoś","note":"alternate"},{"name":"Anna Wilk","end_date":"2001-05","note":"Birth name"},{"name":"Анна Лось","lang":"ru","note":"multilingual"}],
  "identifiers":[{"scheme":"wikidata","identifier":"Q1"},{"identifier":"no scheme"}],"links":[{"url":"https://example.org/a","note":"website"}],
  "contact_details":[{"type":"cell","value":"1"}],"birth_date":"1970-02~","death_date":"2020-01-02T03:04:05Z","gender":"female","email":"a@example.org",
  "image":"https://example.org/a.jpg","images":[{"url":"https://example.org/a.jpg"}],"summary":"A person","biography":"Born.","national_identity":"42",
  "sources":[{"url":"https://example.org/s"}],"given_name":null,"nothing":[]},
 {"id":"p2","name":"Bob","biography":"Only this."}
],
"organizations": [
 {"id":"legislature","name":"Senate","classification":"legislature","seats":80,"founding_date":"1900","area_id":"a"},
 {"id":"party/unknown","name":"unknown","classification":"party","parent_id":"legislature","srgb":"008800"}
],
"areas": [{"id":"a","name":"North","type":"constituency"}],
"posts": [{"id":"x","label":"Senator","organization_id":"legislature","area_id":"a"}],
"events": [
 {"id":"term/1","name":"1st","classification":"legislative period","start_date":"2013-01-02","end_date":"2017","organization_id":"legislature"},
 {"id":"e2","name":"Sitting","parent_id":"term/1","start_date":"2014-01-01T09:00:00Z","status":"cancelled"}
],
"speeches": [{"id":"s1","creator_id":"p1","audience_id":"p2","event_id":"e2","text":"Hear, hear.","date":"2014-01-01T10:00:00Z","position":3}],
"meta": {"sources":["https://example.org"]},
"votes": [{"id":"v"}]
}`

func TestPopoloMapping(t *testing.T) {
	all := mustImport(t, nil, popoloFile{"dir/small.popolo.json.gz", "", small})
	if got, want := all.said(), []string{
		"CHANGED 8:2 p1 1 of identifiers are only kept aside: there is no place for them",
		`CHANGED 27:9  "votes" is left out: there is nothing here to keep it as`,
	}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	bodies := map[string]string{}
	for _, r := range all.records {
		key := kg.MetaOf(r).Key
		body, _ := kg.Encode(r)
		_, bodies[key], _ = strings.Cut(string(body), `,"key":`)
	}
	id := func(class kg.Class, key string) string { return string(kg.KeyID(class, "small", key)) }
	ent := func(key string) string { return id(kg.EntityClass, "small/"+key) }
	m1 := "small/memberships."
	var hash string
	for key := range bodies {
		if rest, ok := strings.CutPrefix(key, m1+"organization_id/"); ok {
			hash = rest
		}
	}
	evidence := func(url string) string {
		return `{"source":"` + id(kg.SourceClass, "source/"+url) + `","method":"IMPORT"}`
	}
	both := `"evidence":[` + evidence("https://example.org/m") + `,` + evidence("https://example.org/n") + `]`
	file := `"evidence":[{"source":"` + id(kg.SourceClass, "small/file/") + `","method":"IMPORT"}]`
	side := func(key, to, kind, role string) (string, string) {
		return m1 + key + "/" + hash, `"` + m1 + key + "/" + hash + `","extra":[{"name":"popolo:membership","values":["` +
			id(kg.RelationshipClass, m1+"organization_id/"+hash) + `"]}],"type":"` + kind + `",` + role + `"from":"` + ent("person/p1") + `","to":"` + ent(to) +
			`","startDate":"2013-01-02","endDate":"2017",` + both + `}`
	}
	want := map[string]string{
		"small/person/p1": `"small/person/p1","extra":[{"name":"biography","values":["Born."]},{"name":"birth_date","values":["1970-02~"]},{"name":"contact_details","values":["{\"type\":\"cell\",\"value\":\"1\"}"]},` +
			`{"name":"death_date","values":["2020-01-02T03:04:05Z"]},{"name":"identifiers","values":["{\"identifier\":\"no scheme\"}"]},` +
			`{"name":"images","values":["[{\"url\":\"https://example.org/a.jpg\"}]"]},{"name":"national_identity","values":["\"42\""]},` +
			`{"name":"other_names","values":["{\"name\":\"Anna Wilk\",\"end_date\":\"2001-05\",\"note\":\"Birth name\"}"]}],"name":"Anna Łoś",` +
			`"names":[{"value":"A. Łoś","kind":"ALIAS"},{"value":"Anna Wilk","kind":"FORMER","endDate":"2001-05"},{"value":"Анна Лось","kind":"TRANSLATED","language":"ru"}],` +
			`"description":"A person","identifiers":[{"scheme":"wikidata","value":"Q1"}],"links":[{"url":"mailto:a@example.org","note":"email"},` +
			`{"url":"https://example.org/a.jpg","note":"image"},{"url":"https://example.org/a","note":"website"},{"url":"https://example.org/s","note":"source"}],` +
			`"gender":"female","birthDate":"1970-02~","deathDate":"2020-01-02"}`,
		"small/person/p2":                            `"small/person/p2","extra":[{"name":"popolo:description","values":["biography"]}],"name":"Bob","description":"Only this."}`,
		"small/organization/legislature":             `"small/organization/legislature","extra":[{"name":"seats","values":["80"]}],"name":"Senate","kind":"GOVERNMENT_BODY","classification":"legislature","foundingDate":"1900"}`,
		"small/organization/party/unknown":           `"small/organization/party/unknown","extra":[{"name":"srgb","values":["008800"]}],"name":"unknown","kind":"PARTY","classification":"party"}`,
		"small/area/a":                               `"small/area/a","extra":[{"name":"type","values":["constituency"]}],"name":"North"}`,
		"small/post/x":                               `"small/post/x","name":"Senator"}`,
		"small/event/term/1":                         `"small/event/term/1","name":"1st","kind":"legislative period","startDate":"2013-01-02","endDate":"2017","status":"HAPPENED"}`,
		"small/event/e2":                             `"small/event/e2","extra":[{"name":"start_date","values":["2014-01-01T09:00:00Z"]}],"name":"Sitting","startDate":"2014-01-01","status":"CANCELLED"}`,
		"small/file/":                                `"small/file/","extra":[{"name":"meta","values":["{\"sources\":[\"https://example.org\"]}"]}],"kind":"DATASET","title":"small"}`,
		"source/https://example.org/m":               `"source/https://example.org/m","kind":"OTHER","title":"https://example.org/m","url":"https://example.org/m"}`,
		"source/https://example.org/n":               `"source/https://example.org/n","kind":"OTHER","title":"https://example.org/n","url":"https://example.org/n"}`,
		"small/organization.area_id/legislature":     `"small/organization.area_id/legislature","type":"LOCATED_IN","from":"` + ent("organization/legislature") + `","to":"` + ent("area/a") + `",` + file + `}`,
		"small/organization.parent_id/party/unknown": `"small/organization.parent_id/party/unknown","type":"PART_OF","from":"` + ent("organization/party/unknown") + `","to":"` + ent("organization/legislature") + `",` + file + `}`,
		"small/post.organization_id/x":               `"small/post.organization_id/x","type":"POSITION_IN","from":"` + ent("post/x") + `","to":"` + ent("organization/legislature") + `",` + file + `}`,
		"small/post.area_id/x":                       `"small/post.area_id/x","type":"OTHER","role":"represents","from":"` + ent("post/x") + `","to":"` + ent("area/a") + `",` + file + `}`,
		"small/event.organization_id/term/1":         `"small/event.organization_id/term/1","type":"ORGANIZED","from":"` + ent("organization/legislature") + `","to":"` + ent("event/term/1") + `",` + file + `}`,
		"small/event.parent_id/e2":                   `"small/event.parent_id/e2","type":"PART_OF","from":"` + ent("event/e2") + `","to":"` + ent("event/term/1") + `",` + file + `}`,
		m1 + "organization_id/" + hash: `"` + m1 + "organization_id/" + hash + `","extra":[{"name":"popolo:term_start_date","values":["2013-01-02"]},{"name":"popolo:term_end_date","values":["2017"]},` +
			`{"name":"label","values":["MP"]},{"name":"sources","values":["{\"url\":\"https://example.org/n\",\"note\":\"PDF\"}"]}],"type":"MEMBER_OF","role":"member",` +
			`"from":"` + ent("person/p1") + `","to":"` + ent("organization/legislature") + `","startDate":"2013-01-02","endDate":"2017",` + both + `}`,
		"small/membership.organization_id/m2": `"small/membership.organization_id/m2","extra":[{"name":"popolo:term_end_date","values":["2017"]}],"type":"MEMBER_OF","role":"speaker","from":"` +
			ent("person/p2") + `","to":"` + ent("organization/legislature") + `","startDate":"2013-05-01","endDate":"2017",` + file + `}`,
		"small/membership.legislative_period_id/m2": `"small/membership.legislative_period_id/m2","extra":[{"name":"popolo:membership","values":["` +
			id(kg.RelationshipClass, "small/membership.organization_id/m2") + `"]}],"type":"PARTICIPATED_IN","from":"` + ent("person/p2") + `","to":"` + ent("event/term/1") +
			`","startDate":"2013-05-01","endDate":"2017",` + file + `}`,
		"small/speech/s1": `"small/speech/s1","extra":[{"name":"date","values":["2014-01-01T10:00:00Z"]},{"name":"position","values":["3"]}],"kind":"DIRECT","text":"Hear, hear.","speakers":["` +
			ent("person/p1") + `"],"audience":["` + ent("person/p2") + `"],"atEvent":"` + ent("event/e2") + `","date":"2014-01-01",` + file + `}`,
		"": "", // the dataset
	}
	for _, s := range [][4]string{{"on_behalf_of_id", "organization/party/unknown", "MEMBER_OF", ""}, {"area_id", "area/a", "OTHER", `"role":"represents",`},
		{"post_id", "post/x", "HOLDS", ""}, {"legislative_period_id", "event/term/1", "PARTICIPATED_IN", ""}} {
		key, body := side(s[0], s[1], s[2], s[3])
		want[key] = body
	}
	for key, body := range want {
		if bodies[key] != body {
			t.Errorf("%s:\n%s\nwant:\n%s", key, bodies[key], body)
		}
		delete(bodies, key)
	}
	if len(bodies) > 0 {
		t.Errorf("and beside that: %v", bodies)
	}
	var doc map[string]any
	if err := json.Unmarshal([]byte(small), &doc); err != nil {
		t.Fatal(err)
	}
	p1 := doc["persons"].([]any)[0].(map[string]any)
	delete(p1, "given_name") // null and [] say nothing
	delete(p1, "nothing")
	_, got := exportPopolo(t, all.records)
	sameLists(t, got, doc)
}

// TestPopoloDangling makes stubs of what is referred to and nowhere, reports them, and gives the references back.
func TestPopoloDangling(t *testing.T) {
	text := `{"memberships":[{"person_id":"p","organization_id":"o","on_behalf_of_id":"party","area_id":"a","post_id":"x","legislative_period_id":"t","role":"member"}],
"posts":[{"id":"y","label":"Y","organization_id":"o2"}],"speeches":[{"creator_id":"q","text":"T","event_id":"e"}]}`
	f := popoloFile{"f.json", "d", text}
	all := mustImport(t, nil, f)
	stubs := 0
	for _, r := range all.records {
		if e, ok := r.(kg.Entity); ok && e.Common().Stub {
			stubs++
		}
	}
	if said := strings.Join(all.said(), "\n"); stubs != 9 || len(all.notes) != 9 || strings.Count(said, "STUB ") != 9 || !strings.Contains(said, `STUB 1:17  refers to "f/person/p", which is nowhere`) {
		t.Errorf("%d stubs: %s", stubs, said)
	}
	var want map[string]any
	_ = json.Unmarshal([]byte(text), &want)
	_, got := exportPopolo(t, all.records)
	sameLists(t, got, want)
	// what is in the graph already is no stub
	known := mustImport(t, nil, popoloFile{"f.json", "d", `{"persons":[{"id":"p","name":"P"},{"id":"q","name":"Q"}]}`})
	if again := mustImport(t, known.records, f); len(again.notes) != 7 {
		t.Errorf("%v", again.said())
	}
}

// TestPopoloTwoLegislatures loads two files that use the same ids into one dataset: nothing of them fuses.
func TestPopoloTwoLegislatures(t *testing.T) {
	other := strings.Replace(small, "Senate", "House", 1)
	one, two := mustImport(t, nil, popoloFile{"senate.json", "d", small}), mustImport(t, nil, popoloFile{"house.json", "d", other})
	both := mustImport(t, nil, popoloFile{"senate.json", "d", small}, popoloFile{"house.json", "d", other})
	shared := 0
	for _, r := range one.records {
		if slices.ContainsFunc(two.records, func(o kg.Record) bool { return o.GetID() == r.GetID() }) {
			shared++
			if k := kg.KindOf(r); k != "Dataset" && k != "Source" {
				t.Errorf("both have %s", kg.MetaOf(r).Key)
			}
		}
	}
	if shared != 3 || len(both.records) != len(one.records)+len(two.records)-3 {
		t.Errorf("%d shared, %d of %d and %d", shared, len(both.records), len(one.records), len(two.records))
	}
	// written together, ids are Dramatis' own, and none stands twice
	_, doc := exportPopolo(t, both.records)
	for _, list := range popoloLists {
		seen := map[any]bool{}
		for _, e := range doc[list].([]any) {
			id := e.(map[string]any)["id"]
			if id == nil || seen[id] {
				t.Errorf("%s: id %v", list, id)
			}
			seen[id] = true
		}
	}
	for _, m := range doc["memberships"].([]any) {
		for _, key := range []string{"person_id", "organization_id"} {
			if id, _ := m.(map[string]any)[key].(string); !strings.HasPrefix(id, "ent_") {
				t.Errorf("%s %s", key, id)
			}
		}
	}
	if _, err := importPopolo(t, nil, popoloFile{"a/ep-popolo-v1.0.json", "d", small}, popoloFile{"b/ep-popolo-v1.0.json", "d", other}); err == nil ||
		!strings.Contains(err.Error(), `a file named "ep-popolo-v1" has been read into the dataset "d"`) {
		t.Error(err)
	}
}

// TestPopoloNewer reads a newer version of a file: what did not change keeps its bytes.
func TestPopoloNewer(t *testing.T) {
	before := mustImport(t, nil, popoloFile{"f.json", "", small}).bodies(t)
	if again := mustImport(t, nil, popoloFile{"f.json", "", small}).bodies(t); !maps.Equal(before, again) {
		t.Error("the same file gives other records")
	}
	for _, c := range []struct {
		name, old, new string
		changed, added int
	}{
		{"a name", `"name":"Senate"`, `"name":"The Senate"`, 1, 0},
		{"a membership with an id ended", `"start_date":"2013-05-01"`, `"start_date":"2013-05-01","end_date":"2014"`, 2, 0},
		{"a membership without an id ended", `"label":"MP"`, `"label":"MP","end_date":"2015"`, 5, 0},
		{"a term ended", `"end_date":"2017"`, `"end_date":"2018"`, 8, 0},
		{"a new person", `"persons": [`, `"persons": [{"id":"p3","name":"C"},`, 0, 1},
	} {
		after := mustImport(t, nil, popoloFile{"f.json", "", strings.Replace(small, c.old, c.new, 1)}).bodies(t)
		changed, added := 0, 0
		for id, body := range after {
			if was, there := before[id]; !there {
				added++
			} else if was != body {
				changed++
			}
		}
		if changed != c.changed || added != c.added || len(after) != len(before)+added {
			t.Errorf("%s: %d changed, %d added", c.name, changed, added)
		}
	}
}

// TestPopoloEqualMemberships takes those that say the same once. Where only the end differs, both are taken.
func TestPopoloEqualMemberships(t *testing.T) {
	m := `{"person_id":"p","organization_id":"o","role":"member"`
	all := mustImport(t, nil, popoloFile{"f.json", "", `{"persons":[{"id":"p","name":"P"}],"organizations":[{"id":"o","name":"O"}],"memberships":[` +
		m + `},` + m + `,"end_date":"2001"},` + m + `,"end_date":"2001"},` + m + `,"label":"x"},{"id":"1","person_id":"p","organization_id":"o"},{"id":"1","person_id":"p","organization_id":"p"}]}`})
	if n := all.counts()["MEMBER_OF"]; n != 3 {
		t.Errorf("%d memberships", n)
	}
	for i, want := range []string{"REFUSED 1:221  is the same as one that came before", "REFUSED 1:295  is the same", "REFUSED 1:412 1 is the same"} {
		if i >= len(all.notes) || !strings.HasPrefix(all.said()[i], want) {
			t.Errorf("got %q, want %q", all.said(), want)
		}
	}
}

// TestPopoloMalformed tells what cannot be taken, by line and column, and takes the rest.
func TestPopoloMalformed(t *testing.T) {
	deep := strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)
	for _, c := range []struct {
		name, text string
		records    int // beside the dataset and the file
		said       []string
	}{
		{"a list that is a text", `{"persons":"none","events":null,"areas":{}}`, 0, []string{`REFUSED 1:12  "persons" is not a list`, `REFUSED 1:41  "areas" is not a list`}},
		{"elements that are no objects", "{\"persons\":[\n1,\n\"p\", null,\n[], {\"id\":\"p\",\"name\":\"P\"}]}", 1,
			[]string{"REFUSED 2:1  is not what is wanted here", "REFUSED 3:1  is not what is wanted here", "REFUSED 3:6  is null, where an object is wanted", "REFUSED 4:1  is not what"}},
		{"texts where lists belong", `{"persons":[{"id":"p","name":"P","other_names":"Q","identifiers":{"a":1},"links":7,"contact_details":true,"sources":["x"]}]}`, 1,
			[]string{`CHANGED 1:13 p "other_names" is not a list, and is left out`, `CHANGED 1:13 p "identifiers" is not`, `CHANGED 1:13 p "links" is not`,
				`CHANGED 1:13 p "sources" has an element that is not an object`, `CHANGED 1:13 p "contact_details" is not`}},
		{"lists where texts belong", `{"persons":[{"id":"p","name":["P"],"gender":{"a":1},"birth_date":1970}]}`, 1,
			[]string{`CHANGED 1:13 p "gender" is not a text`, `CHANGED 1:13 p "name" is not a text`, `CHANGED 1:13 p has no name; "p" stands for it`, `CHANGED 1:13 p "birth_date" is not a text`}},
		{"numbers as ids", `{"persons":[{"id":7,"name":"P"}],"organizations":[{"id":"o","name":"O"}],"memberships":[{"id":1,"person_id":7,"organization_id":"o"}]}`, 3,
			[]string{"CHANGED 1:13 7 id is a number", "CHANGED 1:89 1 id is a number"}},
		{"no id", `{"persons":[{"name":"P"},{"id":null,"name":"P"},{"id":"","name":"P"},{"id":[1],"name":"P"}]}`, 0,
			[]string{"REFUSED 1:13  has no id", "REFUSED 1:26  has no id", "REFUSED 1:49  has no id", "CHANGED 1:70  id is neither", "REFUSED 1:70  has no id"}},
		{"no name", `{"persons":[{"id":"p","given_name":"A","family_name":"B"}],"posts":[{"id":"x","role":"R","label":null}]}`, 2,
			[]string{`CHANGED 1:13 p has no name; "A B" stands for it`, `CHANGED 1:69 x has no label; "R" stands for it`}},
		{"twice the same id", `{"persons":[{"id":"p","name":"P"},{"id":"p","name":"Q"}]}`, 1, []string{"REFUSED 1:35 p one with this id came before"}},
		{"dates", `{"persons":[{"id":"p","name":"P","birth_date":"1970-13","death_date":"unknown"},{"id":"q","name":"Q","birth_date":"2000","death_date":"1999"}]}`, 2,
			[]string{`CHANGED 1:13 p "birth_date" is kept aside`, `CHANGED 1:13 p "death_date" is kept aside`, `CHANGED 1:81 q death_date is before birth_date`}},
		{"a membership of nobody", `{"memberships":[{"organization_id":"o"},{"person_id":"p"},{"person_id":"p","on_behalf_of_id":"o"},{"person_id":["p"],"organization_id":"o"}]}`, 0,
			[]string{"REFUSED 1:17  has no person_id", "REFUSED 1:41  has neither", "REFUSED 1:59  has neither", "REFUSED 1:99  person_id is not the id"}},
		{"speeches without", `{"speeches":[{"text":"T"},{"creator_id":"p"}]}`, 1, []string{"REFUSED 1:14  has no creator_id", "REFUSED 1:27  has no text", "STUB"}},
		{"NUL in an id", `{"persons":[{"id":"a\u0000","name":"P"}]}`, 0, []string{"REFUSED 1:13 a\x00 Person"}},
		{"NUL in a name", `{"persons":[{"id":"p","name":"P\u0000","note":"\u0000"}]}`, 1, []string{`CHANGED 1:13 p "name" is kept aside: name has a NUL in it`, `CHANGED 1:13 p has no name`}},
		{"half a pair", "{\"persons\":[{\"id\":\"p\",\n \"name\":\"\\ud800\"},{\"id\":\"q\",\"name\":\"Q\"}]}", 1, []string{"REFUSED 2:10  is not well-formed JSON"}},
		{"not UTF-8", "{\"persons\":[{\"id\":\"p\",\"name\":\"é\xff\"}]}", 0, []string{"REFUSED 1:32  is not well-formed JSON"}},
		{"a name twice", `{"persons":[{"id":"p","id":"q"}]}`, 0, []string{"REFUSED 1:23  is not well-formed JSON"}},
		{"an id of 1 MB", `{"persons":[{"id":"` + strings.Repeat("x", 1<<20) + `","name":"P"}],"memberships":[{"person_id":"` + strings.Repeat("x", 1<<20) + `","organization_id":"o"}]}`, 0,
			[]string{"REFUSED 1:13 " + strings.Repeat("x", 100) + "… its id is longer than 471 bytes", "REFUSED 1:1048626  person_id is longer"}},
		{"too much to keep aside", `{"persons":[{"id":"p","name":"P","a":"` + strings.Repeat("x", 60_000) + `","b":"` + strings.Repeat("y", 50_000) + `","` + strings.Repeat("k", 300) + `":1}]}`, 1,
			[]string{`CHANGED 1:13 p "kkk`, `CHANGED 1:13 p "a" is left out: what is kept aside would be larger than 64 KiB`}},
		{"deep", `{"persons":[{"id":"p","x":` + deep + `},{"id":"q","name":"Q"}],"deep":` + deep + `}`, 1, []string{"REFUSED 1:10026  is not well-formed", `CHANGED`}},
		{"too long", `{"persons":[{"id":"p","name":"` + strings.Repeat("x", MaxLine) + `"},{"id":"q","name":"Q"}]}`, 1, []string{"REFUSED 1:13  is longer than 4 MiB"}},
		{"a long speech", `{"persons":[{"id":"p","name":"P"}],"speeches":[{"creator_id":"p","text":"` + strings.Repeat("ł", 10_001) + `"}]}`, 2, []string{"CHANGED 1:48  its text is cut at 20000 bytes"}},
		{"one of our marks", `{"persons":[{"id":"p","name":"P","popolo:membership":"rel_x"}]}`, 1, []string{`CHANGED 1:13 p "popolo:membership" is left out`}},
		{"nested", `{"persons":[{"id":"p","name":"P","memberships":[{"organization_id":"o"}]}]}`, 1, []string{"CHANGED 1:13 p memberships within it are only kept aside"}},
		{"a colon is missing within", "{\"persons\":[{\"id\" \"p\"},\n{\"id\":\"q\",\"name\":\"Q\"}]}", 1, []string{"REFUSED 1:19  is not well-formed JSON"}},
		{"a quote is missing within", "{\"persons\":[\n {\"id\":\"p,\n  \"name\":\"P\"},\n {\"id\":\"q\",\"name\":\"Q\"}]}", 1, []string{"REFUSED 2:11  is not well-formed JSON"}},
	} {
		all, err := importPopolo(t, nil, popoloFile{"f.json", "", c.text})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if n := len(all.records) - 2; n != c.records {
			t.Errorf("%s: %d records", c.name, n)
		}
		if len(all.said()) != len(c.said) {
			t.Errorf("%s: %d notes: %.1000q", c.name, len(all.said()), all.said())
			continue
		}
		for i, said := range all.said() {
			if !strings.HasPrefix(said, c.said[i]) {
				t.Errorf("%s: %.300s\nwant %s", c.name, said, c.said[i])
			}
		}
	}
}

// TestPopoloBroken ends at what is no JSON object, and says where.
func TestPopoloBroken(t *testing.T) {
	var b strings.Builder
	b.WriteString("{\n\"persons\": [")
	for i := range 50_000 {
		fmt.Fprintf(&b, "\n{\"id\":\"%d\",\"name\":\"P\"},", i)
	}
	many := b.String()
	for _, c := range []struct{ text, message string }{
		{"", "line 1, column 1: the file ends within its JSON object"},
		{"\x00\x00", "line 1, column 1: a NUL stands where a value or its end is wanted"},
		{"{\"persons\":[{\"id\":\"a\"}\x00]}", "line 1, column 23: a NUL stands where a value or its end is wanted"},
		{"[]", "line 1, column 1: a JSON object is wanted"},
		{"{", "line 1, column 2: a name in quotes is wanted"},
		{`{"persons":[`, "line 1, column 13: the file ends"},
		{`{"persons":[]`, "line 1, column 14: the file ends"},
		{`{"persons":[{"id":"p"`, "line 1, column 22: the file ends"},
		{`{"persons":[{}`, "line 1, column 15: the file ends"},
		{`{"persons":[]}x`, "line 1, column 15: something stands behind"},
		{`{"persons":[],}`, "line 1, column 15: a name in quotes is wanted"},
		{`{"persons" []}`, "line 1, column 12: a colon is wanted"},
		{`{"persons":}`, "line 1, column 12: a value is wanted"},
		{`{"persons":[,]}`, "line 1, column 13: a value is wanted"},
		{`{"\ud800":[]}`, "line 1, column 2: the name of a list is not one JSON string"},
		{"\uFEFF{ż}", "line 1, column 2: a name in quotes is wanted"},
		{many + "\n{\"id\":\"x\"} {\"id\":\"y\"}]}", "line 50003, column 12: a comma or a closing bracket is wanted"},
		{many, "line 50002, column 27: the file ends within its JSON object"},
	} {
		all, err := importPopolo(t, nil, popoloFile{"f.json", "", c.text})
		if err == nil || !strings.Contains(err.Error(), c.message) || kg.CodeOf(err) != kg.BadUserInput {
			t.Errorf("%.40q: %v, want %s", c.text, err, c.message)
		}
		if len(all.notes) == 0 || all.notes[len(all.notes)-1].Kind != Refused {
			t.Errorf("%.40q: %v", c.text, all.said())
		}
	}
}

// TestPopoloOfOthers writes records that did not come with a Popolo file.
func TestPopoloOfOthers(t *testing.T) {
	meta := func(class kg.Class, key string) kg.Meta {
		return kg.Meta{ID: kg.KeyID(class, "d", key), Dataset: kg.DatasetID("d"), Key: key, Extra: []kg.Extra{{Name: "email", Values: []string{"7"}}}}
	}
	thing := func(key string) kg.Thing {
		return kg.Thing{Meta: meta(kg.EntityClass, key), Name: strings.ToUpper(key)}
	}
	id := func(key string) kg.ID { return kg.KeyID(kg.EntityClass, "d", key) }
	rel := func(kind kg.RelationshipType, from, to string) *kg.Relationship {
		return &kg.Relationship{Meta: meta(kg.RelationshipClass, string(kind)+from+to), Type: kind, From: id(from), To: id(to)}
	}
	employed := rel(kg.EmployedBy, "p", "o")
	employed.StartDate, employed.EndDate = "2001~", kg.Open
	source := &kg.Source{Meta: meta(kg.SourceClass, "s"), Title: "S", URL: "https://example.org"}
	employed.Evidence = []kg.Evidence{{Source: source.ID}, {Source: source.ID, Exact: "twice"}}
	paid := rel(kg.Paid, "p", "o")
	person := &kg.Person{Thing: thing("p"), BirthDate: "1970?"}
	person.Names = []kg.Name{{Value: "PP", Kind: kg.WeakAlias}}
	joint := &kg.Statement{Meta: meta(kg.StatementClass, "w"), Kind: kg.Direct, Text: "<W>", Speakers: []kg.ID{id("o"), id("p")}, Audience: []kg.ID{id("o")}, AtEvent: id("e"), Date: "2001"}
	records := []kg.Record{
		joint, rel(kg.Holds, "p", "x"), rel(kg.PositionIn, "x", "o"), employed, paid, source, rel(kg.MemberOf, "o", "o2"), rel(kg.LocatedIn, "p", "l"), rel(kg.PartOf, "o", "e"),
		&kg.Statement{Meta: meta(kg.StatementClass, "v"), Kind: kg.Direct, Text: "V", Speakers: []kg.ID{id("o")}},
		person, &kg.Organization{Thing: thing("o"), Kind: kg.Party}, &kg.Organization{Thing: thing("o2"), Kind: kg.OtherOrganization},
		&kg.Position{Thing: thing("x")}, &kg.Event{Thing: thing("e"), Status: kg.Planned}, &kg.Place{Thing: thing("l")}, &kg.Topic{Thing: thing("t")},
	}
	for _, r := range records {
		if err := kg.Normalize(r); err != nil {
			t.Fatal(err)
		}
	}
	text, _ := exportPopolo(t, records)
	for _, key := range []string{"p", "o", "o2", "x", "e", "l"} {
		text = strings.ReplaceAll(text, string(id(key)), key)
	}
	for _, r := range records {
		text = strings.ReplaceAll(text, string(r.GetID()), string(r.GetID().Class()))
	}
	want := `{
"persons": [
{"birth_date":"1970","id":"p","name":"P","other_names":[{"name":"PP","note":"weak"}]}
],
"organizations": [
{"classification":"party","id":"o","name":"O"},
{"id":"o2","name":"O2"}
],
"areas": [
{"id":"l","name":"L"}
],
"posts": [
{"id":"x","label":"X","organization_id":"o"}
],
"events": [
{"id":"e","name":"E","status":"planned"}
],
"memberships": [
{"id":"rel","organization_id":"o","person_id":"p","post_id":"x"},
{"id":"rel","organization_id":"o","person_id":"p","role":"is employed by","sources":[{"url":"https://example.org"}],"start_date":"2001"},
{"id":"rel","member":{"id":"o"},"organization_id":"o2"}
],
"speeches": [
{"creator_id":"p","date":"2001","event_id":"e","id":"sta","text":"<W>"}
]
}
`
	if text != want {
		t.Errorf("got:\n%s\nwant:\n%s", text, want)
	}
}

// FuzzPopolo: whatever the input, nothing panics, what is given on is well formed (importPopolo looks), the same again is the
// same, and what is written can be read.
func FuzzPopolo(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`{"persons":[{"id":1,"name":null,"other_names":[{"name":"\u0000"}]}],"memberships":[{"person_id":"1","organization_id":"o","start_date":"2001","end_date":"2000"}]}`))
	f.Add([]byte(`{"events":[{"id":"t","start_date":"2001","parent_id":"t"}],"memberships":[{"person_id":"p","post_id":"p","legislative_period_id":"t"}],"speeches":[{"creator_id":"p","text":"x"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := importPopolo(t, nil, popoloFile{"f.json", "d", string(text)})
		again, errAgain := importPopolo(t, nil, popoloFile{"f.json", "d", string(text)})
		if (err == nil) != (errAgain == nil) || !maps.Equal(all.bodies(t), again.bodies(t)) {
			t.Fatal("the same file gives other records")
		}
		if err != nil {
			return
		}
		written, _ := exportPopolo(t, all.records)
		if _, err := importPopolo(t, nil, popoloFile{"f.json", "d", written}); err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, written)
		}
	})
}

// TestPopoloOutsideTerm: a membership that ends before its term begins, or begins when that is over, held on one day, and goes out as it came in.
func TestPopoloOutsideTerm(t *testing.T) {
	text := `{"events":[{"id":"t","name":"T","start_date":"2015-03-30","end_date":"2019"}],"memberships":[
{"id":"early","person_id":"p","organization_id":"o","legislative_period_id":"t","end_date":"2015-03-27"},
{"id":"late","person_id":"p","organization_id":"o","legislative_period_id":"t","start_date":"2020-05"},
{"id":"within","person_id":"p","organization_id":"o","legislative_period_id":"t","end_date":"2015"}]}`
	all := mustImport(t, nil, popoloFile{"f.json", "d", text})
	spans := map[string]string{}
	for _, r := range all.records {
		if r, ok := r.(*kg.Relationship); ok && r.Type == kg.MemberOf {
			spans[r.Key] = string(r.StartDate + "/" + r.EndDate)
		}
	}
	want := map[string]string{"f/membership.organization_id/early": "2015-03-27/2015-03-27", "f/membership.organization_id/late": "2020-05/2020-05", "f/membership.organization_id/within": "2015-03-30/2015"}
	if !maps.Equal(spans, want) {
		t.Errorf("%v, want %v", spans, want)
	}
	said := strings.Join(all.said(), "\n")
	if !strings.Contains(said, "2:1 early ends before its term begins (2015-03-30)") || !strings.Contains(said, "begins when its term is over (2019)") || strings.Contains(said, "within") {
		t.Error(said)
	}
	var doc map[string]any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	_, got := exportPopolo(t, all.records)
	sameLists(t, got, doc)
}
