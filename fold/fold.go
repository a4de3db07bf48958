// Package fold brings text into the canonical forms by which names are compared, found and ordered.
// It is the only place that decides what counts as the same spelling, so that every store agrees.
package fold

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Text folds s to lower-case ASCII words joined by single spaces: compatibility forms are decomposed (NFKD), marks
// dropped, other scripts and letters such as ł ø đ ß transliterated, everything but letters and digits taken as a
// break between words. Apostrophes vanish, so that "O'Brien" is one word. The result is empty when nothing of s can
// be written in ASCII letters or digits.
func Text(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	walk(s, func(c byte, _ int) {
		switch c {
		case mark:
		case space:
			gap = true
		default:
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteByte(c)
		}
	})
	return b.String()
}

// Key is what a name is found by: its folded Text or, when that is empty (a name of emoji alone), its code points in
// hexadecimal after a '~', so that no two different names share an empty key. At most 120 bytes, ASCII.
func Key(s string) string { return key(s, 120) }

// Sort is what a name is ordered by: Key cut to 48 bytes. Names equal so far are ordered by their ids.
func Sort(s string) string { return key(s, 48) }

const hexDigits = "0123456789abcdef"

func key(s string, limit int) string {
	k := Text(s)
	if k == "" {
		var b strings.Builder
		b.WriteByte('~')
		for _, r := range norm.NFC.String(s) {
			if b.Len() >= limit {
				break
			}
			for shift := 20; shift >= 0; shift -= 4 {
				b.WriteByte(hexDigits[r>>shift&15])
			}
		}
		k = b.String()
	}
	if len(k) > limit {
		k = k[:limit]
	}
	return strings.TrimRight(k, " ")
}
