package formats

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dramatis/kg"
)

// csvImport is a graph into which tables are imported, one after the other.
type csvImport struct {
	graph map[kg.ID]kg.Record
	notes string
}

// table imports a table by a mapping, and says what came of it.
func (i *csvImport) table(t testing.TB, mapping, text string) (created, changed, unchanged int) {
	t.Helper()
	if err := i.read(t, mapping, text, func(r kg.Record) error {
		body, err := kg.Encode(r)
		if err != nil {
			return err
		}
		if was := i.graph[r.GetID()]; was == nil {
			created++
		} else if before, _ := kg.Encode(was); bytes.Equal(before, body) {
			unchanged++
		} else {
			changed++
		}
		i.graph[r.GetID()] = r
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return created, changed, unchanged
}

// read reads a table by a mapping; without one, by its header.
func (i *csvImport) read(t testing.TB, mapping, text string, yield func(kg.Record) error) error {
	t.Helper()
	if i.graph == nil {
		i.graph = map[kg.ID]kg.Record{}
	}
	var notes strings.Builder
	defer func() { i.notes = notes.String() }()
	target := NewTarget(context.Background(), Target{
		Found: func(_ context.Context, ids []kg.ID) ([]kg.Record, error) {
			found := make([]kg.Record, len(ids))
			for n, id := range ids {
				found[n] = i.graph[id]
			}
			return found, nil
		},
		Yield: yield,
		Note: func(n Note) error {
			fmt.Fprintf(&notes, "%d:%d %s %s\n", n.Line, n.Column, n.Kind, n.Reason)
			return nil
		},
	})
	defer target.Close()
	o := Options{Format: "csv", Dataset: "set"}
	if mapping != "" {
		m, err := ParseMapping("map.yaml", []byte(mapping))
		if err != nil {
			return err
		}
		if o.Mapping = m; m.Dataset != "" {
			o.Dataset = ""
		}
	}
	f, err := Open("dir/table.csv", strings.NewReader(text), o)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Format.Read(f, target); err != nil {
		return err
	}
	return target.End()
}

func csvFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "csv", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// congress are the files of the 114th Congress and their mappings.
var congress = []struct{ table, mapping string }{
	{"114th-committees-current.csv", "committees.yaml"},
	{"114th-legislators-current.csv", "legislators.yaml"},
	{"114th-committee-members.csv", "members.yaml"},
}

// TestCSVCongress loads three tables that refer to each other, in both orders: whoever refers to a record that comes later
// has a stub until then. The joins are counted by encoding/csv.
func TestCSVCongress(t *testing.T) {
	var forth, back csvImport
	for _, f := range congress {
		forth.table(t, csvFile(t, f.mapping), csvFile(t, f.table))
	}
	for _, f := range slices.Backward(congress) {
		back.table(t, csvFile(t, f.mapping), csvFile(t, f.table))
	}
	if len(forth.graph) != len(back.graph) {
		t.Errorf("%d records, in the other order %d", len(forth.graph), len(back.graph))
	}
	for id, r := range forth.graph {
		there, err := kg.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		if other := back.graph[id]; other == nil {
			t.Errorf("only in one order: %s", there)
		} else if here, err := kg.Encode(other); err != nil || !bytes.Equal(there, here) {
			t.Errorf("%s\nin the other order\n%s %v", there, here, err)
		}
	}
	for _, f := range congress {
		if created, changed, _ := forth.table(t, csvFile(t, f.mapping), csvFile(t, f.table)); created+changed > 0 {
			t.Errorf("%s again: %d created, %d changed", f.table, created, changed)
		}
	}
	rows := map[string][][]string{}
	for _, f := range congress {
		all, err := csv.NewReader(strings.NewReader(csvFile(t, f.table))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		rows[f.table] = all[1:]
	}
	committees, legislators := map[string]bool{}, map[string]bool{}
	for _, r := range rows[congress[0].table] {
		committees[r[3]] = true
	}
	for _, r := range rows[congress[1].table] {
		legislators[r[2]] = true
	}
	joined, want := 0, 0
	for _, r := range rows[congress[2].table] {
		if committees[r[0]] && legislators[r[1]] {
			want++
		}
	}
	for _, r := range forth.graph {
		rel, ok := r.(*kg.Relationship)
		if !ok || rel.Extra == nil { // only members of committees have a rank
			continue
		}
		from, to := forth.graph[rel.From].(kg.Entity).Common(), forth.graph[rel.To].(kg.Entity).Common()
		if rel.Type != kg.MemberOf || rel.Extra[0].Name != "rank" {
			t.Errorf("%+v", rel)
		}
		if !from.Stub && !to.Stub {
			joined++
		}
	}
	if joined != want || want < 1000 {
		t.Errorf("%d memberships join what is in the files, want %d", joined, want)
	}
}

// TestCSVScanner compares with encoding/csv on what both take.
func TestCSVScanner(t *testing.T) {
	for _, text := range []string{"a,b\n1,2\n", "a,b\r\n\"1\n2\",3\r\n", "\"a\"\"b\",c\n\n\nd,\n", "a", "a,\"\"", ",\n", "é;\"x;y\"\n"} {
		for _, comma := range []byte(",;\t") {
			sameAsEncodingCSV(t, text, comma)
		}
	}
}

func sameAsEncodingCSV(t *testing.T, text string, comma byte) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = rune(comma), -1
	want, err := r.ReadAll()
	if err != nil || !utf8.ValidString(text) || strings.Contains(text, "\x00") {
		return
	}
	s := newCSVScanner(strings.NewReader(text), comma)
	for _, w := range want {
		if len(w) == 1 && w[0] == "" {
			continue // "" alone in a line
		}
		got, wrong := s.next()
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], "\r\n", "\n") // which encoding/csv makes of breaks in quotes
		}
		if wrong != nil || !slices.Equal(got, w) {
			t.Fatalf("%q: got %q %v, want %q", text, got, wrong, w)
		}
	}
	if got, wrong := s.next(); got != nil || wrong != nil {
		t.Fatalf("%q: %q %v behind the end", text, got, wrong)
	}
	if s.err != nil {
		t.Fatal(s.err)
	}
}
