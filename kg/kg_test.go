package kg_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
	"time"

	"dramatis/kg"
)

func ptr[T any](v T) *T { return &v }

func entity(key string) kg.ID { return kg.KeyID(kg.EntityClass, "test", key) }

func meta(class kg.Class, key string) kg.Meta {
	return kg.Meta{ID: kg.KeyID(class, "test", key), Dataset: kg.DatasetID("test"), Key: key}
}

func TestIDs(t *testing.T) {
	sum := sha256.Sum256([]byte("set\x00key"))
	for _, class := range kg.Classes {
		id := kg.KeyID(class, "set", "key")
		if want := kg.NewID(class, [16]byte(sum[:16])); id != want {
			t.Errorf("KeyID = %s, want %s", id, want)
		}
		if parsed, err := kg.ParseID(string(id)); parsed != id || err != nil || id.Class() != class || len(id) != 30 {
			t.Errorf("ParseID(%s) = %s, %v of class %s", id, parsed, err, id.Class())
		}
	}
	if kg.KeyID(kg.EntityClass, "a", "bc") == kg.KeyID(kg.EntityClass, "ab", "c") {
		t.Error("dataset and key run together")
	}
	if got := kg.NewID(kg.EntityClass, [16]byte{}); got != "ent_00000000000000000000000000" {
		t.Errorf("the first id is %s", got)
	}
	if got := kg.NewID(kg.EntityClass, [16]byte(bytes.Repeat([]byte{255}, 16))); got != "ent_vvvvvvvvvvvvvvvvvvvvvvvvvs" {
		t.Errorf("the last id is %s", got)
	}
}

func TestIDsStandInTheOrderOfTheirBytes(t *testing.T) {
	var last kg.ID
	for i := range 16 {
		for _, b := range []byte{1, 2, 127, 128, 255} {
			uuid := [16]byte{}
			uuid[15-i] = b
			id := kg.NewID(kg.EntityClass, uuid)
			if id <= last {
				t.Errorf("%s comes behind %s", id, last)
			}
			last = id
		}
	}
}

func TestParseIDRefuses(t *testing.T) {
	good := string(entity("x"))
	for _, s := range []string{
		"", "ent", "ent_", good[:29], good + "0", good + " ", " " + good[1:], strings.ToUpper(good), "xyz" + good[3:], "ent-" + good[4:], "ENT" + good[3:],
		good[:29] + "1", good[:29] + "v", good[:10] + "w" + good[11:], good[:10] + "é" + good[12:], good[:10] + "\n" + good[11:], good[:10] + "=" + good[11:], strings.Repeat("x", 10_000),
	} {
		if id, err := kg.ParseID(s); err == nil || kg.CodeOf(err) != kg.BadUserInput || id != "" {
			t.Errorf("ParseID(%q) = %q, %v", s, id, err)
		} else if len(err.Error()) > 200 {
			t.Errorf("a message of %d bytes", len(err.Error()))
		}
	}
}

func FuzzParseID(f *testing.F) {
	f.Add("ent_00000000000000000000000000")
	f.Add("rel_vvvvvvvvvvvvvvvvvvvvvvvvvs")
	f.Add("sta_vvvvvvvvvvvvvvvvvvvvvvvvvv")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		id, err := kg.ParseID(s)
		if err != nil {
			return
		}
		if string(id) != s || len(s) != 30 || strings.ToLower(s) != s || id.Class() == "" {
			t.Errorf("ParseID(%q) = %q", s, id)
		}
	})
}

func TestCodeOf(t *testing.T) {
	inner := kg.Errorf(kg.Conflict, "x %d", 1)
	for _, tt := range []struct {
		err  error
		want kg.Code
	}{
		{nil, ""}, {inner, kg.Conflict}, {errors.Join(errors.New("a"), inner), kg.Conflict}, {errors.New("x"), kg.Internal}, {&kg.Error{Code: kg.Timeout, Err: inner}, kg.Timeout},
	} {
		if got := kg.CodeOf(tt.err); got != tt.want {
			t.Errorf("CodeOf(%v) = %s, want %s", tt.err, got, tt.want)
		}
	}
}

// days are the first and last day of a date as package time knows them.
func days(s string) (first, last string, ok bool) {
	if n := len(s); n > 0 && strings.ContainsRune("?~%", rune(s[n-1])) {
		s = s[:n-1]
	}
	for layout, next := range map[string]func(time.Time) time.Time{
		"2006":       func(t time.Time) time.Time { return t.AddDate(1, 0, 0) },
		"2006-01":    func(t time.Time) time.Time { return t.AddDate(0, 1, 0) },
		"2006-01-02": func(t time.Time) time.Time { return t.AddDate(0, 0, 1) },
	} {
		t, err := time.Parse(layout, s)
		if err == nil && t.Format(layout) == s && t.Year() > 0 {
			return t.Format(time.DateOnly), next(t).AddDate(0, 0, -1).Format(time.DateOnly), true
		}
	}
	return "", "", false
}

func checkDate(t *testing.T, s string) {
	t.Helper()
	first, last, ok := days(s)
	d, err := kg.ParsePartialDate(s)
	if (err == nil) != ok {
		t.Fatalf("ParsePartialDate(%q): %v, want ok %t", s, err, ok)
	}
	if !ok {
		if kg.CodeOf(err) != kg.BadUserInput || d != "" {
			t.Errorf("ParsePartialDate(%q) = %q, %v", s, d, err)
		}
		return
	}
	if string(d) != s || string(d.Earliest()) != first || string(d.Latest()) != last {
		t.Errorf("%q is %q from %s to %s, want %s to %s", s, d, d.Earliest(), d.Latest(), first, last)
	}
}

