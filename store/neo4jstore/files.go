package neo4jstore

import (
	"bufio"
	"encoding/csv"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dramatis/kg"
)

// ImportArguments are the arguments with which `neo4j-admin database import full DATABASE` reads the files of WriteFiles, from the
// folder where they are.
var ImportArguments = []string{
	"--nodes=records.csv", "--nodes=texts.csv", "--nodes=words.csv", "--nodes=marks.csv",
	"--relationships=edges.csv", "--relationships=natives.csv", "--relationships=text_edges.csv", "--relationships=word_edges.csv",
	"--id-type=string", "--array-delimiter=U+001F", "--multiline-fields=true", "--ignore-empty-strings=true",
	"--legacy-style-quoting=false", "--overwrite-destination=true",
}

// between stands between the elements of a list: names are folded, identifiers have no control characters.
const between = "\x1f"

// WriteFiles writes files from which Neo4j's own importer fills a database: what Load makes of the records, many times as
// fast, but by hand and with Neo4j stopped. The indexes are made when the database is opened. The records must come from a store, where
// they have been checked. dir must be there; files in it are written over.
func WriteFiles(dir string, records iter.Seq2[kg.Record, error]) (err error) {
	f := &files{dir: dir, words: map[string]bool{}}
	defer func() { err = errors.Join(err, f.close()) }()
	columns := recordColumns()
	header := []string{"id:ID(Record)", ":LABEL"}
	for _, c := range columns {
		header = append(header, c.name+c.typ)
	}
	nodes := f.create("records.csv", header...)
	f.texts = f.create("texts.csv", ":ID(Text)", ":LABEL", "key", "sortKey")
	f.shared = f.create("words.csv", "key:ID(Word)", ":LABEL", "spellings")
	f.edges = f.create("edges.csv", ":START_ID(Record)", ":END_ID(Record)", ":TYPE", "key", "sortKey")
	f.natives = f.create("natives.csv", ":START_ID(Record)", ":END_ID(Record)", ":TYPE", "id", "role", "startDate", "endDate")
	f.textEdges = f.create("text_edges.csv", ":START_ID(Record)", ":END_ID(Text)", ":TYPE")
	f.wordEdges = f.create("word_edges.csv", ":START_ID(Record)", ":END_ID(Word)", ":TYPE", "key", "sortKey")
	steps, err := loadMigrations()
	if err != nil {
		return err
	}
	f.write(f.create("marks.csv", ":ID(Mark)", ":LABEL", "schema"), "1", "_Load", steps[len(steps)-1].checksum)
	for r, err := range records {
		if err != nil {
			return err
		}
		properties, err := propertiesOf(r)
		if err != nil {
			return err
		}
		row := []string{string(r.GetID()), strings.Join(labelsOf(r), between)}
		for _, c := range columns {
			row = append(row, cell(properties[c.name]))
		}
		f.write(nodes, row...)
		f.links(r)
		if f.err != nil {
			return f.err
		}
	}
	return f.err
}

// column is a property of records' nodes.
type column struct{ name, typ string }

// recordColumns are all properties that propertiesOf can make, save the id.
func recordColumns() []column {
	var columns []column
	for _, name := range []string{"body", "sortKey", "dateSort", "startMin", "startMax", "endMin", "endMax", "terms", "name", "text", "title", "exact"} {
		columns = append(columns, column{name, ""})
	}
	for f, a := range accesses {
		c := column{a.property, ""}
		if kg.Facet(f).Info().Many {
			c.typ = ":string[]"
		}
		same := func(other column) bool { return other.name == c.name } // an entity's and a relationship's type
		if a.property != "" && !slices.ContainsFunc(columns, same) {
			columns = append(columns, c)
		}
	}
	return columns
}

func cell(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		return strings.Join(v, between)
	}
	return ""
}

// files are the files under way.
type files struct {
	dir                                                 string
	open                                                []*file
	texts, shared, edges, natives, textEdges, wordEdges *file
	words                                               map[string]bool // those written
	n                                                   int             // texts written
	err                                                 error
}

type file struct {
	f   *os.File
	buf *bufio.Writer
	csv *csv.Writer
}

func (f *files) create(name string, header ...string) *file {
	if f.err != nil {
		return nil
	}
	made, err := os.Create(filepath.Join(f.dir, name))
	if err != nil {
		f.err = err
		return nil
	}
	buf := bufio.NewWriterSize(made, 256<<10)
	one := &file{made, buf, csv.NewWriter(buf)}
	f.open = append(f.open, one)
	f.write(one, header...)
	return one
}

// write writes a row; of several errors the first is kept.
func (f *files) write(to *file, row ...string) {
	if f.err == nil {
		f.err = to.csv.Write(row)
	}
}

// links writes what leads from a record.
func (f *files) links(r kg.Record) {
	id := string(r.GetID())
	for _, l := range linksOf(r) {
		switch {
		case l.text != "":
			f.n++
			f.write(f.texts, strconv.Itoa(f.n), l.text, l.key, l.sort)
			f.write(f.textEdges, id, strconv.Itoa(f.n), l.edge)
		case l.shared != "":
			if !f.words[l.key] {
				f.words[l.key] = true
				f.write(f.shared, l.key, l.shared, spellings(l.key))
			}
			f.write(f.wordEdges, id, l.key, l.edge, l.key, l.sort)
		default:
			f.write(f.edges, id, l.key, l.edge, l.key, l.sort)
		}
	}
	if r, ok := r.(*kg.Relationship); ok {
		n := nativeOf(r)
		f.write(f.natives, n.from, n.to, n.typ, n.id, n.role, n.start, n.end)
	}
}

func (f *files) close() error {
	var err error
	for _, one := range f.open {
		one.csv.Flush()
		err = errors.Join(err, one.csv.Error(), one.buf.Flush(), one.f.Close())
	}
	return err
}
