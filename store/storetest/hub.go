package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"dramatis/kg"
)

// Of the great hub: how many relationships it has, how many statements are about it, how many members these are with,
// and how many of each are of one day.
const (
	greatLinks      = 100_000
	greatStatements = kg.ReadLimit + 500
	greatMembers    = 5_000
	greatDay        = 10
)

// putGreatHub makes a hub with members who each have much to do with it, a smaller hub that some of them are in too,
// and a club that belongs to both only since later, with somebody far away in it.
func (b *bench) putGreatHub() {
	b.Helper()
	b.put(body("hub", "Hub"), body("lesser", "Lesser hub"), body("club", "Club"), person("far", "Far"), link("in club", kg.MemberOf, "far", "club", "2020"),
		late("club in hub", kg.PartOf, "club", "hub"), late("club in lesser", kg.PartOf, "club", "lesser"))
	var members, records []kg.Record
	for i := range greatMembers {
		members = append(members, person(number(i), "Member"))
	}
	b.putBeside(members)
	first := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range greatLinks {
		begun := first.AddDate(0, 0, i/greatDay)
		r := link(fmt.Sprintf("%06d", i), kg.MemberOf, number(i%greatMembers), "hub", kg.DateOf(begun), kg.Open)
		switch {
		case i%4 == 3:
			r.Type, r.From, r.To = kg.Sanctions, r.To, r.From
		case i%100 == 0:
			r.EndDate = kg.DateOf(begun.AddDate(0, 1, 0))
		}
		records = append(records, r)
	}
	for i := range greatStatements {
		s := said(number(i), kg.DateOf(first.AddDate(0, 0, i/greatDay)), number(i%greatMembers))
		s.About = entIDs("hub")
		records = append(records, s)
	}
	for i := range kg.MaxNeighbours + 100 {
		records = append(records, link("lesser "+number(i), kg.MemberOf, number(i), "lesser", "1990"))
	}
	b.putBeside(records)
}

// putBeside writes records that do not refer to each other, several batches at once.
func (b *bench) putBeside(records []kg.Record) {
	b.Helper()
	chunks := make(chan []kg.Record)
	go func() {
		for c := range slices.Chunk(records, kg.MaxBatch) {
			chunks <- c
		}
		close(chunks)
	}()
	together(4, func(int) {
		for c := range chunks {
			if _, err := b.apply(&kg.Batch{Put: c}); err != nil {
				b.Errorf("Apply: %v", err)
			}
		}
	})
	if b.Failed() {
		b.FailNow()
	}
}

// patience is how long an answer may take.
const patience = 2 * time.Second

// great is a question to the great hub, and how its answer begins.
type great struct {
	name, want string
	ask        func(ctx context.Context) (string, error)
}

// inTime asks questions: once more what takes too long, since a database may first have to find out how.
func (b *bench) inTime(questions ...great) {
	b.Helper()
	for _, q := range questions {
		for try := range 2 {
			began := time.Now()
			got, err := q.ask(b.ctx)
			took := time.Since(began)
			b.Logf("%s: %s", q.name, took.Round(time.Millisecond))
			if err != nil || !strings.HasPrefix(got, q.want) {
				b.Errorf("%s: got %s, %v; want %s", q.name, got, err, q.want)
				break
			}
			if took <= patience {
				break
			}
			if try > 0 {
				b.Errorf("%s took %s, and may take %s", q.name, took, patience)
			}
		}
	}
}

var hubTests = []test{
	{"100,000 relationships", func(b *bench) {
		b.putGreatHub()
		b.greatTies()
		b.greatTimeline()
		b.greatCounts()
	}},
}

// greatTies asks for paths, networks and common neighbours: what was cut is named, and what lies behind it is found from
// the other side.
func (b *bench) greatTies() {
	b.Helper()
	paths := func(name, from, to string, avoidHubs bool, limit int, want string) great {
		return great{"paths " + name, want, func(ctx context.Context) (string, error) {
			q := ways(from, to)
			q.AvoidHubs, q.Limit = avoidHubs, limit
			found, err := kg.Paths(ctx, b.store, q)
			if err != nil {
				return "", err
			}
			text := fmt.Sprintf("%d paths, cut %v, incomplete %t", len(found.Paths), slices.Sorted(slices.Values(b.namesOf(found.Cut))), found.Incomplete)
			for _, p := range found.Paths {
				text += fmt.Sprintf("; %d: %s", p.Cost, b.nameOf(p.Hops[0].From))
				for _, h := range p.Hops {
					text += " > " + b.nameOf(h.To)
				}
			}
			return text, nil
		}}
	}
	network := func(of string, depth int, want string) great {
		return great{fmt.Sprintf("network of %s, %d deep", of, depth), want, func(ctx context.Context) (string, error) {
			n, err := kg.NetworkOf(ctx, b.store, around(kg.MaxNetwork, depth, of))
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%d entities, %d ties, %d more, cut %v, incomplete %t", len(n.Nodes), len(n.Ties), n.More, b.namesOf(n.Cut), n.Incomplete), nil
		}}
	}
	common := func(want string, of ...string) great {
		return great{fmt.Sprint("in common: ", of), want, func(ctx context.Context) (string, error) {
			c, err := kg.CommonNeighbours(ctx, b.store, inCommon(of...))
			if err != nil {
				return "", err
			}
			text := fmt.Sprintf("%d, cut %v", c.Total, b.namesOf(c.Cut))
			for _, n := range c.Neighbours {
				text += ", " + b.nameOf(n.ID)
			}
			return text, nil
		}}
	}
	const one, other = "00000", "00001"
	b.inTime(
		paths("between members", one, other, true, 1, "1 paths, cut [], incomplete false; 11: 00000 > lesser > 00001"),
		paths("between members, through any hub", one, other, false, 2, "2 paths, cut [], incomplete false; 2: "),
		paths("between members, ten", one, other, true, 10, "10 paths, cut [hub lesser], incomplete false; 11: 00000 > lesser > 00001; 18: 00000 > hub > 00001; "),
		paths("between members, ten, through any hub", one, other, false, 10, "10 paths, cut [hub lesser], incomplete false; 2: "),
		paths("from the hub to somebody far", "hub", "far", true, 3, "3 paths, cut [hub lesser], incomplete false; 3: hub > club > far; "),
		paths("from the hub to somebody far, through any hub", "hub", "far", false, 10, "10 paths, cut [hub lesser], incomplete false; 2: hub > club > far; "),
		paths("from somebody far to a late member", "far", "04999", true, 3, "1 paths, cut [hub], incomplete false; 20: far > club > hub > 04999"),
		network("hub", 1, "500 entities, 499 ties, 1 more, cut [hub], incomplete false"),
		network("hub", 2, "500 entities, 499 ties, 2 more, cut [hub], incomplete false"),
		network("hub", 3, "500 entities, 499 ties, 2 more, cut [hub], incomplete false"),
		network("far", 2, "4 entities, 3 ties, 0 more, cut [hub lesser], incomplete false"),
		network("far", 3, "500 entities, 995 ties, 89 more, cut [hub lesser], incomplete false"),
		common("1, cut [hub], club", "hub", "far"),
		common("415, cut [hub lesser], ", "hub", "lesser"),
		common("2, cut [], lesser, hub", one, other),
	)
}

