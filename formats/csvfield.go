package formats

import (
	"slices"
	"strconv"
	"strings"

	"dramatis/kg"
)

// csvKind is a kind of record that the rows of a table can become, with its fields.
type csvKind struct {
	name   string
	class  kg.Class
	blank  func() kg.Record
	fields []csvField
}

// csvField is a field of a record.
type csvField struct {
	name string
	is   csvFieldKind
	// list: it takes several values. keyed: each under a constant, which set gets as by.
	list  bool
	keyed csvKeyed
	// needed: without it there is no such record.
	needed bool
	// class is what a reference refers to.
	class kg.Class
	// set puts a value in. It fails with why it does not fit.
	set func(r kg.Record, by, s string) error
}

type csvFieldKind byte

const (
	csvText csvFieldKind = iota
	csvDay
	csvCountry
	csvNumber
	csvReference
)

type csvKeyed byte

const (
	notKeyed csvKeyed = iota
	mayBeKeyed
	mustBeKeyed
)

// kindNamed gives a kind by its name; nil if there is none.
func kindNamed(name string) *csvKind {
	for i := range csvKinds {
		if csvKinds[i].name == name {
			return &csvKinds[i]
		}
	}
	return nil
}

// field gives a field by its name; nil if there is none.
func (k *csvKind) field(name string) *csvField {
	for i := range k.fields {
		if k.fields[i].name == name {
			return &k.fields[i]
		}
	}
	return nil
}

