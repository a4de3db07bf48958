// Package storetest proves that a store keeps the promises of kg.Store, and that all stores answer alike.
package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"dramatis/kg"
)

// TestAll runs every test that a store must pass. open gives an empty store that is closed when the test ends.
func TestAll(t *testing.T, open func(t *testing.T) kg.Store) {
	type group struct {
		name  string
		tests []test
	}
	groups := []group{
		{"Get", getTests},
		{"List", listTests},
		{"Page", pageTests},
		{"Text", textTests},
		{"Count", countTests},
		{"Words", wordTests},
		{"Search", searchTests},
		{"Ends", endTests},
		{"Paths", slices.Concat(pathTests, networkTests, commonTests)},
		{"Timeline", timelineTests},
		{"Totals", totalTests},
		{"Select", selectTests},
		{"Apply", applyTests},
		{"Delete", deleteTests},
		{"Types", typeTests},
		{"Load", loadTests},
		{"Limits", limitTests},
		{"Concurrency", concurrencyTests},
		{"Deadlines", deadlineTests},
	}
	if !racing { // it takes half an hour then
		groups = append(groups, group{"Hub", slices.Concat(hubTests, commonWordTests, busyDayTests)})
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			for _, tt := range g.tests {
				t.Run(tt.name, func(t *testing.T) { tt.run(newBench(t, open)) })
			}
		})
	}
}

// test is one promise.
type test struct {
	name string
	run  func(b *bench)
}

// bench is a store under test.
type bench struct {
	*testing.T
	store kg.Store
	ctx   context.Context
	at    time.Time // of the batches that put applies
}

// newBench opens a store and sees to it that it is sound when the test ends.
func newBench(t *testing.T, open func(t *testing.T) kg.Store) *bench {
	t.Helper()
	b := &bench{T: t, store: open(t), ctx: context.Background(), at: time.Date(2024, 2, 29, 12, 0, 0, 123_000_000, time.UTC)}
	t.Cleanup(func() {
		if !t.Failed() {
			b.checkSound()
		}
	})
	return b
}

// checkSound makes sure that the store finds nothing wrong with itself and that every reference leads somewhere.
func (b *bench) checkSound() {
	b.Helper()
	problems, err := b.store.Check(b.ctx)
	if err != nil {
		b.Fatalf("Check: %v", err)
	}
	for _, p := range problems {
		b.Errorf("Check: %s", p)
	}
	checkReferences(b.T, b.store)
}

// checkReferences reads all records and makes sure that what they refer to is there.
func checkReferences(t *testing.T, s kg.Store) {
	t.Helper()
	there := map[kg.ID]bool{}
	var all []kg.Record
	for _, class := range kg.Classes {
		for _, r := range readAll(t, s, kg.AllOf(class)) {
			there[r.GetID()] = true
			all = append(all, r)
		}
	}
	for _, r := range all {
		for _, id := range referencesOf(r) {
			if !there[id] {
				t.Errorf("%s refers to %s, which is not there", label(r), id)
			}
		}
	}
}

// readAll reads a list to its end in large steps.
func readAll(t *testing.T, s kg.Store, l kg.List) []kg.Record {
	t.Helper()
	var all []kg.Record
	args := kg.PageArgs{}
	for {
		p, err := l.Page(args)
		if err != nil {
			t.Fatal(err)
		}
		p.Query.Limit = 2_000
		rows, err := s.List(context.Background(), p.Query, p.Drives)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rows[0].Records...)
		if len(rows[0].Records) < p.Query.Limit {
			return all
		}
		if len(all) > 1_000_000 {
			t.Fatal("there is no end of records")
		}
		// the cursor behind the last of them
		p.Query.Limit = len(rows[0].Records)
		after := lastCursor(t, l, all)
		args.After = &after
	}
}

// lastCursor makes the cursor behind the last of some records.
func lastCursor(t *testing.T, l kg.List, records []kg.Record) string {
	t.Helper()
	one := 1
	p, err := l.Page(kg.PageArgs{First: &one})
	if err != nil {
		t.Fatal(err)
	}
	return p.Connection([]kg.Rows{{Records: records[len(records)-1:]}}).End
}

// apply applies a batch in which datasets are made as needed.
func (b *bench) apply(batch *kg.Batch) (*kg.Result, error) {
	if batch.Dataset == nil {
		batch.Dataset = dataset(testSet)
	}
	if batch.At.IsZero() {
		batch.At = b.at
	}
	return b.store.Apply(b.ctx, batch)
}

