package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"

	"dramatis/kg"
)

// mostProblems is how many problems Check tells of.
const mostProblems = 100

// Check has SQLite read its file through, and compares what is derived from records with the records. All of it sees
// the graph as it is at one moment.
func (s *Store) Check(ctx context.Context) (problems []string, err error) {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	defer func() { err = errors.Join(err, s.wrap(ctx, ignoreDone(tx.Rollback()))) }()
	c := &check{tx: tx, onQuery: s.onQuery}
	for _, step := range []func(context.Context) error{c.file, c.indexes, c.spellings, c.terms, c.records} {
		if err := step(ctx); err != nil {
			return nil, s.wrap(ctx, err)
		}
	}
	return c.problems, nil
}

// check is a check under way.
type check struct {
	tx       *sql.Tx
	onQuery  func(string)
	problems []string
	texts    map[int64]uint64 // by the number of a record, the sum of the terms that the index has of it
}

func (c *check) report(format string, args ...any) {
	if len(c.problems) < mostProblems {
		c.problems = append(c.problems, fmt.Sprintf(format, args...))
	}
}

// each hands all rows of a query to a function.
func (c *check) each(ctx context.Context, query string, row func(scan func(...any) error) error, args ...any) error {
	c.onQuery(query)
	rows, err := c.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// lines reports what a query gives.
func (c *check) lines(ctx context.Context, query string, args ...any) error {
	return c.each(ctx, query, func(scan func(...any) error) error {
		var line string
		if err := scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			c.report("%s", line)
		}
		return nil
	}, args...)
}

// file has SQLite read its file. A question comes first: by itself the check of the index of texts goes by what the
// connection last saw of it, and takes for damage what others have written since.
func (c *check) file(ctx context.Context) error {
	if err := c.lines(ctx, `SELECT 'ok' FROM text WHERE text MATCH '"a"' LIMIT 1`); err != nil {
		return err
	}
	return c.lines(ctx, "PRAGMA integrity_check(20)")
}

// indexes compares tables that belong together.
func (c *check) indexes(ctx context.Context) error {
	var counted []string
	for _, info := range kg.Facets {
		if info.Counted {
			counted = append(counted, info.Name)
		}
	}
	for _, query := range []string{
		`SELECT 'tally of ' || key || ' is ' || n || ', not ' || have FROM
		   (SELECT key, n, (SELECT count(*) FROM posting p WHERE p.key = t.key) AS have FROM tally t WHERE key NOT BETWEEN @degree AND @degree || '~') WHERE n <> have LIMIT 20`,
		// '>' comes behind '=', the end of a facet's name in a key
		`SELECT 'there is no tally of ' || key FROM (SELECT DISTINCT p.key FROM json_each(@counted) f CROSS JOIN posting p
		   ON p.key >= f.value || '=' AND p.key < f.value || '>') WHERE key NOT IN (SELECT key FROM tally) LIMIT 20`,
		`SELECT 'the degree of ' || entity || ' is off by ' || -n FROM (` + strings.ReplaceAll(degrees, "?1", "@degrees") + `) WHERE n <> 0 LIMIT 20`,
		`SELECT 'posting without record: ' || key || ' ' || sort FROM posting p
		   WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.id = substr(p.sort, -30)) LIMIT 20`,
		`SELECT 'word ' || word || ' is in no name' FROM word w WHERE NOT EXISTS (SELECT 1 FROM posting p WHERE p.key = @word || w.word) LIMIT 20`,
		`SELECT 'there is no word for ' || key FROM (SELECT DISTINCT key FROM posting WHERE key >= @word AND key < @word || '~')
		   WHERE substr(key, length(@word) + 1) NOT IN (SELECT word FROM word) LIMIT 20`,
		"SELECT 'spelling ' || key || ' of no word: ' || word FROM spelling WHERE word NOT IN (SELECT word FROM word) LIMIT 20",
	} {
		if err := c.lines(ctx, query, sql.Named("counted", jsonOf(counted)), sql.Named("word", wordHead),
			sql.Named("degree", keyText(kg.Key{Facet: kg.EntityDegree})), sql.Named("degrees", degreeParts(`"degree": -1`))); err != nil {
			return err
		}
	}
	return nil
}

