package neo4jstore

import (
	"context"
	"errors"
	"iter"
	"regexp"
	"slices"
	"time"

	"dramatis/kg"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

const (
	// someNodes is how many records are written in one transaction of a load.
	someNodes = 2_000
	// loadTime is how long Neo4j may work on what a load has it do at once: reading all records, making an index.
	loadTime = 24 * time.Hour
)

// manyNodes is from how many records on it is worth while to make the indexes in the end.
var manyNodes = 20_000

const (
	// A load is marked as long as it is under way, so that what one that ended early left is taken for no graph.
	markLoad  = "MERGE (:_Load {key: 'load'})"
	endLoad   = "MATCH (l:_Load) DELETE l"
	loadState = `RETURN EXISTS { MATCH (:Record) } AS records, EXISTS { MATCH (:_Load) } AS unfinished`
	// A hub has more edges than one transaction should delete, so they go first.
	wipeEdges = "MATCH (:Record)-[x]->() CALL (x) { DELETE x } IN TRANSACTIONS OF 10000 ROWS"
	wipeNodes = "MATCH (n:Record|Word|Name|Identifier) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS"

	createNodes = `UNWIND $nodes AS r
		CREATE (n:$(r.label))
		SET n = r.properties`
	thereAre = "UNWIND $ids AS id MATCH (n:Record {id: id}) RETURN n.id"
	bodies   = "MATCH (n:Record) RETURN n.body"
)

// Load fills an empty graph in transactions of some records each: first all nodes of records, so that edges can be drawn
// whatever their order, then what leads from them. What was written before an error is taken away again. Where that cannot be, since ctx has
// ended or Neo4j has gone, it is marked, and another Load begins by taking it away.
func (s *Store) Load(ctx context.Context, at time.Time, records iter.Seq2[kg.Record, error]) (*kg.Loaded, error) {
	rows, err := s.collect(ctx, loadState, nil)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	some, unfinished := rows[0].Values[0].(bool), rows[0].Values[1].(bool)
	if some && !unfinished {
		return kg.LoadBatches(ctx, s, at, records)
	}
	l := &load{store: s, rules: kg.NewLoading(at), records: records, again: unfinished, bare: unfinished}
	for _, step := range []func(context.Context) error{l.begin, l.writeNodes, l.writeLinks, l.end} {
		if err := step(ctx); err != nil {
			var input *inputError
			if errors.As(err, &input) {
				err = input.error
			} else {
				err = s.wrap(ctx, err)
			}
			if ctx.Err() == nil {
				l.again = true
				if left := errors.Join(l.begin(ctx), l.end(ctx)); left != nil {
					err = errors.Join(err, left)
				}
			}
			return nil, err
		}
	}
	return &kg.Loaded{Created: l.n}, nil
}

// load is a load under way.
type load struct {
	store   *Store
	rules   *kg.Loading
	records iter.Seq2[kg.Record, error]
	n       int
	written int  // of their nodes
	again   bool // another left what is there
	dropped bool // the indexes
	bare    bool // indexes may be missing
}

// inputError is an error of the records that are given.
type inputError struct{ error }

// exec sends a statement that is a transaction, or several, by itself, and may take long.
func (s *Store) exec(ctx context.Context, cypher string, params map[string]any) error {
	session, end, err := s.session(ctx, neo4j.AccessModeWrite, neo4j.FetchAll)
	if err != nil {
		return err
	}
	defer end()
	s.onQuery(cypher)
	result, err := session.Run(ctx, cypher, params, neo4j.WithTxTimeout(loadTime))
	if err != nil {
		return err
	}
	_, err = result.Consume(ctx)
	return err
}

// begin marks the load, or takes away what one before it left.
func (l *load) begin(ctx context.Context) error {
	if !l.again {
		return l.store.exec(ctx, markLoad, nil)
	}
	for _, cypher := range []string{wipeEdges, wipeNodes} {
		if err := l.store.exec(ctx, cypher, nil); err != nil {
			return err
		}
	}
	return nil
}

// dropIndexes takes away the indexes that are no constraint's: to make them in the end is much quicker than to keep them.
// Their names come from the migrations: SHOW INDEXES can fail (5.26.25: "Invalid progress specified") while one is made.
func (l *load) dropIndexes(ctx context.Context) error {
	l.dropped, l.bare = true, true
	statements, err := schema()
	if err != nil {
		return err
	}
	var drops []string
	for _, statement := range statements {
		if name := indexName.FindStringSubmatch(statement); name != nil {
			drops = append(drops, "DROP INDEX "+name[1]+" IF EXISTS")
		}
	}
	return l.store.run(ctx, nil, drops...)
}

var indexName = regexp.MustCompile(`^CREATE (?:FULLTEXT )?INDEX (\w+) `)

// schema gives the statements of all migrations.
func schema() ([]string, error) {
	steps, err := loadMigrations()
	if err != nil {
		return nil, err
	}
	var statements []string
	for _, step := range steps {
		statements = append(statements, step.statements...)
	}
	return statements, nil
}

// end makes the indexes that are missing, and takes the mark away.
func (l *load) end(ctx context.Context) error {
	if l.bare {
		if err := l.makeIndexes(ctx); err != nil {
			return err
		}
	}
	return l.store.exec(ctx, endLoad, nil)
}

func (l *load) makeIndexes(ctx context.Context) error {
	statements, err := schema()
	if err != nil {
		return err
	}
	if err := l.store.run(ctx, nil, statements...); err != nil {
		return err
	}
	return l.store.exec(ctx, "CALL db.awaitIndexes(86400)", nil)
}

// writeNodes reads and checks all records, and writes their nodes while the next are read.
func (l *load) writeNodes(ctx context.Context) error {
	return beside(ctx, func(ctx context.Context, send func([]any) error) error {
		var nodes []any
		for r, err := range l.records {
			if err != nil {
				return &inputError{err}
			}
			if err := l.rules.Add(r); err != nil {
				return err
			}
			properties, err := propertiesOf(r)
			if err != nil {
				return err
			}
			nodes = append(nodes, map[string]any{"label": labelsOf(r), "properties": properties})
			if l.n++; len(nodes) == someNodes {
				if err := send(nodes); err != nil {
					return err
				}
				nodes = nil
			}
		}
		if err := l.rules.End(); err != nil {
			return err
		}
		return send(nodes)
	}, l.createNodes)
}

func (l *load) createNodes(ctx context.Context, nodes []any) error {
	if l.written += len(nodes); l.written >= manyNodes && !l.dropped {
		if err := l.dropIndexes(ctx); err != nil {
			return err
		}
	}
	err := l.store.exec(ctx, createNodes, map[string]any{"nodes": nodes})
	if codeOf(err) != "Neo.ClientError.Schema.ConstraintValidationFailed" {
		return err
	}
	// an id stands twice, here or here and before
	var ids []string
	seen, twice := map[string]bool{}, map[string]bool{}
	for _, n := range nodes {
		id := n.(map[string]any)["properties"].(map[string]any)["id"].(string)
		if seen[id] {
			twice[id] = true
		}
		seen[id] = true
		ids = append(ids, id)
	}
	rows, err := l.store.collect(ctx, thereAre, map[string]any{"ids": ids})
	if err != nil {
		return err
	}
	for _, row := range rows {
		twice[row.Values[0].(string)] = true
	}
	var list []kg.ID
	for id := range twice {
		list = append(list, kg.ID(id))
	}
	slices.Sort(list)
	return kg.Twice(list)
}

// writeLinks reads all records from their nodes, and writes what leads from these.
func (l *load) writeLinks(ctx context.Context) error {
	return beside(ctx, func(ctx context.Context, send func(*changeset) error) error {
		c, n := new(changeset), 0
		err := l.store.stream(ctx, bodies, loadTime, func(values []any) error {
			r, err := decode(values[0])
			if err != nil || r == nil {
				return kg.Errorf(kg.Internal, "a record cannot be read")
			}
			is := stateOf(r)
			c.relink(is.id, nil, is.links)
			c.redraw(native{}, is.drawn)
			if n++; n%someNodes != 0 {
				return nil
			}
			full := c
			c = new(changeset)
			return send(full)
		})
		if err != nil {
			return err
		}
		return send(c)
	}, func(ctx context.Context, c *changeset) error {
		session, end, err := l.store.session(ctx, neo4j.AccessModeWrite, neo4j.FetchAll)
		if err != nil {
			return err
		}
		defer end()
		return (&tx{runner: autoCommit{session}, onQuery: l.store.onQuery}).put(ctx, c)
	})
}

// autoCommit runs each statement as a transaction of its own.
type autoCommit struct{ neo4j.SessionWithContext }

func (a autoCommit) Run(ctx context.Context, cypher string, params map[string]any) (neo4j.ResultWithContext, error) {
	return a.SessionWithContext.Run(ctx, cypher, params, neo4j.WithTxTimeout(writeTime))
}

// beside has made what is written next while write writes. The first error ends both.
func beside[T any](ctx context.Context, prepare func(ctx context.Context, send func(T) error) error, write func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	made := make(chan T, 2)
	go func() {
		defer close(made)
		err := prepare(ctx, func(v T) error {
			select {
			case made <- v:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		})
		if err != nil {
			cancel(err)
		}
	}()
	for v := range made {
		if err := write(ctx, v); err != nil {
			cancel(err)
		}
	}
	return context.Cause(ctx)
}
