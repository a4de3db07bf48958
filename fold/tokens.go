package fold

import "strings"

// Token is a word of a text and where it stands: from the code point Start to before the code point End of the text,
// the marks of its last letter included.
type Token struct {
	Text       string
	Start, End int
}

// Tokens are the words of Text(s), in order, with their places in s. Places never go back, but two words can stand at
// one: an ideograph is written as a syllable or more, and "½" as 1 and 2. A code point that begins in one word and ends
// in the next belongs to both.
func Tokens(s string) []Token {
	var (
		tokens  []Token
		letters strings.Builder
		begin   int // of the last token in letters
		open    bool
	)
	letters.Grow(len(s))
	end := func() {
		if open {
			tokens[len(tokens)-1].Text = letters.String()[begin:]
		}
		open = false
	}
	walk(s, func(c byte, place int) {
		if c == space {
			end()
			return
		}
		if c == mark && !open {
			return
		}
		if !open {
			tokens, begin, open = append(tokens, Token{Start: place}), letters.Len(), true
		}
		if c != mark {
			letters.WriteByte(c)
		}
		tokens[len(tokens)-1].End = place + 1
	})
	end()
	return tokens
}
