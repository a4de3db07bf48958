package storetest

import (
	"cmp"
	"slices"
	"strings"

	"dramatis/kg"
)

// Hit is what a search finds, as a reader of the schema would expect it.
type Hit struct {
	Record kg.Record
	Match  kg.SearchMatch
	Name   string
	Kind   kg.NameKind
}

var likenesses = []kg.SearchMatch{kg.ExactMatch, kg.PrefixMatch, kg.WordsMatch, kg.BeginningsMatch, kg.FuzzyMatch, kg.SoundMatch, kg.TextMatch}

// Search answers kg.Search by looking at every name and every text.
func (o *Oracle) Search(q kg.SearchQuery) []Hit {
	var hits []Hit
	for _, e := range choose(o, func(e kg.Entity) bool { return o.passes(q, e) }, func(a, b kg.Entity) int { return compareNames(a.Common().Name, b.Common().Name) }) {
		best := Hit{Record: e, Match: kg.TextMatch}
		for i, n := range append([]kg.Name{{Value: e.Common().Name}}, e.Common().Names...) {
			if m, ok := similarity(q.Text, n.Value); ok && (best.Name == "" || slices.Index(likenesses, m) < slices.Index(likenesses, best.Match)) {
				best.Match, best.Name, best.Kind = m, n.Value, n.Kind
				if i == 0 {
					best.Kind = ""
				}
			}
		}
		if best.Name != "" {
			hits = append(hits, best)
		}
	}
	type dated struct {
		record kg.Record
		date   kg.PartialDate
	}
	var texts []dated
	for _, s := range choose(o, func(s *kg.Statement) bool { return o.passes(q, s) && hasAll(q.Text, s.Text) }, compareStatements) {
		texts = append(texts, dated{s, s.Date})
	}
	for _, s := range choose(o, func(s *kg.Source) bool { return o.passes(q, s) && hasAll(q.Text, s.Title+" "+s.Text) }, compareSources) {
		texts = append(texts, dated{s, s.PublishedDate})
	}
	// on one day, statements by their first source, and sources by their title
	slices.SortStableFunc(texts, func(a, b dated) int {
		return cmp.Or(compareDates(a.date, b.date), strings.Compare(behindDay(a.record), behindDay(b.record)))
	})
	for _, t := range texts {
		hits = append(hits, Hit{Record: t.record, Match: kg.TextMatch})
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Compare(slices.Index(likenesses, a.Match), slices.Index(likenesses, b.Match))
	})
	return hits[:min(len(hits), 1000)]
}

// behindDay orders what is of one day; statements of one source stay as they are.
func behindDay(r kg.Record) string {
	if s, ok := r.(*kg.Source); ok {
		return shorten(s.Title, 48) + "\x01"
	}
	if sources := sourcesOf(r.(*kg.Statement).Evidence); len(sources) > 0 {
		return string(slices.Min(sources))
	}
	return "zzz" // behind all sources
}

// passes tells whether a record is among those that a search is narrowed down to.
func (o *Oracle) passes(q kg.SearchQuery, r kg.Record) bool {
	typ, kind, on := "", "", span{}
	var sources []kg.ID
	var set kg.ID
	switch r := r.(type) {
	case *kg.Event:
		typ, on, sources, set = "EVENT", eventSpan(r), sourcesOf(r.Evidence), r.Dataset
	case *kg.Organization:
		typ, kind, set = "ORGANIZATION", string(r.Kind), r.Dataset
	case kg.Entity:
		typ, set = string(r.Type()), r.Common().Dataset
	case *kg.Statement:
		typ, kind, on, sources, set = "STATEMENT", string(r.Kind), moment(r.Date), sourcesOf(r.Evidence), r.Dataset
	case *kg.Source:
		typ, kind, on, sources, set = "SOURCE", string(r.Kind), moment(r.PublishedDate), []kg.ID{r.ID}, r.Dataset
	}
	return within(q.Types, kg.SearchType(typ)) && within(q.Kinds, kg.SearchKind(kind)) && within(q.Dataset, set) &&
		(q.Sources == nil || meet(q.Sources, sources)) && (q.Between == nil || on.dated && on.canMeet(rangeOf(q.Between)))
}

// hasAll tells whether a text has all words of another, of which there must be one.
func hasAll(asked, text string) bool {
	want, have := shortWords(words(asked)), shortWords(words(text))
	for _, w := range want {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return len(want) > 0
}

func shortWords(text string) []string {
	list := strings.Fields(text)
	for i, w := range list {
		list[i] = w[:min(len(w), 48)]
	}
	return list
}

// similarity tells how like a name is to what was asked for, and whether it is at all.
func similarity(asked, name string) (kg.SearchMatch, bool) {
	a, n := likeness(asked), likeness(name)
	if a == n {
		return kg.ExactMatch, true
	}
	if strings.HasPrefix(n, a) {
		return kg.PrefixMatch, true
	}
	var want []string // doubles do not count
	for _, w := range shortWords(words(asked)) {
		if !slices.Contains(want, w) {
			want = append(want, w)
		}
	}
	if len(want) == 0 || strings.HasPrefix(n, "~") {
		return "", false
	}
	worst := 2
	for i, w := range want {
		best := len(likenesses)
		for _, have := range shortWords(n) {
			switch {
			case have == w:
				best = min(best, 2)
			case i == len(want)-1 && strings.HasPrefix(have, w):
				best = min(best, 3)
			case slip(w, have):
				best = min(best, 4)
			case soundsAlike(w, have):
				best = min(best, 5)
			}
		}
		worst = max(worst, best)
	}
	if worst == len(likenesses) {
		return "", false
	}
	return likenesses[worst], true
}

// slip tells whether a word can be another one, mistyped.
func slip(asked, word string) bool {
	most := 0
	switch {
	case strings.ContainsAny(asked+word, "0123456789"):
	case len(asked) >= 8:
		most = 2
	case len(asked) >= 4:
		most = 1
	}
	return edits(asked, word) <= most
}

// edits counts the letters to insert, drop, exchange or swap with a neighbour, no letter twice (optimal string
// alignment).
func edits(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0:
				d[i][j] = j
			case j == 0:
				d[i][j] = i
			default:
				d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+truth(a[i-1] != b[j-1]))
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					d[i][j] = min(d[i][j], d[i-2][j-2]+1)
				}
			}
		}
	}
	return d[len(a)][len(b)]
}
