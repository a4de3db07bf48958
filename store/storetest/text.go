package storetest

import (
	"slices"
	"strings"

	"dramatis/kg"
)

// hardTexts are what has broken stores before. None is longer than 4096 bytes, has a NUL or is not UTF-8.
var hardTexts = []string{
	"O'Brien", "OBrien", "o’brien", `back\slash`, `"quoted"`, "'; DROP TABLE record; --", "$($label)", "`) DETACH DELETE n //", `\u0060`, "$name {x: 1}", "%s %d %%",
	"*:*", "/.*/", "NATO AND (", "a\tb\nc\r\n", "\u2028\u2029", "\x01\x02\x7f", "<b>&amp;</b>", `{"record":"Person","id":"x"}`, "~", "~~", "_", "%", "?", "null", "0",
	"😀", "😀😀", "👩‍👩‍👧‍👦", "🇩🇪", "\ufffd", "\ufffd\ufffd", "\U0010ffff", "\ue000", "\uffff", "a\ufffdb", "a\U0010ffffb", "a😀b",
	"José", "Jose\u0301", "JOSÉ", "jose", "Ångström", "A\u030angstro\u0308m", "\u0301", "e\u0301\u0302\u0303", "ﬁ", "fi", "ß", "SS", "ẞ", "İ", "i", "ı", "ǅ",
	"שלום", "مرحبا بالعالم", "\u202eevil\u202c", "Москва", "москва", "北京", "東京", "Αθήνα", "ไทย", " leading", "trailing ", "  two  spaces  ", "\u00a0", "\ufeffBOM", "zero\u200bwidth",
	"Ab", "ab", "AB", "abz", "abzz", "ab~", "zz", "zzz", "ab c", "ab-c", "abc", "a b c", "1", "10", "2", strings.Repeat("x", 4096), strings.Repeat("y", 4095), strings.Repeat("😀", 1024), strings.Repeat("word ", 800),
}

var textTests = []test{
	{"texts come back as they went in, and are found", func(b *bench) {
		records := []kg.Record{person("speaker", "Speaker"), source("src", "2020")}
		for i, text := range hardTexts {
			e := event(number(i), "2020", "")
			e.Name, e.Description, e.Kind = text, text, firstBytes(text, 200)
			e.Names = []kg.Name{{Value: text, Kind: kg.Alias}}
			s := said(number(i), "2020", "speaker")
			s.Text, s.Medium = text, firstBytes(text, 200)
			s.Extra = []kg.Extra{{Name: firstBytes(text, 200), Values: []string{text, " "}}}
			src := source(number(i), "2021")
			src.Title, src.Text, src.Authors, src.URL = text, text, []string{firstBytes(text, 1000)}, text
			r := link(number(i), kg.OtherLink, number(i), "speaker")
			r.Role = firstBytes(text, 1000)
			r.Evidence = []kg.Evidence{{Source: srcID("src"), Exact: text, Prefix: firstBytes(text, 1000), Method: kg.Human}}
			records = append(records, e, s, src, r)
		}
		want := cloneAll(b, records)
		b.putMany(records)
		oracle := NewOracle()
		if _, failures := oracle.Apply(&kg.Batch{Put: cloneAll(b, want), At: b.at, Dataset: dataset(testSet)}); len(failures) > 0 {
			b.Fatal(failures)
		}
		for _, r := range want {
			got := b.get(r.GetID())
			if got == nil || contentText(got) != contentText(r) {
				b.Errorf("%s changed:\n%v\n%s", label(r), got, contentText(r))
			}
		}
		for _, text := range hardTexts {
			b.findText(oracle, text)
		}
		for _, backward := range []bool{false, true} {
			b.walkOnce(kg.AllOf(kg.EntityClass), 7, backward, oracle.AllOf(kg.EntityClass))
			b.walkOnce(kg.AllOf(kg.SourceClass), 7, backward, oracle.AllOf(kg.SourceClass))
		}
	}},
	{"identifiers are exact", func(b *bench) {
		var records []kg.Record
		texts := slices.DeleteFunc(slices.Clone(hardTexts), func(s string) bool { return len(s) > 400 || strings.ContainsFunc(s, isControl) })
		for i, text := range texts {
			p := person(number(i), "Same")
			p.Identifiers = []kg.Identifier{{Scheme: firstBytes(text, 100), Value: text}}
			records = append(records, p)
		}
		b.put(records...)
		for i, text := range texts {
			l, err := kg.Entities(&kg.EntityFilter{Identifier: &kg.Identifier{Scheme: firstBytes(text, 100), Value: text}}, nil)
			if got := b.keys(l, err); !slices.Equal(got, []string{number(i)}) {
				b.Errorf("%q finds %v, not %s", text, got, number(i))
			}
		}
	}},
	{"keys of batches are exact", func(b *bench) {
		for i, text := range hardTexts {
			key := firstBytes(text, 200)
			r, err := b.apply(&kg.Batch{Key: key, Put: []kg.Record{person(number(i), text)}})
			if slices.ContainsFunc(hardTexts[:i], func(s string) bool { return firstBytes(s, 200) == key }) {
				if kg.CodeOf(err) != kg.Conflict {
					b.Errorf("%q: %v", key, err)
				}
				continue
			}
			if err != nil || r.Replayed || len(r.Created) != 1 {
				b.Errorf("%q: %+v, %v", key, r, err)
			}
		}
	}},
	{"what is no text is refused", func(b *bench) {
		for _, text := range []string{"", "a\x00b", "\xff", "a\xc3", "\xed\xa0\x80", strings.Repeat("x", 4097)} {
			b.refuse(&kg.Batch{Put: []kg.Record{person("p", text)}}, kg.BadUserInput, entID("p"))
			if _, err := kg.Entities(&kg.EntityFilter{Name: &text}, nil); kg.CodeOf(err) != kg.BadUserInput {
				b.Errorf("name %q: %v", text, err)
			}
		}
	}},
}

func isControl(c rune) bool { return c < ' ' || c >= 0x7f && c < 0xa0 }

// firstBytes are at most n bytes of a text, of whole characters.
func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// findText looks for a text wherever one can.
func (b *bench) findText(oracle *Oracle, text string) {
	b.Helper()
	name := firstBytes(text, 256)
	for _, f := range []kg.EntityFilter{{Name: &name}, {NamePrefix: &name}} {
		l, err := kg.Entities(&f, nil)
		if got, want := b.keys(l, err), labels(oracle.Entities(&f, nil)); !slices.Equal(got, want) || len(name) == len(text) && len(want) == 0 {
			b.Errorf("%q as name or prefix: got %v, want %v", name, got, want)
		}
	}
	short := []string{firstBytes(text, 200)}
	events := &kg.EventFilter{Kinds: short}
	l, err := kg.Events(events, kg.AsOf{}, nil)
	if got, want := b.keys(l, err), labels(oracle.Events(events, kg.AsOf{}, nil)); !slices.Equal(got, want) || len(want) == 0 {
		b.Errorf("%q as kind: got %v, want %v", text, got, want)
	}
	statements := &kg.StatementFilter{Medium: short}
	l, err = kg.Statements(statements, kg.AsOf{}, nil)
	if got, want := b.keys(l, err), labels(oracle.Statements(statements, kg.AsOf{}, nil)); !slices.Equal(got, want) || len(want) == 0 {
		b.Errorf("%q as medium: got %v, want %v", text, got, want)
	}
}
