package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"dramatis/graph"
	"dramatis/kg"
	"dramatis/seed"
	"dramatis/store/sqlitestore"
)

// server is a GraphQL server over one store, for tests.
type server struct {
	name     string
	resolver *graph.Resolver
	handler  http.Handler
	store    kg.Store
	// trips counts the statements that were sent to the database.
	trips *atomic.Int64
}

// now is the clock of all tests.
var now = time.Date(2022, 1, 11, 18, 0, 0, 0, time.UTC)

// servers are one for each kind of store that can be tested here, each with the bundled graph in it.
func servers(t *testing.T) []*server {
	t.Helper()
	list := []*server{newServer(t, "sqlite", openSQLite)}
	if open := openNeo4j(t); open != nil {
		list = append(list, newServer(t, "neo4j", open))
	}
	return list
}

func openSQLite(t *testing.T, onQuery func(string)) kg.Store {
	s, _, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlitestore.Options{OnQuery: onQuery})
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

func newServer(t *testing.T, name string, open func(*testing.T, func(string)) kg.Store) *server {
	t.Helper()
	trips := &atomic.Int64{}
	s := open(t, func(string) { trips.Add(1) })
	batch, err := seed.Batch()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	var ids atomic.Uint32
	r := &graph.Resolver{
		Store: s,
		Now:   func() time.Time { return now },
		NewID: func(c kg.Class) kg.ID { return kg.NewID(c, [16]byte{15: byte(ids.Add(1))}) },
		Log:   slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	return &server{name, r, graph.NewHandler(r, graph.Options{Timeout: 30 * time.Second}), s, trips}
}

// patient makes the loaders wait for whatever they expect: a field that does not come stops them.
func (s *server) patient() *server {
	slow := *s
	slow.handler = graph.NewHandler(s.resolver, graph.Options{Timeout: 30 * time.Second, Patience: time.Hour})
	return &slow
}

// answer is what a client reads.
type answer struct {
	Data   json.RawMessage `json:"data,omitempty"`
	Errors []struct {
		Message    string         `json:"message"`
		Path       []any          `json:"path"`
		Extensions map[string]any `json:"extensions"`
	} `json:"errors"`
}

// code is that of the first error, "" if there is none.
func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

// post sends a request as somebody who may write.
func (s *server) post(t *testing.T, query string, variables map[string]any) (int, []byte) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	ctx := kg.WithActor(context.Background(), kg.Actor{Scopes: kg.Scopes})
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w.Code, w.Body.Bytes()
}

// ask wants an answer without errors and reads its data.
func (s *server) ask(t *testing.T, query string, variables map[string]any, into any) {
	t.Helper()
	a := s.answer(t, query, variables)
	if len(a.Errors) > 0 {
		t.Fatalf("%s: %v", s.name, a.Errors)
	}
	if err := json.Unmarshal(a.Data, into); err != nil {
		t.Fatal(err)
	}
}

func (s *server) answer(t *testing.T, query string, variables map[string]any) answer {
	t.Helper()
	_, body := s.post(t, query, variables)
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("%s: %v in %s", s.name, err, body)
	}
	return a
}
