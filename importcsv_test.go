package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportTables loads tables that refer to each other by their mappings; again, nothing changes.
func TestImportTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	const dir = "formats/testdata/csv/"
	for _, want := range [][]string{
		{"1393 created, 0 changed, 1 unchanged, 11 stubs", "1619 created, 0 changed, 1 unchanged\n", "49 created, 0 changed, 0 unchanged\n"},
		{"0 created, 0 changed, 1383 unchanged\n", "0 created, 0 changed, 1620 unchanged\n", "0 created, 0 changed, 49 unchanged\n"},
	} {
		for i, f := range []struct{ mapping, table string }{
			{"committees.yaml", "114th-committees-current.csv"}, {"legislators.yaml", "114th-legislators-current.csv"}, {"members.yaml", "114th-committee-members.csv"},
		} {
			if out, err := runImport(t.Context(), t, path, "--mapping", dir+f.mapping, dir+f.table); err != nil || !strings.Contains(out, want[2-i]) {
				t.Errorf("%s: %v %s", f.table, err, out)
			}
		}
	}
	for _, args := range [][]string{{dir + "experts.csv"}, {"--mapping", dir + "none.yaml", dir + "experts.csv"}, {"--mapping", dir + "members.yaml", dir + "experts.csv"}, {"--guess", dir + "experts.csv", dir + "links.csv"}, {"--guess", dir + "none.csv"}} {
		if out, err := runImport(t.Context(), t, path, args...); err == nil {
			t.Errorf("%v: %s", args, out)
		}
	}
}

// TestImportGuess prints a mapping, by which the table is then read; it opens no store.
func TestImportGuess(t *testing.T) {
	dir := t.TempDir()
	for _, table := range []string{"114th-committees-current.csv", "114th-legislators-current.csv", "114th-committee-members.csv", "experts.csv", "links.csv"} {
		var mapping, log bytes.Buffer
		table = filepath.Join("formats/testdata/csv", table)
		if err := run(t.Context(), []string{"--store", "sqlite:" + filepath.Join(dir, "none", "none.db"), "import", "--guess", table}, &mapping, &log, nil); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "map.yaml")
		if err := os.WriteFile(file, mapping.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := runImport(t.Context(), t, filepath.Join(dir, "graph.db"), "--mapping", file, table); err != nil || strings.Contains(out, "REFUSED") || strings.Contains(out, "CHANGED") {
			t.Errorf("%s: %v %s", table, err, out)
		}
	}
}
