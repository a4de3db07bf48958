package kg

import (
	"dramatis/fold"
)

// Direction of an order.
type OrderDirection string

// ASC: first to last. DESC: last to first, the undated still behind the dated.
const (
	Ascending  OrderDirection = "ASC"
	Descending OrderDirection = "DESC"
)

// maxValues is how many values one field of a filter may have.
const maxValues = 100

// part is one field of a filter: the record stands under any of the keys.
type part struct {
	name   string
	keys   []Key
	drive  []Key // other keys that say the same and can drive a list; nil if the keys themselves can
	class  Class // of the records wanted, where others stand under the keys too
	never  bool  // must not drive a list
	prefix bool
	given  bool
	count  int // of the values that were given
}

// values makes a part of one facet from a field of a filter, nil meaning that it was not given.
func values[S ~string](name string, facet Facet, list []S) part {
	p := part{name: name, given: list != nil, never: facet.Info().FilterOnly}
	for _, v := range unique(list) {
		p.keys = append(p.keys, Key{facet, string(v)})
	}
	p.count = len(p.keys)
	return p
}

// inDatasets is dataset as a filter, and as what drives a list of one class.
func inDatasets(class Class, list []ID) part {
	p := values("dataset", RecordDataset, list)
	p.never = false
	for _, k := range p.keys {
		p.drive = append(p.drive, Key{InDataset, pair(string(class), k.Value)})
	}
	return p
}

// inSources is source as a filter of what has evidence: records of several classes stand under a source.
func inSources(class Class, list []ID) part {
	p := values("source", EvidenceSource, list)
	p.class = class
	return p
}

// newList makes a list from the fields of a filter: the first that can drives it, the others are tested. Without any
// it is all records under the fallback key, whose count is exact.
func newList(fallback Key, order Order, days []DayTest, direction *OrderDirection, parts ...part) (List, error) {
	l := List{query: Query{Order: order, Days: days}}
	for _, p := range parts {
		if !p.given {
			continue
		}
		if len(p.keys) == 0 {
			return l, Errorf(BadUserInput, "%s is empty: leave it out to have all", p.name)
		}
		if p.count > maxValues {
			return l, Errorf(BadUserInput, "%s has more than %d values", p.name, maxValues)
		}
		if l.keys == nil && !p.never {
			l.keys = p.keys
			if p.drive != nil {
				l.keys = p.drive
			}
			l.query.Prefix = p.prefix
			if p.class != "" {
				l.query.Where = append(l.query.Where, []Key{{All, string(p.class)}})
			}
			continue
		}
		l.query.Where = append(l.query.Where, p.keys)
	}
	if l.keys == nil {
		l.keys = []Key{fallback}
	}
	if len(l.keys) == 1 && !l.query.Filtered() && !l.query.Prefix && l.keys[0].Facet.Info().Counted {
		l.exact = []term{{Key: l.keys[0]}}
	}
	l.descending = direction != nil && *direction == Descending
	return l, nil
}

// checkIDs makes sure that all ids of a filter are of a class.
func checkIDs(name string, class Class, ids ...ID) error {
	for _, id := range ids {
		if parsed, err := ParseID(string(id)); err != nil || parsed.Class() != class {
			return Errorf(BadUserInput, "%s: %s is not an id that begins with %s_", name, clip(string(id), 40), class)
		}
	}
	return nil
}

// checkLength makes sure that a list of values, nil meaning that it was not given, has one and not more than so many.
func checkLength[V any](name string, list []V, most int) error {
	switch {
	case list != nil && len(list) == 0:
		return Errorf(BadUserInput, "%s is empty: leave it out to have all", name)
	case len(list) > most:
		return Errorf(BadUserInput, "%s has more than %d values", name, most)
	}
	return nil
}

// checked is checkIDs for several fields.
func checked(fields ...idField) error {
	for _, f := range fields {
		if err := checkIDs(f.name, f.class, f.ids...); err != nil {
			return err
		}
	}
	return nil
}

type idField struct {
	name  string
	class Class
	ids   []ID
}

