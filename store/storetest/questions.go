package storetest

import (
	"fmt"
	"unicode/utf8"

	"dramatis/kg"
)

// question is a list as kg makes it, and what it must hold.
type question struct {
	name string
	list kg.List
	err  error
	want Answer
}

// maybe gives a field of a filter: mostly none.
func maybe[T any](w *world, percent int, list []T) []T {
	if !w.chance(percent) {
		return nil
	}
	return append(some(w, 2, list), pick(w, list))
}

func (w *world) order() *kg.OrderDirection {
	return pick(w, []*kg.OrderDirection{nil, ptr(kg.Ascending), ptr(kg.Descending)})
}

func (w *world) asOf() kg.AsOf {
	if w.chance(60) {
		return kg.AsOf{}
	}
	return kg.AsOf{Date: w.day(), CertainOnly: w.chance(40)}
}

func (w *world) between() *kg.DateRange {
	if w.chance(80) {
		return nil
	}
	for {
		r := &kg.DateRange{}
		if w.chance(70) {
			r.From = ptr(w.day())
		}
		if w.chance(70) || r.From == nil {
			r.To = ptr(w.day())
		}
		if days := rangeOf(r); days.first <= days.last {
			return r
		}
	}
}

func (w *world) entityFilter() *kg.EntityFilter {
	f := &kg.EntityFilter{
		Types: maybe(w, 30, kg.EntityTypes), Kinds: maybe(w, 15, organizationKinds[1:]), Countries: maybe(w, 15, countries), Dataset: maybe(w, 15, w.stock[kg.DatasetClass]),
	}
	switch text := firstBytes(w.text(), 256); {
	case w.chance(25):
		f.Name = &text
	case w.chance(25):
		_, size := utf8.DecodeRuneInString(text)
		f.NamePrefix = ptr(text[:size])
	case w.chance(15):
		f.Identifier = &kg.Identifier{Scheme: pick(w, schemes), Value: fmt.Sprint("Q", w.rng.IntN(9))}
	}
	return f
}

func (w *world) statementFilter() *kg.StatementFilter {
	entities := w.stock[kg.EntityClass]
	f := &kg.StatementFilter{
		By: maybe(w, 20, entities), Speakers: maybe(w, 15, entities), OnBehalfOf: maybe(w, 10, entities), About: maybe(w, 20, entities),
		AtEvent: maybe(w, 8, entities), Audience: maybe(w, 8, entities), Kind: maybe(w, 15, statementKinds), Medium: maybe(w, 8, w.texts),
		Source: maybe(w, 15, w.stock[kg.SourceClass]), Dataset: maybe(w, 10, w.stock[kg.DatasetClass]), Between: w.between(),
	}
	if w.chance(10) {
		f.Joint = ptr(w.chance(50))
	}
	return f
}

func (w *world) relationshipFilter() *kg.RelationshipFilter {
	types := make([]kg.RelationshipType, len(kg.RelationshipRules))
	for i, rule := range kg.RelationshipRules {
		types[i] = rule.Type
	}
	if w.chance(50) {
		types = []kg.RelationshipType{kg.AlliedWith, kg.AssociateOf, kg.Supports}
	}
	return &kg.RelationshipFilter{
		Types: maybe(w, 35, types), With: maybe(w, 25, w.stock[kg.EntityClass]), Source: maybe(w, 15, w.stock[kg.SourceClass]), Dataset: maybe(w, 10, w.stock[kg.DatasetClass]),
		ActiveDuring: w.between(),
	}
}

// hubOr is the entity that most relationships are of, or any other.
func (w *world) hubOr() kg.ID {
	if ids := w.there(kg.EntityClass); w.chance(50) && len(ids) > 0 {
		return ids[0]
	}
	return pick(w, w.stock[kg.EntityClass])
}

