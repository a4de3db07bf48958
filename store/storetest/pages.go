package storetest

import (
	"errors"
	"slices"
	"strconv"

	"dramatis/kg"
)

// dated is a graph whose lists have records of the same date, of no date and of dates of every form.
func dated() []kg.Record {
	records := []kg.Record{person("a", "A"), person("b", "B")}
	dates := []kg.PartialDate{"2001", "2001-01", "2001-01-01?", "", "..", "1999~", "9999", "0001", "2001-02-28", "2001-02%", ""}
	for i, d := range dates {
		from, to := "a", "b"
		if i%3 == 0 {
			from, to = to, from
		}
		r := link("r"+strconv.Itoa(i), kg.Supports, from, to, d)
		if i%4 == 0 {
			r.Type = kg.AlliedWith
		}
		e := event("e"+strconv.Itoa(i), d, "")
		s := said("s"+strconv.Itoa(i), kg.PartialDate(""), "a")
		if d != kg.Open {
			s.Date = d
		}
		records = append(records, r, e, s)
	}
	return records
}

var pageTests = []test{
	{"pages of every size, both ways, in both orders", func(b *bench) {
		records := dated()
		oracle := NewOracle()
		if _, failures := oracle.Apply(&kg.Batch{Put: cloneAll(b, records), Dataset: dataset(testSet), At: b.at}); len(failures) > 0 {
			b.Fatal(failures)
		}
		b.put(records...)
		for _, direction := range []kg.OrderDirection{kg.Ascending, kg.Descending} {
			of := func(l kg.List, err error) kg.List {
				if err != nil {
					b.Fatal(err)
				}
				return l
			}
			lists := []struct {
				list kg.List
				want Answer
			}{
				{of(kg.RelationshipsOf(entID("a"), nil, kg.AnyDirection, kg.AsOf{}, &direction)),
					oracle.RelationshipsOf(entID("a"), nil, kg.AnyDirection, kg.AsOf{}, &direction)},
				{of(kg.RelationshipsOf(entID("a"), nil, kg.Out, kg.AsOf{Date: "2001-01"}, &direction)),
					oracle.RelationshipsOf(entID("a"), nil, kg.Out, kg.AsOf{Date: "2001-01"}, &direction)},
				{of(kg.Events(nil, kg.AsOf{}, &direction)), oracle.Events(nil, kg.AsOf{}, &direction)},
				{of(kg.Statements(nil, kg.AsOf{}, &direction)), oracle.Statements(nil, kg.AsOf{}, &direction)},
				{of(kg.Entities(nil, &direction)), oracle.Entities(nil, &direction)},
				{of(kg.Entities(&kg.EntityFilter{NamePrefix: ptr("e")}, &direction)), oracle.Entities(&kg.EntityFilter{NamePrefix: ptr("e")}, &direction)},
			}
			for i, l := range lists {
				b.walk(l.list, l.want)
				if i%2 == 0 { // one of each order of records
					b.bound(l.list, l.want)
				}
			}
		}
	}},
	{"a page beyond the end is empty", func(b *bench) {
		b.put(dated()...)
		l := kg.AllOf(kg.RelationshipClass)
		all := b.page(l, kg.PageArgs{First: ptr(100)})
		c := b.page(l, kg.PageArgs{After: &all.End})
		if len(c.Records) != 0 || c.HasNext || !c.HasPrevious || c.End != "" {
			b.Errorf("got %+v", c)
		}
	}},
	{"a cursor of another list is refused", func(b *bench) {
		b.put(dated()...)
		cursor := b.page(kg.AllOf(kg.RelationshipClass), kg.PageArgs{}).End
		_, err := kg.AllOf(kg.StatementClass).Page(kg.PageArgs{After: &cursor})
		if kg.CodeOf(err) != kg.BadCursor {
			b.Errorf("got %v", err)
		}
	}},
	{"a cursor outlives its record", func(b *bench) {
		b.put(dated()...)
		l := kg.AllOf(kg.RelationshipClass)
		all := b.page(l, kg.PageArgs{})
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: all.Records[3].GetID()}}})
		next := b.page(l, kg.PageArgs{After: &all.Cursors[3], First: ptr(1)})
		if got, want := labels(next.Records), labels(all.Records[4:5]); !slices.Equal(got, want) {
			b.Errorf("got %v, want %v", got, want)
		}
	}},
}

func cloneAll(b *bench, records []kg.Record) []kg.Record {
	out := make([]kg.Record, len(records))
	for i, r := range records {
		out[i] = clone(b.T, r)
	}
	return out
}

// walk reads a list from page to page, with pages of every size, to its end and back.
func (b *bench) walk(l kg.List, want Answer) {
	b.Helper()
	for size := 1; size <= len(want)+1; size++ {
		for _, backward := range []bool{false, true} {
			pages := b.walkOnce(l, size, backward, want)
			if most := max(1, (len(want)+size-1)/size); pages != most {
				b.Errorf("%d pages of %d for %d records", pages, size, len(want))
			}
		}
	}
}

// walkOnce reads a list from page to page to its end, or from there to its beginning; pages is how many that took.
func (b *bench) walkOnce(l kg.List, size int, backward bool, want Answer) (pages int) {
	b.Helper()
	var got []kg.Record
	err := walk(l, size, backward, func(args kg.PageArgs) (*kg.Connection, error) {
		pages++
		c := b.page(l, args)
		if backward {
			got = append(slices.Clone(c.Records), got...)
		} else {
			got = append(got, c.Records...)
		}
		return c, nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if !slices.Equal(labels(got), labels(want)) {
		b.Errorf("in pages of %d, backwards %t: got %v, want %v", size, backward, labels(got), labels(want))
	}
	return pages
}

// walk asks for one page after the other until there is no more.
func walk(l kg.List, size int, backward bool, read func(kg.PageArgs) (*kg.Connection, error)) error {
	args := kg.PageArgs{First: &size}
	if backward {
		args = kg.PageArgs{Last: &size}
	}
	for range 1_000 {
		c, err := read(args)
		if err != nil {
			return err
		}
		switch {
		case backward && c.HasPrevious:
			args.Before = &c.Start
		case !backward && c.HasNext:
			args.After = &c.End
		default:
			return nil
		}
	}
	return errors.New("there is no end of pages")
}

// bound reads between every two cursors of a list.
func (b *bench) bound(l kg.List, want Answer) {
	b.Helper()
	cursors := b.page(l, kg.PageArgs{First: ptr(100)}).Cursors
	for after := -1; after < len(want); after++ {
		for before := -1; before < len(want); before++ {
			backward := (after+before)%2 == 0 // either way, in turns
			args := kg.PageArgs{First: ptr(3)}
			if backward {
				args = kg.PageArgs{Last: ptr(3)}
			}
			if after >= 0 {
				args.After = &cursors[after]
			}
			if before >= 0 {
				args.Before = &cursors[before]
			}
			p := want.Page(after, before, 3, backward)
			c := b.page(l, args)
			if !slices.Equal(labels(c.Records), labels(p.Records)) || c.HasNext != p.HasNext || c.HasPrevious != p.HasPrevious {
				b.Fatalf("from %d to %d, backwards %t: got %v %t %t, want %v %t %t", after, before, backward,
					labels(c.Records), c.HasNext, c.HasPrevious, labels(p.Records), p.HasNext, p.HasPrevious)
			}
		}
	}
}
