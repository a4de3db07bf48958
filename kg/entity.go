package kg

import (
	"slices"

	"dramatis/fold"
)

// Entity is who or what the graph is about: a Person, Organization, Position, Place, Event or Topic.
type Entity interface {
	Record
	IsEntity()
	Type() EntityType
	Common() *Thing
}

// EntityType is the type of an entity. It may change, as an entity becomes better known.
type EntityType string

// The types of entities.
const (
	PersonType       EntityType = "PERSON"
	OrganizationType EntityType = "ORGANIZATION"
	PositionType     EntityType = "POSITION"
	PlaceType        EntityType = "PLACE"
	EventType        EntityType = "EVENT"
	TopicType        EntityType = "TOPIC"
)

// EntityTypes are all of them, in the order of the schema.
var EntityTypes = []EntityType{PersonType, OrganizationType, PositionType, PlaceType, EventType, TopicType}

// Thing is what all entities have (schema.org Thing).
type Thing struct {
	Meta
	// Name is the name to show.
	Name string `json:"name"`
	// Names are its other names, in the order given: at most 100.
	Names       []Name       `json:"names,omitempty"`
	Description string       `json:"description,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Links       []Link       `json:"links,omitempty"`
	// Stub marks an entity known only because something refers to it.
	Stub bool `json:"stub,omitempty"`
}

// IsEntity marks what can stand at an end of a relationship.
func (*Thing) IsEntity() {}

// Common gives what all entities have.
func (t *Thing) Common() *Thing { return t }

// Name is another name of an entity (Popolo other_names).
type Name struct {
	Value     string      `json:"value"`
	Kind      NameKind    `json:"kind"`
	Language  string      `json:"language,omitempty"` // BCP 47
	StartDate PartialDate `json:"startDate,omitempty"`
	EndDate   PartialDate `json:"endDate,omitempty"`
}

// NameKind says what kind of name a name is.
type NameKind string

// The kinds of names.
const (
	Alias          NameKind = "ALIAS"
	Former         NameKind = "FORMER"
	Abbreviation   NameKind = "ABBREVIATION"
	Transliterated NameKind = "TRANSLITERATED"
	Translated     NameKind = "TRANSLATED"
	Demonym        NameKind = "DEMONYM"
	Metonym        NameKind = "METONYM"
	WeakAlias      NameKind = "WEAK"
)

// StubOf is an entity of which no more is known than its type, name and key.
func StubOf(e Entity) Entity {
	stub := blank[e.kind()]().(Entity)
	was := e.Common()
	*stub.Common() = Thing{Meta: Meta{ID: was.ID, Dataset: was.Dataset, Key: was.Key}, Name: was.Name, Stub: true}
	return stub
}

// NamesAsOf are the other names that an entity may have had as of a date.
func NamesAsOf(e Entity, asOf AsOf) []Name {
	kept := []Name{}
	for _, n := range e.Common().Names {
		if asOf.keeps(SpanWindow(n.StartDate, n.EndDate)) {
			kept = append(kept, n)
		}
	}
	return kept
}

// Identifier names an entity in somebody else's register: scheme "wikidata", value "Q7184" (Popolo identifiers).
type Identifier struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

// Link is a page about an entity.
type Link struct {
	URL  string `json:"url"`
	Note string `json:"note,omitempty"`
}

// Person is a human being.
type Person struct {
	Thing
	Gender    string      `json:"gender,omitempty"`
	BirthDate PartialDate `json:"birthDate,omitempty"`
	DeathDate PartialDate `json:"deathDate,omitempty"`
	// Countries are ISO 3166-1 alpha-2 codes, lower case: of nationality.
	Countries []string `json:"countries,omitempty"`
}

// Organization is a body that acts: a state, an alliance, a party, a company, a group.
type Organization struct {
	Thing
	Kind OrganizationKind `json:"kind"`
	// Classification says more finely, in free text, what it is.
	Classification  string      `json:"classification,omitempty"`
	Country         string      `json:"country,omitempty"`
	FoundingDate    PartialDate `json:"foundingDate,omitempty"`
	DissolutionDate PartialDate `json:"dissolutionDate,omitempty"`
}

// OrganizationKind says what an organization is.
type OrganizationKind string

// The kinds of organizations.
const (
	State             OrganizationKind = "STATE"
	Intergovernmental OrganizationKind = "INTERGOVERNMENTAL"
	GovernmentBody    OrganizationKind = "GOVERNMENT_BODY"
	Party             OrganizationKind = "PARTY"
	Company           OrganizationKind = "COMPANY"
	Media             OrganizationKind = "MEDIA"
	NGO               OrganizationKind = "NGO"
	Group             OrganizationKind = "GROUP"
	OtherOrganization OrganizationKind = "OTHER"
)

// Position is an office that a person can hold (Popolo post).
type Position struct {
	Thing
	Country string `json:"country,omitempty"`
}

// Place is somewhere.
type Place struct {
	Thing
	Classification string   `json:"classification,omitempty"`
	Country        string   `json:"country,omitempty"`
	Latitude       *float64 `json:"latitude,omitempty"`  // degrees north, -90 to 90
	Longitude      *float64 `json:"longitude,omitempty"` // degrees east, -180 to 180
}

// Event is something that happens at a time, or might.
type Event struct {
	Thing
	Kind      string      `json:"kind,omitempty"` // free text: meeting, annexation, …
	StartDate PartialDate `json:"startDate,omitempty"`
	EndDate   PartialDate `json:"endDate,omitempty"`
	Status    EventStatus `json:"status"`
	Outcome   string      `json:"outcome,omitempty"`
	// Evidence is where it is written that the event took place, or may.
	Evidence []Evidence `json:"evidence,omitempty"`
	// About are the entities and topics that the event is about.
	About []ID `json:"about,omitempty"`
}

// EventStatus says whether an event happened.
type EventStatus string

// The states of an event.
const (
	Happened     EventStatus = "HAPPENED"
	Ongoing      EventStatus = "ONGOING"
	Planned      EventStatus = "PLANNED"
	Proposed     EventStatus = "PROPOSED"
	Hypothetical EventStatus = "HYPOTHETICAL"
	Cancelled    EventStatus = "CANCELLED"
)

// Topic is a subject that can be spoken about: an idea, a demand, a document as a matter of talk.
type Topic struct{ Thing }

func (*Person) kind() string       { return "Person" }
func (*Organization) kind() string { return "Organization" }
func (*Position) kind() string     { return "Position" }
func (*Place) kind() string        { return "Place" }
func (*Event) kind() string        { return "Event" }
func (*Topic) kind() string        { return "Topic" }

// Type gives the entity's type.
func (*Person) Type() EntityType { return PersonType }

// Type gives the entity's type.
func (*Organization) Type() EntityType { return OrganizationType }

// Type gives the entity's type.
func (*Position) Type() EntityType { return PositionType }

// Type gives the entity's type.
func (*Place) Type() EntityType { return PlaceType }

// Type gives the entity's type.
func (*Event) Type() EntityType { return EventType }

// Type gives the entity's type.
func (*Topic) Type() EntityType { return TopicType }

func (t *Thing) references(func(Facet, ...ID)) {}
func (t *Thing) sortHead(Order) string         { return nameSort(t.Name) }

// foldedNames are the distinct keys of all its names.
func (t *Thing) foldedNames() []string {
	keys := []string{fold.Key(t.Name)}
	for _, n := range t.Names {
		keys = append(keys, fold.Key(n.Value))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (t *Thing) commonFacets(f func(Facet, ...string)) {
	names := t.foldedNames()
	f(EntityName, names...)
	f(EntityWord, wordsOf(names)...)
	keys := make([]string, len(t.Identifiers))
	for i, id := range t.Identifiers {
		keys[i] = id.key()
	}
	f(EntityIdentifier, unique(keys)...)
}

// key is what an identifier is found by: scheme and value, a line break between them.
func (i Identifier) key() string { return i.Scheme + "\n" + i.Value }

func (p *Person) facets(f func(Facet, ...string)) {
	p.commonFacets(f)
	f(EntityTypeFacet, string(PersonType))
	f(EntityCountry, unique(slices.Clone(p.Countries))...)
}

func (o *Organization) facets(f func(Facet, ...string)) {
	o.commonFacets(f)
	f(EntityTypeFacet, string(OrganizationType))
	f(EntityKind, string(o.Kind))
	f(EntityCountry, nonEmpty(o.Country)...)
}

func (p *Position) facets(f func(Facet, ...string)) {
	p.commonFacets(f)
	f(EntityTypeFacet, string(PositionType))
	f(EntityCountry, nonEmpty(p.Country)...)
}

func (p *Place) facets(f func(Facet, ...string)) {
	p.commonFacets(f)
	f(EntityTypeFacet, string(PlaceType))
	f(EntityCountry, nonEmpty(p.Country)...)
}

func (t *Topic) facets(f func(Facet, ...string)) {
	t.commonFacets(f)
	f(EntityTypeFacet, string(TopicType))
}

func (e *Event) facets(f func(Facet, ...string)) {
	e.commonFacets(f)
	f(EntityTypeFacet, string(EventType))
	f(EventByDate, "event")
	if w := e.window(); w.EndMax[:4] > w.StartMin[:4] {
		f(EventReaching, "event")
	}
	f(EventKind, nonEmpty(foldedOrEmpty(e.Kind))...)
	f(EventStatusFacet, string(e.Status))
}

func (e *Event) references(f func(Facet, ...ID)) {
	f(EventAbout, e.About...)
	evidenceReferences(e.Evidence, f)
}

func (e *Event) evidence() []Evidence { return e.Evidence }

func (e *Event) sortHead(order Order) string {
	if order == ByDate {
		return daySort(e.StartDate)
	}
	return nameSort(e.Name)
}

// window of an event: without an end it counts by its start, unless it is still going on.
func (e *Event) window() Window {
	end := e.EndDate
	if end == "" && e.Status == Ongoing {
		end = Open
	}
	if end == "" && e.StartDate.known() {
		return MomentWindow(e.StartDate)
	}
	return SpanWindow(e.StartDate, end)
}

func (t *Thing) checkThing(c *checker) {
	c.text("name", t.Name, 1, 4096)
	c.count("names", len(t.Names), 100)
	for i, n := range t.Names {
		c.in("names", i, func() {
			c.text("value", n.Value, 1, 4096)
			c.text("language", n.Language, 0, 35)
			checkEnum(c, "kind", n.Kind, Alias, Former, Abbreviation, Transliterated, Translated, Demonym, Metonym, WeakAlias)
			c.span(n.StartDate, n.EndDate)
		})
	}
	c.text("description", t.Description, 0, 10_000)
	c.count("identifiers", len(t.Identifiers), 100)
	for i, id := range t.Identifiers {
		c.in("identifiers", i, func() {
			c.text("scheme", id.Scheme, 1, 100)
			c.text("value", id.Value, 1, 400)
			if containsControl(id.Scheme) || containsControl(id.Value) {
				c.fail("value", "has a control character")
			}
		})
	}
	c.count("links", len(t.Links), 100)
	for i, l := range t.Links {
		c.in("links", i, func() {
			c.text("url", l.URL, 1, 4096)
			c.text("note", l.Note, 0, 1000)
		})
	}
}

func (p *Person) check(c *checker) {
	p.checkThing(c)
	c.text("gender", p.Gender, 0, 100)
	c.life("birthDate", p.BirthDate, "deathDate", p.DeathDate)
	c.count("countries", len(p.Countries), 20)
	for i, country := range p.Countries {
		c.in("countries", i, func() {
			c.text("", country, 1, 2)
			c.country("", country)
		})
	}
}

func (o *Organization) check(c *checker) {
	o.checkThing(c)
	checkEnum(c, "kind", o.Kind, State, Intergovernmental, GovernmentBody, Party, Company, Media, NGO, Group, OtherOrganization)
	c.text("classification", o.Classification, 0, 1000)
	c.country("country", o.Country)
	c.life("foundingDate", o.FoundingDate, "dissolutionDate", o.DissolutionDate)
}

func (p *Position) check(c *checker) {
	p.checkThing(c)
	c.country("country", p.Country)
}

func (p *Place) check(c *checker) {
	p.checkThing(c)
	c.text("classification", p.Classification, 0, 1000)
	c.country("country", p.Country)
	c.degrees("latitude", p.Latitude, 90)
	c.degrees("longitude", p.Longitude, 180)
}

func (e *Event) check(c *checker) {
	e.checkThing(c)
	c.text("kind", e.Kind, 0, 200)
	checkEnum(c, "status", e.Status, Happened, Ongoing, Planned, Proposed, Hypothetical, Cancelled)
	c.text("outcome", e.Outcome, 0, 10_000)
	c.span(e.StartDate, e.EndDate)
	c.ids("about", EntityClass, e.About)
	checkEvidence(c, e.Evidence)
}

func (t *Topic) check(c *checker) { t.checkThing(c) }

func (o *Organization) normalize() {
	o.Thing.normalize()
	if o.Kind == "" {
		o.Kind = OtherOrganization
	}
}

func (e *Event) normalize() {
	e.Thing.normalize()
	e.About = unique(e.About)
	if e.Status == "" {
		e.Status = Happened
	}
	normalizeEvidence(e.Evidence)
}

// normalize gives a name without a kind the kind ALIAS.
func (t *Thing) normalize() {
	t.Meta.normalize()
	for i := range t.Names {
		if t.Names[i].Kind == "" {
			t.Names[i].Kind = Alias
		}
	}
}
