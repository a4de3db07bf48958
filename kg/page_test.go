package kg_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"dramatis/kg"
)

func list(t testing.TB, l kg.List, err error) kg.List {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// lists are lists that no cursor may be shared between.
func lists(t testing.TB) []kg.List {
	up, down := kg.Ascending, kg.Descending
	var all []kg.List
	add := func(l kg.List, err error) { all = append(all, list(t, l, err)) }
	for _, order := range []*kg.OrderDirection{&up, &down} {
		add(kg.Entities(nil, order))
		add(kg.Entities(&kg.EntityFilter{Name: ptr("a")}, order))
		add(kg.Entities(&kg.EntityFilter{NamePrefix: ptr("a")}, order))
		add(kg.Entities(&kg.EntityFilter{Types: []kg.EntityType{kg.PersonType}}, order))
		add(kg.Events(nil, kg.AsOf{}, order))
		add(kg.Relationships(nil, kg.AsOf{}, order))
		add(kg.Relationships(nil, kg.AsOf{Date: "2001"}, order))
		add(kg.Relationships(nil, kg.AsOf{Date: "2001", CertainOnly: true}, order))
		add(kg.RelationshipsOf(entity("a"), nil, kg.Out, kg.AsOf{}, order))
		add(kg.RelationshipsOf(entity("a"), nil, kg.In, kg.AsOf{}, order))
		add(kg.RelationshipsOf(entity("b"), nil, kg.Out, kg.AsOf{}, order))
	}
	return all
}

// cursorAt makes the cursor of a relationship with a start and of a list.
func cursorAt(t testing.TB, l kg.List, r kg.Record) string {
	t.Helper()
	p, err := l.Page(kg.PageArgs{})
	if err != nil {
		t.Fatal(err)
	}
	return p.Connection([]kg.Rows{{Records: []kg.Record{r}}}).End
}

func link(key string, start kg.PartialDate) *kg.Relationship {
	return &kg.Relationship{Meta: meta(kg.RelationshipClass, key), Type: kg.Supports, From: entity("a"), To: entity("b"), StartDate: start}
}

func TestCursorsBelongToOneList(t *testing.T) {
	all := lists(t)
	r := link("r", "2001")
	for i, from := range all {
		cursor := cursorAt(t, from, r)
		for j, to := range all {
			_, err := to.Page(kg.PageArgs{After: &cursor})
			if want := map[bool]kg.Code{true: "", false: kg.BadCursor}[i == j]; kg.CodeOf(err) != want {
				t.Errorf("cursor of list %d in list %d: %v", i, j, err)
			}
		}
	}
}

func TestPageArguments(t *testing.T) {
	l := kg.AllOf(kg.RelationshipClass)
	for _, args := range []kg.PageArgs{{First: ptr(0)}, {First: ptr(-1)}, {First: ptr(101)}, {Last: ptr(0)}, {Last: ptr(101)}, {First: ptr(1), Last: ptr(1)}} {
		if _, err := l.Page(args); kg.CodeOf(err) != kg.BadUserInput {
			t.Errorf("%+v: %v", args, err)
		}
	}
	for _, tt := range []struct {
		args    kg.PageArgs
		limit   int
		reverse bool
	}{
		{kg.PageArgs{}, 21, false}, {kg.PageArgs{First: ptr(1)}, 2, false}, {kg.PageArgs{First: ptr(100)}, 101, false}, {kg.PageArgs{Last: ptr(7)}, 8, true},
	} {
		p, err := l.Page(tt.args)
		if err != nil || p.Query.Limit != tt.limit || p.Query.Reverse != tt.reverse {
			t.Errorf("%+v: %+v, %v", tt.args, p, err)
		}
	}
}

// TestDescendingDrives: the dated come first, from the last to the first, then the undated.
func TestDescendingDrives(t *testing.T) {
	down := kg.Descending
	made, err := kg.RelationshipsOf(entity("a"), nil, kg.Out, kg.AsOf{}, &down)
	l := list(t, made, err)
	dated, undated := link("dated", "2001"), link("undated", "")
	d, u := kg.SortKey(dated, kg.ByDefault), kg.SortKey(undated, kg.ByDefault)
	border := string(kg.LastDay)
	type bounds struct{ after, before string }
	for _, tt := range []struct {
		name          string
		after, before kg.Record
		want          []bounds
	}{
		{"all", nil, nil, []bounds{{"", border}, {border, ""}}},
		{"after a dated one", dated, nil, []bounds{{"", d}, {border, ""}}},
		{"after an undated one", undated, nil, []bounds{{border, u}}},
		{"before a dated one", nil, dated, []bounds{{d, border}}},
		{"before an undated one", nil, undated, []bounds{{"", border}, {u, ""}}},
		{"between", dated, undated, []bounds{{"", d}, {u, ""}}},
		{"between, the wrong way round", undated, dated, nil},
		{"between two dated", dated, dated, []bounds{{d, d}}},
		{"between two undated", undated, undated, []bounds{{u, u}}},
	} {
		for _, backward := range []bool{false, true} {
			args := kg.PageArgs{}
			if tt.after != nil {
				args.After = ptr(cursorAt(t, l, tt.after))
			}
			if tt.before != nil {
				args.Before = ptr(cursorAt(t, l, tt.before))
			}
			if backward {
				args.Last = ptr(5)
			}
			p, err := l.Page(args)
			if err != nil {
				t.Fatal(err)
			}
			var got []bounds
			for _, d := range p.Drives {
				got = append(got, bounds{d.After, d.Before})
			}
			want := slices.Clone(tt.want)
			if backward {
				slices.Reverse(want)
			}
			if !slices.Equal(got, want) || p.Query.Reverse == backward {
				t.Errorf("%s, backwards %t: got %q, reverse %t; want %q", tt.name, backward, got, p.Query.Reverse, want)
			}
		}
	}
}

func TestGather(t *testing.T) {
	var all []kg.Record
	for _, year := range []kg.PartialDate{"2003", "2001", "", "2002", "2001"} {
		all = append(all, link(string(year), year))
	}
	gather := func(args kg.PageArgs, cut bool) *kg.Connection {
		t.Helper()
		c, err := kg.Gather(slices.Clone(all), kg.ByDefault, "binding", args, cut)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	keys := func(c *kg.Connection) string {
		var out []string
		for _, r := range c.Records {
			out = append(out, kg.MetaOf(r).Key)
		}
		return strings.Join(out, " ")
	}
	first := gather(kg.PageArgs{First: ptr(2)}, false)
	if keys(first) != "2001 2002" || !first.HasNext || first.HasPrevious || first.Cut {
		t.Errorf("got %+v", first)
	}
	next := gather(kg.PageArgs{First: ptr(2), After: &first.End}, true)
	if keys(next) != "2003 " || next.HasNext || !next.HasPrevious || !next.Cut {
		t.Errorf("got %+v", next)
	}
	last := gather(kg.PageArgs{Last: ptr(3), Before: &next.End}, false)
	if keys(last) != "2001 2002 2003" || last.HasPrevious || !last.HasNext {
		t.Errorf("got %+v", last)
	}
	if _, err := kg.Gather(slices.Clone(all), kg.ByDefault, "another", kg.PageArgs{After: &first.End}, false); kg.CodeOf(err) != kg.BadCursor {
		t.Errorf("got %v", err)
	}
}

// FuzzCursor: whatever text is sent as a cursor, it is refused or it is one that the list can have made.
func FuzzCursor(f *testing.F) {
	l := kg.AllOf(kg.RelationshipClass)
	own := cursorAt(f, l, link("r", "2001"))
	raw, err := base64.RawURLEncoding.DecodeString(own)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		own, own + "=", own[:len(own)-1], "", "x", "====", "\xff", cursorAt(f, l, link("r", "")), cursorAt(f, kg.AllOf(kg.StatementClass), link("r", "2001")),
		base64.RawURLEncoding.EncodeToString(raw[:9]), base64.RawURLEncoding.EncodeToString(append(raw[:9:9], "\xff\x00"...)), base64.RawURLEncoding.EncodeToString(append(raw[:9:9], "~~~"...)),
		base64.RawURLEncoding.EncodeToString(append(raw[:len(raw)-1:len(raw)-1], 'z')), base64.RawURLEncoding.EncodeToString(append(slices.Clone(raw), 0)),
		base64.RawURLEncoding.EncodeToString(append(raw[:9:9], "é"+string(raw[len(raw)-30:])...)),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		p, err := l.Page(kg.PageArgs{After: &cursor})
		if err != nil {
			if kg.CodeOf(err) != kg.BadCursor {
				t.Errorf("%q: %v", cursor, err)
			}
			return
		}
		key := p.Drives[0].After
		if _, err := kg.ParseID(string(kg.IDOf(key))); err != nil {
			t.Errorf("%q stands for %q, which ends with no id", cursor, key)
		}
		for _, c := range []byte(key) {
			if c < 1 || c > '~' {
				t.Fatalf("%q stands for %q, which is no sort key", cursor, key)
			}
		}
		decoded, err := base64.RawURLEncoding.DecodeString(cursor)
		if err != nil || base64.RawURLEncoding.EncodeToString(decoded) != cursor || string(decoded[:9]) != string(raw[:9]) {
			t.Errorf("%q is not as the list writes cursors", cursor)
		}
	})
}

