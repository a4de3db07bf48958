package kg

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// checker collects what is wrong with one record by itself, field by field.
type checker struct {
	path     []element
	problems []string
}

// element is the place of an element of a list.
type element struct {
	list string
	i    int
}

// Normalize brings a record into the form in which its content is stored, and checks it as Check does.
func Normalize(r Record) error {
	r.normalize()
	return Check(r)
}

// Check tells what is wrong with a record by itself: BAD_USER_INPUT that names the fields, at most 20 of them.
func Check(r Record) error {
	c := &checker{}
	m := r.meta()
	if id, err := ParseID(string(m.ID)); err != nil || id.Class() != classOf(r) {
		c.fail("id", "is not the id of a %s", r.kind())
	}
	if _, ok := r.(*Dataset); ok {
		if m.Dataset != "" {
			c.fail("dataset", "a dataset is in none")
		}
	} else {
		c.id("dataset", DatasetClass, m.Dataset, true)
	}
	c.text("key", m.Key, 0, 512)
	size := 0
	for i, e := range m.Extra {
		c.in("extra", i, func() {
			c.text("name", e.Name, 1, 200)
			size += len(e.Name)
			for _, v := range e.Values {
				c.text("values", v, 1, 65536)
				size += len(v)
			}
		})
	}
	if size > 65536 {
		c.fail("extra", "is larger than 64 KiB")
	}
	r.check(c)
	if len(c.problems) == 0 {
		return nil
	}
	return errorOfIDs(BadUserInput, []ID{m.ID}, "%s %s: %s", r.kind(), clip(string(m.ID), 40), strings.Join(c.problems[:min(20, len(c.problems))], "; "))
}

func classOf(r Record) Class {
	switch r.(type) {
	case Entity:
		return EntityClass
	case *Relationship:
		return RelationshipClass
	case *Statement:
		return StatementClass
	case *Source:
		return SourceClass
	case *Mention:
		return MentionClass
	default:
		return DatasetClass
	}
}

func (c *checker) fail(field, format string, args ...any) {
	var path []string
	for _, e := range c.path {
		path = append(path, fmt.Sprintf("%s[%d]", e.list, e.i))
	}
	if field != "" {
		path = append(path, field)
	}
	c.problems = append(c.problems, strings.Join(path, ".")+" "+fmt.Sprintf(format, args...))
}

// in checks element i of a list.
func (c *checker) in(list string, i int, check func()) {
	c.path = append(c.path, element{list, i})
	check()
	c.path = c.path[:len(c.path)-1]
}

// text wants valid UTF-8 without NUL, of a length in bytes.
func (c *checker) text(field, s string, least, most int) {
	switch {
	case len(s) < least:
		c.fail(field, "is missing")
	case len(s) > most:
		c.fail(field, "is longer than %d bytes", most)
	case !utf8.ValidString(s):
		c.fail(field, "is not valid UTF-8")
	case strings.ContainsRune(s, 0):
		c.fail(field, "has a NUL in it")
	}
}

func (c *checker) count(field string, n, most int) {
	if n > most {
		c.fail(field, "has more than %d elements", most)
	}
}

func (c *checker) id(field string, class Class, id ID, required bool) {
	if id == "" && !required {
		return
	}
	if parsed, err := ParseID(string(id)); err != nil || parsed.Class() != class {
		c.fail(field, "is not an id that begins with %s_: %s", class, clip(string(id), 40))
	}
}

func (c *checker) ids(field string, class Class, ids []ID) {
	c.count(field, len(ids), 100)
	for i, id := range ids[:min(len(ids), 100)] {
		c.in(field, i, func() { c.id("", class, id, true) })
	}
}

func (c *checker) date(field string, d PartialDate) {
	if d != "" && !d.known() {
		c.fail(field, "is not a date (YYYY, YYYY-MM or YYYY-MM-DD): %s", clip(string(d), 20))
	}
}

func (c *checker) span(start, end PartialDate) {
	if start == Open {
		start = ""
	}
	if end == Open {
		end = ""
	}
	c.life("startDate", start, "endDate", end)
}

// life wants two dates, of which the second is not before the first.
func (c *checker) life(first string, start PartialDate, last string, end PartialDate) {
	c.date(first, start)
	c.date(last, end)
	if start.known() && end.known() && end.Latest() < start.Earliest() {
		c.fail(last, "is before %s", first)
	}
}

func (c *checker) country(field, code string) {
	if code != "" && !countryCode.MatchString(code) {
		c.fail(field, "is not an ISO 3166-1 alpha-2 code in lower case: %s", clip(code, 20))
	}
}

var countryCode = regexp.MustCompile(`^[a-z]{2}$`)

func (c *checker) degrees(field string, d *float64, most float64) {
	if d != nil && !(*d >= -most && *d <= most) {
		c.fail(field, "is not between -%g and %g degrees", most, most)
	}
}

// maxPosition is the largest place in a text that evidence can stand at.
const maxPosition = 9_999_999

func (c *checker) position(start, end *int) {
	switch {
	case (start == nil) != (end == nil):
		c.fail("start", "and end go together")
	case start != nil && (*start < 0 || *end < *start || *end > maxPosition):
		c.fail("start", "and end are no stretch of a text")
	}
}

func checkEnum[E ~string](c *checker, field string, value E, allowed ...E) {
	if !slices.Contains(allowed, value) {
		c.fail(field, "cannot be %s", clip(string(value), 40))
	}
}

func containsControl(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }

// unique drops doubles and keeps the order; nil for an empty list.
func unique[S ~string](list []S) []S {
	var out []S
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func nonEmpty[S ~string](s S) []S {
	if s == "" {
		return nil
	}
	return []S{s}
}
