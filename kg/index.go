package kg

import (
	"fmt"
	"slices"

	"dramatis/fold"
)

// A Facet is one way of finding records: all those of which something is true, in order. A record stands under a
// number of Keys, each a facet and a value; a store keeps, for every key, its records ordered by sort key. All lists
// are read from that, all references are found by it, and it is the only place where this is said.
type Facet int

// The facets. Those whose values are ids are references: what a record refers to, it is found by.
const (
	NoFacet Facet = iota
	// every record
	All       // value: the class
	InDataset // value: a class and a dataset, as pair makes it
	RecordDataset
	// entities
	EntityTypeFacet
	EntityKind
	EntityCountry
	EntityName       // value: a folded name
	EntityWord       // value: a word of a folded name
	EntityIdentifier // value: scheme and value
	EventByDate      // value: "event"; ordered by date
	EventKind
	EventStatusFacet
	EventAbout
	// relationships
	RelationshipFrom
	RelationshipTo
	RelationshipFromType // value: an id and a type, as pair makes it
	RelationshipToType
	RelationshipPair   // value: two ids
	RelationshipMirror // value: the two ids of a symmetric relationship, the other way round
	RelationshipLoop   // value: of a self-loop, its entity, and the entity and the type
	RelationshipTypeFacet
	RelationshipByEnd // value: "end", of one whose end is dated; ordered by that
	// statements
	StatementSpeaker
	StatementOnBehalfOf
	StatementAbout
	StatementAudience
	StatementAtEvent
	StatementReplyTo
	StatementContradicts
	StatementSupports
	StatementRepeats
	StatementKindFacet
	StatementJoint
	StatementMedium
	// what has evidence
	EvidenceSource
	EvidenceClaim
	// sources
	SourceKindFacet
	SourcePublisher
	SourceSourcedFrom
	SourceReferences
	SourceCreditedTo
	// mentions
	MentionSource
	MentionEntity
	MentionKindFacet
	// entities again: a new facet goes to the end, for cursors are bound to the numbers
	EntityDegree  // value: an id; no record stands under it, but what Key.Degree says of other keys is added up
	EventReaching // value: "event", of one that can still be on in a later year than that in which it can begin; ordered by date

	facetCount
)

// Order is one of the orders in which a facet gives its records.
type Order int

// Events and relationships stand in two orders, all else in one: ByDate is that of an event's start and of a
// relationship's end.
const (
	ByDefault Order = iota
	ByDate
)

// FacetInfo is what a store must know of a facet.
type FacetInfo struct {
	// Name is unique; it stands in keys and names properties.
	Name string
	// Edge is the type of the native edge that a graph store draws for each value, from the record to what it refers
	// to; "" where the value is no reference or the store has it otherwise.
	Edge string
	// Reference: the values are ids of other records.
	Reference bool
	// Counted: the number of records under each of its keys is kept, or read at once.
	Counted bool
	// Many: a record can have several values.
	Many bool
	// FilterOnly: never what a list is driven by.
	FilterOnly bool
	Order      Order
	// Ends are the references that lead from a record under the facet to its other ends (Query.Ends).
	Ends []Facet
	// Degree is what a record under a key of the facet adds to the degree of the entity that the key names.
	Degree int
}

