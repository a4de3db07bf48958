package formats

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"dramatis/kg"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// jsonWalk goes through one large JSON object and gives its values, and the elements of its lists, one after the other. It
// keeps one of them at a time, and of one that is longer than MaxLine its beginning only. It knows just enough of JSON to
// tell where a value ends, also of most broken ones; whether a value is well formed is for decodeValue to say.
type jsonWalk struct {
	r    *bufio.Reader
	file string
	at   Place // of what is read next
	// value is what was read last, from where it stands; long says that there was more of it.
	value []byte
	from  Place
	long  bool
}

func newJSONWalk(f *File) *jsonWalk {
	w := &jsonWalk{r: f.Body, file: f.Name, at: Place{File: f.Name, Line: 1, Column: 1}}
	if head, err := w.r.Peek(len(byteOrderMark)); err == nil && string(head) == string(byteOrderMark) {
		_, _ = w.r.Discard(len(byteOrderMark)) // what was peeked at is there
	}
	return w
}

// brokenJSON is an error at the place that is read next. Nothing behind it can be told from anything else.
type brokenJSON struct {
	at     Place
	reason string
}

func (b *brokenJSON) Error() string { return b.reason }

func (w *jsonWalk) broken(reason string) error { return &brokenJSON{w.at, reason} }

// peek gives the next byte without blanks; 0 at the end of the file.
func (w *jsonWalk) peek() (byte, error) {
	for {
		head, err := w.r.Peek(1)
		switch {
		case err == io.EOF:
			return 0, nil
		case err != nil:
			return 0, err
		}
		switch head[0] {
		case ' ', '\t', '\r', '\n':
			_ = w.skip(head[0])
		case 0:
			return 0, w.broken("a NUL stands where a value or its end is wanted")
		default:
			return head[0], nil
		}
	}
}

// skip goes over a byte that was peeked at.
func (w *jsonWalk) skip(b byte) error {
	if _, err := w.r.Discard(1); err != nil {
		return err
	}
	w.at.pass(b)
	return nil
}

// pass moves a place over a byte. Columns are characters.
func (p *Place) pass(b byte) {
	switch {
	case b == '\n':
		p.Line, p.Column = p.Line+1, 1
	case utf8.RuneStart(b):
		p.Column++
	}
}

// expect goes over one of some bytes and tells which it was.
func (w *jsonWalk) expect(these, reason string) (byte, error) {
	b, err := w.peek()
	if err != nil {
		return 0, err
	}
	for _, want := range []byte(these) {
		if b == want && b != 0 {
			return b, w.skip(b)
		}
	}
	if b == 0 {
		return 0, w.broken("the file ends within its JSON object")
	}
	return 0, w.broken(reason)
}

// members calls each for every member of the object that the file is. It has to read the member's value.
func (w *jsonWalk) members(each func(key string) error) error {
	if _, err := w.expect("{", "a JSON object is wanted"); err != nil {
		return err
	}
	for first := true; ; first = false {
		b, err := w.peek()
		if err != nil {
			return err
		}
		if first && b == '}' {
			break
		}
		if b != '"' {
			return w.broken("a name in quotes is wanted")
		}
		if err := w.read(); err != nil {
			return err
		}
		var key string
		if err := decodeValue(w.value, &key); err != nil || w.long {
			return &brokenJSON{w.from, "the name of a list is not one JSON string"}
		}
		if _, err := w.expect(":", "a colon is wanted"); err != nil {
			return err
		}
		if err := each(key); err != nil {
			return err
		}
		if b, err := w.expect(",}", "a comma or a closing brace is wanted"); err != nil {
			return err
		} else if b == '}' {
			return w.end()
		}
	}
	if _, err := w.expect("}", ""); err != nil {
		return err
	}
	return w.end()
}

// end wants nothing more.
func (w *jsonWalk) end() error {
	b, err := w.peek()
	if err == nil && b != 0 {
		err = w.broken("something stands behind the JSON object")
	}
	return err
}

// elements calls each for every element of a list, when it was read.
func (w *jsonWalk) elements(each func() error) error {
	if _, err := w.expect("[", "a list is wanted"); err != nil {
		return err
	}
	if b, err := w.peek(); err != nil || b == ']' {
		if err == nil {
			err = w.skip(b)
		}
		return err
	}
	for {
		if err := w.read(); err != nil {
			return err
		}
		if err := each(); err != nil {
			return err
		}
		if b, err := w.expect(",]", "a comma or a closing bracket is wanted"); err != nil || b == ']' {
			return err
		}
	}
}

// read reads the value that comes next.
func (w *jsonWalk) read() error {
	first, err := w.peek()
	if err != nil {
		return err
	}
	w.value, w.long, w.from = w.value[:0], false, w.at
	switch first {
	case 0:
		return w.broken("the file ends within its JSON object")
	case ',', ':', ']', '}':
		return w.broken("a value is wanted")
	}
	depth, quotedText, escaped := 0, false, false
	for {
		if quotedText && !escaped {
			w.passText()
		}
		head, err := w.r.Peek(1)
		if err == io.EOF {
			if depth == 0 && !quotedText { // a number or a word
				return nil
			}
			return w.broken("the file ends within its JSON object")
		}
		if err != nil {
			return err
		}
		b := head[0]
		plain := depth == 0 && !quotedText && len(w.value) > 0 && first != '"' && first != '{' && first != '['
		if plain && (b == ',' || b == ']' || b == '}' || b == ' ' || b == '\t' || b == '\r' || b == '\n') {
			return nil
		}
		switch {
		case escaped:
			escaped = false
		case quotedText && b == '\\':
			escaped = true
		case b == '"':
			quotedText = !quotedText
		case quotedText && b == '\n': // no text has a line break in it: here the closing quote is missing
			quotedText = false
		case quotedText:
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			depth--
		}
		w.keep(b)
		if err := w.skip(b); err != nil {
			return err
		}
		if depth == 0 && !quotedText && (b == '}' || b == ']' || b == '"' || b == '\n' && first == '"') {
			return nil
		}
	}
}

// passText goes over what stands in a text before its end, an escape or a line break, as far as it is in the buffer: texts are
// most of a file.
func (w *jsonWalk) passText() {
	head, _ := w.r.Peek(w.r.Buffered()) // which is there
	if i := bytes.IndexAny(head, "\"\\\n"); i >= 0 {
		head = head[:i]
	}
	for _, b := range head {
		if utf8.RuneStart(b) {
			w.at.Column++
		}
	}
	w.keep(head...)
	_, _ = w.r.Discard(len(head))
}

// keep adds to the value, as long as there is room.
func (w *jsonWalk) keep(b ...byte) {
	room := MaxLine - len(w.value)
	if len(b) > room {
		b, w.long = b[:room], true
	}
	w.value = append(w.value, b...)
}

// decodeValue reads one JSON value: strictly, so that neither invalid UTF-8 nor half of a UTF-16 pair, nor a name that an
// object has twice, is passed over.
func decodeValue(value []byte, into any) error { return json.Unmarshal(value, into) }

// placeOf tells where in the value that was read last an error of decodeValue is, and what it is.
func (w *jsonWalk) placeOf(err error) (Place, string) {
	at := w.from
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return at, "is not what is wanted here"
	}
	for _, b := range w.value[:min(int(syntax.ByteOffset), len(w.value))] {
		at.pass(b)
	}
	return at, "is not well-formed JSON: " + syntax.Err.Error()
}

var errLong = kg.Errorf(kg.BadUserInput, "is longer than %d MiB", MaxLine>>20)
