package kg_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"dramatis/kg"
)

// records are full records of every kind.
func records() []kg.Record {
	at := time.Date(2024, 1, 2, 3, 4, 5, 678_000_000, time.UTC)
	m := func(class kg.Class) kg.Meta {
		x := meta(class, "k \"<&>\u2028 😀\ufffd")
		x.Extra, x.RecordedAt = []kg.Extra{{Name: "n", Values: []string{"<v>", " "}}}, at
		return x
	}
	thing := kg.Thing{
		Meta: m(kg.EntityClass), Name: "Ünïcode 😀 \\ \" \x01", Names: []kg.Name{{Value: "v", Kind: kg.Alias, Language: "de", StartDate: "2001", EndDate: ".."}},
		Description: "d", Identifiers: []kg.Identifier{{Scheme: "s", Value: "v"}}, Links: []kg.Link{{URL: "u", Note: "n"}}, Stub: true,
	}
	e := entity("e")
	sta, src := kg.KeyID(kg.StatementClass, "test", "s"), kg.KeyID(kg.SourceClass, "test", "s")
	evidence := []kg.Evidence{{Source: src, Exact: "e", Prefix: "p", Suffix: "s", Start: ptr(0), End: ptr(3), AttributedTo: sta, AssertedBy: "me", AssertedAt: at, Method: kg.Human}}
	set := m(kg.DatasetClass)
	set.Dataset = ""
	return []kg.Record{
		&kg.Person{Thing: thing, Gender: "f", BirthDate: "1960", DeathDate: "2020-01", Countries: []string{"de"}},
		&kg.Organization{Thing: thing, Kind: kg.State, Classification: "c", Country: "de", FoundingDate: "1949", DissolutionDate: "1990"},
		&kg.Position{Thing: thing, Country: "de"},
		&kg.Place{Thing: thing, Classification: "c", Country: "de", Latitude: ptr(-1.5), Longitude: ptr(0.0)},
		&kg.Event{Thing: thing, Kind: "k", StartDate: "2001", EndDate: "2002", Status: kg.Happened, Outcome: "o", Evidence: evidence, About: []kg.ID{e}},
		&kg.Topic{Thing: thing},
		&kg.Relationship{Meta: m(kg.RelationshipClass), Type: kg.Paid, Role: "r", From: e, To: e, StartDate: "..", EndDate: "2001", Amount: &kg.Amount{Minor: -9_007_199_254_740_993, Currency: "EUR"}, Evidence: evidence},
		&kg.Statement{Meta: m(kg.StatementClass), Kind: kg.Direct, Text: "t", Speakers: []kg.ID{e}, OnBehalfOf: []kg.ID{e}, About: []kg.ID{e}, Audience: []kg.ID{e}, AtEvent: e, Medium: "m", Date: "2001",
			ReplyTo: []kg.ID{sta}, Contradicts: []kg.ID{sta}, Supports: []kg.ID{sta}, Repeats: []kg.ID{sta}, Evidence: evidence},
		&kg.Source{Meta: m(kg.SourceClass), Kind: kg.Article, Title: "t", Publisher: e, SourcedFrom: []kg.ID{e}, References: []kg.ID{e}, CreditedTo: []kg.ID{e}, Authors: []string{"a"}, URL: "u", ArchivedURL: "a",
			PublishedDate: "2001", RetrievedDate: "2002", Language: "en", Text: "t", ContentHash: "sha256:0000000000000000000000000000000000000000000000000000000000000000"},
		&kg.Mention{Meta: m(kg.MentionClass), Source: src, Entity: e, Kind: kg.Pronoun, Exact: "x", Start: ptr(1), End: ptr(2)},
		&kg.Dataset{Meta: set, Name: "n", Title: "t", Description: "d", URL: "u", License: "l"},
	}
}

// TestRecordsAreFull makes sure that the tests miss no field that is added.
func TestRecordsAreFull(t *testing.T) {
	for _, r := range records() {
		v := reflect.ValueOf(r).Elem()
		for _, f := range reflect.VisibleFields(v.Type()) {
			if v.FieldByIndex(f.Index).IsZero() && !(f.Name == "Dataset" && v.Type() == reflect.TypeFor[kg.Dataset]()) {
				t.Errorf("%T has no %s here", r, f.Name)
			}
		}
	}
}

func TestEncodeAndDecode(t *testing.T) {
	for _, r := range records() {
		body, err := kg.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		for name, decode := range map[string]func([]byte) (kg.Record, error){"Decode": kg.Decode, "DecodeStrict": kg.DecodeStrict} {
			back, err := decode(body)
			if err != nil || !reflect.DeepEqual(back, r) {
				t.Errorf("%s(%s) = %+v, %v", name, body, back, err)
			}
		}
		if again, err := kg.Encode(r); err != nil || !bytes.Equal(again, body) {
			t.Errorf("encoded again: %s, %v", again, err)
		}
		if bytes.ContainsRune(body, '\n') {
			t.Errorf("a record of several lines: %s", body)
		}
	}
}

func TestDecodeStrictRefuses(t *testing.T) {
	for _, r := range records() {
		body, err := kg.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		text := string(body)
		open := text[:len(text)-1]
		for _, bad := range []string{
			open + `,"more":1}`, open, text + "}", text + "]", text + "x", text + " {}", text + text, "[" + text + "]", text + ",",
			strings.Replace(text, `{"record":"`, `{"record":"X`, 1), text[1:], "", "null", "{}", `{"record":"Person",`, `{"record":"Person",}`, `{"record":"Person"}`,
			strings.Replace(text, `"id":"`, `"id":1,"x":"`, 1),
		} {
			if got, err := kg.DecodeStrict([]byte(bad)); kg.CodeOf(err) != kg.BadUserInput {
				t.Errorf("DecodeStrict(%s) = %v, %v", bad, got, err)
			}
		}
	}
}

func FuzzDecodeStrict(f *testing.F) {
	for _, r := range records() {
		body, err := kg.Encode(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Add([]byte(`{"record":"Person","id":"x"}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := kg.DecodeStrict(body)
		if err != nil {
			if kg.CodeOf(err) != kg.BadUserInput {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		first, err := kg.Encode(r)
		if err != nil {
			return // a time that RFC 3339 cannot write
		}
		back, err := kg.Decode(first)
		if err != nil {
			t.Fatalf("%s cannot be read: %v", first, err)
		}
		if second, err := kg.Encode(back); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s becomes %s, %v", first, second, err)
		}
		_ = kg.Check(r)
	})
}

func TestCheck(t *testing.T) {
	for _, r := range records() {
		if s, ok := r.(kg.Entity); ok {
			s.Common().Name = "N"
		}
		if err := kg.Check(r); err != nil {
			t.Errorf("%T: %v", r, err)
		}
	}
	long := strings.Repeat("x", 70_000)
	bad := &kg.Source{Meta: meta(kg.SourceClass, "s"), Kind: "BOOK", Title: "", URL: "a\x00b", PublishedDate: "2001-13", Language: long, Authors: []string{"\xff", ""}, Publisher: "x"}
	err := kg.Check(bad)
	if kg.CodeOf(err) != kg.BadUserInput {
		t.Fatalf("got %v", err)
	}
	for _, word := range []string{"kind", "title is missing", "url has a NUL", "publishedDate", "language is longer than 35", "authors[0]", "authors[1]", "publisher"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q is not named in %v", word, err)
		}
	}
	if len(err.Error()) > 3000 {
		t.Errorf("a message of %d bytes", len(err.Error()))
	}
}
