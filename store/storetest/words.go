package storetest

import (
	"fmt"
	"slices"

	"dramatis/kg"
)

// What a search asks of a store, each by itself.
var wordTests = []test{
	{"words by their beginning", func(b *bench) {
		b.put(named("a", "Anna Ende", "Ann"), named("b", "Anna", "Annabel Ångström"))
		b.wantBegin("an", "angstrom", "ann", "anna", "annabel")
		b.wantBegin("anna", "anna", "annabel")
		for _, none := range []string{"", "é", "~", "an~", "\x00", "AN", "annabels"} {
			b.wantBegin(none)
		}
		b.put(named("a", "Ann"), named("b", "Anna")) // goes from one, stays with the other
		b.wantBegin("an", "ann", "anna")
		b.put(named("a", "Anna"), named("b", "Bea")) // from one to the other in one batch
		b.wantBegin("an", "anna")
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: entID("a")}}})
		b.wantBegin("an")
		b.wantBegin("b", "bea")
	}},
	{"words by their spelling", func(b *bench) {
		b.put(named("a", "Schmidt"), named("b", "Schmitt", "Petersen"))
		b.wantNear([]string{"n_schmid"}, "schmidt")
		b.wantNear([]string{"n_petersn", "n_schmidt", "n_peters", "n_schmit", "n_pters"}, "petersen", "schmidt", "schmitt")
		b.wantNear(nil)
		b.wantNear([]string{"", "é\xff", `"`, `n_schmidt" OR "n_x`, "n_schm*", "*", "*:*", "spellings:n_schmidt", "N_SCHMIDT", "n_schmidt n_schmitt", "schmidt"})
		near, begin, err := b.store.Words(b.ctx, append(kg.Spellings("schmidt"), "\x00"), "p")
		if err != nil || !slices.Equal(near, []string{"schmidt", "schmitt"}) || !slices.Equal(begin, []string{"petersen"}) {
			b.Errorf("got %q, %q, %v", near, begin, err)
		}
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: entID("a")}}})
		b.wantNear(kg.Spellings("schmidt"), "schmitt")
	}},
	{"the first words of many", func(b *bench) {
		var records []kg.Record
		var words []string
		for i := range 13 {
			p := person(number(i), "x")
			for j := range 90 {
				word := fmt.Sprintf("xa%c%c%c", 'a'+i, 'a'+j/26, 'a'+j%26)
				words = append(words, word)
				p.Names = append(p.Names, kg.Name{Value: word, Kind: kg.Alias})
			}
			records = append(records, p)
		}
		slices.Reverse(records)
		b.put(records...)
		b.wantBegin("xa", words[:kg.WordLimit]...)
		keys := []string{"n_nothing"}
		for c := 'z'; c >= 'a'; c-- { // words of the letters x, a, any and c, all of them in the end
			for d := 'a'; d <= 'd'; d++ {
				for e := 'a'; e <= 'z'; e++ {
					keys = append(keys, fmt.Sprintf("n_xa%c%c%c", c, d, e))
				}
			}
		}
		b.wantNear(keys, words[:kg.WordLimit]...)
	}},
	{"texts by their terms", func(b *bench) {
		src := source("src", "2022")
		src.Title, src.Text = "Sanctions", "Wir drohen mit Sanktionen"
		b.put(person("who", "Who"), src, saying("s1", "We threaten sanctions.", "2022-01"), saying("s2", "No sanctions, no threat", "2021"), saying("s3", "Санкции", ""))
		sanctions := []string{"sanctions"}
		b.wantTexts(kg.TextQuery{All: [][]string{sanctions}}, "s2", "src", "s1")
		b.wantTexts(kg.TextQuery{All: [][]string{sanctions, {"c_sta"}}}, "s2", "s1")
		b.wantTexts(kg.TextQuery{All: [][]string{{"threaten", "threat", "drohen"}, {"y_2022", "y_2021"}, sanctions}}, "s2", "src", "s1")
		b.wantTexts(kg.TextQuery{All: [][]string{{"sanktsii"}}}, "s3")
		b.wantTexts(kg.TextQuery{All: [][]string{sanctions}, Days: []kg.DayTest{{Column: kg.StartMin, AtLeast: true, Day: "2022-01-01"}}}, "src", "s1")
		b.wantTexts(kg.TextQuery{All: [][]string{sanctions}, After: kg.SortKey(saying("s2", "", "2021"), kg.ByDefault)}, "src", "s1")
		b.wantTexts(kg.TextQuery{All: [][]string{sanctions, {"nowhere"}}})
		b.wantTexts(kg.TextQuery{All: [][]string{sanctions}, Limit: 1}, "s2")
		b.wantTexts(kg.TextQuery{})
		// what no record can have is neither a query of its own nor an error
		for _, odd := range []string{"", " ", `"`, `sanctions"`, `a" OR "sanctions`, "SANCTIONS", "sanctions*", "sanction?", "sanctions~", "*:*", "[* TO *]", "/.*/",
			"terms:sanctions", "NEAR(", "sanctions threat", "c-sta", "é", "\x00", "\xff", "(", "^sanctions", `\`, "AND", "TO"} {
			b.wantTexts(kg.TextQuery{All: [][]string{{odd}}})
			b.wantTexts(kg.TextQuery{All: [][]string{sanctions, {odd, "threat"}}}, "s2")
			b.wantTexts(kg.TextQuery{All: [][]string{sanctions, {odd}}})
		}
		for _, word := range []string{"and", "or", "not", "near", "to"} {
			b.wantTexts(kg.TextQuery{All: [][]string{{word}}})
		}
		b.put(saying("s2", "To be or not to be", "2021"))
		b.wantTexts(kg.TextQuery{All: [][]string{sanctions}}, "src", "s1")
		b.wantTexts(kg.TextQuery{All: [][]string{{"to"}, {"be"}, {"or"}, {"not"}}}, "s2")
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: src.ID}}})
		b.wantTexts(kg.TextQuery{All: [][]string{sanctions}}, "s1")
	}},
	{"texts by many terms", func(b *bench) {
		b.put(person("who", "Who"), saying("s", "needle", ""))
		var all [][]string
		for i := range 20 {
			var terms []string
			for j := range 49 {
				terms = append(terms, fmt.Sprintf("t%dx%d", i, j))
			}
			all = append(all, append(terms, "needle"))
		}
		b.wantTexts(kg.TextQuery{All: all}, "s")
	}},
	{"the values that have most", func(b *bench) {
		ends := []kg.Facet{kg.RelationshipFrom, kg.RelationshipTo}
		b.wantTop(10, ends)
		b.put(person("a", "A"), person("b", "B"), person("c", "C"), link("1", kg.FamilyOf, "a", "b"), link("2", kg.FamilyOf, "a", "c"), link("3", kg.FamilyOf, "b", "a"), link("loop", kg.FamilyOf, "b", "b"))
		first, second := min(entID("a"), entID("b")), max(entID("a"), entID("b"))
		b.wantTop(10, ends, tally("b", 4), tally("a", 3), tally("c", 1))
		b.wantTop(1, ends, tally("b", 4))
		b.wantTop(0, ends)
		b.wantTop(10, ends[:1], kg.Tally{Value: string(first), Count: 2}, kg.Tally{Value: string(second), Count: 2})
		b.wantTop(10, nil)
		for _, f := range []kg.Facet{kg.EntityName, kg.RelationshipFromType, kg.StatementReplyTo} {
			if _, err := b.store.Top(b.ctx, []kg.Facet{kg.RelationshipFrom, f}, 1); kg.CodeOf(err) != kg.Internal {
				b.Errorf("of %s: %v", f.Info().Name, err)
			}
		}
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: relID("2")}}})
		b.wantTop(10, ends, tally("b", 4), tally("a", 2))

		b.put(source("src", ""), said("s", "", "a"), mention("m1", "src", "a", 0), mention("m2", "src", "c", 1))
		b.wantTop(10, []kg.Facet{kg.MentionSource, kg.StatementSpeaker, kg.MentionEntity},
			tally("a", 2), kg.Tally{Value: string(srcID("src")), Count: 2}, tally("c", 1))
	}},
}

// named makes a person with several names.
func named(key string, names ...string) *kg.Person {
	p := person(key, names[0])
	for _, n := range names[1:] {
		p.Names = append(p.Names, kg.Name{Value: n, Kind: kg.Alias})
	}
	return p
}

// saying makes a statement of a text, of somebody's.
func saying(key, text string, d kg.PartialDate) *kg.Statement {
	s := said(key, d, "who")
	s.Text = text
	return s
}

func tally(key string, n int) kg.Tally { return kg.Tally{Value: string(entID(key)), Count: n} }

func (b *bench) wantBegin(prefix string, want ...string) {
	b.Helper()
	near, begin, err := b.store.Words(b.ctx, nil, prefix)
	if err != nil || len(near) > 0 || !slices.Equal(begin, want) {
		b.Errorf("words that begin with %q: %q, %q, %v; want %q", prefix, near, begin, err, want)
	}
}

func (b *bench) wantNear(keys []string, want ...string) {
	b.Helper()
	near, begin, err := b.store.Words(b.ctx, keys, "")
	if err != nil || len(begin) > 0 || !slices.Equal(near, want) {
		b.Errorf("words under %.100q: %q, %q, %v; want %q", keys, near, begin, err, want)
	}
}

func (b *bench) wantTexts(q kg.TextQuery, want ...string) {
	b.Helper()
	if q.Limit == 0 {
		q.Limit = 10
	}
	found, err := b.store.Texts(b.ctx, q)
	if err != nil || found.TooMany {
		b.Fatalf("texts of %.100q: %+v, %v", q.All, found, err)
	}
	if got := labels(found.Records); !slices.Equal(got, want) {
		b.Errorf("texts of %.100q: %q, want %q", q.All, got, want)
	}
}

func (b *bench) wantTop(limit int, facets []kg.Facet, want ...kg.Tally) {
	b.Helper()
	got, err := b.store.Top(b.ctx, facets, limit)
	if err != nil || !slices.Equal(got, want) {
		b.Errorf("the %d of most: %v, %v; want %v", limit, got, err, want)
	}
}
