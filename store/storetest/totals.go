package storetest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dramatis/kg"
)

// written writes counts for people, records by their keys.
func written[V ~string](b *bench, counts []kg.FacetCount[V]) string {
	var list []string
	for _, c := range counts {
		name := string(c.Value)
		if _, err := kg.ParseID(name); err == nil {
			name = label(b.get(kg.ID(name)))
		}
		list = append(list, fmt.Sprint(name, " ", c.Count))
	}
	return strings.Join(list, ", ")
}

func (b *bench) writtenSums(p *kg.Payments) []string {
	b.Helper()
	list := []string{}
	for _, s := range p.Sums {
		sum := "unknown"
		if s.Minor != nil {
			sum = fmt.Sprint(*s.Minor)
		}
		var ends []string
		for _, id := range []kg.ID{s.Payer, s.Payee} {
			if id == "" {
				ends = append(ends, "*")
			} else {
				ends = append(ends, label(b.get(id)))
			}
		}
		list = append(list, fmt.Sprintf("%s %s %s%s in %d", ends[0], ends[1], s.Currency, sum, s.Count))
	}
	return list
}

// byID puts entities of the same count in order, which is that of their ids.
func byID(keys ...string) []string {
	slices.SortFunc(keys, func(a, b string) int { return strings.Compare(string(entID(a)), string(entID(b))) })
	return keys
}

func paid(key, from, to string, minor int64, currency string, dates ...kg.PartialDate) *kg.Relationship {
	r := link(key, kg.Paid, from, to, dates...)
	if currency != "" {
		r.Amount = &kg.Amount{Minor: minor, Currency: currency}
	}
	return r
}

