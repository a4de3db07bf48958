package storetest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dramatis/kg"
)

// hubSize is how many dated relationships the hub has; a few undated ones come behind them.
const (
	hubSize    = kg.ReadLimit + 50
	hubUndated = 3
)

// putHub makes an entity with more relationships than one read may go through, in order of their numbers. Nos. 5 and 7
// and the last five of the dated ones are written in a source; the undated ones are the last.
func (b *bench) putHub() {
	b.Helper()
	records := []kg.Record{body("hub", "Hub"), source("src", "")}
	for i := range 20 {
		records = append(records, person("leaf"+number(i), "Leaf"))
	}
	first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range hubSize + hubUndated {
		r := link(number(i), kg.Sanctions, "hub", "leaf"+number(i%20), kg.DateOf(first.AddDate(0, 0, i)), kg.Open)
		if i%2 == 1 {
			r.Type, r.From, r.To = kg.MemberOf, r.To, r.From
		}
		if i >= hubSize {
			r.StartDate, r.EndDate, r.ID = "", "", undatedID(i)
		}
		if i == 5 || i == 7 || i >= hubSize-5 && i < hubSize {
			r.Evidence = []kg.Evidence{cited("src", i)}
		}
		records = append(records, r)
	}
	b.putMany(records)
}

// undatedID is an id that puts the undated in the order of their numbers.
func undatedID(i int) kg.ID {
	return kg.NewID(kg.RelationshipClass, [16]byte{15: byte(i - hubSize)})
}

