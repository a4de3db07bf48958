package formats

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dramatis/kg"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// Mapping says what the columns of tables become: YAML, as docs/formats.md describes it.
type Mapping struct {
	name string
	text []byte
	// Dataset is the name of the dataset that the records go to; "" if the mapping does not say it.
	Dataset string
}

// maxMapping is how long a mapping may be, in bytes.
const maxMapping = 128 << 10

// ParseMapping reads a mapping; name is for messages. It fails with BAD_USER_INPUT, by line and column, on all that can be seen
// without a table; whether the columns exist is seen when one is read.
func ParseMapping(name string, text []byte) (*Mapping, error) {
	plan, err := planOf(name, text, nil)
	if err != nil {
		return nil, err
	}
	return &Mapping{name, text, plan.dataset}, nil
}

// planner reads a mapping.
type planner struct {
	name   string
	header []string // nil: any column is there
	wrong  []string
	plan   *csvPlan
	record *csvRecord // that is being read
}

// maxMappingErrors is how many errors of a mapping are told at once.
const maxMappingErrors = 10

// planOf reads a mapping for a table with these columns; nil stands for any.
func planOf(name string, text []byte, header []string) (*csvPlan, error) {
	if len(text) > maxMapping {
		return nil, kg.Errorf(kg.BadUserInput, "%s: a mapping is not longer than %d KiB", name, maxMapping>>10)
	}
	p := &planner{name: name, header: header, plan: &csvPlan{}}
	file, err := parseYAML(bytes.TrimPrefix(text, byteOrderMark))
	if err != nil {
		var syntax yaml.Error
		if errors.As(err, &syntax) && syntax.GetToken() != nil {
			at := syntax.GetToken().Position
			return nil, kg.Errorf(kg.BadUserInput, "%s:%d:%d: %s", name, at.Line, at.Column, clipped(syntax.GetMessage()))
		}
		return nil, kg.Errorf(kg.BadUserInput, "%s: %s", name, clipped(messageOf(err)))
	}
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil && body != nil {
			p.fail(doc.Body, "a file has one mapping")
		}
		if body == nil {
			body = doc.Body
		}
	}
	if body == nil {
		return nil, kg.Errorf(kg.BadUserInput, "%s: is empty", name)
	}
	p.head(body)
	if len(p.wrong) > maxMappingErrors {
		p.wrong = append(p.wrong[:maxMappingErrors], fmt.Sprintf("and %d more", len(p.wrong)-maxMappingErrors))
	}
	if len(p.wrong) > 0 {
		return nil, kg.Errorf(kg.BadUserInput, "%s", strings.Join(p.wrong, "\n"))
	}
	return p.plan, nil
}

func (p *planner) head(body ast.Node) {
	var records ast.Node
	for _, e := range p.entries(body, "a mapping") {
		switch e.key {
		case "dataset":
			if s, ok := p.text(e.value); ok {
				if p.plan.dataset = s; len(s) > 200 {
					p.fail(e.value, "a dataset's name is not longer than 200 bytes")
				}
			}
		case "delimiter":
			p.delimiter(e.value)
		case "encoding":
			if s, ok := p.text(e.value); ok {
				if p.plan.encoding = s; encodingNamed(s) == nil {
					p.unknown(e.value, "encoding", s, encodingNames())
				}
			}
		case "header":
			var err error
			if p.plan.header, err = csvHeader(p.textsOf(e.value)); err != nil {
				p.fail(e.value, "%s", messageOf(err))
			} else if len(p.plan.header) == 0 {
				p.fail(e.value, "a header names the columns")
			}
			if p.header == nil {
				p.header = p.plan.header
			}
		case "ignore", "records":
		default:
			p.unknown(e.at, "entry", e.key, []string{"dataset", "delimiter", "encoding", "header", "ignore", "records"})
		}
	}
	if len(p.wrong) > 0 {
		return
	}
	for _, e := range p.entries(body, "a mapping") {
		switch e.key {
		case "ignore":
			for _, n := range nodesOf(e.value) {
				if c, ok := p.column(n); ok {
					p.plan.ignored = append(p.plan.ignored, c)
				}
			}
		case "records":
			records = e.value
		}
	}
	if records == nil {
		p.fail(body, "records are missing")
		return
	}
	p.all(p.entries(records, "records"), records)
}

