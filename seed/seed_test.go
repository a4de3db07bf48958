package seed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
	"dramatis/store/sqlitestore"
)

const articleHash = "8a21177c9eb7e4824f8c8ad68945ce0a1086b224ba7cc55643ad8f0e984d84ea"

func load(t *testing.T) []kg.Record {
	t.Helper()
	records, err := Records()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// byKey gives the records of a type by their keys.
func byKey[R kg.Record](t *testing.T) map[string]R {
	t.Helper()
	found := map[string]R{}
	for _, r := range load(t) {
		if r, ok := r.(R); ok {
			found[kg.MetaOf(r).Key] = r
		}
	}
	return found
}

// keys gives the keys of ids, in their order.
func keys(t *testing.T, ids []kg.ID) []string {
	t.Helper()
	key := map[kg.ID]string{}
	for _, r := range load(t) {
		key[r.GetID()] = kg.MetaOf(r).Key
	}
	out := []string{}
	for _, id := range ids {
		out = append(out, key[id])
	}
	return out
}

func TestArticle(t *testing.T) {
	sum := sha256.Sum256([]byte(Article()))
	if got := hex.EncodeToString(sum[:]); got != articleHash {
		t.Errorf("the article has SHA-256 %s, want %s", got, articleHash)
	}
	source := byKey[*kg.Source](t)["article"]
	if source.Text != Article() {
		t.Error("the record of the article has another text than article.txt")
	}
	if want := "sha256:" + articleHash; source.ContentHash != want {
		t.Errorf("contentHash %s, want %s", source.ContentHash, want)
	}
}

func TestCounts(t *testing.T) {
	got := map[kg.Class]int{}
	for _, r := range load(t) {
		got[r.GetID().Class()]++
	}
	want := map[kg.Class]int{kg.DatasetClass: 1, kg.SourceClass: 1, kg.EntityClass: 81, kg.RelationshipClass: 108,
		kg.StatementClass: 30, kg.MentionClass: 214}
	if !maps.Equal(got, want) {
		t.Errorf("records by class %v, want %v", got, want)
	}
}

// TestLines: the file is what kg.Encode writes, and when its records were written is for the store to say.
func TestLines(t *testing.T) {
	var b bytes.Buffer
	for _, r := range load(t) {
		line, err := kg.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
		if !kg.MetaOf(r).RecordedAt.IsZero() {
			t.Errorf("%s has a recordedAt", kg.MetaOf(r).Key)
		}
	}
	if b.String() != graph {
		t.Error("graph.jsonl is not what its records are encoded to")
	}
}

func TestIDs(t *testing.T) {
	order := 0
	for _, r := range load(t) {
		m := kg.MetaOf(r)
		class := m.ID.Class()
		if want := kg.KeyID(class, DatasetName, m.Key); m.ID != want {
			t.Errorf("%s %s has id %s, want %s", class, m.Key, m.ID, want)
		}
		if class != kg.DatasetClass && (m.Key == "" || m.Dataset != kg.DatasetID(DatasetName)) {
			t.Errorf("%s %s is in dataset %s", class, m.Key, m.Dataset)
		}
		place := slices.Index(kg.Classes, class)
		if place < order {
			t.Errorf("%s %s stands behind records of a later class", class, m.Key)
		}
		order = place
	}
}

// TestSpans: every quotation stands in the article at the place it gives, between the words it gives.
func TestSpans(t *testing.T) {
	text := []rune(Article())
	source := kg.KeyID(kg.SourceClass, DatasetName, "article")
	check := func(key string, e kg.Evidence) {
		if e.Start == nil || e.End == nil || *e.Start >= *e.End || *e.End > len(text) {
			t.Errorf("%s: no place in the article", key)
			return
		}
		if got := string(text[*e.Start:*e.End]); got != e.Exact || e.Source != source {
			t.Errorf("%s: at %d stands %q, want %q", key, *e.Start, got, e.Exact)
		}
	}
	for _, r := range load(t) {
		key := kg.MetaOf(r).Key
		if m, ok := r.(*kg.Mention); ok {
			check(key, kg.Evidence{Source: m.Source, Exact: m.Exact, Start: m.Start, End: m.End})
		}
		for _, e := range kg.Evidences(r) {
			check(key, e)
			if got, want := e.Prefix, string(text[max(0, *e.Start-32):*e.Start]); got != want {
				t.Errorf("%s: prefix %q, want %q", key, got, want)
			}
			if got, want := e.Suffix, string(text[*e.End:min(len(text), *e.End+32)]); got != want {
				t.Errorf("%s: suffix %q, want %q", key, got, want)
			}
			if e.Method != kg.Human || e.AssertedBy != "Dramatis" {
				t.Errorf("%s: evidence of %s by %q", key, e.Method, e.AssertedBy)
			}
		}
	}
}

func TestEvidence(t *testing.T) {
	for _, r := range load(t) {
		switch r.(type) {
		case *kg.Relationship, *kg.Statement, *kg.Event:
			if len(kg.Evidences(r)) == 0 {
				t.Errorf("%s has no evidence", kg.MetaOf(r).Key)
			}
		}
	}
	for key, s := range byKey[*kg.Statement](t) {
		if !strings.Contains(s.Evidence[0].Exact, s.Text) {
			t.Errorf("%s: its evidence does not have its words: %q", key, s.Text)
		}
	}
	for key, claim := range map[string]string{"R39": "S12", "R43": "S16", "ev-intl-summit/france": "S04"} {
		if got := byKey[*kg.Relationship](t)[key].Evidence[0].AttributedTo; got != kg.KeyID(kg.StatementClass, DatasetName, claim) {
			t.Errorf("%s is attributed to %s, want %s", key, got, claim)
		}
	}
}

func TestStatements(t *testing.T) {
	statements := byKey[*kg.Statement](t)
	for key, want := range map[string]struct{ speakers, onBehalfOf []string }{
		"S02": {[]string{"psaki"}, []string{"biden", "white-house"}},
		"S11": {[]string{"sherman", "stoltenberg"}, []string{"usa", "nato"}},
		"S12": {[]string{"sherman", "stoltenberg"}, []string{"usa", "nato"}},
		"S14": {[]string{"grushko"}, []string{"russia"}},
		"S29": {[]string{"russia", "usa"}, []string{}},
	} {
		s := statements[key]
		if got := keys(t, s.Speakers); !slices.Equal(got, want.speakers) {
			t.Errorf("%s is spoken by %v, want %v", key, got, want.speakers)
		}
		if got := keys(t, s.OnBehalfOf); !slices.Equal(got, want.onBehalfOf) {
			t.Errorf("%s is spoken on behalf of %v, want %v", key, got, want.onBehalfOf)
		}
	}
	if got := keys(t, statements["S25"].Repeats); !slices.Equal(got, []string{"S04"}) {
		t.Errorf("S25 repeats %v, want S04", got)
	}

	russia := kg.KeyID(kg.EntityClass, DatasetName, "russia")
	var got []string
	for key, s := range statements {
		if slices.Contains(s.Speakers, russia) || slices.Contains(s.OnBehalfOf, russia) {
			got = append(got, key)
		}
	}
	slices.Sort(got)
	if want := []string{"S13", "S14", "S15", "S16", "S19", "S21", "S24", "S29", "S32"}; !slices.Equal(got, want) {
		t.Errorf("said by Russia or on its behalf: %v, want %v", got, want)
	}
}

func TestEntities(t *testing.T) {
	people := byKey[*kg.Person](t)
	ryabkov, grushko := people["ryabkov"], people["grushko"]
	if ryabkov == nil || grushko == nil || ryabkov.ID == grushko.ID {
		t.Error("the two deputy foreign ministers of Russia are not two persons")
	}
	position := kg.KeyID(kg.EntityClass, DatasetName, "pos-ru-dfm")
	var holders []kg.ID
	for _, r := range load(t) {
		if r, ok := r.(*kg.Relationship); ok && r.Type == kg.Holds && r.To == position {
			holders = append(holders, r.From)
		}
	}
	if got := keys(t, holders); !slices.Equal(got, []string{"ryabkov", "grushko"}) {
		t.Errorf("deputy foreign ministers of Russia: %v", got)
	}

	for key, want := range map[string]kg.EventStatus{"ev-intl-summit": kg.Proposed, "ev-feared-invasion": kg.Hypothetical,
		"ev-nrc": kg.Planned, "ev-geneva-talks": kg.Happened, "ev-border-crisis": kg.Ongoing} {
		if got := byKey[*kg.Event](t)[key].Status; got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	states := 0
	for key, o := range byKey[*kg.Organization](t) {
		if o.Kind != kg.State {
			continue
		}
		states++
		if iso := (kg.Identifier{Scheme: "iso3166-1", Value: strings.ToUpper(o.Country)}); o.Country == "" || !slices.Contains(o.Identifiers, iso) {
			t.Errorf("%s has country %q and identifiers %v", key, o.Country, o.Identifiers)
		}
	}
	if states != 5 {
		t.Errorf("%d states, want 5", states)
	}
	stubs := []string{}
	for key, p := range people {
		if p.Stub {
			stubs = append(stubs, key)
		}
	}
	if !slices.Equal(stubs, []string{"us-counterpart"}) {
		t.Errorf("stubs among the persons: %v", stubs)
	}
}

// TestApply: a store takes the graph as it is, and a second time changes nothing.
func TestApply(t *testing.T) {
	ctx := context.Background()
	store, _, err := sqlitestore.Open(ctx, filepath.Join(t.TempDir(), "graph.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()

	records := load(t)
	for i, want := range []kg.Result{{Created: ids(records)}, {Unchanged: ids(records)}} {
		batch, err := Batch()
		if err != nil {
			t.Fatal(err)
		}
		got, err := store.Apply(ctx, batch)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Created, want.Created) || !slices.Equal(got.Unchanged, want.Unchanged) || len(got.Changed)+len(got.Deleted) > 0 {
			t.Errorf("run %d: created %d, unchanged %d, changed %d, deleted %d", i+1, len(got.Created), len(got.Unchanged), len(got.Changed), len(got.Deleted))
		}
	}

	// The file is in stored form already: what comes back differs in recordedAt only.
	stored, err := store.Get(ctx, ids(records))
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range stored {
		if at := kg.MetaOf(r).RecordedAt; !at.Equal(RecordedAt) {
			t.Errorf("%s recorded at %s, want %s", kg.MetaOf(r).Key, at, RecordedAt)
		}
		if got, want := withoutTime(t, r), withoutTime(t, records[i]); got != want {
			t.Errorf("stored as %s, want %s", got, want)
		}
	}
	damage, err := store.Check(ctx)
	if err != nil || len(damage) > 0 {
		t.Errorf("the store finds damage: %v, error %v", damage, err)
	}
}

func ids(records []kg.Record) []kg.ID {
	var out []kg.ID
	for _, r := range records {
		out = append(out, r.GetID())
	}
	return out
}

func withoutTime(t *testing.T, r kg.Record) string {
	t.Helper()
	body, err := kg.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(string(body), `,"recordedAt":"2022-01-11T00:00:00Z"`, "", 1)
}
