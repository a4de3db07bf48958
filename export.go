package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dramatis/formats"
	"dramatis/kg"
	"dramatis/store"

	"github.com/klauspost/compress/zstd"
)

type exportCmd struct {
	Format string `help:"What to write: ${written}. jsonl is all of it, which import reads; docs/formats.md tells what the others leave out. neo4j-admin is a folder of files from which Neo4j's own importer fills a database for Dramatis." default:"jsonl" placeholder:"NAME"`
	Output string `arg:"" optional:"" help:"File or folder to write; a file is compressed if it ends in .gz or .zst; it is there only when it is whole. Standard output if none is given." placeholder:"FILE"`
}

// Run writes the graph to a file.
func (cmd *exportCmd) Run(p *program) (err error) {
	s, _, err := p.open(true, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if cmd.Format == "neo4j-admin" {
		return cmd.writeFolder(p, s)
	}
	if cmd.Output == "" || cmd.Output == "-" {
		return cmd.write(p, s, p.out)
	}
	f, err := os.CreateTemp(filepath.Dir(cmd.Output), ".dramatis-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := errors.Join(cmd.write(p, s, f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), cmd.Output)
}

// writeFolder writes files for neo4j-admin, and says how to use them.
func (cmd *exportCmd) writeFolder(p *program, s kg.Store) error {
	if cmd.Output == "" || cmd.Output == "-" {
		return errors.New("neo4j-admin reads a folder: name one")
	}
	if err := os.MkdirAll(cmd.Output, 0o777); err != nil {
		return err
	}
	arguments, err := store.WriteNeo4jFiles(cmd.Output, kg.Scan(p.ctx, s, kg.Classes...))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "With Neo4j stopped, and %s as the present folder:\nneo4j-admin database import full neo4j %s\n", cmd.Output, strings.Join(arguments, " "))
	return err
}

func (cmd *exportCmd) write(p *program, s kg.Store, to io.Writer) error {
	format, err := formats.Named(cmd.Format)
	if err != nil {
		return err
	}
	if format.Write == nil {
		return fmt.Errorf("%s files are only read", cmd.Format)
	}
	buffered := bufio.NewWriterSize(to, 256<<10)
	w := io.WriteCloser(plain{buffered})
	switch {
	case strings.HasSuffix(cmd.Output, ".gz"):
		w = gzip.NewWriter(buffered)
	case strings.HasSuffix(cmd.Output, ".zst"):
		z, err := zstd.NewWriter(buffered)
		if err != nil {
			return err
		}
		w = z
	}
	file := format.Write(w, formats.WriteOptions{Find: func(ids []kg.ID) ([]kg.Record, error) { return s.Get(p.ctx, ids) }})
	classes := format.Classes
	if classes == nil {
		classes = kg.Classes
	}
	for r, err := range kg.Scan(p.ctx, s, classes...) {
		if err != nil {
			return err
		}
		if err := file.Write(r); err != nil {
			return err
		}
	}
	return errors.Join(file.Close(), w.Close(), buffered.Flush())
}

// plain writes as it is.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }
