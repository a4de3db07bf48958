package formats

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync/atomic"
	"time"

	"dramatis/kg"
)

// Import loads files into a store, each record whole and once. What cannot be taken as it stands is told to Note.
type Import struct {
	Store kg.Store
	// At becomes the RecordedAt of what is created or changed.
	At time.Time
	// DryRun only compares the files with what is there. Strict ends the import at the first thing that cannot be taken as it
	// stands; a store that was empty stays so.
	DryRun, Strict bool
	// Note is told of what could not be taken as it stands. An error of it ends the import.
	Note func(Note) error

	// Log tells a person what was found out about a file; nil for nobody.
	Log func(message string, args ...any)

	// Records is how many were read by now; Ended tells that all files were. They may be looked at meanwhile.
	Records atomic.Int64
	Ended   atomic.Bool

	did     Imported
	stopped error // by a note, which says in which file
}

// Imported is what an import did, in numbers: of records and, of what could not be taken as it stands, of notes by their kind.
type Imported struct {
	kg.Loaded
	Deleted int
	Notes   map[NoteKind]int
}

// Run loads files, one after the other, which it closes. It fails with the error that comes in place of a file, with
// BAD_USER_INPUT on what a file should not have, and as Store.Load; what was noted by then is given all the same.
func (i *Import) Run(ctx context.Context, files iter.Seq2[*File, error]) (*Imported, error) {
	i.did.Notes = map[NoteKind]int{}
	target := NewTarget(ctx, Target{Found: i.Store.Get, Note: i.note, Log: i.Log})
	defer func() { _ = target.Close() }() // a file without a name
	records := func(yield func(kg.Record, error) bool) {
		err := i.read(files, target, func(r kg.Record) bool { return yield(r, nil) })
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
			return
		}
		i.Ended.Store(true)
	}
	var loaded *kg.Loaded
	var err error
	if i.DryRun {
		loaded, err = kg.Compare(ctx, i.Store, records)
	} else {
		loaded, err = i.Store.Load(ctx, i.At, records)
	}
	if loaded != nil {
		i.did.Loaded = *loaded
	}
	if err == nil && !i.DryRun {
		err = i.remove(ctx, target.Deletions())
	}
	return &i.did, err
}

// errEnough: no more records are wanted.
var errEnough = errors.New("no more records are wanted")

// read reads all files.
func (i *Import) read(files iter.Seq2[*File, error], target *Target, yield func(kg.Record) bool) error {
	target.Yield = func(r kg.Record) error {
		if !yield(r) {
			return errEnough
		}
		i.Records.Add(1)
		return nil
	}
	for file, err := range files {
		if err != nil {
			return err
		}
		err := file.Format.Read(file, target)
		file.Close()
		switch {
		case errors.Is(err, errEnough), err != nil && err == i.stopped:
			return err
		case err != nil:
			return in(file.Name, err)
		}
	}
	return target.End()
}

// in says in which file something went wrong.
func in(name string, err error) error {
	var e *kg.Error
	if errors.As(err, &e) {
		return &kg.Error{Code: e.Code, Message: name + ": " + e.Message, IDs: e.IDs, Err: e.Err}
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (i *Import) note(n Note) error {
	i.did.Notes[n.Kind]++
	if err := i.Note(n); err != nil {
		return err
	}
	if i.Strict {
		i.stopped = kg.Errorf(kg.BadUserInput, "%s", n)
	}
	return i.stopped
}

// remove deletes what the files say is no more, as far as it is there and nothing refers to it: an entity that is referred to
// stays, as a stub.
func (i *Import) remove(ctx context.Context, deletions []Deletion) error {
	// relationships, statements and mentions before what they refer to
	slices.SortStableFunc(deletions, func(a, b Deletion) int {
		return slices.Index(kg.Classes, b.ID.Class()) - slices.Index(kg.Classes, a.ID.Class())
	})
	for some := range slices.Chunk(deletions, kg.MaxBatch) {
		if err := i.removeSome(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

// removeSome deletes a batch. What is referred to is told by the conflict that this is, a hundred referrers at a time; without it
// the rest is tried again.
func (i *Import) removeSome(ctx context.Context, some []Deletion) error {
	for len(some) > 0 {
		batch := &kg.Batch{}
		for _, d := range some {
			batch.Delete = append(batch.Delete, kg.Deletion{ID: d.ID})
		}
		err := i.apply(ctx, batch)
		var conflict *kg.Error
		if !errors.As(err, &conflict) || conflict.Code != kg.Conflict {
			return err
		}
		referrers, failed := i.Store.Get(ctx, conflict.IDs)
		if failed != nil {
			return failed
		}
		referred := map[kg.ID]bool{}
		for _, r := range referrers {
			if r != nil {
				for _, id := range kg.References(r) {
					referred[id] = true
				}
			}
		}
		var staying, rest []Deletion
		for _, d := range some {
			if referred[d.ID] {
				staying = append(staying, d)
			} else {
				rest = append(rest, d)
			}
		}
		if len(staying) == 0 {
			return err
		}
		if err := i.stub(ctx, staying); err != nil {
			return err
		}
		some = rest
	}
	return nil
}

// stub makes stubs of entities that cannot be deleted: what they refer to may be.
func (i *Import) stub(ctx context.Context, staying []Deletion) error {
	ids := make([]kg.ID, len(staying))
	for j, d := range staying {
		ids[j] = d.ID
	}
	found, err := i.Store.Get(ctx, ids)
	if err != nil {
		return err
	}
	batch := &kg.Batch{}
	for _, r := range found {
		if e, ok := r.(kg.Entity); ok {
			batch.Put = append(batch.Put, kg.StubOf(e))
		}
	}
	if err := i.apply(ctx, batch); err != nil {
		return err
	}
	for j, d := range staying {
		n := Note{Place: d.Place, Kind: Changed, Reason: "is still referred to, and stays"}
		if _, ok := found[j].(kg.Entity); ok {
			n.Kind, n.Reason = Stubbed, "is still referred to, and stays as a stub"
		}
		if err := i.note(n); err != nil {
			return err
		}
	}
	return nil
}

func (i *Import) apply(ctx context.Context, b *kg.Batch) error {
	b.At = i.At
	result, err := i.Store.Apply(ctx, b)
	if err == nil {
		i.did.Deleted += len(result.Deleted)
	}
	return err
}
