package graph

import (
	"context"
	"slices"
	"strings"

	"dramatis/kg"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// followed are the fields of what stands in a connection that give what it refers to, and by what.
var followed = map[place][]kg.Facet{
	{"Relationship", "from"}:     {kg.RelationshipFrom},
	{"Relationship", "to"}:       {kg.RelationshipTo},
	{"Relationship", "other"}:    {kg.RelationshipFrom, kg.RelationshipTo}, // of its edge
	{"Relationship", "source"}:   {kg.EvidenceSource},                      // of its evidence
	{"Statement", "source"}:      {kg.EvidenceSource},
	{"Statement", "speakers"}:    {kg.StatementSpeaker},
	{"Statement", "onBehalfOf"}:  {kg.StatementOnBehalfOf},
	{"Statement", "about"}:       {kg.StatementAbout},
	{"Statement", "audience"}:    {kg.StatementAudience},
	{"Statement", "atEvent"}:     {kg.StatementAtEvent},
	{"Statement", "replyTo"}:     {kg.StatementReplyTo},
	{"Statement", "contradicts"}: {kg.StatementContradicts},
	{"Statement", "supports"}:    {kg.StatementSupports},
	{"Statement", "repeats"}:     {kg.StatementRepeats},
	{"Mention", "source"}:        {kg.MentionSource},
	{"Mention", "entity"}:        {kg.MentionEntity},
}

// follows tells by which references the present field, a connection, is followed: what is read of the level below. It
// looks at fields of all types that fragments name, for it need not be exact.
func follows(ctx context.Context) []kg.Facet {
	op := graphql.GetOperationContext(ctx)
	field := graphql.GetFieldContext(ctx).Field
	object := strings.TrimSuffix(field.Definition.Type.Name(), "Connection")
	var facets []kg.Facet
	var look func(set ast.SelectionSet)
	look = func(set ast.SelectionSet) {
		for _, f := range graphql.CollectFields(op, set, nil) {
			switch f.Name {
			case "edges", "nodes", "node", "evidence":
				look(f.Selections)
			default:
				facets = append(facets, followed[place{object, f.Name}]...)
			}
		}
	}
	look(field.Selections)
	slices.Sort(facets)
	return slices.Compact(facets)
}
