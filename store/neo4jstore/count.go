package neo4jstore

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dramatis/kg"
)

// Count reads, for all keys in one query, what Neo4j has counted already: how many nodes have a label, how many edges
// a type, and how many edges of a type a node has. Only self-loops are looked up one by one.
func (s *Store) Count(ctx context.Context, keys []kg.Key) ([]int, error) {
	counts, err := count(ctx, s.collect, keys)
	return counts, s.wrap(ctx, err)
}

func count(ctx context.Context, query queryFunc, keys []kg.Key) ([]int, error) {
	counts := make([]int, len(keys))
	c := counting{facets: map[string]kg.Facet{}, values: map[string]map[string]bool{}}
	for _, k := range keys {
		if !k.Facet.Info().Counted {
			return nil, kg.Errorf(kg.Internal, "facet %s is not counted", k.Facet.Info().Name)
		}
		c.add(k)
	}
	if len(keys) == 0 {
		return counts, nil
	}
	cypher, params := c.cypher()
	rows, err := query(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	found := make(map[string]int, len(keys))
	for _, row := range rows {
		facet, ns := row.Values[0].(string), row.Values[2].([]any)
		for i, value := range row.Values[1].([]any) {
			found[facet+"="+value.(string)] = int(ns[i].(int64))
		}
	}
	for i, k := range keys {
		counts[i] = found[k.Facet.Info().Name+"="+k.Value]
	}
	return counts, nil
}

// counting is a query for counts: one branch for each facet, whose text depends on the values only where all are of one
// type.
type counting struct {
	facets map[string]kg.Facet        // by name
	values map[string]map[string]bool // by the facet's name
}

func (c *counting) add(k kg.Key) {
	name := k.Facet.Info().Name
	if c.values[name] == nil {
		c.values[name] = map[string]bool{}
		c.facets[name] = k.Facet
	}
	c.values[name][k.Value] = true
}

func (c *counting) cypher() (string, map[string]any) {
	params := map[string]any{}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(c.facets)) {
		values := slices.Sorted(maps.Keys(c.values[name]))
		params[name] = values
		parts = append(parts, branch(c.facets[name], values))
	}
	return strings.Join(parts, " UNION ALL "), params
}

// branch counts the keys of one facet: rows of its name, of values and of their numbers. One row for all values, where
// they are looked up: rows are dear.
func branch(f kg.Facet, values []string) string {
	name := f.Info().Name
	result := " AS n RETURN '" + name + "' AS facet, collect(v) AS values, collect(n) AS numbers"
	node := "UNWIND $" + name + " AS v MATCH (e:Record {id: left(v, 30)}) WITH v, "
	switch f {
	case kg.All:
		return labelCounts(name, classLabels)
	case kg.EntityTypeFacet:
		return labelCounts(name, typeLabels)
	case kg.RelationshipTypeFacet:
		var parts []string
		for _, t := range nativeTypes {
			parts = append(parts, fmt.Sprintf("MATCH ()-[x:%s]->() WITH count(x) AS n RETURN '%s' AS facet, ['%s'] AS values, [n] AS numbers", t, name, t))
		}
		return strings.Join(parts, " UNION ALL ")
	case kg.RelationshipFromType:
		return node + degreeOfType("(e)-[:%s]->()", values) + result
	case kg.RelationshipToType:
		return node + degreeOfType("(e)<-[:%s]-()", values) + result
	case kg.RelationshipLoop:
		return "UNWIND $" + name + " AS v CALL (v) { MATCH (h:Relationship) USING INDEX SEEK h:Relationship(pair, sortKey)" +
			" WHERE h.pair = left(v, 30) + '/' + left(v, 30) AND h.sortKey > '' AND (size(v) = 30 OR h.type = substring(v, 31)) RETURN count(h) AS loops } WITH v, loops" + result
	case kg.EntityWord:
		return "UNWIND $" + name + " AS v MATCH (e:Word {key: v}) WITH v, " + degree(f) + result
	case kg.EntityDegree:
		return node + degrees("(e)-[:%s]-()") + degreesOf(kg.StatementSpeaker, kg.StatementOnBehalfOf, kg.StatementAbout, kg.StatementAudience) + result
	default:
		return node + degree(f) + result
	}
}

