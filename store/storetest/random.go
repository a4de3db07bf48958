package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"dramatis/kg"
)

// world makes random batches and filters over a small stock of ids, so that records are made, changed and deleted
// again and again.
type world struct {
	t      testing.TB
	rng    *rand.Rand
	oracle *Oracle
	stock  map[kg.Class][]kg.ID
	texts  []string
	at     time.Time
	past   []*kg.Batch // batches with a key that were sent before

	// of the batch that is being made
	batch    *kg.Batch
	used     map[kg.ID]bool
	careless bool
}

func newWorld(t testing.TB, seed uint64) *world {
	w := &world{
		t: t, rng: rand.New(rand.NewPCG(seed, 0)), oracle: NewOracle(), stock: map[kg.Class][]kg.ID{},
		at:    time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
		texts: []string{"Anna", "anna", "ÁNNA", "Anna B.", "Annabel", "Zoë", "Zoe", "Ben O'Neil", "Ben ONeil", "Łódź", "Lodz"},
	}
	for class, n := range map[kg.Class]int{
		kg.DatasetClass: 3, kg.SourceClass: 6, kg.EntityClass: 40, kg.RelationshipClass: 90, kg.StatementClass: 50, kg.MentionClass: 30,
	} {
		for i := range n {
			w.stock[class] = append(w.stock[class], kg.KeyID(class, "random", fmt.Sprint(seed, i)))
		}
	}
	for _, text := range hardTexts {
		if len(text) <= 200 {
			w.texts = append(w.texts, text)
		}
	}
	return w
}

func (w *world) chance(percent int) bool { return w.rng.IntN(100) < percent }

func pick[T any](w *world, list []T) T { return list[w.rng.IntN(len(list))] }

// some picks up to n of a list, doubles included.
func some[T any](w *world, n int, list []T) []T {
	var out []T
	for range w.rng.IntN(n + 1) {
		out = append(out, pick(w, list))
	}
	return out
}

// nextBatch makes the next batch. Three of four are made with care, so that most are applied.
func (w *world) nextBatch() *kg.Batch {
	w.at = w.at.Add(time.Duration(w.rng.IntN(3_000_000)) * time.Microsecond)
	if len(w.past) > 0 && w.chance(5) {
		return w.again()
	}
	w.batch, w.used, w.careless = &kg.Batch{At: w.at}, map[kg.ID]bool{}, w.chance(25)
	if w.chance(20) || len(w.oracle.records) == 0 {
		set := kg.ID(pick(w, w.stock[kg.DatasetClass]))
		w.batch.Dataset = &kg.Dataset{Meta: kg.Meta{ID: set}, Name: w.text()}
	}
	size := 1 + w.rng.IntN(12)
	if len(w.oracle.records) < 30 || w.chance(4) {
		size = 60
	}
	for range size {
		w.addChange()
	}
	if w.careless && w.chance(10) && len(w.batch.Put) > 0 {
		w.batch.Put = append(w.batch.Put, clone(w.t, w.batch.Put[0]))
	}
	if w.chance(30) {
		w.batch.Key = fmt.Sprint("key ", w.rng.IntN(1_000))
		w.past = append(w.past, cloneBatch(w.t, w.batch))
	}
	return w.batch
}

// again sends a batch anew, or another under its key.
func (w *world) again() *kg.Batch {
	b := cloneBatch(w.t, pick(w, w.past))
	b.At = w.at
	if w.chance(30) {
		b.Delete = append(b.Delete, kg.Deletion{ID: pick(w, w.stock[kg.MentionClass])})
	}
	return b
}

var classWeights = []kg.Class{
	kg.EntityClass, kg.EntityClass, kg.EntityClass, kg.RelationshipClass, kg.RelationshipClass, kg.RelationshipClass, kg.RelationshipClass,
	kg.StatementClass, kg.StatementClass, kg.MentionClass, kg.SourceClass, kg.DatasetClass,
}

func (w *world) addChange() {
	class := pick(w, classWeights)
	id := pick(w, w.stock[class])
	if w.used[id] {
		return
	}
	old := w.oracle.records[id]
	switch {
	case old != nil && w.chance(12) && (w.careless || class != kg.EntityClass && class != kg.SourceClass && class != kg.DatasetClass),
		old != nil && class == kg.EntityClass && w.chance(6):
		w.batch.Delete = append(w.batch.Delete, kg.Deletion{ID: id, Cascade: class != kg.DatasetClass && (class == kg.EntityClass && !w.careless || w.chance(20))})
	case old == nil && w.chance(2):
		w.batch.Delete = append(w.batch.Delete, kg.Deletion{ID: id, Cascade: w.chance(50)})
	case old != nil && w.chance(20):
		w.batch.Put = append(w.batch.Put, clone(w.t, old))
	default:
		r := w.record(class, id, old)
		if r == nil || !w.careless && !wellFormed(r) {
			return
		}
		w.batch.Put = append(w.batch.Put, r)
	}
	w.used[id] = true
}

