package kg

import "regexp"

// Source is something that was published, and in which evidence stands: an article, a document, a dataset, a post.
type Source struct {
	Meta
	Kind  SourceKind `json:"kind"`
	Title string     `json:"title"`
	// Publisher is who published it; SourcedFrom, References and CreditedTo whom it names as where it has its matter
	// from, refers to and gives credit to.
	Publisher     ID          `json:"publisher,omitempty"`
	SourcedFrom   []ID        `json:"sourcedFrom,omitempty"`
	References    []ID        `json:"references,omitempty"`
	CreditedTo    []ID        `json:"creditedTo,omitempty"`
	Authors       []string    `json:"authors,omitempty"`
	URL           string      `json:"url,omitempty"`
	ArchivedURL   string      `json:"archivedUrl,omitempty"`
	PublishedDate PartialDate `json:"publishedDate,omitempty"`
	RetrievedDate PartialDate `json:"retrievedDate,omitempty"`
	Language      string      `json:"language,omitempty"` // BCP 47
	// Text is all of it, where it may be kept: at most 1 MiB.
	Text string `json:"text,omitempty"`
	// ContentHash is the SHA-256 of the text in UTF-8, as "sha256:" and 64 hexadecimal digits.
	ContentHash string `json:"contentHash,omitempty"`
}

// SourceKind says what a source is.
type SourceKind string

// The kinds of sources.
const (
	Article     SourceKind = "ARTICLE"
	Document    SourceKind = "DOCUMENT"
	DatasetKind SourceKind = "DATASET"
	Post        SourceKind = "POST"
	Video       SourceKind = "VIDEO"
	OtherSource SourceKind = "OTHER"
)

func (*Source) kind() string { return "Source" }

func (s *Source) references(f func(Facet, ...ID)) {
	f(SourcePublisher, nonEmpty(s.Publisher)...)
	f(SourceSourcedFrom, s.SourcedFrom...)
	f(SourceReferences, s.References...)
	f(SourceCreditedTo, s.CreditedTo...)
}

func (s *Source) facets(f func(Facet, ...string)) { f(SourceKindFacet, string(s.Kind)) }
func (s *Source) window() Window                  { return MomentWindow(s.PublishedDate) }
func (s *Source) sortHead(Order) string           { return daySort(s.PublishedDate) + nameSort(s.Title) }

func (s *Source) normalize() {
	s.Meta.normalize()
	s.SourcedFrom, s.References, s.CreditedTo = unique(s.SourcedFrom), unique(s.References), unique(s.CreditedTo)
	if s.Kind == "" {
		s.Kind = OtherSource
	}
}

func (s *Source) check(c *checker) {
	c.text("title", s.Title, 1, 4096)
	checkEnum(c, "kind", s.Kind, Article, Document, DatasetKind, Post, Video, OtherSource)
	c.id("publisher", EntityClass, s.Publisher, false)
	c.ids("sourcedFrom", EntityClass, s.SourcedFrom)
	c.ids("references", EntityClass, s.References)
	c.ids("creditedTo", EntityClass, s.CreditedTo)
	c.count("authors", len(s.Authors), 100)
	for i, a := range s.Authors {
		c.in("authors", i, func() { c.text("", a, 1, 1000) })
	}
	c.text("url", s.URL, 0, 4096)
	c.text("archivedUrl", s.ArchivedURL, 0, 4096)
	c.date("publishedDate", s.PublishedDate)
	c.date("retrievedDate", s.RetrievedDate)
	c.text("language", s.Language, 0, 35)
	c.text("text", s.Text, 0, 1<<20)
	if s.ContentHash != "" && !sha256Text.MatchString(s.ContentHash) {
		c.fail("contentHash", "is not sha256: and 64 hexadecimal digits")
	}
}

var sha256Text = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// Mention is a place in a source where an entity is named.
type Mention struct {
	Meta
	Source ID          `json:"source"`
	Entity ID          `json:"entity"`
	Kind   MentionKind `json:"kind"`
	Exact  string      `json:"exact"`
	Start  *int        `json:"start,omitempty"` // code points, as in Evidence
	End    *int        `json:"end,omitempty"`
}

// MentionKind says how a mention names its entity.
type MentionKind string

// The kinds of mentions.
const (
	NameMention    MentionKind = "NAME"
	AliasMention   MentionKind = "ALIAS"
	DemonymMention MentionKind = "DEMONYM"
	MetonymMention MentionKind = "METONYM"
	Nominal        MentionKind = "NOMINAL"
	Pronoun        MentionKind = "PRONOUN"
)

func (*Mention) kind() string { return "Mention" }

func (m *Mention) references(f func(Facet, ...ID)) {
	f(MentionSource, m.Source)
	f(MentionEntity, m.Entity)
}

func (m *Mention) facets(f func(Facet, ...string)) { f(MentionKindFacet, string(m.Kind)) }

func (m *Mention) sortHead(Order) string {
	return string(m.Source) + positionSort(Evidence{Start: m.Start}.place())
}

func (m *Mention) normalize() {
	m.Meta.normalize()
	if m.Kind == "" {
		m.Kind = NameMention
	}
}

func (m *Mention) check(c *checker) {
	c.id("source", SourceClass, m.Source, true)
	c.id("entity", EntityClass, m.Entity, true)
	checkEnum(c, "kind", m.Kind, NameMention, AliasMention, DemonymMention, MetonymMention, Nominal, Pronoun)
	c.text("exact", m.Exact, 1, 4096)
	c.position(m.Start, m.End)
}
