package neo4jstore

import (
	"slices"
	"strings"

	"dramatis/kg"
)

// How a graph stands in Neo4j. A record is a node (:Record) with the label of its class and, for an entity, that of
// its type. Its body is what is read back; all else is derived from it: one property per facet, by which lists are
// read and tests made, an edge to each record that it refers to, a node for each name and identifier, an edge to each
// word of its names (word.go), and the terms of its text. Beside it, a relationship is drawn as one edge of its own type
// between its ends, for paths, for counting and for the eye.
//
// Every label, type and property name in a query comes from the tables of this file and of kg.

// Labels of the classes and of the types of entities.
var (
	classLabels = map[kg.Class]string{
		kg.EntityClass: "Entity", kg.RelationshipClass: "Relationship", kg.StatementClass: "Statement",
		kg.SourceClass: "Source", kg.MentionClass: "Mention", kg.DatasetClass: "Dataset",
	}
	typeLabels = map[kg.EntityType]string{
		kg.PersonType: "Person", kg.OrganizationType: "Organization", kg.PositionType: "Position",
		kg.PlaceType: "Place", kg.EventType: "Event", kg.TopicType: "Topic",
	}
)

// access is how the records under a key of a facet are reached.
type access struct {
	// property of the record's node holds the value or, where there can be several, a list of them.
	property string
	// label and sort are the index (label; property, sort) from which lists are read.
	label, sort string
	// edge is, instead of such an index, the type of an edge that has the value and the sort key, indexed as key and
	// sortKey. It leads to the record that the value names; to a node of the label text, which belongs to this record
	// alone and has value and sort key in the edge's stead; or to a node of the label shared, which is that of the value
	// for all records.
	edge, text, shared string
}

// drives tells whether lists can be read by the facet.
func (a access) drives() bool { return a.label != "" || a.edge != "" }

var accesses = makeAccesses()

func makeAccesses() [len(kg.Facets)]access {
	var list [len(kg.Facets)]access
	for f, info := range kg.Facets {
		list[f] = access{property: info.Name, edge: info.Edge, sort: "sortKey"}
		if info.Order == kg.ByDate {
			list[f].sort = "dateSort"
		}
	}
	list[kg.EntityName].property = "names" // for name is the name to show
	list[kg.RelationshipTypeFacet].property = "type"
	list[kg.EntityName].edge, list[kg.EntityName].text = "HAS_NAME", "Name"
	list[kg.EntityIdentifier].edge, list[kg.EntityIdentifier].text = "HAS_IDENTIFIER", "Identifier"
	list[kg.EntityWord].shared = "Word"
	for label, facets := range map[string][]kg.Facet{
		"Record": {kg.All, kg.InDataset},
		"Entity": {kg.EntityTypeFacet, kg.EntityKind},
		"Event":  {kg.EventByDate, kg.EventReaching},
		"Relationship": {kg.RelationshipFrom, kg.RelationshipTo, kg.RelationshipFromType, kg.RelationshipToType,
			kg.RelationshipPair, kg.RelationshipMirror, kg.RelationshipTypeFacet, kg.RelationshipByEnd},
		"Statement": {kg.StatementKindFacet, kg.StatementJoint, kg.StatementMedium},
		"Source":    {kg.SourceKindFacet},
	} {
		for _, f := range facets {
			list[f].label = label
		}
	}
	return list
}

var (
	ownTypes      = edgeTypes(func(access) bool { return true }) // of the edges that belong to the record at their start
	refTypes      = edgeTypes(access.refers)                     // of those among them that lead to another record
	nativeTypes   = relationshipTypes()
	ownPattern    = strings.Join(ownTypes, "|")
	refPattern    = strings.Join(refTypes, "|")
	nativePattern = strings.Join(nativeTypes, "|")
)

// refers tells whether the edge leads to another record.
func (a access) refers() bool { return a.edge != "" && a.text == "" && a.shared == "" }

