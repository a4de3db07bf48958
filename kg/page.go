package kg

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// List is one list of records: what stands in it and in which order, not yet which stretch of it. Two lists whose
// Family is the same can be read in one call of Store.List.
type List struct {
	query Query
	keys  []Key
	// exact adds up to the list's length; empty where that must be counted.
	exact []term
	// dated: it is in the order of first days; moments: what is in it ends when it begins, as far as is known. descending reads
	// from the end, save that the undated still come last.
	descending, dated, moments bool
}

// term is a key whose count is added or, if minus, taken away.
type term struct {
	Key   Key
	Minus bool
}

// The sizes of pages.
const (
	DefaultPage = 20
	MaxPage     = 100
)

// PageArgs are the arguments of a Relay connection.
type PageArgs struct {
	First, Last   *int
	After, Before *string
}

// Page is a stretch of a list as it is asked for: ready to be read.
type Page struct {
	list     List
	Query    Query
	Drives   []Drive // read in this order, and one after the other
	size     int
	backward bool
	after    bool
	before   bool
}

// Connection is what was read of a page.
type Connection struct {
	Records []Record
	Cursors []string
	// HasNext and HasPrevious tell whether there is more behind and before. In the direction that was not read,
	// that is so if a cursor bounds it.
	HasNext, HasPrevious bool
	// End is the cursor to go on from: that of the last record, or of where reading stopped.
	Start, End string
	// Cut: reading stopped at ReadLimit rows before the page was full.
	Cut bool
}

// fingerprint tells lists of other filters and orders apart.
func (l List) fingerprint() string {
	body, err := json.Marshal(struct {
		Q       Query
		K       []Key
		Descend bool
	}{l.query, l.keys, l.descending})
	if err != nil {
		panic(err) // strings and numbers cannot fail to marshal
	}
	sum := sha256.Sum256(body)
	return string(sum[:8])
}

// cursorVersion changes when the sort keys do.
const cursorVersion = "\x01"

// cursor makes the cursor of a place in the list of a fingerprint.
func cursor(fingerprint, sortKey string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorVersion + fingerprint + sortKey))
}

func (l List) parseCursor(name string, cursor *string) (string, error) {
	if cursor == nil {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*cursor)
	head := len(cursorVersion) + 8
	if err != nil || len(raw) <= head || len(raw) > 512 || string(raw[:1]) != cursorVersion || base64.RawURLEncoding.EncodeToString(raw) != *cursor {
		return "", Errorf(BadCursor, "%s: %s is not a cursor", name, clip(*cursor, 40))
	}
	if string(raw[1:head]) != l.fingerprint() {
		return "", Errorf(BadCursor, "%s: the cursor is of another list: a cursor belongs to one filter and one order", name)
	}
	key := string(raw[head:])
	if _, err := ParseID(string(IDOf(key))); err != nil || strings.ContainsFunc(key, func(c rune) bool { return c < 1 || c > '~' }) {
		return "", Errorf(BadCursor, "%s: %s is not a cursor", name, clip(*cursor, 40))
	}
	return key, nil
}

// Page asks for a stretch of a list. It fails with BAD_USER_INPUT on sizes and BAD_CURSOR on cursors that are not of
// this list.
func (l List) Page(args PageArgs) (*Page, error) {
	p := &Page{list: l, Query: l.query, size: DefaultPage, after: args.After != nil, before: args.Before != nil}
	size := func(name string, n int) error {
		if n < 1 || n > MaxPage {
			return Errorf(BadUserInput, "%s must be from 1 to %d, not %d", name, MaxPage, n)
		}
		p.size = n
		return nil
	}
	switch {
	case args.First != nil && args.Last != nil:
		return nil, Errorf(BadUserInput, "give first or last, not both")
	case args.First != nil:
		if err := size("first", *args.First); err != nil {
			return nil, err
		}
	case args.Last != nil:
		if err := size("last", *args.Last); err != nil {
			return nil, err
		}
		p.backward = true
	}
	after, err := l.parseCursor("after", args.After)
	if err != nil {
		return nil, err
	}
	before, err := l.parseCursor("before", args.Before)
	if err != nil {
		return nil, err
	}
	p.Query.Limit = p.size + 1
	p.Query.Reverse = l.descending != p.backward
	p.Drives = l.drives(after, before)
	if p.backward {
		slices.Reverse(p.Drives)
	}
	return p, nil
}

