package formats

import (
	"bufio"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dramatis/kg"
)

// JSON-LD 1.1 in the words of schema.org, PROV and Web Annotation, and in our own (dramatis:) for what these have no word for. The context stands in the
// file, so that nothing has to be fetched to read it.
//
// All nodes have names, urn:dramatis: and the id, parts of a record with a fragment behind it: these are the same in every file and nobody is led to an
// address where nothing is; and to load a newer file again doubles nothing, as nodes without names would.

// jsonldContext says what the words mean. Dates are xsd:date unless a value says what else it is.
var jsonldContext = func() string {
	context := map[string]any{
		"@version": json.Number("1.1"),
		"@vocab":   "https://schema.org/",
		"dramatis": "urn:dramatis:term:",
		"prov":     "http://www.w3.org/ns/prov#",
		"oa":       "http://www.w3.org/ns/oa#",
		"xsd":      "http://www.w3.org/2001/XMLSchema#",
		"evidence": map[string]string{"@reverse": "oa:hasBody"},
	}
	for kind, words := range map[string]string{
		"@id": "about agent attendee children containedInPlace creator eventStatus hasOccupation isBasedOn knows location memberOf nationality occupationLocation organizer owns parent " +
			"parentOrganization publisher recipient relatedTo sameAs sibling spokenByCharacter spouse superEvent worksFor " +
			"oa:hasBody oa:hasSelector oa:hasSource oa:hasTarget oa:motivatedBy prov:wasAttributedTo prov:wasDerivedFrom " +
			"dramatis:atEvent dramatis:audience dramatis:contradicts dramatis:creditedTo dramatis:dataset dramatis:from dramatis:onBehalfOf dramatis:references dramatis:repeats dramatis:replyTo " +
			"dramatis:sourcedFrom dramatis:supports dramatis:to",
		"xsd:date":               "birthDate dateCreated datePublished deathDate dissolutionDate endDate foundingDate startDate dramatis:retrievedDate",
		"xsd:dateTime":           "dramatis:recordedAt prov:generatedAtTime",
		"xsd:decimal":            "latitude longitude price",
		"xsd:anyURI":             "archivedAt url",
		"xsd:nonNegativeInteger": "oa:start oa:end",
	} {
		for word := range strings.FieldsSeq(words) {
			id := word
			if !strings.Contains(word, ":") {
				id = "https://schema.org/" + word
			}
			context[word] = map[string]string{"@id": id, "@type": kind}
		}
	}
	text, err := json.Marshal(context)
	if err != nil {
		panic(err) // a map of texts
	}
	return string(text)
}()

// node is a JSON object.
type node map[string]any

// set gives a node a property, unless the value is empty.
func (n node) set(property string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case []string:
		if len(v) == 0 {
			return
		}
	case []node:
		if len(v) == 0 {
			return
		}
	}
	n[property] = value
}

func (n node) date(property string, d kg.PartialDate) {
	kind := "http://id.loc.gov/datatypes/edtf/EDTF" // flagged, or open
	switch {
	case d == "":
		return
	case d == kg.Open || strings.ContainsAny(string(d), "?~%"):
	case len(d) == len("2006-01-02"):
		n[property] = string(d) // as the context says
		return
	case len(d) == len("2006-01"):
		kind = "xsd:gYearMonth"
	default:
		kind = "xsd:gYear"
	}
	n[property] = node{"@type": kind, "@value": string(d)}
}

func (n node) time(property string, t time.Time) {
	if !t.IsZero() {
		n[property] = t.UTC().Format(time.RFC3339Nano)
	}
}

func (n node) records(property string, ids []kg.ID) { n.set(property, each(ids, iri)) }

func (n node) record(property string, id kg.ID) {
	if id != "" {
		n[property] = iri(id)
	}
}

func iri(id kg.ID) string { return "urn:dramatis:" + string(id) }

// part is the name of the nth part of a record of a kind.
func part(id kg.ID, kind string, n int) string { return iri(id) + "#" + kind + strconv.Itoa(n) }

// jsonldWriter writes JSON-LD, a record a line. Relationships wait for each other, for the types of what they join choose their words.
type jsonldWriter struct {
	gathering
	w      *bufio.Writer
	before string // what stands before the next record
	err    error
}

func newJSONLD(w io.Writer, o WriteOptions) Writer {
	j := &jsonldWriter{w: bufio.NewWriter(w), before: `{"@context":` + jsonldContext + `,"@graph":[` + "\n"}
	j.gathering = gathering{find: o.Find, give: func(r kg.Record, there glimpses) error {
		rel := r.(*kg.Relationship)
		return j.put(relationshipNode(rel, there[rel.From].entity, there[rel.To].entity))
	}}
	return j
}