func (b *bench) greatTimeline() {
	b.Helper()
	page := func(name string, args kg.PageArgs, measured bool, want string) great {
		return great{"timeline, " + name, want, func(ctx context.Context) (string, error) {
			q := kg.TimelineQuery{IDs: entIDs("hub"), Resolution: kg.YearResolution}
			p, err := kg.Timeline(ctx, b.store, q, args, measured)
			if err != nil || len(p.Items) == 0 {
				return "nothing", err
			}
			first, last := p.Items[0], p.Items[len(p.Items)-1]
			return fmt.Sprintf("%d items from %s to %s, next %t, previous %t, cut %t; count cut %t, %d buckets", len(p.Items), first.Date, last.Date, p.HasNext, p.HasPrevious,
				p.Cut, p.CountCut, len(p.Buckets)), nil
		}}
	}
	first, last := kg.PageArgs{First: ptr(20)}, kg.PageArgs{Last: ptr(20)}
	b.inTime(
		page("first page", first, false, "20 items from 1990-01-01 to 1990-01-01, next true, previous false, cut true; "),
		page("last page", last, false, "20 items from 2017-05-17 to 2020, next false, previous true, cut true; "),
		page("with buckets", first, true, "20 items from 1990-01-01 to 1990-01-01, next true, previous false, cut true; count cut true, 3 buckets"),
	)
}

func (b *bench) greatCounts() {
	b.Helper()
	relationships := func(name string, f *kg.RelationshipFilter, want string) great {
		return great{"relationships, " + name, want, func(ctx context.Context) (string, error) {
			c, err := kg.CountRelationships(ctx, b.store, f, kg.AsOf{})
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%d, cut %t, %v", c.Count, c.Cut, c.Types), nil
		}}
	}
	active := func(name string, during kg.DateRange, want string) great {
		return great{"relationships active " + name, want, func(ctx context.Context) (string, error) {
			l, err := kg.RelationshipsOf(entID("hub"), &kg.RelationshipFilter{ActiveDuring: &during}, kg.AnyDirection, kg.AsOf{}, nil)
			if err != nil {
				return "", err
			}
			c, err := ReadPage(ctx, b.store, l, kg.PageArgs{})
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%d, next %t, cut %t", len(c.Records), c.HasNext, c.Cut), nil
		}}
	}
	day := func(d kg.PartialDate) *kg.PartialDate { return &d }
	b.inTime(
		great{"entities and the most connected", "5004: hub 100001, lesser 601, ", func(ctx context.Context) (string, error) {
			c, err := kg.CountEntities(ctx, b.store, nil)
			if err != nil {
				return "", err
			}
			most, err := c.MostConnected(ctx, b.store, 3)
			text := fmt.Sprintf("%d:", c.Count)
			for _, m := range most {
				text += fmt.Sprintf(" %s %d,", b.nameOf(m.ID), m.Degree)
			}
			return text, err
		}},
		relationships("all", nil, "100603, cut false, [{MEMBER_OF 75601} {SANCTIONS 25000} {PART_OF 2}]"),
		relationships("of a type", &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.MemberOf}}, "10000, cut true, [{MEMBER_OF 10000}]"),
		relationships("with the hub", &kg.RelationshipFilter{With: entIDs("hub")}, "10000, cut true, [{MEMBER_OF 7500} {SANCTIONS 2500}]"),
		great{"statements about the hub", "10000, cut true, 100 speakers", func(ctx context.Context) (string, error) {
			c, err := kg.CountStatements(ctx, b.store, &kg.StatementFilter{About: entIDs("hub")}, kg.AsOf{})
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%d, cut %t, %d speakers", c.Count, c.Cut, len(c.Speakers)), nil
		}},
		active("in two months", kg.DateRange{From: day("2000-01"), To: day("2000-02")}, "20, next true, cut false"),
		active("before there were any", kg.DateRange{To: day("1989")}, "0, next true, cut true"),
	)
}
