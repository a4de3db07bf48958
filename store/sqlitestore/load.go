package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"dramatis/kg"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Load fills an empty graph in one transaction: an error leaves it empty. What Apply writes record by record is here
// spooled, and written in the order of its keys in the end.
func (s *Store) Load(ctx context.Context, at time.Time, records iter.Seq2[kg.Record, error]) (*kg.Loaded, error) {
	l := &load{store: s, at: at, records: records}
	empty, err := l.fill(ctx)
	if err == nil && !empty {
		return kg.LoadBatches(ctx, s, at, records)
	}
	var input *inputError
	if errors.As(err, &input) {
		return nil, input.error
	}
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	return &kg.Loaded{Created: l.n}, nil
}

// load is a load under way.
type load struct {
	store     *Store
	at        time.Time
	records   iter.Seq2[kg.Record, error]
	tx        *sql.Tx
	postings  *spool
	spellings *spool
	n         int // records so far
	sheets    []*sheet
}

// inputError is an error of the records that are given.
type inputError struct{ error }

// fill loads, unless the graph is not empty.
func (l *load) fill(ctx context.Context) (empty bool, err error) {
	if l.tx, err = l.store.write.BeginTx(ctx, nil); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, ignoreDone(l.tx.Rollback())) }() // of no effect once it is committed
	// also where it goes batch by batch: there it saves a fifth of the processor time
	if _, err := l.tx.ExecContext(ctx, "PRAGMA cache_size = -16384"); err != nil {
		return false, err
	}
	var any bool
	if err := l.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM record)").Scan(&any); err != nil || any {
		return false, err
	}
	for _, list := range []**spool{&l.postings, &l.spellings} {
		if *list, err = newSpool(filepath.Dir(l.store.path)); err != nil {
			return true, err
		}
		defer func() { err = errors.Join(err, (*list).close()) }()
	}
	for _, statement := range []string{"DROP INDEX record_id", "INSERT INTO text (text) VALUES ('delete-all')"} {
		if _, err := l.tx.ExecContext(ctx, statement); err != nil {
			return true, err
		}
	}
	defer func() {
		for _, s := range l.sheets {
			err = errors.Join(err, s.close())
		}
	}()
	for _, step := range []func(context.Context) error{l.writeRecords, l.writeIDs, l.writePostings, l.writeSpellings} {
		if err := step(ctx); err != nil {
			return true, err
		}
	}
	if err := ctx.Err(); err != nil {
		return true, err
	}
	return true, l.tx.Commit()
}

// row is a record as it is written.
type row struct {
	id, sort, dateSort, words, body, terms string
	days                                   kg.Window
}

// someRows is how many records go from one step of a load to the next at a time.
const someRows = 250