func (p *planner) delimiter(n ast.Node) {
	s, ok := p.text(n)
	switch {
	case !ok:
	case s == "tab":
		p.plan.delimiter = '\t'
	case len(s) == 1 && !strings.ContainsAny(s, "\"\r\n\x00 ") && s[0] < 0x80:
		p.plan.delimiter = s[0]
	default:
		p.fail(n, "a delimiter is one character, or tab")
	}
}

// column finds a column by its name.
func (p *planner) column(n ast.Node) (int, bool) {
	name, ok := p.text(n)
	if !ok {
		return 0, false
	}
	if p.header == nil {
		return 0, true
	}
	if i := slices.Index(p.header, strings.TrimSpace(name)); i >= 0 {
		return i, true
	}
	p.fail(n, "there is no column %q, but %s; a constant is written {literal: %s}", clipped(name), namesOf(p.header), clipped(name))
	return 0, false
}

// all reads the records.
func (p *planner) all(list []entry, at ast.Node) {
	if len(list) == 0 {
		p.fail(at, "there are no records")
		return
	}
	fields := make([][]entry, len(list))
	for i, e := range list {
		r := &csvRecord{n: i, name: e.key}
		p.plan.records = append(p.plan.records, r)
		if fields[i] = p.entries(e.value, "a record"); fields[i] == nil {
			continue
		}
		for _, f := range fields[i] {
			if f.key != "record" {
				continue
			}
			if s, ok := p.text(f.value); ok {
				if r.kind = kindNamed(s); r.kind == nil {
					p.unknown(f.value, "record", s, kindNames())
				}
			}
		}
		if r.kind == nil && len(p.wrong) == 0 {
			p.fail(e.at, "%s does not say what it is, record: %s", e.key, strings.Join(kindNames(), ", "))
		}
	}
	if len(p.wrong) > 0 {
		return
	}
	for i, r := range p.plan.records {
		p.record = r
		p.fields(list[i].at, fields[i])
	}
	if len(p.wrong) == 0 {
		p.sort(at)
	}
}

func kindNames() []string {
	names := make([]string, len(csvKinds))
	for i := range csvKinds {
		names[i] = csvKinds[i].name
	}
	return names
}

// fields reads what a record has.
func (p *planner) fields(at ast.Node, list []entry) {
	r, before := p.record, len(p.wrong)
	given := map[string]ast.Node{}
	for _, e := range list {
		switch given[e.key] = e.value; e.key {
		case "record":
		case "key":
			for _, n := range nodesOf(e.value) {
				if v := p.value(n, nil); v != nil {
					r.key = append(r.key, v)
				}
			}
		case "when":
			p.conditions(e.value)
		case "stub":
			s, ok := p.text(e.value)
			if ok && s != "true" && s != "false" {
				p.fail(e.value, "stub is true or false")
			}
			r.stub = s == "true"
		case "evidence":
			p.evidence(e)
		default:
			p.use(e)
		}
	}
	if len(p.wrong) == before {
		p.checkRecord(at, given)
	}
	slices.SortStableFunc(r.uses, func(a, b csvUse) int { return r.kind.place(a.field) - r.kind.place(b.field) })
	p.collect()
}

// conditions reads when a row has a record: columns in which something stands, or columns and what may stand there.
func (p *planner) conditions(n ast.Node) {
	r := p.record
	if _, isMap := n.(ast.MapNode); !isMap {
		for _, n := range nodesOf(n) {
			if c, ok := p.column(n); ok {
				r.when = append(r.when, csvWhen{column: c})
			}
		}
		return
	}
	for _, w := range p.entries(n, "when") {
		c, ok := p.column(w.at)
		when := csvWhen{column: c, is: []string{}}
		for _, n := range nodesOf(w.value) {
			s, is := p.scalar(n) // it may be empty
			when.is = append(when.is, s)
			ok = ok && is
		}
		if ok {
			r.when = append(r.when, when)
		}
	}
}

