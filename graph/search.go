package graph

import (
	"context"

	"dramatis/graph/model"
	"dramatis/kg"
)

// search is a page of hits; they are counted if that is asked for.
func (r *Resolver) search(ctx context.Context, q kg.SearchQuery, args kg.PageArgs) (*model.SearchConnection, error) {
	page, err := kg.Search(ctx, r.Store, q, args, selected(ctx, "totalCount", "facets"))
	if err != nil {
		return nil, err
	}
	return model.NewSearchConnection(page), nil
}

func (r *Resolver) suggest(ctx context.Context, prefix string, types []kg.EntityType, first int) ([]*kg.SearchHit, error) {
	hits, err := kg.Suggest(ctx, r.Store, prefix, types, first)
	return pointers(hits), err
}