// Check makes sure that AsOf has a known date, or none.
func (a AsOf) Check() error {
	if a.Date != "" && !a.Date.known() {
		return Errorf(BadUserInput, "asOf: %s is not a date", clip(string(a.Date), 20))
	}
	return nil
}

// EntityFilter chooses entities: any within a field, all fields together.
type EntityFilter struct {
	Types      []EntityType
	Kinds      []OrganizationKind
	Name       *string // one of its names, folded
	NamePrefix *string // the beginning of one of its names, folded
	Identifier *Identifier
	Countries  []string
	Dataset    []ID
}

// Entities are those that a filter chooses, by name.
func Entities(f *EntityFilter, direction *OrderDirection) (List, error) {
	if f == nil {
		f = &EntityFilter{}
	}
	if err := checkIDs("dataset", DatasetClass, f.Dataset...); err != nil {
		return List{}, err
	}
	name, prefix, identifier := part{}, part{}, part{}
	if f.Name != nil {
		if err := checkSearch("name", *f.Name); err != nil {
			return List{}, err
		}
		name = part{name: "name", given: true, keys: []Key{{EntityName, fold.Key(*f.Name)}}}
	}
	if f.NamePrefix != nil {
		if f.Name != nil {
			return List{}, Errorf(BadUserInput, "give name or namePrefix, not both")
		}
		if err := checkSearch("namePrefix", *f.NamePrefix); err != nil {
			return List{}, err
		}
		prefix = part{name: "namePrefix", given: true, prefix: true, keys: []Key{{EntityName, fold.Key(*f.NamePrefix)}}}
	}
	if f.Identifier != nil {
		identifier = part{name: "identifier", given: true, keys: []Key{{EntityIdentifier, f.Identifier.key()}}}
	}
	// the prefix reads by itself and cannot be a test, so it drives before all else
	return newList(Key{All, string(EntityClass)}, ByDefault, nil, direction,
		prefix, name, identifier,
		values("kinds", EntityKind, f.Kinds),
		values("types", EntityTypeFacet, f.Types),
		inDatasets(EntityClass, f.Dataset),
		values("countries", EntityCountry, f.Countries))
}

// checkSearch makes sure that a text to look for can be one.
func checkSearch(name, s string) error {
	c := &checker{}
	c.text(name, s, 1, 256)
	if len(c.problems) > 0 {
		return Errorf(BadUserInput, "%s", c.problems[0])
	}
	return nil
}

// EventFilter chooses events.
type EventFilter struct {
	Kinds        []string
	Statuses     []EventStatus
	Between      *DateRange
	ActiveDuring *DateRange
	About        []ID
	Dataset      []ID
}

// Events are those that a filter chooses, by date.
func Events(f *EventFilter, asOf AsOf, direction *OrderDirection) (List, error) {
	if f == nil {
		f = &EventFilter{}
	}
	days, err := f.Between.tests()
	if err == nil {
		err = asOf.Check()
	}
	if err == nil {
		var active []DayTest
		active, err = f.ActiveDuring.spanTests()
		days = append(days, active...)
	}
	if err == nil {
		err = checked(idField{"about", EntityClass, f.About}, idField{"dataset", DatasetClass, f.Dataset})
	}
	if err != nil {
		return List{}, err
	}
	dataset := values("dataset", RecordDataset, f.Dataset)
	l, err := newList(Key{EventByDate, "event"}, ByDate, append(days, asOf.momentTests()...), direction,
		values("about", EventAbout, f.About),
		values("kinds", EventKind, foldAll(f.Kinds)),
		values("statuses", EventStatusFacet, f.Statuses),
		dataset)
	l.dated = true
	if len(l.keys) == 1 && l.keys[0].Facet == EventByDate && !l.query.Filtered() {
		l.exact = []term{{Key: Key{EntityTypeFacet, string(EventType)}}}
	}
	return l, err
}

func foldAll(list []string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = fold.Key(s)
	}
	return out
}

