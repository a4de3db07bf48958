package formats

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"dramatis/kg"
)

// ReadJSONL reads the lossless format: JSON Lines, each line a record as kg.Encode writes it. It gives yield one
// record after the other, with the number of its line, and keeps none of them. Blank lines are skipped; a byte order
// mark at the start and line breaks of CR LF are no matter.
//
// It ends at the first line that is no record, with a *kg.Error BAD_USER_INPUT that names the line, at the first
// error of yield, which it passes on as it is, and when r fails.
func ReadJSONL(r io.Reader, yield func(line int, r kg.Record) error) error {
	return eachRecord(r, func(line int, r kg.Record, err error) error {
		if err != nil {
			return atLine(line, err)
		}
		return yield(line, r)
	})
}

// eachRecord gives take what stands on each line that is not blank, a record or why it is none, until take fails; that error it passes on as it is.
func eachRecord(r io.Reader, take func(line int, r kg.Record, err error) error) error {
	lines := newLines(r)
	for lines.next() {
		line := bytes.TrimSpace(lines.text)
		if len(line) == 0 && !lines.long {
			continue
		}
		record, err := kg.Record(nil), error(errTooLong)
		if !lines.long {
			record, err = decodeLine(line)
		}
		if err := take(lines.n, record, err); err != nil {
			return err
		}
	}
	if lines.err != nil {
		return fmt.Errorf("after line %d: %w", lines.n, lines.err)
	}
	return nil
}

// maxRefused is how many lines of a file of our own are refused before reading it stops.
const maxRefused = 100

// readJSONL gives on the records of a file as they are. They hang together, so that none is left out: a line that is no record
// is refused, and an error follows when the file was read.
func readJSONL(f *File, t *Target) error {
	refused := 0
	none := func() error {
		return kg.Errorf(kg.BadUserInput, "%d lines are no records; they are kept together or not at all", refused)
	}
	err := eachRecord(f.Body, func(line int, r kg.Record, err error) error {
		if err != nil {
			refused++
			if err := t.Refuse(Place{File: f.Name, Line: line}, "%s", messageOf(err)); err != nil {
				return err
			}
			if refused == maxRefused {
				return none()
			}
			return nil
		}
		if refused > 0 {
			return nil
		}
		return t.Yield(r)
	})
	if err == nil && refused > 0 {
		err = none()
	}
	return err
}

func likeJSONL(_ string, head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte(`{"record":"`))
}

var errTooLong = kg.Errorf(kg.BadUserInput, "is longer than %d MiB", MaxLine>>20)

func decodeLine(line []byte) (kg.Record, error) {
	switch {
	case !utf8.Valid(line): // a JSON decoder would put replacement characters in
		return nil, kg.Errorf(kg.BadUserInput, "is not valid UTF-8")
	case !json.Valid(line):
		return nil, kg.Errorf(kg.BadUserInput, "is not one JSON value")
	}
	return kg.DecodeStrict(line)
}

// atLine puts the number of the line before the message of an error.
func atLine(n int, err error) error {
	var e *kg.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("line %d: %w", n, err)
	}
	return &kg.Error{Code: e.Code, Message: fmt.Sprintf("line %d: %s", n, e.Message), IDs: e.IDs, Err: e.Err}
}

// WriteJSONL writes one record as one line. It fails with BAD_USER_INPUT on a record that would make a line too long
// to be read again, and writes nothing of it.
func WriteJSONL(w io.Writer, r kg.Record) error {
	line, err := kg.Encode(r)
	if err != nil {
		return err
	}
	if len(line) > MaxLine {
		return &kg.Error{Code: kg.BadUserInput, Message: fmt.Sprintf("the line of %s %s", r.GetID(), errTooLong.Message), IDs: []kg.ID{r.GetID()}}
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// jsonlWriter writes records as they are.
type jsonlWriter struct{ *bufio.Writer }

func newJSONL(w io.Writer, _ WriteOptions) Writer { return jsonlWriter{bufio.NewWriter(w)} }

func (w jsonlWriter) Write(r kg.Record) error { return WriteJSONL(w.Writer, r) }
func (w jsonlWriter) Close() error            { return w.Flush() }
