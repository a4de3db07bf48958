package kg

import (
	"context"
	"iter"
	"maps"
	"slices"
	"time"
)

// Loaded is what a load did, in numbers of records.
type Loaded struct{ Created, Changed, Unchanged int }

// Loading holds the rules of a load into an empty graph: it checks of each record, as it comes, what Apply checks of a
// batch, and in the end what could not be told before. Of the records it keeps only the ids of those that can be referred
// to, 17 bytes each, and what refers to records that have not come yet. That relationships and mentions stand only
// once is for the store to see, which tells it by Twice.
type Loading struct {
	at    time.Time
	there map[shortID]byte     // what can be referred to, and of an entity the place of its type among EntityTypes
	open  map[shortID]struct{} // what is referred to and has not come yet
	later []joint              // what joins entities of which not all have come
}

// NewLoading begins a load whose records get RecordedAt at.
func NewLoading(at time.Time) *Loading {
	return &Loading{at: at.UTC().Truncate(time.Millisecond), there: map[shortID]byte{}, open: map[shortID]struct{}{}}
}

// shortID is an id in 17 bytes: the place of its class among Classes, and its own.
type shortID [17]byte

// short is of an id that is well formed.
func (id ID) short() (s shortID) {
	s[0] = byte(slices.Index(Classes, id.Class()))
	_, _ = idDigits.Decode(s[1:], []byte(id[4:])) // which was checked
	return s
}

func (s shortID) id() ID { return NewID(Classes[s[0]], [16]byte(s[1:])) }

// joint is what misfit must know of a relationship, or of a statement made at an event: then it has no type.
type joint struct {
	id, from, to shortID
	typ          RelationshipType
}

func (j joint) record() Record {
	if j.typ == "" {
		return &Statement{Meta: Meta{ID: j.id.id()}, AtEvent: j.from.id()}
	}
	return &Relationship{Meta: Meta{ID: j.id.id()}, Type: j.typ, From: j.from.id(), To: j.to.id()}
}

// Add brings a record into its stored form and checks it. An error ends the load.
func (l *Loading) Add(r Record) error {
	if err := Normalize(r); err != nil {
		return err
	}
	r.meta().RecordedAt = l.at
	if referable(r.GetID()) {
		id := r.GetID().short()
		if _, double := l.there[id]; double {
			return Twice([]ID{r.GetID()})
		}
		l.there[id] = 0
		if e, ok := r.(Entity); ok {
			l.there[id] = byte(slices.Index(EntityTypes, e.Type()))
		}
		delete(l.open, id)
	}
	r.references(func(_ Facet, ids ...ID) {
		for _, id := range ids {
			l.refer(id)
		}
	})
	if set := r.meta().Dataset; set != "" {
		l.refer(set)
	}
	return l.fit(r)
}

// refer notes that an id is referred to.
func (l *Loading) refer(id ID) {
	short := id.short()
	if _, ok := l.there[short]; !ok {
		l.open[short] = struct{}{}
	}
}

// fit checks the types of what a record joins, or puts that off until they are known.
func (l *Loading) fit(r Record) error {
	j := joint{id: r.GetID().short()}
	switch r := r.(type) {
	case *Relationship:
		j.from, j.to, j.typ = r.From.short(), r.To.short(), r.Type
	case *Statement:
		if r.AtEvent == "" {
			return nil
		}
		j.from, j.to = r.AtEvent.short(), r.AtEvent.short()
	default:
		return nil
	}
	_, from := l.there[j.from]
	_, to := l.there[j.to]
	if !from || !to {
		l.later = append(l.later, j)
		return nil
	}
	return fits(r, l.typeOf)
}

func (l *Loading) typeOf(id ID) EntityType { return EntityTypes[l.there[id.short()]] }

// End checks what could not be told before all records had come.
func (l *Loading) End() error {
	if len(l.open) > 0 {
		var missing []ID
		for id := range l.open {
			missing = append(missing, id.id())
		}
		return absent("the load", missing)
	}
	for _, j := range l.later {
		if err := fits(j.record(), l.typeOf); err != nil {
			return err
		}
	}
	return nil
}

// LoadBatches loads into a graph that is not empty: batch after batch through Apply. A record that refers to what is
// not there yet waits for it, in memory; those that in the end wait for each other go together. To read the records twice
// would not do: statements refer to each other, and events to statements and back, so that no order of classes is enough.
// Whatever was applied before an error stays, and is found unchanged when the same is loaded again.
func LoadBatches(ctx context.Context, s Store, at time.Time, records iter.Seq2[Record, error]) (*Loaded, error) {
	l := batches{ctx: ctx, store: s, at: at, seen: map[shortID]struct{}{}, there: map[shortID]struct{}{}, waiting: map[ID]Record{}, waitedFor: map[ID][]ID{}}
	var some []Record
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		if err := Normalize(r); err != nil {
			return nil, err
		}
		if _, double := l.seen[r.GetID().short()]; double {
			return nil, Twice([]ID{r.GetID()})
		}
		l.seen[r.GetID().short()] = struct{}{}
		if some = append(some, r); len(some) == MaxBatch {
			if err := l.take(some); err != nil {
				return nil, err
			}
			some = nil
		}
	}
	if err := l.take(some); err != nil {
		return nil, err
	}
	if err := l.flush(); err != nil {
		return nil, err
	}
	if err := l.takeWaiting(); err != nil {
		return nil, err
	}
	return &l.loaded, nil
}

