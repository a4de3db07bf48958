package kg

import (
	"cmp"
	"context"
	"slices"
)

// SearchFacets count the hits of a search by what it can be narrowed down by. Each respects all filters but its own: it
// tells how many hits there would be if that were chosen instead. Most first, then in order of the value; years in
// order.
type SearchFacets struct {
	Types   []FacetCount[SearchType]
	Kinds   []FacetCount[SearchKind]
	Sources []FacetCount[ID]
	Years   []FacetCount[int]
}

// FacetCount is how many hits have a value.
type FacetCount[V cmp.Ordered] struct {
	Value V
	Count int
}

// facets counts all hits of the search, and for each filter that is given those there are without it.
func (s *search) facets(ctx context.Context, all []SearchHit) (*SearchFacets, error) {
	types, kinds, sources, years := all, all, all, all
	without := func(given bool, hits *[]SearchHit, lift func(*SearchQuery)) func() error {
		return func() error {
			if !given {
				return nil
			}
			q := s.query
			lift(&q)
			wider, err := newSearch(s.store, q)
			if err == nil {
				*hits, _, err = wider.hits(ctx, place{}, MaxHits)
			}
			return err
		}
	}
	err := together(
		without(s.query.Types != nil, &types, func(q *SearchQuery) { q.Types = nil }),
		without(s.query.Kinds != nil, &kinds, func(q *SearchQuery) { q.Kinds = nil }),
		without(s.query.Sources != nil, &sources, func(q *SearchQuery) { q.Sources = nil }),
		without(s.query.Between != nil, &years, func(q *SearchQuery) { q.Between = nil }),
	)
	if err != nil {
		return nil, err
	}
	f := &SearchFacets{
		Types:   countBy(types, func(r Record) []SearchType { return []SearchType{typeOfHit(r)} }),
		Kinds:   countBy(kinds, func(r Record) []SearchKind { return nonEmpty(kindOfHit(r)) }),
		Sources: countBy(sources, sourcesOfHit),
		Years:   countBy(years, yearOfHit),
	}
	slices.SortFunc(f.Years, func(a, b FacetCount[int]) int { return cmp.Compare(a.Value, b.Value) })
	return f, nil
}

// countBy counts hits by their values, of which one can have several.
func countBy[V cmp.Ordered](hits []SearchHit, values func(Record) []V) []FacetCount[V] {
	counts := map[V]int{}
	for _, h := range hits {
		for _, v := range values(h.Record) {
			counts[v]++
		}
	}
	return tallied(counts)
}

func typeOfHit(r Record) SearchType {
	switch r := r.(type) {
	case Entity:
		return SearchType(r.Type())
	case *Statement:
		return StatementHit
	default:
		return SourceHit
	}
}

func kindOfHit(r Record) SearchKind {
	switch r := r.(type) {
	case *Organization:
		return SearchKind(r.Kind)
	case *Statement:
		return SearchKind(r.Kind)
	case *Source:
		return SearchKind(r.Kind)
	default:
		return ""
	}
}

// sourcesOfHit are those of its evidence, or the source that it is.
func sourcesOfHit(r Record) []ID {
	if s, ok := r.(*Source); ok {
		return []ID{s.ID}
	}
	var ids []ID
	for _, e := range r.evidence() {
		ids = append(ids, e.Source)
	}
	return unique(ids)
}

// yearOfHit is that of its date: of an event its start.
func yearOfHit(r Record) []int {
	date := PartialDate("")
	switch r := r.(type) {
	case *Event:
		date = r.StartDate
	case *Statement:
		date = r.Date
	case *Source:
		date = r.PublishedDate
	}
	if !date.known() {
		return nil
	}
	return []int{date.year()}
}
