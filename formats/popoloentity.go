package formats

import (
	"errors"
	"strings"

	"dramatis/kg"

	"github.com/go-json-experiment/json/jsontext"
)

// popoloEntity is an element that becomes an entity. What found its place is taken out of the object; what is left is kept aside.
type popoloEntity struct {
	*popoloIn
	class  *popoloClass
	at     Place
	object jsonObject
	id     string
	refs   jsonObject // the references, taken out too
}

// popoloDescription says which field a description is, if it is not the class's own.
const popoloDescription = popoloMark + "description"

// maxPopoloList is how many names, identifiers and links an entity may have of each.
const maxPopoloList = 100

// put puts the entity.
func (e *popoloEntity) put() (taken bool, err error) {
	entity := e.class.blank()
	t := entity.Common()
	t.Meta = e.metaOf(kg.EntityClass, e.class.kind, e.id)
	for _, step := range []func(kg.Entity) error{e.takeReferences, e.takeTexts, e.takeName, e.takeDates, e.takeNames, e.takeIdentifiers, e.takeLinks, e.takeNested} {
		if err := step(entity); err != nil {
			return false, err
		}
	}
	if t.Extra, err = e.extra(e.at, e.object, t.Extra); err != nil {
		return false, err
	}
	if taken, err = e.Put(e.at, entity); taken && e.class.list == "events" {
		first, last := e.class.dates(entity)
		if *first != "" || *last != "" {
			e.terms[e.id] = popoloTerm{*first, *last}
		}
	}
	return taken, err
}

// takeReferences takes out what refers to other entities.
func (e *popoloEntity) takeReferences(kg.Entity) error {
	e.refs = jsonObject{}
	for _, ref := range e.class.references {
		v, there := e.object[ref.key]
		if !there {
			continue
		}
		id, ok := e.object.reference(ref.key)
		if !ok || e.tooLong(id) != "" {
			delete(e.object, ref.key)
			if err := e.Change(e.at, "%s is not the id of anything, and is left out", ref.key); err != nil {
				return err
			}
			continue
		}
		e.refs[ref.key] = v
	}
	return nil
}

// takeTexts takes the texts that have a place, and a biography for want of a summary.
func (e *popoloEntity) takeTexts(entity kg.Entity) error {
	for _, f := range e.class.fields {
		v := e.object[f.key]
		s, err := e.scalar(e.at, e.object, f.key, func(s string) kg.Record {
			probe := e.class.blank()
			f.set(probe, s)
			return probe
		})
		if err != nil {
			return err
		}
		if s == "" {
			continue
		}
		if f.set(entity, s); f.get(entity) != s {
			e.object[f.key] = v
		}
	}
	if t := entity.Common(); e.class.list == "persons" && t.Description == "" && e.object["summary"] == nil {
		s, err := e.scalar(e.at, e.object, "biography", func(s string) kg.Record { return &kg.Topic{Thing: kg.Thing{Description: s}} })
		if err != nil || s == "" {
			return err
		}
		t.Description = s
		t.Extra = append(t.Extra, kg.Extra{Name: popoloDescription, Values: []string{"biography"}})
	}
	return nil
}

// takeName takes the name. For want of one, others of its fields, and in the end its id, stand for it.
func (e *popoloEntity) takeName(entity kg.Entity) error {
	t := entity.Common()
	var err error
	t.Name, err = e.scalar(e.at, e.object, e.class.name, func(s string) kg.Record { return &kg.Topic{Thing: kg.Thing{Name: s}} })
	if err != nil || t.Name != "" {
		return err
	}
	var parts []string
	for _, key := range []string{"given_name", "family_name", "role"} {
		var s string
		if v := e.object[key]; v.Kind() == '"' && decodeValue(v, &s) == nil {
			parts = append(parts, s)
		}
	}
	if t.Name = strings.Join(parts, " "); !fitsThing(func(probe *kg.Thing) { probe.Name = t.Name }) || t.Name == "" {
		t.Name = e.id
	}
	if e.object[e.class.name] == nil {
		t.Extra = append(t.Extra, kg.Extra{Name: e.class.name, Values: []string{"null"}})
	}
	return e.Change(e.at, "has no %s; %s stands for it", e.class.name, quotedText(t.Name))
}

