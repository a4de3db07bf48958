package formats

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"dramatis/kg"

	"github.com/go-json-experiment/json/jsontext"
)

// Popolo: one JSON object with lists of persons, organizations, areas, posts, events, memberships and speeches. What a field
// becomes is in popoloclass.go, for both ways.
//
// Ids are local to a file. A record's key is the file's name without endings, the class and the id, with "/" between: two files of
// one dataset stay apart, and a newer version of a file changes what the older one brought.

// likePopolo tells a Popolo file by its first lists.
func likePopolo(_ string, head []byte) bool {
	return slices.ContainsFunc(topKeys(head), func(key string) bool {
		return key == "persons" || key == "organizations" || key == "memberships"
	})
}

// popoloIn reads one file.
type popoloIn struct {
	*Target
	file  *File
	walk  *jsonWalk
	base  string // of keys: the file's name without endings
	terms map[string]popoloTerm
	ends  map[uint64]uint64 // of memberships without ids, by what else they say: hashes of both
	later *spool            // memberships, speeches and what refers to others, until all lists are read
	meta  jsontext.Value
	seen  map[string]bool // names of what is left out
}

// popoloTerm is when a legislative period was.
type popoloTerm struct{ start, end kg.PartialDate }

// jsonObject is one without what is null or empty.
type jsonObject map[string]jsontext.Value

// readPopolo reads a file. Memberships take their dates from events that may stand behind them, and everything may refer to
// what comes later: such elements are kept in a file without a name until the others were read. What grows in memory is a table
// of the events.
func readPopolo(f *File, t *Target) (err error) {
	p := &popoloIn{Target: t, file: f, walk: newJSONWalk(f), terms: map[string]popoloTerm{}, ends: map[uint64]uint64{}, later: &spool{}, seen: map[string]bool{}}
	defer func() { err = errors.Join(err, p.later.close()) }()
	p.base, _, _ = strings.Cut(filepath.Base(f.Name), ".")
	if len(p.base) > 200 {
		return kg.Errorf(kg.BadUserInput, "the name of a file begins every key in it, and this one is longer than 200 bytes")
	}
	if t.Has(p.id(kg.SourceClass, "file", "")) {
		return kg.Errorf(kg.BadUserInput, "a file named %q has been read into the dataset %q, and ids are of a file: give each a name or a dataset of its own", p.base, f.Dataset)
	}
	if err := t.Dataset(Place{File: f.Name}, f.Dataset); err != nil {
		return err
	}
	if err := p.walk.members(p.member); err != nil {
		var b *brokenJSON
		if !errors.As(err, &b) {
			return err
		}
		if err := t.Refuse(b.at, "%s; nothing from here on is read", b.reason); err != nil {
			return err
		}
		return kg.Errorf(kg.BadUserInput, "line %d, column %d: %s", b.at.Line, b.at.Column, b.reason)
	}
	return p.finish()
}

// member reads a member of the file's object: a list, or what is none of those that are known.
func (p *popoloIn) member(key string) error {
	class := popoloClassOf(key)
	if class == nil && key != "memberships" && key != "speeches" {
		return p.unknown(key)
	}
	first, err := p.walk.peek()
	if err != nil {
		return err
	}
	if first == '[' {
		return p.walk.elements(func() error { return p.element(key, class) })
	}
	if err := p.walk.read(); err != nil {
		return err
	}
	if string(p.walk.value) == "null" {
		return nil
	}
	return p.Refuse(p.walk.from, "%s is not a list", quotedText(key))
}

// unknown leaves a member out, save meta, and says so.
func (p *popoloIn) unknown(key string) error {
	at := p.walk.at
	if err := p.walk.read(); err != nil {
		return err
	}
	var meta jsontext.Value
	if key == "meta" && !p.walk.long && decodeValue(p.walk.value, &meta) == nil && meta.Compact() == nil && len(meta) < maxPopoloExtra {
		p.meta = meta
		return nil
	}
	if p.seen[key] || len(p.seen) == maxRefused {
		return nil
	}
	p.seen[key] = true
	return p.Change(at, "%s is left out: there is nothing here to keep it as", quotedText(key))
}

