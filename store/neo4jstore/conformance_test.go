package neo4jstore_test

import (
	"testing"

	"dramatis/kg"
	"dramatis/store/neo4jstore"
	"dramatis/store/neo4jstore/neo4jtest"
	"dramatis/store/storetest"
)

// TestAll is skipped where there is no Neo4j.
func TestAll(t *testing.T) {
	storetest.TestAll(t, func(t *testing.T) kg.Store { return neo4jtest.Open(t, neo4jstore.Options{}) })
}
