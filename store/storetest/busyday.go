package storetest

import (
	"slices"

	"dramatis/kg"
)

// busyCount is how many statements were made, and how many payments begun, on one day.
const busyCount = kg.ReadLimit + 20

// putBusyDay makes a day on which more happened than one read may go through, and something before and behind it.
func (b *bench) putBusyDay() {
	b.Helper()
	records := []kg.Record{person("who", "Who"), body("o", "O"),
		said("before", "2022-02-28", "who"), said("behind", "2022-03-02", "who"), said("last", "2022-03-03", "who"),
		link("late", kg.Leads, "who", "o", "2022-03-04", "2060")}
	for i := range 20 {
		records = append(records, body("b"+number(i), "Body"))
	}
	for i := range busyCount {
		s := said("s"+number(i), "2022-03-01", "who")
		s.About = entIDs("o")
		records = append(records, s, paid(number(i), "b"+number(i%20), "b"+number(i/20%20), 1, "EUR", "2022-03-01", kg.PartialDate(dayText(19_100+i))))
	}
	b.putMany(records)
}

// busyPages pages into the day and out of it: pages say where they were cut, come to an end and reach what is behind.
func (b *bench) busyPages() {
	b.Helper()
	for name, ids := range map[string][]kg.ID{"of all": nil, "of one": entIDs("who")} {
		q := kg.TimelineQuery{IDs: ids, Kinds: []kg.TimelineKind{kg.StatementItem}}
		page := func(args kg.PageArgs) *kg.TimelinePage {
			p, err := kg.Timeline(b.ctx, b.store, q, args, false)
			if err != nil {
				b.Fatal(err)
			}
			return p
		}
		expect := func(step string, p *kg.TimelinePage, cut, next, previous bool, want ...string) {
			b.Helper()
			if got := itemKeys(p.Items); p.Cut != cut || p.HasNext != next || p.HasPrevious != previous || want != nil && !slices.Equal(got, want) {
				b.Errorf("%s %s: got %d items (%v …), cut %t, next %t, previous %t; want %v, %t, %t, %t", name, step, len(got), got[:min(3, len(got))],
					p.Cut, p.HasNext, p.HasPrevious, want, cut, next, previous)
			}
		}
		if ids != nil { // from each end once
			expect("the last page", page(kg.PageArgs{Last: ptr(1)}), false, false, true, "last")
			expect("the first page", page(kg.PageArgs{First: ptr(100)}), false, true, false, "before")
			continue
		}
		first := page(kg.PageArgs{First: ptr(100)})
		expect("the first page", first, false, true, false, "before")
		forth := page(kg.PageArgs{First: ptr(100), After: &first.End})
		expect("into the day", forth, true, true, true)
		last := page(kg.PageArgs{Last: ptr(100)})
		expect("the last page", last, false, false, true, "behind", "last")
		back := page(kg.PageArgs{Last: ptr(100), Before: &last.Start})
		expect("back into the day", back, true, true, true)
		for step, p := range map[string]*kg.TimelinePage{"into the day": forth, "back into the day": back} {
			if n := len(p.Items); n != 100 || p.Items[0].First != "2022-03-01" || p.Items[n-1].Last != "2022-03-01" {
				b.Errorf("%s %s: %d items", name, step, n)
			}
		}
		// out of the day: few of those that the other way did not come by can be left of it
		if out := b.until(page, "last", kg.PageArgs{First: ptr(100), After: &back.End}); !slices.Equal(out, []string{"behind", "last"}) {
			b.Errorf("%s: behind the day come %v", name, out)
		}
		if out := b.until(page, "before", kg.PageArgs{Last: ptr(100), Before: &forth.Start}); !slices.Equal(out, []string{"before"}) {
			b.Errorf("%s: before the day come %v", name, out)
		}
	}
	// of the busy day, which is the first of its month, only what may have been later in it belongs here
	q := kg.TimelineQuery{Between: during("2022-03-02", ""), Kinds: []kg.TimelineKind{kg.StatementItem}}
	page, err := kg.Timeline(b.ctx, b.store, q, kg.PageArgs{}, true)
	if err != nil || !slices.Equal(itemKeys(page.Items), []string{"behind", "last"}) || page.HasNext || page.Total != 2 || !page.Cut || !page.CountCut {
		b.Errorf("from the day behind: got %s, %v", show(page), err)
	}
	// a type that few of those that ended are of
	q = kg.TimelineQuery{Types: []kg.RelationshipType{kg.Leads}, Kinds: []kg.TimelineKind{kg.EndItem}}
	for _, args := range []kg.PageArgs{{First: ptr(1)}, {Last: ptr(1)}} {
		if page, err = kg.Timeline(b.ctx, b.store, q, args, false); err != nil || !slices.Equal(itemKeys(page.Items), []string{"late"}) {
			b.Errorf("a rare type, page %s: got %s, %v", show(args), show(page), err)
		}
	}
}

