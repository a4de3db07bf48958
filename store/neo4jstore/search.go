package neo4jstore

import (
	"context"
	"slices"
	"strings"

	"dramatis/kg"
)

// mostClauses is how many terms one full-text query may have: Lucene refuses more than 1,024.
const mostClauses = 1000

// wordsCypher reads the words under spellings, and those that begin with a prefix. '~' comes behind all characters of a word.
const wordsCypher = `UNWIND $queries AS query
	CALL db.index.fulltext.queryNodes('spelling', query) YIELD node
	WITH DISTINCT node.key AS word ORDER BY word LIMIT $limit
	RETURN false AS begins, collect(word) AS words
	UNION ALL
	MATCH (w:Word) USING INDEX SEEK w:Word(key) WHERE w.key >= $prefix AND w.key < $behind
	WITH w.key AS word ORDER BY word LIMIT $limit
	RETURN true AS begins, collect(word) AS words`

// Words reads both kinds of words in one query.
func (s *Store) Words(ctx context.Context, spellings []string, prefix string) (near, begin []string, err error) {
	rows, err := s.collect(ctx, wordsCypher, wordsParams(spellings, prefix))
	if err != nil {
		return nil, nil, s.wrap(ctx, err)
	}
	for _, row := range rows {
		into := &near
		if row.Values[0].(bool) {
			into = &begin
		}
		for _, word := range row.Values[1].([]any) {
			*into = append(*into, word.(string))
		}
	}
	return near, begin, nil
}

func wordsParams(spellings []string, prefix string) map[string]any {
	queries := []string{}
	possible := slices.DeleteFunc(slices.Clone(spellings), func(s string) bool { return !kg.IsTerm(s) })
	for part := range slices.Chunk(possible, mostClauses) {
		queries = append(queries, `"`+strings.Join(part, `" OR "`)+`"`)
	}
	behind := ""
	if prefix != "" {
		behind = prefix + "~"
	}
	return map[string]any{"queries": queries, "prefix": prefix, "behind": behind, "limit": kg.WordLimit}
}

// Texts reads in one query which records have the terms and, unless they are too many, those that are wanted.
func (s *Store) Texts(ctx context.Context, q kg.TextQuery) (*kg.Texts, error) {
	found := &kg.Texts{}
	match, ok := q.Match()
	if !ok {
		return found, nil
	}
	cypher, params := textsCypher(q, match)
	rows, err := s.collect(ctx, cypher, params)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	found.TooMany = rows[0].Values[0].(bool)
	for _, body := range rows[0].Values[1].([]any) {
		r, err := decode(body)
		if err != nil {
			return nil, s.wrap(ctx, err)
		}
		found.Records = append(found.Records, r)
	}
	return found, nil
}

// textsCypher makes the query: all that match, one more than may be read, and of these the ones that are wanted. Lucene
// gives them in an order of its own.
func textsCypher(q kg.TextQuery, match string) (string, map[string]any) {
	params := map[string]any{"match": match, "read": kg.ReadLimit, "options": map[string]any{"limit": kg.ReadLimit + 1}, "after": q.After, "limit": q.Limit}
	return `CALL db.index.fulltext.queryNodes('text', $match, $options) YIELD node
	WITH collect(node) AS hits
	CALL (hits) {
		UNWIND CASE WHEN size(hits) > $read THEN [] ELSE hits END AS n
		WITH n` + tests(kg.Query{Days: q.Days}, params) + `
		WITH n, n.sortKey AS sort WHERE sort > $after
		WITH n, sort ORDER BY sort LIMIT $limit
		RETURN collect(n.body) AS bodies
	}
	RETURN size(hits) > $read, bodies`, params
}
