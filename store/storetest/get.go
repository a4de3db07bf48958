package storetest

import (
	"bytes"
	"slices"

	"dramatis/kg"
)

var getTests = []test{
	{"every kind of record comes back as it was written", func(b *bench) {
		want := everyKind()
		b.put(want...)
		for _, r := range want {
			got := b.get(r.GetID())
			if got == nil || !bytes.Equal(encode(b.T, got), encode(b.T, r)) {
				b.Errorf("got %v\nwant %s", got, encode(b.T, r))
			}
		}
	}},
	{"order, doubles and absent ids", func(b *bench) {
		b.put(person("a", "A"), person("b", "B"))
		records, err := b.store.Get(b.ctx, []kg.ID{entID("b"), entID("nobody"), entID("a"), entID("b"), relID("a")})
		if err != nil {
			b.Fatal(err)
		}
		if got, want := labels(records), []string{"b", "nil", "a", "b", "nil"}; !slices.Equal(got, want) {
			b.Errorf("got %v, want %v", got, want)
		}
	}},
	{"nothing asked for", func(b *bench) {
		records, err := b.store.Get(b.ctx, nil)
		if err != nil || len(records) != 0 {
			b.Errorf("got %v, %v", records, err)
		}
	}},
	{"many at once", func(b *bench) {
		var records []kg.Record
		var ids []kg.ID
		for i := range kg.MaxBatch {
			p := person(number(i), "Somebody")
			records = append(records, p)
			ids = append(ids, p.ID)
		}
		b.put(records...)
		got, err := b.store.Get(b.ctx, ids)
		if err != nil {
			b.Fatal(err)
		}
		for i, r := range got {
			if label(r) != number(i) {
				b.Fatalf("place %d holds %s", i, label(r))
			}
		}
	}},
}

// everyKind is one full record of each kind, all of which refer to each other.
func everyKind() []kg.Record {
	extra := []kg.Extra{{Name: "x", Values: []string{"1", " "}}, {Name: "empty", Values: []string{}}}
	p := person("p", "Anna Müller")
	p.Names = []kg.Name{{Value: "A. M.", Kind: kg.Abbreviation, Language: "de", StartDate: "1990", EndDate: ".."}}
	p.Identifiers = []kg.Identifier{{Scheme: "wikidata", Value: "Q1"}}
	p.Links = []kg.Link{{URL: "https://example.org/", Note: "page"}}
	p.Description, p.Gender, p.BirthDate, p.DeathDate, p.Countries = "Text.", "female", "1960-02", "2020?", []string{"de", "fr"}
	p.Extra = extra
	o := body("o", "Bund")
	o.Kind, o.Classification, o.Country, o.FoundingDate, o.DissolutionDate, o.Stub = kg.State, "republic", "de", "1949", "", true
	office := office("office", "Minister")
	office.Country = "de"
	where := place("place", "Köln")
	where.Latitude, where.Longitude, where.Country, where.Classification = ptr(50.9413), ptr(-6.958), "de", "city"
	happening := event("event", "2022-01-10", "2022-01-11~")
	happening.Kind, happening.Outcome, happening.About = "Summit", "none", entIDs("topic", "o")
	happening.Evidence = []kg.Evidence{cited("source", 3)}
	src := source("source", "2022")
	src.Publisher, src.SourcedFrom, src.References, src.CreditedTo = entID("o"), entIDs("p"), entIDs("o"), entIDs("p", "o")
	src.Authors, src.URL, src.ArchivedURL, src.RetrievedDate, src.Language = []string{"X"}, "u", "a", "2023-01-02", "en"
	src.Text, src.ContentHash = "Whole text.", "sha256:0000000000000000000000000000000000000000000000000000000000000000"
	rel := link("rel", kg.Paid, "p", "o", "2001%", "..")
	rel.Role, rel.Amount = "donor", &kg.Amount{Minor: 9_007_199_254_740_993, Currency: "EUR"}
	rel.Evidence = []kg.Evidence{{Source: srcID("source"), Exact: "e", Prefix: "p", Suffix: "s", AttributedTo: staID("other"), AssertedBy: "me", Method: kg.Extractor}}
	st := said("statement", "2022-01-10", "p", "o")
	st.OnBehalfOf, st.About, st.Audience, st.AtEvent, st.Medium = entIDs("office"), entIDs("topic", "event"), entIDs("place"), entID("event"), "tweet"
	st.ReplyTo, st.Contradicts, st.Supports, st.Repeats = []kg.ID{staID("other")}, []kg.ID{staID("other")}, []kg.ID{staID("other")}, []kg.ID{staID("other")}
	st.Evidence = []kg.Evidence{cited("source", 1), cited("source", -1)}
	set := dataset("other set")
	set.Title, set.Description, set.URL, set.License = "T", "D", "U", "L"
	return []kg.Record{mention("mention", "source", "p", 0), st, said("other", "", "p"), rel, src, happening, where, office, o, p, topic("topic", "Peace"), set}
}