// StatementFilter chooses statements.
type StatementFilter struct {
	By         []ID // speaker or on behalf of
	Speakers   []ID
	OnBehalfOf []ID
	About      []ID
	AtEvent    []ID
	Audience   []ID
	Kind       []StatementKind
	Joint      *bool
	Medium     []string
	Source     []ID
	Between    *DateRange
	Dataset    []ID
}

// Statements are those that a filter chooses, in the order in which they were made.
func Statements(f *StatementFilter, asOf AsOf, direction *OrderDirection) (List, error) {
	return statements(part{}, f, asOf, direction)
}

// StatementsOf are the statements of one record that a filter chooses: with StatementSpeaker what an entity said or was
// said on its behalf, with StatementAbout what was said about it, with StatementAtEvent what was said at an event, with
// EvidenceSource what a source says that somebody said. The record drives the list whatever the filter says, so that
// the lists of many records can be read in one call.
func StatementsOf(id ID, role Facet, f *StatementFilter, asOf AsOf, direction *OrderDirection) (List, error) {
	owner := values("of", role, []ID{id})
	switch role {
	case StatementSpeaker:
		owner = saidBy("of", []ID{id})
	case EvidenceSource:
		owner = inSources(StatementClass, []ID{id})
	}
	return statements(owner, f, asOf, direction)
}

// saidBy: somebody is a speaker or spoken for.
func saidBy(name string, ids []ID) part {
	by := values(name, StatementSpeaker, ids)
	for _, k := range by.keys {
		by.keys = append(by.keys, Key{StatementOnBehalfOf, k.Value})
	}
	return by
}

func statements(owner part, f *StatementFilter, asOf AsOf, direction *OrderDirection) (List, error) {
	if f == nil {
		f = &StatementFilter{}
	}
	days, err := f.Between.tests()
	if err == nil {
		err = asOf.Check()
	}
	if err == nil {
		err = checked(idField{"by", EntityClass, f.By}, idField{"speakers", EntityClass, f.Speakers},
			idField{"onBehalfOf", EntityClass, f.OnBehalfOf}, idField{"about", EntityClass, f.About},
			idField{"atEvent", EntityClass, f.AtEvent}, idField{"audience", EntityClass, f.Audience},
			idField{"source", SourceClass, f.Source}, idField{"dataset", DatasetClass, f.Dataset})
	}
	if err != nil {
		return List{}, err
	}
	joint := part{}
	if f.Joint != nil {
		value := "no"
		if *f.Joint {
			value = "yes"
		}
		joint = part{name: "joint", given: true, keys: []Key{{StatementJoint, value}}}
	}
	l, err := newList(Key{All, string(StatementClass)}, ByDefault, append(days, asOf.momentTests()...), direction,
		owner,
		values("atEvent", StatementAtEvent, f.AtEvent),
		values("audience", StatementAudience, f.Audience),
		values("speakers", StatementSpeaker, f.Speakers),
		values("onBehalfOf", StatementOnBehalfOf, f.OnBehalfOf),
		saidBy("by", f.By),
		values("about", StatementAbout, f.About),
		values("medium", StatementMedium, foldAll(f.Medium)),
		inSources(StatementClass, f.Source),
		joint,
		values("kind", StatementKindFacet, f.Kind),
		inDatasets(StatementClass, f.Dataset))
	l.dated, l.moments = true, true
	if len(l.keys) == 2 && l.keys[0].Facet == StatementSpeaker && l.keys[1].Facet == StatementOnBehalfOf && !l.query.Filtered() {
		// nobody both speaks and is spoken for in one statement (Statement.normalize)
		l.exact = []term{{Key: l.keys[0]}, {Key: l.keys[1]}}
	}
	return l, err
}

// RelationshipFilter chooses relationships.
type RelationshipFilter struct {
	Types        []RelationshipType
	With         []ID // the other end, or either end in a list of no entity
	Source       []ID
	ActiveDuring *DateRange
	Dataset      []ID
}

