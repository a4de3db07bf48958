package kg

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
)

// TimelineKind says what an item of a timeline is.
type TimelineKind string

// EVENT: an event, by its start. START and END: of a relationship. STATEMENT: somebody said something.
const (
	EventItem     TimelineKind = "EVENT"
	StartItem     TimelineKind = "START"
	EndItem       TimelineKind = "END"
	StatementItem TimelineKind = "STATEMENT"
)

// timelineKinds are in the order of items of the same days: by class, and starts before ends.
var timelineKinds = []TimelineKind{EventItem, StartItem, EndItem, StatementItem}

// Resolution is how long the buckets of a timeline are.
type Resolution string

// The resolutions.
const (
	DayResolution   Resolution = "DAY"
	MonthResolution Resolution = "MONTH"
	YearResolution  Resolution = "YEAR"
)

// MaxTimelineIDs is how many entities a timeline can be of.
const MaxTimelineIDs = 20

// TimelineQuery asks what happened, in order.
type TimelineQuery struct {
	// IDs: what entities have to do with, at most MaxTimelineIDs; everything if nil. That is the events that they took
	// part in, organized, are the place or a part of, that are about them, and themselves; the statements that they made,
	// that were made for, about or to them or at them; and their relationships.
	IDs []ID
	// Between: only what has a date that can lie within it.
	Between *DateRange
	// Kinds: only items of any of these kinds; all if nil.
	Kinds []TimelineKind
	// Types: only relationships of any of these types; all if nil.
	Types []RelationshipType
	AsOf  AsOf
	// Resolution of the buckets.
	Resolution Resolution
}

// TimelineItem is something that happened, on a day from First to Last; an event that lasted has the first and the last
// day that it can have been on.
type TimelineItem struct {
	Kind        TimelineKind
	Record      Record
	Date        PartialDate
	First, Last Day
}

// place orders items: by the first day, the last day, the kind and the id.
func (i TimelineItem) place() string {
	return string(i.First) + string(i.Last) + string(rune('0'+slices.Index(timelineKinds, i.Kind))) + string(i.Record.GetID())
}

// TimelinePage is a stretch of a timeline.
type TimelinePage struct {
	Items                []TimelineItem
	Cursors              []string
	HasNext, HasPrevious bool
	// Start and End are the cursors to go on from: of the first and the last item or, where much was read and nothing found,
	// of where reading stopped.
	Start, End string
	// Total and Buckets are of all items, where they were asked for; with CountCut of those before the day at which
	// reading stopped, because of some list more than ReadLimit rows would have had to be read.
	Total    int
	Buckets  []Bucket
	CountCut bool
	// Cut: more than ReadLimit rows would have had to be read to find all that belongs to this page.
	Cut bool
}

// Bucket counts the items whose first day lies in it.
type Bucket struct {
	// Date is the day, month or year.
	Date PartialDate
	// Count is that of all items; Vague those of them whose date is less precise than the bucket.
	Count, Events, Starts, Ends, Statements, Vague int
}

// Timeline reads a stretch of a timeline; measured wants Total and Buckets too. It fails with BAD_USER_INPUT, BAD_CURSOR
// and, if an entity is not there, NOT_FOUND.
func Timeline(ctx context.Context, store Store, q TimelineQuery, args PageArgs, measured bool) (*TimelinePage, error) {
	t, err := newTimeline(store, q)
	if err != nil {
		return nil, err
	}
	binding, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	page, err := List{keys: []Key{{NoFacet, "timeline " + string(binding)}}}.Page(args)
	if err != nil {
		return nil, err
	}
	if err := t.start(ctx); err != nil {
		return nil, err
	}
	out := &TimelinePage{}
	err = together(
		func() error { return t.fill(ctx, out, page) },
		func() error {
			if !measured {
				return nil
			}
			all, err := t.read(ctx, "", string(t.last)+behind, ReadLimit, false)
			items, _ := all.whole(false)
			out.Total, out.Buckets, out.CountCut = len(items), buckets(items, q.Resolution), all.stop != "" || all.cut
			return err
		},
	)
	return out, err
}

// timeline is one question on its way.
type timeline struct {
	store Store
	query TimelineQuery
	// from and last are the days of the time asked for: an item's last day is not before from, its first not behind last.
	// What must have begun for certain, had so by begunBy.
	from, last, begunBy Day
	of                  []Record // the entities asked for
}

