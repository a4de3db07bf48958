package neo4jstore

// What tests look at from outside.
var (
	ListCypher  = listCypher
	Referrers   = referrers
	Unlink      = unlink
	Unword      = unword
	Undraw      = undraw
	Put         = put
	ReadBehind  = readBehind
	TextsCypher = textsCypher
	WordsCypher = wordsCypher
	WordsParams = wordsParams
	TopCypher   = topCypher
	Strip       = strip
	Respell     = respell
)

// Index is one that lists are read from: of a label's or an edge type's two properties.
type Index struct{ Of, Key, Sort string }

// Indexes are those that the queries name.
func Indexes() []Index {
	var list []Index
	for _, a := range accesses {
		switch {
		case a.text != "":
			list = append(list, Index{a.text, "key", "sortKey"})
		case a.edge != "":
			list = append(list, Index{a.edge, "key", "sortKey"})
		case a.label != "":
			list = append(list, Index{a.label, a.property, a.sort})
		}
	}
	return list
}

// SetManyNodes sets from how many records on a load makes the indexes in the end, and gives what it was.
func SetManyNodes(n int) int {
	was := manyNodes
	manyNodes = n
	return was
}
