package formats

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dramatis/kg"
)

// ftmMade is what becomes of an FtM entity.
type ftmMade struct {
	main kg.Record
	// parts are records that only show what the entity says: references as relationships, further pairs of ends.
	parts []kg.Record
	// shared are records that other entities make too: sources by their URL, authorities and publishers by their name.
	shared []kg.Record
	// expected are how what the entity refers to is to be made, should it not come.
	expected []kg.Record
	// changes tell what could not be taken.
	changes []string
}

// ftmMapper makes records of FtM entities.
type ftmMapper struct {
	dataset string
	set     kg.ID
}

func newFtMMapper(dataset string) *ftmMapper {
	return &ftmMapper{dataset, kg.DatasetID(dataset)}
}

func (m *ftmMapper) id(class kg.Class, key string) kg.ID { return kg.KeyID(class, m.dataset, key) }

func (m *ftmMapper) meta(class kg.Class, key string) kg.Meta {
	return kg.Meta{ID: m.id(class, key), Dataset: m.set, Key: key}
}

// records makes the records of an entity.
//
// Whatever no field of the main record gives back goes to its Extra: the writer makes an entity of the record's fields, and
// what it lacks is kept under its property, what it has too much under ftmWithout. So writing gives the entity again, however
// entities are mapped.
func (m *ftmMapper) records(e *ftmEntity) *ftmMade {
	made := &ftmMade{}
	if len(e.empty) > 0 {
		made.change("empty texts are left out: %s", strings.Join(slices.Compact(e.empty), ", "))
	}
	switch e.schema.becomes {
	case ftmSource:
		m.source(e, made)
	case ftmMention:
		m.mention(e, made)
	case ftmLink:
		m.link(e, made)
	}
	if made.main == nil {
		made.expected, made.shared = nil, nil
		m.entity(e, made)
	}
	m.keep(e, made)
	return made
}

func (made *ftmMade) change(format string, args ...any) {
	made.changes = append(made.changes, fmt.Sprintf(format, args...))
}

// find gives what a record of the entity refers to.
func (made *ftmMade) find(id kg.ID) kg.Record {
	for _, list := range [][]kg.Record{made.shared, made.expected, made.parts} {
		for _, r := range list {
			if r.GetID() == id {
				return r
			}
		}
	}
	return nil
}

// maxExtra is how large Meta.Extra may be together.
const maxExtra = 64 << 10

// keep puts into Extra what the fields of the main record do not give back.
func (m *ftmMapper) keep(e *ftmEntity, made *ftmMade) {
	var extra []kg.Extra
	size := 0
	add := func(name string, values []string) bool {
		n := len(name)
		for _, v := range values {
			n += len(v)
		}
		if size+n > maxExtra {
			return false
		}
		size += n
		extra = append(extra, kg.Extra{Name: name, Values: values})
		return true
	}
	meta := kg.MetaOf(made.main)
	add(ftmSchemaOf, []string{e.schema.name})
	if in := extraOf(&meta, ftmTextIn); in != nil {
		add(ftmTextIn, in)
	}
	given := &ftmEntity{schema: e.schema}
	w := &ftmWriter{theFtM(), made.find}
	w.fields(given, made.main, &meta, true)
	var without []string
	for _, p := range given.props {
		for _, v := range ftmMinus(p.values, e.get(p.name)) {
			without = append(without, p.name+"="+v)
		}
	}
	if without != nil {
		add(ftmWithout, without)
	}
	for _, p := range e.props {
		if rest := ftmMinus(p.values, given.get(p.name)); rest != nil && !add(p.name, rest) {
			made.change("values of %s are left out: what has no place in the model has 64 KiB", p.name)
		}
	}
	for _, c := range e.context {
		if !add(c.Name, c.Values) {
			made.change("%s is left out: what has no place in the model has 64 KiB", strings.TrimPrefix(c.Name, ftmContext))
		}
	}
	kg.SetExtra(made.main, extra)
}