// quotedText is a text of a file for a message.
func quotedText(s string) string {
	if len(s) > 60 {
		s = strings.ToValidUTF8(s[:60], "") + "…"
	}
	return fmt.Sprintf("%q", s)
}

// element takes one element of a list.
func (p *popoloIn) element(list string, class *popoloClass) error {
	if p.walk.long {
		return p.Refuse(p.walk.from, "%s", errLong.Message)
	}
	var o jsonObject
	if err := decodeValue(p.walk.value, &o); err != nil {
		at, reason := p.walk.placeOf(err)
		return p.Refuse(at, "%s", reason)
	}
	if o == nil {
		return p.Refuse(p.walk.from, "is null, where an object is wanted")
	}
	at := p.walk.from
	if class == nil {
		return p.keep(at, list, p.walk.value)
	}
	o.clean()
	id, err := p.idOf(at, o)
	if err != nil {
		return err
	}
	at.Key = shortID(id)
	if id == "" {
		return p.Refuse(at, "has no id")
	}
	if tooLong := p.tooLong(id); tooLong != "" {
		return p.Refuse(at, "its id %s", tooLong)
	}
	e := &popoloEntity{popoloIn: p, class: class, at: at, object: o, id: id}
	taken, err := e.put()
	if err != nil || !taken {
		return err
	}
	if slices.ContainsFunc(class.references, func(r popoloReference) bool { return e.refs[r.key] != nil }) {
		e.refs["id"], _ = json.Marshal(id)
		body, err := json.Marshal(e.refs)
		if err != nil {
			return err
		}
		return p.keep(at, list, body)
	}
	return nil
}

// keep puts an element of a list aside until all lists are read.
func (p *popoloIn) keep(at Place, list string, element []byte) error {
	value := jsontext.Value(slices.Clone(element))
	if err := value.Compact(); err != nil {
		return p.Refuse(at, "is not well-formed JSON: %s", err)
	}
	return p.later.add(at, append([]byte(list+" "), value...))
}

