package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"dramatis/kg"
)

// Apply runs a batch in one transaction.
func (s *Store) Apply(ctx context.Context, b *kg.Batch) (*kg.Result, error) {
	if err := b.Prepare(); err != nil {
		return nil, err
	}
	result, err := s.apply(ctx, b)
	return result, s.wrap(ctx, err)
}

func (s *Store) apply(ctx context.Context, b *kg.Batch) (*kg.Result, error) {
	t, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	result, err := b.Run(ctx, &tx{t, s.onQuery})
	if err != nil || result.Replayed {
		return result, errors.Join(err, ignoreDone(t.Rollback()))
	}
	if err := t.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			return nil, err // the time was over before the commit began
		}
		if isFull(err) {
			return nil, err // the last page, which makes the others count, was not written
		}
		// SQLite rolls back what it cannot commit, but a failing disk can hide which of the two it was
		return nil, &kg.Error{Code: kg.CommitUnknown, Message: "whether the batch was written cannot be told: send it again with the same idempotencyKey", Err: err}
	}
	return result, nil
}

// ignoreDone: a transaction whose context has ended was rolled back already.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// tx is a write transaction. SQLite has one writer at a time, so that nothing need be locked.
type tx struct {
	*sql.Tx
	onQuery func(string)
}

func (t *tx) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	t.onQuery(query)
	return t.QueryContext(ctx, query, args...)
}

func (t *tx) exec(ctx context.Context, query string, args ...any) error {
	t.onQuery(query)
	_, err := t.ExecContext(ctx, query, args...)
	return err
}

func (t *tx) Begin(ctx context.Context, key string, ids, refs []kg.ID) (*kg.Op, map[kg.ID]kg.Record, error) {
	if key != "" {
		op := kg.Op{Key: key}
		t.onQuery("op")
		err := t.QueryRowContext(ctx, "SELECT hash, result FROM op WHERE key = ?", key).Scan(&op.Hash, &op.Result)
		switch {
		case err == nil:
			return &op, nil, nil
		case !errors.Is(err, sql.ErrNoRows):
			return nil, nil, err
		}
	}
	records, err := get(ctx, t.query, slices.Concat(ids, refs))
	return nil, records, err
}

func (t *tx) Lock(ctx context.Context, ids []kg.ID) (map[kg.ID]kg.Record, error) {
	return get(ctx, t.query, ids)
}

func (t *tx) Count(ctx context.Context, keys []kg.Key) ([]int, error) {
	return count(ctx, t.query, keys)
}

func (t *tx) Referrers(ctx context.Context, ids []kg.ID, limit int) ([]kg.ID, error) {
	var keys []string
	for _, id := range ids {
		for f, info := range kg.Facets {
			if info.Reference {
				keys = append(keys, keyText(kg.Key{Facet: kg.Facet(f), Value: string(id)}))
			}
		}
	}
	rows, err := t.query(ctx, "SELECT DISTINCT substr(sort, -30) FROM json_each(?) k CROSS JOIN posting p ON p.key = k.value LIMIT ?", jsonOf(keys), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []kg.ID
	for rows.Next() {
		var id kg.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		found = append(found, id)
	}
	return found, rows.Err()
}

// Write writes records and what is derived from them, and the note.
func (t *tx) Write(ctx context.Context, changes []kg.Change, note *kg.Op) error {
	if len(changes) > 0 {
		if err := writing(ctx, t.Tx, func(w *writer) error {
			for _, c := range changes {
				if err := w.change(ctx, c); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	if note == nil {
		return nil
	}
	return t.exec(ctx, "INSERT INTO op (key, hash, result, at) VALUES (?, ?, ?, ?)", note.Key, note.Hash, note.Result, note.At.UTC().Format(time.RFC3339))
}
