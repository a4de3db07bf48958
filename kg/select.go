package kg

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strings"
)

// MaxAround is how many entities may stand around those that a Selection names.
const MaxAround = 100_000

// aroundStep is how many entities' lists are read at a time.
const aroundStep = 50

// Selection chooses a part of the graph, to be taken away; the zero Selection is all of it. With what it chooses comes whatever
// that refers to, so that the part can stand alone.
type Selection struct {
	// Datasets: only records of these.
	Datasets []ID
	// Entities: only these. Then also only relationships between them, and statements in which one of them speaks, or is
	// spoken for, about another or to another, or about and to nobody.
	Entities *EntityFilter
	// Relationships and Statements: only these. If only one of the two is given, no others are chosen; and if entities
	// are not limited, only those come that they refer to.
	Relationships *RelationshipFilter
	Statements    *StatementFilter
	// AsOf: only relationships that may have held then, and statements not later.
	AsOf AsOf
	// Around: only these entities and those that the chosen relationships and statements lead to within Depth hops, from 1 to
	// MaxNetworkDepth. At most MaxAround; then as Entities.
	Around []ID
	Depth  int
}

// Whole tells that it is all of the graph.
func (sel *Selection) Whole() bool {
	return len(sel.Datasets) == 0 && sel.AsOf.Date == "" && !sel.limited() && !sel.partial()
}

func (sel *Selection) limited() bool { return sel.Entities != nil || len(sel.Around) > 0 }
func (sel *Selection) partial() bool { return sel.Relationships != nil || sel.Statements != nil }

// wants tells whether records of a class are chosen by themselves.
func (sel *Selection) wants(c Class) bool {
	switch c {
	case EntityClass:
		return sel.limited() || !sel.partial()
	case RelationshipClass:
		return sel.Relationships != nil || sel.Statements == nil
	case StatementClass:
		return sel.Statements != nil || sel.Relationships == nil
	default:
		return !sel.limited() && !sel.partial()
	}
}

// SelectionInput is a selection as it is typed: datasets by their names or ids, filters as JSON, "" for none.
type SelectionInput struct {
	Datasets                            []string
	Entities, Relationships, Statements string
	AsOf                                string
	CertainOnly                         bool
	Around                              []string
	Depth                               int
}

// Parse reads a selection. It fails with BAD_USER_INPUT.
func (in SelectionInput) Parse() (sel Selection, err error) {
	for _, name := range in.Datasets {
		id, err := ParseID(name)
		if err != nil || id.Class() != DatasetClass {
			id = DatasetID(name)
		}
		sel.Datasets = append(sel.Datasets, id)
	}
	for _, text := range in.Around {
		sel.Around = append(sel.Around, ID(text))
	}
	sel.Depth = in.Depth
	if in.AsOf != "" {
		if sel.AsOf.Date, err = ParsePartialDate(in.AsOf); err != nil {
			return sel, err
		}
		sel.AsOf.CertainOnly = in.CertainOnly
	}
	if sel.Entities, err = parseFilter[EntityFilter]("entities", in.Entities); err != nil {
		return sel, err
	}
	if sel.Relationships, err = parseFilter[RelationshipFilter]("relationships", in.Relationships); err != nil {
		return sel, err
	}
	sel.Statements, err = parseFilter[StatementFilter]("statements", in.Statements)
	return sel, err
}

// parseFilter reads a filter of a list from JSON, with the fields and values that it has in GraphQL; nil if there is none. name is that of the argument.
func parseFilter[F EntityFilter | RelationshipFilter | StatementFilter](name, text string) (*F, error) {
	if text == "" {
		return nil, nil
	}
	f := new(F)
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(f)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = Errorf(BadUserInput, "there is something behind it")
		}
	}
	if err != nil {
		return nil, Errorf(BadUserInput, "%s is no filter of a list, as JSON: %s", name, clip(strings.TrimPrefix(err.Error(), "json: "), 200))
	}
	c := &checker{}
	switch f := any(f).(type) {
	case *EntityFilter:
		checkEnums(c, "types", f.Types, EntityTypes)
		checkEnums(c, "kinds", f.Kinds, organizationKinds)
	case *RelationshipFilter:
		checkEnums(c, "types", f.Types, relationshipTypes())
	case *StatementFilter:
		checkEnums(c, "kind", f.Kind, []StatementKind{Direct, Indirect, Mixed, Attributed})
	}
	if len(c.problems) > 0 {
		return nil, Errorf(BadUserInput, "%s: %s", name, c.problems[0])
	}
	return f, nil
}

