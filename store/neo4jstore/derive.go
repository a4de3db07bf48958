package neo4jstore

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"dramatis/kg"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// someRecords is how many records are derived from in one transaction.
const someRecords = 500

const (
	// readBehind reads and locks the records behind an id.
	readBehind = `MATCH (n:Record) USING INDEX SEEK n:Record(id) WHERE n.id > $after
		WITH n ORDER BY n.id LIMIT $limit
		SET n.locked = true REMOVE n.locked
		RETURN n.id, n.body`
	// respell gives words the spellings that they have now.
	respell = "UNWIND $list AS w MERGE (m:Word {key: w.key}) SET m.spellings = w.spellings"
	// dropWords takes away the words that no name has any more.
	dropWords = `MATCH (m:Word) WHERE COUNT { (m)<-[:HAS_WORD]-() } = 0
		CALL (m) { DELETE m } IN TRANSACTIONS OF 10000 ROWS`
)

// strip takes from records all edges that belong to them, with the texts at their ends.
var strip = `UNWIND $ids AS id
	MATCH (n:Record {id: id})-[x:` + ownPattern + `]->(m)
	DELETE x
	WITH m WHERE m:Name OR m:Identifier
	DELETE m`

// deriveAnew makes all anew that is derived from the bodies of records, some in each transaction: the graph is whole
// between any two of them.
func (s *Store) deriveAnew(ctx context.Context, all int, log *slog.Logger) error {
	session, end, err := s.session(ctx, neo4j.AccessModeWrite, neo4j.FetchAll)
	if err != nil {
		return s.wrap(ctx, err)
	}
	defer end()
	told := time.Now()
	for done, last := 0, ""; ; {
		ids, err := neo4j.ExecuteWrite(ctx, session, func(begun neo4j.ManagedTransaction) ([]string, error) {
			return (&tx{runner: begun, onQuery: s.onQuery}).deriveBehind(ctx, last)
		}, neo4j.WithTxTimeout(writeTime))
		if err != nil {
			return s.wrap(ctx, err)
		}
		if len(ids) == 0 {
			break
		}
		last = ids[len(ids)-1]
		if done += len(ids); log != nil && time.Since(told) > 5*time.Second {
			told = time.Now()
			log.Info("bringing the graph up to date", "records", done, "of", all)
		}
	}
	s.onQuery(dropWords)
	result, err := session.Run(ctx, dropWords, nil)
	if err == nil {
		_, err = result.Consume(ctx)
	}
	return s.wrap(ctx, err)
}

// deriveBehind takes away what is derived from the records behind an id, and makes it anew. It gives their ids.
func (t *tx) deriveBehind(ctx context.Context, after string) ([]string, error) {
	rows, err := t.query(ctx, readBehind, map[string]any{"after": after, "limit": someRecords})
	if err != nil {
		return nil, err
	}
	var c changeset
	var ids []string
	for _, row := range rows {
		id := row.Values[0].(string)
		r, err := decode(row.Values[1])
		if err != nil || r == nil {
			return nil, kg.Errorf(kg.Internal, "record %s cannot be read", id)
		}
		ids = append(ids, id)
		if err := c.add(kg.Change{New: r}); err != nil {
			return nil, err
		}
		c.nodes[len(c.nodes)-1].(map[string]any)["unlabel"] = without(allLabels, labelsOf(r))
		if r, ok := r.(*kg.Relationship); ok {
			c.undraw(nativeOf(r))
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	for _, step := range []struct {
		cypher string
		params map[string]any
	}{{strip, map[string]any{"ids": ids}}, {respell, map[string]any{"list": c.words.list()}}} {
		if _, err := t.query(ctx, step.cypher, step.params); err != nil {
			return nil, err
		}
	}
	if err := t.takeAway(ctx, &c); err != nil {
		return nil, err
	}
	return ids, t.put(ctx, &c)
}

// allLabels are those that a record can have, beside the one that all have.
var allLabels = slices.AppendSeq(slices.Collect(maps.Values(classLabels)), maps.Values(typeLabels))
