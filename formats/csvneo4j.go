package formats

import (
	"slices"
	"strings"
	"unicode"

	"dramatis/kg"
)

// adminReader reads tables as neo4j-admin imports them: their headers say which cells are ids, labels, ends, types and properties.
type adminReader struct {
	*csvReader
	columns []adminColumn
	id      int // columns; -1 is none
	label   int
	from    int
	to      int
	typ     int
	// records are those that rows can become, by label; those of relationships by whether their type is one of ours.
	nodes map[string]*csvRecord
	edges [2]*csvRecord
}

// adminColumn is a cell of a header: name:type(space){label:Person}.
type adminColumn struct {
	name, is string
	list     bool
	space    string
	label    string
}

// adminDelimiter separates the elements of lists, and labels.
const adminDelimiter = ";"

// adminLabels are labels that are usual for what has a type here, in small letters. What is none of them is a Topic.
var adminLabels = map[string]struct {
	kind, field string
	literal     string
}{
	"person": {"Person", "", ""}, "organization": {"Organization", "", ""}, "organisation": {"Organization", "", ""}, "position": {"Position", "", ""},
	"place": {"Place", "", ""}, "event": {"Event", "", ""}, "topic": {"Topic", "", ""},
	"company": {"Organization", "kind", "COMPANY"}, "party": {"Organization", "kind", "PARTY"}, "politicalparty": {"Organization", "kind", "PARTY"},
	"committee": {"Organization", "kind", "GOVERNMENT_BODY"}, "government": {"Organization", "kind", "GOVERNMENT_BODY"},
	"ngo": {"Organization", "kind", "NGO"}, "group": {"Organization", "kind", "GROUP"}, "office": {"Position", "", ""},
	"city": {"Place", "classification", "city"}, "country": {"Place", "classification", "country"}, "region": {"Place", "classification", "region"},
	"address": {"Place", "classification", "address"}, "location": {"Place", "", ""},
}

// adminProperties are names of properties, in small letters and without marks, that are usual for what has a field here.
var adminProperties = map[string]string{
	"title": "name", "fullname": "name", "summary": "description", "bio": "description", "alias": "names", "aliases": "names",
	"url": "links", "website": "links", "homepage": "links", "born": "birthDate", "birthday": "birthDate", "dateofbirth": "birthDate",
	"died": "deathDate", "dateofdeath": "deathDate", "nationality": "countries", "country": "countries", "founded": "foundingDate", "dissolved": "dissolutionDate",
	"lat": "latitude", "lon": "longitude", "lng": "longitude", "since": "startDate", "start": "startDate", "until": "endDate", "end": "endDate",
}

// adminColumnOf reads a cell of a header.
func adminColumnOf(cell string) adminColumn {
	cell = strings.TrimSpace(cell)
	c := adminColumn{name: cell}
	i := strings.LastIndexByte(strings.SplitN(cell, "{", 2)[0], ':')
	if i < 0 {
		return c
	}
	c.name, c.is = cell[:i], cell[i+1:]
	if is, options, ok := strings.Cut(c.is, "{"); ok {
		c.is = is
		for option := range strings.SplitSeq(strings.TrimSuffix(options, "}"), ",") {
			if key, value, _ := strings.Cut(option, ":"); strings.TrimSpace(key) == "label" {
				c.label = strings.Trim(strings.TrimSpace(value), `"'`)
			}
		}
	}
	if is, space, ok := strings.Cut(c.is, "("); ok {
		c.is, c.space = is, strings.TrimSuffix(space, ")")
	}
	c.is, c.list = strings.CutSuffix(strings.TrimSpace(c.is), "[]")
	return c
}

// isAdminHeader tells whether a header has an id or two ends.
func isAdminHeader(cells []string) bool {
	ids, starts, ends := 0, 0, 0
	for _, cell := range cells {
		switch adminColumnOf(cell).is {
		case "ID":
			ids++
		case "START_ID":
			starts++
		case "END_ID":
			ends++
		}
	}
	return ids > 0 || starts > 0 && ends > 0
}

