package formats

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dramatis/kg"
)

var update = flag.Bool("update", false, "write golden files anew")

// golden compares a text with a file in testdata/written.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", "written", name)
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s is not what was written:\n%s", path, text)
	}
}

// TestGolden: what is written of a record of each kind, in the formats that have no tests of their own for that.
func TestGolden(t *testing.T) {
	for _, format := range []string{"csv-entities", "csv-relationships", "csv-statements", "csv-evidence", "jsonld"} {
		f, err := Named(format)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, format+f.Extension, written(t, format, networkSamples()))
	}
}

// rowsOf reads a table.
func rowsOf(t *testing.T, text string) (rows []map[string]string) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll() // which wants as many cells in each row
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, c := range cells {
			row[all[0][i]] = c
		}
		rows = append(rows, row)
	}
	return rows
}

func TestTables(t *testing.T) {
	records := networkSamples()
	said := &kg.Statement{Meta: meta(kg.StatementClass, "joint"), Kind: kg.Indirect, Text: "a\nb\rc\r\nd,\"e\";", Speakers: []kg.ID{kg.KeyID(kg.EntityClass, "d", "p"), kg.KeyID(kg.EntityClass, "d", "o")},
		Evidence: []kg.Evidence{{Source: kg.KeyID(kg.SourceClass, "d", "s"), Method: kg.Import}, {Source: kg.KeyID(kg.SourceClass, "d", "gone"), Method: kg.Import}}}
	records = append(records, said)

	text := written(t, "csv-statements", records)
	if bare := strings.ReplaceAll(text, "\r\n", ""); !strings.HasSuffix(text, "\r\n") || strings.Count(bare, "\n") != 1 {
		t.Errorf("rows do not end with CR LF, or line breaks in cells became others: %q", text)
	}
	rows := rowsOf(t, text)
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	// encoding/csv reads CR LF in a cell as LF
	if got := rows[1]; got["text"] != strings.ReplaceAll(said.Text, "\r\n", "\n") || got["speakers"] != "Łukasz \"O'Brien\"\t; O" || got["source_title"] != "t" || got["evidence"] != "2" || got["event"] != "" {
		t.Errorf("%q", got)
	}
	if got := rowsOf(t, written(t, "csv-evidence", records)); len(got) != 4 || got[3]["says"] != "Łukasz \"O'Brien\"\t; O: "+rows[1]["text"] || got[3]["source_title"] != "" {
		t.Errorf("%q", got)
	}
	for _, f := range tableFormats {
		if rows := rowsOf(t, written(t, f.Name, nil)); len(rows) != 0 {
			t.Errorf("%s: %q", f.Name, rows)
		}
	}
}

