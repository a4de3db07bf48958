// Package sqlitestore keeps a graph in one SQLite file: the store for which nothing need be installed.
package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"dramatis/kg"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as one of ours ("Dram" in ASCII).
const applicationID = 0x4472616d

// Store is a graph in a SQLite file. Reads go through a pool of read-only connections, writes one after the other
// through one connection, so that no transaction ever fails on another of this process.
type Store struct {
	path    string
	read    *sql.DB
	write   *sql.DB
	onQuery func(sql string)

	mu         sync.RWMutex
	statements map[string]*sql.Stmt // see prepared
}

var _ kg.Store = (*Store)(nil)

// Options are what a caller may set.
type Options struct {
	// Existing: a file that is not there is an error, not made.
	Existing bool
	// OnQuery is called with each statement that is sent to the database: tests count round trips by it.
	OnQuery func(sql string)
	// Log is told of what takes long.
	Log *slog.Logger
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
	s = &Store{path: path, onQuery: o.OnQuery, statements: map[string]*sql.Stmt{}}
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
	if fresh, err = s.migrate(ctx, version, names, o.Log); err != nil {
		s.write.Close()
		return nil, false, fmt.Errorf("%s: %w", path, err)
	}
	s.read, err = sql.Open("sqlite", dsn(path, "mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=cache_size(-8192)&_pragma=trusted_schema(0)&_dqs=0"))
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

// String names the file.
func (s *Store) String() string { return "SQLite " + s.path }

// Close closes the file; what was acknowledged is in it.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// query sends a read, prepared if it can be.
func (s *Store) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s.onQuery(query)
	stmt, err := s.prepared(ctx, query)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	var rows *sql.Rows
	if stmt != nil {
		rows, err = stmt.QueryContext(ctx, args...)
	} else {
		rows, err = s.read.QueryContext(ctx, query, args...)
	}
	return rows, s.wrap(ctx, err)
}

// maxPrepared is how many statements are kept prepared, and maxPreparedText how long one may be: a dozen kinds of lists are
// asked for all day, and of those with many filters there is no end.
const (
	maxPrepared     = 256
	maxPreparedText = 32 << 10
)

// prepared gives a statement that was parsed and planned before, on which SQLite spends as long as on running it; nil
// where there would be too many. They live as long as the store, so that none is closed while somebody reads.
func (s *Store) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	s.mu.RLock()
	stmt, full := s.statements[query], len(s.statements) >= maxPrepared
	s.mu.RUnlock()
	if stmt != nil || full || len(query) > maxPreparedText {
		return stmt, nil
	}
	stmt, err := s.read.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if other := s.statements[query]; other != nil {
		return other, stmt.Close()
	}
	s.statements[query] = stmt
	return stmt, nil
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

// isFull tells whether the disk is full.
func isFull(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_FULL
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

// posting is one row of the index: under key stands sort, and ends is what endsText says.
type posting struct{ key, sort, ends string }

// postingsOf are all rows that a record makes in the index, and their keys.
func postingsOf(r kg.Record) map[posting]kg.Key {
	sorts := [2]string{kg.SortKey(r, kg.ByDefault), kg.SortKey(r, kg.ByDate)}
	rows := map[posting]kg.Key{}
	for _, k := range kg.Keys(r) {
		rows[posting{keyText(k), sorts[k.Facet.Info().Order], endsText(r, k.Facet)}] = k
	}
	return rows
}

// endsText are the other ends of a record that is found by a facet, one behind the other.
func endsText(r kg.Record, f kg.Facet) string {
	var b strings.Builder
	for _, id := range kg.Ends(r, f) {
		b.WriteString(string(id))
	}
	return b.String()
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
