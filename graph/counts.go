package graph

import (
	"context"

	"dramatis/graph/model"
	"dramatis/kg"
)

func (r *Resolver) relationshipTotals(ctx context.Context, f *kg.RelationshipFilter) (*model.RelationshipCounts, error) {
	asOf := asOfHere(ctx)
	totals, err := kg.CountRelationships(ctx, r.Store, f, asOf)
	return &model.RelationshipCounts{RelationshipTotals: totals, Filter: f, AsOf: asOf}, err
}

func (r *Resolver) mostConnected(ctx context.Context, c *kg.EntityCounts, first int) ([]*kg.Connected, error) {
	list, err := c.MostConnected(ctx, r.Store, first)
	return pointers(list), err
}
