package graph

import (
	"context"
	"reflect"
	"strings"
	"unicode"

	"dramatis/graph/generated"
	"dramatis/kg"
	"dramatis/loaders"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// census tells the loaders how many fields of an operation are about to run, so that they know when a level is
// complete. A field that gives objects is followed by those of their selected fields that gqlgen runs on their own:
// resolvers, and methods that take a context. All others are values at hand.
type census struct {
	// concurrent are the fields that run on their own.
	concurrent map[place]bool
	// satisfies are the names under which a fragment can mean a type: its own and those of its interfaces.
	satisfies map[string][]string
}

// place is a field of an object type, both by name.
type place struct{ object, field string }

func newCensus(schema *ast.Schema) *census {
	c := &census{concurrent: map[place]bool{}, satisfies: map[string][]string{}}
	root := reflect.TypeFor[generated.ResolverRoot]()
	for i := range root.NumMethod() {
		object := root.Method(i)
		fields := object.Type.Out(0)
		for j := range fields.NumMethod() {
			c.concurrent[place{object.Name, lowerFirst(fields.Method(j).Name)}] = true
		}
	}
	for name, def := range schema.Types {
		if def.Kind != ast.Object {
			continue
		}
		c.satisfies[name] = append([]string{name}, def.Interfaces...)
		for _, field := range def.Fields {
			switch {
			case strings.HasSuffix(name, "Connection") && (field.Name == "edges" || field.Name == "nodes"),
				strings.HasSuffix(name, "Edge") && field.Name == "node":
				c.concurrent[place{name, field.Name}] = true
			}
		}
	}
	return c
}

func lowerFirst(s string) string {
	r := []rune(s)
	r[0] = unicode.ToLower(r[0])
	return string(r)
}

// operation begins an operation: the fields of a query run beside each other, those of a mutation one by one.
func (c *census) operation(ctx context.Context, l *loaders.Loaders) {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation == ast.Query {
		l.Expect(c.selected(op, op.Operation.SelectionSet, "Query"))
	}
}

// field accompanies one field that runs on its own, to its end.
func (c *census) field(ctx context.Context, fc *graphql.FieldContext, next graphql.Resolver) (any, error) {
	l := loaders.From(ctx)
	if fc.Object == "Mutation" {
		l.Expect(1)
	}
	defer l.Done()
	result, err := next(ctx)
	if err == nil && result != nil && len(fc.Field.Selections) > 0 {
		l.Expect(c.below(graphql.GetOperationContext(ctx), fc, reflect.ValueOf(result), map[string]int{}))
	}
	return result, err
}

// below counts the fields that run for the objects that a field gave; each is what is known of a type by now.
func (c *census) below(op *graphql.OperationContext, fc *graphql.FieldContext, result reflect.Value, each map[string]int) int {
	switch result.Kind() {
	case reflect.Slice:
		n := 0
		for i := range result.Len() {
			n += c.below(op, fc, result.Index(i), each)
		}
		return n
	case reflect.Interface, reflect.Pointer:
		if result.IsNil() {
			return 0
		}
	}
	name := fc.Field.Definition.Type.Name()
	if r, ok := result.Interface().(kg.Record); ok {
		name = kg.KindOf(r)
	}
	n, known := each[name]
	if !known {
		n = c.selected(op, fc.Field.Selections, name)
		each[name] = n
	}
	return n
}

// selected counts the fields of an object that run on their own.
func (c *census) selected(op *graphql.OperationContext, set ast.SelectionSet, object string) int {
	n := 0
	for _, f := range graphql.CollectFields(op, set, c.satisfies[object]) {
		if c.concurrent[place{object, f.Name}] {
			n++
		}
	}
	return n
}
