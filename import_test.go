package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// runImport runs the command and gives what it prints.
func runImport(ctx context.Context, t *testing.T, path string, files ...string) (string, error) {
	t.Helper()
	var out, log bytes.Buffer
	err := run(ctx, append([]string{"--store", "sqlite:" + path, "import"}, files...), &out, &log, nil)
	return strings.TrimPrefix(out.String(), "SQLite "+path+": "), err
}

func TestImport(t *testing.T) {
	dir := t.TempDir()
	path, graph := filepath.Join(dir, "graph.db"), "seed/graph.jsonl"
	broken := filepath.Join(dir, "broken.jsonl")
	if err := os.WriteFile(broken, []byte("\n{\"record\":\"Ship\",\"id\":\"1\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, files := range [][]string{{graph, broken}, {graph, graph}, {filepath.Join(dir, "none")}} {
		if out, err := runImport(t.Context(), t, path, files...); err == nil {
			t.Errorf("%v was loaded: %s", files, out)
		} else if files[1:] != nil && strings.HasSuffix(files[len(files)-1], "broken.jsonl") && !strings.Contains(err.Error(), "BAD_USER_INPUT: "+broken+": 1 lines are no records") {
			t.Error(err)
		}
	}
	for _, want := range []string{"435 created, 0 changed, 0 unchanged\n", "0 created, 0 changed, 435 unchanged\n"} {
		if out, err := runImport(t.Context(), t, path, graph); err != nil || out != want {
			t.Errorf("got %q, %v; want %q", out, err, want)
		}
	}
	if out, err := runImport(t.Context(), t, path, graph, broken); err == nil {
		t.Errorf("loaded: %s", out)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--store", "sqlite:" + path, "check"}, &out, &out, nil); err != nil {
		t.Errorf("%v\n%s", err, &out)
	}
}

// TestImportInterrupted stops an import that waits for standard input, into an empty graph and into one that is not.
func TestImportInterrupted(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	stdin := os.Stdin
	os.Stdin = r
	defer func() { os.Stdin = stdin }()
	path := filepath.Join(t.TempDir(), "graph.db")
	for range 2 {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		began := time.Now()
		if out, err := runImport(ctx, t, path, "seed/graph.jsonl", "-"); err == nil || !strings.Contains(err.Error(), "interrupted") {
			t.Errorf("got %q, %v", out, err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("stopped after %s", took)
		}
		if out, err := runImport(t.Context(), t, path, "seed/graph.jsonl"); err != nil || !strings.Contains(out, "435") {
			t.Errorf("got %q, %v", out, err)
		}
	}
}

// TestImportDry: nothing is written, and what would be is told.
func TestImportDry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	for _, want := range []string{"nothing written; would be 435 created, 0 changed, 0 unchanged\n", "435 created, 0 changed, 0 unchanged\n",
		"nothing written; would be 0 created, 0 changed, 435 unchanged\n"} {
		args := []string{"seed/graph.jsonl"}
		if strings.HasPrefix(want, "nothing") {
			args = append(args, "--dry-run")
		}
		if out, err := runImport(t.Context(), t, path, args...); err != nil || out != want {
			t.Errorf("got %q, %v; want %q", out, err, want)
		}
	}
	changed := filepath.Join(t.TempDir(), "changed.jsonl")
	graph, err := os.ReadFile("seed/graph.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(changed, bytes.Replace(graph, []byte(`"name":"NATO"`), []byte(`"name":"Nato"`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := runImport(t.Context(), t, path, "--dry-run", changed); err != nil || !strings.Contains(out, "0 created, 1 changed, 434 unchanged") {
		t.Errorf("got %q, %v", out, err)
	}
}

// TestImportReport: what was refused stands in the report and on the terminal, by line.
func TestImportReport(t *testing.T) {
	dir := t.TempDir()
	path, broken, report := filepath.Join(dir, "graph.db"), filepath.Join(dir, "broken.jsonl"), filepath.Join(dir, "report.jsonl")
	if err := os.WriteFile(broken, []byte("{\"record\":\"Ship\",\"id\":\"1\"}\n\n{\"record\":\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := runImport(t.Context(), t, path, broken, "--format", "jsonl", "--report", report)
	if err == nil || !strings.Contains(out, broken+":1: REFUSED: there is no record \"Ship\"\n"+broken+":3: REFUSED: is not one JSON value\n") {
		t.Errorf("got %q, %v", out, err)
	}
	text, err := os.ReadFile(report)
	if err != nil || strings.Count(string(text), "\n") != 2 || !strings.Contains(string(text), `"line":3,"kind":"REFUSED","reason":"is not one JSON value"`) {
		t.Errorf("%v\n%s", err, text)
	}
	if out, err := runImport(t.Context(), t, path, broken, "--format", "jsonl", "--strict"); err == nil || !strings.Contains(err.Error(), broken+":1: REFUSED") {
		t.Errorf("got %q, %v", out, err)
	}
	for _, args := range [][]string{{broken}, {"seed/graph.jsonl", "--format", "tar"}} {
		if out, err := runImport(t.Context(), t, path, args...); err == nil || !strings.Contains(err.Error(), "BAD_USER_INPUT") {
			t.Errorf("%v: got %q, %v", args, out, err)
		}
	}
}

// TestImportHostile: what cannot be read is told in one line that says what to do, and leaves nothing behind.
func TestImportHostile(t *testing.T) {
	dir := t.TempDir()
	person := `{"id":"a","schema":"Person","properties":{"name":["A"]}}` + "\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for i := range 1000 {
		fmt.Fprintf(z, "{\"id\":\"p%d\",\"schema\":\"Person\",\"properties\":{\"name\":[\"P\"]}}\n", i*i)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ text, want string }{
		"empty.json":       {"", "empty.json: BAD_USER_INPUT: is empty"},
		"blank.json":       {" \n\n", "blank.json: BAD_USER_INPUT: is empty"},
		"utf16.json":       {"\xff\xfe{\x00", "utf16.json: BAD_USER_INPUT: is UTF-16, and has to be UTF-8"},
		"half.ftm.json.gz": {packed.String()[:packed.Len()/2], "BAD_USER_INPUT: cannot be unpacked: it breaks off"},
		"zstd.json":        {"\x28\xb5\x2f\xfd", "BAD_USER_INPUT: cannot be unpacked"},
		"popolo.json":      {`{"persons":[{"id":"a","name":"A"}`, "popolo.json: line 1, column 34: the file ends within its JSON object"},
	} {
		path, file := filepath.Join(dir, name+".db"), filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := runImport(t.Context(), t, path, file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, %v", name, out, err)
		}
		if out, err := runImport(t.Context(), t, path, "seed/graph.jsonl"); err != nil || !strings.Contains(out, "435 created") {
			t.Errorf("after %s: %q, %v", name, out, err)
		}
	}
	if out, err := runImport(t.Context(), t, filepath.Join(dir, "dir.db"), dir); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("%q, %v", out, err)
	}
	file := filepath.Join(dir, "p.json")
	if err := os.WriteFile(file, []byte(`{"persons":[{"id":"a\u001b[2J","name":"A"},{"id":"a\u001b[2J","name":"B"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := runImport(t.Context(), t, filepath.Join(dir, "p.db"), file, "--strict"); err == nil || strings.ContainsRune(out+err.Error(), '\x1b') {
		t.Errorf("%q, %v", out, err)
	}
	file = filepath.Join(dir, "last.ftm.json")
	if err := os.WriteFile(file, []byte(strings.Repeat("\n", 99_998)+person+`{"id":"b","schema":"Person","properties":{"name":["B`+"\n"+strings.Replace(person, "a", "c", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := runImport(t.Context(), t, filepath.Join(dir, "last.db"), file, "--format", "ftm"); err != nil || !strings.Contains(out, "last.ftm.json:100000:53: REFUSED: breaks off\n") || !strings.Contains(out, "3 created") {
		t.Errorf("%q, %v", out, err)
	}
}

// TestImportDeletes: what a file says is no more is deleted, unless something refers to it: an entity stays as a stub, and what only that
// entity referred to goes.
func TestImportDeletes(t *testing.T) {
	dir := t.TempDir()
	path, before, changes, report := filepath.Join(dir, "graph.db"), filepath.Join(dir, "before.ftm.json"), filepath.Join(dir, "changes.ftm.json"), filepath.Join(dir, "report.jsonl")
	var add, del strings.Builder
	add.WriteString(`{"id":"d1","schema":"Document","properties":{"fileName":["a"]}}
{"id":"d2","schema":"Document","properties":{"fileName":["b"]}}
{"id":"e","schema":"Event","properties":{"name":["E"],"proof":["d1"]}}
{"id":"m","schema":"Documentation","properties":{"document":["d2"],"entity":["e"]}}
{"id":"p","schema":"Person","properties":{"name":["P"]}}
`)
	del.WriteString(`{"op":"DEL","entity":{"id":"d1"}}
{"op":"DEL","entity":{"id":"d2"}}
{"op":"DEL","entity":{"id":"e"}}
{"op":"DEL","entity":{"id":"nobody"}}
`)
	for i := range 400 { // more than a conflict tells at once
		fmt.Fprintf(&add, `{"id":"c%d","schema":"Company","properties":{"name":["C"],"notes":["N"]}}
{"id":"o%[1]d","schema":"Ownership","properties":{"owner":["p"],"asset":["c%[1]d"]}}
`, i)
		fmt.Fprintf(&del, "{\"op\":\"DEL\",\"entity\":{\"id\":\"c%d\"}}\n", i)
		if i%2 == 0 {
			fmt.Fprintf(&del, "{\"op\":\"DEL\",\"entity\":{\"id\":\"o%d\"}}\n", i)
		}
	}
	for file, text := range map[string]string{before: add.String(), changes: del.String()} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := runImport(t.Context(), t, path, "--dataset", "set", before); err != nil || !strings.Contains(out, "806 created") {
		t.Fatalf("%q, %v", out, err)
	}
	// of the companies every second is still owned; e is in m, which is in d2
	for _, want := range []string{"401 deleted, 1 not taken as they stand, 201 stubs\n", " unchanged, 1 not taken as they stand, 201 stubs\n"} {
		out, err := runImport(t.Context(), t, path, "--dataset", "set", "--report", report, changes)
		if err != nil || !strings.HasSuffix(out, want) {
			t.Errorf("%q, %v; want %s", out, err, want)
		}
	}
	if text, err := os.ReadFile(report); err != nil || strings.Count(string(text), `"line":2,"key":"d2","kind":"CHANGED","reason":"is still referred to, and stays"`) != 1 ||
		strings.Count(string(text), `"is still referred to, and stays as a stub"`) != 201 {
		t.Errorf("%v\n%s", err, text)
	}
	exported := command(t, "sqlite:"+path, "export")
	if n := strings.Count(exported, "\n"); n != 806-401 || strings.Count(exported, `"stub":true`) != 201 || strings.Contains(exported, `"key":"d1"`) {
		t.Errorf("%d records:\n%s", n, exported)
	}
	if got := command(t, "sqlite:"+path, "check"); !strings.Contains(got, "sound") {
		t.Error(got)
	}
}
