package formats

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

// ftmCases are entities and what becomes of them: of each record its kind or type and some of its fields, as JSON without what all
// records have.
var ftmCases = []struct {
	in  string
	out []string
}{
	{`{"id":"p","schema":"Person","properties":{"name":["A","B"],"alias":["C"],"weakAlias":["D"],"previousName":["E"],"abbreviation":["F"],"birthDate":["1953"],"gender":["male"],"nationality":["fr","de"],"wikidataId":["Q1"],"passportNumber":["7"],"website":["https://a.example"],"description":["x"],"country":["us"],"email":["a@b.example"]}}`,
		[]string{`Person p {"name":"A","names":[{"value":"B","kind":"ALIAS"},{"value":"E","kind":"FORMER"},{"value":"F","kind":"ABBREVIATION"},{"value":"C","kind":"ALIAS"},{"value":"D","kind":"WEAK"}],"description":"x","identifiers":[{"scheme":"passportNumber","value":"7"},{"scheme":"wikidata","value":"Q1"}],"links":[{"url":"https://a.example","note":"website"}],"gender":"male","birthDate":"1953","countries":["fr","de"]}`}},
	{`{"id":"c","schema":"Company","properties":{"name":["A"],"jurisdiction":["pl"],"incorporationDate":["1999-01"],"dissolutionDate":["2001-01-02T03:04:05"],"leiCode":["L"],"registrationNumber":["R"],"topics":["corp.shell"],"addressEntity":["a"],"parent":["q"]}}`,
		[]string{`Organization c {"name":"A","identifiers":[{"scheme":"lei","value":"L"},{"scheme":"registrationNumber","value":"R"}],"kind":"COMPANY","country":"pl","foundingDate":"1999-01","dissolutionDate":"2001-01-02"}`,
			`Relationship c:addressEntity:a {"type":"LOCATED_IN"}`, `Relationship c:parent:q {"type":"PART_OF"}`, `Place a {"name":"a","stub":true}`, `Organization q {"name":"q","stub":true,"kind":"OTHER"}`}},
	{`{"id":"o","schema":"Organization","properties":{"name":["A"],"topics":["pol.party"]}}`, []string{`Organization o {"name":"A","kind":"PARTY"}`}},
	{`{"id":"o","schema":"LegalEntity","properties":{"alias":["A"]}}`, []string{`Organization o {"name":"A","kind":"OTHER"}`}},
	{`{"id":"o","schema":"PublicBody","properties":{"name":["A"],"classification":["ministry"]}}`, []string{`Organization o {"name":"A","kind":"GOVERNMENT_BODY","classification":"ministry"}`}},
	{`{"id":"q","schema":"Position","properties":{"name":["A"],"country":["de"],"organization":["o"]}}`,
		[]string{`Position q {"name":"A","country":"de"}`, `Relationship q:organization:o {"type":"POSITION_IN"}`, `Organization o {"name":"o","stub":true,"kind":"OTHER"}`}},
	{`{"id":"a","schema":"Address","properties":{"full":["A"],"country":["de"],"latitude":["52.5"],"longitude":["13.40"]}}`,
		[]string{`Place a {"name":"A","country":"de","latitude":52.5,"longitude":13.4}`}},
	{`{"id":"t","schema":"Territory","properties":{"name":["A"],"level":["city"],"partOf":["u"]}}`,
		[]string{`Place t {"name":"A","classification":"city"}`, `Relationship t:partOf:u {"type":"PART_OF"}`, `Place u {"name":"u","stub":true}`}},
	{`{"id":"e","schema":"Event","properties":{"name":["A"],"date":["2014-05"],"organizer":["o"],"involved":["p"],"sourceUrl":["https://a.example"],"publisher":["P"],"proof":["d"]}}`,
		[]string{`Event e {"name":"A","startDate":"2014-05","status":"HAPPENED","evidence":2}`, `Source sourceUrl:https://a.example {"kind":"OTHER","title":"https://a.example","url":"https://a.example"}`,
			`Relationship e:involved:p {"type":"PARTICIPATED_IN"}`, `Relationship e:organizer:o {"type":"ORGANIZED"}`, `Source d {"kind":"DOCUMENT","title":"d"}`,
			`Organization p {"name":"p","stub":true,"kind":"OTHER"}`, `Organization o {"name":"o","stub":true,"kind":"OTHER"}`}},
	{`{"id":"v","schema":"Vessel","properties":{"name":["A"],"imoNumber":["IMO1"],"owner":["o"],"operator":["o"]}}`,
		[]string{`Topic v {"name":"A","identifiers":[{"scheme":"imoNumber","value":"IMO1"}]}`, `Relationship v:operator:o {"type":"OTHER","role":"operator"}`, `Relationship v:owner:o {"type":"OWNS"}`, `Organization o {"name":"o","stub":true,"kind":"OTHER"}`}},
	{`{"id":"n","schema":"Note","properties":{"description":["A"],"entity":["x"]}}`,
		[]string{`Topic n {"name":"A","description":"A"}`, `Relationship n:entity:x {"type":"OTHER","role":"entity"}`, `Topic x {"name":"x","stub":true}`}},
	{`{"id":"d","schema":"Article","properties":{"title":["A"],"author":["W"],"sourceUrl":["https://a.example"],"publishedAt":["2020-01-02T03"],"language":["eng"],"bodyText":["x y"],"publisher":["P"]}}`,
		[]string{`Source d {"kind":"ARTICLE","title":"A","authors":["W"],"url":"https://a.example","publishedDate":"2020-01-02","language":"en","text":"x y"}`, `Organization publisher:P {"name":"P","kind":"OTHER"}`}},
	{`{"id":"d","schema":"Table","properties":{"fileName":["a.csv"],"indexText":["x","y z"]}}`, []string{`Source d {"kind":"DOCUMENT","title":"a.csv","text":"x\ny z"}`}},
	{`{"id":"g","schema":"Page","properties":{"index":["3"],"bodyText":["x"],"document":["d"]}}`, []string{`Source g {"kind":"DOCUMENT","title":"page 3","text":"x"}`}},
	{`{"id":"m","schema":"Mention","properties":{"name":["A"],"document":["d"],"resolved":["o"]}}`,
		[]string{`Mention m {"kind":"NAME","exact":"A"}`, `Source d {"kind":"DOCUMENT","title":"d"}`, `Organization o {"name":"o","stub":true,"kind":"OTHER"}`}},
	{`{"id":"m","schema":"Mention","properties":{"name":["A"],"document":["d"],"detectedSchema":["Person"]}}`,
		[]string{`Mention m {"kind":"NAME","exact":"A"}`, `Person m:resolved {"name":"A","stub":true}`, `Source d {"kind":"DOCUMENT","title":"d"}`}},
	{`{"id":"k","schema":"Documentation","properties":{"document":["d"],"entity":["x"],"role":["suspect"]}}`,
		[]string{`Mention k {"kind":"NOMINAL","exact":"suspect"}`, `Source d {"kind":"DOCUMENT","title":"d"}`, `Topic x {"name":"x","stub":true}`}},
	{joinLine("Ownership", "owner", "asset", `"role":["r"],"startDate":["2001"],"endDate":["2002"],"percentage":["25"],"sourceUrl":["u:1"]`),
		[]string{`Source sourceUrl:u:1 {"kind":"OTHER","title":"u:1","url":"u:1"}`, `Relationship r {"type":"OWNS","role":"r","startDate":"2001","endDate":"2002","evidence":1}`, `Organization f {"name":"f","stub":true,"kind":"OTHER"}`, `Topic t {"name":"t","stub":true}`}},
	joinCase("Directorship", "director", "organization", "DIRECTS", "", "Organization", "Organization"),
	joinCase("Membership", "member", "organization", "MEMBER_OF", "", "Organization", "Organization"),
	joinCase("Representation", "agent", "client", "REPRESENTS", "", "Organization", "Organization"),
	joinCase("Occupancy", "holder", "post", "HOLDS", "", "Person", "Position"),
	joinCase("Family", "person", "relative", "FAMILY_OF", "", "Person", "Person"),
	joinCase("Employment", "employee", "employer", "EMPLOYED_BY", "", "Person", "Organization"),
	joinCase("UnknownLink", "subject", "object", "OTHER", "", "Topic", "Topic"),
	joinCase("Control", "controller", "controlled", "OTHER", "controls", "Organization", "Organization"),
	joinCase("Debt", "debtor", "creditor", "OTHER", "owes", "Organization", "Organization"),
	joinCase("ProjectParticipant", "participant", "project", "OTHER", "participates in", "Organization", "Topic"),
	{joinLine("Succession", "successor", "predecessor", ""), []string{`Relationship r {"type":"SUCCEEDED"}`, `Organization t {"name":"t","stub":true,"kind":"OTHER"}`, `Organization f {"name":"f","stub":true,"kind":"OTHER"}`}},
	{joinLine("Associate", "person", "associate", `"relationship":["friend"]`), []string{`Relationship r {"type":"ASSOCIATE_OF","role":"friend"}`, `Person f {"name":"f","stub":true}`, `Person t {"name":"t","stub":true}`}},
	{joinLine("Payment", "payer", "beneficiary", `"amount":["1000.5"],"currency":["PLN"],"date":["2011-12-29"],"purpose":["gift"]`),
		[]string{`Relationship r {"type":"PAID","role":"gift","startDate":"2011-12-29","amount":{"minor":100050,"currency":"PLN"}}`, `Organization f {"name":"f","stub":true,"kind":"OTHER"}`, `Organization t {"name":"t","stub":true,"kind":"OTHER"}`}},
	{`{"id":"r","schema":"Payment","properties":{"payer":["f"],"beneficiary":["t","u"],"amountEur":["5"]}}`,
		[]string{`Relationship r {"type":"PAID"}`, `Relationship r:f:u {"type":"PAID"}`, `Organization f {"name":"f","stub":true,"kind":"OTHER"}`, `Organization t {"name":"t","stub":true,"kind":"OTHER"}`, `Organization u {"name":"u","stub":true,"kind":"OTHER"}`}},
	{`{"id":"r","schema":"Payment","properties":{"payer":["f"],"amountEur":["5"]}}`,
		[]string{`Topic r {"name":"r"}`, `Relationship r:payer:f {"type":"OTHER","role":"payer"}`, `Organization f {"name":"f","stub":true,"kind":"OTHER"}`}},
	{`{"id":"s","schema":"Sanction","properties":{"entity":["x"],"authority":["OFAC"],"program":["P"],"startDate":["2014-03"]}}`,
		[]string{`Organization authority:OFAC {"name":"OFAC","kind":"GOVERNMENT_BODY"}`, `Relationship s {"type":"SANCTIONS","role":"P","startDate":"2014-03"}`, `Topic x {"name":"x","stub":true}`}},
	{`{"id":"s","schema":"Sanction","properties":{"entity":["x"],"program":["P"]}}`,
		[]string{`Topic s {"name":"P"}`, `Relationship s:entity:x {"type":"OTHER","role":"entity"}`, `Topic x {"name":"x","stub":true}`}},
	{`{"id":"i","schema":"Passport","properties":{"holder":["p"],"number":["N"],"passportNumber":["N"]}}`,
		[]string{`Topic i {"name":"N","identifiers":[{"scheme":"number","value":"N"},{"scheme":"passportNumber","value":"N"}]}`, `Relationship i:holder:p {"type":"OWNS"}`, `Organization p {"name":"p","stub":true,"kind":"OTHER"}`}},
}

