// Package formats reads and writes graphs as files, each format in a file of its own.
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

// MaxLine is how long a line of a JSON Lines file may be, in bytes, without its line break.
const MaxLine = 4 << 20

var byteOrderMark = []byte("\uFEFF")

// ReadJSONL reads the lossless format: JSON Lines, each line a record as kg.Encode writes it. It gives yield one
// record after the other, with the number of its line, and keeps none of them. Blank lines are skipped; a byte order
// mark at the start and line breaks of CR LF are no matter.
//
// It ends at the first line that is no record, with a *kg.Error BAD_USER_INPUT that names the line, at the first
// error of yield, which it passes on as it is, and when r fails.
func ReadJSONL(r io.Reader, yield func(line int, r kg.Record) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, MaxLine+len("\r\n"))
	n := 0
	// After a failure of r the scanner still gives what came of the last line: that is no line.
	for lines.Scan() && lines.Err() == nil {
		n++
		line := lines.Bytes()
		if len(line) > MaxLine {
			return atLine(n, errTooLong)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, byteOrderMark)
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		record, err := decodeLine(line)
		if err != nil {
			return atLine(n, err)
		}
		if err := yield(n, record); err != nil {
			return err
		}
	}
	err := lines.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		return atLine(n+1, errTooLong)
	}
	if err != nil {
		return fmt.Errorf("after line %d: %w", n, err)
	}
	return nil
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
