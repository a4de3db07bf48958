package kg

import (
	"slices"
	"strconv"
	"strings"

	"dramatis/fold"
)

// WordLimit is how many words Store.Words gives at most of each kind.
const WordLimit = 1_000

// maxWord is the length to which words are cut, in bytes: those of names, of texts and of questions alike.
const maxWord = 48

// TextQuery asks for records by the terms of their texts.
type TextQuery struct {
	// All: of each element, the record has at least one of the terms. There is at least one element, and at most 1,000
	// terms in all.
	All [][]string
	// Days are tests of the record's dates, all of which it passes. They do not change what is TooMany.
	Days []DayTest
	// After is a sort key to begin behind; "" for the beginning.
	After string
	// Limit is how many records are wanted at most.
	Limit int
}

// Match writes the query as SQLite's FTS5 and Neo4j's Lucene both read it: of each element at least one term. What is
// no term is left out, whatever it would mean to them; false if an element is left without any, for nothing has that.
func (q TextQuery) Match() (string, bool) {
	var elements []string
	for _, terms := range q.All {
		var quoted []string
		for _, t := range terms {
			if IsTerm(t) {
				quoted = append(quoted, `"`+t+`"`)
			}
		}
		if quoted == nil {
			return "", false
		}
		elements = append(elements, "("+strings.Join(quoted, " OR ")+")")
	}
	return strings.Join(elements, " AND "), elements != nil
}

// IsTerm tells whether a text can be one of Terms or of Spellings.
func IsTerm(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_'
	})
}

// Texts is what was found of a TextQuery.
type Texts struct {
	Records []Record
	TooMany bool
}

// Tally is a value and how many records stand under it.
type Tally struct {
	Value string
	Count int
}

// Spellings are the keys under which a word of a name is found by words that are spelt or sound like it. A store keeps
// them once for each distinct word, not for each name that has it.
func Spellings(word string) []string { return fold.Spellings(word) }

// Terms are what a statement or a source is found by in Store.Texts: the distinct words of its text, and of a source's
// title, and one term for each thing that it can be chosen by. Words are of ASCII letters and digits; a '_' marks the
// others. Nil for all other records.
func Terms(r Record) []string {
	var terms, sources []string
	date := PartialDate("")
	switch r := r.(type) {
	case *Statement:
		terms, date = textWords(r.Text), r.Date
		terms = append(terms, kindTerm(string(r.Kind)))
		for _, e := range r.Evidence {
			sources = append(sources, sourceTerm(e.Source))
		}
	case *Source:
		terms, date = append(textWords(r.Title), textWords(r.Text)...), r.PublishedDate
		terms = append(terms, kindTerm(string(r.Kind)))
		sources = append(sources, sourceTerm(r.ID))
	default:
		return nil
	}
	terms = append(terms, classTerm(classOf(r)), datasetTerm(r.meta().Dataset))
	if date.known() {
		terms = append(terms, yearTerm(date.year()))
	}
	terms = append(terms, sources...)
	slices.Sort(terms)
	return slices.Compact(terms)
}

func classTerm(c Class) string    { return "c_" + string(c) }
func kindTerm(kind string) string { return "k_" + strings.ToLower(kind) }
func datasetTerm(id ID) string    { return "d_" + string(id) }
func sourceTerm(id ID) string     { return "s_" + string(id) }
func yearTerm(year int) string    { return "y_" + strconv.Itoa(year) }

// textWords are the words of a text, in their order.
func textWords(s string) []string { return cutWords(strings.Fields(fold.Text(s))) }

// wordsOf are the distinct words of folded names. A name that has no letter has none.
func wordsOf(names []string) []string {
	var words []string
	for _, n := range names {
		if !strings.HasPrefix(n, "~") {
			words = append(words, cutWords(strings.Fields(n))...)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

func cutWords(words []string) []string {
	for i, w := range words {
		words[i] = cutWord(w)
	}
	return words
}

func cutWord(w string) string { return w[:min(len(w), maxWord)] }
