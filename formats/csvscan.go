package formats

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// csvScanner reads the rows of a table: RFC 4180, with any delimiter. A quote is one where a cell begins with it, blanks before and
// behind the quoted text are left out; elsewhere it is a character like others. It keeps one row, of up to MaxLine bytes.
//
// It is not encoding/csv because that reads to the end of the file, and keeps it, for the end of a quoted text; this one
// tells where the quote was opened, and goes on with the line after it.
type csvScanner struct {
	r     io.Reader
	comma byte
	// decoded: what is read was in another encoding, whose decoder writes U+FFFD for what it cannot read.
	decoded bool
	buf     []byte // read and not yet given, from the beginning of a line
	i       int    // how far it is looked through
	ended   error  // what reading ended with
	line    int    // of buf[i]
	begin   int    // where in buf that line begins
	spare   int    // how many bytes may be read again: as many as were read once
	err     error

	cells []string
	at    []csvPlace // of the cells
	text  []byte     // of all cells, one behind the other
	ends  []int      // where in text each cell ends
}

// csvPlace is where in a file something stands; columns count bytes.
type csvPlace struct{ line, column int }

// csvError is why a row is none.
type csvError struct {
	csvPlace
	reason string
}

func newCSVScanner(r io.Reader, comma byte) *csvScanner {
	return &csvScanner{r: r, comma: comma, line: 1}
}

// peek gives the next byte; false at the end.
func (s *csvScanner) peek() (byte, bool) {
	for s.i == len(s.buf) {
		if !s.fill() {
			return 0, false
		}
	}
	return s.buf[s.i], true
}

func (s *csvScanner) fill() bool {
	if s.ended != nil {
		return false
	}
	const chunk = 64 << 10
	n := len(s.buf)
	if cap(s.buf)-n < chunk {
		grown := make([]byte, n, 2*cap(s.buf)+chunk)
		copy(grown, s.buf)
		s.buf = grown
	}
	m, err := s.r.Read(s.buf[n : n+chunk])
	s.buf = s.buf[:n+m]
	s.spare += m
	s.ended = err
	return m > 0
}

// next reads a row: its cells, or why it is none. It gives neither when there is no more, or r failed: then err is what it failed with.
func (s *csvScanner) next() ([]string, *csvError) {
	for {
		// give back the room of what was given, now and then
		if s.i > 0 && (s.i == len(s.buf) || s.i > 1<<20) {
			s.buf = s.buf[:copy(s.buf, s.buf[s.i:])]
			s.begin -= s.i
			s.i = 0
		}
		if _, ok := s.peek(); !ok {
			if s.ended != io.EOF {
				s.err = s.ended
			}
			return nil, nil
		}
		first, line := s.i, s.line
		wrong := s.row()
		if s.ended != nil && s.ended != io.EOF {
			s.err = s.ended
			return nil, nil
		}
		if wrong == nil {
			wrong = s.unfit(first, line)
		}
		if wrong != nil {
			return nil, wrong
		}
		if len(s.ends) == 1 && s.ends[0] == 0 {
			continue // a blank line
		}
		all, from := string(s.text), 0
		s.cells = s.cells[:0]
		for _, end := range s.ends {
			s.cells = append(s.cells, all[from:end])
			from = end
		}
		return s.cells, nil
	}
}

func (s *csvScanner) place() csvPlace { return csvPlace{s.line, s.i - s.begin + 1} }

// row reads cells until the end of a row.
func (s *csvScanner) row() *csvError {
	s.text, s.ends, s.at = s.text[:0], s.ends[:0], s.at[:0]
	first := s.i
	for {
		at, from := s.place(), s.i
		b, ok := s.blanks()
		var wrong *csvError
		if ok && b == '"' {
			at = s.place()
			wrong = s.quoted(first)
		} else {
			s.i = from
			wrong = s.plain(first, at)
		}
		if wrong != nil {
			return wrong
		}
		s.ends, s.at = append(s.ends, len(s.text)), append(s.at, at)
		b, ok = s.peek()
		if !ok {
			return nil
		}
		s.i++
		if b == '\n' {
			s.line, s.begin = s.line+1, s.i
			return nil
		}
	}
}

// blanks passes over blanks and gives what stands behind them.
func (s *csvScanner) blanks() (byte, bool) {
	for {
		b, ok := s.peek()
		if !ok || b != ' ' && (b != '\t' || s.comma == '\t') {
			return b, ok
		}
		s.i++
	}
}