// place is where a field stands among those of its kind: they are set in this order.
func (k *csvKind) place(f *csvField) int {
	return slices.IndexFunc(k.fields, func(g csvField) bool { return g.name == f.name })
}

// checkRecord looks for what is missing or does not go together.
func (p *planner) checkRecord(at ast.Node, given map[string]ast.Node) {
	r := p.record
	named := r.named()
	if r.key == nil && (named || given["key"] != nil) {
		p.fail(at, "%s has no key: by which columns is one %s told from others?", r.name, r.kind.name)
	}
	if r.stub && !named {
		p.fail(given["stub"], "only entities and sources can be stubs")
	}
	if len(r.uses) == 0 && named {
		r.stub = true
	}
	first := r.kind.fields[0].name
	if named && !r.stub && given[first] == nil {
		p.fail(at, "%s has no %s", r.name, first)
	}
	for _, f := range r.kind.fields {
		if f.needed && given[f.name] == nil {
			p.fail(at, "%s has no %s", r.name, f.name)
		}
	}
	if given["amount"] != nil && given["currency"] == nil {
		p.fail(given["amount"], "an amount has a currency: currency: {literal: EUR}, or a column")
	}
	if given["currency"] != nil && given["amount"] == nil {
		p.fail(given["currency"], "a currency without an amount")
	}
	p.checkType(given)
}

// checkType looks whether a relationship of a given type may join what it joins.
func (p *planner) checkType(given map[string]ast.Node) {
	var typ *csvValue
	var ends [2]kg.EntityType
	for _, u := range p.record.uses {
		switch {
		case u.field.name == "type" && u.value != nil && len(u.value.columns) == 0 && p.record.kind.class == kg.RelationshipClass:
			typ = u.value
		case u.field.name == "from" && len(u.refs) == 1:
			ends[0] = u.refs[0].kind.blank().(kg.Entity).Type()
		case u.field.name == "to" && len(u.refs) == 1:
			ends[1] = u.refs[0].kind.blank().(kg.Entity).Type()
		}
	}
	if typ == nil || ends[0] == "" || ends[1] == "" {
		return
	}
	t, err := chosen(typ.literal, relationshipTypes()...)
	if err != nil {
		p.fail(given["type"], "%q %s", clipped(typ.literal), messageOf(err))
		return
	}
	if misfit := t.Rule().Misfit(ends[0], ends[1]); misfit != "" {
		p.fail(given["type"], "%s", misfit)
	}
	if given["amount"] != nil && t != kg.Paid {
		p.fail(given["amount"], "amount belongs to PAID only")
	}
}

// use reads a field.
func (p *planner) use(e entry) {
	r := p.record
	f := r.kind.field(e.key)
	if f == nil {
		known := []string{"key", "when", "stub"}
		if r.hasEvidence() {
			known = append(known, "evidence")
		}
		for i := range r.kind.fields {
			known = append(known, r.kind.fields[i].name)
		}
		p.fail(e.at, "a %s has no field %q, but %s", r.kind.name, clipped(e.key), strings.Join(known, ", "))
		return
	}
	switch {
	case f.is == csvReference:
		p.references(e, f)
	case f.keyed != notKeyed && p.isKeyed(e.value):
		for _, by := range p.entries(e.value, e.key) {
			for _, n := range nodesOf(by.value) {
				p.useValue(n, csvUse{field: f, by: by.key})
			}
		}
	case f.keyed == mustBeKeyed:
		p.fail(e.value, "%s is a map of schemes: %s: {SCHEME: COLUMN}", e.key, e.key)
	default:
		list := nodesOf(e.value)
		if len(list) == 0 || len(list) > 1 && !f.list {
			p.fail(e.value, "%s has one value", e.key)
			return
		}
		for _, n := range list {
			p.useValue(n, csvUse{field: f})
		}
	}
}

