package storetest

import (
	"reflect"

	"dramatis/kg"
)

// askTotals asks for counts of what random filters choose.
func (d *differential) askTotals() {
	w := d.world
	entities, statements, links, asOf := w.entityFilter(), w.statementFilter(), w.relationshipFilter(), w.asOf()
	switch w.rng.IntN(4) {
	case 0:
		entities, statements, links, asOf = nil, nil, nil, kg.AsOf{}
	case 1:
		statements, links = &kg.StatementFilter{About: statements.About}, &kg.RelationshipFilter{ActiveDuring: links.ActiveDuring}
	}
	first, rows, columns, sides := 1+w.rng.IntN(12), 1+w.rng.IntN(8), 1+w.rng.IntN(8), w.chance(50)
	by := pick(w, []kg.PaymentsBy{kg.ByPayer, kg.ByPayee, kg.ByPayerAndPayee})
	o := w.oracle
	for _, name := range d.names {
		s := d.stores[name]
		compare := func(what string, filter, got, want any, cut bool, err error) {
			if err != nil || cut || !reflect.DeepEqual(got, want) {
				d.Errorf("%s: %s of %s, %s:\ngot %s, cut %t, %v\nwant %s", name, what, show(filter), show(asOf), show(got), cut, err, show(want))
			}
		}
		got, cut, err := readEntityTotals(d, s, entities, first)
		compare("entities", entities, got, o.EntityTotals(entities, first), cut, err)

		counted, err := kg.CountStatements(d.ctx, s, statements, asOf)
		if err != nil {
			d.Errorf("%s: statements of %s: %v", name, show(statements), err)
			continue
		}
		compare("statements", statements, plain(counted), o.StatementTotals(statements, asOf), counted.Cut, nil)
		matrix, err := counted.Matrix(rows, columns, sides)
		want := o.Matrix(statements, asOf, rows, columns, sides)
		compare("matrix", statements, matrix, &want, false, err)

		totals, err := kg.CountRelationships(d.ctx, s, links, asOf)
		if err != nil {
			d.Errorf("%s: relationships of %s: %v", name, show(links), err)
			continue
		}
		compare("relationships", links, relationshipTotals{totals.Count, totals.Types}, o.RelationshipTotals(links, asOf), totals.Cut, nil)
		payments, err := kg.SumPayments(d.ctx, s, links, asOf, by, first)
		if err != nil {
			d.Errorf("%s: payments of %s: %v", name, show(links), err)
			continue
		}
		compare("payments "+string(by), links, payments.Sums, o.Payments(links, asOf, by, first), payments.Cut, nil)
	}
}

func readEntityTotals(d *differential, s kg.Store, f *kg.EntityFilter, first int) (t entityTotals, cut bool, err error) {
	c, err := kg.CountEntities(d.ctx, s, f)
	if err != nil {
		return t, false, err
	}
	most, err := c.MostConnected(d.ctx, s, first)
	return entityTotals{c.Count, c.Types, c.Kinds, most}, c.Cut, err
}

func plain(c *kg.StatementCounts) statementTotals {
	return statementTotals{c.Count, c.Speakers, c.OnBehalfOf, c.Subjects, c.Kinds, c.Months}
}
