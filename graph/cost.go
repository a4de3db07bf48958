package graph

import (
	"context"
	"math"
	"strconv"
	"time"

	"dramatis/kg"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// costs tells what an operation can cost at most: one for every object that its answer can have, a list having as many
// as it is asked for, and for a field with @cost the weight of that besides.
type costs struct{ most int }

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = costs{}

func (costs) ExtensionName() string                   { return costExtension }
func (costs) Validate(graphql.ExecutableSchema) error { return nil }

// costExtension is under what the cost of an operation is noted.
const costExtension = "Cost"

// MutateOperationContext refuses an operation that is too dear, and notes what another one costs.
func (c costs) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	w := &costWalk{variables: op.Variables, fragments: map[fragmentAt]int{}}
	cost := w.set(op.Operation.SelectionSet, 1)
	op.Stats.SetExtension(costExtension, cost)
	if cost <= c.most {
		return charge(ctx, cost)
	}
	err := gqlerror.Errorf("the operation can cost %d; %d are allowed: ask for fewer elements of its lists, or in several operations", cost, c.most)
	errcode.Set(err, tooComplex)
	err.Extensions["cost"] = map[string]int{"requested": cost, "max": c.most}
	return err
}

// charge takes the cost from what the client may use.
func charge(ctx context.Context, cost int) *gqlerror.Error {
	take := kg.ActorOf(ctx).Charge
	if take == nil {
		return nil
	}
	wait := take(cost)
	if wait <= 0 {
		return nil
	}
	err := gqlerror.Errorf("too much was asked for in a short time: this operation, of cost %d, can be asked again in %s", cost, wait.Round(time.Millisecond))
	errcode.Set(err, string(kg.RateLimited))
	err.Extensions["retryAfterMs"] = wait.Milliseconds()
	return err
}

// shortList is how many elements are reckoned with in a list that is not asked for by number: names, evidence, speakers.
// There can be 100, but there seldom are.
const shortList = 4

// maxCost is where sums and products stop.
const maxCost = math.MaxInt32

type costWalk struct {
	variables map[string]any
	fragments map[fragmentAt]int
}

// fragmentAt is a fragment that is spread where lists have so many elements.
type fragmentAt struct {
	name string
	size int
}

// set adds up fields; size is how many elements the lists of a connection have among them.
func (w *costWalk) set(set ast.SelectionSet, size int) int {
	sum := 0
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			sum += w.field(s, size)
		case *ast.InlineFragment:
			sum += w.set(s.SelectionSet, size)
		case *ast.FragmentSpread:
			at := fragmentAt{s.Name, size}
			cost, known := w.fragments[at]
			if !known {
				cost = w.set(s.Definition.SelectionSet, size)
				w.fragments[at] = cost
			}
			sum += cost
		}
		sum = min(sum, maxCost)
	}
	return sum
}

func (w *costWalk) field(f *ast.Field, size int) int {
	if f.Definition == nil || len(f.Name) > 1 && f.Name[:2] == "__" {
		return 0 // of the schema itself, whose depth is limited
	}
	weight := 0
	if d := f.Definition.Directives.ForName("cost"); d != nil {
		weight, _ = strconv.Atoi(d.Arguments.ForName("weight").Value.Raw) // a test reads them all
	}
	if len(f.SelectionSet) == 0 {
		return weight
	}
	asked, sized := w.asked(f)
	switch {
	case f.Definition.Type.Elem == nil && sized: // a connection: the size is that of its lists
		return min(weight+1+w.set(f.SelectionSet, asked), maxCost)
	case f.Definition.Type.Elem == nil: // one object
		return min(weight+1+w.set(f.SelectionSet, shortList), maxCost)
	case sized:
		size = asked
	case f.Name != "edges" && f.Name != "nodes" && f.Name != "paths" && f.Name != "ties":
		size = shortList
	}
	one := 1 + w.set(f.SelectionSet, shortList)
	if size > 0 && one > maxCost/size {
		return maxCost
	}
	return min(weight+size*one, maxCost)
}

// asked tells how many elements are asked for, if a field takes a number of them.
func (w *costWalk) asked(f *ast.Field) (n int, sized bool) {
	args := f.ArgumentMap(w.variables)
	if ids, ok := args["ids"].([]any); ok && f.Definition.Type.Elem != nil {
		return len(ids), true
	}
	for _, name := range []string{"first", "last", "limit"} {
		if f.Definition.Arguments.ForName(name) == nil {
			continue
		}
		sized = true
		if given, err := strconv.Atoi(number(args[name])); err == nil {
			n = max(n, given)
		}
	}
	if sized && n <= 0 {
		n = 20 // what a connection gives if it is not asked
	}
	return min(n, 1000), sized // more is refused by the field
}

func number(v any) string {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case int:
		return strconv.Itoa(v)
	case interface{ String() string }: // json.Number
		return v.String()
	}
	return ""
}
