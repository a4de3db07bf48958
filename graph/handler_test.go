package graph_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"dramatis/graph"
	"dramatis/kg"
)

// TestPages walks through all entities by twenties, forwards and backwards: no gap, no double.
func TestPages(t *testing.T) {
	const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
	  entities(first: $first, after: $after, last: $last, before: $before) {
	    totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
	  } }`
	type page struct {
		Entities struct {
			TotalCount int
			Nodes      []struct{ ID string }
			PageInfo   struct {
				HasNextPage, HasPreviousPage bool
				StartCursor, EndCursor       *string
			}
		}
	}
	for _, s := range servers(t) {
		var forwards, backwards []string
		variables := map[string]any{"first": 20}
		for {
			var p page
			s.ask(t, query, variables, &p)
			for _, n := range p.Entities.Nodes {
				forwards = append(forwards, n.ID)
			}
			if !p.Entities.PageInfo.HasNextPage {
				if len(forwards) != p.Entities.TotalCount {
					t.Errorf("%s: %d entities walked through, %d counted", s.name, len(forwards), p.Entities.TotalCount)
				}
				break
			}
			variables["after"] = *p.Entities.PageInfo.EndCursor
		}
		variables = map[string]any{"last": 7}
		for {
			var p page
			s.ask(t, query, variables, &p)
			for i := range p.Entities.Nodes {
				backwards = append(backwards, p.Entities.Nodes[len(p.Entities.Nodes)-1-i].ID)
			}
			if !p.Entities.PageInfo.HasPreviousPage {
				break
			}
			variables["before"] = *p.Entities.PageInfo.StartCursor
		}
		seen := map[string]bool{}
		for i, id := range forwards {
			if seen[id] {
				t.Errorf("%s: %s comes twice", s.name, id)
			}
			seen[id] = true
			if backwards[len(backwards)-1-i] != id {
				t.Fatalf("%s: backwards is not forwards reversed at %d", s.name, i)
			}
		}
	}
}

// TestForeignCursor uses a cursor in another list than its own.
func TestForeignCursor(t *testing.T) {
	for _, s := range servers(t) {
		var data struct {
			Entities struct{ PageInfo struct{ EndCursor string } }
		}
		s.ask(t, `{ entities(first: 1) { pageInfo { endCursor } } }`, nil, &data)
		for _, query := range []string{
			`query ($c: String) { entities(after: $c, filter: {types: [PERSON]}) { nodes { id } } }`,
			`query ($c: String) { entities(after: $c, orderBy: DESC) { nodes { id } } }`,
			`query ($c: String) { statements(after: $c) { nodes { id } } }`,
		} {
			if a := s.answer(t, query, map[string]any{"c": data.Entities.PageInfo.EndCursor}); a.code() != "BAD_CURSOR" {
				t.Errorf("%s: %s: %v", s.name, query, a.Errors)
			}
		}
	}
}

func TestTransport(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	const query = `{ stats { entities } }`
	get := func(q string) *http.Request {
		return httptest.NewRequest(http.MethodGet, "/graphql?query="+url.QueryEscape(q), nil)
	}
	post := func(body, kind string) *http.Request {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		return r
	}
	const isJSON = "application/json"
	for _, c := range []struct {
		name    string
		request *http.Request
		status  int
		code    string
	}{
		{"GET", get(query), 200, ""},
		{"POST", post(`{"query": "{ stats { entities } }"}`, isJSON), 200, ""},
		{"charset", post(`{"query": "{ stats { entities } }"}`, isJSON+"; charset=utf-8"), 200, ""},
		{"GET mutation", get(`mutation { apply(input: {idempotencyKey: "k", dataset: "d"}) { replayed } }`), 405, "BAD_USER_INPUT"},
		{"no JSON", post(`hello`, isJSON), 400, "BAD_USER_INPUT"},
		{"two values", post(`{} {}`, isJSON), 400, "BAD_USER_INPUT"},
		{"a brace too many", post(`{"query": "{ stats { entities } }"}}`, isJSON), 400, "BAD_USER_INPUT"},
		{"PUT", httptest.NewRequest(http.MethodPut, "/graphql", nil), 405, "BAD_USER_INPUT"},
		{"OPTIONS", httptest.NewRequest(http.MethodOptions, "/graphql", nil), 405, "BAD_USER_INPUT"},
		{"defer", post(`{"query": "{ entities(first: 3) { nodes { id ... @defer { name } } } }"}`, isJSON), 200, "GRAPHQL_VALIDATION_FAILED"},
		{"array", post(`[]`, isJSON), 400, "BAD_USER_INPUT"},
		{"form", post(`query=x`, "application/x-www-form-urlencoded"), 415, "BAD_USER_INPUT"},
		{"10 MB", post(`{"query": "`+strings.Repeat(" ", 10<<20)+`"}`, isJSON), 413, "BAD_USER_INPUT"},
		{"many tokens", post(`{"query": "{ `+strings.Repeat("__typename ", graph.DefaultLimits.Tokens)+`}"}`, isJSON), 200, "GRAPHQL_PARSE_FAILED"},
		{"no operation", post(`{"query": "query a { __typename }", "operationName": "b"}`, isJSON), 200, "GRAPHQL_VALIDATION_FAILED"},
		{"no query", post(`{}`, isJSON), 400, "BAD_USER_INPUT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			s.handler.ServeHTTP(w, c.request)
			var a answer
			if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
				t.Fatalf("%v: %.200s", err, w.Body)
			}
			if w.Code != c.status || a.code() != c.code {
				t.Errorf("status %d, %v; want %d %s", w.Code, a.Errors, c.status, c.code)
			}
			if c.code != "" && a.Data != nil {
				t.Error("a request that was not executed has data")
			}
			if w.Body.Len() > 8<<10 {
				t.Errorf("an answer of %d bytes", w.Body.Len())
			}
		})
	}
}

// TestOpenAsOf: an open date is none to look from, whichever field it stands at; nobody waits for the field.
func TestOpenAsOf(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite).patient()
	id := kg.KeyID(kg.EntityClass, "nato-russia-2022", "russia")
	for _, query := range []string{
		`query ($id: ID!) { node(id: $id, asOf: "..") { id } stats { entities } }`,
		`{ entities(asOf: "..") { nodes { id } } }`,
		`query ($id: ID!) { entity(id: $id) { names(asOf: "..") { value } events { nodes { name } } } }`,
		`query ($id: ID!) { entity(id: $id) { events(asOf: "..") { nodes { name } } statementsMade { nodes { speakers { name } } } } }`,
	} {
		if a := s.answer(t, query, map[string]any{"id": id}); a.code() != "BAD_USER_INPUT" {
			t.Errorf("%s: %v", query, a.Errors)
		}
	}
}

// TestErrorsInOrder: fields fail in any order, and are told of in one.
func TestErrorsInOrder(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	for range 20 {
		a := s.answer(t, `{ c: node(id: "c") { id } a: node(id: "a") { id } b: node(id: "b") { id } }`, nil)
		if len(a.Errors) != 3 || a.Errors[0].Path[0] != "a" || a.Errors[1].Path[0] != "b" || a.Errors[2].Path[0] != "c" {
			t.Fatal(a.Errors)
		}
	}
}

// TestBadArgumentBelow: a field that cannot run for its arguments holds the others up for a moment, once.
func TestBadArgumentBelow(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	const query = `query ($id: ID!) {
	  bad: entity(id: $id, asOf: "x") { id }
	  entity(id: $id) { relationships { nodes { to { name statementsAbout { nodes { speakers { name } } } } } } }
	}`
	before := s.trips.Load()
	a := s.answer(t, query, map[string]any{"id": kg.KeyID(kg.EntityClass, "nato-russia-2022", "russia")})
	if a.code() != "BAD_USER_INPUT" || !strings.Contains(string(a.Data), "Psaki") {
		t.Errorf("%v %.200s", a.Errors, a.Data)
	}
	if trips := s.trips.Load() - before; trips > 5 {
		t.Errorf("%d round trips", trips)
	}
}

// TestIntrospection sends what GraphiQL sends: it is deeper than other operations may be.
func TestIntrospection(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	deep := "{ __schema { types { fields { type { " + strings.Repeat("ofType { ", 8) + "name" + strings.Repeat(" }", 13)
	if a := s.answer(t, deep, nil); len(a.Errors) > 0 {
		t.Error(a.Errors)
	}
	if a := s.answer(t, strings.Replace(deep, "name", strings.Repeat("ofType { ", 8)+"name"+strings.Repeat(" }", 8), 1), nil); a.code() != "QUERY_TOO_COMPLEX" {
		t.Error(a.Errors)
	}
}

// TestIntrospectionByFragments: tools ask with fragments of what types have.
func TestIntrospectionByFragments(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	query := `{ __schema { queryType { name } types { ...whole } directives { name args { ...input } } } }
	  fragment whole on __Type { kind name fields(includeDeprecated: true) { name args { ...input } type { ...ref } } inputFields { ...input } interfaces { ...ref } possibleTypes { ...ref } }
	  fragment input on __InputValue { name type { ...ref } defaultValue }
	  fragment ref on __Type { kind name ` + strings.Repeat("ofType { kind name ", 9) + strings.Repeat("}", 9) + ` }`
	if a := s.answer(t, query, nil); len(a.Errors) > 0 || !strings.Contains(string(a.Data), "StatementMatrix") {
		t.Errorf("%v %.200s", a.Errors, a.Data)
	}
	deep := strings.Replace(query, strings.Repeat("}", 9), "ofType { ofType { ofType { name } } } "+strings.Repeat("}", 9), 1)
	if a := s.answer(t, deep, nil); a.code() != "QUERY_TOO_COMPLEX" {
		t.Error(a.Errors)
	}
}

// TestTimeout: an operation whose time is over says so, and the store goes on.
func TestTimeout(t *testing.T) {
	for _, s := range servers(t) {
		short := *s
		short.handler = graph.NewHandler(s.resolver, graph.Options{Timeout: time.Nanosecond})
		if a := short.answer(t, `{ statements { nodes { text } } }`, nil); a.code() != "TIMEOUT" {
			t.Errorf("%s: %v", s.name, a.Errors)
		}
		var data any
		s.ask(t, `{ statements { nodes { text } } }`, nil, &data)
	}
}
