package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dramatis/httpd"
	"dramatis/kg"
)

// send asks the server for something and gives what it says.
func (p *process) send(t *testing.T, method, path string, body io.Reader, header ...string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(text)
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestFilesOverHTTP: what the commands do, requests do too, on each store.
func TestFilesOverHTTP(t *testing.T) {
	ftm := readFile(t, "formats/testdata/ftm/parteispenden.ftm.json")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(ftm); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	broken := append(bytes.Clone(ftm[:bytes.IndexByte(ftm, '\n')+1]), "{\"id\": \"x\",\n"...)
	dir := t.TempDir()
	var graphs []string
	for i, store := range append([]string{"sqlite:" + filepath.Join(dir, "1.db")}, emptyNeo4j(t)...) {
		t.Run(strings.Split(store, ":")[0], func(t *testing.T) {
			p := start(t, "--empty", "--store", store)
			for _, c := range []struct {
				path   string
				body   []byte
				status int
				want   string
			}{
				{"/import?dataset=p&dryRun=true", ftm, 200, `{"dryRun":true,"created":580,"changed":0,"unchanged":0,"deleted":0,"noted":{},"notes":[]}`},
				{"/import?dataset=p&strict=true", broken, 400, `"code":"BAD_USER_INPUT","notes":[{"file":"p","line":2,`},
				{"/import?dataset=p", packed.Bytes(), 200, `{"created":580,"changed":0,"unchanged":0,"deleted":0,"noted":{},"notes":[]}`},
				{"/import?dataset=p", ftm, 200, `"created":0,"changed":0,"unchanged":580`},
				{"/import?dataset=p", broken, 200, `"unchanged":2,"deleted":0,"noted":{"REFUSED":1},"notes":[{"file":"p","line":2,`},
				{"/import", ftm, 400, "?dataset=NAME"},
				{"/import?dataset=p&format=ftn", ftm, 400, `there is no format \"ftn\"`},
				{"/import?dataset=p&drRun=true", ftm, 400, `there is no parameter \"drRun\" here`},
				{"/import?dataset=p&dryRun=yes", ftm, 400, "dryRun is true or false"},
				{"/import?dataset=p&dataset=q", ftm, 400, "dataset is given twice"},
				{"/import?dataset=p", []byte("what is this?"), 400, "cannot tell what kind of file this is"},
				{"/import?dataset=p", packed.Bytes()[:9000], 400, "cannot be unpacked"},
			} {
				status, _, got := p.send(t, http.MethodPost, c.path, bytes.NewReader(c.body))
				if status != c.status || !strings.Contains(got, c.want) {
					t.Errorf("%s: %d %s; want %d %s", c.path, status, got, c.status, c.want)
				}
			}
			mapping := url.QueryEscape("records: {party: {record: Organization, key: id, name: name, kind: {literal: PARTY}}}")
			for path, want := range map[string]string{
				"/import?dryRun=true&dataset=t&mapping=" + mapping:       `"created":3,"changed":0,"unchanged":0`,
				"/import?dryRun=true&dataset=t&mapping=records%3A+x":     "mapping:1:",
				"/import?dryRun=true&dataset=t":                          "cannot tell what kind of file this is",
				"/import?dryRun=true&dataset=t&format=csv&file=list.csv": "mapping",
			} {
				if _, _, got := p.send(t, http.MethodPost, path, strings.NewReader("id,name\n1,Greens\n2,Reds\n")); !strings.Contains(got, want) {
					t.Errorf("%s: %s; want %s", path, got, want)
				}
			}
			status, header, graph := p.send(t, http.MethodGet, "/export", nil)
			path := filepath.Join(dir, fmt.Sprint(i, ".jsonl"))
			if err := os.WriteFile(path, []byte(graph), 0o600); err != nil {
				t.Fatal(err)
			}
			graphs = append(graphs, strings.Join(graphOf(t, path), "\n"))
			if status != 200 || strings.Count(graph, "\n") != 580 || header.Get("Content-Disposition") != `attachment; filename="dramatis.jsonl"` {
				t.Errorf("%d %v: %d lines", status, header, strings.Count(graph, "\n"))
			}
			if _, _, again := p.send(t, http.MethodPost, "/import", strings.NewReader(graph)); !strings.Contains(again, `"unchanged":580`) {
				t.Error(again)
			}
			parts(t, p)
		})
	}
	if len(slices.Compact(graphs)) > 1 {
		t.Error("the stores have different graphs")
	}
}

// parts takes parts of the graph out, and loads them into an empty store by themselves.
func parts(t *testing.T, p *process) {
	t.Helper()
	var party struct {
		Data struct {
			Entities struct{ Nodes []struct{ ID kg.ID } }
		}
	}
	if err := json.Unmarshal([]byte(p.post(t, `{ entities(filter: { name: "SPD" }) { nodes { id } } }`)), &party); err != nil || len(party.Data.Entities.Nodes) == 0 {
		t.Fatalf("%v: %+v", err, party)
	}
	spd := string(party.Data.Entities.Nodes[0].ID)
	for _, c := range []struct {
		query   url.Values
		records int
	}{
		{url.Values{"dataset": {"p"}}, 580},
		{url.Values{"entities": {`{"types":["ORGANIZATION"]}`}}, 0},
		{url.Values{"around": {spd}}, 0},
		{url.Values{"around": {spd}, "depth": {"2"}, "asOf": {"2010"}}, 0},
		{url.Values{"relationships": {`{"types":["PAID"],"activeDuring":{"from":"2009","to":"2009"}}`}}, 0},
	} {
		status, _, part := p.send(t, http.MethodGet, "/export?"+c.query.Encode(), nil)
		n := strings.Count(part, "\n")
		if status != 200 || n == 0 || c.records > 0 && n != c.records || c.records == 0 && n >= 580 {
			t.Errorf("%v: %d, %d records", c.query, status, n)
		}
		path := filepath.Join(t.TempDir(), "part.jsonl")
		if err := os.WriteFile(path, []byte(part), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := command(t, "sqlite:"+filepath.Join(t.TempDir(), "part.db"), "import", path); !strings.Contains(got, fmt.Sprint(n, " created")) {
			t.Errorf("%v: %s", c.query, got)
		}
	}
	for path, want := range map[string]string{
		"/export?format=ftm&around=" + spd:              `"schema":"Organization"`,
		"/export?format=gexf&dataset=p":                 "<gexf ",
		"/export?format=cytoscape&entities=%7B%7D":      `"elements"`,
		"/export?format=graphml&statements=%7B%7D":      "<graphml ",
		"/export?format=popolo&dataset=none":            "{",
		"/export?format=csv":                            "BAD_USER_INPUT",
		"/export?around=" + spd + "&depth=x":            "depth is a number",
		"/export?around=" + spd + "&depth=4":            "depth must be from 1 to 3",
		"/export?around=ent_" + spd[4:29] + "0":         "NOT_FOUND",
		"/export?entities=%7B%22types%22:1%7D":          "entities is no filter of a list, as JSON",
		"/export?entities=%7B%7D+x":                     "entities is no filter of a list, as JSON",
		"/export?asOf=May":                              "is not a date",
		"/export?statements=%7B%22kind%22:[%22X%22]%7D": "statements: kind cannot be",
	} {
		if _, _, got := p.send(t, http.MethodGet, path, nil); !strings.Contains(got, want) {
			t.Errorf("%s: %.300s; want %s", path, got, want)
		}
	}
}

// TestFilesNeedScopes: who may only read may not import, and other sites' pages may nothing.
func TestFilesNeedScopes(t *testing.T) {
	dir := t.TempDir()
	secret, line := httpd.NewToken("reader", []kg.Scope{kg.ReadScope, kg.WriteScope})
	tokens := filepath.Join(dir, "tokens.txt")
	if err := os.WriteFile(tokens, []byte(line+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "--tokens", tokens, "--store", "sqlite:"+filepath.Join(dir, "1.db"))
	for _, c := range []struct {
		method, path string
		header       []string
		status       int
	}{
		{http.MethodPost, "/import", nil, 401},
		{http.MethodGet, "/export", nil, 401},
		{http.MethodPost, "/import", []string{"Authorization", "Bearer " + secret}, 403},
		{http.MethodGet, "/import", []string{"Authorization", "Bearer " + secret}, 405},
		{http.MethodPost, "/export", []string{"Authorization", "Bearer " + secret}, 405},
		{http.MethodGet, "/export", []string{"Authorization", "Bearer " + secret}, 200},
		{http.MethodPost, "/import", []string{"Authorization", "Bearer " + secret, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site"}, 403},
	} {
		if status, _, got := p.send(t, c.method, c.path, strings.NewReader(""), c.header...); status != c.status {
			t.Errorf("%s %s %v: %d %.200s; want %d", c.method, c.path, c.header, status, got, c.status)
		}
	}
}
