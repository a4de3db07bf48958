package storetest

import (
	"reflect"
	"slices"

	"dramatis/kg"
)

// sample is a small graph that every list finds something in.
func sample() []kg.Record {
	set := dataset("second")
	anna, ben, carl := person("anna", "Anna"), person("ben", "Ben"), person("carl", "Carl")
	anna.Countries = []string{"de", "fr"}
	anna.Names = []kg.Name{{Value: "Änne", Kind: kg.Alias}, {Value: "Anna Alias", Kind: kg.WeakAlias}}
	anna.Identifiers = []kg.Identifier{{Scheme: "wikidata", Value: "Q1"}, {Scheme: "imdb", Value: "Q1"}}
	ben.Dataset = set.ID
	nato, russia := body("nato", "NATO"), body("russia", "Russia")
	nato.Kind, russia.Kind, russia.Country = kg.Intergovernmental, kg.State, "ru"
	russia.Names = []kg.Name{{Value: "Москва", Kind: kg.Metonym}}
	spain := place("spain", "Spain")
	spain.Country = "es"
	talks, crash, vote := event("talks", "2022-01-10", "2022-01-13"), event("crash", "2022-01", ""), event("vote", "", "")
	talks.Kind, talks.About = "Round of Talks", entIDs("nato", "peace")
	crash.Status, crash.About = kg.Ongoing, entIDs("peace")
	vote.Kind, vote.Status, vote.Dataset = "round-of talks", kg.Planned, set.ID

	s1, s2 := source("s1", "2022-01-12"), source("s2", "")
	s1.Publisher, s2.Kind, s2.Dataset = entID("nato"), kg.Post, set.ID

	leads, ally, loop, sanction, unknown := link("leads", kg.Leads, "anna", "nato", "2019", ".."), link("ally", kg.AlliedWith, "nato", "russia", "2001-05", "2002"),
		link("loop", kg.AlliedWith, "nato", "nato", "2020"), link("sanction", kg.Sanctions, "nato", "anna", "2021"), link("unknown", kg.Supports, "ben", "nato")
	leads.Evidence, unknown.Evidence, sanction.Dataset = []kg.Evidence{cited("s1", 5)}, []kg.Evidence{cited("s2", 5), cited("s1", -1)}, set.ID

	said1, said2, said3 := said("said1", "2022-01-12", "anna"), said("said2", "2022-01-12", "anna", "ben"), said("said3", "", "russia")
	said1.OnBehalfOf, said1.About, said1.Medium, said1.AtEvent = entIDs("nato"), entIDs("russia"), "Phone call", entID("talks")
	said2.Kind, said2.Audience, said2.Medium = kg.Mixed, entIDs("carl"), "phone-CALL"
	said1.Evidence, said2.Evidence = []kg.Evidence{cited("s1", 90), cited("s1", 20)}, []kg.Evidence{cited("s1", 30)}
	said3.Dataset, said3.About = set.ID, entIDs("russia", "peace")

	pronoun := mention("m2", "s1", "anna", 3)
	pronoun.Kind = kg.Pronoun
	return []kg.Record{set, anna, ben, carl, nato, russia, spain, talks, crash, vote, topic("peace", "Peace"), s1, s2,
		leads, ally, loop, sanction, unknown, said1, said2, said3,
		mention("m1", "s1", "anna", 10), pronoun, mention("m3", "s1", "nato", -1), mention("m4", "s2", "nato", 0)}
}

// want is a list and the keys of the records that it must give, in order.
type want struct {
	name string
	list kg.List
	err  error
	keys []string
}

func wanted(name string, l kg.List, err error, keys ...string) want { return want{name, l, err, keys} }

// expect reads lists, and counts them.
func (b *bench) expect(list ...want) {
	b.Helper()
	for _, w := range list {
		if got := b.keys(w.list, w.err); !slices.Equal(got, w.keys) {
			b.Errorf("%s: got %v, want %v", w.name, got, w.keys)
		}
		if n, exact := b.count(w.list, w.err); n != len(w.keys) || !exact {
			b.Errorf("%s: counted %d (exactly: %t), want %d", w.name, n, exact, len(w.keys))
		}
	}
}

