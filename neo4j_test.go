package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// neo4jScript runs scripts/neo4j for a server of this test's own, and gives the variables that it prints.
func neo4jScript(t *testing.T, state, command string) map[string]string {
	t.Helper()
	cmd := exec.Command("scripts/neo4j", command)
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
