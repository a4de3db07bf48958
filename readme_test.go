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

	"dramatis/store/neo4jstore/neo4jtest"
)

var update = flag.Bool("update", false, "write the answers in README.md and docs/queries.md anew")

// TestReadme asks the questions of README.md and docs/queries.md of both stores: the answers are those beside them.
func TestReadme(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { testReadme(t, *update, "sqlite:"+filepath.Join(t.TempDir(), "graph.db")) })
	if os.Getenv("DRAMATIS_TEST_NEO4J") != "" || os.Getenv("DRAMATIS_NEO4J_REQUIRED") != "" {
		t.Run("neo4j", func(t *testing.T) {
			server := neo4jtest.Use(t)
			t.Setenv("DRAMATIS_NEO4J_USER", server.User)
			t.Setenv("DRAMATIS_NEO4J_PASSWORD", server.Password)
			testReadme(t, false, server.URI)
		})
	}
}

func testReadme(t *testing.T, update bool, store string) {
	p := start(t, "--store", store)
	for _, want := range []struct {
		file                string
		questions, commands int
	}{
		{filepath.Join("docs", "queries.md"), 13, 0},
		{"README.md", 5, 2}, // last, for its commands write
	} {
		text, err := os.ReadFile(want.file)
		if err != nil {
			t.Fatal(err)
		}
		fresh, questions := askQuestions(t, p, text, update)
		commands := sendCommands(t, p, text)
		if questions != want.questions || commands != want.commands {
			t.Errorf("%d questions and %d commands found, want %v", questions, commands, want)
		}
		if update {
			if err := os.WriteFile(want.file, fresh, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// askQuestions asks the questions of a text, and gives the text with the answers that come.
func askQuestions(t *testing.T, p *process, text []byte, update bool) (fresh []byte, asked int) {
	block := regexp.MustCompile("(?s)```graphql\n(.*?)```\n```json\n(.*?)```")
	fresh = block.ReplaceAllFunc(text, func(b []byte) []byte {
		asked++
		m := block.FindSubmatch(b)
		var answer struct {
			Data   json.RawMessage
			Errors json.RawMessage
		}
		if err := json.Unmarshal([]byte(p.post(t, string(m[1]))), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Errors != nil {
			t.Fatalf("%s\nis answered with %s", m[1], answer.Errors)
		}
		var got, want bytes.Buffer
		if err := json.Compact(&got, answer.Data); err != nil {
			t.Fatalf("%v for %s", err, m[1])
		}
		if err := json.Compact(&want, m[2]); (err != nil || got.String() != want.String()) && !update {
			t.Errorf("%s\nis answered with\n%s", m[1], &got)
		}
		return []byte("```graphql\n" + string(m[1]) + "```\n```json\n" + folded(t, answer.Data, "") + "\n```")
	})
	return fresh, asked
}

// sendCommands sends what the commands of a text send: it is answered without errors.
func sendCommands(t *testing.T, p *process, text []byte) (sent int) {
	for _, m := range regexp.MustCompile(`(?s) -d '(.*?)'\n`).FindAllSubmatch(text, -1) {
		sent++
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
	return sent
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
