package formats

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"

	"dramatis/kg"
)

// PopoloWriter makes one Popolo document of the records that it is given, in any order. What Popolo has no place for is left
// out: topics, mentions, statements' sides and topics, amounts, relationships that are no memberships (docs/formats.md). Records
// wait in files without names until Close; in memory it keeps the ids of entities and memberships, about 1 KB of each.
//
// The ids are those of the file that the records came with, if they all came with one; otherwise Dramatis' own.
type PopoloWriter struct {
	w       *bufio.Writer
	waiting map[string]*spool // by list
	types   map[kg.ID]*popoloClass
	origin  string // dataset and file of the records that came with a Popolo file
	mixed   bool   // there are several
	local   map[kg.ID]string
	linked  map[popoloRef]kg.ID                // what a reference refers to
	main    map[kg.ID]bool                     // the memberships
	sides   map[kg.ID]*[len(popoloSides)]kg.ID // what the other relationships of a membership lead to, in the order of popoloSides
	sources map[kg.ID]string                   // their addresses
	meta    string                             // of the file
}

// popoloRef is a reference of an entity.
type popoloRef struct {
	from      kg.ID
	kind      kg.RelationshipType
	backwards bool
}

func newPopolo(w io.Writer, _ WriteOptions) Writer { return NewPopoloWriter(w) }

// NewPopoloWriter begins a document.
func NewPopoloWriter(w io.Writer) *PopoloWriter {
	p := &PopoloWriter{
		w: bufio.NewWriter(w), waiting: map[string]*spool{}, types: map[kg.ID]*popoloClass{}, local: map[kg.ID]string{},
		linked: map[popoloRef]kg.ID{}, main: map[kg.ID]bool{}, sides: map[kg.ID]*[len(popoloSides)]kg.ID{}, sources: map[kg.ID]string{},
	}
	for _, list := range popoloLists {
		p.waiting[list] = &spool{}
	}
	return p
}

// popoloLists are the lists of a document, in their order.
var popoloLists = []string{"persons", "organizations", "areas", "posts", "events", "memberships", "speeches"}

// Write takes a record.
func (p *PopoloWriter) Write(r kg.Record) error {
	switch r := r.(type) {
	case kg.Entity:
		return p.entity(r)
	case *kg.Relationship:
		return p.relationship(r)
	case *kg.Statement:
		if file, _, _, ok := popoloOrigin(r.Meta, "speech", "speeches"); ok {
			p.came(r.Meta, file)
		}
		return p.keep("speeches", r)
	case *kg.Source:
		switch file, ok := strings.CutSuffix(r.Key, "/file/"); {
		case r.URL != "":
			p.sources[r.ID] = r.URL
		case ok:
			p.came(r.Meta, file)
			p.meta = popoloExtraOf(r.Extra, "meta")
		}
	}
	return nil
}

func (p *PopoloWriter) keep(list string, r kg.Record) error {
	body, err := kg.Encode(r)
	if err != nil {
		return err
	}
	return p.waiting[list].add(Place{}, body)
}

// popoloOrigin takes apart the key of a record that came with a Popolo file: the file, the class with what is behind it, and the id.
func popoloOrigin(m kg.Meta, kinds ...string) (file, kind, id string, ok bool) {
	parts := strings.SplitN(m.Key, "/", 3)
	if len(parts) < 3 || parts[2] == "" {
		return "", "", "", false
	}
	name, _, _ := strings.Cut(parts[1], ".")
	return parts[0], parts[1], parts[2], slices.Contains(kinds, name)
}

func (p *PopoloWriter) entity(e kg.Entity) error {
	class := popoloClassOfType(e.Type())
	if class == nil {
		return nil
	}
	t := e.Common()
	p.types[t.ID] = class
	file, _, id, ok := popoloOrigin(t.Meta, class.kind)
	if ok {
		p.came(t.Meta, file)
		if p.local[t.ID] = strings.Clone(id); p.mixed {
			p.local = map[kg.ID]string{}
		}
	}
	if ok && t.Stub && t.Name == id {
		return nil // the file refers to it only
	}
	return p.keep(class.list, e)
}

// came notes which file a record came with.
func (p *PopoloWriter) came(m kg.Meta, file string) {
	origin := string(m.Dataset) + "/" + file
	p.mixed = p.mixed || p.origin != "" && p.origin != origin
	p.origin = origin
}

func (p *PopoloWriter) relationship(r *kg.Relationship) error {
	for _, l := range []struct {
		popoloRef
		to kg.ID
	}{{popoloRef{r.From, r.Type, false}, r.To}, {popoloRef{r.To, r.Type, true}, r.From}} {
		if _, there := p.linked[l.popoloRef]; !there && isPopoloReference(r, l.backwards) {
			p.linked[l.popoloRef] = l.to
		}
	}
	file, kind, _, ours := popoloOrigin(r.Meta, "membership", "memberships")
	if ours {
		p.came(r.Meta, file)
	}
	main := popoloMainOf(r)
	if main == "" && r.Type.Rule().Popolo != "membership" {
		return nil
	}
	if main == "" {
		p.main[r.ID] = true
	} else if ours {
		if p.sides[main] == nil {
			p.sides[main] = &[len(popoloSides)]kg.ID{}
		}
		for i, side := range popoloSides {
			if strings.HasSuffix(kind, "."+side.key) {
				p.sides[main][i] = r.To
			}
		}
	}
	return p.keep("memberships", r)
}

