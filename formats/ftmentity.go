package formats

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"dramatis/kg"

	"github.com/go-json-experiment/json/jsontext"
)

// ftmEntity is an entity of FollowTheMoney: each property a set of texts, in the order of the file.
type ftmEntity struct {
	id     string
	schema *ftmSchema
	props  []ftmProp
	// context is what else stands in its JSON object, each value as JSON.
	context []kg.Extra
	// clip: values that are too long for their type are cut.
	clip bool
	// empty are properties in which an empty text stood.
	empty []string
}

type ftmProp struct {
	name   string
	values []string
}

func byName(a, b ftmProp) int { return strings.Compare(a.name, b.name) }

// get gives the values of a property.
func (e *ftmEntity) get(prop string) []string {
	for i := range e.props {
		if e.props[i].name == prop {
			return e.props[i].values
		}
	}
	return nil
}

// first gives the first value of the first of these properties that has any.
func (e *ftmEntity) first(props ...string) string {
	for _, p := range props {
		if values := e.get(p); len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// add adds values that a property does not have yet.
func (e *ftmEntity) add(prop string, values ...string) {
	i := slices.IndexFunc(e.props, func(p ftmProp) bool { return p.name == prop })
	if i < 0 {
		i = len(e.props)
		e.props = append(e.props, ftmProp{name: prop})
	}
	e.props[i].values = ftmUnion(e.props[i].values, values)
}

// remove takes a value away from a property.
func (e *ftmEntity) remove(prop, value string) {
	for i, p := range e.props {
		if p.name != prop {
			continue
		}
		p.values = slices.DeleteFunc(p.values, func(v string) bool { return v == value })
		if e.props[i] = p; len(p.values) == 0 {
			e.props = slices.Delete(e.props, i, i+1)
		}
		return
	}
}

// few is up to how many values are looked through one by one.
const few = 16

// ftmUnion appends to a set what it does not hold yet.
func ftmUnion(set, values []string) []string {
	if len(set)+len(values) <= few {
		for _, v := range values {
			if !slices.Contains(set, v) {
				set = append(set, v)
			}
		}
		return set
	}
	seen := make(map[string]bool, len(set)+len(values))
	for _, v := range set {
		seen[v] = true
	}
	for _, v := range values {
		if !seen[v] {
			seen[v], set = true, append(set, v)
		}
	}
	return set
}

// ftmMinus gives the values that another set does not hold.
func ftmMinus(values, other []string) []string {
	var rest []string
	if len(other) <= few {
		for _, v := range values {
			if !slices.Contains(other, v) {
				rest = append(rest, v)
			}
		}
		return rest
	}
	held := make(map[string]bool, len(other))
	for _, v := range other {
		held[v] = true
	}
	for _, v := range values {
		if !held[v] {
			rest = append(rest, v)
		}
	}
	return rest
}

// ftmLine is one line of a file: an entity, or what is to be done with one.
type ftmLine struct {
	op     string // ADD, MOD or DEL; "" if the line is an entity by itself
	entity ftmEntity
}

// changes tells of a line that needs to know what was there before.
func (l *ftmLine) changes() bool { return l.op == "MOD" || l.op == "DEL" }

// lineError is what is wrong with a line, and where; the column counts bytes from 1.
type lineError struct {
	column int
	err    error
}

func (e *lineError) Error() string { return e.err.Error() }
func (e *lineError) Unwrap() error { return e.err }

// ftmParser reads lines, one after the other.
type ftmParser struct {
	model *ftmModel
	d     jsontext.Decoder
	b     bytes.Reader
	from  int // where the value that is being read stands, or what is between it and the one before it
}

// parse reads a line. It fails with a *lineError.
func (p *ftmParser) parse(line []byte) (*ftmLine, error) {
	p.b.Reset(line)
	p.d.Reset(&p.b)
	p.from = 0
	l := &ftmLine{}
	err := p.object(&l.entity, &l.op)
	if err == nil {
		if _, more := p.next(); more != io.EOF {
			err = more
			if err == nil {
				err = kg.Errorf(kg.BadUserInput, "something stands behind the entity")
			}
		}
	}
	if err == nil {
		return l, nil
	}
	at := p.from
	for at < len(line) && strings.IndexByte(" \t\r:,", line[at]) >= 0 {
		at++
	}
	at++
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		at = int(syntax.ByteOffset) + 1
	}
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = kg.Errorf(kg.BadUserInput, "breaks off")
	case syntax != nil:
		where := clipped(string(syntax.JSONPointer))
		if where != "" {
			where = " at " + where
		}
		err = kg.Errorf(kg.BadUserInput, "is not one JSON object: %s%s", strings.TrimPrefix(syntax.Err.Error(), "jsontext: "), where)
	}
	return nil, &lineError{at, err}
}

