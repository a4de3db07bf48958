package storetest

import (
	"fmt"
	"slices"
	"strings"

	"dramatis/kg"
)

// ways asks for paths as the schema does by default.
func ways(from, to string) kg.PathQuery {
	return kg.PathQuery{From: entID(from), To: entID(to), MaxLength: 4, Limit: 3, AvoidHubs: true}
}

func around(limit, depth int, keys ...string) kg.NetworkQuery {
	return kg.NetworkQuery{IDs: entIDs(keys...), Limit: limit, Depth: depth}
}

func inCommon(keys ...string) kg.CommonQuery { return kg.CommonQuery{IDs: entIDs(keys...), Limit: 20} }

// numbered gives a relationship or a statement an id that comes in the order of its number.
func numbered(n byte, r kg.Record) kg.Record {
	id := kg.NewID(r.GetID().Class(), [16]byte{15: n})
	switch r := r.(type) {
	case *kg.Relationship:
		r.ID = id
	case *kg.Statement:
		r.ID = id
	}
	return r
}

// crowd gives an entity so many more relationships of a type, with others of its own.
func crowd(of string, t kg.RelationshipType, n int) []kg.Record {
	var records []kg.Record
	for i := range n {
		key := fmt.Sprint(of, " ", i)
		records = append(records, person(key, "Other"), link("crowd "+key, t, key, of, "1990"))
	}
	return records
}

// nameOf is the key of the record of an id.
func (b *bench) nameOf(id kg.ID) string { return label(b.get(id)) }

func (b *bench) namesOf(ids []kg.ID) []string {
	names := []string{}
	for _, id := range ids {
		names = append(names, b.nameOf(id))
	}
	return names
}

// linksOf is "a [what joins them] b".
func (b *bench) linksOf(t kg.Tie) string {
	var records []kg.Record
	for _, id := range t.Links {
		records = append(records, b.get(id))
	}
	return fmt.Sprint(b.nameOf(t.From), " ", labels(records), " ", b.nameOf(t.To))
}

// paths are lines like "2: a [what joins them] b [what joins them] c", which begin with the cost.
func (b *bench) paths(q kg.PathQuery) ([]string, *kg.PathResult) {
	b.Helper()
	got, err := kg.Paths(b.ctx, b.store, q)
	if err != nil {
		b.Fatalf("Paths: %v", err)
	}
	lines := []string{}
	for _, p := range got.Paths {
		line := fmt.Sprint(p.Cost, ": ", b.nameOf(p.Hops[0].From))
		for _, h := range p.Hops {
			line += strings.TrimPrefix(b.linksOf(h.Tie), b.nameOf(h.From))
		}
		lines = append(lines, line)
	}
	return lines, got
}

