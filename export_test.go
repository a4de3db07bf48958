package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dramatis/formats"
	"dramatis/kg"
	"dramatis/store/neo4jstore/neo4jtest"
)

// command runs a command on a store and gives what it prints.
func command(t *testing.T, store string, args ...string) string {
	t.Helper()
	var out, log bytes.Buffer
	if err := run(t.Context(), append([]string{"--store", store}, args...), &out, &log, nil); err != nil {
		t.Fatalf("%v: %v\n%s%s", args, err, &out, &log)
	}
	return out.String()
}

var recordedAt = regexp.MustCompile(`"recordedAt":"[^"]*",?`)

// graphOf are the records of an export in order of id, without the times at which they were written.
func graphOf(t *testing.T, path string) []string {
	t.Helper()
	raw, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	f, err := formats.Open(path, raw, formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f.Body)
	lines.Buffer(nil, formats.MaxLine)
	var records []string
	for lines.Scan() {
		records = append(records, recordedAt.ReplaceAllString(lines.Text(), ""))
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	id := func(r string) string { _, rest, _ := strings.Cut(r, `"id":"`); return rest[:30] }
	slices.SortFunc(records, func(a, b string) int { return strings.Compare(id(a), id(b)) })
	return records
}

// emptyNeo4j is where Neo4j is to be found, emptied, if it is there to test with.
func emptyNeo4j(t *testing.T) []string {
	t.Helper()
	if os.Getenv("DRAMATIS_TEST_NEO4J") == "" && os.Getenv("DRAMATIS_NEO4J_REQUIRED") == "" {
		return nil
	}
	server := neo4jtest.Use(t)
	t.Setenv("DRAMATIS_NEO4J_USER", server.User)
	t.Setenv("DRAMATIS_NEO4J_PASSWORD", server.Password)
	return []string{server.URI}
}

// TestExport takes a graph out of one store and into the next: from SQLite to SQLite and, where there is one, by Neo4j and back. What
// comes out is what went in.
func TestExport(t *testing.T) {
	dir := t.TempDir()
	seed, err := os.ReadFile("seed/graph.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	whole := bytes.NewBuffer(seed)
	for i := range 2_500 { // more than are read at a time
		p := &kg.Person{Thing: kg.Thing{Meta: kg.Meta{ID: kg.KeyID(kg.EntityClass, "x", fmt.Sprint(i)), Dataset: kg.DatasetID("x"), Key: fmt.Sprint(i)}, Name: "Person " + fmt.Sprint(i%1000)}}
		if err := formats.WriteJSONL(whole, p); err != nil {
			t.Fatal(err)
		}
	}
	if err := formats.WriteJSONL(whole, &kg.Dataset{Meta: kg.Meta{ID: kg.DatasetID("x")}, Name: "x"}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "0.jsonl")
	if err := os.WriteFile(path, whole.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	want := graphOf(t, path)
	stores := slices.Concat([]string{"sqlite:" + filepath.Join(dir, "1.db")}, emptyNeo4j(t), []string{"sqlite:" + filepath.Join(dir, "2.db")})
	for i, store := range stores {
		if got := command(t, store, "import", path); !strings.Contains(got, fmt.Sprintf("%d created", len(want))) {
			t.Errorf("%s: %s", store, got)
		}
		path = filepath.Join(dir, fmt.Sprint(i+1, []string{".jsonl", ".jsonl.gz", ".jsonl.zst"}[i]))
		command(t, store, "export", path)
		if got := graphOf(t, path); !slices.Equal(got, want) {
			t.Errorf("%s: %d records came out, %d went in", store, len(got), len(want))
			for j := range min(len(got), len(want)) {
				if got[j] != want[j] {
					t.Fatalf("got %s\nwant %s", got[j], want[j])
				}
			}
		}
		if got := command(t, store, "export"); strings.Count(got, "\n") != len(want) {
			t.Errorf("%s: %d lines on standard output", store, strings.Count(got, "\n"))
		}
		if got := command(t, store, "import", path); !strings.Contains(got, fmt.Sprintf("%d unchanged", len(want))) {
			t.Errorf("%s: %s", store, got)
		}
	}
}

// TestExportFails: a file that cannot be written whole is not there, and what was there stays.
func TestExportFails(t *testing.T) {
	dir := t.TempDir()
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--store", "sqlite:" + filepath.Join(dir, "none.db"), "export", filepath.Join(dir, "x.jsonl")}, &out, &out, nil); err == nil {
		t.Error("there is nothing to export")
	}
	path := "sqlite:" + filepath.Join(dir, "graph.db")
	command(t, path, "import", "seed/graph.jsonl")
	if err := run(t.Context(), []string{"--store", path, "export", filepath.Join(dir, "none", "x.jsonl")}, &out, &out, nil); err == nil {
		t.Error("a folder that is not there was written to")
	}
	if files, err := filepath.Glob(filepath.Join(dir, "*x.jsonl*")); err != nil || len(files) > 0 {
		t.Errorf("left: %v, %v", files, err)
	}
	if files, err := filepath.Glob(filepath.Join(dir, ".dramatis-*")); err != nil || len(files) > 0 {
		t.Errorf("left: %v, %v", files, err)
	}
}
