package kg

import "slices"

// Statement is what somebody said (Popolo speech, schema.org Quotation and Claim).
type Statement struct {
	Meta
	Kind StatementKind `json:"kind"`
	Text string        `json:"text"`
	// Speakers said it, several of them jointly; OnBehalfOf are those for whom they spoke, beside themselves.
	Speakers   []ID `json:"speakers"`
	OnBehalfOf []ID `json:"onBehalfOf,omitempty"`
	// About are the entities it speaks of, events among them; Audience those it is addressed to.
	About    []ID        `json:"about,omitempty"`
	Audience []ID        `json:"audience,omitempty"`
	AtEvent  ID          `json:"atEvent,omitempty"`
	Medium   string      `json:"medium,omitempty"` // free text: tweet, phone call, …
	Date     PartialDate `json:"date,omitempty"`
	// ReplyTo, Contradicts, Supports and Repeats are other statements.
	ReplyTo     []ID       `json:"replyTo,omitempty"`
	Contradicts []ID       `json:"contradicts,omitempty"`
	Supports    []ID       `json:"supports,omitempty"`
	Repeats     []ID       `json:"repeats,omitempty"`
	Evidence    []Evidence `json:"evidence,omitempty"`
}

// StatementKind says how a source gives a statement.
type StatementKind string

// DIRECT: in the speaker's words. INDIRECT: in the source's. MIXED: both. ATTRIBUTED: a stance that the speaker is
// said to hold.
const (
	Direct     StatementKind = "DIRECT"
	Indirect   StatementKind = "INDIRECT"
	Mixed      StatementKind = "MIXED"
	Attributed StatementKind = "ATTRIBUTED"
)

func (*Statement) kind() string { return "Statement" }

func (s *Statement) references(f func(Facet, ...ID)) {
	f(StatementSpeaker, s.Speakers...)
	f(StatementOnBehalfOf, s.OnBehalfOf...)
	f(StatementAbout, s.About...)
	f(StatementAudience, s.Audience...)
	f(StatementAtEvent, nonEmpty(s.AtEvent)...)
	f(StatementReplyTo, s.ReplyTo...)
	f(StatementContradicts, s.Contradicts...)
	f(StatementSupports, s.Supports...)
	f(StatementRepeats, s.Repeats...)
	evidenceReferences(s.Evidence, f)
}

func (s *Statement) facets(f func(Facet, ...string)) {
	f(StatementKindFacet, string(s.Kind))
	f(StatementMedium, nonEmpty(foldedOrEmpty(s.Medium))...)
	joint := "no"
	if s.Joint() {
		joint = "yes"
	}
	f(StatementJoint, joint)
}

func (s *Statement) evidence() []Evidence { return s.Evidence }
func (s *Statement) window() Window       { return MomentWindow(s.Date) }

// sortHead puts statements in the order in which they were made: by date, undated last, then by source, then by
// place in the source.
func (s *Statement) sortHead(Order) string {
	source, place := ID(afterIDs), maxPosition
	for _, e := range s.Evidence {
		if e.Source < source || e.Source == source && e.place() < place {
			source, place = e.Source, e.place()
		}
	}
	return daySort(s.Date) + string(source) + positionSort(place)
}

// normalize drops doubles, and speakers from those spoken for: who speaks, speaks for itself anyway.
func (s *Statement) normalize() {
	s.Meta.normalize()
	for _, list := range []*[]ID{&s.Speakers, &s.OnBehalfOf, &s.About, &s.Audience, &s.ReplyTo, &s.Contradicts, &s.Supports, &s.Repeats} {
		*list = unique(*list)
	}
	s.OnBehalfOf = slices.DeleteFunc(s.OnBehalfOf, func(id ID) bool { return slices.Contains(s.Speakers, id) })
	if len(s.OnBehalfOf) == 0 {
		s.OnBehalfOf = nil
	}
	normalizeEvidence(s.Evidence)
}

func (s *Statement) check(c *checker) {
	checkEnum(c, "kind", s.Kind, Direct, Indirect, Mixed, Attributed)
	c.text("text", s.Text, 1, 20_000)
	c.ids("speakers", EntityClass, s.Speakers)
	if len(s.Speakers) == 0 {
		c.fail("speakers", "names nobody")
	}
	c.ids("onBehalfOf", EntityClass, s.OnBehalfOf)
	c.ids("about", EntityClass, s.About)
	c.ids("audience", EntityClass, s.Audience)
	c.id("atEvent", EntityClass, s.AtEvent, false)
	c.text("medium", s.Medium, 0, 200)
	c.date("date", s.Date)
	c.ids("replyTo", StatementClass, s.ReplyTo)
	c.ids("contradicts", StatementClass, s.Contradicts)
	c.ids("supports", StatementClass, s.Supports)
	c.ids("repeats", StatementClass, s.Repeats)
	checkEvidence(c, s.Evidence)
}

// Joint tells whether several said it together.
func (s *Statement) Joint() bool { return len(s.Speakers) > 1 }
