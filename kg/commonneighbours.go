package kg

import (
	"cmp"
	"context"
	"slices"
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
	places, err := w.start(ctx, slices.Repeat([]string{"ids"}, len(ids)), ids)
	if err != nil {
		return nil, err
	}
	if err := w.look(ctx, places); err != nil {
		return nil, err
	}
	if err := w.probe(ctx, places); err != nil {
		return nil, err
	}
	out := &Common{Cut: w.cut}
	var common []int
	for _, other := range w.nodes[places[0]].others {
		if !slices.ContainsFunc(places, func(at int) bool { return len(w.links(at, other)) == 0 }) {
			common = append(common, other)
		}
	}
	out.Total = len(common)
	common = w.most(common)
	if err := w.count(ctx, common); err != nil {
		return nil, err
	}
	slices.SortFunc(common, func(a, b int) int {
		return cmp.Or(cmp.Compare(w.nodes[a].degree, w.nodes[b].degree), w.byID(a, b))
	})
	for _, other := range common[:min(len(common), q.Limit)] {
		n := CommonNeighbour{ID: w.nodes[other].id, Degree: w.nodes[other].degree}
		for _, at := range places {
			n.Ties = append(n.Ties, w.between(at, other))
		}
		out.Neighbours = append(out.Neighbours, n)
	}
	out.Incomplete = w.left
	return out, nil
}

// probe looks for relationships between entities that were cut and the neighbours of those that were not.
func (w *web) probe(ctx context.Context, places []int) error {
	isCut := func(at int) bool { return slices.Contains(w.cut, w.nodes[at].id) }
	cut := slices.DeleteFunc(slices.Clone(places), func(at int) bool { return !isCut(at) })
	if len(cut) == 0 || len(cut) == len(places) {
		return nil
	}
	// a common neighbour is one of each of them, of the one with fewest too
	few := -1
	for _, at := range places {
		if !isCut(at) && (few < 0 || len(w.nodes[at].others) < len(w.nodes[few].others)) {
			few = at
		}
	}
	others := w.most(slices.Clone(w.nodes[few].others))
	var q Query
	var drives []Drive
	var pairs [][2]int
	for _, at := range cut {
		for _, other := range others {
			with := RelationshipFilter{With: []ID{w.nodes[other].id}, Types: w.filter.Types}
			l, err := RelationshipsOf(w.nodes[at].id, &with, AnyDirection, w.filter.AsOf, nil)
			if err != nil {
				return err
			}
			q = l.query
			drives, pairs = append(drives, Drive{Keys: l.keys}), append(pairs, [2]int{at, other})
		}
	}
	if len(drives) == 0 {
		return nil
	}
	q.Limit, q.Ends = MaxNeighbours, true
	rows, err := w.store.List(ctx, q, drives)
	if err != nil {
		return err
	}
	for i, pair := range pairs {
		for j := range rows[i].Ends {
			rows[i].Ends[j].Others = []ID{w.nodes[pair[1]].id} // which the keys say
		}
		w.add(pair[0], rows[i])
	}
	return nil
}
