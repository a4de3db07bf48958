package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"dramatis/formats"
	"dramatis/kg"

	"github.com/mattn/go-isatty"
)

type importCmd struct {
	Files   []string `arg:"" name:"file" help:"Files to load, also compressed ones (gzip, Zstandard); - is standard input."`
	Format  string   `help:"What they are, if it is not to be told by their beginnings: ${formats}." placeholder:"NAME"`
	Mapping string   `help:"What the columns of tables become (CSV, TSV): a file in YAML, see docs/formats.md." placeholder:"FILE"`
	Guess   bool     `help:"Only print a mapping for a table (CSV, TSV), made from its header and first rows, for you to correct."`
	Dataset string   `help:"Name of the dataset that the records go to; of records that do not say it, that of the file, without endings, if none is given." placeholder:"NAME"`
	DryRun  bool     `help:"Read and compare only: nothing is written."`
	Strict  bool     `help:"Stop at the first thing that cannot be taken as it stands; an empty store stays empty."`
	Report  string   `help:"Write what was refused, changed or made as a stub, and why, to this file: one JSON object a line." placeholder:"FILE"`
}

// Run loads files into the store.
func (cmd *importCmd) Run(p *program) (err error) {
	if cmd.Guess {
		return cmd.guess(p.out)
	}
	s, _, err := p.open(false, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	i := &importing{cmd: cmd, store: s, began: time.Now(), program: p, notes: map[formats.NoteKind]int{}}
	if cmd.Mapping != "" {
		text, err := os.ReadFile(cmd.Mapping)
		if err != nil {
			return err
		}
		if i.mapping, err = formats.ParseMapping(cmd.Mapping, text); err != nil {
			return err
		}
	}
	if cmd.Report != "" {
		f, err := os.Create(cmd.Report)
		if err != nil {
			return err
		}
		i.report = json.NewEncoder(f)
		defer func() { err = errors.Join(err, f.Close()) }()
	}
	i.measure()
	done := make(chan struct{})
	told := make(chan struct{})
	go func() { defer close(told); i.tell(done) }()
	loaded, err := i.load()
	close(done)
	<-told
	if p.ctx.Err() != nil && err != nil {
		return errors.New("interrupted; import the same files again")
	}
	return errors.Join(err, i.say(loaded))
}

// guess prints a mapping for a table.
func (cmd *importCmd) guess(out io.Writer) error {
	if len(cmd.Files) != 1 {
		return errors.New("a mapping is for tables that have the same columns: give one of them")
	}
	var from io.Reader = os.Stdin
	if cmd.Files[0] != "-" {
		f, err := os.Open(cmd.Files[0])
		if err != nil {
			return err
		}
		defer f.Close()
		from = f
	}
	text, err := formats.Guess(cmd.Files[0], from)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.Files[0], err)
	}
	_, err = out.Write(text)
	return err
}

// importing is an import under way.
type importing struct {
	*program
	cmd     *importCmd
	store   kg.Store
	began   time.Time
	report  *json.Encoder
	mapping *formats.Mapping

	records atomic.Int64
	bytes   atomic.Int64 // of the files, as they are
	size    int64        // of all files; 0 if it is not known
	ended   atomic.Bool  // all is read

	deleted int
	notes   map[formats.NoteKind]int
	first   []formats.Note
}

// load loads the files, or only compares them with what is there.
func (i *importing) load() (*kg.Loaded, error) {
	target := formats.NewTarget(i.ctx, formats.Target{Found: i.store.Get, Note: i.note, Log: i.log.Info})
	defer func() { _ = target.Close() }() // a file without a name
	records := func(yield func(kg.Record, error) bool) {
		if err := i.read(target, func(r kg.Record) bool { return yield(r, nil) }); err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
			return
		}
		i.ended.Store(true)
	}
	if i.cmd.DryRun {
		return kg.Compare(i.ctx, i.store, records)
	}
	loaded, err := i.store.Load(i.ctx, i.began, records)
	if err != nil {
		return nil, err
	}
	return loaded, i.remove(target.Deletions())
}

// errEnough: no more records are wanted.
var errEnough = errors.New("no more records are wanted")

