package graph_test

import (
	"testing"

	"dramatis/kg"
)

func openNeo4j(t *testing.T) func(*testing.T, func(string)) kg.Store { return nil }
