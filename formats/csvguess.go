package formats

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"dramatis/kg"
)

// Guess proposes a mapping for a table, made from its header and its first rows, for a person to correct. It fails with
// BAD_USER_INPUT on what is no table, and on one that needs no mapping.
func Guess(name string, r io.Reader) ([]byte, error) {
	f, err := Open(name, r, Options{Format: "csv"})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	table, err := openTable(f)
	if err != nil {
		return nil, err
	}
	if len(table.header) > maxGuess {
		return nil, kg.Errorf(kg.BadUserInput, "has more than %d columns: for so many there is no proposal", maxGuess)
	}
	if isAdminHeader(table.header) {
		return nil, kg.Errorf(kg.BadUserInput, "its header is that of neo4j-admin, which needs no mapping: import it with --dataset NAME")
	}
	g := &guess{table: table, file: filepath.Base(name)}
	if err := g.look(); err != nil {
		return nil, err
	}
	g.propose()
	text := g.write(f.Dataset)
	_, err = planOf("the proposal", text, table.header)
	return text, err
}

// maxGuess is how many columns a table may have for which a mapping is proposed.
const maxGuess = 1000

// guess is a proposal in the making.
type guess struct {
	table   *csvTable
	file    string
	rows    int
	columns []*guessColumn
	records []*guessRecord
	begin   [][]string // prefixes
}

// guessColumn is what is known of a column by some rows.
type guessColumn struct {
	name  string
	words []string // of the name, in small letters
	n     int      // cells with a text
	total int      // bytes of these
	// values are the first texts, each once; times how often one of them stood there.
	values []string
	seen   map[string]bool
	used   bool
}

// guessRows is how many rows are looked at.
const guessRows = 5000

// look looks at the first rows.
func (g *guess) look() error {
	for _, name := range g.table.header {
		g.columns = append(g.columns, &guessColumn{name: name, words: wordsOfName(name), seen: map[string]bool{}})
	}
	for bytes := 0; g.rows < guessRows && bytes < 32<<20; {
		row, wrong := g.table.next()
		switch {
		case g.table.err != nil:
			return g.table.err
		case wrong == nil && row == nil:
			return nil
		case wrong != nil || len(row) != len(g.columns) || len(g.table.text) == 0:
			continue
		}
		g.rows++
		bytes += len(g.table.text)
		for i, cell := range row {
			c := g.columns[i]
			if cell = strings.TrimSpace(cell); cell == "" {
				continue
			}
			c.n++
			c.total += len(cell)
			if !c.seen[cell] {
				c.seen[cell] = true
				c.values = append(c.values, cell)
			}
		}
	}
	return nil
}

// wordsOfName takes the name of a column apart: committeeID and committee_id are committee, id.
func wordsOfName(name string) []string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
		}
		word = word[:0]
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			continue
		case unicode.IsUpper(r) && i > 0 && unicode.IsLower(runes[i-1]):
			end()
		}
		word = append(word, r)
	}
	end()
	return words
}

// Words that names of columns and files are told by.
var (
	idWords      = []string{"id", "ids", "key", "code", "uuid", "guid", "number", "no", "nr", "ref", "siren", "lei"}
	nameWords    = []string{"name", "title", "label", "nom", "nombre", "titel", "bezeichnung"}
	personWords  = []string{"person", "people", "legislator", "member", "expert", "director", "senator", "politician", "deputy", "employee", "officer", "candidate", "minister", "author", "mp", "mep", "shareholder", "owner", "lobbyist", "speaker", "representative"}
	bodyWords    = []string{"organization", "organisation", "org", "company", "comp", "committee", "party", "group", "firm", "employer", "institution", "agency", "department", "body", "council", "faction", "corporation", "association", "ngo", "government", "ministry", "chamber", "bank", "fund", "lobby"}
	placeWords   = []string{"place", "city", "town", "area", "district", "region", "location", "municipality", "constituency"}
	eventWords   = []string{"event", "meeting", "election", "session", "hearing", "conference"}
	officeWords  = []string{"position", "post", "office"}
	giverWords   = []string{"donor", "donator", "payer", "sender", "giver", "contributor", "spender"}
	takerWords   = []string{"recipient", "payee", "beneficiary", "receiver", "donee", "party", "candidate", "committee"}
	amountWords  = []string{"amount", "sum", "betrag", "total", "montant", "importe", "donation", "price"}
	startWords   = []string{"start", "since", "begin", "joined", "from", "appointed"}
	endWords     = []string{"end", "until", "left", "to", "resigned"}
	countryWords = []string{"country", "nationality", "citizenship", "countries", "land", "pays", "jurisdiction"}
	textWords    = []string{"description", "bio", "biography", "about", "summary", "profile", "notes", "jurisdiction", "abstract"}
	aliasWords   = []string{"alias", "aliases", "aka", "nickname", "pseudonym"}
	roleWords    = []string{"role", "position", "function", "capacity", "relationship", "relation"}
)

// has tells whether a name has one of these words, also in the plural.
func hasWord(words, of []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(of, w) || slices.Contains(of, strings.TrimSuffix(w, "s")) ||
			strings.HasSuffix(w, "ies") && slices.Contains(of, strings.TrimSuffix(w, "ies")+"y")
	})
}

func (c *guessColumn) last() string {
	if len(c.words) == 0 {
		return ""
	}
	return c.words[len(c.words)-1]
}