// plain reads a cell that is not quoted, up to the delimiter or the end of the line.
func (s *csvScanner) plain(first int, at csvPlace) *csvError {
	for {
		rest := s.buf[s.i:]
		n := 0
		for n < len(rest) && rest[n] != s.comma && rest[n] != '\n' {
			n++
		}
		s.text = append(s.text, rest[:n]...)
		s.i += n
		if s.i-first > MaxLine {
			s.skipLine(first)
			return &csvError{csvPlace{at.line, 0}, "the row is longer than 4 MiB"}
		}
		if n < len(rest) || !s.fill() {
			break
		}
	}
	if b, ok := s.peek(); (!ok || b == '\n') && bytes.HasSuffix(s.text, []byte("\r")) && s.buf[s.i-1] == '\r' {
		s.text = s.text[:len(s.text)-1]
	}
	return nil
}

// skipLine passes over the rest of a line, which is too long to be kept from first on.
func (s *csvScanner) skipLine(first int) {
	for {
		if n := bytes.IndexByte(s.buf[s.i:], '\n'); n >= 0 {
			s.i += n + 1
			s.line, s.begin = s.line+1, s.i
			return
		}
		s.buf, s.i = s.buf[:first], first
		if !s.fill() {
			return
		}
	}
}

// quoted reads a cell in quotes, and the blanks behind it.
func (s *csvScanner) quoted(first int) *csvError {
	open := s.place()
	after, lineAfter := 0, 0 // where the line after that of the quote begins
	fail := func(at csvPlace, reason string) *csvError {
		if after == 0 || s.i-after > s.spare { // go on behind the line where it went wrong
			if s.line > open.line {
				reason += fmt.Sprintf("; lines %d to %d are left out", open.line, s.line)
			}
			s.skipLine(first)
			return &csvError{at, reason}
		}
		s.spare -= s.i - after
		s.i, s.begin, s.line = after, after, lineAfter
		return &csvError{at, reason}
	}
	s.i++
	for {
		rest := s.buf[s.i:]
		n := 0
		for n < len(rest) && rest[n] != '"' && rest[n] != '\n' {
			n++
		}
		s.text = append(s.text, rest[:n]...)
		s.i += n
		if s.i-first > MaxLine {
			return fail(open, "a quote is opened here and not closed within 4 MiB")
		}
		if n == len(rest) {
			if !s.fill() {
				return fail(open, "a quote is opened here and never closed")
			}
			continue
		}
		s.i++
		if rest[n] == '\n' {
			s.text = append(s.text, '\n')
			s.line, s.begin = s.line+1, s.i
			if after == 0 {
				after, lineAfter = s.i, s.line
			}
			continue
		}
		if b, ok := s.peek(); ok && b == '"' {
			s.text = append(s.text, '"')
			s.i++
			continue
		}
		closed := s.i
		b, ok := s.blanks()
		if ok && b == '\r' {
			s.i++
			if b, ok = s.peek(); ok && b != '\n' {
				b = '\r'
			}
		}
		if !ok || b == s.comma || b == '\n' {
			return nil
		}
		s.i = closed
		at := s.place()
		at.column--
		if open.line < at.line {
			return fail(at, fmt.Sprintf("a quote stands within a quoted text that began in line %d, column %d, and is not doubled", open.line, open.column))
		}
		return fail(at, "a quote stands within a quoted text and is not doubled")
	}
}

// unfit tells what is wrong with the characters of a row.
func (s *csvScanner) unfit(first, line int) *csvError {
	raw := s.buf[first:s.i]
	wrong := func(at int, reason string) *csvError {
		before := raw[:at]
		return &csvError{csvPlace{line + bytes.Count(before, []byte("\n")), at - bytes.LastIndexByte(before, '\n')}, reason}
	}
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		return wrong(at, "a NUL stands here")
	}
	if at := bytes.Index(raw, []byte("\uFFFD")); s.decoded && at >= 0 {
		return wrong(at, "this is no character in the encoding of the file")
	}
	if utf8.Valid(raw) {
		return nil
	}
	at := 0
	for at < len(raw) {
		r, n := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return wrong(at, "this is no UTF-8: say what encoding it is")
}

// listed takes a list in brackets apart, as Python and JSON write it: ['a', "b"]. It is false for what is none.
func listed(s string) ([]string, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return nil, false
	}
	var parts []string
	rest := strings.TrimSpace(s[1 : len(s)-1])
	for rest != "" {
		var part string
		if quote := rest[0]; quote == '\'' || quote == '"' {
			var b strings.Builder
			i := 1
			for ; i < len(rest) && rest[i] != quote; i++ {
				if rest[i] == '\\' && i+1 < len(rest) {
					i++
				}
				b.WriteByte(rest[i])
			}
			if i >= len(rest) {
				return nil, false
			}
			part, rest = b.String(), strings.TrimSpace(rest[i+1:])
			if rest != "" && rest[0] != ',' {
				return nil, false
			}
			rest = strings.TrimPrefix(rest, ",")
		} else {
			part, rest, _ = strings.Cut(rest, ",")
			if part = strings.TrimSpace(part); part == "None" || part == "null" {
				part = ""
			}
		}
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
		rest = strings.TrimSpace(rest)
	}
	return parts, true
}
