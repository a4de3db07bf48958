package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

// shelf is a store in memory that can be read only: what a graph of more than may be read answers is decided in kg, and
// found out here without writing one into each database.
type shelf struct {
	kg.Store
	records map[kg.ID]kg.Record
	sorted  map[kg.Key][]book
}

// book is a record under one of its keys.
type book struct {
	sort   string
	record kg.Record
	keys   []kg.Key
}

func newShelf(records []kg.Record) *shelf {
	s := &shelf{records: map[kg.ID]kg.Record{}, sorted: map[kg.Key][]book{}}
	for _, r := range records {
		s.records[r.GetID()] = r
		keys := kg.Keys(r)
		for _, k := range keys {
			s.sorted[k] = append(s.sorted[k], book{kg.SortKey(r, k.Facet.Info().Order), r, keys})
		}
	}
	for _, books := range s.sorted {
		slices.SortFunc(books, func(a, b book) int { return strings.Compare(a.sort, b.sort) })
	}
	return s
}

func (s *shelf) Get(_ context.Context, ids []kg.ID) ([]kg.Record, error) {
	var found []kg.Record
	for _, id := range ids {
		found = append(found, s.records[id])
	}
	return found, nil
}

func (s *shelf) Count(_ context.Context, keys []kg.Key) ([]int, error) {
	var counts []int
	for _, k := range keys {
		counts = append(counts, len(s.sorted[k]))
	}
	return counts, nil
}

func (s *shelf) Top(context.Context, []kg.Facet, int) ([]kg.Tally, error) { return nil, nil }

func (s *shelf) List(_ context.Context, q kg.Query, lists []kg.Drive) ([]kg.Rows, error) {
	var out []kg.Rows
	for _, d := range lists {
		var books []book
		for _, k := range d.Keys {
			for _, b := range s.sorted[k] {
				if b.sort > d.After && (d.Before == "" || b.sort < d.Before) {
					books = append(books, b)
				}
			}
		}
		slices.SortFunc(books, func(a, b book) int { return strings.Compare(a.sort, b.sort) })
		books = slices.CompactFunc(books, func(a, b book) bool { return a.sort == b.sort })
		if q.Reverse {
			slices.Reverse(books)
		}
		out = append(out, take(q, books))
	}
	return out, nil
}

// take reads books one by one.
func take(q kg.Query, books []book) kg.Rows {
	var rows kg.Rows
	for i, b := range books {
		if len(rows.Records) == q.Limit {
			break
		}
		if q.Filtered() && i == kg.ReadLimit {
			rows.Cut = books[i-1].sort
			break
		}
		if fits(q, b) {
			rows.Records = append(rows.Records, b.record)
		}
	}
	return rows
}

func fits(q kg.Query, b book) bool {
	for _, keys := range q.Where {
		if !meet(keys, b.keys) {
			return false
		}
	}
	w := kg.WindowOf(b.record)
	for _, t := range q.Days {
		day := map[kg.DayColumn]kg.Day{kg.StartMin: w.StartMin, kg.StartMax: w.StartMax, kg.EndMin: w.EndMin, kg.EndMax: w.EndMax}[t.Column]
		if t.AtLeast && day < t.Day || !t.AtLeast && day > t.Day {
			return false
		}
	}
	return true
}

// pages reads at most so many pages of 100, and gives the items in them that are not of the busy day, how many pages were
// cut, and the cursor to go on from, "" at the end.
func pages(t *testing.T, s kg.Store, q kg.TimelineQuery, backward bool, from string, most int) (keys []string, cut int, next string) {
	t.Helper()
	for range most {
		args := kg.PageArgs{First: ptr(100)}
		if backward {
			args = kg.PageArgs{Last: ptr(100)}
		}
		if from != "" && backward {
			args.Before = &from
		} else if from != "" {
			args.After = &from
		}
		p, err := kg.Timeline(t.Context(), s, q, args, false)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, i := range p.Items {
			if i.First != busyDay {
				found = append(found, label(i.Record))
			}
		}
		cut += truth(p.Cut)
		more := p.HasNext
		if from = p.End; backward {
			more, from = p.HasPrevious, p.Start
			keys = append(found, keys...)
		} else {
			keys = append(keys, found...)
		}
		if !more {
			return keys, cut, ""
		}
	}
	return keys, cut, from
}

const (
	busyDay = "2022-03-01"
	busy    = kg.ReadLimit + 20
)

