package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dramatis/kg"
	"dramatis/store/storetest"
)

func TestAll(t *testing.T) {
	storetest.TestAll(t, func(t *testing.T) kg.Store { return openAt(t, newPath(t)) })
}

func newPath(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "graph.db")
}

// openAt opens a store that must open, and closes it when the test ends.
func openAt(t *testing.T, path string) *Store {
	t.Helper()
	s, _, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

func id(class kg.Class, key string) kg.ID { return kg.KeyID(class, "test", key) }

func person(key string) *kg.Person {
	return &kg.Person{Thing: kg.Thing{Meta: kg.Meta{ID: id(kg.EntityClass, key), Dataset: kg.DatasetID("test"), Key: key}, Name: key}}
}

func link(key, from, to string) *kg.Relationship {
	return &kg.Relationship{Meta: kg.Meta{ID: id(kg.RelationshipClass, key), Dataset: kg.DatasetID("test"), Key: key}, Type: kg.FamilyOf,
		From: id(kg.EntityClass, from), To: id(kg.EntityClass, to)}
}

func put(ctx context.Context, s *Store, records ...kg.Record) (*kg.Result, error) {
	set := &kg.Dataset{Meta: kg.Meta{ID: kg.DatasetID("test")}, Name: "test"}
	return s.Apply(ctx, &kg.Batch{Put: records, Dataset: set, At: time.Unix(1, 0)})
}

func mustPut(t *testing.T, s *Store, records ...kg.Record) {
	t.Helper()
	if _, err := put(t.Context(), s, records...); err != nil {
		t.Fatal(err)
	}
}

func countOf(t *testing.T, s *Store, class kg.Class) int {
	t.Helper()
	counts, err := s.Count(t.Context(), []kg.Key{{Facet: kg.All, Value: string(class)}})
	if err != nil {
		t.Fatal(err)
	}
	return counts[0]
}

// run sends statements to a file from beside.
func run(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(path, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// filled makes a file with some records in it, closed.
func filled(t *testing.T, path string) {
	t.Helper()
	s, fresh, err := Open(t.Context(), path, Options{})
	if err != nil || !fresh {
		t.Fatalf("Open: fresh %t, %v", fresh, err)
	}
	var records []kg.Record
	for i := range 200 {
		records = append(records, person(fmt.Sprint(i)))
	}
	mustPut(t, s, records...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// folder is all that stands in a folder: its files and what is in them.
func folder(t *testing.T, path string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			files[e.Name()] = "folder"
			continue
		}
		text, err := os.ReadFile(filepath.Join(path, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(text)
	}
	return files
}

// refuse makes sure that a file is not opened, with a reason, and left as it is.
func refuse(t *testing.T, path, reason string) {
	t.Helper()
	before := folder(t, filepath.Dir(path))
	s, fresh, err := Open(t.Context(), path, Options{})
	if err == nil {
		s.Close()
		t.Fatal("the file was opened")
	}
	if fresh || s != nil || !strings.Contains(err.Error(), reason) || !strings.Contains(err.Error(), path) {
		t.Errorf("got %q, fresh %t; want it to name %q and the file", err, fresh, reason)
	}
	after := folder(t, filepath.Dir(path))
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s was changed", name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			t.Errorf("%s was left behind", name)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	write := func(text string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			t.Helper()
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	cut := func(part, of int64) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			t.Helper()
			filled(t, path)
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, info.Size()*part/of); err != nil {
				t.Fatal(err)
			}
		}
	}
	altered := func(statements ...string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			t.Helper()
			filled(t, path)
			run(t, path, statements...)
		}
	}
	for _, tt := range []struct {
		name, reason string
		make         func(*testing.T, string)
	}{
		{"text", "is not a database", write("This is a letter, not a database.")},
		{"three bytes", "is not a database", write("abc")},
		{"half a header", "is not a database", write("SQLite f")},
		{"zeros", "is not a database", write(strings.Repeat("\x00", 8192))},
		{"garbage behind a header", "cannot be read", write("SQLite format 3\x00" + strings.Repeat("garbage ", 1000))},
		{"a header alone", "", write("SQLite format 3\x00")},
		{"truncated to half", "cannot be read", cut(1, 2)},
		{"truncated by a little", "cannot be read", cut(9, 10)},
		{"of another program", "is a database of another program", func(t *testing.T, path string) {
			run(t, path, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)")
		}},
		{"of another program in WAL mode", "is a database of another program", func(t *testing.T, path string) {
			run(t, path, "PRAGMA journal_mode=WAL", "CREATE TABLE t (x)", "PRAGMA application_id=7")
		}},
		{"a newer version", "newer", altered("PRAGMA user_version=999")},
		{"a version below zero", "", altered("PRAGMA user_version=-1")},
		{"a folder", "", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := newPath(t)
			tt.make(t, path)
			refuse(t, path, tt.reason)
		})
	}
	t.Run("a folder that is not there", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "no", "graph.db")
		if _, _, err := Open(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), "cannot be opened or made here") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("what must exist", func(t *testing.T) {
		path := newPath(t)
		if _, _, err := Open(t.Context(), path, Options{Existing: true}); err == nil {
			t.Error("it was made")
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the file: %v", err)
		}
	})
}

