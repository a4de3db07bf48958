package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dramatis/kg"
)

// quoteJSON writes a JSON string; encoding/json cannot fail on one.
func quoteJSON(b *strings.Builder, s string) {
	quoted, _ := json.Marshal(s)
	b.Write(quoted)
}

// queryFunc sends a query, within a transaction or outside.
type queryFunc func(ctx context.Context, query string, args ...any) (*sql.Rows, error)

// Get reads records in one statement, whatever their number.
func (s *Store) Get(ctx context.Context, ids []kg.ID) ([]kg.Record, error) {
	found, err := get(ctx, s.query, ids)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	records := make([]kg.Record, len(ids))
	for i, id := range ids {
		records[i] = found[id]
	}
	return records, nil
}

func get(ctx context.Context, query queryFunc, ids []kg.ID) (map[kg.ID]kg.Record, error) {
	found := make(map[kg.ID]kg.Record, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	rows, err := query(ctx, "SELECT r.body FROM json_each(?) i CROSS JOIN record r ON r.id = i.value", jsonOf(texts))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var body []byte
	for rows.Next() {
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		r, err := kg.Decode(body)
		if err != nil {
			return nil, err
		}
		found[r.GetID()] = r
	}
	return found, rows.Err()
}

// List reads all lists in one statement: for each, the stretches of the index under its keys are merged and, where
// the query has tests, tested row by row until enough are found or kg.ReadLimit rows were read.
func (s *Store) List(ctx context.Context, q kg.Query, lists []kg.Drive) ([]kg.Rows, error) {
	if len(lists) == 0 {
		return nil, nil
	}
	out := make([]kg.Rows, len(lists))
	text, args := listSQL(q, lists)
	rows, err := s.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var i, n int
		var body []byte
		var cut *string
		if err := rows.Scan(&i, &n, &body, &cut); err != nil {
			return nil, s.wrap(ctx, err)
		}
		switch {
		case cut != nil:
			out[i].Cut = *cut
		case q.CountOnly:
			out[i].Count = n
		case q.Ends:
			out[i].Ends = appendEnds(out[i].Ends, string(body))
		default:
			r, err := kg.Decode(body)
			if err != nil {
				return nil, s.wrap(ctx, err)
			}
			out[i].Records = append(out[i].Records, r)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, s.wrap(ctx, err)
	}
	for i := range out {
		q.Sort(out[i].Records) // as a set they are the right ones already
		out[i].Ends = q.SortEnds(out[i].Ends)
	}
	return out, nil
}

// endsOf makes one text of postings, which costs less than a row for each.
func endsOf(postings string) string {
	return "SELECT group_concat(sort || ' ' || ends, char(10)) FROM (" + postings + ")"
}

// appendEnds reads such a text: lines of a sort key, a blank and the ends. The ids stay
// parts of the text, and those of all lines stand in one array.
func appendEnds(rows []kg.RecordEnds, text string) []kg.RecordEnds {
	const idLen = 30
	ids := make([]kg.ID, 0, len(text)/idLen)
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			continue
		}
		sort, ends, _ := strings.Cut(line, " ")
		first := len(ids)
		for ; len(ends) >= idLen; ends = ends[idLen:] {
			ids = append(ids, kg.ID(ends[:idLen]))
		}
		rows = append(rows, kg.RecordEnds{Sort: sort, Others: ids[first:len(ids):len(ids)]})
	}
	return rows
}

// withDrives names the lists, which are ?1.
const withDrives = "WITH d(i, keys, lo, hi) AS MATERIALIZED (SELECT key, value->'k', value->>'a', value->>'b' FROM json_each(?1)) "

func direction(q kg.Query) string {
	if q.Reverse {
		return "DESC"
	}
	return "ASC"
}

