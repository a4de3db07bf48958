package graph

import (
	"context"

	"dramatis/kg"

	"github.com/99designs/gqlgen/graphql"
)

// asOfHere is the date from which a field is looked at: its own argument or the nearest above it. A certainOnly belongs to
// the asOf that it stands beside.
func asOfHere(ctx context.Context) kg.AsOf {
	for fc := graphql.GetFieldContext(ctx); fc != nil; fc = fc.Parent {
		date, ok := fc.Args["asOf"].(*kg.PartialDate)
		if !ok || date == nil {
			continue
		}
		a := kg.AsOf{Date: *date}
		if certain, ok := fc.Args["certainOnly"].(*bool); ok && certain != nil {
			a.CertainOnly = *certain
		}
		return a
	}
	return kg.AsOf{}
}

// checkAsOf refuses a field whose own asOf is no date: what stands below it can rely on that.
func checkAsOf(fc *graphql.FieldContext) error {
	if date, ok := fc.Args["asOf"].(*kg.PartialDate); ok && date != nil {
		return (kg.AsOf{Date: *date}).Check()
	}
	return nil
}

// names are an entity's other names as of the date that holds here.
func (r *Resolver) names(ctx context.Context, e kg.Entity) ([]*kg.Name, error) {
	return pointers(kg.NamesAsOf(e, asOfHere(ctx))), nil
}

// validity tells whether a relationship held on a date, on that of asOf if none is given, or else today.
func (r *Resolver) validity(ctx context.Context, link *kg.Relationship, on *kg.PartialDate) (kg.Validity, error) {
	a := asOfHere(ctx)
	switch {
	case on != nil:
		a.Date = *on
	case a.Date == "":
		a.Date = kg.DateOf(r.Now())
	}
	if err := a.Check(); err != nil {
		return "", err
	}
	return link.Validity(a.Date), nil
}
