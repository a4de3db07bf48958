package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

const applyMutation = `mutation ($in: ApplyInput!) {
  apply(input: $in) { created changed unchanged deleted replayed records { __typename id ... on Entity { name } } }
}`

type applied struct {
	Apply struct {
		Created, Changed, Unchanged, Deleted []kg.ID
		Replayed                             bool
		Records                              []struct{ Typename, ID, Name string }
	}
}

func object(text string) map[string]any {
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		panic(err)
	}
	return out
}

// A batch with every class of records, which refer to each other by key.
const mixedBatch = `{"idempotencyKey": "mixed", "dataset": "hand", "put": [
  {"entity": {"key": "ada", "type": "PERSON", "name": "Ada", "names": [{"value": "Адa"}], "birthDate": "1815-12-10", "countries": ["gb"]}},
  {"entity": {"key": "org", "type": "ORGANIZATION", "name": "Analytical Society", "organizationKind": "NGO"}},
  {"entity": {"key": "talk", "type": "EVENT", "name": "Talk", "startDate": "1843~", "status": "HAPPENED"}},
  {"relationship": {"key": "m", "type": "MEMBER_OF", "from": "#ada", "to": "#org", "startDate": "1833", "endDate": "..",
     "evidence": [{"source": "#letter", "exact": "our member Ada", "start": 10, "end": 24}]}},
  {"relationship": {"type": "PAID", "from": "#org", "to": "#ada", "amount": {"minor": "9007199254740993", "currency": "GBP"}}},
  {"source": {"key": "letter", "kind": "DOCUMENT", "title": "A letter", "text": "I write to our member Ada."}},
  {"statement": {"key": "s", "kind": "DIRECT", "text": "It can do whatever we know how to order it to perform.", "speakers": ["#ada"], "onBehalfOf": ["#org", "#ada"], "atEvent": "#talk"}},
  {"mention": {"key": "x", "source": "#letter", "entity": "#ada", "exact": "Ada"}}
]}`

func TestApply(t *testing.T) {
	for _, s := range servers(t) {
		t.Run(s.name, func(t *testing.T) {
			var first, again applied
			s.ask(t, applyMutation, map[string]any{"in": object(mixedBatch)}, &first)
			if len(first.Apply.Created) != 8 || first.Apply.Replayed || len(first.Apply.Records) != 8 {
				t.Fatalf("created %v", first.Apply)
			}
			s.ask(t, applyMutation, map[string]any{"in": object(mixedBatch)}, &again)
			if !again.Apply.Replayed || !slices.Equal(again.Apply.Created, first.Apply.Created) {
				t.Errorf("the replay gave %v, want %v", again.Apply, first.Apply)
			}
			other := object(mixedBatch)
			other["dataset"] = "other"
			if a := s.answer(t, applyMutation, map[string]any{"in": other}); a.code() != "CONFLICT" {
				t.Errorf("the key used again for another batch: %v", a.Errors)
			}
			var data struct {
				Entity struct {
					Relationships struct {
						TotalCount int
						Nodes      []struct {
							Type   string
							Amount *struct{ Minor string }
						}
					}
					StatementsMade struct {
						Nodes []struct{ OnBehalfOf []struct{ Name string } }
					}
				}
			}
			s.ask(t, `query ($id: ID!) { entity(id: $id) {
			    relationships { totalCount nodes { type amount { minor } } } statementsMade { nodes { onBehalfOf { name } } } } }`,
				map[string]any{"id": kg.KeyID(kg.EntityClass, "hand", "ada")}, &data)
			if n := data.Entity.Relationships.Nodes; len(n) != 2 || n[0].Type != "MEMBER_OF" || n[1].Amount.Minor != "9007199254740993" {
				t.Errorf("relationships: %+v", data.Entity.Relationships)
			}
			if n := data.Entity.StatementsMade.Nodes; len(n) != 1 || len(n[0].OnBehalfOf) != 1 {
				t.Errorf("statements: %+v", n)
			}
		})
	}
}

