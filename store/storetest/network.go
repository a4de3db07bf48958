package storetest

import (
	"fmt"
	"slices"

	"dramatis/kg"
)

// late is a relationship behind all of a crowd.
func late(key string, t kg.RelationshipType, from, to string) kg.Record {
	return link(key, t, from, to, "2020")
}

var networkTests = []test{
	{"what matters most around an entity", func(b *bench) {
		spoke := said("spoke", "2020", "much")
		spoke.About = entIDs("hub")
		b.put(body("hub", "Hub"), person("much", "M"), person("known", "K"), person("quiet", "Q"), person("remote", "R"),
			link("m", kg.MemberOf, "much", "hub"), spoke, link("k", kg.MemberOf, "known", "hub"), link("q", kg.MemberOf, "quiet", "hub"),
			link("k1", kg.FamilyOf, "known", "quiet"), link("k2", kg.AssociateOf, "known", "remote"), link("r", kg.FamilyOf, "remote", "remote"))
		hub, ties := "hub 0", []string{"hub [m spoke] much", "hub [k] known", "hub [q] quiet", "known [k1] quiet"}
		nodes := []string{"much 1", "known 1", "quiet 1"} // by links to the hub, then by all links
		b.expectNetwork(around(1, 1, "hub"), hub, "3 more")
		b.expectNetwork(around(2, 1, "hub"), hub, nodes[0], ties[0], "2 more")
		b.expectNetwork(around(3, 1, "hub"), hub, nodes[0], nodes[1], ties[0], ties[1], "1 more")
		b.expectNetwork(around(4, 1, "hub"), slices.Concat([]string{hub}, nodes, ties, []string{"0 more"})...)
		b.expectNetwork(around(100, 1, "hub"), slices.Concat([]string{hub}, nodes, ties, []string{"0 more"})...)
		far := slices.Concat([]string{hub}, nodes, []string{"remote 2"}, ties, []string{"known [k2] remote", "0 more"})
		b.expectNetwork(around(100, 2, "hub"), far...)
		b.expectNetwork(around(100, 3, "hub"), far...)
		b.expectNetwork(around(4, 2, "hub"), slices.Concat([]string{hub}, nodes, ties, []string{"1 more"})...)

		n, err := kg.NetworkOf(b.ctx, b.store, around(100, 2, "remote"))
		if err != nil {
			b.Fatal(err)
		}
		var degrees []string
		for _, node := range n.Nodes {
			degrees = append(degrees, fmt.Sprint(b.nameOf(node.ID), " ", node.Degree))
		}
		want := append([]string{"remote 2", "known 3"}, "hub 4", "quiet 2") // those two by their degrees
		if !slices.Equal(degrees, want) {
			b.Errorf("degrees %v, want %v", degrees, want)
		}
	}},
	{"those alike by id, and what was left out is counted once", func(b *bench) {
		var records []kg.Record
		for i := range 6 {
			key := fmt.Sprint("m", i)
			records = append(records, person(key, "M"), link("to "+key, kg.MemberOf, key, "hub"))
		}
		for i := range 6 { // a ring of members, so that each leads to two others
			records = append(records, link(fmt.Sprint("ring ", i), kg.FamilyOf, fmt.Sprint("m", i), fmt.Sprint("m", (i+1)%6)))
		}
		b.put(append(records, body("hub", "Hub"))...)
		for depth := 1; depth <= 3; depth++ {
			for limit := 1; limit <= 7; limit++ {
				n, err := kg.NetworkOf(b.ctx, b.store, around(limit, depth, "hub"))
				if err != nil {
					b.Fatal(err)
				}
				var got []kg.ID
				for _, node := range n.Nodes[1:] {
					got = append(got, node.ID)
				}
				want := sorted(entIDs("m0", "m1", "m2", "m3", "m4", "m5")...)[:limit-1]
				if !slices.Equal(got, want) || n.More != 7-limit {
					b.Errorf("%d deep, at most %d: got %v and %d more; want %v and %d more", depth, limit, b.namesOf(got), n.More, b.namesOf(want), 7-limit)
				}
			}
		}
	}},
	{"around several, in their order", func(b *bench) {
		b.put(chain(6)...)
		b.expectNetwork(around(10, 1, "c6", "c0", "c6"), "c6 0", "c0 0", "c5 1", "c1 1", "c6 [r5] c5", "c0 [r0] c1", "0 more")
		b.expectNetwork(around(2, 1, "c1", "c0"), "c1 0", "c0 0", "c1 [r0] c0", "1 more")
	}}, {"three hops, and no farther", func(b *bench) {
		b.put(chain(5)...)
		b.expectNetwork(around(10, 1, "c0"), "c0 0", "c1 1", "c0 [r0] c1", "0 more")
		b.expectNetwork(around(10, 2, "c0"), "c0 0", "c1 1", "c2 2", "c0 [r0] c1", "c1 [r1] c2", "0 more")
		b.expectNetwork(around(10, 3, "c0"), "c0 0", "c1 1", "c2 2", "c3 3", "c0 [r0] c1", "c1 [r1] c2", "c2 [r2] c3", "0 more")
		b.expectNetwork(around(3, 3, "c0"), "c0 0", "c1 1", "c2 2", "c0 [r0] c1", "c1 [r1] c2", "1 more")
	}},
	{"ties by how many links they have, between leaves too", func(b *bench) {
		b.put(body("hub", "Hub"), person("p", "P"), person("q", "Q"), link("hp", kg.Leads, "p", "hub", "2000"), link("hp2", kg.MemberOf, "p", "hub", "2001"), link("hq", kg.MemberOf, "q", "hub"),
			link("pq3", kg.FamilyOf, "p", "q", "2003"), link("pq1", kg.FamilyOf, "q", "p", "2001"), link("pq2", kg.AssociateOf, "p", "q", "2002"))
		b.expectNetwork(around(9, 1, "hub"), "hub 0", "p 1", "q 1", "p [pq1 pq2 pq3] q", "hub [hp hp2] p", "hub [hq] q", "0 more")
		n := around(9, 1, "hub")
		n.Ties.Types = []kg.RelationshipType{kg.AssociateOf, kg.Leads}
		b.expectNetwork(n, "hub 0", "p 1", "hub [hp] p", "0 more")
	}},
	{"no more than 2,000 ties", func(b *bench) {
		var records []kg.Record
		for i := range 70 {
			records = append(records, person(number(i), "P"))
			s := said("all "+number(i), "2020", number(i))
			for j := range 70 {
				s.About = append(s.About, entID(number(j)))
			}
			records = append(records, s)
		}
		b.put(records...)
		n, err := kg.NetworkOf(b.ctx, b.store, around(100, 1, number(0)))
		if err != nil {
			b.Fatal(err)
		}
		if len(n.Nodes) != 70 || len(n.Ties) != 2_000 || !n.Incomplete || len(n.Cut) > 0 {
			b.Errorf("%d nodes, %d ties, incomplete %t, cut %v", len(n.Nodes), len(n.Ties), n.Incomplete, n.Cut)
		}
	}},
}