var listTests = []test{
	{"an empty store", func(b *bench) {
		lists := []want{}
		for _, class := range kg.Classes {
			lists = append(lists, wanted(string(class), kg.AllOf(class), nil))
		}
		b.expect(append(lists, wanted("Datasets", kg.Datasets(), nil))...)
	}},
	{"no lists", func(b *bench) {
		rows, err := b.store.List(b.ctx, kg.Query{Limit: 1}, nil)
		if err != nil || len(rows) != 0 {
			b.Errorf("got %v, %v", rows, err)
		}
	}},
	{"Follow", func(b *bench) {
		b.put(sample()...)
		for _, f := range []struct {
			drive  kg.Key
			follow []kg.Facet
		}{
			{kg.Key{Facet: kg.All, Value: string(kg.RelationshipClass)}, []kg.Facet{kg.RelationshipFrom, kg.RelationshipTo, kg.EvidenceSource}},
			{kg.Key{Facet: kg.All, Value: string(kg.StatementClass)}, []kg.Facet{kg.StatementSpeaker, kg.StatementAbout, kg.EvidenceSource}},
			{kg.Key{Facet: kg.All, Value: string(kg.MentionClass)}, []kg.Facet{kg.MentionEntity}},
		} {
			plain := kg.Query{Limit: 100}
			with := plain
			with.Follow = f.follow
			drives := []kg.Drive{{Keys: []kg.Key{f.drive}}}
			want, err := b.store.List(b.ctx, plain, drives)
			if err != nil {
				b.Fatal(err)
			}
			got, err := b.store.List(b.ctx, with, drives)
			if err != nil {
				b.Fatal(err)
			}
			if len(want[0].Followed) > 0 {
				b.Errorf("%s: %d records came along unasked", f.drive.Value, len(want[0].Followed))
			}
			if !reflect.DeepEqual(want[0].Records, got[0].Records) {
				b.Errorf("%s: followed, the list is another one", f.drive.Value)
			}
			// none need come, but what comes is referred to, and whole
			referred := map[kg.ID]bool{}
			for _, r := range got[0].Records {
				for _, k := range kg.Keys(r) {
					if slices.Contains(f.follow, k.Facet) {
						referred[kg.ID(k.Value)] = true
					}
				}
			}
			var ids []kg.ID
			for _, r := range got[0].Followed {
				if !referred[r.GetID()] {
					b.Errorf("%s: %s came along, or twice", f.drive.Value, r.GetID())
				}
				delete(referred, r.GetID())
				ids = append(ids, r.GetID())
			}
			if len(ids) > 0 && len(referred) > 0 {
				b.Errorf("%s: %v did not come along", f.drive.Value, referred)
			}
			records, err := b.store.Get(b.ctx, ids)
			if err != nil {
				b.Fatal(err)
			}
			if len(ids) > 0 && !reflect.DeepEqual(records, got[0].Followed) {
				b.Errorf("%s: what came along is not what is there", f.drive.Value)
			}
		}
	}},
	{"Entities", func(b *bench) {
		b.put(sample()...)
		of := func(name string, f kg.EntityFilter, keys ...string) want {
			l, err := kg.Entities(&f, nil)
			return wanted(name, l, err, keys...)
		}
		b.expect(
			of("all", kg.EntityFilter{}, "anna", "ben", "carl", "crash", "nato", "peace", "russia", "spain", "talks", "vote"),
			of("type", kg.EntityFilter{Types: []kg.EntityType{kg.PersonType}}, "anna", "ben", "carl"),
			of("types", kg.EntityFilter{Types: []kg.EntityType{kg.TopicType, kg.PlaceType}}, "peace", "spain"),
			of("kinds", kg.EntityFilter{Kinds: []kg.OrganizationKind{kg.State, kg.Intergovernmental}}, "nato", "russia"),
			of("kind and type", kg.EntityFilter{Kinds: []kg.OrganizationKind{kg.State}, Types: []kg.EntityType{kg.PersonType}}),
			of("name", kg.EntityFilter{Name: ptr("ÄNNE")}, "anna"),
			of("name in another script", kg.EntityFilter{Name: ptr("moskva")}, "russia"),
			of("part of a name", kg.EntityFilter{Name: ptr("Ann")}),
			of("namePrefix", kg.EntityFilter{NamePrefix: ptr("ann")}, "anna"),
			of("namePrefix and type", kg.EntityFilter{NamePrefix: ptr("c"), Types: []kg.EntityType{kg.EventType}}, "crash"),
			of("identifier", kg.EntityFilter{Identifier: &kg.Identifier{Scheme: "wikidata", Value: "Q1"}}, "anna"),
			of("identifier in another case", kg.EntityFilter{Identifier: &kg.Identifier{Scheme: "wikidata", Value: "q1"}}),
			of("countries", kg.EntityFilter{Countries: []string{"fr", "es", "de"}}, "anna", "spain"),
			of("dataset", kg.EntityFilter{Dataset: []kg.ID{kg.DatasetID("second")}}, "ben", "vote"),
			of("dataset and type", kg.EntityFilter{Dataset: []kg.ID{kg.DatasetID("second")}, Types: []kg.EntityType{kg.PersonType}}, "ben"),
			of("datasets", kg.EntityFilter{Dataset: []kg.ID{kg.DatasetID("second"), kg.DatasetID(testSet)}, Types: []kg.EntityType{kg.PersonType}}, "anna", "ben", "carl"),
		)
	}},
	{"Events", func(b *bench) {
		b.put(sample()...)
		of := func(name string, f kg.EventFilter, asOf kg.AsOf, keys ...string) want {
			l, err := kg.Events(&f, asOf, nil)
			return wanted(name, l, err, keys...)
		}
		between := func(from, to kg.PartialDate) *kg.DateRange { return &kg.DateRange{From: &from, To: &to} }
		b.expect(
			of("all", kg.EventFilter{}, kg.AsOf{}, "crash", "talks", "vote"),
			of("about", kg.EventFilter{About: entIDs("peace")}, kg.AsOf{}, "crash", "talks"),
			of("about both", kg.EventFilter{About: entIDs("peace", "nato")}, kg.AsOf{}, "crash", "talks"),
			of("kinds", kg.EventFilter{Kinds: []string{"ROUND OF TALKS"}}, kg.AsOf{}, "talks", "vote"),
			of("statuses", kg.EventFilter{Statuses: []kg.EventStatus{kg.Planned, kg.Ongoing}}, kg.AsOf{}, "crash", "vote"),
			of("dataset", kg.EventFilter{Dataset: []kg.ID{kg.DatasetID("second")}}, kg.AsOf{}, "vote"),
			of("between", kg.EventFilter{Between: between("2022-01-11", "2022-01-12")}, kg.AsOf{}, "crash", "talks"),
			of("since", kg.EventFilter{Between: &kg.DateRange{From: ptr(kg.PartialDate("2023"))}}, kg.AsOf{}, "crash"),
			of("until", kg.EventFilter{Between: &kg.DateRange{To: ptr(kg.PartialDate("2021"))}}, kg.AsOf{}),
			of("asOf", kg.EventFilter{}, kg.AsOf{Date: "2022-01-05"}, "crash", "vote"),
			of("certainly asOf", kg.EventFilter{}, kg.AsOf{Date: "2022-01-10", CertainOnly: true}, "talks"),
		)
	}},
	{"Statements", func(b *bench) {
		b.put(sample()...)
		of := func(name string, f kg.StatementFilter, keys ...string) want {
			l, err := kg.Statements(&f, kg.AsOf{}, nil)
			return wanted(name, l, err, keys...)
		}
		b.expect(
			of("all", kg.StatementFilter{}, "said1", "said2", "said3"),
			of("by who speaks", kg.StatementFilter{By: entIDs("anna")}, "said1", "said2"),
			of("by whom it is said for", kg.StatementFilter{By: entIDs("nato")}, "said1"),
			of("by several", kg.StatementFilter{By: entIDs("nato", "anna", "russia")}, "said1", "said2", "said3"),
			of("speakers", kg.StatementFilter{Speakers: entIDs("nato", "ben")}, "said2"),
			of("onBehalfOf", kg.StatementFilter{OnBehalfOf: entIDs("nato")}, "said1"),
			of("about", kg.StatementFilter{About: entIDs("russia")}, "said1", "said3"),
			of("by and about", kg.StatementFilter{By: entIDs("anna"), About: entIDs("russia")}, "said1"),
			of("atEvent", kg.StatementFilter{AtEvent: entIDs("talks")}, "said1"),
			of("audience", kg.StatementFilter{Audience: entIDs("carl", "ben")}, "said2"),
			of("kind", kg.StatementFilter{Kind: []kg.StatementKind{kg.Mixed}}, "said2"),
			of("joint", kg.StatementFilter{Joint: ptr(true)}, "said2"),
			of("not joint", kg.StatementFilter{Joint: ptr(false)}, "said1", "said3"),
			of("medium", kg.StatementFilter{Medium: []string{"phone call"}}, "said1", "said2"),
			of("source", kg.StatementFilter{Source: []kg.ID{srcID("s1")}}, "said1", "said2"),
			of("dataset", kg.StatementFilter{Dataset: []kg.ID{kg.DatasetID("second")}}, "said3"),
			of("between", kg.StatementFilter{Between: &kg.DateRange{From: ptr(kg.PartialDate("2022"))}}, "said1", "said2"),
		)
	}},
	{"Relationships", func(b *bench) {
		b.put(sample()...)
		of := func(name string, f kg.RelationshipFilter, asOf kg.AsOf, keys ...string) want {
			l, err := kg.Relationships(&f, asOf, nil)
			return wanted(name, l, err, keys...)
		}
		b.expect(
			of("all", kg.RelationshipFilter{}, kg.AsOf{}, "ally", "leads", "loop", "sanction", "unknown"),
			of("types", kg.RelationshipFilter{Types: []kg.RelationshipType{kg.AlliedWith, kg.Supports}}, kg.AsOf{}, "ally", "loop", "unknown"),
			of("with either end", kg.RelationshipFilter{With: entIDs("anna", "ben")}, kg.AsOf{}, "leads", "sanction", "unknown"),
			of("source", kg.RelationshipFilter{Source: []kg.ID{srcID("s1")}}, kg.AsOf{}, "leads", "unknown"),
			of("dataset", kg.RelationshipFilter{Dataset: []kg.ID{kg.DatasetID("second")}}, kg.AsOf{}, "sanction"),
			of("with and dataset", kg.RelationshipFilter{With: entIDs("anna"), Dataset: []kg.ID{kg.DatasetID("second")}}, kg.AsOf{}, "sanction"),
			of("asOf", kg.RelationshipFilter{}, kg.AsOf{Date: "2001-05-03"}, "ally", "unknown"),
			of("certainly asOf", kg.RelationshipFilter{}, kg.AsOf{Date: "2021", CertainOnly: true}, "leads", "sanction"),
			of("certainly asOf a day", kg.RelationshipFilter{}, kg.AsOf{Date: "2020-12-31", CertainOnly: true}, "leads"),
		)
	}},
	{"RelationshipsOf", func(b *bench) {
		b.put(sample()...)
		of := func(name string, f kg.RelationshipFilter, d kg.Direction, keys ...string) want {
			l, err := kg.RelationshipsOf(entID("nato"), &f, d, kg.AsOf{}, nil)
			return wanted(name+" "+string(d), l, err, keys...)
		}
		type filter = kg.RelationshipFilter
		allied, supports := []kg.RelationshipType{kg.AlliedWith}, []kg.RelationshipType{kg.Supports, kg.Leads, kg.AlliedWith}
		b.expect(
			of("all", filter{}, kg.AnyDirection, "ally", "leads", "loop", "sanction", "unknown"),
			of("all", filter{}, kg.Out, "ally", "loop", "sanction"),
			of("all", filter{}, kg.In, "ally", "leads", "loop", "unknown"),
			of("symmetric", filter{Types: allied}, kg.AnyDirection, "ally", "loop"),
			of("symmetric", filter{Types: allied}, kg.Out, "ally", "loop"),
			of("symmetric", filter{Types: allied}, kg.In, "ally", "loop"),
			of("types", filter{Types: supports}, kg.AnyDirection, "ally", "leads", "loop", "unknown"),
			of("types", filter{Types: supports}, kg.Out, "ally", "loop"),
			of("types", filter{Types: supports}, kg.In, "ally", "leads", "loop", "unknown"),
			of("with", filter{With: entIDs("anna", "russia")}, kg.AnyDirection, "ally", "leads", "sanction"),
			of("with", filter{With: entIDs("anna", "russia")}, kg.Out, "ally", "sanction"),
			of("with", filter{With: entIDs("anna", "russia")}, kg.In, "ally", "leads"),
			of("with itself", filter{With: entIDs("nato")}, kg.AnyDirection, "loop"),
			of("with itself", filter{With: entIDs("nato")}, kg.Out, "loop"),
			of("with and types", filter{With: entIDs("anna", "russia"), Types: supports}, kg.Out, "ally"),
			of("source", filter{Source: []kg.ID{srcID("s2")}}, kg.AnyDirection, "unknown"),
			of("source", filter{Source: []kg.ID{srcID("s2")}}, kg.Out),
			of("dataset", filter{Dataset: []kg.ID{kg.DatasetID("second")}}, kg.AnyDirection, "sanction"),
		)
	}},
	{"Sources, Datasets, MentionsOf", func(b *bench) {
		b.put(sample()...)
		of := func(name string, f kg.SourceFilter, keys ...string) want {
			l, err := kg.Sources(&f, nil)
			return wanted(name, l, err, keys...)
		}
		mentions := func(id kg.ID, kinds []kg.MentionKind, keys ...string) want {
			l, err := kg.MentionsOf(id, kinds)
			return wanted("mentions", l, err, keys...)
		}
		inOrder := func(first, second kg.ID, a, b string) []string { // by source, whose ids are what they are
			if first < second {
				return []string{a, b}
			}
			return []string{b, a}
		}
		b.expect(
			of("all", kg.SourceFilter{}, "s1", "s2"),
			of("kinds", kg.SourceFilter{Kinds: []kg.SourceKind{kg.Post}}, "s2"),
			of("publisher", kg.SourceFilter{Publisher: entIDs("nato", "russia")}, "s1"),
			of("between", kg.SourceFilter{Between: &kg.DateRange{From: ptr(kg.PartialDate("2000"))}}, "s1"),
			of("dataset", kg.SourceFilter{Dataset: []kg.ID{kg.DatasetID("second")}}, "s2"),
			wanted("datasets", kg.Datasets(), nil, "second", testSet),
			mentions(entID("anna"), nil, "m2", "m1"),
			mentions(entID("anna"), []kg.MentionKind{kg.NameMention}, "m1"),
			mentions(entID("nato"), nil, inOrder(srcID("s1"), srcID("s2"), "m3", "m4")...),
			mentions(srcID("s1"), nil, "m2", "m1", "m3"),
			mentions(srcID("s1"), []kg.MentionKind{kg.Pronoun, kg.NameMention}, "m2", "m1", "m3"),
		)
	}},
	{"several lists in one call", func(b *bench) {
		b.put(sample()...)
		var page *kg.Page
		var drives []kg.Drive
		for _, id := range entIDs("ben", "nato", "nobody", "anna", "nato") {
			l, err := kg.RelationshipsOf(id, nil, kg.AnyDirection, kg.AsOf{}, nil)
			if err != nil {
				b.Fatal(err)
			}
			p, err := l.Page(kg.PageArgs{First: ptr(3)})
			if err != nil {
				b.Fatal(err)
			}
			if page != nil && page.Query.Family(page.Drives[0]) != p.Query.Family(p.Drives[0]) {
				b.Fatal("lists of one shape are of different families")
			}
			page, drives = p, append(drives, p.Drives...)
		}
		rows, err := b.store.List(b.ctx, page.Query, drives)
		if err != nil {
			b.Fatal(err)
		}
		four := []string{"ally", "leads", "loop", "sanction"} // one more than the page, to see that there is more
		for i, want := range [][]string{{"unknown"}, four, {}, {"leads", "sanction"}, four} {
			if got := labels(rows[i].Records); !slices.Equal(got, want) {
				b.Errorf("list %d: got %v, want %v", i, got, want)
			}
		}
	}},
}
