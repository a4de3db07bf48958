package storetest

import (
	"fmt"
	"slices"

	"dramatis/kg"
)

// selected are the keys of what a selection gives, in its order.
func (b *bench) selected(sel kg.Selection, classes ...kg.Class) ([]string, error) {
	var keys []string
	for r, err := range kg.Select(b.ctx, b.store, sel, classes...) {
		if err != nil {
			return nil, err
		}
		keys = append(keys, label(r))
	}
	return keys, nil
}

func (b *bench) expectSelected(name string, sel kg.Selection, want ...string) {
	b.Helper()
	got, err := b.selected(sel, kg.SourceClass, kg.EntityClass, kg.RelationshipClass, kg.StatementClass, kg.MentionClass)
	if err != nil || !slices.Equal(got, want) {
		b.Errorf("%s: got %q, %v; want %q", name, got, err, want)
	}
}

var selectTests = []test{
	{"a part and what it refers to", func(b *bench) {
		b.put(sample()...)
		second := []kg.ID{dataset("second").ID}
		b.expectSelected("relationships", kg.Selection{Relationships: &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.Supports}}},
			"s2", "s1", "ben", "nato", "unknown")
		b.expectSelected("statements", kg.Selection{Statements: &kg.StatementFilter{About: entIDs("peace")}}, "russia", "peace", "said3")
		b.expectSelected("both", kg.Selection{
			Relationships: &kg.RelationshipFilter{With: entIDs("ben")}, Statements: &kg.StatementFilter{About: entIDs("peace")},
		}, "s2", "s1", "ben", "nato", "russia", "peace", "unknown", "said3")
		b.expectSelected("a dataset", kg.Selection{Datasets: second}, "s2", "ben", "vote", "nato", "anna", "russia", "peace", "sanction", "said3")
		b.expectSelected("entities", kg.Selection{Entities: &kg.EntityFilter{Types: []kg.EntityType{kg.PersonType}}},
			"s1", "anna", "ben", "carl", "nato", "said2", "m2", "m1", "m3")
		b.expectSelected("entities of a dataset", kg.Selection{Datasets: second, Entities: &kg.EntityFilter{Types: []kg.EntityType{kg.PersonType}}}, "ben")
		b.expectSelected("entities and only their relationships", kg.Selection{
			Entities: &kg.EntityFilter{Types: []kg.EntityType{kg.OrganizationType}}, Relationships: &kg.RelationshipFilter{},
		}, "nato", "russia", "ally", "loop")
		b.expectSelected("then", kg.Selection{Entities: &kg.EntityFilter{}, Relationships: &kg.RelationshipFilter{}, AsOf: kg.AsOf{Date: "1999", CertainOnly: true}},
			"anna", "ben", "carl", "crash", "nato", "peace", "russia", "spain", "talks", "vote")
		b.expectSelected("around", kg.Selection{Around: entIDs("carl"), Depth: 1}, "s1", "carl", "anna", "ben", "nato", "said2", "m2", "m1", "m3")
		b.expectSelected("around by relationships", kg.Selection{Around: entIDs("ben"), Depth: 1, Relationships: &kg.RelationshipFilter{}},
			"s2", "s1", "ben", "nato", "unknown", "loop", "m4", "m3")
		b.expectSelected("around then", kg.Selection{Around: entIDs("ben"), Depth: 3, AsOf: kg.AsOf{Date: "2000", CertainOnly: true}}, "ben")
	}},
	{"mistakes", func(b *bench) {
		b.put(sample()...)
		for code, list := range map[kg.Code][]kg.Selection{
			kg.BadUserInput: {
				{Around: entIDs("anna")}, {Around: entIDs("anna"), Depth: 4}, {Around: []kg.ID{srcID("s1")}, Depth: 1},
				{Around: slices.Repeat(entIDs("anna"), 101), Depth: 1}, {AsOf: kg.AsOf{Date: ".."}}, {Datasets: entIDs("anna")},
				{Datasets: []kg.ID{dataset("second").ID}, Entities: &kg.EntityFilter{Dataset: []kg.ID{dataset("second").ID}}},
				{Relationships: &kg.RelationshipFilter{Types: []kg.RelationshipType{}}}, {Statements: &kg.StatementFilter{About: []kg.ID{"x"}}},
			},
			kg.NotFound: {{Around: entIDs("anna", "nobody"), Depth: 1}},
		} {
			for _, sel := range list {
				if got, err := b.selected(sel, kg.Classes...); kg.CodeOf(err) != code {
					b.Errorf("%s: got %q, %v; want %s", show(sel), got, err, code)
				}
			}
		}
	}},
	{"lists that are read in steps", func(b *bench) {
		// more than a step of records, of ends of one entity, and of entities that have some
		records := []kg.Record{body("hub", "Hub")}
		for i := range 2_100 {
			key := number(i)
			records = append(records, person(key, "P"), link("l"+key, kg.MemberOf, key, "hub"))
			if i%3 == 0 {
				records = append(records, link("o"+key, kg.OtherLink, key, "hub"))
			}
		}
		b.putMany(records)
		for name, sel := range map[string]kg.Selection{
			"all":    {},
			"around": {Around: entIDs("hub"), Depth: 1},
			"listed": {Entities: &kg.EntityFilter{}},
			"joined": {Relationships: &kg.RelationshipFilter{}},
			"filtered": {Relationships: &kg.RelationshipFilter{Types: []kg.RelationshipType{kg.MemberOf}, With: entIDs("hub")},
				Statements: &kg.StatementFilter{}},
		} {
			got, err := b.selected(sel, kg.EntityClass, kg.RelationshipClass)
			want := len(records)
			if name == "filtered" {
				want -= 700
			}
			if err != nil || len(got) != want {
				b.Errorf("%s: %d records, %v; want %d", name, len(got), err, want)
			}
		}
	}},
}