// until reads at most three pages and gives the statements in them that are not of the busy day.
func (b *bench) until(page func(kg.PageArgs) *kg.TimelinePage, key string, args kg.PageArgs) []string {
	var out []string
	for range 3 {
		p := page(args)
		for _, i := range p.Items {
			if i.First != "2022-03-01" {
				out = append(out, label(i.Record))
			}
		}
		if slices.Contains(out, key) {
			break
		}
		if args.Last != nil {
			args.Before = &p.Start
		} else {
			args.After = &p.End
		}
	}
	return out
}

func itemKeys(items []kg.TimelineItem) []string {
	keys := []string{}
	for _, i := range items {
		keys = append(keys, label(i.Record))
	}
	return keys
}

// busyCounts measures more than can be counted: what comes before the day at which reading stopped.
func (b *bench) busyCounts() {
	b.Helper()
	for _, tt := range []struct {
		name  string
		q     kg.TimelineQuery
		total int
		cut   bool
		want  []kg.Bucket
	}{
		{"statements", kg.TimelineQuery{Kinds: []kg.TimelineKind{kg.StatementItem}, Resolution: kg.DayResolution}, 1, true,
			[]kg.Bucket{{Date: "2022-02-28", Count: 1, Statements: 1}}},
		{"ends of a year", kg.TimelineQuery{Between: during("", "2022"), Kinds: []kg.TimelineKind{kg.EndItem}, Resolution: kg.YearResolution}, 258, false,
			[]kg.Bucket{{Date: "2022", Count: 258, Ends: 258}}},
		{"before the day", kg.TimelineQuery{Between: during("", "2022-02"), Resolution: kg.YearResolution}, 1, false,
			[]kg.Bucket{{Date: "2022", Count: 1, Statements: 1}}},
	} {
		page, err := kg.Timeline(b.ctx, b.store, tt.q, kg.PageArgs{First: ptr(1)}, true)
		if err != nil || page.Total != tt.total || page.CountCut != tt.cut || !slices.Equal(page.Buckets, tt.want) {
			b.Errorf("%s: got %d, cut %t, %s, %v; want %d, %t, %s", tt.name, page.Total, page.CountCut, show(page.Buckets), err, tt.total, tt.cut, show(tt.want))
		}
	}
}