// TestNoStaleLoader writes twice and reads in between, in one operation: each payload shows what is there then.
func TestNoStaleLoader(t *testing.T) {
	const batch = `{"idempotencyKey": %q, "dataset": "stale", "put": [{"entity": {"key": "e", "type": "TOPIC", "name": %q}}]}`
	const twice = `mutation ($a: ApplyInput!, $b: ApplyInput!) {
	  a: apply(input: $a) { records { ... on Entity { name } } }
	  b: apply(input: $b) { records { ... on Entity { name } } }
	}`
	type payload struct{ Records []struct{ Name string } }
	for _, s := range servers(t) {
		var data struct{ A, B payload }
		s.ask(t, twice, map[string]any{"a": object(fmt.Sprintf(batch, "1", "old")), "b": object(fmt.Sprintf(batch, "2", "new"))}, &data)
		if len(data.A.Records) != 1 || len(data.B.Records) != 1 || data.A.Records[0].Name != "old" || data.B.Records[0].Name != "new" {
			t.Errorf("%s: %+v", s.name, data)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	tooMany := `{"idempotencyKey": "k", "dataset": "d", "put": [` + strings.TrimSuffix(strings.Repeat(`{"entity": {"type": "TOPIC", "name": "n"}},`, 1001), ",") + `]}`
	russia := string(kg.KeyID(kg.EntityClass, "nato-russia-2022", "russia"))
	for _, s := range servers(t) {
		for _, c := range []struct{ name, in, code string }{
			{"unknown reference", `{"idempotencyKey": "k", "dataset": "d", "put": [{"relationship": {"type": "OTHER", "from": "#no", "to": "#nobody"}}]}`, "BAD_USER_INPUT"},
			{"malformed reference", `{"idempotencyKey": "k", "dataset": "d", "put": [{"relationship": {"type": "OTHER", "from": "no", "to": "nobody"}}]}`, "BAD_USER_INPUT"},
			{"wrong type", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"key": "t", "type": "TOPIC", "name": "t"}}, {"relationship": {"type": "HOLDS", "from": "#t", "to": "#t"}}]}`, "BAD_USER_INPUT"},
			{"field of another type", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"type": "TOPIC", "name": "t", "birthDate": "1900"}}]}`, "BAD_USER_INPUT"},
			{"NUL", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"type": "TOPIC", "name": "a\u0000b"}}]}`, "BAD_USER_INPUT"},
			{"no date", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"type": "PERSON", "name": "a", "birthDate": "1900-02-30"}}]}`, "BAD_USER_INPUT"},
			{"twice", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"key": "a", "type": "TOPIC", "name": "a"}}, {"entity": {"key": "a", "type": "TOPIC", "name": "b"}}]}`, "BAD_USER_INPUT"},
			{"nothing given", `{"idempotencyKey": "k", "dataset": "d", "put": [{}]}`, "BAD_USER_INPUT"},
			{"two given", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"type": "TOPIC", "name": "a"}, "source": {"title": "b"}}]}`, "BAD_USER_INPUT"},
			{"too many", tooMany, "BAD_USER_INPUT"},
			{"referred to", `{"idempotencyKey": "k", "dataset": "d", "delete": [{"id": "` + russia + `"}]}`, "CONFLICT"},
			{"type in use", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"id": "` + russia + `", "type": "TOPIC", "name": "Russia"}}]}`, "CONFLICT"},
			{"dataset of space", `{"idempotencyKey": "k", "dataset": " "}`, "BAD_USER_INPUT"},
			{"dead before born", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"type": "PERSON", "name": "p", "birthDate": "1900", "deathDate": "1899-12"}}]}`, "BAD_USER_INPUT"},
			{"no currency", `{"idempotencyKey": "k", "dataset": "d", "put": [{"relationship": {"type": "PAID", "from": "` + russia + `", "to": "` + russia + `", "amount": {"minor": 1, "currency": "€"}}}]}`, "BAD_USER_INPUT"},
			{"no key", `{"idempotencyKey": "", "dataset": "d"}`, "BAD_USER_INPUT"},
			{"id of another key", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"id": "` + russia + `", "key": "e", "type": "TOPIC", "name": "t"}}]}`, "BAD_USER_INPUT"},
			{"no moment", `{"idempotencyKey": "k", "dataset": "d", "put": [{"relationship": {"type": "OTHER", "from": "` + russia + `", "to": "` + russia + `", "evidence": [{"source": "#s", "assertedAt": "yesterday"}]}}]}`, "BAD_USER_INPUT"},
			{"moment of the year 10000", `{"idempotencyKey": "k", "dataset": "d", "put": [{"relationship": {"type": "OTHER", "from": "` + russia + `", "to": "` + russia + `", "evidence": [{"source": "#s", "assertedAt": "9999-12-31T23:59:59-10:00"}]}}]}`, "BAD_USER_INPUT"},
			{"no number", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"type": "PLACE", "name": "p", "latitude": "NaN"}}]}`, "BAD_USER_INPUT"},
			{"empty value", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"type": "TOPIC", "name": "t", "extra": [{"name": "x", "values": [""]}]}}]}`, "BAD_USER_INPUT"},
			{"empty country", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"type": "PERSON", "name": "p", "countries": [""]}}]}`, "BAD_USER_INPUT"},
			{"not at an event", `{"idempotencyKey": "k", "dataset": "d", "put": [{"statement": {"kind": "DIRECT", "text": "t", "speakers": ["` + russia + `"], "atEvent": "` + russia + `"}}]}`, "BAD_USER_INPUT"},
			{"of another dataset", `{"idempotencyKey": "k", "dataset": "d", "put": [{"entity": {"id": "` + russia + `", "type": "ORGANIZATION", "name": "Russia", "organizationKind": "STATE"}}]}`, "CONFLICT"},
		} {
			t.Run(s.name+"/"+c.name, func(t *testing.T) {
				if a := s.answer(t, applyMutation, map[string]any{"in": object(c.in)}); a.code() != c.code {
					t.Errorf("%v, want %s", a.Errors, c.code)
				}
			})
		}
		problems, err := s.store.Check(t.Context())
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", s.name, problems, err)
		}
	}
}

func TestApplyForbidden(t *testing.T) {
	s := newServer(t, "sqlite", openSQLite)
	body := `{"query": "mutation { apply(input: {idempotencyKey: \"k\", dataset: \"d\"}) { replayed } }"}`
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if !bytes.Contains(w.Body.Bytes(), []byte(`"FORBIDDEN"`)) {
		t.Error(w.Body)
	}
}