func newTimeline(store Store, q TimelineQuery) (*timeline, error) {
	if _, err := q.Between.tests(); err != nil {
		return nil, err
	}
	if err := q.AsOf.Check(); err != nil {
		return nil, err
	}
	err := cmp.Or(checkLength("ids", q.IDs, MaxTimelineIDs), checkLength("kinds", q.Kinds, maxValues), checkLength("types", q.Types, maxValues))
	if err != nil {
		return nil, err
	}
	if err := checkIDs("ids", EntityClass, q.IDs...); err != nil {
		return nil, err
	}
	q.IDs = unique(slices.Clone(q.IDs))
	t := &timeline{store: store, query: q, from: firstDated, last: lastDated, begunBy: LastDay}
	if b := q.Between; b != nil {
		if b.From != nil {
			t.from = b.From.Earliest()
		}
		if b.To != nil {
			t.last = b.To.Latest()
		}
	}
	if q.AsOf.Date != "" {
		t.last = min(t.last, q.AsOf.Date.Latest())
		if q.AsOf.CertainOnly {
			t.begunBy = q.AsOf.Date.Latest()
		}
	}
	return t, nil
}

// start reads the entities asked for.
func (t *timeline) start(ctx context.Context) error {
	if t.query.IDs == nil {
		return nil
	}
	records, err := t.store.Get(ctx, t.query.IDs)
	if err != nil {
		return err
	}
	for i, r := range records {
		if r == nil {
			return Errorf(NotFound, "ids: there is no %s", t.query.IDs[i])
		}
	}
	t.of = records
	return nil
}

// fill reads a page: first not much more than it needs and then, if that is not enough, as much as may be read.
func (t *timeline) fill(ctx context.Context, out *TimelinePage, p *Page) error {
	after, before := p.Drives[0].After, p.Drives[0].Before
	lo, hi := "", string(t.last)+behind
	if after != "" {
		lo = after[:dayLen]
	}
	if before != "" {
		hi = min(hi, before[:dayLen]+behind)
	}
	var s stretch
	var items []TimelineItem
	for limit, tries := p.size+10, 0; ; limit, tries = ReadLimit, tries+1 {
		var err error
		if s, err = t.read(ctx, lo, hi, limit, p.backward); err != nil {
			return err
		}
		whole, day := s.whole(p.backward)
		stuck := limit == ReadLimit && s.stop != "" && (!p.backward && lo == s.stop || p.backward && hi == s.stop+behind)
		if stuck {
			whole, out.Cut = day, true // more is of one day than may be read
		}
		items = slices.DeleteFunc(whole, func(i TimelineItem) bool {
			at := i.place()
			return at <= after || before != "" && at >= before
		})
		if len(items) > p.size || s.stop == "" || limit == ReadLimit && (len(items) > 0 || tries == maxTries) {
			break
		}
		if limit < ReadLimit {
			continue
		}
		// go on behind what was read
		switch {
		case p.backward && stuck:
			hi = s.stop
		case p.backward:
			hi = s.stop + behind
		case stuck:
			lo = s.stop + behind
		default:
			lo = s.stop
		}
	}
	out.Cut = out.Cut || s.cut || len(items) == 0 && s.stop != ""
	more := len(items) > p.size || s.stop != ""
	if p.backward {
		out.HasPrevious, out.HasNext = more, p.before
		items = items[max(0, len(items)-p.size):]
	} else {
		out.HasNext, out.HasPrevious = more, p.after
		items = items[:min(len(items), p.size)]
	}
	out.Items = items
	for _, i := range items {
		out.Cursors = append(out.Cursors, cursor(p.list.fingerprint(), i.place()))
	}
	switch n := len(items); {
	case n > 0:
		out.Start, out.End = out.Cursors[0], out.Cursors[n-1]
	case s.stop != "":
		// the place before all of the day at which reading stopped, or behind it
		id := string(NewID(EntityClass, [16]byte{}))
		out.End = cursor(p.list.fingerprint(), s.stop+string(FirstDay)+"0"+id)
		out.Start = cursor(p.list.fingerprint(), s.stop+string(LastDay)+"9"+id)
	}
	return nil
}

const (
	// firstDated and lastDated are the first and the last day that a date can have.
	firstDated = "0001-01-01"
	lastDated  = "9999-12-31"
	// behind comes behind a day and all that begins with it.
	behind = "\x7f"
	dayLen = len("2006-01-02")
	// maxTries is how many times a page is read as far as may be, where nothing that is wanted is found.
	maxTries = 3
)

