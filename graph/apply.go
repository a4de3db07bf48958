package graph

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"dramatis/graph/model"
	"dramatis/kg"
	"dramatis/loaders"
)

// apply writes a batch, and forgets what this operation has read before.
func (r *Resolver) apply(ctx context.Context, in *model.ApplyInput) (*model.ApplyPayload, error) {
	if !kg.ActorOf(ctx).May(kg.WriteScope) {
		return nil, kg.Errorf(kg.Forbidden, "writing needs the scope write")
	}
	if in.IdempotencyKey == "" || in.Dataset == "" {
		return nil, kg.Errorf(kg.BadUserInput, "idempotencyKey and dataset must not be empty")
	}
	if strings.TrimSpace(in.Dataset) != in.Dataset || strings.ContainsFunc(in.Dataset, unicode.IsControl) {
		return nil, kg.Errorf(kg.BadUserInput, "the name of a dataset has no control characters and no space around it")
	}
	if n := len(in.Put) + len(in.Delete); n > kg.MaxBatch {
		return nil, kg.Errorf(kg.BadUserInput, "a batch has at most %d records; this one has %d", kg.MaxBatch, n)
	}
	b := &builder{dataset: in.Dataset, newID: r.NewID}
	// what makes a batch the same is what was sent: new ids are made each time
	sent, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	batch := &kg.Batch{Key: in.IdempotencyKey, Content: sent, At: r.Now(), Dataset: &kg.Dataset{Name: in.Dataset}}
	batch.Dataset.ID = kg.DatasetID(in.Dataset)
	for i, p := range in.Put {
		record, err := b.record(p)
		if err != nil {
			return nil, kg.Errorf(kg.BadUserInput, "put[%d]: %s", i, err.Message)
		}
		batch.Put = append(batch.Put, record)
	}
	for _, d := range in.Delete {
		batch.Delete = append(batch.Delete, kg.Deletion{ID: d.ID, Cascade: value(d.Cascade, false)})
	}
	result, err := r.Store.Apply(ctx, batch)
	if err != nil {
		return nil, err
	}
	loaders.From(ctx).Reset()
	out := &model.ApplyPayload{
		Created: list(result.Created), Changed: list(result.Changed), Unchanged: list(result.Unchanged), Deleted: list(result.Deleted),
		Replayed: result.Replayed,
	}
	if selected(ctx, "records") {
		out.Records, err = written(ctx, result)
	}
	return out, err
}

// written are the records of a batch as they are now.
func written(ctx context.Context, result *kg.Result) ([]kg.Record, error) {
	ids := append(list(result.Created), result.Changed...)
	return referAll[kg.Record](ctx, ids[:min(len(ids), kg.MaxPage)])
}

// list makes an empty list of none.
func list(ids []kg.ID) []kg.ID { return append([]kg.ID{}, ids...) }

// builder makes records of inputs.
type builder struct {
	dataset string
	newID   func(kg.Class) kg.ID
	mistake *kg.Error // the first found where no error can be returned
}

// record makes the one record of an input. Validation sees to @oneOf in documents, but not in variables.
func (b *builder) record(in *model.RecordInput) (r kg.Record, err *kg.Error) {
	n := 0
	if in.Entity != nil {
		n++
		r, err = b.entity(in.Entity)
	}
	if in.Relationship != nil {
		n++
		r = b.relationship(in.Relationship)
	}
	if in.Statement != nil {
		n++
		r = b.statement(in.Statement)
	}
	if in.Source != nil {
		n++
		r = b.source(in.Source)
	}
	if in.Mention != nil {
		n++
		r = b.mention(in.Mention)
	}
	if n != 1 {
		return nil, kg.Errorf(kg.BadUserInput, "exactly one field must be given, not %d", n)
	}
	if err == nil {
		err = b.mistake
	}
	return r, err
}

func (b *builder) meta(class kg.Class, id *kg.ID, key *string, extra []*model.ExtraInput) kg.Meta {
	m := kg.Meta{Dataset: kg.DatasetID(b.dataset), Key: text(key)}
	switch {
	case id != nil:
		m.ID = *id
		if m.Key != "" && m.ID != kg.KeyID(class, b.dataset, m.Key) {
			b.mistake = kg.Errorf(kg.BadUserInput, "the id is not the one that the key makes: give one of them")
		}
	case m.Key != "":
		m.ID = kg.KeyID(class, b.dataset, m.Key)
	default:
		m.ID = b.newID(class)
	}
	for _, e := range extra {
		m.Extra = append(m.Extra, kg.Extra{Name: e.Name, Values: e.Values})
	}
	return m
}

