package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed says which packages of this module, and which libraries of consequence, a package may import. The standard
// library is free to all.
var allowed = map[string][]string{
	"dramatis":                            {"dramatis/formats", "dramatis/graph", "dramatis/httpd", "dramatis/kg", "dramatis/seed", "dramatis/store", "dramatis/web", "github.com/alecthomas/kong", "github.com/google/uuid", "github.com/klauspost/compress", "github.com/mattn/go-isatty", "go.opentelemetry.io/otel", "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"},
	"dramatis/fold":                       {"golang.org/x/text/unicode/norm", "github.com/mozillazg/go-unidecode"},
	"dramatis/kg":                         {"dramatis/fold", "github.com/go-json-experiment/json"},
	"dramatis/formats":                    {"dramatis/kg", "github.com/go-json-experiment/json", "github.com/klauspost/compress", "github.com/goccy/go-yaml", "golang.org/x/text/encoding"},
	"dramatis/seed":                       {"dramatis/kg", "dramatis/formats"},
	"dramatis/loaders":                    {"dramatis/kg"},
	"dramatis/graph":                      {"dramatis/kg", "dramatis/loaders", "dramatis/graph/generated", "dramatis/graph/model", "github.com/99designs/gqlgen", "github.com/vektah/gqlparser", "github.com/hashicorp/golang-lru"},
	"dramatis/graph/model":                {"dramatis/kg", "github.com/99designs/gqlgen"},
	"dramatis/graph/generated":            {"dramatis/kg", "dramatis/graph/model", "github.com/99designs/gqlgen", "github.com/vektah/gqlparser"},
	"dramatis/httpd":                      {"dramatis/formats", "dramatis/kg", "dramatis/web", "github.com/hashicorp/golang-lru", "github.com/klauspost/compress", "github.com/prometheus/client_golang", "github.com/rs/cors", "golang.org/x/time"},
	"dramatis/web":                        {},
	"dramatis/store":                      {"dramatis/kg", "dramatis/store/sqlitestore", "dramatis/store/neo4jstore"},
	"dramatis/store/sqlitestore":          {"dramatis/kg", "modernc.org/sqlite"},
	"dramatis/store/neo4jstore":           {"dramatis/kg", "github.com/neo4j/neo4j-go-driver"},
	"dramatis/store/neo4jstore/neo4jtest": {"dramatis/store/neo4jstore", "github.com/neo4j/neo4j-go-driver"},
	"dramatis/store/storetest":            {"dramatis/kg", "golang.org/x/text", "github.com/mozillazg/go-unidecode", "github.com/google/go-cmp"},
}

// TestImports keeps the layers apart.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		rules, known := allowed[words[0]]
		if !known {
			t.Errorf("%s is not in the list: say what it may import", words[0])
			continue
		}
		seen++
		for _, imported := range words[1:] {
			first, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(first, ".") && first != "dramatis" {
				continue // the standard library
			}
			if !slices.ContainsFunc(rules, func(rule string) bool {
				return imported == rule || !strings.HasPrefix(rule, "dramatis") && strings.HasPrefix(imported, rule+"/")
			}) {
				t.Errorf("%s must not import %s", words[0], imported)
			}
		}
	}
	if seen != len(allowed) {
		t.Errorf("%d packages found, %d in the list", seen, len(allowed))
	}
}