// bare makes the record of an entity, known by its id only, that has a schema or one that extends it.
func (m *ftmMapper) bare(schema, id string) kg.Record {
	s := theFtM().Schemata[schema]
	if s.becomes == ftmSource {
		return &kg.Source{Meta: derived(m.meta(kg.SourceClass, id), "id"), Kind: kg.Document, Title: id}
	}
	e := blankEntity(s)
	*e.Common() = kg.Thing{Meta: m.meta(kg.EntityClass, id), Name: id, Stub: true}
	return e
}

// blankEntity makes an entity of the type that a schema becomes.
func blankEntity(s *ftmSchema) kg.Entity {
	switch s.becomes {
	case ftmPerson:
		return &kg.Person{}
	case ftmOrganization:
		return &kg.Organization{Kind: organizationKind(s, nil)}
	case ftmPosition:
		return &kg.Position{}
	case ftmPlace:
		return &kg.Place{}
	case ftmEvent:
		return &kg.Event{}
	}
	return &kg.Topic{}
}

func organizationKind(s *ftmSchema, topics []string) kg.OrganizationKind {
	switch {
	case slices.Contains(topics, "pol.party"):
		return kg.Party
	case slices.Contains(topics, "gov.igo"):
		return kg.Intergovernmental
	case s.is("PublicBody"):
		return kg.GovernmentBody
	case s.is("Company"):
		return kg.Company
	}
	return kg.OtherOrganization
}

// expect gives the id of what a property refers to.
func (m *ftmMapper) expect(made *ftmMade, schema, id string) kg.ID {
	r := m.bare(schema, id)
	if made.find(r.GetID()) == nil {
		made.expected = append(made.expected, r)
	}
	return r.GetID()
}

// share makes a record that others may make too.
func (made *ftmMade) share(r kg.Record) kg.ID {
	if made.find(r.GetID()) == nil {
		made.shared = append(made.shared, r)
	}
	return r.GetID()
}

// derived marks a record as one that only shows what others say.
func derived(meta kg.Meta, property string) kg.Meta {
	meta.Extra = []kg.Extra{{Name: ftmDerived, Values: []string{property}}}
	return meta
}

// maxKey is how long a record's key may be.
const maxKey = 512

// sharedKey is the key of a shared record: no FtM id has a colon.
func sharedKey(property, value string) string {
	if key := property + ":" + value; len(key) <= maxKey {
		return key
	}
	sum := sha256.Sum256([]byte(value))
	return property + ":" + hex.EncodeToString(sum[:])
}

// named makes the organization that a text names.
func (m *ftmMapper) named(made *ftmMade, property, name string, kind kg.OrganizationKind) kg.ID {
	o := &kg.Organization{Kind: kind}
	o.Thing = kg.Thing{Meta: derived(m.meta(kg.EntityClass, sharedKey(property, name)), property), Name: name}
	return made.share(o)
}

// entity makes an Entity, and of what it refers to relationships.
func (m *ftmMapper) entity(e *ftmEntity, made *ftmMade) {
	r := blankEntity(e.schema)
	t := r.Common()
	*t = kg.Thing{Meta: m.meta(kg.EntityClass, e.id)}
	m.thing(e, t)
	switch r := r.(type) {
	case *kg.Person:
		r.Gender = fitting(e.first("gender"), 100)
		r.BirthDate, r.DeathDate = lifeOf(e.first("birthDate"), e.first("deathDate"))
		r.Countries = countriesOf(e, 20, "nationality", "citizenship")
		if r.Countries == nil {
			r.Countries = countriesOf(e, 20, "country")
		}
	case *kg.Organization:
		r.Kind = organizationKind(e.schema, e.get("topics"))
		r.Classification = fitting(e.first("classification"), 1000)
		r.Country = countryOf(e, "country", "jurisdiction", "mainCountry")
		r.FoundingDate, r.DissolutionDate = lifeOf(e.first("incorporationDate"), e.first("dissolutionDate"))
	case *kg.Position:
		r.Country = countryOf(e, "country")
	case *kg.Place:
		r.Classification = fitting(e.first("level"), 1000)
		r.Country = countryOf(e, "country")
		r.Latitude, r.Longitude = degrees(e.first("latitude"), 90), degrees(e.first("longitude"), 180)
	case *kg.Event:
		r.Status = kg.Happened
		r.StartDate, r.EndDate = spanOf(e)
		r.Evidence = m.evidence(e, made)
	}
	made.main = r
	m.references(e, r, made)
}

