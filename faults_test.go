//go:build faults

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dramatis/store/neo4jstore/neo4jtest"
)

// rounds is how often the plug is pulled.
func rounds(t *testing.T) int {
	text := os.Getenv("DRAMATIS_FAULT_ROUNDS")
	if text == "" {
		return 2
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("DRAMATIS_FAULT_ROUNDS is %q", text)
	}
	return n
}

// binary builds the program as users have it, once.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dramatis")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "dramatis")
	out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return file, nil
})

// server is the program in a process of its own.
type server struct {
	cmd *exec.Cmd
	url string
	out *bytes.Buffer
}

func launch(t *testing.T, args ...string) *server {
	t.Helper()
	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: exec.Command(file, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...), out: &bytes.Buffer{}}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stderr = s.out
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() }) // it may have ended
	listening := regexp.MustCompile(`listening on (http://[^/]*)/`)
	var seen bytes.Buffer
	buffer := make([]byte, 4096)
	for {
		n, err := out.Read(buffer)
		seen.Write(buffer[:n])
		if m := listening.FindSubmatch(seen.Bytes()); m != nil {
			s.url = string(m[1])
			go io.Copy(io.Discard, out)
			return s
		}
		if err != nil {
			t.Fatalf("%v: %s%s", err, &seen, s.out)
		}
	}
}

// reply is what a client reads of an answer.
type reply struct {
	Data   map[string]json.RawMessage
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
}

var client = &http.Client{Timeout: 10 * time.Second}

func (s *server) ask(query string, variables map[string]any) (*reply, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	resp, err := client.Post(s.url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	r := &reply{}
	return r, json.NewDecoder(resp.Body).Decode(r)
}

const writeTopics = `mutation ($key: String!, $put: [RecordInput!]) { apply(input: {idempotencyKey: $key, dataset: "faults", put: $put}) { created } }`

// write writes three topics, and gives their ids if it is told that they were written.
func (s *server) write(key, padding string) ([]string, error) {
	var put []any
	for i := range 3 {
		put = append(put, map[string]any{"entity": map[string]any{"type": "TOPIC", "name": fmt.Sprint(key, " ", i), "description": padding}})
	}
	r, err := s.ask(writeTopics, map[string]any{"key": key, "put": put})
	if err != nil {
		return nil, err
	}
	if len(r.Errors) > 0 {
		return nil, errors.New(r.Errors[0].Extensions.Code)
	}
	var applied struct{ Created []string }
	return applied.Created, json.Unmarshal(r.Data["apply"], &applied)
}

// load has writers write until ctx ends; it gives the ids of what was acknowledged.
func (s *server) load(ctx context.Context, writers int, prefix string) (acknowledged []string) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				ids, err := s.write(fmt.Sprint(prefix, "-", w, "-", i), "")
				if err != nil {
					time.Sleep(5 * time.Millisecond)
					continue
				}
				mu.Lock()
				acknowledged = append(acknowledged, ids...)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return acknowledged
}

// missing tells which of ids are not there.
func (s *server) missing(t *testing.T, ids []string) (missing []string) {
	t.Helper()
	for len(ids) > 0 {
		some := ids[:min(len(ids), 100)]
		ids = ids[len(some):]
		r, err := s.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": some})
		if err != nil || len(r.Errors) > 0 {
			t.Fatal(err, r)
		}
		var nodes []*struct{ ID string }
		if err := json.Unmarshal(r.Data["nodes"], &nodes); err != nil {
			t.Fatal(err)
		}
		for i, n := range nodes {
			if n == nil {
				missing = append(missing, some[i])
			}
		}
	}
	return missing
}

// TestKilled kills the program while it writes to SQLite: what it acknowledged is there, and the file is sound.
func TestKilled(t *testing.T) {
	file := filepath.Join(t.TempDir(), "graph.db")
	var acknowledged []string
	for round := range rounds(t) {
		s := launch(t, "--store", "sqlite:"+file)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Duration(200+rand.IntN(300))*time.Millisecond, func() {
			if err := s.cmd.Process.Kill(); err != nil {
				t.Error(err)
			}
			cancel()
		})
		acknowledged = append(acknowledged, s.load(ctx, 8, fmt.Sprint("k", round))...)
		_ = s.cmd.Wait() // it was killed
	}
	if len(acknowledged) < 30*rounds(t) {
		t.Errorf("only %d records were written", len(acknowledged))
	}
	s := launch(t, "--store", "sqlite:"+file)
	if lost := s.missing(t, acknowledged); len(lost) > 0 {
		t.Errorf("of %d acknowledged records %d are lost", len(acknowledged), len(lost))
	}
	s.terminate(t)
	t.Logf("%d records acknowledged, none lost", len(acknowledged))
	if err := run(t.Context(), []string{"check", "--store", "sqlite:" + file}, io.Discard, io.Discard, nil); err != nil {
		t.Error(err)
	}
}

