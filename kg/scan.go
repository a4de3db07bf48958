package kg

import (
	"context"
	"iter"
)

// scanStep is how many records of a class are read at a time.
const scanStep = 1000

// Scan gives all records of some classes, one class after the other, each in the order of its sort key. It keeps few of them. It
// is no picture of one moment: of what is written meanwhile, some may be there and some not.
func Scan(ctx context.Context, s Store, classes ...Class) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for _, class := range classes {
			l := AllOf(class)
			q, after := l.query, ""
			q.Limit = scanStep
			for {
				rows, err := s.List(ctx, q, []Drive{{Keys: l.keys, After: after}})
				if err != nil {
					yield(nil, err)
					return
				}
				records := rows[0].Records
				for _, r := range records {
					if !yield(r, nil) {
						return
					}
				}
				if len(records) < scanStep {
					break
				}
				after = SortKey(records[scanStep-1], q.Order)
			}
		}
	}
}
