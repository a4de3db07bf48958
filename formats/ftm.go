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
		at := Place{File: f.Name, Line: lines.n}
		if lines.long {
			if err := t.Refuse(at, "%s", messageOf(errTooLong)); err != nil {
				return err
			}
			continue
		}
		l, err := r.parser.parse(lines.text)
		var wrong *lineError
		if errors.As(err, &wrong) {
			at.Column = wrong.column
			if err := t.Refuse(at, "%s", messageOf(wrong.err)); err != nil {
				return err
			}
			continue
		}
		at.Key = l.entity.id
		if err := r.take(at, l); err != nil {
			return err
		}
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

// ftmReader gives a target what lines say.
type ftmReader struct {
	target *Target
	mapper *ftmMapper
	parser ftmParser
}

// take does what a line says.
func (r *ftmReader) take(at Place, l *ftmLine) error {
	var old []kg.ID
	if l.op == "DEL" || l.op == "MOD" {
		var err error
		if old, err = r.made(&l.entity); err != nil {
			return err
		}
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
func (r *ftmReader) made(e *ftmEntity) ([]kg.ID, error) {
	old, err := r.before(e.id)
	if err != nil {
		return nil, err
	}
	if old != nil {
		e = old
	}
	if e.schema == nil {
		return nil, nil // it never was
	}
	made := r.mapper.records(e)
	ids := []kg.ID{made.main.GetID()}
	for _, part := range made.parts {
		ids = append(ids, part.GetID())
	}
	return ids, nil
}

// before gives an entity as it is in the graph, nil if it is not.
func (r *ftmReader) before(id string) (*ftmEntity, error) {
	t, m := r.target, r.mapper
	found, err := t.Found(t.ctx, []kg.ID{m.id(kg.EntityClass, id), m.id(kg.RelationshipClass, id), m.id(kg.SourceClass, id), m.id(kg.MentionClass, id)})
	if err != nil {
		return nil, err
	}
	for _, record := range found {
		if record == nil {
			continue
		}
		ids := kg.References(record)
		others, err := t.Found(t.ctx, ids)
		if err != nil {
			return nil, err
		}
		w := &ftmWriter{theFtM(), func(id kg.ID) kg.Record {
			if i := slices.Index(ids, id); i >= 0 {
				return others[i]
			}
			return nil
		}}
		if e := w.entity(record); e != nil {
			slices.SortFunc(e.props, byName)
			return e, nil
		}
	}
	return nil, nil
}