func checkEnums[E ~string](c *checker, field string, values, allowed []E) {
	for _, v := range values {
		checkEnum(c, field, v, allowed...)
	}
}

func relationshipTypes() []RelationshipType {
	var types []RelationshipType
	for _, r := range RelationshipRules {
		types = append(types, r.Type)
	}
	return types
}

// Select gives the records of some classes that a selection chooses, one class after the other; of a part of the graph it
// keeps the ids, some 90 bytes each. As Scan, it is no picture of one moment. It fails with BAD_USER_INPUT, and with NOT_FOUND if an entity of Around is not there.
func Select(ctx context.Context, s Store, sel Selection, classes ...Class) iter.Seq2[Record, error] {
	if sel.Whole() {
		return Scan(ctx, s, classes...)
	}
	return func(yield func(Record, error) bool) {
		c := &choosing{ctx: ctx, store: s, sel: sel, classes: classes, chosen: map[shortID]struct{}{}, lists: map[Class][]shortID{}}
		if err := c.choose(); err != nil {
			yield(nil, err)
			return
		}
		for _, class := range classes {
			for some := range slices.Chunk(c.lists[class], scanStep) {
				records, err := c.get(some)
				if err != nil {
					yield(nil, err)
					return
				}
				for _, r := range records {
					if r != nil && !yield(r, nil) { // nil was deleted meanwhile
						return
					}
				}
			}
		}
	}
}

// choosing is a selection being made: the ids that are chosen, by class in the order in which they were found.
type choosing struct {
	ctx     context.Context
	store   Store
	sel     Selection
	classes []Class
	chosen  map[shortID]struct{}
	lists   map[Class][]shortID
}

// add chooses a record, if its class is wanted, and tells whether it is new.
func (c *choosing) add(id ID) bool {
	short := id.short()
	if _, double := c.chosen[short]; double || !slices.Contains(c.classes, id.Class()) {
		return false
	}
	c.chosen[short] = struct{}{}
	c.lists[id.Class()] = append(c.lists[id.Class()], short)
	return true
}

func (c *choosing) addAll(l List, err error) error {
	if err != nil {
		return err
	}
	for r, err := range all(c.ctx, c.store, l) {
		if err != nil {
			return err
		}
		c.add(r.GetID())
	}
	return nil
}

func (c *choosing) get(some []shortID) ([]Record, error) {
	ids := make([]ID, len(some))
	for i, id := range some {
		ids[i] = id.id()
	}
	return c.store.Get(c.ctx, ids)
}

// choose chooses the records, and then what they refer to.
func (c *choosing) choose() error {
	entities, relationships, statements, err := c.filters()
	if err != nil {
		return err
	}
	if c.sel.limited() {
		err = c.chooseWithin(entities, relationships, statements)
	} else {
		err = c.chooseAll(entities, relationships, statements)
	}
	if err != nil {
		return err
	}
	return c.complete()
}

// filters are those of the lists, with the datasets.
func (c *choosing) filters() (e EntityFilter, r RelationshipFilter, s StatementFilter, err error) {
	if c.sel.Entities != nil {
		e = *c.sel.Entities
	}
	if c.sel.Relationships != nil {
		r = *c.sel.Relationships
	}
	if c.sel.Statements != nil {
		s = *c.sel.Statements
	}
	for _, own := range []*[]ID{&e.Dataset, &r.Dataset, &s.Dataset} {
		if len(c.sel.Datasets) == 0 {
			break
		}
		if *own != nil {
			return e, r, s, Errorf(BadUserInput, "give datasets once: for all, or in a filter")
		}
		*own = c.sel.Datasets
	}
	return e, r, s, nil
}

