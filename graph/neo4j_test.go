package graph_test

import (
	"os"
	"testing"

	"dramatis/kg"
	"dramatis/store/neo4jstore"
	"dramatis/store/neo4jstore/neo4jtest"
)

// openNeo4j gives what opens a real Neo4j, nil where there is none to test with.
func openNeo4j(t *testing.T) func(*testing.T, func(string)) kg.Store {
	if os.Getenv("DRAMATIS_TEST_NEO4J") == "" && os.Getenv("DRAMATIS_NEO4J_REQUIRED") == "" {
		return nil
	}
	return func(t *testing.T, onQuery func(string)) kg.Store {
		return neo4jtest.Open(t, neo4jstore.Options{OnQuery: onQuery})
	}
}
