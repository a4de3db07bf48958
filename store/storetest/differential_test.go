package storetest_test

import (
	"path/filepath"
	"testing"
	"time"

	"dramatis/kg"
	"dramatis/store/sqlitestore"
	"dramatis/store/storetest"
)

// TestDifferential compares SQLite with the oracle: the same seed always, and one of the day.
func TestDifferential(t *testing.T) {
	rounds := 24
	if testing.Short() {
		rounds = 10
	}
	for name, seed := range map[string]uint64{"fixed": 1, "new": uint64(time.Now().UnixNano())} {
		t.Run(name, func(t *testing.T) {
			storetest.Differential(t, seed, rounds, map[string]kg.Store{"sqlite": openSQLite(t)})
		})
	}
}

func openSQLite(t *testing.T) kg.Store {
	t.Helper()
	s, _, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
