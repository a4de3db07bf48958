package kg

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
)

// The limits of paths.
const (
	MaxPathLength = 6
	MaxPaths      = 10
	// maxSteps is how many beginnings of paths are gone on with at most.
	maxSteps = 20_000
)

// PathQuery asks how two entities are connected.
type PathQuery struct {
	From, To ID
	// MaxLength is how many hops a path has at most, from 1 to MaxPathLength; Limit how many paths are wanted, from 1 to
	// MaxPaths.
	MaxLength, Limit int
	Ties             TieFilter
	// AvoidHubs makes it dear to pass through what is joined with much.
	AvoidHubs bool
}

// PathResult are the paths that cost least, of those that cost the same the one whose hops' ids come first.
type PathResult struct {
	Paths []Path
	// Cut are the entities of which not all links were looked at, and Incomplete tells that entities were not looked at:
	// there may be paths through them.
	Cut        []ID
	Incomplete bool
}

// Path leads from one entity to another, through none twice, and no hop of it is made by statements only that join a
// farther entity of it just as well: that would be a detour that tells nothing.
type Path struct {
	// Cost is that of its hops.
	Cost int
	Hops []Hop
}

// Length is how many hops it has.
func (p *Path) Length() int { return len(p.Hops) }

// Hop is one step of a path. It costs 1 and the Toll of the entity that it leads to, ⌊log2(Degree)⌋, unless that is the
// end of the path or hubs are not avoided.
type Hop struct {
	Tie
	// Degree is how many links the entity has that the hop leads to.
	Degree int
	Toll   int
}

// Paths finds the paths that cost least. It looks around both ends, level by level, always where there is less to read,
// until no path that was not seen could cost less. It fails with BAD_USER_INPUT and, if an end is not there, NOT_FOUND.
func Paths(ctx context.Context, store Store, q PathQuery) (*PathResult, error) {
	switch {
	case q.MaxLength < 1 || q.MaxLength > MaxPathLength:
		return nil, Errorf(BadUserInput, "maxLength must be from 1 to %d, not %d", MaxPathLength, q.MaxLength)
	case q.Limit < 1 || q.Limit > MaxPaths:
		return nil, Errorf(BadUserInput, "limit must be from 1 to %d, not %d", MaxPaths, q.Limit)
	case q.From == q.To:
		return nil, Errorf(BadUserInput, "from and to are the same")
	}
	w, err := newWeb(store, q.Ties)
	if err != nil {
		return nil, err
	}
	ends, err := w.start(ctx, []string{"from", "to"}, []ID{q.From, q.To})
	if err != nil {
		return nil, err
	}
	s := &pathSearch{web: w, PathQuery: q, from: ends[0], to: ends[1], sides: [2]*side{newSide(ends[0]), newSide(ends[1])}}
	for left := q.MaxLength; left > 0 && !s.done(); left-- {
		if err := s.step(ctx, s.next(), left == 1); err != nil {
			return nil, err
		}
	}
	paths, left := s.cheapest()
	return &PathResult{Paths: paths, Cut: w.cut, Incomplete: w.left || left}, nil
}

// pathSearch looks for paths from both ends.
type pathSearch struct {
	PathQuery
	*web
	from, to int
	sides    [2]*side
}

// side is what was reached from one end.
type side struct {
	end int
	// edge are those reached last, whose links were not read from here.
	edge    []int
	reached map[int]bool
}

func newSide(end int) *side { return &side{end, []int{end}, map[int]bool{end: true}} }

// next is the side that is looked at next: where less is to be read, if anything is.
func (s *pathSearch) next() *side {
	var best *side
	least := 0
	for _, side := range s.sides {
		if len(side.edge) == 0 {
			continue
		}
		rows := 0
		for _, at := range side.edge {
			rows += s.rows(at)
		}
		if best == nil || rows < least {
			best, least = side, rows
		}
	}
	return best
}

// step looks at the edge of a side, the cheapest to reach first.
func (s *pathSearch) step(ctx context.Context, side *side, last bool) error {
	costs := s.costs(side.end)
	slices.SortFunc(side.edge, func(a, b int) int { return cmp.Or(cmp.Compare(costs[a], costs[b]), s.byID(a, b)) })
	look := s.affordable(side.edge)
	if err := s.look(ctx, slices.DeleteFunc(slices.Clone(look), func(at int) bool { return s.nodes[at].seen })); err != nil {
		return err
	}
	ties := 1
	if last {
		ties = 2 // what has but one lies on no path
	}
	if err := s.meet(ctx, look, ties); err != nil {
		return err
	}
	side.edge = nil
	for _, at := range look {
		for _, other := range s.nodes[at].others {
			if !side.reached[other] && s.nodes[other].degree >= 0 {
				side.reached[other] = true
				side.edge = append(side.edge, other)
			}
		}
	}
	return nil
}

// done tells whether no path that was not seen can be among those wanted. Such a path leaves what was seen from one end
// at its edge, or at an entity that was cut, and comes to what was seen from the other at such a place of that one.
func (s *pathSearch) done() bool {
	if len(s.sides[0].edge)+len(s.sides[1].edge) == 0 {
		return true
	}
	least := 1
	for _, side := range s.sides {
		costs, nearest := s.costs(side.end), unreached
		for _, at := range side.edge {
			nearest = min(nearest, costs[at])
		}
		for _, id := range s.cut {
			nearest = min(nearest, costs[s.places[id]])
		}
		if nearest == unreached {
			return true
		}
		least += nearest
	}
	paths, _ := s.cheapest()
	return len(paths) == s.Limit && paths[len(paths)-1].Cost < least
}

