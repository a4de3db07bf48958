package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"dramatis/bench/generate"
)

// kind is what kind of server a target is.
type kind int

const (
	dramatis kind = iota
	peer
	limit
)

// target is one server that is asked.
type target struct {
	name  string
	kind  kind
	graph *generate.Graph
	neo4j bool // it works on Neo4j, whose time counts too
	args  []string
	env   []string
	dir   string

	cmd  *exec.Cmd
	url  string
	log  *os.File
	peak int // KiB, of all its lives
}

// start starts the target on a port of its own choice and waits until it says which.
func (t *target) start() error {
	cmd := exec.Command(t.args[0], t.args[1:]...)
	cmd.Env, cmd.Dir, cmd.Stderr = append(os.Environ(), t.env...), t.dir, t.log
	// it must not outlive this program, however that ends
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	t.cmd = cmd
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, rest, found := strings.Cut(lines.Text(), "listening on "); found {
			t.url = strings.TrimSuffix(strings.Fields(rest)[0], "/")
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return nil
		}
	}
	t.stop()
	said, _ := os.ReadFile(t.log.Name())
	return fmt.Errorf("%s does not listen: %s", t.name, said)
}

func (t *target) stop() {
	if t.cmd == nil {
		return
	}
	t.note()
	_ = t.cmd.Process.Signal(syscall.SIGTERM)
	timer := time.AfterFunc(10*time.Second, func() { _ = t.cmd.Process.Kill() })
	_ = t.cmd.Wait()
	timer.Stop()
	t.cmd = nil
}

// note keeps the most memory that was resident.
func (t *target) note() {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", t.cmd.Process.Pid))
	if _, rest, found := strings.Cut(string(status), "VmHWM:"); found {
		kib, _ := strconv.Atoi(strings.Fields(rest)[0])
		t.peak = max(t.peak, kib)
	}
}

// cpu is the processor time that a process has used, in user and in system mode.
func cpu(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:])) // the first of these is the third of proc(5)
	var ticks int
	for _, f := range fields[11:13] {
		n, err := strconv.Atoi(f)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil // USER_HZ is 100 on all Linux that Go runs on
}

// body is what is sent to ask a question.
func (t *target) body(w *workload, params map[string]any) []byte {
	var content any = params
	switch {
	case t.kind == dramatis && params["input"] != nil:
		content = request{w.dramatis, map[string]any{"input": params["input"]}}
	case t.kind == dramatis:
		content = request{w.dramatis, params}
	case t.kind == peer:
		content = request{w.peer, params}
	}
	body, err := json.Marshal(content)
	if err != nil {
		panic(err) // params are texts
	}
	return body
}

type request struct {
	Query     string         `json:"query"`
	Variables map[string]any `json:"variables"`
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}

// ask sends a question. An answer with errors is an error.
func (t *target) ask(ctx context.Context, w *workload, body []byte) ([]byte, error) {
	path := "/graphql"
	if t.kind == limit {
		path = "/" + w.question()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"errors":[`)) {
		return nil, fmt.Errorf("%s, %s: %s %.600s\nasked: %.300s", t.name, w.name, res.Status, answer, body)
	}
	return answer, nil
}

// neo4jPID is the process of the server that scripts/neo4j runs.
func neo4jPID() (int, error) {
	state, err := os.ReadFile(os.Getenv("DRAMATIS_NEO4J_STATE"))
	if err != nil {
		return 0, fmt.Errorf("Neo4j is to be run by scripts/neo4j: %w", err)
	}
	for line := range strings.Lines(string(state)) {
		if pid, found := strings.CutPrefix(strings.TrimSpace(line), "pid="); found {
			return strconv.Atoi(pid)
		}
	}
	return 0, fmt.Errorf("no process in %s", filepath.Base(os.Getenv("DRAMATIS_NEO4J_STATE")))
}