// isPopoloReference tells whether a relationship may be what a field of an entity refers to.
func isPopoloReference(r *kg.Relationship, backwards bool) bool {
	if popoloMainOf(r) != "" {
		return false
	}
	for _, class := range popoloClasses {
		for _, ref := range class.references {
			if ref.kind == r.Type && ref.backwards == backwards && (ref.role == "" || ref.role == r.Role) {
				return true
			}
		}
	}
	return false
}

// popoloMainOf is the membership that a relationship is a side of; "" if it is none.
func popoloMainOf(r *kg.Relationship) kg.ID { return kg.ID(popoloExtraOf(r.Extra, popoloMembership)) }

// popoloExtraOf is an extra value that is one text; "" if there is none.
func popoloExtraOf(list []kg.Extra, name string) string {
	for _, e := range list {
		if e.Name == name && len(e.Values) == 1 {
			return e.Values[0]
		}
	}
	return ""
}

// Close writes the document, and gives back what it holds.
func (p *PopoloWriter) Close() (err error) {
	defer func() {
		for _, s := range p.waiting {
			err = errors.Join(err, s.close())
		}
	}()
	between := "{"
	if p.meta != "" && !p.mixed && json.Valid([]byte(p.meta)) {
		p.w.WriteString("{\n\"meta\": " + p.meta)
		between = ","
	}
	for _, list := range popoloLists {
		name, _ := json.Marshal(list)
		p.w.WriteString(between + "\n" + string(name) + ": [")
		between = "],"
		first := true
		for w, err := range p.waiting[list].all() {
			if err != nil {
				return err
			}
			r, err := kg.Decode(w.body)
			if err != nil {
				return err
			}
			o := p.object(r)
			if o == nil {
				continue
			}
			body, err := plainJSON(o)
			if err != nil {
				return err
			}
			if !first {
				p.w.WriteByte(',')
			}
			first = false
			p.w.WriteByte('\n')
			p.w.Write(body)
		}
		p.w.WriteByte('\n')
	}
	p.w.WriteString("]\n}\n")
	return p.w.Flush() // with the first error of all these
}

// plainJSON is JSON on one line, with <, > and & as they are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// object is a record as it stands in the document; nil if it does not.
func (p *PopoloWriter) object(r kg.Record) popoloObject {
	switch r := r.(type) {
	case kg.Entity:
		return p.entityOut(r)
	case *kg.Relationship:
		return p.membershipOut(r)
	case *kg.Statement:
		return p.speechOut(r)
	}
	return nil
}

// idOut is the id of an entity in the document.
func (p *PopoloWriter) idOut(id kg.ID) string {
	if local, there := p.local[id]; there && !p.mixed {
		return local
	}
	return string(id)
}

func (p *PopoloWriter) entityOut(e kg.Entity) popoloObject {
	class, t := popoloClassOfType(e.Type()), e.Common()
	o := popoloObject{"id": p.idOut(t.ID), class.name: t.Name}
	for _, f := range class.fields {
		putText(o, f.key, f.get(e))
	}
	if key := popoloExtraOf(t.Extra, popoloDescription); key != "" && o["summary"] != nil {
		o[key] = o["summary"]
		delete(o, "summary")
	}
	if class.dates != nil {
		first, last := class.dates(e)
		putText(o, class.first, popoloDate(*first))
		putText(o, class.last, popoloDate(*last))
	}
	for _, ref := range class.references {
		to := p.linked[popoloRef{t.ID, ref.kind, ref.backwards}]
		if other := p.types[to]; other != nil && other.list == ref.to {
			o[ref.key] = p.idOut(to)
		}
	}
	lists := map[string][]any{}
	add := func(list string, element popoloObject) { lists[list] = append(lists[list], element) }
	for _, n := range t.Names {
		add("other_names", popoloName(n))
	}
	for _, i := range t.Identifiers {
		add("identifiers", popoloIdentifier(i))
	}
	for _, l := range t.Links {
		address, mail := strings.CutPrefix(l.URL, "mailto:")
		switch {
		case l.Note == popoloEmail && mail && class.list == "persons" && o["email"] == nil:
			o["email"] = address
		case l.Note == popoloImage && o["image"] == nil:
			o["image"] = l.URL
		case l.Note == popoloSource:
			add("sources", popoloObject{"url": l.URL})
		default:
			add("links", popoloLink(l))
		}
	}
	_, _, _, ours := popoloOrigin(t.Meta, class.kind)
	popoloRest(o, lists, t.Extra, ours)
	return o
}