// busyRecords are many statements of one day, with one before and two behind it; many events before that, of which few were
// still on; and many relationships of one, one ended a day, of which few are of another type.
func busyRecords() []kg.Record {
	records := []kg.Record{person("who", "Who"), body("o", "O"), topic("it", "It"),
		said("before", "2022-02-28", "who"), said("behind", "2022-03-02", "who"), said("last", "2022-03-03", "who"),
		event("long", "1930", ".."), event("recent", "2021-12-31", "2022-02-28"), link("late", kg.Leads, "who", "o", "2200-05", "2200-06")}
	for i := range busy {
		s := said("s"+number(i), busyDay, "who")
		s.About = entIDs("it")
		day := kg.PartialDate(dayText(-i))
		records = append(records, s, event("e"+number(i), day, ""))
	}
	for i := range 5 * kg.ReadLimit {
		day := kg.PartialDate(dayText(i))
		records = append(records, paid("p"+number(i), "who", "o", 1, "EUR", day, day))
	}
	// on the days at which reading of the ends stops, forwards and, at the third go, backwards: the next row
	forth, back := link("forth", kg.Leads, "who", "o", "", kg.PartialDate(dayText(kg.ReadLimit-1))), link("back", kg.Leads, "who", "o", "", kg.PartialDate(dayText(2*kg.ReadLimit+3)))
	forth.ID, back.ID = kg.NewID(kg.RelationshipClass, [16]byte(slices.Repeat([]byte{255}, 16))), kg.NewID(kg.RelationshipClass, [16]byte{})
	return append(records, forth, back)
}

// TestMoreThanMayBeRead: pages say where they were cut, come to an end and reach what is behind; so do counts.
func TestMoreThanMayBeRead(t *testing.T) {
	s := newShelf(busyRecords())
	statements := kg.TimelineQuery{Kinds: []kg.TimelineKind{kg.StatementItem}}
	for name, q := range map[string]kg.TimelineQuery{"of all": statements, "of one": {IDs: entIDs("who"), Kinds: statements.Kinds}} {
		ends := map[bool][]string{false: {"before"}, true: {"behind", "last"}} // from where a page goes forwards, and backwards
		into := map[bool]string{}
		for _, backward := range []bool{false, true} {
			keys, cut, next := pages(t, s, q, backward, "", 3)
			if next == "" || cut != 2 || !slices.Equal(keys, ends[backward]) {
				t.Errorf("%s, into the day, backwards %t: got %v, %d cut", name, backward, keys, cut)
			}
			into[backward] = next
		}
		for _, backward := range []bool{false, true} {
			// out of the day, whose last pages the other way came by: there can be a few more, that it did not read
			keys, cut, next := pages(t, s, q, backward, into[!backward], 5)
			if next != "" || cut == 0 || !slices.Equal(keys, ends[!backward]) {
				t.Errorf("%s, out of the day, backwards %t: got %v, %d cut", name, backward, keys, cut)
			}
		}
		after := into[false]
		p, err := kg.Timeline(t.Context(), s, q, kg.PageArgs{Last: ptr(100), After: &after}, false)
		if err != nil || p.Cut || len(p.Items) != 2 || p.Items[0].Record.GetID() != staID("behind") {
			t.Errorf("%s, the last behind a place in the day: got %d items, cut %t, %v", name, len(p.Items), p.Cut, err)
		}
	}
	t.Run("the day may be vague", func(t *testing.T) {
		// the busy day is the first of its month: what is dated by that month would stand there
		q := kg.TimelineQuery{Kinds: statements.Kinds, Between: during("2022-03-02", "")}
		for _, backward := range []bool{false, true} {
			keys, cut, next := pages(t, s, q, backward, "", 1)
			if next != "" || cut != 1 || !slices.Equal(keys, []string{"behind", "last"}) {
				t.Errorf("backwards %t: got %v, then %q, %d cut", backward, keys, next, cut)
			}
		}
		q.Between = during("2022-02", "2022-02")
		if keys, cut, next := pages(t, s, q, false, "", 1); next != "" || cut != 0 || !slices.Equal(keys, []string{"before"}) {
			t.Errorf("the month before: got %v, then %q, %d cut", keys, next, cut)
		}
	})
	t.Run("the latest of many earlier events", func(t *testing.T) {
		q := kg.TimelineQuery{Kinds: []kg.TimelineKind{kg.EventItem}, Between: during("2022-02-28", "")}
		if keys, cut, next := pages(t, s, q, false, "", 1); next != "" || cut != 1 || !slices.Equal(keys, []string{"recent"}) {
			t.Errorf("got %v, then %q, %d cut", keys, next, cut)
		}
	})
	t.Run("a rare type among many that ended", func(t *testing.T) {
		q := kg.TimelineQuery{Kinds: []kg.TimelineKind{kg.EndItem}, Types: []kg.RelationshipType{kg.Leads}}
		for _, backward := range []bool{false, true} {
			keys, cut, next := pages(t, s, q, backward, "", 20)
			if next != "" || cut == 0 || !slices.Equal(keys, []string{"forth", "back", "late"}) {
				t.Errorf("backwards %t: got %v, then %q, %d cut", backward, keys, next, cut)
			}
		}
	})
	t.Run("ends of one", func(t *testing.T) {
		q := kg.TimelineQuery{IDs: entIDs("who"), Kinds: []kg.TimelineKind{kg.EndItem}, Between: during("1970-01-02", "1970-01-02")}
		if keys, cut, next := pages(t, s, q, false, "", 1); next != "" || cut != 1 || !slices.Equal(keys, []string{"p00001"}) {
			t.Errorf("got %v, then %q, %d cut", keys, next, cut)
		}
	})
	t.Run("counted", func(t *testing.T) {
		for i, tt := range []struct {
			q     kg.TimelineQuery
			total int
			cut   bool
			want  []kg.Bucket
		}{
			{statements, 1, true, []kg.Bucket{{Date: "2022-02-28", Count: 1, Statements: 1}}},
			{kg.TimelineQuery{Kinds: statements.Kinds, Between: during("2022-03-02", "")}, 2, true,
				[]kg.Bucket{{Date: "2022-03-02", Count: 1, Statements: 1}, {Date: "2022-03-03", Count: 1, Statements: 1}}},
			{kg.TimelineQuery{Kinds: statements.Kinds, Between: during("", "2022-02")}, 1, false, []kg.Bucket{{Date: "2022-02-28", Count: 1, Statements: 1}}},
		} {
			tt.q.Resolution = kg.DayResolution
			p, err := kg.Timeline(t.Context(), s, tt.q, kg.PageArgs{First: ptr(1)}, true)
			if err != nil || p.Total != tt.total || p.CountCut != tt.cut || !slices.Equal(p.Buckets, tt.want) {
				t.Errorf("%d: got %d, cut %t, %s, %v", i, p.Total, p.CountCut, show(p.Buckets), err)
			}
		}
	})
	t.Run("totals", func(t *testing.T) { totalsBeyond(t, s) })
}