// Write writes a record, or lets it wait for others.
func (j *jsonldWriter) Write(r kg.Record) error {
	if j.err != nil {
		return j.err
	}
	switch r := r.(type) {
	case *kg.Relationship:
		j.err = j.gather(r, []kg.ID{r.From, r.To})
	case kg.Entity:
		j.err = j.put(entityNode(r))
	case *kg.Statement:
		j.err = j.put(statementNode(r))
	case *kg.Source:
		j.err = j.put(sourceNode(r))
	case *kg.Mention:
		j.err = j.put(mentionNode(r))
	case *kg.Dataset:
		n := nodeFor(r, "Dataset")
		n.set("name", r.Name)
		n.set("alternateName", r.Title)
		n.set("description", r.Description)
		n.set("url", r.URL)
		n.set("license", r.License)
		j.err = j.put(n)
	}
	return j.err
}

func (j *jsonldWriter) put(n node) error {
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if _, err := j.w.WriteString(j.before); err != nil {
		return err
	}
	j.before = ",\n"
	_, err = j.w.Write(text)
	return err
}

// Close ends the file.
func (j *jsonldWriter) Close() error {
	if j.err == nil {
		j.err = j.flush()
	}
	if j.err != nil {
		return j.err
	}
	if j.before == ",\n" {
		j.before = ""
	}
	if _, err := j.w.WriteString(j.before + "\n]}\n"); err != nil {
		return err
	}
	return j.w.Flush()
}

// nodeFor begins the node of a record.
func nodeFor(r kg.Record, types ...string) node {
	m := kg.MetaOf(r)
	n := node{"@id": iri(m.ID), "@type": types}
	n.record("dramatis:dataset", m.Dataset)
	n.set("dramatis:key", m.Key)
	n.time("dramatis:recordedAt", m.RecordedAt)
	return n
}

// organizationTypes are schema.org's words for kinds of organizations; others are an Organization.
var organizationTypes = map[kg.OrganizationKind]string{
	kg.State: "GovernmentOrganization", kg.GovernmentBody: "GovernmentOrganization", kg.Party: "PoliticalParty", kg.Company: "Corporation", kg.Media: "NewsMediaOrganization", kg.NGO: "NGO",
}

func entityNode(e kg.Entity) node {
	var n node
	switch e := e.(type) {
	case *kg.Person:
		n = nodeFor(e, "Person")
		n.set("gender", e.Gender)
		n.date("birthDate", e.BirthDate)
		n.date("deathDate", e.DeathDate)
		n.set("nationality", countryNodes(e.Countries...))
	case *kg.Organization:
		kind := organizationTypes[e.Kind]
		if kind == "" {
			kind = "Organization"
		}
		n = nodeFor(e, kind)
		n.set("dramatis:kind", string(e.Kind))
		n.set("dramatis:classification", e.Classification)
		n.date("foundingDate", e.FoundingDate)
		n.date("dissolutionDate", e.DissolutionDate)
		n.set("location", countryNodes(e.Country))
	case *kg.Position:
		n = nodeFor(e, "Occupation")
		n.set("occupationLocation", countryNodes(e.Country))
	case *kg.Place:
		n = nodeFor(e, "Place")
		n.set("dramatis:classification", e.Classification)
		n.set("latitude", decimalDegrees(e.Latitude))
		n.set("longitude", decimalDegrees(e.Longitude))
		n.set("containedInPlace", countryNodes(e.Country))
	case *kg.Event:
		n = nodeFor(e, "Event")
		n.set("dramatis:kind", e.Kind)
		n.date("startDate", e.StartDate)
		n.date("endDate", e.EndDate)
		n.set("dramatis:status", string(e.Status))
		switch e.Status {
		case kg.Planned:
			n.set("eventStatus", "https://schema.org/EventScheduled")
		case kg.Cancelled:
			n.set("eventStatus", "https://schema.org/EventCancelled")
		}
		n.set("dramatis:outcome", e.Outcome)
		n.records("about", e.About)
		n.evidence(e)
	case *kg.Topic:
		n = nodeFor(e, "Thing")
	}
	n.common(e.Common())
	return n
}

var (
	wikidataItem = regexp.MustCompile(`^Q[1-9][0-9]*$`)
	languageTag  = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)
)

