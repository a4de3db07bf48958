package formats

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dramatis/kg"
)

// samples are one record of each kind, with something in most of the fields that could get lost.
func samples() []kg.Record {
	const dataset = "d"
	meta := func(class kg.Class, key string) kg.Meta {
		return kg.Meta{ID: kg.KeyID(class, dataset, key), Dataset: kg.DatasetID(dataset), Key: key}
	}
	id := func(key string) kg.ID { return kg.KeyID(kg.EntityClass, dataset, key) }
	start, end, north := 0, 7, -0.5
	source := meta(kg.SourceClass, "s")
	evidence := []kg.Evidence{{Source: source.ID, Exact: "Łódź 😀 <b>&\u2028", Prefix: "a\nb", Start: &start, End: &end,
		AttributedTo: kg.KeyID(kg.StatementClass, dataset, "w"), AssertedBy: "x",
		AssertedAt: time.Date(2022, 1, 2, 3, 4, 5, 6e6, time.UTC), Method: kg.Human}}
	person := &kg.Person{Thing: kg.Thing{Meta: meta(kg.EntityClass, "p"), Name: "Łukasz \"O'Brien\"\t", Stub: true,
		Names:       []kg.Name{{Value: "Лукаш", Kind: kg.Alias, Language: "uk", StartDate: "2001~", EndDate: kg.Open}},
		Identifiers: []kg.Identifier{{Scheme: "a", Value: "b"}}, Links: []kg.Link{{URL: "https://example.org/?a&b"}}},
		Countries: []string{"pl"}}
	person.Extra = []kg.Extra{{Name: "weight", Values: []string{"1", " "}}}
	person.RecordedAt = time.Date(2022, 1, 11, 0, 0, 0, 1e6, time.UTC)
	return []kg.Record{
		&kg.Dataset{Meta: kg.Meta{ID: kg.DatasetID(dataset)}, Name: dataset},
		&kg.Source{Meta: source, Kind: kg.Post, Title: "t", Text: "a\r\nb", PublishedDate: "2022-01-11?"},
		person,
		&kg.Organization{Thing: kg.Thing{Meta: meta(kg.EntityClass, "o"), Name: "O"}, Kind: kg.State, Country: "pl"},
		&kg.Position{Thing: kg.Thing{Meta: meta(kg.EntityClass, "q"), Name: "Q"}},
		&kg.Place{Thing: kg.Thing{Meta: meta(kg.EntityClass, "l"), Name: "L"}, Latitude: &north},
		&kg.Event{Thing: kg.Thing{Meta: meta(kg.EntityClass, "e"), Name: "E"}, Status: kg.Proposed, Evidence: evidence, About: []kg.ID{id("o")}},
		&kg.Topic{Thing: kg.Thing{Meta: meta(kg.EntityClass, "t"), Name: "T"}},
		&kg.Relationship{Meta: meta(kg.RelationshipClass, "r"), Type: kg.Paid, From: id("p"), To: id("o"),
			Amount: &kg.Amount{Minor: 1<<62 + 1, Currency: "PLN"}, Evidence: evidence},
		&kg.Statement{Meta: meta(kg.StatementClass, "w"), Kind: kg.Direct, Text: "“…”", Speakers: []kg.ID{id("p")}},
		&kg.Mention{Meta: meta(kg.MentionClass, "m"), Source: source.ID, Entity: id("p"), Kind: kg.Nominal, Exact: "x", Start: &start, End: &end},
	}
}

