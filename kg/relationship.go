package kg

import (
	"regexp"
	"slices"
)

// Relationship is a link between two entities, with its dates and the sentences that say so.
type Relationship struct {
	Meta
	Type RelationshipType `json:"type"`
	// Role says more finely, in free text, what From is to To.
	Role string `json:"role,omitempty"`
	From ID     `json:"from"`
	To   ID     `json:"to"`
	// StartDate and EndDate: empty is unknown, ".." is open.
	StartDate PartialDate `json:"startDate,omitempty"`
	EndDate   PartialDate `json:"endDate,omitempty"`
	Amount    *Amount     `json:"amount,omitempty"` // of a PAID relationship only
	Evidence  []Evidence  `json:"evidence,omitempty"`
}

// Amount is a sum of money: Minor units (cents) of a Currency (ISO 4217).
type Amount struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// RelationshipType is one of RelationshipTypes.
type RelationshipType string

// The types of relationships. What fits none is OTHER with its role.
const (
	MemberOf        RelationshipType = "MEMBER_OF"
	Holds           RelationshipType = "HOLDS"
	PositionIn      RelationshipType = "POSITION_IN"
	EmployedBy      RelationshipType = "EMPLOYED_BY"
	Leads           RelationshipType = "LEADS"
	Represents      RelationshipType = "REPRESENTS"
	SpokespersonFor RelationshipType = "SPOKESPERSON_FOR"
	Owns            RelationshipType = "OWNS"
	Directs         RelationshipType = "DIRECTS"
	PartOf          RelationshipType = "PART_OF"
	HeadquarteredIn RelationshipType = "HEADQUARTERED_IN"
	LocatedIn       RelationshipType = "LOCATED_IN"
	FamilyOf        RelationshipType = "FAMILY_OF"
	AssociateOf     RelationshipType = "ASSOCIATE_OF"
	AlliedWith      RelationshipType = "ALLIED_WITH"
	Supports        RelationshipType = "SUPPORTS"
	Opposes         RelationshipType = "OPPOSES"
	Occupies        RelationshipType = "OCCUPIES"
	Sanctions       RelationshipType = "SANCTIONS"
	Paid            RelationshipType = "PAID"
	ParticipatedIn  RelationshipType = "PARTICIPATED_IN"
	Organized       RelationshipType = "ORGANIZED"
	Succeeded       RelationshipType = "SUCCEEDED"
	OtherLink       RelationshipType = "OTHER"
)

// RelationshipRule is what is true of all relationships of a type.
type RelationshipRule struct {
	Type RelationshipType
	// From and To are the types of entities that it may join.
	From, To []EntityType
	// Symmetric: it reads the same from both ends, and is stored with the smaller id as From.
	Symmetric bool
	// Forwards and Backwards are how it reads: From forwards To, To backwards From.
	Forwards, Backwards string
	// FtM and Popolo are its counterparts in FollowTheMoney (a schema) and Popolo (a class); empty where there is none.
	FtM, Popolo string
}

var (
	agents = []EntityType{PersonType, OrganizationType}
	person = []EntityType{PersonType}
	bodies = []EntityType{OrganizationType}
	events = []EntityType{EventType}
	whole  = []EntityType{OrganizationType, PlaceType, EventType, TopicType}
)

// RelationshipRules are the rules of all types, in the order of the schema.
var RelationshipRules = []RelationshipRule{
	{MemberOf, agents, bodies, false, "is a member of", "has as member", "Membership", "membership"},
	{Holds, person, []EntityType{PositionType}, false, "holds", "is held by", "Occupancy", "membership"},
	{PositionIn, []EntityType{PositionType}, bodies, false, "is an office in", "has the office", "", "post"},
	{EmployedBy, person, bodies, false, "is employed by", "employs", "Employment", "membership"},
	{Leads, agents, bodies, false, "leads", "is led by", "", "membership"},
	{Represents, agents, agents, false, "represents", "is represented by", "Representation", "membership"},
	{SpokespersonFor, agents, agents, false, "speaks for", "has as spokesperson", "Representation", "membership"},
	{Owns, agents, []EntityType{OrganizationType, PlaceType, TopicType}, false, "owns", "is owned by", "Ownership", ""},
	{Directs, agents, bodies, false, "directs", "is directed by", "Directorship", "membership"},
	{PartOf, whole, whole, false, "is part of", "has as part", "", ""},
	{HeadquarteredIn, bodies, []EntityType{PlaceType}, false, "has its seat in", "is the seat of", "", ""},
	{LocatedIn, []EntityType{PersonType, OrganizationType, PlaceType, EventType}, []EntityType{PlaceType}, false, "is in", "is the place of", "", "area"},
	{FamilyOf, person, person, false, "is family of", "is family of", "Family", ""},
	{AssociateOf, agents, agents, true, "is an associate of", "is an associate of", "Associate", ""},
	{AlliedWith, agents, agents, true, "is allied with", "is allied with", "", ""},
	{Supports, agents, EntityTypes, false, "supports", "is supported by", "", ""},
	{Opposes, agents, EntityTypes, false, "opposes", "is opposed by", "", ""},
	{Occupies, bodies, []EntityType{PlaceType, OrganizationType}, false, "occupies", "is occupied by", "", ""},
	{Sanctions, bodies, []EntityType{PersonType, OrganizationType, TopicType}, false, "sanctions", "is sanctioned by", "Sanction", ""},
	{Paid, agents, agents, false, "paid", "was paid by", "Payment", ""},
	{ParticipatedIn, agents, events, false, "took part in", "had as participant", "", "event"},
	{Organized, agents, events, false, "organized", "was organized by", "", "event"},
	{Succeeded, EntityTypes, EntityTypes, false, "succeeded", "was succeeded by", "Succession", ""},
	{OtherLink, EntityTypes, EntityTypes, false, "has to do with", "has to do with", "UnknownLink", ""},
}