func (e *popoloEntity) takeDates(entity kg.Entity) error {
	if e.class.dates == nil {
		return nil
	}
	first, last := e.class.dates(entity)
	var err error
	*first, *last, err = e.dates(e.at, e.object, e.class.first, e.class.last)
	return err
}

// takeNames takes other names. Those that are not whole that way are kept aside as well.
func (e *popoloEntity) takeNames(entity kg.Entity) error {
	t := entity.Common()
	return e.takeList("other_names", len(t.Names), func(v jsontext.Value) (exact, ok bool) {
		n, exact := popoloNameOf(v)
		if n.Value == "" || !fitsThing(func(probe *kg.Thing) { probe.Names = []kg.Name{n} }) {
			return false, false
		}
		t.Names = append(t.Names, n)
		return exact, true
	})
}

func (e *popoloEntity) takeIdentifiers(entity kg.Entity) error {
	t := entity.Common()
	return e.takeList("identifiers", len(t.Identifiers), func(v jsontext.Value) (exact, ok bool) {
		i, exact := popoloIdentifierOf(v)
		if !fitsThing(func(probe *kg.Thing) { probe.Identifiers = []kg.Identifier{i} }) {
			return false, false
		}
		t.Identifiers = append(t.Identifiers, i)
		return exact, true
	})
}

// takeLinks takes links, and as links with a note of what they are the e-mail address, the picture and the sources.
func (e *popoloEntity) takeLinks(entity kg.Entity) error {
	t := entity.Common()
	add := func(l kg.Link) bool {
		ok := fitsThing(func(probe *kg.Thing) { probe.Links = []kg.Link{l} })
		if ok {
			t.Links = append(t.Links, l)
		}
		return ok
	}
	for _, one := range []struct{ key, before, note string }{{"email", "mailto:", popoloEmail}, {"image", "", popoloImage}} {
		var s string
		if v := e.object[one.key]; v.Kind() == '"' && decodeValue(v, &s) == nil && add(kg.Link{URL: one.before + s, Note: one.note}) {
			delete(e.object, one.key)
		}
	}
	err := e.takeList("links", len(t.Links), func(v jsontext.Value) (exact, ok bool) {
		l, exact := popoloLinkOf(v)
		exact = exact && l.Note != popoloEmail && l.Note != popoloImage && l.Note != popoloSource
		return exact, add(l)
	})
	return errors.Join(err, e.takeList("sources", len(t.Links), func(v jsontext.Value) (exact, ok bool) {
		l, exact := popoloLinkOf(v)
		exact = exact && l.Note == ""
		l.Note = popoloSource
		return exact, add(l)
	}))
}

// takeList takes a list element by element, until there are as many as an entity may have. What was not taken, and what was
// not taken exactly, stays.
func (e *popoloEntity) takeList(key string, have int, take func(jsontext.Value) (exact, ok bool)) error {
	list, err := e.list(e.at, e.object, key)
	if err != nil {
		return err
	}
	var rest []jsontext.Value
	strange := 0
	for _, v := range list {
		if have >= maxPopoloList {
			rest = append(rest, v)
			continue
		}
		exact, ok := take(v)
		if ok {
			have++
		} else {
			strange++
		}
		if !exact {
			rest = append(rest, v)
		}
	}
	if strange > 0 {
		if err := e.Change(e.at, "%d of %s are only kept aside: there is no place for them", strange, key); err != nil {
			return err
		}
	}
	if have >= maxPopoloList && len(rest) > 0 && len(list) > maxPopoloList {
		if err := e.Change(e.at, "has %d %s, of which some are only kept aside: there is room for %d", len(list), key, maxPopoloList); err != nil {
			return err
		}
	}
	return e.object.putBack(key, rest)
}

// takeNested looks for records that stand within this one, which are kept aside only, and for lists that are none.
func (e *popoloEntity) takeNested(kg.Entity) error {
	list, err := e.list(e.at, e.object, "contact_details")
	if err != nil {
		return err
	}
	if err := e.object.putBack("contact_details", list); err != nil {
		return err
	}
	for _, key := range []string{"memberships", "posts", "speeches", "children", "attendees"} {
		if v := e.object[key]; v.Kind() == '[' {
			if err := e.Change(e.at, "%s within it are only kept aside: they are read where they are lists of the file", key); err != nil {
				return err
			}
		}
	}
	return nil
}
