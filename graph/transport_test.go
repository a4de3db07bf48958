package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dramatis/graph"
	"dramatis/kg"
)

// TestAccept: the media type decides what the status says.
func TestAccept(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	const plain, response = "application/json; charset=utf-8", "application/graphql-response+json; charset=utf-8"
	for _, c := range []struct {
		accept, query string
		status        int
		kind          string
	}{
		{"", "{ __typename }", 200, plain},
		{"*/*", "{ __typename }", 200, plain},
		{"application/*", "{ __typename }", 200, plain},
		{"application/graphql-response+json", "{ __typename }", 200, response},
		{"application/graphql-response+json, application/json;q=0.9", "{ __typename }", 200, response},
		{"application/json, application/graphql-response+json", "{ __typename }", 200, response},
		{"application/json, application/graphql-response+json;q=0.5", "{ __typename }", 200, plain},
		{"text/html,application/xhtml+xml,*/*;q=0.8", "{ __typename }", 200, plain},
		{"application/graphql-response+json", "{ nothing }", 400, response},
		{"application/graphql-response+json", "{", 400, response},
		{"application/json", "{ nothing }", 200, plain},
		{"text/html", "{ __typename }", 406, plain},
		{"application/json;q=0", "{ __typename }", 406, plain},
		{"application/json; charset=latin1", "{ __typename }", 406, plain},
	} {
		body, err := json.Marshal(map[string]string{"query": c.query})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		if c.accept != "" {
			r.Header.Set("Accept", c.accept)
		}
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if w.Code != c.status || w.Header().Get("Content-Type") != c.kind {
			t.Errorf("%q asked %s: %d %s, want %d %s", c.accept, c.query, w.Code, w.Header().Get("Content-Type"), c.status, c.kind)
		}
	}
}

// TestHostile: each of these costs much if it is let in. It is refused at once, in few bytes, and told why.
func TestHostile(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	var doubling strings.Builder
	for i := range 40 {
		doubling.WriteString("fragment f" + string(rune('A'+i%26)) + strings.Repeat("x", i/26) + " on Query { ...f" + string(rune('A'+(i+1)%26)) + strings.Repeat("x", (i+1)/26) + " ...f" + string(rune('A'+(i+1)%26)) + strings.Repeat("x", (i+1)/26) + " }\n")
	}
	doubling.WriteString("fragment fO" + "x" + " on Query { __typename }\n{ ...fA }")
	for _, c := range []struct{ name, query, code, says string }{
		{"a field 10,000 times", "{ " + strings.Repeat("__typename ", 10_000) + "}", "QUERY_TOO_COMPLEX", "bytes of text"},
		{"a field 1,900 times", "{ " + strings.Repeat("a ", 1_900) + "}", "QUERY_TOO_COMPLEX", "at its root"},
		{"fragments that double", doubling.String(), "QUERY_TOO_COMPLEX", "at its root"},
		{"fragments that double below", strings.Replace(strings.ReplaceAll(doubling.String(), "on Query", "on Stats"), "{ ...fA }", "{ stats { ...fA } }", 1), "QUERY_TOO_COMPLEX", "all written out"},
		{"unknown directives", "{ __typename " + strings.Repeat("@a ", 500) + "}", "QUERY_TOO_COMPLEX", "directives"},
		{"directives without end", "{ __typename " + strings.Repeat("@a ", 20_000) + "}", "GRAPHQL_PARSE_FAILED", "2000"},
		{"aliases", "{ stats { " + aliases(31) + " } }", "QUERY_TOO_COMPLEX", "aliases"},
		{"one name again and again", "{ stats { " + strings.Repeat("entities ", 21) + "} }", "QUERY_TOO_COMPLEX", "of one name"},
		{"a product of lists", "{ entities(first: 100) { nodes { relationships(first: 100) { nodes { from { relationships(first: 100) { nodes { id } } } } } } } }", "QUERY_TOO_COMPLEX", "1030201"},
		{"13 levels", "{ a { a { a { a { a { a { a { a { a { a { a { a { a } } } } } } } } } } } } }", "QUERY_TOO_COMPLEX", "levels of fields"},
		{"a fragment in itself", "fragment a on Query { ...a } { ...a }", "GRAPHQL_VALIDATION_FAILED", "within itself"},
		{"fragments in each other", "fragment a on Query { ...b } fragment b on Query { ...a } { ...a }", "GRAPHQL_VALIDATION_FAILED", "within itself"},
		{"introspection twice", "{ a: __schema { types { name } } b: __schema { types { name } } }", "QUERY_TOO_COMPLEX", "__schema"},
		{"51 fragments", strings.Repeat("fragment x on Query { a } ", 51) + "{ a }", "QUERY_TOO_COMPLEX", "fragments"},
		{"a fragment that nobody spreads", "fragment x on Query { " + strings.Repeat("a { ", 20) + "b" + strings.Repeat(" }", 20) + " } { __typename }", "QUERY_TOO_COMPLEX", "levels of fields"},
		{"nested values", "{ nodes(ids: " + strings.Repeat("[", 990) + strings.Repeat("]", 990) + ") { id } }", "GRAPHQL_VALIDATION_FAILED", ""},
		{"a number beyond 32 bits", "{ entities(first: -3000000000) { nodes { id } } }", "", ""},
		{"an open string", `{ a(b: "` + strings.Repeat("x", 60_000), "GRAPHQL_PARSE_FAILED", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			body, err := json.Marshal(map[string]string{"query": c.query})
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			began := time.Now()
			s.handler.ServeHTTP(w, r)
			took := time.Since(began)
			var a answer
			if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			if len(a.Errors) == 0 || c.code != "" && a.code() != c.code || !strings.Contains(a.Errors[0].Message, c.says) {
				t.Errorf("%.300s", w.Body)
			}
			if w.Body.Len() > 8<<10 || took > 500*time.Millisecond { // 50 where nothing else runs
				t.Errorf("%d bytes after %s", w.Body.Len(), took)
			}
		})
	}
}

