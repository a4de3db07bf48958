package neo4jstore

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

//go:embed migrations/*.cypher
var migrations embed.FS

// derives marks, as a line of its own, a step behind which all that is derived from records must be derived anew.
const derives = "\n// +derive\n"

// migration is one step of the schema.
type migration struct {
	statements []string
	derive     bool
	checksum   string
}

func loadMigrations() ([]migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.cypher")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var list []migration
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(text)
		list = append(list, migration{split(string(text)), strings.Contains(string(text), derives), hex.EncodeToString(sum[:])})
	}
	return list, nil
}

// split gives the statements of a file without its comments.
func split(text string) []string {
	var statements []string
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "//") {
			continue
		}
		body, end := strings.CutSuffix(line, ";")
		b.WriteString(body + "\n")
		if end {
			statements = append(statements, strings.TrimSpace(b.String()))
			b.Reset()
		}
	}
	return statements
}

// migrate brings the schema up to date and tells whether there is no record.
func (s *Store) migrate(ctx context.Context, o Options) (fresh bool, err error) {
	steps, err := loadMigrations()
	if err != nil {
		return false, err
	}
	rows, err := s.collect(ctx, `OPTIONAL MATCH (m:_Migration) WITH m ORDER BY m.version
		WITH collect([m.version, m.checksum]) AS steps
		CALL () { MATCH (n) RETURN count(n) AS nodes }
		CALL () { MATCH (n:Record) RETURN count(n) AS records }
		CALL () { MATCH (l:_Load) RETURN collect(coalesce(l.schema, '')) AS loads }
		RETURN steps, nodes, records, loads`, nil)
	if err != nil {
		return false, s.wrap(ctx, err)
	}
	done, nodes, records := rows[0].Values[0].([]any), rows[0].Values[1].(int64), rows[0].Values[2].(int64)
	done = slices.DeleteFunc(done, func(step any) bool { return step.([]any)[0] == nil })
	loads := rows[0].Values[3].([]any)
	if len(done) == 0 && len(loads) > 0 && loads[0] != "" {
		return records == 0, s.wrap(ctx, s.adopt(ctx, loads[0].(string), steps, int(records), o.Log))
	}
	switch {
	case len(done) > len(steps):
		return false, fmt.Errorf("the database was written by a newer Dramatis (schema %d, this one knows %d)", len(done), len(steps))
	case len(done) == 0 && nodes > 0:
		return false, errors.New("the database holds data of another program: give Dramatis a database of its own")
	}
	for i, step := range done {
		if step.([]any)[1] != steps[i].checksum {
			return false, fmt.Errorf("the database was made with another step %d of the schema: it belongs to another Dramatis", i+1)
		}
	}
	if len(loads) > 0 && !o.Unfinished {
		return false, errors.New("an import into it was not finished: import the files again, all of them")
	}
	if len(done) == len(steps) {
		return records == 0, nil
	}
	if err := s.steps(ctx, len(done), steps, int(records), o.Log); err != nil {
		return false, fmt.Errorf("schema %d: %w", len(steps), err)
	}
	return records == 0, nil
}

// emptySpellings: a CSV file cannot tell an empty text from none, and some words have no spellings.
const emptySpellings = "MATCH (w:Word) WHERE w.spellings IS NULL CALL (w) { SET w.spellings = '' } IN TRANSACTIONS OF 10000 ROWS"

// adopt makes a graph of what Neo4j's importer read from files (WriteFiles): the indexes are missing and, if the files were written
// with another schema, what is derived.
func (s *Store) adopt(ctx context.Context, schema string, steps []migration, records int, log *slog.Logger) error {
	log.Info("making the indexes of a database filled by neo4j-admin", "records", records)
	for _, step := range steps {
		for _, statement := range step.statements {
			if err := s.exec(ctx, statement, nil); err != nil {
				return err
			}
		}
	}
	if err := s.exec(ctx, "CALL db.awaitIndexes(86400)", nil); err != nil {
		return err
	}
	if err := s.exec(ctx, emptySpellings, nil); err != nil {
		return err
	}
	if schema != steps[len(steps)-1].checksum && records > 0 {
		if err := s.deriveAnew(ctx, records, log); err != nil {
			return err
		}
	}
	if err := s.number(ctx, 0, steps); err != nil {
		return err
	}
	return s.exec(ctx, endLoad, nil)
}

// number writes that the steps from one on are done.
func (s *Store) number(ctx context.Context, from int, steps []migration) error {
	var numbers []any
	for i, step := range steps[from:] {
		numbers = append(numbers, map[string]any{"version": from + i + 1, "checksum": step.checksum})
	}
	return s.run(ctx, map[string]any{"steps": numbers},
		"UNWIND $steps AS step MERGE (m:_Migration {version: step.version}) ON CREATE SET m.checksum = step.checksum")
}

// steps makes the steps of the schema behind those that are done. Neo4j does not change schema and data in one
// transaction, so the numbers of the steps come last; all of it can be done again after a failure in between.
func (s *Store) steps(ctx context.Context, done int, steps []migration, records int, log *slog.Logger) error {
	derive := false
	var statements []string
	for _, step := range steps[done:] {
		statements = append(statements, step.statements...)
		derive = derive || step.derive
	}
	if err := s.run(ctx, nil, statements...); err != nil {
		return err
	}
	if err := s.run(ctx, nil, "CALL db.awaitIndexes(60)"); err != nil {
		return err
	}
	if derive && records > 0 {
		if err := s.deriveAnew(ctx, records, log); err != nil {
			return err
		}
	}
	return s.number(ctx, done, steps)
}

// run sends statements in one transaction.
func (s *Store) run(ctx context.Context, params map[string]any, statements ...string) error {
	session, end, err := s.session(ctx, neo4j.AccessModeWrite, neo4j.FetchAll)
	if err != nil {
		return s.wrap(ctx, err)
	}
	defer end()
	_, err = session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		for _, statement := range statements {
			s.onQuery(statement)
			result, err := tx.Run(ctx, statement, params)
			if err != nil {
				return nil, err
			}
			if _, err := result.Consume(ctx); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}, neo4j.WithTxTimeout(2*time.Minute))
	return s.wrap(ctx, err)
}
