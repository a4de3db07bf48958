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

// guessRecord is a proposed record; fields are lines of YAML.
type guessRecord struct {
	name, kind string
	key        string
	fields     []string
	remark     string
}

func (r *guessRecord) add(field, value, remark string) {
	line := field + ": " + value
	if remark != "" {
		line += "  # " + remark
	}
	r.fields = append(r.fields, line)
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
	personWords  = []string{"person", "people", "legislator", "member", "expert", "director", "senator", "politician", "deputy", "employee", "officer", "candidate", "minister", "author", "mp", "mep", "shareholder", "lobbyist", "speaker", "representative"}
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
func (c *guessColumn) unique() bool       { return c.n > 0 && len(c.values) == c.n }
func (c *guessColumn) full(g *guess) bool { return c.n == g.rows && g.rows > 0 }
func (c *guessColumn) short() bool        { return c.n > 0 && c.total/c.n <= 100 }
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

// find gives the first column that is not used and of which is says so.
func (g *guess) find(is func(*guessColumn) bool) *guessColumn {
	for _, c := range g.columns {
		if !c.used && is(c) {
			return c
		}
	}
	return nil
}

// named finds a column by the words that its name has.
func (g *guess) named(words ...string) *guessColumn {
	return g.find(func(c *guessColumn) bool { return hasWord(c.words, words) })
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

// propose decides what the rows are.
func (g *guess) propose() {
	if g.payments() || g.joins() {
		return
	}
	main := g.main()
	for _, other := range g.others() {
		g.relate(main, other)
	}
}

// kindOf tells what an entity is by words.
func kindOf(words []string) (kind, organization string) {
	switch {
	case hasWord(words, []string{"party"}):
		return "Organization", "PARTY"
	case hasWord(words, []string{"company", "comp", "firm", "corporation", "bank"}):
		return "Organization", "COMPANY"
	case hasWord(words, []string{"committee", "agency", "department", "ministry", "government", "council", "chamber"}):
		return "Organization", "GOVERNMENT_BODY"
	case hasWord(words, []string{"group", "faction"}):
		return "Organization", "GROUP"
	case hasWord(words, bodyWords):
		return "Organization", ""
	case hasWord(words, personWords), hasWord(words, giverWords):
		return "Person", ""
	case hasWord(words, placeWords):
		return "Place", ""
	case hasWord(words, eventWords):
		return "Event", ""
	case hasWord(words, officeWords):
		return "Position", ""
	}
	return "", ""
}

// id finds the column that tells the rows from each other.
func (g *guess) id() *guessColumn {
	var best *guessColumn
	rank := func(c *guessColumn) int {
		switch {
		case !c.unique() || !c.full(g) || !c.short() || c.several() == inBrackets:
			return 0
		case len(c.words) == 1 && c.isID():
			return 4
		case c.isID():
			return 3
		case c.isURL(), len(c.words) > 0 && slices.Contains(nameWords, c.last()):
			return 1
		}
		return 0
	}
	for _, c := range g.columns {
		if !c.used && rank(c) > 0 && (best == nil || rank(c) > rank(best)) {
			best = c
		}
	}
	return best
}

// nameOf finds the name of what the rows are: a column, or first and last name.
func (g *guess) nameOf() (value string, columns []*guessColumn, person bool) {
	given := g.find(func(c *guessColumn) bool {
		return hasWord(c.words, []string{"firstname", "forename", "vorname", "prenom", "givenname"}) || hasWord(c.words, []string{"first", "given"}) && hasWord(c.words, nameWords)
	})
	family := g.find(func(c *guessColumn) bool {
		return hasWord(c.words, []string{"lastname", "surname", "nachname", "familyname"}) || hasWord(c.words, []string{"last", "family"}) && hasWord(c.words, nameWords)
	})
	if given != nil && family != nil {
		given.used, family.used = true, true
		return fmt.Sprintf("{columns: [%s, %s]}", yamlText(given.name), yamlText(family.name)), []*guessColumn{given, family}, true
	}
	c := g.find(func(c *guessColumn) bool { return len(c.words) == 1 && slices.Contains(nameWords, c.words[0]) })
	if c == nil {
		c = g.find(func(c *guessColumn) bool {
			return len(c.words) == 2 && c.last() == "name" && slices.Contains([]string{"full", "display", "common"}, c.words[0])
		})
	}
	if c == nil {
		return "", nil, false
	}
	return c.use(false), []*guessColumn{c}, false
}

// main proposes the record that a row is about.
func (g *guess) main() *guessRecord {
	id := g.id()
	name, columns, person := g.nameOf()
	gender := g.find(func(c *guessColumn) bool { return hasWord(c.words, []string{"gender", "sex", "geschlecht"}) })
	born := g.find(func(c *guessColumn) bool {
		return hasWord(c.words, []string{"birth", "birthday", "birthdate", "born", "dob", "geburtsdatum"}) && len(c.dates()) > 0
	})
	kind, organization := kindOf(wordsOfName(strings.SplitN(g.file, ".", 2)[0]))
	remark := "what the rows are about"
	switch {
	case person || gender != nil || born != nil:
		kind, organization = "Person", ""
	case kind == "":
		if kind, organization = kindOf(g.ownWords()); kind == "Place" && !hasWord(g.ownWords(), []string{"latitude", "lat", "longitude", "lon", "lng"}) {
			kind = "" // it has an address
		}
		switch {
		case kind == "" && len(g.prefixes()) > 0:
			kind = "Person" // who has something to do with another
		case kind == "":
			kind = "Topic"
		}
		remark += ": check whether it is one of Person, Organization, Position, Place, Event, Topic"
	}
	r := &guessRecord{name: strings.ToLower(kind), kind: kind, remark: remark}
	g.records = append(g.records, r)
	g.key(r, id, columns)
	if name == "" {
		name = g.anyName(id)
	}
	r.add("name", name, "")
	if organization != "" {
		r.add("kind", "{literal: "+organization+"}", "check")
	}
	if gender != nil && kind == "Person" {
		r.add("gender", genderValue(gender), "")
	}
	if kind == "Person" {
		g.date(r, "birthDate", born)
		g.date(r, "deathDate", g.dated("death", "died", "deathdate"))
	}
	if kind == "Organization" {
		g.date(r, "foundingDate", g.dated("founded", "founding", "created", "incorporation", "incorporated", "registered"))
		g.date(r, "dissolutionDate", g.dated("dissolved", "dissolution", "closed"))
		if c := g.named("type", "classification", "category"); c != nil && c.short() {
			r.add("classification", c.use(false), "")
		}
	}
	if kind == "Place" {
		for _, of := range [][]string{{"latitude", "lat"}, {"longitude", "lon", "lng", "long"}} {
			if c := g.named(of...); c != nil && c.isNumber() {
				r.add(of[0], c.use(false), "")
			}
		}
	}
	if kind == "Event" {
		g.date(r, "startDate", g.dated("date", "start", "begin"))
		g.date(r, "endDate", g.dated("end"))
	}
	g.describe(r, nil)
	return r
}

// ownWords are the words of the names of columns that are no other record's.
func (g *guess) ownWords() []string {
	var words []string
	for _, c := range g.columns {
		if !g.foreign(c) && !c.isRole() {
			words = append(words, c.words...)
		}
	}
	return words
}

// isRole tells whether a column says by its name what somebody is to somebody else.
func (c *guessColumn) isRole() bool {
	return len(c.words) > 0 && (len(c.words) == 1 && slices.Contains(roleWords, c.words[0]) || hasWord(c.words, []string{"membership", "role"}))
}

// key proposes the key of what the rows are about.
func (g *guess) key(r *guessRecord, id *guessColumn, name []*guessColumn) {
	switch {
	case id != nil:
		id.used = true
		r.key = yamlText(id.name)
		var others []string
		for _, c := range g.columns {
			if c != id && c.isID() && c.unique() && c.full(g) && c.several() == "" {
				others = append(others, c.name)
			}
		}
		if others != nil {
			r.key += "  # also in every row, each once: " + strings.Join(others[:min(5, len(others))], ", ")
		}
	case name != nil:
		var parts []string
		for _, c := range name {
			parts = append(parts, yamlText(c.name))
		}
		r.key = "[" + strings.Join(parts, ", ") + "]  # check: no column tells all rows from each other"
	default:
		r.key = yamlText(g.columns[0].name) + "  # check: no column tells all rows from each other"
		for _, c := range g.columns {
			if c.full(g) && len(c.values) > len(g.columns[0].values) {
				r.key = yamlText(c.name) + "  # check: no column tells all rows from each other"
			}
		}
	}
}

// anyName finds what may stand for a name.
func (g *guess) anyName(id *guessColumn) string {
	c := g.find(func(c *guessColumn) bool { return slices.Contains(nameWords, c.last()) && c.short() })
	if c == nil {
		c = g.find(func(c *guessColumn) bool {
			return c.short() && !c.isNumber() && !c.isURL() && len(c.dates()) == 0 && len(c.values)*2 > c.n
		})
	}
	switch {
	case c != nil:
		return c.use(false) + "  # check"
	case id != nil:
		return yamlText(id.name) + "  # check: there is no name"
	}
	return yamlText(g.columns[0].name) + "  # check: there is no name"
}

func genderValue(c *guessColumn) string {
	c.used = true
	short := map[string]string{"m": "male", "f": "female", "w": "female"}
	var words []string
	for _, v := range c.values {
		if w, ok := short[strings.ToLower(v)]; ok {
			words = append(words, yamlText(v)+": "+w)
		}
	}
	if words == nil || len(c.values) > 10 {
		return yamlText(c.name)
	}
	slices.Sort(words)
	return fmt.Sprintf("{column: %s, values: {%s}}", yamlText(c.name), strings.Join(words, ", "))
}

// dated finds a column with dates by words of its name.
func (g *guess) dated(words ...string) *guessColumn {
	return g.find(func(c *guessColumn) bool { return hasWord(c.words, words) && len(c.dates()) > 0 })
}

// date proposes a date, with its format and what else it might be.
func (g *guess) date(r *guessRecord, field string, c *guessColumn) {
	if c == nil {
		return
	}
	formats := c.dates()
	value, remark := c.use(false), ""
	if formats[0] != "" {
		value = fmt.Sprintf("{column: %s, format: %s}", yamlText(c.name), yamlText(formats[0]))
		if len(formats) > 1 {
			remark = "check: it may also be " + strings.Join(formats[1:], ", ")
		}
	}
	r.add(field, value, remark)
}

// describe proposes the fields that all entities have, of columns whose names begin with a prefix: nil is what is no other's.
func (g *guess) describe(r *guessRecord, prefix []string) {
	mine := func(c *guessColumn) bool {
		return len(c.words) > 0 && (prefix == nil && !g.foreign(c) || prefix != nil && len(c.words) > 1 && slices.Equal(c.words[:min(len(prefix), len(c.words))], prefix))
	}
	find := func(is func(*guessColumn) bool) *guessColumn {
		return g.find(func(c *guessColumn) bool { return mine(c) && is(c) })
	}
	var links, schemes []string
	for c := find((*guessColumn).isURL); c != nil && len(links) < maxOfField; c = find((*guessColumn).isURL) {
		links = append(links, c.use(false))
	}
	if len(links) == 1 {
		r.add("links", links[0], "")
	} else if links != nil {
		r.add("links", "["+strings.Join(links, ", ")+"]", "")
	}
	if c := find((*guessColumn).isCountry); c != nil {
		switch r.kind {
		case "Person":
			r.add("countries", c.use(true), "")
		case "Organization", "Place", "Position":
			r.add("country", c.use(false), "")
		}
	}
	if c := find(func(c *guessColumn) bool { return hasWord(c.words, aliasWords) }); c != nil {
		r.add("names", c.use(true), "")
	}
	c := find(func(c *guessColumn) bool { return hasWord(c.words, textWords) && !c.isID() })
	if c == nil {
		c = find(func(c *guessColumn) bool { return c.n > 0 && c.total/c.n > 100 })
	}
	if c != nil && c.several() != inBrackets {
		r.add("description", c.use(false), "")
	}
	isScheme := func(c *guessColumn) bool {
		return c.isID() && (c.unique() || prefix != nil) && c.short() && len(c.words) > 1
	}
	for c := find(isScheme); c != nil && len(schemes) < maxOfField/2; c = find(isScheme) {
		scheme := strings.Join(c.words[:len(c.words)-1], "_")
		if len(scheme) > 100 || slices.ContainsFunc(schemes, func(s string) bool { return strings.HasPrefix(s, yamlText(scheme)+":") }) {
			c.used = true
			continue
		}
		schemes = append(schemes, yamlText(scheme)+": "+c.use(true))
	}
	if schemes != nil {
		r.fields = append(r.fields, "identifiers:")
	}
	for _, s := range schemes {
		r.fields = append(r.fields, "  "+s)
	}
}

// foreign tells whether a column belongs to another record of the row.
func (g *guess) foreign(c *guessColumn) bool {
	if g.begin == nil {
		g.begin = g.prefixes()
	}
	return slices.ContainsFunc(g.begin, func(p []string) bool { return len(c.words) > len(p) && slices.Equal(c.words[:len(p)], p) })
}

// prefixes are what several columns begin with, of which one is a name: group_code, group_name.
func (g *guess) prefixes() [][]string {
	list := [][]string{}
	for _, c := range g.columns {
		if len(c.words) < 2 || !slices.Contains(nameWords, c.last()) {
			continue
		}
		prefix := c.words[:len(c.words)-1]
		if slices.Contains([]string{"first", "last", "given", "family", "middle", "full", "display", "common", "user", "short", "original", "professional"}, prefix[0]) {
			continue
		}
		if kind, _ := kindOf(prefix); kind != "" {
			list = append(list, prefix)
		}
	}
	return list
}

// others proposes further entities of a row: columns with a common prefix, and names of organizations.
func (g *guess) others() []*guessRecord {
	var list []*guessRecord
	taken := map[string]bool{"relationship": true}
	for _, r := range g.records {
		taken[r.name] = true
	}
	add := func(words []string, name *guessColumn, key *guessColumn) {
		kind, organization := kindOf(words)
		label := strings.Join(words, "_")
		if taken[label] || !isPlainName(label) {
			return
		}
		taken[label] = true
		r := &guessRecord{name: label, kind: kind, key: yamlText(key.name)}
		r.add("name", name.use(false), "")
		key.used = true
		if organization != "" {
			r.add("kind", "{literal: "+organization+"}", "check")
		}
		if key != name {
			g.describe(r, words)
		}
		g.records, list = append(g.records, r), append(list, r)
	}
	for _, prefix := range g.prefixes() {
		of := func(is func(*guessColumn) bool) *guessColumn {
			return g.find(func(c *guessColumn) bool {
				return len(c.words) == len(prefix)+1 && slices.Equal(c.words[:len(prefix)], prefix) && is(c)
			})
		}
		name := of(func(c *guessColumn) bool { return slices.Contains(nameWords, c.last()) })
		if name == nil || name.n == 0 {
			continue
		}
		key := of(func(c *guessColumn) bool { return c.isID() && c.n >= name.n })
		if key == nil {
			key = name
		}
		add(prefix, name, key)
	}
	isBody := func(c *guessColumn) bool {
		return c.n > 0 && !c.unique() && c.short() && len(c.words) > 0 && hasWord(c.words[len(c.words)-1:], []string{"party", "organization", "organisation", "company", "employer", "committee", "faction", "group", "affiliation"}) && !c.isNumber() && c.several() == ""
	}
	c := g.find(func(c *guessColumn) bool { return isBody(c) && c.words[0] == "current" })
	if c == nil {
		c = g.find(isBody)
	}
	if c != nil {
		add(c.words[len(c.words)-1:], c, c)
	}
	return list
}

func isPlainName(s string) bool { return yamlText(s) == s }

// relate proposes the relationship between what the rows are about and another entity of the row.
func (g *guess) relate(main, other *guessRecord) {
	from, to := main, other
	if main.kind == "Organization" && other.kind == "Person" {
		from, to = other, main
	}
	typ, remark := "OTHER", "check: which type of relationship is it?"
	switch {
	case (from.kind == "Person" || from.kind == "Organization") && to.kind == "Organization":
		typ, remark = "MEMBER_OF", "check: EMPLOYED_BY, LEADS, OWNS, DIRECTS …"
	case to.kind == "Place" && slices.Contains([]string{"Person", "Organization", "Place", "Event"}, from.kind):
		typ, remark = "LOCATED_IN", "check"
	case from.kind == "Person" && to.kind == "Position":
		typ, remark = "HOLDS", "check"
	}
	r := &guessRecord{name: from.name + "_" + to.name, kind: "Relationship"}
	r.add("type", "{literal: "+typ+"}", remark)
	r.add("from", from.name, "")
	r.add("to", to.name, "")
	g.link(r)
	g.records = append(g.records, r)
}

// link proposes role and dates of a relationship.
func (g *guess) link(r *guessRecord) {
	if c := g.find(func(c *guessColumn) bool {
		return c.n > 0 && c.short() && !c.isNumber() && !c.isURL() && c.isRole() && !g.foreign(c)
	}); c != nil {
		r.add("role", c.use(false), "")
	}
	g.date(r, "startDate", g.dated(startWords...))
	g.date(r, "endDate", g.dated(endWords...))
}

// end is what stands at an end of a relationship, by its id or by its name only.
func (g *guess) end(name string, c *guessColumn, kind, organization string, exact bool) *guessRecord {
	key := c.use(false)
	if kind == "" {
		kind = "Topic"
		key += "  # check: what is it, Person, Organization …?"
	}
	r := &guessRecord{name: name, kind: kind, key: key}
	if exact {
		r.remark = "only a key: the rest is in another table, which has the same dataset and the same key"
	} else {
		r.add("name", yamlText(c.name), "")
		if organization != "" {
			r.add("kind", "{literal: "+organization+"}", "check")
		}
	}
	return r
}

// joins proposes a relationship if the rows join ids of two things and are nothing by themselves.
func (g *guess) joins() bool {
	var ids []*guessColumn
	for _, c := range g.columns {
		if c.full(g) && c.short() && len(c.words) > 0 && (c.isID() && len(c.words) > 1 || len(g.columns) < 6 && slices.Contains([]string{"source", "target", "from", "to"}, c.last())) && c.several() != inBrackets {
			ids = append(ids, c)
		}
		if slices.Contains(nameWords, c.last()) || hasWord(c.words, []string{"firstname", "lastname", "surname"}) {
			return false
		}
	}
	if len(ids) != 2 || ids[0].unique() && ids[1].unique() && g.rows > 1 && !slices.Contains([]string{"source", "from"}, ids[0].last()) {
		return false
	}
	kinds, names := [2]string{}, [2]string{}
	for i, c := range ids {
		words := c.words
		if c.isID() {
			words = words[:len(words)-1]
		}
		kinds[i], _ = kindOf(words)
		if names[i] = strings.Join(words, "_"); !isPlainName(names[i]) || i > 0 && names[i] == names[0] || names[i] == "relationship" {
			names[i] = []string{"first", "second"}[i]
		}
	}
	from, to := 0, 1
	if kinds[0] != "Person" && kinds[1] == "Person" {
		from, to = 1, 0
	}
	first, second := g.end(names[from], ids[from], kinds[from], "", true), g.end(names[to], ids[to], kinds[to], "", true)
	r := &guessRecord{name: "relationship", kind: "Relationship", remark: "each row joins two things"}
	typ, remark := "OTHER", "check: which type of relationship is it?"
	if kinds[from] == "Person" && kinds[to] == "Organization" {
		typ, remark = "MEMBER_OF", "check: EMPLOYED_BY, LEADS, OWNS, DIRECTS …"
	}
	if c := g.find(func(c *guessColumn) bool { return len(c.words) == 1 && c.words[0] == "type" && c.n > 0 && c.short() }); c != nil {
		r.add("type", c.use(false), "what is no type of Dramatis becomes OTHER with it as role")
	} else {
		r.add("type", "{literal: "+typ+"}", remark)
	}
	r.add("from", first.name, "")
	r.add("to", second.name, "")
	g.link(r)
	g.records = append(g.records, r, first, second)
	return true
}

// payments proposes payments if there are an amount, who gave and who took.
func (g *guess) payments() bool {
	amount := g.find(func(c *guessColumn) bool { return hasWord(c.words, amountWords) && c.isNumber() })
	if amount == nil {
		return false
	}
	end := func(words []string, not *guessColumn) *guessColumn {
		is := func(c *guessColumn) bool {
			return c != not && c != amount && c.n > 0 && c.short() && hasWord(c.words, words) && !c.isURL()
		}
		if c := g.find(func(c *guessColumn) bool { return is(c) && (len(c.words) == 1 || slices.Contains(nameWords, c.last())) }); c != nil {
			return c
		}
		return g.find(is)
	}
	giver := end(giverWords, nil)
	taker := end(takerWords, giver)
	if giver == nil || taker == nil {
		return false
	}
	id := g.id()
	amount.used = true
	if id == giver || id == taker {
		id = nil
	}
	gives, giving := kindOf(giver.words)
	takes, taking := kindOf(taker.words)
	if gives != "Organization" {
		gives = "Person"
	}
	if takes != "Person" {
		takes = "Organization"
	}
	r := &guessRecord{name: "payment", kind: "Relationship", remark: "each row is a payment"}
	if id != nil {
		r.key = id.use(false)
	}
	r.add("type", "{literal: PAID}", "")
	r.add("from", "giver", "")
	r.add("to", "taker", "")
	value, remark := yamlText(amount.name), ""
	if !amount.all(func(s string) bool { _, ok := plainNumber(s, '.'); return ok }) {
		value = fmt.Sprintf("{column: %s, decimal: \",\"}", value)
	} else if amount.all(func(s string) bool { _, ok := plainNumber(s, ','); return ok }) && slices.ContainsFunc(amount.values, func(s string) bool { return strings.ContainsAny(s, ".,") }) {
		remark = "check: is it the point that stands before decimals?"
	}
	r.add("amount", value, remark)
	if c := g.named("currency"); c != nil {
		r.add("currency", c.use(false), "")
	} else {
		r.add("currency", "{literal: EUR}", "check")
	}
	g.date(r, "startDate", g.dated("date", "datum", "day", "paid", "year"))
	g.records = append(g.records, r, g.end("giver", giver, gives, giving, false), g.end("taker", taker, takes, taking, false))
	g.records[1].remark, g.records[2].remark = "check: a Person or an Organization?", "check"
	return true
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
	if dataset == "" {
		dataset = "table"
	}
	if len(dataset) > 200 {
		dataset = strings.ToValidUTF8(dataset[:200], "")
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
