package fold_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dramatis/fold"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "",
		" ":                     "",
		"NATO":                  "nato",
		"  two   spaces  ":      "two spaces",
		"Müller-Lüdenscheidt":   "muller ludenscheidt",
		"José":                  "jose",
		"Jose\u0301":            "jose",
		"Ångström":              "angstrom",
		"Łódź":                  "lodz",
		"Đặng Thùy Trâm":        "dang thuy tram",
		"Straße":                "strasse",
		"STRAẞE":                "strasse",
		"Øre":                   "ore",
		"ﬁnance":                "finance",
		"①②":                    "12",
		"Ｆｕｌｌ":                  "full",
		"O'Brien":               "obrien",
		"O’Brien":               "obrien",
		"Oʼbrien":               "obrien",
		"a`b":                   "ab",
		"a\tb\nc":               "a b c",
		"a.b,c":                 "a b c",
		"Москва":                "moskva",
		"Владимир Путин":        "vladimir putin",
		"Αθήνα":                 "athena",
		"北京":                    "bei jing",
		"zero\u200bwidth":       "zerowidth",
		"\ufeffBOM":             "bom",
		"soft\u00adhyphen":      "softhyphen",
		"non\u00a0breaking":     "non breaking",
		"😀":                     "",
		"a😀b":                   "a b",
		"\x00\x7f":              "",
		"'; DROP TABLE x; --":   "drop table x",
		"İstanbul":              "istanbul",
		"\U0010ffff\ufffd":      "",
		"Deputy   Foreign\r\nM": "deputy foreign m",
	} {
		if got := fold.Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestKeyOfWhatHasNoLetters(t *testing.T) {
	names := []string{"", " ", "😀", "😀😀", "😃", "\u0301", "…", "!", "\ufffd", "\U0010ffff", "👩‍👩‍👧", "~", "~~"}
	seen := map[string]string{}
	for _, name := range names {
		k := fold.Key(name)
		if !strings.HasPrefix(k, "~") {
			t.Errorf("Key(%q) = %q", name, k)
		}
		if other, ok := seen[k]; ok {
			t.Errorf("%q and %q share the key %q", name, other, k)
		}
		seen[k] = name
	}
	if got, want := fold.Key("😀!"), "~01f600000021"; got != want {
		t.Errorf("Key = %q, want %q", got, want)
	}
	if fold.Key("e\u0301…") != fold.Key("é…") || fold.Key("\u212b…") != fold.Key("Å…") {
		t.Error("two spellings of one text have two keys")
	}
}

func TestLengths(t *testing.T) {
	long := strings.Repeat("abcdefghi ", 100)
	if got, want := fold.Key(long), strings.TrimSpace(long[:120]); got != want {
		t.Errorf("Key = %q, want %q", got, want)
	}
	if got, want := fold.Sort(long), strings.TrimSpace(long[:48]); got != want {
		t.Errorf("Sort = %q, want %q", got, want)
	}
	if got := len(fold.Key(strings.Repeat("😀", 1000))); got != 120 {
		t.Errorf("a key of %d bytes", got)
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "NATO", "O’Brien", "Łódź", "😀", "a\ufffdb", "\xff", "e\u0301", "北京 Москва", "ﷺ", "\U0010ffff", strings.Repeat("x", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := fold.Text(s)
		if again := fold.Text(text); again != text {
			t.Errorf("Text(%q) = %q, whose Text is %q", s, text, again)
		}
		for _, c := range []byte(text) {
			if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != ' ' {
				t.Fatalf("Text(%q) = %q", s, text)
			}
		}
		if text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
			t.Errorf("Text(%q) = %q has gaps", s, text)
		}
		key, sort := fold.Key(s), fold.Sort(s)
		if len(key) == 0 || len(key) > 120 || len(sort) > 48 || !strings.HasPrefix(key, sort) {
			t.Errorf("Key(%q) = %q, Sort = %q", s, key, sort)
		}
		if text != "" && !strings.HasPrefix(text, key) {
			t.Errorf("Key(%q) = %q is not the beginning of %q", s, key, text)
		}
		if utf8.ValidString(s) && text != "" && fold.Text(strings.ToUpper(text)) != text {
			t.Errorf("%q: case matters", text)
		}
	})
}
