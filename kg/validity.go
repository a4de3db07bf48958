package kg

import "slices"

// Validity says whether something held on a date.
type Validity string

// CERTAIN: on any reading of its dates it held at some time within the date asked for. POSSIBLE: on some reading.
// NO: on none.
const (
	Certain  Validity = "CERTAIN"
	Possible Validity = "POSSIBLE"
	No       Validity = "NO"
)

// Window is what the dates of a record leave open: it began on a day from StartMin to StartMax and ended on one from
// EndMin to EndMax. An unknown date reaches from FirstDay to LastDay, save that nothing ends before it began.
type Window struct{ StartMin, StartMax, EndMin, EndMax Day }

// SpanWindow is the window of a span of time: an unknown end may have come or not, an open one has not.
func SpanWindow(start, end PartialDate) Window {
	w := Window{FirstDay, LastDay, FirstDay, LastDay}
	switch {
	case start == Open:
		w.StartMax = FirstDay
	case start.known():
		w.StartMin, w.StartMax = start.Earliest(), start.Latest()
	}
	switch {
	case end == Open:
		w.EndMin = LastDay
	case end.known():
		w.EndMin, w.EndMax = end.Earliest(), end.Latest()
	}
	w.EndMin = max(w.EndMin, w.StartMin)
	w.StartMax = min(w.StartMax, w.EndMax)
	return w
}

// MomentWindow is the window of something that happened once, on a date that may be unknown.
func MomentWindow(date PartialDate) Window {
	if !date.known() {
		return Window{FirstDay, LastDay, FirstDay, LastDay}
	}
	return Window{date.Earliest(), date.Latest(), date.Earliest(), date.Latest()}
}

// On tells whether a span of this window held at some time within the date on, which must be known.
func (w Window) On(on PartialDate) Validity {
	first, last := on.Earliest(), on.Latest()
	switch {
	case w.StartMin > last || w.EndMax < first:
		return No
	case w.StartMax <= last && w.EndMin >= first:
		return Certain
	default:
		return Possible
	}
}

// AsOf is the date from which the graph is looked at. The zero AsOf shows everything.
type AsOf struct {
	Date        PartialDate
	CertainOnly bool
}

// keeps tells whether a span of this window is seen.
func (a AsOf) keeps(w Window) bool {
	if a.Date == "" {
		return true
	}
	v := w.On(a.Date)
	return v == Certain || v == Possible && !a.CertainOnly
}

// DayTest compares one side of a record's window with a day: column <= day or, with AtLeast, column >= day.
type DayTest struct {
	Column  DayColumn
	AtLeast bool
	Day     Day
}

// DayColumn is a side of a window, by the name that stores keep it under.
type DayColumn string

// The four sides of a window.
const (
	StartMin DayColumn = "startMin"
	StartMax DayColumn = "startMax"
	EndMin   DayColumn = "endMin"
	EndMax   DayColumn = "endMax"
)

// spanTests is keeps as tests that a store can make.
func (a AsOf) spanTests() []DayTest {
	if a.Date == "" {
		return nil
	}
	first, last := a.Date.Earliest(), a.Date.Latest()
	if a.CertainOnly {
		return []DayTest{{StartMax, false, last}, {EndMin, true, first}}
	}
	return []DayTest{{StartMin, false, last}, {EndMax, true, first}}
}

// momentTests keep what happened not later than the date.
func (a AsOf) momentTests() []DayTest {
	switch {
	case a.Date == "":
		return nil
	case a.CertainOnly:
		return []DayTest{{StartMax, false, a.Date.Latest()}}
	default:
		return []DayTest{{StartMin, false, a.Date.Latest()}}
	}
}

// DateRange is a stretch of time from the earliest day of From to the latest of To; either may be left out.
type DateRange struct{ From, To *PartialDate }

// tests keep what has a date that can lie within the range.
func (r *DateRange) tests() ([]DayTest, error) {
	tests, err := r.meets("between")
	if tests != nil {
		tests = slices.Insert(tests, 0, DayTest{StartMax, false, "9999-12-31"}) // dated at all
	}
	return tests, err
}

// spanTests keep what may have held at some time within the range.
func (r *DateRange) spanTests() ([]DayTest, error) { return r.meets("activeDuring") }

// meets keeps what has a window that can meet the range; name is that of the argument.
func (r *DateRange) meets(name string) ([]DayTest, error) {
	if r == nil {
		return nil, nil
	}
	if r.From == nil && r.To == nil {
		return nil, Errorf(BadUserInput, "%s: give from, to or both", name)
	}
	for _, d := range []*PartialDate{r.From, r.To} {
		if d != nil && !d.known() {
			return nil, Errorf(BadUserInput, "%s: %s is not a date", name, clip(string(*d), 20))
		}
	}
	if r.From != nil && r.To != nil && r.From.Earliest() > r.To.Latest() {
		return nil, Errorf(BadUserInput, "%s: from is later than to", name)
	}
	var tests []DayTest
	if r.From != nil {
		tests = append(tests, DayTest{EndMax, true, r.From.Earliest()})
	}
	if r.To != nil {
		tests = append(tests, DayTest{StartMin, false, r.To.Latest()})
	}
	return tests, nil
}

// KeepsMoment tells whether something that happened is seen: that it was not later than the date.
func (a AsOf) KeepsMoment(r Record) bool {
	for _, t := range a.momentTests() {
		w := r.window()
		day := w.StartMin
		if t.Column == StartMax {
			day = w.StartMax
		}
		if day > t.Day {
			return false
		}
	}
	return true
}

// String tells one AsOf from another.
func (a AsOf) String() string {
	if a.CertainOnly {
		return string(a.Date) + "!"
	}
	return string(a.Date)
}
