package formats

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"dramatis/kg"

	"github.com/klauspost/compress/zstd"
)

// taken runs what puts records into a target, and gives what came out of it.
func taken(t *testing.T, there []kg.Record, put func(*Target) error) (records []kg.Record, notes []Note) {
	t.Helper()
	target := NewTarget(t.Context(), Target{
		Found: func(_ context.Context, ids []kg.ID) ([]kg.Record, error) {
			found := make([]kg.Record, len(ids))
			for i, id := range ids {
				for _, r := range there {
					if r.GetID() == id {
						found[i] = r
					}
				}
			}
			return found, nil
		},
		Yield: func(r kg.Record) error { records = append(records, r); return nil },
		Note:  func(n Note) error { notes = append(notes, n); return nil },
	})
	if err := put(target); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(target.End(), target.Close()); err != nil {
		t.Fatal(err)
	}
	return records, notes
}

func meta(class kg.Class, key string) kg.Meta {
	return kg.Meta{ID: kg.KeyID(class, "d", key), Dataset: kg.DatasetID("d"), Key: key}
}

func personNamed(key string) *kg.Person {
	return &kg.Person{Thing: kg.Thing{Meta: meta(kg.EntityClass, key), Name: key}}
}

func bodyNamed(key string) *kg.Organization {
	return &kg.Organization{Thing: kg.Thing{Meta: meta(kg.EntityClass, key), Name: key}}
}

func joining(key string, typ kg.RelationshipType, from, to string) *kg.Relationship {
	return &kg.Relationship{Meta: meta(kg.RelationshipClass, key), Type: typ, From: kg.KeyID(kg.EntityClass, "d", from), To: kg.KeyID(kg.EntityClass, "d", to)}
}

func keysOf(records []kg.Record) (keys []string) {
	for _, r := range records {
		keys = append(keys, kg.MetaOf(r).Key)
	}
	return keys
}

