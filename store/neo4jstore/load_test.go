package neo4jstore_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
	"dramatis/store/neo4jstore"
	"dramatis/store/neo4jstore/neo4jtest"
	"dramatis/store/storetest"
)

// TestLoadUnfinished stops loads at any of their steps: what is left is opened by nobody but another load, which makes the
// whole graph and all indexes of it.
func TestLoadUnfinished(t *testing.T) {
	server := neo4jtest.Use(t)
	defer neo4jstore.SetManyNodes(neo4jstore.SetManyNodes(1))
	records := storetest.Random(t, 3)
	run := direct(t, server)
	indexes := func() (names []string) {
		for _, row := range run("SHOW INDEXES YIELD name, type, state RETURN name + ' ' + type + ' ' + state AS name ORDER BY name", nil).Records {
			names = append(names, row.Values[0].(string))
		}
		return names
	}
	// load loads until a statement that holds some text is sent; "" to the end
	load := func(until string) error {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		s, _, err := neo4jstore.Open(ctx, server.URI, neo4jstore.Options{User: server.User, Password: server.Password, Unfinished: true, OnQuery: func(cypher string) {
			if until != "" && strings.Contains(cypher, until) {
				cancel()
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		_, err = s.Load(ctx, at, func(yield func(kg.Record, error) bool) {
			for _, r := range records {
				if !yield(r, nil) {
					return
				}
			}
		})
		return err
	}
	open(t, server, server.URI, nil)
	want := indexes()
	for _, step := range []string{"DROP INDEX edge", "CREATE (n:$", "RETURN n.body", "UNWIND $edges", "DELETE x", "DELETE n", "CREATE INDEX", "awaitIndexes", "DELETE l"} {
		if err := load(step); kg.CodeOf(err) != kg.Timeout {
			t.Fatalf("stopped at %s: %v", step, err)
		}
		s, _, err := neo4jstore.Open(t.Context(), server.URI, neo4jstore.Options{User: server.User, Password: server.Password})
		if err == nil || !strings.Contains(err.Error(), "was not finished") {
			t.Fatalf("opened after %s: %v", step, errors.Join(err, s.Close()))
		}
	}
	if err := load(""); err != nil {
		t.Fatal(err)
	}
	s := open(t, server, server.URI, nil)
	if have := indexes(); !slices.Equal(have, want) {
		t.Errorf("indexes are %v; want %v", have, want)
	}
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("Check: %v, %v", problems, err)
	}
	for _, r := range records {
		if got, err := s.Get(t.Context(), []kg.ID{r.GetID()}); err != nil || got[0] == nil {
			t.Errorf("%s: %v, %v", r.GetID(), got, err)
		}
	}
}
