package formats

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"dramatis/kg"

	"golang.org/x/text/encoding/charmap"
)

const people = "{dataset: d, records: {p: {record: Person, key: id, name: name}}}"

// keysOf are the keys of what a table becomes.
func (i *csvImport) keysOf(t testing.TB, mapping, text string) []string {
	t.Helper()
	i.graph = nil
	i.table(t, mapping, text)
	keys := []string{}
	for _, r := range i.graph {
		if key := kg.MetaOf(r).Key; key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// TestCSVBrokenRows: what is no row is refused by line and column, and the rows around it are taken.
func TestCSVBrokenRows(t *testing.T) {
	long := strings.Repeat("x", MaxLine+1)
	for _, c := range []struct{ text, keys, notes string }{
		{"1,a\n2\n3,c\n4,d,e\n5,f\n", "1 3 5", "3:0 REFUSED the row has 1 cells, the header 2\n5:0 REFUSED the row has 3 cells, the header 2\n"},
		{"1,\"a\n2,b\n3,c\n", "2 3", "2:3 REFUSED a quote is opened here and never closed\n"},
		{"1,\"a\n2,\"b\"\n3,c\n", "2 3", "3:3 REFUSED a quote stands within a quoted text that began in line 2, column 3, and is not doubled\n"},
		{"1,\"a\"b\n2,\"b\"\n", "2", "2:5 REFUSED a quote stands within a quoted text and is not doubled\n"},
		{"1,a \"b\" c\n2,\"b\"\" \"\n", "1 2", ""},
		{"1,a\x00b\n2,b\n", "2", "2:4 REFUSED a NUL stands here\n"},
		{"é,\"x\ny\xff\"\n2,b\n", "2", "3:2 REFUSED this is no UTF-8: say what encoding it is\n"},
		{"1," + long + "\n2,b\n", "2", "2:0 REFUSED the row is longer than 4 MiB\n"},
		{"1,\"" + strings.Repeat("x\n", MaxLine/2+1) + "\n", "", "2:3 REFUSED a quote is opened here and not closed within 4 MiB\n"},
		{"1,\"a\nb\nc\"\n2,x\xff\n", "1", "5:4 REFUSED this is no UTF-8: say what encoding it is\n"},
		{"\n\n1,a\n\n2,b", "1 2", ""},
		{strings.Repeat("k", 600) + ",a\n2,b\n", "2", "2:1 REFUSED p has a key of more than 512 bytes\n"},
		{"1," + strings.Repeat("n", 5000) + "\n", "1", "2:3 CHANGED name: \"" + strings.Repeat("n", 60) + "…\" is longer than 4096 bytes; it is kept aside\n2:0 CHANGED p has no name; its key, \"1\", stands for it\n"},
	} {
		var i csvImport
		if strings.Contains(c.text, "\nx\n") { // all lines of a quote that is too long are rows of one cell
			i.keysOf(t, people, "id,name\n"+c.text)
			if first, _, _ := strings.Cut(i.notes, "\n"); first+"\n" != c.notes {
				t.Errorf("got %s", first)
			}
			continue
		}
		keys := strings.ReplaceAll(strings.Join(i.keysOf(t, strings.Replace(people, "{", "{encoding: utf-8, ", 1), "id,name\n"+c.text), " "), "person/", "")
		if keys != c.keys || i.notes != c.notes {
			t.Errorf("%.60q\ngot %s\n%swant %s\n%s", c.text, keys, i.notes, c.keys, c.notes)
		}
	}
}

// TestCSVHeaders: a header that cannot be meant is refused before a row is read.
func TestCSVHeaders(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "is empty: there is no header",
		"\n\n":                                "is empty: there is no header",
		"id,name,id\n1,2,3\n":                 `columns 1 and 3 have the same name, "id"`,
		"id,\"name\n":                         "line 1, column 4: the header cannot be read: a quote is opened here and never closed",
		"id,name," + strings.Repeat("x", 201): "the name of column 3 is longer than 200 bytes",
		strings.Repeat(",", maxColumns):       "the header has 16385 columns: a table has at most 16384",
		"id;nam\n":                            `there is no column "name", but id, nam`,
	} {
		var i csvImport
		err := i.read(t, people, text, func(r kg.Record) error { return nil })
		if kg.CodeOf(err) != kg.BadUserInput || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q fails with %v, want %s", text, err, want)
		}
	}
	var i csvImport
	same(t, i.records(t, people, "id,name,,x\n1,a,b,\n"), `Person person/1 {"extra":[{"name":"column 3","values":["b"]}],"name":"a"}`)
	var j csvImport
	same(t, j.records(t, "{header: [id, name], delimiter: tab, records: {p: {record: Person, key: id, name: name}}}", "1\ta,b\n"), `Person person/1 {"name":"a,b"}`)
}

