package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dramatis/kg"
)

// together runs f several times at once.
func together(n int, f func(i int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			f(i)
		})
	}
	close(start)
	wg.Wait()
}

var concurrencyTests = []test{
	{"one of many makes a record", func(b *bench) {
		for round := range 5 {
			key := number(round)
			var created, unchanged atomic.Int32
			together(8, func(int) {
				r, err := b.apply(&kg.Batch{Put: []kg.Record{person(key, "Same")}})
				if err != nil {
					b.Errorf("Apply: %v", err)
					return
				}
				created.Add(int32(len(r.Created)))
				unchanged.Add(int32(len(r.Unchanged)))
			})
			if created.Load() != 1 || unchanged.Load() != 7 {
				b.Errorf("created %d times, unchanged %d times", created.Load(), unchanged.Load())
			}
		}
	}},
	{"a batch with a key that is sent many times at once has one effect", func(b *bench) {
		for round := range 5 {
			var fresh atomic.Int32
			together(8, func(int) {
				r, err := b.apply(&kg.Batch{Key: number(round), Put: []kg.Record{person(number(round), "P")}})
				if err != nil {
					b.Errorf("Apply: %v", err)
					return
				}
				if !r.Replayed {
					fresh.Add(1)
				}
				if !slices.Equal(r.Created, entIDs(number(round))) {
					b.Errorf("created %v", r.Created)
				}
			})
			if fresh.Load() != 1 {
				b.Errorf("applied %d times", fresh.Load())
			}
		}
	}},
	{"a record is not deleted while another begins to refer to it", func(b *bench) {
		for round := range 20 {
			b.put(person("a", "A"), person("b", "B"))
			var made, gone atomic.Bool
			together(2, func(i int) {
				batch := &kg.Batch{Put: []kg.Record{link("r", kg.OtherLink, "a", "b")}}
				won := &made
				if i == 1 {
					batch, won = &kg.Batch{Delete: []kg.Deletion{{ID: entID("a"), Cascade: round%2 == 0}}}, &gone
				}
				_, err := b.apply(batch)
				won.Store(err == nil)
				if code := kg.CodeOf(err); code != "" && code != kg.Conflict && code != kg.BadUserInput {
					b.Errorf("Apply: %v", err)
				}
			})
			a, r := b.get(entID("a")), b.get(relID("r"))
			if a == nil && r != nil {
				b.Fatalf("round %d: a relationship leads nowhere", round)
			}
			if !made.Load() && !gone.Load() {
				b.Fatalf("round %d: neither batch was applied", round)
			}
			b.mustApply(&kg.Batch{Delete: []kg.Deletion{{ID: entID("a"), Cascade: true}, {ID: entID("b"), Cascade: true}}})
		}
	}},
	{"a type does not change while a relationship begins to need it", func(b *bench) {
		for round := range 10 {
			key := number(round)
			b.put(person(key, "X"), body("o", "O"))
			together(2, func(i int) {
				batch := &kg.Batch{Put: []kg.Record{link(key, kg.MemberOf, key, "o")}}
				if i == 1 {
					batch = &kg.Batch{Put: []kg.Record{topic(key, "X")}}
				}
				if _, err := b.apply(batch); err != nil && kg.CodeOf(err) != kg.Conflict && kg.CodeOf(err) != kg.BadUserInput {
					b.Errorf("Apply: %v", err)
				}
			})
			if e := b.get(entID(key)).(kg.Entity); e.Type() == kg.TopicType && b.get(relID(key)) != nil {
				b.Errorf("round %d: a topic is a member", round)
			}
		}
	}},
	{"many writers of the same records", func(b *bench) { b.storm(8, 25) }},
	{"each reads its own writes", func(b *bench) {
		b.put(person("hub", "Hub"))
		together(6, func(i int) {
			for j := range 10 {
				key := fmt.Sprint(i, "-", j)
				if _, err := b.apply(&kg.Batch{Put: []kg.Record{person(key, key), link(key, kg.FamilyOf, key, "hub")}}); err != nil {
					b.Errorf("Apply: %v", err)
					return
				}
				records, err := b.store.Get(b.ctx, []kg.ID{entID(key), relID(key)})
				if err != nil || records[0] == nil || records[1] == nil {
					b.Errorf("%s is not there: %v", key, err)
				}
				l, err := kg.RelationshipsOf(entID(key), nil, kg.Out, kg.AsOf{}, nil)
				if err != nil {
					b.Error(err)
					return
				}
				if n, _, err := CountList(b.ctx, b.store, l); n != 1 || err != nil {
					b.Errorf("%s has %d relationships: %v", key, n, err)
				}
				if c, err := ReadPage(b.ctx, b.store, l, kg.PageArgs{}); err != nil || len(c.Records) != 1 {
					b.Errorf("%s has other relationships: %v", key, err)
				}
			}
		})
		l, err := kg.RelationshipsOf(entID("hub"), nil, kg.In, kg.AsOf{}, nil)
		if n, _ := b.count(l, err); n != 60 {
			b.Errorf("the hub has %d relationships, want 60", n)
		}
	}},
}