// TestUnfinished: a program that was killed before it wrote its first table leaves a file that is no trouble.
func TestUnfinished(t *testing.T) {
	for name, statements := range map[string][]string{"no bytes": nil, "no tables": {"PRAGMA journal_mode=WAL"}} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			run(t, path, statements...)
			s, fresh, err := Open(t.Context(), path, Options{})
			if err != nil || !fresh {
				t.Fatalf("Open: fresh %t, %v", fresh, err)
			}
			defer s.Close()
			mustPut(t, s, person("a"))
		})
	}
}

func TestPathsOfAllKinds(t *testing.T) {
	for _, name := range []string{"with space.db", "100%.db", "%41.db", "a?b=c.db", "a#b.db", "a&b.db", "a+b.db", "ünï 😀.db", "'quoted\".db", "a;b.db", "no extension", ":colon", "~", "-dash", `back\slash.db`} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name+" folder")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			filled(t, filepath.Join(dir, name))
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 1 || entries[0].Name() != name {
				t.Fatalf("the folder holds %v, %v", entries, err)
			}
			if s := openAt(t, filepath.Join(dir, name)); countOf(t, s, kg.EntityClass) != 200 {
				t.Error("records are lost")
			}
		})
	}
	t.Run("relative", func(t *testing.T) {
		t.Chdir(t.TempDir())
		filled(t, "graph.db")
		if _, err := os.Stat("graph.db"); err != nil {
			t.Error(err)
		}
	})
}

