package storetest

import (
	"cmp"
	"maps"
	"slices"

	"dramatis/kg"
)

// tied are the records that join two entities, under both: relationships by start, then statements by date.
type tied map[kg.ID]map[kg.ID][]kg.Record

func (o *Oracle) tied(f kg.TieFilter) tied {
	all := o.Relationships(&kg.RelationshipFilter{Types: f.Types}, f.AsOf, nil)
	if f.Statements == nil && f.Types == nil || f.Statements != nil && *f.Statements {
		all = append(all, o.Statements(nil, f.AsOf, nil)...)
	}
	t := tied{}
	for _, r := range all {
		for _, a := range thoseIn(r) {
			for _, b := range thoseIn(r) {
				if !joins(r, a, b) {
					continue
				}
				if t[a] == nil {
					t[a] = map[kg.ID][]kg.Record{}
				}
				t[a][b] = append(t[a][b], r)
			}
		}
	}
	return t
}

// thoseIn are the entities that a relationship or a statement could join.
func thoseIn(r kg.Record) []kg.ID {
	switch r := r.(type) {
	case *kg.Relationship:
		return distinct([]kg.ID{r.From, r.To})
	case *kg.Statement:
		return distinct(slices.Concat(r.Speakers, r.OnBehalfOf, r.About, r.Audience))
	}
	return nil
}

// joins tells whether a record joins two entities: a statement who speaks, or is spoken for, with whom it is about or
// addressed to.
func joins(r kg.Record, a, b kg.ID) bool {
	switch r := r.(type) {
	case *kg.Relationship:
		return a != b && (r.From == a && r.To == b || r.From == b && r.To == a)
	case *kg.Statement:
		return a != b && (speaksTo(r, a, b) || speaksTo(r, b, a))
	}
	return false
}

func speaksTo(s *kg.Statement, who, whom kg.ID) bool {
	return (slices.Contains(s.Speakers, who) || slices.Contains(s.OnBehalfOf, who)) && (slices.Contains(s.About, whom) || slices.Contains(s.Audience, whom))
}

// degree is in how many places of relationships and statements an entity stands; both ends of a relationship with
// itself are one.
func (o *Oracle) degree(id kg.ID) int {
	n := 0
	for _, r := range o.records {
		switch r := r.(type) {
		case *kg.Relationship:
			n += truth(r.From == id || r.To == id)
		case *kg.Statement:
			for _, place := range [][]kg.ID{r.Speakers, r.OnBehalfOf, r.About, r.Audience} {
				n += truth(slices.Contains(place, id))
			}
		}
	}
	return n
}

// between is what joins two entities, seen from the first.
func (t tied) between(from, to kg.ID) kg.Tie {
	tie := kg.Tie{From: from, To: to}
	for _, r := range t[from][to] {
		tie.Links = append(tie.Links, r.GetID())
	}
	return tie
}

func readFrom(r kg.Record, from, to kg.ID) kg.TieLink {
	l := kg.TieLink{Record: r, Direction: kg.In}
	switch r := r.(type) {
	case *kg.Relationship:
		rule := r.Type.Rule()
		l.Phrase = rule.Backwards
		if rule.Symmetric {
			l.Direction, l.Phrase = kg.AnyDirection, rule.Forwards
		} else if r.From == from {
			l.Direction, l.Phrase = kg.Out, rule.Forwards
		}
	case *kg.Statement:
		if speaksTo(r, from, to) {
			l.Direction = kg.Out
			l.Phrase = choice(slices.Contains(r.Speakers, from), "spoke ", "spoke through others ") + choice(slices.Contains(r.About, to), "about", "to")
		} else {
			l.Phrase = "was spoken " + choice(slices.Contains(r.About, from), "about ", "to ") + choice(slices.Contains(r.Speakers, to), "by", "on behalf of")
		}
	}
	return l
}

