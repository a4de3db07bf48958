package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dramatis/httpd"
)

var update = flag.Bool("update", false, "write the expected answers anew, from SQLite")

// TestGolden asks every query of testdata, and every example of the start page, of both stores: the answers are those
// beside it, to the byte.
func TestGolden(t *testing.T) {
	queries := map[string]string{}
	for _, e := range httpd.Examples() {
		queries[e.Name] = e.Query
	}
	files, err := filepath.Glob("testdata/*.graphql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		queries[strings.TrimSuffix(filepath.Base(file), ".graphql")] = string(text)
	}
	if len(queries) < 10 {
		t.Fatalf("only %d queries found", len(queries))
	}
	for _, s0 := range servers(t) {
		patient := s0.patient() // a field that the loaders expect and that does not come is found so
		for name, query := range queries {
			s := patient
			if strings.HasPrefix(name, "bad-") {
				s = s0
			}
			t.Run(s.name+"/"+name, func(t *testing.T) { golden(t, s, name, query) })
		}
	}
}

func golden(t *testing.T, s *server, name, query string) {
	variables := map[string]any{}
	if text, err := os.ReadFile(filepath.Join("testdata", name+".variables.json")); err == nil {
		if err := json.Unmarshal(text, &variables); err != nil {
			t.Fatal(err)
		}
	}
	_, body := s.post(t, query, variables)
	var got bytes.Buffer
	if err := json.Indent(&got, body, "", "  "); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if bytes.Contains(body, []byte(`"errors"`)) && !strings.HasPrefix(name, "bad-") {
		t.Errorf("an answer with errors: %s", body)
	}
	file := filepath.Join("testdata", name+".json")
	if *update && s.name == "sqlite" {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s answers otherwise than %s:\n%s", s.name, file, firstDifference(got.String(), string(want)))
	}
}

// firstDifference shows the first line that differs, and what stands around it.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			from := max(0, i-3)
			return "got\n" + strings.Join(g[from:min(len(g), i+4)], "\n") + "\nwant\n" + strings.Join(w[from:min(len(w), i+4)], "\n")
		}
	}
	return "one ends before the other"
}