// drives are the parts of a list from one cursor to another, in the order of the list. A list that is
// not dated has one.
func (l List) drives(after, before string) []Drive {
	lower, upper := after, before
	if l.descending { // what comes after a cursor has a smaller sort key
		lower, upper = before, after
	}
	var drives []Drive
	for _, d := range l.parts() {
		lo, hi := lower, upper
		if l.descending && l.dated { // the undated come behind the dated all the same
			undated := isUndated(d.After)
			if hi != "" && isUndated(hi) != undated {
				if !undated {
					continue
				}
				hi = ""
			}
			if lo != "" && isUndated(lo) != undated {
				if undated {
					continue
				}
				lo = ""
			}
		}
		d.After = max(d.After, lo)
		if hi != "" && (d.Before == "" || hi < d.Before) {
			d.Before = hi
		}
		if !l.dated || d.Before == "" || d.After <= d.Before {
			drives = append(drives, d)
		}
	}
	return drives
}

// parts are the parts of a list in its order. Where it is in the order of first days and tests of days are made, rows that
// cannot pass them are left out: those that begin too late; of moments those before, save at the beginnings of the year and the
// month, where those stand of which no more is known; of events those of years before, save the ones that reach into a later
// year, which stand under a key of their own.
func (l List) parts() []Drive {
	if !l.dated {
		return []Drive{{Keys: l.keys}}
	}
	first, last, from, between := "", "", "", false
	for _, t := range l.query.Days {
		switch {
		case t.Column == EndMax && t.AtLeast:
			from = max(from, string(t.Day))
		case t.Column == StartMin && !t.AtLeast && (last == "" || string(t.Day) < last):
			last = string(t.Day)
		case t.Column == StartMax && !t.AtLeast:
			between = true // then all have a date, if only that of their end
		}
	}
	var parts []Drive
	switch {
	case from != "" && l.moments:
		for _, vague := range slices.Compact([]string{from[:4] + "-01-01", from[:7] + "-01"}) {
			if vague < from {
				parts = append(parts, Drive{l.keys, vague, vague + behind})
			}
		}
		first = from
	case from != "" && l.keys[0].Facet == EventByDate:
		first = from[:4] + "-01-01"
		parts = append(parts, Drive{Keys: []Key{{EventReaching, "event"}}, Before: first})
	}
	undated := !between || !l.moments
	switch {
	case last != "" && (between || l.descending):
		last += behind
	case l.descending || !undated:
		last = string(LastDay)
	default:
		last = "" // two parts of a short list would cost more than it saves
	}
	parts = append(parts, Drive{l.keys, first, last})
	if l.descending {
		slices.Reverse(parts)
	}
	if undated && last != "" {
		parts = append(parts, Drive{Keys: l.keys, After: string(LastDay)})
	}
	return parts
}

// isUndated tells whether a sort key is of a record without a date.
func isUndated(sort string) bool { return sort >= string(LastDay) }

// Connection makes the answer to a page from what was read of its drives.
func (p *Page) Connection(rows []Rows) *Connection {
	c := &Connection{}
	more, cut := false, ""
	for _, r := range rows {
		c.Records = append(c.Records, r.Records...)
		if p.Query.Prefix && r.Cut != "" {
			c.Cut = true // whichever page it is, the list is not complete
		}
		if len(c.Records) > p.size {
			break
		}
		if r.Cut != "" {
			more, cut = !p.Query.Prefix, r.Cut
			c.Cut = true
			break
		}
	}
	if len(c.Records) > p.size {
		c.Records, more, cut, c.Cut = c.Records[:p.size], true, "", c.Cut && p.Query.Prefix
	}
	if p.backward {
		slices.Reverse(c.Records)
		c.HasPrevious, c.HasNext = more, p.before
	} else {
		c.HasNext, c.HasPrevious = more, p.after
	}
	list := p.list.fingerprint()
	for _, r := range c.Records {
		c.Cursors = append(c.Cursors, cursor(list, SortKey(r, p.Query.Order)))
	}
	if n := len(c.Records); n > 0 {
		c.Start, c.End = c.Cursors[0], c.Cursors[n-1]
	}
	if cut != "" && !p.Query.Prefix {
		if p.backward {
			c.Start = cursor(list, cut)
		} else {
			c.End = cursor(list, cut)
		}
	}
	return c
}

// Exact gives the keys whose counts add up to the length of the list; none where it must be counted by reading.
func (l List) Exact() []Key {
	keys := make([]Key, len(l.exact))
	for i, t := range l.exact {
		keys[i] = t.Key
	}
	return keys
}