// stretch is what was read of a timeline.
type stretch struct {
	items []TimelineItem // in order
	// stop is the day at which reading of some list stopped: of that, and of what comes behind it, there may be more. ""
	// if everything was read.
	stop string
	// cut tells that there are more items that would have to be looked for among all others.
	cut bool
}

// whole gives the items of which there are no more, and those of the day at which reading stopped.
func (s stretch) whole(backward bool) (whole, day []TimelineItem) {
	for _, i := range s.items {
		switch first := string(i.First); {
		case s.stop == "", backward && first > s.stop, !backward && first < s.stop:
			whole = append(whole, i)
		case first == s.stop:
			day = append(day, i)
		}
	}
	return whole, day
}

// read reads the items with a place between two others: of each list so many rows at most.
func (t *timeline) read(ctx context.Context, lo, hi string, limit int, backward bool) (stretch, error) {
	feeds, err := t.feeds(lo, hi)
	if err != nil {
		return stretch{}, err
	}
	var work []func() error
	for _, f := range feeds {
		work = append(work, func() error { return f.read(ctx, t.store, limit, backward) })
	}
	if err := together(work...); err != nil {
		return stretch{}, err
	}
	s := stretch{items: t.own()}
	for _, f := range feeds {
		for _, r := range f.records {
			s.items = append(s.items, itemsOf(r, f.kind)...)
		}
		if f.stop != "" && (s.stop == "" || backward == (f.stop > s.stop)) {
			s.stop = f.stop
		}
		s.cut = s.cut || f.cut
	}
	s.items = slices.DeleteFunc(s.items, func(i TimelineItem) bool { return !t.keeps(i) || i.place() <= lo || i.place() >= hi })
	slices.SortFunc(s.items, func(a, b TimelineItem) int { return strings.Compare(a.place(), b.place()) })
	s.items = slices.CompactFunc(s.items, func(a, b TimelineItem) bool { return a.place() == b.place() })
	return s, nil
}

// keeps tells whether an item is among those asked for.
func (t *timeline) keeps(i TimelineItem) bool {
	return (t.query.Kinds == nil || slices.Contains(t.query.Kinds, i.Kind)) && i.Last >= t.from && i.First <= t.last &&
		i.begunBy() <= t.begunBy
}

// begunBy is the day by which it had begun on any reading of its dates.
func (i TimelineItem) begunBy() Day {
	if e, ok := i.Record.(*Event); ok {
		return e.window().StartMax
	}
	return i.Last
}

// itemsOf makes the item of a kind of a record; none if that has no such date.
func itemsOf(r Record, kind TimelineKind) []TimelineItem {
	item := TimelineItem{Kind: kind, Record: r}
	switch r := r.(type) {
	case *Event:
		if item.Date = r.StartDate; item.Date.known() {
			item.First, item.Last = r.StartDate.Earliest(), r.window().EndMax
			return []TimelineItem{item}
		}
		return nil
	case *Statement:
		item.Date = r.Date
	case *Relationship:
		item.Date = r.StartDate
		if kind == EndItem {
			item.Date = r.EndDate
		}
	}
	if !item.Date.known() {
		return nil
	}
	item.First, item.Last = item.Date.Earliest(), item.Date.Latest()
	return []TimelineItem{item}
}

// own are the events among the entities asked for.
func (t *timeline) own() []TimelineItem {
	var items []TimelineItem
	for _, r := range t.of {
		if e, ok := r.(*Event); ok {
			items = append(items, itemsOf(e, EventItem)...)
		}
	}
	return items
}

// buckets counts items by their first day.
func buckets(items []TimelineItem, resolution Resolution) []Bucket {
	length := dayLen
	switch resolution {
	case MonthResolution:
		length = len("2006-01")
	case YearResolution:
		length = len("2006")
	}
	list := []Bucket{}
	for _, i := range items {
		date := PartialDate(i.First[:length])
		if n := len(list); n == 0 || list[n-1].Date != date {
			list = append(list, Bucket{Date: date})
		}
		b := &list[len(list)-1]
		b.Count++
		switch i.Kind {
		case EventItem:
			b.Events++
		case StartItem:
			b.Starts++
		case EndItem:
			b.Ends++
		case StatementItem:
			b.Statements++
		}
		if i.Date.Latest() > date.Latest() {
			b.Vague++
		}
	}
	return list
}
