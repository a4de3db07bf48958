package fold_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"dramatis/fold"
	"golang.org/x/text/unicode/norm"
)

func TestTokens(t *testing.T) {
	for in, want := range map[string][]fold.Token{
		"":                   nil,
		" … ":                nil,
		"NATO":               {{"nato", 0, 4}},
		"  two  spaces ":     {{"two", 2, 5}, {"spaces", 7, 13}},
		"Łódź, Straße":       {{"lodz", 0, 4}, {"strasse", 6, 12}},
		"Jose\u0301 Maria":   {{"jose", 0, 5}, {"maria", 6, 11}}, // the accent is a part of the last letter
		"\u0301a \u0301b":    {{"a", 1, 2}, {"b", 4, 5}},         // of none
		"eﬃcient x":          {{"efficient", 0, 7}, {"x", 8, 9}},
		"a½b":                {{"a1", 0, 2}, {"2b", 1, 3}},
		"北京 2022":            {{"bei", 0, 1}, {"jing", 1, 2}, {"2022", 3, 7}},
		"x北京":                {{"xbei", 0, 2}, {"jing", 2, 3}},
		"한국":                 {{"hangug", 0, 2}},
		"O’Brien's":          {{"obriens", 0, 9}},
		"dogs' tails":        {{"dogs", 0, 4}, {"tails", 6, 11}},
		"a\u200bb\ufeff c":   {{"ab", 0, 3}, {"c", 5, 6}},
		"a😀b":                {{"a", 0, 1}, {"b", 2, 3}},
		"a\xffb":             {{"a", 0, 1}, {"b", 2, 3}},
		"Путин\u0306, Орбан": {{"putin", 0, 6}, {"orban", 8, 13}},
	} {
		if got := fold.Tokens(in); !slices.Equal(got, want) {
			t.Errorf("Tokens(%q) = %v, want %v", in, got, want)
		}
	}
}

// What the walk goes by: a code point alone is folded as it is in a normalized text, and what normalizing moves about
// is not written.
func TestOneByOne(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := "a" + string(r) + "b"
		got := fold.Text(s)
		if want := fold.Text(norm.NFKD.String(s)); got != want {
			t.Errorf("Text(%q) = %q, but %q once it is normalized", s, got, want)
		}
		if norm.NFKD.PropertiesString(string(r)).CCC() != 0 && got != "ab" {
			t.Errorf("%U is moved about by normalizing, and makes %q", r, got)
		}
		checkTokens(t, s)
	}
}

func checkTokens(t *testing.T, s string) {
	t.Helper()
	var words []string
	start, end := 0, 0
	for _, token := range fold.Tokens(s) {
		words = append(words, token.Text)
		if token.Start < start || token.Start < end-1 || token.End <= token.Start || token.End < end || token.End > utf8.RuneCountInString(s) {
			t.Errorf("Tokens(%q) has %+v behind [%d,%d)", s, token, start, end)
		}
		start, end = token.Start, token.End
	}
	if want := strings.Fields(fold.Text(s)); !slices.Equal(words, want) {
		t.Errorf("Tokens(%q) are %q, want %q", s, words, want)
	}
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"", "NATO", "O’Brien", "Łódź", "😀 a", "a\ufffdb", "\xff", "e\u0301 o\u0323\u0301", "北京 Москва", "ﷺ", "½x", "한국",
		"\u0958\u094d\u302e", "a" + strings.Repeat("\u0301", 40) + "b", "\u0344\u0f77", strings.Repeat("x", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkTokens(t, s)
		if got, want := fold.Text(s), fold.Text(norm.NFKD.String(s)); got != want {
			t.Errorf("Text(%q) = %q, but %q once it is normalized", s, got, want)
		}
		// a word is where it is said to be, and is folded alike from there
		runes := []rune(s)
		for _, token := range fold.Tokens(s) {
			if place := string(runes[token.Start:token.End]); !strings.Contains(fold.Text(place), token.Text) {
				t.Errorf("%q: at [%d,%d) stands %q, not %q", s, token.Start, token.End, place, token.Text)
			}
		}
	})
}

func BenchmarkText(b *testing.B) {
	for name, s := range benchTexts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				fold.Text(s)
			}
		})
	}
}

func BenchmarkTokens(b *testing.B) {
	for name, s := range benchTexts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				fold.Tokens(s)
			}
		})
	}
}

var benchTexts = map[string]string{
	"english": strings.Repeat("Russia’s Deputy Foreign Minister Sergei Ryabkov, and after the talks on Monday. ", 10),
	"german":  strings.Repeat("Müller-Lüdenscheidt erklärte, über Änderungen müsse gründlich gesprochen werden. ", 10),
	"russian": strings.Repeat("Заместитель министра иностранных дел Александр Грушко. ", 10),
	"chinese": strings.Repeat("北京在星期一表示希望继续谈判", 10),
	"korean":  strings.Repeat("외교부 대변인은 월요일에 말했다 ", 10),
	"name":    "Wendy Sherman",
}