// degree counts the edges by which node e is found under a facet.
func degree(f kg.Facet) string {
	switch f {
	case kg.RelationshipFrom:
		return degrees("(e)-[:%s]->()")
	case kg.RelationshipTo:
		return degrees("(e)<-[:%s]-()")
	default:
		return "COUNT { (e)<-[:" + accesses[f].edge + "]-() }"
	}
}

func labelCounts[K ~string](name string, labels map[K]string) string {
	var parts []string
	for _, value := range slices.Sorted(maps.Keys(labels)) {
		parts = append(parts, fmt.Sprintf("MATCH (e:%s) WITH count(e) AS n RETURN '%s' AS facet, ['%s'] AS values, [n] AS numbers", labels[value], name, value))
	}
	return strings.Join(parts, " UNION ALL ")
}

// degrees adds up the edges of all relationships at node e.
func degrees(pattern string) string {
	var parts []string
	for _, t := range nativeTypes {
		parts = append(parts, fmt.Sprintf("COUNT { "+pattern+" }", t))
	}
	return strings.Join(parts, " + ")
}

// degreesOf adds those of the edges by which node e is found under facets.
func degreesOf(facets ...kg.Facet) string {
	var b strings.Builder
	for _, f := range facets {
		b.WriteString(" + " + degree(f))
	}
	return b.String()
}

// degreeOfType counts those of the type in v, behind the id. If it is the same in all values, as in those of a view, it
// stands in the text: to choose between all types takes Neo4j as long again as the look-up.
func degreeOfType(pattern string, values []string) string {
	for _, t := range nativeTypes {
		other := func(v string) bool { return !strings.HasSuffix(v, "/"+string(t)) }
		if !slices.ContainsFunc(values, other) {
			return fmt.Sprintf("COUNT { "+pattern+" }", t)
		}
	}
	var b strings.Builder
	b.WriteString("CASE substring(v, 31)")
	for _, t := range nativeTypes {
		fmt.Fprintf(&b, " WHEN '%s' THEN COUNT { "+pattern+" }", t, t)
	}
	b.WriteString(" ELSE 0 END")
	return b.String()
}

// Top reads the degrees of all records that the facets can refer to.
func (s *Store) Top(ctx context.Context, facets []kg.Facet, limit int) ([]kg.Tally, error) {
	for _, f := range facets {
		if info := f.Info(); !info.Counted || !info.Reference {
			return nil, kg.Errorf(kg.Internal, "facet %s is no reference that is counted", info.Name)
		}
	}
	if len(facets) == 0 {
		return nil, nil
	}
	rows, err := s.collect(ctx, topCypher(facets), map[string]any{"limit": limit})
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	var top []kg.Tally
	for _, row := range rows {
		top = append(top, kg.Tally{Value: row.Values[0].(string), Count: int(row.Values[1].(int64))})
	}
	return top, nil
}

func topCypher(facets []kg.Facet) string {
	sums := map[string][]string{} // by the label of what is referred to
	for _, f := range facets {
		label := classLabels[kg.EntityClass]
		if f == kg.MentionSource {
			label = classLabels[kg.SourceClass]
		}
		sums[label] = append(sums[label], degree(f))
	}
	var parts []string
	for _, label := range slices.Sorted(maps.Keys(sums)) {
		parts = append(parts, "MATCH (e:"+label+") RETURN e, "+strings.Join(sums[label], " + ")+" AS n")
	}
	return "CALL () { " + strings.Join(parts, " UNION ALL ") + " } WITH e, n WHERE n > 0 WITH e.id AS value, n ORDER BY n DESC, value LIMIT $limit RETURN value, n"
}
