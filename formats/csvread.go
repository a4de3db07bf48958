package formats

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"dramatis/kg"
)

// csvReader gives a target what the rows of a table become by a mapping.
type csvReader struct {
	*csvTable
	target  *Target
	plan    *csvPlan
	made    []csvMade // of the row, by the place of a record in the plan
	steps   []csvStep
	texts   []string
	rest    []bool   // columns that nothing uses
	aside   []bool   // columns of which something does not fit into the record that is being made
	split   []string // of columns that hold lists what separates them; nil if there are none
	dataset kg.ID
}

// csvMade is what became of a record of the plan in a row.
type csvMade struct {
	id  kg.ID
	key string
	is  bool
	// title is the key as a text, for want of a name.
	title string
	// why there is none, and the column that says so.
	why    string
	column int
}

// csvStep puts a value into a record that is being made.
type csvStep struct {
	field   *csvField
	by      string
	text    string
	columns []int
	in      bool // it fits
}

func newCSVReader(f *File, t *Target, table *csvTable) (*csvReader, error) {
	plan, err := planOf(f.Mapping.name, f.Mapping.text, table.header)
	if err != nil {
		return nil, err
	}
	r := &csvReader{csvTable: table, target: t, plan: plan, made: make([]csvMade, len(plan.records)), rest: make([]bool, len(table.header)), aside: make([]bool, len(table.header)), dataset: kg.DatasetID(f.Dataset)}
	if !f.named && slices.ContainsFunc(plan.records, func(r *csvRecord) bool { return r.stub }) {
		return nil, kg.Errorf(kg.BadUserInput, "%s refers to records of other tables: say in which dataset all of them are (dataset: NAME, or --dataset)", f.Mapping.name)
	}
	return r, t.Dataset(Place{File: f.Name}, f.Dataset)
}