// isKeyed tells a map of constants from one that is a value.
func (p *planner) isKeyed(n ast.Node) bool {
	m, ok := n.(ast.MapNode)
	if !ok {
		return false
	}
	for i := m.MapRange(); i.Next(); {
		if k, ok := i.Key().(*ast.StringNode); ok && slices.Contains([]string{"column", "columns", "literal"}, k.Value) {
			return false
		}
	}
	return true
}

// useValue reads one value of a field.
func (p *planner) useValue(n ast.Node, u csvUse) {
	u.value = p.value(n, u.field)
	if u.value == nil {
		return
	}
	probe := u.value.literal
	if len(u.value.columns) > 0 { // of a key, only whether it may be
		if u.by == "" || u.field.name == "links" || u.field.name == "identifiers" {
			p.record.uses = append(p.record.uses, u)
			return
		}
		probe = "x"
	}
	s, err := u.value.as(u.field.is, probe)
	r := p.record.kind.blank()
	if err == nil && u.field.name != "amount" {
		err = u.field.set(r, u.by, s)
	}
	if err != nil {
		word := probe
		if u.by != "" {
			word = u.by
		}
		p.fail(n, "%s: %q %s", u.field.name, clipped(word), messageOf(err))
		return
	}
	p.record.uses = append(p.record.uses, u)
}

// references reads a field that refers to other records of the row.
func (p *planner) references(e entry, f *csvField) {
	u := csvUse{field: f}
	for _, n := range nodesOf(e.value) {
		name, ok := p.text(n)
		if !ok {
			return
		}
		i := slices.IndexFunc(p.plan.records, func(r *csvRecord) bool { return r.name == name })
		if i < 0 {
			var names []string
			for _, r := range p.plan.records {
				names = append(names, r.name)
			}
			p.fail(n, "%s refers to a record of this mapping; there is no %q, but %s", e.key, clipped(name), namesOf(names))
			return
		}
		if to := p.plan.records[i]; to.kind.class != f.class {
			p.fail(n, "%s cannot be %s, which is a %s", e.key, name, to.kind.name)
			return
		}
		u.refs = append(u.refs, p.plan.records[i])
	}
	if len(u.refs) == 0 || len(u.refs) > 1 && !f.list {
		p.fail(e.value, "%s is one record", e.key)
		return
	}
	p.record.uses = append(p.record.uses, u)
}

func (p *planner) evidence(e entry) {
	r := p.record
	if !r.hasEvidence() {
		p.fail(e.at, "a %s has no evidence", r.kind.name)
		return
	}
	for _, n := range nodesOf(e.value) {
		var q csvQuote
		for _, part := range p.entries(n, "evidence") {
			at := map[string]**csvValue{"url": &q.url, "exact": &q.exact, "prefix": &q.prefix, "suffix": &q.suffix, "assertedBy": &q.assertedBy}[part.key]
			switch {
			case part.key == "source":
				at := &csvField{name: "source", class: kg.SourceClass}
				before := len(r.uses)
				if p.references(part, at); len(r.uses) > before {
					q.source = r.uses[before].refs[0]
					r.uses = r.uses[:before]
				}
			case at == nil:
				p.unknown(part.at, "part of evidence", part.key, []string{"source", "url", "exact", "prefix", "suffix", "assertedBy"})
			default:
				*at = p.value(part.value, &csvField{list: part.key == "url"})
			}
		}
		if (q.source == nil) == (q.url == nil) && len(p.wrong) == 0 {
			p.fail(n, "evidence has a source, which is a record of this mapping, or a url")
		}
		r.quotes = append(r.quotes, q)
	}
}

