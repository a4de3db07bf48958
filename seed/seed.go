// Package seed holds the bundled example: the graph of one news article, and the article.
package seed

import (
	_ "embed"
	"strings"
	"time"

	"dramatis/formats"
	"dramatis/kg"
)

// DatasetName is the name of the dataset of all its records. Their ids are kg.KeyID of their class, this name and
// their key.
const DatasetName = "nato-russia-2022"

// RecordedAt is when the records count as written, so that the bundled graph is the same wherever it is loaded.
var RecordedAt = time.Date(2022, 1, 11, 0, 0, 0, 0, time.UTC)

//go:embed graph.jsonl
var graph string

//go:embed article.txt
var article string

// Article is the text of the article, in which the evidence of the records has its places.
func Article() string { return article }

// Records gives the records of the graph: the dataset, the article, then entities, relationships, statements and
// mentions. Each call makes them anew.
func Records() ([]kg.Record, error) {
	var records []kg.Record
	err := formats.ReadJSONL(strings.NewReader(graph), func(_ int, r kg.Record) error {
		records = append(records, r)
		return nil
	})
	return records, err
}

// Batch is what puts the graph into a store. It has no key: where the graph is already, nothing is written.
func Batch() (*kg.Batch, error) {
	records, err := Records()
	if err != nil {
		return nil, err
	}
	return &kg.Batch{Put: records, At: RecordedAt}, nil
}