// Relationships are those that a filter chooses, by start.
func Relationships(f *RelationshipFilter, asOf AsOf, direction *OrderDirection) (List, error) {
	return relationships(part{}, f, asOf, direction)
}

// RelationshipsIn are those that a source is evidence for and a filter chooses.
func RelationshipsIn(source ID, f *RelationshipFilter, asOf AsOf, direction *OrderDirection) (List, error) {
	return relationships(inSources(RelationshipClass, []ID{source}), f, asOf, direction)
}

func relationships(owner part, f *RelationshipFilter, asOf AsOf, direction *OrderDirection) (List, error) {
	if f == nil {
		f = &RelationshipFilter{}
	}
	err := checked(idField{"with", EntityClass, f.With}, idField{"source", SourceClass, f.Source}, idField{"dataset", DatasetClass, f.Dataset})
	if err == nil {
		err = asOf.Check()
	}
	var days []DayTest
	if err == nil {
		days, err = f.ActiveDuring.spanTests()
	}
	if err != nil {
		return List{}, err
	}
	with := values("with", RelationshipFrom, f.With)
	for _, k := range with.keys {
		with.keys = append(with.keys, Key{RelationshipTo, k.Value})
	}
	l, err := newList(Key{All, string(RelationshipClass)}, ByDefault, append(days, asOf.spanTests()...), direction,
		owner,
		with,
		inSources(RelationshipClass, f.Source),
		values("types", RelationshipTypeFacet, f.Types),
		inDatasets(RelationshipClass, f.Dataset))
	l.dated = true
	return l, err
}

// RelationshipsOf are those of one entity that a filter chooses, seen in a direction, by start. Neither types nor
// direction cost a test: each is a key of its own.
func RelationshipsOf(id ID, f *RelationshipFilter, direction Direction, asOf AsOf, order *OrderDirection) (List, error) {
	if f == nil {
		f = &RelationshipFilter{}
	}
	err := checked(idField{"with", EntityClass, f.With}, idField{"source", SourceClass, f.Source}, idField{"dataset", DatasetClass, f.Dataset})
	if err == nil {
		err = asOf.Check()
	}
	var days []DayTest
	if err == nil {
		days, err = f.ActiveDuring.spanTests()
	}
	if err == nil && f.Types != nil && len(f.Types) == 0 {
		err = Errorf(BadUserInput, "types is empty: leave it out to have all")
	}
	if err == nil && len(f.With) > maxValues {
		err = Errorf(BadUserInput, "with has more than %d values", maxValues)
	}
	if err != nil {
		return List{}, err
	}
	of := part{name: "of", given: true}
	terms := ends(id, unique(f.Types), direction)
	for _, t := range terms {
		if !t.Minus {
			of.keys = append(of.keys, t.Key)
		}
	}
	types := part{}
	if f.With != nil {
		// both ends are known: pairs find them without reading a hub
		of.name, of.keys = "with", nil
		for _, other := range unique(f.With) {
			out, in := pair(string(id), string(other)), pair(string(other), string(id))
			switch direction { // a symmetric relationship goes both ways, whichever end it is stored from
			case Out:
				of.keys = append(of.keys, Key{RelationshipPair, out}, Key{RelationshipMirror, out})
			case In:
				of.keys = append(of.keys, Key{RelationshipPair, in}, Key{RelationshipMirror, in})
			default:
				of.keys = append(of.keys, Key{RelationshipPair, out}, Key{RelationshipPair, in})
			}
		}
		types = values("types", RelationshipTypeFacet, f.Types)
	}
	l, err := newList(Key{}, ByDefault, append(days, asOf.spanTests()...), order,
		of, types, values("source", EvidenceSource, f.Source), values("dataset", RecordDataset, f.Dataset))
	l.dated = true
	if !l.query.Filtered() && f.With == nil {
		l.exact = terms
	}
	return l, err
}