// there are the ids of a class that can be referred to: with care, what is there and stays, or comes in this batch.
func (w *world) there(class kg.Class) []kg.ID {
	if w.careless && w.chance(3) {
		return w.stock[class]
	}
	var ids []kg.ID
	for _, id := range w.stock[class] {
		deleted := slices.ContainsFunc(w.batch.Delete, func(d kg.Deletion) bool { return d.ID == id })
		comes := slices.ContainsFunc(w.batch.Put, func(r kg.Record) bool { return r.GetID() == id })
		if comes || w.oracle.records[id] != nil && !deleted {
			ids = append(ids, id)
		}
	}
	if class == kg.DatasetClass && w.batch.Dataset != nil {
		ids = append(ids, w.batch.Dataset.ID)
	}
	return ids
}

// list is a few ids of a class.
func (w *world) list(class kg.Class, n int) []kg.ID {
	if ids := w.there(class); len(ids) > 0 {
		return some(w, n, ids)
	}
	return nil
}

func (w *world) text() string { return pick(w, w.texts) }

func (w *world) day() kg.PartialDate {
	if w.chance(3) {
		return pick(w, []kg.PartialDate{"0001", "9999", "9999-12-31", "0001-01-01", "2000-02-29"})
	}
	d := fmt.Sprintf("%04d", 1999+w.rng.IntN(6))
	if w.chance(70) {
		d += fmt.Sprintf("-%02d", 1+w.rng.IntN(12))
		if w.chance(60) {
			d += fmt.Sprintf("-%02d", 1+w.rng.IntN(28))
		}
	}
	if w.chance(15) {
		d += pick(w, []string{"?", "~", "%"})
	}
	return kg.PartialDate(d)
}

// date is a date of any form, known or not.
func (w *world) date() kg.PartialDate {
	switch {
	case w.chance(20):
		return ""
	case w.careless && w.chance(2):
		return pick(w, []kg.PartialDate{"2001-02-29", "2000-13", "0000", "20", "2000-1-1", "2000??", "…"})
	default:
		return w.day()
	}
}

func (w *world) span() (start, end kg.PartialDate) {
	start, end = w.date(), w.date()
	if w.chance(8) {
		start = kg.Open
	}
	if w.chance(25) {
		end = kg.Open
	}
	f := &form{}
	f.span(start, end)
	if f.wrong && (!w.careless || w.chance(90)) {
		end = ""
	}
	return start, end
}

func (w *world) evidence() []kg.Evidence {
	var list []kg.Evidence
	for _, source := range w.list(kg.SourceClass, 2) {
		e := kg.Evidence{Source: source, Exact: w.text(), Method: pick(w, []kg.EvidenceMethod{"", kg.Human, kg.Import})}
		if w.chance(70) {
			start := w.rng.IntN(5)
			e.Start, e.End = &start, ptr(start+w.rng.IntN(3))
		}
		if claims := w.list(kg.StatementClass, 1); w.chance(20) && len(claims) > 0 {
			e.AttributedTo = claims[0]
		}
		list = append(list, e)
	}
	return list
}

// record makes a record of a class; nil if there is nothing yet that it could refer to.
func (w *world) record(class kg.Class, id kg.ID, old kg.Record) kg.Record {
	m := kg.Meta{ID: id}
	if class == kg.DatasetClass {
		return &kg.Dataset{Meta: m, Name: firstBytes(w.text(), 200), Title: w.text()}
	}
	sets := w.there(kg.DatasetClass)
	if len(sets) == 0 {
		return nil
	}
	m.Dataset = pick(w, sets)
	if old != nil && !w.chance(2) {
		m.Dataset = kg.MetaOf(old).Dataset // a record stays in its dataset
	}
	if w.chance(5) {
		m.Extra = []kg.Extra{{Name: "x", Values: []string{w.text()}}}
	}
	if class == kg.EntityClass {
		return w.entity(m, old)
	}
	entities := w.there(kg.EntityClass)
	if len(entities) == 0 {
		return nil
	}
	switch class {
	case kg.RelationshipClass:
		return w.link(m, entities)
	case kg.StatementClass:
		return w.statement(m, entities)
	case kg.SourceClass:
		s := &kg.Source{Meta: m, Kind: pick(w, []kg.SourceKind{"", kg.Article, kg.Post, kg.Video}), Title: w.text(), PublishedDate: w.date()}
		s.SourcedFrom, s.CreditedTo = some(w, 2, entities), some(w, 2, entities)
		if w.chance(50) {
			s.Publisher = pick(w, entities)
		}
		return s
	default:
		sources := w.there(kg.SourceClass)
		if len(sources) == 0 {
			return nil
		}
		mention := &kg.Mention{Meta: m, Source: pick(w, sources), Entity: pick(w, entities), Exact: w.text(), Kind: pick(w, mentionKinds)}
		if w.chance(80) {
			start := w.rng.IntN(6)
			mention.Start, mention.End = &start, ptr(start+2)
		}
		return mention
	}
}