func choice(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// Paths answers kg.Paths by trying all ways.
func (o *Oracle) Paths(q kg.PathQuery) []kg.Path {
	t, degrees := o.tied(q.Ties), map[kg.ID]int{}
	for id := range t {
		degrees[id] = o.degree(id)
	}
	var found []kg.Path
	t.ways([]kg.ID{q.From}, q.To, q.MaxLength, func(way []kg.ID) {
		if t.detour(way) {
			return
		}
		p := kg.Path{Cost: len(way) - 1}
		for i, to := range way[1:] {
			hop := kg.Hop{Tie: t.between(way[i], to), Degree: degrees[to]}
			if to != q.To && q.AvoidHubs {
				for n := hop.Degree; n > 1; n /= 2 {
					hop.Toll++
				}
			}
			p.Cost += hop.Toll
			p.Hops = append(p.Hops, hop)
		}
		found = append(found, p)
	})
	slices.SortFunc(found, func(a, b kg.Path) int {
		return cmp.Or(cmp.Compare(a.Cost, b.Cost), slices.CompareFunc(a.Hops, b.Hops, func(a, b kg.Hop) int {
			return cmp.Or(cmp.Compare(leastID(a), leastID(b)), cmp.Compare(a.To, b.To))
		}))
	})
	return found[:min(len(found), q.Limit)]
}

func leastID(h kg.Hop) kg.ID {
	return slices.Min(h.Links)
}

// ways gives all ways that go on from one and come to an end, through nothing twice.
func (t tied) ways(way []kg.ID, end kg.ID, most int, give func([]kg.ID)) {
	at := way[len(way)-1]
	if at == end {
		give(way)
		return
	}
	if len(way) > most {
		return
	}
	for next := range t[at] {
		if !slices.Contains(way, next) {
			t.ways(append(way, next), end, most, give)
		}
	}
}

// detour tells whether a hop of a way is made by statements only, all of which join one of its ends with something
// farther on the way behind its other end.
func (t tied) detour(way []kg.ID) bool {
	for i, from := range way[:len(way)-1] {
		to := way[i+1]
		said := func(a, b kg.ID) bool {
			return !slices.ContainsFunc(t[from][to], func(r kg.Record) bool {
				_, statement := r.(*kg.Statement)
				return !statement || !joins(r, a, b)
			})
		}
		before := slices.ContainsFunc(way[:i], func(far kg.ID) bool { return said(far, to) })
		if before || slices.ContainsFunc(way[i+2:], func(far kg.ID) bool { return said(from, far) }) {
			return true
		}
	}
	return false
}

// Network answers kg.NetworkOf.
func (o *Oracle) Network(q kg.NetworkQuery) *kg.Network {
	t, n, distance := o.tied(q.Ties), &kg.Network{}, map[kg.ID]int{}
	take := func(ids []kg.ID, away int) {
		for _, id := range ids {
			distance[id] = away
			n.Nodes = append(n.Nodes, kg.NetworkNode{ID: id, Distance: away, Degree: o.degree(id)})
		}
	}
	take(distinct(q.IDs), 0)
	met := map[kg.ID]bool{}
	for away := 1; away <= q.Depth; away++ {
		links := map[kg.ID]int{} // to what is nearer
		for near := range distance {
			for other, records := range t[near] {
				if _, taken := distance[other]; !taken {
					links[other] += len(records)
					met[other] = true
				}
			}
		}
		next := slices.SortedFunc(maps.Keys(links), func(a, b kg.ID) int {
			return cmp.Or(links[b]-links[a], o.degree(b)-o.degree(a), cmp.Compare(a, b))
		})
		take(next[:min(len(next), q.Limit-len(n.Nodes))], away)
	}
	for id := range met {
		if _, taken := distance[id]; !taken {
			n.More++
		}
	}
	for i, a := range n.Nodes {
		for _, b := range n.Nodes[i+1:] {
			if tie := t.between(a.ID, b.ID); len(tie.Links) > 0 {
				n.Ties = append(n.Ties, tie)
			}
		}
	}
	slices.SortStableFunc(n.Ties, func(a, b kg.Tie) int { return len(b.Links) - len(a.Links) })
	return n
}

// CommonNeighbours answers kg.CommonNeighbours.
func (o *Oracle) CommonNeighbours(q kg.CommonQuery) *kg.Common {
	t := o.tied(q.Ties)
	var all []kg.CommonNeighbour
	for _, other := range slices.Sorted(maps.Keys(t)) {
		n := kg.CommonNeighbour{ID: other, Degree: o.degree(other)}
		for _, id := range distinct(q.IDs) {
			if tie := t.between(id, other); len(tie.Links) > 0 {
				n.Ties = append(n.Ties, tie)
			}
		}
		if len(n.Ties) == len(distinct(q.IDs)) {
			all = append(all, n)
		}
	}
	slices.SortStableFunc(all, func(a, b kg.CommonNeighbour) int { return a.Degree - b.Degree })
	return &kg.Common{Neighbours: all[:min(len(all), q.Limit)], Total: len(all)}
}