// spellings makes those of each word anew.
func (c *check) spellings(ctx context.Context) error {
	has, err := c.tx.PrepareContext(ctx, "SELECT EXISTS (SELECT 1 FROM spelling WHERE key = ? AND word = ?)")
	if err != nil {
		return err
	}
	defer has.Close()
	want := 0
	err = c.each(ctx, "SELECT word FROM word", func(scan func(...any) error) error {
		var word string
		if err := scan(&word); err != nil {
			return err
		}
		for _, key := range kg.Spellings(word) {
			want++
			var there bool
			if err := has.QueryRowContext(ctx, key, word).Scan(&there); err != nil {
				return err
			}
			if !there {
				c.report("word %s is not found under %s", word, key)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.total(ctx, "spelling", want)
}

// total compares how many rows a table has.
func (c *check) total(ctx context.Context, table string, want int) error {
	var have int
	c.onQuery("count of " + table)
	if err := c.tx.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&have); err != nil {
		return err
	}
	if have != want {
		c.report("there are %d rows of %s, but the records make %d", have, table, want)
	}
	return nil
}

// terms reads the index of texts, term by term.
func (c *check) terms(ctx context.Context) error {
	c.texts = map[int64]uint64{}
	return c.each(ctx, "SELECT doc, term FROM text_term", func(scan func(...any) error) error {
		var n int64
		var term []byte
		if err := scan(&n, &term); err != nil {
			return err
		}
		c.texts[n] += hashOf(term)
		return nil
	})
}

func hashOf(term []byte) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(term) // which never fails
	return h.Sum64()
}

// records derives everything from each record anew.
func (c *check) records(ctx context.Context) error {
	has, err := c.tx.PrepareContext(ctx, "SELECT EXISTS (SELECT 1 FROM posting WHERE key = ? AND sort = ? AND ends = ?)")
	if err != nil {
		return err
	}
	defer has.Close()
	postings := 0
	err = c.each(ctx, "SELECT n, id, sort, date_sort, startMin, startMax, endMin, endMax, words, body FROM record", func(scan func(...any) error) error {
		var n int64
		var id, sort, dateSort, words string
		var w kg.Window
		var body []byte
		if err := scan(&n, &id, &sort, &dateSort, &w.StartMin, &w.StartMax, &w.EndMin, &w.EndMax, &words, &body); err != nil {
			return err
		}
		r, err := kg.Decode(body)
		if err != nil || string(r.GetID()) != id {
			c.report("record %s cannot be read", id)
			return nil
		}
		if sort != kg.SortKey(r, kg.ByDefault) || dateSort != kg.SortKey(r, kg.ByDate) {
			c.report("record %s has a wrong sort key", id)
		}
		if w != kg.WindowOf(r) {
			c.report("record %s has wrong dates", id)
		}
		if words != wordsJSON(r) {
			c.report("record %s has the words %s", id, words)
		}
		c.text(n, r)
		for p := range postingsOf(r) {
			postings++
			var there bool
			if err := has.QueryRowContext(ctx, p.key, p.sort, p.ends).Scan(&there); err != nil {
				return err
			}
			if !there {
				c.report("record %s is not found under %s", id, p.key)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for n := range c.texts {
		c.report("the index of texts has a record %d, which is not there", n)
	}
	return c.total(ctx, "posting", postings)
}

// text compares the terms of a record with what the index has under its number.
func (c *check) text(n int64, r kg.Record) {
	want := uint64(0)
	for _, term := range kg.Terms(r) {
		want += hashOf([]byte(term))
	}
	if have := c.texts[n]; have != want {
		c.report("record %s is not found by the words of its text", r.GetID())
	}
	delete(c.texts, n)
}
