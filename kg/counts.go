package kg

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// MaxCounts is how many values are counted at most in one answer.
const MaxCounts = 100

// readWhole reads a list as far as may be; cut tells that there may be more.
func readWhole(ctx context.Context, store Store, l List) (records []Record, cut bool, err error) {
	q, d := l.Whole()
	rows, err := store.List(ctx, q, []Drive{d})
	if err != nil {
		return nil, false, err
	}
	return rows[0].Records, rows[0].Cut != "" || len(rows[0].Records) == ReadLimit, nil
}

// tallied puts counts in order: most first, then in the order of the values.
func tallied[V cmp.Ordered](counts map[V]int) []FacetCount[V] {
	list := []FacetCount[V]{}
	for _, v := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, FacetCount[V]{v, counts[v]})
	}
	slices.SortStableFunc(list, func(a, b FacetCount[V]) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

// exactCount is the length of a list whose length need not be counted by reading it.
func exactCount(ctx context.Context, store Store, l List) (int, error) {
	counts, err := store.Count(ctx, l.Exact())
	if err != nil {
		return 0, err
	}
	return l.Sum(counts), nil
}

// top gives the values of facets that most records have.
func top(ctx context.Context, store Store, facets ...Facet) ([]FacetCount[ID], error) {
	found, err := store.Top(ctx, facets, MaxCounts)
	if err != nil {
		return nil, err
	}
	list := []FacetCount[ID]{}
	for _, t := range found {
		list = append(list, FacetCount[ID]{ID(t.Value), t.Count})
	}
	return list, nil
}

// EntityCounts counts the entities that a filter chooses.
type EntityCounts struct {
	Count int
	// Types, and the Kinds of organizations: most first.
	Types []FacetCount[EntityType]
	Kinds []FacetCount[OrganizationKind]
	// Cut: there are more than ReadLimit, of which the first were counted. Without a filter Count and Types are exact all
	// the same, and the Kinds of which there are fewer.
	Cut bool
	// ids of those counted; nil if there is no filter
	ids []ID
}

// CountEntities counts the entities that a filter chooses.
func CountEntities(ctx context.Context, store Store, f *EntityFilter) (*EntityCounts, error) {
	l, err := Entities(f, nil)
	if err != nil {
		return nil, err
	}
	if len(l.query.Where) == 0 && l.keys[0].Facet == All {
		return countAllEntities(ctx, store)
	}
	records, cut, err := readWhole(ctx, store, l)
	if err != nil {
		return nil, err
	}
	c := &EntityCounts{Count: len(records), Cut: cut, ids: []ID{}}
	types, kinds := map[EntityType]int{}, map[OrganizationKind]int{}
	for _, r := range records {
		types[r.(Entity).Type()]++
		if o, ok := r.(*Organization); ok {
			kinds[o.Kind]++
		}
		c.ids = append(c.ids, r.GetID())
	}
	c.Types, c.Kinds = tallied(types), tallied(kinds)
	return c, nil
}

func countAllEntities(ctx context.Context, store Store) (*EntityCounts, error) {
	c := &EntityCounts{}
	types, kinds := map[EntityType]int{}, map[OrganizationKind]int{}
	err := together(
		func() error {
			keys := make([]Key, len(EntityTypes))
			for i, t := range EntityTypes {
				keys[i] = Key{EntityTypeFacet, string(t)}
			}
			counts, err := store.Count(ctx, keys)
			for i, n := range counts {
				if c.Count += n; n > 0 {
					types[EntityTypes[i]] = n
				}
			}
			return err
		},
		func() error {
			drives := make([]Drive, len(organizationKinds))
			for i, k := range organizationKinds {
				drives[i] = Drive{Keys: []Key{{EntityKind, string(k)}}}
			}
			rows, err := store.List(ctx, Query{CountOnly: true, Limit: ReadLimit}, drives)
			for i, r := range rows {
				if c.Cut = c.Cut || r.Cut != ""; r.Count > 0 {
					kinds[organizationKinds[i]] = r.Count
				}
			}
			return err
		},
	)
	c.Types, c.Kinds = tallied(types), tallied(kinds)
	return c, err
}

// Connected is an entity and how much it is connected with.
type Connected struct {
	ID ID
	// Degree is at how many ends of relationships it stands: a self-loop has two.
	Degree int
	Types  []RelationshipCount
}

// MostConnected are those of the entities counted that stand at most ends of relationships, then by id; first is from 1
// to MaxCounts.
func (c *EntityCounts) MostConnected(ctx context.Context, store Store, first int) ([]Connected, error) {
	if first < 1 || first > MaxCounts {
		return nil, Errorf(BadUserInput, "first must be from 1 to %d, not %d", MaxCounts, first)
	}
	most, err := c.degrees(ctx, store)
	if err != nil {
		return nil, err
	}
	most = most[:min(len(most), first)]
	var keys []Key
	for _, m := range most {
		keys = append(keys, CountKeys(m.Value)...)
	}
	counts, err := store.Count(ctx, keys)
	if err != nil {
		return nil, err
	}
	list := make([]Connected, len(most))
	for i, m := range most {
		n := len(keys) / len(most)
		list[i] = Connected{m.Value, m.Count, RelationshipCounts(counts[i*n : (i+1)*n])}
	}
	return list, nil
}

// degrees are those that are not 0, most first.
func (c *EntityCounts) degrees(ctx context.Context, store Store) ([]FacetCount[ID], error) {
	if c.ids == nil {
		return top(ctx, store, RelationshipFrom, RelationshipTo)
	}
	var keys []Key
	for _, id := range c.ids {
		keys = append(keys, Key{RelationshipFrom, string(id)}, Key{RelationshipTo, string(id)})
	}
	counts, err := store.Count(ctx, keys)
	if err != nil {
		return nil, err
	}
	degrees := map[ID]int{}
	for i, id := range c.ids {
		if n := counts[2*i] + counts[2*i+1]; n > 0 {
			degrees[id] = n
		}
	}
	return tallied(degrees), nil
}

// StatementCounts counts the statements that a filter chooses.
type StatementCounts struct {
	Count int
	// Speakers, those OnBehalfOf whom they spoke, and Subjects: most first, at most MaxCounts.
	Speakers, OnBehalfOf, Subjects []FacetCount[ID]
	Kinds                          []FacetCount[StatementKind]
	// Months in order: YYYY-MM, and YYYY for a date of which no more is known.
	Months []FacetCount[PartialDate]
	// Cut: there are more than ReadLimit, of which the first were counted. Without a filter Count, Speakers, OnBehalfOf
	// and Subjects are exact all the same.
	Cut        bool
	statements []*Statement
}

// CountStatements counts the statements that a filter chooses.
func CountStatements(ctx context.Context, store Store, f *StatementFilter, asOf AsOf) (*StatementCounts, error) {
	l, err := Statements(f, asOf, nil)
	if err != nil {
		return nil, err
	}
	c := &StatementCounts{}
	work := []func() error{func() error {
		records, cut, err := readWhole(ctx, store, l)
		c.add(records)
		c.Cut = cut
		return err
	}}
	if l.keys[0].Facet == All && !l.query.Filtered() {
		for facet, list := range map[Facet]*[]FacetCount[ID]{StatementSpeaker: &c.Speakers, StatementOnBehalfOf: &c.OnBehalfOf, StatementAbout: &c.Subjects} {
			work = append(work, func() (err error) { *list, err = top(ctx, store, facet); return err })
		}
		work = append(work, func() (err error) { c.Count, err = exactCount(ctx, store, l); return err })
	}
	if err := together(work...); err != nil {
		return nil, err
	}
	if len(work) == 1 {
		c.Count = len(c.statements)
		c.Speakers, c.OnBehalfOf, c.Subjects = c.people(speakersOf), c.people(sidesOf), c.people(subjectsOf)
	}
	return c, nil
}

func (c *StatementCounts) add(records []Record) {
	kinds, months := map[StatementKind]int{}, map[PartialDate]int{}
	for _, r := range records {
		s := r.(*Statement)
		c.statements = append(c.statements, s)
		kinds[s.Kind]++
		if s.Date.known() {
			months[s.Date.month()]++
		}
	}
	c.Kinds, c.Months = tallied(kinds), tallied(months)
	slices.SortFunc(c.Months, func(a, b FacetCount[PartialDate]) int { return cmp.Compare(a.Value, b.Value) })
}

// month is that of a known date, or its year if that is all that is known.
func (d PartialDate) month() PartialDate {
	if d.Earliest()[:7] != d.Latest()[:7] {
		return d[:4]
	}
	return d[:7]
}

func speakersOf(s *Statement) []ID { return s.Speakers }
func sidesOf(s *Statement) []ID    { return s.OnBehalfOf }
func saidByOf(s *Statement) []ID   { return slices.Concat(s.Speakers, s.OnBehalfOf) }
func subjectsOf(s *Statement) []ID { return s.About }

// people counts the statements by some of those in them.
func (c *StatementCounts) people(of func(*Statement) []ID) []FacetCount[ID] {
	counts := map[ID]int{}
	for _, s := range c.statements {
		for _, id := range of(s) {
			counts[id]++
		}
	}
	list := tallied(counts)
	return list[:min(len(list), MaxCounts)]
}

// Matrix tells who speaks how often about whom.
type Matrix struct {
	// Columns are whom most statements are about.
	Columns []FacetCount[ID]
	// Rows are who made most statements.
	Rows []MatrixRow
}

// MatrixRow is somebody who speaks.
type MatrixRow struct {
	FacetCount[ID]
	// Counts of statements about each of Columns.
	Counts []int
}

// MaxMatrix is how many rows and columns a matrix has at most.
const MaxMatrix = 50

// Matrix counts, of the statements that were read, who speaks about whom: those who do so most. onBehalfOf counts those
// too on whose behalf they speak.
func (c *StatementCounts) Matrix(rows, columns int, onBehalfOf bool) (*Matrix, error) {
	for _, size := range []struct {
		name string
		n    int
	}{{"speakers", rows}, {"subjects", columns}} {
		if size.n < 1 || size.n > MaxMatrix {
			return nil, Errorf(BadUserInput, "%s must be from 1 to %d, not %d", size.name, MaxMatrix, size.n)
		}
	}
	by := speakersOf
	if onBehalfOf {
		by = saidByOf
	}
	speakers, subjects := c.people(by), c.people(subjectsOf)
	m := &Matrix{Columns: subjects[:min(len(subjects), columns)]}
	pairs := map[[2]ID]int{}
	for _, s := range c.statements {
		for _, who := range by(s) {
			for _, whom := range s.About {
				pairs[[2]ID{who, whom}]++
			}
		}
	}
	for _, who := range speakers[:min(len(speakers), rows)] {
		row := MatrixRow{FacetCount: who}
		for _, whom := range m.Columns {
			row.Counts = append(row.Counts, pairs[[2]ID{who.Value, whom.Value}])
		}
		m.Rows = append(m.Rows, row)
	}
	return m, nil
}
