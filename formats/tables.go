package formats

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dramatis/kg"
)

// Tables are CSV (RFC 4180) in UTF-8, the names of the columns in the first row. What is not known is an empty cell; several values
// stand in one, with "; " between. Whom a record refers to stands with id and name.

// tableFormat is a table as a format.
func tableFormat(name, title string, classes []kg.Class, columns string, needs func(kg.Record) []kg.ID, rows func(kg.Record, glimpses) [][]string) Format {
	return Format{Name: name, Title: title, Classes: classes, Extension: ".csv", MediaType: "text/csv",
		Write: func(w io.Writer, o WriteOptions) Writer {
			t := &table{w: bufio.NewWriter(w), safe: o.SafeCells, classes: classes, needs: needs, rows: rows}
			t.line = csv.NewWriter(&t.text)
			t.gathering = gathering{find: o.Find, give: t.give}
			t.err = t.row(strings.Fields(columns))
			return t
		}}
}

var tableFormats = []Format{
	tableFormat("csv-entities", "CSV for spreadsheets: entities", []kg.Class{kg.EntityClass},
		"id type name other_names kind classification description start_date end_date countries gender latitude longitude status outcome about_ids about identifiers links stub dataset", entityNeeds, entityRows),
	tableFormat("csv-relationships", "CSV for spreadsheets: relationships", []kg.Class{kg.RelationshipClass},
		"id from_id from_type from_name type reads role to_id to_type to_name start_date end_date amount currency evidence dataset", relationshipNeeds, relationshipRows),
	tableFormat("csv-statements", "CSV for spreadsheets: statements", []kg.Class{kg.StatementClass},
		"id date kind speaker_ids speakers on_behalf_of_ids on_behalf_of text about_ids about audience_ids audience event_id event medium source_id source_title source_url quote evidence dataset", statementNeeds, statementRows),
	tableFormat("csv-evidence", "CSV for spreadsheets: the words that say so, of events, relationships and statements", []kg.Class{kg.EntityClass, kg.RelationshipClass, kg.StatementClass},
		"record_id record says source_id source_title source_url source_published quote start end attributed_to_id asserted_by asserted_at method", evidenceNeeds, evidenceRows),
}

// table writes CSV.
type table struct {
	gathering
	w       *bufio.Writer
	line    *csv.Writer
	text    bytes.Buffer // of a row
	safe    bool
	classes []kg.Class
	needs   func(kg.Record) []kg.ID // what the rows of a record name; nil if it has none
	rows    func(kg.Record, glimpses) [][]string
	err     error
}

// Write writes the rows of a record of the table's classes, or lets it wait for others.
func (t *table) Write(r kg.Record) error {
	if t.err != nil || !slices.Contains(t.classes, r.GetID().Class()) {
		return t.err
	}
	if needs := t.needs(r); needs != nil {
		t.err = t.gather(r, needs)
	}
	return t.err
}

func (t *table) give(r kg.Record, there glimpses) error {
	for _, row := range t.rows(r, there) {
		if err := t.row(row); err != nil {
			return err
		}
	}
	return nil
}

// row writes one row. It ends with CR LF; line breaks within its cells stay what they are, which csv.Writer's UseCRLF would change.
func (t *table) row(cells []string) error {
	if t.safe {
		for i, c := range cells {
			cells[i] = safeCell(c)
		}
	}
	t.text.Reset()
	if err := t.line.Write(cells); err != nil {
		return err
	}
	t.line.Flush()
	t.text.Truncate(t.text.Len() - len("\n"))
	t.text.WriteString("\r\n")
	_, err := t.w.Write(t.text.Bytes())
	return err
}

// Close writes what waits.
func (t *table) Close() error {
	if t.err == nil {
		t.err = t.flush()
	}
	if t.err == nil {
		t.err = t.w.Flush()
	}
	return t.err
}

// formulaStart are the characters by which spreadsheets take a cell for a formula (OWASP, "CSV injection"), in their full width too.
const formulaStart = "=+-@\t\r\n＝＋－＠"

var negativeNumber = regexp.MustCompile(`^-[0-9]+(\.[0-9]+)?$`)

// safeCell puts an apostrophe before a text that a spreadsheet might take for a formula, also one with spaces before it. Negative
// numbers stay numbers.
func safeCell(text string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \u00a0\ufeff"))
	if !strings.ContainsRune(formulaStart, first) || negativeNumber.MatchString(text) {
		return text
	}
	return "'" + text
}

func entityNeeds(r kg.Record) []kg.ID {
	ids := []kg.ID{kg.MetaOf(r).Dataset}
	if e, ok := r.(*kg.Event); ok {
		ids = append(ids, e.About...)
	}
	return ids
}

