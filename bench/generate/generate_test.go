package generate

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"dramatis/kg"
)

func hash(t *testing.T, n int, seed uint64) string {
	t.Helper()
	h := sha256.New()
	if err := New(n, seed).Write(h); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestSameForTheSameSeed(t *testing.T) {
	first := hash(t, 500, 1)
	if again := hash(t, 500, 1); again != first {
		t.Errorf("the same seed gives %s and %s", first, again)
	}
	if other := hash(t, 500, 2); other == first {
		t.Error("another seed gives the same graph")
	}
}

// TestSound puts a graph through the checks of kg, and looks at what measurements rely on.
func TestSound(t *testing.T) {
	g := New(10_000, 1)
	types, there, degree, spoken, records := map[kg.ID]kg.EntityType{}, map[kg.ID]bool{}, map[kg.ID]int{}, map[kg.ID]int{}, 0
	err := g.Each(func(r kg.Record) error {
		records++
		if err := kg.Check(r); err != nil {
			t.Fatal(err)
		}
		for _, id := range kg.References(r) {
			if !there[id] {
				t.Fatalf("%s refers to %s, which does not stand before it", r.GetID(), id)
			}
		}
		if there[r.GetID()] {
			t.Fatalf("%s stands twice", r.GetID())
		}
		there[r.GetID()] = true
		switch r := r.(type) {
		case kg.Entity:
			types[r.GetID()] = r.Type()
		case *kg.Relationship:
			if rule := r.Type.Rule(); !slices.Contains(rule.From, types[r.From]) || !slices.Contains(rule.To, types[r.To]) {
				t.Fatalf("%s joins %s and %s", r.Type, types[r.From], types[r.To])
			}
			degree[r.From]++
			degree[r.To]++
		case *kg.Statement:
			for _, id := range r.About {
				spoken[id]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if records != g.Records() || len(types) != g.N {
		t.Errorf("%d records, %d entities; %d and %d are announced", records, len(types), g.Records(), g.N)
	}
	hub, greatest := EntityID(kg.OrganizationType, 0), 0
	for _, d := range degree {
		greatest = max(greatest, d)
	}
	if share := float64(degree[hub]) / float64(g.N); degree[hub] != greatest || share < 0.8*HubShare || share > 1.4*HubShare {
		t.Errorf("the hub has a degree of %.3f of all entities, the greatest is %d of %d", share, greatest, g.N)
	}
	if share := float64(spoken[hub]) / float64(g.Statements()); share < 0.04 {
		t.Errorf("%.3f of the statements are about the hub", share)
	}
	ranks := []int{0, 1, 9, 99, 999}
	for i := 1; i < len(ranks); i++ {
		a, b := degree[EntityID(kg.OrganizationType, ranks[i-1])], degree[EntityID(kg.OrganizationType, ranks[i])]
		if a <= b {
			t.Errorf("organization %d has %d relationships, organization %d has %d", ranks[i-1], a, ranks[i], b)
		}
	}
}