// totalsBeyond counts more than can be read.
func totalsBeyond(t *testing.T, s kg.Store) {
	c, err := kg.CountStatements(t.Context(), s, &kg.StatementFilter{About: entIDs("it")}, kg.AsOf{})
	most := fmt.Sprint([]kg.FacetCount[kg.ID]{{Value: entID("it"), Count: kg.ReadLimit}})
	if err != nil || !c.Cut || c.Count != kg.ReadLimit || fmt.Sprint(c.Subjects) != most {
		t.Errorf("statements about one: got %s, %v", show(c), err)
	}
	if c, err = kg.CountStatements(t.Context(), s, nil, kg.AsOf{}); err != nil || !c.Cut || c.Count != busy+3 || c.Kinds[0].Count != kg.ReadLimit {
		t.Errorf("all statements: got %s, %v", show(c), err)
	}
	links, err := kg.CountRelationships(t.Context(), s, &kg.RelationshipFilter{With: entIDs("who")}, kg.AsOf{})
	if err != nil || !links.Cut || links.Count != kg.ReadLimit {
		t.Errorf("relationships of one: got %s, %v", show(links), err)
	}
	if links, err = kg.CountRelationships(t.Context(), s, nil, kg.AsOf{}); err != nil || links.Cut || links.Count != 5*kg.ReadLimit+3 {
		t.Errorf("all relationships: got %s, %v", show(links), err)
	}
	p, err := kg.SumPayments(t.Context(), s, nil, kg.AsOf{}, kg.ByPayer, 10)
	if err != nil || !p.Cut || len(p.Sums) != 1 || p.Sums[0].Count != kg.ReadLimit || *p.Sums[0].Minor != kg.ReadLimit {
		t.Errorf("payments: got %s, %v", show(p), err)
	}
	e, err := kg.CountEntities(t.Context(), s, &kg.EntityFilter{Types: []kg.EntityType{kg.EventType}})
	if err != nil || !e.Cut || e.Count != kg.ReadLimit {
		t.Errorf("events: got %d, cut %t, %v", e.Count, e.Cut, err)
	}
}