// thing fills in what all entities have.
func (m *ftmMapper) thing(e *ftmEntity, t *kg.Thing) {
	t.Name = m.name(e)
	add := func(kind kg.NameKind, values []string) {
		for _, v := range values {
			if len(t.Names) < 100 && len(v) <= 4096 && v != t.Name && !slices.ContainsFunc(t.Names, func(n kg.Name) bool { return n.Value == v }) {
				t.Names = append(t.Names, kg.Name{Value: v, Kind: kind})
			}
		}
	}
	if e.schema.has("name") {
		names := e.get("name")
		add(kg.Alias, names)
		if rest := slices.DeleteFunc(slices.Clone(names), func(v string) bool { return v == t.Name }); len(rest) > 0 {
			t.Extra = append(t.Extra, kg.Extra{Name: "name", Values: rest}) // tells the writer which aliases are names
		}
		add(kg.Former, e.get("previousName"))
		add(kg.Abbreviation, e.get("abbreviation"))
		add(kg.Alias, e.get("alias"))
		add(kg.WeakAlias, e.get("weakAlias"))
	}
	t.Description = m.description(e)
	for _, p := range e.props {
		switch e.schema.Properties[p.name] {
		case "identifier":
			for _, v := range p.values {
				if len(t.Identifiers) < 100 && len(v) <= 400 && !hasControl(v) {
					t.Identifiers = append(t.Identifiers, kg.Identifier{Scheme: ftmScheme(p.name), Value: v})
				}
			}
		case "url":
			if p.name == "sourceUrl" && e.schema.becomes == ftmEvent {
				continue // evidence
			}
			for _, v := range p.values {
				if len(t.Links) < 100 && len(v) <= 4096 {
					t.Links = append(t.Links, kg.Link{URL: v, Note: p.name})
				}
			}
		}
	}
}

// name is what to show an entity as: the caption that stands beside it, if it is one of its names, otherwise what its schema
// is shown as, and its id if it has nothing of that.
func (m *ftmMapper) name(e *ftmEntity) string {
	for _, c := range e.context {
		if c.Name == ftmContext+"caption" {
			for _, name := range e.get("name") {
				if c.Values[0] == `"`+name+`"` && len(name) <= 4096 {
					return name
				}
			}
		}
	}
	for _, prop := range e.schema.Caption {
		for _, v := range e.get(prop) {
			if len(v) <= 4096 {
				return v
			}
		}
	}
	if name := fitting(e.first("name"), 4096); name != "" {
		return name
	}
	return e.id
}

// description is the first text about an entity that fits; of summary and notes only a short one, for it is kept twice.
func (m *ftmMapper) description(e *ftmEntity) string {
	if d := fitting(e.first("description"), 10_000); d != "" {
		return d
	}
	return fitting(e.first("summary", "notes"), 2000)
}

// ftmReferences are the properties that become relationships of a type, backwards from what they refer to. All others become OTHER, with the
// property as role.
var ftmReferences = map[string]struct {
	link      kg.RelationshipType
	backwards bool
}{
	"addressEntity": {kg.LocatedIn, false}, "startLocation": {kg.LocatedIn, false}, "endLocation": {kg.LocatedIn, false},
	"organization": {kg.PositionIn, false}, "parent": {kg.PartOf, false}, "partOf": {kg.PartOf, false},
	"organizer": {kg.Organized, true}, "involved": {kg.ParticipatedIn, true},
	"owner": {kg.Owns, true}, "holder": {kg.Owns, true},
}