// Selected answers kg.Select: the ids, in no order.
func (o *Oracle) Selected(sel kg.Selection, classes []kg.Class) []kg.ID {
	entities, relationships, statements := *orEmpty(sel.Entities), *orEmpty(sel.Relationships), *orEmpty(sel.Statements)
	if sel.Datasets != nil {
		entities.Dataset, relationships.Dataset, statements.Dataset = sel.Datasets, sel.Datasets, sel.Datasets
	}
	limited, partial := sel.Entities != nil || sel.Around != nil, sel.Relationships != nil || sel.Statements != nil
	var links []kg.Record
	if sel.Relationships != nil || sel.Statements == nil {
		links = append(links, o.Relationships(&relationships, sel.AsOf, nil)...)
	}
	if sel.Statements != nil || sel.Relationships == nil {
		links = append(links, o.Statements(&statements, sel.AsOf, nil)...)
	}
	within := map[kg.ID]bool{}
	for _, e := range o.Entities(&entities, nil) {
		within[e.GetID()] = limited || !partial
	}
	if sel.Around != nil {
		met := map[kg.ID]bool{}
		for _, id := range sel.Around {
			met[id] = true
		}
		for range sel.Depth {
			var next []kg.ID
			for _, r := range links {
				from, to := sides(r)
				for _, way := range [][2][]kg.ID{{from, to}, {to, from}} {
					if slices.ContainsFunc(way[0], func(id kg.ID) bool { return met[id] }) {
						next = append(next, way[1]...)
					}
				}
			}
			for _, id := range next {
				met[id] = true
			}
		}
		for id := range within {
			within[id] = met[id]
		}
		if sel.Entities == nil && sel.Datasets == nil {
			within = met
		}
	}
	in := func(ids []kg.ID) bool { return slices.ContainsFunc(ids, func(id kg.ID) bool { return within[id] }) }
	chosen := map[kg.ID]bool{}
	add := func(id kg.ID) bool {
		if chosen[id] || !slices.Contains(classes, id.Class()) {
			return false
		}
		chosen[id] = true
		return true
	}
	for id, is := range within {
		if is {
			add(id)
		}
	}
	for _, r := range links {
		if from, to := sides(r); !limited || in(from) && (len(to) == 0 || in(to)) {
			add(r.GetID())
		}
	}
	if !limited && !partial {
		for _, class := range []kg.Class{kg.SourceClass, kg.MentionClass, kg.DatasetClass} {
			for _, r := range o.AllOf(class) {
				if sel.Datasets == nil || slices.Contains(sel.Datasets, kg.MetaOf(r).Dataset) {
					add(r.GetID())
				}
			}
		}
	}
	follow := func() {
		for again := true; again; {
			again = false
			for id := range chosen {
				for _, other := range referencesOf(o.records[id]) {
					again = add(other) || again
				}
			}
		}
	}
	follow()
	if limited {
		for _, r := range o.AllOf(kg.MentionClass) {
			if m := r.(*kg.Mention); chosen[m.Source] && chosen[m.Entity] {
				add(m.ID)
			}
		}
	}
	follow()
	var ids []kg.ID
	for id := range chosen {
		ids = append(ids, id)
	}
	return sorted(ids...)
}

