package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"dramatis/kg"
)

// Random gives the records of a random graph, in an order by chance: what is referred to often comes behind.
func Random(t testing.TB, seed uint64) []kg.Record {
	t.Helper()
	w := newWorld(t, seed)
	for range 40 {
		_, _ = w.oracle.Apply(w.nextBatch()) // one that is refused changes nothing
	}
	var records []kg.Record
	for _, class := range kg.Classes {
		for _, r := range w.oracle.AllOf(class) {
			records = append(records, clone(t, r))
		}
	}
	w.rng.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	return records
}

// inOrder gives copies of records, and then an error if there is one.
func inOrder(t testing.TB, records []kg.Record, err error) iter.Seq2[kg.Record, error] {
	return func(yield func(kg.Record, error) bool) {
		for _, r := range records {
			if !yield(clone(t, r), nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

func (b *bench) load(records ...kg.Record) (*kg.Loaded, error) {
	return b.store.Load(b.ctx, b.at, inOrder(b.T, records, nil))
}

// wantLoaded loads what must be accepted.
func (b *bench) wantLoaded(want kg.Loaded, records ...kg.Record) {
	b.Helper()
	if got, err := b.load(records...); err != nil || *got != want {
		b.Fatalf("Load: %+v, %v; want %+v", got, err, want)
	}
}

// aspects are what a store tells of records, in lines: the records, under which keys they stand, counts, words and texts.
func (b *bench) aspects(records []kg.Record) []string {
	b.Helper()
	lines := b.dump()
	fail := func(err error) {
		if err != nil {
			b.Helper()
			b.Fatal(err)
		}
	}
	byFacet, terms := map[kg.Facet]map[kg.Key]bool{}, map[string]bool{}
	for _, r := range records {
		for _, k := range kg.Keys(r) {
			if byFacet[k.Facet] == nil {
				byFacet[k.Facet] = map[kg.Key]bool{}
			}
			byFacet[k.Facet][k] = true
		}
		for _, term := range kg.Terms(r) {
			terms[term] = true
		}
	}
	for f, set := range byFacet {
		keys, info := slices.Collect(maps.Keys(set)), f.Info()
		if info.Counted {
			counts, err := b.store.Count(b.ctx, keys)
			fail(err)
			for i, n := range counts {
				lines = append(lines, fmt.Sprintf("%v: %d", keys[i], n))
			}
		}
		if !info.FilterOnly {
			var drives []kg.Drive
			for _, k := range keys {
				drives = append(drives, kg.Drive{Keys: []kg.Key{k}})
			}
			rows, err := b.store.List(b.ctx, kg.Query{Order: info.Order, Limit: 1_000}, drives)
			fail(err)
			for i, r := range rows {
				lines = append(lines, fmt.Sprintf("%v: %v", keys[i], labels(r.Records)))
			}
		}
		if f == kg.EntityWord {
			for _, k := range keys {
				near, begin, err := b.store.Words(b.ctx, kg.Spellings(k.Value), k.Value)
				fail(err)
				lines = append(lines, fmt.Sprintf("%v: near %v, begin %v", k, near, begin))
			}
		}
	}
	for _, term := range slices.Sorted(maps.Keys(terms))[:min(50, len(terms))] {
		found, err := b.store.Texts(b.ctx, kg.TextQuery{All: [][]string{{term}}, Limit: 1_000})
		fail(err)
		lines = append(lines, fmt.Sprintf("%s: %v", term, labels(found.Records)))
	}
	slices.Sort(lines)
	return lines
}

// whole is a small graph whose records refer to each other in circles, the first to the last.
func whole() []kg.Record {
	summit := event("summit", "2020", "")
	summit.Evidence = []kg.Evidence{cited("src", 3)}
	summit.Evidence[0].AttributedTo = staID("s1")
	s1, s2 := said("s1", "2020", "a"), said("s2", "2021", "b")
	s1.AtEvent, s1.Contradicts, s2.Contradicts = entID("summit"), []kg.ID{staID("s2")}, []kg.ID{staID("s1")}
	src := source("src", "2020")
	src.Publisher = entID("b")
	return []kg.Record{link("l", kg.MemberOf, "a", "b", "2020"), mention("m", "src", "a", 1), s1, s2, summit, src,
		person("a", "Anna Smith"), body("b", "Ben Smith"), dataset(testSet)}
}

var loadTests = []test{
	{"into an empty graph, as by Apply", func(b *bench) {
		for _, records := range [][]kg.Record{nil, whole(), Random(b, 1), Random(b, uint64(time.Now().UnixNano()))} {
			b.wantLoaded(kg.Loaded{Created: len(records)}, records...)
			b.checkSound()
			loaded := b.aspects(records)
			away := &kg.Batch{}
			for _, r := range records {
				away.Delete = append(away.Delete, kg.Deletion{ID: r.GetID()})
			}
			for _, batch := range []*kg.Batch{away, {Put: slices.Collect(copies(b, records)), At: b.at}} {
				if _, err := b.store.Apply(b.ctx, batch); err != nil {
					b.Fatal(err)
				}
			}
			if applied := b.aspects(records); !slices.Equal(loaded, applied) {
				b.Errorf("loaded (-) and applied (+):\n%s", diffLines(loaded, applied))
			}
			if _, err := b.store.Apply(b.ctx, away); err != nil {
				b.Fatal(err)
			}
		}
	}},
	{"into a graph that is not empty", func(b *bench) {
		records := whole()
		b.put(person("a", "Another name"), person("other", "Other"))
		b.wantLoaded(kg.Loaded{Created: 7, Changed: 1, Unchanged: 1}, records...)
		b.wantLoaded(kg.Loaded{Unchanged: 9}, records...)
		b.wantLoaded(kg.Loaded{Created: 1, Unchanged: 1}, link("more", kg.FamilyOf, "other", "a"), dataset(testSet))
		var many []kg.Record // each refers to the next, which waits
		for i := range kg.MaxBatch + 200 {
			s := said(number(i), "2020", "a")
			s.Repeats = []kg.ID{staID(number(i + 1))}
			many = append(many, s)
		}
		many = append(many, said(number(len(many)), "2020", "a"))
		b.wantLoaded(kg.Loaded{Created: len(many)}, many...)
		b.wantLoaded(kg.Loaded{Unchanged: len(many)}, many...)
	}},
	{"what is refused", func(b *bench) {
		for _, full := range []bool{false, true} {
			if full {
				b.put(topic("there", "There"))
			}
			set := dataset(testSet)
			at := said("s", "2020", "a")
			at.AtEvent = entID("b")
			for name, c := range map[string]struct {
				records []kg.Record
				ids     []kg.ID
			}{
				"a reference":               {[]kg.Record{set, person("a", "A"), link("l", kg.FamilyOf, "a", "nobody"), link("l2", kg.FamilyOf, "no one", "a")}, sorted(entID("nobody"), entID("no one"))},
				"no dataset":                {[]kg.Record{func() kg.Record { p := person("a", "A"); p.Dataset = kg.DatasetID("none"); return p }()}, []kg.ID{kg.DatasetID("none")}},
				"a record of no form":       {[]kg.Record{set, person("a", "")}, []kg.ID{entID("a")}},
				"an entity twice":           {[]kg.Record{set, person("a", "A"), topic("a", "A")}, []kg.ID{entID("a")}},
				"a relationship twice":      {[]kg.Record{set, person("a", "A"), person("b", "B"), link("l", kg.FamilyOf, "a", "b"), link("l", kg.FamilyOf, "b", "a")}, []kg.ID{relID("l")}},
				"ends that do not fit":      {[]kg.Record{set, topic("a", "A"), person("b", "B"), link("l", kg.FamilyOf, "a", "b")}, []kg.ID{relID("l")}},
				"ends that come and misfit": {[]kg.Record{set, person("b", "B"), link("l", kg.FamilyOf, "a", "b"), topic("a", "A")}, []kg.ID{relID("l")}},
				"at no event":               {[]kg.Record{set, person("a", "A"), person("b", "B"), at}, []kg.ID{staID("s")}},
				"at no event that comes":    {[]kg.Record{set, person("a", "A"), at, person("b", "B")}, []kg.ID{staID("s")}},
			} {
				_, err := b.load(c.records...)
				if kg.CodeOf(err) != kg.BadUserInput || !slices.Equal(idsOf(err), c.ids) {
					b.Errorf("%s: %v; want %v", name, err, c.ids)
				}
				if !full {
					if left := b.dump(); len(left) > 0 {
						b.Errorf("%s leaves %s", name, strings.Join(left, "\n"))
					}
				}
			}
		}
	}},
	{"that ends early", func(b *bench) {
		records := whole()
		broken := errors.New("the file is broken")
		if _, err := b.store.Load(b.ctx, b.at, inOrder(b.T, records[:3], broken)); !errors.Is(err, broken) || kg.CodeOf(err) != kg.Internal {
			b.Errorf("got %v", err)
		}
		var people []kg.Record
		for i := range 3_000 {
			people = append(people, person(number(i), "Somebody"))
		}
		for _, after := range []int{0, 1, 1_500, 3_001} {
			ctx, cancel := context.WithCancel(b.ctx)
			_, err := b.store.Load(ctx, b.at, func(yield func(kg.Record, error) bool) {
				n := 0
				for r := range copies(b, append([]kg.Record{dataset(testSet)}, people...)) {
					if n++; n > after {
						cancel()
					}
					if !yield(r, nil) {
						return
					}
				}
				cancel()
			})
			if kg.CodeOf(err) != kg.Timeout {
				b.Errorf("after %d records: %v", after, err)
			}
		}
		b.wantLoaded(kg.Loaded{Created: len(records)}, records...)
		if left := b.dump(); len(left) != len(records) {
			b.Errorf("there are %d records", len(left))
		}
	}},
}

func copies(b *bench, records []kg.Record) iter.Seq[kg.Record] {
	return func(yield func(kg.Record) bool) {
		for _, r := range records {
			if !yield(clone(b.T, r)) {
				return
			}
		}
	}
}
