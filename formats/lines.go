package formats

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// MaxLine is how long a line of a file may be, in bytes, without its line break.
const MaxLine = 4 << 20

var byteOrderMark = []byte("\uFEFF")

// lines gives the lines of a file, one after the other. It never keeps more than one.
type lines struct {
	r    *bufio.Reader
	n    int    // of the line given last, from 1
	text []byte // of the line given last, without its break
	long bool   // the line was longer than MaxLine: text is its beginning
	err  error
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 64<<10)} }

// next reads a line, until there is none or r fails: then err is what it failed with. Of a line that breaks off because
// r failed nothing is given.
func (l *lines) next() bool {
	l.text, l.long = l.text[:0], false
	for {
		part, err := l.r.ReadSlice('\n')
		if len(l.text)+len(part) <= MaxLine+len("\r\n") {
			l.text = append(l.text, part...)
		} else {
			l.long = true
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF && len(l.text) == 0 && !l.long:
			return false
		case err != nil && err != io.EOF:
			l.err = err
			return false
		}
		l.n++
		l.text = bytes.TrimSuffix(bytes.TrimSuffix(l.text, []byte("\n")), []byte("\r"))
		l.long = l.long || len(l.text) > MaxLine
		if l.n == 1 {
			l.text = bytes.TrimPrefix(l.text, byteOrderMark)
		}
		return true
	}
}
