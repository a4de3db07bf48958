package storetest

import (
	"errors"
	"slices"

	"dramatis/kg"
)

// assembly is a summit, part of a campaign, with one round of talks in it, and who had to do with it.
func assembly() []kg.Record {
	dinner := event("dinner", "2022-01-09", "")
	dinner.About = entIDs("nato")
	said1, said2, said3 := said("promise", "2022-01-11", "anna"), said("reply", "2022-01-12", "ben"), said("rumour", "", "anna")
	said1.OnBehalfOf, said1.About, said1.AtEvent = entIDs("nato"), entIDs("ben", "summit"), entID("round")
	said2.Audience = entIDs("anna", "press")
	return []kg.Record{person("anna", "Anna"), person("ben", "Ben"), body("nato", "NATO"), body("press", "Press"), place("city", "City"),
		event("summit", "2022-01-10", "2022-01-13"), event("round", "2022-01-11", ""), event("campaign", "2021", "2022"), event("match", "2022-01-10", ""), dinner,
		link("guest", kg.ParticipatedIn, "anna", "summit"), link("guest too", kg.ParticipatedIn, "anna", "round"), link("host", kg.Organized, "nato", "summit"),
		link("where", kg.LocatedIn, "summit", "city"), link("stage", kg.PartOf, "round", "summit"), link("whole", kg.PartOf, "summit", "campaign"),
		link("corps", kg.PartOf, "press", "dinner"), link("leads", kg.Leads, "anna", "nato", "2019", "2022-01-12"),
		link("ally", kg.AlliedWith, "nato", "nato", "2020-03"), link("sanction", kg.Sanctions, "nato", "ben", "..", ".."),
		said1, said2, said3}
}

// timeline reads a timeline from page to page, and how it is counted; want is what it says, in lines as itemLines makes them.
func (b *bench) timeline(name string, q kg.TimelineQuery, want ...string) {
	b.Helper()
	b.timelineInPages(name, q, 100, want)
}

func (b *bench) timelineInPages(name string, q kg.TimelineQuery, size int, want []string) {
	b.Helper()
	if want == nil {
		want = []string{}
	}
	for _, backward := range []bool{false, true} {
		got, pages := []string{}, 0
		err := walkTimeline(size, backward, func(args kg.PageArgs) (*kg.TimelinePage, error) {
			measured := pages == 0
			page, err := kg.Timeline(b.ctx, b.store, q, args, measured)
			if err != nil {
				return nil, err
			}
			if page.Cut || measured && (page.CountCut || page.Total != len(want)) {
				b.Errorf("%s: cut %t, counted %d (cut %t), want %d", name, page.Cut, page.Total, page.CountCut, len(want))
			}
			lines := itemLines(page.Items)
			if got = append(got, lines...); backward {
				got = append(lines, got[:len(got)-len(lines)]...)
			}
			pages++
			return page, nil
		})
		if err != nil || !slices.Equal(got, want) {
			b.Errorf("%s, in pages of %d, backwards %t: %v\n got %q\nwant %q", name, size, backward, err, got, want)
		}
		if most := max(1, (len(want)+size-1)/size); pages != most {
			b.Errorf("%s: %d pages of %d for %d items", name, pages, size, len(want))
		}
	}
}

// walkTimeline asks for one page after the other until there is no more.
func walkTimeline(size int, backward bool, read func(kg.PageArgs) (*kg.TimelinePage, error)) error {
	args := kg.PageArgs{First: &size}
	if backward {
		args = kg.PageArgs{Last: &size}
	}
	for range 1_000 {
		page, err := read(args)
		if err != nil {
			return err
		}
		switch {
		case backward && page.HasPrevious:
			args.Before = &page.Start
		case !backward && page.HasNext:
			args.After = &page.End
		default:
			return nil
		}
	}
	return errors.New("there is no end of pages")
}

// during is a stretch of time; "" leaves out a side.
func during(from, to kg.PartialDate) *kg.DateRange {
	r := &kg.DateRange{}
	if from != "" {
		r.From = &from
	}
	if to != "" {
		r.To = &to
	}
	return r
}

