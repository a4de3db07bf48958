package storetest

import (
	"slices"

	"dramatis/kg"
)

// timelineQuery makes a random question for a timeline.
func (w *world) timelineQuery() kg.TimelineQuery {
	q := kg.TimelineQuery{Between: w.between(), AsOf: w.asOf(), Resolution: pick(w, []kg.Resolution{kg.DayResolution, kg.MonthResolution, kg.YearResolution})}
	if q.Between == nil {
		q.Between = w.between()
	}
	if ids := w.there(kg.EntityClass); w.chance(60) && len(ids) > 0 {
		events := slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return w.typeOf(id) != kg.EventType })
		for range 1 + w.rng.IntN(3) {
			from := ids
			if len(events) > 0 && w.chance(40) {
				from = events
			}
			q.IDs = append(q.IDs, pick(w, from))
		}
		if w.chance(10) {
			q.IDs = append(q.IDs, w.hubOr()) // which may not be there
		}
	}
	q.Kinds = maybe(w, 25, []kg.TimelineKind{kg.EventItem, kg.StartItem, kg.EndItem, kg.StatementItem})
	q.Types = maybe(w, 20, []kg.RelationshipType{kg.AlliedWith, kg.AssociateOf, kg.Supports, kg.Paid, kg.Holds})
	return q
}

// askTimelines reads a random timeline from one end to the other and back and between two of its places, and compares
// every page.
func (d *differential) askTimelines() {
	w := d.world
	q := w.timelineQuery()
	if slices.ContainsFunc(q.IDs, func(id kg.ID) bool { return w.oracle.records[id] == nil }) {
		for _, name := range d.names {
			if _, err := kg.Timeline(d.ctx, d.stores[name], q, kg.PageArgs{}, true); kg.CodeOf(err) != kg.NotFound {
				d.Errorf("%s: timeline %s of what is not there: %v", name, show(q), err)
			}
		}
		return
	}
	want := w.oracle.Timeline(q)
	size := min(100, max(1+w.rng.IntN(8), len(want)/4+w.rng.IntN(3)))
	var cursors []string
	for _, backward := range []bool{false, true} {
		args := kg.PageArgs{First: &size}
		if backward {
			args = kg.PageArgs{Last: &size}
		}
		after, before := -1, -1
		for left := len(want); ; {
			page := d.compareTimeline(q, args, want, after, before)
			if page == nil {
				return
			}
			if left -= size; left <= 0 {
				break
			}
			if backward {
				before, args.Before = left, &page.Start
			} else {
				after, args.After = len(want)-left-1, &page.End
				cursors = append(cursors, page.Cursors...)
			}
		}
	}
	if len(cursors) > 0 {
		after, before := w.rng.IntN(len(cursors)), w.rng.IntN(len(cursors))
		args := kg.PageArgs{First: &size, After: &cursors[after], Before: &cursors[before]}
		if w.chance(50) {
			args.First, args.Last = nil, &size
		}
		d.compareTimeline(q, args, want, after, before)
	}
}

// compareTimeline reads one page of a timeline from all stores; nil if it is not what is wanted.
func (d *differential) compareTimeline(q kg.TimelineQuery, args kg.PageArgs, want []Happening, after, before int) *kg.TimelinePage {
	measured := d.world.chance(50)
	var first *kg.TimelinePage
	for _, name := range d.names {
		page, err := kg.Timeline(d.ctx, d.stores[name], q, args, measured)
		if err != nil {
			d.Errorf("%s: timeline %s, page %s: %v", name, show(q), show(args), err)
			return nil
		}
		wrong := differences(page, want, args, after, before)
		if measured && (page.Total != len(want) || page.CountCut || !slices.Equal(page.Buckets, Buckets(want, q.Resolution))) {
			wrong += "\ncounted " + show(page.Total) + " " + show(page.Buckets) + "\nwant " + show(len(want)) + " " + show(Buckets(want, q.Resolution))
		}
		if wrong != "" {
			d.Errorf("%s: timeline %s, page %s:%s", name, show(q), show(args), wrong)
			return nil
		}
		if first == nil {
			first = page
		} else if !slices.Equal(page.Cursors, first.Cursors) {
			d.Errorf("%s: timeline %s: other cursors than %s", name, show(q), d.names[0])
		}
	}
	return first
}

// differences compares a page of a timeline with its part of all of it; after and before are places in that, -1 for none.
func differences(page *kg.TimelinePage, all []Happening, args kg.PageArgs, after, before int) string {
	size, backward := kg.DefaultPage, args.Last != nil
	switch {
	case backward:
		size = *args.Last
	case args.First != nil:
		size = *args.First
	}
	var records Answer
	for _, h := range all {
		records = append(records, h.record)
	}
	part := records.Page(after, before, size, backward)
	from := after + 1
	if backward && before >= 0 {
		from = before - len(part.Records)
	} else if backward {
		from = len(all) - len(part.Records)
	}
	want := []string{}
	if len(part.Records) > 0 {
		want = lines(all[from : from+len(part.Records)])
	}
	got := itemLines(page.Items)
	if slices.Equal(got, want) && page.HasNext == part.HasNext && page.HasPrevious == part.HasPrevious && !page.Cut && len(page.Cursors) == len(got) {
		return ""
	}
	return "\ngot " + show(got) + show(page.HasNext) + show(page.HasPrevious) + show(page.Cut) +
		"\nwant " + show(want) + show(part.HasNext) + show(part.HasPrevious)
}
