package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

// testSet is the dataset of the hand-made records.
const testSet = "test"

// The records of the tests are named by their keys; these are the ids of those.
func entID(key string) kg.ID { return kg.KeyID(kg.EntityClass, testSet, key) }
func relID(key string) kg.ID { return kg.KeyID(kg.RelationshipClass, testSet, key) }
func staID(key string) kg.ID { return kg.KeyID(kg.StatementClass, testSet, key) }
func srcID(key string) kg.ID { return kg.KeyID(kg.SourceClass, testSet, key) }
func menID(key string) kg.ID { return kg.KeyID(kg.MentionClass, testSet, key) }

func entIDs(keys ...string) []kg.ID {
	ids := make([]kg.ID, len(keys))
	for i, k := range keys {
		ids[i] = entID(k)
	}
	return ids
}

func metaOf(class kg.Class, key string) kg.Meta {
	return kg.Meta{ID: kg.KeyID(class, testSet, key), Dataset: kg.DatasetID(testSet), Key: key}
}

func thing(key, name string) kg.Thing {
	return kg.Thing{Meta: metaOf(kg.EntityClass, key), Name: name}
}

func dataset(name string) *kg.Dataset {
	return &kg.Dataset{Meta: kg.Meta{ID: kg.DatasetID(name), Key: name}, Name: name}
}

func person(key, name string) *kg.Person     { return &kg.Person{Thing: thing(key, name)} }
func topic(key, name string) *kg.Topic       { return &kg.Topic{Thing: thing(key, name)} }
func office(key, name string) *kg.Position   { return &kg.Position{Thing: thing(key, name)} }
func place(key, name string) *kg.Place       { return &kg.Place{Thing: thing(key, name)} }
func body(key, name string) *kg.Organization { return &kg.Organization{Thing: thing(key, name)} }
func source(key string, d kg.PartialDate) *kg.Source {
	return &kg.Source{Meta: metaOf(kg.SourceClass, key), Kind: kg.Article, Title: key, PublishedDate: d}
}

func event(key string, start, end kg.PartialDate) *kg.Event {
	return &kg.Event{Thing: thing(key, key), StartDate: start, EndDate: end, Status: kg.Happened}
}

func link(key string, t kg.RelationshipType, from, to string, dates ...kg.PartialDate) *kg.Relationship {
	r := &kg.Relationship{Meta: metaOf(kg.RelationshipClass, key), Type: t, From: entID(from), To: entID(to)}
	if len(dates) > 0 {
		r.StartDate = dates[0]
	}
	if len(dates) > 1 {
		r.EndDate = dates[1]
	}
	return r
}

func said(key string, d kg.PartialDate, speakers ...string) *kg.Statement {
	return &kg.Statement{Meta: metaOf(kg.StatementClass, key), Kind: kg.Direct, Text: key, Date: d, Speakers: entIDs(speakers...)}
}

func mention(key, source, entity string, start int) *kg.Mention {
	m := &kg.Mention{Meta: metaOf(kg.MentionClass, key), Kind: kg.NameMention, Source: srcID(source), Entity: entID(entity), Exact: key}
	if start >= 0 {
		end := start + len(key)
		m.Start, m.End = &start, &end
	}
	return m
}

// cited is evidence in a source, at a place if it is not negative.
func cited(source string, start int) kg.Evidence {
	e := kg.Evidence{Source: srcID(source), Exact: "words", Method: kg.Human}
	if start >= 0 {
		end := start + 5
		e.Start, e.End = &start, &end
	}
	return e
}

// label names a record in messages: by its own key if it has one.
func label(r kg.Record) string {
	if r == nil {
		return "nil"
	}
	if key := kg.MetaOf(r).Key; key != "" {
		return key
	}
	return string(r.GetID())
}

func labels(records []kg.Record) []string {
	names := make([]string, len(records))
	for i, r := range records {
		names[i] = label(r)
	}
	return names
}

func encode(t testing.TB, r kg.Record) []byte {
	t.Helper()
	text, err := kg.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// clone makes a copy that shares nothing with r.
func clone(t testing.TB, r kg.Record) kg.Record {
	t.Helper()
	c, err := kg.Decode(encode(t, r))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// cloneBatch makes a batch that another store may own.
func cloneBatch(t testing.TB, b *kg.Batch) *kg.Batch {
	t.Helper()
	c := *b
	c.Put = make([]kg.Record, len(b.Put))
	for i, r := range b.Put {
		c.Put[i] = clone(t, r)
	}
	c.Delete = slices.Clone(b.Delete)
	if b.Dataset != nil {
		c.Dataset = clone(t, b.Dataset).(*kg.Dataset)
	}
	return &c
}

// idsOf are the records that an error names.
func idsOf(err error) []kg.ID {
	var e *kg.Error
	if !errors.As(err, &e) {
		return nil
	}
	return e.IDs
}

// diffLines are the lines that stand in only one of two lists.
func diffLines(before, after []string) string {
	var b strings.Builder
	for _, line := range before {
		if !slices.Contains(after, line) {
			fmt.Fprintf(&b, "- %.300s\n", line)
		}
	}
	for _, line := range after {
		if !slices.Contains(before, line) {
			fmt.Fprintf(&b, "+ %.300s\n", line)
		}
	}
	return b.String()
}

func ptr[T any](v T) *T { return &v }

// sorted are ids in the order in which errors name them.
func sorted(ids ...kg.ID) []kg.ID { return slices.Sorted(slices.Values(ids)) }

// number is a key whose text order is the order of numbers.
func number(i int) string { return fmt.Sprintf("%05d", i) }
