package formats

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"dramatis/kg"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readCSV reads a table with a mapping, or one whose header says by itself what it holds: that of neo4j-admin.
func readCSV(f *File, t *Target) error {
	table, err := openTable(f)
	if err != nil {
		return err
	}
	var take func([]string) error
	if f.Mapping == nil {
		admin, err := adminOf(f, t, table)
		if err != nil {
			return err
		}
		take = admin.take
	} else {
		r, err := newCSVReader(f, t, table)
		if err != nil {
			return err
		}
		take = r.take
	}
	if t.Log != nil {
		t.Log(f.Name+" is a table", "encoding", table.encoding, "delimiter", string(table.comma), "columns", len(table.header))
	}
	return table.each(t, take)
}

// likeCSV wants a header of neo4j-admin, or a name that says it.
func likeCSV(name string, head []byte) bool {
	for _, ending := range []string{".csv", ".tsv", ".tab"} {
		if strings.Contains(name, ending) {
			return true
		}
	}
	text, _, err := csvDecoder(head, "")
	if err != nil {
		return false
	}
	plain, _ := io.ReadAll(io.LimitReader(text(bytes.NewReader(head)), headSize))
	cells, wrong := newCSVScanner(bytes.NewReader(plain), delimiterOf(plain)).next()
	return wrong == nil && isAdminHeader(cells)
}

// csvTable is a table that is being read.
type csvTable struct {
	*csvScanner
	file     *File
	encoding string
	header   []string
}

// openTable begins to read a table: tells its encoding and delimiter, unless the mapping says them, and reads its header.
func openTable(f *File) (*csvTable, error) {
	t := &csvTable{file: f}
	var plan csvPlan
	if f.Mapping != nil {
		p, err := planOf(f.Mapping.name, f.Mapping.text, nil)
		if err != nil {
			return nil, err
		}
		plan = *p
	}
	head, err := f.Body.Peek(headSize)
	if err != nil && err != io.EOF {
		return nil, err
	}
	decode, name, err := csvDecoder(head, plan.encoding)
	if err != nil {
		return nil, err
	}
	t.encoding = name
	plain, err := io.ReadAll(io.LimitReader(decode(bytes.NewReader(head)), headSize))
	if err != nil {
		return nil, err
	}
	body := decode(f.Body)
	if bytes.IndexByte(plain, '\r') >= 0 && bytes.IndexByte(plain, '\n') < 0 {
		body = oldBreaks{body}
		plain = bytes.ReplaceAll(plain, []byte("\r"), []byte("\n"))
	}
	comma := plan.delimiter
	if comma == 0 {
		comma = delimiterOf(plain)
	}
	t.csvScanner = newCSVScanner(body, comma)
	t.decoded = name != utf8Name
	if t.header = plan.header; t.header != nil {
		return t, nil
	}
	cells, wrong := t.next()
	switch {
	case t.err != nil:
		return nil, t.err
	case wrong != nil:
		return nil, kg.Errorf(kg.BadUserInput, "line %d, column %d: the header cannot be read: %s", wrong.line, wrong.column, wrong.reason)
	case cells == nil:
		return nil, kg.Errorf(kg.BadUserInput, "is empty: there is no header")
	}
	t.header, err = csvHeader(cells)
	return t, err
}

// maxColumns is how many columns a table may have: as many as a spreadsheet has.
const maxColumns = 16384

// csvHeader gives the names of columns. A column without one is named by its number. It fails with BAD_USER_INPUT on names that stand twice.
func csvHeader(cells []string) ([]string, error) {
	if len(cells) > maxColumns {
		return nil, kg.Errorf(kg.BadUserInput, "the header has %d columns: a table has at most %d", len(cells), maxColumns)
	}
	names, seen := make([]string, len(cells)), make(map[string]int, len(cells))
	for i, c := range cells {
		if names[i] = strings.TrimSpace(c); names[i] == "" {
			names[i] = fmt.Sprintf("column %d", i+1)
		}
		if len(names[i]) > 200 {
			return nil, kg.Errorf(kg.BadUserInput, "the name of column %d is longer than 200 bytes: %s", i+1, clipped(names[i]))
		}
		if first, twice := seen[names[i]]; twice {
			return nil, kg.Errorf(kg.BadUserInput, "columns %d and %d have the same name, %q", first+1, i+1, names[i])
		}
		seen[names[i]] = i
	}
	return names, nil
}

