package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dramatis/kg"
	"dramatis/store/neo4jstore/neo4jtest"
)

// importedFiles are files that others made, with their origin beside them.
var importedFiles = []string{"formats/testdata/popolo/burundi.json", "formats/testdata/popolo/estonia.json.gz", "formats/testdata/popolo/ireland.json.gz",
	"formats/testdata/ftm/parteispenden.ftm.json"}

// TestImported imports files of several countries together, and asks what docs/imported.md asks. The whole answers, and how many
// records there are of each sort, are those that scripts/recount finds in the files: they stand in formats/testdata/recount.
func TestImported(t *testing.T) {
	exported := map[string][]string{}
	t.Run("sqlite", func(t *testing.T) {
		exported["sqlite"] = testImported(t, *update, "sqlite:"+filepath.Join(t.TempDir(), "graph.db"))
	})
	if os.Getenv("DRAMATIS_TEST_NEO4J") == "" && os.Getenv("DRAMATIS_NEO4J_REQUIRED") == "" {
		return
	}
	t.Run("neo4j", func(t *testing.T) {
		server := neo4jtest.Use(t)
		t.Setenv("DRAMATIS_NEO4J_USER", server.User)
		t.Setenv("DRAMATIS_NEO4J_PASSWORD", server.Password)
		exported["neo4j"] = testImported(t, false, server.URI)
	})
	if !slices.Equal(exported["sqlite"], exported["neo4j"]) {
		t.Error("the exports of the stores differ")
	}
}