// popoloRest adds lists and, of a record that came with a Popolo file, what was kept aside. That stands for what it became, if it
// became anything.
func popoloRest(o popoloObject, lists map[string][]any, extra []kg.Extra, ours bool) {
	for _, e := range extra {
		switch {
		case !ours || strings.HasPrefix(e.Name, popoloMark):
		case slices.Contains(popoloElements, e.Name):
			for _, value := range e.Values {
				lists[e.Name] = append(popoloWithout(lists[e.Name], e.Name, value), popoloExtraJSON(value))
			}
		default:
			for _, value := range e.Values {
				if o[e.Name] = popoloExtraJSON(value); value == "null" {
					delete(o, e.Name)
				}
			}
		}
	}
	for list, elements := range lists {
		if len(elements) > 0 {
			o[list] = elements
		}
	}
}

// popoloWithout takes out of a list one element that an element which was kept aside became.
func popoloWithout(list []any, name, value string) []any {
	var became popoloObject
	switch v := []byte(value); name {
	case "other_names":
		n, _ := popoloNameOf(v)
		became = popoloName(n)
	case "identifiers":
		i, _ := popoloIdentifierOf(v)
		became = popoloIdentifier(i)
	case "links":
		l, _ := popoloLinkOf(v)
		became = popoloLink(l)
	case "sources":
		l, _ := popoloLinkOf(v)
		became = popoloObject{"url": l.URL}
	}
	i := slices.IndexFunc(list, func(e any) bool { return reflect.DeepEqual(e, became) })
	if i < 0 {
		return list
	}
	return slices.Delete(slices.Clone(list), i, i+1)
}

// membershipOut is a membership with all its sides. A side is one by itself only if its membership is not there.
func (p *PopoloWriter) membershipOut(r *kg.Relationship) popoloObject {
	if main := popoloMainOf(r); main != "" && (p.main[main] || r.Type.Rule().Popolo != "membership") {
		return nil
	}
	from, to := p.types[r.From], p.types[r.To]
	if from == nil || to == nil || to.list != "organizations" && to.list != "posts" {
		return nil
	}
	o := popoloObject{}
	_, kind, id, ours := popoloOrigin(r.Meta, "membership", "memberships")
	if ours = ours && p.main[r.ID]; !ours || p.mixed {
		o["id"] = string(r.ID)
	} else if strings.HasPrefix(kind, "membership.") {
		o["id"] = id
	}
	if from.list == "persons" {
		o["person_id"] = p.idOut(r.From)
	} else {
		o["member"] = popoloObject{"id": p.idOut(r.From)}
	}
	if to.list == "organizations" {
		o["organization_id"] = p.idOut(r.To)
	} else {
		o["post_id"] = p.idOut(r.To)
		if in := p.linked[popoloRef{r.To, kg.PositionIn, false}]; in != "" && !ours {
			o["organization_id"] = p.idOut(in)
		}
	}
	if sides := p.sides[r.ID]; sides != nil {
		for i, to := range sides {
			putText(o, popoloSides[i].key, p.idOut(to))
		}
	}
	role := r.Role
	if role == "" && r.Type != kg.MemberOf && r.Type != kg.Holds {
		role = r.Type.Rule().Forwards
	}
	putText(o, "role", role)
	if string(r.StartDate) != popoloExtraOf(r.Extra, popoloTermStart) {
		putText(o, "start_date", popoloDate(r.StartDate))
	}
	if string(r.EndDate) != popoloExtraOf(r.Extra, popoloTermEnd) {
		putText(o, "end_date", popoloDate(r.EndDate))
	}
	popoloRest(o, map[string][]any{"sources": p.sourcesOut(r.Evidence)}, r.Extra, ours)
	return o
}

// sourcesOut are the addresses of the sources of evidence, each once.
func (p *PopoloWriter) sourcesOut(evidence []kg.Evidence) (list []any) {
	seen := map[string]bool{}
	for _, e := range evidence {
		if url := p.sources[e.Source]; url != "" && !seen[url] {
			seen[url] = true
			list = append(list, popoloObject{"url": url})
		}
	}
	return list
}

// speechOut is a statement as a speech: that of the first person who made it, to the first to whom it is addressed.
func (p *PopoloWriter) speechOut(s *kg.Statement) popoloObject {
	firstPerson := func(ids []kg.ID) string {
		for _, id := range ids {
			if class := p.types[id]; class != nil && class.list == "persons" {
				return p.idOut(id)
			}
		}
		return ""
	}
	o := popoloObject{"creator_id": firstPerson(s.Speakers), "text": s.Text}
	if o["creator_id"] == "" {
		return nil
	}
	putText(o, "audience_id", firstPerson(s.Audience))
	_, kind, id, ours := popoloOrigin(s.Meta, "speech", "speeches")
	if !ours || p.mixed {
		o["id"] = string(s.ID)
	} else if kind == "speech" {
		o["id"] = id
	}
	if p.types[s.AtEvent] != nil {
		o["event_id"] = p.idOut(s.AtEvent)
	}
	putText(o, "date", popoloDate(s.Date))
	popoloRest(o, map[string][]any{"sources": p.sourcesOut(s.Evidence)}, s.Extra, ours)
	return o
}