// TestDatedParts: of a list in the order of first days, what cannot lie between two dates is not read.
func TestDatedParts(t *testing.T) {
	border := string(kg.LastDay)
	between := func(from, to string) *kg.DateRange {
		r := &kg.DateRange{}
		if from != "" {
			r.From = ptr(kg.PartialDate(from))
		}
		if to != "" {
			r.To = ptr(kg.PartialDate(to))
		}
		return r
	}
	events := func(order kg.OrderDirection, r *kg.DateRange) (kg.List, error) {
		return kg.Events(&kg.EventFilter{Between: r}, kg.AsOf{}, &order)
	}
	statements := func(order kg.OrderDirection, r *kg.DateRange) (kg.List, error) {
		return kg.Statements(&kg.StatementFilter{Between: r}, kg.AsOf{}, &order)
	}
	relationships := func(order kg.OrderDirection, r *kg.DateRange) (kg.List, error) {
		return kg.Relationships(&kg.RelationshipFilter{ActiveDuring: r}, kg.AsOf{}, &order)
	}
	type part struct {
		facet         kg.Facet
		after, before string
	}
	for _, tt := range []struct {
		name   string
		of     func(kg.OrderDirection, *kg.DateRange) (kg.List, error)
		order  kg.OrderDirection
		within *kg.DateRange
		want   []part
	}{
		{"all events", events, kg.Ascending, nil, []part{{kg.EventByDate, "", ""}}},
		{"events from", events, kg.Ascending, between("2014-05", ""), []part{{kg.EventReaching, "", "2014-01-01"}, {kg.EventByDate, "2014-01-01", ""}}},
		{"events to", events, kg.Ascending, between("", "2014-05"), []part{{kg.EventByDate, "", "2014-05-31\x7f"}, {kg.EventByDate, border, ""}}},
		{"events between", events, kg.Ascending, between("2014-05", "2015"),
			[]part{{kg.EventReaching, "", "2014-01-01"}, {kg.EventByDate, "2014-01-01", "2015-12-31\x7f"}, {kg.EventByDate, border, ""}}},
		{"events between, descending", events, kg.Descending, between("2014-05", "2015"),
			[]part{{kg.EventByDate, "2014-01-01", "2015-12-31\x7f"}, {kg.EventReaching, "", "2014-01-01"}, {kg.EventByDate, border, ""}}},
		{"statements from", statements, kg.Ascending, between("2014-05-02", ""), []part{{kg.All, "2014-01-01", "2014-01-01\x7f"}, {kg.All, "2014-05-01", "2014-05-01\x7f"}, {kg.All, "2014-05-02", border}}},
		{"statements from a month", statements, kg.Ascending, between("2014-05", ""), []part{{kg.All, "2014-01-01", "2014-01-01\x7f"}, {kg.All, "2014-05-01", border}}},
		{"statements between", statements, kg.Ascending, between("2014", "2014"), []part{{kg.All, "2014-01-01", "2014-12-31\x7f"}}},
		{"statements between, descending", statements, kg.Descending, between("2014", "2014"), []part{{kg.All, "2014-01-01", "2014-12-31\x7f"}}},
		{"relationships active", relationships, kg.Ascending, between("2014", "2014"), []part{{kg.All, "", ""}}},
		{"relationships active, descending", relationships, kg.Descending, between("2014", "2014"), []part{{kg.All, "", "2014-12-31\x7f"}, {kg.All, border, ""}}},
	} {
		l, err := tt.of(tt.order, tt.within)
		if err != nil {
			t.Fatal(err)
		}
		p, err := l.Page(kg.PageArgs{})
		if err != nil {
			t.Fatal(err)
		}
		var got []part
		for _, d := range p.Drives {
			got = append(got, part{d.Keys[0].Facet, d.After, d.Before})
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}
