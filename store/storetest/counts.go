package storetest

import (
	"slices"

	"dramatis/kg"
)

var countTests = []test{
	{"keys in any order, doubles and absent ones", func(b *bench) {
		b.put(sample()...)
		counts, err := b.store.Count(b.ctx, []kg.Key{
			{Facet: kg.RelationshipTo, Value: string(entID("nato"))},
			{Facet: kg.All, Value: string(kg.EntityClass)},
			{Facet: kg.RelationshipTo, Value: string(entID("nobody"))},
			{Facet: kg.RelationshipTo, Value: string(entID("nato"))},
			{Facet: kg.EntityTypeFacet, Value: string(kg.PersonType)},
		})
		if want := []int{3, 10, 0, 3, 3}; err != nil || !slices.Equal(counts[1:2], want[1:2]) || counts[2] != 0 || counts[0] != counts[3] || counts[4] != 3 {
			b.Errorf("got %v, %v; want %v", counts, err, want)
		}
	}},
	{"nothing asked for", func(b *bench) {
		counts, err := b.store.Count(b.ctx, nil)
		if err != nil || len(counts) != 0 {
			b.Errorf("got %v, %v", counts, err)
		}
	}},
	{"what is not counted is INTERNAL", func(b *bench) {
		for f, info := range kg.Facets {
			facet := kg.Facet(f)
			if facet == kg.NoFacet {
				continue
			}
			_, err := b.store.Count(b.ctx, []kg.Key{{Facet: facet, Value: "x"}})
			if want := map[bool]kg.Code{true: "", false: kg.Internal}[info.Counted]; kg.CodeOf(err) != want {
				b.Errorf("%s: got %v, want %q", info.Name, err, want)
			}
		}
	}},
	{"counts follow every change", func(b *bench) {
		all := func(want map[kg.Class]int) {
			b.Helper()
			for _, class := range kg.Classes {
				if n, exact := b.count(kg.AllOf(class), nil); n != want[class] || !exact {
					b.Errorf("%s: %d (exactly: %t), want %d", class, n, exact, want[class])
				}
			}
		}
		b.put(sample()...)
		all(map[kg.Class]int{kg.DatasetClass: 2, kg.EntityClass: 10, kg.RelationshipClass: 5, kg.StatementClass: 3, kg.SourceClass: 2, kg.MentionClass: 4})
		b.put(sample()...)
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: relID("loop")}, {ID: entID("anna"), Cascade: true}}})
		all(map[kg.Class]int{kg.DatasetClass: 2, kg.EntityClass: 9, kg.RelationshipClass: 2, kg.StatementClass: 1, kg.SourceClass: 2, kg.MentionClass: 2})
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: kg.DatasetID(testSet), Cascade: true}, {ID: kg.DatasetID("second"), Cascade: true}}, Dataset: dataset("third")})
		all(map[kg.Class]int{kg.DatasetClass: 1})
	}},
	{"relationships by type, with self-loops and symmetric types", func(b *bench) {
		b.put(sample()...)
		for id, want := range map[string][]kg.RelationshipCount{
			"nato": {{Type: kg.Leads, In: 1, Total: 1}, {Type: kg.AlliedWith, Out: 2, In: 2, Total: 2}, {Type: kg.Supports, In: 1, Total: 1},
				{Type: kg.Sanctions, Out: 1, Total: 1}},
			"anna":   {{Type: kg.Leads, Out: 1, Total: 1}, {Type: kg.Sanctions, In: 1, Total: 1}},
			"russia": {{Type: kg.AlliedWith, Out: 1, In: 1, Total: 1}},
			"carl":   {},
		} {
			counts, err := b.store.Count(b.ctx, kg.CountKeys(entID(id)))
			if err != nil {
				b.Fatal(err)
			}
			if got := kg.RelationshipCounts(counts); !slices.Equal(got, want) {
				b.Errorf("%s: got %v, want %v", id, got, want)
			}
		}
	}},
	{"self-loops of types that are not symmetric", func(b *bench) {
		b.put(body("o", "O"), link("l1", kg.PartOf, "o", "o"), link("l2", kg.AlliedWith, "o", "o"), link("l3", kg.OtherLink, "o", "o"))
		for _, d := range []kg.Direction{kg.Out, kg.In, kg.AnyDirection} {
			for _, types := range [][]kg.RelationshipType{nil, {kg.PartOf}, {kg.AlliedWith}, {kg.PartOf, kg.AlliedWith}} {
				l, err := kg.RelationshipsOf(entID("o"), &kg.RelationshipFilter{Types: types}, d, kg.AsOf{}, nil)
				want := len(types)
				if types == nil {
					want = 3
				}
				n, exact := b.count(l, err)
				if got := len(b.keys(l, err)); n != want || got != want || !exact {
					b.Errorf("%s %v: counted %d, read %d, want %d", d, types, n, got, want)
				}
			}
		}
	}},
}