// csvKinds are the kinds, with what must be first in a record first among the fields.
var csvKinds = []csvKind{
	{"Person", kg.EntityClass, func() kg.Record { return &kg.Person{} }, thingFields(
		aText("gender", func(p *kg.Person) *string { return &p.Gender }),
		aDay("birthDate", func(p *kg.Person) *kg.PartialDate { return &p.BirthDate }),
		aDay("deathDate", func(p *kg.Person) *kg.PartialDate { return &p.DeathDate }),
		csvField{name: "countries", is: csvCountry, list: true, set: func(r kg.Record, _, s string) error {
			p := r.(*kg.Person)
			if !slices.Contains(p.Countries, s) {
				p.Countries = append(p.Countries, s)
			}
			return nil
		}},
	)},
	{"Organization", kg.EntityClass, func() kg.Record { return &kg.Organization{} }, thingFields(
		aChoice("kind", func(o *kg.Organization) *kg.OrganizationKind { return &o.Kind },
			kg.State, kg.Intergovernmental, kg.GovernmentBody, kg.Party, kg.Company, kg.Media, kg.NGO, kg.Group, kg.OtherOrganization),
		aText("classification", func(o *kg.Organization) *string { return &o.Classification }),
		aCountry("country", func(o *kg.Organization) *string { return &o.Country }),
		aDay("foundingDate", func(o *kg.Organization) *kg.PartialDate { return &o.FoundingDate }),
		aDay("dissolutionDate", func(o *kg.Organization) *kg.PartialDate { return &o.DissolutionDate }),
	)},
	{"Position", kg.EntityClass, func() kg.Record { return &kg.Position{} }, thingFields(
		aCountry("country", func(p *kg.Position) *string { return &p.Country }),
	)},
	{"Place", kg.EntityClass, func() kg.Record { return &kg.Place{} }, thingFields(
		aText("classification", func(p *kg.Place) *string { return &p.Classification }),
		aCountry("country", func(p *kg.Place) *string { return &p.Country }),
		aNumber("latitude", func(p *kg.Place) **float64 { return &p.Latitude }),
		aNumber("longitude", func(p *kg.Place) **float64 { return &p.Longitude }),
	)},
	{"Event", kg.EntityClass, func() kg.Record { return &kg.Event{} }, thingFields(
		aText("kind", func(e *kg.Event) *string { return &e.Kind }),
		aDay("startDate", func(e *kg.Event) *kg.PartialDate { return &e.StartDate }),
		aDay("endDate", func(e *kg.Event) *kg.PartialDate { return &e.EndDate }),
		aChoice("status", func(e *kg.Event) *kg.EventStatus { return &e.Status },
			kg.Happened, kg.Ongoing, kg.Planned, kg.Proposed, kg.Hypothetical, kg.Cancelled),
		aText("outcome", func(e *kg.Event) *string { return &e.Outcome }),
		severalOf("about", kg.EntityClass, func(e *kg.Event) *[]kg.ID { return &e.About }),
	)},
	{"Topic", kg.EntityClass, func() kg.Record { return &kg.Topic{} }, thingFields()},
	{"Source", kg.SourceClass, func() kg.Record { return &kg.Source{} }, []csvField{
		aText("title", func(s *kg.Source) *string { return &s.Title }),
		aChoice("kind", func(s *kg.Source) *kg.SourceKind { return &s.Kind }, kg.Article, kg.Document, kg.DatasetKind, kg.Post, kg.Video, kg.OtherSource),
		aText("url", func(s *kg.Source) *string { return &s.URL }),
		aText("archivedUrl", func(s *kg.Source) *string { return &s.ArchivedURL }),
		{name: "authors", list: true, set: func(r kg.Record, _, s string) error {
			r.(*kg.Source).Authors = append(r.(*kg.Source).Authors, s)
			return nil
		}},
		oneOf("publisher", kg.EntityClass, false, func(s *kg.Source) *kg.ID { return &s.Publisher }),
		aDay("publishedDate", func(s *kg.Source) *kg.PartialDate { return &s.PublishedDate }),
		aDay("retrievedDate", func(s *kg.Source) *kg.PartialDate { return &s.RetrievedDate }),
		aText("language", func(s *kg.Source) *string { return &s.Language }),
		aText("text", func(s *kg.Source) *string { return &s.Text }),
	}},
	{"Relationship", kg.RelationshipClass, func() kg.Record { return &kg.Relationship{Type: kg.OtherLink} }, []csvField{
		aText("role", func(r *kg.Relationship) *string { return &r.Role }),
		{name: "type", needed: true, set: setType},
		oneOf("from", kg.EntityClass, true, func(r *kg.Relationship) *kg.ID { return &r.From }),
		oneOf("to", kg.EntityClass, true, func(r *kg.Relationship) *kg.ID { return &r.To }),
		aDay("startDate", func(r *kg.Relationship) *kg.PartialDate { return &r.StartDate }),
		aDay("endDate", func(r *kg.Relationship) *kg.PartialDate { return &r.EndDate }),
		{name: "currency", set: func(r kg.Record, _, s string) error {
			code := strings.ToUpper(s)
			if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				return kg.Errorf(kg.BadUserInput, "is no currency code of three letters")
			}
			r.(*kg.Relationship).Amount = &kg.Amount{Currency: code}
			return nil
		}},
		{name: "amount", is: csvNumber, set: setAmount},
	}},
	{"Statement", kg.StatementClass, func() kg.Record { return &kg.Statement{Kind: kg.Direct} }, []csvField{
		needed(aText("text", func(s *kg.Statement) *string { return &s.Text })),
		needed(severalOf("speakers", kg.EntityClass, func(s *kg.Statement) *[]kg.ID { return &s.Speakers })),
		aChoice("kind", func(s *kg.Statement) *kg.StatementKind { return &s.Kind }, kg.Direct, kg.Indirect, kg.Mixed, kg.Attributed),
		severalOf("onBehalfOf", kg.EntityClass, func(s *kg.Statement) *[]kg.ID { return &s.OnBehalfOf }),
		severalOf("about", kg.EntityClass, func(s *kg.Statement) *[]kg.ID { return &s.About }),
		severalOf("audience", kg.EntityClass, func(s *kg.Statement) *[]kg.ID { return &s.Audience }),
		oneOf("atEvent", kg.EntityClass, false, func(s *kg.Statement) *kg.ID { return &s.AtEvent }),
		aText("medium", func(s *kg.Statement) *string { return &s.Medium }),
		aDay("date", func(s *kg.Statement) *kg.PartialDate { return &s.Date }),
	}},
}

