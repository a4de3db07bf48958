// Limit answers the questions of the benchmark with as little as can stand between a client and Neo4j: net/http, the
// driver, and one hand-written Cypher query for each question, in one round trip. Nothing can be much faster on the same
// model of the graph, so it tells what a GraphQL server costs.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"

	"dramatis/bench/generate"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// ties are all native relationships between entities.
var ties = func() string {
	var types []string
	for _, t := range generate.Types() {
		types = append(types, "P_"+string(t))
	}
	return strings.Join(types, "|")
}()

var questions = map[string]string{
	"entity": `MATCH (e:P_Entity {id: $id}) RETURN e.id AS id, e.type AS type, e.name AS name, e.description AS description, e.aliases AS names`,

	"search": `CALL db.index.fulltext.queryNodes('p_names', $phrase, {limit: 10}) YIELD node AS e RETURN e.id AS id, e.type AS type, e.name AS name`,

	"suggest": `MATCH (e:P_Entity) WHERE e.nameKey STARTS WITH $prefixKey RETURN e.id AS id, e.type AS type, e.name AS name ORDER BY e.nameKey LIMIT 10`,

	"profile": `MATCH (e:P_Entity {id: $id}) RETURN e.id AS id, e.type AS type, e.name AS name,
COLLECT { MATCH (e)-[r:` + ties + `]-(o) WITH r, o ORDER BY r.latest DESC LIMIT 20
  RETURN {id: r.id, type: substring(type(r), 2), role: r.role, startDate: r.startDate, endDate: r.endDate, other: {id: o.id, name: o.name}} } AS relationships,
COLLECT { MATCH (e)<-[:P_ABOUT]-(s) WITH s ORDER BY s.latest DESC LIMIT 10
  RETURN {id: s.id, text: s.text, date: s.date, speakers: [(s)-[:P_SPEAKER]->(p) | {id: p.id, name: p.name}],
    evidence: [(s)-[:P_EVIDENCE]->(x) | {title: x.title}], atEvent: head([(s)-[:P_AT_EVENT]->(v) | {name: v.name}])} } AS statementsAbout`,

	"network": `MATCH (e:P_Entity {id: $id})-[:` + ties + `*1..2]-(o) WHERE o <> e WITH DISTINCT o LIMIT 199 RETURN o.id AS id, o.name AS name`,

	"path": `MATCH (a:P_Entity {id: $from}), (b:P_Entity {id: $to}) MATCH p = shortestPath((a)-[:` + ties + `*..4]-(b)) RETURN [n IN nodes(p) | {id: n.id, name: n.name}] AS nodes`,

	"timeline": `MATCH (e:P_Entity) WHERE e.type = 'EVENT' AND e.sort >= $date WITH e ORDER BY e.sort LIMIT 50
RETURN e.id AS id, e.name AS name, e.startDate AS startDate,
COLLECT { MATCH (e)<-[r:P_PARTICIPATED_IN]-(o) WITH r, o ORDER BY r.sort LIMIT 10 RETURN {role: r.role, other: {id: o.id, name: o.name}} } AS participants`,

	"people": `UNWIND $ids AS id MATCH (e:P_Entity {id: id}) RETURN e.id AS id, e.name AS name,
COLLECT { MATCH (e)-[r:P_MEMBER_OF]->(o) WITH r, o ORDER BY r.sort LIMIT 5 RETURN {other: {id: o.id, name: o.name, members: COUNT { (o)<-[:P_MEMBER_OF]-() }}} } AS memberships`,

	"upsert": `MERGE (p:P_Entity {id: $person.id}) SET p += $person WITH p MATCH (o:P_Entity {id: $organization})
MERGE (p)-[r:P_MEMBER_OF {id: $relationship.id}]->(o) SET r += $relationship RETURN p.id AS person, r.id AS relationship`,
}

func main() {
	driver, err := neo4j.NewDriverWithContext(os.Getenv("BENCH_NEO4J"), neo4j.BasicAuth(os.Getenv("DRAMATIS_NEO4J_USER"), os.Getenv("DRAMATIS_NEO4J_PASSWORD"), ""))
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("POST /{question}", func(w http.ResponseWriter, r *http.Request) {
		var params map[string]any
		if err := json.NewDecoder(r.Body).Decode(&params); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body, err := answer(r.Context(), driver, questions[r.PathValue("question")], params)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s/\n", listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

// answer runs a query and writes its rows as an array of objects.
func answer(ctx context.Context, driver neo4j.DriverWithContext, cypher string, params map[string]any) ([]byte, error) {
	session := driver.NewSession(ctx, neo4j.SessionConfig{FetchSize: neo4j.FetchAll})
	defer session.Close(ctx)
	result, err := session.Run(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	b.WriteByte('[')
	for first := true; result.Next(ctx); first = false {
		if !first {
			b.WriteByte(',')
		}
		record := result.Record()
		for i, key := range record.Keys {
			b.WriteString([]string{"{", ","}[min(i, 1)] + `"` + key + `":`)
			if err := e.Encode(record.Values[i]); err != nil {
				return nil, err
			}
		}
		b.WriteByte('}')
	}
	b.WriteByte(']')
	return b.Bytes(), result.Err()
}