// put writes records that must be accepted.
func (b *bench) put(records ...kg.Record) *kg.Result {
	b.Helper()
	return b.mustApply(&kg.Batch{Put: records})
}

// putMany writes any number of records, in batches.
func (b *bench) putMany(records []kg.Record) {
	b.Helper()
	for chunk := range slices.Chunk(records, kg.MaxBatch) {
		b.put(chunk...)
	}
}

func (b *bench) mustApply(batch *kg.Batch) *kg.Result {
	b.Helper()
	r, err := b.apply(batch)
	if err != nil {
		b.Fatalf("Apply: %v", err)
	}
	return r
}

// refuse applies a batch that must fail with a code and the ids at fault.
func (b *bench) refuse(batch *kg.Batch, code kg.Code, ids ...kg.ID) {
	b.Helper()
	before := b.dump()
	r, err := b.apply(batch)
	if got := kg.CodeOf(err); got != code {
		b.Fatalf("Apply gave %v, %v; want %s", r, err, code)
	}
	if got := idsOf(err); !slices.Equal(got, ids) {
		b.Errorf("Apply names %v; want %v (%v)", got, ids, err)
	}
	if after := b.dump(); !slices.Equal(before, after) {
		b.Errorf("a batch that failed left something:\n%s", diffLines(before, after))
	}
}

// dump is all that the store holds, in lines.
func (b *bench) dump() []string {
	b.Helper()
	var lines []string
	for _, class := range kg.Classes {
		for _, r := range readAll(b.T, b.store, kg.AllOf(class)) {
			lines = append(lines, string(encode(b.T, r)))
		}
	}
	return lines
}

// get reads one record; nil if there is none.
func (b *bench) get(id kg.ID) kg.Record {
	b.Helper()
	records, err := b.store.Get(b.ctx, []kg.ID{id})
	if err != nil {
		b.Fatalf("Get: %v", err)
	}
	return records[0]
}

// page reads one page.
func (b *bench) page(l kg.List, args kg.PageArgs) *kg.Connection {
	b.Helper()
	c, err := ReadPage(b.ctx, b.store, l, args)
	if err != nil {
		b.Fatalf("page: %v", err)
	}
	return c
}

// keys are the keys of the records of a list, as their dataset gives them; the page must hold all of them.
func (b *bench) keys(l kg.List, err error) []string {
	b.Helper()
	if err != nil {
		b.Fatalf("list: %v", err)
	}
	hundred := kg.MaxPage
	return labels(b.page(l, kg.PageArgs{First: &hundred}).Records)
}

// count counts a list: exactly or, where it must be read, as far as that goes.
func (b *bench) count(l kg.List, err error) (n int, exact bool) {
	b.Helper()
	if err != nil {
		b.Fatalf("list: %v", err)
	}
	n, exact, err = CountList(b.ctx, b.store, l)
	if err != nil {
		b.Fatalf("count: %v", err)
	}
	return n, exact
}

// ReadPage reads one page of a list.
func ReadPage(ctx context.Context, s kg.Store, l kg.List, args kg.PageArgs) (*kg.Connection, error) {
	p, err := l.Page(args)
	if err != nil {
		return nil, err
	}
	rows, err := readDrives(ctx, s, p.Query, p.Drives)
	if err != nil {
		return nil, err
	}
	return p.Connection(rows), nil
}

// readDrives reads the parts of a list, those of one family together.
func readDrives(ctx context.Context, s kg.Store, q kg.Query, drives []kg.Drive) ([]kg.Rows, error) {
	var all []kg.Rows
	for len(drives) > 0 {
		n := slices.IndexFunc(drives, func(d kg.Drive) bool { return q.Family(d) != q.Family(drives[0]) })
		if n < 0 {
			n = len(drives)
		}
		rows, err := s.List(ctx, q, drives[:n])
		if err != nil {
			return nil, err
		}
		all, drives = append(all, rows...), drives[n:]
	}
	return all, nil
}

// CountList counts a list; exact tells whether that is all of it.
func CountList(ctx context.Context, s kg.Store, l kg.List) (n int, exact bool, err error) {
	if keys := l.Exact(); len(keys) > 0 {
		counts, err := s.Count(ctx, keys)
		if err != nil {
			return 0, false, err
		}
		return l.Sum(counts), true, nil
	}
	q, drives := l.Counting()
	rows, err := readDrives(ctx, s, q, drives)
	n, exact = kg.Counted(rows)
	return n, exact, err
}
