package graph_test

import (
	"strconv"
	"strings"
	"testing"

	"dramatis/graph/generated"
)

// TestDescriptions: every type, field, argument and input field of the schema says what it is.
func TestDescriptions(t *testing.T) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	missing := func(text string, path ...string) {
		if text == "" {
			t.Error(strings.Join(path, ".") + " is not described")
		}
	}
	for name, def := range schema.Types {
		if def.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		if name != "Query" && name != "Mutation" {
			missing(def.Description, name)
		}
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			missing(f.Description, name, f.Name)
			for _, a := range f.Arguments {
				missing(a.Description, name, f.Name, a.Name)
			}
		}
	}
}

// TestWeights: every @cost is a number.
func TestWeights(t *testing.T) {
	weights := 0
	for name, def := range generated.NewExecutableSchema(generated.Config{}).Schema().Types {
		for _, f := range def.Fields {
			d := f.Directives.ForName("cost")
			if d == nil {
				continue
			}
			weights++
			if n, err := strconv.Atoi(d.Arguments.ForName("weight").Value.Raw); err != nil || n < 1 {
				t.Errorf("%s.%s: %v", name, f.Name, err)
			}
		}
	}
	if weights < 10 {
		t.Errorf("%d fields have a weight", weights)
	}
}
