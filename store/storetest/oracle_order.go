package storetest

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"dramatis/kg"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

// likeness is what two names must share to be the same name: their words in plain letters or, of a name that has none,
// its characters.
func likeness(s string) string { return shorten(s, 120) }

// compareNames puts names in order by the beginning of their likeness.
func compareNames(a, b string) int { return strings.Compare(shorten(a, 48), shorten(b, 48)) }

func shorten(s string, length int) string {
	text := words(s)
	if text == "" {
		text = "~"
		for _, c := range norm.NFC.String(s) {
			text += fmt.Sprintf("%06x", c)
		}
	}
	return strings.TrimRight(text[:min(len(text), length)], " ")
}

// words writes a text as words of the letters a to z and digits.
func words(s string) string {
	kept := strings.Map(func(c rune) rune {
		if unicode.In(c, unicode.Mn, unicode.Cf) || strings.ContainsRune("’‘ʼ", c) {
			return -1
		}
		if unidecode.Unidecode(string(c)) == "" && !unicode.In(c, unicode.L, unicode.M, unicode.N) {
			return ' '
		}
		return c
	}, norm.NFKD.String(s))
	latin := strings.ToLower(strings.NewReplacer("'", "", "`", "").Replace(unidecode.Unidecode(kept)))
	return strings.Join(strings.FieldsFunc(latin, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9')
	}), " ")
}

// compareDates puts dates in order by their first day, those that are not known last.
func compareDates(a, b kg.PartialDate) int {
	return cmp.Compare(orLater(a), orLater(b))
}

func orLater(d kg.PartialDate) int {
	if d == kg.Open {
		return -eternity // it always was
	}
	if days, ok := daysOf(d); ok {
		return days.first
	}
	return eternity
}

func undated(d kg.PartialDate) bool { return orLater(d) == eternity }

// placeIn is a place in a source: by the source's id, then by position, none last.
type placeIn struct {
	source kg.ID
	start  *int
}

func comparePlaces(a, b placeIn) int {
	position := func(p placeIn) int {
		if p.start == nil {
			return eternity
		}
		return *p.start
	}
	return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(position(a), position(b)))
}

func compareMentions(a, b *kg.Mention) int {
	return comparePlaces(placeIn{a.Source, a.Start}, placeIn{b.Source, b.Start})
}

// compareStatements puts statements in order by date, then by the first place where they are written; what is written
// nowhere comes last.
func compareStatements(a, b *kg.Statement) int {
	first := func(s *kg.Statement) placeIn {
		best := placeIn{source: "~"} // behind all ids
		for _, e := range s.Evidence {
			if p := (placeIn{e.Source, e.Start}); comparePlaces(p, best) < 0 {
				best = p
			}
		}
		return best
	}
	return cmp.Or(compareDates(a.Date, b.Date), comparePlaces(first(a), first(b)))
}

func compareSources(a, b *kg.Source) int {
	return cmp.Or(compareDates(a.PublishedDate, b.PublishedDate), compareNames(a.Title, b.Title))
}
