package formats

import (
	"fmt"
	"strings"
	"unicode"

	"dramatis/kg"
)

// csvValue is where a field has its values from: columns of a row, or the mapping itself.
type csvValue struct {
	columns []int
	join    string
	literal string            // if there are no columns
	words   map[string]string // what is put for what stands there
	split   string            // what separates several values; "[]" for a list in brackets
	dates   []csvDate
	phrase  bool // a name is written in words
	decimal byte // what stands before decimals: '.', if it is 0, or ','
}

// texts gives the values in a row, none of them empty.
func (v *csvValue) texts(row []string, to []string) []string {
	if len(v.columns) == 0 {
		return append(to, v.literal)
	}
	text := strings.TrimSpace(row[v.columns[0]])
	if len(v.columns) > 1 {
		var parts []string
		for _, c := range v.columns {
			if part := strings.TrimSpace(row[c]); part != "" {
				parts = append(parts, part)
			}
		}
		text = strings.Join(parts, v.join)
	}
	if text == "" {
		return to
	}
	if v.split == "" {
		return append(to, v.word(text))
	}
	parts, ok := []string(nil), false
	if v.split == inBrackets {
		parts, ok = listed(text)
	} else {
		parts, ok = strings.Split(text, v.split), true
	}
	if !ok {
		parts = []string{text}
	}
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			to = append(to, v.word(part))
		}
	}
	return to
}

// inBrackets is split of a list in brackets.
const inBrackets = "[]"

func (v *csvValue) word(s string) string {
	if v.phrase {
		return phraseOf(s)
	}
	if w, ok := v.words[s]; ok {
		return w
	}
	return s
}

// as brings a text into the form in which a kind of field has it.
func (v *csvValue) as(is csvFieldKind, s string) (string, error) {
	switch is {
	case csvDay:
		d, ok := v.day(s)
		if !ok {
			if len(v.dates) > 0 {
				return "", kg.Errorf(kg.BadUserInput, "is no date of the format %s", v.dates[0].pattern)
			}
			return "", kg.Errorf(kg.BadUserInput, "is no date: without a format YYYY, YYYY-MM or YYYY-MM-DD")
		}
		return string(d), nil
	case csvCountry:
		code, ok := countryNamed(s)
		if !ok {
			return "", kg.Errorf(kg.BadUserInput, "is no country that is known here by its code or English name")
		}
		return code, nil
	case csvNumber:
		n, ok := plainNumber(s, v.decimal)
		if !ok {
			return "", kg.Errorf(kg.BadUserInput, "is no number")
		}
		return n, nil
	}
	return s, nil
}

func (v *csvValue) day(s string) (kg.PartialDate, bool) {
	for _, f := range v.dates {
		if d, ok := f.read(s); ok {
			return d, true
		}
	}
	if len(v.dates) > 0 {
		return "", false
	}
	if s == string(kg.Open) {
		return kg.Open, true
	}
	// a moment: its day
	if len(s) > len("2014-01-01") && (s[10] == 'T' || s[10] == ' ') && strings.Trim(s[11:], "0123456789:.+-Z ") == "" {
		s = s[:10]
	}
	d, err := kg.ParsePartialDate(s)
	return d, err == nil
}

// plainNumber reads a number with or without groups of three digits and signs of currencies: 1,234.50 or, with a decimal comma, 1.234,50.
func plainNumber(s string, decimal byte) (string, bool) {
	point, groups := ".", ",'’ \u00a0\u202f"
	if decimal == ',' {
		point, groups = ",", ".'’ \u00a0\u202f"
	}
	s = strings.TrimSpace(strings.TrimFunc(s, func(r rune) bool { return unicode.Is(unicode.Sc, r) || unicode.IsSpace(r) }))
	sign := ""
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		sign, s = "-", rest
	}
	whole, fraction, hasFraction := strings.Cut(s, point)
	if at := strings.IndexAny(whole, groups); at > 0 {
		separator := string([]rune(whole[at:])[0])
		parts := strings.Split(whole, separator)
		for i, part := range parts {
			if i == 0 && (len(part) < 1 || len(part) > 3) || i > 0 && len(part) != 3 {
				return "", false
			}
		}
		whole = strings.Join(parts, "")
	}
	if whole == "" || hasFraction && fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return "", false
	}
	if hasFraction {
		return sign + whole + "." + fraction, true
	}
	return sign + whole, true
}

