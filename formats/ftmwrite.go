package formats

import (
	"bufio"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dramatis/kg"
)

// What a record keeps of the FtM entity that it came from, under these names in Meta.Extra; beside them stand properties under
// their own names, with the values that no field of the record gives.
const (
	ftmSchemaOf = "ftm:schema"   // its schema
	ftmWithout  = "ftm:without"  // what its fields would give and it did not say, as property=value
	ftmTextIn   = "ftm:text"     // the property that a source's text came from, and what stands between its values: page or line
	ftmDerived  = "ftm:derived"  // the record only shows what another one says: the property
	ftmContext  = "ftm:context:" // what stood beside its properties, as JSON
)

// WriteFTM writes a record as an FtM entity, one line of JSON, or nothing: a dataset, a statement, a stub of which no more is known than its
// id, and what only shows what another record says, are none. find gives what the record refers to, nil for what is not there.
//
// An entity that was read from FtM has the same id, schema and values again, save where its record was changed; the ids of others are
// Dramatis' own, with a hyphen instead of the underscore.
func WriteFTM(w io.Writer, r kg.Record, find func(kg.ID) kg.Record) error {
	e := (&ftmWriter{theFtM(), find}).entity(r)
	if e == nil {
		return nil
	}
	line, err := e.encode()
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// ftmFile writes records as FtM entities, some at a time, so that what they refer to is found together.
type ftmFile struct {
	w    *bufio.Writer
	find func([]kg.ID) ([]kg.Record, error)
	wait []kg.Record
}

func newFTM(w io.Writer, o WriteOptions) Writer { return &ftmFile{w: bufio.NewWriter(w), find: o.Find} }

// someFTM is how many records are written together.
const someFTM = 500

// Write writes a record, or lets it wait for others.
func (f *ftmFile) Write(r kg.Record) error {
	if f.wait = append(f.wait, r); len(f.wait) < someFTM {
		return nil
	}
	return f.flush()
}

func (f *ftmFile) flush() error {
	var ids []kg.ID
	there := map[kg.ID]kg.Record{}
	for _, r := range f.wait {
		for _, id := range kg.References(r) {
			if _, asked := there[id]; !asked {
				there[id] = nil
				ids = append(ids, id)
			}
		}
	}
	found, err := f.find(ids)
	if err != nil {
		return err
	}
	for i, id := range ids {
		there[id] = found[i]
	}
	for _, r := range f.wait {
		if err := WriteFTM(f.w, r, func(id kg.ID) kg.Record { return there[id] }); err != nil {
			return err
		}
	}
	f.wait = f.wait[:0]
	return nil
}

// Close writes what waits.
func (f *ftmFile) Close() error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.w.Flush()
}

// encode gives an entity as JSON.
func (e *ftmEntity) encode() ([]byte, error) {
	o := map[string]any{"id": e.id, "schema": e.schema.name}
	for _, c := range e.context {
		o[strings.TrimPrefix(c.Name, ftmContext)] = json.RawMessage(c.Values[0])
	}
	props := make(map[string][]string, len(e.props))
	for _, p := range e.props {
		props[p.name] = p.values
	}
	o["properties"] = props
	return json.Marshal(o)
}

// ftmWriter makes FtM entities of records.
type ftmWriter struct {
	model *ftmModel
	find  func(kg.ID) kg.Record
}

// extraOf gives the values that a record keeps under a name.
func extraOf(m *kg.Meta, name string) []string {
	for i := range m.Extra {
		if m.Extra[i].Name == name {
			return m.Extra[i].Values
		}
	}
	return nil
}

// entity makes the FtM entity of a record; nil if it is none.
func (w *ftmWriter) entity(r kg.Record) *ftmEntity {
	m := kg.MetaOf(r)
	if extraOf(&m, ftmDerived) != nil || bareStub(r) {
		return nil
	}
	s, native := w.schemaOf(r)
	if s == nil {
		return nil
	}
	e := &ftmEntity{id: ftmIDOf(r), schema: s, clip: !native}
	w.fields(e, r, &m, native)
	if !native {
		return e
	}
	for _, pair := range extraOf(&m, ftmWithout) {
		prop, value, _ := strings.Cut(pair, "=")
		e.remove(prop, value)
	}
	for _, x := range m.Extra {
		switch {
		case strings.HasPrefix(x.Name, ftmContext):
			e.context = append(e.context, x)
		case s.has(x.Name):
			e.add(x.Name, x.Values...)
		}
	}
	return e
}