func entityRows(r kg.Record, there glimpses) [][]string {
	e := r.(kg.Entity)
	t := e.Common()
	var kind, classification, gender, latitude, longitude, status, outcome string
	var start, end kg.PartialDate
	var countries []string
	var about []kg.ID
	country := func(code string) {
		if code != "" {
			countries = []string{code}
		}
	}
	switch e := e.(type) {
	case *kg.Person:
		gender, countries, start, end = e.Gender, e.Countries, e.BirthDate, e.DeathDate
	case *kg.Organization:
		kind, classification, start, end = string(e.Kind), e.Classification, e.FoundingDate, e.DissolutionDate
		country(e.Country)
	case *kg.Position:
		country(e.Country)
	case *kg.Place:
		classification, latitude, longitude = e.Classification, decimalDegrees(e.Latitude), decimalDegrees(e.Longitude)
		country(e.Country)
	case *kg.Event:
		kind, start, end, status, outcome, about = e.Kind, e.StartDate, e.EndDate, string(e.Status), e.Outcome, e.About
	}
	names := each(t.Names, func(n kg.Name) string { return n.Value })
	identifiers := each(t.Identifiers, func(i kg.Identifier) string { return i.Scheme + ":" + i.Value })
	links := each(t.Links, func(l kg.Link) string { return l.URL })
	return [][]string{{string(t.ID), string(e.Type()), t.Name, several(names), kind, classification, t.Description, string(start), string(end), several(countries),
		gender, latitude, longitude, status, outcome, idsIn(about), there.names(about), several(identifiers), several(links), yes(t.Stub), there[t.Dataset].name}}
}

func relationshipNeeds(r kg.Record) []kg.ID {
	rel := r.(*kg.Relationship)
	return []kg.ID{rel.From, rel.To, rel.Dataset}
}

func relationshipRows(r kg.Record, there glimpses) [][]string {
	rel := r.(*kg.Relationship)
	var amount, currency string
	if rel.Amount != nil {
		amount, currency = decimalOf(rel.Amount), rel.Amount.Currency
	}
	from, to := there[rel.From], there[rel.To]
	return [][]string{{string(rel.ID), string(rel.From), string(from.entity), from.name, string(rel.Type), rel.Type.Rule().Forwards, rel.Role,
		string(rel.To), string(to.entity), to.name, string(rel.StartDate), string(rel.EndDate), amount, currency, strconv.Itoa(len(rel.Evidence)), there[rel.Dataset].name}}
}

func statementNeeds(r kg.Record) []kg.ID {
	s := r.(*kg.Statement)
	ids := slices.Concat(s.Speakers, s.OnBehalfOf, s.About, s.Audience, []kg.ID{s.Dataset})
	if s.AtEvent != "" {
		ids = append(ids, s.AtEvent)
	}
	if len(s.Evidence) > 0 {
		ids = append(ids, s.Evidence[0].Source)
	}
	return ids
}

func statementRows(r kg.Record, there glimpses) [][]string {
	s := r.(*kg.Statement)
	var source, quote string
	var seen glimpse
	if len(s.Evidence) > 0 {
		source, quote, seen = string(s.Evidence[0].Source), s.Evidence[0].Exact, there[s.Evidence[0].Source]
	}
	return [][]string{{string(s.ID), string(s.Date), string(s.Kind), idsIn(s.Speakers), there.names(s.Speakers), idsIn(s.OnBehalfOf), there.names(s.OnBehalfOf), s.Text,
		idsIn(s.About), there.names(s.About), idsIn(s.Audience), there.names(s.Audience), string(s.AtEvent), there[s.AtEvent].name, s.Medium,
		source, seen.name, seen.url, quote, strconv.Itoa(len(s.Evidence)), there[s.Dataset].name}}
}

func evidenceNeeds(r kg.Record) (ids []kg.ID) {
	for _, e := range kg.Evidences(r) {
		ids = append(ids, e.Source)
	}
	if ids == nil {
		return nil
	}
	switch r := r.(type) {
	case *kg.Relationship:
		ids = append(ids, r.From, r.To)
	case *kg.Statement:
		ids = append(ids, r.Speakers...)
	}
	return ids
}

// evidenceRows have what a record says in words: an event's name, "A is a member of B (role)", "A: text".
func evidenceRows(r kg.Record, there glimpses) (rows [][]string) {
	var says string
	switch r := r.(type) {
	case *kg.Event:
		says = r.Name
	case *kg.Relationship:
		says = there[r.From].name + " " + r.Type.Rule().Forwards + " " + there[r.To].name
		if r.Role != "" {
			says += " (" + r.Role + ")"
		}
	case *kg.Statement:
		says = there.names(r.Speakers) + ": " + r.Text
	}
	for _, e := range kg.Evidences(r) {
		asserted := ""
		if !e.AssertedAt.IsZero() {
			asserted = e.AssertedAt.Format(time.RFC3339Nano)
		}
		s := there[e.Source]
		rows = append(rows, []string{string(r.GetID()), kg.KindOf(r), says, string(e.Source), s.name, s.url, s.published, e.Exact,
			whole(e.Start), whole(e.End), string(e.AttributedTo), e.AssertedBy, asserted, string(e.Method)})
	}
	return rows
}

func several(texts []string) string { return strings.Join(texts, "; ") }

func each[T any](list []T, text func(T) string) []string {
	texts := make([]string, len(list))
	for i := range list {
		texts[i] = text(list[i])
	}
	return texts
}

func idsIn(ids []kg.ID) string {
	return several(each(ids, func(id kg.ID) string { return string(id) }))
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func decimalDegrees(d *float64) string {
	if d == nil {
		return ""
	}
	return strconv.FormatFloat(*d, 'f', -1, 64)
}
