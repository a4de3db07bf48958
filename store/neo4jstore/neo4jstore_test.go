package neo4jstore_test

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dramatis/kg"
	"dramatis/store/neo4jstore"
	"dramatis/store/neo4jstore/neo4jtest"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

var at = time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)

func metaOf(class kg.Class, key string) kg.Meta {
	return kg.Meta{ID: kg.KeyID(class, "test", key), Dataset: kg.DatasetID("test"), Key: key}
}

func entID(key string) kg.ID { return kg.KeyID(kg.EntityClass, "test", key) }

func organization(key string) *kg.Organization {
	return &kg.Organization{Thing: kg.Thing{Meta: metaOf(kg.EntityClass, key), Name: key,
		Identifiers: []kg.Identifier{{Scheme: "test", Value: key}}}}
}

func member(key, from, to string) *kg.Relationship {
	return &kg.Relationship{Meta: metaOf(kg.RelationshipClass, key), Type: kg.MemberOf, From: entID(from), To: entID(to), StartDate: "2020"}
}

func statement(key, by, about string) *kg.Statement {
	return &kg.Statement{Meta: metaOf(kg.StatementClass, key), Kind: kg.Direct, Text: key, Speakers: []kg.ID{entID(by)}, About: []kg.ID{entID(about)}}
}

func batch(records ...kg.Record) *kg.Batch {
	return &kg.Batch{Put: records, Dataset: &kg.Dataset{Meta: kg.Meta{ID: kg.DatasetID("test"), Key: "test"}, Name: "test"}, At: at}
}