// chooseAll chooses what the filters do.
func (c *choosing) chooseAll(e EntityFilter, r RelationshipFilter, s StatementFilter) error {
	for _, class := range c.classes {
		if !c.sel.wants(class) {
			continue
		}
		var l List
		var err error
		switch class {
		case EntityClass:
			l, err = Entities(&e, nil)
		case RelationshipClass:
			l, err = Relationships(&r, c.sel.AsOf, nil)
		case StatementClass:
			l, err = Statements(&s, c.sel.AsOf, nil)
		case DatasetClass:
			if len(c.sel.Datasets) > 0 { // what refers to them brings them along
				continue
			}
			l = AllOf(class)
		default:
			in := part{}
			if len(c.sel.Datasets) > 0 {
				in = inDatasets(class, c.sel.Datasets)
			}
			l, err = newList(Key{All, string(class)}, ByDefault, nil, nil, in)
		}
		if err := c.addAll(l, err); err != nil {
			return err
		}
	}
	return nil
}

// chooseWithin chooses entities, and of the rest what is between them.
func (c *choosing) chooseWithin(e EntityFilter, r RelationshipFilter, s StatementFilter) error {
	var in *idSet
	var err error
	relationshipsOf := func(id ID) (List, error) {
		return relationships(withRoles(id, RelationshipFrom, RelationshipTo), &r, c.sel.AsOf, nil)
	}
	if len(c.sel.Around) > 0 {
		statementsWith := func(id ID) (List, error) { return statements(withRoles(id, statementRoles...), &s, c.sel.AsOf, nil) }
		in, err = c.around(relationshipsOf, statementsWith)
		if err == nil && (c.sel.Entities != nil || len(c.sel.Datasets) > 0) {
			in, err = c.only(in, &e)
		}
	} else {
		in, err = c.listed(&e)
	}
	if err != nil {
		return err
	}
	for _, id := range in.list {
		c.add(id.id())
	}
	if c.sel.wants(RelationshipClass) && slices.Contains(c.classes, RelationshipClass) {
		if err := c.links(in.list, relationshipsOf, func(end RecordEnds) {
			if slices.ContainsFunc(end.Others, in.has) {
				c.add(IDOf(end.Sort))
			}
		}); err != nil {
			return err
		}
	}
	if c.sel.wants(StatementClass) && slices.Contains(c.classes, StatementClass) {
		saidBy := func(id ID) (List, error) { return statements(withRoles(id, speaking...), &s, c.sel.AsOf, nil) }
		if err := c.links(in.list, saidBy, func(end RecordEnds) {
			if len(end.Others) == 0 || slices.ContainsFunc(end.Others, in.has) {
				c.add(IDOf(end.Sort))
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

// listed are the entities that a filter chooses.
func (c *choosing) listed(f *EntityFilter) (*idSet, error) {
	l, err := Entities(f, nil)
	if err != nil {
		return nil, err
	}
	in := &idSet{there: map[shortID]struct{}{}}
	for r, err := range all(c.ctx, c.store, l) {
		if err != nil {
			return nil, err
		}
		in.add(r.GetID())
	}
	return in, nil
}

// around are the entities of Around, and those that links lead to.
func (c *choosing) around(relationshipsOf, statementsWith func(ID) (List, error)) (*idSet, error) {
	if err := checkLength("around", c.sel.Around, maxValues); err != nil {
		return nil, err
	}
	if c.sel.Depth < 1 || c.sel.Depth > MaxNetworkDepth {
		return nil, Errorf(BadUserInput, "depth must be from 1 to %d, not %d", MaxNetworkDepth, c.sel.Depth)
	}
	if err := checkIDs("around", EntityClass, c.sel.Around...); err != nil {
		return nil, err
	}
	records, err := c.store.Get(c.ctx, c.sel.Around)
	if err != nil {
		return nil, err
	}
	in := &idSet{there: map[shortID]struct{}{}}
	for i, r := range records {
		if r == nil {
			return nil, Errorf(NotFound, "around: there is no %s", c.sel.Around[i])
		}
		in.add(r.GetID())
	}
	edge := in.list
	for range c.sel.Depth {
		before := len(in.list)
		meet := func(end RecordEnds) {
			for _, other := range end.Others {
				in.add(other)
			}
		}
		if c.sel.wants(RelationshipClass) {
			err = c.links(edge, relationshipsOf, meet)
		}
		if err == nil && c.sel.wants(StatementClass) {
			err = c.links(edge, statementsWith, meet)
		}
		if err == nil && len(in.list) > MaxAround {
			err = Errorf(BadUserInput, "depth: more than %d entities are within %d hops", MaxAround, c.sel.Depth)
		}
		if err != nil {
			return nil, err
		}
		edge = in.list[before:]
	}
	return in, nil
}

// only keeps the entities that a filter chooses.
func (c *choosing) only(in *idSet, f *EntityFilter) (*idSet, error) {
	l, err := Entities(f, nil)
	if err != nil {
		return nil, err
	}
	kept := &idSet{there: map[shortID]struct{}{}}
	for some := range slices.Chunk(in.list, scanStep) {
		records, err := c.get(some)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			if r != nil && l.has(r) {
				kept.add(r.GetID())
			}
		}
	}
	return kept, nil
}

// has tells whether a record stands in a list without tests of dates.
func (l List) has(r Record) bool {
	keys := Keys(r)
	under := func(any []Key) bool {
		return slices.ContainsFunc(any, func(k Key) bool { return slices.Contains(keys, k) })
	}
	if l.query.Prefix {
		begin := l.keys[0]
		if !slices.ContainsFunc(keys, func(k Key) bool { return k.Facet == begin.Facet && strings.HasPrefix(k.Value, begin.Value) }) {
			return false
		}
	} else if !under(l.keys) {
		return false
	}
	return !slices.ContainsFunc(l.query.Where, func(any []Key) bool { return !under(any) })
}

// links gives the ends of all that stands in the list of each of some entities.
func (c *choosing) links(of []shortID, list func(ID) (List, error), take func(RecordEnds)) error {
	for some := range slices.Chunk(of, aroundStep) {
		var q Query
		drives := make([]Drive, len(some))
		for i, id := range some {
			l, err := list(id.id())
			if err != nil {
				return err
			}
			q, drives[i] = l.query, Drive{Keys: l.keys}
		}
		q.Limit, q.Ends = scanStep, true
		for len(drives) > 0 {
			rows, err := c.store.List(c.ctx, q, drives)
			if err != nil {
				return err
			}
			var rest []Drive
			for i, r := range rows {
				for _, end := range r.Ends {
					take(end)
				}
				behind := r.Cut
				if len(r.Ends) == scanStep {
					behind = r.Ends[scanStep-1].Sort
				}
				if behind != "" {
					drives[i].After = behind
					rest = append(rest, drives[i])
				}
			}
			drives = rest
		}
	}
	return nil
}

// complete chooses what is referred to by what is chosen; and, of entities that are limited, those mentions whose sources are then
// there.
func (c *choosing) complete() error {
	done := map[Class]int{}
	if err := c.follow(done); err != nil {
		return err
	}
	if !c.sel.limited() || !slices.Contains(c.classes, MentionClass) {
		return nil
	}
	for _, source := range c.lists[SourceClass] {
		l, err := MentionsOf(source.id(), nil)
		if err != nil {
			return err
		}
		for r, err := range all(c.ctx, c.store, l) {
			if err != nil {
				return err
			}
			if _, in := c.chosen[r.(*Mention).Entity.short()]; in {
				c.add(r.GetID())
			}
		}
	}
	return c.follow(done)
}

// follow chooses what is referred to by what is chosen. done is how many of each class were looked at.
func (c *choosing) follow(done map[Class]int) error {
	for again := true; again; {
		again = false
		for _, class := range c.classes {
			for done[class] < len(c.lists[class]) {
				again = true
				some := c.lists[class][done[class]:]
				some = some[:min(len(some), scanStep)]
				done[class] += len(some)
				records, err := c.get(some)
				if err != nil {
					return err
				}
				for _, r := range records {
					if r == nil { // it was deleted meanwhile
						continue
					}
					for _, id := range References(r) {
						c.add(id)
					}
				}
			}
		}
	}
	return nil
}

// idSet is a set of ids, in the order in which they came.
type idSet struct {
	list  []shortID
	there map[shortID]struct{}
}

func (s *idSet) add(id ID) {
	short := id.short()
	if _, double := s.there[short]; !double {
		s.there[short] = struct{}{}
		s.list = append(s.list, short)
	}
}

func (s *idSet) has(id ID) bool { _, ok := s.there[id.short()]; return ok }