func joinLine(schema, source, target, more string) string {
	if more != "" {
		more = "," + more
	}
	return `{"id":"r","schema":"` + schema + `","properties":{"` + source + `":["f"],"` + target + `":["t"]` + more + `}}`
}

// joinCase is the case of an edge without anything but its ends.
func joinCase(schema, source, target, link, role, from, to string) (c struct {
	in  string
	out []string
}) {
	stub := func(kind, id string) string {
		more := ""
		if kind == "Organization" {
			more = `,"kind":"OTHER"`
		}
		return kind + " " + id + ` {"name":"` + id + `","stub":true` + more + `}`
	}
	if role != "" {
		role = `,"role":"` + role + `"`
	}
	c.in = joinLine(schema, source, target, "")
	c.out = []string{`Relationship r {"type":"` + link + `"` + role + `}`, stub(from, "f"), stub(to, "t")}
	return c
}

// TestFTMMapping has the table of docs/formats.md, line by line; each entity is also written again as it was.
func TestFTMMapping(t *testing.T) {
	for _, c := range ftmCases {
		i := importText(t, "ftm", c.in)
		var got []string
		for _, r := range i.records[1:] {
			got = append(got, sketch(t, r))
		}
		want := slices.Clone(c.out)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %s\nwant %s", c.in, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
		compareFtM(t, c.in, i.asFtM(t))
	}
}

