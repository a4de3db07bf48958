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
	"sync/atomic"

	"dramatis/formats"
	"dramatis/kg"
	"dramatis/store"

	"github.com/klauspost/compress/zstd"
)

type exportCmd struct {
	Format        string   `help:"What to write: ${written}. jsonl is all of it, which import reads; docs/formats.md tells what the others leave out. neo4j-admin is a folder of files from which Neo4j's own importer fills a database for Dramatis." default:"jsonl" placeholder:"NAME"`
	Dataset       []string `help:"Only records of this dataset." placeholder:"NAME"`
	Entities      string   `help:"Only entities that a filter chooses, as JSON with the fields that it has in GraphQL, and what is between them." placeholder:"FILTER"`
	Relationships string   `help:"Only relationships that a filter chooses; no statements, unless some are chosen too." placeholder:"FILTER"`
	Statements    string   `help:"Only statements that a filter chooses; no relationships, unless some are chosen too." placeholder:"FILTER"`
	Around        []string `help:"Only this entity, by its id, and those that relationships and statements lead to, and what is between them." placeholder:"ID"`
	Depth         int      `help:"With --around: how many hops, from 1 to 3." default:"1"`
	AsOf          string   `help:"Only relationships that may have held on this date, and statements not later." placeholder:"DATE"`
	CertainOnly   bool     `help:"With --as-of: only what is so for certain."`
	SafeCells     bool     `help:"In csv files, put an apostrophe before cells that a spreadsheet might take for a formula."`
	Output        string   `arg:"" optional:"" help:"File or folder to write; a file is compressed if it ends in .gz or .zst; it is there only when it is whole. Standard output if none is given." placeholder:"FILE"`
}

// Run writes the graph to a file.
func (cmd *exportCmd) Run(p *program) (err error) {
	sel, err := kg.SelectionInput{
		Datasets: cmd.Dataset, Entities: cmd.Entities, Relationships: cmd.Relationships, Statements: cmd.Statements,
		Around: cmd.Around, Depth: cmd.Depth, AsOf: cmd.AsOf, CertainOnly: cmd.CertainOnly,
	}.Parse()
	if err != nil {
		return err
	}
	s, _, err := p.open(true, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if cmd.Format == "neo4j-admin" {
		return cmd.writeFolder(p, s, sel)
	}
	if cmd.Output == "" || cmd.Output == "-" {
		return cmd.write(p, s, sel, p.out)
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
	if err := errors.Join(cmd.write(p, s, sel, f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), cmd.Output)
}

// writeFolder writes files for neo4j-admin, and says how to use them.
func (cmd *exportCmd) writeFolder(p *program, s kg.Store, sel kg.Selection) error {
	if cmd.Output == "" || cmd.Output == "-" {
		return errors.New("neo4j-admin reads a folder: name one")
	}
	if err := os.MkdirAll(cmd.Output, 0o777); err != nil {
		return err
	}
	arguments, err := store.WriteNeo4jFiles(cmd.Output, kg.Select(p.ctx, s, sel, kg.Classes...))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "With Neo4j stopped, and %s as the present folder:\nneo4j-admin database import full neo4j %s\n", cmd.Output, strings.Join(arguments, " "))
	return err
}

// write writes a file, compressed as its name says.
func (cmd *exportCmd) write(p *program, s kg.Store, sel kg.Selection, to io.Writer) error {
	format, err := formats.Written(cmd.Format)
	if err != nil {
		return err
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
	e := &exporting{}
	if sel.Whole() {
		if e.all, err = kg.CountAll(p.ctx, s, format.Classes...); err != nil {
			return err
		}
	}
	told := p.tell(e.progress)
	err = formats.Export(p.ctx, s, sel, format, w, formats.WriteOptions{SafeCells: cmd.SafeCells}, func() error { e.records.Add(1); return nil })
	told()
	return errors.Join(err, w.Close(), buffered.Flush())
}

// exporting is an export under way.
type exporting struct {
	records atomic.Int64
	all     int64 // 0 if it is not known
}

func (e *exporting) progress() progress {
	p := progress{stage: "writing", records: e.records.Load(), all: e.all}
	if p.done = p.records; p.records == 0 {
		p.stage = "choosing"
	}
	return p
}

// plain writes as it is.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }
