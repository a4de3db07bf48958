package kg

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"dramatis/fold"
)

// Limits of a search.
const (
	// MaxHits is how many hits a search has at most, over all its pages.
	MaxHits = 1_000
	// MaxWords is how many words may be asked for.
	MaxWords = 16
	// maxAlternatives is how many words of the graph may stand for one that was asked for.
	maxAlternatives = 50
	// searchRead is how many entities are read at most to find those of one likeness.
	searchRead = 2_000
)

// SearchQuery asks for what is called so, or says so: any within a field, all fields together.
type SearchQuery struct {
	Text    string // at most 256 bytes and MaxWords words
	Types   []SearchType
	Kinds   []SearchKind
	Sources []ID
	Between *DateRange
	Dataset []ID
}

// SearchType is a type of entity, or STATEMENT or SOURCE.
type SearchType string

// What can be found beside entities.
const (
	StatementHit SearchType = "STATEMENT"
	SourceHit    SearchType = "SOURCE"
)

// SearchKind is a kind of organization, of statement or of source.
type SearchKind string

var (
	organizationKinds = []OrganizationKind{State, Intergovernmental, GovernmentBody, Party, Company, Media, NGO, Group, OtherOrganization}
	textKinds         = []string{string(Direct), string(Indirect), string(Mixed), string(Attributed),
		string(Article), string(Document), string(DatasetKind), string(Post), string(Video), string(OtherSource)}
)

// SearchPage is a stretch of what was found.
type SearchPage struct {
	Hits    []SearchHit
	Cursors []string
	HasNext bool
	// HasPrevious: the page begins behind a cursor.
	HasPrevious bool
	// Total and Facets are of all hits, where they were asked for.
	Total  int
	Facets *SearchFacets
	// Cut: there are more than MaxHits, or reading stopped at a limit: more than ReadLimit names begin so, or more than
	// ReadLimit texts have all words, of which none is given then.
	Cut bool
}

// Search finds entities by their names, and statements and sources by the words of their texts: the likest first
// (SearchMatch), those equally like in the order of their sort keys. measured wants Total and Facets too. It fails with
// BAD_USER_INPUT on a text that cannot be asked for, on sizes and on ids of a wrong class, and with BAD_CURSOR.
func Search(ctx context.Context, store Store, q SearchQuery, args PageArgs, measured bool) (*SearchPage, error) {
	s, err := newSearch(store, q)
	if err != nil {
		return nil, err
	}
	binding, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	list := List{keys: []Key{{NoFacet, "search " + string(binding)}}}
	page, err := list.Page(args)
	if err != nil {
		return nil, err
	}
	from, err := parsePlace(page.Drives[0].After)
	if err != nil {
		return nil, err
	}
	all := []SearchHit(nil)
	out := &SearchPage{HasPrevious: from.rank > 0}
	want := min(page.size+1, MaxHits-from.rank)
	if measured {
		if all, out.Cut, err = s.hits(ctx, place{}, MaxHits); err != nil {
			return nil, err
		}
		out.Total = len(all)
		if out.Facets, err = s.facets(ctx, all); err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(h SearchHit) bool { return !from.before(h) })
	} else if want > 0 {
		if all, out.Cut, err = s.hits(ctx, from, want); err != nil {
			return nil, err
		}
	}
	out.HasNext = len(all) > page.size
	out.Hits = all[:min(len(all), page.size)]
	for i, h := range out.Hits {
		at := place{from.rank + i + 1, h.Match, SortKey(h.Record, ByDefault)}
		out.Cursors = append(out.Cursors, cursor(list.fingerprint(), at.String()))
	}
	return out, nil
}

// Suggest finds entities by the beginning of what somebody types: the first hits that Search would give of names. first
// is from 1 to 20.
func Suggest(ctx context.Context, store Store, prefix string, types []EntityType, first int) ([]SearchHit, error) {
	if first < 1 || first > 20 {
		return nil, Errorf(BadUserInput, "first must be from 1 to 20, not %d", first)
	}
	q := SearchQuery{Text: prefix}
	if types == nil {
		types = EntityTypes
	}
	q.Types = []SearchType{}
	for _, t := range types {
		q.Types = append(q.Types, SearchType(t))
	}
	s, err := newSearch(store, q)
	if err != nil {
		return nil, err
	}
	hits, _, err := s.hits(ctx, place{}, first)
	return hits, err
}

// place is where a hit stands: the how manieth it is, how like, and its sort key.
type place struct {
	rank    int
	match   SearchMatch
	sortKey string
}

// before tells whether a hit comes behind the place.
func (p place) before(h SearchHit) bool {
	if p.rank == 0 {
		return true
	}
	if a, b := p.match.rank(), h.Match.rank(); a != b {
		return a < b
	}
	return p.sortKey < SortKey(h.Record, ByDefault)
}

// String is what a cursor holds of it.
func (p place) String() string { return fmt.Sprintf("%04d%d%s", p.rank, p.match.rank(), p.sortKey) }

func parsePlace(text string) (place, error) {
	if text == "" {
		return place{}, nil
	}
	var rank, match int
	if len(text) > 5 {
		if _, err := fmt.Sscanf(text[:5], "%04d%1d", &rank, &match); err == nil && rank > 0 && rank <= MaxHits && match < len(matches) {
			return place{rank, matches[match], text[5:]}, nil
		}
	}
	return place{}, Errorf(BadCursor, "after: it is not a cursor of a search")
}

// search is one question on its way.
type search struct {
	store Store
	query SearchQuery
	asked asked
	// names and texts tell whether entities can be found, and statements and sources.
	names, texts bool
	weights      map[string]int // how many entities have a word, as far as it was looked up
	where        [][]Key        // tests of entities
	days         []DayTest      // of all
	terms        [][]string     // that texts must have
}

func newSearch(store Store, q SearchQuery) (*search, error) {
	if err := checkSearch("query", q.Text); err != nil {
		return nil, err
	}
	s := &search{store: store, query: q, weights: map[string]int{}}
	if s.asked = newAsked(q.Text); len(s.asked.words) > MaxWords {
		return nil, Errorf(BadUserInput, "query has %d words; at most %d can be asked for", len(s.asked.words), MaxWords)
	}
	err := checked(idField{"sources", SourceClass, q.Sources}, idField{"dataset", DatasetClass, q.Dataset})
	if err != nil {
		return nil, err
	}
	err = cmp.Or(checkLength("types", q.Types, maxValues), checkLength("kinds", q.Kinds, maxValues),
		checkLength("sources", q.Sources, maxValues), checkLength("dataset", q.Dataset, maxValues))
	if err != nil {
		return nil, err
	}
	if s.days, err = q.Between.tests(); err != nil {
		return nil, err
	}
	s.filterNames()
	s.filterTexts()
	return s, nil
}

// filterNames makes the tests of entities; those that no entity passes leave names out.
func (s *search) filterNames() {
	s.names = true
	test := func(given bool, facet Facet, values []string) {
		if !given {
			return
		}
		keys := make([]Key, len(values))
		for i, v := range values {
			keys[i] = Key{facet, v}
		}
		s.names = s.names && len(keys) > 0
		s.where = append(s.where, keys)
	}
	types := common(s.query.Types, EntityTypes)
	test(s.query.Types != nil && len(types) < len(EntityTypes), EntityTypeFacet, types) // all of them are no test
	test(s.query.Kinds != nil, EntityKind, common(s.query.Kinds, organizationKinds))
	test(s.query.Sources != nil, EvidenceSource, common(s.query.Sources, s.query.Sources))
	test(s.query.Dataset != nil, RecordDataset, common(s.query.Dataset, s.query.Dataset))
}

// common gives, as strings, the values of a that are among those of b.
func common[A, B ~string](a []A, b []B) []string {
	var out []string
	for _, v := range a {
		if slices.Contains(b, B(v)) {
			out = append(out, string(v))
		}
	}
	return unique(out)
}

