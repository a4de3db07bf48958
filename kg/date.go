package kg

import (
	"io"
	"strconv"
	"strings"
	"time"
)

// PartialDate is a date as well as it is known: YYYY, YYYY-MM or YYYY-MM-DD, years 0001 to 9999, optionally followed
// by one of '?' (uncertain), '~' (approximate) or '%' (both), which flag and never widen it (EDTF, ISO 8601-2, level
// 1). The empty PartialDate is an unknown date; Open, "..", is an end that has not come, or a start before all record.
type PartialDate string

// Open is a span's end that is still so, or its start that was always so.
const Open PartialDate = ".."

// Day is one calendar day as YYYY-MM-DD, so that text order is order in time. FirstDay and LastDay lie before and
// after every day there is.
type Day string

// The days around all days.
const (
	FirstDay Day = "0000-00-00"
	LastDay  Day = "9999-99-99"
)

// ParsePartialDate reads a known date. It fails with BAD_USER_INPUT on anything else, open and empty included.
func ParsePartialDate(s string) (PartialDate, error) {
	d := PartialDate(s)
	if _, _, ok := d.days(); !ok {
		return "", Errorf(BadUserInput, "%s is not a date: YYYY, YYYY-MM or YYYY-MM-DD, optionally with ?, ~ or %% behind", clip(s, 20))
	}
	return d, nil
}

// Earliest and Latest are the first and the last day that a known date can mean.
func (d PartialDate) Earliest() Day { first, _, _ := d.days(); return first }

// Latest is the last day that a known date can mean.
func (d PartialDate) Latest() Day { _, last, _ := d.days(); return last }

// days gives the first and the last day of a known date; false for an unknown, open or malformed one.
func (d PartialDate) days() (first, last Day, ok bool) {
	s := strings.TrimRight(string(d), "?~%")
	if len(d)-len(s) > 1 {
		return "", "", false
	}
	number := func(from, to int) int {
		n := 0
		for _, c := range []byte(s[from:to]) {
			if c < '0' || c > '9' {
				return -1
			}
			n = n*10 + int(c-'0')
		}
		return n
	}
	if len(s) != 4 && (len(s) != 7 || s[4] != '-') && (len(s) != 10 || s[4] != '-' || s[7] != '-') {
		return "", "", false
	}
	year := number(0, 4)
	if year < 1 {
		return "", "", false
	}
	if len(s) == 4 {
		return Day(s + "-01-01"), Day(s + "-12-31"), true
	}
	month := number(5, 7)
	if month < 1 || month > 12 {
		return "", "", false
	}
	// the day before the first of the next month
	daysIn := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if len(s) == 7 {
		return Day(s + "-01"), Day(s + "-" + strconv.Itoa(daysIn)), true
	}
	day := number(8, 10)
	if day < 1 || day > daysIn {
		return "", "", false
	}
	return Day(s), Day(s), true
}

// known tells whether d is a well-formed date, neither unknown nor open.
func (d PartialDate) known() bool { _, _, ok := d.days(); return ok }

// DateOf is the calendar day of t in UTC.
func DateOf(t time.Time) PartialDate { return PartialDate(t.UTC().Format(time.DateOnly)) }

// MarshalGQL writes the date as a GraphQL string, null for an unknown one.
func (d PartialDate) MarshalGQL(w io.Writer) {
	text := "null"
	if d != "" {
		text = strconv.Quote(string(d))
	}
	_, _ = io.WriteString(w, text)
}

// UnmarshalGQL reads a date or "..".
func (d *PartialDate) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return Errorf(BadUserInput, "a date is a string: YYYY, YYYY-MM or YYYY-MM-DD")
	}
	if PartialDate(s) == Open {
		*d = Open
		return nil
	}
	parsed, err := ParsePartialDate(s)
	if err == nil {
		*d = parsed
	}
	return err
}
