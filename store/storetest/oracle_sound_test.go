package storetest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dramatis/fold"
)

// TestOracleSounds compares what the oracle hears with codes that were published, and with what the product hears.
func TestOracleSounds(t *testing.T) {
	for word, want := range map[string]string{
		"auerbach":       "097400 097500",
		"moskowitz":      "645740",
		"jackson":        "145460 154600 445460 454600",
		"halberstadt":    "587433 587943",
		"przemysl":       "746480 794648",
		"rosochowaciec":  "944744 944745 944754 944755 945744 945745 945754 945755",
		"hannmann":       "566600",
		"rosokhovatsets": "945744",
	} {
		got := codesOf(word)
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %s", word, got, want)
		}
	}
	const letters = "acehijkmnrstuz"
	random := rand.New(rand.NewPCG(1, 2))
	alike := 0
	for range 20_000 {
		a := make([]byte, 3+random.IntN(6))
		for i := range a {
			a[i] = letters[random.IntN(len(letters))]
		}
		b := slices.Clone(a)
		for range random.IntN(4) {
			b[random.IntN(len(b))] = letters[random.IntN(len(letters))]
		}
		got, want := soundsAlike(string(a), string(b)), fold.SoundsLike(string(a))(string(b))
		if got != want {
			t.Errorf("%s and %s: %t, not %t", a, b, got, want)
		}
		if want {
			alike++
		}
	}
	if alike < 100 {
		t.Errorf("only %d pairs sound alike", alike)
	}
}
