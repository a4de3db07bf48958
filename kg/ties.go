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
	Links []ID
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

// web is the part of the graph that was looked at by now. Of records it knows the sort keys only, and entities go by
// their places in it.
type web struct {
	store  Store
	filter TieFilter
	places map[ID]int
	nodes  []node
	// ties are, of two entities, the lesser place first, the sort keys of what joins them.
	ties map[[2]int][]string
	// cut are the entities of which not all links were read, in the order in which they were met.
	cut []ID
	// left tells that entities were left out, because a step would have read too much.
	left bool
	size int // of ties
}

// node is an entity that was met.
type node struct {
	id ID
	// degree is how many links it has, whatever the filter says: in how many places of relationships and statements it
	// stands. -1 where that was not counted: then nothing passes through it.
	degree int
	seen   bool  // its links were read
	others []int // it is tied to
}

func newWeb(store Store, f TieFilter) (*web, error) {
	if err := f.AsOf.Check(); err != nil {
		return nil, err
	}
	if f.Types != nil && len(f.Types) == 0 {
		return nil, Errorf(BadUserInput, "types is empty: leave it out to have all")
	}
	return &web{store: store, filter: f, places: map[ID]int{}, ties: map[[2]int][]string{}}, nil
}

// place is that of an entity, which is given one if it has none.
func (w *web) place(id ID) int {
	at, ok := w.places[id]
	if !ok {
		at = len(w.nodes)
		w.places[id] = at
		w.nodes = append(w.nodes, node{id: id, degree: -1})
	}
	return at
}

// byID compares two places.
func (w *web) byID(a, b int) int {
	return strings.Compare(string(w.nodes[a].id), string(w.nodes[b].id))
}

// start makes sure that entities are there, counts their links and gives their places. names are those of the arguments
// that they were given by. It fails with BAD_USER_INPUT and NOT_FOUND.
func (w *web) start(ctx context.Context, names []string, ids []ID) ([]int, error) {
	var places []int
	for i, id := range ids {
		if err := checkIDs(names[i], EntityClass, id); err != nil {
			return nil, err
		}
		places = append(places, w.place(id))
	}
	return places, together(
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
		func() error { return w.count(ctx, places) },
	)
}

// count counts the links of entities.
func (w *web) count(ctx context.Context, places []int) error {
	if len(places) == 0 {
		return nil
	}
	keys := make([]Key, len(places))
	for i, at := range places {
		keys[i] = Key{EntityDegree, string(w.nodes[at].id)}
	}
	counts, err := w.store.Count(ctx, keys)
	if err != nil {
		return err
	}
	for i, at := range places {
		w.nodes[at].degree = counts[i]
	}
	return nil
}

// rows is how many rows are read of an entity at most: none where that was done.
func (w *web) rows(at int) int {
	if w.nodes[at].seen {
		return 0
	}
	most := MaxNeighbours
	if w.filter.statements() {
		most *= 2
	}
	return min(w.nodes[at].degree, most)
}

// affordable gives the first of places whose links can be read in one step.
func (w *web) affordable(places []int) []int {
	read, rows := 0, 0
	for i, at := range places {
		if w.nodes[at].seen {
			continue
		}
		read++
		if rows += w.rows(at); read > levelEntities || read > 1 && rows > levelRows {
			w.left = true
			return places[:i]
		}
	}
	return places
}

// look reads the links of entities, which are counted.
func (w *web) look(ctx context.Context, places []int) error {
	var looked []int
	for _, at := range places {
		w.nodes[at].seen = true
		if w.nodes[at].degree > 0 {
			looked = append(looked, at)
		}
	}
	var relationships, statements []Rows
	err := together(
		func() (err error) { relationships, err = w.list(ctx, looked, w.filter.relationshipsOf); return err },
		func() (err error) {
			if w.filter.statements() {
				statements, err = w.list(ctx, looked, w.filter.statementsWith)
			}
			return err
		},
	)
	if err != nil {
		return err
	}
	for _, lists := range [][]Rows{relationships, statements} {
		for i, rows := range lists {
			w.add(looked[i], rows)
		}
	}
	return nil
}

// meet counts the links of what entities are tied to: of what is tied to at least so many. Of too many it counts those
// with most ties; the others are left out.
func (w *web) meet(ctx context.Context, places []int, ties int) error {
	var met []int
	fresh := map[int]bool{}
	for _, at := range places {
		for _, other := range w.nodes[at].others {
			if !fresh[other] && w.nodes[other].degree < 0 && len(w.nodes[other].others) >= ties {
				fresh[other] = true
				met = append(met, other)
			}
		}
	}
	return w.count(ctx, w.most(met))
}

