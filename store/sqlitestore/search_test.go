package sqlitestore

import (
	"context"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

func said(key, text string, date kg.PartialDate) *kg.Statement {
	return &kg.Statement{Meta: kg.Meta{ID: id(kg.StatementClass, key), Dataset: kg.DatasetID("test"), Key: key}, Kind: kg.Direct, Text: text, Date: date,
		Speakers: []kg.ID{id(kg.EntityClass, "a")}}
}

func named(key string, names ...string) *kg.Person {
	p := person(key)
	for _, n := range names {
		p.Names = append(p.Names, kg.Name{Value: n})
	}
	return p
}

func wantSound(t *testing.T, s *Store) {
	t.Helper()
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("Check: %v, %v", problems, err)
	}
}

// TestQuestionPlans: no question goes through a table of records or of keys.
func TestQuestionPlans(t *testing.T) {
	s := openAt(t, newPath(t))
	texts, args := textsSQL(kg.TextQuery{Days: []kg.DayTest{{Column: "startMin", Day: "2020-01-01"}}, Limit: 5}, `("a" OR "b") AND ("c")`)
	for name, tt := range map[string]struct {
		query string
		args  []any
		want  []string
	}{
		"Words": {wordsQuery, []any{`["n_a"]`, "a", 10}, []string{"SEARCH s USING PRIMARY KEY (key=?)", "SEARCH w USING PRIMARY KEY (word>? AND word<?)"}},
		"Texts": {texts, args, []string{"SCAN text VIRTUAL TABLE INDEX 0:M1", "SEARCH q USING INTEGER PRIMARY KEY (rowid=?)", "SEARCH r USING INTEGER PRIMARY KEY (rowid=?)"}},
		"Top":   {topQuery, []any{`["from","to"]`, 10}, []string{"SEARCH t USING PRIMARY KEY (key>? AND key<?)"}},
	} {
		plan := planOf(t, s, tt.query, tt.args)
		for _, want := range tt.want {
			if !slices.Contains(plan, want) {
				t.Errorf("%s: no %q in:\n%s", name, want, strings.Join(plan, "\n"))
			}
		}
		for _, line := range plan {
			for _, table := range []string{"s", "w", "q", "r", "t"} {
				if line == "SCAN "+table || strings.HasPrefix(line, "SCAN "+table+" ") {
					t.Errorf("%s: %s", name, line)
				}
			}
		}
	}
}

func TestQuestionRoundTrips(t *testing.T) {
	sent := 0
	s, _, err := Open(t.Context(), newPath(t), Options{OnQuery: func(string) { sent++ }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, ask := range map[string]func(context.Context) error{
		"Words": func(ctx context.Context) error { _, _, err := s.Words(ctx, []string{"n_a", "n_b"}, "c"); return err },
		"Texts": func(ctx context.Context) error {
			_, err := s.Texts(ctx, kg.TextQuery{All: [][]string{{"a", "b"}, {"c"}}, Limit: 10})
			return err
		},
		"Top": func(ctx context.Context) error {
			_, err := s.Top(ctx, []kg.Facet{kg.RelationshipFrom, kg.RelationshipTo}, 10)
			return err
		},
	} {
		sent = 0
		if err := ask(t.Context()); err != nil || sent != 1 {
			t.Errorf("%s: %d statements, %v", name, sent, err)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := ask(ended); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("%s when the time is over: %v", name, err)
		}
	}
}