func TestReopeningKeepsEverything(t *testing.T) {
	path := newPath(t)
	var want []kg.Record
	for round := range 3 {
		s, fresh, err := Open(t.Context(), path, Options{Existing: round > 0})
		if err != nil || fresh != (round == 0) {
			t.Fatalf("Open: fresh %t, %v", fresh, err)
		}
		for _, r := range want {
			got, err := s.Get(t.Context(), []kg.ID{r.GetID()})
			if err != nil || got[0] == nil || kg.MetaOf(got[0]).Key != kg.MetaOf(r).Key {
				t.Errorf("got %v, %v", got, err)
			}
		}
		batch := &kg.Batch{Key: "once", Put: []kg.Record{person("keyed")}, Dataset: &kg.Dataset{Meta: kg.Meta{ID: kg.DatasetID("test")}, Name: "test"}, At: time.Unix(1, 0)}
		if r, err := s.Apply(t.Context(), batch); err != nil || r.Replayed != (round > 0) {
			t.Errorf("round %d: %+v, %v", round, r, err)
		}
		key := fmt.Sprint("p", round)
		mustPut(t, s, person(key), link(key, key, "keyed"))
		want = append(want, person(key), link(key, key, "keyed"))
		if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
			t.Errorf("Check: %v, %v", problems, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoStoresOfOneFile: each is as good as another program.
func TestTwoStoresOfOneFile(t *testing.T) {
	path := newPath(t)
	a, b := openAt(t, path), openAt(t, path)
	var wg sync.WaitGroup
	for i, s := range []*Store{a, b, a, b} {
		wg.Go(func() {
			for j := range 40 {
				key := fmt.Sprint(i, "-", j)
				if _, err := put(t.Context(), s, person("hub"), person(key), link(key, key, "hub")); err != nil {
					t.Errorf("Apply: %v", err)
				}
			}
		})
	}
	wg.Wait()
	for _, s := range []*Store{a, b} {
		l, err := kg.RelationshipsOf(id(kg.EntityClass, "hub"), nil, kg.In, kg.AsOf{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n, exact, err := storetest.CountList(t.Context(), s, l); n != 160 || !exact || err != nil {
			t.Errorf("counted %d, exactly %t, %v", n, exact, err)
		}
	}
	if problems, err := a.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("Check: %v, %v", problems, err)
	}
}

// TestFirstOpenByTwo: two programs that are started at once both find the file ready.
func TestFirstOpenByTwo(t *testing.T) {
	for range 10 {
		path := newPath(t)
		start := make(chan struct{})
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				<-start
				s, _, err := Open(t.Context(), path, Options{})
				if err != nil {
					t.Errorf("Open: %v", err)
					return
				}
				defer s.Close()
				if _, err := put(t.Context(), s, person(fmt.Sprint(i))); err != nil {
					t.Errorf("Apply: %v", err)
				}
			})
		}
		close(start)
		wg.Wait()
	}
}

// TestPlans: whatever the shape of a list, it is read from the index and no table is gone through.
func TestPlans(t *testing.T) {
	s := openAt(t, newPath(t))
	asOf := kg.AsOf{Date: "2020"}
	hub, other, src := id(kg.EntityClass, "hub"), id(kg.EntityClass, "other"), id(kg.SourceClass, "src")
	down := kg.Descending
	for name, of := range map[string]func() (kg.List, error){
		"entities": func() (kg.List, error) { return kg.Entities(nil, nil) },
		"name":     func() (kg.List, error) { return kg.Entities(&kg.EntityFilter{Name: new(string(hub))}, nil) },
		"prefix":   func() (kg.List, error) { return kg.Entities(&kg.EntityFilter{NamePrefix: new(string(hub))}, nil) },
		"prefix and type": func() (kg.List, error) {
			return kg.Entities(&kg.EntityFilter{NamePrefix: new("a"), Types: kg.EntityTypes}, nil)
		},
		"countries": func() (kg.List, error) { return kg.Entities(&kg.EntityFilter{Countries: []string{"de", "fr"}}, nil) },
		"events":    func() (kg.List, error) { return kg.Events(&kg.EventFilter{About: []kg.ID{hub, other}}, asOf, &down) },
		"statements": func() (kg.List, error) {
			return kg.Statements(&kg.StatementFilter{By: []kg.ID{hub}, About: []kg.ID{other}}, asOf, nil)
		},
		"relationships":     func() (kg.List, error) { return kg.RelationshipsOf(hub, nil, kg.AnyDirection, kg.AsOf{}, &down) },
		"relationships out": func() (kg.List, error) { return kg.RelationshipsOf(hub, nil, kg.Out, asOf, nil) },
		"relationships with": func() (kg.List, error) {
			return kg.RelationshipsOf(hub, &kg.RelationshipFilter{With: []kg.ID{other}}, kg.Out, asOf, nil)
		},
		"relationships, more": func() (kg.List, error) {
			return kg.RelationshipsOf(hub, &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.Leads}, Source: []kg.ID{src}}, kg.AnyDirection, asOf, nil)
		},
		"sources":  func() (kg.List, error) { return kg.Sources(&kg.SourceFilter{Publisher: []kg.ID{hub}}, nil) },
		"mentions": func() (kg.List, error) { return kg.MentionsOf(hub, []kg.MentionKind{kg.Pronoun}) },
	} {
		l, err := of()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		p, err := l.Page(kg.PageArgs{})
		if err != nil {
			t.Fatal(err)
		}
		counting, drives := l.Counting()
		backward := p.Query
		backward.Reverse = !backward.Reverse
		asked := map[string]struct {
			q kg.Query
			d []kg.Drive
		}{"page": {p.Query, p.Drives}, "many": {p.Query, slices.Repeat(p.Drives, 50)}, "backward": {backward, p.Drives}, "count": {counting, drives}}
		if len(p.Drives[0].Keys[0].Facet.Info().Ends) > 0 {
			ends := p.Query
			ends.Ends = true
			asked["ends"] = struct {
				q kg.Query
				d []kg.Drive
			}{ends, p.Drives}
		}
		for kind, ask := range asked {
			text, args := listSQL(ask.q, ask.d)
			checkPlan(t, s, name+", "+kind, text, args)
			if plan := strings.Join(planOf(t, s, text, args), "\n"); ask.q.Ends && !ask.q.Filtered() && (strings.Contains(plan, " r ") || strings.Contains(plan, " q ") || strings.Contains(plan, "record") || strings.Contains(plan, "TEMP B-TREE")) {
				t.Errorf("%s: ends are not read from the index alone:\n%s", name, plan)
			}
		}
	}
}

