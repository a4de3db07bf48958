package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Limits are what a request may have. Each refusal names the limit and what the request has.
type Limits struct {
	Body           int // bytes of a request
	Answer         int // bytes of an answer
	QueryBytes     int // bytes of the document
	VariableLevels int // how deep values in the variables may be nested
	VariableItems  int // elements of one list in the variables
	Tokens         int // of the document
	Depth          int // levels of fields, the leaf included
	Introspection  int // levels of fields below __schema and __type
	Aliases        int // in the document
	RootFields     int // of an operation
	Directives     int // in the document
	Fragments      int // in the document
	Selections     int // fields and fragments, each fragment written out where it is spread
	SameKey        int // fields of one name at one place
	Cost           int // see costs
}

// DefaultLimits hold against every hostile request that was tried, and leave room for all that the explorer asks.
var DefaultLimits = Limits{
	Body: 1 << 20, Answer: 10 << 20, QueryBytes: 64 << 10, VariableLevels: 12, VariableItems: 10_000, Tokens: 2_000, Depth: 12, Introspection: 16,
	Aliases: 30, RootFields: 20, Directives: 20, Fragments: 50, Selections: 2_000, SameKey: 20, Cost: 50_000,
}

// Set changes a limit by its name. It fails with the names there are.
func (l *Limits) Set(name string, n int) error {
	limits := map[string]*int{
		"body": &l.Body, "answer": &l.Answer, "query-bytes": &l.QueryBytes, "variable-levels": &l.VariableLevels, "variable-items": &l.VariableItems,
		"tokens": &l.Tokens, "depth": &l.Depth, "introspection": &l.Introspection, "aliases": &l.Aliases, "root-fields": &l.RootFields,
		"directives": &l.Directives, "fragments": &l.Fragments, "selections": &l.Selections, "same-key": &l.SameKey, "cost": &l.Cost,
	}
	limit := limits[name]
	if limit == nil {
		return fmt.Errorf("%q is no limit; there are %s", name, strings.Join(slices.Sorted(maps.Keys(limits)), ", "))
	}
	if n < 1 {
		return fmt.Errorf("the limit %s must be at least 1, not %d", name, n)
	}
	*limit = n
	return nil
}

// tooComplex is the code of an operation that is refused for what it would cost.
const tooComplex = "QUERY_TOO_COMPLEX"

func init() { errcode.RegisterErrorType(tooComplex, errcode.KindProtocol) }

// exceeds makes the refusal of an operation that has more of something than it may.
func exceeds(what string, has, most int) *gqlerror.Error {
	err := gqlerror.Errorf("the operation has %d %s; %d are allowed", has, what, most)
	errcode.Set(err, tooComplex)
	err.Extensions["limit"], err.Extensions["max"] = what, most
	return err
}

// preflight looks at an operation before gqlgen validates it, for validation itself can be made dear: by fragments that
// double, by a field that is asked for thousands of times, by directives that each get an error of their own.
type preflight struct {
	limits Limits
	cache  graphql.Cache[*ast.QueryDocument]
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
} = preflight{}

func (preflight) ExtensionName() string                   { return "Preflight" }
func (preflight) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses what is too large.
func (p preflight) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if n := len(params.Query); n > p.limits.QueryBytes {
		return exceeds("bytes of text", n, p.limits.QueryBytes)
	}
	for _, value := range params.Variables {
		if err := p.value(value, 1); err != nil {
			return err
		}
	}
	if _, known := p.cache.Get(ctx, params.Query); known {
		return nil // it went through all this and was valid
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, p.limits.Tokens)
	if err != nil {
		return nil // gqlgen says what is wrong with it
	}
	return p.document(doc)
}

