package sqlitestore

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dramatis/kg"
	"dramatis/store/storetest"
)

// TestLoadIsApply compares the files that Load and Apply make of the same records.
func TestLoadIsApply(t *testing.T) {
	for seed := range uint64(6) {
		var dumps [2][]string
		for i := range dumps {
			s := openAt(t, newPath(t))
			records := storetest.Random(t, seed)
			var err error
			if i == 0 {
				_, err = s.Apply(t.Context(), &kg.Batch{Put: records, At: time.Unix(1, 0)})
			} else {
				_, err = s.Load(t.Context(), time.Unix(1, 0), func(yield func(kg.Record, error) bool) {
					for _, r := range records {
						if !yield(r, nil) {
							return
						}
					}
				})
			}
			if err != nil {
				t.Fatal(err)
			}
			wantSound(t, s)
			dumps[i] = tables(t, s)
		}
		if len(dumps[0]) < 1_000 {
			t.Errorf("seed %d: %d rows prove little", seed, len(dumps[0]))
		}
		for i, line := range dumps[0] {
			if i >= len(dumps[1]) || dumps[1][i] != line {
				t.Fatalf("seed %d: row %d of Apply is %.300s\nof Load %.300s", seed, i, line, dumps[1][min(i, len(dumps[1])-1)])
			}
		}
		if len(dumps[0]) != len(dumps[1]) {
			t.Errorf("seed %d: Apply made %d rows, Load %d", seed, len(dumps[0]), len(dumps[1]))
		}
	}
}

// tables gives all rows of a file in lines, save for the numbers of records; and its schema.
func tables(t *testing.T, s *Store) []string {
	t.Helper()
	var lines []string
	for _, query := range []string{
		"SELECT 'schema', type, name, sql FROM sqlite_schema ORDER BY name",
		"SELECT 'record', id, sort, date_sort, startMin, startMax, endMin, endMax, words, body FROM record ORDER BY id",
		"SELECT 'posting', key, sort FROM posting ORDER BY key, sort",
		"SELECT 'tally', key, n FROM tally ORDER BY key",
		"SELECT 'word', word FROM word ORDER BY word",
		"SELECT 'spelling', key, word FROM spelling ORDER BY key, word",
		"SELECT 'text', r.id, t.term FROM text_term t JOIN record r ON r.n = t.doc ORDER BY r.id, t.term",
	} {
		rows, err := s.read.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, v := range values {
				fmt.Fprintf(&b, "%q ", fmt.Sprint(*v.(*any)))
			}
			lines = append(lines, b.String())
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

// TestSpool puts more into order than fits into one run.
func TestSpool(t *testing.T) {
	dir := t.TempDir()
	s, err := newSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	long := strings.Repeat("long ", 1_000)
	want := map[string]bool{}
	for i := range 30_000 {
		a := fmt.Sprintf("%x", rng.IntN(9_000))
		b := fmt.Sprint(rng.IntN(2)) + long[:rng.IntN(len(long))]
		if i%2 == 0 {
			b = ""
		}
		want[a+"\x00"+b] = true
		if err := s.add(a, b); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	if err := s.each(func(a, b []byte) error {
		got = append(got, string(a)+"\x00"+string(b))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(s.runs) < 2 {
		t.Error("all of it is one run")
	}
	if len(got) != len(want) || !slices.IsSorted(got) {
		t.Errorf("%d pairs, sorted %t; want %d", len(got), slices.IsSorted(got), len(want))
	}
	for _, pair := range got {
		if !want[pair] {
			t.Fatalf("there was no %.50q", pair)
		}
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
