package formats

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"dramatis/kg"
)

// Place is where in a file something stands: Line and Column count from 1 and are 0 where they are not known. Key is
// the record's own name for itself there.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Key    string `json:"key,omitempty"`
}

// Note tells of something in a file that did not become exactly what it says.
type Note struct {
	Place
	Kind   NoteKind `json:"kind"`
	Reason string   `json:"reason"`
}

// String is the note as a line for a person: file:line:column: KIND: reason (key).
func (n Note) String() string {
	var b strings.Builder
	b.WriteString(n.File)
	if n.Line > 0 {
		fmt.Fprintf(&b, ":%d", n.Line)
	}
	if n.Column > 0 {
		fmt.Fprintf(&b, ":%d", n.Column)
	}
	fmt.Fprintf(&b, ": %s: %s", n.Kind, n.Reason)
	if n.Key != "" {
		fmt.Fprintf(&b, " (%s)", n.Key)
	}
	return strings.Map(visible, b.String())
}

// visible keeps what a file says from moving a terminal's cursor.
func visible(r rune) rune {
	if unicode.IsControl(r) {
		return unicode.ReplacementChar
	}
	return r
}

// NoteKind says what came of it.
type NoteKind string

// REFUSED: nothing of it was taken. STUB: it refers to what is nowhere, which is now there as a stub. CHANGED: it was taken as
// something else than it says, or without a part.
const (
	Refused NoteKind = "REFUSED"
	Stubbed NoteKind = "STUB"
	Changed NoteKind = "CHANGED"
)

// Target takes what readers of foreign formats find in any number of files, and gives on only records that a store
// takes: checked, each id once, with relationships and statements behind the entities that they refer to, and of a type that these allow. Of each
// record it keeps some 20 bytes; relationships and statements wait for their entities in a file without a name, and so do stubs.
type Target struct {
	// Found gives what is already in the graph of some ids, nil for what is not (Store.Get).
	Found func(ctx context.Context, ids []kg.ID) ([]kg.Record, error)
	// Yield takes a record. An error of it ends the import.
	Yield func(kg.Record) error
	// Note takes what could not be taken as it stands. An error of it ends the import.
	Note func(Note) error
	// Log takes what was found out about a file, if that is wanted.
	Log func(msg string, args ...any)

	ctx     context.Context
	seen    map[uint64]mark // by the hashes of ids
	wanted  *spool          // what is referred to, should it not come
	waiting *spool
	deleted map[kg.ID]Place
}

// mark is what is kept of a record that came: in its last byte 1 and the place of an entity's type, or 0; before that a hash of its
// content, if it may come again. Of one that has not come, but is expected, it is that.
type mark uint64

const expected mark = 0xff

func markOf(r kg.Record) mark {
	if e, ok := r.(kg.Entity); ok {
		return mark(1 + slices.Index(kg.EntityTypes, e.Type()))
	}
	return 0
}

// entity tells whether the record is an entity.
func (m mark) entity() bool { return byte(m) != 0 && m != expected }

func (m mark) entityType() kg.EntityType { return kg.EntityTypes[byte(m)-1] }

// Deletion is a record that a file says is no more.
type Deletion struct {
	Place
	ID kg.ID
}

// NewTarget begins an import, which lives as long as ctx.
func NewTarget(ctx context.Context, t Target) *Target {
	t.ctx, t.seen, t.deleted, t.waiting, t.wanted = ctx, map[uint64]mark{}, map[kg.ID]Place{}, &spool{}, &spool{}
	return &t
}

// Close gives back what it holds.
func (t *Target) Close() error { return errors.Join(t.waiting.close(), t.wanted.close()) }

// Refuse notes that nothing was taken of what stands at a place.
func (t *Target) Refuse(at Place, reason string, args ...any) error {
	return t.Note(Note{at, Refused, fmt.Sprintf(reason, args...)})
}

// Change notes that what stands at a place was not taken quite as it says.
func (t *Target) Change(at Place, reason string, args ...any) error {
	return t.Note(Note{at, Changed, fmt.Sprintf(reason, args...)})
}

// Has tells whether a record with this id has come.
func (t *Target) Has(id kg.ID) bool { m, ok := t.seen[id.Hash()]; return ok && m != expected }

// Put takes a record. If it is not well formed, or one with its id has come before, it is refused and taken is false: then
// nothing may refer to it, save by a relationship or a statement. These wait for the entities that they refer to.
func (t *Target) Put(at Place, r kg.Record) (taken bool, err error) {
	if t.Has(r.GetID()) {
		return false, t.Refuse(at, "one with this id came before")
	}
	if err := kg.Normalize(r); err != nil {
		return false, t.Refuse(at, "%s", messageOf(err))
	}
	return true, t.put(at, r, 0)
}

