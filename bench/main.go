// Bench measures Dramatis on both stores beside a GraphQL server made by @neo4j/graphql (the peer) and beside bare
// Cypher over HTTP (the limit): docs/performance.md says what is compared and how to run it.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"dramatis/bench/generate"
	"dramatis/bench/load"
	"dramatis/store"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

type options struct {
	sizes     []int
	seed      uint64
	targets   []string
	workloads []workload
	rounds    int
	slice     time.Duration
	warm      time.Duration
	starts    int
	checks    int
}

func main() {
	log.SetFlags(log.Ltime)
	entities := flag.String("entities", "100000", "how many entities; of several with commas, the first is for all targets, the others for sqlite alone")
	seed := flag.Uint64("seed", 1, "another gives another graph and other questions")
	targets := flag.String("targets", "sqlite,neo4j,peer,limit", "which to measure")
	only := flag.String("workloads", "", "which to measure, with commas; all if not given")
	rounds := flag.Int("rounds", 3, "how often each target has its turn with each question")
	seconds := flag.Float64("seconds", 2, "how long a turn is")
	warm := flag.Duration("warm", time.Minute, "how long each target is asked everything before it is measured")
	tiny := flag.Bool("tiny", false, "a small graph and short turns, to see that all works")
	write := flag.String("write", "", "only write the graph to this file, as JSON Lines")
	flag.Parse()
	o := options{seed: *seed, targets: strings.Split(*targets, ","), rounds: *rounds, slice: time.Duration(*seconds * float64(time.Second)), warm: *warm, starts: 5, checks: 20}
	if *tiny {
		*entities, o.rounds, o.slice, o.warm, o.starts = "500", 1, 300*time.Millisecond, 0, 2
	}
	for _, text := range strings.Split(*entities, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 200 {
			log.Fatalf("-entities: %q is not a number from 200 on", text)
		}
		o.sizes = append(o.sizes, n)
	}
	for _, w := range workloads {
		if *only == "" || slices.Contains(strings.Split(*only, ","), w.name) {
			o.workloads = append(o.workloads, w)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if *write != "" {
		err = writeGraph(generate.New(o.sizes[0], o.seed), *write)
	} else {
		err = run(ctx, o)
	}
	if err != nil {
		log.Print(err)
		stop()
		os.Exit(1)
	}
}

func writeGraph(g *generate.Graph, file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(g.Write(f), f.Close())
}

// bench is a run.
type bench struct {
	options
	dir     string // what is built and loaded; removed at the end
	neo4j   int    // process
	targets []*target
	loads   []loading
	started map[*target][]float64 // ms to the first right answer
	turns   map[turnKey][]*turn
	// of each question, how many answers said that they may not be whole, and how many of them had another number
	unsure, greater map[string]int
}

// loading is how long a store took to be filled.
type loading struct {
	name    string
	records int
	took    time.Duration
}

func run(ctx context.Context, o options) (err error) {
	b := &bench{options: o, started: map[*target][]float64{}, turns: map[turnKey][]*turn{}, unsure: map[string]int{}, greater: map[string]int{}}
	if b.dir, err = os.MkdirTemp("", "dramatis-bench."); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	defer func() {
		for _, t := range b.targets {
			t.stop()
		}
	}()
	// A Go program's thread that started a process is what Pdeathsig looks at, so it must not end.
	runtime.LockOSThread()
	for _, step := range []func(context.Context) error{b.build, b.load, b.coldStarts, b.startAll, b.agree, b.warmUp, b.measure} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	b.report(os.Stdout)
	return nil
}

// has tells whether a target is to be measured.
func (b *bench) has(name string) bool { return slices.Contains(b.options.targets, name) }

func (b *bench) onNeo4j() bool { return b.has("neo4j") || b.has("peer") || b.has("limit") }

// build makes the programs.
func (b *bench) build(ctx context.Context) error {
	for name, source := range map[string]string{"dramatis": "..", "limit": "limit"} {
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(b.dir, name), ".")
		cmd.Dir, cmd.Env, cmd.Stderr = source, append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("go build %s: %w", name, err)
		}
	}
	return nil
}

