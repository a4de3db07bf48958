package neo4jstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dramatis/kg"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// queryFunc sends a query, within a transaction or outside.
type queryFunc func(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error)

// Get reads records in one query, whatever their number.
func (s *Store) Get(ctx context.Context, ids []kg.ID) ([]kg.Record, error) {
	found, err := get(ctx, s.collect, "UNWIND $ids AS id MATCH (n:Record {id: id}) RETURN n.body", ids)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	records := make([]kg.Record, len(ids))
	for i, id := range ids {
		records[i] = found[id]
	}
	return records, nil
}

// get reads records by a query of the bodies of $ids.
func get(ctx context.Context, query queryFunc, cypher string, ids []kg.ID) (map[kg.ID]kg.Record, error) {
	found := make(map[kg.ID]kg.Record, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := query(ctx, cypher, map[string]any{"ids": texts(ids)})
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		r, err := decode(row.Values[0])
		if err != nil {
			return nil, err
		}
		if r != nil {
			found[r.GetID()] = r
		}
	}
	return found, nil
}

// decode reads the body of a node; null, of one that is no record or was just deleted, gives nil.
func decode(body any) (kg.Record, error) {
	text, ok := body.(string)
	if !ok {
		return nil, nil
	}
	return kg.Decode([]byte(text))
}

