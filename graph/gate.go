package graph

import (
	"context"
	"time"

	"dramatis/kg"
)

// gate lets a number of operations be executed beside each other, and some wait. Who asks when too many wait is told so
// at once: that is better than being answered when nobody listens any more.
type gate struct{ places, line chan struct{} }

func newGate(places, line int) *gate {
	return &gate{make(chan struct{}, places), make(chan struct{}, places+line)}
}

func (g *gate) load() (executed, waiting int) {
	executed = len(g.places)
	return executed, max(0, len(g.line)-executed)
}

// queuePatience is how long somebody waits for a place.
const queuePatience = 2 * time.Second

// enter waits for a place; leave gives it back. It fails with UNAVAILABLE.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	busy := kg.Errorf(kg.Unavailable, "too many operations are running: ask again in a moment")
	select {
	case g.line <- struct{}{}:
	default:
		return nil, busy
	}
	ctx, cancel := context.WithTimeout(ctx, queuePatience)
	defer cancel()
	select {
	case g.places <- struct{}{}:
		return func() { <-g.places; <-g.line }, nil
	case <-ctx.Done():
		<-g.line
		return nil, busy
	}
}
