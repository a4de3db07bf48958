package storetest_test

import (
	"testing"
	"time"

	"dramatis/kg"
	"dramatis/store/neo4jstore"
	"dramatis/store/neo4jstore/neo4jtest"
	"dramatis/store/storetest"
)

// TestDifferentialNeo4j compares SQLite, Neo4j and the oracle; it is skipped where there is no Neo4j.
func TestDifferentialNeo4j(t *testing.T) {
	rounds := 10
	if testing.Short() {
		rounds = 3
	}
	for name, seed := range map[string]uint64{"fixed": 2, "new": uint64(time.Now().UnixNano())} {
		t.Run(name, func(t *testing.T) {
			neo4j := neo4jtest.Open(t, neo4jstore.Options{})
			storetest.Differential(t, seed, rounds, map[string]kg.Store{"neo4j": neo4j, "sqlite": openSQLite(t)})
		})
	}
}