func aliases(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("a" + string(rune('a'+i%26)) + strings.Repeat("x", i/26) + ": entities ")
	}
	return b.String()
}

// TestVariables: values are limited as the document is.
func TestVariables(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	deep := any("x")
	for range 20 {
		deep = []any{deep}
	}
	long := make([]string, 10_001)
	for name, v := range map[string]any{"deep": deep, "long": long} {
		if a := s.answer(t, `query ($v: [ID!]!) { nodes(ids: $v) { id } }`, map[string]any{"v": v}); a.code() != "QUERY_TOO_COMPLEX" {
			t.Errorf("%s: %v", name, a.Errors)
		}
	}
}

// TestCost: an answer says what it could have cost, and a refusal what that was and what is allowed.
func TestCost(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	cost := func(query string, variables map[string]any) string {
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		return w.Header().Get("Dramatis-Cost")
	}
	for _, c := range []struct {
		query     string
		variables map[string]any
		want      string
	}{
		{"{ __typename }", nil, "requested=0"},
		{"{ stats { entities } }", nil, "requested=1"},
		{`{ suggest(prefix: "a", first: 3) { name } }`, nil, "requested=103"},
		{`{ search(query: "a", first: 3) { nodes { name } facets { years { value } } } }`, nil, "requested=1509"},
		{"{ entities { nodes { id } } }", nil, "requested=21"},
		{"{ entities(first: 7) { nodes { id } } }", nil, "requested=8"},
		{"{ entities(last: 7) { edges { node { id } } } }", nil, "requested=15"},
		{"query ($n: Int) { entities(first: $n) { nodes { id } } }", map[string]any{"n": 9}, "requested=10"},
		{"query ($n: Int = 3) { entities(first: $n) { nodes { id } } }", nil, "requested=4"},
		{"query ($n: Int) { entities(first: $n) { nodes { id } } }", nil, "requested=21"},
		{"{ entities(first: 2) { nodes { relationships(first: 3) { nodes { id } } } } }", nil, "requested=11"},
		{"query ($i: [ID!]!) { nodes(ids: $i) { id } }", map[string]any{"i": []string{"a", "b", "c"}}, "requested=3"},
		{"{ entities(first: 2) { ...x } } fragment x on EntityConnection { nodes { ...y } } fragment y on Entity { dataset { name } }", nil, "requested=5"},
	} {
		if got := cost(c.query, c.variables); got != c.want+", max=50000" {
			t.Errorf("%s %v: %s, want %s", c.query, c.variables, got, c.want)
		}
	}
	a := s.answer(t, "{ entities(first: 100) { nodes { relationships(first: 100) { nodes { from { statementsMade(first: 100) { nodes { id } } } } } } } }", nil)
	if a.code() != "QUERY_TOO_COMPLEX" || a.Errors[0].Extensions["cost"].(map[string]any)["max"] != 50_000.0 {
		t.Errorf("%v", a.Errors)
	}
}