// Facets says of each facet what it is.
var Facets = [facetCount]FacetInfo{
	All:                   {Name: "class", Counted: true},
	InDataset:             {Name: "classDataset"},
	RecordDataset:         {Name: "dataset", Reference: true, FilterOnly: true},
	EntityTypeFacet:       {Name: "type", Counted: true},
	EntityKind:            {Name: "kind"},
	EntityCountry:         {Name: "country", Many: true, FilterOnly: true},
	EntityName:            {Name: "name", Many: true},
	EntityWord:            {Name: "word", Edge: "HAS_WORD", Counted: true, Many: true},
	EntityIdentifier:      {Name: "identifier", Many: true},
	EventByDate:           {Name: "eventByDate", Order: ByDate},
	EventReaching:         {Name: "reaching", Order: ByDate},
	EventKind:             {Name: "eventKind", FilterOnly: true},
	EventStatusFacet:      {Name: "status", FilterOnly: true},
	EventAbout:            {Name: "eventAbout", Edge: "EVENT_ABOUT", Reference: true, Many: true, Order: ByDate},
	RelationshipFrom:      {Name: "from", Reference: true, Counted: true},
	RelationshipTo:        {Name: "to", Reference: true, Counted: true},
	RelationshipFromType:  {Name: "fromType", Counted: true},
	RelationshipToType:    {Name: "toType", Counted: true},
	RelationshipPair:      {Name: "pair"},
	RelationshipMirror:    {Name: "mirror"},
	RelationshipLoop:      {Name: "loop", Counted: true, Many: true, FilterOnly: true},
	RelationshipTypeFacet: {Name: "relType", Counted: true},
	RelationshipByEnd:     {Name: "byEnd", Order: ByDate},
	StatementSpeaker:      {Name: "speaker", Edge: "SPEAKER", Reference: true, Counted: true, Many: true},
	StatementOnBehalfOf:   {Name: "onBehalfOf", Edge: "ON_BEHALF_OF", Reference: true, Counted: true, Many: true},
	StatementAbout:        {Name: "about", Edge: "ABOUT", Reference: true, Counted: true, Many: true},
	StatementAudience:     {Name: "audience", Edge: "AUDIENCE", Reference: true, Counted: true, Many: true},
	StatementAtEvent:      {Name: "atEvent", Edge: "AT_EVENT", Reference: true, Counted: true, Many: true},
	StatementReplyTo:      {Name: "replyTo", Edge: "REPLY_TO", Reference: true, Many: true},
	StatementContradicts:  {Name: "contradicts", Edge: "CONTRADICTS", Reference: true, Many: true},
	StatementSupports:     {Name: "supports", Edge: "SUPPORTS_STATEMENT", Reference: true, Many: true},
	StatementRepeats:      {Name: "repeats", Edge: "REPEATS", Reference: true, Many: true},
	StatementKindFacet:    {Name: "stmtKind"},
	StatementJoint:        {Name: "joint"},
	StatementMedium:       {Name: "medium"},
	EvidenceSource:        {Name: "evidence", Edge: "EVIDENCE", Reference: true, Many: true},
	EvidenceClaim:         {Name: "attributedTo", Edge: "ATTRIBUTED_TO", Reference: true, Many: true},
	SourceKindFacet:       {Name: "sourceKind"},
	SourcePublisher:       {Name: "publisher", Edge: "PUBLISHED_BY", Reference: true, Many: true},
	SourceSourcedFrom:     {Name: "sourcedFrom", Edge: "SOURCED_FROM", Reference: true, Many: true},
	SourceReferences:      {Name: "references", Edge: "REFERENCES", Reference: true, Many: true},
	SourceCreditedTo:      {Name: "creditedTo", Edge: "CREDITED_TO", Reference: true, Many: true},
	MentionSource:         {Name: "inSource", Edge: "IN_SOURCE", Reference: true, Counted: true, Many: true},
	MentionEntity:         {Name: "mentions", Edge: "MENTIONS", Reference: true, Counted: true, Many: true},
	MentionKindFacet:      {Name: "mentionKind", FilterOnly: true},
	EntityDegree:          {Name: "degree", Counted: true, FilterOnly: true},
}

// How the ends of a relationship see each other, and those who speak in a statement those whom it is about or addressed to.
func init() {
	ends := func(of, other []Facet) {
		for _, f := range of {
			Facets[f].Ends = other
		}
	}
	ends([]Facet{RelationshipFrom, RelationshipFromType}, []Facet{RelationshipTo})
	ends([]Facet{RelationshipTo, RelationshipToType}, []Facet{RelationshipFrom})
	ends(speaking, spokenTo)
	ends(spokenTo, speaking)
	for _, f := range append([]Facet{RelationshipFrom, RelationshipTo}, statementRoles...) {
		Facets[f].Degree = 1
	}
	Facets[RelationshipLoop].Degree = -1 // which stands at both ends
}

