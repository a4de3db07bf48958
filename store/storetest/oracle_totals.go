package storetest

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"dramatis/kg"
)

// mostFirst puts how often each value comes in order: most first, then by value, up to a number of them.
func mostFirst[V cmp.Ordered](values []V, most int) []kg.FacetCount[V] {
	times := map[V]int{}
	for _, v := range values {
		times[v]++
	}
	list := []kg.FacetCount[V]{}
	for _, v := range slices.Collect(maps.Keys(times)) {
		list = append(list, kg.FacetCount[V]{Value: v, Count: times[v]})
	}
	slices.SortFunc(list, func(a, b kg.FacetCount[V]) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value)) })
	return list[:min(most, len(list))]
}

// all is as many as there are.
const all = eternity

// entityTotals is what kg.EntityCounts tells.
type entityTotals struct {
	Count int
	Types []kg.FacetCount[kg.EntityType]
	Kinds []kg.FacetCount[kg.OrganizationKind]
	Most  []kg.Connected
}

// EntityTotals answers kg.CountEntities, and MostConnected.
func (o *Oracle) EntityTotals(f *kg.EntityFilter, first int) entityTotals {
	chosen := o.Entities(f, nil)
	var types []kg.EntityType
	var kinds []kg.OrganizationKind
	var ends []kg.ID
	for _, r := range chosen {
		types = append(types, r.(kg.Entity).Type())
		if organization, ok := r.(*kg.Organization); ok {
			kinds = append(kinds, organization.Kind)
		}
		for _, other := range o.records {
			if link, ok := other.(*kg.Relationship); ok {
				for _, end := range []kg.ID{link.From, link.To} {
					if end == r.GetID() {
						ends = append(ends, end)
					}
				}
			}
		}
	}
	most := []kg.Connected{}
	for _, m := range mostFirst(ends, first) {
		most = append(most, kg.Connected{ID: m.Value, Degree: m.Count, Types: o.RelationshipCounts(m.Value)})
	}
	return entityTotals{len(chosen), mostFirst(types, all), mostFirst(kinds, all), most}
}

// statementTotals is what kg.StatementCounts tells.
type statementTotals struct {
	Count                          int
	Speakers, OnBehalfOf, Subjects []kg.FacetCount[kg.ID]
	Kinds                          []kg.FacetCount[kg.StatementKind]
	Months                         []kg.FacetCount[kg.PartialDate]
}

// StatementTotals answers kg.CountStatements.
func (o *Oracle) StatementTotals(f *kg.StatementFilter, asOf kg.AsOf) statementTotals {
	chosen := o.Statements(f, asOf, nil)
	var speakers, sides, subjects []kg.ID
	var kinds []kg.StatementKind
	var months []kg.PartialDate
	for _, r := range chosen {
		s := r.(*kg.Statement)
		speakers, sides, subjects, kinds = append(speakers, s.Speakers...), append(sides, s.OnBehalfOf...), append(subjects, s.About...), append(kinds, s.Kind)
		if on, known := daysOf(s.Date); known {
			month := dayText(on.first)[:7]
			if dayText(on.last)[:7] != month {
				month = month[:4]
			}
			months = append(months, kg.PartialDate(month))
		}
	}
	t := statementTotals{len(chosen), mostFirst(speakers, 100), mostFirst(sides, 100), mostFirst(subjects, 100), mostFirst(kinds, all), mostFirst(months, all)}
	slices.SortFunc(t.Months, func(a, b kg.FacetCount[kg.PartialDate]) int { return cmp.Compare(a.Value, b.Value) })
	return t
}

// Matrix answers kg.StatementCounts.Matrix.
func (o *Oracle) Matrix(f *kg.StatementFilter, asOf kg.AsOf, rows, columns int, onBehalfOf bool) kg.Matrix {
	chosen := o.Statements(f, asOf, nil)
	by := func(s *kg.Statement) []kg.ID {
		if onBehalfOf {
			return slices.Concat(s.Speakers, s.OnBehalfOf)
		}
		return s.Speakers
	}
	var speakers, subjects []kg.ID
	for _, r := range chosen {
		s := r.(*kg.Statement)
		speakers, subjects = append(speakers, by(s)...), append(subjects, s.About...)
	}
	m := kg.Matrix{Columns: mostFirst(subjects, columns)}
	for _, who := range mostFirst(speakers, rows) {
		row := kg.MatrixRow{FacetCount: who}
		for _, whom := range m.Columns {
			n := 0
			for _, r := range chosen {
				s := r.(*kg.Statement)
				n += truth(slices.Contains(by(s), who.Value) && slices.Contains(s.About, whom.Value))
			}
			row.Counts = append(row.Counts, n)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// relationshipTotals is what kg.RelationshipTotals tells.
type relationshipTotals struct {
	Count int
	Types []kg.FacetCount[kg.RelationshipType]
}

// RelationshipTotals answers kg.CountRelationships.
func (o *Oracle) RelationshipTotals(f *kg.RelationshipFilter, asOf kg.AsOf) relationshipTotals {
	var types []kg.RelationshipType
	for _, r := range o.Relationships(f, asOf, nil) {
		types = append(types, r.(*kg.Relationship).Type)
	}
	return relationshipTotals{len(types), mostFirst(types, all)}
}

// Payments answers kg.SumPayments.
func (o *Oracle) Payments(f *kg.RelationshipFilter, asOf kg.AsOf, by kg.PaymentsBy, first int) []kg.PaymentSum {
	type total struct {
		kg.PaymentSum
		exact *big.Int // nil where no amount is known
	}
	var totals []*total
	for _, r := range o.Relationships(f, asOf, nil) {
		paid := r.(*kg.Relationship)
		if paid.Type != kg.Paid {
			continue
		}
		t := &total{}
		if by == kg.ByPayer || by == kg.ByPayerAndPayee {
			t.Payer = paid.From
		}
		if by == kg.ByPayee || by == kg.ByPayerAndPayee {
			t.Payee = paid.To
		}
		if paid.Amount != nil {
			t.Currency, t.exact = paid.Amount.Currency, new(big.Int)
		}
		at := slices.IndexFunc(totals, func(other *total) bool {
			return other.Payer == t.Payer && other.Payee == t.Payee && other.Currency == t.Currency
		})
		if at < 0 {
			at, totals = len(totals), append(totals, t)
		}
		totals[at].Count++
		if paid.Amount != nil {
			totals[at].exact.Add(totals[at].exact, big.NewInt(paid.Amount.Minor))
		}
	}
	slices.SortFunc(totals, func(a, b *total) int {
		larger := truth(a.exact == nil) - truth(b.exact == nil)
		if a.exact != nil && b.exact != nil {
			larger = b.exact.Cmp(a.exact)
		}
		return cmp.Or(larger, cmp.Compare(a.Payer, b.Payer), cmp.Compare(a.Payee, b.Payee), cmp.Compare(a.Currency, b.Currency))
	})
	var sums []kg.PaymentSum
	for _, t := range totals[:min(first, len(totals))] {
		if t.exact != nil && t.exact.IsInt64() {
			t.Minor = ptr(t.exact.Int64())
		}
		sums = append(sums, t.PaymentSum)
	}
	return sums
}
