package neo4jstore

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

//go:embed migrations/*.cypher
var migrations embed.FS

// migration is one step of the schema.
type migration struct {
	statements []string
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
		list = append(list, migration{split(string(text)), hex.EncodeToString(sum[:])})
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
func (s *Store) migrate(ctx context.Context) (fresh bool, err error) {
	steps, err := loadMigrations()
	if err != nil {
		return false, err
	}
	rows, err := s.collect(ctx, `OPTIONAL MATCH (m:_Migration) WITH m ORDER BY m.version
		WITH collect([m.version, m.checksum]) AS steps
		CALL () { MATCH (n) RETURN count(n) AS nodes }
		CALL () { MATCH (n:Record) RETURN count(n) AS records }
		RETURN steps, nodes, records`, nil)
	if err != nil {
		return false, s.wrap(ctx, err)
	}
	done, nodes, records := rows[0].Values[0].([]any), rows[0].Values[1].(int64), rows[0].Values[2].(int64)
	done = slices.DeleteFunc(done, func(step any) bool { return step.([]any)[0] == nil })
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
	for i := len(done); i < len(steps); i++ {
		if err := s.step(ctx, i+1, steps[i]); err != nil {
			return false, fmt.Errorf("step %d of the schema: %w", i+1, err)
		}
	}
	return records == 0, nil
}

// step makes one step of the schema. Neo4j does not change schema and data in one transaction, so the number of the
// step comes behind it; every statement can be made again after a failure in between.
func (s *Store) step(ctx context.Context, version int, m migration) error {
	session, end, err := s.session(ctx, neo4j.AccessModeWrite, neo4j.FetchAll)
	if err != nil {
		return err
	}
	defer end()
	schema := func(tx neo4j.ManagedTransaction) (any, error) {
		for _, statement := range m.statements {
			s.onQuery(statement)
			if _, err := tx.Run(ctx, statement, nil); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}
	record := func(tx neo4j.ManagedTransaction) (any, error) {
		for _, statement := range []string{
			"CALL db.awaitIndexes(60)",
			"MERGE (m:_Migration {version: $version}) ON CREATE SET m.checksum = $checksum",
		} {
			s.onQuery(statement)
			result, err := tx.Run(ctx, statement, map[string]any{"version": version, "checksum": m.checksum})
			if err != nil {
				return nil, err
			}
			if _, err := result.Consume(ctx); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}
	for _, work := range []neo4j.ManagedTransactionWork{schema, record} {
		if _, err := session.ExecuteWrite(ctx, work, neo4j.WithTxTimeout(2*time.Minute)); err != nil {
			return s.wrap(ctx, err)
		}
	}
	return nil
}