// TestGathering: what is referred to is asked for together, once; datasets only the first time.
func TestGathering(t *testing.T) {
	f, err := Named("csv-relationships")
	if err != nil {
		t.Fatal(err)
	}
	calls, asked := 0, map[kg.ID]int{}
	var b strings.Builder
	w := f.Write(&b, WriteOptions{Find: func(ids []kg.ID) ([]kg.Record, error) {
		calls++
		found := make([]kg.Record, len(ids))
		for i, id := range ids {
			asked[id]++
			if id == kg.KeyID(kg.EntityClass, "d", "hub") {
				found[i] = bodyNamed("hub")
			}
		}
		return found, nil
	}})
	const n = 2*someWait + 1
	for i := range n {
		if err := w.Write(joining(strconv.Itoa(i), kg.MemberOf, strconv.Itoa(i), "hub")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if hub, dataset := asked[kg.KeyID(kg.EntityClass, "d", "hub")], asked[kg.DatasetID("d")]; hub != 3 || dataset != 1 || calls > 5 {
		t.Errorf("%d calls; %d times for the hub, %d for the dataset", calls, hub, dataset)
	}
	rows := rowsOf(t, b.String())
	if len(rows) != n {
		t.Errorf("%d rows", len(rows))
	}
	for i, r := range rows {
		if r["to_name"] != "hub" || r["from_name"] != "" || r["from_id"] != string(kg.KeyID(kg.EntityClass, "d", strconv.Itoa(i))) {
			t.Fatalf("row %d: %q", i, r)
		}
	}
}

func TestSafeCells(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "a": "a", "-": "'-", "-5": "-5", "-5.25": "-5.25", "-5+1": "'-5+1", "−5": "−5", "+49 30": "'+49 30", "@x": "'@x", "=1+1": "'=1+1", "\t=1": "'\t=1", "\r": "'\r", "\n=1": "'\n=1",
		" =1": "' =1", "\ufeff=1": "'\ufeff=1", "＝1": "'＝1", "'=1": "'=1", "a=1": "a=1", "-5\n": "'-5\n", "\U0001f600": "\U0001f600",
	} {
		if got := safeCell(cell); got != want {
			t.Errorf("%q became %q, not %q", cell, got, want)
		}
	}
	hostile := bodyNamed("=HYPERLINK(\"http://example.org\")")
	for safe, want := range map[bool]string{false: hostile.Name, true: "'" + hostile.Name} {
		f, err := Named("csv-entities")
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		w := f.Write(&b, WriteOptions{SafeCells: safe, Find: func(ids []kg.ID) ([]kg.Record, error) { return make([]kg.Record, len(ids)), nil }})
		if err := w.Write(hostile); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got := rowsOf(t, b.String())[0]["name"]; got != want {
			t.Errorf("%q", got)
		}
	}
}

func TestJSONLD(t *testing.T) {
	family := joining("family", kg.FamilyOf, "p", "p2")
	family.Role = "Mother"
	ended := joining("ended", kg.MemberOf, "p", "o")
	ended.EndDate = "2020"
	records := append(networkSamples()[:8], bodyNamed("part"), family, ended, joining("open", kg.MemberOf, "p", "o"), joining("in", kg.PartOf, "part", "o"), joining("place", kg.LocatedIn, "p", "l"),
		joining("took", kg.ParticipatedIn, "p", "e"))
	var file struct {
		Context map[string]any               `json:"@context"`
		Graph   []map[string]json.RawMessage `json:"@graph"`
	}
	text := written(t, "jsonld", records)
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(text, "\n"); len(file.Graph) != len(records) || lines != len(records)+2 {
		t.Fatalf("%d nodes in %d lines", len(file.Graph), lines)
	}
	nodes := map[string]map[string]json.RawMessage{}
	for _, n := range file.Graph {
		nodes[string(n["@id"])] = n
	}
	id := func(class kg.Class, key string) string { return `"` + iri(kg.KeyID(class, "d", key)) + `"` }
	rel := func(key string) string { return id(kg.RelationshipClass, key) }
	p, o, l, e := id(kg.EntityClass, "p"), id(kg.EntityClass, "o"), id(kg.EntityClass, "l"), id(kg.EntityClass, "e")
	for key, want := range map[string][3]string{ // from, to, and what the role says
		"family": {`{"@id":` + p + `,"children":[` + id(kg.EntityClass, "p2") + `,` + rel("family") + `]}`, `{"@id":` + id(kg.EntityClass, "p2") + `}`, "children"},
		"ended":  {`{"@id":` + p + `,"memberOf":[` + rel("ended") + `]}`, `{"@id":` + o + `}`, "memberOf"},
		"open":   {`{"@id":` + p + `,"memberOf":[` + o + `,` + rel("open") + `]}`, `{"@id":` + o + `}`, "memberOf"},
		"in":     {`{"@id":` + id(kg.EntityClass, "part") + `,"parentOrganization":[` + o + `,` + rel("in") + `]}`, `{"@id":` + o + `}`, "parentOrganization"},
		"place":  {`{"@id":` + p + `}`, `{"@id":` + l + `}`, ""},
		"took":   {`{"@id":` + p + `}`, `{"@id":` + e + `,"attendee":[` + p + `,` + rel("took") + `]}`, "attendee"},
	} {
		n := nodes[rel(key)]
		if string(n["dramatis:from"]) != want[0] || string(n["dramatis:to"]) != want[1] || want[2] != "" && n[want[2]] == nil {
			t.Errorf("%s: %s", key, n)
		}
	}
	for _, empty := range [][]kg.Record{nil, records[:1]} {
		if !json.Valid([]byte(written(t, "jsonld", empty))) {
			t.Errorf("%d records are no JSON", len(empty))
		}
	}
}

// TestJSONLDWords: every property that is written with a name of a record for its value, or a number, is in the context.
func TestJSONLDWords(t *testing.T) {
	var file struct {
		Context map[string]any   `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(written(t, "jsonld", networkSamples())), &file); err != nil {
		t.Fatal(err)
	}
	var check func(property string, v any)
	check = func(property string, v any) {
		switch v := v.(type) {
		case string:
			if strings.HasPrefix(v, "urn:dramatis:") && !slices.Contains([]string{"@id", "@type"}, property) && !reflect.DeepEqual(file.Context[property].(map[string]any)["@type"], "@id") {
				t.Errorf("%s is not said to be a name", property)
			}
		case float64:
			if file.Context[property] == nil {
				t.Errorf("%s is a number", property)
			}
		case []any:
			for _, v := range v {
				check(property, v)
			}
		case map[string]any:
			for property, v := range v {
				check(property, v)
			}
		}
	}
	for _, n := range file.Graph {
		check("", n)
	}
}
