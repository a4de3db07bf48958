// Package loaders makes one call of the store of what all fields of one level of an operation want to read, however
// many rows want it.
//
// Fields run beside each other, and each that wants to read says so and waits. A wave of reading starts at the moment
// when nothing of the operation runs any more, since then nobody can want more until he has got what he waits for. To
// know that moment, the loaders keep count of what runs: see Expect and Done. There are no timers in it, so that a
// query's round trips depend on its shape alone, and nobody waits longer than for the slowest of his own level.
package loaders

import (
	"context"
	"sync"
	"time"

	"dramatis/kg"
)

// Patience is how long a wave waits, while nothing happens, for what was expected to run and does not come: a field
// whose arguments could not be read. Nothing depends on it but time.
const Patience = 10 * time.Millisecond

// maxCalls is how many calls of the store one operation makes beside each other: more would only queue there, and take
// connections from others.
const maxCalls = 6

// Loaders read for one operation, so that nothing grows stale. All its methods but From and With are safe for
// concurrent use.
type Loaders struct {
	ctx      context.Context // of the operation: it ends all reading
	store    kg.Store
	patience time.Duration

	mu      sync.Mutex
	running int   // what runs, or is about to
	moves   int   // grows whenever something happens
	next    *wave // what is wanted by now; nil if nothing is
	records map[kg.ID]*recordRequest
}

// wave is all that is read at one time.
type wave struct {
	late    *time.Timer
	started bool
	done    chan struct{} // closed when all of it was read
	waiting int
	records []*recordRequest
	lists   []*listRequest
	counts  []*countRequest
}

type recordRequest struct {
	wave   *wave
	id     kg.ID
	record kg.Record
	err    error
}

type listRequest struct {
	query  kg.Query
	drive  kg.Drive
	family string
	rows   kg.Rows
	err    error
}

type countRequest struct {
	keys   []kg.Key
	counts []int
	err    error
}

// New makes the loaders of one operation, which ctx ends.
func New(ctx context.Context, store kg.Store, patience time.Duration) *Loaders {
	return &Loaders{ctx: ctx, store: store, patience: patience, records: map[kg.ID]*recordRequest{}}
}

type contextKey struct{}

// With puts the loaders of an operation into its context.
func With(ctx context.Context, l *Loaders) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From finds the loaders of the operation.
func From(ctx context.Context) *Loaders { return ctx.Value(contextKey{}).(*Loaders) }

// Reset forgets all that was read: after a write nothing old is given.
func (l *Loaders) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records = map[kg.ID]*recordRequest{}
}

// Expect says that n more fields are about to run. Each must come to its Done.
func (l *Loaders) Expect(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running += n
}

// Done says that one field has run to its end.
func (l *Loaders) Done() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped()
}

// stopped takes one from what runs, and starts the next wave if that was the last.
func (l *Loaders) stopped() {
	l.moves++
	l.running--
	if l.running <= 0 && l.next != nil {
		l.start(l.next)
	}
}

// gathering is the wave to which a request is added.
func (l *Loaders) gathering() *wave {
	if l.next == nil {
		w := &wave{done: make(chan struct{})}
		seen := l.moves
		w.late = time.AfterFunc(l.patience, func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.moves == seen && !w.started {
				l.running = 0 // what has not come by now is not waited for again
			}
			if l.moves == seen || w.started {
				l.start(w)
				return
			}
			seen = l.moves
			w.late.Reset(l.patience)
		})
		l.next = w
	}
	l.moves++
	return l.next
}

// start reads a wave, unless that has been done.
func (l *Loaders) start(w *wave) {
	if w.started {
		return
	}
	w.started = true
	w.late.Stop()
	if l.next == w {
		l.next = nil
	}
	go func() {
		l.read(w)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.running += w.waiting // those who waited run again
		close(w.done)
	}()
}

// wait lets a field wait for a wave.
func (l *Loaders) wait(ctx context.Context, w *wave) error {
	l.mu.Lock()
	select {
	case <-w.done:
		l.mu.Unlock()
		return nil
	default:
	}
	w.waiting++
	l.stopped()
	l.mu.Unlock()
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
		l.mu.Lock()
		defer l.mu.Unlock()
		select {
		case <-w.done: // it counts as running already
		default:
			w.waiting--
			l.running++
		}
		return &kg.Error{Code: kg.Timeout, Message: "the time for this operation is over", Err: ctx.Err()}
	}
}

// read makes the calls of a wave beside each other: one for all records, one for all counts, and one for each family
// of lists.
func (l *Loaders) read(w *wave) {
	var wg sync.WaitGroup
	places := make(chan struct{}, maxCalls)
	call := func(read func()) {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			read()
		})
	}
	if len(w.records) > 0 {
		call(func() { l.readRecords(w.records) })
	}
	if len(w.counts) > 0 {
		call(func() { l.readCounts(w.counts) })
	}
	families := map[string][]*listRequest{}
	for _, r := range w.lists {
		families[r.family] = append(families[r.family], r)
	}
	for _, requests := range families {
		call(func() { l.readLists(w, requests) })
	}
	wg.Wait()
}