// value reads where values come from: the name of a column, or a map that says more. The field is nil for a key.
func (p *planner) value(n ast.Node, f *csvField) *csvValue {
	v := &csvValue{join: " "}
	if _, isMap := n.(ast.MapNode); !isMap {
		c, ok := p.column(n)
		if !ok {
			return nil
		}
		v.columns = []int{c}
		return v
	}
	before := len(p.wrong)
	given := map[string]ast.Node{}
	for _, e := range p.entries(n, "a value") {
		given[e.key] = e.value
		switch e.key {
		case "column":
			if c, ok := p.column(e.value); ok {
				v.columns = append(v.columns, c)
			}
		case "columns":
			for _, element := range nodesOf(e.value) {
				if c, ok := p.column(element); ok {
					v.columns = append(v.columns, c)
				}
			}
		case "join":
			v.join, _ = p.scalar(e.value) // it may be empty
		case "literal":
			v.literal, _ = p.text(e.value)
		case "values":
			v.words = map[string]string{}
			for _, w := range p.entries(e.value, "values") {
				v.words[w.key], _ = p.text(w.value)
			}
		case "split":
			v.split, _ = p.text(e.value)
		case "format":
			for _, s := range p.textsOf(e.value) {
				d, err := dateFormat(s)
				if err != nil {
					p.fail(e.value, "%s", messageOf(err))
				}
				v.dates = append(v.dates, d)
			}
		case "decimal":
			s, ok := p.text(e.value)
			if ok && s != "," && s != "." {
				p.fail(e.value, "decimal is \",\" or \".\"")
			}
			if s == "," {
				v.decimal = ','
			}
		default:
			p.unknown(e.at, "part of a value", e.key, []string{"column", "columns", "join", "literal", "values", "split", "format", "decimal"})
		}
	}
	if len(p.wrong) > before {
		return nil
	}
	p.checkValue(n, given, f)
	if len(p.wrong) > before {
		return nil
	}
	return v
}

// checkValue looks for parts of a value that do not go together.
func (p *planner) checkValue(n ast.Node, given map[string]ast.Node, f *csvField) {
	sources := 0
	for _, s := range []string{"column", "columns", "literal"} {
		if given[s] != nil {
			sources++
		}
	}
	switch {
	case sources != 1, given["columns"] != nil && len(nodesOf(given["columns"])) == 0:
		p.fail(n, "a value has a column, columns or a literal")
	case given["join"] != nil && given["columns"] == nil:
		p.fail(given["join"], "join joins columns")
	case given["split"] != nil && (f == nil || !f.list):
		p.fail(given["split"], "there is one value here: nothing to split")
	case given["format"] != nil && (f == nil || f.is != csvDay):
		p.fail(given["format"], "format is for dates")
	case given["decimal"] != nil && (f == nil || f.is != csvNumber):
		p.fail(given["decimal"], "decimal is for numbers")
	}
}

// collect lists the columns that a record uses.
func (p *planner) collect() {
	r := p.record
	values := slices.Clone(r.key)
	for _, u := range r.uses {
		values = append(values, u.value)
	}
	for _, q := range r.quotes {
		values = append(values, q.url, q.exact, q.prefix, q.suffix, q.assertedBy)
	}
	for _, v := range values {
		if v != nil {
			r.columns = append(r.columns, v.columns...)
		}
	}
}

// sort orders the records so that each stands behind those that it refers to.
func (p *planner) sort(at ast.Node) {
	state := make([]int, len(p.plan.records)) // 1: being looked at, 2: done
	var visit func(r *csvRecord)
	visit = func(r *csvRecord) {
		switch state[r.n] {
		case 1:
			p.fail(at, "%s refers to itself in a circle", r.name)
		case 0:
			state[r.n] = 1
			for _, u := range r.uses {
				for _, to := range u.refs {
					visit(to)
				}
			}
			for _, q := range r.quotes {
				if q.source != nil {
					visit(q.source)
				}
			}
			state[r.n] = 2
			p.plan.order = append(p.plan.order, r)
		}
	}
	for _, r := range p.plan.records {
		visit(r)
	}
}
