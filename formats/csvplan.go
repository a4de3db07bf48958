package formats

import (
	"slices"
	"strings"

	"dramatis/kg"
)

// csvPlan is a mapping for tables with certain columns.
type csvPlan struct {
	dataset, encoding string
	delimiter         byte     // 0 if it is to be told
	header            []string // of tables that have none
	ignored           []int
	records           []*csvRecord
	order             []*csvRecord // each behind those that it refers to
}

// csvRecord is a record that a row becomes.
type csvRecord struct {
	n      int // which it is
	name   string
	kind   *csvKind
	key    []*csvValue
	when   []csvWhen
	uses   []csvUse
	quotes []csvQuote
	// stub: it is only referred to, and made only if it is nowhere else.
	stub    bool
	columns []int // all that it uses
	// of neo4j-admin's tables: prefix is what its key begins with, if not with its kind; column that of its id; parallel: there may be
	// several that differ only in what has no place here.
	prefix   string
	column   int
	parallel bool
}

// csvWhen is a condition: one of these values stands in a column, or, if is is nil, anything.
type csvWhen struct {
	column int
	is     []string
}

func (w csvWhen) holds(row []string) bool {
	text := strings.TrimSpace(row[w.column])
	return w.is == nil && text != "" || slices.Contains(w.is, text)
}

// csvUse is a field of a record and where its value is from.
type csvUse struct {
	field *csvField
	by    string
	value *csvValue
	refs  []*csvRecord
}

// csvQuote is a piece of evidence: a source of the row or an address, and the words.
type csvQuote struct {
	source     *csvRecord
	url        *csvValue
	exact      *csvValue
	prefix     *csvValue
	suffix     *csvValue
	assertedBy *csvValue
}

// named tells whether it is known by a key, and shown by a name.
func (r *csvRecord) named() bool {
	return r.kind.class == kg.EntityClass || r.kind.class == kg.SourceClass
}

func (r *csvRecord) hasEvidence() bool {
	return r.kind.name == "Relationship" || r.kind.name == "Statement" || r.kind.name == "Event"
}