var timelineTests = []test{
	{"in order, however well the dates are known", func(b *bench) {
		b.put(person("who", "Who"), body("o", "O"), event("event", "2022-01-01?", ""), event("yearly", "2022", ""), event("before", "2021-12-31", ""),
			said("said", "2022-01-01", "who"), said("said in January", "2022-01", "who"), said("said that year", "2022%", "who"),
			link("link", kg.Leads, "who", "o", "2022-01-01~", "2022-01-01"), link("month", kg.Leads, "who", "o", "2022-01", ".."),
			link("year", kg.Supports, "who", "o", "2022", "2022"))
		want := []string{
			"2021-12-31 2021-12-31 EVENT before 2021-12-31",
			"2022-01-01 2022-01-01 EVENT event 2022-01-01?",
			"2022-01-01 2022-01-01 START link 2022-01-01~",
			"2022-01-01 2022-01-01 END link 2022-01-01",
			"2022-01-01 2022-01-01 STATEMENT said 2022-01-01",
			"2022-01-01 2022-01-31 START month 2022-01",
			"2022-01-01 2022-01-31 STATEMENT said in January 2022-01",
			"2022-01-01 2022-12-31 EVENT yearly 2022",
			"2022-01-01 2022-12-31 START year 2022",
			"2022-01-01 2022-12-31 END year 2022",
			"2022-01-01 2022-12-31 STATEMENT said that year 2022%",
		}
		for _, size := range []int{1, 2, 7, 100} {
			b.timelineInPages("all", kg.TimelineQuery{}, size, want)
		}
		b.timeline("a day in January", kg.TimelineQuery{Between: during("2022-01-02", "2022-01-02")}, want[5:]...)
		b.timeline("from the last of January", kg.TimelineQuery{Between: during("2022-01-31", "")}, want[5:]...)
		b.timeline("from February", kg.TimelineQuery{Between: during("2022-02", "")}, want[7:]...)
		b.timeline("until the day before", kg.TimelineQuery{Between: during("", "2021")}, want[:1]...)
		b.timeline("from the next year", kg.TimelineQuery{Between: during("2023", "")})
		b.timeline("as of the first day", kg.TimelineQuery{AsOf: kg.AsOf{Date: "2022-01-01"}}, want...)
		b.timeline("certainly as of the first day", kg.TimelineQuery{AsOf: kg.AsOf{Date: "2022-01-01", CertainOnly: true}}, want[:5]...)
		b.timeline("certainly as of January", kg.TimelineQuery{AsOf: kg.AsOf{Date: "2022-01", CertainOnly: true}}, want[:7]...)
		b.timeline("certainly as of later than the time asked for",
			kg.TimelineQuery{Between: during("", "2022-06"), AsOf: kg.AsOf{Date: "2023", CertainOnly: true}}, want...)
	}},
	{"by id where all else is the same", func(b *bench) {
		records, want := []kg.Record{person("who", "Who")}, []string{}
		ids := map[kg.ID]string{}
		for _, key := range []string{"a", "b", "c", "d", "e"} {
			records = append(records, said(key, "2022", "who"))
			ids[staID(key)] = key
		}
		b.put(records...)
		var order []kg.ID
		for id := range ids {
			order = append(order, id)
		}
		for _, id := range sorted(order...) {
			want = append(want, "2022-01-01 2022-12-31 STATEMENT "+ids[id]+" 2022")
		}
		b.timelineInPages("all", kg.TimelineQuery{}, 2, want)
	}},
	{"events that last, and what has no date", func(b *bench) {
		crash, planned := event("crash", "2022-01", ""), event("planned", "2022-01-20", "")
		crash.Status, planned.Status = kg.Ongoing, kg.Planned
		b.put(person("who", "Who"), body("o", "O"), event("war", "2014-03", ".."), event("party", "2020-05-05", ""), event("talks", "2022-01-10", "2022-01-13"), crash, planned,
			event("undated", "", ""), event("ever", "..", "2022-01-12"), event("until", "", "2022-01-12"), said("sometime", "", "who"),
			link("always", kg.Leads, "who", "o", "..", ".."), link("ended", kg.Supports, "who", "o", "", "2022-02"), link("never", kg.Opposes, "who", "o"))
		war, party, crashed := "2014-03-01 9999-99-99 EVENT war 2014-03", "2020-05-05 2020-05-05 EVENT party 2020-05-05", "2022-01-01 9999-99-99 EVENT crash 2022-01"
		talks, plan, end := "2022-01-10 2022-01-13 EVENT talks 2022-01-10", "2022-01-20 2022-01-20 EVENT planned 2022-01-20", "2022-02-01 2022-02-28 END ended 2022-02"
		b.timeline("all", kg.TimelineQuery{}, war, party, crashed, talks, plan, end)
		b.timeline("the last day of the talks", kg.TimelineQuery{Between: during("2022-01-13", "2022-01-13")}, war, crashed, talks)
		b.timeline("the day behind", kg.TimelineQuery{Between: during("2022-01-14", "2022-01-14")}, war, crashed)
		b.timeline("the day before", kg.TimelineQuery{Between: during("2022-01-09", "2022-01-09")}, war, crashed)
		b.timeline("from the last day of February", kg.TimelineQuery{Between: during("2022-02-28", "")}, war, crashed, end)
		b.timeline("from January", kg.TimelineQuery{Between: during("2022-01", "")}, war, crashed, talks, plan, end)
		b.timeline("until January", kg.TimelineQuery{Between: during("", "2022-01")}, war, party, crashed, talks, plan)
		b.timeline("in March", kg.TimelineQuery{Between: during("2022-03-01", "2022-03-01")}, war, crashed)
		b.timeline("until the war", kg.TimelineQuery{Between: during("", "2014-02")})
		b.timeline("as of the day before the talks", kg.TimelineQuery{AsOf: kg.AsOf{Date: "2022-01-09"}}, war, party, crashed)
		b.timeline("certainly begun by their first day", kg.TimelineQuery{AsOf: kg.AsOf{Date: "2022-01-10", CertainOnly: true}}, war, party, talks)
		b.timeline("of one who did it, from the last day of February", kg.TimelineQuery{IDs: entIDs("who"), Between: during("2022-02-28", "")}, end)
		b.timeline("of one who did it, in March", kg.TimelineQuery{IDs: entIDs("who"), Between: during("2022-03", "")})
		b.timeline("of one who did it, before", kg.TimelineQuery{IDs: entIDs("who"), Between: during("2022-01", "2022-01")})
		b.timeline("of the war, later", kg.TimelineQuery{IDs: entIDs("war", "party"), Between: during("2022-01", "2022-01")}, war)
	}},
	{"an end that may have been before the start", func(b *bench) {
		b.put(person("who", "Who"), body("o", "O"), link("short", kg.Leads, "who", "o", "2022-05-01", "2022"))
		end := "2022-01-01 2022-12-31 END short 2022"
		for name, ids := range map[string][]kg.ID{"of all": nil, "of one": entIDs("who")} {
			b.timeline(name, kg.TimelineQuery{IDs: ids, Between: during("2022-02", "2022-02")}, end)
			b.timeline(name, kg.TimelineQuery{IDs: ids, Between: during("2021", "2021")})
		}
	}},
	{"of some entities", func(b *bench) {
		b.put(assembly()...)
		began, ended := "2019-01-01 2019-12-31 START leads 2019", "2022-01-12 2022-01-12 END leads 2022-01-12"
		summit, round := "2022-01-10 2022-01-13 EVENT summit 2022-01-10", "2022-01-11 2022-01-11 EVENT round 2022-01-11"
		promise, reply := "2022-01-11 2022-01-11 STATEMENT promise 2022-01-11", "2022-01-12 2022-01-12 STATEMENT reply 2022-01-12"
		ally, dinner, campaign := "2020-03-01 2020-03-31 START ally 2020-03", "2022-01-09 2022-01-09 EVENT dinner 2022-01-09", "2021-01-01 2022-12-31 EVENT campaign 2021"
		match := "2022-01-10 2022-01-10 EVENT match 2022-01-10"
		of := func(ids ...string) kg.TimelineQuery { return kg.TimelineQuery{IDs: entIDs(ids...)} }
		b.timeline("all", kg.TimelineQuery{}, began, ally, campaign, dinner, match, summit, round, promise, ended, reply)
		b.timeline("who took part and spoke", of("anna"), began, summit, round, promise, ended, reply)
		b.timeline("whom it was about, who spoke", of("ben"), promise, reply)
		b.timeline("who organized it, whom another was about, for whom was spoken", of("nato"), began, ally, dinner, summit, promise, ended)
		b.timeline("to whom was spoken, which is a part of an event", of("press"), dinner, reply)
		b.timeline("where it was", of("city"), summit)
		b.timeline("the event, what is part of it, what was said about it", of("summit"), summit, round, promise)
		b.timeline("an event at which something was said", of("round"), round, promise)
		b.timeline("what it is part of", of("campaign"), campaign, summit)
		b.timeline("both of a relationship, and of an event in two ways", of("nato", "anna"), began, ally, dinner, summit, round, promise, ended, reply)
		b.timeline("twice the same", of("city", "city"), summit)
		b.timeline("an event and what it is part of", of("summit", "campaign"), campaign, summit, round, promise)
		b.timeline("kinds", kg.TimelineQuery{IDs: entIDs("anna"), Kinds: []kg.TimelineKind{kg.EndItem, kg.EventItem}}, summit, round, ended)
		b.timeline("starts", kg.TimelineQuery{Kinds: []kg.TimelineKind{kg.StartItem}}, began, ally)
		b.timeline("ends", kg.TimelineQuery{Kinds: []kg.TimelineKind{kg.EndItem}}, ended)
		b.timeline("events", kg.TimelineQuery{Kinds: []kg.TimelineKind{kg.EventItem}}, campaign, dinner, match, summit, round)
		b.timeline("statements", kg.TimelineQuery{Kinds: []kg.TimelineKind{kg.StatementItem}}, promise, reply)
		b.timeline("statements of the summit", kg.TimelineQuery{IDs: entIDs("summit"), Kinds: []kg.TimelineKind{kg.StatementItem}}, promise)
		b.timeline("types", kg.TimelineQuery{Types: []kg.RelationshipType{kg.AlliedWith, kg.Owns}}, ally, campaign, dinner, match, summit, round, promise, reply)
		b.timeline("types of one", kg.TimelineQuery{IDs: entIDs("nato"), Types: []kg.RelationshipType{kg.Leads}}, began, dinner, summit, promise, ended)
		// changes are the starts and ends
		changes := []kg.TimelineKind{kg.StartItem, kg.EndItem}
		b.timeline("changes", kg.TimelineQuery{Kinds: changes, Between: during("2019-12-31", "2022-01-12")}, began, ally, ended)
		b.timeline("changes of one", kg.TimelineQuery{IDs: entIDs("anna"), Kinds: changes, Between: during("2020", "2022")}, ended)
		b.timeline("changes before", kg.TimelineQuery{Kinds: changes, Between: during("2019-12-31", "2022-01-11")}, began, ally)
		b.timeline("changes of a type", kg.TimelineQuery{Kinds: changes, Types: []kg.RelationshipType{kg.Leads}, Between: during("2020", "")}, ended)
	}},
	{"mistakes", func(b *bench) {
		b.put(assembly()...)
		many := func(n int) []kg.ID {
			var ids []kg.ID
			for i := range n {
				ids = append(ids, entID(number(i)))
			}
			return ids
		}
		for _, tt := range []struct {
			q    kg.TimelineQuery
			args kg.PageArgs
			code kg.Code
		}{
			{kg.TimelineQuery{IDs: entIDs("anna", "nobody")}, kg.PageArgs{}, kg.NotFound},
			{kg.TimelineQuery{IDs: many(20)}, kg.PageArgs{}, kg.NotFound},
			{kg.TimelineQuery{IDs: many(21)}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{IDs: []kg.ID{}}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{IDs: []kg.ID{"x"}}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{IDs: []kg.ID{relID("leads")}}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{Kinds: []kg.TimelineKind{}}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{Types: []kg.RelationshipType{}}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{Types: slices.Repeat([]kg.RelationshipType{kg.Leads}, 101)}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{Between: &kg.DateRange{}}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{Between: during("2022", "2021-12-31")}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{Between: during(kg.Open, "")}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{AsOf: kg.AsOf{Date: kg.Open}}, kg.PageArgs{}, kg.BadUserInput},
			{kg.TimelineQuery{}, kg.PageArgs{First: ptr(0)}, kg.BadUserInput},
			{kg.TimelineQuery{}, kg.PageArgs{Last: ptr(101)}, kg.BadUserInput},
			{kg.TimelineQuery{}, kg.PageArgs{First: ptr(1), Last: ptr(1)}, kg.BadUserInput},
			{kg.TimelineQuery{}, kg.PageArgs{After: ptr("x")}, kg.BadCursor},
			{kg.TimelineQuery{IDs: entIDs("nobody")}, kg.PageArgs{Before: ptr("")}, kg.BadCursor},
		} {
			if page, err := kg.Timeline(b.ctx, b.store, tt.q, tt.args, true); kg.CodeOf(err) != tt.code {
				b.Errorf("%s %s: got %s, %v; want %s", show(tt.q), show(tt.args), show(page), err, tt.code)
			}
		}
	}},
	{"cursors", func(b *bench) {
		records := assembly()
		b.put(records...)
		oracle := NewOracle()
		oracle.Apply(&kg.Batch{Put: cloneAll(b, records), Dataset: dataset(testSet), At: b.at})
		q := kg.TimelineQuery{IDs: entIDs("nato", "anna"), Between: during("2020-03-31", "")}
		want := oracle.Timeline(q)
		page, err := kg.Timeline(b.ctx, b.store, q, kg.PageArgs{}, false)
		if err != nil || len(page.Items) != len(want) || page.Total != 0 || page.Buckets != nil {
			b.Fatalf("got %s, %v", show(page), err)
		}
		for after := -1; after < len(want); after++ {
			for before := -1; before < len(want); before++ {
				args := kg.PageArgs{First: ptr(2)}
				if (after+before)%2 == 0 {
					args = kg.PageArgs{Last: ptr(2)}
				}
				if after >= 0 {
					args.After = &page.Cursors[after]
				}
				if before >= 0 {
					args.Before = &page.Cursors[before]
				}
				got, err := kg.Timeline(b.ctx, b.store, q, args, false)
				if err != nil {
					b.Fatal(err)
				}
				if wrong := differences(got, want, args, after, before); wrong != "" {
					b.Fatalf("from %d to %d:%s", after, before, wrong)
				}
			}
		}
		others := []kg.TimelineQuery{{}, {IDs: entIDs("nato", "anna")}, {IDs: q.IDs, Between: during("2020-03-30", "")},
			{IDs: q.IDs, Between: q.Between, Kinds: []kg.TimelineKind{kg.EndItem}}, {IDs: q.IDs, Between: q.Between, Types: []kg.RelationshipType{kg.Leads}},
			{IDs: q.IDs, Between: q.Between, AsOf: kg.AsOf{Date: "2022"}}}
		for _, other := range others {
			if _, err := kg.Timeline(b.ctx, b.store, other, kg.PageArgs{After: &page.Cursors[0]}, false); kg.CodeOf(err) != kg.BadCursor {
				b.Errorf("a cursor of %s in %s: %v", show(q), show(other), err)
			}
		}
		list := b.page(kg.AllOf(kg.RelationshipClass), kg.PageArgs{})
		if _, err := kg.Timeline(b.ctx, b.store, q, kg.PageArgs{Before: &list.Start}, false); kg.CodeOf(err) != kg.BadCursor {
			b.Errorf("a cursor of a list: %v", err)
		}
	}},
	{"buckets", func(b *bench) {
		b.put(person("who", "Who"), body("o", "O"), event("e", "2021-12-30", "2022-01-03"), said("s1", "2022-01-01", "who"), said("s2", "2022-01", "who"), said("s3", "2022", "who"),
			said("s4", "2022-02-28?", "who"), link("l", kg.Leads, "who", "o", "2022-01-01", "2022-02-28"))
		for resolution, want := range map[kg.Resolution][]kg.Bucket{
			kg.DayResolution: {{Date: "2021-12-30", Count: 1, Events: 1}, {Date: "2022-01-01", Count: 4, Starts: 1, Statements: 3, Vague: 2},
				{Date: "2022-02-28", Count: 2, Ends: 1, Statements: 1}},
			kg.MonthResolution: {{Date: "2021-12", Count: 1, Events: 1}, {Date: "2022-01", Count: 4, Starts: 1, Statements: 3, Vague: 1},
				{Date: "2022-02", Count: 2, Ends: 1, Statements: 1}},
			kg.YearResolution: {{Date: "2021", Count: 1, Events: 1}, {Date: "2022", Count: 6, Starts: 1, Ends: 1, Statements: 4}},
		} {
			page, err := kg.Timeline(b.ctx, b.store, kg.TimelineQuery{Resolution: resolution}, kg.PageArgs{First: ptr(1)}, true)
			if err != nil || page.Total != 7 || page.CountCut || !slices.Equal(page.Buckets, want) {
				b.Errorf("%s: got %s, %v", resolution, show(page), err)
			}
		}
		page, err := kg.Timeline(b.ctx, b.store, kg.TimelineQuery{Between: during("1999", "1999")}, kg.PageArgs{}, true)
		if err != nil || page.Buckets == nil || len(page.Buckets) > 0 || page.Total != 0 {
			b.Errorf("of nothing: got %s, %v", show(page), err)
		}
	}},
	{"many small pages", func(b *bench) {
		// and days on which more happened than is read for a page at first
		records := []kg.Record{person("who", "Who"), person("other", "Other"), body("o", "O")}
		for i := range 60 {
			day := kg.PartialDate(dayText(20_000 + i/3))
			records = append(records, link(number(i), kg.Leads, "who", "o", day, kg.PartialDate(dayText(20_000+i))), said("s"+number(i), day, "who"))
			if i < 40 {
				records = append(records, said("busy"+number(i), kg.PartialDate(dayText(20_010)), "other"), link("busy"+number(i), kg.Leads, "other", "o", kg.PartialDate(dayText(20_015))))
			}
		}
		b.putMany(records)
		oracle := NewOracle()
		oracle.Apply(&kg.Batch{Put: cloneAll(b, records), Dataset: dataset(testSet), At: b.at})
		of := kg.TimelineQuery{IDs: entIDs("who", "other")}
		b.timelineInPages("all", kg.TimelineQuery{}, 5, lines(oracle.Timeline(kg.TimelineQuery{})))
		b.timelineInPages("of two", of, 11, lines(oracle.Timeline(of)))
		of.Kinds = []kg.TimelineKind{kg.StatementItem}
		b.timelineInPages("what two said", of, 6, lines(oracle.Timeline(of)))
	}},
	{"activeDuring", func(b *bench) {
		gone, still := event("gone", "2022-03", ""), event("still", "2022-03", "")
		still.Status = kg.Ongoing
		b.put(person("who", "Who"), body("o", "O"),
			link("spring", kg.Leads, "who", "o", "2022-03", "2022-05"), link("since", kg.Leads, "who", "o", "2022-03-10", ".."), link("until", kg.Leads, "who", "o", "..", "2022-03-10"),
			link("begun", kg.Leads, "who", "o", "2022-03-10", ""), link("ended", kg.Leads, "who", "o", "", "2022-03-10"), link("sometime", kg.Leads, "who", "o"),
			event("talks", "2022-03-10", "2022-03-12"), gone, still, event("undated", "", ""))
		for _, tt := range []struct {
			within *kg.DateRange
			links  []string
			events []string
		}{
			{during("2022-03-10", "2022-03-10"), []string{"begun", "ended", "since", "sometime", "spring", "until"}, []string{"gone", "still", "talks", "undated"}},
			{during("", "2022-03"), []string{"begun", "ended", "since", "sometime", "spring", "until"}, []string{"gone", "still", "talks", "undated"}},
			{during("2022-03-11", ""), []string{"begun", "since", "sometime", "spring"}, []string{"gone", "still", "talks", "undated"}},
			{during("", "2022-03-09"), []string{"ended", "sometime", "spring", "until"}, []string{"gone", "still", "undated"}},
			{during("", "2022-02"), []string{"ended", "sometime", "until"}, []string{"undated"}},
			{during("2022-05-31", ""), []string{"begun", "since", "sometime", "spring"}, []string{"still", "undated"}},
			{during("2022-06~", "2023?"), []string{"begun", "since", "sometime"}, []string{"still", "undated"}},
			{during("2022-03-12", "2022-03-12"), []string{"begun", "since", "sometime", "spring"}, []string{"gone", "still", "talks", "undated"}},
			{during("2022-03-13", "2022-04"), []string{"begun", "since", "sometime", "spring"}, []string{"gone", "still", "undated"}},
		} {
			for name, list := range map[string]func() (kg.List, error){
				"of all": func() (kg.List, error) {
					return kg.Relationships(&kg.RelationshipFilter{ActiveDuring: tt.within}, kg.AsOf{}, nil)
				},
				"of one": func() (kg.List, error) {
					return kg.RelationshipsOf(entID("who"), &kg.RelationshipFilter{ActiveDuring: tt.within}, kg.AnyDirection, kg.AsOf{}, nil)
				},
			} {
				if got := slices.Sorted(slices.Values(b.keys(list()))); !slices.Equal(got, tt.links) {
					b.Errorf("relationships %s within %s: got %v, want %v", name, show(tt.within), got, tt.links)
				}
			}
			if got := slices.Sorted(slices.Values(b.keys(kg.Events(&kg.EventFilter{ActiveDuring: tt.within}, kg.AsOf{}, nil)))); !slices.Equal(got, tt.events) {
				b.Errorf("events within %s: got %v, want %v", show(tt.within), got, tt.events)
			}
		}
	}},
}
