package graph

import (
	"context"

	"dramatis/graph/model"
	"dramatis/kg"
)

// timeline is a page of what happened; items are counted if that is asked for.
func (r *Resolver) timeline(ctx context.Context, q kg.TimelineQuery, args kg.PageArgs) (*model.TimelineConnection, error) {
	page, err := kg.Timeline(ctx, r.Store, q, args, selected(ctx, "totalCount", "totalCountAtLeast", "buckets"))
	if err != nil {
		return nil, err
	}
	return model.NewTimelineConnection(page), nil
}

// lastDay is the last day that an item can have been, nil if it goes on.
func lastDay(i *kg.TimelineItem) *kg.PartialDate {
	if i.Last == kg.LastDay {
		return nil
	}
	day := kg.PartialDate(i.Last)
	return &day
}