// ref reads a reference: an id, or "#" and a key of this dataset.
func (b *builder) ref(class kg.Class, id kg.ID) kg.ID {
	if key, ok := strings.CutPrefix(string(id), "#"); ok {
		return kg.KeyID(class, b.dataset, key)
	}
	return id
}

func (b *builder) optional(class kg.Class, id *kg.ID) kg.ID {
	if id == nil {
		return ""
	}
	return b.ref(class, *id)
}

func (b *builder) refs(class kg.Class, ids []kg.ID) []kg.ID {
	var out []kg.ID
	for _, id := range ids {
		out = append(out, b.ref(class, id))
	}
	return out
}

func (b *builder) evidence(in []*model.EvidenceInput) []kg.Evidence {
	var out []kg.Evidence
	for _, e := range in {
		out = append(out, kg.Evidence{
			Source: b.ref(kg.SourceClass, e.Source), Exact: text(e.Exact), Prefix: text(e.Prefix), Suffix: text(e.Suffix),
			Start: e.Start, End: e.End, AttributedTo: b.optional(kg.StatementClass, e.AttributedTo),
			AssertedBy: text(e.AssertedBy), AssertedAt: value(e.AssertedAt, time.Time{}), Method: value(e.Method, kg.Human),
		})
	}
	return out
}

func (b *builder) thing(in *model.EntityInput) kg.Thing {
	t := kg.Thing{
		Meta: b.meta(kg.EntityClass, in.ID, in.Key, in.Extra), Name: in.Name, Description: text(in.Description),
		Stub: value(in.Stub, false),
	}
	for _, n := range in.Names {
		t.Names = append(t.Names, kg.Name{Value: n.Value, Kind: value(n.Kind, kg.Alias), Language: text(n.Language), StartDate: text(n.StartDate), EndDate: text(n.EndDate)})
	}
	for _, i := range in.Identifiers {
		t.Identifiers = append(t.Identifiers, *i)
	}
	for _, l := range in.Links {
		t.Links = append(t.Links, kg.Link{URL: l.URL, Note: text(l.Note)})
	}
	return t
}

// entity makes an entity of its type, and refuses fields of another.
func (b *builder) entity(in *model.EntityInput) (kg.Record, *kg.Error) {
	t := b.thing(in)
	person := given("gender", in.Gender) + given("birthDate", in.BirthDate) + given("deathDate", in.DeathDate) + givenList("countries", in.Countries)
	organization := given("organizationKind", in.OrganizationKind) + given("foundingDate", in.FoundingDate) + given("dissolutionDate", in.DissolutionDate)
	place := given("latitude", in.Latitude) + given("longitude", in.Longitude)
	event := given("eventKind", in.EventKind) + given("startDate", in.StartDate) + given("endDate", in.EndDate) + given("status", in.Status) +
		given("outcome", in.Outcome) + givenList("about", in.About) + givenList("evidence", in.Evidence)
	classification, country := given("classification", in.Classification), given("country", in.Country)
	var r kg.Record
	foreign := ""
	switch in.Type {
	case kg.PersonType:
		r = &kg.Person{Thing: t, Gender: text(in.Gender), BirthDate: text(in.BirthDate), DeathDate: text(in.DeathDate), Countries: in.Countries}
		foreign = organization + place + event + classification + country
	case kg.OrganizationType:
		r = &kg.Organization{
			Thing: t, Kind: value(in.OrganizationKind, kg.OtherOrganization), Classification: text(in.Classification),
			Country: text(in.Country), FoundingDate: text(in.FoundingDate), DissolutionDate: text(in.DissolutionDate),
		}
		foreign = person + place + event
	case kg.PositionType:
		r = &kg.Position{Thing: t, Country: text(in.Country)}
		foreign = person + organization + place + event + classification
	case kg.PlaceType:
		r = &kg.Place{Thing: t, Classification: text(in.Classification), Country: text(in.Country), Latitude: in.Latitude, Longitude: in.Longitude}
		foreign = person + organization + event
	case kg.EventType:
		r = &kg.Event{
			Thing: t, Kind: text(in.EventKind), StartDate: text(in.StartDate), EndDate: text(in.EndDate), Status: value(in.Status, kg.Happened),
			Outcome: text(in.Outcome), About: b.refs(kg.EntityClass, in.About), Evidence: b.evidence(in.Evidence),
		}
		foreign = person + organization + place + classification + country
	case kg.TopicType:
		r = &kg.Topic{Thing: t}
		foreign = person + organization + place + event + classification + country
	}
	if foreign != "" {
		return nil, kg.Errorf(kg.BadUserInput, "a %s has no%s", in.Type, strings.TrimSuffix(foreign, ","))
	}
	return r, nil
}

