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
// way in which it can be read. They are asked for of hundreds of words in one search: nothing but codes is allocated of
// most words.
func soundCodes(word string) []string {
	var room [2][16]way
	ways, longer := append(room[0][:0], way{}), room[1][:0]
	codes := make([]string, 0, 4)
	now, rest := nextReading(word)
	for start := true; now != nil; start = false {
		following, behind := nextReading(rest)
		vowels, others := kinds(following)
		longer = longer[:0]
		for _, w := range ways {
			for _, s := range now {
				if !start && w.beforeVowel != s.vowel() {
					continue // J was taken for the other kind
				}
				for _, before := range [2]bool{false, true} {
					if before && !vowels || !before && !others {
						continue
					}
					next := w.with(s, start, before)
					switch {
					case next.length == codeLength:
						codes = append(codes, string(next.code[:]))
					case !slices.Contains(longer, next):
						longer = append(longer, next)
					}
				}
			}
		}
		ways, longer = longer, ways
		now, rest = following, behind
	}
	for _, w := range ways {
		code := [codeLength]byte{'0', '0', '0', '0', '0', '0'}
		copy(code[:], w.code[:w.length])
		codes = append(codes, string(code[:]))
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// nextReading takes the longest group of letters that is in the chart from a word: what it can stand for, and the rest
// of the word; nil at its end.
func nextReading(word string) (sounds []sound, rest string) {
	if word == "" {
		return nil, ""
	}
	readings := chart[word[0]-'a']
	for i := range readings { // each letter alone is among them
		if r := &readings[i]; strings.HasPrefix(word, r.letters) {
			return r.sounds, word[len(r.letters):]
		}
	}
	return nil, ""
}

// kinds tells whether a reading can be a vowel, and whether it can be none. Of J both are so; the end of a word is none.
func kinds(sounds []sound) (vowels, others bool) {
	others = sounds == nil
	for _, s := range sounds {
		vowels, others = vowels || s.vowel(), others || !s.vowel()
	}
	return vowels, others
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
