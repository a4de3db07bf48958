package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"

	"dramatis/kg"
)

const (
	putRecord = `INSERT INTO record (id, sort, date_sort, startMin, startMax, endMin, endMax, words, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET sort = excluded.sort, date_sort = excluded.date_sort, startMin = excluded.startMin,
		startMax = excluded.startMax, endMin = excluded.endMin, endMax = excluded.endMax, words = excluded.words, body = excluded.body`
	dropRecord  = "DELETE FROM record WHERE id = ?"
	putPosting  = "INSERT INTO posting (key, sort, ends) VALUES (?1, ?2, ?3)"
	dropPosting = "DELETE FROM posting WHERE key = ?1 AND sort = ?2 AND ends = ?3"
	addTally    = "INSERT INTO tally (key, n) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET n = n + ?2"
	dropTally   = "DELETE FROM tally WHERE key = ? AND n = 0"
	putWord     = "INSERT OR IGNORE INTO word (word) VALUES (?)"
	dropWord    = "DELETE FROM word WHERE word = ?1 AND NOT EXISTS (SELECT 1 FROM posting WHERE key = ?2)"
	putSpelling = "INSERT INTO spelling (key, word) VALUES (?, ?)"
	delSpelling = "DELETE FROM spelling WHERE key = ? AND word = ?"
	putText     = "INSERT OR REPLACE INTO text (rowid, terms) SELECT n, ?2 FROM record WHERE id = ?1"
	dropText    = "DELETE FROM text WHERE rowid = (SELECT n FROM record WHERE id = ?)"
)

// writer writes records and what is derived from them within one transaction. What many records of a batch share it
// writes once, at the end.
type writer struct {
	tx      *sql.Tx
	stmts   map[string]*sql.Stmt
	tallies map[string]int
	// the words that a name got, and those that one lost
	gained, lost map[string]bool
}

// writing lets do write, and then writes what is left.
func writing(ctx context.Context, tx *sql.Tx, do func(w *writer) error) (err error) {
	w := &writer{tx: tx, stmts: map[string]*sql.Stmt{}, tallies: map[string]int{}, gained: map[string]bool{}, lost: map[string]bool{}}
	defer func() {
		for _, stmt := range w.stmts {
			err = errors.Join(err, stmt.Close())
		}
	}()
	if err := do(w); err != nil {
		return err
	}
	if err := w.writeTallies(ctx); err != nil {
		return err
	}
	return w.writeWords(ctx)
}

// exec sends a statement, which is prepared once, and tells how many rows it changed.
func (w *writer) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, ok := w.stmts[query]
	if !ok {
		var err error
		if stmt, err = w.tx.PrepareContext(ctx, query); err != nil {
			return 0, err
		}
		w.stmts[query] = stmt
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// change writes a record, and of the index only the rows that change.
func (w *writer) change(ctx context.Context, c kg.Change) error {
	if c.New == nil {
		if err := w.index(ctx, c); err != nil {
			return err
		}
		_, err := w.exec(ctx, dropRecord, string(c.Old.GetID()))
		return err
	}
	body, err := kg.Encode(c.New)
	if err != nil {
		return err
	}
	days := kg.WindowOf(c.New)
	if _, err := w.exec(ctx, putRecord, string(c.New.GetID()), kg.SortKey(c.New, kg.ByDefault), kg.SortKey(c.New, kg.ByDate),
		string(days.StartMin), string(days.StartMax), string(days.EndMin), string(days.EndMax), wordsJSON(c.New), string(body)); err != nil {
		return err
	}
	return w.index(ctx, c)
}

// index writes what is derived from a record, which has its row.
func (w *writer) index(ctx context.Context, c kg.Change) error {
	var before, after map[posting]kg.Key
	var termsBefore, termsAfter []string
	if c.Old != nil {
		before, termsBefore = postingsOf(c.Old), kg.Terms(c.Old)
	}
	if c.New != nil {
		after, termsAfter = postingsOf(c.New), kg.Terms(c.New)
	}
	if err := w.writePostings(ctx, before, after, dropPosting, -1, w.lost); err != nil {
		return err
	}
	if err := w.writePostings(ctx, after, before, putPosting, 1, w.gained); err != nil {
		return err
	}
	switch {
	case slices.Equal(termsBefore, termsAfter):
		return nil
	case termsAfter == nil:
		_, err := w.exec(ctx, dropText, string(c.Old.GetID()))
		return err
	default:
		_, err := w.exec(ctx, putText, string(c.New.GetID()), strings.Join(termsAfter, " "))
		return err
	}
}

// writePostings puts or drops those of postings that are not among others, by a query, and notes what depends on them:
// by how much tallies change, and the words.
func (w *writer) writePostings(ctx context.Context, postings, others map[posting]kg.Key, query string, by int, words map[string]bool) error {
	for p, key := range postings {
		if _, ok := others[p]; ok {
			continue
		}
		if _, err := w.exec(ctx, query, p.key, p.sort, p.ends); err != nil {
			return err
		}
		if key.Facet.Info().Counted {
			w.tallies[p.key] += by
		}
		if entity, n := key.Degree(); n != 0 {
			w.tallies[keyText(kg.Key{Facet: kg.EntityDegree, Value: string(entity)})] += by * n
		}
		if word, ok := strings.CutPrefix(p.key, wordHead); ok {
			words[word] = true
		}
	}
	return nil
}

// wordsJSON is how the words of a record's names stand in its row.
func wordsJSON(r kg.Record) string {
	var words []string
	for _, k := range kg.Keys(r) {
		if k.Facet == kg.EntityWord {
			words = append(words, k.Value)
		}
	}
	return jsonOf(words)
}

// wordHead is the beginning of the keys of words.
var wordHead = keyText(kg.Key{Facet: kg.EntityWord})

// writeTallies adds to what is counted; a key under which nothing stands any more has no tally.
func (w *writer) writeTallies(ctx context.Context) error {
	for key, n := range w.tallies {
		if n == 0 {
			continue
		}
		if _, err := w.exec(ctx, addTally, key, n); err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		if _, err := w.exec(ctx, dropTally, key); err != nil {
			return err
		}
	}
	return nil
}

// writeWords gives each word that is new its spellings, and takes them from each that no name has any more. First the
// new ones: a word may be both gained and lost.
func (w *writer) writeWords(ctx context.Context) error {
	for _, word := range slices.Sorted(maps.Keys(w.gained)) {
		if n, err := w.exec(ctx, putWord, word); err != nil {
			return err
		} else if n > 0 {
			if err := w.writeSpellings(ctx, putSpelling, word); err != nil {
				return err
			}
		}
	}
	for _, word := range slices.Sorted(maps.Keys(w.lost)) {
		if n, err := w.exec(ctx, dropWord, word, wordHead+word); err != nil {
			return err
		} else if n > 0 {
			if err := w.writeSpellings(ctx, delSpelling, word); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeSpellings puts or drops, by a query, all spellings of a word.
func (w *writer) writeSpellings(ctx context.Context, query, word string) error {
	for _, key := range kg.Spellings(word) {
		if _, err := w.exec(ctx, query, key, word); err != nil {
			return err
		}
	}
	return nil
}
