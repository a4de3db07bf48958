import { useEffect, useMemo, useRef, useState } from 'react'
import { addressOf, changed, type Visit } from './address'
import { AskError, ask, useAnswer } from './ask'
import {
  type LinkedFragment,
  RelationshipTypesDocument,
  type SaidFragment,
  SourceDocument,
  SourceMentionsDocument,
  type SourceMentionsQuery,
  SourceRelationshipsDocument,
  SourceStatementsDocument,
} from './gql'
import { EntityLink, EntityLinks, Link } from './link'
import { cut, type Stretch } from './marked'
import { dateText, sourceKind, spanText, spoken } from './words'

type Mention = Extract<NonNullable<SourceMentionsQuery['node']>, { mentions: unknown }>['mentions']['nodes'][number]

/** What stands over a stretch of the text. */
type Mark =
  | { kind: 'mention'; mention: Mention }
  | { kind: 'statement'; statement: SaidFragment }
  | { kind: 'relationship'; relationship: LinkedFragment }
  | { kind: 'place' } // where the address points to

export function Source({ visit }: { visit: Visit }) {
  const id = visit.params.get('id') ?? ''
  const { node } = useAnswer(SourceDocument, { id })
  if (node?.__typename !== 'Source') throw new AskError('NOT_FOUND', 'There is no source with this id.')
  const marks = useMarks(id)
  useAnswer(RelationshipTypesDocument, {}) // so that nothing waits when a mark is chosen
  return (
    <article className="source">
      <title>{`${node.title} · Dramatis`}</title>
      <header>
        <p className="kicker">{sourceKind(node.kind)}</p>
        <h1 dir="auto">{node.title}</h1>
        <p className="byline">
          {[
            node.authors.length > 0 && <bdi key="by">{node.authors.join(', ')}</bdi>,
            node.publisher && <EntityLink key="publisher" entity={node.publisher} />,
            node.publishedDate && dateText(node.publishedDate),
            node.creditedTo.length > 0 && (
              <span key="credit">
                with <EntityLinks entities={node.creditedTo} />
              </span>
            ),
          ]
            .filter(Boolean)
            .map((part, i) => (
              <span key={i}>
                {i > 0 && ' · '}
                {part}
              </span>
            ))}
        </p>
        <p className="byline">
          {[[node.url, 'Original'] as const, [node.archivedUrl, 'Archived copy'] as const].map(([url, text]) =>
            url && /^https?:\/\//i.test(url) ? (
              <a key={text} href={url} rel="noreferrer">
                {text}
              </a>
            ) : null,
          )}
          <CopyCitation
            text={citation({
              title: node.title,
              authors: node.authors,
              publisher: node.publisher?.name,
              date: node.publishedDate,
              url: node.url,
            })}
          />
        </p>
      </header>
      {node.text ? (
        <Text text={node.text} lang={node.language} marks={marks} visit={visit} />
      ) : (
        <WithoutText marks={marks} visit={visit} />
      )}
    </article>
  )
}

/** A citation as a newspaper would print it. */
export function citation(s: {
  title: string
  authors: string[]
  publisher?: string | null
  date?: string | null
  url?: string | null
}): string {
  return [s.authors.join(', '), `“${s.title}”`, s.publisher, dateText(s.date), s.url].filter(Boolean).join(', ')
}

function CopyCitation({ text }: { text: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <>
      <button type="button" onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}>
        Copy citation
      </button>
      <span role="status">{copied && ' Copied'}</span>
    </>
  )
}