// common gives a node what all entities have. Of other names all stand as alternateName; their kinds and dates beside that.
func (n node) common(t *kg.Thing) {
	n.set("name", t.Name)
	n.set("description", t.Description)
	if t.Stub {
		n["dramatis:stub"] = true
	}
	var short []any
	var long, identifiers, links []node
	for i, name := range t.Names {
		value := any(name.Value)
		if languageTag.MatchString(name.Language) {
			// in small letters, since some programs make it so and others do not
			value = node{"@value": name.Value, "@language": strings.ToLower(name.Language)}
		}
		short = append(short, value)
		full := node{"@id": part(t.ID, "name", i), "@type": "dramatis:Name", "name": value, "dramatis:kind": string(name.Kind)}
		full.date("startDate", name.StartDate)
		full.date("endDate", name.EndDate)
		long = append(long, full)
	}
	if len(short) > 0 {
		n["alternateName"] = short
	}
	n.set("dramatis:otherName", long)
	for i, id := range t.Identifiers {
		identifiers = append(identifiers, node{"@id": part(t.ID, "identifier", i), "@type": "PropertyValue", "propertyID": id.Scheme, "value": id.Value})
		if id.Scheme == "wikidata" && wikidataItem.MatchString(id.Value) {
			n["sameAs"] = "http://www.wikidata.org/entity/" + id.Value
		}
	}
	n.set("identifier", identifiers)
	for i, l := range t.Links {
		link := node{"@id": part(t.ID, "link", i), "@type": "WebPage", "url": l.URL}
		link.set("description", l.Note)
		links = append(links, link)
	}
	n.set("subjectOf", links)
}

// countryNodes are countries by their codes.
func countryNodes(codes ...string) (nodes []node) {
	for _, c := range codes {
		if c != "" {
			nodes = append(nodes, node{"@id": "urn:dramatis:country:" + c, "@type": "Country", "identifier": strings.ToUpper(c)})
		}
	}
	return nodes
}

// evidence gives a node that of its record: as annotations of sources, whose body the record is, and as what it is derived from.
func (n node) evidence(r kg.Record) {
	var annotations []node
	var sources []string
	for i, e := range kg.Evidences(r) {
		a := node{"@id": part(r.GetID(), "evidence", i), "@type": "oa:Annotation", "oa:motivatedBy": "oa:linking", "dramatis:method": string(e.Method)}
		a["oa:hasTarget"] = target(part(r.GetID(), "target", i), e)
		a.record("prov:wasDerivedFrom", e.AttributedTo)
		a.time("prov:generatedAtTime", e.AssertedAt)
		if e.AssertedBy != "" {
			a["prov:wasAttributedTo"] = node{"@id": part(r.GetID(), "agent", i), "@type": "prov:Agent", "name": e.AssertedBy}
		}
		annotations = append(annotations, a)
		if s := iri(e.Source); !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
	}
	n.set("evidence", annotations)
	n.set("prov:wasDerivedFrom", sources)
}

// target is a stretch of a source: its words and where they stand, in code points.
func target(id string, e kg.Evidence) any {
	var selectors []node
	if e.Exact != "" || e.Prefix != "" || e.Suffix != "" {
		quote := node{"@id": id + "-quote", "@type": "oa:TextQuoteSelector", "oa:exact": e.Exact}
		quote.set("oa:prefix", e.Prefix)
		quote.set("oa:suffix", e.Suffix)
		selectors = append(selectors, quote)
	}
	if e.Start != nil {
		selectors = append(selectors, node{"@id": id + "-position", "@type": "oa:TextPositionSelector", "oa:start": *e.Start, "oa:end": *e.End})
	}
	if selectors == nil {
		return iri(e.Source) // all of it
	}
	return node{"@id": id, "@type": "oa:SpecificResource", "oa:hasSource": iri(e.Source), "oa:hasSelector": selectors}
}

func statementNode(s *kg.Statement) node {
	quotation := s.Kind == kg.Direct || s.Kind == kg.Mixed
	kind := "Claim"
	if quotation {
		kind = "Quotation"
	}
	n := nodeFor(s, kind)
	n.set("text", s.Text)
	n.set("dramatis:kind", string(s.Kind))
	n.records("creator", s.Speakers)
	if quotation {
		n.records("spokenByCharacter", s.Speakers)
	}
	n.records("dramatis:onBehalfOf", s.OnBehalfOf)
	n.records("about", s.About)
	n.records("dramatis:audience", s.Audience)
	n.record("dramatis:atEvent", s.AtEvent)
	n.set("dramatis:medium", s.Medium)
	n.date("dateCreated", s.Date)
	n.records("dramatis:replyTo", s.ReplyTo)
	n.records("dramatis:contradicts", s.Contradicts)
	n.records("dramatis:supports", s.Supports)
	n.records("dramatis:repeats", s.Repeats)
	n.evidence(s)
	if sources, ok := n["prov:wasDerivedFrom"]; ok {
		n["isBasedOn"] = sources
	}
	return n
}

// sourceTypes are schema.org's words for kinds of sources; others are a CreativeWork.
var sourceTypes = map[kg.SourceKind]string{kg.Article: "Article", kg.Document: "DigitalDocument", kg.DatasetKind: "Dataset", kg.Post: "SocialMediaPosting", kg.Video: "VideoObject"}