// PutOnce takes a record as Put does, but that the same may have come before: then it does nothing, and again is true.
func (t *Target) PutOnce(at Place, r kg.Record) (taken, again bool, err error) {
	if err := kg.Normalize(r); err != nil {
		return false, false, t.Refuse(at, "%s", messageOf(err))
	}
	body, err := kg.Encode(r)
	if err != nil {
		return false, false, err
	}
	content := mark(maphash.Bytes(contentSeed, body)) &^ 0xff
	if before, ok := t.seen[r.GetID().Hash()]; ok && before != expected {
		if before&^0xff == content {
			return false, true, nil
		}
		return false, false, t.Refuse(at, "one with this key came before and says something else")
	}
	return true, false, t.put(at, r, content)
}

var contentSeed = maphash.MakeSeed()

// put takes a record that is well formed and the first with its id.
func (t *Target) put(at Place, r kg.Record, content mark) error {
	delete(t.deleted, r.GetID())
	t.seen[r.GetID().Hash()] = content | markOf(r)
	if !t.ready(r) {
		body, err := kg.Encode(r)
		if err != nil {
			return err
		}
		return t.waiting.add(at, body)
	}
	return t.give(at, r)
}

// Dataset makes the dataset of a name, unless it has come or is in the graph.
func (t *Target) Dataset(at Place, name string) error {
	id := kg.DatasetID(name)
	if t.Has(id) {
		return nil
	}
	found, err := t.Found(t.ctx, []kg.ID{id})
	if err != nil {
		return err
	}
	if found[0] != nil {
		t.seen[id.Hash()] = 0
		return t.Yield(found[0])
	}
	taken, err := t.Put(at, &kg.Dataset{Meta: kg.Meta{ID: id}, Name: name})
	if err == nil && !taken {
		err = kg.Errorf(kg.BadUserInput, "%q is no name for a dataset", name)
	}
	return err
}

// entitiesOf are the entities that a record refers to and that have to come before it, of those records that may wait.
func entitiesOf(r kg.Record) []kg.ID {
	switch r := r.(type) {
	case *kg.Relationship:
		return []kg.ID{r.From, r.To}
	case *kg.Statement:
		ids := slices.Concat(r.Speakers, r.OnBehalfOf, r.About, r.Audience)
		if r.AtEvent != "" {
			ids = append(ids, r.AtEvent)
		}
		return ids
	}
	return nil
}

// ready tells whether all entities that a record refers to have come.
func (t *Target) ready(r kg.Record) bool {
	return !slices.ContainsFunc(entitiesOf(r), func(id kg.ID) bool { return !t.seen[id.Hash()].entity() })
}

// give gives on a record that is ready.
func (t *Target) give(at Place, r kg.Record) error {
	if rel, ok := r.(*kg.Relationship); ok {
		return t.join(at, rel, t.typeSeen(rel.From), t.typeSeen(rel.To))
	}
	return t.Yield(r)
}

// Expect says that an entity or a source is referred to, and how it is to be made if it has not come when all files are read and
// is not in the graph: an entity as a stub.
func (t *Target) Expect(at Place, r kg.Record) error {
	id := r.GetID()
	if _, known := t.seen[id.Hash()]; known {
		return nil
	}
	t.seen[id.Hash()] = expected
	if e, ok := r.(kg.Entity); ok {
		e.Common().Stub = true
	}
	body, err := kg.Encode(r)
	if err != nil {
		return err
	}
	return t.wanted.add(at, body)
}

// Delete notes that a record is no more, unless it comes again. Deletions lists them when all is read.
func (t *Target) Delete(at Place, id kg.ID) {
	if _, noted := t.deleted[id]; !noted {
		t.deleted[id] = at
	}
}

