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
			for r, err := range all(ctx, s, AllOf(class)) {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

// CountAll is how many records of some classes there are.
func CountAll(ctx context.Context, s Store, classes ...Class) (int64, error) {
	keys := make([]Key, len(classes))
	for i, class := range classes {
		keys[i] = Key{All, string(class)}
	}
	counts, err := s.Count(ctx, keys)
	n := int64(0)
	for _, count := range counts {
		n += int64(count)
	}
	return n, err
}

// all gives all records of a list, in its order, however many rows must be read to find them. It fails with BAD_USER_INPUT on more names with
// one beginning than a list reads.
func all(ctx context.Context, s Store, l List) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		q := l.query
		q.Limit, q.Reverse = scanStep, l.descending
		for _, d := range l.drives("", "") {
			for {
				rows, err := s.List(ctx, q, []Drive{d})
				if err == nil && q.Prefix && rows[0].Cut != "" {
					err = Errorf(BadUserInput, "namePrefix: more than %d names begin so", ReadLimit)
				}
				if err != nil {
					yield(nil, err)
					return
				}
				records, behind := rows[0].Records, rows[0].Cut
				for _, r := range records {
					if !yield(r, nil) {
						return
					}
				}
				if len(records) == scanStep {
					behind = SortKey(records[scanStep-1], q.Order)
				}
				if behind == "" {
					break
				}
				if q.Reverse {
					d.Before = behind
				} else {
					d.After = behind
				}
			}
		}
	}
}