var (
	speaking = []Facet{StatementSpeaker, StatementOnBehalfOf}
	spokenTo = []Facet{StatementAbout, StatementAudience}
	// statementRoles are the facets by which an entity stands in a statement.
	statementRoles = slices.Concat(speaking, spokenTo)
)

// Ends are the other ends of a record as they are seen from one that stands in it by a facet, each once. It may be one of
// them itself.
func Ends(r Record, f Facet) []ID {
	facets := f.Info().Ends
	if facets == nil {
		return nil
	}
	var ids []ID
	r.references(func(f Facet, list ...ID) {
		if slices.Contains(facets, f) {
			ids = append(ids, list...)
		}
	})
	return unique(ids)
}

// Degree tells to the degree of which entity a record that stands under the key adds what: 1 for a place of a relationship
// or a statement in which it stands, -1 for a relationship with itself, in which it has two; 0 by most keys.
func (k Key) Degree() (ID, int) {
	if len(k.Value) != idLen { // self-loops stand under their types too
		return "", 0
	}
	return ID(k.Value), k.Facet.Info().Degree
}

// Info tells what a facet is.
func (f Facet) Info() FacetInfo { return Facets[f] }

// Key is a facet and a value: the records of which this is true.
type Key struct {
	Facet Facet
	Value string
}

// Keys are all keys under which a record stands.
func Keys(r Record) []Key {
	var keys []Key
	add := func(f Facet, values ...string) {
		for _, v := range values {
			keys = append(keys, Key{f, v})
		}
	}
	class := string(classOf(r))
	add(All, class)
	if dataset := string(r.meta().Dataset); dataset != "" {
		add(InDataset, pair(class, dataset))
		add(RecordDataset, dataset)
	}
	r.references(func(f Facet, ids ...ID) {
		for _, id := range ids {
			keys = append(keys, Key{f, string(id)})
		}
	})
	r.facets(add)
	return keys
}

// References are the distinct records that r refers to, its dataset included.
func References(r Record) []ID {
	var ids []ID
	for _, k := range Keys(r) {
		if k.Facet.Info().Reference {
			ids = append(ids, ID(k.Value))
		}
	}
	return unique(ids)
}

// SortKey is what a record is ordered by in an order: ASCII text that ends with its id.
func SortKey(r Record, order Order) string { return r.sortHead(order) + string(r.GetID()) }

// IDOf is the id at the end of a sort key.
func IDOf(sortKey string) ID { return ID(sortKey[max(0, len(sortKey)-idLen):]) }

// WindowOf gives what the dates of a record leave open.
func WindowOf(r Record) Window { return r.window() }

// pair joins two ASCII values into one.
func pair(a, b string) string { return a + "/" + b }

// nameSort, daySort and positionSort are parts of sort keys. The \x01 behind a name puts "ab" before "ab c".
func nameSort(name string) string { return fold.Sort(name) + "\x01" }

// daySort puts what always was first, and what has no date last.
func daySort(d PartialDate) string {
	switch {
	case d == Open:
		return string(FirstDay)
	case d.known():
		return string(d.Earliest())
	default:
		return string(LastDay)
	}
}

func positionSort(place int) string { return fmt.Sprintf("%07d", place) }

// afterIDs comes behind every id.
const afterIDs = "zzz_zzzzzzzzzzzzzzzzzzzzzzzzzz"

// foldedOrEmpty is the folded form of a free text that may be missing.
func foldedOrEmpty(s string) string {
	if s == "" {
		return ""
	}
	return fold.Key(s)
}
