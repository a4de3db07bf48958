// Package store opens the store that a URL names. It is the only place, beside the main program and tests, that knows
// which stores there are.
package store

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"strings"
	"time"

	"dramatis/kg"
	"dramatis/store/neo4jstore"
	"dramatis/store/sqlitestore"
)

// Options are what stores need beside their URL. Those of one kind of store are nothing to another.
type Options struct {
	// Existing: a SQLite file that is not there is an error, not made.
	Existing bool
	// Neo4jUser, Neo4jPassword and Neo4jDatabase say how to log in, and to which database ("" is the server's default).
	Neo4jUser, Neo4jPassword, Neo4jDatabase string
	// Neo4jWait is how long to wait for a server that does not answer.
	Neo4jWait time.Duration
	// Unfinished: a graph is opened though a load into it was not finished, to be loaded anew.
	Unfinished bool
	// Log is told what a store waits for and warns of.
	Log *slog.Logger
	// OnQuery is called with each statement sent to the database.
	OnQuery func(string)
}

// Open opens the store of a URL: sqlite:FILE, neo4j://HOST, bolt://HOST, or these with +s or +ssc. fresh tells
// whether there was nothing in it before.
func Open(ctx context.Context, url string, o Options) (s kg.Store, fresh bool, err error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch strings.TrimSuffix(strings.TrimSuffix(scheme, "+ssc"), "+s") {
	case "sqlite":
		return asStore(sqlitestore.Open(ctx, rest, sqlitestore.Options{Existing: o.Existing, Log: o.Log, OnQuery: o.OnQuery}))
	case "neo4j", "bolt":
		return asStore(neo4jstore.Open(ctx, url, neo4jstore.Options{
			User: o.Neo4jUser, Password: o.Neo4jPassword, Database: o.Neo4jDatabase, Wait: o.Neo4jWait, Unfinished: o.Unfinished, Log: o.Log, OnQuery: o.OnQuery,
		}))
	}
	return nil, false, fmt.Errorf("%q is no store: sqlite:FILE or neo4j://HOST is", url)
}

// asStore keeps a nil store nil.
func asStore[S kg.Store](s S, fresh bool, err error) (kg.Store, bool, error) {
	if err != nil {
		return nil, false, err
	}
	return s, fresh, nil
}

// WriteNeo4jFiles writes files from which `neo4j-admin database import full` fills an empty Neo4j, which can then be opened, and gives
// the arguments for it. The records must come from a store.
func WriteNeo4jFiles(dir string, records iter.Seq2[kg.Record, error]) (arguments []string, err error) {
	return neo4jstore.ImportArguments, neo4jstore.WriteFiles(dir, records)
}