// sketch is a record without what all have, and without ids.
func sketch(t *testing.T, r kg.Record) string {
	t.Helper()
	body, err := kg.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	d := json.NewDecoder(strings.NewReader(string(body)))
	_, _ = d.Token()
	for d.More() { // in order
		key, _ := d.Token()
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		switch key {
		case "record", "id", "dataset", "key", "extra", "from", "to", "source", "entity", "publisher":
			continue
		case "evidence":
			value = json.RawMessage{byte('0' + len(kg.Evidences(r)))}
		}
		b.WriteString(`,"` + key.(string) + `":` + string(value))
	}
	return kg.KindOf(r) + " " + kg.MetaOf(r).Key + " {" + strings.TrimPrefix(b.String(), ",") + "}"
}

// TestFTMOperations reads files of changes, one upon the other.
func TestFTMOperations(t *testing.T) {
	first := importText(t, "", `{"op":"ADD","entity":{"id":"a","schema":"Company","properties":{"name":["A"],"addressEntity":["x","y"],"sourceUrl":["https://a.example"]}}}
{"op":"ADD","entity":{"id":"b","schema":"Company","properties":{"name":["B"]}}}
{"op":"ADD","entity":{"id":"o","schema":"Payment","properties":{"payer":["b"],"beneficiary":["a","b"],"sourceUrl":["https://a.example"]}}}
{"id":"w","schema":"Sanction","properties":{"authority":["U"],"entity":["a","b"]}}
{"id":"d","schema":"Document","properties":{"fileName":["f"]}}
{"id":"m","schema":"Mention","properties":{"document":["d"],"name":["N"]}}
{"id":"u","schema":"Associate","properties":{"person":["z"],"associate":["v"]}}
`)
	deletions := func(i *importing) string {
		var keys []string
		for _, d := range i.deleted {
			r := first.find(d.ID)
			if r == nil {
				t.Fatalf("%s was never there", d.ID)
			}
			keys = append(keys, kg.MetaOf(r).Key)
		}
		slices.Sort(keys)
		return strings.Join(keys, " ")
	}
	for _, c := range []struct{ in, deleted, notes string }{
		{`{"op":"DEL","entity":{"id":"a"}}`, "a a:addressEntity:x a:addressEntity:y", ""},
		{`{"op":"DEL","entity":{"id":"a","schema":"Company","properties":{"name":["A"]}}}`, "a a:addressEntity:x a:addressEntity:y", ""},
		{`{"op":"DEL","entity":{"id":"o"}}`, "o o:b:b", ""},
		{`{"op":"DEL","entity":{"id":"w"}}`, "w w:U:b", ""},
		{`{"op":"DEL","entity":{"id":"m"}}`, "m m:resolved", ""},
		{`{"op":"DEL","entity":{"id":"d"}}`, "d", ""},
		{`{"op":"DEL","entity":{"id":"u"}}`, "u", ""},
		{`{"op":"DEL","entity":{"id":"nobody"}}`, "", ""},
		{`{"op":"MOD","entity":{"id":"a","schema":"Company","properties":{"name":["A2"],"addressEntity":["y"]}}}`, "a:addressEntity:x", ""},
		{`{"op":"MOD","entity":{"id":"o","schema":"Payment","properties":{"payer":["b"],"beneficiary":["b"]}}}`, "o:b:b", ""},
		{`{"op":"MOD","entity":{"id":"o","schema":"Payment","properties":{"payer":["b"]}}}`, "o o:b:b", ""},
		{`{"op":"MOD","entity":{"id":"a","schema":"Robot"}}`, "", `1:41 REFUSED there is no schema "Robot" in FollowTheMoney 4.11.2` + "\n"},
		{`{"op":"DEL","entity":{"id":"b"}}` + "\n" + `{"op":"ADD","entity":{"id":"b","schema":"Company","properties":{"name":["B"]}}}`, "", ""},
	} {
		i := importText(t, "ftm", c.in+"\n", first.records...)
		if got := deletions(i); got != c.deleted || i.say() != c.notes {
			t.Errorf("%s\ndeletes %s, want %s\n%s", c.in, got, c.deleted, i.say())
		}
	}
	if i := importText(t, "ftm", `{"op":"DEL","entity":{"id":"a","schema":"Company","properties":{"addressEntity":["x"]}}}`); deletions(i) != "a a:addressEntity:x" {
		t.Errorf("of what is not in the graph deletes %s", deletions(i))
	}
}

