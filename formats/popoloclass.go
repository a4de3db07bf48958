package formats

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"dramatis/kg"

	"github.com/go-json-experiment/json/jsontext"
)

// popoloClass says what a class of Popolo is here, both ways.
type popoloClass struct {
	list, kind string // "persons", "person"
	name       string // the field with its name
	blank      func() kg.Entity
	fields     []popoloField
	first      string // the field with the first day, and with the last
	last       string
	dates      func(kg.Entity) (first, last *kg.PartialDate)
	references []popoloReference
}

// popoloField is a text that has a place in the model.
type popoloField struct {
	key string
	get func(kg.Entity) string
	set func(kg.Entity, string)
}

// popoloReference is a field with the id of another entity, and the relationship that it is.
type popoloReference struct {
	key, to   string // to: the list that has it
	kind      kg.RelationshipType
	role      string
	backwards bool // the relationship goes from the other to this
}

var popoloClasses = []popoloClass{
	{
		list: "persons", kind: "person", name: "name", blank: func() kg.Entity { return &kg.Person{} },
		fields: []popoloField{
			{"gender", func(e kg.Entity) string { return e.(*kg.Person).Gender }, func(e kg.Entity, s string) { e.(*kg.Person).Gender = s }},
			popoloDescribing("summary"),
		},
		first: "birth_date", last: "death_date",
		dates: func(e kg.Entity) (_, _ *kg.PartialDate) { p := e.(*kg.Person); return &p.BirthDate, &p.DeathDate },
	},
	{
		list: "organizations", kind: "organization", name: "name", blank: func() kg.Entity { return &kg.Organization{} },
		fields: []popoloField{
			{"classification", func(e kg.Entity) string {
				o := e.(*kg.Organization)
				if o.Classification == "" {
					return popoloClassification[o.Kind]
				}
				return o.Classification
			}, func(e kg.Entity, s string) {
				o := e.(*kg.Organization)
				o.Classification, o.Kind = s, popoloKindOf(s)
			}},
			popoloDescribing("description"),
		},
		first: "founding_date", last: "dissolution_date",
		dates: func(e kg.Entity) (_, _ *kg.PartialDate) {
			o := e.(*kg.Organization)
			return &o.FoundingDate, &o.DissolutionDate
		},
		references: []popoloReference{
			{key: "parent_id", to: "organizations", kind: kg.PartOf},
			{key: "area_id", to: "areas", kind: kg.LocatedIn},
		},
	},
	{
		list: "areas", kind: "area", name: "name", blank: func() kg.Entity { return &kg.Place{} },
		fields: []popoloField{
			{"classification", func(e kg.Entity) string { return e.(*kg.Place).Classification }, func(e kg.Entity, s string) { e.(*kg.Place).Classification = s }},
			popoloDescribing("description"),
		},
		references: []popoloReference{{key: "parent_id", to: "areas", kind: kg.PartOf}},
	},
	{
		list: "posts", kind: "post", name: "label", blank: func() kg.Entity { return &kg.Position{} },
		fields: []popoloField{popoloDescribing("description")},
		references: []popoloReference{
			{key: "organization_id", to: "organizations", kind: kg.PositionIn},
			{key: "area_id", to: "areas", kind: kg.OtherLink, role: "represents"},
		},
	},
	{
		list: "events", kind: "event", name: "name", blank: func() kg.Entity { return &kg.Event{} },
		fields: []popoloField{
			{"classification", func(e kg.Entity) string { return e.(*kg.Event).Kind }, func(e kg.Entity, s string) { e.(*kg.Event).Kind = s }},
			{"status", func(e kg.Entity) string { return popoloStatus[e.(*kg.Event).Status] }, func(e kg.Entity, s string) {
				for status, called := range popoloStatus {
					if called == s {
						e.(*kg.Event).Status = status
					}
				}
			}},
			popoloDescribing("description"),
		},
		first: "start_date", last: "end_date",
		dates: func(e kg.Entity) (_, _ *kg.PartialDate) { v := e.(*kg.Event); return &v.StartDate, &v.EndDate },
		references: []popoloReference{
			{key: "organization_id", to: "organizations", kind: kg.Organized, backwards: true},
			{key: "parent_id", to: "events", kind: kg.PartOf},
		},
	},
}

func popoloDescribing(key string) popoloField {
	return popoloField{key, func(e kg.Entity) string { return e.Common().Description }, func(e kg.Entity, s string) { e.Common().Description = s }}
}

// popoloClassOf finds a class by its list; nil if there is none.
func popoloClassOf(list string) *popoloClass {
	for i := range popoloClasses {
		if popoloClasses[i].list == list {
			return &popoloClasses[i]
		}
	}
	return nil
}

// popoloClassOfType is the class that an entity is; nil for a topic.
func popoloClassOfType(t kg.EntityType) *popoloClass {
	for i := range popoloClasses {
		if popoloClasses[i].blank().Type() == t {
			return &popoloClasses[i]
		}
	}
	return nil
}

// popoloClassification is what an organization is called that has a kind and no classification.
var popoloClassification = map[kg.OrganizationKind]string{
	kg.State: "state", kg.Intergovernmental: "intergovernmental organization", kg.GovernmentBody: "government body", kg.Party: "party",
	kg.Company: "company", kg.Media: "media", kg.NGO: "ngo", kg.Group: "group",
}

