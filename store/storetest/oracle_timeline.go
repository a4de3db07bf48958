package storetest

import (
	"cmp"
	"slices"
	"time"

	"dramatis/kg"
)

// Happening is an item of a timeline.
type Happening struct {
	kind   kg.TimelineKind
	record kg.Record
	date   kg.PartialDate
	days   days
}

// Timeline answers kg.Timeline: all of it.
func (o *Oracle) Timeline(q kg.TimelineQuery) []Happening {
	var all []Happening
	add := func(kind kg.TimelineKind, r kg.Record, date kg.PartialDate, when span, of func(kg.ID) bool) {
		on, known := daysOf(date)
		h := Happening{kind, r, date, days{on.first, when.ends.last}}
		about := anyDay
		if q.Between != nil {
			about = rangeOf(q.Between)
		}
		if known && within(q.Kinds, kind) && (q.IDs == nil || slices.ContainsFunc(q.IDs, of)) &&
			h.days.first <= about.last && h.days.last >= about.first && asOfKeeps(q.AsOf, when.begunBy) {
			all = append(all, h)
		}
	}
	for _, r := range o.records {
		switch r := r.(type) {
		case *kg.Event:
			add(kg.EventItem, r, r.StartDate, eventSpan(r), func(id kg.ID) bool { return o.hasToDoWith(id, r) })
		case *kg.Statement:
			add(kg.StatementItem, r, r.Date, moment(r.Date), func(id kg.ID) bool {
				return meet([]kg.ID{id}, slices.Concat(r.Speakers, r.OnBehalfOf, r.About, r.Audience, []kg.ID{r.AtEvent}))
			})
		case *kg.Relationship:
			if !within(q.Types, r.Type) {
				continue
			}
			ends := func(id kg.ID) bool { return id == r.From || id == r.To }
			add(kg.StartItem, r, r.StartDate, moment(r.StartDate), ends)
			add(kg.EndItem, r, r.EndDate, moment(r.EndDate), ends)
		}
	}
	slices.SortFunc(all, func(a, b Happening) int {
		return cmp.Or(cmp.Compare(a.days.first, b.days.first), cmp.Compare(a.days.last, b.days.last), cmp.Compare(rank(a.kind), rank(b.kind)),
			cmp.Compare(a.record.GetID(), b.record.GetID()))
	})
	return all
}

// rank puts what is of the same days in order.
func rank(kind kg.TimelineKind) int {
	return map[kg.TimelineKind]int{kg.EventItem: 1, kg.StartItem: 2, kg.EndItem: 3, kg.StatementItem: 4}[kind]
}

// hasToDoWith tells whether an entity is an event, what the event is about, or joined with it: who took part in or organized
// it, where it was, what it is part of if that is no event, and what is part of it.
func (o *Oracle) hasToDoWith(id kg.ID, e *kg.Event) bool {
	if id == e.ID || slices.Contains(e.About, id) {
		return true
	}
	_, event := o.records[id].(*kg.Event)
	for _, r := range o.records {
		link, ok := r.(*kg.Relationship)
		if !ok {
			continue
		}
		forth, back := link.From == id && link.To == e.ID, link.From == e.ID && link.To == id
		switch link.Type {
		case kg.ParticipatedIn, kg.Organized, kg.LocatedIn:
			if forth || back {
				return true
			}
		case kg.PartOf:
			if back || forth && !event {
				return true
			}
		}
	}
	return false
}

// Buckets counts items by the day, month or year in which they can have begun at the earliest.
func Buckets(all []Happening, resolution kg.Resolution) []kg.Bucket {
	length := map[kg.Resolution]int{kg.DayResolution: 10, kg.MonthResolution: 7, kg.YearResolution: 4}[resolution]
	buckets := []kg.Bucket{}
	for _, h := range all {
		date := kg.PartialDate(dayText(h.days.first)[:length])
		at := slices.IndexFunc(buckets, func(b kg.Bucket) bool { return b.Date == date })
		if at < 0 {
			at, buckets = len(buckets), append(buckets, kg.Bucket{Date: date})
		}
		b := &buckets[at]
		b.Count++
		*map[kg.TimelineKind]*int{kg.EventItem: &b.Events, kg.StartItem: &b.Starts, kg.EndItem: &b.Ends, kg.StatementItem: &b.Statements}[h.kind]++
		whole, _ := daysOf(date)
		if on, _ := daysOf(h.date); on.last > whole.last {
			b.Vague++
		}
	}
	return buckets
}

// dayText writes the number of a day as a date.
func dayText(day int) string {
	if day == eternity {
		return string(kg.LastDay)
	}
	return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly)
}

// lines writes happenings for people: the first day, the last, the kind, and which record it is.
func lines(all []Happening) []string {
	out := []string{}
	for _, h := range all {
		out = append(out, dayText(h.days.first)+" "+dayText(h.days.last)+" "+string(h.kind)+" "+label(h.record)+" "+string(h.date))
	}
	return out
}

// itemLines writes the items of a timeline as lines does.
func itemLines(items []kg.TimelineItem) []string {
	out := []string{}
	for _, i := range items {
		out = append(out, string(i.First)+" "+string(i.Last)+" "+string(i.Kind)+" "+label(i.Record)+" "+string(i.Date))
	}
	return out
}
