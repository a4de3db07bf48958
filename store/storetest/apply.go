package storetest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dramatis/kg"
)

// outcome makes sure of what a batch did.
func (b *bench) outcome(got *kg.Result, want kg.Result) {
	b.Helper()
	if !sameResult(got, &want) {
		x, _ := json.Marshal(got)
		y, _ := json.Marshal(want)
		b.Errorf("got %s (replayed: %t)\nwant %s (replayed: %t)", x, got.Replayed, y, want.Replayed)
	}
}

func sameResult(a, b *kg.Result) bool {
	return slices.Equal(a.Created, b.Created) && slices.Equal(a.Changed, b.Changed) && slices.Equal(a.Unchanged, b.Unchanged) &&
		slices.Equal(a.Deleted, b.Deleted) && a.Replayed == b.Replayed
}

func (b *bench) recordedAt(id kg.ID) time.Time {
	b.Helper()
	r := b.get(id)
	if r == nil {
		b.Fatalf("%s is not there", id)
	}
	return kg.MetaOf(r).RecordedAt
}

var applyTests = []test{
	{"nothing to do", func(b *bench) {
		r, err := b.store.Apply(b.ctx, &kg.Batch{At: b.at})
		if err != nil {
			b.Fatal(err)
		}
		b.outcome(r, kg.Result{})
	}},
	{"created, changed, unchanged, deleted", func(b *bench) {
		b.outcome(b.put(person("b", "B"), person("a", "A"), person("c", "C")), kg.Result{Created: entIDs("b", "a", "c")})
		r := b.mustApply(&kg.Batch{
			Put:    []kg.Record{person("d", "D"), person("b", "B2"), person("a", "A")},
			Delete: []kg.Deletion{{ID: entID("c")}, {ID: entID("nobody")}},
		})
		if !slices.Equal(r.Deleted, entIDs("c")) || !slices.Equal(r.Created, entIDs("d")) || !slices.Equal(r.Changed, entIDs("b")) ||
			!slices.Equal(sorted(r.Unchanged...), sorted(entIDs("a", "nobody")...)) {
			b.Errorf("got %+v", r)
		}
		b.expect(wanted("all", kg.AllOf(kg.EntityClass), nil, "a", "b", "d"))
	}},
	{"recordedAt changes with the content only, to the millisecond", func(b *bench) {
		first := time.Date(2020, 1, 2, 3, 4, 5, 678_912_345, time.FixedZone("east", 3600))
		second := first.Add(time.Hour)
		b.mustApply(&kg.Batch{Put: []kg.Record{person("a", "A"), person("b", "B")}, At: first})
		b.mustApply(&kg.Batch{Put: []kg.Record{person("a", "A"), person("b", "B2")}, At: second})
		want := time.Date(2020, 1, 2, 2, 4, 5, 678_000_000, time.UTC)
		if got := b.recordedAt(entID("a")); got != want {
			b.Errorf("unchanged record: %s, want %s", got, want)
		}
		if got := b.recordedAt(entID("b")); got != want.Add(time.Hour) {
			b.Errorf("changed record: %s, want %s", got, want.Add(time.Hour))
		}
		if got := b.recordedAt(kg.DatasetID(testSet)); got != want {
			b.Errorf("dataset: %s, want %s", got, want)
		}
	}},
	{"what a record says of recordedAt itself is not heeded", func(b *bench) {
		p := person("a", "A")
		p.RecordedAt = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
		b.put(p)
		p = person("a", "A")
		p.RecordedAt = time.Date(1998, 1, 1, 0, 0, 0, 0, time.UTC)
		b.outcome(b.put(p), kg.Result{Unchanged: entIDs("a")})
		if got := b.recordedAt(entID("a")); got != b.at {
			b.Errorf("got %s, want %s", got, b.at)
		}
	}},
	{"a record is replaced whole, and found by what it is now", func(b *bench) {
		b.put(sample()...)
		anna := person("anna", "Zora")
		anna.Countries = []string{"it"}
		moved := link("leads", kg.EmployedBy, "ben", "russia", "1999")
		b.put(anna, moved)
		byName := func(name string) (kg.List, error) { return kg.Entities(&kg.EntityFilter{Name: &name}, nil) }
		byCountry := func(c string) (kg.List, error) { return kg.Entities(&kg.EntityFilter{Countries: []string{c}}, nil) }
		of := func(key string) (kg.List, error) {
			return kg.RelationshipsOf(entID(key), nil, kg.AnyDirection, kg.AsOf{}, nil)
		}
		for _, w := range []struct {
			list func(string) (kg.List, error)
			text string
			keys []string
		}{
			{byName, "Anna", nil}, {byName, "Änne", nil}, {byName, "zora", []string{"anna"}}, {byCountry, "de", nil}, {byCountry, "it", []string{"anna"}},
			{of, "anna", []string{"sanction"}}, {of, "ben", []string{"leads", "unknown"}}, {of, "russia", []string{"leads", "ally"}},
		} {
			l, err := w.list(w.text)
			b.expect(wanted(w.text, l, err, w.keys...))
		}
		b.expect(wanted("order", kg.AllOf(kg.EntityClass), nil, "ben", "carl", "crash", "nato", "peace", "russia", "spain", "talks", "vote", "anna"))
		if got := b.get(entID("anna")).(*kg.Person); len(got.Names) > 0 || len(got.Identifiers) > 0 {
			b.Errorf("something of the old record is left: %+v", got)
		}
	}},
	{"records of a batch refer to each other in any order", func(b *bench) {
		records := sample()
		slices.Reverse(records)
		b.outcome(b.put(records...), kg.Result{Created: idsOfRecords(records)})
	}},
	{"statements that refer to each other in a ring", func(b *bench) {
		x, y := said("x", "2020", "p"), said("y", "2020", "p")
		x.ReplyTo, y.ReplyTo = []kg.ID{y.ID}, []kg.ID{x.ID}
		b.put(x, y, person("p", "P"))
		b.refuse(&kg.Batch{Delete: []kg.Deletion{{ID: x.ID}}}, kg.Conflict, y.ID)
		b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: x.ID}, {ID: y.ID}}})
	}},
	{"a record refers to itself", func(b *bench) {
		x := said("x", "2020", "p")
		x.Repeats = []kg.ID{x.ID}
		b.put(x, person("p", "P"))
		b.outcome(b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: x.ID}}}), kg.Result{Deleted: []kg.ID{x.ID}})
	}},
	{"the dataset is made when it is not there, and otherwise left", func(b *bench) {
		set := dataset("new")
		set.Title = "First"
		p := person("p", "P")
		p.Dataset = set.ID
		b.mustApply(&kg.Batch{Put: []kg.Record{p}, Dataset: set})
		again := dataset("new")
		again.Title = "Second"
		b.mustApply(&kg.Batch{Put: []kg.Record{person("q", "Q")}, Dataset: dataset(testSet)})
		b.mustApply(&kg.Batch{Dataset: again})
		if got := b.get(set.ID).(*kg.Dataset); got.Title != "First" {
			b.Errorf("the dataset was written over: %+v", got)
		}
		b.outcome(b.put(again), kg.Result{Changed: []kg.ID{set.ID}})
		if got := b.get(set.ID).(*kg.Dataset); got.Title != "Second" {
			b.Errorf("the dataset was not written: %+v", got)
		}
	}},
	{"records are brought into their canonical form", func(b *bench) {
		o, e, s, src, m := body("o", "O"), event("e", "", ""), said("s", "", "p", "o", "p"), source("src", ""), mention("m", "src", "p", -1)
		o.Kind, e.Status, src.Kind, m.Kind, e.About = "", "", "", "", entIDs("p", "p", "o")
		s.OnBehalfOf, s.About = entIDs("o", "p"), entIDs("e", "e")
		small, large := min(entID("p"), entID("o")), max(entID("p"), entID("o"))
		r := link("r", kg.AlliedWith, "p", "o")
		r.From, r.To = large, small
		r.Evidence = []kg.Evidence{{Source: srcID("src")}}
		records := []kg.Record{person("p", "P"), o, e, s, src, m, r}
		again := cloneAll(b, records)
		b.put(records...)
		b.outcome(b.put(again...), kg.Result{Unchanged: idsOfRecords(again)})
		if got := b.get(r.ID).(*kg.Relationship); got.From != small || got.To != large || got.Evidence[0].Method != kg.Import {
			b.Errorf("got %+v", got)
		}
		if got := b.get(s.ID).(*kg.Statement); !slices.Equal(got.Speakers, entIDs("p", "o")) || got.OnBehalfOf != nil || len(got.About) != 1 {
			b.Errorf("got %+v", got)
		}
		if got := b.get(e.ID).(*kg.Event); got.Status != kg.Happened || !slices.Equal(got.About, entIDs("p", "o")) {
			b.Errorf("got %+v", got)
		}
		if b.get(o.ID).(*kg.Organization).Kind != kg.OtherOrganization || b.get(src.ID).(*kg.Source).Kind != kg.OtherSource || b.get(m.ID).(*kg.Mention).Kind != kg.NameMention {
			b.Error("a kind is missing")
		}
	}},
	{"a batch with a key has one effect", func(b *bench) {
		batch := func() *kg.Batch {
			return &kg.Batch{Key: "k", Put: []kg.Record{person("a", "A")}, Delete: []kg.Deletion{{ID: entID("z")}}}
		}
		first := b.mustApply(batch())
		b.outcome(first, kg.Result{Created: entIDs("a"), Unchanged: entIDs("z")})
		b.put(person("a", "Changed since"))
		later := batch()
		later.At = b.at.Add(time.Hour)
		want := *first
		want.Replayed = true
		b.outcome(b.mustApply(later), want)
		if got := b.get(entID("a")).(*kg.Person).Name; got != "Changed since" {
			b.Errorf("the replay was applied: %s", got)
		}
		for name, other := range map[string]*kg.Batch{
			"record":    {Key: "k", Put: []kg.Record{person("a", "B")}, Delete: []kg.Deletion{{ID: entID("z")}}},
			"deletion":  {Key: "k", Put: []kg.Record{person("a", "A")}, Delete: []kg.Deletion{{ID: entID("z"), Cascade: true}}},
			"less":      {Key: "k", Put: []kg.Record{person("a", "A")}},
			"dataset":   {Key: "k", Put: []kg.Record{person("a", "A")}, Delete: []kg.Deletion{{ID: entID("z")}}, Dataset: dataset("another")},
			"more":      {Key: "k", Put: []kg.Record{person("a", "A"), person("b", "B")}, Delete: []kg.Deletion{{ID: entID("z")}}},
			"malformed": {Key: "k", Content: []byte("other"), Put: []kg.Record{person("a", "A")}, Delete: []kg.Deletion{{ID: entID("z")}}},
		} {
			b.Run(name, func(t *testing.T) { (&bench{t, b.store, b.ctx, b.at}).refuse(other, kg.Conflict) })
		}
	}},
	{"content tells batches of a key apart, whatever their records", func(b *bench) {
		b.mustApply(&kg.Batch{Key: "k", Content: []byte("x"), Put: []kg.Record{person("a", "A")}})
		r := b.mustApply(&kg.Batch{Key: "k", Content: []byte("x"), Put: []kg.Record{person("b", "B")}})
		b.outcome(r, kg.Result{Created: entIDs("a"), Replayed: true})
		b.refuse(&kg.Batch{Key: "k", Content: []byte("y"), Put: []kg.Record{person("a", "A")}}, kg.Conflict)
	}},
	{"a batch that failed leaves its key free", func(b *bench) {
		b.refuse(&kg.Batch{Key: "k", Put: []kg.Record{link("r", kg.OtherLink, "a", "b")}}, kg.BadUserInput, sorted(entIDs("a", "b")...)...)
		r := b.mustApply(&kg.Batch{Key: "k", Put: []kg.Record{person("a", "A")}})
		b.outcome(r, kg.Result{Created: entIDs("a")})
	}},
	{"what is not there cannot be referred to", func(b *bench) {
		b.put(person("p", "P"), source("src", ""))
		missingSet := person("q", "Q")
		missingSet.Dataset = kg.DatasetID("nowhere")
		r := link("r", kg.OtherLink, "p", "p")
		r.Evidence = []kg.Evidence{cited("src", 0), {Source: srcID("gone"), AttributedTo: staID("gone")}}
		e := event("e", "", "")
		e.About = entIDs("p", "gone", "lost", "e")
		s := said("s", "", "gone")
		s.AtEvent, s.ReplyTo = entID("p"), []kg.ID{staID("gone"), staID("s")}
		src := source("src", "")
		src.Publisher, src.CreditedTo = entID("gone"), entIDs("p", "lost")
		for _, tt := range []struct {
			r       kg.Record
			missing []kg.ID
		}{
			{missingSet, []kg.ID{kg.DatasetID("nowhere")}},
			{link("r", kg.OtherLink, "p", "gone"), entIDs("gone")},
			{r, []kg.ID{srcID("gone"), staID("gone")}},
			{e, entIDs("gone", "lost")},
			{s, []kg.ID{entID("gone"), staID("gone")}},
			{src, entIDs("gone", "lost")},
			{mention("m", "gone", "gone", 0), []kg.ID{entID("gone"), srcID("gone")}},
		} {
			b.refuse(&kg.Batch{Put: []kg.Record{person("new", "New"), tt.r}}, kg.BadUserInput, sorted(tt.missing...)...)
		}
	}},
	{"what is malformed is refused with its id", func(b *bench) {
		b.put(person("p", "P"), person("q", "Q"))
		wrongClass := person("p", "P")
		wrongClass.ID = relID("p")
		noType := link("r", "FRIEND_OF", "p", "q")
		ends := link("r", kg.OtherLink, "p", "q")
		ends.To = srcID("q")
		money := link("r", kg.OtherLink, "p", "q")
		money.Amount = &kg.Amount{Minor: 1, Currency: "EUR"}
		kind := body("o", "O")
		kind.Kind = "TRIBE"
		country := person("p", "P")
		country.Countries = []string{"DE"}
		set := person("p", "P")
		set.Dataset = ""
		extra := person("p", "P")
		extra.Extra = []kg.Extra{{Name: "x", Values: []string{strings.Repeat("x", 65536)}}}
		badMention := mention("m", "s", "p", 5)
		badMention.End = ptr(4)
		for i, r := range []kg.Record{
			wrongClass, noType, ends, money, kind, country, set, extra, badMention, person("p", ""), said("s", "2020"), said("s", "..", "p"), source("s", "2020-13"),
			link("r", kg.OtherLink, "p", "q", "2020-02-30"), link("r", kg.OtherLink, "p", "q", "2021", "2020"), link("r", kg.OtherLink, "p", "q", "2021", "20"),
			event("e", "2020-01-02", "2020-01-01"), event("e", "0000", ""), event("e", "", "2020??"),
		} {
			b.Run(fmt.Sprint(i), func(t *testing.T) {
				(&bench{t, b.store, b.ctx, b.at}).refuse(&kg.Batch{Put: []kg.Record{person("new", "New"), r}}, kg.BadUserInput, r.GetID())
			})
		}
		b.refuse(&kg.Batch{Delete: []kg.Deletion{{ID: "x"}}}, kg.BadUserInput)
		b.refuse(&kg.Batch{Key: strings.Repeat("k", 201), Put: []kg.Record{person("a", "A")}}, kg.BadUserInput)
	}},
	{"a record stands once in a batch", func(b *bench) {
		b.put(person("a", "A"))
		b.refuse(&kg.Batch{Put: []kg.Record{person("a", "B"), person("a", "C")}}, kg.BadUserInput, entID("a"))
		b.refuse(&kg.Batch{Put: []kg.Record{person("a", "B")}, Delete: []kg.Deletion{{ID: entID("a")}}}, kg.BadUserInput, entID("a"))
		b.refuse(&kg.Batch{Delete: []kg.Deletion{{ID: entID("a")}, {ID: entID("a"), Cascade: true}}}, kg.BadUserInput, entID("a"))
	}},
	{"a batch has at most 1000 records", func(b *bench) {
		var records []kg.Record
		for i := range kg.MaxBatch {
			records = append(records, person(number(i), "P"))
		}
		more := &kg.Batch{Put: cloneAll(b, records), Delete: []kg.Deletion{{ID: entID("x")}}}
		b.refuse(more, kg.BadUserInput)
		b.put(records...)
		if n, _ := b.count(kg.AllOf(kg.EntityClass), nil); n != kg.MaxBatch {
			b.Errorf("%d records", n)
		}
	}},
	{"the caller's records are not those of the store", func(b *bench) {
		p := person("a", "A")
		p.Countries = []string{"de"}
		b.put(p)
		p.Countries[0], p.Name = "fr", "Z"
		got := b.get(p.ID).(*kg.Person)
		if !reflect.DeepEqual(got.Countries, []string{"de"}) || got.Name != "A" {
			b.Errorf("got %+v", got)
		}
	}},
	{"writes are read at once", func(b *bench) {
		b.put(person("a", "A"), person("b", "B"))
		for i := range 30 {
			b.put(link(number(i), kg.Supports, "a", "b", kg.PartialDate(fmt.Sprintf("%04d", 2000-i))))
			l, err := kg.RelationshipsOf(entID("b"), nil, kg.In, kg.AsOf{}, nil)
			if n, _ := b.count(l, err); n != i+1 {
				b.Fatalf("%d relationships after %d were written", n, i+1)
			}
			if first := b.keys(l, err)[0]; first != number(i) {
				b.Fatalf("%s is the first, not %s", first, number(i))
			}
			if b.get(relID(number(i))) == nil {
				b.Fatalf("%d is not there", i)
			}
		}
	}},
}

func idsOfRecords(records []kg.Record) []kg.ID {
	ids := make([]kg.ID, len(records))
	for i, r := range records {
		ids[i] = r.GetID()
	}
	return ids
}
