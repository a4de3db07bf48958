package neo4jstore_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
	"dramatis/store/neo4jstore"
	"dramatis/store/neo4jstore/neo4jtest"
)

// TestQuestionPlans: no question goes through all words or all records. Words come in order from their index.
func TestQuestionPlans(t *testing.T) {
	server := neo4jtest.Use(t)
	open(t, server, server.URI, nil)
	explain := direct(t, server)
	texts, params := neo4jstore.TextsCypher(kg.TextQuery{Days: []kg.DayTest{{Column: kg.StartMin, Day: "2020-01-01"}}, Limit: 5}, `("a" OR "b") AND ("c")`)
	for name, tt := range map[string]struct {
		cypher string
		params map[string]any
		want   []string
		not    []string
	}{
		"Words": {neo4jstore.WordsCypher, neo4jstore.WordsParams([]string{"n_a"}, "a"), []string{"NodeUniqueIndexSeekByRange", "db.index.fulltext.queryNodes"}, []string{"Scan"}},
		"Texts": {texts, params, []string{"db.index.fulltext.queryNodes", "Top"}, []string{"Scan", "Seek"}},
		"Top":   {neo4jstore.TopCypher([]kg.Facet{kg.RelationshipFrom, kg.RelationshipTo, kg.StatementAbout}), map[string]any{"limit": 5}, []string{"NodeByLabelScan", "getDegree"}, []string{"Expand", "AllNodesScan"}},
	} {
		text := fmt.Sprint(explain("EXPLAIN "+tt.cypher, tt.params).Summary.Plan().Arguments()["string-representation"])
		for _, want := range tt.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: there is no %s:\n%s", name, want, text)
			}
		}
		for _, not := range tt.not {
			if strings.Contains(text, not) {
				t.Errorf("%s: there is a %s:\n%s", name, not, text)
			}
		}
	}
}

func TestQuestionRoundTrips(t *testing.T) {
	sent := 0
	s := neo4jtest.Open(t, neo4jstore.Options{OnQuery: func(string) { sent++ }})
	for name, ask := range map[string]func(context.Context) error{
		"Words": func(ctx context.Context) error {
			_, _, err := s.Words(ctx, slices.Repeat([]string{"n_a", "n_b"}, 2_000), "c")
			return err
		},
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
			t.Errorf("%s: %d queries, %v", name, sent, err)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := ask(ended); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("%s when the time is over: %v", name, err)
		}
	}
}