func edgeTypes(which func(access) bool) []string {
	var types []string
	for _, a := range accesses {
		if a.edge != "" && which(a) {
			types = append(types, a.edge)
		}
	}
	return types
}

// relationshipTypes are the types of the edges that are drawn for relationships.
func relationshipTypes() []string {
	var types []string
	for _, rule := range kg.RelationshipRules {
		types = append(types, string(rule.Type))
	}
	return types
}

// labelsOf are the labels of a record's node.
func labelsOf(r kg.Record) []string {
	labels := []string{"Record", classLabels[r.GetID().Class()]}
	if e, ok := r.(kg.Entity); ok {
		labels = append(labels, typeLabels[e.Type()])
	}
	return labels
}

// propertiesOf are the properties of a record's node.
func propertiesOf(r kg.Record) (map[string]any, error) {
	body, err := kg.Encode(r)
	if err != nil {
		return nil, err
	}
	w := kg.WindowOf(r)
	p := map[string]any{
		"id": string(r.GetID()), "body": string(body), "sortKey": kg.SortKey(r, kg.ByDefault),
		"startMin": string(w.StartMin), "startMax": string(w.StartMax), "endMin": string(w.EndMin), "endMax": string(w.EndMax),
	}
	for _, k := range kg.Keys(r) {
		info, a := k.Facet.Info(), accesses[k.Facet]
		if info.Order == kg.ByDate {
			p[a.sort] = kg.SortKey(r, info.Order)
		}
		if !info.Many {
			p[a.property] = k.Value
			continue
		}
		values, _ := p[a.property].([]string)
		p[a.property] = append(values, k.Value)
	}
	if terms := kg.Terms(r); len(terms) > 0 {
		p["terms"] = strings.Join(terms, " ")
	}
	caption(r, p)
	return p, nil
}

// caption adds the property by which a person knows a node in Neo4j Browser and Bloom. A relationship has its type.
func caption(r kg.Record, p map[string]any) {
	switch r := r.(type) {
	case kg.Entity:
		p["name"] = r.Common().Name
	case *kg.Dataset:
		p["name"] = r.Name
	case *kg.Statement:
		p["text"] = r.Text
	case *kg.Source:
		p["title"] = r.Title
	case *kg.Mention:
		p["exact"] = r.Exact
	}
}

// link is an edge that belongs to a record, and the label of the node at its end if it leads to a text of the record's
// own or to a shared one.
type link struct{ edge, text, shared, key, sort string }

// name tells the links of one record apart.
func (l link) name() string { return l.edge + "/" + l.key }

// linksOf are all links of a record, none twice, in an order of their own.
func linksOf(r kg.Record) []link {
	var links []link
	seen := map[string]bool{}
	for _, k := range kg.Keys(r) {
		a := accesses[k.Facet]
		l := link{a.edge, a.text, a.shared, k.Value, kg.SortKey(r, k.Facet.Info().Order)}
		if a.edge == "" || seen[l.name()] {
			continue
		}
		seen[l.name()] = true
		links = append(links, l)
	}
	return links
}

// missing are those of a that are not in b.
func missing(a, b []link) []link {
	return slices.DeleteFunc(slices.Clone(a), func(l link) bool { return slices.Contains(b, l) })
}

// native is the edge that is drawn for a relationship.
type native struct {
	typ, from, to, id, role, start, end string
}

func nativeOf(r *kg.Relationship) native {
	return native{string(r.Type), string(r.From), string(r.To), string(r.ID), r.Role, string(r.StartDate), string(r.EndDate)}
}

// properties of the edge; what is unknown is left out, for null is no property.
func (n native) properties() map[string]any {
	p := map[string]any{"id": n.id}
	for name, v := range map[string]string{"role": n.role, "startDate": n.start, "endDate": n.end} {
		if v != "" {
			p[name] = v
		}
	}
	return p
}
