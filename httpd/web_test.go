package httpd

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"

	"dramatis/web"
)

// ask sends a request to the whole server.
func ask(method, target string, header ...string) *http.Response {
	r := httptest.NewRequest(method, "http://localhost"+target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	s, err := NewServer(Options{GraphQL: http.NotFoundHandler(), Metrics: NewMetrics(), Store: named{}})
	if err != nil {
		panic(err) // it has no origins, which alone can be wrong
	}
	return do(s.Handler, r).Result()
}

func body(t *testing.T, r *http.Response) []byte {
	t.Helper()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestWebFiles asks for every file in every coding.
func TestWebFiles(t *testing.T) {
	packed := 0
	for name, file := range webFiles(web.Dist) {
		target := "/" + name
		if name == "index.html" {
			target = "/"
		}
		plain := ask(http.MethodGet, target)
		want := body(t, plain)
		if plain.StatusCode != http.StatusOK || plain.Header.Get("Content-Encoding") != "" || len(want) == 0 {
			t.Errorf("%s: %s, %d bytes, %v", name, plain.Status, len(want), plain.Header)
		}
		if plain.Header.Get("Content-Type") != contentTypes[path.Ext(name)] {
			t.Errorf("%s: is %s", name, plain.Header.Get("Content-Type"))
		}
		immutable := strings.Contains(plain.Header.Get("Cache-Control"), "immutable")
		if immutable != strings.HasPrefix(name, "assets/") {
			t.Errorf("%s: kept as %q", name, plain.Header.Get("Cache-Control"))
		}
		if file.plain != nil {
			continue
		}
		packed++
		zipped := ask(http.MethodGet, target, "Accept-Encoding", "gzip")
		z, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(got, want) || zipped.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s by gzip: %v, %v", name, zipped.Header, err)
		}
		// that it unpacks to the same, web/build.mjs checks: the standard library cannot
		brotli := ask(http.MethodGet, target, "Accept-Encoding", "gzip, deflate, br, zstd")
		if got := body(t, brotli); brotli.Header.Get("Content-Encoding") != "br" || len(got) == 0 || len(got) >= len(want) {
			t.Errorf("%s by brotli: %v, %d bytes", name, brotli.Header, len(got))
		}
		for _, r := range []*http.Response{plain, zipped, brotli} {
			if r.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: %v", name, r.Header)
			}
		}
	}
	if packed == 0 {
		t.Error("nothing in web/dist is packed")
	}
}

// TestPlaygroundPage: what a browser and a cache are told of the page.
func TestPlaygroundPage(t *testing.T) {
	page := ask(http.MethodGet, "/graphiql/")
	content := body(t, page)
	if !bytes.Contains(content, []byte(`<html lang="en">`)) {
		t.Errorf("%s", content)
	}
	if got := page.Header.Get("Content-Security-Policy"); got != playgroundPolicy || strings.Contains(got, "http") {
		t.Errorf("policy: %s", got)
	}
	if page.Header.Get("Cache-Control") != "no-cache" || page.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v", page.Header)
	}
	etag := page.Header.Get("ETag")
	again := ask(http.MethodGet, "/graphiql/", "If-None-Match", etag)
	if again.StatusCode != http.StatusNotModified || len(body(t, again)) > 0 || again.Header.Get("ETag") != etag {
		t.Errorf("%s, %v", again.Status, again.Header)
	}
	head := ask(http.MethodHead, "/graphiql/")
	if head.StatusCode != http.StatusOK || len(body(t, head)) > 0 || head.ContentLength != int64(len(content)) {
		t.Errorf("HEAD: %s, %d bytes", head.Status, head.ContentLength)
	}
}

// TestExplorerPages: each page of the explorer is the same file, under its policy.
func TestExplorerPages(t *testing.T) {
	source, err := os.ReadFile("../web/src/explorer/address.ts")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(source), "export const pages = [")
	list, _, found := strings.Cut(list, "]")
	if !found {
		t.Fatal("address.ts has no pages")
	}
	want := body(t, ask(http.MethodGet, "/"))
	n := 0
	for name := range strings.SplitSeq(list, ",") {
		name = strings.Trim(strings.TrimSpace(name), "'")
		page := ask(http.MethodGet, "/"+name+"?id=x")
		if got := body(t, page); page.StatusCode != http.StatusOK || !bytes.Equal(got, want) || page.Header.Get("Content-Security-Policy") != explorerPolicy {
			t.Errorf("/%s: %s, %v", name, page.Status, page.Header)
		}
		n++
	}
	if n != len(explorerPages) {
		t.Errorf("%d pages, %d are served", n, len(explorerPages))
	}
}

// TestWebElsewhere: there is nothing else.
func TestWebElsewhere(t *testing.T) {
	for _, target := range []string{
		"/assets/", "/dist/index.html", "/graphiql/no.js", "/embed.go", "/index.html", "/no", "/search/x",
		"/licenses.md.br", "/licenses.md.gz", "/graphiql/%2e%2e/embed.go", "/assets/%2e%2e/index.html",
	} {
		if r := ask(http.MethodGet, target); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", target, r.Status)
		}
	}
	if r := ask(http.MethodPost, "/graphiql/"); r.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %s", r.Status)
	}
	if r := ask(http.MethodGet, "/graphiql"); r.Header.Get("Location") != "/graphiql/" {
		t.Errorf("without slash: %s, %v", r.Status, r.Header)
	}
}

// TestPlaygroundExamples: they are those of /queries.
func TestPlaygroundExamples(t *testing.T) {
	r := ask(http.MethodGet, "/graphiql/examples.json")
	var got []struct{ Name, Title, Query string }
	if err := json.Unmarshal(body(t, r), &got); err != nil || r.Header.Get("Content-Type") != "application/json" {
		t.Fatal(err, r.Header)
	}
	want := Examples()
	if len(got) != len(want) || len(got) == 0 {
		t.Fatalf("%d examples, want %d", len(got), len(want))
	}
	for i := range want {
		if Example(got[i]) != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}

func TestAccepts(t *testing.T) {
	for _, c := range []struct {
		header string
		br     bool
		gzip   bool
	}{
		{"", false, false},
		{"gzip, deflate, br, zstd", true, true},
		{"GZIP", false, true},
		{"br;q=0, gzip;q=0.5", false, true},
		{"br; q=0.000, *", false, true},
		{"*", true, true},
		{"*;q=0", false, false},
		{"identity", false, false},
		{"*;q=0, br", true, false},
		{"br;q=x", false, false},
		{"brotli, x-br", false, false},
	} {
		if br, gz := accepts([]string{c.header}, "br"), accepts([]string{c.header}, "gzip"); br != c.br || gz != c.gzip {
			t.Errorf("%q: br %t, gzip %t", c.header, br, gz)
		}
	}
	if !accepts([]string{"deflate", "gzip"}, "gzip") {
		t.Error("a second header is not read")
	}
}