// read reads all files.
func (i *importing) read(target *formats.Target, yield func(kg.Record) bool) error {
	target.Yield = func(r kg.Record) error {
		if !yield(r) {
			return errEnough
		}
		i.records.Add(1)
		return nil
	}
	for _, name := range i.cmd.Files {
		if err := i.readFile(name, target); err != nil {
			if errors.Is(err, errEnough) {
				return err
			}
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return target.End()
}

// readFile reads a file until the program is to end, also while nothing comes from it.
func (i *importing) readFile(name string, target *formats.Target) error {
	var from io.Reader = os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		from = f
	}
	r, w := io.Pipe()
	defer r.Close()
	defer context.AfterFunc(i.ctx, func() { w.CloseWithError(i.ctx.Err()) })()
	go func() {
		_, err := io.Copy(w, io.TeeReader(from, counter{&i.bytes}))
		w.CloseWithError(err) // nil is the end of the file
	}()
	file, err := formats.Open(name, r, formats.Options{Format: i.cmd.Format, Dataset: i.cmd.Dataset, Mapping: i.mapping})
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Format.Read(file, target)
}

// counter adds up what is written to it.
type counter struct{ n *atomic.Int64 }

func (c counter) Write(p []byte) (int, error) { c.n.Add(int64(len(p))); return len(p), nil }

// remove deletes what the files say is no more, as far as it is there and nothing refers to it: an entity that is referred to
// stays, as a stub.
func (i *importing) remove(deletions []formats.Deletion) error {
	// relationships, statements and mentions before what they refer to
	slices.SortStableFunc(deletions, func(a, b formats.Deletion) int {
		return slices.Index(kg.Classes, b.ID.Class()) - slices.Index(kg.Classes, a.ID.Class())
	})
	for some := range slices.Chunk(deletions, kg.MaxBatch) {
		err := i.apply(&kg.Batch{Delete: deletionsOf(some)})
		if kg.CodeOf(err) != kg.Conflict {
			if err != nil {
				return err
			}
			continue
		}
		for j := range some {
			if err := i.removeOne(some[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

func deletionsOf(some []formats.Deletion) []kg.Deletion {
	list := make([]kg.Deletion, len(some))
	for j, d := range some {
		list[j].ID = d.ID
	}
	return list
}

func (i *importing) removeOne(d formats.Deletion) error {
	err := i.apply(&kg.Batch{Delete: []kg.Deletion{{ID: d.ID}}})
	if kg.CodeOf(err) != kg.Conflict {
		return err
	}
	found, err := i.store.Get(i.ctx, []kg.ID{d.ID})
	if err != nil {
		return err
	}
	e, ok := found[0].(kg.Entity)
	if !ok {
		return i.note(formats.Note{Place: d.Place, Kind: formats.Changed, Reason: "is still referred to, and stays"})
	}
	stub := kg.StubOf(e)
	if err := i.apply(&kg.Batch{Put: []kg.Record{stub}}); err != nil {
		return err
	}
	return i.note(formats.Note{Place: d.Place, Kind: formats.Stubbed, Reason: "is still referred to, and stays as a stub"})
}

func (i *importing) apply(b *kg.Batch) error {
	b.At = i.began
	result, err := i.store.Apply(i.ctx, b)
	if err == nil {
		i.deleted += len(result.Deleted)
	}
	return err
}

// note takes a note.
func (i *importing) note(n formats.Note) error {
	i.notes[n.Kind]++
	if len(i.first) < 10 {
		i.first = append(i.first, n)
	}
	if i.report != nil {
		if err := i.report.Encode(n); err != nil {
			return err
		}
	}
	if i.cmd.Strict {
		return kg.Errorf(kg.BadUserInput, "%s", sayNote(n))
	}
	return nil
}

func sayNote(n formats.Note) string {
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
	return b.String()
}

// say prints what came of it: the first notes, and all in numbers.
func (i *importing) say(loaded *kg.Loaded) error {
	var b strings.Builder
	for _, n := range i.first {
		fmt.Fprintln(&b, sayNote(n))
	}
	total := 0
	for _, n := range i.notes {
		total += n
	}
	if more := total - len(i.first); more > 0 {
		fmt.Fprintf(&b, "and %d more: --report FILE has all\n", more)
	}
	if loaded != nil {
		would := ""
		if i.cmd.DryRun {
			would = "nothing written; would be "
		}
		fmt.Fprintf(&b, "%s: %s%d created, %d changed, %d unchanged", i.store, would, loaded.Created, loaded.Changed, loaded.Unchanged)
		for _, more := range []struct {
			n    int
			what string
		}{
			{i.deleted, "deleted"}, {i.notes[formats.Refused], "refused"}, {i.notes[formats.Changed], "not taken as they stand"}, {i.notes[formats.Stubbed], "stubs"},
		} {
			if more.n > 0 {
				fmt.Fprintf(&b, ", %d %s", more.n, more.what)
			}
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(i.out, b.String())
	return err
}

// How often an import tells how far it is: on a terminal by a line that it writes over, otherwise in the log.
const (
	tellEvery = 3 * time.Second
	drawEvery = 200 * time.Millisecond
)

// tell tells again and again how far an import is, until done is closed.
func (i *importing) tell(done <-chan struct{}) {
	every, show := tellEvery, func(now int64, rate float64) {
		i.log.Info(i.stage(), "records", now, "a second", int(rate), "for", time.Since(i.began).Round(time.Second))
	}
	if isatty.IsTerminal(os.Stderr.Fd()) {
		every, show = drawEvery, i.draw
		defer fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
	for {
		select {
		case <-done:
			return
		case <-time.After(every):
		}
		now := i.records.Load()
		show(now, float64(now)/time.Since(i.began).Seconds())
	}
}

func (i *importing) stage() string {
	if i.ended.Load() {
		return "finishing"
	}
	return "reading"
}

// draw writes a bar with what is read of the files, the rate and the time that the rest of them will take.
func (i *importing) draw(records int64, rate float64) {
	const width = 30
	bar, left := "", ""
	if read := i.bytes.Load(); i.size > 0 && read > 0 && read <= i.size {
		full := int(width * read / i.size)
		bar = fmt.Sprintf(" [%s%s] %d%%", strings.Repeat("=", full), strings.Repeat(" ", width-full), 100*read/i.size)
		if !i.ended.Load() {
			left = fmt.Sprintf(", %s left to read", time.Duration(float64(time.Since(i.began))*float64(i.size-read)/float64(read)).Round(time.Second))
		}
	}
	fmt.Fprintf(os.Stderr, "\r%s%s %d records, %d a second%s\x1b[K", i.stage(), bar, records, int(rate), left)
}

// measure adds up the sizes of the files, if all have one.
func (i *importing) measure() {
	for _, name := range i.cmd.Files {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			i.size = 0
			return
		}
		i.size += info.Size()
	}
}
