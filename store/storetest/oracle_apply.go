package storetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dramatis/kg"
)

// note is what the oracle keeps of a batch with a key.
type note struct {
	content string
	result  kg.Result
}

// Failure is one thing that is wrong with a batch. A batch can have several; a store names any one of them.
type Failure struct {
	Code kg.Code
	IDs  []kg.ID // the first hundred
}

func failure(code kg.Code, ids ...kg.ID) Failure {
	return Failure{code, ids[:min(len(ids), 100)]}
}

// Apply makes the changes of a batch, which it takes for its own, or tells all that is wrong with it.
func (o *Oracle) Apply(b *kg.Batch) (*kg.Result, []Failure) {
	if failures := malformed(b); len(failures) > 0 {
		return nil, failures
	}
	for _, r := range b.Put {
		canonical(r)
	}
	content := contentOf(b)
	if n, ok := o.notes[b.Key]; ok && b.Key != "" {
		if n.content != content {
			return nil, []Failure{failure(kg.Conflict)}
		}
		result := n.result
		result.Replayed = true
		return &result, nil
	}
	c := o.change(b)
	if len(c.failures) > 0 {
		return nil, c.failures
	}
	o.records = c.after
	if b.Key != "" {
		o.notes[b.Key] = note{content, c.result}
	}
	return &c.result, nil
}

// change is what a batch makes of the records.
type change struct {
	before, after map[kg.ID]kg.Record
	put           map[kg.ID]bool
	failures      []Failure
	result        kg.Result
}

func (o *Oracle) change(b *kg.Batch) *change {
	c := &change{before: o.records, after: maps.Clone(o.records), put: map[kg.ID]bool{}}
	for _, r := range b.Put {
		c.put[r.GetID()] = true
	}
	at := b.At.UTC().Truncate(time.Millisecond)
	c.delete(b.Delete)
	if d := b.Dataset; d != nil && c.before[d.ID] == nil && !c.put[d.ID] {
		d.RecordedAt = at
		c.after[d.ID] = d
	}
	for _, r := range b.Put {
		c.write(r, at)
	}
	c.checkReferences()
	c.checkRules(b.Put)
	return c
}

func (c *change) write(r kg.Record, at time.Time) {
	id := r.GetID()
	old := c.before[id]
	if old != nil {
		if metaField(r).Key == "" {
			metaField(r).Key = metaField(old).Key
		}
		if metaField(r).Dataset != metaField(old).Dataset {
			c.failures = append(c.failures, failure(kg.Conflict, id))
		}
	}
	switch {
	case old == nil:
		c.result.Created = append(c.result.Created, id)
	case contentText(old) == contentText(r):
		c.result.Unchanged = append(c.result.Unchanged, id)
		at = kg.MetaOf(old).RecordedAt
	default:
		c.result.Changed = append(c.result.Changed, id)
	}
	metaField(r).RecordedAt = at
	c.after[id] = r
}

// delete takes away what is asked for and, by cascade, what refers to that, save what is put anew.
func (c *change) delete(list []kg.Deletion) {
	var next []kg.ID
	for _, d := range list {
		if c.before[d.ID] == nil {
			c.result.Unchanged = append(c.result.Unchanged, d.ID)
			continue
		}
		delete(c.after, d.ID)
		c.result.Deleted = append(c.result.Deleted, d.ID)
		if d.Cascade {
			next = append(next, d.ID)
		}
	}
	for len(next) > 0 {
		referrers := c.referrers(next)
		for _, id := range referrers {
			delete(c.after, id)
		}
		c.result.Deleted = append(c.result.Deleted, referrers...)
		next = referrers
	}
	var gone []kg.ID
	for _, d := range list {
		if c.before[d.ID] != nil {
			gone = append(gone, d.ID)
		}
	}
	if left := c.referrers(gone); len(left) > 0 {
		c.failures = append(c.failures, failure(kg.Conflict, left...))
	}
}

