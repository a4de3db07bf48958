package graph

import (
	"context"

	"dramatis/graph/model"
	"dramatis/kg"
	"dramatis/loaders"

	"github.com/99designs/gqlgen/graphql"
)

// connect reads a page of a list, and its length if that is asked for. err is what making the list gave: the callers
// pass both on, so that their bodies are one line. origin is the entity whose list it is, if it is one's.
func connect[N kg.Record](ctx context.Context, list kg.List, err error, origin kg.ID, args kg.PageArgs) (*model.Connection[N], error) {
	if err != nil {
		return nil, err
	}
	page, err := list.Page(args)
	if err != nil {
		return nil, err
	}
	var want loaders.Want
	listed, measured := selected(ctx, "edges", "nodes", "pageInfo", "cut"), selected(ctx, "totalCount", "totalCountAtLeast")
	if listed {
		page.Query.Follow = follows(ctx)
		want.Lists = append(want.Lists, loaders.ListWant{Query: page.Query, Drives: page.Drives})
	}
	if measured {
		if want.Counts = list.Exact(); len(want.Counts) == 0 {
			q, drives := list.Counting()
			want.Lists = append(want.Lists, loaders.ListWant{Query: q, Drives: drives})
		}
	}
	got, err := loaders.From(ctx).Read(ctx, want)
	if err != nil {
		return nil, err
	}
	connection := &kg.Connection{}
	if listed {
		connection = page.Connection(got.Rows[0])
	}
	c := model.NewConnection[N](connection, origin)
	switch {
	case !measured:
	case len(got.Counts) > 0:
		n := list.Sum(got.Counts)
		c.TotalCount, c.TotalCountAtLeast = &n, n
	default:
		n, exact := kg.Counted(got.Rows[len(got.Rows)-1])
		c.TotalCountAtLeast = n
		if exact {
			c.TotalCount = &n
		}
	}
	return c, nil
}

// selected tells whether any of the fields is asked for of the object that the present field gives.
func selected(ctx context.Context, names ...string) bool {
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		for _, name := range names {
			if f.Name == name {
				return true
			}
		}
	}
	return false
}

// relationshipsOf is a page of an entity's relationships.
func relationshipsOf(ctx context.Context, id kg.ID, f *kg.RelationshipFilter, direction kg.Direction, order *kg.OrderDirection, args kg.PageArgs) (*model.RelationshipConnection, error) {
	list, err := kg.RelationshipsOf(id, f, direction, asOfHere(ctx), order)
	return connect[*kg.Relationship](ctx, list, err, id, args)
}

// view is a page of an entity's relationships of some types in one direction: a field with a name of its own.
func view(ctx context.Context, id kg.ID, direction kg.Direction, args kg.PageArgs, types ...kg.RelationshipType) (*model.RelationshipConnection, error) {
	return relationshipsOf(ctx, id, &kg.RelationshipFilter{Types: types}, direction, nil, args)
}

// statementsOf is a page of the statements of one record that a filter chooses: see kg.StatementsOf.
func statementsOf(ctx context.Context, id kg.ID, role kg.Facet, f *kg.StatementFilter, order *kg.OrderDirection, args kg.PageArgs) (*model.StatementConnection, error) {
	list, err := kg.StatementsOf(id, role, f, asOfHere(ctx), order)
	return connect[*kg.Statement](ctx, list, err, id, args)
}

// mentionsOf is a page of the mentions of an entity or in a source.
func mentionsOf(ctx context.Context, id kg.ID, kinds []kg.MentionKind, args kg.PageArgs) (*model.MentionConnection, error) {
	list, err := kg.MentionsOf(id, kinds)
	return connect[*kg.Mention](ctx, list, err, id, args)
}

func relationshipCounts(ctx context.Context, id kg.ID) ([]*kg.RelationshipCount, error) {
	counts, err := loaders.From(ctx).Counts(ctx, kg.CountKeys(id))
	if err != nil {
		return nil, err
	}
	return pointers(kg.RelationshipCounts(counts)), nil
}

// eventsOf gathers an entity's events from its relationships: the other end decides whether one is an event, and
// orders it.
func eventsOf(ctx context.Context, e kg.Entity, args kg.PageArgs) (*model.EventConnection, error) {
	id, a := e.GetID(), asOfHere(ctx)
	direction := kg.AnyDirection
	if e.Type() == kg.EventType {
		direction = kg.In // sub-events, not what it is part of
	}
	list, err := kg.RelationshipsOf(id, &kg.RelationshipFilter{Types: kg.EventTypes}, direction, kg.AsOf{}, nil)
	if err != nil {
		return nil, err
	}
	ends := func(r kg.Record) kg.ID { return r.(*kg.Relationship).Other(id) }
	keep := func(r kg.Record) bool {
		event, ok := r.(*kg.Event)
		return ok && a.KeepsMoment(event)
	}
	return gather[*kg.Event](ctx, list, ends, keep, kg.ByDate, "events of "+string(id)+a.String(), id, args)
}

// sourcesOf gathers the sources of an entity's mentions.
func sourcesOf(ctx context.Context, id kg.ID, args kg.PageArgs) (*model.SourceConnection, error) {
	list, err := kg.MentionsOf(id, nil)
	if err != nil {
		return nil, err
	}
	sources := func(r kg.Record) kg.ID { return r.(*kg.Mention).Source }
	all := func(kg.Record) bool { return true }
	return gather[*kg.Source](ctx, list, sources, all, kg.ByDefault, "sources of "+string(id), id, args)
}

// gather makes a page of what the records of a list lead to: it reads kg.ReadLimit of them at most, then what they
// lead to, and orders that.
func gather[N kg.Record](ctx context.Context, list kg.List, lead func(kg.Record) kg.ID, keep func(kg.Record) bool, order kg.Order, binding string, origin kg.ID, args kg.PageArgs) (*model.Connection[N], error) {
	q, d := list.Whole()
	rows, err := loaders.From(ctx).List(ctx, q, d)
	if err != nil {
		return nil, err
	}
	seen := map[kg.ID]bool{}
	var ids []kg.ID
	for _, r := range rows.Records {
		if id := lead(r); !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	records, err := loaders.From(ctx).Records(ctx, ids)
	if err != nil {
		return nil, err
	}
	kept := records[:0:0]
	for _, r := range records {
		if r != nil && keep(r) {
			kept = append(kept, r)
		}
	}
	cut := len(rows.Records) == kg.ReadLimit
	c, err := kg.Gather(kept, order, binding, args, cut)
	if err != nil {
		return nil, err
	}
	out := model.NewConnection[N](c, origin)
	out.TotalCountAtLeast = len(kept)
	if n := len(kept); !cut {
		out.TotalCount = &n
	}
	return out, nil
}

// relationshipsIn is a page of the relationships that a source is evidence for.
func relationshipsIn(ctx context.Context, id kg.ID, f *kg.RelationshipFilter, order *kg.OrderDirection, args kg.PageArgs) (*model.RelationshipConnection, error) {
	list, err := kg.RelationshipsIn(id, f, asOfHere(ctx), order)
	return connect[*kg.Relationship](ctx, list, err, id, args)
}