// Deletions are the records that are no more, in the order of their ids.
func (t *Target) Deletions() []Deletion {
	var list []Deletion
	for id, at := range t.deleted {
		list = append(list, Deletion{at, id})
	}
	slices.SortFunc(list, func(a, b Deletion) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return list
}

func (t *Target) typeSeen(id kg.ID) kg.EntityType { return t.seen[id.Hash()].entityType() }

// join gives on a relationship between entities of these types. If its type does not allow them, it becomes one that is as
// it says in its role.
func (t *Target) join(at Place, r *kg.Relationship, from, to kg.EntityType) error {
	if misfit := r.Type.Rule().Misfit(from, to); misfit != "" {
		if r.Role == "" {
			r.Role = r.Type.Rule().Forwards
		}
		r.Type = kg.OtherLink
		if a := r.Amount; a != nil {
			r.Extra = append(r.Extra, amountExtra(a)...)
			r.Amount = nil
		}
		if err := t.Change(at, "is OTHER with the role %q, for %s", r.Role, misfit); err != nil {
			return err
		}
	}
	return t.Yield(r)
}

// someStubs is how many entities are asked for together.
const someStubs = 1000

// End makes the stubs that are needed, and gives on what waited for them.
func (t *Target) End() error {
	if err := t.makeStubs(); err != nil {
		return err
	}
	for w, err := range t.waiting.all() {
		if err != nil {
			return err
		}
		if err := t.giveWaiting(w); err != nil {
			return err
		}
	}
	return nil
}

// makeStubs makes those entities that were expected, have not come and are not in the graph.
func (t *Target) makeStubs() error {
	var places []Place
	var stubs []kg.Record
	for w, err := range t.wanted.all() {
		if err != nil {
			return err
		}
		r, err := kg.Decode(w.body)
		if err != nil {
			return err
		}
		if t.Has(r.GetID()) {
			continue
		}
		if places, stubs = append(places, w.at), append(stubs, r); len(stubs) == someStubs {
			if err := t.makeSome(places, stubs); err != nil {
				return err
			}
			places, stubs = places[:0], stubs[:0]
		}
	}
	return t.makeSome(places, stubs)
}

// makeSome makes those of some stubs that are not in the graph.
func (t *Target) makeSome(places []Place, stubs []kg.Record) error {
	if len(stubs) == 0 {
		return nil
	}
	ids := make([]kg.ID, len(stubs))
	for i, r := range stubs {
		ids[i] = r.GetID()
	}
	found, err := t.Found(t.ctx, ids)
	if err != nil {
		return err
	}
	for i, r := range stubs {
		if found[i] != nil {
			t.seen[ids[i].Hash()] = markOf(found[i])
			continue
		}
		taken, err := t.Put(places[i], r)
		if err != nil {
			return err
		}
		if !taken {
			continue
		}
		why := "which is nowhere"
		if ids[i].Class() == kg.EntityClass && t.Has(sourceOf(ids[i])) {
			why = "which is a source, and nothing that can be joined: a stub stands for it"
		}
		if err := t.Note(Note{places[i], Stubbed, fmt.Sprintf("refers to %q, %s", kg.MetaOf(r).Key, why)}); err != nil {
			return err
		}
	}
	return nil
}

// sourceOf is the id of the source that has an entity's dataset and key.
func sourceOf(id kg.ID) kg.ID { return kg.ID(kg.SourceClass) + "_" + id[len(kg.SourceClass)+1:] }

// giveWaiting gives on what waited, now that all entities have come that will. What refers to something that nobody expected
// is refused.
func (t *Target) giveWaiting(w waiter) error {
	r, err := kg.Decode(w.body)
	if err != nil {
		return err
	}
	if !t.ready(r) {
		return t.Refuse(w.at, "refers to what is nowhere")
	}
	return t.give(w.at, r)
}

// messageOf is an error's message, without its code.
func messageOf(err error) string {
	var e *kg.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}

// waiter is what waits, and where it stands.
type waiter struct {
	at   Place
	body []byte
}

// spool keeps what waits in a file without a name.
type spool struct {
	file  *os.File
	w     *bufio.Writer
	entry []byte
}

// add puts one entry at the end: numbers, and texts behind their lengths.
func (s *spool) add(at Place, body []byte) error {
	if s.file == nil {
		f, err := os.CreateTemp("", "dramatis-*")
		if err != nil {
			return err
		}
		s.file, s.w = f, bufio.NewWriterSize(f, 256<<10)
		if err := os.Remove(f.Name()); err != nil {
			return err
		}
	}
	s.entry = binary.AppendUvarint(s.entry[:0], uint64(at.Line))
	s.entry = binary.AppendUvarint(s.entry, uint64(at.Column))
	for _, text := range []string{at.File, at.Key} {
		s.entry = append(binary.AppendUvarint(s.entry, uint64(len(text))), text...)
	}
	s.entry = append(binary.AppendUvarint(s.entry, uint64(len(body))), body...)
	_, err := s.w.Write(s.entry)
	return err
}

// all gives what was put in.
func (s *spool) all() func(yield func(waiter, error) bool) {
	return func(yield func(waiter, error) bool) {
		if s.file == nil {
			return
		}
		if err := s.w.Flush(); err != nil {
			yield(waiter{}, err)
			return
		}
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			yield(waiter{}, err)
			return
		}
		r := bufio.NewReaderSize(s.file, 256<<10)
		for {
			if _, err := r.Peek(1); err == io.EOF {
				return
			}
			w, err := readWaiter(r)
			if !yield(w, err) || err != nil {
				return
			}
		}
	}
}

// readWaiter reads an entry of a spool.
func readWaiter(r *bufio.Reader) (w waiter, err error) {
	number := func() int {
		n, failed := binary.ReadUvarint(r)
		err = errors.Join(err, failed)
		return int(n)
	}
	text := func() []byte {
		n := number()
		if err != nil {
			return nil
		}
		b := make([]byte, n)
		_, err = io.ReadFull(r, b)
		return b
	}
	w.at.Line, w.at.Column = number(), number()
	w.at.File, w.at.Key = string(text()), string(text())
	w.body = text()
	return w, err
}

func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