// branch is the stretch of the index under one key of a list, up to a number of rows.
func branch(q kg.Query, key int, limit string) string {
	value, asc := fmt.Sprintf("d.keys->>%d", key), direction(q)
	match, order := "key = "+value, "sort "+asc
	if q.Prefix {
		// all keys that begin with the text: '~' comes behind every character of a folded name
		match, order = "key >= "+value+" AND key < "+value+" || '~'", "key "+asc+", sort "+asc
	}
	return "SELECT sort FROM (SELECT sort FROM posting WHERE " + match + " AND sort > d.lo AND sort < d.hi ORDER BY " + order + " LIMIT " + limit + ")"
}

// stream merges the stretches under a number of keys, up to a number of rows.
func stream(q kg.Query, keys int, limit string) string {
	if q.Prefix {
		return "SELECT DISTINCT sort FROM (" + branch(q, 0, limit) + ")" // in any order: what is chosen is put in order again
	}
	if keys == 1 {
		return branch(q, 0, limit)
	}
	parts := make([]string, branchesFor(keys))
	for j := range parts {
		parts[j] = branch(q, j, limit)
	}
	return strings.Join(parts, " UNION ") + " ORDER BY sort " + direction(q) + " LIMIT " + limit
}

// listSQL makes the statement for a query and the shape of its drives; the text holds no value of theirs.
//
// Every LIMIT is a sum. SQLite plans by the value of a parameter that stands there alone, and parses and plans the
// statement anew each time one is bound.
func listSQL(q kg.Query, lists []kg.Drive) (string, []any) {
	asc, read := direction(q), q.Limit
	if q.Filtered() || q.Prefix {
		read = kg.ReadLimit
	}
	// ?1 the drives, ?2 how many rows to read, ?3 how many to give, then the tests
	args := []any{drivesJSON(lists), read, q.Limit}
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("?%d", len(args))
	}
	tests := testSQL(q, arg)
	chosen := "SELECT s.sort FROM (" + stream(q, len(lists[0].Keys), "?2 + 0") + ") s"
	switch {
	case tests == "":
	case strings.Contains(tests, "q."):
		chosen += " CROSS JOIN record q ON q.id = substr(s.sort, -30) WHERE " + tests
	default: // what is tested stands in the index
		chosen += " WHERE " + tests
	}
	const recordOf = " CROSS JOIN record r ON r.id = substr(s.value, -30)"
	page := "(SELECT json_group_array(sort) FROM (" + chosen + " ORDER BY s.sort " + asc + " LIMIT ?3 + 0))"
	switch {
	case q.CountOnly:
		return withDrives + "SELECT i, (SELECT count(*) FROM (" + chosen + ")), NULL, NULL FROM d WHERE ?3 > 0" + stopSQL(q, lists, "d", arg), args
	case q.Ends && tests == "": // of each key by itself: what is the same under two is put together behind
		return withDrives + "SELECT d.i, 0, (" + endsOf("SELECT sort, ends FROM posting WHERE key = k.value AND sort > d.lo AND sort < d.hi ORDER BY sort "+asc+" LIMIT ?3") +
			"), NULL FROM d CROSS JOIN json_each(d.keys) k WHERE ?2 > 0", args
	case q.Ends:
		return withDrives + ", page AS MATERIALIZED (SELECT *, " + page + " AS sorts FROM d) SELECT d.i, 0, (" +
			endsOf("SELECT p.sort, p.ends FROM json_each(d.sorts) s CROSS JOIN json_each(d.keys) k CROSS JOIN posting p ON p.key = k.value AND p.sort = s.value") +
			"), NULL FROM page d" + stopSQL(q, lists, "page d WHERE json_array_length(d.sorts) < ?3", arg), args
	case q.Prefix:
		return withDrives + "SELECT d.i, 0, r.body, NULL FROM d CROSS JOIN json_each(" + page + ") s" + recordOf + stopSQL(q, lists, "d", arg), args
	case tests != "":
		return withDrives + ", page AS MATERIALIZED (SELECT *, " + page + " AS sorts FROM d) SELECT d.i, 0, r.body, NULL FROM page d CROSS JOIN json_each(d.sorts) s" +
			recordOf + stopSQL(q, lists, "page d WHERE json_array_length(d.sorts) < ?3", arg), args
	default:
		return withDrives + "SELECT d.i, 0, r.body, NULL FROM d CROSS JOIN record r ON r.id IN (SELECT substr(sort, -30) FROM (" +
			chosen + " ORDER BY s.sort " + asc + " LIMIT ?3 + 0))", args
	}
}

