package kg

import "time"

// Evidence is where something is written: the exact words in a source (W3C Web Annotation TextQuoteSelector and
// TextPositionSelector). It is a value of its record.
type Evidence struct {
	Source ID `json:"source"`
	// Exact are the words; Prefix and Suffix what stands before and behind them, to find them again if the text moves.
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	// Start and End are where the words stand in the source's text, in Unicode code points, End exclusive.
	Start *int `json:"start,omitempty"`
	End   *int `json:"end,omitempty"`
	// AttributedTo is the statement by which the source knows it, where it only reports somebody's claim.
	AttributedTo ID             `json:"attributedTo,omitempty"`
	AssertedBy   string         `json:"assertedBy,omitempty"`
	AssertedAt   time.Time      `json:"assertedAt,omitzero"`
	Method       EvidenceMethod `json:"method"`
}

// EvidenceMethod says how a piece of evidence came to be asserted.
type EvidenceMethod string

// The methods: read by a person, brought by an import, found by a program.
const (
	Human     EvidenceMethod = "HUMAN"
	Import    EvidenceMethod = "IMPORT"
	Extractor EvidenceMethod = "EXTRACTOR"
)

func evidenceReferences(list []Evidence, f func(Facet, ...ID)) {
	var sources, claims []ID
	for _, e := range list {
		sources = append(sources, e.Source)
		if e.AttributedTo != "" {
			claims = append(claims, e.AttributedTo)
		}
	}
	f(EvidenceSource, unique(sources)...)
	f(EvidenceClaim, unique(claims)...)
}

func normalizeEvidence(list []Evidence) {
	for i := range list {
		if list[i].Method == "" {
			list[i].Method = Import
		}
		list[i].AssertedAt = list[i].AssertedAt.UTC().Truncate(time.Millisecond)
	}
}

func checkEvidence(c *checker, list []Evidence) {
	c.count("evidence", len(list), 100)
	for i, e := range list {
		c.in("evidence", i, func() {
			c.id("source", SourceClass, e.Source, true)
			c.id("attributedTo", StatementClass, e.AttributedTo, false)
			c.text("exact", e.Exact, 0, 20_000)
			c.text("prefix", e.Prefix, 0, 1000)
			c.text("suffix", e.Suffix, 0, 1000)
			c.text("assertedBy", e.AssertedBy, 0, 1000)
			checkEnum(c, "method", e.Method, Human, Import, Extractor)
			c.position(e.Start, e.End)
			if year := e.AssertedAt.UTC().Year(); year < 1 || year > 9999 {
				c.fail("assertedAt", "is not in the years 1 to 9999")
			}
		})
	}
}

// place orders evidence by where it stands in its source; what has no position comes last.
func (e Evidence) place() int {
	if e.Start == nil {
		return maxPosition
	}
	return *e.Start
}
