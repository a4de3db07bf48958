package storetest

import (
	"fmt"
	"slices"

	"dramatis/kg"
)

var deleteTests = []test{
	{"what is referred to stays", func(b *bench) {
		records := everyKind()
		b.put(records...)
		for _, tt := range []struct {
			id        kg.ID
			referrers []kg.ID
		}{
			{entID("p"), []kg.ID{menID("mention"), relID("rel"), srcID("source"), staID("other"), staID("statement")}},
			{entID("o"), []kg.ID{entID("event"), relID("rel"), srcID("source"), staID("statement")}},
			{entID("topic"), []kg.ID{entID("event"), staID("statement")}},
			{entID("place"), []kg.ID{staID("statement")}},
			{entID("event"), []kg.ID{staID("statement")}},
			{entID("office"), []kg.ID{staID("statement")}},
			{srcID("source"), []kg.ID{entID("event"), menID("mention"), relID("rel"), staID("statement")}},
			{staID("other"), []kg.ID{relID("rel"), staID("statement")}},
		} {
			b.refuse(&kg.Batch{Put: []kg.Record{person("new", "New")}, Delete: []kg.Deletion{{ID: tt.id}}}, kg.Conflict, sorted(tt.referrers...)...)
		}
		b.refuse(&kg.Batch{Delete: []kg.Deletion{{ID: kg.DatasetID(testSet)}}}, kg.Conflict, sorted(idsOfRecords(records[:len(records)-1])...)...)
	}},
	{"the ids of a conflict are the first hundred", func(b *bench) {
		records := []kg.Record{person("a", "A"), person("b", "B")}
		var ids []kg.ID
		for i := range 150 {
			r := link(number(i), kg.OtherLink, "a", "b")
			records, ids = append(records, r), append(ids, r.ID)
		}
		b.put(records...)
		b.refuse(&kg.Batch{Delete: []kg.Deletion{{ID: entID("a")}}}, kg.Conflict, sorted(ids...)[:100]...)
	}},
	{"what goes or is put anew in the same batch does not hold it", func(b *bench) {
		b.put(person("a", "A"), person("b", "B"), person("c", "C"), link("goes", kg.OtherLink, "a", "b"), link("moves", kg.OtherLink, "a", "c"))
		b.mustApply(&kg.Batch{
			Put:    []kg.Record{link("moves", kg.OtherLink, "b", "c")},
			Delete: []kg.Deletion{{ID: entID("a")}, {ID: relID("goes")}},
		})
		b.expect(wanted("relationships", kg.AllOf(kg.RelationshipClass), nil, "moves"))
	}},
	{"what is put anew still refers to it", func(b *bench) {
		b.put(person("a", "A"), person("b", "B"), link("r", kg.OtherLink, "a", "b"))
		for _, cascade := range []bool{false, true} {
			b.refuse(&kg.Batch{Put: []kg.Record{link("r", kg.OtherLink, "a", "b", "2020")}, Delete: []kg.Deletion{{ID: entID("a"), Cascade: cascade}}},
				kg.BadUserInput, entID("a"))
			b.refuse(&kg.Batch{Put: []kg.Record{link("r", kg.OtherLink, "a", "b")}, Delete: []kg.Deletion{{ID: entID("a"), Cascade: cascade}}},
				kg.BadUserInput, entID("a"))
			b.refuse(&kg.Batch{Put: []kg.Record{link("new", kg.OtherLink, "a", "b")}, Delete: []kg.Deletion{{ID: entID("a"), Cascade: cascade}, {ID: relID("r")}}},
				kg.BadUserInput, entID("a"))
		}
	}},
	{"a cascade takes all that refers to it, and to that", func(b *bench) {
		b.put(everyKind()...)
		r := b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: staID("other"), Cascade: true}}})
		b.outcome(r, kg.Result{Deleted: append([]kg.ID{staID("other")}, sorted(relID("rel"), staID("statement"))...)})
		r = b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: entID("p"), Cascade: true}}})
		if want := sorted(entID("p"), srcID("source"), menID("mention"), entID("event")); !slices.Equal(sorted(r.Deleted...), want) || r.Deleted[0] != entID("p") {
			b.Errorf("deleted %v, want %v", r.Deleted, want)
		}
		for class, n := range map[kg.Class]int{kg.EntityClass: 4, kg.RelationshipClass: 0, kg.StatementClass: 0, kg.SourceClass: 0, kg.MentionClass: 0} {
			if got, _ := b.count(kg.AllOf(class), nil); got != n {
				b.Errorf("%s: %d left, want %d", class, got, n)
			}
		}
	}},
	{"a cascade spares what is put anew", func(b *bench) {
		b.put(person("a", "A"), person("b", "B"), person("c", "C"), link("stays", kg.OtherLink, "a", "b"), link("goes", kg.OtherLink, "c", "a"))
		r := b.mustApply(&kg.Batch{Put: []kg.Record{link("stays", kg.OtherLink, "c", "b")}, Delete: []kg.Deletion{{ID: entID("a"), Cascade: true}}})
		b.outcome(r, kg.Result{Changed: []kg.ID{relID("stays")}, Deleted: []kg.ID{entID("a"), relID("goes")}})
	}},
	{"cascade and plain deletion in one batch", func(b *bench) {
		b.put(person("a", "A"), person("b", "B"), link("r", kg.OtherLink, "a", "b"))
		r := b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: entID("b")}, {ID: entID("a"), Cascade: true}}})
		b.outcome(r, kg.Result{Deleted: []kg.ID{entID("b"), entID("a"), relID("r")}})
	}},
	{"what was deleted can be made again", func(b *bench) {
		for range 3 {
			b.put(person("a", "A"), link("r", kg.OtherLink, "a", "a"))
			b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: entID("a"), Cascade: true}}})
		}
		if b.get(entID("a")) != nil || b.get(relID("r")) != nil {
			b.Error("something is left")
		}
	}},
	{"a long chain", func(b *bench) {
		records := []kg.Record{person("p", "P")}
		for i := range 200 {
			s := said(number(i), "", "p")
			if i > 0 {
				s.ReplyTo = []kg.ID{staID(number(i - 1))}
			}
			records = append(records, s)
		}
		b.put(records...)
		r := b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: staID(number(0)), Cascade: true}}})
		if len(r.Deleted) != 200 {
			b.Errorf("deleted %d", len(r.Deleted))
		}
	}},
}