// maxParts is how many records an entity makes beside its main one.
const maxParts = 1000

// references makes relationships of what an entity refers to.
func (m *ftmMapper) references(e *ftmEntity, main kg.Entity, made *ftmMade) {
	for _, p := range e.props {
		schema, ok := e.schema.Properties[p.name].reference()
		if !ok || theFtM().Schemata[schema].becomes == ftmSource {
			continue
		}
		for _, id := range p.values {
			if len(made.parts) == maxParts {
				made.change("only the first %d references are relationships", maxParts)
				return
			}
			other := m.bare(schema, id).(kg.Entity)
			r := &kg.Relationship{Meta: derived(m.meta(kg.RelationshipClass, e.id+":"+p.name+":"+id), p.name), Type: kg.OtherLink,
				From: main.GetID(), To: m.expect(made, schema, id)}
			if as, ok := ftmReferences[p.name]; ok && m.joins(as.link, as.backwards, main, other) {
				r.Type = as.link
				if as.backwards {
					r.From, r.To = r.To, r.From
				}
			}
			switch {
			case r.Type == kg.OtherLink, p.name == "startLocation", p.name == "endLocation":
				r.Role = p.name
			}
			made.parts = append(made.parts, r)
		}
	}
}

// joins tells whether a type of relationship goes from one to the other.
func (m *ftmMapper) joins(link kg.RelationshipType, backwards bool, one, other kg.Entity) bool {
	if backwards {
		one, other = other, one
	}
	return link.Rule().Misfit(one.Type(), other.Type()) == ""
}

// pair is what one relationship of an FtM entity joins.
type pair struct {
	from, to kg.ID
	key      string
}

// link makes a relationship, and more where an end has several values; none if an end has none: then the entity becomes a Topic.
func (m *ftmMapper) link(e *ftmEntity, made *ftmMade) {
	pairs := m.pairs(e, made)
	if len(pairs) == 0 {
		return
	}
	if len(pairs) > maxParts {
		made.change("joins more than %d pairs of entities: the first are relationships", maxParts)
		pairs = pairs[:maxParts]
	}
	r := kg.Relationship{Meta: m.meta(kg.RelationshipClass, e.id), Type: e.schema.link, From: pairs[0].from, To: pairs[0].to}
	r.Role = fitting(e.first(e.schema.roleProp), 1000)
	if r.Role == "" && r.Type == kg.OtherLink {
		r.Role = e.schema.Edge.Label
		if e.schema.name == "UnknownLink" {
			r.Role = ""
		}
	}
	r.StartDate, r.EndDate = spanOf(e)
	r.Evidence = m.evidence(e, made)
	if r.Type == kg.Paid && len(pairs) == 1 { // of several nobody knows who paid how much to whom
		r.Amount = amountIn(e)
	}
	made.main = inOrder(&r)
	for _, p := range pairs[1:] {
		more := r
		more.Meta = derived(m.meta(kg.RelationshipClass, p.key), e.schema.name)
		more.From, more.To = p.from, p.to
		more.Evidence = slices.Clone(r.Evidence)
		made.parts = append(made.parts, inOrder(&more))
	}
}

// inOrder turns a relationship that reads the same from both ends as it will be stored.
func inOrder(r *kg.Relationship) *kg.Relationship {
	if r.Type.Rule().Symmetric && r.To < r.From {
		r.From, r.To = r.To, r.From
	}
	return r
}

