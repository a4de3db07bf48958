package formats

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

// records imports a table and gives what came of it: of each record but datasets its key, class and fields, with keys for ids.
func (i *csvImport) records(t testing.TB, mapping, text string) []string {
	t.Helper()
	i.table(t, mapping, text)
	keys := []string{}
	var list []string
	for id, r := range i.graph {
		keys = append(keys, string(id), kg.MetaOf(r).Key)
	}
	named := strings.NewReplacer(keys...)
	for _, r := range i.graph {
		if _, ok := r.(*kg.Dataset); ok {
			continue
		}
		body, err := kg.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(body, &fields); err != nil {
			t.Fatal(err)
		}
		for _, f := range []string{"id", "dataset", "key", "record"} {
			delete(fields, f)
		}
		rest, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprintf("%s %s %s", kg.KindOf(r), kg.MetaOf(r).Key, named.Replace(string(rest))))
	}
	slices.Sort(list)
	return list
}

// same compares records, whatever the hashes in the keys of relationships and statements.
func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	for i, line := range got {
		if before, after, ok := strings.Cut(line, "relationship/"); ok && len(after) > 32 {
			got[i] = before + "relationship/…" + after[32:]
		}
		if before, after, ok := strings.Cut(line, "statement/"); ok && len(after) > 32 {
			got[i] = before + "statement/…" + after[32:]
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestCSVFields(t *testing.T) {
	var i csvImport
	same(t, i.records(t, `
dataset: d
ignore: [noise]
records:
  person:
    record: Person
    key: [{literal: p}, no]
    name: {columns: [first, last], join: " "}
    names:
      ALIAS: {column: aka, split: ";"}
      FORMER: maiden
    gender: {column: sex, values: {f: female}}
    birthDate: {column: born, format: ["%d.%m.%Y", "%B %Y"]}
    countries: {column: nations, split: "|"}
    identifiers: {wd: wikidata, fec: {column: fec, split: "[]"}}
    links: {home: url}
    description: about
  place: {record: Place, key: town, name: town, country: {literal: DE}, latitude: {column: lat, decimal: ","}, longitude: {literal: "9.5"}}
  home: {record: Relationship, type: {literal: LOCATED_IN}, from: person, to: place, evidence: {url: url, exact: about, assertedBy: {literal: me}}}
`, `no,first,last,aka,maiden,sex,born,nations,wikidata,fec,url,about,town,lat,noise,more
1/2,Ada,Lovelace,Ada L.; Ada Lovelace;Countess,Byron,f,10.12.1815,UK|France,Q7259,"['H1', ""S2""]",https://a.example,she computes,London,"51,5",x,"a ""b""
c"
`),
		`Person person/p/1%2F2 {"birthDate":"1815-12-10","countries":["gb","fr"],"description":"she computes","extra":[{"name":"more","values":["a \"b\"\nc"]}],"gender":"female","identifiers":[{"scheme":"wd","value":"Q7259"},{"scheme":"fec","value":"H1"},{"scheme":"fec","value":"S2"}],"links":[{"url":"https://a.example","note":"home"}],"name":"Ada Lovelace","names":[{"value":"Ada L.","kind":"ALIAS"},{"value":"Countess","kind":"ALIAS"},{"value":"Byron","kind":"FORMER"}]}`,
		`Place place/London {"country":"de","latitude":51.5,"longitude":9.5,"name":"London"}`,
		`Relationship relationship/… {"evidence":[{"source":"source/https:%2F%2Fa.example","exact":"she computes","assertedBy":"me","method":"IMPORT"}],"from":"person/p/1%2F2","to":"place/London","type":"LOCATED_IN"}`,
		`Source source/https:%2F%2Fa.example {"kind":"OTHER","title":"https://a.example","url":"https://a.example"}`)
	if i.notes != "" {
		t.Error(i.notes)
	}
}

func TestCSVStatements(t *testing.T) {
	var i csvImport
	same(t, i.records(t, `
dataset: d
records:
  said:
    record: Statement
    text: quote
    kind: kind
    speakers: speaker
    onBehalfOf: side
    about: topic
    atEvent: event
    date: day
    medium: medium
    evidence: {source: article, exact: quote}
  speaker: {record: Person, key: who, name: who}
  side: {record: Organization, key: side, name: side, kind: {literal: state}}
  topic: {record: Topic, key: about, name: about}
  event: {record: Event, key: event, name: event, startDate: day, status: {literal: PLANNED}, about: topic}
  article: {record: Source, key: url, title: headline, url: url, kind: {literal: ARTICLE}, publisher: paper, publishedDate: day, authors: {column: by, split: ","}}
  paper: {record: Organization, key: paper, name: paper, kind: {literal: MEDIA}}
`, "who;side;quote;kind;about;event;day;medium;url;headline;paper;by\nLavrov;Russia;No.;direct;NATO;Talks;2022-01-10;;http://x;H;Post;A B, C D\n"),
		`Event event/Talks {"about":["topic/NATO"],"name":"Talks","startDate":"2022-01-10","status":"PLANNED"}`,
		`Organization organization/Post {"kind":"MEDIA","name":"Post"}`,
		`Organization organization/Russia {"kind":"STATE","name":"Russia"}`,
		`Person person/Lavrov {"name":"Lavrov"}`,
		`Source source/http:%2F%2Fx {"authors":["A B","C D"],"kind":"ARTICLE","publishedDate":"2022-01-10","publisher":"organization/Post","title":"H","url":"http://x"}`,
		`Statement statement/… {"about":["topic/NATO"],"atEvent":"event/Talks","date":"2022-01-10","evidence":[{"source":"source/http:%2F%2Fx","exact":"No.","method":"IMPORT"}],"kind":"DIRECT","onBehalfOf":["organization/Russia"],"speakers":["person/Lavrov"],"text":"No."}`,
		`Topic topic/NATO {"name":"NATO"}`)
	if i.notes != "" {
		t.Error(i.notes)
	}
}

// payments is a mapping for donations.
const payments = `
dataset: d
records:
  payment:
    record: Relationship
    type: kind
    from: giver
    to: taker
    amount: {column: sum, decimal: ","}
    currency: currency
    startDate: day
    endDate: last
  giver: {record: Person, key: giver, name: giver}
  taker: {record: Organization, key: taker, when: {taker: [A, B, "", C]}, name: taker}
`

// TestCSVUnfit: what does not fit is noted at its cell and kept aside, and the record is taken.
func TestCSVUnfit(t *testing.T) {
	var i csvImport
	same(t, i.records(t, payments, "kind,giver,taker,sum,currency,day,last\n"+
		"PAID,g,A,\"1.234,50 €\",eur,2014,\n"+
		"PAID,g,B,\"1,234.50\",eur,01.02.2014,\n"+
		"PAID,g,C,1,euro,2014-05-06,2014-05-05\n"+
		"paid for,h,A,,USD,2014-05-06T10:00:00Z,..\n"+
		"PAID,g,X,1,EUR,,\n"+
		"PAID,,A,1,EUR,,\n"+
		"PAID,g,,1,EUR,,\n"+
		"PAID,g,A,\"1.234,50 €\",eur,2014,\n"),
		`Organization organization/A {"kind":"OTHER","name":"A"}`,
		`Organization organization/B {"kind":"OTHER","name":"B"}`,
		`Organization organization/C {"kind":"OTHER","name":"C"}`,
		`Person person/g {"name":"g"}`,
		`Person person/h {"name":"h"}`,
		`Relationship relationship/… {"amount":{"minor":123450,"currency":"EUR"},"from":"person/g","startDate":"2014","to":"organization/A","type":"PAID"}`,
		`Relationship relationship/… {"endDate":"..","extra":[{"name":"currency","values":["USD"]}],"from":"person/h","role":"paid for","startDate":"2014-05-06","to":"organization/A","type":"OTHER"}`,
		`Relationship relationship/… {"extra":[{"name":"sum","values":["1"]},{"name":"currency","values":["euro"]},{"name":"last","values":["2014-05-05"]}],"from":"person/g","startDate":"2014-05-06","to":"organization/C","type":"PAID"}`,
		`Relationship relationship/… {"extra":[{"name":"sum","values":["1,234.50"]},{"name":"currency","values":["eur"]},{"name":"day","values":["01.02.2014"]}],"from":"person/g","to":"organization/B","type":"PAID"}`)
	want := `3:25 CHANGED startDate: "01.02.2014" is no date: without a format YYYY, YYYY-MM or YYYY-MM-DD; it is kept aside
3:10 CHANGED amount: "1,234.50" is no number; it is kept aside
4:28 CHANGED endDate: "2014-05-05" is before startDate; it is kept aside
4:12 CHANGED currency: "euro" is no currency code of three letters; it is kept aside
4:10 CHANGED amount: "1" has no currency; it is kept aside
6:8 REFUSED payment has no to: the row has no taker
7:6 REFUSED payment has no from: giver has no key: giver is empty
8:8 REFUSED payment has no to: taker has no key: taker is empty
9:0 REFUSED payment says the same as one before
`
	if i.notes != want {
		t.Errorf("got\n%s\nwant\n%s", i.notes, want)
	}
}

// TestCSVDoubles: the same record may stand in many rows; if it says something else, that is refused.
func TestCSVDoubles(t *testing.T) {
	var i csvImport
	same(t, i.records(t, `{dataset: d, records: {person: {record: Person, key: id, name: name}, party: {record: Organization, key: party, name: party},
 in: {record: Relationship, type: {literal: MEMBER_OF}, from: person, to: party}}}`,
		"id,name,party,x\n1,a,A,\n2,b,A,\n1,a,B,\n1,z,C,\n,n,C,\n3,,,9\n,,,\n"),
		`Organization organization/A {"kind":"OTHER","name":"A"}`,
		`Organization organization/B {"kind":"OTHER","name":"B"}`,
		`Organization organization/C {"kind":"OTHER","name":"C"}`,
		`Person person/1 {"name":"a"}`,
		`Person person/2 {"name":"b"}`,
		`Person person/3 {"extra":[{"name":"x","values":["9"]}],"name":"3"}`,
		`Relationship relationship/… {"from":"person/1","to":"organization/A","type":"MEMBER_OF"}`,
		`Relationship relationship/… {"from":"person/1","to":"organization/B","type":"MEMBER_OF"}`,
		`Relationship relationship/… {"from":"person/1","to":"organization/C","type":"MEMBER_OF"}`,
		`Relationship relationship/… {"from":"person/2","to":"organization/A","type":"MEMBER_OF"}`)
	want := "5:0 REFUSED one with this key came before and says something else\n6:1 REFUSED person has no key: id is empty\n7:0 CHANGED person has no name; its key, \"3\", stands for it\n"
	if i.notes != want {
		t.Errorf("got\n%s\nwant\n%s", i.notes, want)
	}
}

// TestCSVStubs: who is only referred to is a stub, unless it is there.
func TestCSVStubs(t *testing.T) {
	const people = "{dataset: d, records: {p: {record: Person, key: id, name: name}}}"
	const links = "{dataset: d, records: {r: {record: Relationship, type: {literal: FAMILY_OF}, from: a, to: b}, a: {record: Person, key: a, name: aname, stub: true}, b: {record: Person, key: b}}}"
	var i csvImport
	i.table(t, people, "id,name\n1,One\n")
	want := []string{
		`Person person/1 {"name":"One"}`,
		`Person person/2 {"name":"Two?","stub":true}`,
		`Person person/3 {"name":"3","stub":true}`,
		`Relationship relationship/… {"from":"person/1","to":"person/3","type":"FAMILY_OF"}`,
		`Relationship relationship/… {"from":"person/2","to":"person/1","type":"FAMILY_OF"}`,
	}
	same(t, i.records(t, links, "a,aname,b\n1,Other,3\n2,Two?,1\n"), want...)
	want[1], want[2] = `Person person/2 {"name":"Two"}`, `Person person/3 {"name":"Three"}`
	same(t, i.records(t, people, "id,name\n2,Two\n3,Three\n"), want...)
	same(t, i.records(t, links, "a,aname,b\n1,Other,3\n2,Two?,1\n"), want...)
	if i.notes != "" {
		t.Error(i.notes)
	}
}

// TestCSVSymmetric: what reads the same from both ends is one relationship, whichever end a row has first.
func TestCSVSymmetric(t *testing.T) {
	var i csvImport
	i.table(t, "{dataset: d, records: {r: {record: Relationship, type: type, from: a, to: b}, a: {record: Person, key: a}, b: {record: Person, key: b}}}",
		"a,b,type\n1,2,associate of\n2,1,associate of\n1,2,FAMILY_OF\n2,1,FAMILY_OF\n")
	if want := "3:0 REFUSED r says the same as one before\n"; len(i.graph) != 6 || !strings.HasPrefix(i.notes, want) {
		t.Errorf("%d records\n%s", len(i.graph), i.notes)
	}
}

// TestCSVMappingErrors: what is wrong with a mapping is told by its lines, before a row is read.
func TestCSVMappingErrors(t *testing.T) {
	const records = "records:\n  p:\n    record: Person\n    key: id\n    name: name\n"
	for mapping, want := range map[string]string{
		"# nothing":                        "map.yaml: is empty",
		"[":                                "map.yaml:1:1: ",
		"a: [1\nb: 2":                      "map.yaml:",
		"x":                                "map.yaml:1:1: a mapping is a map",
		"records: 1":                       "map.yaml:1:10: records is a map",
		"records: {}":                      "there are no records",
		"{}":                               "records are missing",
		"dataset: d":                       "records are missing",
		records + "colour: 1\n":            `map.yaml:6:1: there is no entry "colour", but dataset, delimiter, encoding, header, ignore, records`,
		records + "encoding: ebcdic-273\n": `map.yaml:6:11: there is no encoding "ebcdic-273", but utf-8, `,
		records + "delimiter: ab\n":        "map.yaml:6:12: a delimiter is one character, or tab",
		records + "ignore: [nothing]\n":    `map.yaml:6:10: there is no column "nothing", but id, name, day`,
		records + "    nam: name\n":        `map.yaml:6:5: a Person has no field "nam", but key, when, stub, name, description, names`,
		records + "    gender: sex\n":      `map.yaml:6:13: there is no column "sex", but id, name, day; a constant is written {literal: sex}`,
		records + "    gender: male\n    birthDate: born\n":                                "map.yaml:6:13: ",
		records + "    name: id\n":                                                         "already",
		records + "    gender: {column: id, columns: [id]}\n":                              "map.yaml:6:13: a value has a column, columns or a literal",
		records + "    gender: {columm: id}\n":                                             `map.yaml:6:14: there is no part of a value "columm", but column`,
		records + "    gender: {column: id, format: '%Y'}\n":                               "format is for dates",
		records + "    gender: {column: id, split: ;}\n":                                   "nothing to split",
		records + "    gender: {column: id, decimal: ','}\n":                               "decimal is for numbers",
		records + "    gender: {column: id, join: x}\n":                                    "join joins columns",
		records + "    gender: [id, day]\n":                                                "map.yaml:6:13: gender has one value",
		records + "    gender:\n":                                                          "a text belongs here",
		records + "    gender: &x id\n":                                                    "a text belongs here",
		records + "    gender: *x\n":                                                       "",
		records + "    birthDate: {column: day, format: '%d.%Q'}\n":                        "there is no %Q in a format",
		records + "    birthDate: {column: day, format: '%d.%m'}\n":                        "a format has a year",
		records + "    birthDate: {literal: soon}\n":                                       `birthDate: "soon" is no date`,
		records + "    countries: {literal: Narnia}\n":                                     `countries: "Narnia" is no country`,
		records + "    names: {NICK: name}\n":                                              `names: "NICK" is none of ALIAS, FORMER`,
		records + "    identifiers: id\n":                                                  "identifiers is a map of schemes",
		records + "    evidence: {url: id}\n":                                              "a Person has no evidence",
		records + "    gender: []\n":                                                       "gender has one value",
		records + "    gender: {columns: []}\n":                                            "a value has a column, columns or a literal",
		records + "header: []\n":                                                           "a header names the columns",
		records + "    <<: {a: b}\n":                                                       "a text belongs here",
		"records: {p: {record: Person, key: [], name: name}}":                              "p has no key",
		"records: {r: {record: Relationship, type: {literal: OWNS}, from: [], to: r}}":     "from is one record",
		"records: {r: {record: Event, key: id, name: id, evidence: {source: []}}}":         "source is one record",
		"records: {r: {record: Event, key: id, name: id, evidence: {source: r}}}":          "source cannot be r, which is a Event",
		records + "    when: [id, x]\n":                                                    `map.yaml:6:16: there is no column "x"`,
		records + "    when: {id: [1, [2]]}\n":                                             "a text belongs here",
		records + "    stub: perhaps\n":                                                    "stub is true or false",
		"records: {p: {record: Ship, key: id}}":                                            `map.yaml:1:23: there is no record "Ship", but Person, Organization`,
		"records: {p: {key: id}}":                                                          "p does not say what it is, record: Person",
		"records: {p: {record: Person, name: name}}":                                       "map.yaml:1:11: p has no key: by which columns is one Person told from others?",
		"records: {p: {record: Person, key: id, gender: name}}":                            "p has no name",
		"records: {p: {record: Organization, key: id, name: name, kind: {literal: CLUB}}}": `kind: "CLUB" is none of STATE`,
		"records: {r: {record: Relationship, type: {literal: OWNS}, from: r}}":             "from cannot be r, which is a Relationship",
		"records: {r: {record: Relationship, type: {literal: OWNS}, from: x, to: x}, p: {record: Person, key: id}}":                                `map.yaml:1:66: from refers to a record of this mapping; there is no "x", but r, p`,
		"records: {r: {record: Relationship, from: p, to: p}, p: {record: Person, key: id}}":                                                       "r has no type",
		"records: {r: {record: Relationship, type: {literal: MEMBER_OF}, from: p, to: p}, p: {record: Person, key: id}}":                           "MEMBER_OF cannot end at a PERSON",
		"records: {r: {record: Relationship, type: {literal: KNOWS}, from: p, to: p}, p: {record: Person, key: id}}":                               `"KNOWS" is none of MEMBER_OF`,
		"records: {r: {record: Relationship, type: {literal: PAID}, from: p, to: p, amount: id}, p: {record: Person, key: id}}":                    "an amount has a currency",
		"records: {r: {record: Relationship, type: {literal: FAMILY_OF}, from: p, to: p, amount: id, currency: id}, p: {record: Person, key: id}}": "amount belongs to PAID only",
		"records: {r: {record: Relationship, type: {literal: FAMILY_OF}, from: p, to: p, evidence: {exact: id}}, p: {record: Person, key: id}}":    "evidence has a source",
		"records: {e: {record: Event, key: id, name: id, about: e}}":                                                                               "e refers to itself in a circle",
		"records: {s: {record: Statement, text: name, stub: true, speakers: p}, p: {record: Person, key: id}}":                                     "only entities and sources can be stubs",
		strings.Repeat("#", maxMapping+1): "a mapping is not longer than 128 KiB",
		strings.Repeat("[", 10000):        "map.yaml: line 1 is nested too deeply",
		"\x00":                            "map.yaml",
	} {
		var i csvImport
		err := i.read(t, mapping, "id,name,day\n1,x,2001\n", func(r kg.Record) error { return fmt.Errorf("%s was made", kg.KindOf(r)) })
		if kg.CodeOf(err) != kg.BadUserInput || !strings.Contains(err.Error(), want) {
			t.Errorf("%.200q\nfails with %v\nwant %s", mapping, err, want)
		}
	}
}

// TestCSVDataset: records of other tables are in a dataset that somebody has named.
func TestCSVDataset(t *testing.T) {
	m, err := ParseMapping("map.yaml", []byte("records: {r: {record: Relationship, type: {literal: FAMILY_OF}, from: p, to: p}, p: {record: Person, key: id}}"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open("table.csv", strings.NewReader("id\n1\n"), Options{Mapping: m})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Format.Read(f, NewTarget(t.Context(), Target{})); kg.CodeOf(err) != kg.BadUserInput || !strings.Contains(err.Error(), "say in which dataset all of them are") {
		t.Error(err)
	}
	if _, err := Open("x.json", strings.NewReader("{}"), Options{Mapping: m, Format: "ftm"}); kg.CodeOf(err) != kg.BadUserInput {
		t.Error(err)
	}
}

func TestCSVDates(t *testing.T) {
	for _, c := range []struct{ pattern, text, want string }{
		{"%d.%m.%Y", "1.2.2014", "2014-02-01"}, {"%d.%m.%Y", "00.00.1950", "1950"}, {"%d.%m.%Y", "31.02.2014", ""}, {"%m/%Y", "02/2014", "2014-02"},
		{"%B %d, %Y", "September 5, 2014", "2014-09-05"}, {"%d %b %y", "5 Sep 68", "2068-09-05"}, {"%d %b %y", "5 sept 69", "1969-09-05"},
		{"%Y-%m-%dT%H:%M:%S.%f%z", "2014-01-02T03:04:05.678+01:00", "2014-01-02"}, {"%I:%M %p %Y%%", "03:04 PM 2014%", "2014"},
		{"%Y", "2014x", ""}, {"%Y", "214", ""}, {"%Y", "", ""}, {"%b %Y", "é 2014", ""}, {"%p%Y", "", ""},
		{"", "2014-01-02 03:04:05", "2014-01-02"}, {"", "2014-01-02 evening", ""}, {"", "2014-01?", "2014-01?"}, {"", "..", ".."}, {"", "1/2/2014", ""},
	} {
		v := &csvValue{}
		if c.pattern != "" {
			f, err := dateFormat(c.pattern)
			if err != nil {
				t.Fatal(err)
			}
			v.dates = []csvDate{f}
		}
		if got, ok := v.day(c.text); string(got) != c.want || ok != (c.want != "") {
			t.Errorf("%q as %q is %q, %v; want %q", c.text, c.pattern, got, ok, c.want)
		}
	}
}

func TestCSVNumbers(t *testing.T) {
	for _, c := range []struct {
		text    string
		decimal byte
		want    string
	}{
		{"1,234.50", 0, "1234.50"}, {"1.234,50", ',', "1234.50"}, {"$1,234", 0, "1234"}, {"1 234 567", 0, "1234567"}, {"1'234.5", 0, "1234.5"}, {"-5", 0, "-5"}, {"50 €", ',', "50"},
		{"1,23", 0, ""}, {"1,2345", 0, ""}, {"1.234.5", 0, ""}, {"", 0, ""}, {".5", 0, ""}, {"5.", 0, ""}, {"1e5", 0, ""}, {"12,34,567", 0, ""}, {"--1", 0, ""}, {"1,234 567", 0, ""},
	} {
		if got, ok := plainNumber(c.text, c.decimal); got != c.want || ok != (c.want != "") {
			t.Errorf("%q is %q, %v; want %q", c.text, got, ok, c.want)
		}
	}
}

func TestCountries(t *testing.T) {
	for name, want := range map[string]string{"Germany": "de", "germany": "de", "DE": "de", "DEU": "de", "USA": "us", "the Netherlands": "nl", "Côte d’Ivoire": "ci", "Bosnia & Herzegovina": "ba", "EU": "eu", "Kosovo": "xk", "Narnia": "", "": "", "UK": "gb"} {
		if got, ok := countryNamed(name); got != want || ok != (want != "") {
			t.Errorf("%q is %q", name, got)
		}
	}
}

func TestListed(t *testing.T) {
	for text, want := range map[string][]string{`['a', "b"]`: {"a", "b"}, `[]`: nil, `["x, y", 'it\'s']`: {"x, y", "it's"}, `[1, None, 2]`: {"1", "2"}, ` [ a ] `: {"a"}} {
		if got, ok := listed(text); !ok || !slices.Equal(got, want) {
			t.Errorf("%s is %q, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "[", "a", "['a", "['a]", "['a' b]", "[\"a\\"} {
		if got, ok := listed(text); ok {
			t.Errorf("%s is %q", text, got)
		}
	}
}

// TestCSVDocs reads the table of docs/formats.md by the mapping beside it.
func TestCSVDocs(t *testing.T) {
	text, err := os.ReadFile("../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```csv\n")
	table, rest, _ := strings.Cut(rest, "```")
	_, rest, _ = strings.Cut(rest, "```yaml\n")
	mapping, _, _ := strings.Cut(rest, "```")
	var i csvImport
	same(t, i.records(t, mapping, table),
		`Organization organization/W {"kind":"PARTY","name":"Whigs"}`,
		`Person person/p1 {"birthDate":"1815-12-10","countries":["gb"],"name":"Ada Byron","names":[{"value":"Ada Lovelace","kind":"ALIAS"},{"value":"Countess of Lovelace","kind":"ALIAS"}]}`,
		`Person person/p2 {"birthDate":"1791-12-26","countries":["gb"],"name":"Charles Babbage"}`,
		`Relationship relationship/… {"amount":{"minor":125000,"currency":"GBP"},"evidence":[{"source":"source/https:%2F%2Fnews.example%2F1","exact":"Ada Byron gave 1,250 pounds.","method":"IMPORT"}],"from":"person/p1","startDate":"1833-01-02","to":"organization/W","type":"PAID"}`,
		`Relationship relationship/… {"from":"person/p1","startDate":"1832-11","to":"organization/W","type":"MEMBER_OF"}`,
		`Relationship relationship/… {"from":"person/p2","startDate":"1832","to":"organization/W","type":"MEMBER_OF"}`,
		`Source source/https:%2F%2Fnews.example%2F1 {"kind":"OTHER","title":"https://news.example/1","url":"https://news.example/1"}`)
	if i.notes != "" {
		t.Error(i.notes)
	}
}
