package kg

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// MaxBatch is how many records one batch may put and delete; MaxCascade how many a cascade may add.
const (
	MaxBatch   = 1_000
	MaxCascade = 10_000
)

// Tx is what the rules of Apply need of a store's transaction. The rules stand here once; a store only reads and
// writes.
type Tx interface {
	// Begin claims the key of a batch ("" for none), so that no other of that key is applied until this transaction ends;
	// locks the records of ids, as Lock does; and gives those there are of ids and of refs.
	//  1. A batch of the key was applied before: its note alone.
	Begin(ctx context.Context, key string, ids, refs []ID) (*Op, map[ID]Record, error)
	// Lock gives the records there are of ids, and keeps any other transaction from writing them, or from making
	// those there are not, until this one ends.
	Lock(ctx context.Context, ids []ID) (map[ID]Record, error)
	// Referrers gives the ids of records that refer to any of ids, at most limit of them.
	Referrers(ctx context.Context, ids []ID, limit int) ([]ID, error)
	// Count is Store.Count within the transaction.
	Count(ctx context.Context, keys []Key) ([]int, error)
	// Write makes changes, and keeps the note of the batch if there is one. All new records can be referred to from each
	// other, whatever their order.
	Write(ctx context.Context, changes []Change, note *Op) error
}

// Change is one record before and after: Old is nil for a new one, New for one that goes.
type Change struct{ Old, New Record }

// Op is the note that is kept of a batch with a Key.
type Op struct {
	Key    string
	Hash   string // of the batch's content
	Result string // JSON of its Result
	At     time.Time
}

// Prepare brings a batch into its stored form and checks all that can be told without a store. Stores call it first.
func (b *Batch) Prepare() error {
	if n := len(b.Put) + len(b.Delete); n > MaxBatch {
		return Errorf(BadUserInput, "a batch has at most %d records; this one has %d", MaxBatch, n)
	}
	c := &checker{}
	c.text("idempotencyKey", b.Key, 0, 200)
	if len(c.problems) > 0 {
		return Errorf(BadUserInput, "%s", c.problems[0])
	}
	seen := map[ID]bool{}
	once := func(id ID) error {
		if seen[id] {
			return Twice([]ID{id})
		}
		seen[id] = true
		return nil
	}
	if b.Dataset != nil {
		b.Dataset.normalize()
		if err := Check(b.Dataset); err != nil {
			return err
		}
	}
	for _, r := range b.Put {
		r.normalize()
		if err := Check(r); err != nil {
			return err
		}
		if err := once(r.GetID()); err != nil {
			return err
		}
	}
	for _, d := range b.Delete {
		if _, err := ParseID(string(d.ID)); err != nil {
			return err
		}
		if err := once(d.ID); err != nil {
			return err
		}
	}
	return nil
}