// price is what a hop to an entity costs, unless it ends there.
func (s *pathSearch) price(to int) int {
	if !s.AvoidHubs {
		return 1
	}
	return 1 + s.toll(to)
}

// unreached is the cost of what no path leads to.
const unreached = math.MaxInt

// costsOf are by place, unreached all but one.
func (s *pathSearch) costsOf(end int) []int {
	costs := slices.Repeat([]int{unreached}, len(s.nodes))
	costs[end] = 0
	return costs
}

// costs are what it costs at least to come from an end to each entity that was seen, its toll included.
func (s *pathSearch) costs(end int) []int {
	costs := s.costsOf(end)
	for wave := []int{end}; len(wave) > 0; {
		var next []int
		for _, at := range wave {
			for _, other := range s.nodes[at].others {
				if cost := costs[at] + s.price(other); cost < costs[other] {
					costs[other] = cost
					next = append(next, other)
				}
			}
		}
		wave = next
	}
	return costs
}

// remaining are, for each number of hops, what it costs at least to come from an entity to the end of the path.
func (s *pathSearch) remaining() [][]int {
	levels := [][]int{s.costsOf(s.to)}
	for range s.MaxLength {
		last := levels[len(levels)-1]
		level := slices.Clone(last)
		for at, cost := range last {
			if cost == unreached || at != s.to && s.nodes[at].degree < 0 {
				continue
			}
			price := 1
			if at != s.to {
				price = s.price(at)
			}
			for _, other := range s.nodes[at].others {
				level[other] = min(level[other], cost+price)
			}
		}
		levels = append(levels, level)
	}
	return levels
}

// cheapest gives the paths that cost least among those seen, in order. Beginnings of paths are gone on with in the
// order of what they cost at least when they come to the end, and then of their hops' ids; so the first to come
// there are those wanted. left tells that there were too many.
func (s *pathSearch) cheapest() (paths []Path, left bool) {
	rest := s.remaining()
	h := &beginnings{}
	if least := rest[s.MaxLength][s.from]; least != unreached {
		heap.Push(h, &beginning{places: []int{s.from}, least: least})
	}
	for steps := 0; h.Len() > 0; steps++ {
		if steps == maxSteps {
			return paths, true
		}
		b := heap.Pop(h).(*beginning)
		at := b.places[len(b.places)-1]
		if at == s.to {
			if paths = append(paths, s.path(b)); len(paths) == s.Limit {
				return paths, false
			}
			continue
		}
		hops := s.MaxLength - len(b.places) // that are left behind the next
		for _, other := range s.nodes[at].others {
			least := rest[hops][other]
			if least == unreached || slices.Contains(b.places, other) || s.idle(b.places, other) {
				continue
			}
			cost := b.cost + 1
			if other != s.to {
				cost = b.cost + s.price(other)
			}
			order := b.order + hopID(s.links(at, other)) + string(s.nodes[other].id)
			heap.Push(h, &beginning{slices.Concat(b.places, []int{other}), cost, cost + least, order})
		}
	}
	return paths, false
}

// idle tells whether a path that goes on to an entity has a hop that tells nothing: all that it is made by are statements
// that join a farther entity of the path just as well. Who speaks for the White House about NATO is not connected with
// NATO through the White House.
func (s *pathSearch) idle(places []int, next int) bool {
	last := len(places) - 1
	for i, at := range places[:last] {
		if far := s.links(at, next); among(s.links(places[last], next), far) || among(s.links(at, places[i+1]), far) {
			return true
		}
	}
	return false
}

// among tells whether all of some links are among others, which can only be statements.
func among(links, others []string) bool {
	return len(others) > 0 && !slices.ContainsFunc(links, func(sort string) bool {
		return IDOf(sort).Class() != StatementClass || !slices.Contains(others, sort)
	})
}

// hopID is the id of a hop: the least of those that it can be made by.
func hopID(links []string) string {
	id := IDOf(links[0])
	for _, sort := range links[1:] {
		id = min(id, IDOf(sort))
	}
	return string(id)
}

func (s *pathSearch) path(b *beginning) Path {
	p := Path{Cost: b.cost}
	for i, to := range b.places[1:] {
		hop := Hop{Tie: s.between(b.places[i], to), Degree: s.nodes[to].degree}
		if to != s.to {
			hop.Toll = s.price(to) - 1
		}
		p.Hops = append(p.Hops, hop)
	}
	return p
}

// beginning is the beginning of a path.
type beginning struct {
	places      []int
	cost, least int    // of it, and of what it can become
	order       string // of its hops, by which those of one cost are ordered
}

// beginnings is a heap of them.
type beginnings []*beginning

func (h beginnings) Len() int      { return len(h) }
func (h beginnings) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *beginnings) Push(x any)   { *h = append(*h, x.(*beginning)) }
func (h beginnings) Less(i, j int) bool {
	if h[i].least != h[j].least {
		return h[i].least < h[j].least
	}
	return h[i].order < h[j].order
}

func (h *beginnings) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