// ends are the keys of an entity's relationships of some types (all, if none are given) in a direction, and what must
// be taken away from their counts because it stands under two of them.
func ends(id ID, types []RelationshipType, direction Direction) []term {
	var terms []term
	add := func(f Facet, value string, minus bool) { terms = append(terms, term{Key{f, value}, minus}) }
	if len(types) == 0 {
		if direction != In {
			add(RelationshipFrom, string(id), false)
		}
		if direction != Out {
			add(RelationshipTo, string(id), false)
		}
		if direction == AnyDirection {
			add(RelationshipLoop, string(id), true)
		}
		types = nil
	}
	for _, t := range types {
		v := pair(string(id), string(t))
		both := direction == AnyDirection || t.Rule() != nil && t.Rule().Symmetric
		if direction != In || both {
			add(RelationshipFromType, v, false)
		}
		if direction != Out || both {
			add(RelationshipToType, v, false)
		}
		if both {
			add(RelationshipLoop, v, true)
		}
	}
	if types == nil && direction != AnyDirection {
		facet := RelationshipToType
		if direction == In {
			facet = RelationshipFromType
		}
		for _, t := range symmetricTypes {
			add(facet, pair(string(id), string(t)), false)
			add(RelationshipLoop, pair(string(id), string(t)), true)
		}
	}
	return terms
}

// RelationshipCount is how many relationships of a type an entity has.
type RelationshipCount struct {
	Type RelationshipType
	// Out begin at the entity, In end at it; a symmetric relationship counts in both, a self-loop too. Total counts
	// each once.
	Out, In, Total int
}

// CountKeys are the keys whose counts RelationshipCounts takes.
func CountKeys(id ID) []Key {
	var keys []Key
	for _, rule := range RelationshipRules {
		v := pair(string(id), string(rule.Type))
		keys = append(keys, Key{RelationshipFromType, v}, Key{RelationshipToType, v}, Key{RelationshipLoop, v})
	}
	return keys
}

// RelationshipCounts makes an entity's counts by type from those of CountKeys: the types it has, in the order of the
// schema.
func RelationshipCounts(counts []int) []RelationshipCount {
	list := []RelationshipCount{}
	for i, rule := range RelationshipRules {
		from, to, loops := counts[3*i], counts[3*i+1], counts[3*i+2]
		c := RelationshipCount{Type: rule.Type, Out: from, In: to, Total: from + to - loops}
		if rule.Symmetric {
			c.Out, c.In = c.Total, c.Total
		}
		if c.Total > 0 {
			list = append(list, c)
		}
	}
	return list
}

// SourceFilter chooses sources.
type SourceFilter struct {
	Kinds     []SourceKind
	Publisher []ID
	Between   *DateRange
	Dataset   []ID
}

// Sources are those that a filter chooses, by the date of publication and title.
func Sources(f *SourceFilter, direction *OrderDirection) (List, error) {
	if f == nil {
		f = &SourceFilter{}
	}
	days, err := f.Between.tests()
	if err == nil {
		err = checked(idField{"publisher", EntityClass, f.Publisher}, idField{"dataset", DatasetClass, f.Dataset})
	}
	if err != nil {
		return List{}, err
	}
	l, err := newList(Key{All, string(SourceClass)}, ByDefault, days, direction,
		values("publisher", SourcePublisher, f.Publisher),
		values("kinds", SourceKindFacet, f.Kinds),
		inDatasets(SourceClass, f.Dataset))
	l.dated, l.moments = true, true
	return l, err
}

// Datasets are all datasets, by name.
func Datasets() List {
	l, _ := newList(Key{All, string(DatasetClass)}, ByDefault, nil, nil)
	return l
}

// MentionsOf are the mentions of an entity or in a source, by source and place in it.
func MentionsOf(id ID, kinds []MentionKind) (List, error) {
	facet := MentionEntity
	if id.Class() == SourceClass {
		facet = MentionSource
	}
	return newList(Key{}, ByDefault, nil, nil, values("of", facet, []ID{id}), values("kinds", MentionKindFacet, kinds))
}

// AllOf are all records of a class.
func AllOf(class Class) List {
	l, _ := newList(Key{All, string(class)}, ByDefault, nil, nil)
	return l
}