func write(t *testing.T, records []kg.Record) string {
	t.Helper()
	var b strings.Builder
	for _, r := range records {
		if err := WriteJSONL(&b, r); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func read(text string) (records []kg.Record, lines []int, err error) {
	err = ReadJSONL(strings.NewReader(text), func(line int, r kg.Record) error {
		records, lines = append(records, r), append(lines, line)
		return nil
	})
	return records, lines, err
}

func TestJSONLRoundTrip(t *testing.T) {
	text := write(t, samples())
	if got, want := strings.Count(text, "\n"), len(samples()); got != want {
		t.Fatalf("%d lines, want %d", got, want)
	}
	records, _, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	if again := write(t, records); again != text {
		t.Errorf("read and written again:\n%s\nwant:\n%s", again, text)
	}
	for _, r := range records {
		if err := kg.Check(r); err != nil {
			t.Error(err)
		}
	}
}

func TestJSONLTolerates(t *testing.T) {
	topic := strings.TrimSuffix(write(t, samples()[7:8]), "\n")
	for name, c := range map[string]struct {
		text  string
		lines []int
	}{
		"nothing":              {"", nil},
		"blank lines only":     {"\n \t\r\n\n", nil},
		"no last line break":   {topic, []int{1}},
		"CR LF":                {topic + "\r\n" + topic + "\r\n", []int{1, 2}},
		"blank lines between":  {"\n" + topic + "\n\n  \n" + topic + "\n\n", []int{2, 5}},
		"byte order mark":      {"\uFEFF" + topic + "\n" + topic, []int{1, 2}},
		"only byte order mark": {"\uFEFF", nil},
		"spaces around":        {"  " + topic + " \t", []int{1}},
	} {
		if _, lines, err := read(c.text); err != nil || !slices.Equal(lines, c.lines) {
			t.Errorf("%s: lines %v, error %v; want lines %v", name, lines, err, c.lines)
		}
	}
}

func TestJSONLMalformed(t *testing.T) {
	topic := strings.TrimSuffix(write(t, samples()[7:8]), "\n")
	for name, c := range map[string]struct{ line, message string }{
		"no JSON":             {"Topic", "line 3: is not one JSON value"},
		"cut":                 {topic[:len(topic)-1], "line 3: is not one JSON value"},
		"one brace too many":  {topic + "}", "line 3: is not one JSON value"},
		"two records":         {topic + topic, "line 3: is not one JSON value"},
		"dangling comma":      {`{"record":"Topic",}`, "line 3: is not one JSON value"},
		"array":               {"[" + topic + "]", `line 3: a record begins with`},
		"no record":           {`{"id":"x"}`, `line 3: a record begins with`},
		"unknown record":      {`{"record":"Robot","id":"x"}`, "line 3: there is no record"},
		"unknown field":       {`{"record":"Topic","id":"x","size":1}`, "line 3: a record cannot be read"},
		"wrong type":          {`{"record":"Topic","id":7}`, "line 3: a record cannot be read"},
		"second BOM":          {"\uFEFF" + topic, "line 3: is not one JSON value"},
		"not UTF-8":           {strings.Replace(topic, `"T"`, "\"T\xff\"", 1), "line 3: is not valid UTF-8"},
		"UTF-16 surrogate":    {strings.Replace(topic, `"T"`, "\"\xed\xa0\x80\"", 1), "line 3: is not valid UTF-8"},
		"longer than allowed": {topic + strings.Repeat(" ", MaxLine) + topic, "line 3: is longer than 4 MiB"},
	} {
		records, _, err := read(topic + "\n\n" + c.line + "\n" + topic + "\n")
		var e *kg.Error
		if !errors.As(err, &e) || e.Code != kg.BadUserInput || !strings.HasPrefix(e.Message, c.message) {
			t.Errorf("%s: error %v, want BAD_USER_INPUT %s", name, err, c.message)
		}
		if len(records) != 1 {
			t.Errorf("%s: %d records were given, want the one before the line", name, len(records))
		}
	}
}

func TestJSONLLongestLine(t *testing.T) {
	source := &kg.Source{Meta: kg.Meta{ID: kg.KeyID(kg.SourceClass, "d", "s"), Dataset: kg.DatasetID("d")}, Kind: kg.Article, Title: "t", Text: "x"}
	body, err := kg.Encode(source)
	if err != nil {
		t.Fatal(err)
	}
	source.Text = strings.Repeat("x", MaxLine-len(body)+1)
	longest := write(t, []kg.Record{source})
	for _, end := range []string{"", "\n", "\r\n", "\r\n\n"} {
		if _, lines, err := read(longest[:MaxLine] + end); err != nil || len(lines) != 1 {
			t.Errorf("the longest line with end %q: lines %v, error %v", end, lines, err)
		}
		if _, lines, err := read("\n" + longest[:MaxLine] + " " + end); kg.CodeOf(err) != kg.BadUserInput || len(lines) != 0 {
			t.Errorf("a line too long with end %q: lines %v, error %v", end, lines, err)
		}
	}
	source.Text += "x"
	var b bytes.Buffer
	if err := WriteJSONL(&b, source); kg.CodeOf(err) != kg.BadUserInput || b.Len() > 0 {
		t.Errorf("a record too long for a line: error %v, %d bytes written", err, b.Len())
	}
}

func TestJSONLPassesErrorsOn(t *testing.T) {
	stop := errors.New("stop")
	text := write(t, samples())
	calls := 0
	err := ReadJSONL(strings.NewReader(text), func(int, kg.Record) error { calls++; return stop })
	if err != stop || calls != 1 {
		t.Errorf("yield failed: error %v after %d calls", err, calls)
	}
	// The last line comes whole, but nothing tells that it is.
	broken := io.MultiReader(strings.NewReader(strings.TrimSuffix(text, "\n")), iotest.ErrReader(stop))
	calls = 0
	err = ReadJSONL(broken, func(int, kg.Record) error { calls++; return nil })
	if !errors.Is(err, stop) || kg.CodeOf(err) != kg.Internal || calls != len(samples())-1 {
		t.Errorf("the reader failed: error %v after %d calls", err, calls)
	}
	if err := WriteJSONL(failingWriter{stop}, samples()[0]); !errors.Is(err, stop) {
		t.Errorf("the writer failed: error %v", err)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

// FuzzReadJSONL: whatever comes, it is refused with BAD_USER_INPUT or gives records that are written and read again
// to the same bytes.
func FuzzReadJSONL(f *testing.F) {
	for _, r := range samples() {
		var b bytes.Buffer
		if err := WriteJSONL(&b, r); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		f.Add(append(b.Bytes(), `{"record":"Topic","id":null}}`...))
	}
	f.Add([]byte("\uFEFF\r\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var first []kg.Record
		err := ReadJSONL(bytes.NewReader(text), func(_ int, r kg.Record) error { first = append(first, r); return nil })
		if err != nil && kg.CodeOf(err) != kg.BadUserInput {
			t.Fatal(err)
		}
		written := write(t, first)
		second, _, err := read(written)
		if err != nil {
			t.Fatalf("cannot be read again: %v\n%s", err, written)
		}
		if again := write(t, second); again != written {
			t.Fatalf("written again:\n%s\nwant:\n%s", again, written)
		}
	})
}
