package store

import (
	"context"
	"time"

	"dramatis/kg"
)

// Call is one call of a store.
type Call struct {
	Name string
	Took time.Duration
	Err  error
}

// Observe tells of every call of a store when it has ended. report must be safe for concurrent use.
func Observe(s kg.Store, report func(context.Context, Call)) kg.Store { return &observed{s, report} }

type observed struct {
	kg.Store
	report func(context.Context, Call)
}

// watch begins a call; what it gives ends it.
func (o *observed) watch(ctx context.Context, name string, err *error) func() {
	began := time.Now()
	return func() { o.report(ctx, Call{name, time.Since(began), *err}) }
}

func (o *observed) Get(ctx context.Context, ids []kg.ID) (_ []kg.Record, err error) {
	defer o.watch(ctx, "get", &err)()
	return o.Store.Get(ctx, ids)
}

func (o *observed) List(ctx context.Context, q kg.Query, lists []kg.Drive) (_ []kg.Rows, err error) {
	defer o.watch(ctx, "list", &err)()
	return o.Store.List(ctx, q, lists)
}

func (o *observed) Count(ctx context.Context, keys []kg.Key) (_ []int, err error) {
	defer o.watch(ctx, "count", &err)()
	return o.Store.Count(ctx, keys)
}

func (o *observed) Words(ctx context.Context, spellings []string, prefix string) (_, _ []string, err error) {
	defer o.watch(ctx, "words", &err)()
	return o.Store.Words(ctx, spellings, prefix)
}

func (o *observed) Texts(ctx context.Context, q kg.TextQuery) (_ *kg.Texts, err error) {
	defer o.watch(ctx, "texts", &err)()
	return o.Store.Texts(ctx, q)
}

func (o *observed) Top(ctx context.Context, facets []kg.Facet, limit int) (_ []kg.Tally, err error) {
	defer o.watch(ctx, "top", &err)()
	return o.Store.Top(ctx, facets, limit)
}

func (o *observed) Apply(ctx context.Context, b *kg.Batch) (_ *kg.Result, err error) {
	defer o.watch(ctx, "apply", &err)()
	return o.Store.Apply(ctx, b)
}