// stopSQL gives besides, for those lists that may have been cut, the row at which reading stopped if there is one more behind
// it.
func stopSQL(q kg.Query, lists []kg.Drive, which string, arg func(any) string) string {
	last := "min"
	if q.Reverse {
		last = "max"
	}
	most, before := arg(kg.ReadLimit+1)+" + 0", arg(kg.ReadLimit-1)+" + 0"
	all := stream(q, len(lists[0].Keys), most)
	if q.Prefix {
		all = branch(q, 0, most) // it is the keys that are limited, of which a record can have several
	}
	return " UNION ALL SELECT i, 0, NULL, sort FROM (SELECT d.i AS i, (SELECT CASE count(*) WHEN 2 THEN " + last + "(sort) END" +
		" FROM (SELECT sort FROM (" + all + ") LIMIT 2 OFFSET " + before + ")) AS sort FROM " + which + ") WHERE sort IS NOT NULL"
}

// branchesFor is how many stretches a statement merges for so many keys. A key that is not there finds nothing, at no cost,
// and there are few texts to be prepared. SQLite merges 500 at most.
func branchesFor(keys int) int {
	n := 1
	for n < keys {
		n *= 2
	}
	return max(keys, min(n, 500))
}

// fewKeys is how many keys are looked up one by one in a test.
const fewKeys = 8

// testSQL are the tests of a query on record q, and on s.sort where that is all they look at.
func testSQL(q kg.Query, arg func(any) string) string {
	var tests []string
	for _, keys := range q.Where {
		if isWords(keys) && len(keys) > fewKeys {
			// a name has few words, and there can be a thousand to choose from
			words := make([]string, len(keys))
			for i, k := range keys {
				words[i] = k.Value
			}
			tests = append(tests, "EXISTS (SELECT 1 FROM json_each(q.words) w WHERE w.value IN (SELECT value FROM json_each("+arg(jsonOf(words))+")))")
			continue
		}
		sort := "s.sort"
		switch {
		case keys[0].Facet.Info().Order == kg.ByDate:
			sort = "q.date_sort"
		case q.Order == kg.ByDate:
			sort = "q.sort"
		}
		texts := make([]string, len(keys))
		for i, k := range keys {
			texts[i] = keyText(k)
		}
		if len(keys) == 1 {
			tests = append(tests, "EXISTS (SELECT 1 FROM posting p WHERE p.key = "+arg(texts[0])+" AND p.sort = "+sort+")")
			continue
		}
		tests = append(tests, "EXISTS (SELECT 1 FROM json_each("+arg(jsonOf(texts))+") k CROSS JOIN posting p ON p.key = k.value AND p.sort = "+sort+")")
	}
	for _, t := range q.Days {
		op := "<="
		if t.AtLeast {
			op = ">="
		}
		tests = append(tests, "q."+string(t.Column)+" "+op+" "+arg(string(t.Day)))
	}
	return strings.Join(tests, " AND ")
}

func isWords(keys []kg.Key) bool {
	return !slices.ContainsFunc(keys, func(k kg.Key) bool { return k.Facet != kg.EntityWord })
}

// drivesJSON makes the parameter that holds all lists: their keys and bounds.
func drivesJSON(lists []kg.Drive) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, l := range lists {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"k":[`)
		for j, k := range l.Keys {
			if j > 0 {
				b.WriteByte(',')
			}
			quoteJSON(&b, keyText(k))
		}
		b.WriteString(`],"a":`)
		quoteJSON(&b, l.After)
		b.WriteString(`,"b":`)
		before := l.Before
		if before == "" {
			before = "~~" // behind every sort key
		}
		quoteJSON(&b, before)
		b.WriteByte('}')
	}
	b.WriteByte(']')
	return b.String()
}
