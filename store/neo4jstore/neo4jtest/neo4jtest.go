// Package neo4jtest lends tests the Neo4j that the environment names.
package neo4jtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"dramatis/store/neo4jstore"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Server is the Neo4j that the environment names: see scripts/neo4j.
type Server struct{ URI, User, Password string }

// Use gives the server to one test until it ends, without data. The Community edition has one database, so other
// tests wait, those of other packages too. Without a server the test is skipped, or fails if DRAMATIS_NEO4J_REQUIRED
// is 1. A test must not call it twice.
func Use(t testing.TB) Server {
	t.Helper()
	server := Server{os.Getenv("DRAMATIS_TEST_NEO4J"), os.Getenv("DRAMATIS_NEO4J_USER"), os.Getenv("DRAMATIS_NEO4J_PASSWORD")}
	if server.URI == "" {
		const reason = `DRAMATIS_TEST_NEO4J is not set: eval "$(scripts/neo4j start)"`
		if os.Getenv("DRAMATIS_NEO4J_REQUIRED") == "1" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	lock(t, server.URI)
	if err := server.wipe(t.Context()); err != nil {
		t.Fatalf("wiping Neo4j: %v", err)
	}
	return server
}

// Open gives a test a store without records: Use and neo4jstore.Open in one.
func Open(t testing.TB, o neo4jstore.Options) *neo4jstore.Store {
	t.Helper()
	server := Use(t)
	o.User, o.Password = server.User, server.Password
	s, _, err := neo4jstore.Open(t.Context(), server.URI, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// lock keeps all other tests from the server until this one ends.
func lock(t testing.TB, uri string) {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatal("DRAMATIS_TEST_NEO4J is no URL")
	}
	f, err := os.OpenFile(filepath.Join(os.TempDir(), fmt.Sprintf("dramatis-neo4j-%d-%s.lock", os.Getuid(), u.Port())), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if err := lockFile(f); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil { // which unlocks it
			t.Error(err)
		}
	})
}

// clean is how the schema is dropped once by each test program: another one may have made it from another version.
var clean sync.Once

// timeout is longer than the server's own, which is meant for less than all data.
const timeout = 5 * time.Minute

// wipe removes all records, and keeps the schema for the next test.
func (s Server) wipe(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	run := func(cypher string) []*neo4j.Record {
		var rows []*neo4j.Record
		if err == nil {
			rows, err = s.Run(ctx, cypher)
		}
		return rows
	}
	run("MATCH (n) WHERE NOT n:_Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS")
	clean.Do(func() {
		for _, row := range run("SHOW CONSTRAINTS YIELD name") {
			run(fmt.Sprintf("DROP CONSTRAINT `%s`", row.Values[0]))
		}
		for _, row := range run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'") {
			run(fmt.Sprintf("DROP INDEX `%s`", row.Values[0]))
		}
		run("MATCH (n) DETACH DELETE n")
	})
	return err
}

// Run sends a query that is no store's: to look at the data from beside, or to damage it.
func (s Server) Run(ctx context.Context, cypher string) ([]*neo4j.Record, error) {
	driver, err := neo4j.NewDriverWithContext(s.URI, neo4j.BasicAuth(s.User, s.Password, ""))
	if err != nil {
		return nil, err
	}
	defer driver.Close(ctx)
	session := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer session.Close(ctx)
	result, err := session.Run(ctx, cypher, nil, neo4j.WithTxTimeout(timeout))
	if err != nil {
		return nil, err
	}
	return result.Collect(ctx)
}
