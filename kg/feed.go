package kg

import (
	"context"
	"slices"
)

// EventTypes are the types of relationships by which an entity has to do with an event.
var EventTypes = []RelationshipType{ParticipatedIn, Organized, LocatedIn, PartOf}

// feed is some lists from which a timeline takes items of one kind.
type feed struct {
	kind  TimelineKind
	query Query
	lists []Drive
	// ordered: the lists are in the order of the items' first days, so that a part of them is enough for a page.
	ordered bool
	// vague: there may be much else of the same days, so that reading ends there and not that of the others.
	vague bool
	// lead, where it is set, gives what a record leads to: that is then read instead of it.
	lead func(Record) ID

	records []Record
	stop    string // the day at which reading of an ordered list stopped, "" if it did not
	cut     bool   // reading of another one stopped
}

// feeds are the lists that have all items between two places.
func (t *timeline) feeds(lo, hi string) ([]*feed, error) {
	var feeds []*feed
	wants := func(kind TimelineKind) bool { return t.query.Kinds == nil || slices.Contains(t.query.Kinds, kind) }
	all := []func() (*feed, error){}
	from := max(lo, string(t.from))
	ordered := func(kind TimelineKind, of func(ID) (List, error), everything func() (List, error)) {
		all = append(all, func() (*feed, error) { return t.feed(kind, true, []bounds{{from, hi}}, of, everything) })
		if vague := t.vague(lo, hi); kind != EventItem && vague != nil {
			all = append(all, func() (*feed, error) {
				f, err := t.feed(kind, true, vague, of, everything)
				f.vague = true
				return f, err
			})
		}
	}
	if wants(StartItem) {
		ordered(StartItem, t.starts, t.allStarts)
	}
	if wants(EndItem) && t.of == nil {
		ordered(EndItem, nil, t.allEnds)
	}
	if wants(EndItem) && t.of != nil {
		all = append(all, func() (*feed, error) {
			f, err := t.feed(EndItem, false, everywhere, t.starts, nil) // which are not in the order of their ends
			// what ends in a year began in it at the latest
			f.query.Days = []DayTest{{EndMax, true, t.from}, {EndMax, false, lastDated}, {StartMin, false, t.last[:4] + "-12-31"}}
			return f, err
		})
	}
	if wants(StatementItem) {
		ordered(StatementItem, t.statements, t.allStatements)
	}
	if wants(EventItem) {
		ordered(EventItem, t.eventsAbout, t.allEvents)
		if lo < string(t.from) && t.from > firstDated {
			all = append(all, func() (*feed, error) {
				// those that were still on: from the latest back
				f, err := t.feed(EventItem, false, []bounds{{firstDated, string(t.from)}}, t.eventsAbout, t.allEvents)
				f.query.Days, f.query.Reverse = []DayTest{{EndMax, true, t.from}}, true
				return f, err
			})
		}
		if t.of != nil {
			all = append(all, t.eventsThrough)
		}
	}
	for _, of := range all {
		f, err := of()
		if err != nil {
			return nil, err
		}
		feeds = append(feeds, f)
	}
	return feeds, nil
}

// bounds are a part of a list, between two sort keys.
type bounds struct{ after, before string }

// everywhere is the whole of a list.
var everywhere = []bounds{{}}

// vague are the stretches between two places where items stand that begin before the time asked for and can still lie in
// it: their date is that of a month or a year, so they stand at its first day. Events, which last, are found in another way.
func (t *timeline) vague(lo, hi string) []bounds {
	var list []bounds
	for _, first := range slices.Compact([]string{string(t.from[:4] + "-01-01"), string(t.from[:7] + "-01")}) {
		if b := (bounds{max(lo, first), min(hi, first+behind)}); first < string(t.from) && b.after < b.before {
			list = append(list, b)
		}
	}
	return list
}

