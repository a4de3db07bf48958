package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"dramatis/kg"
)

// Differential applies random batches to empty stores and to the oracle, and compares what all of them say to that and
// to random questions. The environment variable DRAMATIS_SEED takes the place of the seed.
func Differential(t *testing.T, seed uint64, rounds int, stores map[string]kg.Store) {
	t.Helper()
	if text := os.Getenv("DRAMATIS_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("DRAMATIS_SEED: %v", err)
		}
	}
	t.Logf("DRAMATIS_SEED=%d", seed)
	d := &differential{T: t, ctx: t.Context(), world: newWorld(t, seed), stores: stores, names: slices.Sorted(maps.Keys(stores))}
	for d.round = range rounds {
		for range 4 {
			d.applyNext()
		}
		for range 12 {
			d.askNext()
		}
		d.askMistaken()
		d.askCounts()
		d.askSeveral()
		d.askTimelines()
		d.askTotals()
		for range 4 {
			d.askSearch()
		}
		d.askTies()
		d.askSelections()
		if d.round%10 == 9 || d.round == rounds-1 {
			d.compareAll()
			d.askEnds()
		}
		if t.Failed() {
			t.Fatalf("in round %d of seed %d", d.round, seed)
		}
	}
	if d.applied < rounds || d.refused < rounds/4 {
		t.Errorf("%d batches were applied and %d refused: that proves little", d.applied, d.refused)
	}
	for _, name := range d.names {
		problems, err := stores[name].Check(d.ctx)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: Check: %v, %v", name, problems, err)
		}
	}
}

type differential struct {
	*testing.T
	ctx              context.Context
	world            *world
	stores           map[string]kg.Store
	names            []string
	round            int
	applied, refused int
	foreign          string // a cursor of an earlier question, and the list that it is of
	foreignTo        kg.List
}

func (d *differential) applyNext() {
	batch := d.world.nextBatch()
	want, failures := d.world.oracle.Apply(cloneBatch(d.T, batch))
	if failures == nil {
		d.applied++
	} else {
		d.refused++
	}
	var first error
	for i, name := range d.names {
		got, err := d.stores[name].Apply(d.ctx, cloneBatch(d.T, batch))
		if failures == nil {
			if err != nil || !sameResult(got, want) {
				d.Errorf("%s: Apply %s\ngot %s, %v\nwant %s", name, show(batch), show(got), err, show(want))
			}
			continue
		}
		code, ids := kg.CodeOf(err), idsOf(err)
		if !slices.ContainsFunc(failures, func(f Failure) bool { return f.Code == code && slices.Equal(f.IDs, ids) }) {
			d.Errorf("%s: Apply %s\ngot %s, %v\nwant one of %s", name, show(batch), show(got), err, show(failures))
		}
		if i == 0 {
			first = err
		} else if err == nil || first == nil || err.Error() != first.Error() {
			d.Errorf("%s says %v, %s says %v", name, err, d.names[0], first)
		}
	}
}

func (d *differential) askNext() {
	q := d.world.ask()
	if q.err != nil {
		d.Errorf("%s: %v", q.name, q.err)
		return
	}
	size := 1 + d.world.rng.IntN(8)
	if len(q.want) > 40 {
		size = 20
	}
	for _, backward := range []bool{false, true} {
		d.compareWalk(q, size, backward)
	}
	d.compareBounds(q, size)
	for _, name := range d.names {
		n, exact, err := CountList(d.ctx, d.stores[name], q.list)
		if err != nil || !exact || n != len(q.want) {
			d.Errorf("%s: %s: counted %d (exactly: %t, %v), want %d", name, q.name, n, exact, err, len(q.want))
		}
	}
	d.compareMeaning(q.want)
}