// finish takes what was put aside.
func (p *popoloIn) finish() error {
	file := &kg.Source{Meta: p.metaOf(kg.SourceClass, "file", ""), Kind: kg.DatasetKind, Title: p.base}
	if p.meta != nil {
		file.Extra = []kg.Extra{{Name: "meta", Values: []string{string(p.meta)}}}
	}
	if _, err := p.Put(Place{File: p.file.Name}, file); err != nil {
		return err
	}
	for w, err := range p.later.all() {
		if err != nil {
			return err
		}
		list, body, _ := bytes.Cut(w.body, []byte(" "))
		var o jsonObject
		if err := decodeValue(body, &o); err != nil {
			return err
		}
		o.clean()
		switch string(list) {
		case "memberships":
			err = p.membership(w.at, o)
		case "speeches":
			err = p.speech(w.at, o)
		default:
			err = p.references(w.at, popoloClassOf(string(list)), o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// clean takes away what says nothing: null, "", [] and {}.
func (o jsonObject) clean() {
	maps.DeleteFunc(o, func(_ string, v jsontext.Value) bool { return emptyJSON(v) })
}

func emptyJSON(v jsontext.Value) bool {
	switch v.Kind() {
	case 'n':
		return true
	case '"':
		return len(v) == 2
	case '[', '{':
		return len(bytes.Trim(v[1:len(v)-1], " \t\r\n")) == 0
	}
	return false
}

// text is a member that is a text, and takes it away; ok is false if it is something else.
func (o jsonObject) text(key string) (s string, ok bool) {
	v, there := o[key]
	if !there {
		return "", true
	}
	if v.Kind() != '"' || decodeValue(v, &s) != nil {
		return "", false
	}
	delete(o, key)
	return s, true
}

// reference is the id in a member, and takes it away. Numbers are taken for the texts that they are written as.
func (o jsonObject) reference(key string) (id string, ok bool) {
	if v := o[key]; v.Kind() == '0' {
		delete(o, key)
		return string(v), true
	}
	return o.text(key)
}

// idOf is an element's own id; "" if it has none that can be taken.
func (p *popoloIn) idOf(at Place, o jsonObject) (string, error) {
	number := o["id"].Kind() == '0'
	id, ok := o.reference("id")
	switch {
	case !ok:
		delete(o, "id")
		return "", p.Change(at, "id is neither a text nor a number, and is left out")
	case number:
		at.Key = shortID(id)
		return id, p.Change(at, "id is a number, and is taken as a text")
	}
	return id, nil
}

// maxPopoloKey is how long all of a key but the file's name and the id can be.
const maxPopoloKey = 40

// tooLong says how an id is too long to be part of a key; "" if it is not.
func (p *popoloIn) tooLong(id string) string {
	if most := 512 - maxPopoloKey - len(p.base); len(id) > most {
		return fmt.Sprintf("is longer than %d bytes", most)
	}
	return ""
}

// shortID is an id for a report.
func shortID(id string) string {
	if len(id) > 100 {
		return strings.ToValidUTF8(id[:100], "") + "…"
	}
	return id
}

func (p *popoloIn) key(kind, id string) string { return p.base + "/" + kind + "/" + id }

func (p *popoloIn) id(class kg.Class, kind, id string) kg.ID {
	return kg.KeyID(class, p.file.Dataset, p.key(kind, id))
}

func (p *popoloIn) metaOf(class kg.Class, kind, id string) kg.Meta {
	return kg.Meta{ID: p.id(class, kind, id), Dataset: kg.DatasetID(p.file.Dataset), Key: p.key(kind, id)}
}

// refer gives the id of an entity that is referred to, which becomes a stub if it does not come.
func (p *popoloIn) refer(at Place, class *popoloClass, id string) (kg.ID, error) {
	e := class.blank()
	*e.Common() = kg.Thing{Meta: p.metaOf(kg.EntityClass, class.kind, id), Name: id}
	return e.GetID(), p.Expect(at, e)
}

// references makes the relationships that an element's references are.
func (p *popoloIn) references(at Place, class *popoloClass, o jsonObject) error {
	id, _ := o.reference("id")
	self := p.id(kg.EntityClass, class.kind, id)
	for _, ref := range class.references {
		to, _ := o.reference(ref.key)
		if to == "" {
			continue
		}
		other, err := p.refer(at, popoloClassOf(ref.to), to)
		if err != nil {
			return err
		}
		r := &kg.Relationship{Meta: p.metaOf(kg.RelationshipClass, class.kind+"."+ref.key, id), Type: ref.kind, Role: ref.role, From: self, To: other, Evidence: p.evidence(nil)}
		if ref.backwards {
			r.From, r.To = other, self
		}
		if _, err := p.Put(at, r); err != nil {
			return err
		}
	}
	return nil
}

// evidence is where something is written: in its sources or, if it names none, in the file.
func (p *popoloIn) evidence(sources []kg.ID) []kg.Evidence {
	if len(sources) == 0 {
		sources = []kg.ID{p.id(kg.SourceClass, "file", "")}
	}
	var list []kg.Evidence
	for _, id := range sources {
		list = append(list, kg.Evidence{Source: id, Method: kg.Import})
	}
	return list
}

// sources takes an element's sources that are nothing but an address, each once as a Source of the dataset. The others stay.
func (p *popoloIn) sources(at Place, o jsonObject) ([]kg.ID, error) {
	list, err := p.list(at, o, "sources")
	if err != nil {
		return nil, err
	}
	var ids []kg.ID
	var rest []jsontext.Value
	for _, v := range list {
		l, exact := popoloLinkOf(v)
		if l.URL == "" || !fitsThing(func(t *kg.Thing) { t.Links = []kg.Link{l} }) || len(ids) == 100 {
			rest = append(rest, v)
			continue
		}
		id, err := p.source(at, l.URL)
		if err != nil {
			return nil, err
		}
		if !exact || l.Note != "" || slices.Contains(ids, id) {
			rest = append(rest, v)
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, o.putBack("sources", rest)
}

// source is the Source of an address. It belongs to the dataset, not to a file: an address is no local id.
func (p *popoloIn) source(at Place, url string) (kg.ID, error) {
	key := "source/" + url
	if len(key) > 512 {
		sum := sha256.Sum256([]byte(url))
		key = "source/sha256:" + hex.EncodeToString(sum[:])
	}
	id := kg.KeyID(kg.SourceClass, p.file.Dataset, key)
	if p.Has(id) {
		return id, nil
	}
	_, err := p.Put(at, &kg.Source{Meta: kg.Meta{ID: id, Dataset: kg.DatasetID(p.file.Dataset), Key: key}, Title: url, URL: url})
	return id, err
}

// list takes a member that has to be a list.
func (p *popoloIn) list(at Place, o jsonObject, key string) ([]jsontext.Value, error) {
	v, there := o[key]
	if !there {
		return nil, nil
	}
	delete(o, key)
	var list []jsontext.Value
	if v.Kind() != '[' || decodeValue(v, &list) != nil {
		return nil, p.Change(at, "%s is not a list, and is left out", quotedText(key))
	}
	kept := list[:0]
	for _, element := range list {
		if element.Kind() == '{' {
			kept = append(kept, element)
		} else if err := p.Change(at, "%s has an element that is not an object; that is left out", quotedText(key)); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// putBack puts what is left of a list back.
func (o jsonObject) putBack(key string, list []jsontext.Value) error {
	if len(list) == 0 {
		return nil
	}
	v, err := json.Marshal(list)
	o[key] = v
	return err
}

// popoloSide is one of the relationships that a membership is.
type popoloSide struct {
	key  string // the reference
	to   string // the list that it refers to
	kind kg.RelationshipType
	role string // if the membership's is not its own
}

// sides: the first that there is is the membership, and has its role and whatever else it brings. The others name it in their
// extra values. REPRESENTS joins those who act only, so that a membership's area is OTHER.
var popoloSides = [5]popoloSide{
	{"organization_id", "organizations", kg.MemberOf, ""},
	{"post_id", "posts", kg.Holds, ""},
	{"on_behalf_of_id", "organizations", kg.MemberOf, ""},
	{"area_id", "areas", kg.OtherLink, "represents"},
	{"legislative_period_id", "events", kg.ParticipatedIn, ""},
}

// Names of extra values: of a side, the membership that it belongs to; of a membership, the dates that are its term's.
const (
	popoloMark       = "popolo:" // begins each of them, and no field of a file that is kept aside
	popoloMembership = popoloMark + "membership"
	popoloTermStart  = popoloMark + "term_start_date"
	popoloTermEnd    = popoloMark + "term_end_date"
)

// membership takes a membership: a relationship for each of its sides.
func (p *popoloIn) membership(at Place, o jsonObject) error {
	id, err := p.idOf(at, o)
	if err != nil {
		return err
	}
	at.Key = shortID(id)
	refs := map[string]string{}
	for _, key := range []string{"person_id", "organization_id", "post_id", "on_behalf_of_id", "area_id", "legislative_period_id"} {
		to, ok := o.reference(key)
		if !ok {
			return p.Refuse(at, "%s is not the id of anything", key)
		}
		if tooLong := p.tooLong(to); tooLong != "" {
			return p.Refuse(at, "%s %s", key, tooLong)
		}
		refs[key] = to
	}
	switch {
	case p.tooLong(id) != "":
		return p.Refuse(at, "its id %s", p.tooLong(id))
	case refs["person_id"] == "":
		return p.Refuse(at, "has no person_id")
	case refs["organization_id"] == "" && refs["post_id"] == "":
		return p.Refuse(at, "has neither organization_id nor post_id")
	}
	m := &kg.Relationship{}
	role, err := p.scalar(at, o, "role", func(s string) kg.Record { return &kg.Relationship{Type: kg.OtherLink, Role: s} })
	if err != nil {
		return err
	}
	if m.StartDate, m.EndDate, err = p.dates(at, o, "start_date", "end_date"); err != nil {
		return err
	}
	kind := "membership"
	if id == "" {
		kind, id = "memberships", p.hashOf(refs, role, m)
	}
	if p.Has(p.id(kg.RelationshipClass, kind+"."+popoloMain(refs), id)) {
		return p.Refuse(at, "is the same as one that came before")
	}
	if err := p.datesOfTerm(at, refs["legislative_period_id"], m); err != nil {
		return err
	}
	ids, err := p.sources(at, o)
	if err != nil {
		return err
	}
	m.Evidence = p.evidence(ids)
	if m.Extra, err = p.extra(at, o, m.Extra); err != nil {
		return err
	}
	return p.putSides(at, kind, id, refs, role, m)
}

// popoloMain is which of the references the membership is.
func popoloMain(refs map[string]string) string {
	for _, s := range popoloSides {
		if refs[s.key] != "" {
			return s.key
		}
	}
	return ""
}

// putSides puts the relationships of a membership, like m.
func (p *popoloIn) putSides(at Place, kind, id string, refs map[string]string, role string, m *kg.Relationship) error {
	from, err := p.refer(at, popoloClassOf("persons"), refs["person_id"])
	if err != nil {
		return err
	}
	var main kg.ID
	for _, s := range popoloSides {
		if refs[s.key] == "" {
			continue
		}
		r := &kg.Relationship{Type: s.kind, Role: s.role, From: from, StartDate: m.StartDate, EndDate: m.EndDate, Evidence: slices.Clone(m.Evidence)}
		r.Meta = p.metaOf(kg.RelationshipClass, kind+"."+s.key, id)
		if r.To, err = p.refer(at, popoloClassOf(s.to), refs[s.key]); err != nil {
			return err
		}
		if main == "" {
			main, r.Role, r.Extra = r.ID, role, m.Extra
		} else {
			r.Extra = []kg.Extra{{Name: popoloMembership, Values: []string{string(main)}}}
		}
		if _, err := p.Put(at, r); err != nil {
			return err
		}
	}
	return nil
}

// hashOf makes an id for a membership that has none from what it says, all but its end: that a membership ended is a change of
// it. If one has come that says the same and ended otherwise, the end is part of it all the same.
func (p *popoloIn) hashOf(refs map[string]string, role string, m *kg.Relationship) string {
	says := []string{refs["person_id"], refs["organization_id"], refs["on_behalf_of_id"], refs["area_id"], refs["legislative_period_id"], refs["post_id"], role, string(m.StartDate)}
	hash := func() [32]byte {
		text, _ := json.Marshal(says) // texts
		return sha256.Sum256(text)
	}
	begun := hash()
	says = append(says, string(m.EndDate))
	ended := hash()
	is, end := binary.BigEndian.Uint64(begun[:]), binary.BigEndian.Uint64(ended[:])
	if came, there := p.ends[is]; there && came != end {
		return hex.EncodeToString(ended[:16])
	}
	p.ends[is] = end
	return hex.EncodeToString(begun[:16])
}

// datesOfTerm gives a membership the dates of its term where it has none of its own, and keeps which these are. One that ends before
// its term begins, or begins when that is over, was of that day: left open, it would seem to have held in all the time before or since.
func (p *popoloIn) datesOfTerm(at Place, id string, m *kg.Relationship) error {
	t := p.terms[id]
	if m.StartDate == "" && t.start != "" {
		m.StartDate = t.start
		if m.EndDate != "" && m.EndDate.Latest() < t.start.Earliest() {
			m.StartDate = m.EndDate
			if err := p.Change(at, "ends before its term begins (%s): it is taken for one of its last day", t.start); err != nil {
				return err
			}
		}
		m.Extra = append(m.Extra, kg.Extra{Name: popoloTermStart, Values: []string{string(m.StartDate)}})
	}
	if m.EndDate == "" && t.end != "" {
		m.EndDate = t.end
		if t.end.Latest() < m.StartDate.Earliest() {
			m.EndDate = m.StartDate
			if err := p.Change(at, "begins when its term is over (%s): it is taken for one of its first day", t.end); err != nil {
				return err
			}
		}
		m.Extra = append(m.Extra, kg.Extra{Name: popoloTermEnd, Values: []string{string(m.EndDate)}})
	}
	return nil
}

// scalar takes a text that is well formed where it belongs. Another stays, to be kept aside, and is noted.
func (p *popoloIn) scalar(at Place, o jsonObject, key string, where func(string) kg.Record) (string, error) {
	v := o[key]
	s, ok := o.text(key)
	if !ok {
		return "", p.Change(at, "%s is not a text, and is kept aside", quotedText(key))
	}
	if s == "" {
		return "", nil
	}
	if reason := misfitOf(where(s)); reason != "" {
		o[key] = v
		return "", p.Change(at, "%s is kept aside: %s", quotedText(key), reason)
	}
	return s, nil
}

// misfitOf tells what is wrong with a record that is whole but for one thing.
func misfitOf(r kg.Record) string {
	id := kg.KeyID(kg.EntityClass, "", "")
	switch r := r.(type) {
	case kg.Entity:
		t := r.Common()
		t.ID, t.Dataset = id, kg.DatasetID("")
		if t.Name == "" {
			t.Name = "-"
		}
	case *kg.Relationship:
		r.ID, r.Dataset, r.From, r.To = kg.KeyID(kg.RelationshipClass, "", ""), kg.DatasetID(""), id, id
	}
	if err := kg.Normalize(r); err != nil {
		_, reason, _ := strings.Cut(messageOf(err), ": ")
		return reason
	}
	return ""
}

// fitsThing tells whether something is well formed as a part of an entity.
func fitsThing(set func(*kg.Thing)) bool {
	probe := &kg.Topic{}
	set(&probe.Thing)
	return misfitOf(probe) == ""
}

// dates takes two dates. A time of day, and what is no date, is kept aside; dates that contradict each other are too.
func (p *popoloIn) dates(at Place, o jsonObject, first, last string) (start, end kg.PartialDate, err error) {
	began, ended := o[first], o[last]
	if start, err = p.date(at, o, first); err != nil {
		return "", "", err
	}
	if end, err = p.date(at, o, last); err != nil {
		return "", "", err
	}
	if start != "" && end != "" && end.Latest() < start.Earliest() {
		o[first], o[last] = began, ended
		return "", "", p.Change(at, "%s is before %s; both are kept aside", last, first)
	}
	return start, end, nil
}

// date takes a date. If it is known better than to the day, says how sure it is, or is none, what stands there stays to be kept aside.
func (p *popoloIn) date(at Place, o jsonObject, key string) (kg.PartialDate, error) {
	v := o[key]
	s, ok := o.text(key)
	if !ok {
		return "", p.Change(at, "%s is not a text, and is kept aside", quotedText(key))
	}
	if s == "" {
		return "", nil
	}
	if date, err := kg.ParsePartialDate(s); err == nil {
		if popoloDate(date) != s {
			o[key] = v
		}
		return date, nil
	}
	o[key] = v
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		if date, err := kg.ParsePartialDate(s[:10]); err == nil {
			return date, nil
		}
	}
	return "", p.Change(at, "%s is kept aside: it is not a date (YYYY, YYYY-MM or YYYY-MM-DD)", quotedText(key))
}

// maxPopoloSpeech is how long a statement's text may be, in bytes.
const maxPopoloSpeech = 20_000

// speech takes a speech as a statement.
func (p *popoloIn) speech(at Place, o jsonObject) error {
	id, err := p.idOf(at, o)
	if err != nil {
		return err
	}
	at.Key = shortID(id)
	kind := "speech"
	if id == "" {
		text, err := json.Marshal(o)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(text)
		kind, id = "speeches", hex.EncodeToString(sum[:16])
	}
	if tooLong := p.tooLong(id); tooLong != "" {
		return p.Refuse(at, "its id %s", tooLong)
	}
	s := &kg.Statement{Meta: p.metaOf(kg.StatementClass, kind, id), Kind: kg.Direct}
	for _, ref := range []struct {
		key, to string
		set     func(kg.ID)
	}{
		{"creator_id", "persons", func(id kg.ID) { s.Speakers = []kg.ID{id} }},
		{"audience_id", "persons", func(id kg.ID) { s.Audience = []kg.ID{id} }},
		{"event_id", "events", func(id kg.ID) { s.AtEvent = id }},
	} {
		to, ok := o.reference(ref.key)
		if !ok || p.tooLong(to) != "" {
			return p.Refuse(at, "%s is not the id of anything", ref.key)
		}
		if to != "" {
			id, err := p.refer(at, popoloClassOf(ref.to), to)
			if err != nil {
				return err
			}
			ref.set(id)
		}
	}
	if s.Speakers == nil {
		return p.Refuse(at, "has no creator_id, and a statement needs a speaker")
	}
	whole := o["text"]
	text, ok := o.text("text")
	if !ok || text == "" {
		return p.Refuse(at, "has no text")
	}
	if s.Text = text; len(text) > maxPopoloSpeech {
		cut := maxPopoloSpeech
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		s.Text, o["text"] = text[:cut], whole
		if err := p.Change(at, "its text is cut at %d bytes; the whole is kept aside", maxPopoloSpeech); err != nil {
			return err
		}
	}
	if s.Date, err = p.date(at, o, "date"); err != nil {
		return err
	}
	ids, err := p.sources(at, o)
	if err != nil {
		return err
	}
	s.Evidence = p.evidence(ids)
	if s.Extra, err = p.extra(at, o, nil); err != nil {
		return err
	}
	_, err = p.Put(at, s)
	return err
}

// maxPopoloExtra is how much is kept aside of a record, in bytes.
const maxPopoloExtra = 64 << 10

// extra is what is left of an element, behind what is there already. What does not fit is left out, the longest first, and noted.
func (p *popoloIn) extra(at Place, o jsonObject, there []kg.Extra) ([]kg.Extra, error) {
	list := slices.Clone(there)
	for _, key := range slices.Sorted(maps.Keys(o)) {
		if strings.HasPrefix(key, popoloMark) {
			if err := p.Change(at, "%s is left out: Dramatis keeps something of its own under such a name", quotedText(key)); err != nil {
				return nil, err
			}
			continue
		}
		values, err := popoloExtraValues(key, o[key])
		if err != nil {
			return nil, err
		}
		e := kg.Extra{Name: key, Values: values}
		if reason := misfitOf(&kg.Topic{Thing: kg.Thing{Meta: kg.Meta{Extra: []kg.Extra{e}}}}); reason != "" {
			if err := p.Change(at, "%s is left out, for it cannot be kept aside: %s", quotedText(key), reason); err != nil {
				return nil, err
			}
			continue
		}
		list = append(list, e)
	}
	for sizeOfExtra(list) > maxPopoloExtra {
		i := 0
		for j := range list {
			if sizeOfExtra(list[j:j+1]) > sizeOfExtra(list[i:i+1]) {
				i = j
			}
		}
		if err := p.Change(at, "%s is left out: what is kept aside would be larger than 64 KiB", quotedText(list[i].Name)); err != nil {
			return nil, err
		}
		list = slices.Delete(list, i, i+1)
	}
	return list, nil
}

func sizeOfExtra(list []kg.Extra) (n int) {
	for _, e := range list {
		n += len(e.Name)
		for _, v := range e.Values {
			n += len(v)
		}
	}
	return n
}