// pairs are what an entity of a schema with two ends joins.
func (m *ftmMapper) pairs(e *ftmEntity, made *ftmMade) []pair {
	if e.schema.name == "Sanction" {
		var pairs []pair
		for _, authority := range e.get("authority") {
			for _, id := range e.get("entity") {
				if len(authority) > 4096 || len(pairs) > maxParts {
					continue
				}
				from := m.named(made, "authority", authority, kg.GovernmentBody)
				pairs = append(pairs, pair{from, m.expect(made, "Thing", id), sharedKey(e.id, authority+":"+id)})
			}
		}
		return pairs
	}
	edge := e.schema.Edge
	source, _ := e.schema.Properties[edge.Source].reference()
	target, _ := e.schema.Properties[edge.Target].reference()
	var pairs []pair
	for _, s := range e.get(edge.Source) {
		for _, t := range e.get(edge.Target) {
			if len(pairs) > maxParts {
				return pairs
			}
			p := pair{m.expect(made, source, s), m.expect(made, target, t), sharedKey(e.id, s+":"+t)}
			if e.schema.link == kg.Succeeded {
				p.from, p.to = p.to, p.from
			}
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// evidence is where it is written what an entity says: pages and documents.
func (m *ftmMapper) evidence(e *ftmEntity, made *ftmMade) []kg.Evidence {
	publisher := ""
	if publishers := e.get("publisher"); len(publishers) == 1 {
		publisher = fitting(publishers[0], 1000)
	}
	var list []kg.Evidence
	add := func(source kg.ID) {
		list = append(list, kg.Evidence{Source: source, AssertedBy: publisher, Method: kg.Import})
	}
	for _, url := range e.get("sourceUrl") {
		if len(url) <= 4096 && len(list) < 50 {
			add(made.share(&kg.Source{Meta: derived(m.meta(kg.SourceClass, sharedKey("sourceUrl", url)), "sourceUrl"), Kind: kg.OtherSource, Title: url, URL: url}))
		}
	}
	for _, id := range e.get("proof") {
		if len(list) < 100 {
			add(m.expect(made, "Document", id))
		}
	}
	return list
}

// source makes a Source.
func (m *ftmMapper) source(e *ftmEntity, made *ftmMade) {
	s := &kg.Source{Meta: m.meta(kg.SourceClass, e.id), Kind: kg.Document, Title: m.name(e)}
	switch {
	case e.schema.is("Article"):
		s.Kind = kg.Article
	case e.schema.is("Video"):
		s.Kind = kg.Video
	case e.schema.is("Message"):
		s.Kind = kg.Post
	}
	if index := e.first("index"); e.schema.name == "Page" && index != "" {
		s.Title = clipRunes("page "+index, 1000)
	}
	for _, author := range e.get("author") {
		if len(author) <= 1000 && len(s.Authors) < 100 {
			s.Authors = append(s.Authors, author)
		}
	}
	s.URL = fitting(e.first("sourceUrl"), 4096)
	for _, prop := range []string{"publishedAt", "date", "authoredAt"} {
		if s.PublishedDate == "" {
			s.PublishedDate = dateOf(e.first(prop))
		}
	}
	s.RetrievedDate = dateOf(e.first("retrievedAt"))
	if language := e.first("language", "detectedLanguage"); language != "" {
		s.Language = theFtM().Languages[language]
	}
	if publishers := e.get("publisher"); len(publishers) == 1 && len(publishers[0]) <= 4096 {
		s.Publisher = m.named(made, "publisher", publishers[0], kg.OtherOrganization)
	}
	sourceText(e, s)
	made.main = s
}

// maxText is how long the text of a source may be.
const maxText = 1 << 20

// sourceText gives a source its text: what its body says, or else what FtM indexes of it.
func sourceText(e *ftmEntity, s *kg.Source) {
	for _, prop := range []string{"bodyText", "indexText"} {
		values := e.get(prop)
		if len(values) == 0 {
			continue
		}
		in, between := []string{prop}, ""
		if len(values) > 1 {
			breaks := func(c string) bool {
				return slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, c) })
			}
			name := "line"
			if breaks("\n") {
				name = "page"
			}
			if between = textBreaks[name]; breaks(between) {
				return
			}
			in = append(in, name)
		}
		text := strings.Join(values, between)
		if len(text) > maxText {
			return
		}
		s.Text = text
		if len(in) > 1 || prop != "bodyText" {
			s.Extra = append(s.Extra, kg.Extra{Name: ftmTextIn, Values: in})
		}
		return
	}
}