// bareStub tells of a record of which no more is known than what it is referred to by.
func bareStub(r kg.Record) bool {
	e, ok := r.(kg.Entity)
	return ok && e.Common().Stub && e.Common().Name == e.Common().Key
}

// ftmIDOf is the id of the FtM entity that a record is or was: what is known by reference only is referred to by its key.
func ftmIDOf(r kg.Record) string {
	m := kg.MetaOf(r)
	e, ok := r.(kg.Entity)
	if (extraOf(&m, ftmSchemaOf) != nil || extraOf(&m, ftmDerived) != nil || ok && e.Common().Stub) && ftmIsID(m.Key) {
		return m.Key
	}
	return strings.Replace(string(m.ID), "_", "-", 1)
}

// refer gives the FtM id of what a record refers to.
func (w *ftmWriter) refer(id kg.ID) string {
	if r := w.find(id); r != nil {
		return ftmIDOf(r)
	}
	return strings.Replace(string(id), "_", "-", 1)
}

// schemaOf tells of which schema a record is, and whether it came from FtM with it.
func (w *ftmWriter) schemaOf(r kg.Record) (s *ftmSchema, native bool) {
	m := kg.MetaOf(r)
	if name := extraOf(&m, ftmSchemaOf); len(name) == 1 {
		if s := w.model.Schemata[name[0]]; s != nil && !s.Abstract && s.makes(r) {
			return s, true
		}
	}
	return w.model.Schemata[w.schemaFor(r)], false
}

// makes tells whether an entity of the schema can have become a record such as this.
func (s *ftmSchema) makes(r kg.Record) bool {
	switch r.(type) {
	case *kg.Person:
		return s.becomes == ftmPerson
	case *kg.Organization:
		return s.becomes == ftmOrganization
	case *kg.Position:
		return s.becomes == ftmPosition
	case *kg.Place:
		return s.becomes == ftmPlace
	case *kg.Event:
		return s.becomes == ftmEvent
	case *kg.Topic:
		return s.becomes == ftmTopic || s.becomes == ftmLink || s.becomes == ftmMention
	case *kg.Source:
		return s.becomes == ftmSource
	case *kg.Mention:
		return s.becomes == ftmMention
	case *kg.Relationship:
		return s.becomes == ftmLink
	}
	return false
}

// schemaFor is the schema that fits a record that did not come from FtM.
func (w *ftmWriter) schemaFor(r kg.Record) string {
	switch r := r.(type) {
	case *kg.Person:
		return "Person"
	case *kg.Organization:
		switch r.Kind {
		case kg.State, kg.GovernmentBody:
			return "PublicBody"
		case kg.Company:
			return "Company"
		}
		return "Organization"
	case *kg.Position:
		return "Position"
	case *kg.Place:
		if r.Latitude != nil || r.Longitude != nil {
			return "Address"
		}
		return "Territory"
	case *kg.Event:
		return "Event"
	case *kg.Topic:
		return "Note"
	case *kg.Source:
		switch r.Kind {
		case kg.Article:
			return "Article"
		case kg.Video:
			return "Video"
		}
		return "Document"
	case *kg.Mention:
		return "Mention"
	case *kg.Relationship:
		if rule := r.Type.Rule(); rule != nil && w.allows(rule.FtM, r) {
			return rule.FtM
		}
		return "UnknownLink"
	}
	return ""
}

// allows tells whether what a relationship joins may stand at the ends of a schema.
func (w *ftmWriter) allows(schema string, r *kg.Relationship) bool {
	s := w.model.Schemata[schema]
	if s == nil {
		return false
	}
	if s.Edge == nil {
		return w.find(r.From) != nil
	}
	from, to := s.ends(r)
	for prop, id := range map[string]kg.ID{s.Edge.Source: from, s.Edge.Target: to} {
		end := w.find(id)
		if end == nil {
			return false
		}
		want, _ := s.Properties[prop].reference()
		if is, _ := w.schemaOf(end); is == nil || !is.is(want) {
			return false
		}
	}
	return true
}

// ends are the ends of a relationship in the order of its schema: a predecessor comes first there.
func (s *ftmSchema) ends(r *kg.Relationship) (source, target kg.ID) {
	if s.link == kg.Succeeded {
		return r.To, r.From
	}
	return r.From, r.To
}