func decodeAll(bodies any) ([]kg.Record, error) {
	var records []kg.Record
	for _, body := range bodies.([]any) {
		r, err := decode(body)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}

func texts(ids []kg.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}

// List reads all lists in one query: for each, the stretches of the index under its keys are merged and, where the
// query has tests, tested row by row until enough are found or kg.ReadLimit rows were read.
func (s *Store) List(ctx context.Context, q kg.Query, lists []kg.Drive) ([]kg.Rows, error) {
	if len(lists) == 0 {
		return nil, nil
	}
	cypher, params, err := listCypher(q, lists)
	if err != nil {
		return nil, err
	}
	rows, err := s.collect(ctx, cypher, params)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	out := make([]kg.Rows, len(lists))
	for _, row := range rows {
		at := &out[row.Values[0].(int64)]
		stop, _ := row.Values[2].([]any)
		if err := readRows(at, q, row.Values[1], stop); err != nil {
			return nil, s.wrap(ctx, err)
		}
		if len(row.Values) > 3 {
			if at.Followed, err = decodeAll(row.Values[3]); err != nil {
				return nil, s.wrap(ctx, err)
			}
		}
	}
	return out, nil
}

// readRows reads one list: what was found, and the two rows between which reading stopped if it did.
func readRows(at *kg.Rows, q kg.Query, found any, stop []any) error {
	switch {
	case q.CountOnly:
		at.Count = int(found.(int64))
	case q.Ends:
		at.Ends = q.SortEnds(endsOf(found.([]any)))
	default:
		var err error
		if at.Records, err = decodeAll(found); err != nil {
			return err
		}
		q.Sort(at.Records) // as a set they are the right ones already
	}
	if len(stop) == 2 && (q.CountOnly || q.Prefix || len(at.Records)+len(at.Ends) < q.Limit) {
		first, second := stop[0].(string), stop[1].(string)
		at.Cut = min(first, second)
		if q.Reverse {
			at.Cut = max(first, second)
		}
	}
	return nil
}

// endsOf reads rows of a list of ends: the sort key, and the ends behind it, some perhaps twice.
func endsOf(rows []any) []kg.RecordEnds {
	ends := make([]kg.RecordEnds, len(rows))
	for i, row := range rows {
		texts := row.([]any)
		ends[i].Sort = texts[0].(string)
		for _, text := range texts[1:] {
			if id := kg.ID(text.(string)); !slices.Contains(ends[i].Others, id) {
				ends[i].Others = append(ends[i].Others, id)
			}
		}
	}
	return ends
}

// listCypher makes the query for the shape of the drives. The text holds no value of theirs, and does not depend on
// how many keys of a facet there are, so that Neo4j plans it once.
func listCypher(q kg.Query, lists []kg.Drive) (string, map[string]any, error) {
	facets := facetsOf(lists[0])
	for _, f := range facets {
		if !accesses[f].drives() {
			return "", nil, kg.Errorf(kg.Internal, "facet %s drives no list", f.Info().Name)
		}
	}
	bounds, keys := drives(facets, lists)
	params := map[string]any{"lists": bounds, "keys": keys, "read": q.Limit, "limit": q.Limit}
	stops := q.Filtered() || q.Prefix
	if stops {
		params["read"], params["more"], params["skip"] = kg.ReadLimit, kg.ReadLimit+1, kg.ReadLimit-1
	}
	st := stream{facets: facets, merged: len(lists[0].Keys) > 1, prefix: q.Prefix, give: "n.body"}
	if q.Ends {
		st.give = st.ends()
	}
	if q.Reverse {
		st.direction = " DESC"
	}
	tests := tests(q, params)
	const each = "UNWIND $lists AS d CALL (d) { "
	if !stops && q.Ends {
		return each + st.endsOfKeys() + " RETURN collect(ends) AS found } RETURN d.i, found, null", params, nil
	}
	if !stops {
		follow := follow(q.Follow)
		if follow == "" {
			return each + st.read("$read") + " RETURN collect(n.body) AS found } RETURN d.i, found, null", params, nil
		}
		return each + st.read("$read") + " RETURN collect(n) AS nodes } CALL (nodes) { UNWIND nodes AS n " + follow +
			" RETURN collect(m.body) AS followed } RETURN d.i, [n IN nodes | n.body], null, followed", params, nil
	}
	if q.CountOnly {
		return each + st.read("$read") + tests + " RETURN count(n) AS found } CALL (d) { " + st.stop() + " } RETURN d.i, found, stop", params, nil
	}
	if q.Prefix {
		page := tests + " WITH * ORDER BY " + st.order() + " LIMIT $limit RETURN collect(n.body) AS found }"
		return each + st.read("$read") + page + " CALL (d) { " + st.stop() + " } RETURN d.i, found, stop", params, nil
	}
	if st.merged {
		params["few"] = min(kg.ReadLimit, 8*q.Limit)
		return each + st.mergedPage(tests), params, nil
	}
	page := tests + " WITH * ORDER BY " + st.order() + " LIMIT $limit RETURN collect(" + st.give + ") AS found }"
	return each + st.read("$read") + page + " CALL (d, found) { UNWIND CASE WHEN size(found) < $limit THEN [1] ELSE [] END AS once" +
		" CALL (d) { " + st.stop() + " } RETURN head(collect(stop)) AS stop } RETURN d.i, found, stop", params, nil
}

// follow finds, each once, the nodes m to which node n refers; empty for no facets.
func follow(facets []kg.Facet) string {
	var edges, properties, ways []string
	for _, f := range facets {
		if a := accesses[f]; a.refers() {
			edges = append(edges, a.edge)
		} else {
			properties = append(properties, "n."+a.property)
		}
	}
	if len(edges) > 0 {
		ways = append(ways, "MATCH (n)-[:"+strings.Join(edges, "|")+"]->(m) RETURN m")
	}
	if len(properties) > 0 {
		ways = append(ways, "UNWIND ["+strings.Join(properties, ", ")+"] AS id MATCH (m:Record {id: id}) RETURN m")
	}
	switch {
	case len(ways) == 0:
		return ""
	case len(edges) == 0: // all relationships of a list have one end in common: it is looked up once
		return "UNWIND [" + strings.Join(properties, ", ") + "] AS id WITH DISTINCT id MATCH (m:Record {id: id})"
	}
	return "CALL (n) { " + strings.Join(ways, " UNION ALL ") + " } WITH DISTINCT m"
}

// mergedPage reads a page from several streams. Each of them must be read as far as if it alone filled the page, so a
// short way is tried first. What that finds is dropped, by collecting, unless it fills the page: Neo4j would count it as
// memory of each row that is put in order behind it. UNWIND, for Neo4j would read first and look at a WHERE then.
func (s stream) mergedPage(tests string) string {
	return s.read("$few") + tests + " WITH * ORDER BY " + s.order() + " LIMIT $limit" +
		" WITH collect(" + s.give + ") AS few RETURN collect(CASE WHEN size(few) = $limit THEN few END) AS full }" +
		" CALL (d, full) { UNWIND CASE WHEN full = [] THEN [1] ELSE [] END AS once CALL (d) { " + s.read("$more") +
		" WITH collect(n) AS nodes, collect(sort) AS sorts" +
		" RETURN [n IN [n IN nodes[..$read]" + tests + "][..$limit] | " + s.give + "] AS found, sorts[$skip..$more] AS stop }" +
		" RETURN head(collect([found, stop])) AS many } RETURN d.i, coalesce(full[0], many[0]), many[1]"
}

// facetsOf are the distinct facets of a drive.
func facetsOf(d kg.Drive) []kg.Facet {
	var facets []kg.Facet
	for _, k := range d.Keys {
		if !slices.Contains(facets, k.Facet) {
			facets = append(facets, k.Facet)
		}
	}
	return facets
}

// drives makes the parameters that hold all lists: their bounds; and the values of their keys, by facet. These are not
// beside the bounds, because Neo4j counts them as memory of each row that is read of a list.
func drives(facets []kg.Facet, lists []kg.Drive) (bounds, keys []any) {
	for i, l := range lists {
		before := l.Before
		if before == "" {
			before = "~~" // behind every sort key
		}
		bounds = append(bounds, map[string]any{"i": i, "lo": l.After, "hi": before})
		byFacet := make([][]string, len(facets))
		for _, k := range l.Keys {
			j := slices.Index(facets, k.Facet)
			byFacet[j] = append(byFacet[j], k.Value)
		}
		keys = append(keys, byFacet)
	}
	return bounds, keys
}

// stream is how the rows of list d are read: n, the node of a record, and sort, its sort key, in order.
type stream struct {
	facets         []kg.Facet
	merged, prefix bool
	direction      string
	give           string // what is given of a row of a filtered list
}

// read gives the first rows, up to a number. What comes behind it may be a WHERE.
func (s stream) read(limit string) string {
	text := s.keys(limit)
	if s.prefix {
		text += " WITH DISTINCT n, sort" // a record can have several names of one beginning
	}
	return text
}

// keys reads what read gives; of a prefix, the keys that begin with it, so that a record can come more than once.
func (s stream) keys(limit string) string {
	a := accesses[s.facets[0]]
	switch {
	case s.prefix:
		// all keys that begin with the text: '~' comes behind every character of a folded name
		return a.match(a.key()+" >= $keys[d.i][0][0] AND "+a.key()+" < $keys[d.i][0][0] + '~'") + s.ordered(a, limit)
	case !s.merged:
		return a.match(a.key()+" = $keys[d.i][0][0]") + s.ordered(a, limit)
	}
	branches := make([]string, len(s.facets))
	for j, f := range s.facets {
		a := accesses[f]
		branches[j] = fmt.Sprintf("UNWIND $keys[d.i][%d] AS k CALL (d, k) { %s RETURN n, sort } RETURN n, sort",
			j, a.match(a.key()+" = k")+s.ordered(a, limit))
	}
	return "CALL (d) { " + strings.Join(branches, " UNION ALL ") + " } WITH DISTINCT n, sort ORDER BY " + s.order() + " LIMIT " + limit
}

// endsOfKeys gives the ends of the first rows under each key by itself, so that Neo4j sorts nothing: what is the same under two
// is put together behind.
func (s stream) endsOfKeys() string {
	branches := make([]string, len(s.facets))
	for j, f := range s.facets {
		a := accesses[f]
		branches[j] = fmt.Sprintf("UNWIND $keys[d.i][%d] AS k CALL (d, k) { %s RETURN [sort] + %s AS ends } RETURN ends",
			j, a.match(a.key()+" = k")+s.ordered(a, "$read"), otherEnds(f))
	}
	return "CALL (d) { " + strings.Join(branches, " UNION ALL ") + " }"
}

// otherEnds are those of node n as they are seen by a facet.
func otherEnds(f kg.Facet) string {
	parts := []string{"[]"}
	for _, end := range f.Info().Ends {
		if end.Info().Many {
			parts = append(parts, "coalesce(n."+accesses[end].property+", [])")
		} else {
			parts = append(parts, "n."+accesses[end].property)
		}
	}
	return strings.Join(parts, " + ")
}

// ends are the sort key of node n and its ends as they are seen by all keys of list d under which it stands.
func (s stream) ends() string {
	row := "[n.sortKey]"
	for j, f := range s.facets {
		under := fmt.Sprintf("n.%s IN $keys[d.i][%d]", accesses[f].property, j)
		if f.Info().Many {
			under = fmt.Sprintf("any(v IN n.%s WHERE v IN $keys[d.i][%d])", accesses[f].property, j)
		}
		row += fmt.Sprintf(" + CASE WHEN %s THEN %s ELSE [] END", under, otherEnds(f))
	}
	return row
}

// ordered puts what was matched into the order in which the index has it: Neo4j only sees that it is the same when
// all columns of the index are named.
func (s stream) ordered(a access, limit string) string {
	return fmt.Sprintf(" WITH n, %[1]s AS key, %[2]s AS sort ORDER BY key%[3]s, sort%[3]s LIMIT %[4]s", a.key(), a.sortKey(), s.direction, limit)
}

// stop gives the sort keys of the row at which reading stops and of the one behind it, if it comes to that.
func (s stream) stop() string {
	return s.keys("$more") + " WITH sort SKIP $skip LIMIT 2 RETURN collect(sort) AS stop"
}

// order is that of the rows of read.
func (s stream) order() string {
	if s.merged || s.prefix {
		return "sort" + s.direction
	}
	return "key" + s.direction + ", sort" + s.direction
}

// key and sortKey are where a facet's value and the sort key stand: on the record's node n, or on the edge or the text
// h.
func (a access) key() string {
	if a.edge != "" {
		return "h.key"
	}
	return "n." + a.property
}

func (a access) sortKey() string {
	if a.edge != "" {
		return "h.sortKey"
	}
	return "n." + a.sort
}

// match finds the rows of list d that pass a test of their keys, by the index that there is for just that. Left to
// itself, Neo4j chooses by what it knows of the data when the query is first seen, and may scan where there is little.
func (a access) match(test string) string {
	within := fmt.Sprintf(" WHERE %s AND %[2]s > d.lo AND %[2]s < d.hi", test, a.sortKey())
	switch {
	case a.text != "":
		return "MATCH (n)-[:" + a.edge + "]->(h:" + a.text + ") USING INDEX SEEK h:" + a.text + "(key, sortKey)" + within
	case a.edge != "":
		return "MATCH (n)-[h:" + a.edge + "]->() USING INDEX SEEK h:" + a.edge + "(key, sortKey)" + within
	default:
		return "MATCH (n:" + a.label + ") USING INDEX SEEK n:" + a.label + "(" + a.property + ", " + a.sort + ")" + within
	}
}

// tests are the tests of a query on node n, as a WHERE; empty if there are none.
func tests(q kg.Query, params map[string]any) string {
	var all []string
	for i, keys := range q.Where {
		var any []string
		for j, f := range facetsOf(kg.Drive{Keys: keys}) {
			name := fmt.Sprintf("w%d_%d", i, j)
			var values []string
			for _, k := range keys {
				if k.Facet == f {
					values = append(values, k.Value)
				}
			}
			params[name] = values
			test := "n." + accesses[f].property + " IN $" + name
			if f.Info().Many {
				test = "any(v IN n." + accesses[f].property + " WHERE v IN $" + name + ")"
			}
			any = append(any, test)
		}
		all = append(all, "("+strings.Join(any, " OR ")+")")
	}
	for i, t := range q.Days {
		name := fmt.Sprint("day", i)
		params[name] = string(t.Day)
		op := "<="
		if t.AtLeast {
			op = ">="
		}
		all = append(all, "n."+string(t.Column)+" "+op+" $"+name)
	}
	if len(all) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(all, " AND ")
}