// TestCSVExtraTooLarge: what has no room is left out and said.
func TestCSVExtraTooLarge(t *testing.T) {
	var i csvImport
	got := i.records(t, people, "id,name,big,small\n1,a,"+strings.Repeat("x", 70000)+",y\n")
	same(t, got, `Person person/1 {"extra":[{"name":"small","values":["y"]}],"name":"a"}`)
	if want := "2:5 CHANGED big is left out: there is no more room to keep it aside\n"; i.notes != want {
		t.Error(i.notes)
	}
}

// encoded writes a table in an encoding.
func encoded(t *testing.T, name, text string) string {
	t.Helper()
	units := utf16.Encode([]rune(text))
	wide := func(low, high int) string {
		b := make([]byte, 2*len(units))
		for i, u := range units {
			b[2*i+low], b[2*i+high] = byte(u), byte(u>>8)
		}
		return string(b)
	}
	switch name {
	case "UTF-16LE":
		return wide(0, 1)
	case "UTF-16BE":
		return wide(1, 0)
	case "UTF-16LE BOM":
		return "\xff\xfe" + wide(0, 1)
	case "UTF-16BE BOM":
		return "\xfe\xff" + wide(1, 0)
	case "UTF-8 BOM":
		return "\uFEFF" + text
	case "Windows-1252", "Windows-1250":
		m := map[string]*charmap.Charmap{"Windows-1252": charmap.Windows1252, "Windows-1250": charmap.Windows1250}[name]
		s, err := m.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return text
}

// TestCSVEncodings: a table is the same in every encoding, with every delimiter and every break.
func TestCSVEncodings(t *testing.T) {
	var want []string
	for _, encoding := range []string{"UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "UTF-16LE BOM", "UTF-16BE BOM", "Windows-1252"} {
		for _, delimiter := range []string{",", ";", "\t", "|"} {
			for _, end := range []string{"\n", "\r\n", "\r"} {
				text := strings.NewReplacer(",", delimiter, "\n", end).Replace("id,name,more\n1,Müller,\"x" + "y\"\n2,José,\n3,Zoë,z\n")
				var i csvImport
				got := i.records(t, people, encoded(t, encoding, text))
				if want == nil {
					want = got
				}
				if !slices.Equal(got, want) || i.notes != "" {
					t.Errorf("%s %q %q: got %s\n%s", encoding, delimiter, end, got, i.notes)
				}
			}
		}
	}
	var i csvImport
	same(t, i.records(t, "encoding: Windows 1250\nrecords: {p: {record: Person, key: id, name: name}}", encoded(t, "Windows-1250", "id,name\n1,Łódź\n")), `Person person/1 {"name":"Łódź"}`)
	i = csvImport{}
	i.table(t, people, encoded(t, "UTF-16LE BOM", "id,name\n1,a\n2,")+"\x00\xd8\n\x00")
	if want := "3:3 REFUSED this is no character in the encoding of the file\n"; i.notes != want {
		t.Error(i.notes)
	}
	i = csvImport{}
	i.table(t, people, "id,name\n"+strings.Repeat("1,a\n", headSize)+"2,\xe9\n")
	if want := fmt.Sprintf("%d:3 REFUSED this is no UTF-8: say what encoding it is\n", headSize+2); !strings.HasSuffix(i.notes, want) {
		t.Errorf("%.300s", i.notes)
	}
}

// TestCSVReadErrors: what a file cannot be read with ends the import, and no row before it is half one.
func TestCSVReadErrors(t *testing.T) {
	broken := errors.New("broken")
	m, err := ParseMapping("m", []byte(people))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "id,na", "id,name\n", "id,name\n1,", "id,name\n1,\"a", "id,name\n1,a\n"} {
		f, err := Open("t.csv", io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), Options{Mapping: m})
		if err == nil {
			target := NewTarget(t.Context(), Target{
				Found: func(context.Context, []kg.ID) ([]kg.Record, error) { return []kg.Record{nil}, nil },
				Yield: func(r kg.Record) error {
					if _, ok := r.(*kg.Person); ok && !strings.HasSuffix(text, "1,a\n") {
						t.Errorf("%q: %v was made", text, r)
					}
					return nil
				},
				Note: func(n Note) error { return errors.New(n.Reason) },
			})
			err = f.Format.Read(f, target)
		}
		if !errors.Is(err, broken) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestCSVLike(t *testing.T) {
	for name, text := range map[string]string{
		"a.csv": "x", "b.TSV.gz": "x", "c.tab": "x", "nodes": "id:ID(Person),name,:LABEL\n", "edges.txt": ":START_ID;:END_ID;:TYPE\n", "wide": encoded(t, "UTF-16LE BOM", "a:ID,b\n"),
	} {
		if f, err := Open(name, strings.NewReader(text), Options{}); err != nil || f.Format.Name != "csv" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{"x": "a,b\n", "y": "", "z": "\x00\x01\x02", "w": ":START_ID,x\n"} {
		if f, err := Open(name, strings.NewReader(text), Options{}); err == nil {
			t.Errorf("%s is %s", name, f.Format.Name)
		}
	}
}

// TestCSVAdmin reads nodes and relationships with headers of neo4j-admin.
func TestCSVAdmin(t *testing.T) {
	var i csvImport
	i.table(t, "", "personId:ID(Person-ID),name,born:int,country,nick:string[],aliases:string[],:LABEL,secret:IGNORE\nkeanu,Keanu,1964,Canada,x;y,Kea;Nu,Person,s\nacme,ACME,,US,,,Thing;Company,\n7,,,,,,Ship,\n")
	i.table(t, "", "movieId:ID(Movie-ID){label:Movie},title,year:int\nm1,\"The Matrix\",1999\n")
	same(t, i.records(t, "", ":START_ID(Person-ID),role,:END_ID(Movie-ID),:TYPE,since\nkeanu,Neo,m1,ACTED_IN,1999\nkeanu,Trinity,m1,ACTED_IN,1999\nkeanu,,m1,Supports,\n"),
		`Organization node/Person-ID/acme {"country":"us","extra":[{"name":":LABEL","values":["Thing","Company"]}],"identifiers":[{"scheme":"personId","value":"acme"}],"kind":"COMPANY","name":"ACME"}`,
		`Person node/Person-ID/keanu {"birthDate":"1964","countries":["ca"],"extra":[{"name":"nick","values":["x","y"]}],"identifiers":[{"scheme":"personId","value":"keanu"}],"name":"Keanu","names":[{"value":"Kea","kind":"ALIAS"},{"value":"Nu","kind":"ALIAS"}]}`,
		`Relationship relationship/… {"extra":[{"name":"role","values":["Neo"]},{"name":":TYPE","values":["ACTED_IN"]}],"from":"node/Person-ID/keanu","role":"acted in","startDate":"1999","to":"node/Movie-ID/m1","type":"OTHER"}`,
		`Relationship relationship/… {"from":"node/Person-ID/keanu","to":"node/Movie-ID/m1","type":"SUPPORTS"}`,
		`Relationship relationship/…/6253cb48fd22f07d4e305b3fdd4c409b {"extra":[{"name":"role","values":["Trinity"]},{"name":":TYPE","values":["ACTED_IN"]}],"from":"node/Person-ID/keanu","role":"acted in","startDate":"1999","to":"node/Movie-ID/m1","type":"OTHER"}`,
		`Topic node/Movie-ID/m1 {"extra":[{"name":"year","values":["1999"]}],"identifiers":[{"scheme":"movieId","value":"m1"}],"name":"The Matrix"}`,
		`Topic node/Person-ID/7 {"extra":[{"name":":LABEL","values":["Ship"]}],"identifiers":[{"scheme":"personId","value":"7"}],"name":"7"}`)
	if created, changed, unchanged := i.table(t, "", ":START_ID(Person-ID),:END_ID(Person-ID),:TYPE\nkeanu,acme,EMPLOYED_BY\nkeanu,nobody,knowsOf\n,acme,X\n"); created != 3 || changed > 0 || unchanged != 1 { // the dataset
		t.Errorf("%d created, %d changed, %d unchanged", created, changed, unchanged)
	}
	if want := "4:1 REFUSED relationship has no from: start has no key: :START_ID is empty\n3:0 STUB refers to \"node/Person-ID/nobody\", which is nowhere\n"; i.notes != want {
		t.Errorf("got %s", i.notes)
	}
	for text, want := range map[string]string{
		"a:ID,b:ID\n":             "two columns of type ID",
		"id:ID(Record),sortKey\n": "export the graph as jsonl instead",
		":ID,:START_ID,:END_ID\n": "the id of a node and the ends of a relationship",
		":ID,name,name:string\n":  `have the same name, "name"`,
	} {
		if err := i.read(t, "", text, nil); kg.CodeOf(err) != kg.BadUserInput || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	f, err := Open("nodes.csv", strings.NewReader(":ID\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Format.Read(f, NewTarget(t.Context(), Target{})); kg.CodeOf(err) != kg.BadUserInput || !strings.Contains(err.Error(), "--dataset NAME") {
		t.Error(err)
	}
}

// loads wants a proposal that loads as it stands and refuses no row.
func loads(t testing.TB, name, text string) (string, *csvImport) {
	t.Helper()
	proposal, err := Guess(name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	i := &csvImport{}
	i.table(t, string(proposal), text)
	return string(proposal), i
}

func TestCSVGuess(t *testing.T) {
	for name, want := range map[string][]string{
		"114th-committees-current.csv":  {"record: Organization", "key: thomasID", "name: name", "{literal: GOVERNMENT_BODY}", "links: url", "description: jurisdiction"},
		"114th-legislators-current.csv": {"record: Person", "{columns: [firstName, lastName]}", "values: {F: female, M: male}", "birthDate: birthday", `fec: {column: fecIDs, split: "[]"}`, "bioguide: bioguideID", "key: currentParty", "{literal: PARTY}", "{literal: MEMBER_OF}"},
		"114th-committee-members.csv":   {"from: legislator\n", "to: committee\n", "key: legislatorID", "key: committeeID", "{literal: MEMBER_OF}", "extra of relationship: rank"},
		"experts.csv":                   {"key: id\n", "countries: nationality", "gender: gender", "key: group_code", "name: group_name", "links: group_uri", "role: membership_status"},
		"links.csv":                     {"record: Person", "key: id ", "key: comp_id", "name: comp_name", "role: role"},
	} {
		proposal, i := loads(t, name, csvFile(t, name))
		for _, w := range want {
			if !strings.Contains(proposal, w) {
				t.Errorf("%s: no %s in\n%s", name, w, proposal)
			}
		}
		if strings.Contains(i.notes, "REFUSED") || strings.Contains(i.notes, "CHANGED") {
			t.Errorf("%s\n%s", proposal, i.notes)
		}
	}
	const donations = "Nr;Spender;Empfänger Party;Betrag;Datum\n1;Daimler AG;CDU;150.000,00 €;01.02.2014\n2;Daimler AG;SPD;150.000,00 €;13.02.2014\n"
	proposal, i := loads(t, "donations.csv", encoded(t, "Windows-1252", donations))
	var paid []string
	for _, r := range i.graph {
		if rel, ok := r.(*kg.Relationship); ok {
			paid = append(paid, fmt.Sprintf("%s %s %+v", rel.Type, rel.StartDate, *rel.Amount))
		}
	}
	slices.Sort(paid)
	if want := []string{"PAID 2014-02-01 {Minor:15000000 Currency:EUR}", "PAID 2014-02-13 {Minor:15000000 Currency:EUR}"}; !slices.Equal(paid, want) || i.notes != "" {
		t.Errorf("%s\ngave %s\n%s", proposal, paid, i.notes)
	}
	for text, want := range map[string][]string{
		"speaker,date,quote,url\nA,2022-01-10,No.,https://n.example/1\nB,2022-01-11,Yes.,https://n.example/2\n":                           {"record: Statement", "text: quote", "date: date", "evidence: {url: url, exact: quote}"},
		"id,name,group,group_id,start_date,gender\nu1,A,Green,g1,2010-01-01,female\nu2,B,Red,g2,,male\nu3,C,Red,g2,,x\n":                  {"key: group_id", "name: group", "startDate: start_date"},
		"CompanyName,CompanyNumber,IncorporationDate,PreviousName_1.CompanyName\nA LTD,012,14/02/1999,OLD\n":                              {"record: Organization", `format: "%d/%m/%Y"`, `FORMER: "PreviousName_1.CompanyName"`},
		"owner_name\towner_id\tcompany_name\tcompany_number\tfrom_date\nAnn\t1\tA LTD\t012\t03/04/2001\nBob\t2\tA LTD\t012\t01/02/2001\n": {"{literal: OWNS}", "key: company_number", "it may also be %m/%d/%Y"},
		"director_id,company_id\n1,2\n1,3\n": {"{literal: DIRECTS}", "from: director\n"},
		"x,y\n1,2\n":                         {"record: Topic", "check"},
		"a\n":                                {"record: Topic"},
	} {
		proposal, i := loads(t, "some.csv", text)
		for _, w := range want {
			if !strings.Contains(proposal, w) {
				t.Errorf("no %s in\n%s", w, proposal)
			}
		}
		if strings.Contains(i.notes, "REFUSED") || strings.Contains(i.notes, "CHANGED") {
			t.Errorf("%s\n%s", proposal, i.notes)
		}
	}
	if _, err := Guess("x.csv", strings.NewReader(":ID,name\n")); kg.CodeOf(err) != kg.BadUserInput {
		t.Error(err)
	}
	if _, err := Guess("x.csv", strings.NewReader("")); kg.CodeOf(err) != kg.BadUserInput {
		t.Error(err)
	}
}

// FuzzCSV: whatever the table and the mapping, it is read or refused; what is given on is well formed, and each record only once.
func FuzzCSV(f *testing.F) {
	f.Add(people, "id,name\n1,a\n")
	f.Add(payments, "kind,giver,taker,sum,currency,day,last\nPAID,g,A,\"1.234,50\",eur,2014,\n")
	f.Add("", ":START_ID,:END_ID,:TYPE\n1,2,X\n")
	f.Add("", "id:ID(x),name,:LABEL\n1,2,X;Person\n")
	f.Add(strings.Replace(people, "{", "{encoding: utf-16, ", 1), "\xff\xfei\x00d\x00")
	mappings, err := filepath.Glob("testdata/csv/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, m := range mappings {
		text, err := os.ReadFile(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), "thomasID,name\n1,\"a\nb\"\n")
	}
	f.Fuzz(func(t *testing.T, mapping, text string) {
		seen := map[kg.ID]bool{}
		var i csvImport
		err := i.read(t, mapping, text, func(r kg.Record) error {
			if seen[r.GetID()] {
				t.Errorf("%s comes twice", r.GetID())
			}
			seen[r.GetID()] = true
			return kg.Check(r)
		})
		if err != nil && kg.CodeOf(err) != kg.BadUserInput {
			t.Error(err)
		}
		for _, comma := range []byte(",;") {
			sameAsEncodingCSV(t, text, comma)
		}
	})
}

// FuzzGuess: whatever the table, its proposal can be read by it.
func FuzzGuess(f *testing.F) {
	f.Add("table.csv", "id,first_name,last name,party\n1,a,b,X\n")
	f.Add("\x00", "0")
	f.Add("-", "from,to,amount,date\na,b,1,2014\n")
	f.Add("donations", "donor;recipient party;amount\nx;y;1,5\n")
	for _, name := range []string{"experts.csv", "links.csv"} {
		f.Add(name, csvFile(f, name))
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		proposal, err := Guess(name, strings.NewReader(text))
		if err != nil {
			if kg.CodeOf(err) != kg.BadUserInput || bytes.Contains([]byte(err.Error()), []byte("the proposal")) {
				t.Errorf("%v\n%s", err, proposal)
			}
			return
		}
		var i csvImport
		if err := i.read(t, string(proposal), text, func(kg.Record) error { return nil }); err != nil {
			t.Errorf("%v\n%s", err, proposal)
		}
	})
}
