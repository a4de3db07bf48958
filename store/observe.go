package store

import (
	"context"
	"iter"
	"sync/atomic"
	"time"

	"dramatis/kg"
)

// Call is one call of a store.
type Call struct {
	Name string
	Took time.Duration
	Err  error
}

// Observed is a store whose calls are told of.
type Observed struct {
	kg.Store
	report  func(context.Context, Call)
	running atomic.Int64
}

// Observe tells of every call of a store when it has ended. report must be safe for concurrent use.
func Observe(s kg.Store, report func(context.Context, Call)) *Observed {
	return &Observed{Store: s, report: report}
}

// Running is how many calls have not ended.
func (o *Observed) Running() int { return int(o.running.Load()) }

// watch begins a call; what it gives ends it.
func (o *Observed) watch(ctx context.Context, name string, err *error) func() {
	began := time.Now()
	o.running.Add(1)
	return func() {
		o.running.Add(-1)
		o.report(ctx, Call{name, time.Since(began), *err})
	}
}

// Get is that of kg.Store.
func (o *Observed) Get(ctx context.Context, ids []kg.ID) (_ []kg.Record, err error) {
	defer o.watch(ctx, "get", &err)()
	return o.Store.Get(ctx, ids)
}

// List is that of kg.Store.
func (o *Observed) List(ctx context.Context, q kg.Query, lists []kg.Drive) (_ []kg.Rows, err error) {
	defer o.watch(ctx, "list", &err)()
	return o.Store.List(ctx, q, lists)
}

// Count is that of kg.Store.
func (o *Observed) Count(ctx context.Context, keys []kg.Key) (_ []int, err error) {
	defer o.watch(ctx, "count", &err)()
	return o.Store.Count(ctx, keys)
}

// Words is that of kg.Store.
func (o *Observed) Words(ctx context.Context, spellings []string, prefix string) (_, _ []string, err error) {
	defer o.watch(ctx, "words", &err)()
	return o.Store.Words(ctx, spellings, prefix)
}

// Texts is that of kg.Store.
func (o *Observed) Texts(ctx context.Context, q kg.TextQuery) (_ *kg.Texts, err error) {
	defer o.watch(ctx, "texts", &err)()
	return o.Store.Texts(ctx, q)
}

// Top is that of kg.Store.
func (o *Observed) Top(ctx context.Context, facets []kg.Facet, limit int) (_ []kg.Tally, err error) {
	defer o.watch(ctx, "top", &err)()
	return o.Store.Top(ctx, facets, limit)
}

// Apply is that of kg.Store.
func (o *Observed) Apply(ctx context.Context, b *kg.Batch) (_ *kg.Result, err error) {
	defer o.watch(ctx, "apply", &err)()
	return o.Store.Apply(ctx, b)
}

// Load is that of kg.Store.
func (o *Observed) Load(ctx context.Context, at time.Time, records iter.Seq2[kg.Record, error]) (_ *kg.Loaded, err error) {
	defer o.watch(ctx, "load", &err)()
	return o.Store.Load(ctx, at, records)
}