// filterTexts makes the terms that a text must have.
func (s *search) filterTexts() {
	s.texts = len(s.asked.words) > 0
	for _, w := range s.asked.words {
		s.terms = append(s.terms, []string{w})
	}
	all := func(given bool, values []string, term func(string) string) {
		if !given {
			return
		}
		for i, v := range values {
			values[i] = term(v)
		}
		s.texts = s.texts && len(values) > 0
		s.terms = append(s.terms, values)
	}
	all(s.query.Types != nil, common(s.query.Types, []SearchType{StatementHit, SourceHit}), func(t string) string {
		if SearchType(t) == StatementHit {
			return classTerm(StatementClass)
		}
		return classTerm(SourceClass)
	})
	all(s.query.Kinds != nil, common(s.query.Kinds, textKinds), kindTerm)
	all(s.query.Sources != nil, common(s.query.Sources, s.query.Sources), func(id string) string { return sourceTerm(ID(id)) })
	all(s.query.Dataset != nil, common(s.query.Dataset, s.query.Dataset), func(id string) string { return datasetTerm(ID(id)) })
	if years := s.query.Between.years(); years != nil {
		s.terms = append(s.terms, years)
	}
}

// maxYears is how many years a stretch of time may have to be looked up year by year.
const maxYears = 100

// years are the terms of the years of a stretch of time; nil for one that is open or long.
func (r *DateRange) years() []string {
	if r == nil || r.From == nil || r.To == nil {
		return nil
	}
	first, last := r.From.year(), r.To.year()
	if last-first >= maxYears {
		return nil
	}
	var terms []string
	for y := first; y <= last; y++ {
		terms = append(terms, yearTerm(y))
	}
	return terms
}

// hits finds what comes behind a place: at most want hits, in order. cut tells that there are more than can be found. What
// is likest is read first, and what is less like only if that is not enough: three rounds of calls that are made beside
// each other.
func (s *search) hits(ctx context.Context, from place, want int) (hits []SearchHit, cut bool, err error) {
	var near, begin []string
	var slips, sounds [][]string
	run := func(stages []*stage, work ...func() error) error {
		for _, st := range stages {
			if st != nil && !st.along && (from.rank == 0 || st.match.rank() >= from.match.rank()) {
				work = append(work, func() error { return s.read(ctx, st, from, want) })
			}
		}
		err := together(work...)
		for _, st := range stages {
			if st != nil && len(hits) < want {
				hits = append(hits, st.hits...)
				cut = cut || st.cut
			}
		}
		return err
	}
	if s.names && len(s.asked.words) > 0 && from.match != TextMatch {
		err := run([]*stage{s.exact(), s.prefix()}, func() (err error) {
			near, begin, err = s.store.Words(ctx, s.asked.lookups(), s.asked.last())
			return err
		}, func() error { return s.weigh(ctx, s.asked.words) })
		if err != nil {
			return nil, false, err
		}
		if len(hits) < want {
			slips, sounds = s.likeWords(near, begin)
			if err := run([]*stage{s.wholeWords()}, func() error { return s.weigh(ctx, begin, slices.Concat(slips...), slices.Concat(sounds...)) }); err != nil {
				return nil, false, err
			}
		}
	} else if err := run([]*stage{s.exact(), s.prefix()}); err != nil { // of a name without letters
		return nil, false, err
	}
	if len(hits) < want {
		fuzzy, sound := s.allWords(FuzzyMatch, slips), s.allWords(SoundMatch, sounds)
		for _, st := range []*stage{fuzzy, sound} {
			if st != nil {
				st.cut = len(near) == WordLimit || len(begin) == WordLimit
			}
		}
		if fuzzy != nil && sound != nil && (from.rank == 0 || from.match.rank() < FuzzyMatch.rank()) {
			sound.likelier, fuzzy.along = fuzzy, true
		}
		if err := run([]*stage{s.beginnings(begin), fuzzy, sound, s.text()}); err != nil {
			return nil, false, err
		}
	}
	hits = hits[:min(len(hits), want)]
	return hits, cut || from.rank+len(hits) == MaxHits, nil
}

// weigh looks up how many entities have each of some words in their names.
func (s *search) weigh(ctx context.Context, lists ...[]string) error {
	words := unique(slices.Concat(lists...))
	if len(s.asked.words) < 2 || len(words) == 0 { // then there is nothing to choose between
		return nil
	}
	counts, err := s.store.Count(ctx, wordKeys(words))
	if err != nil {
		return err
	}
	for i, w := range words {
		s.weights[w] = counts[i]
	}
	return nil
}

