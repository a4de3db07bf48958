package graph

import (
	"context"
	"net/http"
	"sync"
	"time"

	"dramatis/graph/generated"
	"dramatis/loaders"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
)

// WriteTimeout is how long a mutation may take.
const WriteTimeout = 60 * time.Second

// Options of the handler.
type Options struct {
	// Timeout is how long a query may take; the database stops working on it then. 0 is 5 s. A mutation may take
	// WriteTimeout.
	Timeout time.Duration
	// Patience is that of the loaders; 0 is loaders.Patience.
	Patience time.Duration
	// Limits of one operation; those of DefaultLimits if nil.
	Limits *Limits
	// InFlight is how many operations are executed beside each other, and Queue how many wait for that; 0 is 64 and 128.
	InFlight, Queue int
	// Report is told of every request; nil tells nobody.
	Report func(context.Context, Report)
	// Documents that are known by their hashes; none at first if nil.
	Documents *Documents
}

// parsedBytes is how many bytes of documents are kept parsed and validated; they take 27 times as much then (measured).
const parsedBytes = 512 << 10

// Handler answers GraphQL over HTTP.
type Handler struct {
	http.Handler
	gate *gate
}

// Load tells how many operations are executed, and how many wait for that.
func (h *Handler) Load() (executed, waiting int) { return h.gate.load() }

// NewHandler makes what answers GraphQL over HTTP.
func NewHandler(r *Resolver, o Options) *Handler {
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Second
	}
	if o.Patience == 0 {
		o.Patience = loaders.Patience
	}
	if o.InFlight == 0 {
		o.InFlight, o.Queue = 64, 128
	}
	if o.Report == nil {
		o.Report = func(context.Context, Report) {}
	}
	if o.Limits == nil {
		o.Limits = &DefaultLimits
	}
	if o.Documents == nil {
		o.Documents, _ = NewDocuments(false) // only a manifest can fail
	}
	withoutDefer()
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: r})
	census := newCensus(schema.Schema())
	s := handler.New(schema)
	gate := newGate(o.InFlight, o.Queue)
	s.AddTransport(transport{Options: o, gate: gate})
	parsed := newCache(parsedBytes, func(text string, _ *ast.QueryDocument) int { return len(text) })
	s.SetQueryCache(parsed)
	s.SetParserTokenLimit(o.Limits.Tokens)
	s.SetErrorPresenter(r.presenter)
	s.SetRecoverFunc(r.recovered)
	s.Use(extension.Introspection{})
	s.Use(preflight{*o.Limits, parsed})
	s.Use(costs{o.Limits.Cost})
	s.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		l := loaders.New(ctx, r.Store, o.Patience)
		census.operation(ctx, l)
		return next(loaders.With(ctx, l))
	})
	s.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
		fc := graphql.GetFieldContext(ctx)
		if !census.concurrent[place{fc.Object, fc.Field.Name}] {
			return next(ctx) // a value at hand, as most are, has no arguments
		}
		return census.field(ctx, fc, func(ctx context.Context) (any, error) {
			if err := checkAsOf(fc); err != nil {
				return nil, err
			}
			return next(ctx)
		})
	})
	return &Handler{s, gate}
}

// withoutDefer takes @defer out of the schema: gqlgen puts it in, but the transport gives one answer.
var withoutDefer = sync.OnceFunc(func() {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	delete(schema.Directives, "defer")
})