func apply(t *testing.T, s *neo4jstore.Store, b *kg.Batch) *kg.Result {
	t.Helper()
	r, err := s.Apply(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// direct sends queries beside the store.
func direct(t *testing.T, server neo4jtest.Server) func(cypher string, params map[string]any) *neo4j.EagerResult {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(server.URI, neo4j.BasicAuth(server.User, server.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = driver.Close(context.Background()) })
	return func(cypher string, params map[string]any) *neo4j.EagerResult {
		t.Helper()
		result, err := neo4j.ExecuteQuery(t.Context(), driver, cypher, params, neo4j.EagerResultTransformer)
		if err != nil {
			t.Fatalf("%s: %v", cypher, err)
		}
		return result
	}
}

func open(t *testing.T, server neo4jtest.Server, uri string, onQuery func(string)) *neo4jstore.Store {
	t.Helper()
	s, _, err := neo4jstore.Open(t.Context(), uri, neo4jstore.Options{User: server.User, Password: server.Password, OnQuery: onQuery})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// TestIndexes makes sure that the migrations make just the indexes that queries name: a hint to one that is not there
// is passed over in silence.
func TestIndexes(t *testing.T) {
	server := neo4jtest.Use(t)
	open(t, server, server.URI, nil)
	var have []string
	for _, row := range direct(t, server)("SHOW INDEXES YIELD type, owningConstraint, labelsOrTypes, properties, state, options WHERE type <> 'LOOKUP' AND owningConstraint IS NULL", nil).Records {
		if row.Values[4] != "ONLINE" {
			t.Errorf("index %v is not ready", row.Values)
		}
		slices.SortFunc(row.Values[2].([]any), func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
		have = append(have, fmt.Sprint(row.Values[2:4]))
		settings := row.Values[5].(map[string]any)["indexConfig"].(map[string]any)
		if row.Values[0] == "FULLTEXT" && (settings["fulltext.analyzer"] != "whitespace" || settings["fulltext.eventually_consistent"] != false) {
			t.Errorf("full-text index %v has %v", row.Values, settings)
		}
	}
	want := []string{"[[Word] [spellings]]", "[[Source Statement] [terms]]"}
	for _, i := range neo4jstore.Indexes() {
		want = append(want, fmt.Sprintf("[[%s] [%s %s]]", i.Of, i.Key, i.Sort))
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("have %v\nwant %v", have, want)
	}
}

// operators are the names of all operators of a plan, and the rows and properties that they read.
func operators(plan neo4j.ProfiledPlan) (names []string, hits int64) {
	name, _, _ := strings.Cut(plan.Operator(), "@")
	names, hits = []string{name}, plan.DbHits()
	for _, child := range plan.Children() {
		more, n := operators(child)
		names, hits = append(names, more...), hits+n
	}
	return names, hits
}

// TestListPlans reads every kind of list at an entity that has many, and makes sure that no more is read than given.
func TestListPlans(t *testing.T) {
	server := neo4jtest.Use(t)
	s := open(t, server, server.URI, nil)
	profile := direct(t, server)
	records := []kg.Record{organization("hub")}
	for i := range 300 {
		name := fmt.Sprintf("o%03d", i)
		records = append(records, organization(name), member(name, name, "hub"), statement(name, name, "hub"))
	}
	apply(t, s, batch(records...))

	hub := string(entID("hub"))
	from, to := kg.Key{Facet: kg.RelationshipFrom, Value: hub}, kg.Key{Facet: kg.RelationshipTo, Value: hub}
	about := kg.Key{Facet: kg.StatementAbout, Value: hub}
	dated := []kg.DayTest{{Column: kg.StartMin, Day: "2021-01-01"}}
	for _, tt := range []struct {
		name  string
		query kg.Query
		keys  []kg.Key
		most  int64 // database hits
	}{
		{"value", kg.Query{}, []kg.Key{to}, 30},
		{"all", kg.Query{}, []kg.Key{{Facet: kg.All, Value: "ent"}}, 30},
		{"edge", kg.Query{}, []kg.Key{about}, 40},
		{"name", kg.Query{}, []kg.Key{{Facet: kg.EntityName, Value: "o001"}}, 20},
		{"filtered", kg.Query{Days: dated}, []kg.Key{to}, 60},
		{"filtered edge", kg.Query{Where: [][]kg.Key{{{Facet: kg.StatementKindFacet, Value: "DIRECT"}}}}, []kg.Key{about}, 60},
		{"followed", kg.Query{Follow: []kg.Facet{kg.RelationshipFrom, kg.RelationshipTo, kg.EvidenceSource}}, []kg.Key{to}, 80},
		{"followed edge", kg.Query{Follow: []kg.Facet{kg.StatementSpeaker, kg.StatementAtEvent}}, []kg.Key{about}, 80},
		{"merged", kg.Query{}, []kg.Key{from, to}, 40},
		{"ends", kg.Query{Ends: true}, []kg.Key{from, to}, 40},
		{"ends of an edge", kg.Query{Ends: true}, []kg.Key{{Facet: kg.StatementSpeaker, Value: hub}, about}, 40},
		{"filtered ends", kg.Query{Ends: true, Days: dated}, []kg.Key{to}, 80},
		// these read as far as the longest way that one of their streams might have to be read
		{"merged and filtered", kg.Query{Days: dated}, []kg.Key{from, to}, 200},
		{"prefix", kg.Query{Prefix: true}, []kg.Key{{Facet: kg.EntityName, Value: "o00"}}, 100},
	} {
		for _, reverse := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.name, " reverse ", reverse), func(t *testing.T) {
				tt.query.Limit, tt.query.Reverse = 5, reverse
				cypher, params, err := neo4jstore.ListCypher(tt.query, []kg.Drive{{Keys: tt.keys}})
				if err != nil {
					t.Fatal(err)
				}
				result := profile("PROFILE "+cypher, params)
				if n := len(result.Records[0].Values[1].([]any)); n == 0 {
					t.Error("nothing was found")
				}
				names, hits := operators(result.Summary.Profile())
				for _, name := range names {
					if strings.HasSuffix(name, "Scan") || name == "Sort" && (len(tt.keys) == 1 || tt.query.Ends) {
						t.Errorf("the plan has a %s: %v", name, names)
					}
				}
				if hits > tt.most {
					t.Errorf("%d database hits, not %d: %v", hits, tt.most, names)
				}
			})
		}
	}
}

// TestListMemory reads a large page that is not filled: what was found must not be counted again for each row that is
// read.
func TestListMemory(t *testing.T) {
	server := neo4jtest.Use(t)
	s := open(t, server, server.URI, nil)
	profile := direct(t, server)
	records := []kg.Record{organization("hub")}
	for i := range 300 {
		name := fmt.Sprintf("o%03d", i)
		records = append(records, organization(name), member(name, name, "hub"))
	}
	apply(t, s, batch(records...))
	hub := string(entID("hub"))
	keys := []kg.Key{{Facet: kg.RelationshipFrom, Value: hub}, {Facet: kg.RelationshipTo, Value: hub}}
	for range 98 {
		keys = append(keys, kg.Key{Facet: kg.RelationshipFrom, Value: strings.Repeat("x", 100)})
	}
	q := kg.Query{Days: []kg.DayTest{{Column: kg.StartMin, Day: "2021-01-01"}}, Limit: 400}
	cypher, params, err := neo4jstore.ListCypher(q, []kg.Drive{{Keys: keys}})
	if err != nil {
		t.Fatal(err)
	}
	result := profile("PROFILE "+cypher, params)
	if n := len(result.Records[0].Values[1].([]any)); n != 300 {
		t.Errorf("%d were found", n)
	}
	if memory := result.Summary.Profile().Arguments()["GlobalMemory"].(int64); memory > 4<<20 {
		t.Errorf("it takes %d bytes", memory)
	}
}

// TestCountPlans makes sure that a count costs the same however much is counted.
func TestCountPlans(t *testing.T) {
	server := neo4jtest.Use(t)
	last := ""
	queries := 0
	s := open(t, server, server.URI, func(cypher string) { last, queries = cypher, queries+1 })
	explain := direct(t, server)
	hub := string(entID("hub"))
	for f, info := range kg.Facets {
		if !info.Counted {
			continue
		}
		value := hub
		if strings.HasSuffix(info.Name, "Type") {
			value += "/" + string(kg.MemberOf)
		}
		queries = 0
		if _, err := s.Count(t.Context(), []kg.Key{{Facet: kg.Facet(f), Value: value}, {Facet: kg.Facet(f), Value: value}}); err != nil || queries != 1 {
			t.Fatalf("%s: %d queries, %v", info.Name, queries, err)
		}
		text := fmt.Sprint(explain("EXPLAIN "+last, nil).Summary.Plan().Arguments()["string-representation"])
		for _, scan := range []string{"Scan", "Expand"} {
			if strings.Contains(text, scan) {
				t.Errorf("%s: the plan has a %s:\n%s", info.Name, scan, text)
			}
		}
	}
}

// TestWritePlans makes sure that no write walks through a hub.
func TestWritePlans(t *testing.T) {
	server := neo4jtest.Use(t)
	open(t, server, server.URI, nil)
	explain := direct(t, server)
	for name, cypher := range map[string]string{"referrers": neo4jstore.Referrers, "unlink": neo4jstore.Unlink, "unword": neo4jstore.Unword, "undraw": neo4jstore.Undraw,
		"put": neo4jstore.Put, "readBehind": neo4jstore.ReadBehind, "strip": neo4jstore.Strip, "respell": neo4jstore.Respell} {
		text := fmt.Sprint(explain("EXPLAIN "+cypher, nil).Summary.Plan().Arguments()["string-representation"])
		if strings.Contains(text, "Scan") || (name == "undraw" || name == "unword") && !strings.Contains(text, "Expand(Into)") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}

// TestRoundTrips counts what each call sends.
func TestRoundTrips(t *testing.T) {
	n := 0
	s := neo4jtest.Open(t, neo4jstore.Options{OnQuery: func(string) { n++ }})
	for _, tt := range []struct {
		name string
		call func() error
		want int
	}{
		// begin, lock and read what is referred to, put, commit
		{"create", func() error { _, err := s.Apply(t.Context(), batch(organization("a"), organization("b"))); return err }, 4},
		{"relate", func() error { _, err := s.Apply(t.Context(), batch(member("r", "a", "b"))); return err }, 4},
		{"get", func() error { _, err := s.Get(t.Context(), []kg.ID{entID("a"), entID("b"), entID("c")}); return err }, 1},
		{"list", func() error {
			_, err := s.List(t.Context(), kg.Query{Limit: 5}, []kg.Drive{
				{Keys: []kg.Key{{Facet: kg.RelationshipFrom, Value: string(entID("a"))}, {Facet: kg.RelationshipTo, Value: string(entID("a"))}}},
				{Keys: []kg.Key{{Facet: kg.RelationshipFrom, Value: string(entID("b"))}, {Facet: kg.RelationshipTo, Value: string(entID("b"))}}},
			})
			return err
		}, 1},
		{"count", func() error { _, err := s.Count(t.Context(), kg.CountKeys(entID("a"))); return err }, 1},
	} {
		n = 0
		if err := tt.call(); err != nil || n != tt.want {
			t.Errorf("%s: %d round trips, want %d (%v)", tt.name, n, tt.want, err)
		}
	}
}

// TestCheck damages the data by hand, in each way once.
func TestCheck(t *testing.T) {
	server := neo4jtest.Use(t)
	s := open(t, server, server.URI, nil)
	run := direct(t, server)
	all := []kg.Record{organization("a"), organization("b"), member("r", "a", "b"), statement("s", "a", "b")}
	for damage, want := range map[string]string{
		"MATCH (:Statement)-[x:ABOUT]->() DELETE x":                                                          "edge is",
		"MATCH (:Statement)-[x:ABOUT]->() SET x.sortKey = 'x'":                                               "edge is",
		"MATCH (s:Statement)-[x:ABOUT]->(e) CREATE (s)-[y:ABOUT]->(e) SET y = properties(x)":                 "edge is",
		"MATCH (:Entity)-[x:MEMBER_OF]->() DELETE x":                                                         "edge between its ends",
		"MATCH (:Entity)-[x:MEMBER_OF]->() SET x.role = 'x'":                                                 "edge between its ends",
		"MATCH (a:Entity)-[x:MEMBER_OF]->(b) CREATE (b)-[y:MEMBER_OF]->(a) SET y = properties(x)":            "2 of MEMBER_OF",
		"MATCH (a:Entity)-[x:MEMBER_OF]->(b) CREATE (a)-[y:MEMBER_OF]->(b) SET y = properties(x)":            "edge between its ends",
		"MATCH (a:Entity {name: 'a'})-[:HAS_NAME]->(n) DETACH DELETE n":                                      "edge is",
		"CREATE (:Name {key: 'a', sortKey: 'a'})":                                                            "3 of Name",
		"CREATE (:Person {name: 'x'})":                                                                       "1 of Person",
		"MATCH (a:Entity {name: 'a'}) REMOVE a:Organization":                                                 "label is",
		"MATCH (a:Entity {name: 'a'}) SET a.kind = 'STATE'":                                                  "property kind",
		"MATCH (a:Entity {name: 'a'}) SET a.more = 1":                                                        "property more",
		"MATCH (a:Entity {name: 'a'}) SET a.sortKey = 'b'":                                                   "property sortKey",
		"MATCH (a:Entity {name: 'a'}) REMOVE a.body":                                                         "cannot be read",
		"MATCH (a:Entity {name: 'a'}) SET a.body = '{'":                                                      "cannot be read",
		"MATCH (a:Entity {name: 'a'}), (b:Entity {name: 'b'}) SET a.body = b.body":                           "cannot be read",
		"MATCH (a:Entity {name: 'a'})-[x:HAS_IDENTIFIER]->(i) CREATE (b:Identifier) SET b = properties(i)":   "3 of Identifier",
		"MATCH (s:Statement)-[x:ABOUT]->() MATCH (a {name: 'a'}) CREATE (s)-[y:ABOUT]->(a) SET y.key = a.id": "edge is",
	} {
		run("MATCH (n) WHERE NOT n:_Migration DETACH DELETE n", nil)
		apply(t, s, batch(all...))
		if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		run(damage, nil)
		problems, err := s.Check(t.Context())
		if err != nil || !strings.Contains(strings.Join(problems, "\n"), want) {
			t.Errorf("%s: %q, want %q (%v)", damage, problems, want, err)
		}
	}
	run("MATCH (n) WHERE NOT n:_Migration DETACH DELETE n", nil)
}

// TestNeverHalf makes sure that nothing but whole records stays, of deletions and of batches that fail too.
func TestNeverHalf(t *testing.T) {
	server := neo4jtest.Use(t)
	s := open(t, server, server.URI, nil)
	run := direct(t, server)
	apply(t, s, batch(organization("a")))
	if _, err := s.Apply(t.Context(), batch(member("r", "a", "absent"))); kg.CodeOf(err) != kg.BadUserInput {
		t.Error(err)
	}
	apply(t, s, &kg.Batch{Key: "k", Delete: []kg.Deletion{{ID: entID("a")}, {ID: entID("absent"), Cascade: true}}, At: at})
	rows := run("MATCH (n) WHERE NOT n:_Migration RETURN labels(n)", nil).Records
	if len(rows) != 2 { // the dataset and the note of the batch
		t.Errorf("%d nodes are left: %v", len(rows), rows)
	}
}

// TestOpenRefuses lists what is not opened, and says why.
func TestOpenRefuses(t *testing.T) {
	server := neo4jtest.Use(t)
	run := direct(t, server)
	open(t, server, server.URI, nil)
	for _, tt := range []struct {
		name, before, after string
		uri, password       string
		want                string
	}{
		{name: "newer", before: "CREATE (:_Migration {version: 4})", after: "MATCH (m:_Migration {version: 4}) DELETE m", want: "newer Dramatis"},
		{name: "another schema", before: "MATCH (m:_Migration {version: 1}) SET m.sum = m.checksum, m.checksum = 'x'", after: "MATCH (m:_Migration {version: 1}) SET m.checksum = m.sum REMOVE m.sum", want: "another step 1"},
		{name: "foreign data", before: "MATCH (m:_Migration) SET m:Kept REMOVE m:_Migration", after: "MATCH (m:Kept) SET m:_Migration REMOVE m:Kept", want: "another program"},
		{name: "password", password: "wrong", want: "refuses the user or the password"},
		{name: "nobody there", uri: "bolt://127.0.0.1:1", want: "cannot be reached"},
		{name: "no scheme", uri: "127.0.0.1:7687", want: "no URL"},
		{name: "password in the address", uri: "neo4j://neo4j:secret@127.0.0.1", want: "holds a user or a password"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.before != "" {
				run(tt.before, nil)
				defer run(tt.after, nil)
			}
			o := neo4jstore.Options{User: server.User, Password: server.Password}
			if tt.password != "" {
				o.Password = tt.password
			}
			uri := server.URI
			if tt.uri != "" {
				uri = tt.uri
			}
			start := time.Now()
			_, _, err := neo4jstore.Open(t.Context(), uri, o)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "secret") {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("it took %s", d)
			}
		})
	}
}

