package storetest

import (
	"fmt"
	"slices"
	"strings"

	"dramatis/kg"
)

// endDrives are lists of what ties an entity, whose ends can be asked for: by each facet alone, and as they are merged.
func endDrives(id kg.ID) [][]kg.Key {
	keys := func(value string, facets ...kg.Facet) []kg.Key {
		var list []kg.Key
		for _, f := range facets {
			list = append(list, kg.Key{Facet: f, Value: value})
		}
		return list
	}
	one, typed := string(id), string(id)+"/"+string(kg.MemberOf)
	lists := [][]kg.Key{keys(one, kg.RelationshipFrom, kg.RelationshipTo), keys(typed, kg.RelationshipFromType, kg.RelationshipToType),
		append(keys(typed, kg.RelationshipFromType, kg.RelationshipToType), keys(one+"/"+string(kg.FamilyOf), kg.RelationshipFromType, kg.RelationshipToType)...),
		keys(one, kg.StatementSpeaker, kg.StatementOnBehalfOf, kg.StatementAbout, kg.StatementAudience)}
	for _, k := range slices.Concat(lists...) {
		lists = append(lists, []kg.Key{k})
	}
	return lists
}

// otherEnds are those of a record as they are seen from the keys under which it stands.
func otherEnds(r kg.Record, keys []kg.Key) []kg.ID {
	var ends []kg.ID
	for _, k := range keys {
		value, typ, _ := strings.Cut(k.Value, "/")
		id := kg.ID(value)
		switch r := r.(type) {
		case *kg.Relationship:
			switch {
			case typ != "" && string(r.Type) != typ:
			case slices.Contains([]kg.Facet{kg.RelationshipFrom, kg.RelationshipFromType}, k.Facet) && r.From == id:
				ends = append(ends, r.To)
			case slices.Contains([]kg.Facet{kg.RelationshipTo, kg.RelationshipToType}, k.Facet) && r.To == id:
				ends = append(ends, r.From)
			}
		case *kg.Statement:
			roles := map[kg.Facet][]kg.ID{kg.StatementSpeaker: r.Speakers, kg.StatementOnBehalfOf: r.OnBehalfOf, kg.StatementAbout: r.About, kg.StatementAudience: r.Audience}
			if !slices.Contains(roles[k.Facet], id) {
				continue
			}
			if k.Facet == kg.StatementSpeaker || k.Facet == kg.StatementOnBehalfOf {
				ends = append(ends, slices.Concat(r.About, r.Audience)...)
			} else {
				ends = append(ends, slices.Concat(r.Speakers, r.OnBehalfOf)...)
			}
		}
	}
	return sorted(distinct(ends)...)
}

// endLines are what a store tells of lists by their ends, and what that must be by their records.
func (b *bench) endLines(q kg.Query, drives []kg.Drive) (got, want []string) {
	b.Helper()
	full, err := b.store.List(b.ctx, q, drives)
	if err != nil {
		b.Fatal(err)
	}
	q.Ends = true
	light, err := b.store.List(b.ctx, q, drives)
	if err != nil {
		b.Fatal(err)
	}
	for i, d := range drives {
		got, want = append(got, "cut "+light[i].Cut), append(want, "cut "+full[i].Cut)
		if len(light[i].Records) > 0 {
			b.Errorf("%d records came with the ends", len(light[i].Records))
		}
		for _, e := range light[i].Ends {
			got = append(got, fmt.Sprint(e.Sort, sorted(e.Others...)))
		}
		for _, r := range full[i].Records {
			want = append(want, fmt.Sprint(kg.SortKey(r, q.Order), otherEnds(r, d.Keys)))
		}
	}
	return got, want
}

// expectEnds compares, of several entities, lists by their ends with the same lists by their records.
func (b *bench) expectEnds(ids ...kg.ID) (rows int) {
	b.Helper()
	for i := range endDrives("") {
		var drives []kg.Drive
		for _, id := range ids {
			drives = append(drives, kg.Drive{Keys: endDrives(id)[i]})
		}
		for _, days := range [][]kg.DayTest{nil, {{Column: kg.StartMin, Day: "2010-01-01", AtLeast: true}}} {
			for _, limit := range []int{3, 600} {
				for _, reverse := range []bool{false, true} {
					q := kg.Query{Days: days, Limit: limit, Reverse: reverse}
					got, want := b.endLines(q, drives)
					if rows += len(want) - len(drives); !slices.Equal(got, want) {
						b.Errorf("%s of %v: got\n%s\nwant\n%s", show(q), drives[0].Keys, strings.Join(got, "\n"), strings.Join(want, "\n"))
					}
				}
			}
		}
	}
	return rows
}

var endTests = []test{
	{"a list by its ends is the list", func(b *bench) {
		self, joint := said("self", "2005", "a", "b"), said("joint", "", "a")
		self.OnBehalfOf, self.About, self.Audience = entIDs("hub"), entIDs("a", "c"), entIDs("b", "hub")
		joint.About = entIDs("b")
		silent := said("silent", "2012", "a") // about nobody
		b.put(person("a", "A"), person("b", "B"), person("c", "C"), body("hub", "Hub"), self, joint, silent,
			link("loop", kg.FamilyOf, "a", "a", "2011"), link("ab", kg.FamilyOf, "a", "b", "2001"), link("ba", kg.FamilyOf, "b", "a"), link("am", kg.MemberOf, "a", "hub", "2012"))
		b.put(crowd("hub", kg.MemberOf, 30)...)
		if n := b.expectEnds(entIDs("a", "hub", "nobody", "b", "a", "c")...); n == 0 {
			b.Error("nothing was found")
		}
		// and after a change of whom it is about, which leaves its sort key as it is
		self.About = entIDs("c", "b")
		b.put(self)
		b.expectEnds(entIDs("a", "b", "c")...)
	}},
	{"degrees follow every change", func(b *bench) {
		expect := func(want ...int) {
			b.Helper()
			var keys []kg.Key
			for _, id := range entIDs("a", "b", "c", "nobody") {
				keys = append(keys, kg.Key{Facet: kg.EntityDegree, Value: string(id)})
			}
			if counts, err := b.store.Count(b.ctx, keys); err != nil || !slices.Equal(counts, append(want, 0)) {
				b.Errorf("got %v, %v; want %v", counts, err, want)
			}
		}
		s := said("s", "2020", "a")
		s.About, s.Audience = entIDs("a", "b"), entIDs("b")
		b.put(person("a", "A"), person("b", "B"), person("c", "C"))
		expect(0, 0, 0)
		b.put(s, link("loop", kg.FamilyOf, "a", "a"), link("ab", kg.FamilyOf, "a", "b"))
		expect(4, 3, 0)
		s.Speakers, s.Audience = entIDs("c"), nil
		b.put(s, link("loop", kg.FamilyOf, "a", "c"))
		expect(3, 2, 2)
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: relID("loop")}, {ID: s.ID}}})
		expect(1, 1, 0)
	}},
}
