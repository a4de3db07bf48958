// Package sqlitestore keeps a graph in one SQLite file: the store for which nothing need be installed.
package sqlitestore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dramatis/kg"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as one of ours ("Dram" in ASCII).
const applicationID = 0x4472616d

//go:embed migrations/*.sql
var migrations embed.FS

// Store is a graph in a SQLite file. Reads go through a pool of read-only connections, writes one after the other
// through one connection, so that no transaction ever fails on another of this process.
type Store struct {
	path    string
	read    *sql.DB
	write   *sql.DB
	onQuery func(sql string)
}

var _ kg.Store = (*Store)(nil)

// Options are what a caller may set.
type Options struct {
	// Existing: a file that is not there is an error, not made.
	Existing bool
	// OnQuery is called with each statement that is sent to the database: tests count round trips by it.
	OnQuery func(sql string)
}

// Open opens the graph in a file, which is made if it is not there; fresh tells whether it was. A file that is no
// database of ours, or of a newer version, is refused and left as it is.
func Open(ctx context.Context, path string, o Options) (s *Store, fresh bool, err error) {
	if path == "" || path == ":memory:" {
		return nil, false, errors.New("sqlite: needs the name of a file, as in sqlite:dramatis.db")
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, false, err
	}
	slices.Sort(names)
	version, err := inspect(ctx, path)
	if err != nil {
		return nil, false, err
	}
	if version == 0 && o.Existing {
		return nil, false, fmt.Errorf("%s does not exist or is empty", path)
	}
	if version > len(names) {
		return nil, false, fmt.Errorf("%s was written by a newer Dramatis (schema %d, this one knows %d)", path, version, len(names))
	}
	s = &Store{path: path, onQuery: o.OnQuery}
	if s.onQuery == nil {
		s.onQuery = func(string) {}
	}
	// synchronous(FULL): an acknowledged write survives a power cut. immediate: no transaction begins to read and
	// then finds that it may not write.
	s.write, err = sql.Open("sqlite", dsn(path, "_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=trusted_schema(0)&_dqs=0&_defensive=1"))
	if err != nil {
		return nil, false, err
	}
	s.write.SetMaxOpenConns(1)
	if fresh, err = s.migrate(ctx, version, names); err != nil {
		s.write.Close()
		return nil, false, fmt.Errorf("%s: %w", path, err)
	}
	s.read, err = sql.Open("sqlite", dsn(path, "mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=cache_size(-32768)&_pragma=trusted_schema(0)&_dqs=0"))
	if err != nil {
		s.write.Close()
		return nil, false, err
	}
	s.read.SetMaxOpenConns(8)
	s.read.SetMaxIdleConns(8)
	return s, fresh, nil
}

func dsn(path, query string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: query}
	return u.String()
}

// inspect reads the schema version of a file without changing it: 0 for a file that is new or empty.
func inspect(ctx context.Context, path string) (int, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	f.Close()
	if n == 0 && errors.Is(err, io.EOF) {
		return 0, nil
	}
	if string(head[:n]) != "SQLite format 3\x00" {
		return 0, fmt.Errorf("%s is not a database", path)
	}
	query := "mode=ro&_pragma=busy_timeout(5000)"
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		query += "&immutable=1" // all of it is in the file, and SQLite need not put others beside it
	}
	db, err := sql.Open("sqlite", dsn(path, query))
	if err != nil {
		return 0, err
	}
	defer db.Close()
	var id, version, tables int
	err = db.QueryRowContext(ctx, "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id, pragma_user_version").
		Scan(&id, &version, &tables)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%s cannot be read: %w", path, err)
	case id == 0 && version == 0 && tables == 0:
		return 0, nil // whoever began to make it did not get far
	case id != applicationID:
		return 0, fmt.Errorf("%s is a database of another program", path)
	case version < 1:
		return 0, fmt.Errorf("%s is damaged: it has schema %d", path, version)
	}
	return version, nil
}

// migrate brings the schema up to date; fresh tells whether there was none.
func (s *Store) migrate(ctx context.Context, version int, names []string) (fresh bool, err error) {
	if err := s.tryWrite(ctx); err != nil {
		return false, describe(err)
	}
	for i := version; i < len(names); i++ {
		made, err := s.migrateTo(ctx, i+1, names[i])
		if err != nil {
			return false, err
		}
		fresh = fresh || made && i == 0
	}
	return fresh, nil
}

// tryWrite begins the first transaction, which makes the file and shows whether it can be written. Two programs that
// switch a new file to WAL at once do not wait for each other as for any other write, so it is tried again.
func (s *Store) tryWrite(ctx context.Context) error {
	for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		tx, err := s.write.BeginTx(ctx, nil)
		if err == nil {
			return tx.Rollback()
		}
		var e *sqlite.Error
		if !errors.As(err, &e) || e.Code()&0xff != sqlite3.SQLITE_BUSY || time.Since(start) > 5*time.Second {
			return err
		}
	}
}

// migrateTo makes one step and writes its version number, in one transaction; false if another program was quicker.
func (s *Store) migrateTo(ctx context.Context, version int, name string) (made bool, err error) {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return false, err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return false, describe(err)
	}
	defer tx.Rollback() // of no effect once it is committed
	var present int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&present); err != nil {
		return false, describe(err)
	}
	if present >= version {
		return false, nil
	}
	if _, err := tx.ExecContext(ctx, string(text)+fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, version)); err != nil {
		return false, describe(err)
	}
	if err := tx.Commit(); err != nil {
		return false, describe(err)
	}
	return true, nil
}