// Sum adds up the counts of the keys of Exact.
func (l List) Sum(counts []int) int {
	n := 0
	for i, t := range l.exact {
		if t.Minus {
			n -= counts[i]
		} else {
			n += counts[i]
		}
	}
	return n
}

// Counting asks for the lengths of the parts of a list that must be counted by reading, at most ReadLimit rows of each.
func (l List) Counting() (Query, []Drive) {
	q := l.query
	q.CountOnly, q.Limit = true, ReadLimit
	return q, l.drives("", "")
}

// Counted adds up what Counting gave. If there is more, exact is false.
func Counted(rows []Rows) (n int, exact bool) {
	exact = true
	for _, r := range rows {
		n += r.Count
		exact = exact && r.Cut == ""
	}
	return min(n, ReadLimit), exact && n <= ReadLimit
}

// Family is the same for lists that one call of Store.List can read.
func (q Query) Family(d Drive) string {
	b := make([]byte, 0, 128)
	number := func(n int) { b = binary.AppendVarint(b, int64(n)) }
	text := func(s string) {
		number(len(s))
		b = append(b, s...)
	}
	flag := func(f bool) { b = strconv.AppendBool(b, f) }
	number(int(q.Order))
	number(len(q.Where))
	for _, keys := range q.Where {
		number(len(keys))
		for _, k := range keys {
			number(int(k.Facet))
			text(k.Value)
		}
	}
	number(len(q.Days))
	for _, t := range q.Days {
		text(string(t.Column))
		flag(t.AtLeast)
		text(string(t.Day))
	}
	flag(q.Prefix)
	flag(q.Reverse)
	number(q.Limit)
	flag(q.CountOnly)
	number(len(q.Follow))
	for _, f := range q.Follow {
		number(int(f))
	}
	for _, k := range d.Keys {
		number(int(k.Facet))
	}
	return string(b)
}

// Sort brings records into the order of the query.
func (q Query) Sort(records []Record) {
	type keyed struct {
		key    string
		record Record
	}
	list := make([]keyed, len(records))
	for i, r := range records {
		list[i] = keyed{SortKey(r, q.Order), r}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		if q.Reverse {
			a, b = b, a
		}
		return strings.Compare(a.key, b.key)
	})
	for i, k := range list {
		records[i] = k.record
	}
}

// SortEnds brings the ends that were read under the keys of a list into the order of the query, makes one of those of one
// record, and gives as many as are wanted.
func (q Query) SortEnds(ends []RecordEnds) []RecordEnds {
	slices.SortStableFunc(ends, func(a, b RecordEnds) int {
		if q.Reverse {
			a, b = b, a
		}
		return strings.Compare(a.Sort, b.Sort)
	})
	merged := ends[:0]
	for _, e := range ends {
		last := len(merged) - 1
		if last < 0 || merged[last].Sort != e.Sort {
			merged = append(merged, e)
			continue
		}
		for _, id := range e.Others {
			if !slices.Contains(merged[last].Others, id) {
				merged[last].Others = append(merged[last].Others, id)
			}
		}
	}
	return merged[:min(len(merged), q.Limit)]
}

// Gather makes a connection of records that were all read: they are put in order, and the page is cut from them.
func Gather(records []Record, order Order, binding string, args PageArgs, cut bool) (*Connection, error) {
	l := List{query: Query{Order: order}, keys: []Key{{NoFacet, binding}}}
	p, err := l.Page(args)
	if err != nil {
		return nil, err
	}
	l.query.Sort(records)
	records = slices.CompactFunc(records, func(a, b Record) bool { return a.GetID() == b.GetID() })
	d := p.Drives[0]
	within := slices.DeleteFunc(records, func(r Record) bool {
		k := SortKey(r, order)
		return k <= d.After || d.Before != "" && k >= d.Before
	})
	if p.backward {
		slices.Reverse(within)
	}
	c := p.Connection([]Rows{{Records: within[:min(len(within), p.Query.Limit)]}})
	c.Cut = cut
	return c, nil
}

// Whole asks for the first ReadLimit records of a list.
func (l List) Whole() (Query, Drive) {
	q := l.query
	q.Limit = ReadLimit
	if parts := l.parts(); len(parts) == 1 {
		return q, parts[0]
	}
	return q, Drive{Keys: l.keys}
}