func testImported(t *testing.T, update bool, store string) (exported []string) {
	command(t, store, append([]string{"import"}, importedFiles...)...)
	if again := command(t, store, append([]string{"import"}, importedFiles...)...); !strings.Contains(again, ": 0 created, 0 changed, ") {
		t.Errorf("the second time: %s", again)
	}
	if got := command(t, store, "check"); !strings.Contains(got, "sound") {
		t.Errorf("check: %s", got)
	}
	p := start(t, "--store", store)
	t.Run("counts", func(t *testing.T) { testRecounted(t, p) })
	t.Run("sat", func(t *testing.T) { testSat(t, p) })
	t.Run("donations", func(t *testing.T) { testDonations(t, p) })
	text, err := os.ReadFile("docs/imported.md")
	if err != nil {
		t.Fatal(err)
	}
	fresh, questions := askQuestions(t, p, text, update)
	if questions != 3 {
		t.Errorf("%d questions found", questions)
	}
	if update {
		if err := os.WriteFile("docs/imported.md", fresh, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "graph.jsonl")
	command(t, store, "export", file)
	return graphOf(t, file)
}

// recounted reads what scripts/recount has found.
func recounted(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("formats/testdata/recount", name+".json"))
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// askInto wants an answer without errors.
func (p *process) askInto(t *testing.T, query string, into any) {
	t.Helper()
	var answer struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.Unmarshal([]byte(p.post(t, query)), &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%s: %v %s", query, err, answer.Errors)
	}
	if err := json.Unmarshal(answer.Data, into); err != nil {
		t.Fatal(err)
	}
}

// testRecounted counts the records of each dataset.
func testRecounted(t *testing.T, p *process) {
	var want map[string]map[string]int
	recounted(t, "records", &want)
	for dataset, records := range want {
		in := fmt.Sprintf(`(filter: {dataset: [%q]})`, kg.DatasetID(dataset))
		type counts struct {
			Types []struct {
				Type  string
				Count int
			}
		}
		var got struct {
			Entities      counts
			Relationships counts
			Sources       struct{ TotalCount int }
		}
		p.askInto(t, `{ entities: entityCounts`+in+` { types { type count } } relationships: relationshipCounts`+in+` { types { type count } } sources`+in+` { totalCount } }`, &got)
		found := map[string]int{"Dataset": 1}
		if n := got.Sources.TotalCount; n > 0 {
			found["Source"] = n
		}
		for _, n := range got.Entities.Types {
			found[n.Type[:1]+strings.ToLower(n.Type[1:])] = n.Count
		}
		for _, n := range got.Relationships.Types {
			found[n.Type] = n.Count
		}
		if !maps.Equal(found, records) {
			t.Errorf("%s: %v, want %v", dataset, found, records)
		}
	}
}

// testSat asks who sat where on a day, and for whom.
func testSat(t *testing.T, p *process) {
	var want map[string][][2]string
	recounted(t, "sat", &want)
	for legislature, members := range want {
		dataset, name, _ := strings.Cut(legislature, ": ")
		var found [][2]string
		for after := "null"; after != ""; {
			var got struct {
				Entities struct {
					Nodes []struct {
						Members struct {
							PageInfo struct {
								HasNextPage bool
								EndCursor   string
							}
							Edges []struct {
								Other struct {
									Name        string
									Memberships struct {
										Nodes []struct {
											To struct{ Name string }
										}
									}
								}
							}
						}
					}
				}
			}
			p.askInto(t, fmt.Sprintf(`{ entities(filter: {dataset: [%q], name: %q}, asOf: "2014-01-01", first: 1) { nodes { ... on Organization {
				members(first: 100, after: %s) { pageInfo { hasNextPage endCursor } edges { other { name
				... on Person { memberships(first: 10) { nodes { to { name } } } } } } } } } } }`, kg.DatasetID(dataset), name, after), &got)
			if len(got.Entities.Nodes) != 1 {
				t.Fatalf("%d are named %s", len(got.Entities.Nodes), name)
			}
			page := got.Entities.Nodes[0].Members
			for _, e := range page.Edges {
				for _, m := range e.Other.Memberships.Nodes {
					if m.To.Name != name {
						found = append(found, [2]string{e.Other.Name, m.To.Name})
					}
				}
			}
			if after = ""; page.PageInfo.HasNextPage {
				after = strconv.Quote(page.PageInfo.EndCursor)
			}
		}
		slices.SortFunc(found, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
		if found = slices.Compact(found); len(found) < 60 || !slices.Equal(found, members) {
			t.Errorf("%s: %d seats, or others than the %d wanted:\n%v\n%v", legislature, len(found), len(members), found, members)
		}
	}
}

// testDonations asks who paid whom how much in each year.
func testDonations(t *testing.T, p *process) {
	var want [][4]any
	recounted(t, "donations", &want)
	sums, found := map[string]string{}, map[string]string{}
	for _, s := range want {
		sums[fmt.Sprint(s[0], s[1], s[2])] = strconv.FormatFloat(s[3].(float64), 'f', 0, 64)
	}
	for year := 2000; year < 2020; year++ {
		var got struct {
			RelationshipCounts struct {
				Payments struct {
					Sums []struct {
						Payer, Payee struct{ Name string }
						Minor        string
					}
				}
			}
		}
		p.askInto(t, fmt.Sprintf(`{ relationshipCounts(filter: {activeDuring: {from: "%d", to: "%[1]d"}, dataset: [%q]}) { payments(first: 100) { sums { payer { name } payee { name } minor } } } }`,
			year, kg.DatasetID("parteispenden")), &got)
		for _, s := range got.RelationshipCounts.Payments.Sums {
			if s.Minor != "" { // it went to several
				found[fmt.Sprint(s.Payee.Name, year, s.Payer.Name)] = s.Minor
			}
		}
	}
	if len(found) < 100 || !maps.Equal(found, sums) {
		t.Errorf("got %v\nwant %v", found, sums)
	}
}

// TestRecount finds what stands in formats/testdata/recount anew, by a program that shares no code with this one.
func TestRecount(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("needs Python")
	}
	popolo := importedFiles[:3]
	for name, args := range map[string][]string{
		"records":   append([]string{"records"}, importedFiles...),
		"sat":       append([]string{"sat", "2014-01-01"}, popolo...),
		"donations": {"donations", importedFiles[3]},
	} {
		got, err := exec.Command("scripts/recount", args...).Output()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("formats/testdata/recount", name+".json")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(file); err != nil || string(got) != string(want) {
			t.Errorf("%s: %v; the files give\n%s", file, err, got)
		}
	}
}
