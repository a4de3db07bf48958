package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync/atomic"
	"time"

	"dramatis/formats"
	"dramatis/kg"
)

type importCmd struct {
	Files []string `arg:"" name:"file" help:"Files of records, one JSON object a line; - is standard input."`
}

// tellEvery is how often an import tells how far it is.
const tellEvery = 3 * time.Second

// Run loads files into the store.
func (cmd *importCmd) Run(p *program) (err error) {
	s, _, err := p.open(false, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var n atomic.Int64
	var ended atomic.Bool
	began := time.Now()
	done := make(chan struct{})
	defer close(done)
	go p.tell(&n, &ended, began, done)
	loaded, err := s.Load(p.ctx, began, func(yield func(kg.Record, error) bool) {
		for r, err := range readFiles(p.ctx, cmd.Files) {
			if !yield(r, err) {
				return
			}
			n.Add(1)
		}
		ended.Store(true)
	})
	if p.ctx.Err() != nil && err != nil {
		return errors.New("interrupted; import the same files again")
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s: %d created, %d changed, %d unchanged\n", s, loaded.Created, loaded.Changed, loaded.Unchanged)
	return err
}

// tell tells again and again how far an import is, until done is closed.
func (p *program) tell(n *atomic.Int64, ended *atomic.Bool, began time.Time, done <-chan struct{}) {
	for last := int64(0); ; {
		select {
		case <-done:
			return
		case <-time.After(tellEvery):
		}
		now, stage := n.Load(), "reading"
		if ended.Load() {
			stage = "finishing"
		}
		p.log.Info(stage, "records", now, "a second", int(float64(now-last)/tellEvery.Seconds()), "for", time.Since(began).Round(time.Second))
		last = now
	}
}

// readFiles gives the records of files, one after the other. An error names the file, and is the last.
func readFiles(ctx context.Context, names []string) iter.Seq2[kg.Record, error] {
	return func(yield func(kg.Record, error) bool) {
		for _, name := range names {
			err := readFile(ctx, name, func(r kg.Record) bool { return yield(r, nil) })
			if errors.Is(err, errEnough) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", name, err))
				return
			}
		}
	}
}

// errEnough: no more records are wanted.
var errEnough = errors.New("no more records are wanted")

// readFile reads a file until ctx ends, also while nothing comes from it.
func readFile(ctx context.Context, name string, yield func(kg.Record) bool) error {
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
	defer context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })()
	go func() {
		_, err := io.Copy(w, from)
		w.CloseWithError(err) // nil is the end of the file
	}()
	return formats.ReadJSONL(r, func(_ int, r kg.Record) error {
		if !yield(r) {
			return errEnough
		}
		return nil
	})
}
