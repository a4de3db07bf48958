package kg

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strings"
)

// Limits of what is read around an entity.
const (
	// MaxNeighbours is how many relationships, and how many statements, of one entity are looked at: of one that has
	// more, those at the beginning of its lists.
	MaxNeighbours = 500
	// levelEntities and levelRows are how many entities are looked at in one step, and how many rows are read of them.
	levelEntities = 500
	levelRows     = 20_000
	// maxTies is how many links between two entities are remembered: one statement can make 20,000.
	maxTies = 50_000
	// maxMet is how many entities' links are counted in one step.
	maxMet = 2_000
)

// Tie is two entities and what joins them, seen from From: relationships between them, and statements in which one of
// them speaks, or is spoken for, about the other or to it.
type Tie struct {
	From, To ID
	// Links: relationships by start, then statements by date. Of an entity that was cut, not all may be there.
	Links []TieLink
}

// TieLink is a relationship or a statement that joins two entities, seen from one of them.
type TieLink struct {
	Record Record
	// Direction is OUT if it leads from the entity that it is seen from: that is From of the relationship, or speaks in
	// the statement. ANY is said of symmetric relationships.
	Direction Direction
	// Phrase is how it reads: "is a member of", "has as member".
	Phrase string
}

// LinkCount is how many links there are.
func (t *Tie) LinkCount() int { return len(t.Links) }

// StartDate is when a relationship began or a statement was made.
func (l *TieLink) StartDate() PartialDate {
	switch r := l.Record.(type) {
	case *Relationship:
		return r.StartDate
	case *Statement:
		return r.Date
	}
	return ""
}

// Role is that of a relationship.
func (l *TieLink) Role() string {
	if r, ok := l.Record.(*Relationship); ok {
		return r.Role
	}
	return ""
}

// EndDate is when a relationship ended.
func (l *TieLink) EndDate() PartialDate {
	if r, ok := l.Record.(*Relationship); ok {
		return r.EndDate
	}
	return ""
}

// TieFilter says which links join two entities.
type TieFilter struct {
	// Types: only relationships of any of these; all if nil.
	Types []RelationshipType
	// Statements join too. If it is nil, they do unless Types are given.
	Statements *bool
	AsOf       AsOf
}

func (f TieFilter) statements() bool {
	if f.Statements != nil {
		return *f.Statements
	}
	return f.Types == nil
}

// web is the part of the graph that was looked at by now.
type web struct {
	store  Store
	filter TieFilter
	// ties are the links between two entities, under both of them.
	ties map[ID]map[ID][]Record
	have map[ID]linkCount
	seen map[ID]bool // whose links were read
	// cut are the entities of which not all links were read, in the order in which they were met.
	cut []ID
	// left tells that entities were left out, because a step would have read too much.
	left bool
	size int // of ties, each counted once
}

// linkCount is how many links an entity has, whatever the filter says: in how many places of relationships and
// statements it stands.
type linkCount struct{ relationships, statements int }

func (n linkCount) degree() int { return n.relationships + n.statements }

// rows is how many of them are read at most.
func (n linkCount) rows() int {
	return min(n.relationships, MaxNeighbours) + min(n.statements, MaxNeighbours)
}

func newWeb(store Store, f TieFilter) (*web, error) {
	if err := f.AsOf.Check(); err != nil {
		return nil, err
	}
	if f.Types != nil && len(f.Types) == 0 {
		return nil, Errorf(BadUserInput, "types is empty: leave it out to have all")
	}
	return &web{store: store, filter: f, ties: map[ID]map[ID][]Record{}, have: map[ID]linkCount{}, seen: map[ID]bool{}}, nil
}

// start makes sure that entities are there, and counts their links. names are those of the arguments that they were
// given by. It fails with BAD_USER_INPUT and NOT_FOUND.
func (w *web) start(ctx context.Context, names []string, ids []ID) error {
	for i, id := range ids {
		if err := checkIDs(names[i], EntityClass, id); err != nil {
			return err
		}
	}
	return together(
		func() error {
			records, err := w.store.Get(ctx, ids)
			if err != nil {
				return err
			}
			for i, r := range records {
				if r == nil {
					return Errorf(NotFound, "%s: there is no %s", names[i], ids[i])
				}
			}
			return nil
		},
		func() error { return w.count(ctx, ids) },
	)
}

