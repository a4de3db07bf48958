package sqlitestore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dramatis/kg"
)

// Count reads the tallies.
func (s *Store) Count(ctx context.Context, keys []kg.Key) ([]int, error) {
	counts, err := count(ctx, s.query, keys)
	return counts, s.wrap(ctx, err)
}

func count(ctx context.Context, query queryFunc, keys []kg.Key) ([]int, error) {
	texts := make([]string, len(keys))
	for i, k := range keys {
		if !k.Facet.Info().Counted {
			return nil, kg.Errorf(kg.Internal, "facet %s is not counted", k.Facet.Info().Name)
		}
		texts[i] = keyText(k)
	}
	counts := make([]int, len(keys))
	rows, err := query(ctx, "SELECT i.key, t.n FROM json_each(?) i CROSS JOIN tally t ON t.key = i.value", jsonOf(texts))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var i, n int
		if err := rows.Scan(&i, &n); err != nil {
			return nil, err
		}
		counts[i] = n
	}
	return counts, rows.Err()
}

// degrees adds up the tallies that make the degrees of entities, each as often as ?1 says. '>' comes behind '=', the end of a
// facet's name in a key.
const degrees = `SELECT substr(t.key, length(f.key) + 2) AS entity, sum(t.n * f.value) AS n
	FROM json_each(?1) f CROSS JOIN tally t ON t.key >= f.key || '=' AND t.key < f.key || '>'
	WHERE length(t.key) = length(f.key) + 31 GROUP BY entity`

// degreeParts are the names of the facets that make degrees, and how often each counts.
func degreeParts(more ...string) string {
	parts := slices.Clone(more)
	for _, info := range kg.Facets {
		if info.Degree != 0 {
			parts = append(parts, fmt.Sprintf("%q: %d", info.Name, info.Degree))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// topQuery adds up the tallies of facets by value. '>' comes behind '=', the end of a facet's name in a key.
const topQuery = `SELECT substr(t.key, length(f.value) + 2) AS v, sum(t.n) AS total
	FROM json_each(?) f CROSS JOIN tally t ON t.key >= f.value || '=' AND t.key < f.value || '>'
	GROUP BY v ORDER BY total DESC, v LIMIT ?`

// Top adds up the tallies.
func (s *Store) Top(ctx context.Context, facets []kg.Facet, limit int) ([]kg.Tally, error) {
	names := make([]string, len(facets))
	for i, f := range facets {
		info := f.Info()
		if !info.Counted || !info.Reference {
			return nil, kg.Errorf(kg.Internal, "facet %s is no reference that is counted", info.Name)
		}
		names[i] = info.Name
	}
	rows, err := s.query(ctx, topQuery, jsonOf(names), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var top []kg.Tally
	for rows.Next() {
		var t kg.Tally
		if err := rows.Scan(&t.Value, &t.Count); err != nil {
			return nil, s.wrap(ctx, err)
		}
		top = append(top, t)
	}
	return top, s.wrap(ctx, rows.Err())
}