// fields gives an entity what the fields of a record say. It says nothing that is not valid in FtM.
func (w *ftmWriter) fields(e *ftmEntity, r kg.Record, m *kg.Meta, native bool) {
	if thing, ok := r.(kg.Entity); ok {
		w.thing(e, thing.Common(), native)
	}
	switch r := r.(type) {
	case *kg.Person:
		if slices.Contains([]string{"male", "female", "other"}, r.Gender) {
			e.add("gender", r.Gender)
		}
		e.addDate("birthDate", r.BirthDate)
		e.addDate("deathDate", r.DeathDate)
		for _, c := range r.Countries {
			w.country(e, "nationality", c)
		}
	case *kg.Organization:
		w.country(e, "country", r.Country)
		e.addText("classification", r.Classification)
		e.addDate("incorporationDate", r.FoundingDate)
		e.addDate("dissolutionDate", r.DissolutionDate)
		switch r.Kind {
		case kg.Party:
			e.add("topics", "pol.party")
		case kg.Intergovernmental:
			e.add("topics", "gov.igo")
		}
	case *kg.Position:
		w.country(e, "country", r.Country)
	case *kg.Place:
		w.country(e, "country", r.Country)
		e.addText("level", r.Classification)
		e.addDegrees("latitude", r.Latitude)
		e.addDegrees("longitude", r.Longitude)
	case *kg.Event:
		e.addDate("startDate", r.StartDate)
		e.addDate("endDate", r.EndDate)
		e.addText("keywords", r.Kind)
		if r.Status != kg.Happened {
			e.addText("notes", "status: "+string(r.Status))
		}
		e.addText("notes", r.Outcome)
		w.evidence(e, r.Evidence, native)
	case *kg.Source:
		w.source(e, r, m, native)
	case *kg.Mention:
		w.mention(e, r, native)
	case *kg.Relationship:
		w.relationship(e, r, native)
	}
}

func (w *ftmWriter) thing(e *ftmEntity, t *kg.Thing, native bool) {
	s := e.schema
	if !native || t.Name != t.Key {
		e.addText(s.nameProp, t.Name)
		if !native {
			e.addText("name", t.Name)
		}
	}
	further := extraOf(&t.Meta, "name")
	for _, n := range t.Names {
		prop := "alias"
		switch n.Kind {
		case kg.Alias:
			if slices.Contains(further, n.Value) {
				continue
			}
		case kg.Former:
			prop = "previousName"
		case kg.Abbreviation:
			if s.has("abbreviation") {
				prop = "abbreviation"
			}
		case kg.WeakAlias, kg.Demonym, kg.Metonym:
			prop = "weakAlias"
		}
		e.addText(prop, n.Value)
	}
	e.addText(s.textProp, t.Description)
	for _, id := range t.Identifiers {
		switch prop := ftmIdentifier(id.Scheme); {
		case s.typed(prop, "identifier") && (native || len(id.Value) <= 64):
			e.add(prop, id.Value)
		default:
			e.addText("notes", id.Scheme+": "+id.Value)
		}
	}
	for _, l := range t.Links {
		switch {
		case s.typed(l.Note, "url"):
			e.add(l.Note, l.URL)
		case ftmIsURL(l.URL) && s.has("website"):
			e.add("website", l.URL)
		case ftmIsURL(l.URL):
			e.addText("sourceUrl", l.URL)
		default:
			e.addText("notes", l.URL)
		}
	}
}

func (w *ftmWriter) source(e *ftmEntity, r *kg.Source, m *kg.Meta, native bool) {
	if e.schema.nameProp != "" && (!native || r.Title != r.Key) {
		e.addText(e.schema.nameProp, r.Title)
	}
	if !native {
		e.addText("title", r.Title)
		e.addText("fileName", r.Title)
		e.addText("notes", r.ArchivedURL)
	}
	e.addText("author", r.Authors...)
	if native || ftmIsURL(r.URL) {
		e.addText("sourceUrl", r.URL)
	}
	e.addDate("publishedAt", r.PublishedDate)
	e.addDate("retrievedAt", r.RetrievedDate)
	if code := w.model.codes[r.Language]; code != "" {
		e.addText("language", code)
	}
	if publisher, ok := w.find(r.Publisher).(kg.Entity); ok {
		e.addText("publisher", publisher.Common().Name)
	}
	prop, between := "bodyText", ""
	if in := extraOf(m, ftmTextIn); len(in) > 0 {
		prop = in[0]
		if len(in) > 1 {
			between = textBreaks[in[1]]
		}
	}
	switch {
	case r.Text == "" || !e.schema.has(prop):
	case between != "":
		e.add(prop, strings.Split(r.Text, between)...)
	default:
		e.add(prop, r.Text)
	}
}

// textBreaks are what stands between the values of a property that are a source's text together.
var textBreaks = map[string]string{"line": "\n", "page": "\f"}

