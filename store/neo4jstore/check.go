package neo4jstore

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"dramatis/kg"
)

// mostProblems is how many problems Check tells of.
const mostProblems = 100

// Check compares all that is derived from records with the records.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	c := &check{have: map[string]int{}, words: map[string]bool{}}
	if err := s.stream(ctx, allRecords, checkTime, c.record); err != nil {
		return nil, err
	}
	c.have["Word"] = len(c.words)
	if err := s.stream(ctx, allWords, checkTime, c.word); err != nil {
		return nil, err
	}
	if err := s.stream(ctx, totals, checkTime, c.total); err != nil {
		return nil, err
	}
	return c.problems, nil
}

// allRecords reads every record with the edges that belong to it and, of a relationship, those drawn for it: with both ends
// at hand, Neo4j looks from the one that has fewer, or a hub would be gone through once for each of its relationships.
var allRecords = `MATCH (n:Record)
	OPTIONAL MATCH (a:Record {id: n.from})
	OPTIONAL MATCH (b:Record {id: n.to})
	RETURN n.id, labels(n), properties(n),
		[(n)-[x:` + ownPattern + `]->(m) | [type(x), coalesce(x.key, m.key), coalesce(x.sortKey, m.sortKey),
			CASE WHEN m:Record THEN m.id WHEN m:Word THEN m.key ELSE labels(m)[0] END]],
		CASE WHEN n:Relationship THEN COLLECT {
			MATCH (a)-[x:` + nativePattern + `]->(b) WHERE x.id = n.id
			RETURN [type(x), properties(x)]
		} ELSE [] END`

// allWords reads every word.
const allWords = "MATCH (w:Word) RETURN w.key, properties(w)"

// totals counts everything, so that nothing is there beyond what the records make.
var totals = makeTotals()

func makeTotals() string {
	labels := []string{"Name", "Identifier", "Word"}
	labels = slices.AppendSeq(labels, maps.Values(classLabels))
	labels = slices.AppendSeq(labels, maps.Values(typeLabels))
	slices.Sort(labels)
	var parts []string
	for _, l := range labels {
		parts = append(parts, fmt.Sprintf("MATCH (n:%[1]s) WITH count(n) AS n RETURN '%[1]s' AS what, n", l))
	}
	for _, t := range slices.Concat(ownTypes, nativeTypes) {
		parts = append(parts, fmt.Sprintf("MATCH ()-[x:%[1]s]->() WITH count(x) AS n RETURN '%[1]s' AS what, n", t))
	}
	return strings.Join(parts, " UNION ALL ")
}

// check is a check under way.
type check struct {
	problems []string
	have     map[string]int  // how many nodes and edges the records make, by label and type
	words    map[string]bool // those that the records make
}

func (c *check) report(format string, args ...any) {
	if len(c.problems) < mostProblems {
		c.problems = append(c.problems, fmt.Sprintf(format, args...))
	}
}

// record checks one row of allRecords.
func (c *check) record(row []any) error {
	id, properties := row[0], row[2].(map[string]any)
	r, err := decode(properties["body"])
	if err != nil || r == nil || string(r.GetID()) != id {
		c.report("record %v cannot be read", id)
		return nil
	}
	if err := c.properties(r, properties); err != nil {
		return err
	}
	labels := labelsOf(r)
	for _, l := range labels[1:] {
		c.have[l]++
	}
	var links, drawn []string
	for _, l := range linksOf(r) {
		end := l.key
		if l.text != "" {
			end = l.text
			c.have[l.text]++
		}
		if l.shared != "" {
			c.words[l.key] = true
		}
		c.have[l.edge]++
		links = append(links, fmt.Sprint([]any{l.edge, l.key, l.sort, end}))
	}
	if r, ok := r.(*kg.Relationship); ok {
		n := nativeOf(r)
		c.have[n.typ]++
		drawn = append(drawn, fmt.Sprint([]any{n.typ, n.properties()}))
	}
	c.compare(r, "label", labels, row[1].([]any))
	c.compare(r, "edge", links, row[3].([]any))
	c.compare(r, "edge between its ends", drawn, row[4].([]any))
	return nil
}

// word checks one row of allWords.
func (c *check) word(row []any) error {
	key, _ := row[0].(string)
	if !c.words[key] {
		c.report("word %q is in no name", key)
		return nil
	}
	if want := map[string]any{"key": key, "spellings": spellings(key)}; !reflect.DeepEqual(want, row[1]) {
		c.report("word %q: its spellings are %v, not %q", key, row[1].(map[string]any)["spellings"], want["spellings"])
	}
	return nil
}

// properties compares those of a record's node with those that it would be given.
func (c *check) properties(r kg.Record, have map[string]any) error {
	want, err := propertiesOf(r)
	if err != nil {
		return err
	}
	names := slices.AppendSeq(slices.Collect(maps.Keys(want)), maps.Keys(have))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if !same(want[name], have[name]) {
			c.report("record %s: property %s is not what its body says", r.GetID(), name)
		}
	}
	return nil
}

// same compares a property as it is made with one as it is read.
func same(want, have any) bool {
	if list, ok := want.([]string); ok {
		values := make([]any, len(list))
		for i, v := range list {
			values[i] = v
		}
		return reflect.DeepEqual(any(values), have)
	}
	return want == have
}

// compare compares two sets.
func (c *check) compare(r kg.Record, what string, want []string, have []any) {
	there := make([]string, len(have))
	for i, h := range have {
		there[i] = fmt.Sprint(h)
	}
	slices.Sort(want)
	slices.Sort(there)
	if !slices.Equal(want, there) {
		c.report("record %s: %s is %q, not %q", r.GetID(), what, there, want)
	}
}

// total checks one row of totals.
func (c *check) total(row []any) error {
	what, n := row[0].(string), int(row[1].(int64))
	if n != c.have[what] {
		c.report("there are %d of %s, but the records make %d", n, what, c.have[what])
	}
	return nil
}