func (b *builder) relationship(in *model.RelationshipInput) kg.Record {
	r := &kg.Relationship{
		Meta: b.meta(kg.RelationshipClass, in.ID, in.Key, in.Extra), Type: in.Type, Role: text(in.Role),
		From: b.ref(kg.EntityClass, in.From), To: b.ref(kg.EntityClass, in.To),
		StartDate: text(in.StartDate), EndDate: text(in.EndDate), Evidence: b.evidence(in.Evidence),
	}
	if in.Amount != nil {
		r.Amount = &kg.Amount{Minor: in.Amount.Minor, Currency: in.Amount.Currency}
	}
	return r
}

func (b *builder) statement(in *model.StatementInput) kg.Record {
	return &kg.Statement{
		Meta: b.meta(kg.StatementClass, in.ID, in.Key, in.Extra), Kind: in.Kind, Text: in.Text,
		Speakers: b.refs(kg.EntityClass, in.Speakers), OnBehalfOf: b.refs(kg.EntityClass, in.OnBehalfOf),
		About: b.refs(kg.EntityClass, in.About), Audience: b.refs(kg.EntityClass, in.Audience),
		AtEvent: b.optional(kg.EntityClass, in.AtEvent), Medium: text(in.Medium), Date: text(in.Date),
		ReplyTo: b.refs(kg.StatementClass, in.ReplyTo), Contradicts: b.refs(kg.StatementClass, in.Contradicts),
		Supports: b.refs(kg.StatementClass, in.Supports), Repeats: b.refs(kg.StatementClass, in.Repeats),
		Evidence: b.evidence(in.Evidence),
	}
}

func (b *builder) source(in *model.SourceInput) kg.Record {
	return &kg.Source{
		Meta: b.meta(kg.SourceClass, in.ID, in.Key, in.Extra), Kind: value(in.Kind, kg.OtherSource), Title: in.Title,
		Publisher: b.optional(kg.EntityClass, in.Publisher), SourcedFrom: b.refs(kg.EntityClass, in.SourcedFrom),
		References: b.refs(kg.EntityClass, in.References), CreditedTo: b.refs(kg.EntityClass, in.CreditedTo),
		Authors: in.Authors, URL: text(in.URL), ArchivedURL: text(in.ArchivedURL),
		PublishedDate: text(in.PublishedDate), RetrievedDate: text(in.RetrievedDate), Language: text(in.Language),
		Text: text(in.Text), ContentHash: text(in.ContentHash),
	}
}

func (b *builder) mention(in *model.MentionInput) kg.Record {
	return &kg.Mention{
		Meta: b.meta(kg.MentionClass, in.ID, in.Key, in.Extra), Source: b.ref(kg.SourceClass, in.Source),
		Entity: b.ref(kg.EntityClass, in.Entity), Kind: value(in.Kind, kg.NameMention), Exact: in.Exact, Start: in.Start, End: in.End,
	}
}

// text gives an optional text or date, "" for none.
func text[S ~string](s *S) S { return value(s, "") }

// value gives an optional value, or what holds without it.
func value[V any](v *V, otherwise V) V {
	if v == nil {
		return otherwise
	}
	return *v
}

// given names a field if it was given.
func given[V any](name string, v *V) string {
	if v == nil {
		return ""
	}
	return " " + name + ","
}

func givenList[V any](name string, v []V) string {
	if v == nil {
		return ""
	}
	return " " + name + ","
}
