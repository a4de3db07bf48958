package kg

import (
	"container/heap"
	"context"
	"slices"
	"strings"
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
	if err := w.start(ctx, []string{"from", "to"}, []ID{q.From, q.To}); err != nil {
		return nil, err
	}
	s := &pathSearch{web: w, PathQuery: q, sides: [2]*side{newSide(q.From), newSide(q.To)}}
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
	sides [2]*side
}

// side is what was reached from one end.
type side struct {
	end ID
	// edge are those reached last, whose links were not read from here.
	edge    []ID
	reached map[ID]bool
}

func newSide(end ID) *side { return &side{end, []ID{end}, map[ID]bool{end: true}} }

// next is the side that is looked at next: where less is to be read, if anything is.
func (s *pathSearch) next() *side {
	var best *side
	least := 0
	for _, side := range s.sides {
		if len(side.edge) == 0 {
			continue
		}
		rows := 0
		for _, id := range side.edge {
			rows += s.have[id].rows()
		}
		if best == nil || rows < least {
			best, least = side, rows
		}
	}
	return best
}

// step looks at the edge of a side, the cheapest to reach first.
func (s *pathSearch) step(ctx context.Context, at *side, last bool) error {
	costs := s.costs(at.end)
	slices.SortFunc(at.edge, func(a, b ID) int {
		if costs[a] != costs[b] {
			return costs[a] - costs[b]
		}
		return strings.Compare(string(a), string(b))
	})
	look := s.affordable(at.edge)
	if err := s.look(ctx, slices.DeleteFunc(slices.Clone(look), func(id ID) bool { return s.seen[id] })); err != nil {
		return err
	}
	ties := 1
	if last {
		ties = 2 // what has but one lies on no path
	}
	if err := s.meet(ctx, look, ties); err != nil {
		return err
	}
	at.edge = nil
	for _, id := range look {
		for other := range s.ties[id] {
			if !at.reached[other] && s.counted(other) {
				at.reached[other] = true
				at.edge = append(at.edge, other)
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
		costs, nearest := s.costs(side.end), -1
		for _, id := range slices.Concat(side.edge, s.cut) {
			if cost, reached := costs[id]; reached && (nearest < 0 || cost < nearest) {
				nearest = cost
			}
		}
		if nearest < 0 {
			return true
		}
		least += nearest
	}
	paths, _ := s.cheapest()
	return len(paths) == s.Limit && paths[len(paths)-1].Cost < least
}

// price is what a hop to an entity costs, unless it ends there.
func (s *pathSearch) price(to ID) int {
	if !s.AvoidHubs {
		return 1
	}
	return 1 + s.toll(to)
}

// costs are what it costs at least to come from an end to each entity that was seen, its toll included.
func (s *pathSearch) costs(end ID) map[ID]int {
	costs := map[ID]int{end: 0}
	for wave := []ID{end}; len(wave) > 0; {
		var next []ID
		for _, id := range wave {
			for other := range s.ties[id] {
				cost := costs[id] + s.price(other)
				if known, ok := costs[other]; !ok || cost < known {
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
func (s *pathSearch) remaining() []map[ID]int {
	levels := []map[ID]int{{s.To: 0}}
	for range s.MaxLength {
		last := levels[len(levels)-1]
		level := map[ID]int{}
		for id, cost := range last {
			level[id] = cost
		}
		for id, cost := range last {
			price := 1
			if id != s.To {
				if !s.counted(id) {
					continue
				}
				price = s.price(id)
			}
			for other := range s.ties[id] {
				if known, ok := level[other]; !ok || cost+price < known {
					level[other] = cost + price
				}
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
	if least, ok := rest[s.MaxLength][s.From]; ok {
		heap.Push(h, &beginning{ids: []ID{s.From}, least: least})
	}
	for steps := 0; h.Len() > 0; steps++ {
		if steps == maxSteps {
			return paths, true
		}
		b := heap.Pop(h).(*beginning)
		at := b.ids[len(b.ids)-1]
		if at == s.To {
			if paths = append(paths, s.path(b)); len(paths) == s.Limit {
				return paths, false
			}
			continue
		}
		hops := s.MaxLength - len(b.ids) // that are left behind the next
		for other, records := range s.ties[at] {
			least, ok := rest[hops][other]
			if !ok || slices.Contains(b.ids, other) || s.idle(b.ids, other) {
				continue
			}
			cost := b.cost + 1
			if other != s.To {
				cost = b.cost + s.price(other)
			}
			heap.Push(h, &beginning{slices.Concat(b.ids, []ID{other}), cost, cost + least, b.order + hopID(records) + string(other)})
		}
	}
	return paths, false
}

// idle tells whether a path that goes on to an entity has a hop that tells nothing: all that it is made by are statements
// that join a farther entity of the path just as well. Who speaks for the White House about NATO is not connected with
// NATO through the White House.
func (s *pathSearch) idle(ids []ID, next ID) bool {
	at := len(ids) - 1
	for i, id := range ids[:at] {
		if among(s.ties[ids[at]][next], s.ties[id][next]) || among(s.ties[id][ids[i+1]], s.ties[id][next]) {
			return true
		}
	}
	return false
}

// among tells whether all of some records are among others, which can only be statements.
func among(records, others []Record) bool {
	for _, r := range records {
		if _, ok := r.(*Statement); !ok || !slices.ContainsFunc(others, func(o Record) bool { return o.GetID() == r.GetID() }) {
			return false
		}
	}
	return true
}

// hopID is the id of a hop: the least of those that it can be made by.
func hopID(records []Record) string {
	id := records[0].GetID()
	for _, r := range records[1:] {
		id = min(id, r.GetID())
	}
	return string(id)
}

func (s *pathSearch) path(b *beginning) Path {
	p := Path{Cost: b.cost}
	for i, to := range b.ids[1:] {
		hop := Hop{Tie: s.between(b.ids[i], to), Degree: s.have[to].degree()}
		if to != s.To {
			hop.Toll = s.price(to) - 1
		}
		p.Hops = append(p.Hops, hop)
	}
	return p
}

// beginning is the beginning of a path.
type beginning struct {
	ids         []ID
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
