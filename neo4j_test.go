package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dramatis/kg"
)

// neo4jScript runs scripts/neo4j for a server of this test's own, and gives the variables that it prints.
func neo4jScript(t *testing.T, state string, command ...string) map[string]string {
	t.Helper()
	cmd := exec.Command("scripts/neo4j", command...)
	cmd.Stderr = t.Output()
	cmd.Env = append(os.Environ(), "DRAMATIS_NEO4J_STATE="+state)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("scripts/neo4j %s: %v", command, err)
	}
	variables := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "export "), "=")
		variables[name] = strings.Trim(value, `'"`)
	}
	return variables
}

// ownNeo4j starts a server of this test's own, where there is Neo4j to test with.
func ownNeo4j(t *testing.T) (state string, variables map[string]string) {
	t.Helper()
	if os.Getenv("DRAMATIS_TEST_NEO4J") == "" {
		if os.Getenv("DRAMATIS_NEO4J_REQUIRED") == "1" {
			t.Fatal("DRAMATIS_TEST_NEO4J is not set")
		}
		t.Skip(`needs Neo4j: eval "$(scripts/neo4j start)"`)
	}
	state = filepath.Join(t.TempDir(), "state")
	variables = neo4jScript(t, state, "start")
	t.Cleanup(func() { neo4jScript(t, state, "stop") })
	t.Setenv("DRAMATIS_NEO4J_PASSWORD", variables["DRAMATIS_NEO4J_PASSWORD"])
	return state, variables
}

// TestNeo4jRestart pulls the plug of Neo4j under the running program: it says UNAVAILABLE at once, and goes on by
// itself when Neo4j is back, with all that was acknowledged.
func TestNeo4jRestart(t *testing.T) {
	state, variables := ownNeo4j(t)
	p := start(t, "--store", variables["DRAMATIS_TEST_NEO4J"])
	if !strings.Contains(p.out.String(), "loaded the bundled graph: 435 records") {
		t.Error(p.out)
	}
	if strings.Contains(p.out.String(), variables["DRAMATIS_NEO4J_PASSWORD"]) {
		t.Error("the password was printed")
	}
	const before = `{"data":{"stats":{"entities":81}}}` + "\n"
	const after = `{"data":{"stats":{"entities":82}}}` + "\n"
	const query = `{ stats { entities } }`
	if got := p.post(t, query); got != before {
		t.Fatal(got)
	}
	if got := p.post(t, `mutation { apply(input: {idempotencyKey: "k", dataset: "d", put: [{entity: {type: TOPIC, name: "a"}}]}) { replayed } }`); !strings.Contains(got, "false") {
		t.Fatal(got)
	}
	neo4jScript(t, state, "kill")
	began := time.Now()
	if got := p.post(t, query); !strings.Contains(got, `"UNAVAILABLE"`) || time.Since(began) > 4*time.Second {
		t.Errorf("without Neo4j, after %s: %s", time.Since(began), got)
	}
	neo4jScript(t, state, "restart")
	began = time.Now()
	for p.post(t, query) != after {
		if time.Since(began) > 20*time.Second { // a second where nothing else runs; Neo4j itself is slow at first
			t.Fatalf("not well again %s after Neo4j: %s", time.Since(began), p.post(t, query))
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Logf("well again %s after Neo4j", time.Since(began).Round(time.Millisecond))
	// a second start finds what is there and loads nothing
	second := start(t, "--store", variables["DRAMATIS_TEST_NEO4J"])
	if strings.Contains(second.out.String(), "loaded") {
		t.Error(second.out)
	}
}

// TestNeo4jFiles fills a Neo4j with its own importer from files of a graph: what is opened then is the graph, sound to the last
// edge, and what comes out of it is what went in.
func TestNeo4jFiles(t *testing.T) {
	state, variables := ownNeo4j(t)
	dir := t.TempDir()
	sqlite, folder, neo4j := "sqlite:"+filepath.Join(dir, "graph.db"), filepath.Join(dir, "files"), variables["DRAMATIS_TEST_NEO4J"]
	hostile := filepath.Join(dir, "hostile.jsonl")
	if err := os.WriteFile(hostile, []byte(hostileRecord), 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, sqlite, "import", "seed/graph.jsonl", hostile)
	said := command(t, sqlite, "export", "--format", "neo4j-admin", folder)
	_, arguments, found := strings.Cut(said, "neo4j-admin database import full neo4j ")
	if !found {
		t.Fatal(said)
	}
	neo4jScript(t, state, append([]string{"import", folder}, strings.Fields(arguments)...)...)
	if got := command(t, neo4j, "check"); !strings.Contains(got, "sound") {
		t.Errorf("check: %s", got)
	}
	files := []string{filepath.Join(dir, "in.jsonl"), filepath.Join(dir, "out.jsonl")}
	command(t, sqlite, "export", files[0])
	command(t, neo4j, "export", files[1])
	if in, out := graphOf(t, files[0]), graphOf(t, files[1]); len(in) != 436 || !slices.Equal(in, out) {
		t.Errorf("%d records went in, %d came out, or others", len(in), len(out))
	}
	// it is one like any other
	if got := command(t, neo4j, "import", "seed/graph.jsonl"); !strings.Contains(got, "435 unchanged") {
		t.Error(got)
	}
}

// hostileRecord has in its texts what CSV files are broken by.
var hostileRecord = fmt.Sprintf(`{"record":"Topic","id":%q,"dataset":%q,"key":"hostile","name":"a;b,\"c\" 'd' \\ =1+1","names":[{"value":"x;y|z","kind":"ALIAS"}],"description":"one\ntwo\r\n\"three\"\t,","identifiers":[{"scheme":"s;","value":"\\\";,"}]}`+"\n",
	kg.KeyID(kg.EntityClass, "nato-russia-2022", "hostile"), kg.DatasetID("nato-russia-2022"))
