package kg

import (
	"context"
	"slices"
	"time"
)

// Scope is something that somebody may do here.
type Scope string

// READ: ask. WRITE: change the graph. IMPORT: load files. ADMIN: see how the server does, and all else.
const (
	ReadScope   Scope = "read"
	WriteScope  Scope = "write"
	ImportScope Scope = "import"
	AdminScope  Scope = "admin"
)

// Scopes are all of them.
var Scopes = []Scope{ReadScope, WriteScope, ImportScope, AdminScope}

// Actor is on whose behalf an operation is done.
type Actor struct {
	// Name is that of its token, or its address.
	Name   string
	Scopes []Scope
	// RequestID is that of what is asked, in the answer's header, in the log and in an error that nobody foresaw.
	RequestID string
	// Charge takes the cost of an operation from what the actor may use, and tells how long to wait if that is not enough.
	// Nil: it may use what it likes.
	Charge func(cost int) (wait time.Duration)
}

// May tells whether the actor has a scope. Who has admin has all.
func (a Actor) May(s Scope) bool {
	return slices.Contains(a.Scopes, s) || slices.Contains(a.Scopes, AdminScope)
}

type actorKey struct{}

// WithActor puts the actor of an operation into its context.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorOf finds the actor of an operation: one that may do nothing if none was put there.
func ActorOf(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
