package storetest

import (
	"fmt"
	"slices"

	"dramatis/kg"
)

// chain is a row of so many hops, from c0.
func chain(n int) []kg.Record {
	records := []kg.Record{person("c0", "C")}
	for i := range n {
		to := fmt.Sprint("c", i+1)
		records = append(records, person(to, "C"), link(fmt.Sprint("r", i), kg.FamilyOf, fmt.Sprint("c", i), to))
	}
	return records
}

var pathTests = []test{
	{"a small meeting tells more than Europe", func(b *bench) {
		b.put(person("anna", "Anna"), person("ben", "Ben"), place("europe", "Europe"), event("geneva", "2022", ""), body("delegation", "D"),
			link("in 1", kg.LocatedIn, "anna", "europe"), link("in 2", kg.LocatedIn, "ben", "europe"),
			link("sent", kg.MemberOf, "anna", "delegation"), link("met", kg.ParticipatedIn, "delegation", "geneva"), link("was", kg.ParticipatedIn, "ben", "geneva"))
		b.put(crowd("europe", kg.LocatedIn, 62)...)
		b.put(crowd("geneva", kg.ParticipatedIn, 6)...)
		small, large := "anna [sent] delegation [met] geneva [was] ben", "anna [in 1] europe [in 2] ben"
		q := ways("anna", "ben")
		b.expectPaths(q, "7: "+small, "8: "+large) // tolls of 64 are 6, of 8 are 3, of 2 are 1
		_, result := b.paths(q)
		hops := result.Paths[0].Hops
		for i, want := range [][2]int{{2, 1}, {8, 3}, {2, 0}} {
			if h := hops[i]; h.Degree != want[0] || h.Toll != want[1] {
				b.Errorf("hop %d has degree %d and toll %d, want %v", i, h.Degree, h.Toll, want)
			}
		}
		q.AvoidHubs = false
		b.expectPaths(q, "2: "+large, "3: "+small)
		q.Limit = 1
		b.expectPaths(q, "2: "+large)
	}},
	{"of the same cost: hop by hop the least id of what joins, then where it leads", func(b *bench) {
		spoke := said("s", "2020", "a")
		spoke.About = entIDs("m", "n")
		b.put(person("a", "A"), person("z", "Z"), body("m", "M"), body("n", "N"), body("o", "O"), body("p", "P"), numbered(9, spoke),
			numbered(4, link("m1", kg.Leads, "z", "m")), numbered(5, link("n1", kg.Leads, "z", "n")),
			numbered(3, link("o1", kg.Leads, "a", "o")), numbered(8, link("o2", kg.Owns, "a", "o")), numbered(7, link("o3", kg.Leads, "z", "o")),
			numbered(6, link("p1", kg.Leads, "a", "p")), numbered(2, link("p2", kg.Owns, "a", "p")), numbered(1, link("p3", kg.Leads, "z", "p")))
		q := ways("a", "z")
		q.AvoidHubs, q.Limit = false, 10
		m, n := "2: a [s] m [m1] z", "2: a [s] n [n1] z"
		if entID("n") < entID("m") {
			m, n = n, m
		}
		all := []string{"2: a [p2 p1] p [p3] z", "2: a [o1 o2] o [o3] z", m, n}
		for q.Limit = range len(all) {
			if q.Limit > 0 {
				b.expectPaths(q, all[:q.Limit]...)
			}
		}
		q.Limit, q.Ties.Types = 10, []kg.RelationshipType{kg.Leads}
		b.expectPaths(q, "2: a [o1] o [o3] z", "2: a [p1] p [p3] z")
	}},
	{"none that costs as much is overlooked", func(b *bench) {
		b.put(person("a", "A"), person("z", "Z"), body("hub", "Hub"), body("x", "X"), body("y", "Y"), numbered(1, link("ax", kg.Leads, "a", "x")), numbered(2, link("ah", kg.Leads, "a", "hub")),
			link("hz", kg.Leads, "z", "hub"), link("xy", kg.PartOf, "x", "y"), link("yz", kg.Leads, "z", "y"))
		b.put(crowd("hub", kg.MemberOf, 6)...)
		q := ways("a", "z")
		b.expectPaths(q, "5: a [ax] x [xy] y [yz] z", "5: a [ah] hub [hz] z")
		q.Limit = 1
		b.expectPaths(q, "5: a [ax] x [xy] y [yz] z")
	}},
	{"nothing twice, loops tell nothing, parallel links are one hop", func(b *bench) {
		b.put(person("a", "A"), person("b", "B"), person("c", "C"), link("loop a", kg.FamilyOf, "a", "a"), link("loop b", kg.FamilyOf, "b", "b"),
			link("late", kg.FamilyOf, "a", "b", "2001"), link("early", kg.FamilyOf, "b", "a", "2000", "2002-03"), link("undated", kg.AssociateOf, "a", "b"),
			link("bc", kg.FamilyOf, "b", "c"))
		q := ways("a", "c")
		q.MaxLength, q.Limit = 6, 10
		b.expectPaths(q, "4: a [early late undated] b [bc] c") // b has 5 links, one with itself
		b.expectLinks("a", "b", "early IN is family of 2000 2002-03", "late OUT is family of 2001", "undated ANY is an associate of")
		b.expectLinks("b", "a", "early OUT is family of 2000 2002-03", "late IN is family of 2001", "undated ANY is an associate of")
	}},
	{"how statements join, and how they read", func(b *bench) {
		all := said("all", "2020", "who", "with")
		all.OnBehalfOf, all.About, all.Audience = entIDs("side"), entIDs("subject", "both", "who"), entIDs("hearer", "both")
		early, undated := said("early", "2019-05", "subject"), said("undated", "", "who")
		early.About, undated.Audience = entIDs("who"), entIDs("subject")
		b.put(person("who", "W"), person("with", "W"), body("side", "S"), body("subject", "S"), body("both", "B"), person("hearer", "H"), all, early, undated,
			link("old", kg.Supports, "subject", "who", "2030"))
		b.expectLinks("who", "subject", "old IN is supported by 2030", "early IN was spoken about by 2019-05", "all OUT spoke about 2020", "undated OUT spoke to")
		b.expectLinks("subject", "who", "old OUT supports 2030", "early OUT spoke about 2019-05", "all IN was spoken about by 2020", "undated IN was spoken to by")
		b.expectLinks("with", "hearer", "all OUT spoke to 2020")
		b.expectLinks("hearer", "with", "all IN was spoken to by 2020")
		b.expectLinks("side", "subject", "all OUT spoke through others about 2020")
		b.expectLinks("subject", "side", "all IN was spoken about on behalf of 2020")
		b.expectLinks("side", "hearer", "all OUT spoke through others to 2020")
		b.expectLinks("hearer", "side", "all IN was spoken to on behalf of 2020")
		b.expectLinks("with", "both", "all OUT spoke about 2020")
		b.expectLinks("both", "side", "all IN was spoken about on behalf of 2020")
		b.expectLinks("side", "who", "all OUT spoke through others about 2020")
		b.expectLinks("with", "who", "all OUT spoke about 2020")
		b.expectLinks("who", "with", "all IN was spoken about by 2020")
		b.expectLinks("subject", "hearer")
		b.expectLinks("with", "side")
	}},
	{"no hop that tells nothing", func(b *bench) {
		briefing := said("briefing", "2022", "psaki")
		briefing.OnBehalfOf, briefing.About = entIDs("house"), entIDs("nato", "eu")
		b.put(person("psaki", "P"), body("house", "White House"), body("nato", "NATO"), body("eu", "EU"), briefing, link("speaks", kg.SpokespersonFor, "psaki", "house"))
		q := ways("psaki", "nato")
		q.AvoidHubs, q.Limit = false, 10
		back := q
		back.From, back.To = q.To, q.From
		b.expectPaths(q, "1: psaki [briefing] nato")
		b.expectPaths(back, "1: nato [briefing] psaki")
		// two subjects of one statement are joined through who speaks, and that is worth telling
		between := ways("nato", "eu")
		between.AvoidHubs, between.Limit = false, 10
		b.expectPaths(between, inIDOrder("psaki", "house", "2: nato [briefing] psaki [briefing] eu", "2: nato [briefing] house [briefing] eu")...)

		other := said("other", "2023", "house")
		other.About = entIDs("nato")
		b.put(other)
		b.expectPaths(q, "1: psaki [briefing] nato", "2: psaki [speaks] house [briefing other] nato")
		b.expectPaths(back, "1: nato [briefing] psaki", "2: nato [briefing other] house [speaks] psaki")

		// a first hop that only a later one makes idle
		b.put(link("allies", kg.AlliedWith, "eu", "nato"))
		q.MaxLength, back.MaxLength = 2, 2
		b.expectPaths(q, "1: psaki [briefing] nato", "2: psaki [speaks] house [briefing other] nato")
		b.expectPaths(back, "1: nato [briefing] psaki", "2: nato [briefing other] house [speaks] psaki")
	}},
	{"types, and statements where they are asked for", func(b *bench) {
		spoke := said("spoke", "2020", "a")
		spoke.About = entIDs("z")
		b.put(person("a", "A"), person("z", "Z"), body("m", "M"), spoke, link("l1", kg.Leads, "a", "m"), link("l2", kg.Owns, "z", "m"), link("f", kg.FamilyOf, "a", "z"))
		q := ways("a", "z")
		q.AvoidHubs = false
		direct, through := "1: a [f spoke] z", "2: a [l1] m [l2] z"
		b.expectPaths(q, direct, through)
		q.Ties.Statements = ptr(false)
		b.expectPaths(q, "1: a [f] z", through)
		q.Ties = kg.TieFilter{Types: []kg.RelationshipType{kg.Leads, kg.Owns}}
		b.expectPaths(q, through)
		q.Ties.Statements = ptr(true)
		b.expectPaths(q, "1: a [spoke] z", through)
		q.Ties.Types = []kg.RelationshipType{kg.Leads}
		b.expectPaths(q, "1: a [spoke] z")
		q.Ties.Types = []kg.RelationshipType{kg.FamilyOf, kg.FamilyOf}
		b.expectPaths(q, direct)
		q.Ties = kg.TieFilter{Types: []kg.RelationshipType{kg.Paid}}
		b.expectPaths(q)
		b.expectNetwork(kg.NetworkQuery{IDs: entIDs("a"), Depth: 1, Limit: 9, Ties: q.Ties}, "a 0", "0 more")
	}},
	{"asOf, for certain and perhaps", func(b *bench) {
		before, after, undated := said("before", "2004", "a"), said("after", "2006", "a"), said("some day", "", "a")
		before.About, after.About, undated.About = entIDs("z"), entIDs("z"), entIDs("z")
		b.put(person("a", "A"), person("z", "Z"), before, after, undated, link("ended", kg.FamilyOf, "a", "z", "2001", "2002"), link("ends", kg.FamilyOf, "a", "z", "2001-02", "2005-06"),
			link("lasts", kg.FamilyOf, "a", "z", "2003", ".."), link("perhaps", kg.FamilyOf, "a", "z"), link("open", kg.FamilyOf, "a", "z", "2004"), link("later", kg.FamilyOf, "a", "z", "2006"))
		q := ways("a", "z")
		b.expectPaths(q, "1: a [ended ends lasts open later perhaps before after some day] z")
		q.Ties.AsOf = kg.AsOf{Date: "2005-03"}
		b.expectPaths(q, "1: a [ends lasts open perhaps before some day] z")
		q.Ties.AsOf = kg.AsOf{Date: "2005-07-01"}
		b.expectPaths(q, "1: a [lasts open perhaps before some day] z")
		q.Ties.AsOf.CertainOnly = true
		b.expectPaths(q, "1: a [lasts before] z")
		q.Ties.AsOf.Date = "1999"
		b.expectPaths(q)
		n := kg.NetworkQuery{IDs: entIDs("a"), Depth: 1, Limit: 9, Ties: q.Ties}
		b.expectNetwork(n, "a 0", "0 more")
		n.Ties.AsOf = kg.AsOf{Date: "2007", CertainOnly: true}
		b.expectNetwork(n, "a 0", "z 1", "a [lasts before after] z", "0 more")
	}},
	{"as far as maxLength, and no farther", func(b *bench) {
		b.put(chain(7)...)
		for n := 1; n <= kg.MaxPathLength; n++ {
			line := fmt.Sprint(n, ": c0")
			for i := range n {
				line += fmt.Sprintf(" [r%d] c%d", i, i+1)
			}
			for most := 1; most <= kg.MaxPathLength; most++ {
				q := ways("c0", fmt.Sprint("c", n))
				q.MaxLength, q.AvoidHubs = most, false
				if most < n {
					b.expectPaths(q)
				} else {
					b.expectPaths(q, line)
				}
			}
		}
		q := ways("c0", "c7")
		q.MaxLength = kg.MaxPathLength
		b.expectPaths(q)
		// all the ways from c0 to c3 are seen, as c1 and c2 are looked at, and one is too long
		b.put(person("d", "D"), link("d0", kg.FamilyOf, "c0", "d"), link("d1", kg.FamilyOf, "c1", "d"), link("c02", kg.FamilyOf, "c0", "c2"))
		b.put(crowd("c3", kg.FamilyOf, 20)...)
		q = ways("c0", "c3")
		q.AvoidHubs, q.Limit, q.MaxLength = false, 10, 3
		b.expectPaths(q, "2: c0 [c02] c2 [r2] c3", "3: c0 [r0] c1 [r1] c2 [r2] c3")
		q.MaxLength = 4
		b.expectPaths(q, "2: c0 [c02] c2 [r2] c3", "3: c0 [r0] c1 [r1] c2 [r2] c3", "4: c0 [d0] d [d1] c1 [r1] c2 [r2] c3")
	}},
	{"nothing to find", func(b *bench) {
		b.put(person("a", "A"), person("z", "Z"), person("alone", "Alone"), person("y", "Y"), link("zy", kg.FamilyOf, "z", "y"), link("loop", kg.FamilyOf, "alone", "alone"))
		b.expectPaths(ways("a", "z"))
		b.expectPaths(ways("z", "a"))
		b.expectPaths(ways("z", "alone"))
		b.expectNetwork(around(5, 3, "a"), "a 0", "0 more")
		b.expectNetwork(around(5, 3, "alone"), "alone 0", "0 more")
		b.expectCommon(inCommon("a", "z"), []string{}, "of 0")
		b.expectCommon(inCommon("y", "z"), []string{}, "of 0") // joined with each other, not with a third
	}},
	{"through what has too many links to look at", func(b *bench) {
		b.putMany(slices.Concat([]kg.Record{body("hub", "Hub"), person("early", "E"), person("late", "L"), person("y", "Y"), person("z", "Z"),
			link("first", kg.MemberOf, "early", "hub", "1980"), late("last", kg.MemberOf, "late", "hub"), late("hy", kg.MemberOf, "y", "hub"),
			link("yz", kg.FamilyOf, "y", "z")}, crowd("hub", kg.MemberOf, 600)))
		b.expectCut(ways("early", "late"), "hub", "11: early [first] hub [last] late")
		b.expectCut(ways("hub", "late"), "hub", "1: hub [last] late")
		b.expectCut(ways("z", "early"), "hub", "13: z [yz] y [hy] hub [first] early")
		b.expectCut(ways("z", "hub"), "hub", "3: z [yz] y [hy] hub")
		q := ways("late", "hub")
		q.Limit = 1
		b.expectCut(q, "", "1: late [last] hub") // none can cost less, and there is no need to look
	}},
	{"from what has too many links to what has many", func(b *bench) {
		records := slices.Concat([]kg.Record{body("hub", "Hub"), body("z", "Z"), person("y", "Y"), person("who", "W"), late("hy", kg.MemberOf, "y", "hub"),
			link("yz", kg.MemberOf, "y", "z")}, crowd("hub", kg.MemberOf, 550), crowd("z", kg.MemberOf, 300))
		for i := range 250 {
			s := said(number(i), "2020", "who")
			s.About = entIDs("z")
			records = append(records, s)
		}
		b.putMany(records)
		// all that was seen of the hub leads nowhere, before anything was seen of the other end
		b.expectCut(ways("hub", "z"), "hub", "3: hub [hy] y [yz] z")
		b.expectCut(ways("z", "hub"), "hub", "3: z [yz] y [hy] hub")

		b.put(person("a", "A"), person("b", "B"), link("ah", kg.MemberOf, "a", "hub", "1980"), link("ab", kg.FamilyOf, "a", "b"), link("bz", kg.MemberOf, "b", "z"))
		q := ways("hub", "z")
		q.Limit, q.MaxLength = 1, 6
		b.expectCut(q, "hub", "3: hub [hy] y [yz] z") // which costs less than what is seen first, through a and b
	}},
	{"just as many links as are looked at", func(b *bench) {
		records := slices.Concat([]kg.Record{body("hub", "Hub"), person("y", "Y"), person("z", "Z"), late("hy", kg.MemberOf, "y", "hub"), link("yz", kg.FamilyOf, "y", "z")},
			crowd("hub", kg.MemberOf, kg.MaxNeighbours-1))
		for i := range kg.MaxNeighbours {
			s := said(number(i), "2020", "z")
			s.About = entIDs("y")
			records = append(records, s)
		}
		b.putMany(records)
		_, result := b.paths(ways("hub", "z"))
		if hops := result.Paths[0].Hops; len(result.Cut) > 0 || result.Incomplete || hops[1].LinkCount() != kg.MaxNeighbours+1 {
			b.Errorf("cut %v, incomplete %t, %d links", b.namesOf(result.Cut), result.Incomplete, hops[1].LinkCount())
		}
	}},
	{"more entities than are looked at in one step", func(b *bench) {
		var records []kg.Record
		for _, end := range []string{"a", "z"} {
			records = append(append(records, person(end, "End")), crowd(end, kg.FamilyOf, 300)...)
			for i := range 250 {
				key := fmt.Sprint(end, " heard ", i)
				s := said(key, "2020", end)
				s.About = entIDs(key)
				records = append(records, person(key, "H"), s)
			}
		}
		b.putMany(records)
		q := ways("a", "z")
		for most, incomplete := range map[int]bool{1: false, 3: true} {
			q.MaxLength = most
			if got, result := b.paths(q); len(got) > 0 || len(result.Cut) > 0 || result.Incomplete != incomplete {
				b.Errorf("%d hops: %v, cut %v, incomplete %t", most, got, b.namesOf(result.Cut), result.Incomplete)
			}
		}
	}},
	{"what cannot be asked", func(b *bench) {
		b.put(person("a", "A"), person("z", "Z"), source("src", ""))
		paths := func(change func(*kg.PathQuery)) error {
			q := ways("a", "z")
			change(&q)
			_, err := kg.Paths(b.ctx, b.store, q)
			return err
		}
		network := func(change func(*kg.NetworkQuery)) error {
			q := around(10, 1, "a", "z")
			change(&q)
			_, err := kg.NetworkOf(b.ctx, b.store, q)
			return err
		}
		common := func(change func(*kg.CommonQuery)) error {
			q := inCommon("a", "z")
			change(&q)
			_, err := kg.CommonNeighbours(b.ctx, b.store, q)
			return err
		}
		var many []kg.ID
		for i := range kg.MaxNetworkIDs + 1 {
			many = append(many, entID(number(i)))
		}
		ties := []kg.TieFilter{{Types: []kg.RelationshipType{}}, {AsOf: kg.AsOf{Date: ".."}}, {AsOf: kg.AsOf{Date: "soon"}}}
		bad := map[string]error{
			"maxLength 0": paths(func(q *kg.PathQuery) { q.MaxLength = 0 }), "maxLength 7": paths(func(q *kg.PathQuery) { q.MaxLength = 7 }),
			"limit 0": paths(func(q *kg.PathQuery) { q.Limit = 0 }), "limit 11": paths(func(q *kg.PathQuery) { q.Limit = 11 }),
			"to itself": paths(func(q *kg.PathQuery) { q.To = q.From }), "from a source": paths(func(q *kg.PathQuery) { q.From = srcID("src") }),
			"malformed": paths(func(q *kg.PathQuery) { q.To = "ent_1" }), "no id": paths(func(q *kg.PathQuery) { q.From = "" }),
			"no depth": network(func(q *kg.NetworkQuery) { q.Depth = 0 }), "depth 4": network(func(q *kg.NetworkQuery) { q.Depth = 4 }),
			"a network of 501": network(func(q *kg.NetworkQuery) { q.Limit = 501 }), "fewer than asked for": network(func(q *kg.NetworkQuery) { q.Limit = 1 }),
			"a network of none": network(func(q *kg.NetworkQuery) { q.IDs = nil }), "a network of 21": network(func(q *kg.NetworkQuery) { q.IDs, q.Limit = many, 100 }),
			"a network of a source": network(func(q *kg.NetworkQuery) { q.IDs[1] = srcID("src") }), "a network of words": network(func(q *kg.NetworkQuery) { q.IDs[0] = "a" }),
			"in common, none": common(func(q *kg.CommonQuery) { q.Limit = 0 }), "in common, 101": common(func(q *kg.CommonQuery) { q.Limit = 101 }),
			"one twice": common(func(q *kg.CommonQuery) { q.IDs[1] = q.IDs[0] }), "eleven": common(func(q *kg.CommonQuery) { q.IDs = many[:11] }),
			"with a source": common(func(q *kg.CommonQuery) { q.IDs[1] = srcID("src") }), "with words": common(func(q *kg.CommonQuery) { q.IDs[1] = "ent_" }),
		}
		for i, f := range ties {
			bad[fmt.Sprint("paths ", i)] = paths(func(q *kg.PathQuery) { q.Ties = f })
			bad[fmt.Sprint("network ", i)] = network(func(q *kg.NetworkQuery) { q.Ties = f })
			bad[fmt.Sprint("common ", i)] = common(func(q *kg.CommonQuery) { q.Ties = f })
		}
		for name, err := range bad {
			if kg.CodeOf(err) != kg.BadUserInput {
				b.Errorf("%s: %v", name, err)
			}
		}
		for name, err := range map[string]error{
			"from": paths(func(q *kg.PathQuery) { q.From = entID("nobody") }), "to": paths(func(q *kg.PathQuery) { q.To = entID("nobody") }),
			"network": network(func(q *kg.NetworkQuery) { q.IDs[1] = entID("nobody") }), "network of 20": network(func(q *kg.NetworkQuery) { q.IDs, q.Limit = many[:20], 20 }),
			"common": common(func(q *kg.CommonQuery) { q.IDs[0] = entID("nobody") }), "ten": common(func(q *kg.CommonQuery) { q.IDs = many[:10] }),
		} {
			if kg.CodeOf(err) != kg.NotFound {
				b.Errorf("%s: %v", name, err)
			}
		}
		for name, err := range map[string]error{
			"paths": paths(func(q *kg.PathQuery) { q.MaxLength, q.Limit = 6, 10 }), "network": network(func(q *kg.NetworkQuery) { q.Depth, q.Limit = 3, 500 }),
			"as many as asked for": network(func(q *kg.NetworkQuery) { q.IDs, q.Limit = append(q.IDs, q.IDs...), 2 }), "common": common(func(q *kg.CommonQuery) { q.Limit = 100 }),
		} {
			if err != nil {
				b.Errorf("%s: %v", name, err)
			}
		}
	}},
}