// terminate asks the program to stop, and waits for it.
func (s *server) terminate(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, s.out)
	}
}

// TestTerminated stops the program while many ask and write: it ends soon, what it acknowledged is there, and whom it had
// let in got an answer.
func TestTerminated(t *testing.T) {
	file := filepath.Join(t.TempDir(), "graph.db")
	s := launch(t, "--store", "sqlite:"+file)
	ctx, cancel := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for ctx.Err() == nil {
				_, _ = s.ask(`{ entities(first: 100) { nodes { relationships { nodes { to { name } } } } } }`, nil) // it will be refused in the end
			}
		})
	}
	stopped := make(chan time.Duration, 1)
	time.AfterFunc(500*time.Millisecond, func() {
		began := time.Now()
		s.terminate(t)
		cancel()
		stopped <- time.Since(began)
	})
	acknowledged := s.load(ctx, 8, "t")
	readers.Wait()
	if took := <-stopped; took > 10*time.Second {
		t.Errorf("it took %s to stop", took)
	}
	if len(acknowledged) < 30 {
		t.Errorf("only %d records were written", len(acknowledged))
	}
	again := launch(t, "--store", "sqlite:"+file)
	if lost := again.missing(t, acknowledged); len(lost) > 0 {
		t.Errorf("of %d acknowledged records %d are lost", len(acknowledged), len(lost))
	}
	again.terminate(t)
}

// TestDiskFull fills the disk: a write is refused whole, reading goes on, and writing too as soon as there is room.
func TestDiskFull(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can mount a small disk")
	}
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=6m"); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	file := filepath.Join(disk, "graph.db")
	s := launch(t, "--store", "sqlite:"+file)
	var acknowledged []string
	padding := strings.Repeat("x", 9_000)
	full := ""
	for i := 0; full == "" && i < 1_000; i++ {
		ids, err := s.write(fmt.Sprint("d", i), padding)
		if err != nil {
			full = err.Error()
		}
		acknowledged = append(acknowledged, ids...)
	}
	if full != "UNAVAILABLE" {
		t.Fatalf("a full disk gives %q", full)
	}
	var before struct{ Entities int }
	stats := func() (n struct{ Entities int }) {
		r, err := s.ask(`{ stats { entities } }`, nil)
		if err != nil || len(r.Errors) > 0 || json.Unmarshal(r.Data["stats"], &n) != nil {
			t.Fatal(err, r)
		}
		return n
	}
	if before = stats(); before.Entities != 81+len(acknowledged) {
		t.Errorf("%d entities are counted, %d were acknowledged beside the bundled ones", before.Entities, len(acknowledged))
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=32m"); err != nil {
		t.Fatal(err)
	}
	ids, err := s.write("again", padding)
	if err != nil {
		t.Fatalf("with room again: %v", err)
	}
	if lost := s.missing(t, append(acknowledged, ids...)); len(lost) > 0 {
		t.Errorf("%d records are lost", len(lost))
	}
	s.terminate(t)
	if err := run(t.Context(), []string{"check", "--store", "sqlite:" + file}, io.Discard, io.Discard, nil); err != nil {
		t.Error(err)
	}
}