// most gives those entities that are tied with most others, as many as can be counted at once.
func (w *web) most(places []int) []int {
	if len(places) <= maxMet {
		return places
	}
	w.left = true
	slices.SortFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(w.nodes[b].others), len(w.nodes[a].others)), w.byID(a, b))
	})
	return places[:maxMet]
}

// list reads the ends in one list of each entity, as far as it is looked at and one row beyond.
func (w *web) list(ctx context.Context, places []int, of func(ID) (List, error)) ([]Rows, error) {
	if len(places) == 0 {
		return nil, nil
	}
	var q Query
	drives := make([]Drive, len(places))
	for i, at := range places {
		l, err := of(w.nodes[at].id)
		if err != nil {
			return nil, err
		}
		q, drives[i] = l.query, Drive{Keys: l.keys}
	}
	q.Limit, q.Ends = MaxNeighbours+1, true
	return w.store.List(ctx, q, drives)
}

func (f TieFilter) relationshipsOf(id ID) (List, error) {
	return RelationshipsOf(id, &RelationshipFilter{Types: f.Types}, AnyDirection, f.AsOf, nil)
}

// statementsWith are those in which an entity speaks, is spoken for, spoken about or spoken to.
func (f TieFilter) statementsWith(id ID) (List, error) {
	return statements(withRoles(id, statementRoles...), nil, f.AsOf, nil)
}

// withRoles is what drives a list of the statements or relationships in which an entity has any of some roles.
func withRoles(id ID, roles ...Facet) part {
	of := part{name: "of", given: true}
	for _, f := range roles {
		of.keys = append(of.keys, Key{f, string(id)})
	}
	return of
}

// add takes what was read of one list of an entity into the web.
func (w *web) add(at int, rows Rows) {
	ends := rows.Ends
	if len(ends) > MaxNeighbours || rows.Cut != "" {
		ends = ends[:min(len(ends), MaxNeighbours)]
		if id := w.nodes[at].id; !slices.Contains(w.cut, id) {
			w.cut = append(w.cut, id)
		}
	}
	for _, e := range ends {
		for _, other := range e.Others {
			if w.size == maxTies {
				w.left = true
				return
			}
			w.tie(at, w.place(other), e.Sort)
		}
	}
}

func (w *web) tie(a, b int, sort string) {
	ends := [2]int{min(a, b), max(a, b)}
	links := w.ties[ends]
	if a == b || slices.Contains(links, sort) {
		return
	}
	if links == nil {
		w.nodes[a].others = append(w.nodes[a].others, b)
		w.nodes[b].others = append(w.nodes[b].others, a)
	}
	w.size++
	w.ties[ends] = append(links, sort)
}

// links are the sort keys of what joins two entities.
func (w *web) links(a, b int) []string { return w.ties[[2]int{min(a, b), max(a, b)}] }

// between is the tie of two entities, as far as it was seen.
func (w *web) between(from, to int) Tie {
	sorts := slices.Clone(w.links(from, to))
	slices.SortFunc(sorts, func(a, b string) int {
		return cmp.Or(strings.Compare(string(IDOf(a).Class()), string(IDOf(b).Class())), strings.Compare(a, b))
	})
	t := Tie{From: w.nodes[from].id, To: w.nodes[to].id}
	for _, sort := range sorts {
		t.Links = append(t.Links, IDOf(sort))
	}
	return t
}

// Link reads one of the links of the tie, as a record.
func (t *Tie) Link(r Record) TieLink {
	switch r := r.(type) {
	case *Relationship:
		rule := r.Type.Rule()
		switch {
		case rule.Symmetric:
			return TieLink{r, AnyDirection, rule.Forwards}
		case r.From == t.From:
			return TieLink{r, Out, rule.Forwards}
		default:
			return TieLink{r, In, rule.Backwards}
		}
	case *Statement:
		if phrase := r.saidTo(t.From, t.To, &forwards); phrase != "" {
			return TieLink{r, Out, phrase}
		}
		return TieLink{r, In, r.saidTo(t.To, t.From, &backwards)}
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
func (w *web) toll(at int) int { return max(0, bits.Len(uint(max(0, w.nodes[at].degree)))-1) }