func (l *Loaders) readRecords(requests []*recordRequest) {
	ids := make([]kg.ID, len(requests))
	for i, r := range requests {
		ids[i] = r.id
	}
	records, err := l.store.Get(l.ctx, ids)
	for i, r := range requests {
		if r.err = err; err == nil {
			r.record = records[i]
		}
	}
}

func (l *Loaders) readCounts(requests []*countRequest) {
	var keys []kg.Key
	for _, r := range requests {
		keys = append(keys, r.keys...)
	}
	counts, err := l.store.Count(l.ctx, keys)
	for _, r := range requests {
		if r.err = err; err == nil {
			r.counts, counts = counts[:len(r.keys)], counts[len(r.keys):]
		}
	}
}

// readLists reads lists of one family, and keeps what came along.
func (l *Loaders) readLists(w *wave, requests []*listRequest) {
	drives := make([]kg.Drive, len(requests))
	for i, r := range requests {
		drives[i] = r.drive
	}
	rows, err := l.store.List(l.ctx, requests[0].query, drives)
	for i, r := range requests {
		if r.err = err; err == nil {
			r.rows = rows[i]
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, of := range rows {
		for _, r := range of.Followed {
			if id := r.GetID(); l.records[id] == nil {
				l.records[id] = &recordRequest{wave: w, id: id, record: r}
			}
		}
	}
}

// Record gives the record of an id, nil if there is none.
func (l *Loaders) Record(ctx context.Context, id kg.ID) (kg.Record, error) {
	records, err := l.Records(ctx, []kg.ID{id})
	if err != nil {
		return nil, err
	}
	return records[0], nil
}

// Records gives the records of ids in their order, nil where there is none. A record is read once in an operation. Who
// wants what has been read waits for the wave too: running ahead of his level he would have its lists read twice.
func (l *Loaders) Records(ctx context.Context, ids []kg.ID) ([]kg.Record, error) {
	requests := make([]*recordRequest, len(ids))
	l.mu.Lock()
	w := l.gathering()
	for i, id := range ids {
		r := l.records[id]
		if r == nil {
			r = &recordRequest{wave: w, id: id}
			w.records = append(w.records, r)
			l.records[id] = r
		}
		requests[i] = r
	}
	l.mu.Unlock()
	if err := l.wait(ctx, w); err != nil {
		return nil, err
	}
	records := make([]kg.Record, len(ids))
	for i, r := range requests {
		if err := l.wait(ctx, r.wave); err != nil { // of an earlier wave, which is over
			return nil, err
		}
		if r.err != nil {
			return nil, r.err
		}
		records[i] = r.record
	}
	return records, nil
}

// Want is what one field wants of lists and counts, to be read at one time.
type Want struct {
	// Lists: each of drives is a list of its own.
	Lists []ListWant
	// Counts of keys.
	Counts []kg.Key
}

// ListWant is some lists of one query.
type ListWant struct {
	Query  kg.Query
	Drives []kg.Drive
}

// Got is what was read: rows for each drive of each ListWant, and the counts.
type Got struct {
	Rows   [][]kg.Rows
	Counts []int
}

// Read reads lists and counts.
func (l *Loaders) Read(ctx context.Context, want Want) (*Got, error) {
	var lists []*listRequest
	count := &countRequest{keys: want.Counts}
	l.mu.Lock()
	w := l.gathering()
	for _, list := range want.Lists {
		for _, d := range list.Drives {
			r := &listRequest{query: list.Query, drive: d, family: list.Query.Family(d)}
			lists = append(lists, r)
		}
	}
	w.lists = append(w.lists, lists...)
	if len(count.keys) > 0 {
		w.counts = append(w.counts, count)
	}
	l.mu.Unlock()
	if err := l.wait(ctx, w); err != nil {
		return nil, err
	}
	if count.err != nil {
		return nil, count.err
	}
	got := &Got{Rows: make([][]kg.Rows, len(want.Lists)), Counts: count.counts}
	for i, list := range want.Lists {
		for range list.Drives {
			r := lists[0]
			lists = lists[1:]
			if r.err != nil {
				return nil, r.err
			}
			got.Rows[i] = append(got.Rows[i], r.rows)
		}
	}
	return got, nil
}

// List reads one list.
func (l *Loaders) List(ctx context.Context, q kg.Query, d kg.Drive) (kg.Rows, error) {
	got, err := l.Read(ctx, Want{Lists: []ListWant{{q, []kg.Drive{d}}}})
	if err != nil {
		return kg.Rows{}, err
	}
	return got.Rows[0][0], nil
}

// Counts reads how many records stand under each key.
func (l *Loaders) Counts(ctx context.Context, keys []kg.Key) ([]int, error) {
	got, err := l.Read(ctx, Want{Counts: keys})
	if err != nil {
		return nil, err
	}
	return got.Counts, nil
}