// hash is of all that a batch asks for.
func (b *Batch) hash() (string, error) {
	h := sha256.New()
	if b.Content != nil {
		h.Write(b.Content)
		return hex.EncodeToString(h.Sum(nil)), nil
	}
	records := b.Put
	if b.Dataset != nil {
		records = append(slices.Clone(records), b.Dataset)
	}
	for _, r := range records {
		at := r.meta().RecordedAt
		r.meta().RecordedAt = time.Time{}
		body, err := Encode(r)
		r.meta().RecordedAt = at
		if err != nil {
			return "", err
		}
		h.Write(append(body, '\n'))
	}
	if err := json.NewEncoder(h).Encode(b.Delete); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Run applies a prepared batch within a store's transaction. An error means that the transaction must be undone, and so it
// must where the batch was applied before.
func (b *Batch) Run(ctx context.Context, tx Tx) (*Result, error) {
	var note *Op
	if b.Key != "" {
		hash, err := b.hash()
		if err != nil {
			return nil, err
		}
		note = &Op{Key: b.Key, Hash: hash, At: b.At}
	}
	a := application{batch: b, tx: tx, gone: map[ID]Record{}}
	before, err := a.begin(ctx)
	switch {
	case err != nil:
		return nil, err
	case before != nil:
		return before.replay(note.Hash)
	}
	if err := a.plan(ctx); err != nil {
		return nil, err
	}
	if note != nil {
		text, err := json.Marshal(a.result)
		if err != nil {
			return nil, err
		}
		note.Result = string(text)
	}
	return &a.result, tx.Write(ctx, a.changes, note)
}

func (op *Op) replay(hash string) (*Result, error) {
	if op.Hash != hash {
		return nil, Errorf(Conflict, "idempotencyKey %s was used for another batch", clip(op.Key, 80))
	}
	r := &Result{Replayed: true}
	return r, json.Unmarshal([]byte(op.Result), r)
}

// application is a batch on its way into a store.
type application struct {
	batch   *Batch
	tx      Tx
	before  map[ID]Record // what there is of the records to be put and deleted
	refs    map[ID]Record // what there is of those that the ones to be put refer to
	put     map[ID]Record // what will be there of those to be put
	gone    map[ID]Record // what will not be there any more
	changes []Change
	result  Result
}

func (a *application) plan(ctx context.Context) error {
	if err := a.planDeletes(ctx); err != nil {
		return err
	}
	if err := a.planPuts(); err != nil {
		return err
	}
	if err := a.checkReferences(); err != nil {
		return err
	}
	return a.checkTypeChanges(ctx)
}

// begin locks what the batch writes and reads what that refers to, unless a batch of its key was applied before.
func (a *application) begin(ctx context.Context) (*Op, error) {
	var ids, refs []ID
	for _, r := range a.batch.Put {
		ids = append(ids, r.GetID())
		refs = append(refs, References(r)...)
	}
	for _, d := range a.batch.Delete {
		ids = append(ids, d.ID)
	}
	if a.batch.Dataset != nil {
		ids = append(ids, a.batch.Dataset.ID)
	}
	ids = distinct(ids)
	refs = distinct(append(slices.Clone(ids), refs...))[len(ids):]
	slices.Sort(ids) // so that two batches wait for each other in one order
	slices.Sort(refs)
	op, records, err := a.tx.Begin(ctx, a.batch.Key, ids, refs)
	if op != nil || err != nil {
		return op, err
	}
	a.before, a.refs = make(map[ID]Record, len(ids)), make(map[ID]Record, len(refs))
	for _, id := range ids {
		if r := records[id]; r != nil {
			a.before[id] = r
		}
	}
	for _, id := range refs {
		a.refs[id] = records[id]
	}
	return nil, nil
}

// distinct is unique, for long lists.
func distinct(ids []ID) []ID {
	seen := make(map[ID]bool, len(ids))
	return slices.DeleteFunc(slices.Clone(ids), func(id ID) bool {
		double := seen[id]
		seen[id] = true
		return double
	})
}

// planDeletes finds what goes: what is asked for and, by cascade, what refers to it. What refers to it and neither
// goes nor is put anew is a conflict.
func (a *application) planDeletes(ctx context.Context) error {
	putIDs := map[ID]bool{}
	for _, r := range a.batch.Put {
		putIDs[r.GetID()] = true
	}
	var cascade, plain []ID
	for _, d := range a.batch.Delete {
		old, ok := a.before[d.ID]
		if !ok {
			a.result.Unchanged = append(a.result.Unchanged, d.ID)
			continue
		}
		a.gone[d.ID] = old
		a.result.Deleted = append(a.result.Deleted, d.ID)
		switch {
		case !referable(d.ID):
		case d.Cascade:
			cascade = append(cascade, d.ID)
		default:
			plain = append(plain, d.ID)
		}
	}
	asked := len(a.gone)
	for len(cascade) > 0 {
		referrers, err := a.tx.Referrers(ctx, cascade, MaxCascade+MaxBatch+1)
		if err != nil {
			return err
		}
		referrers = slices.DeleteFunc(referrers, func(id ID) bool { return a.gone[id] != nil || putIDs[id] })
		slices.Sort(referrers)
		if len(a.gone)-asked+len(referrers) > MaxCascade {
			return Errorf(Conflict, "the cascade would add more than %d records to those to delete", MaxCascade)
		}
		locked, err := a.tx.Lock(ctx, referrers)
		if err != nil {
			return err
		}
		cascade = cascade[:0]
		for _, id := range referrers {
			if old := locked[id]; old != nil {
				a.gone[id] = old
				a.result.Deleted = append(a.result.Deleted, id)
				if referable(id) {
					cascade = append(cascade, id)
				}
			}
		}
	}
	if len(plain) > 0 {
		referrers, err := a.tx.Referrers(ctx, plain, MaxCascade+MaxBatch+1)
		if err != nil {
			return err
		}
		referrers = slices.DeleteFunc(referrers, func(id ID) bool { return a.gone[id] != nil || putIDs[id] })
		if len(referrers) > 0 {
			slices.Sort(referrers)
			return errorOfIDs(Conflict, referrers, "records to delete are referred to by %d others: delete those too, or with cascade", len(referrers))
		}
	}
	for _, id := range a.result.Deleted {
		a.changes = append(a.changes, Change{Old: a.gone[id]})
	}
	return nil
}

// referable tells whether any record can refer to this one: to relationships and mentions none does.
func referable(id ID) bool { return id.Class() != RelationshipClass && id.Class() != MentionClass }

// planPuts sorts what is put into created, changed and unchanged.
func (a *application) planPuts() error {
	a.put = make(map[ID]Record, len(a.batch.Put)+1)
	if d := a.batch.Dataset; d != nil && a.before[d.ID] == nil {
		if !slices.ContainsFunc(a.batch.Put, func(r Record) bool { return r.GetID() == d.ID }) {
			a.write(nil, d)
		}
	}
	for _, r := range a.batch.Put {
		id := r.GetID()
		a.put[id] = r
		old := a.before[id]
		if old == nil {
			a.result.Created = append(a.result.Created, id)
			a.write(nil, r)
			continue
		}
		if m := r.meta(); m.Key == "" {
			m.Key = old.meta().Key // of which its id was made
		}
		if r.meta().Dataset != old.meta().Dataset {
			return errorOfIDs(Conflict, []ID{id}, "%s %s belongs to another dataset", r.kind(), id)
		}
		same, err := sameContent(old, r)
		if err != nil {
			return err
		}
		if same {
			a.result.Unchanged = append(a.result.Unchanged, id)
			continue
		}
		a.result.Changed = append(a.result.Changed, id)
		a.write(old, r)
	}
	return nil
}

func (a *application) write(old, r Record) {
	a.put[r.GetID()] = r
	r.meta().RecordedAt = a.batch.At.UTC().Truncate(time.Millisecond)
	a.changes = append(a.changes, Change{old, r})
}

// checkReferences makes sure that all that is referred to will be there, and that relationships join what their
// rules allow.
func (a *application) checkReferences() error {
	there := func(id ID) Record { return cmp.Or(a.put[id], a.refs[id], a.before[id]) }
	missing := map[ID]bool{}
	for _, r := range a.put {
		for _, id := range References(r) {
			if there(id) == nil || a.put[id] == nil && a.gone[id] != nil {
				missing[id] = true
			}
		}
	}
	if len(missing) > 0 {
		return absent("the batch", slices.Collect(maps.Keys(missing)))
	}
	typeOf := func(id ID) EntityType { return there(id).(Entity).Type() }
	for _, r := range a.batch.Put {
		if err := fits(r, typeOf); err != nil {
			return err
		}
	}
	return nil
}

// absent is the error about what is referred to and is not there.
func absent(from string, missing []ID) error {
	slices.Sort(missing)
	return errorOfIDs(BadUserInput, missing, "%s refers to %d records that are not there", from, len(missing))
}

// Twice is the error about records that stand more than once where each may stand only once.
func Twice(ids []ID) error {
	return errorOfIDs(BadUserInput, ids, "%s stands twice", clip(string(ids[0]), 40))
}

// fits makes sure that the entities a record refers to have the types that it wants.
func fits(r Record, typeOf func(ID) EntityType) error {
	if wrong := misfit(r, typeOf); wrong != "" {
		return errorOfIDs(BadUserInput, []ID{r.GetID()}, "%s %s: %s", r.kind(), r.GetID(), wrong)
	}
	return nil
}

// misfit tells what is wrong with the types of the entities that a record refers to; "" when nothing is.
func misfit(r Record, typeOf func(ID) EntityType) string {
	switch r := r.(type) {
	case *Relationship:
		return r.Type.Rule().Misfit(typeOf(r.From), typeOf(r.To))
	case *Statement:
		if r.AtEvent != "" && typeOf(r.AtEvent) != EventType {
			return "atEvent is not an EVENT but a " + string(typeOf(r.AtEvent))
		}
	}
	return ""
}

// checkTypeChanges makes sure that nothing is left of an entity of a new type that its type cannot have.
func (a *application) checkTypeChanges(ctx context.Context) error {
	touched := map[Key]int{} // records that the batch writes or removes, by the keys they stand under now
	for _, old := range a.before {
		for _, k := range Keys(old) {
			touched[k]++
		}
	}
	for id, old := range a.gone {
		if a.before[id] == nil {
			for _, k := range Keys(old) {
				touched[k]++
			}
		}
	}
	var keys []Key
	for _, r := range a.batch.Put {
		e, ok := r.(Entity)
		if !ok {
			continue
		}
		old, ok := a.before[e.GetID()].(Entity)
		if !ok || old.Type() == e.Type() {
			continue
		}
		if old.Type() == EventType {
			keys = append(keys, Key{StatementAtEvent, string(e.GetID())})
		}
		for _, rule := range RelationshipRules {
			value := pair(string(e.GetID()), string(rule.Type))
			if !slices.Contains(rule.From, e.Type()) {
				keys = append(keys, Key{RelationshipFromType, value})
			}
			if !slices.Contains(rule.To, e.Type()) {
				keys = append(keys, Key{RelationshipToType, value})
			}
		}
	}
	if len(keys) == 0 {
		return nil
	}
	counts, err := a.tx.Count(ctx, keys)
	if err != nil {
		return err
	}
	for i, k := range keys {
		if counts[i] > touched[k] {
			id := ID(k.Value[:idLen])
			has := "statements were made at it"
			if k.Facet != StatementAtEvent {
				has = "it has relationships of type " + k.Value[idLen+1:]
			}
			return errorOfIDs(Conflict, []ID{id}, "%s cannot become a %s: %s", id, a.put[id].(Entity).Type(), has)
		}
	}
	return nil
}
