package kg

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// The limits of common neighbours.
const (
	MaxCommonIDs = 10
	MaxCommon    = 100
)

// CommonQuery asks what several entities are all joined with: from 2 to MaxCommonIDs.
type CommonQuery struct {
	IDs []ID
	// Limit is how many are wanted, from 1 to MaxCommon.
	Limit int
	Ties  TieFilter
}

// Common is what entities are all joined with: what is joined with less comes first, for it tells more; then by id.
type Common struct {
	Neighbours []CommonNeighbour
	// Total is how many there are among the links that were looked at.
	Total int
	// Cut are the entities of which not all links were looked at. Relationships are found all the same between them and
	// the neighbours of those that were not cut.
	Cut []ID
	// Incomplete: entities were left out, because there were too many.
	Incomplete bool
}

// CommonNeighbour is an entity that others are all joined with.
type CommonNeighbour struct {
	ID ID
	// Degree is how many links it has in the whole graph.
	Degree int
	// Ties from each of those asked for, in their order.
	Ties []Tie
}

// CommonNeighbours finds what entities have in common. It fails with BAD_USER_INPUT and, if one is not there, NOT_FOUND.
func CommonNeighbours(ctx context.Context, store Store, q CommonQuery) (*Common, error) {
	ids := unique(slices.Clone(q.IDs))
	switch {
	case len(ids) < 2 || len(ids) > MaxCommonIDs:
		return nil, Errorf(BadUserInput, "ids must be from 2 to %d, not %d", MaxCommonIDs, len(ids))
	case q.Limit < 1 || q.Limit > MaxCommon:
		return nil, Errorf(BadUserInput, "limit must be from 1 to %d, not %d", MaxCommon, q.Limit)
	}
	w, err := newWeb(store, q.Ties)
	if err != nil {
		return nil, err
	}
	if err := w.start(ctx, slices.Repeat([]string{"ids"}, len(ids)), ids); err != nil {
		return nil, err
	}
	if err := w.look(ctx, ids); err != nil {
		return nil, err
	}
	if err := w.probe(ctx, ids); err != nil {
		return nil, err
	}
	out := &Common{Cut: w.cut}
	var common []ID
	for other := range w.ties[ids[0]] {
		if !slices.ContainsFunc(ids, func(id ID) bool { return len(w.ties[id][other]) == 0 }) {
			common = append(common, other)
		}
	}
	out.Total = len(common)
	common = w.most(common)
	if err := w.count(ctx, common); err != nil {
		return nil, err
	}
	slices.SortFunc(common, func(a, b ID) int {
		return cmp.Or(cmp.Compare(w.have[a].degree(), w.have[b].degree()), strings.Compare(string(a), string(b)))
	})
	for _, other := range common[:min(len(common), q.Limit)] {
		n := CommonNeighbour{ID: other, Degree: w.have[other].degree()}
		for _, id := range ids {
			n.Ties = append(n.Ties, w.between(id, other))
		}
		out.Neighbours = append(out.Neighbours, n)
	}
	out.Incomplete = w.left
	return out, nil
}

// probe looks for relationships between entities that were cut and the neighbours of those that were not.
func (w *web) probe(ctx context.Context, ids []ID) error {
	cut := slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return !slices.Contains(w.cut, id) })
	if len(cut) == 0 || len(cut) == len(ids) {
		return nil
	}
	// a common neighbour is one of each of them, of the one with fewest too
	var few ID
	for _, id := range ids {
		if !slices.Contains(w.cut, id) && (few == "" || len(w.ties[id]) < len(w.ties[few])) {
			few = id
		}
	}
	others := make([]ID, 0, len(w.ties[few]))
	for other := range w.ties[few] {
		others = append(others, other)
	}
	others = w.most(others)
	var q Query
	var drives []Drive
	var of []ID
	for _, id := range cut {
		for _, other := range others {
			l, err := RelationshipsOf(id, &RelationshipFilter{With: []ID{other}, Types: w.filter.Types}, AnyDirection, w.filter.AsOf, nil)
			if err != nil {
				return err
			}
			q = l.query
			drives, of = append(drives, Drive{Keys: l.keys}), append(of, id)
		}
	}
	if len(drives) == 0 {
		return nil
	}
	q.Limit = MaxNeighbours
	rows, err := w.store.List(ctx, q, drives)
	if err != nil {
		return err
	}
	for i, id := range of {
		w.add(id, rows[i])
	}
	return nil
}