// object reads an entity, or an operation with one where op is given.
func (p *ftmParser) object(e *ftmEntity, op *string) error {
	if err := p.open('{', "an entity", "an object"); err != nil {
		return err
	}
	schema, deferred, behind, inner := "", jsontext.Value(nil), 0, false
	for p.d.PeekKind() != '}' {
		t, err := p.next()
		if err != nil {
			return err
		}
		key := t.String()
		switch {
		case key == "id":
			e.id, err = p.text("id")
			if err == nil {
				err = ftmCheckID("id", e.id)
			}
		case key == "schema":
			schema, err = p.text("schema")
			if err == nil {
				err = e.choose(p.model, schema)
			}
		case key == "properties":
			if e.schema == nil { // it stands behind them
				deferred, err = p.d.ReadValue()
				deferred = deferred.Clone()
				behind = int(p.d.InputOffset()) - len(deferred)
			} else {
				err = p.properties(e)
			}
		case key == "op" && op != nil:
			*op, err = p.text("op")
		case key == "entity" && op != nil:
			inner = true
			err = p.object(e, nil)
		default:
			var v jsontext.Value
			if v, err = p.d.ReadValue(); err == nil && len(key) <= 150 {
				v = v.Clone()
				err = v.Compact()
				e.context = append(e.context, kg.Extra{Name: ftmContext + key, Values: []string{string(v)}})
			}
		}
		if err != nil {
			return err
		}
	}
	if _, err := p.d.ReadToken(); err != nil {
		return err
	}
	switch {
	case inner:
		return p.operation(*op)
	case op != nil && *op != "":
		return kg.Errorf(kg.BadUserInput, "op without an entity")
	case e.id == "":
		return kg.Errorf(kg.BadUserInput, "has no id")
	case op == nil && e.schema == nil && deferred == nil:
		return nil // of DEL: who calls looks at that
	case e.schema == nil:
		return kg.Errorf(kg.BadUserInput, "has no schema")
	}
	if deferred != nil {
		again := ftmParser{model: p.model}
		again.b.Reset(deferred)
		again.d.Reset(&again.b)
		if err := again.properties(e); err != nil {
			p.from = behind + again.from
			return err
		}
	}
	slices.SortFunc(e.props, byName)
	slices.SortFunc(e.context, func(a, b kg.Extra) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

func (p *ftmParser) operation(op string) error {
	switch op {
	case "ADD", "MOD", "DEL":
		return nil
	}
	return kg.Errorf(kg.BadUserInput, "op is %q, not ADD, MOD or DEL", clipped(op))
}

// choose gives an entity its schema.
func (e *ftmEntity) choose(m *ftmModel, name string) error {
	e.schema = m.Schemata[name]
	switch {
	case e.schema == nil:
		return kg.Errorf(kg.BadUserInput, "there is no schema %q in FollowTheMoney %s", clipped(name), m.Version)
	case e.schema.Abstract:
		return kg.Errorf(kg.BadUserInput, "%s is no schema for entities, only what others extend", name)
	}
	return nil
}

func (p *ftmParser) properties(e *ftmEntity) error {
	if err := p.open('{', "properties", "an object of lists of texts"); err != nil {
		return err
	}
	for p.d.PeekKind() != '}' {
		t, err := p.next()
		if err != nil {
			return err
		}
		name := t.String()
		typ, known := e.schema.Properties[name]
		switch {
		case !known:
			return kg.Errorf(kg.BadUserInput, "%s has no property %q in FollowTheMoney %s", e.schema.name, clipped(name), p.model.Version)
		case typ == "":
			return kg.Errorf(kg.BadUserInput, "%s cannot be written: it only reads backwards what other entities say", name)
		}
		if err := p.values(e, name, typ); err != nil {
			return err
		}
	}
	_, err := p.d.ReadToken()
	return err
}

// values reads the list of a property's values.
func (p *ftmParser) values(e *ftmEntity, name string, typ ftmType) error {
	if err := p.open('[', name, "a list of texts"); err != nil {
		return err
	}
	_, refers := typ.reference()
	var values []string
	for p.d.PeekKind() != ']' {
		v, err := p.text(name)
		if err != nil {
			return err
		}
		if v == "" {
			e.empty = append(e.empty, name)
			continue
		}
		if refers {
			if err := ftmCheckID(name, v); err != nil {
				return err
			}
		}
		values = append(values, v)
	}
	if len(values) > 0 {
		if len(values) > 1 {
			values = ftmUnion(nil, values)
		}
		e.props = append(e.props, ftmProp{name, values})
	}
	_, err := p.d.ReadToken()
	return err
}

// next reads the next token.
func (p *ftmParser) next() (jsontext.Token, error) {
	p.from = int(p.d.InputOffset())
	return p.d.ReadToken()
}

// open reads the bracket with which what must be an object or a list begins.
func (p *ftmParser) open(kind jsontext.Kind, what, want string) error {
	p.from = int(p.d.InputOffset())
	if got := p.d.PeekKind(); got != kind {
		if got == 0 { // no JSON at all
			_, err := p.d.ReadToken()
			return err
		}
		return kg.Errorf(kg.BadUserInput, "%s is %s, not %s", what, kindName(got), want)
	}
	_, err := p.d.ReadToken()
	return err
}

// text reads a text without NUL.
func (p *ftmParser) text(what string) (string, error) {
	p.from = int(p.d.InputOffset())
	got := p.d.PeekKind()
	if got != '"' && got != 0 {
		return "", kg.Errorf(kg.BadUserInput, "%s has %s where a text belongs", what, kindName(got))
	}
	t, err := p.d.ReadToken()
	if err != nil {
		return "", err
	}
	s := t.String()
	if strings.IndexByte(s, 0) >= 0 {
		return "", kg.Errorf(kg.BadUserInput, "%s has a NUL in it", what)
	}
	return s, nil
}

func kindName(k jsontext.Kind) string {
	switch k {
	case '"':
		return "a text"
	case '0':
		return "a number"
	case 't', 'f':
		return "a truth value"
	case 'n':
		return "null"
	case '[':
		return "a list"
	case '{':
		return "an object"
	}
	return "out of place"
}

// maxFtMID is how long an id may be in FollowTheMoney.
const maxFtMID = 200

// ftmCheckID tells what is wrong with an id.
func ftmCheckID(what, id string) error {
	switch {
	case len(id) > maxFtMID:
		return kg.Errorf(kg.BadUserInput, "%s is longer than the %d characters of an id", what, maxFtMID)
	case !ftmIsID(id):
		return kg.Errorf(kg.BadUserInput, "%s is no id: %q; an id has letters, digits, and between them dots and hyphens", what, clipped(id))
	}
	return nil
}

func ftmIsID(id string) bool {
	for i := range len(id) {
		switch c := id[i]; {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case (c == '.' || c == '-') && 0 < i && i < len(id)-1:
		default:
			return false
		}
	}
	return id != "" && len(id) <= maxFtMID
}

// clipped is the beginning of a text, for a message.
func clipped(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}
