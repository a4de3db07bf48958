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

// TestOldGraph opens a graph of the first schema, which has nothing to search by, and whose other derived data is
// damaged: interrupted once, it is brought up to date whole.
func TestOldGraph(t *testing.T) {
	server := neo4jtest.Use(t)
	s := open(t, server, server.URI, nil)
	run := direct(t, server)
	ended := member("r", "a", "b")
	ended.EndDate = "2021"
	year := &kg.Event{Thing: kg.Thing{Meta: organization("year").Meta, Name: "Year"}, StartDate: "2020-12-31", EndDate: "2021-01-01"}
	records := []kg.Record{organization("a"), organization("b"), year, ended, statement("monday", "a", "b"), member("loop", "a", "a")}
	for i := range 1_200 {
		records = append(records, organization(fmt.Sprint("Грушко ", i)))
	}
	for chunk := range slices.Chunk(records, kg.MaxBatch) {
		apply(t, s, batch(chunk...))
	}
	for _, cypher := range []string{
		"MATCH ()-[x:HAS_WORD]->() DELETE x",
		"MATCH (w:Word) DELETE w",
		"MATCH (n:Record) REMOVE n.terms, n.word, n.byEnd, n.reaching",
		"MATCH (n:Relationship) REMOVE n.dateSort",
		"DROP CONSTRAINT word_key", "DROP INDEX edge_HAS_WORD", "DROP INDEX relationship_byEnd", "DROP INDEX spelling", "DROP INDEX text", "DROP INDEX event_reaching",
		"MATCH (m:_Migration) WHERE m.version > 1 DELETE m",
		"MATCH (n:Organization {name: 'a'})-[x:HAS_NAME]->(m) DELETE x, m",
		"MATCH (n:Organization {name: 'a'})-[x:MEMBER_OF]->() DELETE x",
		"MATCH (n:Statement)-[x:ABOUT]->() SET x.sortKey = 'x'",
		"MATCH (n:Organization {name: 'b'}) SET n:Person, n.name = 'c'",
		"CREATE (:Word {key: 'a', spellings: 'x'}), (:Word {key: 'nobody'})",
	} {
		run(cypher, nil)
	}

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	begun := 0
	_, _, err := neo4jstore.Open(ctx, server.URI, neo4jstore.Options{User: server.User, Password: server.Password, OnQuery: func(cypher string) {
		if cypher == neo4jstore.ReadBehind {
			if begun++; begun == 3 {
				cancel()
			}
		}
	}})
	if err == nil || begun != 3 {
		t.Fatalf("%d stretches, %v", begun, err)
	}
	if rows := run("MATCH (m:_Migration) RETURN m.version", nil).Records; len(rows) != 1 {
		t.Errorf("there are steps %v", rows)
	}

	s = open(t, server, server.URI, nil)
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("Check: %s, %v", strings.Join(problems, "\n"), err)
	}
	for text, want := range map[string]kg.ID{"gruschko 1199": entID("Грушко 1199"), "monday": kg.KeyID(kg.StatementClass, "test", "monday")} {
		page, err := kg.Search(t.Context(), s, kg.SearchQuery{Text: text}, kg.PageArgs{}, false)
		if err != nil || len(page.Hits) != 1 || page.Hits[0].Record.GetID() != want {
			t.Errorf("%s: found %+v, %v", text, page, err)
		}
	}
}