// adminOf begins to read a table without a mapping. It fails with BAD_USER_INPUT if its header does not say what it holds.
func adminOf(f *File, t *Target, table *csvTable) (*adminReader, error) {
	if !isAdminHeader(table.header) {
		return nil, kg.Errorf(kg.BadUserInput, "a table needs a mapping (--mapping FILE), which says what its columns are; dramatis import --guess FILE proposes one")
	}
	if !f.named {
		return nil, kg.Errorf(kg.BadUserInput, "nodes and relationships are in several files: say in which dataset all of them are (--dataset NAME)")
	}
	a := &adminReader{id: -1, label: -1, from: -1, to: -1, typ: -1, nodes: map[string]*csvRecord{}}
	var plan csvPlan
	names := make([]string, len(table.header))
	for i, cell := range table.header {
		c := adminColumnOf(cell)
		names[i] = c.name
		at := map[string]*int{"ID": &a.id, "LABEL": &a.label, "START_ID": &a.from, "END_ID": &a.to, "TYPE": &a.typ}[c.is]
		switch {
		case at != nil && *at >= 0:
			return nil, kg.Errorf(kg.BadUserInput, "the header has two columns of type %s", c.is)
		case at != nil:
			*at = i
			names[i] = c.name + ":" + c.is
		case c.is == "IGNORE":
			names[i] = c.name + ":" + c.is
			plan.ignored = append(plan.ignored, i)
		}
		a.columns = append(a.columns, c)
	}
	if a.id >= 0 && (a.from >= 0 || a.to >= 0) {
		return nil, kg.Errorf(kg.BadUserInput, "the header has the id of a node and the ends of a relationship")
	}
	var err error
	if table.header, err = csvHeader(names); err != nil {
		return nil, err
	}
	if slices.Contains(names, "sortKey") && slices.ContainsFunc(a.columns, func(c adminColumn) bool { return slices.Contains([]string{"Record", "Text", "Word"}, c.space) }) {
		return nil, kg.Errorf(kg.BadUserInput, "this is what Dramatis writes for neo4j-admin, with indexes of its own: export the graph as jsonl instead")
	}
	a.csvReader = &csvReader{csvTable: table, target: t, plan: &plan, dataset: kg.DatasetID(f.Dataset), rest: make([]bool, len(names)), aside: make([]bool, len(names)), split: make([]string, len(names))}
	for i, c := range a.columns {
		if c.list || i == a.label {
			a.split[i] = adminDelimiter
		}
	}
	if a.from >= 0 {
		a.planEdges()
	}
	return a, t.Dataset(Place{File: f.Name}, f.Dataset)
}

// take takes a row.
func (a *adminReader) take(row []string) error {
	var records []*csvRecord
	if a.id >= 0 {
		records = []*csvRecord{a.node(row)}
	} else {
		edge := a.edges[0]
		if a.typ >= 0 {
			if _, err := chosen(strings.TrimSpace(row[a.typ]), relationshipTypes()...); err == nil {
				edge = a.edges[1]
			}
		}
		records = append([]*csvRecord{edge}, a.plan.records[1:]...)
	}
	a.plan.records, a.plan.order = records, slices.Clone(records)
	slices.Reverse(a.plan.order) // ends come before their relationship
	a.made = make([]csvMade, len(records))
	return a.csvReader.take(row)
}

// node is what a row of a table of nodes becomes, by the first of its labels that is known here.
func (a *adminReader) node(row []string) *csvRecord {
	labels := []string{a.columns[a.id].label}
	if labels[0] == "" {
		labels[0] = labelOfSpace(a.columns[a.id].space)
	}
	if a.label >= 0 && strings.TrimSpace(row[a.label]) != "" {
		labels = strings.Split(row[a.label], adminDelimiter)
	}
	known, said := "", len(labels) == 1
	for _, l := range labels {
		l = strings.ToLower(strings.TrimSpace(l))
		if _, ok := adminLabels[l]; ok {
			known = l
			break
		}
	}
	key := known
	if said && known != "" {
		key += " only" // the label says no more
	}
	if a.nodes[key] == nil {
		a.nodes[key] = a.planNode(known, said && known != "")
	}
	return a.nodes[key]
}

// labelOfSpace is a label as a space of ids is usually named after it: Person, Person-ID.
func labelOfSpace(space string) string {
	lower := strings.ToLower(space)
	for _, ending := range []string{"-id", "_id", " id", "id"} {
		if s, ok := strings.CutSuffix(lower, ending); ok {
			return s
		}
	}
	return lower
}

