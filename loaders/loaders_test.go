package loaders

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"dramatis/kg"
)

// fake is a store that notes what it is asked for.
type fake struct {
	kg.Store
	mu    sync.Mutex
	calls [][]kg.ID
	get   func(ctx context.Context) error
}

func (f *fake) Get(ctx context.Context, ids []kg.ID) ([]kg.Record, error) {
	f.mu.Lock()
	f.calls = append(f.calls, slices.Sorted(slices.Values(ids)))
	f.mu.Unlock()
	if f.get != nil {
		if err := f.get(ctx); err != nil {
			return nil, err
		}
	}
	records := make([]kg.Record, len(ids))
	for i, id := range ids {
		records[i] = &kg.Topic{Thing: kg.Thing{Meta: kg.Meta{ID: id}}}
	}
	return records, nil
}

// field runs one field that reads ids.
func field(ctx context.Context, l *Loaders, ids ...kg.ID) error {
	defer l.Done()
	records, err := l.Records(ctx, ids)
	for i, r := range records {
		if r.GetID() != ids[i] {
			return errors.New("another record than was asked for")
		}
	}
	return err
}

// run runs fields beside each other, slowly one after the other.
func run(ctx context.Context, l *Loaders, fields ...[]kg.ID) []error {
	l.Expect(len(fields))
	errs := make([]error, len(fields))
	var wg sync.WaitGroup
	for i, ids := range fields {
		wg.Go(func() { errs[i] = field(ctx, l, ids...) })
		time.Sleep(3 * time.Millisecond)
	}
	wg.Wait()
	return errs
}

func TestOneCallForALevel(t *testing.T) {
	f := &fake{}
	l := New(t.Context(), f, time.Hour)
	for range 2 {
		if err := errors.Join(run(t.Context(), l, []kg.ID{"a", "b"}, []kg.ID{"b", "c"}, []kg.ID{"a"})...); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.calls) != 1 || !slices.Equal(f.calls[0], []kg.ID{"a", "b", "c"}) {
		t.Errorf("calls: %v, want one for a, b and c", f.calls)
	}
	l.Reset()
	if err := errors.Join(run(t.Context(), l, []kg.ID{"a"})...); err != nil || len(f.calls) != 2 {
		t.Errorf("after a write: %v, calls %v", err, f.calls)
	}
}

// follower is a store that gives a record along with each list.
type follower struct{ fake }

func (f *follower) List(_ context.Context, _ kg.Query, lists []kg.Drive) ([]kg.Rows, error) {
	rows := make([]kg.Rows, len(lists))
	for i := range rows {
		rows[i].Followed = []kg.Record{&kg.Topic{Thing: kg.Thing{Meta: kg.Meta{ID: "a"}}}}
	}
	return rows, nil
}

// TestFollowed: what came along with a list is not read again.
func TestFollowed(t *testing.T) {
	f := &follower{}
	l := New(t.Context(), f, time.Hour)
	l.Expect(1)
	if _, err := l.List(t.Context(), kg.Query{}, kg.Drive{}); err != nil {
		t.Fatal(err)
	}
	l.Done()
	if err := errors.Join(run(t.Context(), l, []kg.ID{"a"}, []kg.ID{"a", "b"})...); err != nil {
		t.Fatal(err)
	}
	if len(f.calls) != 1 || !slices.Equal(f.calls[0], []kg.ID{"b"}) {
		t.Errorf("calls: %v, want one for b", f.calls)
	}
}

// TestNobodyComes: a field that was expected and does not come holds the others up for a moment only.
func TestNobodyComes(t *testing.T) {
	f := &fake{}
	l := New(t.Context(), f, 5*time.Millisecond)
	l.Expect(1)
	if err := errors.Join(run(t.Context(), l, []kg.ID{"a"})...); err != nil || len(f.calls) != 1 {
		t.Errorf("%v, calls %v", err, f.calls)
	}
}

func TestErrorsReachAll(t *testing.T) {
	broken := errors.New("broken")
	l := New(t.Context(), &fake{get: func(context.Context) error { return broken }}, time.Hour)
	for _, err := range run(t.Context(), l, []kg.ID{"a"}, []kg.ID{"b"}) {
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
}

// TestTimeIsOver: nobody waits longer than for the end of his operation, whatever the store does.
func TestTimeIsOver(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	l := New(ctx, &fake{get: func(context.Context) error { <-release; return nil }}, time.Hour)
	start := time.Now()
	for _, err := range run(ctx, l, []kg.ID{"a"}, []kg.ID{"b"}) {
		if kg.CodeOf(err) != kg.Timeout {
			t.Errorf("got %v", err)
		}
	}
	if time.Since(start) > time.Second {
		t.Errorf("it took %s", time.Since(start))
	}
}