func TestTarget(t *testing.T) {
	for _, tt := range []struct {
		name    string
		put     []kg.Record
		expect  []kg.Entity
		there   []kg.Record
		want    string
		notes   []NoteKind
		reasons string
	}{
		{name: "a relationship behind its ends is given on at once",
			put: []kg.Record{personNamed("p"), bodyNamed("o"), joining("r", kg.MemberOf, "p", "o"), bodyNamed("o2")}, want: "p o r o2"},
		{name: "one before its ends waits",
			put: []kg.Record{joining("r", kg.MemberOf, "p", "o"), personNamed("p"), bodyNamed("o")}, want: "p o r"},
		{name: "an entity and a relationship may have the same key",
			put: []kg.Record{personNamed("p"), bodyNamed("o"), joining("p", kg.MemberOf, "p", "o")}, want: "p o p"},
		{name: "what came before is refused", put: []kg.Record{personNamed("p"), personNamed("p")}, want: "p", notes: []NoteKind{Refused}, reasons: "came before"},
		{name: "what is not well formed is refused", put: []kg.Record{personNamed(""), personNamed("p")}, want: "p", notes: []NoteKind{Refused}, reasons: "name"},
		{name: "a type that does not fit becomes OTHER",
			put: []kg.Record{joining("r", kg.MemberOf, "o", "p"), personNamed("p"), bodyNamed("o")}, want: "p o r", notes: []NoteKind{Changed}, reasons: "MEMBER_OF cannot end at a PERSON"},
		{name: "a symmetric one fits the other way round too",
			put: []kg.Record{personNamed("p"), bodyNamed("o"), joining("r", kg.AssociateOf, "o", "p")}, want: "p o r"},
		{name: "who is expected and does not come is a stub",
			put: []kg.Record{personNamed("p"), joining("r", kg.MemberOf, "p", "o")}, expect: []kg.Entity{bodyNamed("o")}, want: "p o r", notes: []NoteKind{Stubbed}, reasons: `"o"`},
		{name: "who is expected and comes is none",
			put: []kg.Record{personNamed("p"), joining("r", kg.MemberOf, "p", "o"), bodyNamed("o")}, expect: []kg.Entity{personNamed("p"), bodyNamed("o")}, want: "p o r"},
		{name: "who is in the graph is none",
			put: []kg.Record{personNamed("p"), joining("r", kg.MemberOf, "p", "o")}, expect: []kg.Entity{bodyNamed("o")}, there: []kg.Record{bodyNamed("o")}, want: "p r"},
		{name: "what joins nobody is refused",
			put: []kg.Record{personNamed("p"), joining("r", kg.MemberOf, "p", "o")}, want: "p", notes: []NoteKind{Refused}, reasons: "nowhere"},
	} {
		records, notes := taken(t, tt.there, func(target *Target) error {
			for _, e := range tt.expect {
				if err := target.Expect(Place{File: "f"}, e); err != nil {
					return err
				}
			}
			for i, r := range tt.put {
				if _, err := target.Put(Place{File: "f", Line: i + 1}, r); err != nil {
					return err
				}
			}
			return nil
		})
		if got := strings.Join(keysOf(records), " "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
		var kinds []NoteKind
		for _, n := range notes {
			kinds = append(kinds, n.Kind)
			if !strings.Contains(n.Reason, tt.reasons) || n.File != "f" {
				t.Errorf("%s: noted %+v, want one of %q", tt.name, n, tt.reasons)
			}
		}
		if !slices.Equal(kinds, tt.notes) {
			t.Errorf("%s: noted %v, want %v", tt.name, notes, tt.notes)
		}
		for _, r := range records {
			if err := kg.Check(r); err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
	}
}

// TestTargetOnce: the same may come again, something else by its id may not; what was only expected has not come.
func TestTargetOnce(t *testing.T) {
	var came []string
	records, notes := taken(t, nil, func(target *Target) error {
		other := personNamed("p")
		other.Gender = "female"
		if err := target.Expect(Place{}, personNamed("p")); err != nil {
			return err
		}
		for i, r := range []kg.Record{personNamed("p"), personNamed("p"), other, personNamed(""), bodyNamed("o"), bodyNamed("o")} {
			taken, again, err := target.PutOnce(Place{File: "f", Line: i + 1}, r)
			if err != nil {
				return err
			}
			came = append(came, fmt.Sprint(taken, again))
		}
		_, err := target.Put(Place{Line: 7}, bodyNamed("o"))
		return err
	})
	if want := []string{"true false", "false true", "false false", "false false", "true false", "false true"}; !slices.Equal(came, want) || len(records) != 2 {
		t.Errorf("%q, %d records", came, len(records))
	}
	var lines []int
	for _, n := range notes {
		if lines = append(lines, n.Line); n.Kind != Refused {
			t.Errorf("noted %+v", n)
		}
	}
	if !slices.Equal(lines, []int{3, 4, 7}) {
		t.Errorf("noted %+v", notes)
	}
}

// TestTargetMany: many relationships wait.
func TestTargetMany(t *testing.T) {
	const n = 2*someStubs + 7
	records, notes := taken(t, nil, func(target *Target) error {
		for i := range n {
			if _, err := target.Put(Place{}, joining(strings.Repeat("r", 1+i/100)+string(rune('a'+i%100)), kg.MemberOf, "p", "o")); err != nil {
				return err
			}
		}
		for _, r := range []kg.Record{personNamed("p"), bodyNamed("o")} {
			if _, err := target.Put(Place{}, r); err != nil {
				return err
			}
		}
		return nil
	})
	if len(records) != n+2 || len(notes) > 0 {
		t.Errorf("%d records, %v", len(records), notes)
	}
}

func packed(t *testing.T, text string, w io.WriteCloser, b *bytes.Buffer) []byte {
	t.Helper()
	_, err := io.WriteString(w, text)
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpen(t *testing.T) {
	text := write(t, samples())
	var gz, zs bytes.Buffer
	z, err := zstd.NewWriter(&zs)
	if err != nil {
		t.Fatal(err)
	}
	gzipped, zipped := packed(t, text, gzip.NewWriter(&gz), &gz), packed(t, text, z, &zs)
	for name, data := range map[string][]byte{"x.jsonl": []byte(text), "x.jsonl.gz": gzipped, "x": zipped, "bom": []byte("\uFEFF" + text)} {
		f, err := Open("dir/"+name, bytes.NewReader(data), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if want, _, _ := strings.Cut(name, "."); f.Format.Name != "jsonl" || f.Dataset != want {
			t.Errorf("%s: %s of dataset %s", name, f.Format.Name, f.Dataset)
		}
		records, notes := taken(t, nil, func(target *Target) error { return f.Format.Read(f, target) })
		if write(t, records) != text || len(notes) > 0 {
			t.Errorf("%s: read %d records, %v", name, len(records), notes)
		}
		f.Close()
	}
	for name, data := range map[string][]byte{
		"nothing": nil, "a text": []byte("once upon a time"), "an archive": []byte("PK\x03\x04"), "gzip in name only": {0x1f, 0x8b, 0, 0}, "cut": gzipped[:9],
		"Zstandard in name only": {0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff, 0xff, 0xff, 0xff},
	} {
		if _, err := Open(name, bytes.NewReader(data), Options{}); kg.CodeOf(err) != kg.BadUserInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	// broken behind the beginning
	for name, data := range map[string][]byte{"gzip": slices.Concat(gzipped[:len(gzipped)-20], bytes.Repeat([]byte{7}, 20)), "cut gzip": gzipped[:len(gzipped)-9], "cut Zstandard": zipped[:len(zipped)-4]} {
		f, err := Open(name, bytes.NewReader(data), Options{Format: "jsonl"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := io.ReadAll(f.Body); kg.CodeOf(err) != kg.BadUserInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := errors.New("broken")
	if _, err := Open("x", iotest.ErrReader(broken), Options{}); !errors.Is(err, broken) {
		t.Error(err)
	}
	f, err := Open("x", io.MultiReader(bytes.NewReader(gzipped[:len(gzipped)-30]), iotest.ErrReader(broken)), Options{Format: "jsonl"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(f.Body); !errors.Is(err, broken) || kg.CodeOf(err) == kg.BadUserInput {
		t.Error(err)
	}
}

// TestRefusedLines: a file of our own is taken whole or not at all, and all that is wrong with it is told.
func TestRefusedLines(t *testing.T) {
	text := write(t, samples())
	f, err := Open("x.jsonl", strings.NewReader(text+"{\n"+strings.Repeat("x", MaxLine+1)+"\n"+text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var notes []Note
	n := 0
	target := NewTarget(t.Context(), Target{Yield: func(kg.Record) error { n++; return nil }, Note: func(n Note) error { notes = append(notes, n); return nil }})
	err = f.Format.Read(f, target)
	if kg.CodeOf(err) != kg.BadUserInput || n != len(samples()) || len(notes) != 2 ||
		notes[0].Line != len(samples())+1 || !strings.Contains(notes[0].Reason, "JSON") || !strings.Contains(notes[1].Reason, "longer than 4 MiB") {
		t.Errorf("%d records, %v, %v", n, notes, err)
	}
}
