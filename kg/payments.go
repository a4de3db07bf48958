package kg

import (
	"cmp"
	"context"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// RelationshipTotals counts the relationships that a filter chooses.
type RelationshipTotals struct {
	Count int
	// Types: most first.
	Types []FacetCount[RelationshipType]
	// Cut: there are more than ReadLimit, of which the first were counted. Without a filter all is exact.
	Cut bool
}

// CountRelationships counts the relationships that a filter chooses.
func CountRelationships(ctx context.Context, store Store, f *RelationshipFilter, asOf AsOf) (*RelationshipTotals, error) {
	l, err := Relationships(f, asOf, nil)
	if err != nil {
		return nil, err
	}
	c, types := &RelationshipTotals{}, map[RelationshipType]int{}
	if l.keys[0].Facet == All && !l.query.Filtered() {
		keys := make([]Key, len(RelationshipRules))
		for i, rule := range RelationshipRules {
			keys[i] = Key{RelationshipTypeFacet, string(rule.Type)}
		}
		counts, err := store.Count(ctx, keys)
		for i, n := range counts {
			if c.Count += n; n > 0 {
				types[RelationshipRules[i].Type] = n
			}
		}
		c.Types = tallied(types)
		return c, err
	}
	records, cut, err := readWhole(ctx, store, l)
	if err != nil {
		return nil, err
	}
	c.Count, c.Cut = len(records), cut
	for _, r := range records {
		types[r.(*Relationship).Type]++
	}
	c.Types = tallied(types)
	return c, nil
}

// PaymentsBy says what payments are added up by.
type PaymentsBy string

// The sides of payments.
const (
	ByPayer         PaymentsBy = "PAYER"
	ByPayee         PaymentsBy = "PAYEE"
	ByPayerAndPayee PaymentsBy = "PAYER_AND_PAYEE"
)

// Payments are sums of the amounts of PAID relationships.
type Payments struct {
	// Sums: the largest first, whatever the currency, those of no amount last; then by payer, payee and currency.
	Sums []PaymentSum
	// Cut: there are more than ReadLimit payments, of which the first were added up.
	Cut bool
}

// PaymentSum is what somebody paid, was paid, or paid somebody.
type PaymentSum struct {
	// Payer and Payee: empty is all.
	Payer, Payee ID
	// Currency is empty for payments of which no amount is known.
	Currency string
	// Minor is the sum in the smallest unit; nil if it is not known or does not fit.
	Minor *int64
	// Count is how many payments there are.
	Count int
}

// SumPayments adds up the PAID relationships that a filter chooses; first is from 1 to MaxCounts.
func SumPayments(ctx context.Context, store Store, f *RelationshipFilter, asOf AsOf, by PaymentsBy, first int) (*Payments, error) {
	if first < 1 || first > MaxCounts {
		return nil, Errorf(BadUserInput, "first must be from 1 to %d, not %d", MaxCounts, first)
	}
	paid := RelationshipFilter{}
	if f != nil {
		paid = *f
	}
	if len(paid.Types) > 0 && !slices.Contains(paid.Types, Paid) {
		return &Payments{}, nil
	}
	if paid.Types == nil || len(paid.Types) > 0 {
		paid.Types = []RelationshipType{Paid}
	}
	l, err := Relationships(&paid, asOf, nil)
	if err != nil {
		return nil, err
	}
	records, cut, err := readWhole(ctx, store, l)
	if err != nil {
		return nil, err
	}
	sums := map[PaymentSum]*payments{}
	for _, r := range records {
		link := r.(*Relationship)
		var of PaymentSum
		if by != ByPayee {
			of.Payer = link.From
		}
		if by != ByPayer {
			of.Payee = link.To
		}
		if link.Amount != nil {
			of.Currency = link.Amount.Currency
		}
		sum := sums[of]
		if sum == nil {
			sum = &payments{}
			sums[of] = sum
		}
		sum.count++
		if link.Amount != nil {
			sum.minor.Add(&sum.minor, big.NewInt(link.Amount.Minor))
		}
	}
	unknown := func(s PaymentSum) int {
		if s.Currency == "" {
			return 1
		}
		return 0
	}
	of := slices.SortedFunc(maps.Keys(sums), func(a, b PaymentSum) int {
		return cmp.Or(cmp.Compare(unknown(a), unknown(b)), sums[b].minor.Cmp(&sums[a].minor), strings.Compare(string(a.Payer), string(b.Payer)),
			strings.Compare(string(a.Payee), string(b.Payee)), strings.Compare(a.Currency, b.Currency))
	})
	out := &Payments{Cut: cut}
	for _, s := range of[:min(len(of), first)] {
		sum := sums[s]
		s.Count = sum.count
		if s.Currency != "" && sum.minor.IsInt64() {
			minor := sum.minor.Int64()
			s.Minor = &minor
		}
		out.Sums = append(out.Sums, s)
	}
	return out, nil
}

// payments are added up exactly: with amounts of both signs a sum can leave the 64 bits and come back.
type payments struct {
	minor big.Int
	count int
}
