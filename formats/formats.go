// Package formats reads and writes graphs as files, each format in a file of its own. The table Formats lists them.
package formats

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"dramatis/kg"

	"github.com/klauspost/compress/zstd"
)

// Format is a kind of file.
type Format struct {
	// Name is what it is chosen by; Title says what it is.
	Name, Title string
	// Read gives a target all that a file holds; nil if files are only written. What cannot be taken is refused, place by
	// place; an error ends the import.
	Read func(*File, *Target) error
	// Write begins a file; nil if files are only read.
	Write func(io.Writer, WriteOptions) Writer
	// Classes of the records that are written, in the order of kg.Classes. Extension is how names of files end,
	// MediaType what HTTP calls them.
	Classes              []kg.Class
	Extension, MediaType string
	// like tells by the beginning of a file whether it may be one.
	like func(name string, head []byte) bool
}

// WriteOptions are what a file is written with.
type WriteOptions struct {
	// Find gives records by their ids, nil for those that are not there: what is written refers to them.
	Find func([]kg.ID) ([]kg.Record, error)
	// SafeCells keeps spreadsheets from taking a text for a formula: what begins like one gets an apostrophe before it. Only tables have
	// cells.
	SafeCells bool
}

// Writer writes a graph.
type Writer interface {
	// Write takes the records of the format's classes, class by class; others are left out.
	Write(kg.Record) error
	// Close ends the file.
	Close() error
}

// Formats are all formats. Where several may be one, a file is of the first.
var Formats []Format

func init() {
	Formats = []Format{
		{Name: "jsonl", Title: "Dramatis' own records, one JSON object a line: nothing is lost", Read: readJSONL, Write: newJSONL, Classes: kg.Classes, Extension: ".jsonl", MediaType: "application/jsonl", like: likeJSONL},
		{Name: "ftm", Title: "FollowTheMoney entities, one JSON object a line, or operations with them", Read: readFTM, Write: newFTM, Classes: kg.Classes, Extension: ".ftm.json", MediaType: "application/jsonl", like: likeFTM},
		{Name: "popolo", Title: "Popolo: people, organizations and memberships of legislatures, one JSON object", Read: readPopolo, Write: newPopolo, Classes: kg.Classes, Extension: ".json", MediaType: "application/json", like: likePopolo},
		{Name: "csv", Title: "tables, CSV or TSV: with a mapping, or with headers of neo4j-admin", Read: readCSV, like: likeCSV},
		{Name: "gexf", Title: "GEXF 1.3, for Gephi: entities and relationships with their spans", Write: newGEXF, Classes: networkClasses, Extension: ".gexf", MediaType: "application/xml"},
		{Name: "graphml", Title: "GraphML: entities and relationships", Write: newGraphML, Classes: networkClasses, Extension: ".graphml", MediaType: "application/xml"},
		{Name: "cytoscape", Title: "JSON for Cytoscape: entities and relationships", Write: newCytoscape, Classes: networkClasses, Extension: ".cyjs", MediaType: "application/json"},
		{Name: "jsonld", Title: "JSON-LD: linked data in the words of schema.org, PROV and Web Annotation", Write: newJSONLD, Classes: kg.Classes, Extension: ".jsonld", MediaType: "application/ld+json"},
	}
	Formats = append(Formats, tableFormats...)
}

// Named gives a format by its name. It fails with BAD_USER_INPUT.
func Named(name string) (*Format, error) {
	for i := range Formats {
		if Formats[i].Name == name {
			return &Formats[i], nil
		}
	}
	var names []string
	for i := range Formats {
		names = append(names, Formats[i].Name)
	}
	return nil, kg.Errorf(kg.BadUserInput, "there is no format %q, but %s", name, strings.Join(names, ", "))
}

// Written gives a format that is written by its name. It fails with BAD_USER_INPUT.
func Written(name string) (*Format, error) {
	f, err := Named(name)
	if err == nil && f.Write == nil {
		return nil, kg.Errorf(kg.BadUserInput, "%s files are only read", name)
	}
	return f, err
}

// Names are the names of the formats that are read, and of those that are written.
func Names() (read, written []string) {
	for i := range Formats {
		if Formats[i].Read != nil {
			read = append(read, Formats[i].Name)
		}
		if Formats[i].Write != nil {
			written = append(written, Formats[i].Name)
		}
	}
	return read, written
}

// File is a file that is being read.
type File struct {
	// Name is its path or, of standard input and uploads, a name for it.
	Name string
	// Dataset is the name of the dataset that its records go to.
	Dataset string
	// Format is what it is.
	Format *Format
	// Mapping says what the columns of a table become; nil if there is none.
	Mapping *Mapping
	// Body is what it holds, without compression.
	Body *bufio.Reader
	// named: its dataset was given, not made of its name.
	named bool
	done  func()
}