// planNode makes the record of a node with a known label, or of one without.
func (a *adminReader) planNode(label string, only bool) *csvRecord {
	l, ok := adminLabels[label]
	if !ok {
		l.kind = "Topic"
	}
	r := &csvRecord{name: "node", kind: kindNamed(l.kind), prefix: "node", key: a.keyOfNode(a.id)}
	r.columns = []int{a.id}
	if l.field != "" {
		r.uses = append(r.uses, csvUse{field: r.kind.field(l.field), value: &csvValue{literal: l.literal}})
	}
	if name := a.columns[a.id].name; name != "" {
		r.uses = append(r.uses, csvUse{field: r.kind.field("identifiers"), by: name, value: &csvValue{columns: []int{a.id}}})
	}
	if only && a.label >= 0 {
		r.columns = append(r.columns, a.label)
	}
	a.useProperties(r)
	return r
}

// keyOfNode is the key of the node with the id that stands in a column: of its space and the id.
func (a *adminReader) keyOfNode(column int) []*csvValue {
	key := []*csvValue{{columns: []int{column}}}
	if space := a.columns[column].space; space != "" {
		key = append([]*csvValue{{literal: space}}, key...)
	}
	return key
}

// useProperties uses the properties for which there are fields: each field once.
func (a *adminReader) useProperties(r *csvRecord) {
	for i, c := range a.columns {
		if c.name == "" || slices.Contains([]string{"ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE"}, c.is) {
			continue
		}
		f := r.kind.property(c.name)
		if f == nil || f.is == csvReference || f.keyed == mustBeKeyed || c.list && !f.list || f.name == "type" || f.name == "amount" || f.name == "currency" {
			continue
		}
		if slices.ContainsFunc(r.uses, func(u csvUse) bool { return u.field == f }) {
			continue
		}
		u := csvUse{field: f, value: &csvValue{columns: []int{i}}}
		if c.list {
			u.value.split = adminDelimiter
		}
		r.uses = append(r.uses, u)
		r.columns = append(r.columns, i)
	}
	slices.SortStableFunc(r.uses, func(x, y csvUse) int { return r.kind.place(x.field) - r.kind.place(y.field) })
}

// property gives the field that a property is, by its name as people write it; nil if there is none.
func (k *csvKind) property(name string) *csvField {
	word := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	field := adminProperties[word]
	for i := range k.fields {
		if f := &k.fields[i]; strings.EqualFold(f.name, word) || f.name == field || field == "countries" && f.name == "country" {
			return f
		}
	}
	return nil
}

// planEdges makes the records of a row of relationships: one of a type that is not known here, which is an OTHER with the words of the
// type as role; one of a type of ours; and the ends, which are stubs until they come.
func (a *adminReader) planEdges() {
	ends := []*csvRecord{{n: 1, name: "start", column: a.from}, {n: 2, name: "end", column: a.to}}
	for _, end := range ends {
		l, ok := adminLabels[strings.ToLower(a.columns[end.column].label)]
		if !ok {
			l, ok = adminLabels[labelOfSpace(a.columns[end.column].space)]
		}
		if !ok {
			l.kind = "Topic"
		}
		end.kind, end.prefix, end.stub, end.key, end.columns = kindNamed(l.kind), "node", true, a.keyOfNode(end.column), []int{end.column}
	}
	for i := range a.edges {
		r := &csvRecord{name: "relationship", kind: kindNamed("Relationship"), parallel: true}
		r.uses = []csvUse{{field: r.kind.field("from"), refs: ends[:1]}, {field: r.kind.field("to"), refs: ends[1:]}}
		if i == 0 {
			r.uses = append(r.uses, csvUse{field: r.kind.field("type"), value: &csvValue{literal: string(kg.OtherLink)}})
			if a.typ >= 0 {
				r.uses = append(r.uses, csvUse{field: r.kind.field("role"), value: &csvValue{columns: []int{a.typ}, phrase: true}})
			}
		} else {
			r.uses = append(r.uses, csvUse{field: r.kind.field("type"), value: &csvValue{columns: []int{a.typ}}})
			r.columns = append(r.columns, a.typ)
		}
		a.useProperties(r)
		a.edges[i] = r
	}
	a.plan.records = append([]*csvRecord{a.edges[0]}, ends...)
}

// phraseOf writes a name in words: ACTED_IN and actedIn are acted in.
func phraseOf(name string) string {
	var b strings.Builder
	small := false
	for _, r := range name {
		switch {
		case r == '_' || r == '-':
			r = ' '
		case unicode.IsUpper(r):
			if small {
				b.WriteByte(' ')
			}
		}
		small = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
