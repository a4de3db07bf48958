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
	c := counting{values: map[string]map[string]bool{}, branches: map[string]string{}}
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
	found := make(map[string]int, len(rows))
	for _, row := range rows {
		found[row.Values[0].(string)+"="+row.Values[1].(string)] = int(row.Values[2].(int64))
	}
	for i, k := range keys {
		counts[i] = found[k.Facet.Info().Name+"="+k.Value]
	}
	return counts, nil
}

// counting is a query for counts: one branch for each facet, whose text does not depend on the values.
type counting struct {
	branches map[string]string          // by the facet's name
	values   map[string]map[string]bool // by the facet's name, for those that look at values
}

func (c *counting) add(k kg.Key) {
	name := k.Facet.Info().Name
	if c.values[name] == nil {
		c.values[name] = map[string]bool{}
		c.branches[name] = branch(k.Facet)
	}
	c.values[name][k.Value] = true
}

func (c *counting) cypher() (string, map[string]any) {
	params := map[string]any{}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(c.branches)) {
		params[name] = slices.Sorted(maps.Keys(c.values[name]))
		parts = append(parts, c.branches[name])
	}
	return strings.Join(parts, " UNION ALL "), params
}

// branch counts the keys of one facet: rows of its name, the value and the number.
func branch(f kg.Facet) string {
	name := f.Info().Name
	result := " RETURN '" + name + "' AS facet, v AS value, "
	node := "UNWIND $" + name + " AS v MATCH (e:Record {id: left(v, 30)})" + result
	switch f {
	case kg.All:
		return labelCounts(name, classLabels)
	case kg.EntityTypeFacet:
		return labelCounts(name, typeLabels)
	case kg.RelationshipTypeFacet:
		var parts []string
		for _, t := range nativeTypes {
			parts = append(parts, fmt.Sprintf("MATCH ()-[x:%s]->() WITH count(x) AS n RETURN '%s' AS facet, '%s' AS value, n", t, name, t))
		}
		return strings.Join(parts, " UNION ALL ")
	case kg.RelationshipFromType:
		return node + degreeOfType("(e)-[:%s]->()") + " AS n"
	case kg.RelationshipToType:
		return node + degreeOfType("(e)<-[:%s]-()") + " AS n"
	case kg.RelationshipLoop:
		return "UNWIND $" + name + " AS v CALL (v) { MATCH (h:Relationship) USING INDEX SEEK h:Relationship(pair, sortKey)" +
			" WHERE h.pair = left(v, 30) + '/' + left(v, 30) AND h.sortKey > '' AND (size(v) = 30 OR h.type = substring(v, 31)) RETURN count(h) AS n }" + result + "n"
	case kg.EntityWord:
		return "UNWIND $" + name + " AS v MATCH (e:Word {key: v})" + result + degree(f) + " AS n"
	case kg.EntityDegree:
		return node + degrees("(e)-[:%s]-()") + degreesOf(kg.StatementSpeaker, kg.StatementOnBehalfOf, kg.StatementAbout, kg.StatementAudience) + " AS n"
	default:
		return node + degree(f) + " AS n"
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
		parts = append(parts, fmt.Sprintf("MATCH (e:%s) WITH count(e) AS n RETURN '%s' AS facet, '%s' AS value, n", labels[value], name, value))
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

// degreeOfType counts those of the type in v, behind the id.
func degreeOfType(pattern string) string {
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
