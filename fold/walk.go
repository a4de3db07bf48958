package fold

import (
	"unicode"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

// What walk emits beside the letters a to z and the digits.
const (
	space = ' '  // whatever ends a word
	mark  = '\'' // an accent or the like: not written, but a part of the letter before it
)

// walk emits what the code points of s are folded to, each with its place: the number of the code point of s that it
// came from. One code point can give several letters (a ligature), several words (an ideograph) or nothing. Text and
// Tokens are two readings of this one walk, so they cannot disagree.
//
// Each code point is decomposed by itself. Normalizing all of s would also put the marks in order, which makes no
// difference here, because what can change places is never written (TestOneByOne goes through all there is).
func walk(s string, emit func(c byte, place int)) {
	place := -1
	for i, r := range s {
		place++
		if r < unicode.MaxASCII {
			if c := ascii[r]; c != 0 {
				emit(c, place)
			}
			continue
		}
		switch d := norm.NFKD.PropertiesString(s[i:]).Decomposition(); {
		case d != nil:
			for _, r := range string(d) {
				emitRune(r, place, emit)
			}
		case r >= firstHangul && r <= lastHangul:
			emitHangul(r, place, emit)
		default:
			emitRune(r, place, emit)
		}
	}
}

// ascii is what each character of ASCII is written as; 0 is nothing.
var ascii = func() (table [unicode.MaxASCII]byte) {
	for c := range byte(unicode.MaxASCII) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			table[c] = c
		case c >= 'A' && c <= 'Z':
			table[c] = c + 'a' - 'A'
		case c == '\'' || c == '`':
		default:
			table[c] = space
		}
	}
	return table
}()

func emitRune(r rune, place int, emit func(c byte, place int)) {
	switch {
	case r < unicode.MaxASCII:
		if c := ascii[r]; c != 0 {
			emit(c, place)
		}
	case unicode.Is(unicode.Mn, r):
		emit(mark, place)
	case unicode.Is(unicode.Cf, r) || r == '’' || r == '‘' || r == 'ʼ':
		// joiners and typographic apostrophes are no part of a word's identity
	default:
		latin := unidecode.Unidecode(string(r))
		if latin == "" && !unicode.In(r, unicode.L, unicode.M, unicode.N) {
			emit(space, place) // emoji and other signs
		}
		for _, r := range latin {
			if c := ascii[r]; c != 0 {
				emit(c, place)
			}
		}
	}
}

// The syllables of Hangul, which norm decomposes by rule and has in no table (The Unicode Standard, 3.12).
const (
	firstHangul, lastHangul = 0xac00, 0xd7a3
	leadBase, vowelBase     = 0x1100, 0x1161
	tailBase                = 0x11a7 // none: the tails begin behind it
	vowelCount, tailCount   = 21, 28
)

func emitHangul(r rune, place int, emit func(c byte, place int)) {
	i := r - firstHangul
	emitRune(leadBase+i/(vowelCount*tailCount), place, emit)
	emitRune(vowelBase+i/tailCount%vowelCount, place, emit)
	if tail := i % tailCount; tail != 0 {
		emitRune(tailBase+tail, place, emit)
	}
}