// expectPaths asks for paths where all can be looked at.
func (b *bench) expectPaths(q kg.PathQuery, want ...string) {
	b.Helper()
	got, result := b.paths(q)
	if !slices.Equal(got, want) || len(result.Cut) > 0 || result.Incomplete {
		b.Errorf("paths from %s to %s: cut %v, incomplete %t, got\n%s\nwant\n%s", b.nameOf(q.From), b.nameOf(q.To), result.Cut, result.Incomplete,
			strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// expectCut asks for paths where not all can be looked at of one entity, "" for none.
func (b *bench) expectCut(q kg.PathQuery, cut string, want ...string) {
	b.Helper()
	got, result := b.paths(q)
	if !slices.Equal(got, want) || strings.Join(b.namesOf(result.Cut), " ") != cut || result.Incomplete {
		b.Errorf("paths from %s to %s: cut %v, incomplete %t, got\n%s\nwant\n%s", b.nameOf(q.From), b.nameOf(q.To), b.namesOf(result.Cut), result.Incomplete,
			strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// expectNetwork asks what is around: "a 0" for a node and its distance, then "a [what joins them] b", then how many more.
func (b *bench) expectNetwork(q kg.NetworkQuery, want ...string) {
	b.Helper()
	n, err := kg.NetworkOf(b.ctx, b.store, q)
	if err != nil {
		b.Fatalf("NetworkOf: %v", err)
	}
	var got []string
	for _, node := range n.Nodes {
		got = append(got, fmt.Sprint(b.nameOf(node.ID), " ", node.Distance))
	}
	for _, t := range n.Ties {
		got = append(got, b.linksOf(t))
	}
	got = append(got, fmt.Sprint(n.More, " more"))
	if !slices.Equal(got, want) || len(n.Cut) > 0 || n.Incomplete {
		b.Errorf("network of %v: cut %v, incomplete %t, got\n%s\nwant\n%s", b.namesOf(q.IDs), n.Cut, n.Incomplete, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// expectCommon asks what entities have in common: "c: a [what joins them] c, b [what joins them] c" and "of 1".
func (b *bench) expectCommon(q kg.CommonQuery, cut []string, want ...string) {
	b.Helper()
	c, err := kg.CommonNeighbours(b.ctx, b.store, q)
	if err != nil {
		b.Fatalf("CommonNeighbours: %v", err)
	}
	var got []string
	for _, n := range c.Neighbours {
		var ties []string
		for _, t := range n.Ties {
			ties = append(ties, b.linksOf(t))
		}
		got = append(got, b.nameOf(n.ID)+": "+strings.Join(ties, ", "))
	}
	got = append(got, fmt.Sprint("of ", c.Total))
	if !slices.Equal(got, want) || !slices.Equal(b.namesOf(c.Cut), cut) {
		b.Errorf("%v have in common: cut %v, got\n%s\nwant\n%s", b.namesOf(q.IDs), b.namesOf(c.Cut), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// described are the links of a tie with the way they are read.
func (b *bench) described(t kg.Tie) []string {
	lines := []string{}
	for _, id := range t.Links {
		l := t.Link(b.get(id))
		lines = append(lines, strings.TrimSpace(fmt.Sprint(label(l.Record), " ", l.Direction, " ", l.Phrase, " ", l.StartDate(), " ", l.EndDate())))
	}
	return lines
}

// expectLinks asks what joins two entities.
func (b *bench) expectLinks(from, to string, want ...string) {
	b.Helper()
	q := ways(from, to)
	q.MaxLength = 1
	_, result := b.paths(q)
	got := []string{}
	if len(result.Paths) > 0 {
		got = b.described(result.Paths[0].Hops[0].Tie)
	}
	if !slices.Equal(got, want) {
		b.Errorf("%s and %s: got %q, want %q", from, to, got, want)
	}
}

// inIDOrder puts two lines in the order of the ids of two entities.
func inIDOrder(a, b, lineA, lineB string) []string {
	if entID(b) < entID(a) {
		return []string{lineB, lineA}
	}
	return []string{lineA, lineB}
}

// tieFilter makes a random filter of links.
func (w *world) tieFilter() kg.TieFilter {
	f := kg.TieFilter{Types: w.relationshipFilter().Types, AsOf: w.asOf()}
	if w.chance(40) {
		f.Statements = ptr(w.chance(60))
	}
	return f
}

// askTies asks how entities are connected, what is around them and what they have in common.
func (d *differential) askTies() {
	w, f := d.world, d.world.tieFilter()
	read, wanted := reading(w.read), reading(w.wanted)
	most := 4 // where statements join much with much, there are too many ways for the oracle
	if f.Statements == nil && f.Types != nil || f.Statements != nil && !*f.Statements {
		most = kg.MaxPathLength
	}
	paths := kg.PathQuery{From: w.hubOr(), To: w.hubOr(), MaxLength: 1 + w.rng.IntN(most), Limit: 1 + w.rng.IntN(kg.MaxPaths), Ties: f, AvoidHubs: w.chance(60)}
	compareTies(d, "Paths", paths, d.refusal(paths.From, paths.To), func(s kg.Store) (string, error) {
		got, err := kg.Paths(d.ctx, s, paths)
		if err != nil {
			return "", err
		}
		return fmt.Sprint(read.paths(got.Paths), got.Cut, got.Incomplete), nil
	}, func() string { return fmt.Sprint(wanted.paths(w.oracle.Paths(paths)), []kg.ID(nil), false) })

	network := kg.NetworkQuery{IDs: append(some(w, 2, w.stock[kg.EntityClass]), w.hubOr()), Depth: 1 + w.rng.IntN(kg.MaxNetworkDepth), Ties: f}
	network.Limit = len(network.IDs) + w.rng.IntN(30)
	compareTies(d, "NetworkOf", network, d.absence(network.IDs), func(s kg.Store) (string, error) {
		got, err := kg.NetworkOf(d.ctx, s, network)
		if err != nil {
			return "", err
		}
		bare := network
		bare.Bare = true
		nodes, err := kg.NetworkOf(d.ctx, s, bare)
		if err == nil && (nodes.More != got.More || !slices.Equal(nodes.Nodes, got.Nodes)) {
			err = fmt.Errorf("bare it has other nodes: %v, %d more", nodes.Nodes, nodes.More)
		}
		return read.network(got), err
	}, func() string { return wanted.network(w.oracle.Network(network)) })

	common := kg.CommonQuery{IDs: append(some(w, 2, w.stock[kg.EntityClass]), w.hubOr(), w.hubOr()), Limit: 1 + w.rng.IntN(12), Ties: f}
	compareTies(d, "CommonNeighbours", common, d.refusal(common.IDs...), func(s kg.Store) (string, error) {
		got, err := kg.CommonNeighbours(d.ctx, s, common)
		if err != nil {
			return "", err
		}
		return read.common(got), nil
	}, func() string { return wanted.common(w.oracle.CommonNeighbours(common)) })
}

// askEnds asks for lists of what ties entities by their ends.
func (d *differential) askEnds() {
	ids := []kg.ID{d.world.hubOr(), d.world.hubOr()}
	for _, name := range d.names {
		(&bench{T: d.T, store: d.stores[name], ctx: d.ctx}).expectEnds(ids...)
	}
}

// absence is the code of an error about entities that are not all there.
func (d *differential) absence(ids []kg.ID) kg.Code {
	if slices.ContainsFunc(ids, func(id kg.ID) bool { return d.world.oracle.records[id] == nil }) {
		return kg.NotFound
	}
	return ""
}

// refusal is absence where at least two are needed.
func (d *differential) refusal(ids ...kg.ID) kg.Code {
	if len(distinct(ids)) < 2 {
		return kg.BadUserInput
	}
	return d.absence(ids)
}

// compareTies asks all stores the same question.
func compareTies[Q any](d *differential, name string, q Q, code kg.Code, ask func(kg.Store) (string, error), answer func() string) {
	want := ""
	if code == "" {
		want = answer()
	}
	for _, store := range d.names {
		got, err := ask(d.stores[store])
		if kg.CodeOf(err) != code || got != want {
			d.Errorf("%s: %s(%s):\ngot %v, %s\nwant %s, %s", store, name, show(q), err, got, code, want)
		}
	}
}

// reading is how a link of a tie is read, by kg or by the oracle.
type reading func(t kg.Tie, id kg.ID) kg.TieLink

func (w *world) read(t kg.Tie, id kg.ID) kg.TieLink { return t.Link(w.oracle.records[id]) }

func (w *world) wanted(t kg.Tie, id kg.ID) kg.TieLink {
	return readFrom(w.oracle.records[id], t.From, t.To)
}

func (read reading) line(t kg.Tie) string {
	line := fmt.Sprint("\n  ", t.From, " ", t.To)
	for _, id := range t.Links {
		l := read(t, id)
		line += fmt.Sprint("\n    ", id, " ", l.Direction, " ", l.Phrase)
	}
	return line
}

func (read reading) paths(paths []kg.Path) string {
	text := ""
	for _, p := range paths {
		text += fmt.Sprint("\ncost ", p.Cost, ", length ", p.Length())
		for _, h := range p.Hops {
			text += fmt.Sprint(read.line(h.Tie), "\n    degree ", h.Degree, ", toll ", h.Toll)
		}
	}
	return text
}

func (read reading) network(n *kg.Network) string {
	text := fmt.Sprint(n.More, " more, cut ", n.Cut, ", incomplete ", n.Incomplete)
	for _, node := range n.Nodes {
		text += fmt.Sprint("\n  ", node)
	}
	for _, t := range n.Ties {
		text += read.line(t)
	}
	return text
}

func (read reading) common(c *kg.Common) string {
	text := fmt.Sprint(c.Total, ", cut ", c.Cut)
	for _, n := range c.Neighbours {
		text += fmt.Sprint("\n", n.ID, " ", n.Degree)
		for _, t := range n.Ties {
			text += read.line(t)
		}
	}
	return text
}
