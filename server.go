// Dramatis is a knowledge-graph service: people, organisations and events, what links them, what each of them said,
// and the sentence that says so, over GraphQL.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"dramatis/formats"
	"dramatis/graph"
	"dramatis/httpd"
	"dramatis/kg"
	"dramatis/seed"
	"dramatis/store"
	"dramatis/web"

	"github.com/alecthomas/kong"
	"github.com/google/uuid"
)

// version is set when a release is built.
var version = "dev"

// cli is the command line. Every flag can be set by an environment variable too, which --help names.
type cli struct {
	Store         string        `help:"Where the graph is kept: sqlite:FILE or neo4j://HOST." default:"sqlite:dramatis.db"`
	Neo4jUser     string        `name:"neo4j-user" env:"DRAMATIS_NEO4J_USER" help:"User of Neo4j." default:"neo4j"`
	Neo4jDatabase string        `name:"neo4j-database" env:"DRAMATIS_NEO4J_DATABASE" help:"Database of Neo4j, if not its default one." placeholder:"NAME"`
	Neo4jWait     time.Duration `name:"neo4j-wait" env:"DRAMATIS_NEO4J_WAIT" help:"How long to wait for Neo4j at start." default:"60s"`
	LogLevel      slog.Level    `help:"Least level to log: debug, info, warn or error." default:"info"`
	LogFormat     string        `help:"text or json." enum:"text,json" default:"text"`

	Serve   serveCmd   `cmd:"" default:"withargs" help:"Answer GraphQL over HTTP (the default). A new store gets the bundled graph."`
	Seed    seedCmd    `cmd:"" help:"Load the bundled graph into the store; records of it that were changed are put back."`
	Import  importCmd  `cmd:"" help:"Load files into the store: quickly into an empty one, otherwise over what has the same ids."`
	Export  exportCmd  `cmd:"" help:"Write the whole graph to a file of records, which import reads, also into another store."`
	Token   tokenCmd   `cmd:"" help:"Make a token: print it, and add its hash to a file."`
	Check   checkCmd   `cmd:"" help:"Read the whole store through and tell what is damaged."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

type serveCmd struct {
	Listen          string         `help:"Address to listen on." default:"127.0.0.1:8080"`
	Tokens          string         `help:"File of the tokens by which clients are known: see the command token. Without any, this machine may do everything." placeholder:"FILE"`
	Token           string         `help:"One more token, of scopes read, write and import." placeholder:"TOKEN"`
	PublicRead      bool           `help:"Let everybody read without a token."`
	Host            []string       `help:"A name by which this server is asked, beside localhost and addresses." placeholder:"NAME"`
	CORSOrigin      []string       `name:"cors-origin" env:"DRAMATIS_CORS_ORIGIN" help:"A site whose pages may ask from a browser." placeholder:"https://…"`
	Limit           map[string]int `help:"Change a limit of what a request may have; an unknown NAME lists them." placeholder:"NAME=N"`
	Rate            int            `help:"What one client may use in a second, in cost of operations, and ten times as much with a token; 0 is no limit." default:"20000"`
	Traces          string         `help:"Collector to send traces to (OpenTelemetry, OTLP over HTTP)." placeholder:"http://…/v1/traces"`
	Documents       string         `help:"File of trusted documents: a JSON object of documents by their SHA-256." placeholder:"FILE"`
	DocumentsOnly   bool           `help:"Answer trusted documents only, and what the explorer asks."`
	Timeout         time.Duration  `help:"How long one operation may take." default:"5s"`
	ShutdownTimeout time.Duration  `help:"How long to let running requests finish when stopped." default:"10s"`
	Empty           bool           `help:"Leave a new store empty."`
}

type tokenCmd struct {
	Name   string     `arg:"" help:"What the token is known as in the log."`
	Scopes []kg.Scope `help:"What it is for: read, write, import, admin." default:"read"`
	Tokens string     `help:"File to add it to." default:"tokens.txt"`
}

type (
	seedCmd    struct{}
	checkCmd   struct{}
	versionCmd struct{}
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr, nil); err != nil {
		fmt.Fprintln(os.Stderr, "dramatis:", err)
		os.Exit(1)
	}
}

// program is what the commands share.
type program struct {
	ctx   context.Context
	cli   *cli
	out   io.Writer
	log   *slog.Logger
	ready func(addr net.Addr) // called when the server listens
	// onQuery is called with each statement sent to the database; it may be nil.
	onQuery func(string)
}

// run is the whole program: a test starts it as main does.
func run(ctx context.Context, args []string, out, logTo io.Writer, ready func(net.Addr)) error {
	var c cli
	exited := false
	read, written := formats.Names()
	parser, err := kong.New(&c, kong.Name("dramatis"), kong.DefaultEnvars("DRAMATIS"), kong.Writers(out, logTo),
		kong.Exit(func(int) { exited = true }), kong.Vars{"formats": strings.Join(read, ", "), "written": strings.Join(written, ", ")},
		kong.Description("A knowledge graph of people, organisations and events, what links them, what each of them said, and the sentence that says so. Without a command it serves.\n\nThe password of Neo4j is taken from the environment only: DRAMATIS_NEO4J_PASSWORD."))
	if err != nil {
		return err
	}
	command, err := parser.Parse(args)
	if exited {
		return nil // --help has said all
	}
	if err != nil {
		return err
	}
	return command.Run(&program{ctx: ctx, cli: &c, out: out, log: newLog(&c, logTo), ready: ready})
}

func newLog(c *cli, to io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}

// open opens the store. With existing, one that is not there is not made; with unfinished, one is opened that an import
// left half done.
func (p *program) open(existing, unfinished bool) (kg.Store, bool, error) {
	return store.Open(p.ctx, p.cli.Store, store.Options{
		Existing: existing, Unfinished: unfinished, Log: p.log, OnQuery: p.onQuery,
		Neo4jUser: p.cli.Neo4jUser, Neo4jPassword: os.Getenv("DRAMATIS_NEO4J_PASSWORD"),
		Neo4jDatabase: p.cli.Neo4jDatabase, Neo4jWait: p.cli.Neo4jWait,
	})
}

// loadSeed writes the bundled graph.
func (p *program) loadSeed(s kg.Store) (*kg.Result, error) {
	batch, err := seed.Batch()
	if err != nil {
		return nil, err
	}
	return s.Apply(p.ctx, batch)
}

// Run answers until the program is told to stop, then lets running requests finish.
// collectLess lets garbage grow to three times what is alive, which is little, before it is collected: collecting it at
// once it took a fifth of a server's time. As more of 320 MiB are in use it is collected sooner.
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(320 << 20)
	}
}

func (cmd *serveCmd) Run(p *program) (err error) {
	collectLess()
	tokens, err := cmd.tokens()
	if err != nil {
		return err
	}
	documents, err := cmd.documents()
	if err != nil {
		return err
	}
	limits := graph.DefaultLimits
	for name, n := range cmd.Limit {
		if err := limits.Set(name, n); err != nil {
			return err
		}
	}
	// the address first: a port that is taken leaves the store as it is
	listener, err := (&net.ListenConfig{}).Listen(p.ctx, "tcp", cmd.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", cmd.Listen, errors.Unwrap(err))
	}
	defer listener.Close()
	metrics := httpd.NewMetrics()
	p.onQuery = func(string) { metrics.RoundTrip() }
	s, fresh, err := p.open(false, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	traces, err := newTraces(p.ctx, cmd.Traces)
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), cmd.ShutdownTimeout)
		defer cancel()
		err = errors.Join(err, traces.close(ctx))
	}()
	watched := store.Observe(s, func(ctx context.Context, c store.Call) {
		metrics.StoreCall(c.Name, string(kg.CodeOf(c.Err)), c.Took)
		traces.call(ctx, c)
	})
	s = watched
	fmt.Fprintf(p.out, "opened %s\n", s)
	if fresh && !cmd.Empty {
		r, err := p.loadSeed(s)
		if err != nil {
			return fmt.Errorf("the bundled graph cannot be loaded: %w", err)
		}
		fmt.Fprintf(p.out, "loaded the bundled graph: %d records\n", len(r.Created))
	}
	handler := graph.NewHandler(&graph.Resolver{Store: s, Now: time.Now, NewID: newID, Log: p.log}, graph.Options{
		Timeout: cmd.Timeout, Limits: &limits, Documents: documents, Report: func(ctx context.Context, r graph.Report) {
			p.report(metrics, r)
			traces.operation(ctx, r)
		},
	})
	metrics.Gauge("dramatis_operations_executed", "Operations that are executed now, of at most 64.", func() int { n, _ := handler.Load(); return n })
	metrics.Gauge("dramatis_operations_waiting", "Operations that wait to be executed, of at most 128.", func() int { _, n := handler.Load(); return n })
	metrics.Gauge("dramatis_store_calls", "Calls of the store that run now.", watched.Running)
	server, err := httpd.NewServer(httpd.Options{
		GraphQL: handler, Tokens: tokens, PublicRead: cmd.PublicRead, Hosts: cmd.Host, Origins: cmd.CORSOrigin, Rate: cmd.Rate,
		Ready: func(ctx context.Context) error { return p.ask(ctx, s) }, Metrics: metrics, Store: s, Log: p.log,
	})
	if err != nil {
		return err
	}
	server.Handler = traces.handler(server.Handler)
	server.ErrorLog = slog.NewLogLogger(p.log.Handler(), slog.LevelWarn)
	fmt.Fprintf(p.out, "listening on http://%s/ (GraphQL at /graphql)\n", listener.Addr())
	if p.ready != nil {
		p.ready(listener.Addr())
	}
	return serve(p.ctx, server, listener, cmd.ShutdownTimeout)
}

// tokens reads those that clients are known by. Without any, the server listens to this machine only.
func (cmd *serveCmd) tokens() (*httpd.Tokens, error) {
	tokens := &httpd.Tokens{}
	if cmd.Tokens != "" {
		f, err := os.Open(cmd.Tokens)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if tokens, err = httpd.ReadTokens(f); err != nil {
			return nil, fmt.Errorf("%s: %w", cmd.Tokens, err)
		}
	}
	if cmd.Token != "" {
		tokens.Add(cmd.Token, "token", kg.ReadScope, kg.WriteScope, kg.ImportScope)
	}
	if !tokens.Any() && !cmd.PublicRead && !httpd.IsLoopback(cmd.Listen) {
		return nil, fmt.Errorf("%s can be reached from other machines: give --tokens, or --public-read to let everybody read", cmd.Listen)
	}
	return tokens, nil
}

// documents are those of the explorer and those of the operator's manifest.
func (cmd *serveCmd) documents() (*graph.Documents, error) {
	manifests := [][]byte{web.Documents}
	if cmd.Documents != "" {
		manifest, err := os.ReadFile(cmd.Documents)
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, manifest)
	}
	return graph.NewDocuments(cmd.DocumentsOnly, manifests...)
}

// report counts a request, and writes a line about one that was refused or failed.
func (p *program) report(m *httpd.Metrics, r graph.Report) {
	m.Operation(r.Kind, r.Operation, r.Cost, r.Codes, r.Took)
	if len(r.Codes) == 0 {
		return
	}
	p.log.LogAttrs(p.ctx, slog.LevelWarn, "request failed", slog.String("request", r.Actor.RequestID), slog.String("actor", r.Actor.Name),
		slog.Any("codes", r.Codes), slog.Int("status", r.Status), slog.String("operation", r.Operation), slog.String("document", r.Document),
		slog.Int("cost", r.Cost), slog.Duration("took", r.Took))
}

// ask asks the store for something, to see whether it answers.
func (p *program) ask(ctx context.Context, s kg.Store) error {
	_, err := s.Count(ctx, []kg.Key{{Facet: kg.All, Value: string(kg.DatasetClass)}})
	if err != nil {
		p.log.LogAttrs(ctx, slog.LevelWarn, "not ready", slog.Any("error", err))
	}
	return err
}

// serve answers until ctx ends, then stops listening and waits for what is running, up to a limit.
func serve(ctx context.Context, server *http.Server, listener net.Listener, limit time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("requests were still running after %s and were cut off", limit), server.Close())
	}
	return nil
}

// newID makes the id of a hand-made record.
func newID(class kg.Class) kg.ID { return kg.NewID(class, uuid.Must(uuid.NewV7())) }

// Run loads the bundled graph.
func (*seedCmd) Run(p *program) (err error) {
	s, _, err := p.open(false, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r, err := p.loadSeed(s)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s: %d created, %d changed, %d unchanged\n", s, len(r.Created), len(r.Changed), len(r.Unchanged))
	return nil
}

// Run makes a token.
func (cmd *tokenCmd) Run(p *program) error {
	if len(strings.Fields(cmd.Name)) != 1 {
		return errors.New("the name of a token is one word")
	}
	for _, s := range cmd.Scopes {
		if !slices.Contains(kg.Scopes, s) {
			return fmt.Errorf("%q is no scope; there are %v", s, kg.Scopes)
		}
	}
	secret, line := httpd.NewToken(cmd.Name, cmd.Scopes)
	f, err := os.OpenFile(cmd.Tokens, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(f, line); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s\nAdded to %s; this is the only time that the token is shown.\n", secret, cmd.Tokens)
	return err
}

// Run reads the store through.
func (*checkCmd) Run(p *program) (err error) {
	s, _, err := p.open(true, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	problems, err := s.Check(p.ctx)
	if err != nil {
		return err
	}
	for _, line := range problems {
		fmt.Fprintln(p.out, line)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s is damaged: %d problems", s, len(problems))
	}
	fmt.Fprintf(p.out, "%s is sound\n", s)
	return nil
}

// Run prints the version.
func (*versionCmd) Run(p *program) error {
	_, err := fmt.Fprintln(p.out, "dramatis", version)
	return err
}