// statementRoles are the facets by which an entity stands in a statement.
var statementRoles = []Facet{StatementSpeaker, StatementOnBehalfOf, StatementAbout, StatementAudience}

// count counts the links of entities.
func (w *web) count(ctx context.Context, ids []ID) error {
	roles := append([]Facet{RelationshipFrom, RelationshipTo, RelationshipLoop}, statementRoles...)
	var keys []Key
	for _, id := range ids {
		for _, f := range roles {
			keys = append(keys, Key{f, string(id)})
		}
	}
	if len(keys) == 0 {
		return nil
	}
	counts, err := w.store.Count(ctx, keys)
	if err != nil {
		return err
	}
	for i, id := range ids {
		n := counts[i*len(roles):]
		w.have[id] = linkCount{n[0] + n[1] - n[2], n[3] + n[4] + n[5] + n[6]}
	}
	return nil
}

// affordable gives the first of ids whose links can be read in one step.
func (w *web) affordable(ids []ID) []ID {
	rows := 0
	for i, id := range ids {
		if rows += w.have[id].rows(); i == levelEntities || i > 0 && rows > levelRows {
			w.left = true
			return ids[:i]
		}
	}
	return ids
}

// look reads the links of entities, which are counted.
func (w *web) look(ctx context.Context, ids []ID) error {
	var joined, spoken []ID
	for _, id := range ids {
		w.seen[id] = true
		if w.have[id].relationships > 0 {
			joined = append(joined, id)
		}
		if w.have[id].statements > 0 && w.filter.statements() {
			spoken = append(spoken, id)
		}
	}
	var relationships, statements []Rows
	err := together(
		func() (err error) { relationships, err = w.list(ctx, joined, w.filter.relationshipsOf); return err },
		func() (err error) { statements, err = w.list(ctx, spoken, w.filter.statementsWith); return err },
	)
	if err != nil {
		return err
	}
	for i, id := range joined {
		w.add(id, relationships[i])
	}
	for i, id := range spoken {
		w.add(id, statements[i])
	}
	return nil
}

// meet counts the links of what entities are tied to: of what is tied to at least so many. Of too many it counts those
// with most ties; the others are left out.
func (w *web) meet(ctx context.Context, ids []ID, ties int) error {
	var met []ID
	fresh := map[ID]bool{}
	for _, id := range ids {
		for other := range w.ties[id] {
			if !fresh[other] && !w.counted(other) && len(w.ties[other]) >= ties {
				fresh[other] = true
				met = append(met, other)
			}
		}
	}
	return w.count(ctx, w.most(met))
}

// counted tells whether the links of an entity were counted. If not, nothing passes through it.
func (w *web) counted(id ID) bool { _, known := w.have[id]; return known }

// most gives those entities that are tied with most others, as many as can be counted at once.
func (w *web) most(ids []ID) []ID {
	if len(ids) <= maxMet {
		return ids
	}
	w.left = true
	slices.SortFunc(ids, func(a, b ID) int {
		return cmp.Or(cmp.Compare(len(w.ties[b]), len(w.ties[a])), strings.Compare(string(a), string(b)))
	})
	return ids[:maxMet]
}

// list reads one list of each entity, as far as it is looked at and one row beyond.
func (w *web) list(ctx context.Context, ids []ID, of func(ID) (List, error)) ([]Rows, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var q Query
	drives := make([]Drive, len(ids))
	for i, id := range ids {
		l, err := of(id)
		if err != nil {
			return nil, err
		}
		q, drives[i] = l.query, Drive{Keys: l.keys}
	}
	q.Limit = MaxNeighbours + 1
	return w.store.List(ctx, q, drives)
}

func (f TieFilter) relationshipsOf(id ID) (List, error) {
	return RelationshipsOf(id, &RelationshipFilter{Types: f.Types}, AnyDirection, f.AsOf, nil)
}

// statementsWith are those in which an entity speaks, is spoken for, spoken about or spoken to.
func (f TieFilter) statementsWith(id ID) (List, error) {
	return statements(withRoles(id, statementRoles...), nil, f.AsOf, nil)
}

