package model

import (
	"context"

	"dramatis/kg"
)

// SearchConnection is a page of hits. Facets has what was counted, if that was asked for.
type SearchConnection struct {
	edges      []*SearchEdge
	nodes      []*kg.SearchHit
	PageInfo   *PageInfo
	TotalCount int
	Counted    *kg.SearchFacets
	Cut        bool
}

// SearchEdge is a hit and its cursor.
type SearchEdge struct {
	Cursor string
	node   *kg.SearchHit
}

// Edges, Nodes and Node take a context for the reason that those of Connection do.

// Edges gives the edges.
func (c *SearchConnection) Edges(context.Context) []*SearchEdge { return c.edges }

// Nodes gives the hits.
func (c *SearchConnection) Nodes(context.Context) []*kg.SearchHit { return c.nodes }

// Node gives the hit.
func (e *SearchEdge) Node(context.Context) *kg.SearchHit { return e.node }

// The counts of a search.
type (
	SearchTypeCount   = kg.FacetCount[kg.SearchType]
	SearchKindCount   = kg.FacetCount[kg.SearchKind]
	SearchSourceCount = kg.FacetCount[kg.ID]
	SearchYearCount   = kg.FacetCount[int]
)

// NewSearchConnection makes a Relay connection of a page of hits.
func NewSearchConnection(p *kg.SearchPage) *SearchConnection {
	c := &SearchConnection{PageInfo: &PageInfo{HasNextPage: p.HasNext, HasPreviousPage: p.HasPrevious}, TotalCount: p.Total, Counted: p.Facets, Cut: p.Cut}
	for i := range p.Hits {
		c.nodes = append(c.nodes, &p.Hits[i])
		c.edges = append(c.edges, &SearchEdge{p.Cursors[i], &p.Hits[i]})
	}
	if n := len(p.Hits); n > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &p.Cursors[0], &p.Cursors[n-1]
	}
	return c
}