var (
	ruleOf         = map[RelationshipType]*RelationshipRule{}
	symmetricTypes []RelationshipType
)

func init() {
	for i := range RelationshipRules {
		rule := &RelationshipRules[i]
		ruleOf[rule.Type] = rule
		if rule.Symmetric {
			symmetricTypes = append(symmetricTypes, rule.Type)
		}
	}
}

// Rule gives what is true of all relationships of the type; nil for an unknown type.
func (t RelationshipType) Rule() *RelationshipRule { return ruleOf[t] }

// Direction is how a relationship is looked at from one of its ends.
type Direction string

// OUT: the entity is From. IN: it is To. ANY: either. A symmetric relationship goes both ways.
const (
	Out          Direction = "OUT"
	In           Direction = "IN"
	AnyDirection Direction = "ANY"
)

func (*Relationship) kind() string { return "Relationship" }

func (r *Relationship) references(f func(Facet, ...ID)) {
	f(RelationshipFrom, r.From)
	f(RelationshipTo, r.To)
	evidenceReferences(r.Evidence, f)
}

func (r *Relationship) facets(f func(Facet, ...string)) {
	f(RelationshipFromType, pair(string(r.From), string(r.Type)))
	f(RelationshipToType, pair(string(r.To), string(r.Type)))
	f(RelationshipPair, pair(string(r.From), string(r.To)))
	if rule := ruleOf[r.Type]; rule != nil && rule.Symmetric {
		f(RelationshipMirror, pair(string(r.To), string(r.From)))
	}
	f(RelationshipTypeFacet, string(r.Type))
	if r.EndDate.known() {
		f(RelationshipByEnd, "end")
	}
	if r.From == r.To {
		f(RelationshipLoop, string(r.From), pair(string(r.From), string(r.Type)))
	}
}

func (r *Relationship) evidence() []Evidence { return r.Evidence }

// window of a payment: without an end it was made on its start.
func (r *Relationship) window() Window {
	if r.Type == Paid && r.EndDate == "" && r.StartDate.known() {
		return MomentWindow(r.StartDate)
	}
	return SpanWindow(r.StartDate, r.EndDate)
}

func (r *Relationship) sortHead(order Order) string {
	if order == ByDate {
		return daySort(r.EndDate)
	}
	return daySort(r.StartDate)
}

// Validity tells whether the relationship held on a date.
func (r *Relationship) Validity(on PartialDate) Validity { return r.window().On(on) }

// Other is the end that is not id.
func (r *Relationship) Other(id ID) ID {
	if r.From == id {
		return r.To
	}
	return r.From
}

func (r *Relationship) normalize() {
	r.Meta.normalize()
	if rule := ruleOf[r.Type]; rule != nil && rule.Symmetric && r.To < r.From {
		r.From, r.To = r.To, r.From
	}
	normalizeEvidence(r.Evidence)
}

func (r *Relationship) check(c *checker) {
	if ruleOf[r.Type] == nil {
		c.fail("type", "is not a type of relationship: %s", clip(string(r.Type), 40))
	}
	c.text("role", r.Role, 0, 1000)
	c.id("from", EntityClass, r.From, true)
	c.id("to", EntityClass, r.To, true)
	c.span(r.StartDate, r.EndDate)
	if r.Amount != nil {
		if r.Type != Paid {
			c.fail("amount", "belongs to PAID only")
		}
		if !currencyCode.MatchString(r.Amount.Currency) {
			c.fail("amount", "has a currency that is not of three capital letters (ISO 4217)")
		}
	}
	checkEvidence(c, r.Evidence)
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// Misfit tells what is wrong with the types of the entities that a relationship joins; "" when nothing is.
func (rule *RelationshipRule) Misfit(from, to EntityType) string {
	switch {
	case rule.Symmetric && slices.Contains(rule.From, to) && slices.Contains(rule.To, from):
		return ""
	case !slices.Contains(rule.From, from):
		return string(rule.Type) + " cannot begin at a " + string(from)
	case !slices.Contains(rule.To, to):
		return string(rule.Type) + " cannot end at a " + string(to)
	}
	return ""
}