var (
	mentionKinds      = []kg.MentionKind{"", kg.NameMention, kg.AliasMention, kg.Pronoun}
	organizationKinds = []kg.OrganizationKind{"", kg.State, kg.Party, kg.Company}
	eventStatuses     = []kg.EventStatus{"", kg.Happened, kg.Ongoing, kg.Planned}
	statementKinds    = []kg.StatementKind{kg.Direct, kg.Indirect, kg.Mixed}
	countries         = []string{"de", "fr", "ru"}
	schemes           = []string{"wikidata", "x", "😀"}
)

func (w *world) entity(m kg.Meta, old kg.Record) kg.Record {
	t := kg.Thing{Meta: m, Name: w.text(), Stub: w.chance(10)}
	for _, name := range some(w, 3, w.texts) {
		n := kg.Name{Value: name, Kind: pick(w, []kg.NameKind{"", kg.Former, kg.Alias})}
		n.StartDate, n.EndDate = w.span()
		t.Names = append(t.Names, n)
	}
	for range w.rng.IntN(3) {
		t.Identifiers = append(t.Identifiers, kg.Identifier{Scheme: pick(w, schemes), Value: fmt.Sprint("Q", w.rng.IntN(9))})
	}
	kind := pick(w, kg.EntityTypes)
	if w.chance(50) {
		kind = pick(w, []kg.EntityType{kg.PersonType, kg.OrganizationType})
	}
	if before, ok := old.(kg.Entity); ok && (!w.careless && len(w.oracle.RelationshipCounts(m.ID)) > 0 || w.chance(60)) {
		kind = before.Type()
	}
	country := ""
	if w.chance(50) {
		country = pick(w, countries)
	}
	switch kind {
	case kg.PersonType:
		return &kg.Person{Thing: t, BirthDate: w.date(), Countries: some(w, 3, countries)}
	case kg.OrganizationType:
		return &kg.Organization{Thing: t, Kind: pick(w, organizationKinds), Country: country}
	case kg.PositionType:
		return &kg.Position{Thing: t, Country: country}
	case kg.PlaceType:
		return &kg.Place{Thing: t, Country: country, Latitude: ptr(float64(w.rng.IntN(90)) / 7)}
	case kg.EventType:
		e := &kg.Event{Thing: t, Status: pick(w, eventStatuses), Evidence: w.evidence(), About: w.list(kg.EntityClass, 3)}
		e.StartDate, e.EndDate = w.span()
		if w.chance(60) {
			e.Kind = w.text()
		}
		return e
	default:
		return &kg.Topic{Thing: t}
	}
}

// typeOf is the type that an entity has, or will have by the batch that is being made.
func (w *world) typeOf(id kg.ID) kg.EntityType {
	for _, r := range w.batch.Put {
		if e, ok := r.(kg.Entity); ok && r.GetID() == id {
			return e.Type()
		}
	}
	if e, ok := w.oracle.records[id].(kg.Entity); ok {
		return e.Type()
	}
	return ""
}

// link joins two entities, often the first, so that there is a hub, and one in twelve times one with itself.
func (w *world) link(m kg.Meta, entities []kg.ID) kg.Record {
	for range 30 {
		from, to := pick(w, entities), pick(w, entities)
		if w.chance(40) {
			from = entities[0]
		}
		if w.chance(8) {
			to = from
		}
		if w.chance(50) {
			from, to = to, from
		}
		rule := pick(w, kg.RelationshipRules)
		if w.chance(30) {
			rule = *pick(w, []kg.RelationshipType{kg.AlliedWith, kg.AssociateOf, kg.OtherLink, kg.Supports, kg.Paid, kg.ParticipatedIn, kg.PartOf}).Rule()
		}
		if !(w.careless && w.chance(5)) && !(slices.Contains(rule.From, w.typeOf(from)) && slices.Contains(rule.To, w.typeOf(to))) {
			continue
		}
		r := &kg.Relationship{Meta: m, Type: rule.Type, From: from, To: to, Role: w.text(), Evidence: w.evidence()}
		r.StartDate, r.EndDate = w.span()
		if rule.Type == kg.Paid && w.chance(85) {
			r.Amount = &kg.Amount{Minor: int64(w.rng.Uint64()) >> w.rng.IntN(63), Currency: pick(w, []string{"EUR", "EUR", "USD"})}
		}
		return r
	}
	return nil
}

func (w *world) statement(m kg.Meta, entities []kg.ID) kg.Record {
	s := &kg.Statement{Meta: m, Kind: pick(w, statementKinds), Text: w.text(), Date: w.date(), Evidence: w.evidence()}
	s.Speakers = append(some(w, 2, entities), pick(w, entities))
	s.OnBehalfOf, s.About, s.Audience = some(w, 2, entities), some(w, 3, entities), some(w, 1, entities)
	if at := pick(w, entities); w.typeOf(at) == kg.EventType || w.chance(2) {
		s.AtEvent = at
	}
	if w.chance(50) {
		s.Medium = w.text()
	}
	s.ReplyTo, s.Contradicts = w.list(kg.StatementClass, 1), w.list(kg.StatementClass, 1)
	return s
}
