package kg

import (
	"cmp"
	"context"
	"slices"
	"strings"
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
	if err := w.start(ctx, slices.Repeat([]string{"ids"}, len(ids)), ids); err != nil {
		return nil, err
	}
	n := &networking{web: w, distance: map[ID]int{}, beside: map[ID]bool{}}
	n.take(ids, 0)
	edge := ids
	for depth := 1; depth <= q.Depth && len(edge) > 0; depth++ {
		if err := w.look(ctx, w.affordable(edge)); err != nil {
			return nil, err
		}
		if err := w.meet(ctx, edge, 1); err != nil {
			return nil, err
		}
		met := n.met(edge)
		edge = met[:min(len(met), q.Limit-len(n.nodes))]
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
	nodes    []ID
	distance map[ID]int
	beside   map[ID]bool // what was met, taken or not: more than one step can meet it
}

func (n *networking) take(ids []ID, distance int) {
	for _, id := range ids {
		n.nodes = append(n.nodes, id)
		n.distance[id] = distance
	}
}

// met are the entities beyond the edge, those that matter most first.
func (n *networking) met(edge []ID) []ID {
	links := map[ID]int{}
	for _, id := range edge {
		for other, records := range n.ties[id] {
			if _, taken := n.distance[other]; !taken {
				links[other] += len(records)
				n.beside[other] = true
			}
		}
	}
	met := make([]ID, 0, len(links))
	for id := range links {
		met = append(met, id)
	}
	slices.SortFunc(met, func(a, b ID) int {
		return cmp.Or(cmp.Compare(links[b], links[a]), cmp.Compare(n.have[b].degree(), n.have[a].degree()), strings.Compare(string(a), string(b)))
	})
	return met
}

func (n *networking) network() *Network {
	out := &Network{Cut: n.cut, Incomplete: n.left}
	for id := range n.beside {
		if _, taken := n.distance[id]; !taken {
			out.More++
		}
	}
	place := map[ID]int{}
	for i, id := range n.nodes {
		place[id] = i
		out.Nodes = append(out.Nodes, NetworkNode{id, n.distance[id], n.have[id].degree()})
	}
	type pair struct{ from, to ID }
	var pairs []pair
	for _, id := range n.nodes {
		for other := range n.ties[id] {
			if at, in := place[other]; in && place[id] < at {
				pairs = append(pairs, pair{id, other})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(len(n.ties[b.from][b.to]), len(n.ties[a.from][a.to])),
			cmp.Compare(place[a.from], place[b.from]), cmp.Compare(place[a.to], place[b.to]))
	})
	if len(pairs) > maxNetworkTies {
		pairs, out.Incomplete = pairs[:maxNetworkTies], true
	}
	for _, p := range pairs {
		out.Ties = append(out.Ties, n.between(p.from, p.to))
	}
	return out
}
