package sqlitestore

import (
	"context"
	"fmt"

	"dramatis/kg"
)

// wordsQuery reads the words under spellings, and those that begin with a prefix. '~' comes behind all characters of
// a word. A LIMIT is a sum for the reason that listSQL tells.
const wordsQuery = `SELECT 0, word FROM (SELECT DISTINCT s.word AS word FROM json_each(?1) k CROSS JOIN spelling s ON s.key = k.value ORDER BY s.word LIMIT ?3 + 0)
	UNION ALL SELECT 1, word FROM (SELECT w.word AS word FROM word w WHERE ?2 <> '' AND w.word >= ?2 AND w.word < ?2 || '~' ORDER BY w.word LIMIT ?3 + 0)
	ORDER BY 1, 2`

// Words reads both kinds of words in one statement.
func (s *Store) Words(ctx context.Context, spellings []string, prefix string) (near, begin []string, err error) {
	rows, err := s.query(ctx, wordsQuery, jsonOf(spellings), prefix, kg.WordLimit)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var begins bool
		var word string
		if err := rows.Scan(&begins, &word); err != nil {
			return nil, nil, s.wrap(ctx, err)
		}
		if begins {
			begin = append(begin, word)
		} else {
			near = append(near, word)
		}
	}
	return near, begin, s.wrap(ctx, rows.Err())
}

// Texts reads in one statement which records have the terms and, unless they are too many, those that are wanted.
func (s *Store) Texts(ctx context.Context, q kg.TextQuery) (*kg.Texts, error) {
	found := &kg.Texts{}
	match, ok := q.Match()
	if !ok {
		return found, nil
	}
	text, args := textsSQL(q, match)
	rows, err := s.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return nil, s.wrap(ctx, err)
		}
		if body == nil {
			found.TooMany = true
			continue
		}
		r, err := kg.Decode(body)
		if err != nil {
			return nil, s.wrap(ctx, err)
		}
		found.Records = append(found.Records, r)
	}
	if err := rows.Err(); err != nil {
		return nil, s.wrap(ctx, err)
	}
	kg.Query{}.Sort(found.Records) // as a set they are the right ones already
	return found, nil
}

// textsSQL makes the statement for a query: one row without a body if too many records match, otherwise the bodies
// of those that are wanted.
func textsSQL(q kg.TextQuery, match string) (string, []any) {
	args := []any{match, kg.ReadLimit, q.After, q.Limit}
	tests := testSQL(kg.Query{Days: q.Days}, func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("?%d", len(args))
	})
	if tests != "" {
		tests = " AND " + tests
	}
	return "WITH hit(n) AS MATERIALIZED (SELECT rowid FROM text WHERE text MATCH ?1 LIMIT ?2 + 1), many(n) AS MATERIALIZED (SELECT count(*) FROM hit)" +
		" SELECT NULL FROM many WHERE n > ?2" +
		" UNION ALL SELECT r.body FROM record r WHERE r.n IN (SELECT q.n FROM hit CROSS JOIN record q ON q.n = hit.n" +
		" WHERE (SELECT n FROM many) <= ?2 AND q.sort > ?3" + tests + " ORDER BY q.sort LIMIT ?4 + 0)", args
}
