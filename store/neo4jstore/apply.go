package neo4jstore

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"dramatis/kg"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Apply runs a batch in one transaction, and anew when Neo4j undoes it because it stood in the way of another.
func (s *Store) Apply(ctx context.Context, b *kg.Batch) (*kg.Result, error) {
	if err := b.Prepare(); err != nil {
		return nil, err
	}
	start := time.Now()
	for wait := 4 * time.Millisecond; ; wait = min(2*wait, 250*time.Millisecond) {
		result, err := s.apply(ctx, b)
		patience := busyTime
		if codeOf(err) == "" {
			patience = downTime
		}
		var known *kg.Error
		if err == nil || errors.As(err, &known) || !passing(err) || over(ctx) || time.Since(start)+wait > patience {
			return result, s.wrap(ctx, err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait/2 + rand.N(wait)):
		}
	}
}

func (s *Store) apply(ctx context.Context, b *kg.Batch) (*kg.Result, error) {
	ctx, cancel, limit := within(ctx, writeTime)
	defer cancel()
	session, end, err := s.session(ctx, neo4j.AccessModeWrite, neo4j.FetchAll)
	if err != nil {
		return nil, err
	}
	defer end() // undoes a transaction that was not committed
	s.onQuery("BEGIN")
	begun, err := session.BeginTransaction(ctx, limit)
	if err != nil {
		return nil, err
	}
	result, err := b.Run(ctx, newTx(begun, b, s.onQuery))
	if err != nil || result.Replayed {
		return result, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.onQuery("COMMIT")
	if err := begun.Commit(ctx); err != nil {
		return nil, commitError(err)
	}
	return result, nil
}

// commitError: a transaction was undone only if the server says so. Whatever else goes wrong once the commit is on its
// way, a lost connection above all, leaves open whether it was made; the driver itself would try some of these again.
func commitError(err error) error {
	code := codeOf(err)
	if code != "" && !strings.HasPrefix(code, "Neo.DatabaseError.") {
		return err
	}
	return &kg.Error{Code: kg.CommitUnknown, Message: "whether the batch was written cannot be told: send it again with the same idempotencyKey", Err: err}
}

// tx is a write transaction. Neo4j runs transactions beside each other and shows each what the others have committed
// so far, so whatever a decision rests on is locked before it is read:
//   - the node of a record that is written: exclusively;
//   - a record that is referred to: its id in the index, shared with others that refer to it. A MERGE that finds its
//     node takes that lock;
//   - a record that is deleted, or an entity that changes its type: its id in the index, exclusively, so that nothing
//     comes to refer to it meanwhile.
//
// All of them are held until the transaction ends.
type tx struct {
	runner
	onQuery func(string)
	shared  kg.ID          // the batch's dataset, if the batch does no more than refer to it
	absent  map[kg.ID]bool // ids under which MERGE has put an empty node
}

// runner is what a transaction is needed for here, whoever commits it.
type runner interface {
	Run(ctx context.Context, cypher string, params map[string]any) (neo4j.ResultWithContext, error)
}

func newTx(begun runner, b *kg.Batch, onQuery func(string)) *tx {
	t := &tx{begun, onQuery, "", map[kg.ID]bool{}}
	if b.Dataset == nil {
		return t
	}
	t.shared = b.Dataset.ID
	for _, r := range b.Put {
		if r.GetID() == t.shared {
			t.shared = ""
		}
	}
	for _, d := range b.Delete {
		if d.ID == t.shared {
			t.shared = ""
		}
	}
	return t
}

// query sends a statement and gives all its rows: one round trip.
func (t *tx) query(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error) {
	t.onQuery(cypher)
	result, err := t.Run(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	return result.Collect(ctx)
}

const (
	// claimOp makes the note of a batch, or waits for the transaction that is making it.
	claimOp = "MERGE (o:Op {key: $key}) WITH o.hash AS hash, o.result AS result "
	noOp    = "WITH null AS hash, null AS result "
	// To set a property and take it away again leaves nothing behind but the lock.
	lockNodes = `CALL () {
			UNWIND $ids AS id
			MERGE (n:Record {id: id})
			FOREACH (_ IN CASE id WHEN $shared THEN [] ELSE [1] END | SET n.locked = true REMOVE n.locked)
			RETURN collect(n.body) AS locked
		} `
	shareIDs = `CALL () {
			UNWIND $refs AS id
			MERGE (n:Record {id: id})
			RETURN collect(n.body) AS referred
		} `
	begin = lockNodes + shareIDs + "RETURN locked + referred, hash, result"
	// Only a new value takes the lock of its place in the index.
	sealIDs = "UNWIND $ids AS id MATCH (n:Record {id: id}) SET n.id = '-' + id WITH n, id SET n.id = id"
)

// Begin locks first what is written, then what is referred to.
func (t *tx) Begin(ctx context.Context, key string, ids, refs []kg.ID) (*kg.Op, map[kg.ID]kg.Record, error) {
	cypher, params := noOp+begin, map[string]any{"ids": texts(ids), "refs": texts(refs), "shared": string(t.shared)}
	if key != "" {
		cypher, params["key"] = claimOp+begin, key
	}
	rows, err := t.query(ctx, cypher, params)
	if err != nil {
		return nil, nil, err
	}
	if hash, applied := rows[0].Values[1].(string); applied {
		return &kg.Op{Key: key, Hash: hash, Result: rows[0].Values[2].(string)}, nil, nil
	}
	found, err := t.found(rows[0].Values[0], slices.Concat(ids, refs))
	return nil, found, err
}

func (t *tx) Lock(ctx context.Context, ids []kg.ID) (map[kg.ID]kg.Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := t.query(ctx, lockNodes+"RETURN locked", map[string]any{"ids": texts(ids), "shared": string(t.shared)})
	if err != nil {
		return nil, err
	}
	return t.found(rows[0].Values[0], ids)
}

// found reads the records of ids, and notes under which of them MERGE has put an empty node.
func (t *tx) found(bodies any, ids []kg.ID) (map[kg.ID]kg.Record, error) {
	records, err := decodeAll(bodies)
	if err != nil {
		return nil, err
	}
	found := make(map[kg.ID]kg.Record, len(records))
	for _, r := range records {
		found[r.GetID()] = r
	}
	for _, id := range ids {
		if found[id] == nil {
			t.absent[id] = true
		}
	}
	return found, nil
}

func (t *tx) seal(ctx context.Context, ids []string) error {
	_, err := t.query(ctx, sealIDs, map[string]any{"ids": ids})
	return err
}

// Count is asked of entities that change their type.
func (t *tx) Count(ctx context.Context, keys []kg.Key) ([]int, error) {
	var ids []string
	seen := map[string]bool{}
	for _, k := range keys {
		if id := k.Value[:min(len(k.Value), 30)]; !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	if err := t.seal(ctx, ids); err != nil {
		return nil, err
	}
	return count(ctx, t.query, keys)
}

// referrers finds what refers to records: by edges, as the ends of relationships, and as what is in a dataset.
var referrers = `UNWIND $ids AS id CALL (id) {
		MATCH (n)-[:` + refPattern + `]->(:Record {id: id}) RETURN n
	UNION ALL
		MATCH (n:Relationship) USING INDEX SEEK n:Relationship(from, sortKey) WHERE n.from = id AND n.sortKey > '' RETURN n
	UNION ALL
		MATCH (n:Relationship) USING INDEX SEEK n:Relationship(to, sortKey) WHERE n.to = id AND n.sortKey > '' RETURN n
	UNION ALL
		WITH id WHERE left(id, 3) = $dataset UNWIND $classes AS class
		MATCH (n:Record) USING INDEX SEEK n:Record(classDataset, sortKey) WHERE n.classDataset = class + '/' + id AND n.sortKey > '' RETURN n
	} RETURN DISTINCT n.id LIMIT $limit`

// Referrers is asked of records that are deleted.
func (t *tx) Referrers(ctx context.Context, ids []kg.ID, limit int) ([]kg.ID, error) {
	if err := t.seal(ctx, texts(ids)); err != nil {
		return nil, err
	}
	rows, err := t.query(ctx, referrers, map[string]any{"ids": texts(ids), "limit": limit, "classes": classes(), "dataset": string(kg.DatasetClass)})
	if err != nil {
		return nil, err
	}
	found := make([]kg.ID, len(rows))
	for i, row := range rows {
		found[i] = kg.ID(row.Values[0].(string))
	}
	return found, nil
}

func classes() []string {
	list := make([]string, len(kg.Classes))
	for i, c := range kg.Classes {
		list[i] = string(c)
	}
	return list
}
