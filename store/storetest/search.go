package storetest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dramatis/kg"
)

var searchTests = []test{
	{"one name in many spellings", func(b *bench) {
		people := map[string][]string{
			"grushko":  {"Gruschko", "Grushko", "Грушко", "GRUSHKO", "grušhko"},
			"zelensky": {"Zelensky", "Zelenskyy", "Зеленський", "Selenskyj", "Zełensky"},
			"orsted":   {"Ørsted", "orsted", "ORSTED"},
			"strasse":  {"Straße", "strasse", "STRASSE", "Strase"},
			"dorde":    {"Đorđe", "dorde", "Dorđe"},
		}
		var records []kg.Record
		for key, spellings := range people {
			p := person(key, "Somebody")
			p.Name = "Alexander " + spellings[0]
			records = append(records, p, body("other "+key, "Ministry of "+key[:2]))
		}
		b.put(records...)
		for key, spellings := range people {
			for _, asked := range spellings {
				page := b.search(kg.SearchQuery{Text: asked}, kg.PageArgs{})
				if got := hitLabels(page.Hits); !slices.Equal(got, []string{key}) {
					b.Errorf("%s finds %v, not %s", asked, got, key)
				}
			}
		}
	}},
	{"the likest first, and which name matched", func(b *bench) {
		alias := person("alias", "Vladimir")
		alias.Names = []kg.Name{{Value: "Kyiv", Kind: kg.Metonym}}
		b.put(alias, place("city", "Kyiv"), body("mission", "Kyiv Mission"), body("fc", "Dynamo Kyiv"), body("academy", "Academy of Kyivska"),
			place("kiew", "Kiyv"), place("kieff", "Kijew"), place("far", "Kharkiv"))
		page := b.search(kg.SearchQuery{Text: "kyiv"}, kg.PageArgs{})
		want := []string{"city EXACT Kyiv ", "alias EXACT Kyiv METONYM", "mission PREFIX Kyiv Mission ", "fc WORDS Dynamo Kyiv ",
			"academy BEGINNINGS Academy of Kyivska ", "kiew FUZZY Kiyv "}
		if got := describeHits(page.Hits); !slices.Equal(got[:min(len(got), len(want))], want) {
			b.Errorf("got %q\nwant %q", got, want)
		}
	}},
	{"texts by all words, with snippets", func(b *bench) {
		src := source("src", "2022-01")
		src.Title, src.Text = "Talks", strings.Repeat("nothing here ", 100)+"but “Überfall” and frieden, "+strings.Repeat("at all ", 100)
		said1 := said("s1", "2022-01-10", "who")
		said1.Text = "Frieden, kein Überfall!"
		said2 := said("s2", "2022-01-09", "who")
		said2.Text = "Überfall."
		b.put(src, person("who", "Who"), said1, said2)
		page := b.search(kg.SearchQuery{Text: "uberfall FRIEDEN"}, kg.PageArgs{})
		if got := describeHits(page.Hits); !slices.Equal(got, []string{"src TEXT  ", "s1 TEXT  "}) {
			b.Errorf("found %q", got)
		}
		for _, h := range page.Hits {
			s := h.Snippet()
			text := []rune(s.Text)
			var marked []string
			for _, m := range s.Highlights {
				marked = append(marked, string(text[m.Start:m.End]))
			}
			slices.Sort(marked)
			if want := map[bool][]string{true: {"frieden", "Überfall"}, false: {"Frieden", "Überfall"}}[h.Record.GetID() == srcID("src")]; !slices.Equal(marked, want) {
				b.Errorf("marked %q in %q", marked, s.Text)
			}
			if len(text) > 240 || s.Start > 0 != (h.Record.GetID() == srcID("src")) {
				b.Errorf("the snippet of %d letters begins at %d", len(text), s.Start)
			}
		}
	}},
	{"hostile questions get an answer or BAD_USER_INPUT", func(b *bench) {
		b.put(person("nato", "NATO and"), person("or", "or not"))
		for _, text := range append([]string{`"`, "*:*", "NATO AND", "NATO AND NOT (", "/.*/", "[* TO *]", "a OR b", "-x", "note:secret", "{name}:x", "NEAR(a b)", "^a", "a*", "~", "~1", "%", "_", `\`, "'"}, hardTexts...) {
			_, err := kg.Search(b.ctx, b.store, kg.SearchQuery{Text: text}, kg.PageArgs{}, true)
			if code := kg.CodeOf(err); err != nil && (code != kg.BadUserInput || len(text) <= 256 && len(strings.Fields(words(text))) <= 16) {
				b.Errorf("%.40q: %v", text, err)
			}
			if _, err := kg.Suggest(b.ctx, b.store, text, nil, 10); err != nil && kg.CodeOf(err) != kg.BadUserInput {
				b.Errorf("%.40q: %v", text, err)
			}
		}
		for _, text := range []string{"", "a\x00b", "\xff", strings.Repeat("word ", 100_000), strings.Repeat("a b c d ", 5) + "e f g h i j k l m n o p q"} {
			if _, err := kg.Search(b.ctx, b.store, kg.SearchQuery{Text: text}, kg.PageArgs{}, false); kg.CodeOf(err) != kg.BadUserInput {
				b.Errorf("%.40q: %v", text, err)
			}
		}
	}},
	{"no more than 1,000 hits, in stable pages", func(b *bench) {
		var records []kg.Record
		for i := range 1_200 {
			p := person(number(i), fmt.Sprintf("Maria %s Lopez", number(i)))
			if i%3 == 0 {
				p.Names = []kg.Name{{Value: "Lopez Maria"}}
			}
			records = append(records, p)
		}
		b.putMany(records)
		q := kg.SearchQuery{Text: "lopez maria"}
		page := b.search(q, kg.PageArgs{})
		if page.Total != 1_000 || !page.Cut {
			b.Errorf("%d found, cut %t", page.Total, page.Cut)
		}
		seen := map[kg.ID]bool{}
		args, pages := kg.PageArgs{First: ptr(97)}, 0
		for {
			page, err := kg.Search(b.ctx, b.store, q, args, pages%2 == 0)
			if err != nil {
				b.Fatal(err)
			}
			for _, h := range page.Hits {
				if seen[h.Record.GetID()] {
					b.Fatalf("%s comes twice", label(h.Record))
				}
				seen[h.Record.GetID()] = true
			}
			if pages++; !page.HasNext {
				break
			}
			args.After = &page.Cursors[len(page.Cursors)-1]
		}
		if len(seen) != 1_000 || pages != 11 {
			b.Errorf("%d hits on %d pages", len(seen), pages)
		}
	}},
}

// search asks for the first page of hits and all that is counted.
func (b *bench) search(q kg.SearchQuery, args kg.PageArgs) *kg.SearchPage {
	b.Helper()
	page, err := kg.Search(b.ctx, b.store, q, args, true)
	if err != nil {
		b.Fatalf("Search %q: %v", q.Text, err)
	}
	return page
}

func hitLabels(hits []kg.SearchHit) []string {
	var records []kg.Record
	for _, h := range hits {
		records = append(records, h.Record)
	}
	return labels(records)
}

func describeHits(hits []kg.SearchHit) []string {
	lines := make([]string, len(hits))
	for i, h := range hits {
		lines[i] = fmt.Sprintf("%s %s %s %s", label(h.Record), h.Match, h.Name, h.NameKind)
	}
	return lines
}

// searchQuery makes a random search of texts that there are, whole or in part, with slips.
func (w *world) searchQuery() kg.SearchQuery {
	q := kg.SearchQuery{
		Types: maybe(w, 20, []kg.SearchType{"PERSON", "ORGANIZATION", "EVENT", "STATEMENT", "SOURCE"}), Kinds: maybe(w, 15, []kg.SearchKind{"STATE", "OTHER", "DIRECT", "INDIRECT", "ARTICLE"}),
		Sources: maybe(w, 15, w.stock[kg.SourceClass]), Dataset: maybe(w, 15, w.stock[kg.DatasetClass]), Between: w.between(),
	}
	for q.Text == "" {
		text := []rune(pick(w, w.texts))
		from := 0
		if w.chance(20) {
			from = w.rng.IntN(len(text))
		}
		to := len(text)
		if w.chance(30) {
			to = from + w.rng.IntN(len(text)-from+1)
		}
		text = slices.Clone(text[from:to])
		if len(text) > 1 && w.chance(30) {
			i := w.rng.IntN(len(text) - 1)
			text[i], text[i+1] = text[i+1], text[i]
		}
		q.Text = firstBytes(string(text), 120)
		if w.chance(20) {
			q.Text += " " + firstBytes(pick(w, w.texts), 100)
		}
	}
	return q
}

// askSearch searches all stores, page by page.
func (d *differential) askSearch() {
	q := d.world.searchQuery()
	want := d.world.oracle.Search(q)
	size := 1 + d.world.rng.IntN(12)
	for _, name := range d.names {
		args, got := kg.PageArgs{First: &size}, []Hit{}
		measured := d.world.chance(50)
		for {
			page, err := kg.Search(d.ctx, d.stores[name], q, args, measured)
			if err != nil {
				if len(strings.Fields(words(q.Text))) <= 16 {
					d.Errorf("%s: search %s: %v", name, show(q), err)
				}
				return
			}
			for _, h := range page.Hits {
				got = append(got, Hit{h.Record, h.Match, h.Name, h.NameKind})
			}
			if measured && page.Total != len(want) {
				d.Errorf("%s: search %s: %d hits, want %d", name, show(q), page.Total, len(want))
			}
			if measured {
				d.compareFacets(name, q, page.Facets)
			}
			if !page.HasNext || len(got) > len(want) {
				break
			}
			args.After = &page.Cursors[len(page.Cursors)-1]
		}
		if !slices.EqualFunc(got, want, func(a, b Hit) bool {
			return a.Record.GetID() == b.Record.GetID() && a.Match == b.Match && a.Name == b.Name && a.Kind == b.Kind
		}) {
			d.Errorf("%s: search %s:\ngot %s\nwant %s", name, show(q), showHits(got), showHits(want))
		}
	}
}

func showHits(hits []Hit) string {
	var lines []string
	for _, h := range hits {
		lines = append(lines, fmt.Sprintf("%s %s %q %s", h.Record.GetID(), h.Match, h.Name, h.Kind))
	}
	return strings.Join(lines, "\n    ")
}

// compareFacets counts by each facet what is found without its filter.
func (d *differential) compareFacets(name string, q kg.SearchQuery, f *kg.SearchFacets) {
	types, kinds, sources, years := q, q, q, q
	types.Types, kinds.Kinds, sources.Sources, years.Between = nil, nil, nil, nil
	compareFacet(d, name, q, f.Types, types, func(r kg.Record) []string {
		switch r := r.(type) {
		case kg.Entity:
			return []string{string(r.Type())}
		case *kg.Statement:
			return []string{"STATEMENT"}
		}
		return []string{"SOURCE"}
	})
	compareFacet(d, name, q, f.Kinds, kinds, func(r kg.Record) []string {
		switch r := r.(type) {
		case *kg.Organization:
			return []string{string(r.Kind)}
		case *kg.Statement:
			return []string{string(r.Kind)}
		case *kg.Source:
			return []string{string(r.Kind)}
		}
		return nil
	})
	compareFacet(d, name, q, f.Sources, sources, func(r kg.Record) []string {
		ids := []kg.ID{r.GetID()}
		if r.GetID().Class() != kg.SourceClass {
			ids = sourcesOf(kg.Evidences(r))
		}
		var texts []string
		for _, id := range ids {
			texts = append(texts, string(id))
		}
		slices.Sort(texts)
		return slices.Compact(texts)
	})
	compareFacet(d, name, q, f.Years, years, func(r kg.Record) []string {
		var date kg.PartialDate
		switch r := r.(type) {
		case *kg.Event:
			date = r.StartDate
		case *kg.Statement:
			date = r.Date
		case *kg.Source:
			date = r.PublishedDate
		}
		if _, ok := daysOf(date); !ok {
			return nil
		}
		return []string{strings.TrimLeft(string(date[:4]), "0")}
	})
}

func compareFacet[V cmp.Ordered](d *differential, name string, q kg.SearchQuery, got []kg.FacetCount[V], lifted kg.SearchQuery, values func(kg.Record) []string) {
	want, have := map[string]int{}, map[string]int{}
	for _, h := range d.world.oracle.Search(lifted) {
		for _, v := range values(h.Record) {
			want[v]++
		}
	}
	for _, c := range got {
		have[fmt.Sprint(c.Value)] = c.Count
	}
	if !maps.Equal(have, want) || len(got) != len(have) {
		d.Errorf("%s: facets of %s: got %v, want %v", name, show(q), got, want)
	}
}
