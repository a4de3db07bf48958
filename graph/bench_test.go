package graph_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dramatis/graph"
	"dramatis/httpd"
	"dramatis/kg"
	"dramatis/seed"
	"dramatis/store"
)

// BenchmarkChain and BenchmarkExamples time whole requests: on SQLite, and on Neo4j if DRAMATIS_BENCH_STORE is its URL.
//
//	go test ./graph -run '^$' -bench . -benchtime 300x
func BenchmarkChain(b *testing.B) {
	handler, trips := benchServer(b)
	id := kg.KeyID(kg.EntityClass, "nato-russia-2022", "russia")
	for _, n := range []int{1, 50} {
		b.Run(fmt.Sprintf("first=%d", n), func(b *testing.B) {
			benchmark(b, handler, trips, fmt.Sprintf(`{"query": %q, "variables": {"id": %q, "n": %d}}`, chain, id, n))
		})
	}
}

func BenchmarkExamples(b *testing.B) {
	handler, trips := benchServer(b)
	for _, e := range httpd.Examples() {
		b.Run(e.Name, func(b *testing.B) { benchmark(b, handler, trips, fmt.Sprintf(`{"query": %q}`, e.Query)) })
	}
}

func benchServer(b *testing.B) (http.Handler, *atomic.Int64) {
	trips := &atomic.Int64{}
	url := os.Getenv("DRAMATIS_BENCH_STORE")
	if url == "" {
		url = "sqlite:" + filepath.Join(b.TempDir(), "graph.db")
	}
	s, _, err := store.Open(b.Context(), url, store.Options{
		Neo4jUser: os.Getenv("DRAMATIS_NEO4J_USER"), Neo4jPassword: os.Getenv("DRAMATIS_NEO4J_PASSWORD"),
		OnQuery: func(string) { trips.Add(1) },
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	batch, err := seed.Batch()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.Apply(b.Context(), batch); err != nil {
		b.Fatal(err)
	}
	r := &graph.Resolver{Store: s, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	return graph.NewHandler(r, graph.Options{}), trips
}

func benchmark(b *testing.B, handler http.Handler, trips *atomic.Int64, body string) {
	before := trips.Load()
	for b.Loop() {
		r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK || strings.Contains(w.Body.String(), `"errors"`) {
			b.Fatal(w.Body)
		}
	}
	b.ReportMetric(float64(trips.Load()-before)/float64(b.N), "trips/op")
}