// value refuses a value of the variables that is nested too deeply or has a list that is too long.
func (p preflight) value(v any, level int) *gqlerror.Error {
	if level > p.limits.VariableLevels {
		return exceeds("levels in a variable", level, p.limits.VariableLevels)
	}
	switch v := v.(type) {
	case []any:
		if len(v) > p.limits.VariableItems {
			return exceeds("elements in a list of a variable", len(v), p.limits.VariableItems)
		}
		for _, e := range v {
			if err := p.value(e, level+1); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, e := range v {
			if err := p.value(e, level+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// document refuses a document that has too much of something.
func (p preflight) document(doc *ast.QueryDocument) *gqlerror.Error {
	w := &shapes{fragments: map[string]*ast.FragmentDefinition{}, known: map[string]shape{}}
	for _, f := range doc.Fragments {
		w.fragments[f.Name] = f
	}
	if n := len(doc.Fragments); n > p.limits.Fragments {
		return exceeds("fragments", n, p.limits.Fragments)
	}
	var most shape
	for _, op := range doc.Operations {
		w.directives += len(op.Directives)
		of := w.set(op.SelectionSet)
		most = most.max(of)
		if of.fields > p.limits.RootFields {
			return exceeds("fields at its root", of.fields, p.limits.RootFields)
		}
	}
	for _, f := range doc.Fragments { // those that are not spread are validated too
		w.directives += len(f.Directives)
		of := w.fragment(f.Name)
		if strings.HasPrefix(f.TypeCondition, "__") {
			of.depth, of.introspection = 0, of.depth
		}
		most = most.max(of)
	}
	for _, c := range []struct {
		what      string
		has, most int
	}{
		{"levels of fields", most.depth, p.limits.Depth},
		{"levels of fields below __schema or __type", most.introspection, p.limits.Introspection},
		{"fields and fragments, all written out", most.selections, p.limits.Selections},
		{"aliases", w.aliases, p.limits.Aliases},
		{"directives", w.directives, p.limits.Directives},
		{"fields of one name at one place", w.most, p.limits.SameKey},
		{"fields __schema", w.schemas, 1},
		{"fields __type", w.types, 1},
	} {
		if c.has > c.most {
			return exceeds(c.what, c.has, c.most)
		}
	}
	return nil
}

// shape is how large a selection is with all fragments written out; the sums stop at maxShape.
type shape struct {
	fields        int // that it asks of its object
	selections    int
	depth         int
	introspection int // the depth where it begins with __schema or __type
}

const maxShape = 1 << 20

func (s shape) max(o shape) shape {
	return shape{max(s.fields, o.fields), max(s.selections, o.selections), max(s.depth, o.depth), max(s.introspection, o.introspection)}
}

func (s shape) plus(o shape) shape {
	return shape{min(s.fields+o.fields, maxShape), min(s.selections+o.selections, maxShape), max(s.depth, o.depth), max(s.introspection, o.introspection)}
}

// shapes measures each fragment once, however often it is spread.
type shapes struct {
	fragments map[string]*ast.FragmentDefinition
	known     map[string]shape
	// over the whole document as it is written
	aliases, directives, schemas, types, most int
}

func (w *shapes) fragment(name string) shape {
	if of, known := w.known[name]; known {
		return of
	}
	w.known[name] = shape{} // one that spreads itself is for validation to refuse
	if f := w.fragments[name]; f != nil {
		w.known[name] = w.set(f.SelectionSet)
	}
	return w.known[name]
}

func (w *shapes) set(set ast.SelectionSet) shape {
	var of shape
	keys := map[string]int{}
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			of = of.plus(w.field(s))
			keys[s.Alias]++
			w.most = max(w.most, keys[s.Alias])
		case *ast.InlineFragment:
			w.directives += len(s.Directives)
			inner := w.set(s.SelectionSet)
			inner.selections++
			of = of.plus(inner)
		case *ast.FragmentSpread:
			w.directives += len(s.Directives)
			inner := w.fragment(s.Name)
			inner.selections++
			of = of.plus(inner)
		}
	}
	return of
}

func (w *shapes) field(f *ast.Field) shape {
	w.directives += len(f.Directives)
	if f.Alias != f.Name {
		w.aliases++
	}
	below := w.set(f.SelectionSet)
	of := shape{fields: 1, selections: min(below.selections+1, maxShape), depth: below.depth + 1}
	switch f.Name {
	case "__schema":
		w.schemas++
		of.depth, of.introspection = 0, below.depth+1
	case "__type":
		w.types++
		of.depth, of.introspection = 0, below.depth+1
	}
	return of
}
