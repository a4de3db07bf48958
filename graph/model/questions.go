package model

import (
	"context"

	"dramatis/kg"
)

// Counts of records by a value.
type (
	EntityTypeCount       = kg.FacetCount[kg.EntityType]
	OrganizationKindCount = kg.FacetCount[kg.OrganizationKind]
	RelationshipTypeCount = kg.FacetCount[kg.RelationshipType]
	StatementKindCount    = kg.FacetCount[kg.StatementKind]
	MonthCount            = kg.FacetCount[kg.PartialDate]
	EntityCount           = kg.FacetCount[kg.ID]
)

// RelationshipCounts are counts of the relationships that a filter chooses.
type RelationshipCounts struct {
	*kg.RelationshipTotals
	Filter *kg.RelationshipFilter
	AsOf   kg.AsOf
}

// TimelineConnection is a page of a timeline.
type TimelineConnection struct {
	edges             []*TimelineEdge
	nodes             []*kg.TimelineItem
	PageInfo          *PageInfo
	TotalCount        *int
	TotalCountAtLeast int
	Buckets           []kg.Bucket
	Cut               bool
}

// TimelineEdge is an item and its cursor.
type TimelineEdge struct {
	Cursor string
	node   *kg.TimelineItem
}

// Edges, Nodes and Node take a context for the reason that those of Connection do.

// Edges gives the edges.
func (c *TimelineConnection) Edges(context.Context) []*TimelineEdge { return c.edges }

// Nodes gives the items.
func (c *TimelineConnection) Nodes(context.Context) []*kg.TimelineItem { return c.nodes }

// Node gives the item.
func (e *TimelineEdge) Node(context.Context) *kg.TimelineItem { return e.node }

// NewTimelineConnection makes a Relay connection of a page of a timeline.
func NewTimelineConnection(p *kg.TimelinePage) *TimelineConnection {
	c := &TimelineConnection{PageInfo: &PageInfo{HasNextPage: p.HasNext, HasPreviousPage: p.HasPrevious}, TotalCountAtLeast: p.Total, Buckets: p.Buckets, Cut: p.Cut}
	if !p.CountCut {
		c.TotalCount = &p.Total
	}
	for i := range p.Items {
		c.nodes = append(c.nodes, &p.Items[i])
		c.edges = append(c.edges, &TimelineEdge{p.Cursors[i], &p.Items[i]})
	}
	if p.Start != "" {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &p.Start, &p.End
	}
	return c
}