// storm lets writers put and delete the same few records, each with relationships to others.
func (b *bench) storm(writers, batches int) {
	b.Helper()
	var applied atomic.Int32
	together(writers, func(i int) {
		rng := rand.New(rand.NewPCG(uint64(i), 1))
		key := func() string { return number(rng.IntN(8)) }
		for range batches {
			batch := &kg.Batch{Put: []kg.Record{person("always", fmt.Sprint(i))}}
			used := map[kg.ID]bool{}
			for range 1 + rng.IntN(6) {
				from, to := key(), key()
				r := link(from+to, kg.AlliedWith, from, to, kg.PartialDate(fmt.Sprint(2000+rng.IntN(20))))
				for _, p := range []kg.Record{person(from, fmt.Sprint("P", rng.IntN(3))), person(to, "P"), r} {
					if !used[p.GetID()] {
						batch.Put = append(batch.Put, p)
					}
					used[p.GetID()] = true
				}
			}
			if id := entID(key()); rng.IntN(4) == 0 && !used[id] {
				batch.Delete = append(batch.Delete, kg.Deletion{ID: id, Cascade: rng.IntN(2) == 0})
			}
			_, err := b.apply(batch)
			switch kg.CodeOf(err) {
			case "":
				applied.Add(1)
			case kg.Conflict, kg.BadUserInput:
			default:
				b.Errorf("Apply: %v", err)
			}
		}
	})
	if applied.Load() < int32(writers) {
		b.Errorf("only %d batches were applied", applied.Load())
	}
	checkCounts(b.T, b.store)
}

// checkCounts compares every exact count of relationships with what is read.
func checkCounts(t *testing.T, s kg.Store) {
	t.Helper()
	all := readAll(t, s, kg.AllOf(kg.RelationshipClass))
	for _, e := range readAll(t, s, kg.AllOf(kg.EntityClass)) {
		id, want := e.GetID(), 0
		for _, r := range all {
			if link := r.(*kg.Relationship); link.From == id || link.To == id {
				want++
			}
		}
		l, err := kg.RelationshipsOf(id, nil, kg.AnyDirection, kg.AsOf{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n, exact, err := CountList(t.Context(), s, l); err != nil || !exact || n != want {
			t.Errorf("%s: counted %d (exactly: %t, %v), want %d", label(e), n, exact, err, want)
		}
	}
}

var deadlineTests = []test{
	{"a context that has ended is TIMEOUT", func(b *bench) {
		b.put(sample()...)
		past, cancel := context.WithDeadline(b.ctx, time.Now().Add(-time.Second))
		defer cancel()
		cancelled, stop := context.WithCancel(b.ctx)
		stop()
		for _, ctx := range []context.Context{past, cancelled} {
			_, getErr := b.store.Get(ctx, entIDs("anna"))
			_, countErr := b.store.Count(ctx, []kg.Key{{Facet: kg.All, Value: "ent"}})
			p, err := kg.AllOf(kg.EntityClass).Page(kg.PageArgs{})
			if err != nil {
				b.Fatal(err)
			}
			_, listErr := b.store.List(ctx, p.Query, p.Drives)
			_, applyErr := b.store.Apply(ctx, &kg.Batch{Put: []kg.Record{topic("new", "New")}, At: b.at})
			_, checkErr := b.store.Check(ctx)
			for name, err := range map[string]error{"Get": getErr, "Count": countErr, "List": listErr, "Apply": applyErr, "Check": checkErr} {
				if kg.CodeOf(err) != kg.Timeout {
					b.Errorf("%s: %v", name, err)
				}
			}
		}
		if b.get(entID("new")) != nil {
			b.Error("a batch was applied after its time")
		}
	}},
	{"a batch that runs out of time leaves all or nothing", func(b *bench) {
		failed := 0
		for i, wait := range []time.Duration{time.Microsecond, time.Millisecond, 4 * time.Millisecond, 16 * time.Millisecond, 64 * time.Millisecond, time.Minute} {
			batch := &kg.Batch{Key: number(i), Dataset: dataset(testSet), At: b.at}
			for j := range 400 {
				batch.Put = append(batch.Put, topic(fmt.Sprint(i, "-", j), "T"))
			}
			again := cloneBatch(b.T, batch)
			ctx, cancel := context.WithTimeout(b.ctx, wait)
			_, err := b.store.Apply(ctx, batch)
			cancel()
			l, lerr := kg.Entities(&kg.EntityFilter{Types: []kg.EntityType{kg.TopicType}}, nil)
			n, _ := b.count(l, lerr)
			switch code := kg.CodeOf(err); {
			case code == "" && n == 400, code == kg.Timeout && n == 0:
			case code == kg.CommitUnknown && (n == 0 || n == 400):
			default:
				b.Fatalf("within %s: %d records and %v", wait, n, err)
			}
			if err != nil {
				failed++
			}
			if r, err := b.store.Apply(b.ctx, again); err != nil || len(r.Created) != 400 || r.Replayed != (n == 400) {
				b.Fatalf("sent again after %s: %+v, %v", wait, r, err)
			}
			b.clear(again.Put)
		}
		if failed == 0 {
			b.Error("400 records were written within a microsecond")
		}
	}},
}

func (b *bench) clear(records []kg.Record) {
	b.Helper()
	batch := &kg.Batch{}
	for _, r := range records {
		batch.Delete = append(batch.Delete, kg.Deletion{ID: r.GetID()})
	}
	b.mustApply(batch)
}
