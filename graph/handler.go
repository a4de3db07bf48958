package graph

import (
	"context"
	"net/http"
	"sync"
	"time"

	"dramatis/graph/generated"
	"dramatis/loaders"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Limits of one operation.
const (
	// MaxDepth is how deep fields may be nested, the leaf included; MaxIntrospectionDepth below __schema and __type.
	MaxDepth              = 12
	MaxIntrospectionDepth = 16
	// MaxTokens is how many tokens a document may have.
	MaxTokens = 2_000
	// MaxBody is how large a request may be, in bytes.
	MaxBody = 1 << 20
	// queryCache is how many parsed and validated documents are kept.
	queryCache = 500
)

// WriteTimeout is how long a mutation may take.
const WriteTimeout = 60 * time.Second

// tooComplex is the code of an operation that is refused for what it would cost.
const tooComplex = "QUERY_TOO_COMPLEX"

// Options of the handler.
type Options struct {
	// Timeout is how long a query may take; the database stops working on it then. 0 is 5 s. A mutation may take
	// WriteTimeout.
	Timeout time.Duration
	// Patience is that of the loaders; 0 is loaders.Patience.
	Patience time.Duration
}

// NewHandler answers GraphQL over HTTP.
func NewHandler(r *Resolver, o Options) http.Handler {
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Second
	}
	if o.Patience == 0 {
		o.Patience = loaders.Patience
	}
	errcode.RegisterErrorType(tooComplex, errcode.KindProtocol)
	withoutDefer()
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: r})
	census := newCensus(schema.Schema())
	s := handler.New(schema)
	s.AddTransport(transport{timeout: o.Timeout})
	s.SetQueryCache(lru.New[*ast.QueryDocument](queryCache))
	s.SetParserTokenLimit(MaxTokens)
	s.SetErrorPresenter(r.presenter)
	s.SetRecoverFunc(r.recovered)
	s.Use(extension.Introspection{})
	s.Use(depthLimit{})
	s.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		l := loaders.New(ctx, r.Store, o.Patience)
		census.operation(ctx, l)
		return next(loaders.With(ctx, l))
	})
	s.AroundFields(census.field) // the outermost: it must see every field end
	s.AroundFields(checkAsOf)
	return s
}

// withoutDefer takes @defer out of the schema: gqlgen puts it in, but the transport gives one answer.
var withoutDefer = sync.OnceFunc(func() {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	delete(schema.Directives, "defer")
})

// depthLimit refuses operations that are nested too deeply.
type depthLimit struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = depthLimit{}

func (depthLimit) ExtensionName() string                   { return "DepthLimit" }
func (depthLimit) Validate(graphql.ExecutableSchema) error { return nil }

func (depthLimit) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	w := depthWalk{map[string]int{}}
	for _, s := range op.Operation.SelectionSet {
		most := MaxDepth
		if f, ok := s.(*ast.Field); ok && (f.Name == "__schema" || f.Name == "__type") {
			most = MaxIntrospectionDepth
		}
		if d := w.selection(s); d > most {
			err := gqlerror.Errorf("the operation is nested %d fields deep; %d are allowed: ask in several operations", d, most)
			errcode.Set(err, tooComplex)
			return err
		}
	}
	return nil
}

// depthWalk measures each fragment once, however often it is spread. Validation has made sure that none spreads
// itself.
type depthWalk struct{ fragments map[string]int }

func (w depthWalk) set(set ast.SelectionSet) int {
	deepest := 0
	for _, s := range set {
		deepest = max(deepest, w.selection(s))
	}
	return deepest
}

func (w depthWalk) selection(s ast.Selection) int {
	switch s := s.(type) {
	case *ast.Field:
		return 1 + w.set(s.SelectionSet)
	case *ast.InlineFragment:
		return w.set(s.SelectionSet)
	case *ast.FragmentSpread:
		d, known := w.fragments[s.Name]
		if !known {
			d = w.set(s.Definition.SelectionSet)
			w.fragments[s.Name] = d
		}
		return d
	}
	return 0
}
