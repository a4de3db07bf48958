package httpd

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
)

//go:embed examples/*.graphql
var exampleFiles embed.FS

//go:embed start.html
var startHTML string

//go:embed start.css
var startCSS string

// styleHash lets the page bring its style along under a policy that allows no other.
var styleHash = func() string {
	sum := sha256.Sum256([]byte(startCSS))
	return base64.StdEncoding.EncodeToString(sum[:])
}()

// Example is a query to begin with.
type Example struct {
	Name  string // of its file, without ending
	Title string // the comment of its first line
	Query string
}

// Examples are the queries to click on, in their order.
func Examples() []Example {
	files, err := fs.Glob(exampleFiles, "examples/*.graphql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	var list []Example
	for _, name := range files {
		text, err := exampleFiles.ReadFile(name)
		if err != nil {
			panic(err) // it is embedded
		}
		title, query, _ := strings.Cut(string(text), "\n")
		list = append(list, Example{
			Name:  strings.TrimSuffix(strings.TrimPrefix(name, "examples/"), ".graphql"),
			Title: strings.TrimPrefix(title, "# "), Query: strings.TrimSpace(query),
		})
	}
	return list
}

// URL asks the query by GET.
func (e Example) URL() string { return "/graphql?query=" + url.QueryEscape(e.Query) }

// PlaygroundURL opens the query in the playground.
func (e Example) PlaygroundURL() string { return playgroundPath + "#query=" + url.QueryEscape(e.Query) }

// startPage is a plain page with queries to click on, for who has no script.
func startPage(store string) http.Handler {
	var page bytes.Buffer
	err := template.Must(template.New("start").Parse(startHTML)).Execute(&page, map[string]any{
		"Store": store, "Examples": Examples(), "Style": template.CSS(startCSS),
	})
	if err != nil {
		panic(err) // the template is a constant
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page.Bytes()) // who asked may have gone
	})
}