// busyTotals counts more than can be read.
func (b *bench) busyTotals() {
	b.Helper()
	about := &kg.StatementFilter{About: entIDs("o")}
	statements, err := kg.CountStatements(b.ctx, b.store, about, kg.AsOf{})
	if err != nil {
		b.Fatal(err)
	}
	who, o := kg.FacetCount[kg.ID]{Value: entID("who"), Count: kg.ReadLimit}, kg.FacetCount[kg.ID]{Value: entID("o"), Count: kg.ReadLimit}
	if c := statements; !c.Cut || c.Count != kg.ReadLimit || !slices.Equal(c.Speakers, []kg.FacetCount[kg.ID]{who}) || !slices.Equal(c.Subjects, []kg.FacetCount[kg.ID]{o}) {
		b.Errorf("statements about one: got %s", show(c))
	}
	if statements, err = kg.CountStatements(b.ctx, b.store, nil, kg.AsOf{}); err != nil {
		b.Fatal(err)
	}
	who.Count, o.Count = busyCount+3, busyCount
	if c := statements; !c.Cut || c.Count != busyCount+3 || !slices.Equal(c.Speakers, []kg.FacetCount[kg.ID]{who}) || !slices.Equal(c.Subjects, []kg.FacetCount[kg.ID]{o}) {
		b.Errorf("all statements: got %s", show(c))
	}
	matrix, err := statements.Matrix(1, 1, false)
	if err != nil || len(matrix.Rows) != 1 || matrix.Rows[0].Count != kg.ReadLimit || !slices.Equal(matrix.Rows[0].Counts, []int{kg.ReadLimit - 1}) {
		b.Errorf("of the first statements: got %s, %v", show(matrix), err)
	}
	var bodies []kg.ID
	for i := range 20 {
		bodies = append(bodies, entID("b"+number(i)))
	}
	for name, tt := range map[string]struct {
		f     *kg.RelationshipFilter
		count int
		cut   bool
	}{
		"all":      {nil, busyCount + 1, false},
		"of 20":    {&kg.RelationshipFilter{With: bodies}, kg.ReadLimit, true},
		"payments": {&kg.RelationshipFilter{Types: []kg.RelationshipType{kg.Paid}}, kg.ReadLimit, true},
		"late":     {&kg.RelationshipFilter{Types: []kg.RelationshipType{kg.Leads}}, 1, false},
	} {
		c, err := kg.CountRelationships(b.ctx, b.store, tt.f, kg.AsOf{})
		if err != nil || c.Count != tt.count || c.Cut != tt.cut {
			b.Errorf("relationships, %s: got %s, %v; want %d, cut %t", name, show(c), err, tt.count, tt.cut)
		}
	}
	p, err := kg.SumPayments(b.ctx, b.store, nil, kg.AsOf{}, kg.ByPayer, 100)
	if err != nil || !p.Cut || len(p.Sums) != 20 {
		b.Fatalf("payments: got %s, %v", show(p), err)
	}
	total := 0
	for _, sum := range p.Sums {
		if total += sum.Count; *sum.Minor != int64(sum.Count) {
			b.Errorf("%d in %d payments of 1", *sum.Minor, sum.Count)
		}
	}
	if total != kg.ReadLimit {
		b.Errorf("%d payments were added up", total)
	}
}

// busyBounds asks for what comes behind the month, or before the day: its statements need not be read. (Those of the first of a
// month must be, when a day of it is asked for, for so stand those of the month.)
func (b *bench) busyBounds() {
	b.Helper()
	b.putMany([]kg.Record{said("april", "2022-04-05", "who"), said("spring", "2022-04", "who"), said("may", "2022-05-05", "who")})
	for _, tt := range []struct {
		from, to kg.PartialDate
		want     []string
	}{
		{"2022-04-02", "", []string{"spring", "april", "may"}},
		{"2022-04-02", "2022-04-30", []string{"spring", "april"}},
		{"", "2022-02-28", []string{"before"}},
	} {
		r := &kg.DateRange{}
		if tt.from != "" {
			r.From = &tt.from
		}
		if tt.to != "" {
			r.To = &tt.to
		}
		for _, order := range []kg.OrderDirection{kg.Ascending, kg.Descending} {
			l, err := kg.Statements(&kg.StatementFilter{Between: r, Speakers: entIDs("who")}, kg.AsOf{}, &order)
			if err != nil {
				b.Fatal(err)
			}
			c := b.page(l, kg.PageArgs{})
			n, exact, err := CountList(b.ctx, b.store, l)
			if err != nil {
				b.Fatal(err)
			}
			want := slices.Clone(tt.want)
			if order == kg.Descending {
				slices.Reverse(want)
			}
			if got := labels(c.Records); !slices.Equal(got, want) || c.Cut || c.HasNext || n != len(want) || !exact {
				b.Errorf("from %s to %s, %s: got %v, cut %t, next %t, %d of them, exact %t; want %v", tt.from, tt.to, order, got, c.Cut, c.HasNext, n, exact, want)
			}
		}
	}
}

// busyDayTests are of more than may be read at once.
var busyDayTests = []test{
	{"more of one day than may be read", func(b *bench) {
		b.putBusyDay()
		b.busyPages()
		b.busyCounts()
		b.busyTotals()
		b.busyBounds()
	}},
}
