package formats

import (
	"context"
	"io"

	"dramatis/kg"
)

// Export writes that part of a store that is selected to w, in a format that is written. progress is told of each record; an error of it ends
// the export. It keeps few records.
func Export(ctx context.Context, s kg.Store, sel kg.Selection, f *Format, w io.Writer, o WriteOptions, progress func() error) error {
	o.Find = func(ids []kg.ID) ([]kg.Record, error) { return s.Get(ctx, ids) }
	file := f.Write(w, o)
	for r, err := range kg.Select(ctx, s, sel, f.Classes...) {
		if err != nil {
			return err
		}
		if err := progress(); err != nil {
			return err
		}
		if err := file.Write(r); err != nil {
			return err
		}
	}
	return file.Close()
}
