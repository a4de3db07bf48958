package neo4jstore

import (
	"maps"
	"slices"
	"strings"

	"dramatis/kg"
)

// A word of a name is one node (:Word {key, spellings}) for all entities that have it, so that its spellings are kept and
// looked through once. It comes with the first edge that leads to it and goes with the last. Other transactions may be
// drawing or taking away edges of the same word, therefore
//   - who draws one holds the word's key in the index, shared with others that draw: a MERGE that finds its node takes
//     that lock, one that makes it takes it exclusively;
//   - who takes one away holds the node exclusively, or two of them would each see the edge that the other takes away,
//     and leave the word behind;
//   - who takes away the word holds its key exclusively, and then looks once more whether an edge was drawn meanwhile.
//
// Words are locked in their order, so that transactions seldom stand in each other's way; those that do are made again.

const (
	// linkWords draws edges to words, one row for each.
	linkWords = `UNWIND $words AS w
			MERGE (m:Word {key: w.key}) ON CREATE SET m.spellings = w.spellings
			WITH w, m
			UNWIND w.of AS e
			MATCH (a:Record {id: e.id})
			CREATE (a)-[:HAS_WORD {key: w.key, sortKey: e.sortKey}]->(m)`

	// unword takes edges to words away, and the words that have none left. A new value of the key locks it, as in
	// sealIDs.
	unword = `UNWIND $list AS w
		MATCH (m:Word {key: w.key})
		SET m.locked = true REMOVE m.locked
		WITH w, m
		CALL (w, m) {
			UNWIND w.of AS e
			MATCH (a:Record {id: e.id})
			MATCH (a)-[x:HAS_WORD]->(m)
			DELETE x
		}
		WITH w, m WHERE COUNT { (m)<-[:HAS_WORD]-() } = 0
		SET m.key = '-' + w.key
		WITH w, m
		SET m.key = w.key
		WITH m WHERE COUNT { (m)<-[:HAS_WORD]-() } = 0
		DELETE m`
)

// words are links to words, by the word.
type words map[string][]any

func (w *words) add(id string, l link) {
	if *w == nil {
		*w = words{}
	}
	(*w)[l.key] = append((*w)[l.key], map[string]any{"id": id, "sortKey": l.sort})
}

// links tells how many there are.
func (w words) links() int {
	n := 0
	for _, of := range w {
		n += len(of)
	}
	return n
}

// list makes the parameter of the statements above, in order of the word.
func (w words) list() []any {
	var list []any
	for _, key := range slices.Sorted(maps.Keys(w)) {
		list = append(list, map[string]any{"key": key, "spellings": spellings(key), "of": w[key]})
	}
	return list
}

// spellings is how those of a word stand at its node: a full-text index takes them apart at the spaces.
func spellings(word string) string { return strings.Join(kg.Spellings(word), " ") }
