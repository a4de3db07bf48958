package kg

import (
	"bytes"
	"encoding/json"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
)

// Record is anything with an id: an Entity of any type, a Relationship, a Statement, a Source, a Mention or a
// Dataset. A record is a value: whoever reads one from a store must not change it.
type Record interface {
	IsNode()
	GetID() ID
	meta() *Meta
	kind() string                  // its name in a record's JSON form
	references(func(Facet, ...ID)) // every record it refers to, by the facet that finds it from there
	facets(func(Facet, ...string)) // what else it is found by
	window() Window                // its dates
	sortHead(order Order) string   // what it is ordered by, before its id
	check(c *checker)              // what is wrong with it by itself
	normalize()                    // brings it into the one form in which its content is stored
	evidence() []Evidence
}

// Meta is what every record has.
type Meta struct {
	ID ID `json:"id"`
	// Dataset is the collection it came with. Empty only in a Dataset itself.
	Dataset ID `json:"dataset,omitempty"`
	// Key is the record's own key in that dataset, from which its id is made; empty in a hand-made record.
	Key string `json:"key,omitempty"`
	// Extra is what it brought that has no place in the model, kept for export: at most 64 KiB.
	Extra []Extra `json:"extra,omitempty"`
	// RecordedAt is when its present content was first written here, to the millisecond.
	RecordedAt time.Time `json:"recordedAt,omitzero"`
}

// Extra is one named list of values that an import brought along.
type Extra struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

// IsNode marks what can be asked for by id.
func (*Meta) IsNode() {}

// GetID gives the record's id.
func (m *Meta) GetID() ID { return m.ID }

func (m *Meta) meta() *Meta                   { return m }
func (m *Meta) evidence() []Evidence          { return nil }
func (m *Meta) window() Window                { return MomentWindow("") }
func (m *Meta) facets(func(Facet, ...string)) {}
func (m *Meta) normalize() {
	m.RecordedAt = m.RecordedAt.UTC().Truncate(time.Millisecond)
}

// blank makes an empty record of each kind, by its name in JSON.
var blank = map[string]func() Record{
	"Person":       func() Record { return new(Person) },
	"Organization": func() Record { return new(Organization) },
	"Position":     func() Record { return new(Position) },
	"Place":        func() Record { return new(Place) },
	"Event":        func() Record { return new(Event) },
	"Topic":        func() Record { return new(Topic) },
	"Relationship": func() Record { return new(Relationship) },
	"Statement":    func() Record { return new(Statement) },
	"Source":       func() Record { return new(Source) },
	"Mention":      func() Record { return new(Mention) },
	"Dataset":      func() Record { return new(Dataset) },
}

const bodyHead = `{"record":"`

// Encode gives a record's JSON form, the one in which stores keep it and files carry it: {"record":"Person","id":…}.
// The same content always gives the same bytes.
func Encode(r Record) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(bodyHead + r.kind() + `",`)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	head := b.Len()
	if err := e.Encode(r); err != nil {
		return nil, err
	}
	body := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	copy(body[head:], body[head+1:]) // the record's own brace
	return body[:len(body)-1], nil
}

// Decode reads what Encode wrote, quickly and trusting it. DecodeStrict is for what comes from outside.
func Decode(body []byte) (Record, error) { return decode(body, false) }

// DecodeStrict reads one record as a file carries it. It fails with BAD_USER_INPUT on unknown fields, on a record of
// no known kind and on anything behind it.
func DecodeStrict(body []byte) (Record, error) { return decode(body, true) }

func decode(body []byte, strict bool) (Record, error) {
	rest, ok := bytes.CutPrefix(body, []byte(bodyHead))
	kind, rest, found := bytes.Cut(rest, []byte(`",`))
	if !ok || !found {
		return nil, Errorf(BadUserInput, `a record begins with {"record":"…",`)
	}
	make, ok := blank[string(kind)]
	if !ok {
		return nil, Errorf(BadUserInput, "there is no record %s", clip(string(kind), 40))
	}
	r := make()
	if !strict {
		// twice as quick as encoding/json, with half the allocations; it passes over "record"
		if err := jsonv2.Unmarshal(body, r); err != nil {
			return nil, err
		}
		return r, nil
	}
	if !json.Valid(body) {
		return nil, Errorf(BadUserInput, "a record is not one JSON object")
	}
	d := json.NewDecoder(bytes.NewReader(append([]byte("{"), rest...)))
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return nil, &Error{Code: BadUserInput, Message: "a record cannot be read: " + clip(err.Error(), 200), Err: err}
	}
	return r, nil
}

// sameContent tells whether two encoded records differ in nothing but recordedAt, which is the last field of Meta
// and set by the store.
func sameContent(a, b Record) (bool, error) {
	at := b.meta().RecordedAt
	b.meta().RecordedAt = a.meta().RecordedAt
	defer func() { b.meta().RecordedAt = at }()
	x, err := Encode(a)
	if err != nil {
		return false, err
	}
	y, err := Encode(b)
	return bytes.Equal(x, y), err
}

// KindOf is the name of what a record is: Person, Relationship, Source. It is the name of its type in GraphQL too.
func KindOf(r Record) string { return r.kind() }

// MetaOf gives all of a record's Meta, for those outside kg who may read all of it.
func MetaOf(r Record) Meta { return *r.meta() }

// SetExtra gives a record that is being made its Extra.
func SetExtra(r Record, extra []Extra) { r.meta().Extra = extra }

// Evidences gives a record's evidence; nil for a record that has none by its nature.
func Evidences(r Record) []Evidence { return r.evidence() }

// Dataset is a collection of records: an import, the bundled example, what was made by hand.
type Dataset struct {
	Meta
	Name        string `json:"name"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
	License     string `json:"license,omitempty"`
}

func (*Dataset) kind() string                  { return "Dataset" }
func (*Dataset) references(func(Facet, ...ID)) {}
func (d *Dataset) sortHead(Order) string       { return nameSort(d.Name) }
func (d *Dataset) check(c *checker) {
	c.text("name", d.Name, 1, 200)
	c.text("title", d.Title, 0, 1000)
	c.text("description", d.Description, 0, 10_000)
	c.text("url", d.URL, 0, 4096)
	c.text("license", d.License, 0, 1000)
}
