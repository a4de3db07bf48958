package storetest

import (
	"maps"
	"slices"
	"strings"

	"dramatis/kg"
)

// Oracle answers the questions that are asked of a graph by looping over all records, as a reader of the product's
// description would: it shares no code of order, folding, dates, keys or rules with what it is compared with.
type Oracle struct {
	records map[kg.ID]kg.Record
	notes   map[string]note
}

// NewOracle is an empty graph.
func NewOracle() *Oracle {
	return &Oracle{records: map[kg.ID]kg.Record{}, notes: map[string]note{}}
}

// Answer is a whole list, in order.
type Answer []kg.Record

// choose gives the records of a kind that pass all tests, in an order.
func choose[R kg.Record](o *Oracle, keep func(R) bool, before func(a, b R) int) []R {
	var found []R
	for _, id := range slices.Sorted(maps.Keys(o.records)) {
		if r, ok := o.records[id].(R); ok && keep(r) {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, before) // by id where before sees no difference
	return found
}

// answer turns an ascending list round if that is asked for. Of a dated list, the undated stay behind the dated.
func answer[R kg.Record](list []R, direction *kg.OrderDirection, undated func(R) bool) Answer {
	if direction != nil && *direction == kg.Descending {
		slices.Reverse(list)
		slices.SortStableFunc(list, func(a, b R) int { return truth(undated(a)) - truth(undated(b)) })
	}
	out := make(Answer, len(list))
	for i, r := range list {
		out[i] = r
	}
	return out
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func never[R any](R) bool { return false }

// Entities answers kg.Entities.
func (o *Oracle) Entities(f *kg.EntityFilter, direction *kg.OrderDirection) Answer {
	f = orEmpty(f)
	list := choose(o, func(e kg.Entity) bool {
		organization, _ := e.(*kg.Organization)
		return within(f.Dataset, e.Common().Dataset) && within(f.Types, e.Type()) &&
			(f.Kinds == nil || organization != nil && within(f.Kinds, organization.Kind)) &&
			(f.Countries == nil || meet(f.Countries, countriesOf(e))) &&
			(f.Identifier == nil || slices.Contains(e.Common().Identifiers, *f.Identifier)) &&
			(f.Name == nil || slices.ContainsFunc(namesOf(e), func(n string) bool { return likeness(n) == likeness(*f.Name) })) &&
			(f.NamePrefix == nil || slices.ContainsFunc(namesOf(e), func(n string) bool { return strings.HasPrefix(likeness(n), likeness(*f.NamePrefix)) }))
	}, func(a, b kg.Entity) int { return compareNames(a.Common().Name, b.Common().Name) })
	return answer(list, direction, never)
}

// Events answers kg.Events.
func (o *Oracle) Events(f *kg.EventFilter, asOf kg.AsOf, direction *kg.OrderDirection) Answer {
	f = orEmpty(f)
	list := choose(o, func(e *kg.Event) bool {
		s := eventSpan(e)
		return within(f.Dataset, e.Dataset) && within(f.Statuses, e.Status) && alike(f.Kinds, e.Kind) &&
			(f.About == nil || meet(f.About, e.About)) &&
			(f.Between == nil || s.dated && s.canMeet(rangeOf(f.Between))) &&
			(f.ActiveDuring == nil || s.canMeet(rangeOf(f.ActiveDuring))) &&
			asOfKeeps(asOf, s.begunBy)
	}, func(a, b *kg.Event) int { return compareDates(a.StartDate, b.StartDate) })
	return answer(list, direction, func(e *kg.Event) bool { return undated(e.StartDate) })
}

// Statements answers kg.Statements.
func (o *Oracle) Statements(f *kg.StatementFilter, asOf kg.AsOf, direction *kg.OrderDirection) Answer {
	f = orEmpty(f)
	list := choose(o, func(s *kg.Statement) bool {
		on := moment(s.Date)
		return within(f.Dataset, s.Dataset) && within(f.Kind, s.Kind) && alike(f.Medium, s.Medium) &&
			(f.By == nil || meet(f.By, s.Speakers) || meet(f.By, s.OnBehalfOf)) &&
			(f.Speakers == nil || meet(f.Speakers, s.Speakers)) &&
			(f.OnBehalfOf == nil || meet(f.OnBehalfOf, s.OnBehalfOf)) &&
			(f.About == nil || meet(f.About, s.About)) &&
			(f.Audience == nil || meet(f.Audience, s.Audience)) &&
			within(f.AtEvent, s.AtEvent) &&
			(f.Joint == nil || *f.Joint == (len(s.Speakers) > 1)) &&
			(f.Source == nil || meet(f.Source, sourcesOf(s.Evidence))) &&
			(f.Between == nil || on.dated && on.canMeet(rangeOf(f.Between))) &&
			asOfKeeps(asOf, on.begunBy)
	}, compareStatements)
	return answer(list, direction, func(s *kg.Statement) bool { return undated(s.Date) })
}

// Relationships answers kg.Relationships.
func (o *Oracle) Relationships(f *kg.RelationshipFilter, asOf kg.AsOf, direction *kg.OrderDirection) Answer {
	f = orEmpty(f)
	return o.links(f, asOf, direction, func(r *kg.Relationship) bool {
		return f.With == nil || slices.Contains(f.With, r.From) || slices.Contains(f.With, r.To)
	})
}

// RelationshipsOf answers kg.RelationshipsOf.
func (o *Oracle) RelationshipsOf(id kg.ID, f *kg.RelationshipFilter, seen kg.Direction, asOf kg.AsOf, direction *kg.OrderDirection) Answer {
	f = orEmpty(f)
	return o.links(f, asOf, direction, func(r *kg.Relationship) bool {
		goesOut, comesIn := r.From == id, r.To == id
		if r.Type.Rule().Symmetric {
			goesOut, comesIn = goesOut || comesIn, goesOut || comesIn
		}
		other := r.To
		if r.To == id {
			other = r.From
		}
		return (goesOut && seen != kg.In || comesIn && seen != kg.Out) && within(f.With, other)
	})
}

func (o *Oracle) links(f *kg.RelationshipFilter, asOf kg.AsOf, direction *kg.OrderDirection, keep func(*kg.Relationship) bool) Answer {
	list := choose(o, func(r *kg.Relationship) bool {
		s := linkSpan(r)
		return keep(r) && within(f.Dataset, r.Dataset) && within(f.Types, r.Type) &&
			(f.Source == nil || meet(f.Source, sourcesOf(r.Evidence))) &&
			(f.ActiveDuring == nil || s.canMeet(rangeOf(f.ActiveDuring))) && asOfKeeps(asOf, s.meets)
	}, func(a, b *kg.Relationship) int { return compareDates(a.StartDate, b.StartDate) })
	return answer(list, direction, func(r *kg.Relationship) bool { return undated(r.StartDate) })
}

// RelationshipCounts answers kg.RelationshipCounts.
func (o *Oracle) RelationshipCounts(id kg.ID) []kg.RelationshipCount {
	counts := []kg.RelationshipCount{}
	for _, rule := range kg.RelationshipRules {
		f := &kg.RelationshipFilter{Types: []kg.RelationshipType{rule.Type}}
		of := func(seen kg.Direction) int { return len(o.RelationshipsOf(id, f, seen, kg.AsOf{}, nil)) }
		if total := of(kg.AnyDirection); total > 0 {
			counts = append(counts, kg.RelationshipCount{Type: rule.Type, Out: of(kg.Out), In: of(kg.In), Total: total})
		}
	}
	return counts
}

// Sources answers kg.Sources.
func (o *Oracle) Sources(f *kg.SourceFilter, direction *kg.OrderDirection) Answer {
	f = orEmpty(f)
	list := choose(o, func(s *kg.Source) bool {
		on := moment(s.PublishedDate)
		return within(f.Dataset, s.Dataset) && within(f.Kinds, s.Kind) && within(f.Publisher, s.Publisher) &&
			(f.Between == nil || on.dated && on.canMeet(rangeOf(f.Between)))
	}, compareSources)
	return answer(list, direction, func(s *kg.Source) bool { return undated(s.PublishedDate) })
}

// MentionsOf answers kg.MentionsOf.
func (o *Oracle) MentionsOf(id kg.ID, kinds []kg.MentionKind) Answer {
	return answer(choose(o, func(m *kg.Mention) bool {
		return (m.Entity == id || m.Source == id) && within(kinds, m.Kind)
	}, compareMentions), nil, never)
}

// Datasets answers kg.Datasets.
func (o *Oracle) Datasets() Answer { return o.AllOf(kg.DatasetClass) }

// AllOf answers kg.AllOf.
func (o *Oracle) AllOf(class kg.Class) Answer {
	switch class {
	case kg.EntityClass:
		return o.Entities(nil, nil)
	case kg.RelationshipClass:
		return o.Relationships(nil, kg.AsOf{}, nil)
	case kg.StatementClass:
		return o.Statements(nil, kg.AsOf{}, nil)
	case kg.SourceClass:
		return o.Sources(nil, nil)
	case kg.MentionClass:
		return answer(choose(o, func(*kg.Mention) bool { return true }, compareMentions), nil, never)
	default:
		return answer(choose(o, func(*kg.Dataset) bool { return true }, func(a, b *kg.Dataset) int { return compareNames(a.Name, b.Name) }), nil, never)
	}
}

// Page is a stretch of an answer: what lies behind one record and before another, the first or the last of it.
type Page struct {
	Records              []kg.Record
	HasNext, HasPrevious bool
}

// Page cuts a page from an answer. after and before are places in it, -1 for none.
func (a Answer) Page(after, before, size int, backward bool) Page {
	from, to := after+1, len(a)
	if before >= 0 {
		to = before
	}
	from = min(from, max(to, 0))
	to = max(from, to)
	p := Page{HasNext: before >= 0, HasPrevious: after >= 0}
	if backward {
		p.HasPrevious = to-from > size
		from = max(from, to-size)
	} else {
		p.HasNext = to-from > size
		to = min(to, from+size)
	}
	p.Records = a[from:to]
	return p
}

func orEmpty[F any](f *F) *F {
	if f == nil {
		return new(F)
	}
	return f
}

// within tells whether a field of a filter lets a value pass: nil lets everything pass.
func within[V comparable](field []V, v V) bool { return field == nil || slices.Contains(field, v) }

// meet tells whether two lists have something in common.
func meet[V comparable](a, b []V) bool {
	return slices.ContainsFunc(a, func(v V) bool { return slices.Contains(b, v) })
}

// alike is within for free texts that may be missing.
func alike(field []string, text string) bool {
	return field == nil || text != "" && slices.ContainsFunc(field, func(s string) bool { return likeness(s) == likeness(text) })
}

func namesOf(e kg.Entity) []string {
	names := []string{e.Common().Name}
	for _, n := range e.Common().Names {
		names = append(names, n.Value)
	}
	return names
}

func countriesOf(e kg.Entity) []string {
	switch e := e.(type) {
	case *kg.Person:
		return e.Countries
	case *kg.Organization:
		return []string{e.Country}
	case *kg.Position:
		return []string{e.Country}
	case *kg.Place:
		return []string{e.Country}
	default:
		return nil
	}
}

func sourcesOf(evidence []kg.Evidence) []kg.ID {
	var ids []kg.ID
	for _, e := range evidence {
		ids = append(ids, e.Source)
	}
	return ids
}