// TestCharge: who has used up what is granted waits, and is told how long.
func TestCharge(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	left := 30
	charge := func(cost int) time.Duration {
		if cost > left {
			return 1500 * time.Millisecond
		}
		left -= cost
		return 0
	}
	for i, status := range []int{200, 429} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query": "{ entities { nodes { id } } }"}`))
		r = r.WithContext(kg.WithActor(r.Context(), kg.Actor{Scopes: kg.Scopes, Charge: charge}))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		var a answer
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if w.Code != status || status == 429 && (a.code() != "RATE_LIMITED" || a.Errors[0].Extensions["retryAfterMs"] != 1500.0 || w.Header().Get("Retry-After") != "2") {
			t.Errorf("%d: %d %v %s", i, w.Code, w.Header(), w.Body)
		}
	}
}

// TestAnswerLimit: an answer that is too large is none, and says so.
func TestAnswerLimit(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	limits := graph.DefaultLimits
	limits.Answer = 1_000
	s.handler = graph.NewHandler(s.resolver, graph.Options{Limits: &limits})
	if a := s.answer(t, `{ statements { nodes { text } } }`, nil); a.code() != "QUERY_TOO_COMPLEX" || string(a.Data) != "null" && a.Data != nil {
		t.Errorf("%s %v", a.Data, a.Errors)
	}
}

// TestGate: what cannot be executed soon is refused at once.
func TestGate(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	slow := &slowStore{Store: s.store, hold: make(chan struct{}), inside: make(chan struct{}, 8)}
	r := *s.resolver
	r.Store = slow
	s.handler = graph.NewHandler(&r, graph.Options{InFlight: 2, Queue: 1, Timeout: time.Minute})
	ask := func() int {
		status, _ := s.post(t, `{ stats { entities } }`, nil)
		return status
	}
	statuses := make(chan int)
	for range 2 {
		go func() { statuses <- ask() }()
		<-slow.inside
	}
	go func() { statuses <- ask() }() // waits
	time.Sleep(50 * time.Millisecond)
	if got := ask(); got != http.StatusServiceUnavailable {
		t.Errorf("the fourth: %d", got)
	}
	close(slow.hold)
	for range 3 {
		if got := <-statuses; got != http.StatusOK {
			t.Errorf("one of the first three: %d", got)
		}
	}
}

type slowStore struct {
	kg.Store
	hold, inside chan struct{}
}

func (s *slowStore) Count(ctx context.Context, keys []kg.Key) ([]int, error) {
	s.inside <- struct{}{}
	<-s.hold
	return s.Store.Count(ctx, keys)
}