// writeRecords writes the rows of records and the index of texts, and spools the postings. Records are read and checked, made
// into rows and written by three goroutines.
func (l *load) writeRecords(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	checked, rows := make(chan []kg.Record, 4), make(chan []row, 4)
	go func() {
		defer close(checked)
		if err := l.read(ctx, checked); err != nil {
			cancel(err)
		}
	}()
	go func() {
		defer close(rows)
		for some := range until(ctx, checked) {
			made, err := l.derive(some)
			if err != nil {
				cancel(err)
				return
			}
			select {
			case rows <- made:
			case <-ctx.Done():
				return
			}
		}
	}()
	records, err := l.sheet("INSERT INTO record (n, id, sort, date_sort, startMin, startMax, endMin, endMax, words, body) VALUES", 10)
	if err != nil {
		return err
	}
	texts, err := l.sheet("INSERT INTO text (rowid, terms) VALUES", 2)
	if err != nil {
		return err
	}
	for some := range rows {
		for _, r := range some {
			l.n++
			if err := records.add(l.n, r.id, r.sort, r.dateSort, string(r.days.StartMin), string(r.days.StartMax),
				string(r.days.EndMin), string(r.days.EndMax), r.words, r.body); err != nil {
				cancel(err)
				break
			}
			if r.terms == "" {
				continue
			}
			if err := texts.add(l.n, r.terms); err != nil {
				cancel(err)
				break
			}
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return errors.Join(records.flush(), texts.flush())
}

// until gives what comes through a channel until that is closed or ctx ends: who reads records may wait for ever.
func until[T any](ctx context.Context, from <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for {
			select {
			case v, ok := <-from:
				if !ok || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// read reads and checks the records.
func (l *load) read(ctx context.Context, to chan<- []kg.Record) error {
	rules := kg.NewLoading(l.at)
	var some []kg.Record
	send := func() error {
		select {
		case to <- some:
			some = make([]kg.Record, 0, someRows)
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	for r, err := range l.records {
		if err != nil {
			return &inputError{err}
		}
		if err := rules.Add(r); err != nil {
			return err
		}
		if some = append(some, r); len(some) == someRows {
			if err := send(); err != nil {
				return err
			}
		}
	}
	if err := rules.End(); err != nil {
		return err
	}
	return send()
}

// derive makes rows of records, and spools their postings.
func (l *load) derive(records []kg.Record) ([]row, error) {
	rows := make([]row, len(records))
	for i, r := range records {
		body, err := kg.Encode(r)
		if err != nil {
			return nil, err
		}
		sorts := [2]string{kg.SortKey(r, kg.ByDefault), kg.SortKey(r, kg.ByDate)}
		var words []string
		for _, k := range kg.Keys(r) {
			posting := sorts[k.Facet.Info().Order]
			if ends := endsText(r, k.Facet); ends != "" {
				posting += "\x00" + ends
			}
			if err := l.postings.add(keyText(k), posting); err != nil {
				return nil, err
			}
			if k.Facet == kg.EntityWord {
				words = append(words, k.Value)
			}
		}
		rows[i] = row{id: string(r.GetID()), sort: sorts[0], dateSort: sorts[1], words: jsonOf(words), body: string(body),
			terms: strings.Join(kg.Terms(r), " "), days: kg.WindowOf(r)}
	}
	return rows, nil
}

// writeIDs makes the index of ids, and finds those that stand twice.
func (l *load) writeIDs(ctx context.Context) error {
	_, err := l.tx.ExecContext(ctx, "CREATE UNIQUE INDEX record_id ON record (id)")
	var e *sqlite.Error
	if !errors.As(err, &e) || e.Code()&0xff != sqlite3.SQLITE_CONSTRAINT {
		return err
	}
	rows, err := l.tx.QueryContext(ctx, "SELECT id FROM record GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 100")
	if err != nil {
		return err
	}
	defer rows.Close()
	var twice []kg.ID
	for rows.Next() {
		var id kg.ID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		twice = append(twice, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return kg.Twice(twice)
}

// writePostings writes the postings, and what is counted of them; each word among their keys is spooled with its spellings.
func (l *load) writePostings(ctx context.Context) error {
	counted := map[string]bool{}
	for _, info := range kg.Facets {
		counted[info.Name] = info.Counted
	}
	postings, err := l.sheet("INSERT INTO posting (key, sort, ends) VALUES", 3)
	if err != nil {
		return err
	}
	tallies, err := l.sheet("INSERT INTO tally (key, n) VALUES", 2)
	if err != nil {
		return err
	}
	words, err := l.sheet("INSERT INTO word (word) VALUES", 1)
	if err != nil {
		return err
	}
	last, n := "", 0
	endOfKey := func() error {
		name, _, _ := strings.Cut(last, "=")
		if word, ok := strings.CutPrefix(last, wordHead); ok {
			if err := words.add(word); err != nil {
				return err
			}
			for _, key := range kg.Spellings(word) {
				if err := l.spellings.add(key, word); err != nil {
					return err
				}
			}
		}
		if !counted[name] {
			return nil
		}
		return tallies.add(last, n)
	}
	err = l.postings.each(func(key, posting []byte) error {
		if last != string(key) {
			if n > 0 {
				if err := endOfKey(); err != nil {
					return err
				}
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			last, n = string(key), 0
		}
		n++
		sort, ends, _ := strings.Cut(string(posting), "\x00")
		return postings.add(last, sort, ends)
	})
	if err != nil {
		return err
	}
	if n > 0 {
		if err := endOfKey(); err != nil {
			return err
		}
	}
	if err := errors.Join(postings.flush(), tallies.flush(), words.flush()); err != nil {
		return err
	}
	_, err = l.tx.ExecContext(ctx, "INSERT INTO tally (key, n) SELECT ?2 || entity, n FROM ("+degrees+")", degreeParts(), keyText(kg.Key{Facet: kg.EntityDegree}))
	return err
}

// writeSpellings writes the spellings of words.
func (l *load) writeSpellings(ctx context.Context) error {
	spellings, err := l.sheet("INSERT INTO spelling (key, word) VALUES", 2)
	if err != nil {
		return err
	}
	err = l.spellings.each(func(key, word []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return spellings.add(string(key), string(word))
	})
	if err != nil {
		return err
	}
	return spellings.flush()
}

// sheet collects rows of a table, so that many are written by one statement.
type sheet struct {
	tx      *sql.Tx
	into    string
	columns int
	full    *sql.Stmt
	args    []any
}

// sheetSize is how many values one statement writes.
const sheetSize = 200

func (l *load) sheet(into string, columns int) (*sheet, error) {
	s := &sheet{tx: l.tx, into: into, columns: columns}
	var err error
	// A context that can end would cost a goroutine for every statement.
	s.full, err = l.tx.PrepareContext(context.Background(), s.query(sheetSize/columns))
	if err == nil {
		l.sheets = append(l.sheets, s)
	}
	return s, err
}

func (s *sheet) query(rows int) string {
	row := "(?" + strings.Repeat(", ?", s.columns-1) + ")"
	return s.into + " " + row + strings.Repeat(", "+row, rows-1)
}

func (s *sheet) add(values ...any) error {
	if s.args = append(s.args, values...); len(s.args)+s.columns <= sheetSize {
		return nil
	}
	_, err := s.full.ExecContext(context.Background(), s.args...)
	s.args = s.args[:0]
	return err
}

// flush writes what is left.
func (s *sheet) flush() error {
	if len(s.args) == 0 {
		return nil
	}
	_, err := s.tx.ExecContext(context.Background(), s.query(len(s.args)/s.columns), s.args...)
	s.args = nil
	return err
}

func (s *sheet) close() error { return s.full.Close() }
