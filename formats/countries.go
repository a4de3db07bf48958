package formats

import (
	_ "embed"
	"strings"
	"sync"
)

// countryTable has the countries of ISO 3166-1 and Kosovo, one a line: code of two letters, code of three, and English names.
//
//go:embed countries.txt
var countryTable string

var countryCodes = sync.OnceValue(func() map[string]string {
	codes := map[string]string{"eu": "eu", "european union": "eu"}
	for line := range strings.Lines(countryTable) {
		words := strings.Split(strings.TrimSpace(line), ";")
		for _, w := range words {
			codes[countryKey(w)] = words[0]
		}
	}
	return codes
})

func countryKey(s string) string {
	s = strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(s, "’", "'"))), " ")
	return strings.TrimPrefix(strings.ReplaceAll(s, " & ", " and "), "the ")
}

// countryNamed gives the code of two letters of a country, of which its code or its English name is known.
func countryNamed(s string) (string, bool) {
	code, ok := countryCodes()[countryKey(s)]
	return code, ok
}
