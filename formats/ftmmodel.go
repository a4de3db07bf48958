package formats

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"dramatis/kg"
)

// scripts/ftmmodel writes it.
//
//go:embed ftm/model.json
var ftmModelFile []byte

// ftmModel is the FollowTheMoney model: what schemata there are and which properties they have.
type ftmModel struct {
	Version   string
	Countries []string
	Languages map[string]string // ISO 639-3 to BCP 47
	Schemata  map[string]*ftmSchema
	countries map[string]bool
	codes     map[string]string // BCP 47 to ISO 639-3
}

// ftmSchema is a kind of entity, with what we make of it.
type ftmSchema struct {
	Extends    []string
	Abstract   bool
	Caption    []string // the properties by which it is named, the best one first
	Required   []string
	Edge       *ftmEdge
	Properties map[string]ftmType // its own, and after load those that it inherits

	name      string
	ancestors []string // itself among them
	becomes   ftmKind
	link      kg.RelationshipType // of a schema that becomes a relationship
	// which property carries a field of ours, "" if none does
	nameProp, textProp, roleProp string
}

// ftmEdge is how a schema joins two entities.
type ftmEdge struct{ Source, Target, Label string }

// ftmType is the type of a property, of an entity's the range behind it; "" of one that only reads another backwards.
type ftmType string

// reference tells of a property that refers to entities which schema these have.
func (t ftmType) reference() (schema string, ok bool) { return strings.CutPrefix(string(t), "entity ") }

// ftmKind is what kind of record an FtM entity becomes.
type ftmKind int

const (
	ftmTopic ftmKind = iota
	ftmPerson
	ftmOrganization
	ftmPosition
	ftmPlace
	ftmEvent
	ftmSource
	ftmMention
	ftmLink
)

// ftmKinds tell by a schema and what it extends what becomes of an entity; the first that fits.
var ftmKinds = []struct {
	schema string
	kind   ftmKind
}{
	{"Document", ftmSource}, {"Page", ftmSource}, {"Mention", ftmMention}, {"Documentation", ftmMention},
	{"Person", ftmPerson}, {"LegalEntity", ftmOrganization}, {"Position", ftmPosition},
	{"Address", ftmPlace}, {"Territory", ftmPlace}, {"Event", ftmEvent},
}

// ftmLinks are the types of relationships that schemata become. What joins two entities and is not here is OTHER.
var ftmLinks = map[string]kg.RelationshipType{
	"Ownership": kg.Owns, "Directorship": kg.Directs, "Membership": kg.MemberOf, "Employment": kg.EmployedBy,
	"Occupancy": kg.Holds, "Family": kg.FamilyOf, "Associate": kg.AssociateOf, "Representation": kg.Represents,
	"Succession": kg.Succeeded, "Sanction": kg.Sanctions, "Payment": kg.Paid,
}

// ftmRoles are the properties that say, more finely than the schema, what one is to the other; of others it is "role".
var ftmRoles = map[string]string{
	"Family": "relationship", "Associate": "relationship", "Payment": "purpose", "Control": "controlType", "Sanction": "program",
}

// ftmSchemes are the schemes of identifiers that are not named like their property.
var ftmSchemes = map[string]string{"wikidataId": "wikidata", "leiCode": "lei"}

// ftmScheme is the scheme of the identifiers in a property, ftmIdentifier the property of a scheme.
func ftmScheme(prop string) string {
	if scheme, ok := ftmSchemes[prop]; ok {
		return scheme
	}
	return prop
}

func ftmIdentifier(scheme string) string {
	for prop, s := range ftmSchemes {
		if s == scheme {
			return prop
		}
	}
	return scheme
}

// theFtM is the model.
var theFtM = sync.OnceValue(func() *ftmModel {
	m := &ftmModel{countries: map[string]bool{}, codes: map[string]string{}}
	if err := json.Unmarshal(ftmModelFile, m); err != nil {
		panic(err) // it is part of the program
	}
	for _, c := range m.Countries {
		m.countries[c] = true
	}
	for code, language := range m.Languages {
		m.codes[language] = code
	}
	for name, s := range m.Schemata {
		s.name = name
		own := map[string]ftmType{}
		m.inherit(s, name, own)
		defer func() { s.Properties = own }() // when all have inherited
		s.decide(own)
	}
	return m
})

// inherit gives a schema what the one named has, and all that that one extends.
func (m *ftmModel) inherit(s *ftmSchema, name string, into map[string]ftmType) {
	if slices.Contains(s.ancestors, name) {
		return
	}
	s.ancestors = append(s.ancestors, name)
	for prop, t := range m.Schemata[name].Properties {
		if _, ok := into[prop]; !ok {
			into[prop] = t
		}
	}
	for _, parent := range m.Schemata[name].Extends {
		m.inherit(s, parent, into)
	}
}

// decide says what becomes of entities of a schema.
func (s *ftmSchema) decide(props map[string]ftmType) {
	first := func(names ...string) string {
		for _, n := range names {
			if t, ok := props[n]; ok && t != "" {
				return n
			}
		}
		return ""
	}
	s.nameProp = first(append(slices.Clone(s.Caption), "name")...)
	s.textProp = first("description", "summary", "notes")
	if s.Edge != nil || s.name == "Sanction" {
		s.becomes, s.link = ftmLink, kg.OtherLink
		if link, ok := ftmLinks[s.name]; ok {
			s.link = link
		}
		s.roleProp = ftmRoles[s.name]
		if s.roleProp == "" {
			s.roleProp = first("role")
		}
	}
	for _, k := range ftmKinds {
		if s.is(k.schema) {
			s.becomes = k.kind
			break
		}
	}
}

// is tells whether a schema is another or extends it.
func (s *ftmSchema) is(name string) bool { return slices.Contains(s.ancestors, name) }

// typed tells whether entities of a schema have a property of a type.
func (s *ftmSchema) typed(prop string, t ftmType) bool { return s.Properties[prop] == t }

// has tells whether entities of a schema can have a property.
func (s *ftmSchema) has(prop string) bool { return prop != "" && s.Properties[prop] != "" }