// compareWalk reads a list from one end to the other.
func (d *differential) compareWalk(q question, size int, backward bool) {
	after, before, steps := -1, -1, 0
	err := walk(q.list, size, backward, func(args kg.PageArgs) (*kg.Connection, error) {
		want := q.want.Page(after, before, size, backward)
		c := d.comparePage(q, args, want)
		if backward {
			before = len(q.want) - (steps+1)*size
		} else {
			after = (steps+1)*size - 1
		}
		if steps++; steps > len(q.want)/size+2 {
			d.Fatalf("%s: no end of pages", q.name)
		}
		if d.Failed() {
			return &kg.Connection{}, nil
		}
		return c, nil
	})
	if err != nil {
		d.Errorf("%s: %v", q.name, err)
	}
}

// compareBounds reads between two places of a list, and refuses cursors that are not of it.
func (d *differential) compareBounds(q question, size int) {
	rng := d.world.rng
	store := d.stores[d.names[0]]
	c, err := ReadPage(d.ctx, store, q.list, kg.PageArgs{First: ptr(kg.MaxPage)})
	if err != nil {
		d.Errorf("%s: %v", q.name, err)
		return
	}
	if len(c.Cursors) > 0 {
		after, before := rng.IntN(len(c.Cursors)), rng.IntN(len(c.Cursors))
		args := kg.PageArgs{First: &size, After: &c.Cursors[after], Before: &c.Cursors[before]}
		backward := d.world.chance(50)
		if backward {
			args.First, args.Last = nil, &size
		}
		d.comparePage(q, args, q.want.Page(after, before, size, backward))
	}
	bad := []string{"", "x", "AQ", "====", "AQIDBAUGBwgJ", "\xff"}
	if d.foreign != "" && !reflect.DeepEqual(d.foreignTo, q.list) { // the same list takes it, though its record be gone
		bad = append(bad, d.foreign)
	}
	for _, cursor := range bad {
		if _, err := q.list.Page(kg.PageArgs{After: &cursor}); kg.CodeOf(err) != kg.BadCursor {
			d.Errorf("%s after %q: %v", q.name, cursor, err)
		}
	}
	d.foreign = ""
	if c.Start != "" && d.world.chance(50) {
		d.foreign, d.foreignTo = c.Start, q.list
	}
}

// comparePage reads one page from all stores. What it gives is the first store's.
func (d *differential) comparePage(q question, args kg.PageArgs, want Page) *kg.Connection {
	var first *kg.Connection
	for _, name := range d.names {
		c, err := ReadPage(d.ctx, d.stores[name], q.list, args)
		if err != nil {
			d.Errorf("%s: %s, page %s: %v", name, q.name, show(args), err)
			return &kg.Connection{}
		}
		if !d.sameRecords(c.Records, want.Records) || c.HasNext != want.HasNext || c.HasPrevious != want.HasPrevious || c.Cut {
			d.Errorf("%s: %s, page %s:\ngot %v, next %t, previous %t, cut %t\nwant %v, next %t, previous %t", name, q.name, show(args),
				d.show(c.Records), c.HasNext, c.HasPrevious, c.Cut, d.show(want.Records), want.HasNext, want.HasPrevious)
		}
		if first == nil {
			first = c
		} else if !slices.Equal(c.Cursors, first.Cursors) || c.Start != first.Start || c.End != first.End {
			d.Errorf("%s: %s, page %s: other cursors than %s", name, q.name, show(args), d.names[0])
		}
	}
	return first
}

func (d *differential) sameRecords(a, b []kg.Record) bool {
	return slices.EqualFunc(a, b, func(a, b kg.Record) bool { return bytes.Equal(encode(d.T, a), encode(d.T, b)) })
}

func (d *differential) show(records []kg.Record) []string {
	lines := make([]string, len(records))
	for i, r := range records {
		lines[i] = "\n  " + string(encode(d.T, r))
	}
	return lines
}