// withRoles is what drives a list of the statements in which an entity has any of some roles.
func withRoles(id ID, roles ...Facet) part {
	of := part{name: "of", given: true}
	for _, f := range roles {
		of.keys = append(of.keys, Key{f, string(id)})
	}
	return of
}

// add takes what was read of one list of an entity into the web.
func (w *web) add(id ID, rows Rows) {
	records := rows.Records
	if len(records) > MaxNeighbours || rows.Cut != "" {
		records = records[:min(len(records), MaxNeighbours)]
		if !slices.Contains(w.cut, id) {
			w.cut = append(w.cut, id)
		}
	}
	for _, r := range records {
		for _, other := range tiedBy(r, id) {
			if w.size == maxTies {
				w.left = true
				return
			}
			w.tie(id, other, r)
		}
	}
}

func (w *web) tie(a, b ID, r Record) {
	same := func(have Record) bool { return have.GetID() == r.GetID() }
	if a == b || slices.ContainsFunc(w.ties[a][b], same) {
		return
	}
	w.size++
	for _, ends := range [][2]ID{{a, b}, {b, a}} {
		if w.ties[ends[0]] == nil {
			w.ties[ends[0]] = map[ID][]Record{}
		}
		w.ties[ends[0]][ends[1]] = append(w.ties[ends[0]][ends[1]], r)
	}
}

// tiedBy are the entities that a record ties to one of those in it.
func tiedBy(r Record, id ID) []ID {
	switch r := r.(type) {
	case *Relationship:
		return []ID{r.Other(id)}
	case *Statement:
		var others []ID
		if slices.Contains(r.Speakers, id) || slices.Contains(r.OnBehalfOf, id) {
			others = append(others, slices.Concat(r.About, r.Audience)...)
		}
		if slices.Contains(r.About, id) || slices.Contains(r.Audience, id) {
			others = append(others, slices.Concat(r.Speakers, r.OnBehalfOf)...)
		}
		return unique(others)
	}
	return nil
}

// between is the tie of two entities, as far as it was seen.
func (w *web) between(from, to ID) Tie {
	records := slices.Clone(w.ties[from][to])
	slices.SortFunc(records, func(a, b Record) int {
		return cmp.Or(strings.Compare(string(a.GetID().Class()), string(b.GetID().Class())),
			strings.Compare(SortKey(a, ByDefault), SortKey(b, ByDefault)))
	})
	t := Tie{From: from, To: to}
	for _, r := range records {
		t.Links = append(t.Links, linkFrom(r, from, to))
	}
	return t
}

func linkFrom(r Record, from, to ID) TieLink {
	switch r := r.(type) {
	case *Relationship:
		rule := r.Type.Rule()
		switch {
		case rule.Symmetric:
			return TieLink{r, AnyDirection, rule.Forwards}
		case r.From == from:
			return TieLink{r, Out, rule.Forwards}
		default:
			return TieLink{r, In, rule.Backwards}
		}
	case *Statement:
		if phrase := r.saidTo(from, to, &forwards); phrase != "" {
			return TieLink{r, Out, phrase}
		}
		return TieLink{r, In, r.saidTo(to, from, &backwards)}
	}
	return TieLink{Record: r}
}

// How a statement joins who speaks, or is spoken for, with whom it is about, or is addressed to.
var (
	forwards  = [4]string{"spoke about", "spoke to", "spoke through others about", "spoke through others to"}
	backwards = [4]string{"was spoken about by", "was spoken to by", "was spoken about on behalf of", "was spoken to on behalf of"}
)

// saidTo reads a statement as joining a speaker or a side with a subject or an audience; "" if it does not.
func (s *Statement) saidTo(who, whom ID, phrases *[4]string) string {
	i := 0
	switch {
	case slices.Contains(s.Speakers, who):
	case slices.Contains(s.OnBehalfOf, who):
		i = 2
	default:
		return ""
	}
	switch {
	case slices.Contains(s.About, whom):
		return phrases[i]
	case slices.Contains(s.Audience, whom):
		return phrases[i+1]
	}
	return ""
}

// toll is what it costs to pass through an entity: the more it is joined with, the less it says that two things are
// joined with it. ⌊log2(degree)⌋: 0 for 1, 3 for 8, 16 for 100,000.
func (w *web) toll(id ID) int { return max(0, bits.Len(uint(w.have[id].degree()))-1) }
