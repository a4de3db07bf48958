package model

import "dramatis/kg"

// Connection is a Relay connection of one kind of records.
type Connection[N kg.Record] struct {
	Edges             []*Edge[N]
	Nodes             []N
	PageInfo          *PageInfo
	TotalCount        *int
	TotalCountAtLeast int
	Cut               bool
}

// Edge is an element of a connection. Origin is the entity whose list it stands in, if it stands in one.
type Edge[N kg.Record] struct {
	Cursor string
	Node   N
	Origin kg.ID
}

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
		Edges:    make([]*Edge[N], len(c.Records)),
		Nodes:    make([]N, len(c.Records)),
		PageInfo: &PageInfo{HasNextPage: c.HasNext, HasPreviousPage: c.HasPrevious, StartCursor: &c.Start, EndCursor: &c.End},
		Cut:      c.Cut,
	}
	for i, r := range c.Records {
		n := r.(N)
		out.Nodes[i] = n
		out.Edges[i] = &Edge[N]{Cursor: c.Cursors[i], Node: n, Origin: origin}
	}
	return out
}