func TestPartialDate(t *testing.T) {
	for _, s := range []string{
		"2022", "0001", "9999", "0000", "2022-01", "2022-12", "2022-13", "2022-00", "2022-01-10", "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "2022-02", "2022-04-31",
		"2022?", "2022-01~", "2022-01-10%", "2022??", "2022?~", "?2022", "", "..", "22", "20222", "2022-1", "2022-1-1", "2022/01/01", "2022-01-1", " 2022", "2022 ", "-001", "+202",
		"２０２２", "2022-01-01T00:00:00Z", "202a", "2022-", "2022--1", "2022-01-", "?", "9999-12-31",
	} {
		checkDate(t, s)
	}
}

func FuzzPartialDate(f *testing.F) {
	for _, s := range []string{"2022", "2022-01", "2022-01-10", "2024-02-29~", "0000", "..", "2022??"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkDate(t, s) })
}

func FuzzDates(f *testing.F) {
	f.Add(2024, 2, 29)
	f.Add(1, 1, 1)
	f.Fuzz(func(t *testing.T, year, month, day int) {
		on := time.Date(1+abs(year)%9999, time.Month(1+abs(month)%12), 1+abs(day)%28, 0, 0, 0, 0, time.UTC)
		for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
			checkDate(t, on.Format(layout))
			checkDate(t, on.Format(layout)+"?")
		}
		if got := kg.DateOf(on); string(got) != on.Format(time.DateOnly) {
			t.Errorf("DateOf(%s) = %s", on, got)
		}
	})
}

func abs(n int) int { return max(n, -(n + 1)) }

// TestValidity tries out all days of two short years on both sides of a span.
func TestValidity(t *testing.T) {
	texts := []kg.PartialDate{"", "..", "2001", "2002?", "2001-02", "2001-12~", "2002-01", "2001-02-10", "2001-02-11", "2002-06-30"}
	asked := []kg.PartialDate{"2000", "2001", "2002", "2003", "2001-02", "2001-03", "2001-12", "2002-01", "2001-02-09", "2001-02-10", "2001-02-11", "2001-02-12", "2002-06-30", "2002-07-01"}
	for _, start := range texts {
		for _, end := range texts {
			s, e := candidates(start, true), candidates(end, false)
			if s[0] > e[len(e)-1] {
				continue // never written
			}
			r := &kg.Relationship{StartDate: start, EndDate: end}
			for _, on := range asked {
				want := bruteValidity(s, e, string(on.Earliest()), string(on.Latest()))
				if got := r.Validity(on); got != want {
					t.Errorf("from %q to %q on %s: %s, want %s", start, end, on, got, want)
				}
			}
		}
	}
}

// candidates are the days on which a span can have begun or ended, of the years 2000 to 2003 and the ends of time.
func candidates(d kg.PartialDate, start bool) []string {
	var out []string
	switch {
	case d == kg.Open && start:
		return []string{"0000"}
	case d == kg.Open:
		return []string{"9999-99"}
	case d == "":
		out = append(out, "0000")
	}
	for day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2004; day = day.AddDate(0, 0, 1) {
		text := day.Format(time.DateOnly)
		if d == "" || text >= string(d.Earliest()) && text <= string(d.Latest()) {
			out = append(out, text)
		}
	}
	if d == "" {
		out = append(out, "9999-99")
	}
	return out
}

// bruteValidity looks at the span between each start and each end that is not before it.
func bruteValidity(starts, ends []string, first, last string) kg.Validity {
	any, all := false, true
	for _, s := range starts {
		for _, e := range ends {
			if e < s {
				continue
			}
			if s <= last && e >= first {
				any = true
			} else {
				all = false
			}
		}
	}
	switch {
	case !any:
		return kg.No
	case all:
		return kg.Certain
	default:
		return kg.Possible
	}
}

func TestNamesAsOf(t *testing.T) {
	p := &kg.Person{Thing: kg.Thing{Names: []kg.Name{
		{Value: "always"}, {Value: "until 2000", EndDate: "2000"}, {Value: "since 2001", StartDate: "2001", EndDate: ".."}, {Value: "since 2010", StartDate: "2010"},
	}}}
	for _, tt := range []struct {
		asOf kg.AsOf
		want string
	}{
		{kg.AsOf{}, "always,until 2000,since 2001,since 2010"},
		{kg.AsOf{Date: "1999"}, "always,until 2000"},
		{kg.AsOf{Date: "2005"}, "always,since 2001"},
		{kg.AsOf{Date: "2020"}, "always,since 2001,since 2010"},
		{kg.AsOf{Date: "2020", CertainOnly: true}, "since 2001"},
		{kg.AsOf{Date: "2010", CertainOnly: true}, "since 2001,since 2010"},
	} {
		var got []string
		for _, n := range kg.NamesAsOf(p, tt.asOf) {
			got = append(got, n.Value)
		}
		if strings.Join(got, ",") != tt.want {
			t.Errorf("as of %v: %v, want %s", tt.asOf, got, tt.want)
		}
	}
}
