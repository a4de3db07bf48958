package storetest

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dramatis/kg"
)

// canonical brings a record into the form in which it is kept: nothing stands twice, what has a default has a value,
// a symmetric relationship begins at the smaller id.
func canonical(r kg.Record) {
	switch r := r.(type) {
	case *kg.Event:
		r.About = distinct(r.About)
		r.Evidence = canonicalEvidence(r.Evidence)
		r.Status = orElse(r.Status, kg.Happened)
	case *kg.Organization:
		r.Kind = orElse(r.Kind, kg.OtherOrganization)
	case *kg.Relationship:
		r.Evidence = canonicalEvidence(r.Evidence)
		if r.Type.Rule().Symmetric {
			r.From, r.To = min(r.From, r.To), max(r.From, r.To)
		}
	case *kg.Statement:
		r.OnBehalfOf = slices.DeleteFunc(r.OnBehalfOf, func(id kg.ID) bool { return slices.Contains(r.Speakers, id) })
		for _, list := range []*[]kg.ID{&r.Speakers, &r.OnBehalfOf, &r.About, &r.Audience, &r.ReplyTo, &r.Contradicts, &r.Supports, &r.Repeats} {
			*list = distinct(*list)
		}
		r.Evidence = canonicalEvidence(r.Evidence)
	case *kg.Source:
		r.SourcedFrom, r.References, r.CreditedTo = distinct(r.SourcedFrom), distinct(r.References), distinct(r.CreditedTo)
		r.Kind = orElse(r.Kind, kg.OtherSource)
	case *kg.Mention:
		r.Kind = orElse(r.Kind, kg.NameMention)
	}
	if e, ok := r.(kg.Entity); ok {
		for i := range e.Common().Names {
			n := &e.Common().Names[i]
			n.Kind = orElse(n.Kind, kg.Alias)
		}
	}
}

func orElse[S ~string](s, otherwise S) S {
	if s == "" {
		return otherwise
	}
	return s
}

func distinct(ids []kg.ID) []kg.ID {
	var out []kg.ID
	for i, id := range ids {
		if slices.Index(ids, id) == i {
			out = append(out, id)
		}
	}
	return out
}

func canonicalEvidence(list []kg.Evidence) []kg.Evidence {
	for i := range list {
		list[i].Method = orElse(list[i].Method, kg.Import)
		list[i].AssertedAt = list[i].AssertedAt.UTC().Truncate(time.Millisecond)
	}
	return list
}

// malformed tells what is wrong with a batch by itself, of the mistakes that the tests make.
func malformed(b *kg.Batch) []Failure {
	var failures []Failure
	if len(b.Put)+len(b.Delete) > kg.MaxBatch || len(b.Key) > 200 {
		failures = append(failures, failure(kg.BadUserInput))
	}
	seen := map[kg.ID]bool{}
	once := func(id kg.ID) {
		if seen[id] {
			failures = append(failures, failure(kg.BadUserInput, id))
		}
		seen[id] = true
	}
	for _, r := range b.Put {
		if !wellFormed(r) {
			failures = append(failures, failure(kg.BadUserInput, r.GetID()))
		}
		once(r.GetID())
	}
	for _, d := range b.Delete {
		if !idPattern.MatchString(string(d.ID)) {
			failures = append(failures, failure(kg.BadUserInput))
		}
		once(d.ID)
	}
	return failures
}

// The last of 26 digits has two bits that must be 0, as 26 digits hold 130 bits and 16 bytes 128.
var idPattern = regexp.MustCompile(`^(ent|rel|sta|src|men|dat)_[0-9a-v]{25}[048cgkos]$`)

// form collects whether all is well with a record.
type form struct{ wrong bool }

func (f *form) must(ok bool) { f.wrong = f.wrong || !ok }

func (f *form) ids(class kg.Class, ids ...kg.ID) {
	for _, id := range ids {
		f.must(idPattern.MatchString(string(id)) && strings.HasPrefix(string(id), string(class)))
	}
}

func (f *form) optional(class kg.Class, id kg.ID) {
	if id != "" {
		f.ids(class, id)
	}
}

func (f *form) text(s string, least, most int) {
	f.must(len(s) >= least && len(s) <= most && utf8.ValidString(s) && !strings.Contains(s, "\x00"))
}

func (f *form) date(d kg.PartialDate) {
	_, ok := daysOf(d)
	f.must(d == "" || ok)
}

func (f *form) span(start, end kg.PartialDate) {
	s, startKnown := daysOf(start)
	e, endKnown := daysOf(end)
	f.must(start == "" || start == kg.Open || startKnown)
	f.must(end == "" || end == kg.Open || endKnown)
	f.must(!startKnown || !endKnown || s.first <= e.last)
}

func (f *form) evidence(list []kg.Evidence) {
	for _, e := range list {
		f.ids(kg.SourceClass, e.Source)
		f.optional(kg.StatementClass, e.AttributedTo)
		f.must((e.Start == nil) == (e.End == nil) && (e.Start == nil || *e.Start >= 0 && *e.Start <= *e.End))
	}
}

// wellFormed tells whether a record can be kept, as far as the tests make records that cannot.
func wellFormed(r kg.Record) bool {
	f := &form{}
	if _, ok := r.(*kg.Dataset); !ok {
		f.ids(kg.DatasetClass, kg.MetaOf(r).Dataset)
	}
	switch r := r.(type) {
	case kg.Entity:
		f.entity(r)
	case *kg.Relationship:
		f.ids(kg.RelationshipClass, r.ID)
		f.ids(kg.EntityClass, r.From, r.To)
		f.span(r.StartDate, r.EndDate)
		f.must(r.Type.Rule() != nil && (r.Amount == nil || r.Type == kg.Paid))
		f.evidence(r.Evidence)
	case *kg.Statement:
		f.ids(kg.StatementClass, r.ID)
		f.ids(kg.EntityClass, slices.Concat(r.Speakers, r.OnBehalfOf, r.About, r.Audience)...)
		f.ids(kg.StatementClass, slices.Concat(r.ReplyTo, r.Contradicts, r.Supports, r.Repeats)...)
		f.optional(kg.EntityClass, r.AtEvent)
		f.must(len(r.Speakers) > 0)
		f.text(r.Text, 1, 20_000)
		f.date(r.Date)
		f.evidence(r.Evidence)
	case *kg.Source:
		f.ids(kg.SourceClass, r.ID)
		f.ids(kg.EntityClass, slices.Concat(r.SourcedFrom, r.References, r.CreditedTo)...)
		f.optional(kg.EntityClass, r.Publisher)
		f.text(r.Title, 1, 4096)
		f.date(r.PublishedDate)
	case *kg.Mention:
		f.ids(kg.MentionClass, r.ID)
		f.ids(kg.SourceClass, r.Source)
		f.ids(kg.EntityClass, r.Entity)
		f.text(r.Exact, 1, 4096)
	case *kg.Dataset:
		f.ids(kg.DatasetClass, r.ID)
		f.text(r.Name, 1, 200)
	}
	return !f.wrong
}

func (f *form) entity(e kg.Entity) {
	f.ids(kg.EntityClass, e.GetID())
	f.text(e.Common().Name, 1, 4096)
	for _, n := range e.Common().Names {
		f.text(n.Value, 1, 4096)
		f.span(n.StartDate, n.EndDate)
	}
	if p, ok := e.(*kg.Person); ok {
		f.date(p.BirthDate)
	}
	if e, ok := e.(*kg.Event); ok {
		f.ids(kg.EntityClass, e.About...)
		f.span(e.StartDate, e.EndDate)
		f.evidence(e.Evidence)
	}
}
