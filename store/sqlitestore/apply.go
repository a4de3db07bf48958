package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
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
	if err != nil {
		return nil, errors.Join(err, ignoreDone(t.Rollback()))
	}
	if err := t.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			return nil, err // the time was over before the commit began
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

func (t *tx) Op(ctx context.Context, key string) (*kg.Op, error) {
	op := kg.Op{Key: key}
	t.onQuery("op")
	err := t.QueryRowContext(ctx, "SELECT hash, result FROM op WHERE key = ?", key).Scan(&op.Hash, &op.Result)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &op, err
}

func (t *tx) SaveOp(ctx context.Context, op kg.Op) error {
	return t.exec(ctx, "INSERT INTO op (key, hash, result, at) VALUES (?, ?, ?, ?)", op.Key, op.Hash, op.Result, op.At.UTC().Format(time.RFC3339))
}

func (t *tx) Lock(ctx context.Context, ids []kg.ID) (map[kg.ID]kg.Record, error) {
	return get(ctx, t.query, ids)
}

func (t *tx) Get(ctx context.Context, ids []kg.ID) (map[kg.ID]kg.Record, error) {
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

const (
	putRecord = `INSERT INTO record (id, sort, date_sort, startMin, startMax, endMin, endMax, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET sort = excluded.sort, date_sort = excluded.date_sort, startMin = excluded.startMin,
		startMax = excluded.startMax, endMin = excluded.endMin, endMax = excluded.endMax, body = excluded.body`
	dropRecord  = "DELETE FROM record WHERE id = ?"
	putPosting  = "INSERT INTO posting (key, sort) VALUES (?, ?)"
	dropPosting = "DELETE FROM posting WHERE key = ? AND sort = ?"
)

// Write writes records, and of the index only the rows that change.
func (t *tx) Write(ctx context.Context, changes []kg.Change) error {
	if len(changes) == 0 {
		return nil
	}
	var stmts [4]*sql.Stmt
	for i, query := range []string{putRecord, dropRecord, putPosting, dropPosting} {
		stmt, err := t.PrepareContext(ctx, query)
		if err != nil {
			return err
		}
		defer stmt.Close()
		stmts[i] = stmt
	}
	put, remove, add, drop := stmts[0], stmts[1], stmts[2], stmts[3]
	tallies := map[string]int{}
	for _, c := range changes {
		var before, after map[posting]bool
		if c.Old != nil {
			before = postingsOf(c.Old)
		}
		if c.New != nil {
			after = postingsOf(c.New)
		}
		for p, counted := range before {
			if _, stays := after[p]; stays {
				continue
			}
			if _, err := drop.ExecContext(ctx, p.key, p.sort); err != nil {
				return err
			}
			if counted {
				tallies[p.key]--
			}
		}
		for p, counted := range after {
			if _, was := before[p]; was {
				continue
			}
			if _, err := add.ExecContext(ctx, p.key, p.sort); err != nil {
				return err
			}
			if counted {
				tallies[p.key]++
			}
		}
		if c.New == nil {
			if _, err := remove.ExecContext(ctx, string(c.Old.GetID())); err != nil {
				return err
			}
			continue
		}
		body, err := kg.Encode(c.New)
		if err != nil {
			return err
		}
		w := kg.WindowOf(c.New)
		if _, err := put.ExecContext(ctx, string(c.New.GetID()), kg.SortKey(c.New, kg.ByDefault), kg.SortKey(c.New, kg.ByDate),
			string(w.StartMin), string(w.StartMax), string(w.EndMin), string(w.EndMax), string(body)); err != nil {
			return err
		}
	}
	return t.writeTallies(ctx, tallies)
}

// writeTallies adds to what is counted; a key under which nothing stands any more has no tally.
func (t *tx) writeTallies(ctx context.Context, tallies map[string]int) error {
	for key, n := range tallies {
		if n == 0 {
			continue
		}
		if err := t.exec(ctx, "INSERT INTO tally (key, n) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET n = n + ?2", key, n); err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		if err := t.exec(ctx, "DELETE FROM tally WHERE key = ? AND n = 0", key); err != nil {
			return err
		}
	}
	return nil
}