// Options are how a file is to be read.
type Options struct {
	// Format is the name of a format; if there is none, it is told by the beginning of the file.
	Format string
	// Dataset is the name of the dataset that records go to which do not say it. Without one it is that of the mapping, or that of the file,
	// without endings.
	Dataset string
	// Mapping says what the columns of a table become.
	Mapping *Mapping
}

// headSize is how much of a file's beginning is looked at to tell what it is.
const headSize = 64 << 10

// Open begins to read a file: takes off gzip or Zstandard, which it finds by their first bytes, and tells by what follows what
// it is, unless the format is given. It fails with BAD_USER_INPUT.
func Open(name string, r io.Reader, o Options) (*File, error) {
	f := &File{Name: name, Dataset: o.Dataset, Mapping: o.Mapping, Body: bufio.NewReaderSize(r, headSize), done: func() {}}
	if o.Mapping != nil && f.Dataset == "" {
		f.Dataset = o.Mapping.Dataset
	}
	if f.named = f.Dataset != ""; !f.named {
		f.Dataset, _, _ = strings.Cut(filepath.Base(name), ".")
	}
	if err := f.unpack(); err != nil {
		return nil, err
	}
	if o.Format == "" && o.Mapping != nil {
		o.Format = "csv"
	}
	if o.Format != "" {
		var err error
		f.Format, err = Named(o.Format)
		if err == nil && f.Format.Read == nil {
			err = kg.Errorf(kg.BadUserInput, "%s files are only written", o.Format)
		}
		if err == nil && o.Mapping != nil && o.Format != "csv" {
			err = kg.Errorf(kg.BadUserInput, "a mapping is for tables, not for %s files", o.Format)
		}
		return f, err
	}
	head, err := f.Body.Peek(headSize)
	if err != nil && err != io.EOF {
		return nil, err
	}
	head = bytes.TrimPrefix(head, byteOrderMark)
	for i := range Formats {
		if like := Formats[i].like; like != nil && like(strings.ToLower(name), head) {
			f.Format = &Formats[i]
			return f, nil
		}
	}
	if len(bytes.TrimSpace(head)) == 0 && len(head) < headSize {
		return nil, kg.Errorf(kg.BadUserInput, "is empty")
	}
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "{\x00", "\x00{"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return nil, kg.Errorf(kg.BadUserInput, "is UTF-16, and has to be UTF-8: iconv -f UTF-16 -t UTF-8")
		}
	}
	return nil, kg.Errorf(kg.BadUserInput, "cannot tell what kind of file this is: give --format")
}

// Close gives back what reading took.
func (f *File) Close() { f.done() }

// unpack takes off compression. A decoder's window is bounded, so that what it keeps is too.
func (f *File) unpack() error {
	magic, err := f.Body.Peek(4)
	if err != nil && err != io.EOF {
		return err
	}
	packed := &remembering{r: f.Body}
	var plain io.Reader
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		plain, err = gzip.NewReader(packed)
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		var z *zstd.Decoder
		if z, err = zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20)); err == nil {
			plain, f.done = z, z.Close
		}
	default:
		return nil
	}
	if err != nil {
		return cannotUnpack(err)
	}
	f.Body = bufio.NewReaderSize(unpacking{plain, packed}, headSize)
	return nil
}

func cannotUnpack(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return kg.Errorf(kg.BadUserInput, "cannot be unpacked: it breaks off")
	}
	return kg.Errorf(kg.BadUserInput, "cannot be unpacked: %s", err)
}

// remembering keeps the error with which a file could not be read.
type remembering struct {
	r   io.Reader
	err error
}

func (r *remembering) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// unpacking tells a file that is broken from one that could not be read.
type unpacking struct {
	plain  io.Reader
	packed *remembering
}

func (u unpacking) Read(p []byte) (int, error) {
	n, err := u.plain.Read(p)
	switch {
	case u.packed.err != nil:
		return n, u.packed.err
	case err != nil && err != io.EOF:
		return n, cannotUnpack(err)
	}
	return n, err
}

// topKeys are the keys of the JSON object with which head begins, as far as it reaches; nil if it begins with none.
func topKeys(head []byte) []string {
	d := json.NewDecoder(bytes.NewReader(head))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	keys := []string{}
	for d.More() {
		t, err := d.Token()
		key, ok := t.(string)
		if err != nil || !ok {
			return keys
		}
		keys = append(keys, key)
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return keys
		}
	}
	return keys
}
