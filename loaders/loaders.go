// Package loaders gathers what the fields of one operation want to read, so that what is wanted at the same time
// costs one call of the store, however many rows want it. Loaders live for one operation: nothing grows stale.
package loaders

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"dramatis/kg"

	"github.com/vikstrous/dataloadgen"
)

// Wait is how long a batch stays open after its first request. Fields of one level ask within microseconds.
const Wait = 200 * time.Microsecond

// maxBatch is the most records, lists or counts that one call of the store is asked for.
const maxBatch = 50_000

// Loaders read for one operation.
type Loaders struct {
	store   kg.Store
	wait    time.Duration
	current atomic.Pointer[set]
}

type set struct {
	records *dataloadgen.Loader[kg.ID, kg.Record]
	lists   *dataloadgen.Loader[*listRequest, kg.Rows]
	counts  *dataloadgen.Loader[kg.Key, int]
}

// New makes the loaders of one operation.
func New(store kg.Store, wait time.Duration) *Loaders {
	l := &Loaders{store: store, wait: wait}
	l.Reset()
	return l
}

// Reset forgets all that was read: after a write nothing old is given.
func (l *Loaders) Reset() {
	options := []dataloadgen.Option{dataloadgen.WithWait(l.wait), dataloadgen.WithBatchCapacity(maxBatch)}
	l.current.Store(&set{
		records: dataloadgen.NewLoader(l.fetchRecords, options...),
		lists:   dataloadgen.NewLoader(l.fetchLists, options...),
		counts:  dataloadgen.NewLoader(l.fetchCounts, options...),
	})
}

type contextKey struct{}

// With puts the loaders of an operation into its context; From finds them there.
func With(ctx context.Context, l *Loaders) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From finds the loaders of the operation.
func From(ctx context.Context) *Loaders { return ctx.Value(contextKey{}).(*Loaders) }

// Record gives the record of an id, nil if there is none.
func (l *Loaders) Record(ctx context.Context, id kg.ID) (kg.Record, error) {
	return l.current.Load().records.Load(ctx, id)
}

// Records gives the records of ids in their order, nil where there is none.
func (l *Loaders) Records(ctx context.Context, ids []kg.ID) ([]kg.Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	records, err := l.current.Load().records.LoadAll(ctx, ids)
	return records, first(err)
}

// Prime remembers a record that was read with a list.
func (l *Loaders) Prime(r kg.Record) { l.current.Load().records.Prime(r.GetID(), r) }

func (l *Loaders) fetchRecords(ctx context.Context, ids []kg.ID) ([]kg.Record, []error) {
	records, err := l.store.Get(ctx, ids)
	return records, all(err)
}

// Counts gives how many records stand under each key.
func (l *Loaders) Counts(ctx context.Context, keys []kg.Key) ([]int, error) {
	counts, err := l.current.Load().counts.LoadAll(ctx, keys)
	return counts, first(err)
}

func (l *Loaders) fetchCounts(ctx context.Context, keys []kg.Key) ([]int, []error) {
	counts, err := l.store.Count(ctx, keys)
	return counts, all(err)
}

// listRequest is one list to be read. It is asked for by its address: two of the same are read twice.
type listRequest struct {
	query  kg.Query
	drive  kg.Drive
	family string
}

// Lists reads drives of one query, each a list of its own.
func (l *Loaders) Lists(ctx context.Context, q kg.Query, drives ...kg.Drive) ([]kg.Rows, error) {
	requests := make([]*listRequest, len(drives))
	for i, d := range drives {
		requests[i] = &listRequest{q, d, q.Family(d)}
	}
	rows, err := l.current.Load().lists.LoadAll(ctx, requests)
	return rows, first(err)
}

// fetchLists reads the lists of each family in one call of the store, the families beside each other.
func (l *Loaders) fetchLists(ctx context.Context, requests []*listRequest) ([]kg.Rows, []error) {
	families := map[string][]int{}
	for i, r := range requests {
		families[r.family] = append(families[r.family], i)
	}
	rows, errs := make([]kg.Rows, len(requests)), make([]error, len(requests))
	var wg sync.WaitGroup
	for _, members := range families {
		wg.Go(func() {
			drives := make([]kg.Drive, len(members))
			for j, i := range members {
				drives[j] = requests[i].drive
			}
			read, err := l.store.List(ctx, requests[members[0]].query, drives)
			for j, i := range members {
				if errs[i] = err; err == nil {
					rows[i] = read[j]
				}
			}
		})
	}
	wg.Wait()
	return rows, errs
}

// all makes one error stand for every key of a batch, as dataloadgen has it.
func all(err error) []error {
	if err == nil {
		return nil
	}
	return []error{err}
}

// first gives one of the errors of several keys: they failed in one call, or all for the same reason.
func first(err error) error {
	if several, ok := err.(dataloadgen.ErrorSlice); ok {
		for _, e := range several {
			if e != nil {
				return e
			}
		}
	}
	return err
}