// weight is how many entities have any of some words, those that have several counted for each.
func (s *search) weight(words []string) int {
	n := 0
	for _, w := range words {
		n += s.weights[w]
	}
	return n
}

// stage is one list from which hits of one likeness are taken.
type stage struct {
	match SearchMatch
	query Query
	keys  []Key
	hits  []SearchHit
	cut   bool
	// likelier is a stage whose list is within this one's: a short list is read once for both.
	likelier *stage
	// along: it is read with the one that has it as likelier.
	along bool
}

// read fills a stage: what the list holds beside hits of its own likeness, which is little, is passed over. It makes at
// most two calls, or five for two stages.
func (s *search) read(ctx context.Context, st *stage, from place, want int) error {
	after := ""
	if from.match == st.match {
		after = from.sortKey
	}
	if st.match == TextMatch {
		return s.readTexts(ctx, st, after, want)
	}
	if st.likelier != nil {
		return s.readBoth(ctx, st, want)
	}
	memo := s.asked.fresh()
	for limit := min(want+10, searchRead); ; limit = searchRead {
		st.query.Limit, st.hits = limit, nil
		rows, err := s.store.List(ctx, st.query, []Drive{{Keys: st.keys, After: after}})
		if err != nil {
			return err
		}
		for _, r := range rows[0].Records {
			if hit, ok := memo.match(r.(Entity)); ok && hit.Match == st.match {
				st.hits = append(st.hits, hit)
			}
		}
		full := len(rows[0].Records) == limit
		st.cut = st.cut || rows[0].Cut != "" || full && limit == searchRead && len(st.hits) < want
		if len(st.hits) >= want || !full || limit == searchRead {
			return nil
		}
	}
}

// readBoth reads a stage and the likelier one within it, both from their beginning: from one list, if that is short.
func (s *search) readBoth(ctx context.Context, st *stage, want int) error {
	likelier := st.likelier
	st.query.Limit = min(want+10, searchRead)
	rows, err := s.store.List(ctx, st.query, []Drive{{Keys: st.keys}})
	if err != nil {
		return err
	}
	if len(rows[0].Records) == st.query.Limit || rows[0].Cut != "" {
		st.likelier = nil
		return together(func() error { return s.read(ctx, likelier, place{}, want) }, func() error { return s.read(ctx, st, place{}, want) })
	}
	memo := s.asked.fresh()
	for _, r := range rows[0].Records {
		switch hit, _ := memo.match(r.(Entity)); hit.Match {
		case st.match:
			st.hits = append(st.hits, hit)
		case likelier.match:
			likelier.hits = append(likelier.hits, hit)
		}
	}
	return nil
}

func (s *search) readTexts(ctx context.Context, st *stage, after string, want int) error {
	found, err := s.store.Texts(ctx, TextQuery{All: s.terms, Days: s.days, After: after, Limit: want})
	if err != nil {
		return err
	}
	for _, r := range found.Records {
		st.hits = append(st.hits, SearchHit{Record: r, Match: TextMatch, asked: &s.asked})
	}
	st.cut = found.TooMany
	return nil
}

// list makes a stage that reads entities.
func (s *search) list(match SearchMatch, keys []Key, where ...[]Key) *stage {
	if !s.names {
		return nil
	}
	return &stage{match: match, keys: keys, query: Query{Where: slices.Concat(where, s.where), Days: s.days}}
}

func (s *search) exact() *stage {
	return s.list(ExactMatch, []Key{{EntityName, s.asked.key}})
}

func (s *search) prefix() *stage {
	return s.prefixed(PrefixMatch, Key{EntityName, s.asked.key})
}

func (s *search) prefixed(match SearchMatch, key Key, where ...[]Key) *stage {
	st := s.list(match, []Key{key}, where...)
	if st != nil {
		st.query.Prefix = true
	}
	return st
}

// wholeWords reads those that have all words.
func (s *search) wholeWords() *stage {
	alternatives := make([][]string, len(s.asked.words))
	for i, w := range s.asked.words {
		alternatives[i] = []string{w}
	}
	return s.allWords(WordsMatch, alternatives)
}

