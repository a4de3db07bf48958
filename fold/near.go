package fold

import (
	"slices"
	"strings"
)

// leastLetters is how long a word must be to be found by another than itself: of three letters, every one tells.
const leastLetters = 4

// Near tells whether a word is what was asked for but for slips of spelling: a letter left out, added, another one, or
// two neighbours the other way round. One slip for 4 to 7 letters asked for, two from 8. A word is not near itself, and
// nothing with a digit is near anything: 2021 is not 2022, and G7 not G20.
func Near(asked, word string) bool {
	return asked != word && onlyLetters(asked) && onlyLetters(word) && within(slips(asked), asked, word)
}

// SoundsLike gives a test of words: whether one of at least 4 letters and a can be one name, written after the sounds of
// different languages. They have a Daitch–Mokotoff code in common. A word does not sound like itself, nor does one with a
// digit.
func SoundsLike(a string) func(b string) bool {
	var codes []string
	if hasSound(a) {
		codes = soundCodes(a)
	}
	return func(b string) bool {
		return a != b && len(codes) > 0 && hasSound(b) &&
			slices.ContainsFunc(soundCodes(b), func(code string) bool { return slices.Contains(codes, code) })
	}
}

// Spellings are the keys that a word is kept under, distinct and in order; none of a word with a digit. Of two words
// that are Near or SoundsLike, one has among its Spellings one of the other's Lookups; some that are neither do too.
//
// A word is near another if both become the same by leaving out some letters. So those made by leaving out letters
// are the keys, not the far more words that it could be mistaken for, and only of the first letters, where two words
// that are near differ no more than as a whole. Both ideas are Wolf Garbe's, from his SymSpell.
func Spellings(word string) []string {
	// as many letters as may be left out by the longest word asked for that is near it
	switch n := len(word); {
	case n < leastLetters:
		return spellings(word, 0)
	case n < twoSlips-2:
		return spellings(word, 1)
	default:
		return spellings(word, 2)
	}
}

// Lookups are the keys under which a word that was asked for finds those that are near it or sound like it, distinct
// and in order; none of a word with a digit or of less than 4 letters.
func Lookups(word string) []string {
	if len(word) < leastLetters {
		return nil
	}
	return spellings(word, slips(word))
}

// twoSlips is from how many letters on two slips are forgiven.
const twoSlips = 8

func slips(asked string) int {
	switch n := len(asked); {
	case n < leastLetters:
		return 0
	case n < twoSlips:
		return 1
	default:
		return 2
	}
}

// within tells whether a becomes b by that many slips, no letter being touched twice (the optimal string alignment).
func within(slips int, a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:] // nothing is won by a slip here
	}
	switch {
	case a == "" || b == "":
		return len(a)+len(b) <= slips
	case slips == 0:
		return false
	case len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] && within(slips-1, a[2:], b[2:]):
		return true
	default:
		return within(slips-1, a[1:], b[1:]) || within(slips-1, a[1:], b) || within(slips-1, a, b[1:])
	}
}

// The kinds of keys: a word without some letters, and a code of its sound.
const (
	nearKey  = "n_"
	soundKey = "s_"
)

// keyLetters is how many letters of a word are looked at for being near: all make 29 keys at most.
const keyLetters = 7

func spellings(word string, without int) []string {
	if !onlyLetters(word) {
		return nil
	}
	keys := leaveOut(nil, nearKey+word[:min(len(word), keyLetters)], len(nearKey), without)
	if hasSound(word) {
		for _, code := range soundCodes(word) {
			keys = append(keys, soundKey+code)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// leaveOut appends to keys what a key becomes when up to n of its letters from a place on are left out.
func leaveOut(keys []string, key string, from, n int) []string {
	keys = append(keys, key)
	if n == 0 {
		return keys
	}
	for i := from; i < len(key); i++ {
		keys = leaveOut(keys, key[:i]+key[i+1:], i, n-1)
	}
	return keys
}

func hasSound(word string) bool { return len(word) >= leastLetters && onlyLetters(word) }

func onlyLetters(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(c rune) bool { return c < 'a' || c > 'z' })
}
