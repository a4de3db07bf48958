package httpd

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"dramatis/web"
)

// playgroundPath is where GraphiQL is. All pages refer to each other, and to /graphql, by relative addresses.
const playgroundPath = "/graphiql/"

// explorerPages are the addresses of the explorer, which finds by them what to show (web/src/explorer/address.ts).
var explorerPages = []string{"/{$}", "/search", "/entity", "/source", "/statements", "/network", "/timeline"}

// explorerPolicy keeps the explorer to this server.
const explorerPolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// playgroundPolicy keeps the playground to this server. Monaco and Radix write style elements and attributes, and
// Monaco's style sheet has icons as data.
const playgroundPolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// contentTypes are of the files in web/dist, by ending: what the system says of them differs.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".md":   "text/markdown; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
}

// webFile is a file as the binary has it: plain, or packed by brotli and gzip.
type webFile struct {
	plain, br, gz *webVariant
}

type webVariant struct {
	content []byte
	etag    string
}

func newVariant(content []byte) *webVariant {
	sum := sha256.Sum256(content)
	return &webVariant{content, `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`}
}

// handlePages serves web/dist and the examples of the playground, and nothing else.
func handlePages(mux *http.ServeMux) {
	// not at start, which nobody should wait for who does not come here
	files := sync.OnceValue(func() map[string]*webFile {
		files := webFiles(web.Dist)
		files["graphiql/examples.json"] = &webFile{plain: newVariant(examplesJSON())}
		return files
	})
	send := func(w http.ResponseWriter, r *http.Request, name, policy string) {
		file, ok := files()[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Content-Type", contentTypes[path.Ext(name)])
		if strings.HasPrefix(name, "assets/") { // the name changes with the content
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			h.Set("Cache-Control", "no-cache")
		}
		file.serve(w, r)
	}
	for _, page := range explorerPages {
		mux.HandleFunc("GET "+page, func(w http.ResponseWriter, r *http.Request) { send(w, r, "index.html", explorerPolicy) })
	}
	rest := func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "graphiql/" {
			name += "index.html"
		}
		send(w, r, name, playgroundPolicy) // which Monaco's workers need too
	}
	mux.HandleFunc("GET /assets/", rest)
	mux.HandleFunc("GET /licenses.md", rest)
	mux.HandleFunc("GET "+playgroundPath, rest)
}

// examplesJSON is what the playground opens its tabs with.
func examplesJSON() []byte {
	type example struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Query string `json:"query"`
	}
	var list []example
	for _, e := range Examples() {
		list = append(list, example(e))
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(err) // these are texts
	}
	return text
}

// webFiles reads dist, whose layout web.Dist describes.
func webFiles(dist fs.FS) map[string]*webFile {
	files := map[string]*webFile{}
	err := fs.WalkDir(dist, "dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(name, "dist/")
		base, variant := strings.TrimSuffix(strings.TrimSuffix(name, ".br"), ".gz"), newVariant(content)
		file := files[base]
		if file == nil {
			file = &webFile{}
			files[base] = file
		}
		switch path.Ext(name) {
		case ".br":
			file.br = variant
		case ".gz":
			file.gz = variant
		default:
			file.plain = variant
		}
		if contentTypes[path.Ext(base)] == "" {
			return fmt.Errorf("web/dist/%s: its content type is not known", name)
		}
		return nil
	})
	if err != nil {
		panic(err) // what is embedded is as it was tested
	}
	return files
}

// serve sends the file in the best coding that the client can read.
func (f *webFile) serve(w http.ResponseWriter, r *http.Request) {
	h, variant, coding := w.Header(), f.plain, ""
	if f.plain == nil {
		h.Set("Vary", "Accept-Encoding")
		switch accepted := r.Header.Values("Accept-Encoding"); {
		case accepts(accepted, "br"):
			variant, coding = f.br, "br"
		case accepts(accepted, "gzip"):
			variant, coding = f.gz, "gzip"
		default:
			variant = f.gz.unpacked()
		}
	}
	h.Set("ETag", variant.etag)
	if coding != "" {
		h.Set("Content-Encoding", coding)
		h.Set("Content-Length", strconv.Itoa(len(variant.content))) // ServeContent sets it for plain files only
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(variant.content))
}

// unpacked is for clients that read no coding, which are too few to keep it for.
func (v *webVariant) unpacked() *webVariant {
	z, err := gzip.NewReader(bytes.NewReader(v.content))
	if err != nil {
		panic(err) // it is embedded, and tested
	}
	content, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	return newVariant(content)
}

// accepts tells whether a client takes a coding, by its Accept-Encoding (RFC 9110, 12.5.3).
func accepts(header []string, coding string) bool {
	others := false
	for part := range strings.SplitSeq(strings.Join(header, ","), ",") {
		name, weight, weighted := strings.Cut(strings.ToLower(strings.ReplaceAll(part, " ", "")), ";q=")
		q, err := strconv.ParseFloat(weight, 64)
		taken := !weighted || err == nil && q > 0
		switch name {
		case coding:
			return taken
		case "*":
			others = taken
		}
	}
	return others
}
