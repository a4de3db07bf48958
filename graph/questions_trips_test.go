package graph_test

import (
	"fmt"
	"testing"

	"dramatis/kg"
)

// TestQuestionTrips counts what the questions of docs/queries.md send to the database. It depends on the question, not
// on how much is found; docs/design.md has the same numbers.
func TestQuestionTrips(t *testing.T) {
	of := func(key string) string { return string(kg.KeyID(kg.EntityClass, "nato-russia-2022", key)) }
	russia, psaki, grushko := of("russia"), of("psaki"), of("grushko")
	for _, s := range servers(t) {
		s = s.patient()
		for _, c := range []struct {
			query string
			trips int64
		}{
			// words and counts beside exact and prefix; whole words; then beginnings, sounds with slips, and texts
			{`{ search(query: "Gruschko") { nodes { name node { id } } } }`, 7},
			{`{ search(query: "Gruschko", first: 1) { nodes { name } } }`, 7},
			{`{ search(query: "Gruschko") { totalCount facets { types { count } sources { source { title } } } } }`, 8},
			{`{ suggest(prefix: "g") { name node { id } } }`, 5},
			{`{ paths(from: "` + psaki + `", to: "` + grushko + `", limit: 1) { paths { cost } } }`, 11},
			{`{ paths(from: "` + psaki + `", to: "` + grushko + `", limit: 3) { paths { hops { from { name } to { name } links { evidence { source { title } } } } } } }`, 16},
			{`{ paths(from: "` + psaki + `", to: "` + grushko + `", limit: 10, maxLength: 6) { paths { cost } } }`, 17},
			{`{ network(ids: ["` + russia + `"]) { nodes { entity { name } } ties { from { name } to { name } } } }`, 8},
			{`{ network(ids: ["` + russia + `"], depth: 3) { more } }`, 11},
			{`{ network(ids: ["` + russia + `"], depth: 3) { more incomplete } }`, 13},
			{`{ commonNeighbours(ids: ["` + psaki + `", "` + grushko + `"]) { nodes { entity { name } ties { links { phrase } } } } }`, 6},
			{`{ timeline(ids: ["` + russia + `"], first: 5) { nodes { date } } }`, 7},
			{`{ timeline(ids: ["` + russia + `"], first: 5) { buckets { count } nodes { date } } }`, 13},
			{`{ timeline(first: 5) { nodes { date } } }`, 4},
			{`{ changes(between: {from: "2014"}) { nodes { date } } }`, 2},
			{`{ entityCounts { count } }`, 2},
			{`{ entityCounts(filter: {types: [PERSON]}) { count mostConnected { degree entity { name } } } }`, 4},
			{`{ relationshipCounts { types { count } } }`, 1},
			{`{ relationshipCounts(filter: {with: ["` + russia + `"]}) { types { count } payments { sums { minor } } } }`, 2},
			{`{ statementCounts { speakers { entity { name } } matrix { rows { entity { name } } } } }`, 6},
			{`{ statementCounts(filter: {about: ["` + russia + `"]}) { matrix { rows { entity { name } } columns { entity { name } } } } }`, 2},
		} {
			t.Run(fmt.Sprintf("%s/%s", s.name, c.query), func(t *testing.T) {
				before := s.trips.Load()
				var data map[string]any
				s.ask(t, c.query, nil, &data)
				if got := s.trips.Load() - before; got != c.trips {
					t.Errorf("%d round trips, want %d", got, c.trips)
				}
			})
		}
	}
}