// TestDocuments: by id, by Apollo's hash, and only those that are trusted.
func TestDocuments(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	const query = "{ stats { entities } }"
	const hash = "9d5b8b8d0c0cd6a4e3a5b7a2a3c2b9d0"
	id := graph.DocumentID(query)
	manifest, err := json.Marshal(map[string]string{id: query})
	if err != nil {
		t.Fatal(err)
	}
	handler := func(manifest []byte, only bool) http.Handler {
		var manifests [][]byte
		if manifest != nil {
			manifests = [][]byte{manifest}
		}
		d, err := graph.NewDocuments(only, manifests...)
		if err != nil {
			t.Fatal(err)
		}
		return graph.NewHandler(s.resolver, graph.Options{Documents: d})
	}
	bare := strings.TrimPrefix(id, "sha256:")
	apollo := `{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + bare + `"}}}`
	apolloFull := `{"query": "` + query + `", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + bare + `"}}}`
	for _, c := range []struct {
		name    string
		handler http.Handler
		steps   [][2]string
	}{
		{"known", handler(manifest, false), [][2]string{
			{`{"documentId": "` + id + `"}`, ""},
			{`{"documentId": "sha256:` + hash + `"}`, "PERSISTED_DOCUMENT_NOT_FOUND"},
			{`{"documentId": "` + id + `", "query": "{ __typename }"}`, "BAD_USER_INPUT"},
			{`{"query": "{ __typename }"}`, ""},
			{apollo, ""},
		}},
		{"only", handler(manifest, true), [][2]string{
			{`{"documentId": "` + id + `"}`, ""}, {`{"query": "{ __typename }"}`, "FORBIDDEN"}, {`{"query": "` + query + `"}`, ""},
			{strings.Replace(apolloFull, query, "{ __typename }", 1), "BAD_USER_INPUT"},
		}},
		{"sent once", handler(nil, false), [][2]string{
			{`{"documentId": "` + id + `"}`, "PERSISTED_DOCUMENT_NOT_FOUND"}, {apollo, "PERSISTED_DOCUMENT_NOT_FOUND"}, {apolloFull, ""}, {apollo, ""},
			{`{"documentId": "` + id + `"}`, "PERSISTED_DOCUMENT_NOT_FOUND"},
			{`{"extensions": {"persistedQuery": {"version": 2, "sha256Hash": "` + bare + `"}}}`, "BAD_USER_INPUT"},
			{`{"query": "{ nothing }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + strings.TrimPrefix(graph.DocumentID("{ nothing }"), "sha256:") + `"}}}`, "GRAPHQL_VALIDATION_FAILED"},
			{`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + strings.TrimPrefix(graph.DocumentID("{ nothing }"), "sha256:") + `"}}}`, "PERSISTED_DOCUMENT_NOT_FOUND"},
		}},
	} {
		for _, step := range c.steps {
			r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(step[0]))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			c.handler.ServeHTTP(w, r)
			var a answer
			if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			if a.code() != step[1] || step[1] == "" && a.Data == nil {
				t.Errorf("%s: %s is answered with %s; want %q", c.name, step[0], w.Body, step[1])
			}
		}
	}
	for _, bad := range []string{"[]", `{"sha256:00": "{ a }"}`, `{"` + id + `": 1}`} {
		if _, err := graph.NewDocuments(false, []byte(bad)); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

// TestReport: each request is told of once, with what it was and what became of it.
func TestReport(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	var reports []graph.Report
	s.handler = graph.NewHandler(s.resolver, graph.Options{Report: func(_ context.Context, r graph.Report) { reports = append(reports, r) }})
	s.post(t, `query Mine { stats { entities } }`, nil)
	s.post(t, `{ nothing }`, nil)
	s.post(t, `{ node(id: "x") { id } }`, nil)
	s.post(t, `query `+strings.Repeat("x", 5_000)+` { entities(first: 100) { nodes { relationships(first: 100) { nodes { to { relationships(first: 100) { nodes { id } } } } } } } }`, nil)
	if len(reports) != 4 {
		t.Fatalf("%d reports", len(reports))
	}
	for i, want := range []struct {
		name, kind string
		codes      []string
	}{{"Mine", "query", nil}, {"", "", []string{"GRAPHQL_VALIDATION_FAILED"}}, {"", "query", []string{"BAD_USER_INPUT"}}, {strings.Repeat("x", 100), "query", []string{"QUERY_TOO_COMPLEX"}}} {
		r := reports[i]
		if r.Operation != want.name || r.Kind != want.kind || strings.Join(r.Codes, " ") != strings.Join(want.codes, " ") || r.Took <= 0 || !strings.HasPrefix(r.Document, "sha256:") || r.Status != 200 {
			t.Errorf("%d: %+v", i, r)
		}
	}
}