// proxy stands between the store and Neo4j, and can be cut.
type proxy struct {
	net.Listener
	server string
	mu     sync.Mutex
	conns  []net.Conn
	mute   bool // what Neo4j answers is lost
}

func newProxy(t *testing.T, server neo4jtest.Server) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, host, _ := strings.Cut(server.URI, "://")
	p := &proxy{Listener: l, server: host}
	t.Cleanup(p.cut)
	go p.serve()
	return p
}

func (p *proxy) uri() string { return "bolt://" + p.Addr().String() }

func (p *proxy) serve() {
	for {
		near, err := p.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", p.server)
		if err != nil {
			near.Close()
			return
		}
		p.mu.Lock()
		p.conns = append(p.conns, near, far)
		p.mu.Unlock()
		go p.pass(far, near, false)
		go p.pass(near, far, true)
	}
}

func (p *proxy) pass(to, from net.Conn, answers bool) {
	buffer := make([]byte, 1<<16)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			to.Close()
			return
		}
		p.mu.Lock()
		lost := answers && p.mute
		p.mu.Unlock()
		if lost {
			continue
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (p *proxy) setMute(mute bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mute = mute
}

// cut breaks all connections, and lets no new ones come.
func (p *proxy) cut() {
	p.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
}

// TestCommitUnknown loses the answer to a commit: by a connection that breaks, and by one that falls silent.
func TestCommitUnknown(t *testing.T) {
	for _, silent := range []bool{false, true} {
		t.Run(fmt.Sprint("silent ", silent), func(t *testing.T) {
			server := neo4jtest.Use(t)
			s := open(t, server, server.URI, nil)
			p := newProxy(t, server)
			cut := open(t, server, p.uri(), func(cypher string) {
				if cypher != "COMMIT" {
					return
				}
				p.setMute(true)
				if !silent {
					time.AfterFunc(200*time.Millisecond, p.cut)
				}
			})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			b := batch(organization("a"))
			b.Key = "key"
			if _, err := cut.Apply(ctx, b); kg.CodeOf(err) != kg.CommitUnknown {
				t.Fatalf("got %v", err)
			}
			again := batch(organization("a"))
			again.Key = "key"
			if r := apply(t, s, again); !r.Replayed || len(r.Created) != 1 {
				t.Errorf("sent again it gave %+v", r)
			}
		})
	}
}

// TestDown takes the database away, and gives it back.
func TestDown(t *testing.T) {
	server := neo4jtest.Use(t)
	p := newProxy(t, server)
	s := open(t, server, p.uri(), nil)
	apply(t, s, batch(organization("a")))
	calls := map[string]func(ctx context.Context) error{
		"get":   func(ctx context.Context) error { _, err := s.Get(ctx, []kg.ID{entID("a")}); return err },
		"apply": func(ctx context.Context) error { _, err := s.Apply(ctx, batch(organization("b"))); return err },
	}
	expect := func(code kg.Code, ctx context.Context) {
		t.Helper()
		for name, call := range calls {
			start := time.Now()
			err := call(ctx)
			if d := time.Since(start); kg.CodeOf(err) != code || d > 2500*time.Millisecond {
				t.Errorf("%s: got %v after %s, want %s", name, err, d, code)
			}
		}
	}
	p.setMute(true)
	for name, call := range calls {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		if err := call(ctx); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("%s of a silent database: got %v, want %s", name, err, kg.Timeout)
		}
		cancel()
	}
	expect(kg.Unavailable, t.Context()) // no new connection comes about
	p.setMute(false)
	expect("", t.Context())
	p.cut()
	expect(kg.Unavailable, t.Context())
}

// TestWriters has many writers change the same records in other orders and delete them: nothing may be doubled.
func TestWriters(t *testing.T) {
	server := neo4jtest.Use(t)
	s := open(t, server, server.URI, nil)
	var wg sync.WaitGroup
	for w := range 12 {
		wg.Go(func() {
			for i := range 10 {
				records := []kg.Record{organization("a"), organization("b"), member("r", "a", "b"), statement("s", "b", "a")}
				records[2].(*kg.Relationship).Role = fmt.Sprint(w, i)
				records[3].(*kg.Statement).Date = kg.PartialDate(fmt.Sprint(2000 + w))
				b := batch(records...)
				if w%3 == 0 && i%2 == 0 {
					b = &kg.Batch{Delete: []kg.Deletion{{ID: entID("b"), Cascade: true}}, At: at}
				}
				if _, err := s.Apply(t.Context(), b); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}