// TestFTMReported reads what has to be told of.
func TestFTMReported(t *testing.T) {
	long := strings.Repeat("é", 20_000)
	for _, c := range []struct {
		in, notes string
		same      bool
	}{
		{joinLine("Ownership", "owner", "asset", "") + "\n" + `{"id":"f","schema":"Vessel","properties":{"name":["V"]}}` + "\n" + `{"id":"t","schema":"Company","properties":{"name":["C"]}}`,
			"1:0 CHANGED is OTHER with the role \"owns\", for OWNS cannot begin at a TOPIC\n", true},
		{joinLine("Payment", "payer", "beneficiary", `"amountEur":["5.25"],"date":["2001"]`) + "\n" + `{"id":"f","schema":"Vessel","properties":{"name":["V"]}}` + "\n" + `{"id":"t","schema":"Company","properties":{"name":["C"]}}`,
			"1:0 CHANGED is OTHER with the role \"paid\", for PAID cannot begin at a TOPIC\n", true},
		{`{"id":"p","schema":"Person","properties":{"name":["A",""],"notes":["` + long + `"]}}`, "1:0 CHANGED empty texts are left out: name\n", true},
		{`{"id":"p","schema":"Person","properties":{"name":["A"],"notes":["` + long + `"],"summary":["` + long + `"]}}`,
			"1:0 CHANGED values of summary are left out: what has no place in the model has 64 KiB\n", false},
		{`{"id":"d","schema":"Document","properties":{"fileName":["A"],"bodyText":["` + strings.Repeat("a", 1<<20+1) + `"]}}`,
			"1:0 CHANGED values of bodyText are left out: what has no place in the model has 64 KiB\n", false},
		{`{"id":"m","schema":"Mention","properties":{"name":["A"],"document":["d"]}}`, "1:0 STUB refers to \"d\", which is nowhere\n", true},
	} {
		i := importText(t, "ftm", c.in)
		if i.say() != c.notes {
			t.Errorf("%s\ngot  %s\nwant %s", clipped(c.in), i.say(), c.notes)
		}
		if c.same {
			compareFtM(t, c.in, i.asFtM(t))
		}
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		decimal, currency string
		minor             int64
		again             string
	}{
		{"5", "EUR", 500, "5"}, {"5.5", "EUR", 550, "5.50"}, {"5.25", "EUR", 525, "5.25"}, {"-0.05", "EUR", -5, "-0.05"}, {"5.000", "EUR", 500, "5"},
		{"5", "JPY", 5, "5"}, {"5.25", "KWD", 5250, "5.250"}, {"0", "EUR", 0, "0"},
	} {
		a, ok := amountOf(c.decimal, c.currency)
		if !ok || a.Minor != c.minor || decimalOf(a) != c.again {
			t.Errorf("%s %s: %v", c.decimal, c.currency, a)
		}
	}
	for _, bad := range [][2]string{{"", "EUR"}, {".5", "EUR"}, {"5,25", "EUR"}, {"5.255", "EUR"}, {"5.2", "JPY"}, {"1e3", "EUR"}, {"5", "eur"}, {"5", ""}, {"5", "EURO"},
		{"99999999999999999999", "EUR"}, {"5.", "E R"}, {"--5", "EUR"}, {"5.2.5", "EUR"}, {"+5", "EUR"}} {
		if a, ok := amountOf(bad[0], bad[1]); ok {
			t.Errorf("%v is %v", bad, a)
		}
	}
}

