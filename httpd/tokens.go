package httpd

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"dramatis/kg"
)

// Tokens are what clients can bring to be known by. Only their hashes are kept.
type Tokens struct{ list []token }

type token struct {
	hash   [sha256.Size]byte
	scopes []kg.Scope
	name   string
}

const hashPrefix = "sha256:"

// ReadTokens reads a file of tokens: a line for each, "sha256:HASH SCOPE,SCOPE NAME". Empty lines and those that begin
// with # are passed over.
func ReadTokens(r io.Reader) (*Tokens, error) {
	t := &Tokens{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		if len(words) != 3 {
			return nil, fmt.Errorf("line %d of the tokens is not: %sHASH SCOPES NAME", n, hashPrefix)
		}
		one := token{name: words[2]}
		hash, err := hex.DecodeString(strings.TrimPrefix(words[0], hashPrefix))
		if err != nil || len(hash) != len(one.hash) || !strings.HasPrefix(words[0], hashPrefix) {
			return nil, fmt.Errorf("line %d of the tokens does not begin with %s and 64 hexadecimal digits", n, hashPrefix)
		}
		copy(one.hash[:], hash)
		for scope := range strings.SplitSeq(words[1], ",") {
			if !slices.Contains(kg.Scopes, kg.Scope(scope)) {
				return nil, fmt.Errorf("line %d of the tokens: %q is no scope; there are %v", n, scope, kg.Scopes)
			}
			one.scopes = append(one.scopes, kg.Scope(scope))
		}
		t.list = append(t.list, one)
	}
	return t, lines.Err()
}

// Add adds a token that is known itself.
func (t *Tokens) Add(secret, name string, scopes ...kg.Scope) {
	t.list = append(t.list, token{sha256.Sum256([]byte(secret)), scopes, name})
}

// Any tells whether there is one.
func (t *Tokens) Any() bool { return len(t.list) > 0 }

// NewToken makes a token, and the line by which ReadTokens knows it.
func NewToken(name string, scopes []kg.Scope) (secret, line string) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // it cannot fail
	secret = "dramatis_" + base64.RawURLEncoding.EncodeToString(raw)
	sum := sha256.Sum256([]byte(secret))
	var list []string
	for _, s := range scopes {
		list = append(list, string(s))
	}
	return secret, hashPrefix + hex.EncodeToString(sum[:]) + " " + strings.Join(list, ",") + " " + name
}

// find looks for a token. It takes as long for a wrong one as for the right one.
func (t *Tokens) find(secret string) *token {
	sum := sha256.Sum256([]byte(secret))
	var found *token
	for i := range t.list {
		if subtle.ConstantTimeCompare(sum[:], t.list[i].hash[:]) == 1 {
			found = &t.list[i]
		}
	}
	return found
}