var commonTests = []test{
	{"what is joined with least comes first", func(b *bench) {
		spoke := said("spoke", "2020", "a")
		spoke.About = entIDs("rare")
		b.put(person("a", "A"), person("b", "B"), person("c", "C"), body("rare", "Rare"), body("usual", "U"), body("none", "N"), spoke,
			link("a1", kg.MemberOf, "a", "usual"), link("b1", kg.MemberOf, "b", "usual"), link("c1", kg.MemberOf, "c", "usual"),
			link("b2", kg.Leads, "b", "rare", "2001"), link("b3", kg.Leads, "b", "rare", "2000"), link("a4", kg.MemberOf, "a", "none"), link("c4", kg.MemberOf, "c", "rare"),
			link("ab", kg.FamilyOf, "a", "b"), link("loop", kg.FamilyOf, "a", "a"), link("more", kg.AlliedWith, "usual", "none", "2000"), link("yet more", kg.AlliedWith, "usual", "none", "2001"))
		rare, usual := "rare: a [spoke] rare, b [b3 b2] rare", "usual: a [a1] usual, b [b1] usual"
		b.expectCommon(inCommon("a", "b"), []string{}, rare, usual, "of 2")
		b.expectCommon(inCommon("b", "a", "b"), []string{}, "rare: b [b3 b2] rare, a [spoke] rare", "usual: b [b1] usual, a [a1] usual", "of 2")
		first := inCommon("a", "b")
		first.Limit = 1
		b.expectCommon(first, []string{}, rare, "of 2")
		b.expectCommon(inCommon("a", "b", "c"), []string{}, rare+", c [c4] rare", usual+", c [c1] usual", "of 2")
		b.expectCommon(inCommon("usual", "a"), []string{}, "none: usual [more yet more] none, a [a4] none", "b: usual [b1] b, a [ab] b", "of 2")
		first.Ties.Types, first.Limit = []kg.RelationshipType{kg.MemberOf, kg.Leads}, 20
		b.expectCommon(first, []string{}, usual, "of 1")
		first.Ties.Statements = ptr(true)
		b.expectCommon(first, []string{}, rare, usual, "of 2")
		first.Ties = kg.TieFilter{AsOf: kg.AsOf{Date: "2000", CertainOnly: true}}
		b.expectCommon(first, []string{}, "of 0")

		c, err := kg.CommonNeighbours(b.ctx, b.store, inCommon("a", "b"))
		if err != nil {
			b.Fatal(err)
		}
		if c.Neighbours[0].Degree != 4 || c.Neighbours[1].Degree != 5 {
			b.Errorf("degrees %d and %d", c.Neighbours[0].Degree, c.Neighbours[1].Degree)
		}
	}},
	{"those alike by id", func(b *bench) {
		records := []kg.Record{person("a", "A"), person("b", "B")}
		for i := range 5 {
			key := fmt.Sprint("m", i)
			records = append(records, body(key, "M"), link("a "+key, kg.MemberOf, "a", key), link("b "+key, kg.MemberOf, "b", key))
		}
		b.put(records...)
		c, err := kg.CommonNeighbours(b.ctx, b.store, inCommon("a", "b"))
		if err != nil {
			b.Fatal(err)
		}
		var got []kg.ID
		for _, n := range c.Neighbours {
			got = append(got, n.ID)
		}
		if want := sorted(entIDs("m0", "m1", "m2", "m3", "m4")...); !slices.Equal(got, want) {
			b.Errorf("got %v, want %v", got, want)
		}
	}},
	{"of a hub, relationships behind the first 500", func(b *bench) {
		b.putMany(slices.Concat([]kg.Record{body("hub", "Hub"), person("a", "A"), person("b", "B"), body("club", "Club"), late("far", kg.PartOf, "club", "hub"),
			link("ac", kg.MemberOf, "a", "club"), link("bc", kg.MemberOf, "b", "club"), late("also", kg.Owns, "hub", "club"), late("ab", kg.FamilyOf, "a", "b")}, crowd("hub", kg.MemberOf, 550)))
		found := "club: a [ac] club, hub [also far] club"
		b.expectCommon(inCommon("a", "hub"), []string{"hub"}, inIDOrder("also", "far", found, "club: a [ac] club, hub [far also] club")[0], "of 1")
		q := inCommon("hub", "a", "b")
		q.Ties.Types = []kg.RelationshipType{kg.PartOf, kg.MemberOf}
		b.expectCommon(q, []string{"hub"}, "club: hub [far] club, a [ac] club, b [bc] club", "of 1")
		q.Ties.AsOf = kg.AsOf{Date: "2019", CertainOnly: true}
		b.expectCommon(q, []string{}, "of 0") // undated, who is a member: not for certain
		q.Ties.AsOf = kg.AsOf{Date: "2019"}
		b.expectCommon(q, []string{"hub"}, "of 0") // and the club was no part of it yet

		// the neighbours of what was cut are not those to begin with, be they ever so few
		records := []kg.Record{body("narrow", "Narrow"), person("x", "X"), late("far too", kg.PartOf, "club", "narrow")}
		for i := range 550 {
			records = append(records, link("narrow "+number(i), kg.MemberOf, "x", "narrow", "1990"))
		}
		b.put(records...)
		b.expectCommon(inCommon("narrow", "a"), []string{"narrow"}, "club: narrow [far too] club, a [ac] club", "of 1")
	}},
}
