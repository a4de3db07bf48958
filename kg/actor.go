package kg

import "context"

// Actor is on whose behalf an operation is done.
type Actor struct {
	// MayWrite: it may change the graph.
	MayWrite bool
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