// load makes the graphs, fills the stores and says which targets there are.
func (b *bench) load(ctx context.Context) (err error) {
	url, user, password := os.Getenv("DRAMATIS_TEST_NEO4J"), os.Getenv("DRAMATIS_NEO4J_USER"), os.Getenv("DRAMATIS_NEO4J_PASSWORD")
	if b.onNeo4j() {
		if b.neo4j, err = neo4jPID(); err != nil {
			return err
		}
	}
	storeOptions := store.Options{Neo4jUser: user, Neo4jPassword: password, Neo4jWait: time.Minute, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	// A Neo4j that has just been started may take longer than the usual timeout to plan its first queries.
	serve := func(name string, g *generate.Graph, store string, onNeo4j bool) *target {
		return &target{name: name, kind: dramatis, graph: g, neo4j: onNeo4j, args: []string{
			filepath.Join(b.dir, "dramatis"), "serve", "--store", store, "--listen", "127.0.0.1:0", "--rate", "0", "--timeout", "1m", "--empty", "--log-level", "error",
		}}
	}
	for i, n := range b.sizes {
		g, file := generate.New(n, b.seed), filepath.Join(b.dir, "graph.jsonl")
		log.Printf("making a graph of %d entities, %d records", n, g.Records())
		if err := writeGraph(g, file); err != nil {
			return err
		}
		fill := func(name string, into func(graph *os.File) error) error {
			f, err := os.Open(file)
			if err != nil {
				return err
			}
			defer f.Close()
			begin := time.Now()
			if err := into(f); err != nil {
				return fmt.Errorf("loading %s: %w", name, err)
			}
			l := loading{name, g.Records(), time.Since(begin)}
			b.loads = append(b.loads, l)
			log.Printf("loaded %s in %.1f s", name, l.took.Seconds())
			return nil
		}
		if b.has("sqlite") {
			name := "Dramatis, SQLite"
			if len(b.sizes) > 1 {
				name += fmt.Sprintf(", %d", n)
			}
			url := "sqlite:" + filepath.Join(b.dir, fmt.Sprintf("%d.db", n))
			if err := fill(name, func(f *os.File) error { return load.Dramatis(ctx, url, storeOptions, f) }); err != nil {
				return err
			}
			b.targets = append(b.targets, serve(name, g, url, false))
		}
		if i > 0 {
			continue
		}
		if b.has("neo4j") {
			if err := fill("Dramatis, Neo4j", func(f *os.File) error { return load.Dramatis(ctx, url, storeOptions, f) }); err != nil {
				return err
			}
			b.targets = append(b.targets, serve("Dramatis, Neo4j", g, url, true))
		}
		if b.has("peer") || b.has("limit") {
			driver, err := neo4j.NewDriverWithContext(boltURL(url), neo4j.BasicAuth(user, password, ""))
			if err != nil {
				return err
			}
			if err := fill("Cypher alone (for peer and limit)", func(f *os.File) error { return load.Plain(ctx, driver, f) }); err != nil {
				return err
			}
			if err := driver.Close(ctx); err != nil {
				return err
			}
		}
		env := []string{"BENCH_NEO4J=" + boltURL(url)}
		if b.has("peer") {
			b.targets = append(b.targets, &target{name: "peer", kind: peer, graph: g, neo4j: true, args: []string{"node", "server.mjs"}, env: append(env, "NODE_ENV=production"), dir: "peer"})
		}
		if b.has("limit") {
			b.targets = append(b.targets, &target{name: "limit", kind: limit, graph: g, neo4j: true, args: []string{filepath.Join(b.dir, "limit")}, env: env})
		}
	}
	for i, t := range b.targets {
		if t.log, err = os.Create(filepath.Join(b.dir, fmt.Sprintf("%d.log", i))); err != nil {
			return err
		}
	}
	return nil
}

// boltURL leaves out the routing table, which one server has no use for: that is the fastest for peer and limit.
func boltURL(url string) string { return strings.Replace(url, "neo4j://", "bolt://", 1) }

// coldStarts measures how long each target takes from being started to its first right answer.
func (b *bench) coldStarts(ctx context.Context) error {
	w := &workloads[0]
	for _, t := range b.targets {
		params := w.params(t.graph, b.random(t.graph, w, 0), 0)
		for range b.starts {
			begin := time.Now()
			if err := t.start(); err != nil {
				return err
			}
			answer, err := t.ask(ctx, w, t.body(w, params))
			if err != nil {
				return err
			}
			if got, err := plain(t.kind, answer); err != nil || len(got) != 1 || got[0].(map[string]any)["id"] != fmt.Sprint(params["id"]) {
				return fmt.Errorf("the first answer of %s is wrong: %s, %v", t.name, answer, err)
			}
			b.started[t] = append(b.started[t], float64(time.Since(begin))/1e6)
			t.stop()
		}
		t.peak = 0 // what counts is the peak under load
	}
	return nil
}

func (b *bench) startAll(context.Context) error {
	for _, t := range b.targets {
		if err := t.start(); err != nil {
			return err
		}
	}
	return nil
}

// random is the source of chance of one request: the same for all targets.
func (b *bench) random(g *generate.Graph, w *workload, n int) *rand.Rand {
	var h uint64
	for _, c := range []byte(w.name) {
		h = h*31 + uint64(c)
	}
	return rand.New(rand.NewPCG(g.Seed^h, uint64(n)))
}

// agree asks all targets that have the same graph the same questions, and fails if they do not answer the same.
func (b *bench) agree(ctx context.Context) error {
	var problems []error
	for i := range b.workloads {
		w := b.workloads[i]
		w.dramatis = cmp.Or(w.checked, w.dramatis)
		for n := range b.checks {
			for _, g := range b.graphs() {
				found, err := b.agreeOn(ctx, &w, n, g)
				if err != nil {
					return err
				}
				problems = append(problems, found...)
			}
		}
		log.Printf("%s: answers compared", w.name)
	}
	return errors.Join(problems[:min(len(problems), 10)]...)
}

// graphs are those of the targets, each once.
func (b *bench) graphs() []*generate.Graph {
	var list []*generate.Graph
	for _, t := range b.targets {
		if !slices.Contains(list, t.graph) {
			list = append(list, t.graph)
		}
	}
	return list
}

// agreeOn compares the answers to one question and tells what is wrong with them.
func (b *bench) agreeOn(ctx context.Context, w *workload, n int, g *generate.Graph) (problems []error, err error) {
	params := w.params(g, b.random(g, w, n), w.hubs)
	first, exact := "", any(nil)
	var atLeasts []int
	for _, t := range b.targets {
		if t.graph != g {
			continue
		}
		body, err := t.ask(ctx, w, t.body(w, params))
		if err != nil {
			return nil, err
		}
		answer, err := plain(t.kind, body)
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", t.name, w.name, err)
		}
		var must any = answer
		if w.equal != nil {
			must = w.equal(t.kind, params, answer)
		}
		if least, ok := must.(atLeast); ok {
			atLeasts = append(atLeasts, int(least))
			continue
		}
		// what finds nothing at all would agree with anything that finds nothing
		if list, ok := must.([]any); must == false || ok && len(list) == 0 {
			problems = append(problems, fmt.Errorf("%s, parameters %d: %s finds nothing: %.300s", w.name, n, t.name, body))
		}
		text, err := json.Marshal(must)
		if err != nil {
			return nil, err
		}
		switch {
		case first == "":
			first, exact = string(text), must
		case first != string(text):
			problems = append(problems, fmt.Errorf("%s, parameters %d: %s does not agree with those before:\n%s", w.name, n, t.name, difference(string(text), first)))
		}
	}
	for _, least := range atLeasts {
		b.unsure[w.name]++
		switch exact, ok := exact.(int); {
		case ok && least < exact:
			problems = append(problems, fmt.Errorf("%s, parameters %d: %d is less than %d", w.name, n, least, exact))
		case ok && least > exact:
			b.greater[w.name]++
		}
	}
	return problems, nil
}

// difference shows where two texts begin to differ.
func difference(a, b string) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	from := max(0, at-100)
	return fmt.Sprintf("at byte %d\n%.250q\n%.250q", at, a[from:], b[from:])
}
