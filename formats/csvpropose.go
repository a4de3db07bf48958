package formats

import (
	"fmt"
	"slices"
	"strings"
)

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

// propose decides what the rows are.
func (g *guess) propose() {
	if g.payments() || g.statements() || g.joins() {
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
	var names []string
	if c := find(func(c *guessColumn) bool { return hasWord(c.words, aliasWords) }); c != nil {
		names = append(names, "ALIAS: "+c.use(true))
	}
	if c := find(func(c *guessColumn) bool {
		return hasWord(c.words, []string{"previous", "former", "maiden"}) && hasWord(c.words, nameWords)
	}); c != nil {
		names = append(names, "FORMER: "+c.use(true))
	}
	if names != nil {
		r.add("names", "{"+strings.Join(names, ", ")+"}", "")
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
		if slices.Contains([]string{"previous", "former", "old", "first", "last", "given", "family", "middle", "full", "display", "common", "user", "short", "original", "professional"}, prefix[0]) {
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
		key := g.find(func(id *guessColumn) bool {
			return id.isID() && id.n >= c.n && slices.Equal(id.words[:len(id.words)-1], c.words)
		})
		if key == nil {
			key = c
		}
		add(c.words[len(c.words)-1:], c, key)
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
	var words []string
	for _, c := range g.columns {
		words = append(words, c.words...)
	}
	if t := tieOf(words); t != "" && typ == "MEMBER_OF" {
		typ, remark = t, "check"
	}
	r := &guessRecord{name: from.name + "_" + to.name, kind: "Relationship"}
	r.add("type", "{literal: "+typ+"}", remark)
	r.add("from", from.name, "")
	r.add("to", to.name, "")
	g.link(r)
	g.records = append(g.records, r)
}

// tieOf tells by the word for somebody what he is to an organization; "" if it does not say it.
func tieOf(words []string) string {
	switch {
	case hasWord(words, []string{"owner", "shareholder"}):
		return "OWNS"
	case hasWord(words, []string{"director", "officer"}):
		return "DIRECTS"
	case hasWord(words, []string{"employee", "staff"}):
		return "EMPLOYED_BY"
	}
	return ""
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
	if t := tieOf(ids[from].words); t != "" && kinds[to] == "Organization" {
		typ, remark = t, "check"
	} else if kinds[from] == "Person" && kinds[to] == "Organization" {
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

// statements proposes statements if there are words and who said them.
func (g *guess) statements() bool {
	quote := g.find(func(c *guessColumn) bool {
		return c.n > 0 && hasWord(c.words, []string{"quote", "quotation", "statement", "speech", "said"}) && !c.isID() && !c.isURL()
	})
	if quote == nil {
		return false
	}
	speaker := g.find(func(c *guessColumn) bool {
		return c.n > 0 && c.short() && hasWord(c.words, []string{"speaker", "who", "person", "politician", "author", "name"}) && !c.isID() && !c.isURL()
	})
	if speaker == nil {
		return false
	}
	r := &guessRecord{name: "said", kind: "Statement", remark: "each row is what somebody said"}
	if id := g.id(); id != nil && id.isID() {
		r.key = id.use(false)
	}
	r.add("text", quote.use(false), "")
	r.add("speakers", "speaker", "")
	r.add("kind", "{literal: DIRECT}", "check: DIRECT, INDIRECT, MIXED or ATTRIBUTED")
	g.date(r, "date", g.dated("date", "day", "datum", "when"))
	if c := g.find((*guessColumn).isURL); c != nil {
		r.add("evidence", "{url: "+c.use(false)+", exact: "+yamlText(quote.name)+"}", "")
	}
	g.records = append(g.records, r, g.end("speaker", speaker, "Person", "", false))
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