// referrers are the records left that refer to any of ids and are not put anew, by id.
func (c *change) referrers(ids []kg.ID) []kg.ID {
	var found []kg.ID
	for id, r := range c.after {
		if !c.put[id] && meet(referencesOf(r), ids) {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found
}

func (c *change) checkReferences() {
	missing := map[kg.ID]bool{}
	for id := range c.put {
		for _, ref := range referencesOf(c.after[id]) {
			if c.after[ref] == nil {
				missing[ref] = true
			}
		}
	}
	if len(missing) > 0 {
		c.failures = append(c.failures, failure(kg.BadUserInput, slices.Sorted(maps.Keys(missing))...))
	}
}

// checkRules makes sure that all relationships join what they may and all statements were made at events: those that
// are put are at fault themselves, of the others it is the entity that changed its type.
func (c *change) checkRules(put []kg.Record) {
	fits := func(r *kg.Relationship) bool {
		from, fromThere := c.after[r.From].(kg.Entity)
		to, toThere := c.after[r.To].(kg.Entity)
		if !fromThere || !toThere {
			return true // another failure
		}
		rule := r.Type.Rule()
		forth := slices.Contains(rule.From, from.Type()) && slices.Contains(rule.To, to.Type())
		back := slices.Contains(rule.From, to.Type()) && slices.Contains(rule.To, from.Type())
		return forth || rule.Symmetric && back
	}
	atEvent := func(s *kg.Statement) bool {
		e, there := c.after[s.AtEvent].(kg.Entity)
		return !there || e.Type() == kg.EventType
	}
	changed := map[kg.ID]bool{}
	for _, r := range put {
		switch r := r.(type) {
		case *kg.Statement:
			if !atEvent(r) {
				c.failures = append(c.failures, failure(kg.BadUserInput, r.ID))
			}
		case *kg.Relationship:
			if !fits(r) {
				c.failures = append(c.failures, failure(kg.BadUserInput, r.ID))
			}
		case kg.Entity:
			old, _ := c.before[r.GetID()].(kg.Entity)
			changed[r.GetID()] = old != nil && old.Type() != r.Type()
		}
	}
	for id, r := range c.after {
		if s, ok := r.(*kg.Statement); ok && !c.put[id] && !atEvent(s) && changed[s.AtEvent] {
			c.failures = append(c.failures, failure(kg.Conflict, s.AtEvent))
		}
		link, ok := r.(*kg.Relationship)
		if !ok || c.put[id] || fits(link) {
			continue
		}
		for _, end := range []kg.ID{link.From, link.To} {
			if changed[end] {
				c.failures = append(c.failures, failure(kg.Conflict, end))
			}
		}
	}
}

// contentText is all of a record but when it was written.
func contentText(r kg.Record) string {
	m := metaField(r)
	at := m.RecordedAt
	m.RecordedAt = time.Time{}
	defer func() { m.RecordedAt = at }()
	text, err := kg.Encode(r)
	if err != nil {
		panic(err) // the tests make no such records
	}
	return string(text)
}

func contentOf(b *kg.Batch) string {
	if b.Content != nil {
		return string(b.Content)
	}
	var text strings.Builder
	for _, r := range b.Put {
		fmt.Fprintln(&text, contentText(r))
	}
	fmt.Fprintln(&text, b.Delete)
	if b.Dataset != nil {
		fmt.Fprintln(&text, contentText(b.Dataset))
	}
	return text.String()
}

// metaField gives what every record has, to be changed.
func metaField(r kg.Record) *kg.Meta {
	switch r := r.(type) {
	case kg.Entity:
		return &r.Common().Meta
	case *kg.Relationship:
		return &r.Meta
	case *kg.Statement:
		return &r.Meta
	case *kg.Source:
		return &r.Meta
	case *kg.Mention:
		return &r.Meta
	case *kg.Dataset:
		return &r.Meta
	default:
		panic(fmt.Sprintf("a record of a new kind: %T", r))
	}
}

// referencesOf are all records that a record names.
func referencesOf(r kg.Record) []kg.ID {
	ids := []kg.ID{kg.MetaOf(r).Dataset}
	evidence := func(list []kg.Evidence) {
		for _, e := range list {
			ids = append(ids, e.Source, e.AttributedTo)
		}
	}
	switch r := r.(type) {
	case *kg.Event:
		ids = append(ids, r.About...)
		evidence(r.Evidence)
	case *kg.Relationship:
		ids = append(ids, r.From, r.To)
		evidence(r.Evidence)
	case *kg.Statement:
		ids = slices.Concat(ids, r.Speakers, r.OnBehalfOf, r.About, r.Audience, r.ReplyTo, r.Contradicts, r.Supports, r.Repeats)
		ids = append(ids, r.AtEvent)
		evidence(r.Evidence)
	case *kg.Source:
		ids = slices.Concat(ids, r.SourcedFrom, r.References, r.CreditedTo)
		ids = append(ids, r.Publisher)
	case *kg.Mention:
		ids = append(ids, r.Source, r.Entity)
	}
	return slices.DeleteFunc(ids, func(id kg.ID) bool { return id == "" })
}
