package kg

import (
	"context"
	"iter"
	"time"
)

// Store keeps a graph. What it means is said in this package; a store only keeps records, finds them by their keys
// and counts them, so that every store gives the same answers. All methods are safe for concurrent use.
//
// Beside the outcomes numbered below, every method can fail with UNAVAILABLE when the database is out of reach and
// with TIMEOUT when ctx ends first; the database has then stopped working on it. Anything else is INTERNAL.
type Store interface {
	// Get gives the records of ids, in their order, doubles included.
	//  1. No record has the id: nil stands in its place.
	Get(ctx context.Context, ids []ID) ([]Record, error)

	// List reads a stretch of each of several lists, in one round trip however many they are.
	//  1. Nothing stands there: empty Rows.
	//  2. There is more than may be read to find Limit records: Rows with Cut.
	List(ctx context.Context, q Query, lists []Drive) ([]Rows, error)

	// Count tells how many records stand under each key, at a cost that does not depend on how many they are.
	//  1. A facet is not Counted: INTERNAL.
	Count(ctx context.Context, keys []Key) ([]int, error)

	// Words gives, each once and in order, the words of entities' names that stand under any of the spellings (Spellings),
	// and those that begin with prefix ("" for none): the first WordLimit of both, in one round trip. A word is there as
	// long as an entity has it in a name.
	Words(ctx context.Context, spellings []string, prefix string) (near, begin []string, err error)

	// Texts gives the records that have the terms (Terms), in order of sort key, in one round trip.
	//  1. More than ReadLimit records have them: TooMany, and none is given.
	Texts(ctx context.Context, q TextQuery) (*Texts, error)

	// Top gives the values under which most records stand, the counts of all facets added up: most first, then in order
	// of the value; none of no records. The facets are references and Counted. Its cost grows with how many values
	// there are.
	Top(ctx context.Context, facets []Facet, limit int) ([]Tally, error)

	// Apply makes the changes of a batch, all or none.
	//  1. It was applied: what changed.
	//  2. A batch of the same Key and content was applied before: what changed then, with Replayed.
	//  3. A batch of the same Key and other content was: CONFLICT.
	//  4. A record is not well formed, or refers to one that is not there: BAD_USER_INPUT, with the ids.
	//  5. A record to delete is referred to, or a change would break a rule of the graph: CONFLICT, with the ids.
	//  6. Whether it was committed cannot be told: COMMIT_UNKNOWN. Applied again with the same Key it has one effect.
	Apply(ctx context.Context, b *Batch) (*Result, error)

	// Load writes records, any number of them, each with RecordedAt at. What it makes is what Apply would make, but a graph
	// in which no record is yet is filled much faster: then records need not come behind what they refer to, though
	// less memory is needed if they do.
	//  1. They were written: how many were created, changed and unchanged.
	//  2. records gives an error: that error, as it is.
	//  3. A record is not well formed, refers to one that is not there, stands twice or would break a rule of the graph:
	//     what Apply gives.
	// An error leaves a graph that was empty so; of one that was not, all batches before it stay, and the same can be loaded
	// again. What was begun when ctx or the database ended may be left, depending on the store: as a graph that only
	// another Load opens, which begins anew.
	Load(ctx context.Context, at time.Time, records iter.Seq2[Record, error]) (*Loaded, error)

	// Check reads through the whole store and tells what is damaged: lines for a person, none when all is well.
	Check(ctx context.Context) ([]string, error)

	// String says which database it is, without secrets.
	String() string
	Close() error
}

// ReadLimit is how many rows of a filtered list are read at most to fill one page, or to count it.
const ReadLimit = 10_000

// Query is what the lists of one call of List have in common.
type Query struct {
	// Order is the order in which the records come.
	Order Order
	// Where: of each element, the record stands under at least one of the keys.
	Where [][]Key
	// Days are tests of the record's dates, all of which it passes.
	Days []DayTest
	// Prefix: the drives' values are the beginnings of values. At most ReadLimit keys are read, in the order of value
	// and sort key, and only then put in order.
	Prefix bool
	// Reverse reads from the end.
	Reverse bool
	// Limit is how many records are wanted of each list, at most ReadLimit.
	Limit int
	// CountOnly wants their number only.
	CountOnly bool
	// Ends wants of each record, instead of the record, only its sort key and its other ends. The drives' facets are of
	// relationships or of statements.
	Ends bool `json:",omitempty"`
	// Follow are references of the records, whose records will be wanted next: a store for which a round trip is dear
	// may give them along, in Followed.
	Follow []Facet `json:",omitempty"` // cursors are bound to a query's JSON
}

// Filtered tells whether rows may be read that are not given, or all must be read to be counted: then ReadLimit holds.
func (q Query) Filtered() bool { return q.CountOnly || len(q.Where) > 0 || len(q.Days) > 0 }

// Drive is one list: the records that stand under any of its keys, between two sort keys. All drives of one call have
// the same facets in the same places.
type Drive struct {
	Keys []Key
	// After and Before are sort keys, themselves left out; "" is no bound.
	After, Before string
}

// Rows is what was read of one list.
type Rows struct {
	// Records in the order of the query.
	Records []Record
	// Ends of the records in their order, when only those were asked for.
	Ends []RecordEnds
	// Followed are, in any order, records to which those refer by the query's Follow; not always all, or any.
	Followed []Record
	// Count is their number when only that was asked for.
	Count int
	// Cut is the sort key of the last row that was read, when reading stopped at ReadLimit before Limit was reached
	// and there is more behind it. With Prefix it only tells that there is more, also where Limit was reached.
	Cut string
}

// RecordEnds is what is told of a record in a list of ends.
type RecordEnds struct {
	// Sort is its sort key, which ends with its id.
	Sort string
	// Others are its other ends (Ends) as they are seen from all keys of the drive under which it stands, each once, in any order.
	Others []ID
}

// Batch is a set of changes that is applied whole or not at all.
type Batch struct {
	// Key identifies the batch, so that it has one effect however often it is sent: at most 200 bytes. "" for none.
	Key string
	// Content is what tells this batch from another of the same Key; nil if that is the records themselves.
	Content []byte
	// Put are whole records, written over what has their ids. The batch owns them.
	Put []Record
	// Delete are records to remove; one that is not there is no error.
	Delete []Deletion
	// Dataset is made when there is none of its id; otherwise it is left as it is.
	Dataset *Dataset
	// At becomes the RecordedAt of what is created or changed.
	At time.Time
}

// Deletion is one record to remove. Cascade removes all that refers to it too, and all that refers to that.
type Deletion struct {
	ID      ID
	Cascade bool
}

// Result is what a batch did, in ids, in the order of the batch.
type Result struct {
	Created   []ID `json:"created"`
	Changed   []ID `json:"changed"`
	Unchanged []ID `json:"unchanged"`
	Deleted   []ID `json:"deleted"`
	// Replayed: the batch had been applied before.
	Replayed bool `json:"-"`
}
