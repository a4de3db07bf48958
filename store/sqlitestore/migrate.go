package sqlitestore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"dramatis/kg"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed migrations/*.sql
var migrations embed.FS

// derives marks, as a line of its own, a step behind which all that is derived from records must be derived anew.
const derives = "\n-- +derive\n"

// migrate brings the schema up to date, in one transaction; fresh tells whether there was none.
func (s *Store) migrate(ctx context.Context, version int, names []string, log *slog.Logger) (fresh bool, err error) {
	if err := s.tryWrite(ctx); err != nil {
		return false, describe(err)
	}
	if version == len(names) {
		return false, nil
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return false, describe(err)
	}
	defer tx.Rollback() // of no effect once it is committed
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return false, describe(err)
	}
	if version >= len(names) {
		return false, nil // another program was quicker
	}
	if err := s.steps(ctx, tx, names[version:], log); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, len(names))); err != nil {
		return false, describe(err)
	}
	if err := tx.Commit(); err != nil {
		return false, describe(err)
	}
	return version == 0, nil
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

// steps makes steps of the schema, and derives anew behind the last if any of them says so.
func (s *Store) steps(ctx context.Context, tx *sql.Tx, names []string, log *slog.Logger) error {
	derive := false
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return describe(err)
		}
		derive = derive || strings.Contains(string(text), derives)
	}
	if !derive {
		return nil
	}
	if err := deriveAnew(ctx, tx, log); err != nil {
		var e *sqlite.Error
		if errors.As(err, &e) {
			return describe(err)
		}
		return err
	}
	return nil
}

// someRecords is how many records are derived from at a time, so that no more are in memory.
const someRecords = 1_000

// deriveAnew makes all anew that is derived from the bodies of records.
func deriveAnew(ctx context.Context, tx *sql.Tx, log *slog.Logger) error {
	for _, statement := range []string{"DELETE FROM posting", "DELETE FROM tally", "DELETE FROM word", "DELETE FROM spelling",
		"INSERT INTO text (text) VALUES ('delete-all')"} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	all := 0
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM record").Scan(&all); err != nil {
		return err
	}
	told := time.Now()
	for done, last := 0, int64(0); done < all; {
		var records []kg.Record
		var err error
		if records, last, err = recordsBehind(ctx, tx, last); err != nil {
			return err
		}
		err = writing(ctx, tx, func(w *writer) error {
			for _, r := range records {
				if err := w.change(ctx, kg.Change{New: r}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if done += len(records); log != nil && time.Since(told) > 5*time.Second {
			told = time.Now()
			log.Info("bringing the graph up to date", "records", done, "of", all)
		}
	}
	return nil
}

// recordsBehind reads the records behind a number, and gives the number of the last.
func recordsBehind(ctx context.Context, tx *sql.Tx, number int64) (records []kg.Record, last int64, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT n, id, body FROM record WHERE n > ? ORDER BY n LIMIT ?", number, someRecords)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var body []byte
		if err := rows.Scan(&last, &id, &body); err != nil {
			return nil, 0, err
		}
		r, err := kg.Decode(body)
		if err != nil {
			return nil, 0, fmt.Errorf("record %s cannot be read: %w", id, err)
		}
		records = append(records, r)
	}
	return records, last, rows.Err()
}