func sourceNode(s *kg.Source) node {
	kind := sourceTypes[s.Kind]
	if kind == "" {
		kind = "CreativeWork"
	}
	n := nodeFor(s, kind)
	n.set("name", s.Title)
	n.record("publisher", s.Publisher)
	n.set("author", s.Authors)
	n.set("url", s.URL)
	n.set("archivedAt", s.ArchivedURL)
	n.date("datePublished", s.PublishedDate)
	n.date("dramatis:retrievedDate", s.RetrievedDate)
	n.set("inLanguage", s.Language)
	n.set("text", s.Text)
	n.set("dramatis:contentHash", s.ContentHash)
	n.records("dramatis:sourcedFrom", s.SourcedFrom)
	n.records("dramatis:references", s.References)
	n.records("dramatis:creditedTo", s.CreditedTo)
	return n
}

func mentionNode(m *kg.Mention) node {
	n := nodeFor(m, "oa:Annotation")
	n["oa:motivatedBy"] = "oa:identifying"
	n["oa:hasBody"] = iri(m.Entity)
	n["oa:hasTarget"] = target(part(m.ID, "target", 0), kg.Evidence{Source: m.Source, Exact: m.Exact, Start: m.Start, End: m.End})
	n.set("dramatis:kind", string(m.Kind))
	return n
}

// relationshipNode is a relationship as a Role of schema.org, or as a PayAction. With what it joins, schema.org's property stands twice, if there is one: From has the
// relationship, and the relationship To, which is how a Role carries dates; and From has To itself, unless the relationship has ended.
func relationshipNode(r *kg.Relationship, from, to kg.EntityType) node {
	kind := "Role"
	switch r.Type {
	case kg.MemberOf, kg.Leads, kg.Directs:
		kind = "OrganizationRole"
	case kg.EmployedBy:
		kind = "EmployeeRole"
	case kg.Paid:
		kind = "PayAction"
	}
	n := nodeFor(r, kind, "dramatis:Relationship")
	n.set("dramatis:type", string(r.Type))
	n.set(map[bool]string{true: "purpose", false: "roleName"}[r.Type == kg.Paid], r.Role)
	n.date("startDate", r.StartDate)
	n.date("endDate", r.EndDate)
	n.evidence(r)
	subject, object := node{"@id": iri(r.From)}, node{"@id": iri(r.To)}
	n["dramatis:from"], n["dramatis:to"] = subject, object
	if r.Type == kg.Paid {
		n["agent"], n["recipient"] = iri(r.From), iri(r.To)
		if r.Amount != nil {
			n["price"], n["priceCurrency"] = decimalOf(r.Amount), r.Amount.Currency
		}
		return n
	}
	property, backwards := schemaProperty(r, from, to)
	if property == "" {
		return n
	}
	if backwards {
		subject, object = object, subject
	}
	n[property] = object["@id"]
	values := []any{n["@id"]}
	if !known(r.EndDate) {
		values = []any{object["@id"], n["@id"]}
	}
	subject[property] = values
	return n
}

// schemaProperty is schema.org's property for a relationship, "" if there is none that says the same; backwards if it leads from To to From.
func schemaProperty(r *kg.Relationship, from, to kg.EntityType) (property string, backwards bool) {
	switch r.Type {
	case kg.MemberOf:
		return "memberOf", false
	case kg.Holds:
		return "hasOccupation", false
	case kg.EmployedBy:
		return "worksFor", false
	case kg.Owns:
		return "owns", false
	case kg.ParticipatedIn:
		return "attendee", true
	case kg.Organized:
		return "organizer", true
	case kg.HeadquarteredIn:
		return "location", false
	case kg.LocatedIn:
		switch from {
		case kg.OrganizationType, kg.EventType:
			return "location", false
		case kg.PlaceType:
			return "containedInPlace", false
		}
	case kg.PartOf:
		switch {
		case from != to:
		case from == kg.OrganizationType:
			return "parentOrganization", false
		case from == kg.PlaceType:
			return "containedInPlace", false
		case from == kg.EventType:
			return "superEvent", false
		}
	case kg.FamilyOf:
		if property := familyProperties[strings.ToLower(r.Role)]; property != "" {
			return property, false
		}
		return "relatedTo", false
	case kg.AssociateOf:
		if from == kg.PersonType && to == kg.PersonType {
			return "knows", false
		}
	}
	return "", false
}

// familyProperties are schema.org's words for what From is to To. Its children and parent say what To is to From.
var familyProperties = map[string]string{
	"spouse": "spouse", "husband": "spouse", "wife": "spouse",
	"parent": "children", "father": "children", "mother": "children",
	"child": "parent", "son": "parent", "daughter": "parent",
	"sibling": "sibling", "brother": "sibling", "sister": "sibling",
}
