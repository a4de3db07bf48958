package storetest

import (
	"slices"
	"strings"
	"time"

	"dramatis/kg"
)

// eternity is later than every day, -eternity earlier. Days are numbered from 1 January 1970.
const eternity = 1 << 40

// days are the days from first to last.
type days struct{ first, last int }

// daysOf are the days that a known date can mean.
func daysOf(d kg.PartialDate) (days, bool) {
	text := string(d)
	if text != "" && strings.ContainsAny(text[len(text)-1:], "?~%") {
		text = text[:len(text)-1]
	}
	for layout, length := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, "2006-01-02": {0, 0, 1}} {
		t, err := time.Parse(layout, text)
		if err == nil && len(text) == len(layout) && t.Year() >= 1 {
			return days{dayNumber(t), dayNumber(t.AddDate(length[0], length[1], length[2])) - 1}, true
		}
	}
	return days{}, false
}

func dayNumber(t time.Time) int { return int(t.Unix() / (24 * 60 * 60)) }

// span is a stretch of time that began on one of some days and ended on one of others, not before it began. dated
// tells whether anything is known of when it was.
type span struct {
	starts, ends days
	dated        bool
}

var anyDay = days{-eternity, eternity}

func spanOf(start, end kg.PartialDate) span {
	s := span{starts: anyDay, ends: anyDay}
	if d, ok := daysOf(start); ok {
		s.starts, s.dated = d, true
	} else if start == kg.Open {
		s.starts, s.dated = days{-eternity, -eternity}, true
	}
	if d, ok := daysOf(end); ok {
		s.ends, s.dated = d, true
	} else if end == kg.Open {
		s.ends = days{eternity, eternity}
	}
	return s
}

// moment is the span of what happened once.
func moment(d kg.PartialDate) span {
	on, ok := daysOf(d)
	if !ok {
		on = anyDay
	}
	return span{starts: on, ends: on, dated: ok}
}

// eventSpan is when an event was: without an end it counts by its start, unless it still goes on.
func eventSpan(e *kg.Event) span {
	switch {
	case e.EndDate == "" && e.Status == kg.Ongoing:
		return spanOf(e.StartDate, kg.Open)
	case e.EndDate == "" && e.StartDate != "" && e.StartDate != kg.Open:
		return moment(e.StartDate)
	default:
		return spanOf(e.StartDate, e.EndDate)
	}
}

// readings tries out all the starts and ends that can make a difference to a question about some days, and tells
// whether the answer is yes on any reading and on all.
func (s span) readings(about days, question func(start, end int) bool) (anyOf, all bool) {
	all = true
	marks := []int{s.starts.first, s.starts.last, s.ends.first, s.ends.last, about.first - 1, about.first, about.last, about.last + 1}
	for _, start := range marks {
		for _, end := range marks {
			if start < s.starts.first || start > s.starts.last || end < s.ends.first || end > s.ends.last || end < start {
				continue
			}
			yes := question(start, end)
			anyOf, all = anyOf || yes, all && yes
		}
	}
	return anyOf, all && anyOf
}

// meets asks whether it went on at some time within some days.
func (s span) meets(about days) (possible, certain bool) {
	return s.readings(about, func(start, end int) bool { return start <= about.last && end >= about.first })
}

func (s span) canMeet(about days) bool {
	possible, _ := s.meets(about)
	return possible
}

// begunBy asks whether it is not later than some days.
func (s span) begunBy(about days) (possible, certain bool) {
	return s.readings(about, func(start, _ int) bool { return start <= about.last })
}

// asOfKeeps tells whether something is seen from a date.
func asOfKeeps(asOf kg.AsOf, question func(days) (possible, certain bool)) bool {
	on, ok := daysOf(asOf.Date)
	if !ok {
		return true
	}
	possible, certain := question(on)
	return certain || possible && !asOf.CertainOnly
}

// rangeOf are the days of a range, its open sides reaching as far as time does.
func rangeOf(r *kg.DateRange) days {
	within := anyDay
	if r.From != nil {
		d, _ := daysOf(*r.From)
		within.first = d.first
	}
	if r.To != nil {
		d, _ := daysOf(*r.To)
		within.last = d.last
	}
	return within
}

// linkSpan is when a relationship held; a payment without an end was made on its start.
func linkSpan(r *kg.Relationship) span {
	if _, dated := daysOf(r.StartDate); dated && r.Type == kg.Paid && r.EndDate == "" {
		return moment(r.StartDate)
	}
	return spanOf(r.StartDate, r.EndDate)
}

// ValidityOf says whether a relationship held on a date.
func ValidityOf(r *kg.Relationship, on kg.PartialDate) kg.Validity {
	about, _ := daysOf(on)
	possible, certain := linkSpan(r).meets(about)
	return []kg.Validity{kg.No, kg.Possible, kg.Certain}[truth(possible)+truth(certain)]
}

// NamesAsOf answers kg.NamesAsOf.
func NamesAsOf(e kg.Entity, asOf kg.AsOf) []kg.Name {
	return slices.DeleteFunc(append([]kg.Name{}, e.Common().Names...), func(n kg.Name) bool {
		return !asOfKeeps(asOf, spanOf(n.StartDate, n.EndDate).meets)
	})
}