// popoloKindOf tells the kind by words of the classification.
func popoloKindOf(classification string) kg.OrganizationKind {
	c := strings.ToLower(classification)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(c, w) })
	}
	switch {
	case c == "state" || c == "country":
		return kg.State
	case has("intergovernmental"):
		return kg.Intergovernmental
	case has("parliamentary group", "faction", "caucus", "coalition", "alliance") || c == "group":
		return kg.Group
	case c == "party" || has("political party"):
		return kg.Party
	case has("legislature", "parliament", "chamber", "senate", "assembly", "committee", "government", "ministry", "executive", "council", "department", "court", "judiciary"):
		return kg.GovernmentBody
	case has("company", "corporation", "business"):
		return kg.Company
	case has("media", "newspaper", "broadcaster"):
		return kg.Media
	case has("ngo", "charity", "non-governmental", "foundation") && !has("congo"):
		return kg.NGO
	}
	return kg.OtherOrganization
}

// popoloStatus is what the states of events are called, two of them as in iCalendar. What happened says nothing of it.
var popoloStatus = map[kg.EventStatus]string{
	kg.Cancelled: "cancelled", kg.Proposed: "tentative", kg.Planned: "planned", kg.Ongoing: "ongoing", kg.Hypothetical: "hypothetical",
}

// popoloNotes is what a kind of name is called in the note of an other_name.
var popoloNotes = map[kg.NameKind]string{
	kg.Alias: "alternate", kg.Former: "former", kg.Abbreviation: "abbreviation", kg.Transliterated: "transliterated", kg.Translated: "multilingual",
	kg.Demonym: "demonym", kg.Metonym: "metonym", kg.WeakAlias: "weak",
}

// Notes of links that are other fields in Popolo.
const (
	popoloImage  = "image"
	popoloEmail  = "email"
	popoloSource = "source"
)

// popoloObject is an element of a list as JSON values.
type popoloObject = map[string]any

// textOf is a text in an object; "" if there is none.
func textOf(o popoloObject, key string) string { s, _ := o[key].(string); return s }

// popoloNameOf reads an other_name. It is exact if nothing of it gets lost.
func popoloNameOf(v jsontext.Value) (n kg.Name, exact bool) {
	var o popoloObject
	if decodeValue(v, &o) != nil {
		return n, false
	}
	n = kg.Name{Value: textOf(o, "name"), Kind: kg.Alias, Language: textOf(o, "lang")}
	for _, date := range []struct {
		key string
		at  *kg.PartialDate
	}{{"start_date", &n.StartDate}, {"end_date", &n.EndDate}} {
		if d, err := kg.ParsePartialDate(textOf(o, date.key)); err == nil {
			*date.at = d
		}
	}
	note := strings.ToLower(textOf(o, "note"))
	for kind, called := range popoloNotes {
		if note == called || note == called+" name" {
			n.Kind = kind
		}
	}
	if n.Kind == kg.Alias && n.EndDate != "" && note != popoloNotes[kg.Alias] {
		n.Kind = kg.Former
	}
	return n, reflect.DeepEqual(o, popoloName(n))
}

// popoloName writes an other_name.
func popoloName(n kg.Name) popoloObject {
	o := popoloObject{"name": n.Value, "note": popoloNotes[n.Kind]}
	putText(o, "lang", n.Language)
	putText(o, "start_date", popoloDate(n.StartDate))
	putText(o, "end_date", popoloDate(n.EndDate))
	return o
}

// putText sets a field that says something.
func putText(o popoloObject, key, value string) {
	if value != "" {
		o[key] = value
	}
}

// popoloDate is a date without what Popolo cannot say: how sure it is, and that it is open.
func popoloDate(d kg.PartialDate) string { return strings.Trim(string(d), ".?~%") }

// popoloIdentifierOf reads an identifier.
func popoloIdentifierOf(v jsontext.Value) (i kg.Identifier, exact bool) {
	var o popoloObject
	if decodeValue(v, &o) != nil {
		return i, false
	}
	i = kg.Identifier{Scheme: textOf(o, "scheme"), Value: textOf(o, "identifier")}
	return i, reflect.DeepEqual(o, popoloIdentifier(i))
}

func popoloIdentifier(i kg.Identifier) popoloObject {
	return popoloObject{"identifier": i.Value, "scheme": i.Scheme}
}

// popoloLinkOf reads a link or a source.
func popoloLinkOf(v jsontext.Value) (l kg.Link, exact bool) {
	var o popoloObject
	if decodeValue(v, &o) != nil {
		return l, false
	}
	l = kg.Link{URL: textOf(o, "url"), Note: textOf(o, "note")}
	return l, reflect.DeepEqual(o, popoloLink(l))
}

func popoloLink(l kg.Link) popoloObject {
	o := popoloObject{"url": l.URL}
	putText(o, "note", l.Note)
	return o
}

// popoloElements are the lists of which single elements may be kept aside: an extra value for each.
var popoloElements = []string{"other_names", "identifiers", "links", "sources", "contact_details"}

// popoloExtraValues are a field as extra values. What is not JSON is a text; a text that would be JSON is written as JSON.
func popoloExtraValues(key string, v jsontext.Value) ([]string, error) {
	if slices.Contains(popoloElements, key) {
		var list []jsontext.Value
		if v.Kind() == '[' && decodeValue(v, &list) == nil {
			values := make([]string, len(list))
			for i := range list {
				if err := list[i].Compact(); err != nil {
					return nil, err
				}
				values[i] = string(list[i])
			}
			return values, nil
		}
	}
	var s string
	if v.Kind() == '"' && decodeValue(v, &s) == nil && s != "" && !json.Valid([]byte(s)) && !strings.ContainsRune(s, 0) {
		return []string{s}, nil
	}
	if err := v.Compact(); err != nil {
		return nil, err
	}
	return []string{string(v)}, nil
}

// popoloExtraJSON is an extra value as JSON.
func popoloExtraJSON(value string) any {
	if json.Valid([]byte(value)) {
		return json.RawMessage(value)
	}
	return value
}
