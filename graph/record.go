package graph

import (
	"context"

	"dramatis/graph/model"
	"dramatis/kg"
	"dramatis/loaders"
)

// refer gives the record that another refers to; nil for a reference that is empty. A store has what is referred to
// (kg.Batch), but between two reads of one operation it may have gone: that is nil too.
func refer[N kg.Record](ctx context.Context, id kg.ID) (n N, err error) {
	if id == "" {
		return n, nil
	}
	r, err := loaders.From(ctx).Record(ctx, id)
	if err != nil {
		return n, err
	}
	n, _ = r.(N)
	return n, nil
}

// referAll gives the records that another refers to, in the order in which it does.
func referAll[N kg.Record](ctx context.Context, ids []kg.ID) ([]N, error) {
	records, err := loaders.From(ctx).Records(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]N, 0, len(records))
	for _, r := range records {
		if n, ok := r.(N); ok {
			out = append(out, n)
		}
	}
	return out, nil
}

// other is the end of a relationship that is not the entity in whose list it stands.
func other(ctx context.Context, e *model.RelationshipEdge) (kg.Entity, error) {
	if e.Origin.Class() != kg.EntityClass {
		return nil, nil
	}
	return refer[kg.Entity](ctx, e.Node(ctx).Other(e.Origin))
}

func node(ctx context.Context, text kg.ID) (kg.Record, error) {
	id, err := kg.ParseID(string(text))
	if err != nil {
		return nil, err
	}
	return loaders.From(ctx).Record(ctx, id)
}

func nodes(ctx context.Context, ids []kg.ID) ([]kg.Record, error) {
	if len(ids) > kg.MaxPage {
		return nil, kg.Errorf(kg.BadUserInput, "ids has more than %d elements", kg.MaxPage)
	}
	for _, text := range ids {
		if _, err := kg.ParseID(string(text)); err != nil {
			return nil, err
		}
	}
	return loaders.From(ctx).Records(ctx, ids)
}

// entity finds an entity by its id or by an identifier.
func entity(ctx context.Context, id *kg.ID, identifier *kg.Identifier) (kg.Entity, error) {
	switch {
	case (id == nil) == (identifier == nil):
		return nil, kg.Errorf(kg.BadUserInput, "give id or identifier, one of the two")
	case id != nil:
		parsed, err := kg.ParseID(string(*id))
		if err != nil {
			return nil, err
		}
		if parsed.Class() != kg.EntityClass {
			return nil, kg.Errorf(kg.BadUserInput, "%s is not the id of an entity", parsed)
		}
		return refer[kg.Entity](ctx, parsed)
	}
	one := 1
	list, err := kg.Entities(&kg.EntityFilter{Identifier: identifier}, nil)
	if err != nil {
		return nil, err
	}
	page, err := list.Page(kg.PageArgs{First: &one})
	if err != nil {
		return nil, err
	}
	rows, err := loaders.From(ctx).List(ctx, page.Query, page.Drives[0])
	if err != nil || len(rows.Records) == 0 {
		return nil, err
	}
	return rows.Records[0].(kg.Entity), nil
}

func stats(ctx context.Context) (*model.Stats, error) {
	keys := []kg.Key{}
	add := func(f kg.Facet, value string) int {
		keys = append(keys, kg.Key{Facet: f, Value: value})
		return len(keys) - 1
	}
	classes := map[kg.Class]int{}
	for _, c := range kg.Classes {
		classes[c] = add(kg.All, string(c))
	}
	for _, t := range kg.EntityTypes {
		add(kg.EntityTypeFacet, string(t))
	}
	for _, rule := range kg.RelationshipRules {
		add(kg.RelationshipTypeFacet, string(rule.Type))
	}
	counts, err := loaders.From(ctx).Counts(ctx, keys)
	if err != nil {
		return nil, err
	}
	s := &model.Stats{
		Entities: counts[classes[kg.EntityClass]], Relationships: counts[classes[kg.RelationshipClass]],
		Statements: counts[classes[kg.StatementClass]], Sources: counts[classes[kg.SourceClass]],
		Mentions: counts[classes[kg.MentionClass]], Datasets: counts[classes[kg.DatasetClass]],
		RelationshipsByType: []*model.RelationshipTypeCount{},
	}
	counts = counts[len(kg.Classes):]
	for i, t := range kg.EntityTypes {
		s.EntitiesByType = append(s.EntitiesByType, &model.EntityTypeCount{Value: t, Count: counts[i]})
	}
	counts = counts[len(kg.EntityTypes):]
	for i, rule := range kg.RelationshipRules {
		if counts[i] > 0 {
			s.RelationshipsByType = append(s.RelationshipsByType, &model.RelationshipTypeCount{Value: rule.Type, Count: counts[i]})
		}
	}
	return s, nil
}

// pointers gives the elements of a list as gqlgen wants them.
func pointers[V any](list []V) []*V {
	out := make([]*V, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}