// compareMeaning asks records for what they say of dates.
func (d *differential) compareMeaning(records Answer) {
	on, asOf := d.world.day(), d.world.asOf()
	for _, r := range records {
		switch r := r.(type) {
		case *kg.Relationship:
			if got, want := r.Validity(on), ValidityOf(r, on); got != want {
				d.Errorf("%s to %s on %s: %s, want %s", r.StartDate, r.EndDate, on, got, want)
			}
		case kg.Entity:
			if got, want := kg.NamesAsOf(r, asOf), NamesAsOf(r, asOf); !slices.Equal(got, want) {
				d.Errorf("names of %s as of %s: %v, want %v", show(r), show(asOf), got, want)
			}
		}
	}
}

func (d *differential) askMistaken() {
	if name, err := d.world.mistaken(); kg.CodeOf(err) != kg.BadUserInput {
		d.Errorf("%s: %v", name, err)
	}
}

func (d *differential) askCounts() {
	for _, id := range []kg.ID{d.world.hubOr(), d.world.hubOr()} {
		want := d.world.oracle.RelationshipCounts(id)
		for _, name := range d.names {
			counts, err := d.stores[name].Count(d.ctx, kg.CountKeys(id))
			if err != nil {
				d.Errorf("%s: %v", name, err)
				continue
			}
			if got := kg.RelationshipCounts(counts); !slices.Equal(got, want) {
				d.Errorf("%s: relationships of %s: got %v, want %v", name, id, got, want)
			}
		}
	}
}

// askSeveral reads the relationships of several entities in one call.
func (d *differential) askSeveral() {
	w := d.world
	f, seen, asOf, order := w.relationshipFilter(), pick(w, []kg.Direction{kg.Out, kg.In, kg.AnyDirection}), w.asOf(), w.order()
	var query kg.Query
	var drives []kg.Drive
	var pages []*kg.Page
	var wants []Page
	for range 5 {
		id := w.hubOr()
		l, err := kg.RelationshipsOf(id, f, seen, asOf, order)
		if err != nil {
			d.Fatal(err)
		}
		p, err := l.Page(kg.PageArgs{First: ptr(4)})
		if err != nil {
			d.Fatal(err)
		}
		if len(pages) > 0 && p.Query.Family(p.Drives[0]) != query.Family(drives[0]) {
			continue // where the pairs are a test, each list is of its own family
		}
		query, drives, pages = p.Query, append(drives, p.Drives...), append(pages, p)
		wants = append(wants, w.oracle.RelationshipsOf(id, f, seen, asOf, order).Page(-1, -1, 4, false))
	}
	for _, name := range d.names {
		rows, err := d.stores[name].List(d.ctx, query, drives)
		if err != nil {
			d.Errorf("%s: %v", name, err)
			continue
		}
		for i, p := range pages {
			c := p.Connection(rows[:len(p.Drives)])
			rows = rows[len(p.Drives):]
			if !d.sameRecords(c.Records, wants[i].Records) || c.HasNext != wants[i].HasNext {
				d.Errorf("%s: list %d of several (%s, %s):\ngot %v\nwant %v", name, i, show(f), seen, d.show(c.Records), d.show(wants[i].Records))
			}
		}
	}
}

// compareAll reads everything, by class and by id.
func (d *differential) compareAll() {
	for _, name := range d.names {
		s := d.stores[name]
		for _, class := range kg.Classes {
			if got, want := readAll(d.T, s, kg.AllOf(class)), d.world.oracle.AllOf(class); !d.sameRecords(got, want) {
				d.Errorf("%s: all of %s:\ngot %v\nwant %v", name, class, d.show(got), d.show(want))
			}
			records, err := s.Get(d.ctx, d.world.stock[class])
			if err != nil {
				d.Fatalf("%s: %v", name, err)
			}
			for i, id := range d.world.stock[class] {
				want := d.world.oracle.records[id]
				if (records[i] == nil) != (want == nil) || want != nil && !bytes.Equal(encode(d.T, records[i]), encode(d.T, want)) {
					d.Errorf("%s: %s is %s, want %s", name, id, show(records[i]), show(want))
				}
			}
		}
	}
}

// show writes a value for a message.
func show(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