// String names the file.
func (s *Store) String() string { return "SQLite " + s.path }

// Close closes the file; what was acknowledged is in it.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// Check has SQLite read its file through, and compares what is derived from records with the records.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	var problems []string
	var counted []string
	for _, info := range kg.Facets {
		if info.Counted {
			counted = append(counted, info.Name)
		}
	}
	report := func(query string) error {
		rows, err := s.query(ctx, query, sql.Named("counted", jsonOf(counted)))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return s.wrap(ctx, err)
			}
			if line != "ok" && len(problems) < 100 {
				problems = append(problems, line)
			}
		}
		return s.wrap(ctx, rows.Err())
	}
	for _, query := range []string{
		"PRAGMA integrity_check(20)",
		`SELECT 'tally of ' || key || ' is ' || n || ', not ' || have FROM
		   (SELECT key, n, (SELECT count(*) FROM posting p WHERE p.key = t.key) AS have FROM tally t) WHERE n <> have LIMIT 20`,
		// '>' comes behind '=', the end of a facet's name in a key
		`SELECT 'there is no tally of ' || key FROM (SELECT DISTINCT p.key FROM json_each(@counted) f CROSS JOIN posting p
		   ON p.key >= f.value || '=' AND p.key < f.value || '>') WHERE key NOT IN (SELECT key FROM tally) LIMIT 20`,
		`SELECT 'posting without record: ' || key || ' ' || sort FROM posting p
		   WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.id = substr(p.sort, -30)) LIMIT 20`,
	} {
		if err := report(query); err != nil {
			return nil, err
		}
	}
	derived, err := s.checkDerived(ctx)
	return append(problems, derived...), err
}

// checkDerived makes the keys of each record anew and looks whether the record stands under just those.
func (s *Store) checkDerived(ctx context.Context) ([]string, error) {
	var problems []string
	rows, err := s.query(ctx, `SELECT id, sort, date_sort, startMin, startMax, endMin, endMax, body FROM record`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	want, all := 0, 0
	for rows.Next() {
		var id, sort, dateSort string
		var w kg.Window
		var body []byte
		if err := rows.Scan(&id, &sort, &dateSort, &w.StartMin, &w.StartMax, &w.EndMin, &w.EndMax, &body); err != nil {
			return nil, s.wrap(ctx, err)
		}
		r, err := kg.Decode(body)
		if err != nil || string(r.GetID()) != id {
			problems = append(problems, "record "+id+" cannot be read")
			continue
		}
		if sort != kg.SortKey(r, kg.ByDefault) || dateSort != kg.SortKey(r, kg.ByDate) {
			problems = append(problems, "record "+id+" has a wrong sort key")
		}
		if w != kg.WindowOf(r) {
			problems = append(problems, "record "+id+" has wrong dates")
		}
		postings := postingsOf(r)
		want += len(postings)
		for p := range postings {
			var there bool
			s.onQuery("check")
			err := s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM posting WHERE key = ? AND sort = ?)", p.key, p.sort).Scan(&there)
			if err != nil {
				return nil, s.wrap(ctx, err)
			}
			if !there && len(problems) < 100 {
				problems = append(problems, "record "+id+" is not found under "+p.key)
			}
		}
	}
	if err := rows.Err(); err != nil {
		return nil, s.wrap(ctx, err)
	}
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM posting").Scan(&all); err != nil {
		return nil, s.wrap(ctx, err)
	}
	if all != want {
		problems = append(problems, fmt.Sprintf("there are %d postings, but the records make %d", all, want))
	}
	return problems, nil
}

func (s *Store) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s.onQuery(query)
	rows, err := s.read.QueryContext(ctx, query, args...)
	return rows, s.wrap(ctx, err)
}

// wrap gives a database error its code.
func (s *Store) wrap(ctx context.Context, err error) error {
	var known *kg.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		return &kg.Error{Code: kg.Timeout, Message: "the time for this operation is over", Err: err}
	}
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_INTERRUPT:
			return &kg.Error{Code: kg.Timeout, Message: "the time for this operation is over", Err: err}
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY,
			sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return &kg.Error{Code: kg.Unavailable, Message: describe(err).Error(), Err: err}
		}
	}
	return &kg.Error{Code: kg.Internal, Message: "the store failed", Err: err}
}

// describe says in plain words what commonly goes wrong with the file.
func describe(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CANTOPEN:
		return errors.New("the database file cannot be opened or made here")
	case sqlite3.SQLITE_READONLY:
		return errors.New("the database file or its folder is not writable")
	case sqlite3.SQLITE_FULL:
		return errors.New("the disk is full")
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return errors.New("the database is busy with another program's write")
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return errors.New("the database file is damaged")
	default:
		return errors.New("the database cannot be reached")
	}
}

// keyText is how a key stands in the file.
func keyText(k kg.Key) string { return k.Facet.Info().Name + "=" + k.Value }

// posting is one row of the index: under key stands sort.
type posting struct{ key, sort string }

// postingsOf are all rows that a record makes in the index, and whether their keys are counted.
func postingsOf(r kg.Record) map[posting]bool {
	sorts := [2]string{kg.SortKey(r, kg.ByDefault), kg.SortKey(r, kg.ByDate)}
	rows := map[posting]bool{}
	for _, k := range kg.Keys(r) {
		info := k.Facet.Info()
		rows[posting{keyText(k), sorts[info.Order]}] = info.Counted
	}
	return rows
}

// jsonOf makes a parameter of a list of strings.
func jsonOf(list []string) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, s := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		quoteJSON(&b, s)
	}
	b.WriteByte(']')
	return b.String()
}
