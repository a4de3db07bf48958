package storetest

import (
	"slices"
	"strings"
)

// soundsAlike tells whether two words of at least four letters, and of letters only, share a Daitch–Mokotoff code.
func soundsAlike(a, b string) bool {
	for _, w := range []string{a, b} {
		if len(w) < 4 || strings.ContainsAny(w, "0123456789") {
			return false
		}
	}
	codes := codesOf(b)
	return a != b && slices.ContainsFunc(codesOf(a), func(code string) bool { return slices.Contains(codes, code) })
}

// soundChart is the chart of the Daitch–Mokotoff soundex: groups of letters, and what they are coded as at the start of
// a word, before a vowel and elsewhere; N is not coded. Where a group is heard in two ways, a line has both.
var soundChart = makeSoundChart(`
AI AJ AY EI EJ EY OI OJ OY UI UJ UY UE: 0 1 N
AU: 0 7 N
EU: 1 1 N
A E I O U: 0 N N
IA IE IO IU Y: 1 N N
J: 1 N N, 4 4 4
B F FB P PF PH V W: 7 7 7
CHS KS X: 5 54 54
C CH: 5 5 5, 4 4 4
CK: 5 5 5, 45 45 45
CS CSZ CZ CZS: 4 4 4
D DT T TH: 3 3 3
DRS DRZ DS DSH DSZ DZ DZH DZS: 4 4 4
G K KH Q: 5 5 5
H: 5 5 N
L: 8 8 8
M N: 6 6 6
MN NM: 66 66 66
R: 9 9 9
RS RZ: 94 94 94, 4 4 4
S SCH SH SZ Z ZH ZS ZSCH ZSH: 4 4 4
SC SCHTCH SCHTSCH SCHTSH SHCH SHTCH SHTSH STCH STRS STRZ STSCH STSH SZCS SZCZ ZDZ ZDZH ZHDZH: 2 4 4
SCHD SCHT SD SHD SHT ST SZD SZT ZD ZHD: 2 43 43
TC TCH TRS TRZ TS TSCH TSH TSZ TTCH TTS TTSCH TTSZ TTZ TZ TZS: 4 4 4
`)

func makeSoundChart(text string) map[string][][]string {
	chart := map[string][][]string{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		groups, ways, _ := strings.Cut(line, ": ")
		for _, g := range strings.Fields(groups) {
			for _, way := range strings.Split(ways, ", ") {
				chart[strings.ToLower(g)] = append(chart[strings.ToLower(g)], strings.Fields(way))
			}
		}
	}
	return chart
}

// codesOf are the codes of a word: six digits, those that are wanting being 0.
func codesOf(word string) []string {
	seen := map[listener][]string{}
	var codes []string
	for _, vowel := range []bool{true, false} {
		for _, code := range (listener{word, vowel, 'N', 6}).hear(seen, true) {
			codes = append(codes, code+strings.Repeat("0", 6-len(code)))
		}
	}
	return codes
}

// listener has heard a part of a word.
type listener struct {
	rest  string // what is to come
	vowel bool   // what it must begin with: or else it must not
	last  byte   // what the letters before it are coded as, in the end
	left  int    // how many digits are wanted
}

// hear gives the digits of the rest of the word, for every way in which it can be read.
func (l listener) hear(seen map[listener][]string, first bool) []string {
	if l.rest == "" {
		if l.vowel {
			return nil
		}
		return []string{""}
	}
	if known, ok := seen[l]; ok {
		return known
	}
	size := min(7, len(l.rest))
	for soundChart[l.rest[:size]] == nil {
		size--
	}
	codes := []string{}
	for _, way := range soundChart[l.rest[:size]] {
		if vowel := way[0] == "0" || way[0] == "1"; vowel != l.vowel {
			continue
		}
		if l.left == 0 {
			return []string{""}
		}
		for _, vowel := range []bool{true, false} { // what comes next
			digits := way[2]
			if first {
				digits = way[0]
			} else if vowel {
				digits = way[1]
			}
			next := listener{l.rest[size:], vowel, digits[len(digits)-1], l.left}
			switch { // the same digit at once again is one sound
			case digits == "N":
				digits = ""
			case digits[0] == l.last:
				digits = digits[1:]
			}
			digits = digits[:min(len(digits), l.left)]
			next.left -= len(digits)
			for _, code := range next.hear(seen, false) {
				codes = append(codes, digits+code)
			}
		}
	}
	slices.Sort(codes)
	seen[l] = slices.Compact(codes)
	return seen[l]
}