// thingFields are the fields that all entities have, and more.
func thingFields(more ...csvField) []csvField {
	return append([]csvField{
		aText("name", func(e kg.Entity) *string { return &e.Common().Name }),
		aText("description", func(e kg.Entity) *string { return &e.Common().Description }),
		{name: "names", list: true, keyed: mayBeKeyed, set: func(r kg.Record, by, s string) error {
			kind, err := chosen(by, kg.Alias, kg.Former, kg.Abbreviation, kg.Transliterated, kg.Translated, kg.Demonym, kg.Metonym, kg.WeakAlias)
			if by == "" {
				kind, err = kg.Alias, nil
			}
			if t := r.(kg.Entity).Common(); s != t.Name {
				t.Names = append(t.Names, kg.Name{Value: s, Kind: kind})
			}
			return err
		}},
		{name: "identifiers", list: true, keyed: mustBeKeyed, set: func(r kg.Record, by, s string) error {
			t := r.(kg.Entity).Common()
			t.Identifiers = append(t.Identifiers, kg.Identifier{Scheme: by, Value: s})
			return nil
		}},
		{name: "links", list: true, keyed: mayBeKeyed, set: func(r kg.Record, by, s string) error {
			t := r.(kg.Entity).Common()
			t.Links = append(t.Links, kg.Link{URL: s, Note: by})
			return nil
		}},
	}, more...)
}

func needed(f csvField) csvField { f.needed = true; return f }

func aText[R kg.Record](name string, at func(R) *string) csvField {
	return csvField{name: name, set: func(r kg.Record, _, s string) error { *at(r.(R)) = s; return nil }}
}

func aCountry[R kg.Record](name string, at func(R) *string) csvField {
	f := aText(name, at)
	f.is = csvCountry
	return f
}

func aDay[R kg.Record](name string, at func(R) *kg.PartialDate) csvField {
	return csvField{name: name, is: csvDay, set: func(r kg.Record, _, s string) error { *at(r.(R)) = kg.PartialDate(s); return nil }}
}

func aNumber[R kg.Record](name string, at func(R) **float64) csvField {
	return csvField{name: name, is: csvNumber, set: func(r kg.Record, _, s string) error {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return kg.Errorf(kg.BadUserInput, "is not a number")
		}
		*at(r.(R)) = &f
		return nil
	}}
}

func aChoice[R kg.Record, E ~string](name string, at func(R) *E, of ...E) csvField {
	return csvField{name: name, set: func(r kg.Record, _, s string) error {
		e, err := chosen(s, of...)
		if err == nil {
			*at(r.(R)) = e
		}
		return err
	}}
}

func oneOf[R kg.Record](name string, class kg.Class, need bool, at func(R) *kg.ID) csvField {
	return csvField{name: name, is: csvReference, class: class, needed: need, set: func(r kg.Record, _, s string) error { *at(r.(R)) = kg.ID(s); return nil }}
}

func severalOf[R kg.Record](name string, class kg.Class, at func(R) *[]kg.ID) csvField {
	return csvField{name: name, is: csvReference, class: class, list: true, set: func(r kg.Record, _, s string) error {
		*at(r.(R)) = append(*at(r.(R)), kg.ID(s))
		return nil
	}}
}

// chosen finds one of a set of words, however it is written: in small letters, with blanks or hyphens.
func chosen[E ~string](s string, of ...E) (E, error) {
	word := E(strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToUpper(s)))
	if slices.Contains(of, word) {
		return word, nil
	}
	words := make([]string, len(of))
	for i := range of {
		words[i] = string(of[i])
	}
	return "", kg.Errorf(kg.BadUserInput, "is none of %s", strings.Join(words, ", "))
}

// setType sets the type of a relationship that has its role. Words that are none are the role of an OTHER.
func setType(r kg.Record, _, s string) error {
	rel := r.(*kg.Relationship)
	t, err := chosen(s, relationshipTypes()...)
	switch {
	case err == nil:
		rel.Type = t
	case rel.Role != "":
		return err
	default:
		rel.Type, rel.Role = kg.OtherLink, s
	}
	return nil
}

func relationshipTypes() []kg.RelationshipType {
	types := make([]kg.RelationshipType, len(kg.RelationshipRules))
	for i := range types {
		types[i] = kg.RelationshipRules[i].Type
	}
	return types
}

// setAmount sets the amount of a payment of which the currency is known.
func setAmount(r kg.Record, _, s string) error {
	rel := r.(*kg.Relationship)
	if rel.Type != kg.Paid {
		return kg.Errorf(kg.BadUserInput, "belongs to PAID only")
	}
	if rel.Amount == nil {
		return kg.Errorf(kg.BadUserInput, "has no currency")
	}
	amount, ok := amountOf(s, rel.Amount.Currency)
	if !ok {
		return kg.Errorf(kg.BadUserInput, "is no amount of %s", rel.Amount.Currency)
	}
	rel.Amount = amount
	return nil
}