// ask makes a random question.
func (w *world) ask() question {
	order, asOf, o := w.order(), w.asOf(), w.oracle
	switch w.rng.IntN(9) {
	case 0:
		f := w.entityFilter()
		l, err := kg.Entities(f, order)
		return question{fmt.Sprintf("Entities(%s, %s)", show(f), show(order)), l, err, o.Entities(f, order)}
	case 1:
		f := &kg.EventFilter{Kinds: maybe(w, 15, w.texts), Statuses: maybe(w, 20, eventStatuses[1:]), About: maybe(w, 30, w.stock[kg.EntityClass]),
			Dataset: maybe(w, 10, w.stock[kg.DatasetClass]), Between: w.between(), ActiveDuring: w.between()}
		l, err := kg.Events(f, asOf, order)
		return question{fmt.Sprintf("Events(%s, %s, %s)", show(f), show(asOf), show(order)), l, err, o.Events(f, asOf, order)}
	case 2, 3:
		f := w.statementFilter()
		l, err := kg.Statements(f, asOf, order)
		return question{fmt.Sprintf("Statements(%s, %s, %s)", show(f), show(asOf), show(order)), l, err, o.Statements(f, asOf, order)}
	case 4:
		f := w.relationshipFilter()
		l, err := kg.Relationships(f, asOf, order)
		return question{fmt.Sprintf("Relationships(%s, %s, %s)", show(f), show(asOf), show(order)), l, err, o.Relationships(f, asOf, order)}
	case 5, 6:
		f, id, seen := w.relationshipFilter(), w.hubOr(), pick(w, []kg.Direction{kg.Out, kg.In, kg.AnyDirection})
		l, err := kg.RelationshipsOf(id, f, seen, asOf, order)
		return question{fmt.Sprintf("RelationshipsOf(%s, %s, %s, %s, %s)", id, show(f), seen, show(asOf), show(order)), l, err,
			o.RelationshipsOf(id, f, seen, asOf, order)}
	case 7:
		f := &kg.SourceFilter{Kinds: maybe(w, 25, []kg.SourceKind{kg.Article, kg.Post, kg.OtherSource}), Publisher: maybe(w, 25, w.stock[kg.EntityClass]),
			Dataset: maybe(w, 20, w.stock[kg.DatasetClass]), Between: w.between()}
		l, err := kg.Sources(f, order)
		return question{fmt.Sprintf("Sources(%s, %s)", show(f), show(order)), l, err, o.Sources(f, order)}
	default:
		id, kinds := w.hubOr(), maybe(w, 30, mentionKinds[1:])
		if w.chance(50) {
			id = pick(w, w.stock[kg.SourceClass])
		}
		l, err := kg.MentionsOf(id, kinds)
		return question{fmt.Sprintf("MentionsOf(%s, %v)", id, kinds), l, err, o.MentionsOf(id, kinds)}
	}
}

// mistaken makes lists that must be refused.
func (w *world) mistaken() (string, error) {
	entity, src := pick(w, w.stock[kg.EntityClass]), pick(w, w.stock[kg.SourceClass])
	many := make([]kg.ID, 101)
	for i := range many {
		many[i] = kg.KeyID(kg.EntityClass, "many", fmt.Sprint(i))
	}
	filter := pick(w, []kg.StatementFilter{
		{By: []kg.ID{}}, {Speakers: many}, {By: many}, {About: []kg.ID{src}}, {Source: []kg.ID{entity}}, {Dataset: []kg.ID{"x"}}, {Medium: []string{}}, {Between: &kg.DateRange{}},
		{Between: &kg.DateRange{From: ptr(kg.PartialDate("2001")), To: ptr(kg.PartialDate("2000"))}}, {Between: &kg.DateRange{From: ptr(kg.Open)}},
	})
	links := pick(w, []kg.RelationshipFilter{
		{With: []kg.ID{}}, {With: many}, {Types: []kg.RelationshipType{}}, {With: []kg.ID{src}}, {Source: []kg.ID{}}, {Dataset: []kg.ID{entity}}, {ActiveDuring: &kg.DateRange{}},
		{ActiveDuring: &kg.DateRange{From: ptr(kg.PartialDate("2001-02")), To: ptr(kg.PartialDate("2001-01~"))}}, {ActiveDuring: &kg.DateRange{To: ptr(kg.Open)}},
	})
	switch w.rng.IntN(4) {
	case 0:
		_, err := kg.Statements(&filter, kg.AsOf{}, nil)
		return "Statements " + show(filter), err
	case 1:
		_, err := kg.Relationships(&links, kg.AsOf{}, nil)
		return "Relationships " + show(links), err
	case 2:
		_, err := kg.RelationshipsOf(entity, &links, pick(w, []kg.Direction{kg.Out, kg.AnyDirection}), kg.AsOf{}, nil)
		return "RelationshipsOf " + show(links), err
	default:
		_, err := kg.Events(nil, kg.AsOf{Date: pick(w, []kg.PartialDate{"..", "x", "2001-02-29"})}, nil)
		return "Events asOf", err
	}
}
