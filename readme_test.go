package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the answers in README.md anew")

// TestReadme asks the questions of README.md: the answers are those beside them.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, "--store", "sqlite:"+filepath.Join(t.TempDir(), "graph.db"))
	asked := 0
	block := regexp.MustCompile("(?s)```graphql\n(.*?)```\n```json\n(.*?)```")
	fresh := block.ReplaceAllFunc(readme, func(b []byte) []byte {
		asked++
		m := block.FindSubmatch(b)
		var answer struct{ Data json.RawMessage }
		if err := json.Unmarshal([]byte(p.post(t, string(m[1]))), &answer); err != nil {
			t.Fatal(err)
		}
		var got, want bytes.Buffer
		if err := json.Compact(&got, answer.Data); err != nil {
			t.Fatalf("%v for %s", err, m[1])
		}
		if err := json.Compact(&want, m[2]); (err != nil || got.String() != want.String()) && !*update {
			t.Errorf("%s\nis answered with\n%s", m[1], &got)
		}
		return []byte("```graphql\n" + string(m[1]) + "```\n```json\n" + folded(t, answer.Data, "") + "\n```")
	})
	for _, m := range regexp.MustCompile(`(?s) -d '(.*?)'\n`).FindAllSubmatch(readme, -1) {
		asked++
		resp, err := http.Post(p.url+"/graphql", "application/json", bytes.NewReader(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"errors"`)) {
			t.Errorf("%s\nis answered with %s %s %v", m[1], resp.Status, answer, err)
		}
	}
	if asked != 7 {
		t.Errorf("%d requests found, want five questions and two commands", asked)
	}
	if *update {
		if err := os.WriteFile("README.md", fresh, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// folded lays JSON out with what fits on one line on one line.
func folded(t *testing.T, data []byte, indent string) string {
	var flat bytes.Buffer
	if err := json.Indent(&flat, data, "", " "); err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`\n\s*`).ReplaceAllString(flat.String(), " ")
	if len(indent)+len(line) <= 120 || data[0] != '{' && data[0] != '[' {
		return line
	}
	d := json.NewDecoder(bytes.NewReader(data))
	open, err := d.Token()
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for d.More() {
		part := indent + "  "
		if open == json.Delim('{') {
			name, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			part += fmt.Sprintf("%q: ", name)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part+folded(t, value, indent+"  "))
	}
	return fmt.Sprint(open) + "\n" + strings.Join(parts, ",\n") + "\n" + indent + string(data[len(data)-1])
}