// TestNeo4jKilled kills Neo4j while many write: what was acknowledged is there, and the server is well again soon after
// Neo4j is.
func TestNeo4jKilled(t *testing.T) {
	state, variables := ownNeo4j(t)
	s := launch(t, "--store", variables["DRAMATIS_TEST_NEO4J"])
	var acknowledged []string
	n := rounds(t)
	for round := range n {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Duration(1500+rand.IntN(1000))*time.Millisecond, func() {
			neo4jScript(t, state, "kill")
			cancel()
		})
		acknowledged = append(acknowledged, s.load(ctx, 8, fmt.Sprint("n", round))...)
		neo4jScript(t, state, "restart")
		began := time.Now()
		for {
			if r, err := s.ask(`{ stats { entities } }`, nil); err == nil && len(r.Errors) == 0 {
				break
			}
			if time.Since(began) > 20*time.Second { // 5 where nothing else runs
				t.Fatal("not well again")
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Logf("well again %s after Neo4j", time.Since(began).Round(time.Millisecond))
	}
	if len(acknowledged) < 10*n {
		t.Errorf("only %d records were written", len(acknowledged))
	}
	if lost := s.missing(t, acknowledged); len(lost) > 0 {
		t.Errorf("of %d acknowledged records %d are lost", len(acknowledged), len(lost))
	}
	t.Logf("%d records acknowledged, none lost", len(acknowledged))
	s.terminate(t)
}

// TestImportKilled kills imports of a foreign file: when half of it was read, and when the rest is being written. Importing it again
// gives the graph of an import that nobody disturbed, in an empty graph and in one that is not.
func TestImportKilled(t *testing.T) {
	file := foreignFile(t, 60_000)
	for _, c := range []struct {
		name   string
		before []string
	}{{name: "empty"}, {name: "not empty", before: []string{"seed/graph.jsonl"}}} {
		clean := "sqlite:" + filepath.Join(t.TempDir(), "clean.db")
		command(t, clean, append(append([]string{"import"}, c.before...), file)...)
		want := exported(t, clean)
		if len(want) < 60_000 {
			t.Fatalf("only %d records", len(want))
		}
		t.Run("sqlite/"+c.name, func(t *testing.T) {
			testImportKilled(t, "sqlite:"+filepath.Join(t.TempDir(), "graph.db"), c.before, file, want)
		})
		t.Run("neo4j/"+c.name, func(t *testing.T) {
			server := neo4jtest.Use(t)
			t.Setenv("DRAMATIS_NEO4J_USER", server.User)
			t.Setenv("DRAMATIS_NEO4J_PASSWORD", server.Password)
			testImportKilled(t, server.URI, c.before, file, want)
		})
	}
}

func testImportKilled(t *testing.T, store string, before []string, file string, want []string) {
	if before != nil {
		command(t, store, append([]string{"import"}, before...)...)
	}
	for round := range min(rounds(t), 5) { // each takes a while
		killImport(t, store, file, 0.5, 500*time.Millisecond)
		if before != nil { // a load into an empty graph leaves nothing that could be read
			if n := len(exported(t, store)); n <= 1_000 || n >= len(want) {
				t.Errorf("%d records of %d were written before the program was killed", n, len(want))
			}
		}
		killImport(t, store, file, 1, time.Duration(200+rand.IntN(1000))*time.Millisecond*time.Duration(1+round%3))
	}
	command(t, store, "import", file)
	if got := command(t, store, "check"); !strings.Contains(got, "sound") {
		t.Errorf("check: %s", got)
	}
	if got := exported(t, store); !slices.Equal(got, want) {
		t.Errorf("%d records, or others than the %d of a clean import", len(got), len(want))
	}
}

// killImport begins to import a file, and kills the program some time after it was given a part of it: of all of it, the end too.
func killImport(t *testing.T, store, file string, part float64, after time.Duration) {
	t.Helper()
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--store", store, "import", "--dataset", "foreign", "-")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write(text[:int(part*float64(len(text)))]); err != nil {
		t.Errorf("%v: %s", err, &out)
	}
	if part == 1 {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}
	time.Sleep(after)
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); part < 1 && (err == nil || err.Error() != "signal: killed") {
		t.Errorf("%v: %s", err, &out)
	}
}

// exported are the records of a store, in order of id and without the times at which they were written.
func exported(t *testing.T, store string) []string {
	file := filepath.Join(t.TempDir(), "graph.jsonl")
	command(t, store, "export", file)
	return graphOf(t, file)
}

// foreignFile writes a FollowTheMoney file of n entities in no order, of which half join the others.
func foreignFile(t *testing.T, n int) string {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for _, i := range r.Perm(n) {
		person, company := r.IntN(n/4), r.IntN(n/4)
		switch i % 4 {
		case 0:
			fmt.Fprintf(&b, `{"id":"p%d","schema":"Person","properties":{"name":["Person %[1]d"],"sourceUrl":["https://example.org/%d"]}}`, i/4, i%100)
		case 1:
			fmt.Fprintf(&b, `{"id":"c%d","schema":"Company","properties":{"name":["Company %[1]d"],"jurisdiction":["de"]}}`, i/4)
		case 2:
			fmt.Fprintf(&b, `{"id":"o%d","schema":"Ownership","properties":{"owner":["p%d"],"asset":["c%d"],"startDate":["20%02d"]}}`, i/4, person, company, r.IntN(20))
		case 3:
			fmt.Fprintf(&b, `{"id":"d%d","schema":"Directorship","properties":{"director":["p%d"],"organization":["c%d"],"role":["chair"],"sourceUrl":["https://example.org/%d"]}}`, i/4, person, company, i%100)
		}
		b.WriteByte('\n')
	}
	file := filepath.Join(t.TempDir(), "foreign.ftm.json")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