interface Pages<T> {
  nodes: T[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const mostPages = 10

/** A list to its end, or as far as one can look at. */
async function all<T>(page: (after: string | null) => Promise<Pages<T> | undefined>): Promise<T[]> {
  const list: T[] = []
  let after: string | null = null
  for (let i = 0; i < mostPages; i++) {
    const read: Pages<T> | undefined = await page(after)
    list.push(...(read?.nodes ?? []))
    if (!read?.pageInfo.hasNextPage) break
    after = read.pageInfo.endCursor
  }
  return list
}

/** All that the source supports, read beside the text, which need not wait for it. */
function useMarks(id: string): Mark[] {
  const [marks, setMarks] = useState<Mark[]>([])
  useEffect(() => {
    let here = true
    Promise.all([
      all(async (after) => {
        const { node } = await ask(SourceStatementsDocument, { id, after })
        return node && 'statements' in node ? node.statements : undefined
      }),
      all(async (after) => {
        const { node } = await ask(SourceRelationshipsDocument, { id, after })
        return node && 'relationships' in node ? node.relationships : undefined
      }),
      all(async (after) => {
        const { node } = await ask(SourceMentionsDocument, { id, after })
        return node && 'mentions' in node ? node.mentions : undefined
      }),
    ]).then(
      ([statements, relationships, mentions]) => {
        if (!here) return
        setMarks([
          ...statements.map((statement): Mark => ({ kind: 'statement', statement })),
          ...relationships.map((relationship): Mark => ({ kind: 'relationship', relationship })),
          ...mentions.map((mention): Mark => ({ kind: 'mention', mention })),
        ])
      },
      () => here && setMarks([]), // the text is worth reading without them
    )
    return () => {
      here = false
    }
  }, [id])
  return marks
}

function stretches(marks: Mark[], source: string): Stretch<Mark>[] {
  const list: Stretch<Mark>[] = []
  for (const mark of marks) {
    if (mark.kind === 'mention') {
      const { start, end } = mark.mention
      if (start != null && end != null) list.push({ start, end, of: mark })
      continue
    }
    if (mark.kind === 'place') continue
    const { evidence } = mark.kind === 'statement' ? mark.statement : mark.relationship
    for (const e of evidence) {
      if (e.source.id === source && e.start != null && e.end != null)
        list.push({ start: e.start, end: e.end, of: mark })
    }
  }
  return list
}

interface Paragraph {
  text: string
  start: number // in code points of the whole text
}

/** The paragraphs of a text, and where they begin. */
export function paragraphs(text: string): Paragraph[] {
  const list: Paragraph[] = []
  let start = 0
  for (const line of text.split('\n')) {
    if (line.trim()) list.push({ text: line, start })
    start += Array.from(line).length + 1
  }
  return list
}

function Text({ text, lang, marks, visit }: { text: string; lang: string | null; marks: Mark[]; visit: Visit }) {
  const { params } = visit
  const source = params.get('id') ?? ''
  const from = Number(params.get('start') ?? Number.NaN)
  const to = Number(params.get('end') ?? Number.NaN)
  const entity = params.get('entity')
  const pointed = useRef<HTMLElement>(null)
  const parts = useMemo(() => paragraphs(text), [text])
  const over = useMemo(() => {
    const all = stretches(marks, source)
    if (from < to) all.push({ start: from, end: to, of: { kind: 'place' } })
    return all
  }, [marks, source, from, to])
  const chosen = over.filter(
    (s) => s.of.kind !== 'mention' && s.of.kind !== 'place' && s.start === from && s.end === to,
  )
  useEffect(() => {
    if (from < to) pointed.current?.scrollIntoView({ block: 'center' })
  }, [from, to, marks])
  let first = true
  return (
    <div className="text-with-margin">
      <div className="article" lang={lang ?? undefined} dir="auto">
        {parts.map((p) => {
          const end = p.start + Array.from(p.text).length
          const here = over.filter((s) => s.start < end && s.end > p.start)
          const notes = here.filter((s) => s.of.kind === 'statement' && s.start >= p.start)
          return (
            <div className="paragraph" key={p.start}>
              <p>
                {cut(p.text, here, p.start).map((piece) => {
                  const at = piece.over.some((m) => m.kind === 'place')
                  const ref = at && first ? pointed : undefined
                  if (ref) first = false
                  return (
                    <PieceOfText
                      key={piece.start}
                      piece={piece}
                      reference={ref}
                      entity={entity}
                      visit={visit}
                      over={over}
                    />
                  )
                })}
              </p>
              {notes.length > 0 && (
                <aside className="margin" aria-label="Who speaks">
                  {notes.map((n) =>
                    n.of.kind === 'statement' ? (
                      <p key={`${n.of.statement.id} ${n.start}`}>
                        <Link to={changed(visit, { start: n.start, end: n.end })} className="note">
                          {n.of.statement.speakers.map((s) => s.name).join(', ')} {spoken[n.of.statement.kind]}
                        </Link>
                        {n.of.statement.about.length > 0 && (
                          <span className="quiet">
                            {' '}
                            about <bdi>{n.of.statement.about.map((s) => s.name).join(', ')}</bdi>
                          </span>
                        )}
                      </p>
                    ) : null,
                  )}
                </aside>
              )}
            </div>
          )
        })}
      </div>
      {from < to && <Supported marks={chosen.map((s) => s.of)} visit={visit} />}
    </div>
  )
}

function PieceOfText({
  piece,
  reference,
  entity,
  visit,
  over,
}: {
  piece: { text: string; start: number; over: Mark[] }
  reference: React.RefObject<HTMLElement | null> | undefined
  entity: string | null
  visit: Visit
  over: Stretch<Mark>[]
}) {
  const classes = [...new Set(piece.over.map((m) => `over-${m.kind}`))]
  const mention = piece.over.find((m) => m.kind === 'mention')
  if (mention?.kind === 'mention' && mention.mention.entity.id === entity) classes.push('over-chosen')
  if (piece.over.length === 0) return <span>{piece.text}</span>
  if (mention?.kind === 'mention') {
    return (
      <span ref={reference} className={classes.join(' ')}>
        <Link
          to={addressOf('entity', { id: mention.mention.entity.id })}
          title={mention.mention.entity.name}
          className="named"
        >
          {piece.text}
        </Link>
      </span>
    )
  }
  // the shortest stretch that begins here or lies around
  const inner = over
    .filter((s) => s.of.kind !== 'place' && piece.over.includes(s.of) && s.start <= piece.start && s.end > piece.start)
    .sort((a, b) => a.end - a.start - (b.end - b.start))[0]
  return inner && piece.text.trim() ? (
    <span ref={reference} className={classes.join(' ')}>
      <Link to={changed(visit, { start: inner.start, end: inner.end })} className="says">
        {piece.text}
      </Link>
    </span>
  ) : (
    <span ref={reference} className={classes.join(' ')}>
      {piece.text}
    </span>
  )
}

/** What the words that the address points to say. */
function Supported({ marks, visit }: { marks: Mark[]; visit: Visit }) {
  return (
    <section className="supported" aria-label="What these words say">
      <p className="supported-head">
        <strong>These words say</strong>
        <Link to={changed(visit, { start: null, end: null })} aria-label="Close">
          ×
        </Link>
      </p>
      {marks.length === 0 && <p className="quiet">Nothing was read from just these words.</p>}
      <ul className="plain">
        {marks.map((m) => (
          <li key={m.kind === 'statement' ? m.statement.id : m.kind === 'relationship' ? m.relationship.id : ''}>
            <Says mark={m} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Says({ mark: m }: { mark: Mark }) {
  const { relationshipTypes } = useAnswer(RelationshipTypesDocument, {})
  if (m.kind === 'relationship') {
    const r = m.relationship
    return (
      <>
        <EntityLink entity={r.from} /> {relationshipTypes.find((t) => t.type === r.type)?.forwards}
        {r.role && ` (${r.role})`} <EntityLink entity={r.to} />{' '}
        <span className="quiet">{spanText(r.startDate, r.endDate)}</span>
      </>
    )
  }
  if (m.kind === 'statement') {
    const s = m.statement
    return (
      <>
        <EntityLinks entities={s.speakers} /> {spoken[s.kind]}
        {s.about.length > 0 && (
          <>
            {' '}
            about <EntityLinks entities={s.about} />
          </>
        )}
        : <q>{s.text}</q>
      </>
    )
  }
  return null
}

/** Of a source without its text: what it supports, as far as it is known. */
function WithoutText({ marks, visit }: { marks: Mark[]; visit: Visit }) {
  const says = marks.filter((m) => m.kind === 'statement' || m.kind === 'relationship')
  return (
    <>
      <p className="notice">The text of this source is not kept here.</p>
      {says.length > 0 && <Supported marks={says} visit={visit} />}
    </>
  )
}