// each gives on row by row. What is no row is refused, also one with more or fewer cells than the header; rows without any text are
// left out.
func (t *csvTable) each(target *Target, take func(row []string) error) error {
	for {
		row, wrong := t.next()
		switch {
		case t.err != nil:
			return fmt.Errorf("after line %d: %w", t.line, t.err)
		case wrong != nil:
			if err := target.Refuse(Place{File: t.file.Name, Line: wrong.line, Column: wrong.column}, "%s", wrong.reason); err != nil {
				return err
			}
			continue
		case row == nil:
			return nil
		case len(row) != len(t.header):
			if err := target.Refuse(Place{File: t.file.Name, Line: t.at[0].line}, "the row has %d cells, the header %d", len(row), len(t.header)); err != nil {
				return err
			}
			continue
		case len(t.text) == 0:
			continue
		}
		if err := take(row); err != nil {
			return err
		}
	}
}

// where is the place of a cell of the row that was read last; -1 is the row.
func (t *csvTable) where(column int) Place {
	at := Place{File: t.file.Name, Line: t.at[0].line}
	if column >= 0 {
		at.Line, at.Column = t.at[column].line, t.at[column].column
	}
	return at
}

// oldBreaks makes line breaks of carriage returns.
type oldBreaks struct{ r io.Reader }

func (o oldBreaks) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// utf8Name and the others are encodings that are told by the beginning of a file.
const (
	utf8Name    = "utf-8"
	utf16LE     = "utf-16le"
	utf16BE     = "utf-16be"
	windows1252 = "windows-1252"
)

// encodingNamed gives an encoding by its name, however it is written; nil if there is none.
func encodingNamed(name string) encoding.Encoding {
	switch key := encodingKey(name); key {
	case "utf8":
		return encoding.Nop
	case "utf16le", "utf16":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case "utf16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "latin1":
		return charmap.ISO8859_1
	default:
		for _, e := range charmap.All {
			if encodingKey(fmt.Sprint(e)) == key {
				return e
			}
		}
	}
	return nil
}

func encodingKey(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
}

func encodingNames() []string {
	names := []string{utf8Name, utf16LE, utf16BE}
	for _, e := range charmap.All {
		names = append(names, strings.ReplaceAll(strings.ToLower(fmt.Sprint(e)), " ", "-"))
	}
	return names
}

// csvDecoder gives what turns a file into UTF-8 without a byte order mark, and the name of its encoding: the one given, or, if none is, the
// one that its beginning shows.
func csvDecoder(head []byte, given string) (func(io.Reader) io.Reader, string, error) {
	name := given
	if name == "" {
		name = encodingOf(head)
	}
	e := encodingNamed(name)
	if e == nil {
		return nil, "", kg.Errorf(kg.BadUserInput, "there is no encoding %q", clipped(name))
	}
	if encodingKey(name) == "utf8" {
		return func(r io.Reader) io.Reader {
			if bytes.HasPrefix(head, byteOrderMark) {
				return &skipping{r, len(byteOrderMark)}
			}
			return r
		}, utf8Name, nil
	}
	return func(r io.Reader) io.Reader { return e.NewDecoder().Reader(r) }, name, nil
}

// skipping leaves out the first bytes.
type skipping struct {
	r io.Reader
	n int
}

func (s *skipping) Read(p []byte) (int, error) {
	for s.n > 0 {
		n, err := s.r.Read(p[:min(s.n, len(p))])
		s.n -= n
		if err != nil {
			return 0, err
		}
	}
	return s.r.Read(p)
}

// encodingOf tells an encoding: by a byte order mark, by NULs at every other place, by what is no UTF-8.
func encodingOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, byteOrderMark):
		return utf8Name
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return utf16LE
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return utf16BE
	}
	var nuls [2]int
	for i, c := range head {
		if c == 0 {
			nuls[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case half > 1 && nuls[1] > half*2/5 && nuls[0] < half/20+1:
		return utf16LE
	case half > 1 && nuls[0] > half*2/5 && nuls[1] < half/20+1:
		return utf16BE
	}
	whole := head
	for i := 1; i <= utf8.UTFMax && i <= len(head); i++ { // the last character may be cut
		if utf8.RuneStart(head[len(head)-i]) {
			if !utf8.FullRune(head[len(head)-i:]) {
				whole = head[:len(head)-i]
			}
			break
		}
	}
	if utf8.Valid(whole) {
		return utf8Name
	}
	return windows1252
}

// delimiterOf tells what separates the cells of a table: what makes most rows of its beginning equally long.
func delimiterOf(head []byte) byte {
	best, bestEven, bestCells := byte(','), 0, 1
	for _, comma := range []byte{',', ';', '\t', '|'} {
		s := newCSVScanner(bytes.NewReader(head), comma)
		cells, even := 0, 0
		for range 20 {
			row, wrong := s.next()
			if wrong != nil || row == nil {
				break
			}
			if cells == 0 {
				cells = len(row)
			}
			if len(row) == cells {
				even++
			}
		}
		if cells > 1 && (even > bestEven || even == bestEven && cells > bestCells) {
			best, bestEven, bestCells = comma, even, cells
		}
	}
	return best
}