// Compare tells what a load of records would do, and writes nothing. It checks each record by itself only, not what it refers to.
func Compare(ctx context.Context, s Store, records iter.Seq2[Record, error]) (*Loaded, error) {
	var loaded Loaded
	var some []Record
	compare := func() error {
		ids := make([]ID, len(some))
		for i, r := range some {
			ids[i] = r.GetID()
		}
		found, err := s.Get(ctx, ids)
		if err != nil {
			return err
		}
		for i, r := range some {
			if found[i] == nil {
				loaded.Created++
				continue
			}
			same, err := sameContent(found[i], r)
			switch {
			case err != nil:
				return err
			case same:
				loaded.Unchanged++
			default:
				loaded.Changed++
			}
		}
		some = some[:0]
		return nil
	}
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		if err := Normalize(r); err != nil {
			return nil, err
		}
		if some = append(some, r); len(some) == MaxBatch {
			if err := compare(); err != nil {
				return nil, err
			}
		}
	}
	return &loaded, compare()
}

// batches is a load into a graph that is not empty.
type batches struct {
	ctx       context.Context
	store     Store
	at        time.Time
	seen      map[shortID]struct{} // all that have come
	there     map[shortID]struct{} // what is in the graph or in the batch that is being made, and can be referred to
	batch     []Record
	waiting   map[ID]Record
	waitedFor map[ID][]ID // by what they wait for first, those that wait
	loaded    Loaded
}

func (l *batches) isThere(id ID) bool {
	_, ok := l.there[id.short()]
	return ok
}

// take puts those records into batches of which all that they refer to is there, and lets the others wait.
func (l *batches) take(records []Record) error {
	var unknown []ID
	for _, r := range records {
		for _, id := range References(r) {
			if !l.isThere(id) && l.waiting[id] == nil {
				unknown = append(unknown, id)
			}
		}
	}
	unknown = distinct(unknown)
	for ids := range slices.Chunk(unknown, MaxBatch) {
		found, err := l.store.Get(l.ctx, ids)
		if err != nil {
			return err
		}
		for i, r := range found {
			if r != nil {
				l.there[ids[i].short()] = struct{}{}
			}
		}
	}
	for _, r := range records {
		if err := l.place(r); err != nil {
			return err
		}
	}
	return nil
}

// place puts a record into the batch, and what waited for it, or lets it wait.
func (l *batches) place(r Record) error {
	for ready := []Record{r}; len(ready) > 0; {
		r := ready[0]
		ready = ready[1:]
		id := r.GetID()
		if lacks := slices.DeleteFunc(References(r), func(to ID) bool { return to == id || l.isThere(to) }); len(lacks) > 0 {
			l.waiting[id] = r
			l.waitedFor[lacks[0]] = append(l.waitedFor[lacks[0]], id)
			continue
		}
		if err := l.put(r); err != nil {
			return err
		}
		for _, waits := range l.waitedFor[id] {
			ready = append(ready, l.waiting[waits])
			delete(l.waiting, waits)
		}
		delete(l.waitedFor, id)
	}
	return nil
}

// put adds a record to the batch.
func (l *batches) put(r Record) error {
	l.batch = append(l.batch, r)
	if referable(r.GetID()) {
		l.there[r.GetID().short()] = struct{}{}
	}
	if len(l.batch) == MaxBatch {
		return l.flush()
	}
	return nil
}

// flush applies the batch.
func (l *batches) flush() error {
	if len(l.batch) == 0 {
		return nil
	}
	result, err := l.store.Apply(l.ctx, &Batch{Put: l.batch, At: l.at})
	if err != nil {
		return err
	}
	l.batch = nil
	l.loaded.Created += len(result.Created)
	l.loaded.Changed += len(result.Changed)
	l.loaded.Unchanged += len(result.Unchanged)
	return nil
}

// takeWaiting applies what waits for each other, each record in one batch with all that it needs.
func (l *batches) takeWaiting() error {
	var missing []ID
	for _, r := range l.waiting {
		for _, id := range References(r) {
			if !l.isThere(id) && l.waiting[id] == nil {
				missing = append(missing, id)
			}
		}
	}
	if len(missing) > 0 {
		return absent("the load", distinct(missing))
	}
	for _, first := range slices.Sorted(maps.Keys(l.waiting)) {
		if l.waiting[first] == nil {
			continue // it went with another
		}
		needed := []ID{first}
		for i := 0; i < len(needed); i++ {
			for _, id := range References(l.waiting[needed[i]]) {
				if !l.isThere(id) && !slices.Contains(needed, id) {
					needed = append(needed, id)
				}
			}
			if len(needed) > MaxBatch {
				return errorOfIDs(BadUserInput, needed[:1], "%s needs more than %d records that wait for each other: that is no batch", first, MaxBatch)
			}
		}
		for _, id := range needed {
			l.batch = append(l.batch, l.waiting[id])
			l.there[id.short()] = struct{}{}
			delete(l.waiting, id)
		}
		if err := l.flush(); err != nil {
			return err
		}
	}
	return nil
}