var totalTests = []test{
	{"of an empty store", func(b *bench) {
		entities, err := kg.CountEntities(b.ctx, b.store, nil)
		if err != nil || entities.Count != 0 || entities.Cut || len(entities.Types)+len(entities.Kinds) != 0 {
			b.Errorf("entities: %s, %v", show(entities), err)
		}
		if most, err := entities.MostConnected(b.ctx, b.store, 10); err != nil || most == nil || len(most) != 0 {
			b.Errorf("most connected: %v, %v", most, err)
		}
		statements, err := kg.CountStatements(b.ctx, b.store, nil, kg.AsOf{})
		if err != nil || statements.Count != 0 || statements.Cut || len(statements.Speakers)+len(statements.Months) != 0 {
			b.Errorf("statements: %s, %v", show(statements), err)
		}
		if m, err := statements.Matrix(10, 10, true); err != nil || len(m.Rows)+len(m.Columns) != 0 {
			b.Errorf("matrix: %s, %v", show(m), err)
		}
		links, err := kg.CountRelationships(b.ctx, b.store, nil, kg.AsOf{})
		if err != nil || links.Count != 0 || links.Cut || len(links.Types) != 0 {
			b.Errorf("relationships: %s, %v", show(links), err)
		}
		if p, err := kg.SumPayments(b.ctx, b.store, nil, kg.AsOf{}, kg.ByPayer, 10); err != nil || p.Cut || len(p.Sums) != 0 {
			b.Errorf("payments: %s, %v", show(p), err)
		}
	}},
	{"entities", func(b *bench) {
		b.put(sample()...)
		second := []kg.ID{kg.DatasetID("second")}
		types := "EVENT 3, PERSON 3, ORGANIZATION 2, PLACE 1, TOPIC 1"
		few := byID("ben", "russia")
		degrees := []string{"nato 6", "anna 2", few[0] + " 1", few[1] + " 1"}
		for _, tt := range []struct {
			name         string
			f            *kg.EntityFilter
			count        int
			types, kinds string
			most         []string
		}{
			{"all", nil, 10, types, "INTERGOVERNMENTAL 1, STATE 1", degrees},
			{"an empty filter", &kg.EntityFilter{}, 10, types, "INTERGOVERNMENTAL 1, STATE 1", degrees},
			{"a filter that chooses all", &kg.EntityFilter{Types: kg.EntityTypes}, 10, types, "INTERGOVERNMENTAL 1, STATE 1", degrees},
			{"types", &kg.EntityFilter{Types: []kg.EntityType{kg.PersonType}}, 3, "PERSON 3", "", []string{"anna 2", "ben 1"}},
			{"namePrefix", &kg.EntityFilter{NamePrefix: ptr("n")}, 1, "ORGANIZATION 1", "INTERGOVERNMENTAL 1", degrees[:1]},
			{"dataset", &kg.EntityFilter{Dataset: second}, 2, "EVENT 1, PERSON 1", "", []string{"ben 1"}},
			{"dataset and country", &kg.EntityFilter{Dataset: second, Countries: []string{"de"}}, 0, "", "", nil},
		} {
			c, err := kg.CountEntities(b.ctx, b.store, tt.f)
			if err != nil || c.Count != tt.count || c.Cut || written(b, c.Types) != tt.types || written(b, c.Kinds) != tt.kinds {
				b.Errorf("%s: got %s, %v", tt.name, show(c), err)
				continue
			}
			for _, first := range []int{1, 3, 100} {
				most, err := c.MostConnected(b.ctx, b.store, first)
				var got []string
				for _, m := range most {
					got = append(got, fmt.Sprint(label(b.get(m.ID)), " ", m.Degree))
				}
				if want := tt.most[:min(first, len(tt.most))]; err != nil || !slices.Equal(got, want) {
					b.Errorf("%s: the first %d most connected: got %v, %v; want %v", tt.name, first, got, err, want)
				}
			}
		}
		c, err := kg.CountEntities(b.ctx, b.store, nil)
		if err != nil {
			b.Fatal(err)
		}
		most, err := c.MostConnected(b.ctx, b.store, 1)
		want := []kg.RelationshipCount{{Type: kg.Leads, In: 1, Total: 1}, {Type: kg.AlliedWith, Out: 2, In: 2, Total: 2}, {Type: kg.Supports, In: 1, Total: 1},
			{Type: kg.Sanctions, Out: 1, Total: 1}}
		if err != nil || !slices.Equal(most[0].Types, want) {
			b.Errorf("types: got %v, %v", most, err)
		}
		for _, first := range []int{-1, 0, 101} {
			if _, err := c.MostConnected(b.ctx, b.store, first); kg.CodeOf(err) != kg.BadUserInput {
				b.Errorf("the first %d: %v", first, err)
			}
		}
	}},
	{"statements", func(b *bench) {
		b.put(append(sample(), said("year", "2021", "ben"), said("month", "2021-03?", "ben"), said("day", "2021-03-31", "ben"), said("earlier", "2020-12", "ben"))...)
		for _, tt := range []struct {
			name                                       string
			f                                          *kg.StatementFilter
			asOf                                       kg.AsOf
			count                                      int
			speakers, sides, subjects, kinds, timeline string
		}{
			{"all", nil, kg.AsOf{}, 7, "ben 5, anna 2, russia 1", "nato 1", "russia 2, peace 1", "DIRECT 6, MIXED 1", "2020-12 1, 2021 1, 2021-03 2, 2022-01 2"},
			{"a filter that chooses all", &kg.StatementFilter{Kind: []kg.StatementKind{kg.Direct, kg.Mixed}}, kg.AsOf{}, 7, "ben 5, anna 2, russia 1", "nato 1",
				"russia 2, peace 1", "DIRECT 6, MIXED 1", "2020-12 1, 2021 1, 2021-03 2, 2022-01 2"},
			{"about", &kg.StatementFilter{About: entIDs("russia")}, kg.AsOf{}, 2, once("anna", "russia"), "nato 1", "russia 2, peace 1", "DIRECT 2", "2022-01 1"},
			{"asOf", nil, kg.AsOf{Date: "2021-03-30"}, 4, "ben 3, russia 1", "", once("peace", "russia"), "DIRECT 4", "2020-12 1, 2021 1, 2021-03 1"},
			{"certainly asOf", nil, kg.AsOf{Date: "2021-03-30", CertainOnly: true}, 1, "ben 1", "", "", "DIRECT 1", "2020-12 1"},
			{"between", &kg.StatementFilter{Between: during("2022", "")}, kg.AsOf{}, 2, "anna 2, ben 1", "nato 1", "russia 1", "DIRECT 1, MIXED 1", "2022-01 2"},
		} {
			c, err := kg.CountStatements(b.ctx, b.store, tt.f, tt.asOf)
			if err != nil {
				b.Fatal(err)
			}
			got := []string{written(b, c.Speakers), written(b, c.OnBehalfOf), written(b, c.Subjects), written(b, c.Kinds), written(b, c.Months)}
			if want := []string{tt.speakers, tt.sides, tt.subjects, tt.kinds, tt.timeline}; c.Count != tt.count || c.Cut || !slices.Equal(got, want) {
				b.Errorf("%s: got %d, cut %t, %q\nwant %d, %q", tt.name, c.Count, c.Cut, got, tt.count, want)
			}
		}
	}},
	{"who speaks about whom", func(b *bench) {
		joint := said("joint", "2022", "a", "b")
		joint.OnBehalfOf, joint.About = entIDs("c"), entIDs("x", "y")
		one, own := said("one", "2022", "a"), said("own", "2022", "c")
		one.About, own.About = entIDs("x"), entIDs("c")
		b.put(person("a", "A"), person("b", "B"), person("c", "C"), topic("x", "X"), topic("y", "Y"), joint, one, own, said("idle", "2022", "a"))
		c, err := kg.CountStatements(b.ctx, b.store, nil, kg.AsOf{})
		if err != nil {
			b.Fatal(err)
		}
		least := byID("y", "c")
		column := map[string]int{"x": 0, least[0]: 1, least[1]: 2}
		for _, onBehalfOf := range []bool{false, true} {
			m, err := c.Matrix(10, 10, onBehalfOf)
			if err != nil {
				b.Fatal(err)
			}
			want := map[string]int{"a x": 2, "a y": 1, "b x": 1, "b y": 1, "c c": 1}
			speakers := []string{"a 3"}
			if onBehalfOf {
				want["c x"], want["c y"] = 1, 1
				speakers = append(speakers, "c 2", "b 1")
			} else {
				for _, who := range byID("b", "c") {
					speakers = append(speakers, who+" 1")
				}
			}
			if got := written(b, m.Columns); got != "x 2, "+least[0]+" 1, "+least[1]+" 1" {
				b.Errorf("columns: %s", got)
			}
			var rows []string
			for _, r := range m.Rows {
				rows = append(rows, written(b, []kg.FacetCount[kg.ID]{r.FacetCount}))
				for whom, at := range column {
					if pair := label(b.get(r.Value)) + " " + whom; r.Counts[at] != want[pair] {
						b.Errorf("%s, for others too %t: got %d, want %d", pair, onBehalfOf, r.Counts[at], want[pair])
					}
				}
			}
			if !slices.Equal(rows, speakers) {
				b.Errorf("for others too %t: got %v, want %v", onBehalfOf, rows, speakers)
			}
		}
		if m, err := c.Matrix(1, 2, false); err != nil || len(m.Rows) != 1 || len(m.Columns) != 2 || len(m.Rows[0].Counts) != 2 {
			b.Errorf("one by two: %s, %v", show(m), err)
		}
		for _, size := range [][2]int{{0, 1}, {1, 0}, {51, 1}, {1, 51}, {-1, 1}} {
			if _, err := c.Matrix(size[0], size[1], false); kg.CodeOf(err) != kg.BadUserInput {
				b.Errorf("%v: %v", size, err)
			}
		}
	}},
	{"relationships", func(b *bench) {
		b.put(sample()...)
		for _, tt := range []struct {
			name  string
			f     *kg.RelationshipFilter
			asOf  kg.AsOf
			count int
			types string
		}{
			{"all", nil, kg.AsOf{}, 5, "ALLIED_WITH 2, LEADS 1, SANCTIONS 1, SUPPORTS 1"},
			{"a filter that chooses all", &kg.RelationshipFilter{With: entIDs("nato")}, kg.AsOf{}, 5, "ALLIED_WITH 2, LEADS 1, SANCTIONS 1, SUPPORTS 1"},
			{"types", &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.AlliedWith, kg.Owns}}, kg.AsOf{}, 2, "ALLIED_WITH 2"},
			{"asOf", nil, kg.AsOf{Date: "2001-05-03"}, 2, "ALLIED_WITH 1, SUPPORTS 1"},
			{"certainly asOf", nil, kg.AsOf{Date: "2021", CertainOnly: true}, 2, "LEADS 1, SANCTIONS 1"},
			{"activeDuring", &kg.RelationshipFilter{ActiveDuring: during("2002-12-31", "2018")}, kg.AsOf{}, 2, "ALLIED_WITH 1, SUPPORTS 1"},
			{"none", &kg.RelationshipFilter{With: entIDs("nobody")}, kg.AsOf{}, 0, ""},
		} {
			c, err := kg.CountRelationships(b.ctx, b.store, tt.f, tt.asOf)
			if err != nil || c.Count != tt.count || c.Cut || written(b, c.Types) != tt.types {
				b.Errorf("%s: got %s, %v", tt.name, show(c), err)
			}
		}
	}},
	{"payments", func(b *bench) {
		b.put(person("a", "A"), person("b", "B"), body("c", "C"),
			paid("p1", "a", "b", 500, "EUR", "2020"), paid("p2", "a", "b", 250, "EUR", "2021"), paid("p3", "a", "b", 900, "USD", "2021"),
			paid("p4", "a", "c", -100, "EUR", "2021"), paid("p5", "b", "c", 0, "EUR"), paid("p6", "b", "c", 0, ""), paid("p7", "c", "c", 750, "EUR"),
			link("lead", kg.Leads, "a", "c"))
		seven50 := byID("a", "c")
		by := map[string]string{"a": "a b EUR750 in 2", "c": "c c EUR750 in 1"}
		all := []string{"a b USD900 in 1", by[seven50[0]], by[seven50[1]], "b c EUR0 in 1", "a c EUR-100 in 1", "b c unknown in 1"}
		for _, tt := range []struct {
			name  string
			f     *kg.RelationshipFilter
			asOf  kg.AsOf
			by    kg.PaymentsBy
			first int
			want  []string
		}{
			{"from one to another", nil, kg.AsOf{}, kg.ByPayerAndPayee, 100, all},
			{"the first two", nil, kg.AsOf{}, kg.ByPayerAndPayee, 2, all[:2]},
			{"by payer", nil, kg.AsOf{}, kg.ByPayer, 10, []string{"a * USD900 in 1", "c * EUR750 in 1", "a * EUR650 in 3", "b * EUR0 in 1", "b * unknown in 1"}},
			{"by payee", nil, kg.AsOf{}, kg.ByPayee, 10, []string{"* b USD900 in 1", "* b EUR750 in 2", "* c EUR650 in 3", "* c unknown in 1"}},
			{"types", &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.Leads, kg.Paid}}, kg.AsOf{}, kg.ByPayerAndPayee, 10, all},
			{"of another type", &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.Leads}}, kg.AsOf{}, kg.ByPayer, 10, []string{}},
			{"with", &kg.RelationshipFilter{With: entIDs("a")}, kg.AsOf{}, kg.ByPayee, 10, []string{"* b USD900 in 1", "* b EUR750 in 2", "* c EUR-100 in 1"}},
			{"certainly asOf", nil, kg.AsOf{Date: "2020-06", CertainOnly: true}, kg.ByPayer, 10, []string{}},
			{"activeDuring", &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.Paid}, ActiveDuring: during("", "2020")}, kg.AsOf{}, kg.ByPayer, 10,
				[]string{"c * EUR750 in 1", "a * EUR500 in 1", "b * EUR0 in 1", "b * unknown in 1"}},
			{"activeDuring the year after", &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.Paid}, ActiveDuring: during("2021", "2021")}, kg.AsOf{}, kg.ByPayer, 10,
				[]string{"a * USD900 in 1", "c * EUR750 in 1", "a * EUR150 in 2", "b * EUR0 in 1", "b * unknown in 1"}},
		} {
			p, err := kg.SumPayments(b.ctx, b.store, tt.f, tt.asOf, tt.by, tt.first)
			if err != nil {
				b.Fatal(err)
			}
			if got := b.writtenSums(p); p.Cut || !slices.Equal(got, tt.want) {
				b.Errorf("%s: got %q\nwant %q", tt.name, got, tt.want)
			}
		}
		for _, first := range []int{0, 101} {
			if _, err := kg.SumPayments(b.ctx, b.store, nil, kg.AsOf{}, kg.ByPayer, first); kg.CodeOf(err) != kg.BadUserInput {
				b.Errorf("the first %d: %v", first, err)
			}
		}
		if _, err := kg.SumPayments(b.ctx, b.store, &kg.RelationshipFilter{Types: []kg.RelationshipType{}}, kg.AsOf{}, kg.ByPayer, 1); kg.CodeOf(err) != kg.BadUserInput {
			b.Errorf("no types: %v", err)
		}
	}},
	{"sums beyond 64 bits", func(b *bench) {
		const most = math.MaxInt64
		b.put(body("over", "Over"), body("back", "Back"), body("under", "Under"), body("full", "Full"), body("low", "Low"), body("to", "To"),
			paid("o1", "over", "to", most, "EUR", "2020"), paid("o2", "over", "to", 1, "EUR", "2021"),
			paid("b1", "back", "to", most, "EUR", "2020"), paid("b2", "back", "to", 5, "EUR", "2021"), paid("b3", "back", "to", -6, "EUR", "2022"),
			paid("u1", "under", "to", math.MinInt64, "EUR", "2020"), paid("u2", "under", "to", -1, "EUR", "2021"),
			paid("f1", "full", "to", most-1, "EUR", "2020"), paid("f2", "full", "to", 1, "EUR", "2021"),
			paid("l1", "low", "to", math.MinInt64+1, "EUR", "2020"), paid("l2", "low", "to", -1, "EUR", "2021"), paid("n", "low", "to", 0, "", "2021"))
		p, err := kg.SumPayments(b.ctx, b.store, nil, kg.AsOf{}, kg.ByPayer, 10)
		if err != nil {
			b.Fatal(err)
		}
		want := []string{"over * EURunknown in 2", fmt.Sprintf("full * EUR%d in 2", most), fmt.Sprintf("back * EUR%d in 3", most-1),
			fmt.Sprintf("low * EUR%d in 2", math.MinInt64), "under * EURunknown in 2", "low * unknown in 1"}
		if got := b.writtenSums(p); !slices.Equal(got, want) {
			b.Errorf("got %q\nwant %q", got, want)
		}
	}},
	{"more than a hundred", func(b *bench) {
		records := []kg.Record{body("o", "O")}
		for i := range 120 {
			s := said("s"+number(i), "2022", number(i))
			s.About = entIDs(number(i), "o")
			records = append(records, person(number(i), "Somebody"), s, paid("p"+number(i), number(i), "o", int64(i), "EUR"))
		}
		b.putMany(records)
		c, err := kg.CountStatements(b.ctx, b.store, &kg.StatementFilter{Kind: []kg.StatementKind{kg.Direct}}, kg.AsOf{})
		if err != nil || c.Count != 120 || len(c.Speakers) != 100 || len(c.Subjects) != 100 || c.Subjects[0].Value != entID("o") {
			b.Errorf("statements: %s, %v", show(c), err)
		}
		all, err := kg.CountStatements(b.ctx, b.store, nil, kg.AsOf{})
		if err != nil || !slices.Equal(all.Speakers, c.Speakers) || !slices.Equal(all.Subjects, c.Subjects) {
			b.Errorf("without a filter: %s, %v", show(all), err)
		}
		p, err := kg.SumPayments(b.ctx, b.store, nil, kg.AsOf{}, kg.ByPayer, 100)
		if err != nil || len(p.Sums) != 100 || *p.Sums[0].Minor != 119 || *p.Sums[99].Minor != 20 || p.Cut {
			b.Errorf("payments: %s, %v", show(p), err)
		}
	}},
}

// once writes entities that are counted once.
func once(keys ...string) string { return strings.Join(byID(keys...), " 1, ") + " 1" }
