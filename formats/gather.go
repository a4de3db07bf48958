package formats

import "dramatis/kg"

// glimpse is what is told of a record where another one refers to it: a name or a title and, of an entity, its type, of a source, where and
// when it was published. It is empty of a record that is not there.
type glimpse struct {
	name, url, published string
	entity               kg.EntityType
}

func glimpseOf(r kg.Record) glimpse {
	switch r := r.(type) {
	case kg.Entity:
		return glimpse{name: r.Common().Name, entity: r.Type()}
	case *kg.Source:
		return glimpse{name: r.Title, url: r.URL, published: string(r.PublishedDate)}
	case *kg.Dataset:
		return glimpse{name: r.Name}
	}
	return glimpse{}
}

// glimpses are of records by their ids.
type glimpses map[kg.ID]glimpse

// names are those of several records, as several values of a cell.
func (g glimpses) names(ids []kg.ID) string {
	return several(each(ids, func(id kg.ID) string { return g[id].name }))
}

// gathering lets records wait until there are some, and finds together what they refer to. Datasets are few, and remembered.
type gathering struct {
	find     func([]kg.ID) ([]kg.Record, error)
	give     func(kg.Record, glimpses) error
	wait     []kg.Record
	wanted   []kg.ID
	seen     glimpses
	datasets glimpses
}

// someWait is how many records wait at most; someFound how many are found together, for of sources with their texts not too many may be
// in memory.
const (
	someWait  = 1000
	someFound = 1000
)

// gather takes a record, and what is to be known of what it refers to.
func (g *gathering) gather(r kg.Record, refers []kg.ID) error {
	if g.seen == nil {
		g.seen, g.datasets = glimpses{}, glimpses{}
	}
	g.wait = append(g.wait, r)
	for _, id := range refers {
		if _, known := g.seen[id]; known {
			continue
		}
		if d, known := g.datasets[id]; known {
			g.seen[id] = d
			continue
		}
		g.seen[id] = glimpse{}
		g.wanted = append(g.wanted, id)
	}
	if len(g.wait) < someWait {
		return nil
	}
	return g.flush()
}

// flush gives all that wait.
func (g *gathering) flush() error {
	for start := 0; start < len(g.wanted); start += someFound {
		ids := g.wanted[start:min(start+someFound, len(g.wanted))]
		found, err := g.find(ids)
		if err != nil {
			return err
		}
		for i, id := range ids {
			g.seen[id] = glimpseOf(found[i])
			if id.Class() == kg.DatasetClass {
				g.datasets[id] = g.seen[id]
			}
		}
	}
	for _, r := range g.wait {
		if err := g.give(r, g.seen); err != nil {
			return err
		}
	}
	clear(g.seen)
	clear(g.wait)
	g.wait, g.wanted = g.wait[:0], g.wanted[:0]
	return nil
}
