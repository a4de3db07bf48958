package formats

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"dramatis/kg"
)

// readFTM reads FollowTheMoney entities, one JSON object a line, or operations with them: {"op":"ADD","entity":{…}}.
func readFTM(f *File, t *Target) error {
	if err := t.Dataset(Place{File: f.Name}, f.Dataset); err != nil {
		return err
	}
	r := &ftmReader{target: t, mapper: newFtMMapper(f.Dataset), parser: ftmParser{model: theFtM()}}
	lines := newLines(f.Body)
	for lines.next() {
		if len(bytes.TrimSpace(lines.text)) == 0 && !lines.long {
			continue
		}
		p := ftmPending{at: Place{File: f.Name, Line: lines.n}}
		if lines.long {
			p.refused = errTooLong
		} else {
			p.read(&r.parser, lines.text)
		}
		if err := r.add(p, len(lines.text)); err != nil {
			return err
		}
	}
	if err := r.flush(); err != nil {
		return err
	}
	if lines.err != nil {
		return fmt.Errorf("after line %d: %w", lines.n, lines.err)
	}
	return nil
}

// likeFTM wants the beginning of an entity or an operation.
func likeFTM(_ string, head []byte) bool {
	keys := topKeys(head)
	return slices.Contains(keys, "id") && slices.Contains(keys, "schema") || slices.Contains(keys, "op") && slices.Contains(keys, "entity")
}

// ftmReader gives a target what lines say. It takes some lines together, for what they change and delete is asked of the graph together.
type ftmReader struct {
	target  *Target
	mapper  *ftmMapper
	parser  ftmParser
	pending []ftmPending
	size    int                 // of the pending lines
	graph   map[kg.ID]kg.Record // what they change and delete, and what that refers to
}

// ftmPending is a line that was read: what it says, or why it is refused.
type ftmPending struct {
	at      Place
	line    *ftmLine
	refused error
}

// someLines is how many lines are taken together, unless they are longer than MaxLine.
const someLines = 500

func (p *ftmPending) read(parser *ftmParser, line []byte) {
	l, err := parser.parse(line)
	var wrong *lineError
	if errors.As(err, &wrong) {
		p.at.Column, p.refused = wrong.column, wrong.err
		return
	}
	p.line, p.at.Key = l, l.entity.id
}

func (r *ftmReader) add(p ftmPending, size int) error {
	r.pending, r.size = append(r.pending, p), r.size+size
	if len(r.pending) < someLines && r.size < MaxLine {
		return nil
	}
	return r.flush()
}

// flush takes the pending lines.
func (r *ftmReader) flush() error {
	r.graph = map[kg.ID]kg.Record{}
	var ids []kg.ID
	for _, p := range r.pending {
		if p.line != nil && p.line.changes() {
			ids = append(ids, r.mainIDs(p.line.entity.id)...)
		}
	}
	if err := r.ask(ids); err != nil {
		return err
	}
	var others []kg.ID
	for _, record := range r.graph {
		others = append(others, kg.References(record)...)
	}
	if err := r.ask(others); err != nil {
		return err
	}
	for _, p := range r.pending {
		var err error
		if p.refused != nil {
			err = r.target.Refuse(p.at, "%s", messageOf(p.refused))
		} else {
			err = r.take(p.at, p.line)
		}
		if err != nil {
			return err
		}
	}
	r.pending, r.size = r.pending[:0], 0
	return nil
}

// mainIDs are the ids that the main record of an entity can have.
func (r *ftmReader) mainIDs(id string) []kg.ID {
	m := r.mapper
	return []kg.ID{m.id(kg.EntityClass, id), m.id(kg.RelationshipClass, id), m.id(kg.SourceClass, id), m.id(kg.MentionClass, id)}
}

// ask adds to graph what is there of some ids.
func (r *ftmReader) ask(ids []kg.ID) error {
	slices.Sort(ids)
	for some := range slices.Chunk(slices.Compact(ids), someStubs) {
		found, err := r.target.Found(r.target.ctx, some)
		if err != nil {
			return err
		}
		for i, record := range found {
			if record != nil {
				r.graph[some[i]] = record
			}
		}
	}
	return nil
}

// take does what a line says.
func (r *ftmReader) take(at Place, l *ftmLine) error {
	var old []kg.ID
	if l.changes() {
		old = r.made(&l.entity)
	}
	if l.op != "DEL" {
		if l.entity.schema == nil {
			return r.target.Refuse(at, "has no schema")
		}
		if taken, err := r.put(at, r.mapper.records(&l.entity)); err != nil || !taken {
			return err
		}
	}
	for _, id := range old {
		if l.op == "DEL" || !r.target.Has(id) {
			r.target.Delete(at, id)
		}
	}
	return nil
}

// put gives on what became of an entity: nothing if its main record is refused.
func (r *ftmReader) put(at Place, made *ftmMade) (taken bool, err error) {
	if taken, err = r.target.Put(at, made.main); err != nil || !taken {
		return false, err
	}
	for _, record := range made.shared {
		if r.target.Has(record.GetID()) {
			continue
		}
		if _, err := r.target.Put(at, record); err != nil {
			return false, err
		}
	}
	for _, record := range made.expected {
		if err := r.target.Expect(at, record); err != nil {
			return false, err
		}
	}
	for _, record := range made.parts {
		if _, err := r.target.Put(at, record); err != nil {
			return false, err
		}
	}
	for _, change := range made.changes {
		if err := r.target.Change(at, "%s", change); err != nil {
			return false, err
		}
	}
	return true, nil
}

// made are the records that an entity made when it was read before, save those that others made too. If it is not in the graph, they
// are those that it makes as it stands in the file.
func (r *ftmReader) made(e *ftmEntity) []kg.ID {
	if old := r.before(e.id); old != nil {
		e = old
	}
	if e.schema == nil {
		return nil // it never was
	}
	made := r.mapper.records(e)
	ids := []kg.ID{made.main.GetID()}
	for _, part := range made.parts {
		ids = append(ids, part.GetID())
	}
	return ids
}

// before gives an entity as it is in the graph, nil if it is not.
func (r *ftmReader) before(id string) *ftmEntity {
	w := &ftmWriter{theFtM(), func(id kg.ID) kg.Record { return r.graph[id] }}
	for _, id := range r.mainIDs(id) {
		record := r.graph[id]
		if record == nil {
			continue
		}
		if e := w.entity(record); e != nil {
			slices.SortFunc(e.props, byName)
			return e
		}
	}
	return nil
}