// TestFTMDocumentJoined: a document that is joined like an entity is a source, for which a stub stands; what is written is what was read.
func TestFTMDocumentJoined(t *testing.T) {
	document := `{"id":"d","schema":"Document","properties":{"fileName":["f"]}}` + "\n"
	others := `{"id":"p","schema":"Person","properties":{"name":["P"]}}
{"id":"u","schema":"UnknownLink","properties":{"object":["d"],"role":["signed"],"subject":["p"]}}
{"id":"n","schema":"Note","properties":{"entity":["d"],"name":["N"]}}
`
	for text, line := range map[string]int{document + others: 3, others + document: 2} {
		i := importText(t, "ftm", text)
		want := fmt.Sprintf("%d:0 STUB refers to \"d\", which is a source, and nothing that can be joined: a stub stands for it\n", line)
		if i.say() != want {
			t.Errorf("said %swant %s", i.say(), want)
		}
		stub := i.find(kg.KeyID(kg.EntityClass, "set", "d"))
		if topic, ok := stub.(*kg.Topic); !ok || !topic.Stub || i.find(kg.KeyID(kg.SourceClass, "set", "d")) == nil {
			t.Errorf("%T", stub)
		}
		link := i.find(kg.KeyID(kg.RelationshipClass, "set", "u")).(*kg.Relationship)
		if link.Type != kg.OtherLink || link.To != kg.KeyID(kg.EntityClass, "set", "d") {
			t.Errorf("%+v", link)
		}
		lines := slices.Sorted(strings.Lines(i.asFtM(t)))
		if got := strings.Join(lines, ""); len(lines) != 4 || !strings.Contains(got, `"object":["d"],"role":["signed"],"subject":["p"]`) || !strings.Contains(got, `"entity":["d"],"name":["N"]`) {
			t.Errorf("wrote\n%s", got)
		}
	}
}