// csvDate is how dates are written, in the words of strptime: %d.%m.%Y.
type csvDate struct{ pattern string }

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// dateFormat reads a format. It fails with why it is none.
func dateFormat(pattern string) (csvDate, error) {
	year, month, day := false, false, false
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' {
			continue
		}
		if i++; i == len(pattern) {
			return csvDate{}, kg.Errorf(kg.BadUserInput, "a format does not end with %%")
		}
		switch pattern[i] {
		case 'Y', 'y':
			year = true
		case 'm', 'b', 'B':
			month = true
		case 'd', 'e':
			day = true
		case 'H', 'I', 'M', 'S', 'f', 'p', 'z', '%':
		default:
			return csvDate{}, kg.Errorf(kg.BadUserInput, "there is no %%%c in a format, but %%Y %%y %%m %%b %%B %%d %%e and, of times, which are left out, %%H %%I %%M %%S %%f %%p %%z", pattern[i])
		}
	}
	if !year || day && !month {
		return csvDate{}, kg.Errorf(kg.BadUserInput, "a format has a year (%%Y), with a month (%%m) or with month and day (%%d)")
	}
	return csvDate{pattern}, nil
}

// read reads a date; false if it is none.
func (f csvDate) read(s string) (kg.PartialDate, bool) {
	year, month, day := 0, 0, 0
	digits := func(least, most int) (int, bool) {
		n, i := 0, 0
		for i < most && i < len(s) && '0' <= s[i] && s[i] <= '9' {
			n = n*10 + int(s[i]-'0')
			i++
		}
		s = s[i:]
		return n, i >= least
	}
	ok := true
	for i := 0; i < len(f.pattern) && ok; i++ {
		c := f.pattern[i]
		if c != '%' {
			if s == "" || s[0] != c {
				return "", false
			}
			s = s[1:]
			continue
		}
		i++
		switch f.pattern[i] {
		case 'Y':
			year, ok = digits(4, 4)
		case 'y':
			if year, ok = digits(2, 2); year < 69 {
				year += 100
			}
			year += 1900
		case 'm':
			month, ok = digits(1, 2)
		case 'd', 'e':
			s = strings.TrimPrefix(s, " ")
			day, ok = digits(1, 2)
		case 'b', 'B':
			month, s, ok = monthOf(s)
		case 'H', 'I', 'M', 'S':
			_, ok = digits(1, 2)
		case 'f':
			_, ok = digits(1, 9)
		case 'p':
			if ok = len(s) >= 2 && strings.Contains("AMPMampm", s[:2]); ok {
				s = s[2:]
			}
		case 'z':
			s = strings.TrimLeft(s, "0123456789:+-Z")
		case '%':
			if ok = strings.HasPrefix(s, "%"); ok {
				s = s[1:]
			}
		}
	}
	if !ok || s != "" {
		return "", false
	}
	text := fmt.Sprintf("%04d", year)
	if month > 0 || day > 0 {
		text += fmt.Sprintf("-%02d", month)
	}
	if day > 0 {
		text += fmt.Sprintf("-%02d", day)
	}
	d, err := kg.ParsePartialDate(text)
	return d, err == nil
}

// monthOf reads the English name of a month, or its first three letters, from the beginning of a text.
func monthOf(s string) (month int, rest string, ok bool) {
	n := 0
	for n < len(s) && unicode.IsLetter(rune(s[n])) {
		n++
	}
	word := strings.ToLower(s[:n])
	for i, name := range monthNames {
		if word == name || len(word) == 3 && strings.HasPrefix(name, word) || word == "sept" && i == 8 {
			return i + 1, s[n:], true
		}
	}
	return 0, s, false
}