// mention makes a Mention of a Mention or a Documentation, and of a mention of nobody in particular a stub of whom it names.
func (m *ftmMapper) mention(e *ftmEntity, made *ftmMade) {
	document := e.first("document")
	if document == "" {
		return
	}
	r := &kg.Mention{Meta: m.meta(kg.MentionClass, e.id), Source: m.expect(made, "Document", document), Kind: kg.NameMention, Exact: e.first("name")}
	switch entity := e.first("resolved", "entity"); {
	case e.schema.name == "Documentation":
		if entity == "" {
			return
		}
		r.Entity, r.Kind, r.Exact = m.expect(made, "Thing", entity), kg.Nominal, e.first("role")
		if r.Exact == "" || len(r.Exact) > 4096 {
			r.Exact = documented
		}
	case r.Exact == "" || len(r.Exact) > 4096:
		return
	case entity != "":
		r.Entity = m.expect(made, "LegalEntity", entity)
	default:
		s := theFtM().Schemata[e.first("detectedSchema")]
		if s == nil || s.becomes == ftmSource {
			s = theFtM().Schemata["LegalEntity"]
		}
		named := blankEntity(s)
		*named.Common() = kg.Thing{Meta: derived(m.meta(kg.EntityClass, e.id+":resolved"), "resolved"), Name: r.Exact, Stub: true}
		made.parts = append(made.parts, named)
		r.Entity = named.GetID()
	}
	made.main = r
}

// fitting is a text, if it is not too long.
func fitting(s string, most int) string {
	if len(s) > most {
		return ""
	}
	return s
}

// dateOf is the day, month or year of a date or a time.
func dateOf(s string) kg.PartialDate {
	day, _, _ := strings.Cut(s, "T")
	if strings.ContainsAny(day, "?~%") {
		return ""
	}
	d, err := kg.ParsePartialDate(day)
	if err != nil {
		return ""
	}
	return d
}

// lifeOf are two dates of which the second is not before the first; otherwise only the first is taken.
func lifeOf(first, last string) (kg.PartialDate, kg.PartialDate) {
	start, end := dateOf(first), dateOf(last)
	if start != "" && end != "" && end.Latest() < start.Earliest() {
		end = ""
	}
	return start, end
}

// spanOf is when an interval was: from its date, if it has no start.
func spanOf(e *ftmEntity) (kg.PartialDate, kg.PartialDate) {
	start := e.first("startDate")
	if dateOf(start) == "" {
		start = e.first("date")
	}
	return lifeOf(start, e.first("endDate"))
}

// countriesOf are the countries in properties that have a code of two letters.
func countriesOf(e *ftmEntity, most int, props ...string) []string {
	var list []string
	for _, p := range props {
		for _, c := range e.get(p) {
			if len(c) == 2 && 'a' <= min(c[0], c[1]) && max(c[0], c[1]) <= 'z' && len(list) < most && !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	return list
}

func countryOf(e *ftmEntity, props ...string) string {
	for _, p := range props {
		if list := countriesOf(e, 1, p); list != nil {
			return list[0]
		}
	}
	return ""
}

func degrees(s string, most float64) *float64 {
	d, err := strconv.ParseFloat(s, 64)
	if err != nil || !(-most <= d && d <= most) {
		return nil
	}
	return &d
}

// amountIn is the amount of a payment.
func amountIn(e *ftmEntity) *kg.Amount {
	for _, c := range []struct{ prop, currency string }{{"amount", e.first("currency")}, {"amountEur", "EUR"}, {"amountUsd", "USD"}} {
		if values := e.get(c.prop); len(values) == 1 {
			if a, ok := amountOf(values[0], c.currency); ok {
				return a
			}
		}
	}
	return nil
}

func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || 0x7f <= r && r < 0xa0 })
}
