package kg

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// The limits of a network.
const (
	MaxNetworkDepth = 3
	MaxNetwork      = 500
	MaxNetworkIDs   = 20
	// maxNetworkTies is how many ties are given at most.
	maxNetworkTies = 2_000
)

// NetworkQuery asks what stands around entities: at most MaxNetworkIDs.
type NetworkQuery struct {
	IDs []ID
	// Depth is how many hops it reaches, from 1 to MaxNetworkDepth; Limit how many entities are wanted, those of IDs
	// among them, up to MaxNetwork.
	Depth, Limit int
	Ties         TieFilter
	// Bare leaves out the ties of those farthest away with each other, most of what there is to read: then Ties, Cut and
	// Incomplete tell of the nearer ones only.
	Bare bool
}

// Network is what matters most around entities. These come first. Of the others the nearer come before the farther;
// of those equally near, those with more links to what is nearer still; then those with more links altogether; then
// by id.
type Network struct {
	Nodes []NetworkNode
	// Ties between them: those with most links first, then in the order of the nodes.
	Ties []Tie
	// More is how many entities were met beside them.
	More int
	// Cut are the entities of which not all links were looked at; Incomplete tells that entities were not looked at, or that
	// ties are left out.
	Cut        []ID
	Incomplete bool
}

// NetworkNode is an entity in a network.
type NetworkNode struct {
	ID ID
	// Distance is how many hops it is away from the nearest of those asked for.
	Distance int
	// Degree is how many links it has in the whole graph.
	Degree int
}

// NetworkOf finds what stands around entities. It fails with BAD_USER_INPUT and, if one is not there, NOT_FOUND.
func NetworkOf(ctx context.Context, store Store, q NetworkQuery) (*Network, error) {
	ids := unique(slices.Clone(q.IDs))
	switch {
	case len(ids) == 0 || len(ids) > MaxNetworkIDs:
		return nil, Errorf(BadUserInput, "ids must be from 1 to %d, not %d", MaxNetworkIDs, len(ids))
	case q.Depth < 1 || q.Depth > MaxNetworkDepth:
		return nil, Errorf(BadUserInput, "depth must be from 1 to %d, not %d", MaxNetworkDepth, q.Depth)
	case q.Limit < len(ids) || q.Limit > MaxNetwork:
		return nil, Errorf(BadUserInput, "limit must be from %d, the number of ids, to %d, not %d", len(ids), MaxNetwork, q.Limit)
	}
	w, err := newWeb(store, q.Ties)
	if err != nil {
		return nil, err
	}
	edge, err := w.start(ctx, slices.Repeat([]string{"ids"}, len(ids)), ids)
	if err != nil {
		return nil, err
	}
	n := &networking{web: w, distance: map[int]int{}, beside: map[int]bool{}}
	n.take(edge, 0)
	for depth := 1; depth <= q.Depth && len(edge) > 0; depth++ {
		if err := w.look(ctx, w.affordable(edge)); err != nil {
			return nil, err
		}
		if edge, err = n.meet(ctx, edge, q.Limit-len(n.places)); err != nil {
			return nil, err
		}
		n.take(edge, depth)
	}
	if q.Bare {
		return n.network(), nil
	}
	// what those at the edge have to do with each other
	if err := w.look(ctx, w.affordable(edge)); err != nil {
		return nil, err
	}
	return n.network(), nil
}

// networking is a network that grows.
type networking struct {
	*web
	places   []int // of its nodes, in their order
	distance map[int]int
	beside   map[int]bool // what was met, taken or not: more than one step can meet it
}

func (n *networking) take(places []int, distance int) {
	for _, at := range places {
		n.places = append(n.places, at)
		n.distance[at] = distance
	}
}

// meet gives, counted, those entities beyond the edge that matter most, so many at most.
func (n *networking) meet(ctx context.Context, edge []int, limit int) ([]int, error) {
	links := map[int]int{}
	for _, at := range edge {
		for _, other := range n.nodes[at].others {
			if _, taken := n.distance[other]; !taken {
				links[other] += len(n.links(at, other))
				n.beside[other] = true
			}
		}
	}
	met := slices.SortedFunc(maps.Keys(links), func(a, b int) int { return cmp.Or(cmp.Compare(links[b], links[a]), n.byID(a, b)) })
	if limit == 0 {
		return nil, nil
	}
	if limit < len(met) { // degrees only choose among those with as many links as the last has
		least := links[met[limit-1]]
		met = slices.DeleteFunc(met, func(at int) bool { return links[at] < least })
	}
	met = n.most(met)
	if err := n.count(ctx, met); err != nil {
		return nil, err
	}
	slices.SortFunc(met, func(a, b int) int {
		return cmp.Or(cmp.Compare(links[b], links[a]), cmp.Compare(n.nodes[b].degree, n.nodes[a].degree), n.byID(a, b))
	})
	return met[:min(len(met), limit)], nil
}

func (n *networking) network() *Network {
	out := &Network{Cut: n.cut, Incomplete: n.left}
	for at := range n.beside {
		if _, taken := n.distance[at]; !taken {
			out.More++
		}
	}
	order := map[int]int{}
	for i, at := range n.places {
		order[at] = i
		out.Nodes = append(out.Nodes, NetworkNode{n.nodes[at].id, n.distance[at], n.nodes[at].degree})
	}
	type pair struct{ from, to, links int }
	var pairs []pair
	for _, at := range n.places {
		for _, other := range n.nodes[at].others {
			if to, in := order[other]; in && order[at] < to {
				pairs = append(pairs, pair{at, other, len(n.links(at, other))})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.links, a.links), cmp.Compare(order[a.from], order[b.from]), cmp.Compare(order[a.to], order[b.to]))
	})
	if len(pairs) > maxNetworkTies {
		pairs, out.Incomplete = pairs[:maxNetworkTies], true
	}
	for _, p := range pairs {
		out.Ties = append(out.Ties, n.between(p.from, p.to))
	}
	return out
}