// feed makes one of a list for each entity, or of one list of all.
func (t *timeline) feed(kind TimelineKind, ordered bool, stretches []bounds, of func(ID) (List, error), all func() (List, error)) (*feed, error) {
	f := &feed{kind: kind, ordered: ordered}
	add := func(l List, err error) error {
		f.query = l.query
		for _, b := range stretches {
			f.lists = append(f.lists, Drive{l.keys, b.after, b.before})
		}
		return err
	}
	if t.of == nil {
		return f, add(all())
	}
	for _, r := range t.of {
		if err := add(of(r.GetID())); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (t *timeline) starts(id ID) (List, error) {
	return RelationshipsOf(id, &RelationshipFilter{Types: t.query.Types}, AnyDirection, AsOf{}, nil)
}

func (t *timeline) allStarts() (List, error) {
	return Relationships(&RelationshipFilter{Types: t.query.Types}, AsOf{}, nil)
}

func (t *timeline) allEnds() (List, error) {
	l := List{query: Query{Order: ByDate}, keys: []Key{{RelationshipByEnd, "end"}}}
	if t.query.Types != nil {
		l.query.Where = [][]Key{values("types", RelationshipTypeFacet, t.query.Types).keys}
	}
	return l, nil
}

func (t *timeline) statements(id ID) (List, error) {
	return statements(withRoles(id, append(slices.Clone(statementRoles), StatementAtEvent)...), nil, AsOf{}, nil)
}

func (t *timeline) allStatements() (List, error) { return Statements(nil, AsOf{}, nil) }

func (t *timeline) eventsAbout(id ID) (List, error) {
	return newList(Key{}, ByDate, nil, nil, values("about", EventAbout, []ID{id}))
}

func (t *timeline) allEvents() (List, error) { return Events(nil, AsOf{}, nil) }

// eventsThrough are the events to which relationships of the entities lead. What an event is a part of is not among them.
func (t *timeline) eventsThrough() (*feed, error) {
	of := func(id ID) (List, error) {
		return RelationshipsOf(id, &RelationshipFilter{Types: EventTypes}, AnyDirection, AsOf{}, nil)
	}
	f, err := t.feed(EventItem, false, everywhere, of, nil)
	f.lead = func(r Record) ID {
		link := r.(*Relationship)
		if slices.Contains(t.query.IDs, link.From) && (link.Type != PartOf || !t.isEvent(link.From)) {
			return link.To
		}
		if slices.Contains(t.query.IDs, link.To) {
			return link.From
		}
		return ""
	}
	return f, err
}

func (t *timeline) isEvent(id ID) bool {
	return slices.ContainsFunc(t.of, func(r Record) bool {
		_, ok := r.(*Event)
		return ok && r.GetID() == id
	})
}

// read reads the lists, of an ordered one only so many rows from an end.
func (f *feed) read(ctx context.Context, store Store, limit int, backward bool) error {
	q := f.query
	q.Limit = ReadLimit
	if f.ordered {
		q.Limit, q.Reverse = limit, backward
	}
	rows, err := store.List(ctx, q, f.lists)
	if err != nil {
		return err
	}
	for _, r := range rows {
		f.records = append(f.records, r.Records...)
		stop := r.Cut
		if stop == "" && len(r.Records) == q.Limit {
			stop = SortKey(r.Records[q.Limit-1], q.Order)
		}
		switch {
		case stop == "":
		case !f.ordered, f.vague && limit == ReadLimit:
			f.cut = true
		case f.stop == "" || backward == (stop[:dayLen] > f.stop):
			f.stop = stop[:dayLen]
		}
	}
	if f.lead == nil {
		return nil
	}
	led := map[ID]bool{"": true}
	var ids []ID
	for _, r := range f.records {
		if id := f.lead(r); !led[id] {
			led[id] = true
			ids = append(ids, id)
		}
	}
	if f.records, err = store.Get(ctx, ids); err != nil {
		return err
	}
	f.records = slices.DeleteFunc(f.records, func(r Record) bool {
		_, ok := r.(*Event)
		return !ok
	})
	return nil
}