// isID tells whether a column has ids by its name.
func (c *guessColumn) isID() bool {
	return slices.Contains(idWords, c.last()) && !hasWord(c.words, []string{"house", "phone", "telephone", "fax", "mobile", "street", "zip", "post", "postal"})
}

// unique: no text stands there twice. full: no cell is empty.
func (c *guessColumn) unique() bool { return c.n > 0 && len(c.values) == c.n }

func (c *guessColumn) full(g *guess) bool { return c.n == g.rows && g.rows > 0 }

func (c *guessColumn) short() bool { return c.n > 0 && c.total/c.n <= 100 }

func (c *guessColumn) all(is func(string) bool) bool {
	return c.n > 0 && !slices.ContainsFunc(c.values, func(s string) bool { return !is(s) })
}

func (c *guessColumn) isURL() bool {
	return c.all(func(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") })
}

func (c *guessColumn) isNumber() bool {
	return c.all(func(s string) bool {
		_, point := plainNumber(s, '.')
		_, comma := plainNumber(s, ',')
		return point || comma
	})
}

// guessDates are formats that are tried; "" is our own.
var guessDates = []string{"", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d/%m/%y", "%m/%d/%y"}

// dates are the formats that all texts of a column have. A number of four digits is a year only if the name says so.
func (c *guessColumn) dates() []string {
	var formats []string
	for _, pattern := range guessDates {
		v := &csvValue{}
		if pattern != "" {
			v.dates = []csvDate{{pattern}}
		}
		if c.all(func(s string) bool { _, ok := v.day(s); return ok }) {
			formats = append(formats, pattern)
		}
	}
	return formats
}

// several tells what separates several values in the cells of a column: "" if nothing does.
func (c *guessColumn) several() string {
	if c.all(func(s string) bool { _, ok := listed(s); return ok }) {
		return inBrackets
	}
	for _, separator := range []string{";", "|"} {
		with := 0
		for _, s := range c.values {
			if strings.Contains(s, separator) {
				with++
			}
		}
		if with > 0 && with*5 >= len(c.values) && !c.isURL() {
			return separator
		}
	}
	return ""
}

func (c *guessColumn) isCountry() bool {
	known, long := 0, 0
	for _, s := range c.values {
		if _, ok := countryNamed(s); ok {
			known++
		}
		if len(s) > 3 {
			long++
		}
	}
	return c.n > 0 && known*10 >= len(c.values)*9 && (hasWord(c.words, countryWords) || long == len(c.values))
}

// use gives a column as a value, which has as many texts as the field takes.
func (c *guessColumn) use(list bool) string {
	c.used = true
	if split := c.several(); list && split != "" {
		return fmt.Sprintf("{column: %s, split: %s}", yamlText(c.name), yamlText(split))
	}
	return yamlText(c.name)
}

// yamlText writes a text so that YAML reads it as that.
func yamlText(s string) string {
	plain := s != "" && !slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s))
	for i, r := range s {
		if !(r == '_' || r < 0x80 && unicode.IsLetter(r) || i > 0 && (r < 0x80 && unicode.IsDigit(r) || r == '-' && i < len(s)-1)) {
			plain = false
		}
	}
	if plain {
		return s
	}
	return quotedYAML(s)
}

func quotedYAML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, "\\u%04X", r)
		default:
			fmt.Fprintf(&b, "\\U%08X", r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isRole tells whether a column says by its name what somebody is to somebody else.
func (c *guessColumn) isRole() bool {
	return len(c.words) > 0 && (len(c.words) == 1 && slices.Contains(roleWords, c.words[0]) || hasWord(c.words, []string{"membership", "role"}))
}

// write writes the proposal.
func (g *guess) write(dataset string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# A proposal for %s, made from its header and %d rows: look at the lines that say check, then\n", oneLine(g.file), g.rows)
	fmt.Fprintf(&b, "# dramatis import --mapping THIS.yaml FILE\n")
	fmt.Fprintf(&b, "# The table is in %s, its delimiter is %q.\n", g.table.encoding, string(g.table.comma))
	if g.table.encoding == windows1252 {
		b.WriteString("# It is no UTF-8: if letters come out wrong, say here which encoding it is (encoding: windows-1250).\n")
	}
	dataset = strings.ToValidUTF8(strings.ReplaceAll(dataset, "\x00", ""), "")
	if dataset = strings.ToValidUTF8(dataset[:min(200, len(dataset))], ""); strings.TrimSpace(dataset) == "" {
		dataset = "table"
	}
	fmt.Fprintf(&b, "dataset: %s  # the same one in all tables that belong together\n", yamlText(dataset))
	b.WriteString("records:\n")
	for _, r := range g.records {
		fmt.Fprintf(&b, "  %s:", r.name)
		if r.remark != "" {
			b.WriteString("  # " + r.remark)
		}
		fmt.Fprintf(&b, "\n    record: %s\n", r.kind)
		if r.key != "" {
			fmt.Fprintf(&b, "    key: %s\n", oneLine(r.key))
		}
		for _, line := range r.fields {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	var rest []string
	for _, c := range g.columns {
		if !c.used {
			rest = append(rest, oneLine(c.name))
		}
	}
	if rest != nil {
		fmt.Fprintf(&b, "# Kept in extra of %s: %s\n", g.records[0].name, namesOf(rest))
	}
	return []byte(b.String())
}

// oneLine is a text for a comment.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
}
