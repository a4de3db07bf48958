package main

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// TestTraces: a request is a span, within the trace that its header names, and its calls of the store are spans within.
func TestTraces(t *testing.T) {
	var mu sync.Mutex
	var spans []*otlp.Span
	c := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent collector.ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(body, &sent)
		}
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		for _, of := range sent.ResourceSpans {
			for _, scope := range of.ScopeSpans {
				spans = append(spans, scope.Spans...)
			}
		}
	}))
	defer c.Close()
	p := start(t, "--store", "sqlite:"+filepath.Join(t.TempDir(), "graph.db"), "--traces", c.URL+"/v1/traces")
	const trace = "0af7651916cd43dd8448eb211c80319c"
	r, err := http.NewRequest(http.MethodPost, p.url+"/graphql", strings.NewReader(`{"query": "query Mine { entities(first: 2) { nodes { dataset { name } } } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Traceparent", "00-"+trace+"-b7ad6b7169203331-01")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := p.stop(); err != nil { // which sends them
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	at := slices.IndexFunc(spans, func(s *otlp.Span) bool { return s.Name == "POST /graphql" })
	if at < 0 {
		t.Fatalf("no span of the request: %v", spans)
	}
	request, names := spans[at], []string{}
	for _, s := range spans {
		if string(s.ParentSpanId) == string(request.SpanId) {
			names = append(names, s.Name)
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"store.get", "store.list"}) {
		t.Errorf("within the request: %v", names)
	}
	operation := ""
	for _, a := range request.Attributes {
		if a.Key == "graphql.operation.name" {
			operation = a.Value.GetStringValue()
		}
	}
	if operation != "Mine" {
		t.Errorf("the request has %v", request.Attributes)
	}
	if got := hex.EncodeToString(request.TraceId); got != trace {
		t.Errorf("trace %s, want %s", got, trace)
	}
}
