package formats

import (
	"fmt"
	"strings"

	"dramatis/kg"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxNested is how deep a mapping may be nested, and how many elements of lists may begin in one line.
const maxNested = 32

// parseYAML reads YAML. The parser panics on some of what is none, and is slow where there is much nesting, of which a mapping has
// little.
func parseYAML(text []byte) (file *ast.File, err error) {
	defer func() {
		if recover() != nil {
			err = kg.Errorf(kg.BadUserInput, "is no YAML")
		}
	}()
	tokens := lexer.Tokenize(string(text))
	depth, line, dashes := 0, 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType, token.TagType, token.AnchorType:
			if t.Position.Line != line {
				line, dashes = t.Position.Line, 0
			}
			dashes++
		}
		if depth > maxNested || dashes > maxNested {
			return nil, kg.Errorf(kg.BadUserInput, "line %d is nested too deeply", t.Position.Line)
		}
	}
	return parser.Parse(tokens, 0)
}

func (p *planner) fail(at ast.Node, reason string, args ...any) {
	where := p.name
	if t := at.GetToken(); t != nil && t.Position != nil {
		where = fmt.Sprintf("%s:%d:%d", p.name, t.Position.Line, t.Position.Column)
	}
	p.wrong = append(p.wrong, where+": "+fmt.Sprintf(reason, args...))
}

// entry is a key of a map and what stands there.
type entry struct {
	at    ast.Node
	key   string
	value ast.Node
}

// entries gives what is in a map; nil, with an error noted, if the node is none.
func (p *planner) entries(n ast.Node, what string) []entry {
	m, ok := n.(ast.MapNode)
	if !ok {
		p.fail(n, "%s is a map: NAME: VALUE", what)
		return nil
	}
	var list []entry
	for i := m.MapRange(); i.Next(); {
		key, ok := p.text(i.Key())
		if !ok {
			continue
		}
		list = append(list, entry{i.Key(), key, i.Value()})
	}
	return list
}

// text gives a scalar as it is written, and is not empty; false, with an error noted, if the node is none.
func (p *planner) text(n ast.Node) (string, bool) {
	s, ok := p.scalar(n)
	if ok && s == "" {
		p.fail(n, "a text belongs here, and there is none")
		return "", false
	}
	return s, ok
}

// scalar gives a scalar as it is written; false, with an error noted, if the node is none.
func (p *planner) scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	p.fail(n, "a text belongs here")
	return "", false
}

// textsOf gives the texts of a list, or the one that stands for a list of one.
func (p *planner) textsOf(n ast.Node) []string {
	var list []string
	for _, element := range nodesOf(n) {
		if s, ok := p.text(element); ok {
			list = append(list, s)
		}
	}
	return list
}

// nodesOf gives the elements of a list; what is none is a list of one.
func nodesOf(n ast.Node) []ast.Node {
	if list, ok := n.(*ast.SequenceNode); ok {
		return list.Values
	}
	return []ast.Node{n}
}

// unknown notes that a word is none of those that may stand there.
func (p *planner) unknown(at ast.Node, what, word string, known []string) {
	p.fail(at, "there is no %s %q, but %s", what, clipped(word), strings.Join(known, ", "))
}

// namesOf lists names for a message, the first 50 of them.
func namesOf(list []string) string {
	const some = 50
	names := make([]string, min(some, len(list)))
	for i := range names {
		names[i] = oneLine(clipped(list[i]))
	}
	text := strings.Join(names, ", ")
	if more := len(list) - some; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