func checkPlan(t *testing.T, s *Store, name, text string, args []any) {
	t.Helper()
	searches := 0
	plan := planOf(t, s, text, args)
	for _, line := range plan {
		if strings.HasPrefix(line, "SEARCH posting USING PRIMARY KEY (key") {
			searches++
		}
		for _, table := range []string{"posting", "record", "tally", "p", "q", "r"} {
			if line == "SCAN "+table || strings.HasPrefix(line, "SCAN "+table+" ") {
				t.Errorf("%s: %s", name, line)
			}
		}
	}
	if searches == 0 {
		t.Errorf("%s: the index is not used:\n%s", name, strings.Join(plan, "\n"))
	}
}

// planOf is how SQLite will go about a statement, in lines.
func planOf(t *testing.T, s *Store, text string, args []any) []string {
	t.Helper()
	rows, err := s.read.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan
}

// TestRoundTrips: one statement each, however much is asked for.
func TestRoundTrips(t *testing.T) {
	sent := 0
	s, _, err := Open(t.Context(), newPath(t), Options{OnQuery: func(string) { sent++ }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	mustPut(t, s, person("a"), person("b"), link("r", "a", "b"))
	l, err := kg.RelationshipsOf(id(kg.EntityClass, "a"), nil, kg.AnyDirection, kg.AsOf{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := l.Page(kg.PageArgs{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 100} {
		for name, call := range map[string]func() error{
			"Get": func() error {
				_, err := s.Get(t.Context(), slices.Repeat([]kg.ID{id(kg.EntityClass, "a")}, n))
				return err
			},
			"Count": func() error { _, err := s.Count(t.Context(), slices.Repeat(l.Exact(), n)); return err },
			"List":  func() error { _, err := s.List(t.Context(), p.Query, slices.Repeat(p.Drives, n)); return err },
		} {
			sent = 0
			if err := call(); err != nil || sent != 1 {
				t.Errorf("%s of %d: %d statements, %v", name, n, sent, err)
			}
		}
	}
}

// TestCheckWhileWritten: a connection that has seen an older state takes no newer one for damage.
func TestCheckWhileWritten(t *testing.T) {
	s := openAt(t, newPath(t))
	mustPut(t, s, person("a"), said("s", "words", "2020"))
	for i := range 40 {
		wantSound(t, s)
		for j := range 5 {
			mustPut(t, s, said("s", fmt.Sprint("words ", i, j), "2020"))
		}
	}
}

func TestCheckFindsDamage(t *testing.T) {
	for name, tt := range map[string]struct{ damage, want string }{
		"a posting is lost":       {"DELETE FROM posting WHERE key = 'name=a'", "not found under name=a"},
		"a posting too many":      {"INSERT INTO posting (key, sort) VALUES ('name=zzz', (SELECT sort FROM record WHERE id = '" + string(id(kg.EntityClass, "a")) + "'))", "rows of posting"},
		"a posting of nobody":     {"INSERT INTO posting (key, sort) VALUES ('name=b', 'b' || char(1) || 'ent_00000000000000000000000000')", "posting without record"},
		"a wrong tally":           {"UPDATE tally SET n = n + 1 WHERE key = 'class=ent'", "tally of class=ent is 3, not 2"},
		"a wrong degree":          {"UPDATE tally SET n = n + 1 WHERE key = 'degree=" + string(id(kg.EntityClass, "a")) + "'", "degree of " + string(id(kg.EntityClass, "a")) + " is off by 1"},
		"a lost degree":           {"DELETE FROM tally WHERE key = 'degree=" + string(id(kg.EntityClass, "b")) + "'", "degree of " + string(id(kg.EntityClass, "b")) + " is off by -1"},
		"a degree of nothing":     {"INSERT INTO tally VALUES ('degree=ent_00000000000000000000000000', 4)", "is off by 4"},
		"other ends":              {"UPDATE posting SET ends = '' WHERE key LIKE 'to=%'", "not found under to="},
		"a lost tally":            {"DELETE FROM tally WHERE key = 'class=rel'", "class=rel"},
		"a tally of nothing":      {"INSERT INTO tally VALUES ('class=xyz', 4)", "tally of class=xyz is 4, not 0"},
		"a record is lost":        {"DELETE FROM record WHERE id = '" + string(id(kg.RelationshipClass, "r")) + "'", "posting without record"},
		"a record that is broken": {"UPDATE record SET body = '{' WHERE id = '" + string(id(kg.EntityClass, "a")) + "'", "cannot be read"},
		"a record in disguise":    {"UPDATE record SET body = replace(body, '" + string(id(kg.EntityClass, "a")) + "', '" + string(id(kg.EntityClass, "c")) + "')", "cannot be read"},
		"a wrong order":           {"UPDATE record SET sort = 'x' || id WHERE id = '" + string(id(kg.EntityClass, "a")) + "'", "sort"},
		"a word is lost":          {"DELETE FROM word WHERE word = 'anna'", "no word for word=anna"},
		"a word too many":         {"INSERT INTO word VALUES ('otto')", "word otto is in no name"},
		"a spelling is lost":      {"DELETE FROM spelling WHERE key = 'n_ana'", "anna is not found under n_ana"},
		"a spelling too many":     {"INSERT INTO spelling VALUES ('n_x', 'anna')", "rows of spelling"},
		"a spelling of nobody":    {"INSERT INTO spelling VALUES ('n_x', 'otto')", "spelling n_x of no word"},
		"a text is lost":          {"DELETE FROM text", "words of its text"},
		"a text is another":       {"INSERT OR REPLACE INTO text (rowid, terms) SELECT n, 'other' FROM record WHERE id LIKE 'sta%'", "words of its text"},
		"a text of nobody":        {"INSERT INTO text (rowid, terms) VALUES (999, 'x')", "record 999"},
		"a text of a person":      {"INSERT INTO text (rowid, terms) SELECT n, 'x' FROM record WHERE id LIKE 'ent%' LIMIT 1", "words of its text"},
		"a wrong day":             {"UPDATE record SET startMin = '2020-01-01' WHERE id = '" + string(id(kg.RelationshipClass, "r")) + "'", "dates"},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			s := openAt(t, path)
			mustPut(t, s, named("a", "Anna"), person("b"), link("r", "a", "b"), said("s", "words", "2020"))
			if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
				t.Fatalf("before: %v, %v", problems, err)
			}
			run(t, path, tt.damage)
			problems, err := s.Check(t.Context())
			if err != nil || !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, tt.want) }) {
				t.Errorf("got %q, %v; want %q", problems, err, tt.want)
			}
		})
	}
}

// TestBusy: another program that holds the file makes a write wait, and then fail in words that can be shown.
func TestBusy(t *testing.T) {
	path := newPath(t)
	s := openAt(t, path)
	mustPut(t, s, person("a"))
	other, err := sql.Open("sqlite", dsn(path, "_txlock=immediate"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	hold, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := put(ctx, s, person("b")); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("while it is held: %v", err)
	}
	if countOf(t, s, kg.EntityClass) != 1 {
		t.Error("reading does not go on")
	}
	if err := hold.Rollback(); err != nil {
		t.Fatal(err)
	}
	mustPut(t, s, person("b"))
}