var typeTests = []test{
	{"each type of relationship joins what its rule says", func(b *bench) {
		makers := map[kg.EntityType]func(key, name string) kg.Record{
			kg.PersonType:       func(k, n string) kg.Record { return person(k, n) },
			kg.OrganizationType: func(k, n string) kg.Record { return body(k, n) },
			kg.PositionType:     func(k, n string) kg.Record { return office(k, n) },
			kg.PlaceType:        func(k, n string) kg.Record { return place(k, n) },
			kg.EventType:        func(k, n string) kg.Record { return event(k, "", "") },
			kg.TopicType:        func(k, n string) kg.Record { return topic(k, n) },
		}
		var records []kg.Record
		for _, t := range kg.EntityTypes {
			records = append(records, makers[t]("1"+string(t), "1"), makers[t]("2"+string(t), "2"))
		}
		b.put(records...)
		var good []kg.Record
		for _, rule := range kg.RelationshipRules {
			for _, from := range kg.EntityTypes {
				for _, to := range kg.EntityTypes {
					r := link(fmt.Sprint(rule.Type, from, to), rule.Type, "1"+string(from), "2"+string(to))
					if slices.Contains(rule.From, from) && slices.Contains(rule.To, to) {
						good = append(good, r)
						continue
					}
					if _, err := b.apply(&kg.Batch{Put: []kg.Record{r}}); kg.CodeOf(err) != kg.BadUserInput || !slices.Equal(idsOf(err), []kg.ID{r.ID}) {
						b.Errorf("%s from %s to %s: %v", rule.Type, from, to, err)
					}
				}
			}
		}
		b.put(good...)
	}},
	{"an entity changes its type", func(b *bench) {
		b.put(person("x", "X"), body("o", "O"), link("supports", kg.Supports, "x", "o"), link("owned", kg.Owns, "o", "place"), topic("place", "Land"))
		b.put(body("x", "X"), place("place", "Land")) // all of it still fits
		if e := b.get(entID("x")).(kg.Entity); e.Type() != kg.OrganizationType {
			b.Errorf("x is a %s", e.Type())
		}
		l, err := kg.Entities(&kg.EntityFilter{Types: []kg.EntityType{kg.PersonType, kg.TopicType}}, nil)
		b.expect(wanted("old types", l, err))
		b.refuse(&kg.Batch{Put: []kg.Record{topic("x", "X")}}, kg.Conflict, entID("x"))
		b.refuse(&kg.Batch{Put: []kg.Record{person("place", "Land")}}, kg.Conflict, entID("place"))
	}},
	{"a symmetric relationship holds both its ends", func(b *bench) {
		b.put(person("x", "X"), body("o", "O"), link("r", kg.AlliedWith, "x", "o"))
		b.refuse(&kg.Batch{Put: []kg.Record{topic("x", "X")}}, kg.Conflict, entID("x"))
		b.refuse(&kg.Batch{Put: []kg.Record{place("o", "O")}}, kg.Conflict, entID("o"))
	}},
	{"a type may change when its relationships go, or change, with it", func(b *bench) {
		b.put(person("x", "X"), body("o", "O"), body("o2", "O2"), link("a", kg.MemberOf, "x", "o"), link("b", kg.Leads, "x", "o"), link("loop", kg.FamilyOf, "x", "x"))
		b.refuse(&kg.Batch{Put: []kg.Record{place("x", "X"), link("b", kg.LocatedIn, "o", "x")}, Delete: []kg.Deletion{{ID: relID("a")}}}, kg.Conflict, entID("x"))
		b.mustApply(&kg.Batch{Put: []kg.Record{place("x", "X"), link("b", kg.LocatedIn, "o", "x")}, Delete: []kg.Deletion{{ID: relID("a")}, {ID: relID("loop")}}})
	}},
	{"a relationship that is put fits the new type, not the old one", func(b *bench) {
		b.put(person("x", "X"), body("o", "O"))
		b.refuse(&kg.Batch{Put: []kg.Record{topic("x", "X"), link("r", kg.MemberOf, "x", "o")}}, kg.BadUserInput, relID("r"))
		b.refuse(&kg.Batch{Put: []kg.Record{link("r", kg.Holds, "x", "o")}}, kg.BadUserInput, relID("r"))
		b.mustApply(&kg.Batch{Put: []kg.Record{office("o", "O"), link("r", kg.Holds, "x", "o")}})
	}},
	{"statements are made at events", func(b *bench) {
		at := func(key, event string) *kg.Statement {
			s := said(key, "", "p")
			s.AtEvent = entID(event)
			return s
		}
		b.put(person("p", "P"), event("e", "2020", ""), at("s", "e"))
		b.refuse(&kg.Batch{Put: []kg.Record{at("t", "p")}}, kg.BadUserInput, staID("t"))
		b.refuse(&kg.Batch{Put: []kg.Record{topic("e", "E")}}, kg.Conflict, entID("e"))
		b.refuse(&kg.Batch{Put: []kg.Record{topic("e", "E"), at("s", "e")}}, kg.BadUserInput, staID("s"))
		b.mustApply(&kg.Batch{Put: []kg.Record{topic("e", "E"), said("s", "", "p")}})
	}},
	{"relationships that a cascade takes do not hold a type", func(b *bench) {
		b.put(person("x", "X"), body("o", "O"), link("r", kg.MemberOf, "x", "o"))
		b.mustApply(&kg.Batch{Put: []kg.Record{topic("x", "X")}, Delete: []kg.Deletion{{ID: entID("o"), Cascade: true}}})
		b.expect(wanted("relationships", kg.AllOf(kg.RelationshipClass), nil))
	}},
}