// take takes a row.
func (r *csvReader) take(row []string) error {
	for _, record := range r.plan.order {
		r.made[record.n] = r.identify(record, row)
	}
	if first := r.made[0]; !first.is && first.why != "" {
		return r.target.Refuse(r.where(first.column), "%s", first.why)
	}
	r.findRest(row)
	for _, record := range r.plan.order {
		if r.made[record.n].is {
			if err := r.put(record, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// identify tells whether a row has a record, and its key.
func (r *csvReader) identify(record *csvRecord, row []string) csvMade {
	none := func(why string, column int) csvMade { return csvMade{why: record.name + why, column: column} }
	for _, w := range record.when {
		if !w.holds(row) {
			return csvMade{column: w.column}
		}
	}
	key := make([]string, 1, len(record.key)+1)
	if key[0] = record.prefix; key[0] == "" {
		key[0] = strings.ToLower(record.kind.name)
	}
	var title []string // the key without constants
	for _, v := range record.key {
		r.texts = v.texts(row, r.texts[:0])
		if len(r.texts) == 0 {
			return none(" has no key: "+r.header[v.columns[0]]+" is empty", v.columns[0])
		}
		key = append(key, r.texts[0])
		if len(v.columns) > 0 {
			title = append(title, r.texts[0])
		}
	}
	for i := range record.uses {
		if u := &record.uses[i]; u.field.needed {
			if u.value != nil {
				if r.texts = u.value.texts(row, r.texts[:0]); len(r.texts) == 0 {
					return none(" has no "+u.field.name, u.value.columns[0])
				}
			} else if !slices.ContainsFunc(u.refs, func(to *csvRecord) bool { return r.made[to.n].is }) {
				return none(" has no "+u.field.name+": "+r.made[u.refs[0].n].whyNot(u.refs[0]), r.made[u.refs[0].n].column)
			}
		}
	}
	m := csvMade{is: true, title: strings.Join(title, " ")}
	if title == nil {
		m.title = strings.Join(key[1:], " ")
	}
	if record.key == nil {
		m.key = r.keyOf(record, row)
	} else {
		for i := range key[1:] {
			key[1+i] = keyEscapes.Replace(key[1+i])
		}
		m.key = strings.Join(key, "/")
	}
	if len(m.key) > maxKey {
		return none(" has a key of more than 512 bytes", record.key[0].columnOr(-1))
	}
	m.id = kg.KeyID(record.kind.class, r.file.Dataset, m.key)
	if record.parallel && r.target.Has(m.id) {
		sum := sha256.Sum256([]byte(strings.Join(row, "\x00")))
		m.key += "/" + hex.EncodeToString(sum[:16])
		m.id = kg.KeyID(record.kind.class, r.file.Dataset, m.key)
	}
	return m
}

func (v *csvValue) columnOr(none int) int {
	if len(v.columns) == 0 {
		return none
	}
	return v.columns[0]
}

func (m *csvMade) whyNot(record *csvRecord) string {
	if m.why == "" {
		return "the row has no " + record.name
	}
	return m.why
}

// keyEscapes keep the parts of a key apart.
var keyEscapes = strings.NewReplacer("%", "%25", "/", "%2F")

// keyOf makes the key of a record that has none from what it says: of a relationship its type, ends, role, start and amount; of a
// statement its speakers, text and date. A relationship that reads the same from both ends has one key in both directions.
func (r *csvReader) keyOf(record *csvRecord, row []string) string {
	h := sha256.New()
	var ends []string
	symmetric := false
	for i := range record.uses {
		u := &record.uses[i]
		switch u.field.name {
		case "type", "from", "to", "role", "startDate", "amount", "currency", "speakers", "text", "date":
		default:
			continue
		}
		h.Write([]byte(u.field.name + "\x00"))
		if u.value != nil {
			r.texts = u.value.texts(row, r.texts[:0])
			for _, s := range r.texts {
				h.Write([]byte(s + "\x00"))
			}
			if u.field.name == "type" {
				t, err := chosen(r.texts[0], relationshipTypes()...)
				symmetric = err == nil && t.Rule().Symmetric
			}
		}
		for _, to := range u.refs {
			ends = append(ends, r.made[to.n].key)
		}
	}
	if symmetric {
		slices.Sort(ends)
	}
	h.Write([]byte(strings.Join(ends, "\x00")))
	return strings.ToLower(record.kind.name) + "/" + hex.EncodeToString(h.Sum(nil)[:16])
}

// findRest finds the columns that no record of the row uses.
func (r *csvReader) findRest(row []string) {
	for c := range r.rest {
		r.rest[c] = row[c] != ""
	}
	for _, c := range r.plan.ignored {
		r.rest[c] = false
	}
	for i, record := range r.plan.records {
		if r.made[i].is {
			for _, c := range record.columns {
				r.rest[c] = false
			}
		}
	}
}

// put makes a record and puts it.
func (r *csvReader) put(record *csvRecord, row []string) error {
	made := &r.made[record.n]
	at := r.where(-1)
	at.Key = made.title
	clear(r.aside)
	if err := r.prepare(record, row); err != nil {
		return err
	}
	evidence, err := r.evidence(record, row)
	if err != nil {
		return err
	}
	out, err := r.build(record, evidence)
	if err != nil {
		return err
	}
	if err := r.setAside(record, row, out); err != nil {
		return err
	}
	if record.stub {
		return r.target.Expect(at, out)
	}
	taken, again, err := r.target.PutOnce(at, out)
	switch {
	case err != nil:
		return err
	case again && record.n == 0 && !record.named():
		return r.target.Refuse(at, "%s says the same as one before", record.name)
	case !taken && !again:
		made.is = r.target.Has(made.id)
	}
	return nil
}

// maxOfField is how many values a field may have.
const maxOfField = 100

// prepare lists what is put into a record. What cannot be read is noted and set aside.
func (r *csvReader) prepare(record *csvRecord, row []string) error {
	r.steps = r.steps[:0]
	count, field := 0, (*csvField)(nil)
	for i := range record.uses {
		u := &record.uses[i]
		if u.field != field {
			count, field = 0, u.field
		}
		if u.value == nil {
			for _, to := range u.refs {
				if m := &r.made[to.n]; m.is {
					r.steps = append(r.steps, csvStep{field: u.field, text: string(m.id)})
				}
			}
			continue
		}
		r.texts = u.value.texts(row, r.texts[:0])
		for _, s := range r.texts {
			step := csvStep{field: u.field, by: u.by, text: s, columns: u.value.columns}
			var err error
			if step.text, err = u.value.as(u.field.is, s); err == nil && count == maxOfField {
				err = kg.Errorf(kg.BadUserInput, "is one of more than %d", maxOfField)
			}
			if err == nil {
				count++
				r.steps = append(r.steps, step)
				continue
			}
			if err := r.unfit(u.field.name, u.value.columns, s, err); err != nil {
				return err
			}
			if count == maxOfField {
				break
			}
		}
	}
	return nil
}

// unfit notes that a value does not fit, and sets its cells aside.
func (r *csvReader) unfit(field string, columns []int, s string, why error) error {
	at := r.where(-1)
	if len(columns) > 0 {
		at = r.where(columns[0])
		for _, c := range columns {
			r.aside[c] = true
		}
	}
	return r.target.Change(at, "%s: %q %s; it is kept aside", field, clipped(s), strings.TrimPrefix(whatOf(why), field+" "))
}

// whatOf is what a check says is wrong, without the record.
func whatOf(err error) string {
	message := messageOf(err)
	if _, what, ok := strings.Cut(message, `": `); ok && strings.Contains(message, `_`) {
		return what
	}
	return message
}

// build makes a record of the steps, without those that make it ill-formed.
func (r *csvReader) build(record *csvRecord, evidence []kg.Evidence) (kg.Record, error) {
	for i := range r.steps {
		r.steps[i].in = true
	}
	out, err := r.attempt(record, evidence)
	if err == nil {
		return out, r.lacks(record)
	}
	for i := range r.steps {
		r.steps[i].in = r.steps[i].field.needed
	}
	if out, err := r.attempt(record, evidence); err != nil {
		return out, nil // it is for the target to refuse it
	}
	for i := range r.steps {
		step := &r.steps[i]
		if step.in {
			continue
		}
		step.in = true
		if _, err := r.attempt(record, evidence); err != nil {
			step.in = false
			if err := r.unfit(step.field.name, step.columns, step.text, err); err != nil {
				return nil, err
			}
		}
	}
	if out, err = r.attempt(record, evidence); err != nil {
		return nil, err
	}
	return out, r.lacks(record)
}

// attempt makes a record of the steps that are in.
func (r *csvReader) attempt(record *csvRecord, evidence []kg.Evidence) (kg.Record, error) {
	made := &r.made[record.n]
	out := record.kind.blank()
	meta := kg.Meta{ID: made.id, Dataset: r.dataset, Key: made.key}
	var wrong error
	for i := range r.steps {
		if s := &r.steps[i]; s.in {
			if err := s.field.set(out, s.by, s.text); err != nil && wrong == nil {
				wrong = err
			}
		}
	}
	switch out := out.(type) {
	case kg.Entity:
		t := out.Common()
		if t.Meta = meta; t.Name == "" {
			t.Name = made.title
		}
		if e, ok := out.(*kg.Event); ok {
			e.Evidence = evidence
		}
	case *kg.Source:
		if out.Meta = meta; out.Title == "" {
			out.Title = made.title
		}
	case *kg.Relationship:
		out.Meta, out.Evidence = meta, evidence
		if out.Amount != nil && !slices.ContainsFunc(r.steps, func(s csvStep) bool { return s.in && s.field.name == "amount" }) {
			out.Amount = nil
		}
	case *kg.Statement:
		out.Meta, out.Evidence = meta, evidence
	}
	if wrong == nil {
		wrong = kg.Normalize(out)
	}
	return out, wrong
}

// lacks notes that a record has no name, and sets aside a currency for which there is no amount.
func (r *csvReader) lacks(record *csvRecord) error {
	has := func(field string) int {
		return slices.IndexFunc(r.steps, func(s csvStep) bool { return s.in && s.field.name == field })
	}
	if i := has("currency"); i >= 0 && has("amount") < 0 {
		for _, c := range r.steps[i].columns {
			r.aside[c] = true
		}
	}
	if name := record.kind.fields[0].name; record.named() && !record.stub && has(name) < 0 {
		return r.target.Change(r.where(-1), "%s has no %s; its key, %q, stands for it", record.name, name, clipped(r.made[record.n].title))
	}
	return nil
}

// setAside keeps cells with a record: those that do not fit, and, with the first record of the row, those that nothing uses.
func (r *csvReader) setAside(record *csvRecord, row []string, out kg.Record) error {
	home := slices.IndexFunc(r.plan.records, func(record *csvRecord) bool { return r.made[record.n].is && !record.stub }) == record.n
	var extra []kg.Extra
	size := 0
	for c, name := range r.header {
		if row[c] == "" || !r.aside[c] && !(home && r.rest[c]) {
			continue
		}
		if size += len(name) + len(row[c]); size > maxExtra {
			size -= len(name) + len(row[c])
			if err := r.target.Change(r.where(c), "%s is left out: there is no more room to keep it aside", name); err != nil {
				return err
			}
			continue
		}
		values := []string{row[c]}
		if r.split != nil && r.split[c] != "" {
			values = slices.DeleteFunc(strings.Split(row[c], r.split[c]), func(s string) bool { return s == "" })
		}
		if len(values) > 0 {
			extra = append(extra, kg.Extra{Name: name, Values: values})
		}
	}
	if extra != nil {
		kg.SetExtra(out, extra)
	}
	return nil
}

// evidence makes the evidence of a record, and the sources that it knows only by their addresses.
func (r *csvReader) evidence(record *csvRecord, row []string) ([]kg.Evidence, error) {
	var list []kg.Evidence
	for i := range record.quotes {
		q := &record.quotes[i]
		e := kg.Evidence{Method: kg.Import}
		for _, part := range []struct {
			name string
			from *csvValue
			to   *string
			most int
		}{{"exact", q.exact, &e.Exact, 20_000}, {"prefix", q.prefix, &e.Prefix, 1000}, {"suffix", q.suffix, &e.Suffix, 1000}, {"assertedBy", q.assertedBy, &e.AssertedBy, 1000}} {
			if part.from == nil {
				continue
			}
			r.texts = part.from.texts(row, r.texts[:0])
			if len(r.texts) == 0 {
				continue
			}
			if s := r.texts[0]; len(s) <= part.most {
				*part.to = s
			} else if err := r.unfit(part.name, part.from.columns, s, kg.Errorf(kg.BadUserInput, "is longer than %d bytes", part.most)); err != nil {
				return nil, err
			}
		}
		if q.source != nil {
			if m := r.made[q.source.n]; m.is {
				e.Source = m.id
				list = append(list, e)
			}
			continue
		}
		r.texts = q.url.texts(row, r.texts[:0])
		for _, url := range r.texts {
			id, err := r.sourceAt(url, q.url)
			if err != nil {
				return nil, err
			}
			if e.Source = id; id != "" && len(list) < maxOfField {
				list = append(list, e)
			}
		}
	}
	return list, nil
}

// sourceAt makes the source of an address, which is one for the dataset; "" if it is none.
func (r *csvReader) sourceAt(url string, from *csvValue) (kg.ID, error) {
	key := "source/" + keyEscapes.Replace(url)
	if len(key) > maxKey {
		return "", r.unfit("url", from.columns, url, kg.Errorf(kg.BadUserInput, "is longer than a key can be"))
	}
	id := kg.KeyID(kg.SourceClass, r.file.Dataset, key)
	if r.target.Has(id) {
		return id, nil
	}
	taken, err := r.target.Put(r.where(from.columnOr(-1)), &kg.Source{Meta: kg.Meta{ID: id, Dataset: r.dataset, Key: key}, Title: url, URL: url})
	if !taken {
		id = ""
	}
	return id, err
}
