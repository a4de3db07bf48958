package kg

import (
	"slices"
	"strings"

	"dramatis/fold"
)

// SearchMatch says how like a hit is to what was asked for.
type SearchMatch string

// From the likest on. Of names: EXACT is the name itself, PREFIX its beginning; WORDS: the name has all words, in any
// order; BEGINNINGS: the last word is only the beginning of one; FUZZY: some are so but for slips of spelling
// (fold.Near); TRANSLITERATED: some sound alike, as names do that are written after the sounds of different languages
// (fold.SoundsLike). TEXT: the text of a statement or a source has all words.
const (
	ExactMatch      SearchMatch = "EXACT"
	PrefixMatch     SearchMatch = "PREFIX"
	WordsMatch      SearchMatch = "WORDS"
	BeginningsMatch SearchMatch = "BEGINNINGS"
	FuzzyMatch      SearchMatch = "FUZZY"
	SoundMatch      SearchMatch = "TRANSLITERATED"
	TextMatch       SearchMatch = "TEXT"
)

// matches are all, from the likest on; they stand in cursors.
var matches = []SearchMatch{ExactMatch, PrefixMatch, WordsMatch, BeginningsMatch, FuzzyMatch, SoundMatch, TextMatch}

// noMatch comes behind all.
const noMatch SearchMatch = ""

func (m SearchMatch) rank() int {
	if m == noMatch {
		return len(matches)
	}
	return slices.Index(matches, m)
}

// SearchHit is one record that was found.
type SearchHit struct {
	Record Record
	Match  SearchMatch
	// Name is the name of an entity that matched, the likest and of several the first; NameKind its kind, empty for the
	// name to show.
	Name     string
	NameKind NameKind
	asked    *asked
}

// WordMatch is a word that was asked for and the word of the name by which it was found.
type WordMatch struct {
	Asked, Found string
	Match        SearchMatch
}

// match tells how like an entity is, by its likest name.
func (a *asked) match(e Entity) (SearchHit, bool) {
	t := e.Common()
	best := SearchHit{Record: e, Match: a.likeness(t.Name), Name: t.Name, asked: a}
	for _, n := range t.Names {
		if m := a.likeness(n.Value); m.rank() < best.Match.rank() {
			best.Match, best.Name, best.NameKind = m, n.Value, n.Kind
		}
	}
	return best, best.Match != noMatch
}

// likeness tells how like a name is.
func (a *asked) likeness(name string) SearchMatch {
	key := fold.Key(name)
	switch {
	case key == a.key:
		return ExactMatch
	case strings.HasPrefix(key, a.key):
		return PrefixMatch
	case len(a.words) == 0:
		return noMatch
	}
	worst := WordsMatch
	words := wordsOf([]string{key})
	for i := range a.words {
		best := noMatch
		for _, w := range words {
			if m := a.levelsOf(w)[i]; m.rank() < best.rank() {
				best = m
			}
		}
		if best.rank() > worst.rank() {
			worst = best
		}
	}
	return worst
}

// levelsOf tells how like a word of a name is to each word that was asked for.
func (a *asked) levelsOf(word string) []SearchMatch {
	levels, known := a.levels[word]
	if known {
		return levels
	}
	for i, w := range a.words {
		level := noMatch
		switch {
		case w == word:
			level = WordsMatch
		case i == len(a.words)-1 && strings.HasPrefix(word, w):
			level = BeginningsMatch
		case fold.Near(w, word):
			level = FuzzyMatch
		case fold.SoundsLike(w)(word):
			level = SoundMatch
		}
		levels = append(levels, level)
	}
	a.levels[word] = levels
	return levels
}

// Words tells of each word that was asked for by which word of the name it was found, the likest and of several the
// first. None for a text, which has the very words.
func (h SearchHit) Words() []WordMatch {
	if h.Match == TextMatch {
		return nil
	}
	a := h.asked.fresh()
	var found []WordMatch
	words := wordsOf([]string{fold.Key(h.Name)})
	for i, asked := range a.words {
		best := WordMatch{Asked: asked, Match: noMatch}
		for _, w := range words {
			if m := a.levelsOf(w)[i]; m.rank() < best.Match.rank() {
				best.Found, best.Match = w, m
			}
		}
		if best.Match != noMatch {
			found = append(found, best)
		}
	}
	return found
}
