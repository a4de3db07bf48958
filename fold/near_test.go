package fold_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dramatis/fold"
)

func TestNear(t *testing.T) {
	for _, c := range []struct {
		asked, word string
		want        bool
	}{
		{"putin", "putim", true},
		{"putin", "puttin", true},
		{"putin", "puin", true},
		{"putin", "uptin", true},
		{"putin", "putni", true},
		{"putin", "putin", false},
		{"putin", "tutim", false},
		{"nato", "nat", true},
		{"nat", "nato", false}, // three letters tell exactly
		{"eu", "un", false},
		{"gruschk", "grushk", true},
		{"gruschko", "grushko", true},
		{"gruschko", "grusko", true},
		{"grusko", "gruschko", false}, // six letters forgive one slip
		{"stoltenberg", "stolenburg", true},
		{"stoltenberg", "stolenbur", false},
		{"abcdefgh", "badcefgh", true},
		{"abcdefgh", "badcfegh", false},
		{"caxx", "abcx", false}, // "ca" to "abc" is one slip only where a letter may be touched twice
		{"2021", "2022", false},
		{"g7gipfel", "g8gipfel", false},
		{"gipfel", "gipfel7", false},
		{"", "", false},
	} {
		if got := fold.Near(c.asked, c.word); got != c.want {
			t.Errorf("Near(%q, %q) = %v", c.asked, c.word, got)
		}
	}
}

func TestSoundsLike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"gruschko", "grushko", true},
		{"moskowitz", "moskovitz", true},
		{"shlamovitz", "szlamawicz", true},
		{"auerbach", "uhrbach", true},
		{"grushko", "grushko", false},
		{"lee", "li", false},
		{"lee", "leigh", false},
		{"rsko", "rzko7", false},
		{"putin", "biden", true}, // to this ear: p and b, t and d are alike
		{"putin", "merkel", false},
	} {
		if fold.SoundsLike(c.a)(c.b) != c.want || fold.SoundsLike(c.b)(c.a) != c.want {
			t.Errorf("SoundsLike(%q, %q) = %v", c.a, c.b, !c.want)
		}
	}
}

// One name as the press of different countries writes it.
func TestOneNameInManySpellings(t *testing.T) {
	for _, names := range [][]string{
		{"Gruschko", "Grushko", "Грушко"},
		{"Zelensky", "Zelenskyy", "Зеленський", "Selenskyj", "Zełenski"},
	} {
		for _, a := range names {
			for _, b := range names {
				a, b := fold.Text(a), fold.Text(b)
				near, sounds := fold.Near(a, b), fold.SoundsLike(a)(b)
				if a != b && !near && !sounds {
					t.Errorf("asked for %q, %q is not found", a, b)
				}
				t.Logf("%s → %s: near %v, sounds like %v", a, b, near, sounds)
			}
		}
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct {
		word             string
		spelling, lookup string
	}{
		{"", "", ""},
		{"g7", "", ""},
		{"2022", "", ""},
		{"un", "n_un", ""},
		{"nat", "n_nat", ""},
		{"nato", "n_ato n_nao n_nat n_nato n_nto s_630000", "n_ato n_nao n_nat n_nato n_nto s_630000"},
	} {
		if got := strings.Join(fold.Spellings(c.word), " "); got != c.spelling {
			t.Errorf("Spellings(%q) = %s", c.word, got)
		}
		if got := strings.Join(fold.Lookups(c.word), " "); got != c.lookup {
			t.Errorf("Lookups(%q) = %s", c.word, got)
		}
	}
	if n := len(fold.Spellings("stoltenberg")); n != 30 {
		t.Errorf("%d keys, want all ways to leave out up to two of seven letters, and a sound", n)
	}
}

// Every word that is near another or sounds like it is found, whatever they are.
func TestKeysFindAll(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	found := 0
	for range 100_000 {
		asked := randomWord(random, "abcd")
		word := randomWord(random, "abcd")
		if random.IntN(3) > 0 {
			word = asked
			for range 1 + random.IntN(3) {
				word = slip(random, word)
			}
		}
		if checkFound(t, asked, word) {
			found++
		}
	}
	if found < 20_000 {
		t.Errorf("only %d pairs were near or alike", found)
	}
}

// checkFound compares Near with its definition, and makes sure that what is near or sounds alike shares a key.
func checkFound(t *testing.T, asked, word string) bool {
	t.Helper()
	near := fold.Near(asked, word)
	if want := asked != word && !strings.ContainsAny(asked+word, "0123456789") && word != "" && distance(asked, word) <= forgiven(asked); near != want {
		t.Fatalf("Near(%q, %q) = %v at a distance of %d", asked, word, near, distance(asked, word))
	}
	alike := fold.SoundsLike(asked)(word)
	if !near && !alike {
		return false
	}
	kept := fold.Spellings(word)
	if !slices.IsSorted(kept) || len(slices.Compact(slices.Clone(kept))) != len(kept) {
		t.Fatalf("Spellings(%q) = %q", word, kept)
	}
	if !slices.ContainsFunc(fold.Lookups(asked), func(k string) bool { return slices.Contains(kept, k) }) {
		t.Fatalf("%q is not found by %q: near %v, alike %v", word, asked, near, alike)
	}
	return true
}

func forgiven(asked string) int {
	return min(len(asked)/4, 2)
}

// distance is the optimal string alignment distance by its recurrence.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + d[i-1][j-1]
			}
			d[i][j] = min(d[i][j], d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func randomWord(random *rand.Rand, letters string) string {
	word := make([]byte, 1+random.IntN(14))
	for i := range word {
		word[i] = letters[random.IntN(len(letters))]
	}
	return string(word)
}

func slip(random *rand.Rand, word string) string {
	i, letter := random.IntN(len(word)+1), string("abcdz7"[random.IntN(6)])
	switch {
	case random.IntN(3) == 0 || i == len(word):
		return word[:i] + letter + word[i:]
	case random.IntN(3) == 0:
		return word[:i] + letter + word[i+1:]
	case random.IntN(2) == 0 && i+1 < len(word):
		return word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:]
	default:
		return word[:i] + word[i+1:]
	}
}

func FuzzKeys(f *testing.F) {
	f.Add("gruschko", "grushko")
	f.Add("abcdefgh", "badcefgh")
	f.Add("xabcdefg", "abcdef")
	f.Add("auerbach", "uhrbach")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ReplaceAll(fold.Text(a), " ", ""), strings.ReplaceAll(fold.Text(b), " ", "")
		a, b = a[:min(len(a), 48)], b[:min(len(b), 48)]
		checkFound(t, a, b)
		checkFound(t, b, a)
	})
}

var benchNames = []string{"nato", "biden", "putin", "sherman", "gruschko", "zelenskyy", "stoltenberg", "szlamawicz"}

func BenchmarkSpellings(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		fold.Spellings(benchNames[i%len(benchNames)])
	}
}

func BenchmarkSoundsLike(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		fold.SoundsLike(benchNames[i%len(benchNames)])("szlamowicz")
	}
}

func BenchmarkNear(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		fold.Near("szlamowicz", benchNames[i%len(benchNames)])
	}
}
