package fold

import (
	"slices"
	"strings"
)

// sound is what some letters can stand for, in digits of the Daitch–Mokotoff soundex: at the start of a word, before a
// vowel, and elsewhere; "" is not coded. Digits say what is heard alike: 4 s, z, ch …, 5 g, h, k …, 7 b, f, p, v …
type sound struct{ start, beforeVowel, elsewhere string }

// vowel: the codes of all vowels, and of none else, start with 0 or 1.
func (s sound) vowel() bool { return s.start <= "1" }

// chart is the coding chart of Randy Daitch and Gary Mokotoff (avotaynu.com/soundex.htm and, with RS, RZ and CK, which
// branch, jewishgen.org/InfoFiles/Soundex.html): letters, and one or two sounds that they can stand for. "-" is not
// coded. UE is not in the chart of 1985; all who use it take it so. Ą, Ę and Ţ are, but no folded word has them.
var chart = readChart([][]string{
	{"ai aj ay ei ej ey oi oj oy ui uj uy ue", "0 1 -"},
	{"au", "0 7 -"},
	{"eu", "1 1 -"},
	{"a e i o u", "0 - -"},
	{"ia ie io iu y", "1 - -"},
	{"j", "1 - -", "4 4 4"},
	{"zdz zdzh zhdzh sc stch stsch strz strs stsh szcz szcs shch shtch shtsh schtsch schtsh schtch", "2 4 4"},
	{"st sht scht schd szt sd shd szd zd zhd", "2 43 43"},
	{"d dt t th", "3 3 3"},
	{"s sh sch sz z zh zs zsh zsch", "4 4 4"},
	{"cz cs csz czs tc tch ttch tsch ttsch ts tts tsh tsz ttsz tz ttz tzs trz trs", "4 4 4"},
	{"ds dsh dsz dz dzh dzs drz drs", "4 4 4"},
	{"c ch", "5 5 5", "4 4 4"},
	{"ck", "5 5 5", "45 45 45"},
	{"g k kh q", "5 5 5"},
	{"chs ks x", "5 54 54"},
	{"h", "5 5 -"},
	{"m n", "6 6 6"},
	{"mn nm", "66 66 66"},
	{"b f fb p pf ph v w", "7 7 7"},
	{"l", "8 8 8"},
	{"r", "9 9 9"},
	{"rs rz", "94 94 94", "4 4 4"},
})

// reading is a row of the chart for one group of letters.
type reading struct {
	letters string
	sounds  []sound
}

// readChart gives the readings of each first letter, those of most letters first.
func readChart(rows [][]string) (byFirst [26][]reading) {
	for _, row := range rows {
		var sounds []sound
		for _, codes := range row[1:] {
			c := strings.Fields(codes)
			for i := range c {
				c[i] = strings.Trim(c[i], "-")
			}
			sounds = append(sounds, sound{c[0], c[1], c[2]})
		}
		for _, letters := range strings.Fields(row[0]) {
			first := letters[0] - 'a'
			byFirst[first] = append(byFirst[first], reading{letters, sounds})
		}
	}
	for _, list := range byFirst {
		slices.SortFunc(list, func(a, b reading) int { return len(b.letters) - len(a.letters) })
	}
	return byFirst
}

// soundCodes are the Daitch–Mokotoff codes of a word of the letters a to z, in order: of six digits each, one for every
// way in which it can be read.
func soundCodes(word string) []string {
	heard := readings(word)
	ways := []way{{}}
	var codes []string
	for i, sounds := range heard {
		var longer []way
		for _, w := range ways {
			for _, s := range sounds {
				if i > 0 && w.beforeVowel != s.vowel() {
					continue // J was taken for the other kind
				}
				for _, before := range nextKinds(heard, i) {
					next := w.with(s, i == 0, before)
					switch {
					case next.length == codeLength:
						codes = append(codes, string(next.code[:]))
					case !slices.Contains(longer, next):
						longer = append(longer, next)
					}
				}
			}
		}
		ways = longer
	}
	for _, w := range ways {
		codes = append(codes, string(w.code[:w.length])+strings.Repeat("0", codeLength-w.length))
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// readings splits a word into the longest groups of letters that are in the chart, each with what it can stand for.
func readings(word string) [][]sound {
	var heard [][]sound
	for word != "" {
		for _, r := range chart[word[0]-'a'] {
			if strings.HasPrefix(word, r.letters) {
				heard, word = append(heard, r.sounds), word[len(r.letters):]
				break
			}
		}
	}
	return heard
}

// nextKinds tells whether what follows a reading can be a vowel, and whether it can be none. Of J both are so.
func nextKinds(heard [][]sound, i int) []bool {
	if i+1 == len(heard) {
		return []bool{false}
	}
	var kinds []bool
	for _, s := range heard[i+1] {
		if !slices.Contains(kinds, s.vowel()) {
			kinds = append(kinds, s.vowel())
		}
	}
	return kinds
}

const codeLength = 6

// way is one way to read the beginning of a word.
type way struct {
	code   [codeLength]byte
	length int
	// last is the digit of the last sound; 0 if it was not coded. Neighbours of the same digit are one sound.
	last byte
	// beforeVowel: it was read so that what follows must be a vowel, or else must not be.
	beforeVowel bool
}

// with reads on by a sound.
func (w way) with(s sound, start, beforeVowel bool) way {
	digits := s.elsewhere
	switch {
	case start:
		digits = s.start
	case beforeVowel:
		digits = s.beforeVowel
	}
	last := w.last
	w.last, w.beforeVowel = 0, beforeVowel
	for i := range len(digits) {
		w.last = digits[i]
		if w.length < codeLength && (i > 0 || digits[i] != last) {
			w.code[w.length] = digits[i]
			w.length++
		}
	}
	return w
}
