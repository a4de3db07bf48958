package formats

import (
	"strconv"
	"strings"

	"dramatis/kg"
)

// Programs that draw and measure networks know nodes, edges, and attributes of both, and no more: statements, sources and mentions are left
// out of what is written for them. All edges are directed, also those of types that are symmetric, for networkx reads no network with both. An edge tells how many pieces of evidence it has, and the words of the first.

var networkClasses = []kg.Class{kg.EntityClass, kg.RelationshipClass}

// attribute is a column of nodes or edges. All values are texts, but for those that are numbers.
type attribute struct {
	name   string
	number bool
}

var (
	nodeAttributes = []attribute{{"type", false}, {"kind", false}, {"country", false}, {"description", false}, {"startDate", false}, {"endDate", false}, {"dataset", false}, {"stub", false}}
	edgeAttributes = []attribute{{"type", false}, {"role", false}, {"startDate", false}, {"endDate", false}, {"amount", true}, {"currency", false}, {"evidence", true}, {"quote", false}, {"dataset", false}}
)

// networkNode is an entity, and networkEdge a relationship, as networks have them. values are in the order of the attributes; "" is
// none. first and last are the days between which it can have been; "" is not known or open.
type networkNode struct {
	id, label   string
	values      []string
	first, last string
}

type networkEdge struct {
	id, from, to, label string
	values              []string
	first, last         string
}

func nodeOf(e kg.Entity) networkNode {
	t := e.Common()
	var kind, country string
	var start, end kg.PartialDate
	switch e := e.(type) {
	case *kg.Person:
		country, start, end = strings.Join(e.Countries, " "), e.BirthDate, e.DeathDate
	case *kg.Organization:
		kind, country, start, end = string(e.Kind), e.Country, e.FoundingDate, e.DissolutionDate
	case *kg.Position:
		country = e.Country
	case *kg.Place:
		kind, country = e.Classification, e.Country
	case *kg.Event:
		kind, start, end = e.Kind, e.StartDate, e.EndDate
	}
	stub := ""
	if t.Stub {
		stub = "true"
	}
	first, last := days(start, end)
	return networkNode{string(t.ID), t.Name, []string{string(e.Type()), kind, country, t.Description, string(start), string(end), string(t.Dataset), stub}, first, last}
}

func edgeOf(r *kg.Relationship) networkEdge {
	var amount, currency, quote string
	if r.Amount != nil {
		amount, currency = strconv.FormatInt(r.Amount.Minor, 10), r.Amount.Currency
	}
	if len(r.Evidence) > 0 {
		quote = r.Evidence[0].Exact
	}
	first, last := days(r.StartDate, r.EndDate)
	return networkEdge{string(r.ID), string(r.From), string(r.To), r.Type.Rule().Forwards,
		[]string{string(r.Type), r.Role, string(r.StartDate), string(r.EndDate), amount, currency, strconv.Itoa(len(r.Evidence)), quote, string(r.Dataset)}, first, last}
}

// days are the first day that a span can have and the last.
func days(start, end kg.PartialDate) (first, last string) {
	if known(start) {
		first = string(start.Earliest())
	}
	if known(end) {
		last = string(end.Latest())
	}
	return first, last
}

func known(d kg.PartialDate) bool { return d != "" && d != kg.Open }