// allWords reads those that have, for each word, any of its alternatives, of which only the last can have many, and then
// not alone: by the word that fewest have. Nil if one has no alternative that any entity has.
func (s *search) allWords(match SearchMatch, alternatives [][]string) *stage {
	if len(alternatives) == 0 {
		return nil
	}
	by := 0
	if len(alternatives) > 1 {
		by = -1
		for i, words := range alternatives {
			if s.weight(words) == 0 {
				return nil
			}
			if len(words) <= 2*maxAlternatives+1 && (by < 0 || s.weight(words) < s.weight(alternatives[by])) {
				by = i
			}
		}
	}
	var where [][]Key
	for i, words := range alternatives {
		if i != by {
			where = append(where, wordKeys(words))
		}
	}
	return s.list(match, wordKeys(alternatives[by]), where...)
}

func wordKeys(words []string) []Key {
	keys := make([]Key, len(words))
	for i, w := range words {
		keys[i] = Key{EntityWord, w}
	}
	return keys
}

// beginnings reads those that have all words but the last, and a word that begins with that: by the beginning itself
// unless fewer have one of the words.
func (s *search) beginnings(begin []string) *stage {
	last := len(s.asked.words) - 1
	if last < 0 || len(begin) == 0 {
		return nil
	}
	var all [][]string
	var where [][]Key
	rarer := false
	for _, w := range s.asked.words[:last] {
		all = append(all, []string{w})
		where = append(where, wordKeys([]string{w}))
		rarer = rarer || s.weights[w] < s.weight(begin)
	}
	if last == 0 || !rarer && len(begin) < WordLimit {
		return s.prefixed(BeginningsMatch, Key{EntityWord, s.asked.words[last]}, where...)
	}
	st := s.allWords(BeginningsMatch, append(all, begin))
	if st != nil {
		st.cut = len(begin) == WordLimit
	}
	return st
}

// likeWords gives for each word that was asked for those of the graph that are it but for slips of spelling, and those
// that are it but for the spelling of another language too; none if no word is so. The last word may be only the
// beginning of one.
func (s *search) likeWords(near, begin []string) (slips, sounds [][]string) {
	anySlip, anySound := false, false
	for i, w := range s.asked.words {
		alternatives := []string{w}
		if i > 0 && i == len(s.asked.words)-1 {
			alternatives = append(alternatives, begin...)
		}
		slip := keep(near, func(n string) bool { return fold.Near(w, n) })
		alike := keep(near, fold.SoundsLike(w))
		anySlip, anySound = anySlip || len(slip) > 0, anySound || len(alike) > 0
		slips = append(slips, unique(slices.Concat(alternatives, slip)))
		sounds = append(sounds, unique(slices.Concat(alternatives, slip, alike)))
	}
	if !anySlip {
		slips = nil
	}
	if !anySound {
		sounds = nil
	}
	return slips, sounds
}

// keep gives the first maxAlternatives words that pass a test.
func keep(words []string, test func(string) bool) []string {
	var kept []string
	for _, w := range words {
		if len(kept) < maxAlternatives && test(w) {
			kept = append(kept, w)
		}
	}
	return kept
}

func (s *search) text() *stage {
	if !s.texts {
		return nil
	}
	return &stage{match: TextMatch}
}

// asked is what was asked for, folded.
type asked struct {
	key   string
	words []string // distinct, in order
	// levels remembers how like a word of a name is to each of words: it is asked again and again.
	levels map[string][]SearchMatch
}

func newAsked(text string) asked {
	a := asked{key: fold.Key(text)}
	a.words = unique(textWords(text))
	return a.fresh()
}

// fresh is the same with a memory of its own, so that it can be used beside others.
func (a asked) fresh() asked {
	a.levels = map[string][]SearchMatch{}
	return a
}

func (a *asked) last() string {
	if len(a.words) == 0 {
		return ""
	}
	return a.words[len(a.words)-1]
}

func (a *asked) lookups() []string {
	var keys []string
	for _, w := range a.words {
		keys = append(keys, fold.Lookups(w)...)
	}
	return unique(keys)
}

// year is that of a known date.
func (d PartialDate) year() int {
	year, _ := strconv.Atoi(string(d[:4])) // four digits, for it is known
	return year
}