// sides are what a relationship joins with what, and a statement.
func sides(r kg.Record) (from, to []kg.ID) {
	switch r := r.(type) {
	case *kg.Relationship:
		return []kg.ID{r.From}, []kg.ID{r.To}
	case *kg.Statement:
		return slices.Concat(r.Speakers, r.OnBehalfOf), slices.Concat(r.About, r.Audience)
	}
	return nil, nil
}

func (w *world) selection() kg.Selection {
	sel := kg.Selection{AsOf: w.asOf()}
	if w.chance(30) {
		sel.Entities = w.entityFilter()
		sel.Entities.Dataset = nil
	}
	if w.chance(30) {
		sel.Relationships = w.relationshipFilter()
		sel.Relationships.Dataset = nil
	}
	if w.chance(30) {
		sel.Statements = w.statementFilter()
		sel.Statements.Dataset = nil
	}
	if w.chance(30) {
		sel.Datasets = []kg.ID{pick(w, w.stock[kg.DatasetClass])}
	}
	if w.chance(40) {
		sel.Around, sel.Depth = []kg.ID{w.hubOr()}, 1+w.rng.IntN(kg.MaxNetworkDepth)
	}
	return sel
}

// askSelections takes parts out of the graph: all stores give the same, and it is what the oracle would.
func (d *differential) askSelections() {
	sel, classes := d.world.selection(), kg.Classes
	if d.world.chance(30) {
		classes = []kg.Class{kg.EntityClass, pick(d.world, []kg.Class{kg.RelationshipClass, kg.StatementClass})}
	}
	if len(sel.Around) > 0 && d.world.oracle.records[sel.Around[0]] == nil {
		return
	}
	var first string
	for i, name := range d.names {
		var ids []kg.ID
		class := 0
		for r, err := range kg.Select(d.ctx, d.stores[name], sel, classes...) {
			if err != nil {
				d.Fatalf("%s: Select %s: %v", name, show(sel), err)
			}
			if at := slices.Index(classes, r.GetID().Class()); at < class {
				d.Errorf("%s: Select %s: %s comes too late", name, show(sel), r.GetID())
			} else {
				class = at
			}
			ids = append(ids, r.GetID())
		}
		order := fmt.Sprint(ids)
		if want := d.world.oracle.Selected(sel, classes); !slices.Equal(sorted(ids...), want) {
			d.Errorf("%s: Select %s of %v: got %v, want %v", name, show(sel), classes, sorted(ids...), want)
		}
		if i == 0 {
			first = order
		} else if order != first {
			d.Errorf("%s: Select %s: another order than from %s", name, show(sel), d.names[0])
		}
	}
}
