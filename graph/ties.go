package graph

import (
	"context"

	"dramatis/kg"
)

// ties says which links count, as of the date that holds here.
func ties(ctx context.Context, types []kg.RelationshipType, statements *bool) kg.TieFilter {
	return kg.TieFilter{Types: types, Statements: statements, AsOf: asOfHere(ctx)}
}

// tieLinks are the first of what joins two entities, read with all else of the level.
func tieLinks(ctx context.Context, t *kg.Tie, first int) ([]*kg.TieLink, error) {
	if first < 1 || first > kg.MaxPage {
		return nil, kg.Errorf(kg.BadUserInput, "first must be from 1 to %d, not %d", kg.MaxPage, first)
	}
	records, err := referAll[kg.Record](ctx, t.Links[:min(len(t.Links), first)])
	if err != nil {
		return nil, err
	}
	links := make([]*kg.TieLink, len(records))
	for i, r := range records {
		link := t.Link(r)
		links[i] = &link
	}
	return links, nil
}
