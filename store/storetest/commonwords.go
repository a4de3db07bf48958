package storetest

import (
	"slices"
	"strconv"

	"dramatis/kg"
)

// commonEntities is how many have one word in their names, commonTexts how many texts do.
const (
	commonEntities = kg.ReadLimit + 100
	commonTexts    = kg.ReadLimit + 1
)

// commonWordTests find what is rare beside a word that more records have than may be read.
var commonWordTests = []test{
	{"a word of many names", func(b *bench) {
		var records []kg.Record
		for i := range commonEntities {
			records = append(records, body(number(i), "Ministry "+number(i)))
		}
		records = append(records, body("peace", "Peace Ministry"), named("mint", "Mint Peace"))
		b.putMany(records)
		page := b.search(kg.SearchQuery{Text: "ministry"}, kg.PageArgs{First: ptr(3)})
		if got := describeHits(page.Hits); !slices.Equal(got, []string{"00000 PREFIX Ministry 00000 ", "00001 PREFIX Ministry 00001 ", "00002 PREFIX Ministry 00002 "}) ||
			!page.Cut || page.Total != kg.MaxHits {
			b.Errorf("found %q of %d, cut %t", got, page.Total, page.Cut)
		}
		for text, want := range map[string][]string{
			"ministry 10090":       {"10090 EXACT Ministry 10090 "},
			"10090 ministry":       {"10090 WORDS Ministry 10090 "},
			"10090 minis":          {"10090 BEGINNINGS Ministry 10090 "},
			"10090 mynistri":       {"10090 FUZZY Ministry 10090 "},
			"peace ministry":       {"peace EXACT Peace Ministry "},
			"peace m":              {"peace PREFIX Peace Ministry ", "mint BEGINNINGS Mint Peace "},
			"ministry peas":        {"peace TRANSLITERATED Peace Ministry "},
			"ministry peece":       {"peace FUZZY Peace Ministry "},
			"nowhere ministry":     nil,
			"ministry 10090 peace": nil,
		} {
			page := b.search(kg.SearchQuery{Text: text}, kg.PageArgs{})
			if got := describeHits(page.Hits); !slices.Equal(got, want) || page.Cut {
				b.Errorf("%s: found %q, cut %t; want %q", text, got, page.Cut, want)
			}
			hits, err := kg.Suggest(b.ctx, b.store, text, nil, 5)
			if got := describeHits(hits); err != nil || !slices.Equal(got, want) {
				b.Errorf("%s: suggested %q, %v; want %q", text, got, err, want)
			}
		}
	}},
	{"a word of many texts", func(b *bench) {
		var records []kg.Record
		for i := range commonTexts {
			s := source(number(i), kg.PartialDate(strconv.Itoa(1900+i%100)))
			s.Title = "Common " + number(i)
			records = append(records, s)
		}
		b.putMany(records[1:])
		q := kg.TextQuery{All: [][]string{{"common"}}, Limit: 3}
		b.wantTexts(q, number(100), number(200), number(300))
		b.put(records[0])
		// days and where one begins do not change what is too many
		q.Days, q.After = []kg.DayTest{{Column: kg.StartMin, AtLeast: true, Day: "1999-01-01"}}, "1999"
		if found, err := b.store.Texts(b.ctx, q); err != nil || !found.TooMany || len(found.Records) > 0 {
			b.Errorf("%d records of too many, %v", len(found.Records), err)
		}
		q.All = [][]string{{"common"}, {"y_1999"}}
		b.wantTexts(q, number(99), number(199), number(299))
		page := b.search(kg.SearchQuery{Text: "common"}, kg.PageArgs{})
		if len(page.Hits) > 0 || !page.Cut {
			b.Errorf("found %q, cut %t", hitLabels(page.Hits), page.Cut)
		}
		page = b.search(kg.SearchQuery{Text: "00007 common"}, kg.PageArgs{})
		if got := hitLabels(page.Hits); !slices.Equal(got, []string{number(7)}) || page.Cut {
			b.Errorf("found %q, cut %t", got, page.Cut)
		}
	}},
}