func (w *ftmWriter) mention(e *ftmEntity, r *kg.Mention, native bool) {
	e.add("document", w.refer(r.Source))
	entity := w.find(r.Entity)
	if e.schema.name == "Documentation" {
		if r.Exact != documented {
			e.addText("role", r.Exact)
		}
		e.add("entity", w.refer(r.Entity))
		return
	}
	e.addText("name", r.Exact)
	if native {
		if entity != nil {
			if m := kg.MetaOf(entity); extraOf(&m, ftmDerived) != nil {
				return // nobody said who it is
			}
		}
		e.add("resolved", w.refer(r.Entity))
		return
	}
	if entity == nil {
		return
	}
	if s, _ := w.schemaOf(entity); s != nil {
		e.add("detectedSchema", s.name)
		if s.is("LegalEntity") {
			e.add("resolved", ftmIDOf(entity))
		}
	}
}

// documented is what a mention says that comes from a Documentation without a role.
const documented = "documented"

func (w *ftmWriter) relationship(e *ftmEntity, r *kg.Relationship, native bool) {
	s := e.schema
	if s.Edge != nil {
		source, target := s.ends(r)
		e.add(s.Edge.Source, w.refer(source))
		e.add(s.Edge.Target, w.refer(target))
	} else { // a sanction
		e.add("entity", w.refer(r.To))
		if by, ok := w.find(r.From).(kg.Entity); ok {
			e.addText("authority", by.Common().Name)
		}
	}
	start := "startDate"
	if s.link == kg.Paid && r.EndDate == "" {
		start = "date"
	}
	e.addDate(start, r.StartDate)
	e.addDate("endDate", r.EndDate)
	w.evidence(e, r.Evidence, native)
	if a := r.Amount; a != nil {
		for _, x := range amountExtra(a) {
			e.addText(x.Name, x.Values...)
		}
	}
	switch rule := r.Type.Rule(); {
	case r.Role == "" && (native || s.link == r.Type):
	case native && s.link != r.Type && r.Role == s.link.Rule().Forwards: // an import made it OTHER
	case native && s.link == kg.OtherLink && s.Edge != nil && r.Role == s.Edge.Label:
	case s.link == r.Type || native:
		w.role(e, r.Role)
	default:
		w.role(e, rule.Forwards)
		w.role(e, r.Role)
	}
}

// role says what one is to the other, where the schema has a place for it.
func (w *ftmWriter) role(e *ftmEntity, role string) {
	prop := e.schema.roleProp
	if prop == "" {
		prop = "summary"
	}
	e.addText(prop, role)
}

func (w *ftmWriter) evidence(e *ftmEntity, list []kg.Evidence, native bool) {
	for _, ev := range list {
		source, ok := w.find(ev.Source).(*kg.Source)
		if !ok {
			continue
		}
		if extraOf(&source.Meta, ftmDerived) != nil && source.URL != "" {
			e.addText("sourceUrl", source.URL)
		} else {
			e.add("proof", ftmIDOf(source))
		}
		if native {
			e.addText("publisher", ev.AssertedBy)
		}
	}
}

// addText adds texts that are not empty, if the schema has the property.
func (e *ftmEntity) addText(prop string, texts ...string) {
	if !e.schema.has(prop) {
		return
	}
	for _, t := range texts {
		if e.clip {
			t = clipRunes(t, e.schema.Properties[prop].limit())
		}
		if t != "" {
			e.add(prop, t)
		}
	}
}

// limit is how many code points a value of a type may have.
func (t ftmType) limit() int {
	switch t {
	case "text", "html":
		return 65000
	case "string":
		return 1024
	case "name":
		return 384
	case "url":
		return 4096
	}
	return 250
}

// clipRunes is the beginning of a text.
func clipRunes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for i := range s {
		if limit--; limit < 0 {
			return s[:i]
		}
	}
	return s
}

// addDate adds a known date, without what flags it as uncertain. FtM has the years 1000 to 2999, and drops others in silence.
func (e *ftmEntity) addDate(prop string, d kg.PartialDate) {
	if d >= "1000" && d < "3" {
		e.addText(prop, strings.TrimRight(string(d), "?~%"))
	}
}

func (e *ftmEntity) addDegrees(prop string, d *float64) {
	if d != nil {
		e.addText(prop, strconv.FormatFloat(*d, 'f', -1, 64))
	}
}

// country adds a country that FtM knows.
func (w *ftmWriter) country(e *ftmEntity, prop, code string) {
	if w.model.countries[code] {
		e.addText(prop, code)
	}
}

func ftmIsURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && slices.Contains([]string{"http", "https", "ftp"}, u.Scheme)
}
