package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"dramatis/formats"
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
	i := &importing{program: p, cmd: cmd, began: time.Now()}
	i.Store, i.At, i.DryRun, i.Strict, i.Note, i.Log = s, i.began, cmd.DryRun, cmd.Strict, i.note, p.log.Info
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
	told := p.tell(i.progress)
	imported, err := i.Import.Run(p.ctx, i.files)
	told()
	if p.ctx.Err() != nil && err != nil {
		return errors.New("interrupted; import the same files again")
	}
	return errors.Join(err, i.say(imported, err == nil))
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
	formats.Import
	*program
	cmd     *importCmd
	began   time.Time
	report  *json.Encoder
	bytes   atomic.Int64 // of the files that are read, as they are
	size    int64        // of all files; 0 if it is not known
	first   []formats.Note
	mapping *formats.Mapping
}

// files opens one file after the other.
func (i *importing) files(yield func(*formats.File, error) bool) {
	for _, name := range i.cmd.Files {
		if !i.file(name, yield) {
			return
		}
	}
}

// file opens a file, which can be read until the program is to end, also while nothing comes from it.
func (i *importing) file(name string, yield func(*formats.File, error) bool) bool {
	var from io.Reader = os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return yield(nil, err)
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
		return yield(nil, fmt.Errorf("%s: %w", name, err))
	}
	return yield(file, nil)
}

// counter adds up what is written to it.
type counter struct{ n *atomic.Int64 }

func (c counter) Write(p []byte) (int, error) { c.n.Add(int64(len(p))); return len(p), nil }

// note takes a note: the first ones to be shown, all to the report.
func (i *importing) note(n formats.Note) error {
	if len(i.first) < 10 {
		i.first = append(i.first, n)
	}
	if i.report == nil {
		return nil
	}
	return i.report.Encode(n)
}

// say prints what came of it: the first notes and, if the import came to its end, all in numbers.
func (i *importing) say(did *formats.Imported, ended bool) error {
	var b strings.Builder
	for _, n := range i.first {
		fmt.Fprintln(&b, n)
	}
	total := 0
	for _, n := range did.Notes {
		total += n
	}
	if more := total - len(i.first); more > 0 {
		fmt.Fprintf(&b, "and %d more: --report FILE has all\n", more)
	}
	if ended {
		would := ""
		if i.DryRun {
			would = "nothing written; would be "
		}
		fmt.Fprintf(&b, "%s: %s%d created, %d changed, %d unchanged", i.Store, would, did.Created, did.Changed, did.Unchanged)
		for _, more := range []struct {
			n    int
			what string
		}{
			{did.Deleted, "deleted"}, {did.Notes[formats.Refused], "refused"}, {did.Notes[formats.Changed], "not taken as they stand"}, {did.Notes[formats.Stubbed], "stubs"},
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

// progress is how far the import is: by the bytes of the files.
func (i *importing) progress() progress {
	p := progress{stage: "reading", records: i.Records.Load(), done: i.bytes.Load(), all: i.size}
	if i.Ended.Load() {
		p.stage = "finishing"
	}
	return p
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
