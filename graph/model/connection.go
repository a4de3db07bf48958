package model

import (
	"context"

	"dramatis/kg"
)

// Connection is a Relay connection of one kind of records.
type Connection[N kg.Record] struct {
	edges             []*Edge[N]
	nodes             []N
	PageInfo          *PageInfo
	TotalCount        *int
	TotalCountAtLeast int
	Cut               bool
}

// Edge is an element of a connection. Origin is the entity whose list it stands in, if it stands in one.
type Edge[N kg.Record] struct {
	Cursor string
	node   N
	Origin kg.ID
}

// Edges, Nodes and Node take a context for one reason: gqlgen then runs them beside the fields next to them, so that
// what stands below is read at one time.

// Edges gives the edges.
func (c *Connection[N]) Edges(context.Context) []*Edge[N] { return c.edges }

// Nodes gives the nodes of the edges.
func (c *Connection[N]) Nodes(context.Context) []N { return c.nodes }

// Node gives what stands there.
func (e *Edge[N]) Node(context.Context) N { return e.node }

// The connections and edges of the schema.
type (
	EntityConnection       = Connection[kg.Entity]
	EntityEdge             = Edge[kg.Entity]
	RelationshipConnection = Connection[*kg.Relationship]
	RelationshipEdge       = Edge[*kg.Relationship]
	StatementConnection    = Connection[*kg.Statement]
	StatementEdge          = Edge[*kg.Statement]
	EventConnection        = Connection[*kg.Event]
	EventEdge              = Edge[*kg.Event]
	SourceConnection       = Connection[*kg.Source]
	SourceEdge             = Edge[*kg.Source]
	MentionConnection      = Connection[*kg.Mention]
	MentionEdge            = Edge[*kg.Mention]
	DatasetConnection      = Connection[*kg.Dataset]
	DatasetEdge            = Edge[*kg.Dataset]
)

// NewConnection makes a Relay connection of what was read. Every record is an N, for a list holds one class.
func NewConnection[N kg.Record](c *kg.Connection, origin kg.ID) *Connection[N] {
	out := &Connection[N]{
		edges:    make([]*Edge[N], len(c.Records)),
		nodes:    make([]N, len(c.Records)),
		PageInfo: &PageInfo{HasNextPage: c.HasNext, HasPreviousPage: c.HasPrevious, StartCursor: &c.Start, EndCursor: &c.End},
		Cut:      c.Cut,
	}
	for i, r := range c.Records {
		n := r.(N)
		out.nodes[i] = n
		out.edges[i] = &Edge[N]{Cursor: c.Cursors[i], node: n, Origin: origin}
	}
	return out
}