func (b *bench) ofHub(f kg.RelationshipFilter, d kg.Direction, asOf kg.AsOf, order kg.OrderDirection) kg.List {
	b.Helper()
	l, err := kg.RelationshipsOf(entID("hub"), &f, d, asOf, &order)
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// step is one page of a walk: what it holds, and whether it was cut.
type step struct {
	keys []string
	cut  bool
}

// steps walks through a list and compares each page.
func (b *bench) steps(name string, l kg.List, size int, backward bool, want ...step) {
	b.Helper()
	var got []step
	err := walk(l, size, backward, func(args kg.PageArgs) (*kg.Connection, error) {
		c := b.page(l, args)
		got = append(got, step{labels(c.Records), c.Cut})
		if len(got) > len(want)+2 {
			return nil, fmt.Errorf("no end of pages: %v", got)
		}
		return c, nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if !slices.EqualFunc(got, want, func(a, b step) bool { return a.cut == b.cut && slices.Equal(a.keys, b.keys) }) {
		b.Errorf("%s: got %v, want %v", name, got, want)
	}
}

// numbers are the keys from one number to another.
func numbers(from, to int) []string {
	var keys []string
	for i := from; i < to; i++ {
		keys = append(keys, number(i))
	}
	return keys
}

var limitTests = []test{
	{"a hub", func(b *bench) {
		b.putHub()
		b.hubPages()
		b.hubCuts()
		b.hubCounts()
		b.hubDeadlines()
		b.hubCascade()
	}},
	{"names with one beginning", func(b *bench) {
		var records []kg.Record
		for i := range kg.MaxBatch {
			p := person(number(i), "same "+number(i))
			for j := range 10 { // eleven names each
				p.Names = append(p.Names, kg.Name{Value: fmt.Sprintf("same %d %d", i, j), Kind: kg.Alias})
			}
			records = append(records, p)
		}
		b.put(records...)
		l, err := kg.Entities(&kg.EntityFilter{NamePrefix: ptr("same")}, nil)
		if n, exact := b.count(l, err); exact || n < kg.ReadLimit/11-1 || n > kg.MaxBatch {
			b.Errorf("counted %d, exactly: %t", n, exact)
		}
		if page := b.page(l, kg.PageArgs{}); !page.Cut || !page.HasNext || len(page.Records) != kg.DefaultPage {
			b.Errorf("a full page of a list that is not complete: cut %t, more %t, %d records", page.Cut, page.HasNext, len(page.Records))
		}
		l, err = kg.Entities(&kg.EntityFilter{NamePrefix: ptr("same 00")}, nil)
		if n, exact := b.count(l, err); !exact || n != 1000 {
			b.Errorf("counted %d, exactly: %t", n, exact)
		}
		if got := b.keys(l, err); !slices.Equal(got, numbers(0, 100)) {
			b.Errorf("got %v", got)
		}
	}},
}

// hubPages reads without a filter: never cut, wherever the page lies.
func (b *bench) hubPages() {
	b.Helper()
	all := b.ofHub(kg.RelationshipFilter{}, kg.AnyDirection, kg.AsOf{}, kg.Ascending)
	for _, tt := range []struct {
		name string
		list kg.List
		args kg.PageArgs
		want []string
	}{
		{"first", all, kg.PageArgs{First: ptr(100)}, numbers(0, 100)},
		{"last", all, kg.PageArgs{Last: ptr(10)}, numbers(hubSize+hubUndated-10, hubSize+hubUndated)},
		{"descending", b.ofHub(kg.RelationshipFilter{}, kg.AnyDirection, kg.AsOf{}, kg.Descending), kg.PageArgs{First: ptr(2)},
			[]string{number(hubSize - 1), number(hubSize - 2)}},
		{"out", b.ofHub(kg.RelationshipFilter{}, kg.Out, kg.AsOf{}, kg.Ascending), kg.PageArgs{First: ptr(3)}, []string{number(0), number(2), number(4)}},
		{"types", b.ofHub(kg.RelationshipFilter{Types: []kg.RelationshipType{kg.MemberOf}}, kg.AnyDirection, kg.AsOf{}, kg.Ascending), kg.PageArgs{First: ptr(2)},
			[]string{number(1), number(3)}},
	} {
		c := b.page(tt.list, tt.args)
		if got := labels(c.Records); !slices.Equal(got, tt.want) || c.Cut {
			b.Errorf("%s: got %v, cut %t; want %v", tt.name, got, c.Cut, tt.want)
		}
	}
}

// hubCuts reads with filters that find little.
func (b *bench) hubCuts() {
	b.Helper()
	cited := kg.RelationshipFilter{Source: []kg.ID{srcID("src")}}
	found, late := []string{number(5), number(7)}, numbers(hubSize-5, hubSize)
	up := b.ofHub(cited, kg.AnyDirection, kg.AsOf{}, kg.Ascending)
	down := b.ofHub(cited, kg.AnyDirection, kg.AsOf{}, kg.Descending)
	reversed := func(keys []string) []string {
		keys = slices.Clone(keys)
		slices.Reverse(keys)
		return keys
	}
	b.steps("upwards", up, 10, false, step{found, true}, step{late, false})
	b.steps("upwards, full pages", up, 1, false, step{found[:1], false}, step{found[1:], true},
		step{late[:1], false}, step{late[1:2], false}, step{late[2:3], false}, step{late[3:4], false}, step{late[4:], false})
	b.steps("upwards, a page that is just full", up, 2, false, step{found, true}, step{late[:2], false}, step{late[2:4], false}, step{late[4:], false})
	b.steps("backwards", up, 10, true, step{late, true}, step{found, false})
	b.steps("downwards", down, 10, false, step{reversed(late), true}, step{reversed(found), false})
	b.steps("downwards and backwards", down, 10, true, step{reversed(found), true}, step{reversed(late), false})
	b.steps("out", b.ofHub(cited, kg.Out, kg.AsOf{}, kg.Ascending), 10, false, step{[]string{number(hubSize - 4), number(hubSize - 2)}, false})

	early := kg.AsOf{Date: "1979"} // before all but those of which nothing is known
	undated := numbers(hubSize, hubSize+hubUndated)
	b.steps("nothing before the cut", b.ofHub(kg.RelationshipFilter{}, kg.AnyDirection, early, kg.Ascending), 10, false, step{nil, true}, step{undated, false})
	b.steps("nothing before the cut, backwards", b.ofHub(kg.RelationshipFilter{}, kg.AnyDirection, early, kg.Ascending), 10, true, step{undated, true}, step{nil, false})

	// from just behind the 50th, all can be read; from one before that, one is left
	plain := b.ofHub(kg.RelationshipFilter{}, kg.AnyDirection, kg.AsOf{}, kg.Ascending)
	p, err := up.Page(kg.PageArgs{})
	if err != nil {
		b.Fatal(err)
	}
	for place, cut := range map[int]bool{hubUndated + 48: true, hubUndated + 49: false} {
		d := p.Drives[0]
		d.After = b.sortKeyAt(plain, place)
		rows, err := b.store.List(b.ctx, p.Query, []kg.Drive{d})
		if err != nil {
			b.Fatal(err)
		}
		if got := rows[0].Cut != ""; got != cut {
			b.Errorf("behind place %d: cut %t", place, got)
		}
	}
}

// sortKeyAt is the sort key of a place among the first hundred of a list.
func (b *bench) sortKeyAt(l kg.List, place int) string {
	b.Helper()
	return kg.SortKey(b.page(l, kg.PageArgs{First: ptr(100)}).Records[place], kg.ByDefault)
}

func (b *bench) hubCounts() {
	b.Helper()
	all := hubSize + hubUndated
	with := entIDs("hub")
	either, err := kg.Relationships(&kg.RelationshipFilter{With: with}, kg.AsOf{}, nil)
	if err != nil {
		b.Fatal(err)
	}
	set, err := kg.Relationships(&kg.RelationshipFilter{Dataset: []kg.ID{kg.DatasetID(testSet)}}, kg.AsOf{}, nil)
	if err != nil {
		b.Fatal(err)
	}
	up := kg.Ascending
	for _, tt := range []struct {
		name  string
		list  kg.List
		n     int
		exact bool
	}{
		{"all", b.ofHub(kg.RelationshipFilter{}, kg.AnyDirection, kg.AsOf{}, up), all, true},
		{"out", b.ofHub(kg.RelationshipFilter{}, kg.Out, kg.AsOf{}, up), (all + 1) / 2, true},
		{"types", b.ofHub(kg.RelationshipFilter{Types: []kg.RelationshipType{kg.MemberOf}}, kg.AnyDirection, kg.AsOf{}, up), all / 2, true},
		{"every relationship", kg.AllOf(kg.RelationshipClass), all, true},
		{"either end", either, kg.ReadLimit, false},
		{"of a dataset", set, kg.ReadLimit, false},
		{"source", b.ofHub(kg.RelationshipFilter{Source: []kg.ID{srcID("src")}}, kg.AnyDirection, kg.AsOf{}, up), 2, false},
		{"source, out", b.ofHub(kg.RelationshipFilter{Source: []kg.ID{srcID("src")}}, kg.Out, kg.AsOf{}, up), 2, true},
		{"certain", b.ofHub(kg.RelationshipFilter{}, kg.AnyDirection, kg.AsOf{Date: "1980-01-10", CertainOnly: true}, up), 10, false},
		{"with one leaf", b.ofHub(kg.RelationshipFilter{With: entIDs("leaf00000")}, kg.AnyDirection, kg.AsOf{}, up), (all + 19) / 20, true},
	} {
		if n, exact := b.count(tt.list, nil); n != tt.n || exact != tt.exact {
			b.Errorf("%s: counted %d, exactly %t; want %d, %t", tt.name, n, exact, tt.n, tt.exact)
		}
	}
}

// hubDeadlines reads much in little time: what comes is whole, or TIMEOUT.
func (b *bench) hubDeadlines() {
	b.Helper()
	q, one := b.ofHub(kg.RelationshipFilter{Source: []kg.ID{srcID("none")}}, kg.AnyDirection, kg.AsOf{}, kg.Ascending).Counting()
	drives := slices.Repeat(one, 50)
	timeouts := 0
	for _, wait := range []time.Duration{time.Millisecond, 5 * time.Millisecond, 20 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(b.ctx, wait)
		start := time.Now()
		_, err := b.store.List(ctx, q, drives)
		cancel()
		if took := time.Since(start); took > 3*time.Second {
			b.Errorf("a deadline of %s was heeded after %s", wait, took)
		}
		switch kg.CodeOf(err) {
		case kg.Timeout:
			timeouts++
		case "":
		default:
			b.Errorf("within %s: %v", wait, err)
		}
	}
	if timeouts == 0 {
		b.Error("500,000 rows were read within a millisecond")
	}
}

// hubCascade: one record more than a cascade may take, and then as many as it may.
func (b *bench) hubCascade() {
	b.Helper()
	hub := []kg.Deletion{{ID: entID("hub"), Cascade: true}}
	if _, err := b.apply(&kg.Batch{Delete: hub}); kg.CodeOf(err) != kg.Conflict {
		b.Errorf("a cascade of %d: %v", hubSize+hubUndated, err)
	}
	over := hubSize + hubUndated - kg.MaxCascade
	var few []kg.Deletion
	for i := range over - 1 {
		few = append(few, kg.Deletion{ID: relID(number(i))})
	}
	b.mustApply(&kg.Batch{Delete: few})
	if _, err := b.apply(&kg.Batch{Delete: hub}); kg.CodeOf(err) != kg.Conflict {
		b.Errorf("a cascade of %d: %v", kg.MaxCascade+1, err)
	}
	r := b.mustApply(&kg.Batch{Delete: append(hub, kg.Deletion{ID: relID(number(over - 1))})})
	if len(r.Deleted) != kg.MaxCascade+2 {
		b.Errorf("deleted %d records, want %d", len(r.Deleted), kg.MaxCascade+2)
	}
	if n, _ := b.count(kg.AllOf(kg.RelationshipClass), nil); n != 0 {
		b.Errorf("%d relationships are left", n)
	}
}
