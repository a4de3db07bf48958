package sqlitestore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

// schema1 makes at old a file of the first schema with the graph of another file, as the first version wrote it.
func schema1(t *testing.T, old, path string) {
	t.Helper()
	text, err := migrations.ReadFile("migrations/0001.sql")
	if err != nil {
		t.Fatal(err)
	}
	run(t, old, string(text)+fmt.Sprintf(`PRAGMA application_id=%d; PRAGMA user_version=1; ATTACH '%s' AS new;
		INSERT INTO record SELECT id, sort, date_sort, startMin, startMax, endMin, endMax, body FROM new.record ORDER BY id;
		INSERT INTO posting SELECT key, sort FROM new.posting WHERE key NOT LIKE 'word=%%' AND key NOT LIKE 'byEnd=%%';
		INSERT INTO tally SELECT * FROM new.tally; INSERT INTO op SELECT * FROM new.op`, applicationID, strings.ReplaceAll(path, "'", "''")))
}

// TestOldGraph opens a graph of the first schema, which has nothing to search by.
func TestOldGraph(t *testing.T) {
	path, old := newPath(t), newPath(t)
	s := openAt(t, path)
	ended := link("r", "a", "b")
	ended.EndDate = "2020"
	records := []kg.Record{named("a", "Александр Грушко"), person("b"), ended, said("s", "Talks on Monday", "2022")}
	for i := range 2*someRecords + 1 {
		records = append(records, person(fmt.Sprint("person ", i)))
	}
	for chunk := range slices.Chunk(records, kg.MaxBatch) {
		mustPut(t, s, chunk...)
	}
	schema1(t, old, path)

	// a record that cannot be read stops it, and then nothing was changed
	whole := string(id(kg.EntityClass, "person 2000"))
	run(t, old, "UPDATE record SET body = '!' || body WHERE id = '"+whole+"'")
	if _, _, err := Open(t.Context(), old, Options{}); err == nil || !strings.Contains(err.Error(), whole+" cannot be read") {
		t.Errorf("opened with a broken record: %v", err)
	}
	if version, err := inspect(t.Context(), old); err != nil || version != 1 {
		t.Errorf("it has schema %d, %v", version, err)
	}
	run(t, old, "UPDATE record SET body = substr(body, 2) WHERE id = '"+whole+"'")

	for range 2 {
		s, fresh, err := Open(t.Context(), old, Options{})
		if err != nil || fresh {
			t.Fatalf("fresh %t, %v", fresh, err)
		}
		wantSound(t, s)
		for text, want := range map[string]kg.ID{"gruschko": id(kg.EntityClass, "a"), "monday": id(kg.StatementClass, "s")} {
			page, err := kg.Search(t.Context(), s, kg.SearchQuery{Text: text}, kg.PageArgs{}, false)
			if err != nil || len(page.Hits) != 1 || page.Hits[0].Record.GetID() != want {
				t.Errorf("%s: found %+v, %v", text, page, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
