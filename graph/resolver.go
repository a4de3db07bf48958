// Package graph answers GraphQL. schema.resolvers.go has one line a field; the bodies stand in the file of the word
// they are about.
package graph

import (
	"log/slog"
	"time"

	"dramatis/kg"
)

//go:generate go tool gqlgen generate

// Resolver is where all that answers depend on comes in.
type Resolver struct {
	Store kg.Store
	// Now is the clock: what "today" is, and when a batch was recorded.
	Now func() time.Time
	// NewID makes ids of hand-made records.
	NewID func(kg.Class) kg.ID
	// Log gets what must not be shown to clients.
	Log *slog.Logger
}
