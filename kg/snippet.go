package kg

import (
	"slices"

	"dramatis/fold"
)

// snippetLength is how long a snippet is at most, in code points, unless a single word is longer.
const snippetLength = 240

// Snippet is the stretch of a text in which most of what was asked for stands, with the places of the words.
type Snippet struct {
	// Field is where it stands: name, text or title.
	Field string
	Text  string
	// Start is where it begins in the field, in Unicode code points.
	Start int
	// Highlights are the words, in the snippet.
	Highlights []Highlight
}

// Highlight is a stretch of a snippet, in Unicode code points, End exclusive.
type Highlight struct{ Start, End int }

// Snippet gives the stretch that shows why a record was found: of an entity the name that matched; of a statement or a
// source the first stretch of its text, or of its title, in which most of the words stand.
func (h SearchHit) Snippet() Snippet {
	switch r := h.Record.(type) {
	case *Statement:
		return h.asked.snippet("text", r.Text)
	case *Source:
		title := h.asked.snippet("title", r.Title)
		if text := h.asked.snippet("text", r.Text); len(text.Highlights) > len(title.Highlights) {
			return text
		}
		return title
	default:
		return h.nameSnippet()
	}
}

// nameSnippet is a whole name, with the words in it by which it was found.
func (h SearchHit) nameSnippet() Snippet {
	s := Snippet{Field: "name", Text: h.Name}
	var found []string
	for _, w := range h.Words() {
		found = append(found, w.Found)
	}
	for _, t := range fold.Tokens(h.Name) {
		if slices.Contains(found, cutWord(t.Text)) {
			s.highlight(t, 0)
		}
	}
	return s
}

// highlight marks a token; several can stand at one place.
func (s *Snippet) highlight(t fold.Token, start int) {
	h := Highlight{t.Start - start, t.End - start}
	if !slices.Contains(s.Highlights, h) {
		s.Highlights = append(s.Highlights, h)
	}
}

// snippet cuts a text at words: from the first place on from which most of the words that were asked for stand within
// snippetLength.
func (a *asked) snippet(field, text string) Snippet {
	tokens := fold.Tokens(text)
	first, last := a.window(tokens)
	if len(tokens) == 0 {
		return Snippet{Field: field}
	}
	// room before the first word and behind the last, so that it can be read
	room := snippetLength - (tokens[last].End - tokens[first].Start)
	begin, end := first, last
	for begin > 0 && tokens[first].Start-tokens[begin-1].Start <= room/3 {
		begin--
	}
	for end+1 < len(tokens) && tokens[end+1].End-tokens[begin].Start <= snippetLength {
		end++
	}
	for begin > 0 && tokens[end].End-tokens[begin-1].Start <= snippetLength {
		begin--
	}
	runes := []rune(text)
	from, to := tokens[begin].Start, tokens[end].End
	if begin == 0 && to <= snippetLength { // with the quotation marks before and behind
		from = 0
	}
	if end == len(tokens)-1 && len(runes)-from <= snippetLength {
		to = len(runes)
	}
	s := Snippet{Field: field, Text: string(runes[from:to]), Start: from}
	for _, t := range tokens[begin : end+1] {
		if slices.Contains(a.words, cutWord(t.Text)) {
			s.highlight(t, from)
		}
	}
	return s
}

// window gives the first and the last token of the first stretch with most distinct words; of one without any, the
// first token.
func (a *asked) window(tokens []fold.Token) (first, last int) {
	var places []int
	for i, t := range tokens {
		if slices.Contains(a.words, cutWord(t.Text)) {
			places = append(places, i)
		}
	}
	most := 0
	for i, p := range places {
		seen := map[string]bool{}
		end := p
		for _, q := range places[i:] {
			if tokens[q].End-tokens[p].Start > snippetLength && q > p {
				break
			}
			seen[cutWord(tokens[q].Text)] = true
			end = q
		}
		if len(seen) > most {
			most, first, last = len(seen), p, end
		}
		if most == len(a.words) {
			break
		}
	}
	return first, last
}
