import { Suspense, useState } from 'react'
import { addressOf, changed, exportOf, go, type Visit } from './address'
import { ask, useAnswer } from './ask'
import { Chart, type ChartProps, type Lane, type Mark } from './chart'
import { Evidence } from './evidence'
import {
  EventsWithDocument,
  type EventsWithQuery,
  NamesDocument,
  type RelationshipType,
  RelationshipTypesDocument,
  type SpanFragment,
  TimelineBucketsDocument,
  TimelineExtentDocument,
  TimelineItemsDocument,
  type TimelineItemsQuery,
  type TimelineKind,
  TimelineSpansDocument,
} from './gql'
import { EntityLink, EntityLinks, Link, type Named } from './link'
import { EntityPicker } from './picker'
import { Statement } from './statement'
import { between, daysOf, pointSpan, rounded, shifted, span, stepFor, type Window, zoomed } from './time'
import { count, counted, dateText, eventText, spanText, status } from './words'
import './timeline.css'

type Item = TimelineItemsQuery['timeline']['nodes'][number]

const most = 20
const pageSize = 50
const kinds: { text: string; of: TimelineKind[] }[] = [
  { text: 'Events', of: ['EVENT'] },
  { text: 'Statements', of: ['STATEMENT'] },
  { text: 'Relationships', of: ['START', 'END'] },
]
const allKinds = kinds.flatMap((k) => k.of)
/** What somebody is for a time. */
const offices: RelationshipType[] = [
  'MEMBER_OF',
  'HOLDS',
  'EMPLOYED_BY',
  'LEADS',
  'REPRESENTS',
  'SPOKESPERSON_FOR',
  'DIRECTS',
]

/** What the address chooses. */
function chosenBy(params: URLSearchParams) {
  const some = <T,>(list: T[]) => (list.length > 0 ? list : null)
  return {
    ids: some([...new Set(params.getAll('ids'))].slice(0, most)),
    kinds: some(params.getAll('kinds') as TimelineKind[]),
    types: some(params.getAll('types') as RelationshipType[]),
  }
}

/** What happened, was said and held, in order of time: as a list, and drawn on one axis. */
export default function Timeline({ visit }: { visit: Visit }) {
  const { params } = visit
  const { ids } = chosenBy(params)
  return (
    <>
      {ids ? <Of visit={visit} ids={ids} /> : <Head visit={visit} entities={[]} />}
      <What visit={visit} />
      <Shown visit={visit} />
    </>
  )
}

function Of({ visit, ids }: { visit: Visit; ids: string[] }) {
  const { nodes } = useAnswer(NamesDocument, { ids })
  const entities = nodes.flatMap((n) => (n && 'type' in n ? [{ id: n.id, type: n.type, name: n.name }] : []))
  return <Head visit={visit} entities={entities} />
}

function Head({ visit, entities }: { visit: Visit; entities: Named[] }) {
  const ids = entities.map((e) => e.id)
  const name = entities.length > 0 ? `Timeline of ${entities.map((e) => e.name).join(', ')}` : 'Timeline'
  return (
    <>
      <title>{`${name} · Dramatis`}</title>
      <h1>
        Timeline
        {entities.length > 0 && ' of '}
        {entities.map((e, i) => (
          <span key={e.id}>
            {i > 0 && (i === entities.length - 1 ? ' and ' : ', ')}
            <bdi>{e.name}</bdi>
          </span>
        ))}
      </h1>
      <div className="timeline-of">
        {entities.length > 0 && (
          <ul className="chosen">
            {entities.map((e) => (
              <li key={e.id}>
                <EntityLink entity={e} />
                <Link
                  to={changed(visit, { ids: ids.filter((id) => id !== e.id), after: null })}
                  aria-label={`Without ${e.name}`}
                  className="remove"
                >
                  ×
                </Link>
              </li>
            ))}
          </ul>
        )}
        {entities.length < most && (
          <EntityPicker
            label="Whose timeline"
            placeholder={entities.length > 0 ? 'And of whom else' : 'Of whom, in any spelling'}
            onPick={({ id }) => go(changed(visit, { ids: [...ids.filter((i) => i !== id), id], after: null }))}
          />
        )}
      </div>
    </>
  )
}

/** Which kinds of things, and how they lie. */
function What({ visit }: { visit: Visit }) {
  const { params } = visit
  const chosen = chosenBy(params)
  const shown = chosen.kinds ?? allKinds
  const byEntity = params.get('lanes') === 'entity'
  return (
    <p className="timeline-what">
      {kinds.map(({ text, of }) => {
        const on = of.some((k) => shown.includes(k))
        const rest = allKinds.filter((k) => (of.includes(k) ? !on : shown.includes(k)))
        return (
          <button
            key={text}
            type="button"
            className="toggle"
            aria-pressed={on}
            disabled={rest.length === 0}
            onClick={() => go(changed(visit, { kinds: rest.length === allKinds.length ? null : rest, after: null }))}
          >
            {text}
          </button>
        )
      })}
      <button
        type="button"
        className="toggle"
        aria-pressed={chosen.types !== null}
        onClick={() => go(changed(visit, { types: chosen.types ? null : offices, after: null }))}
      >
        Of these, offices and memberships only
      </button>
      {(chosen.ids?.length ?? 0) > 1 && (
        <button
          type="button"
          className="toggle"
          aria-pressed={byEntity}
          onClick={() => go(changed(visit, { lanes: byEntity ? null : 'entity' }))}
        >
          A lane for each
        </button>
      )}
    </p>
  )
}

function Shown({ visit }: { visit: Visit }) {
  const from = daysOf(visit.params.get('from'))
  const to = daysOf(visit.params.get('to'))
  askItems(visit.params)
  if (from && to) return <Within visit={visit} window={{ first: from.first, last: Math.max(from.first, to.last) }} />
  return <FromFirstToLast visit={visit} />
}

/** Of a time that the address leaves open at one end or both. */
function FromFirstToLast({ visit }: { visit: Visit }) {
  const { params } = visit
  const chosen = chosenBy(params)
  const { earliest, latest } = useAnswer(TimelineExtentDocument, chosen)
  const first = daysOf(earliest.nodes[0]?.first)?.first
  const end = latest.nodes[0]
  const last = daysOf(end?.last ?? end?.first)?.last
  if (first === undefined || last === undefined) {
    return (
      <p className="empty">
        Nothing {chosen.ids ? 'that has to do with this ' : ''}has a date.{' '}
        {(chosen.kinds || chosen.types) && <Link to={changed(visit, { kinds: null, types: null })}>All kinds</Link>}{' '}
        <Link to={addressOf('timeline')}>The timeline of everything</Link>
      </p>
    )
  }
  const all = rounded({ first, last: Math.max(first, last) })
  const to = daysOf(params.get('to'))?.last
  const start = daysOf(params.get('from'))?.first ?? Math.min(all.first, to ?? all.first)
  return <Within visit={visit} window={{ first: start, last: Math.max(start, to ?? all.last) }} />
}

/** The time that the address chooses, if it does. */
const rangeOf = (params: URLSearchParams) =>
  params.get('from') || params.get('to') ? { from: params.get('from') || null, to: params.get('to') || null } : null

/** Asks for what is listed and drawn, all at once. */
function askItems(params: URLSearchParams) {
  const { ids, kinds, types } = chosenBy(params)
  const range = rangeOf(params)
  const relations = !kinds || kinds.includes('START') || kinds.includes('END')
  const items = { ids, between: range, kinds, types, first: pageSize, after: params.get('after') }
  const spans = { with: ids, types, during: range, first: relations ? pageSize : 1 }
  // who uses the answers hears of what goes wrong
  ask(TimelineItemsDocument, items).catch(() => {})
  ask(TimelineSpansDocument, spans).catch(() => {})
  return { items, spans, relations }
}

function useItems(params: URLSearchParams) {
  const { items, spans, relations } = askItems(params)
  const { timeline } = useAnswer(TimelineItemsDocument, items)
  const { relationships } = useAnswer(TimelineSpansDocument, spans)
  const { relationshipTypes } = useAnswer(RelationshipTypesDocument, {})
  const begun = new Map<string, SpanFragment>()
  for (const { record } of timeline.nodes) if (record.__typename === 'Relationship') begun.set(record.id, record)
  // what held all the time neither begins nor ends in it
  const held = relations ? relationships.nodes.filter((r) => !begun.has(r.id) && span(r.startDate, r.endDate)) : []
  const phrase = (r: SpanFragment) =>
    (r.relation === 'OTHER' && r.role) || (relationshipTypes.find((t) => t.type === r.relation)?.forwards ?? '')
  return {
    timeline,
    held,
    begun: [...begun.values()],
    moreHeld: relations && relationships.pageInfo.hasNextPage,
    phrase,
  }
}

function Within({ visit, window }: { visit: Visit; window: Window }) {
  const { params } = visit
  const { timeline, held, begun, moreHeld, phrase } = useItems(params)
  const [picked, setPicked] = useState<string | null>(null)
  const move = (w: Window) => changed(visit, { ...between(w), after: null })
  const narrowed = rangeOf(params) !== null
  return (
    <>
      <nav className="timeline-window" aria-label="Which time">
        <Dates visit={visit} window={window} />
        <Link to={move(zoomed(window, 0.5))}>Zoom in</Link>
        <Link to={move(zoomed(window, 2))}>Zoom out</Link>
        <Link to={move(shifted(window, -0.5))}>← Earlier</Link>
        <Link to={move(shifted(window, 0.5))}>Later →</Link>
        {narrowed && <Link to={changed(visit, { from: null, to: null, after: null })}>All of the time</Link>}
      </nav>
      <details className="timeline-chart" open={matchMedia('(min-width: 52rem)').matches}>
        <summary>Draw it</summary>
        <Suspense fallback={<p className="waiting chart-waits">Counting …</p>}>
          <Drawn
            visit={visit}
            window={window}
            items={timeline.nodes}
            relations={[...held, ...begun]}
            phrase={phrase}
            onPick={setPicked}
          />
        </Suspense>
      </details>
      {timeline.cut && (
        <p className="notice">
          There was too much to look at all of it. Choose a shorter time, fewer kinds or fewer names.
        </p>
      )}
      {timeline.nodes.length === 0 && held.length === 0 ? (
        <p className="empty">
          Nothing is known to have happened in this time.{' '}
          <Link to={changed(visit, { from: null, to: null, after: null })}>All of the time</Link>
        </p>
      ) : (
        <ol className="timeline-list">
          {held.length > 0 && !params.get('after') && narrowed && (
            <li className="held">
              <details>
                <summary>
                  {counted(held.length, 'relationship')}
                  {moreHeld && ' and more'} may have held before and after, too
                </summary>
                <ul className="plain">
                  {held.map((r) => (
                    <li key={r.id} id={`at-${r.id}`}>
                      <Relation of={r} phrase={phrase(r)} />
                    </li>
                  ))}
                </ul>
              </details>
            </li>
          )}
          {timeline.nodes.map((item) => (
            <Entry key={`${item.kind} ${idOf(item)}`} item={item} phrase={phrase} picked={idOf(item) === picked} />
          ))}
        </ol>
      )}
      <nav className="pager" aria-label="Pages of the timeline">
        {params.get('after') && <Link to={changed(visit, { after: null })}>First page</Link>}
        {timeline.pageInfo.hasNextPage && (
          <Link to={changed(visit, { after: timeline.pageInfo.endCursor })}>Next {pageSize}</Link>
        )}
        <a
          href={exportOf('csv-statements', {
            statements: JSON.stringify({ between: between(window) }),
            safeCells: 'true',
          })}
          download
          hidden={chosenBy(params).ids !== null}
        >
          Download the statements of this time as CSV
        </a>
      </nav>
    </>
  )
}

/** From when to when. */
function Dates({ visit, window }: { visit: Visit; window: Window }) {
  const said = between(window)
  const date = {
    size: 10,
    pattern: '\\d{4}(-\\d{2}(-\\d{2})?)?',
    title: 'A year, a month or a day: 2022, 2022-01 or 2022-01-11',
  }
  return (
    <form
      key={`${said.from} ${said.to}`}
      onSubmit={(e) => {
        e.preventDefault()
        const form = new FormData(e.currentTarget)
        const value = (name: string) => String(form.get(name)).trim()
        go(changed(visit, { from: value('from'), to: value('to'), after: null }))
      }}
    >
      <label>
        From <input name="from" defaultValue={said.from} {...date} />
      </label>
      <label>
        to <input name="to" defaultValue={said.to} {...date} />
      </label>
      <button type="submit">Set</button>
    </form>
  )
}

/** The chart with its histogram, which may come later than the list. */
function Drawn({
  visit,
  window,
  items,
  relations,
  phrase,
  onPick,
}: {
  visit: Visit
  window: Window
  items: Item[]
  relations: SpanFragment[]
  phrase: (r: SpanFragment) => string
  onPick: (id: string) => void
}) {
  const { params } = visit
  const step = stepFor(window.first, window.last)
  const { timeline } = useAnswer(TimelineBucketsDocument, {
    ...chosenBy(params),
    between: rangeOf(params),
    resolution: step,
  })
  const drawing = {
    window,
    step,
    buckets: timeline.buckets,
    items,
    relations,
    phrase,
    onWindow: (w: Window) => go(changed(visit, { ...between(w), after: null })),
    onPick: (id: string) => {
      onPick(id)
      const at = document.getElementById(`at-${id}`)
      for (let e = at?.parentElement; e; e = e.parentElement) if (e instanceof HTMLDetailsElement) e.open = true
      at?.scrollIntoView({ block: 'center' })
    },
  }
  const known = timeline.totalCount
  const bucket = { DAY: 'day', MONTH: 'month', YEAR: 'year' }[step]
  return (
    <>
      <p className="quiet">
        {known != null ? count(known) : `More than ${count(timeline.totalCountAtLeast)}`} in this time, by {bucket}
        {known == null && ', as far as they could be counted'}. Drag over the chart to choose a time; zoom with Ctrl and
        the wheel.
      </p>
      <ul className="inline legend" aria-hidden="true">
        <li className="key key-event">events</li>
        <li className="key key-statement">statements</li>
        <li className="key key-office">offices and memberships</li>
        <li className="key key-relation">other relationships</li>
        <li className="key key-hatched">some time within it</li>
        <li className="key key-doubtful">doubtful</li>
      </ul>
      {params.get('lanes') === 'entity' ? (
        <ByEntity {...drawing} ids={chosenBy(params).ids ?? []} />
      ) : (
        <Chart {...drawing} {...drawn(drawing, byKind, [])} />
      )}
    </>
  )
}

interface Drawing extends Omit<ChartProps, 'lanes' | 'marks'> {
  items: Item[]
  relations: SpanFragment[]
  phrase: (r: SpanFragment) => string
}

/** A lane for each entity, with what it has to do with. */
function ByEntity({ ids, ...drawing }: Drawing & { ids: string[] }) {
  const events = drawing.items.flatMap(({ record: r }) => (r.__typename === 'Event' ? [r.id] : []))
  const { nodes } = useAnswer(NamesDocument, { ids })
  const { nodes: joined } = useAnswer(EventsWithDocument, { events, with: ids })
  const lanes = nodes.flatMap((n) => (n && 'type' in n ? [{ id: n.id, name: n.name }] : []))
  return <Chart {...drawing} {...drawn(drawing, lanes, joined)} />
}

const byKind: Lane[] = [
  { id: 'event', name: 'Events' },
  { id: 'statement', name: 'Statements' },
  { id: 'office', name: 'Offices and memberships' },
  { id: 'relation', name: 'Other relationships' },
]

/** What is drawn of the items, and in which of the lanes. Of events is told what else they are joined with. */
function drawn({ items, relations, phrase }: Drawing, lanes: Lane[], joined: EventsWithQuery['nodes']) {
  const marks: Mark[] = []
  const add = (mark: Omit<Mark, 'span' | 'lanes'>, span: Mark['span'] | null, of: { id: string }[]) => {
    const within = lanes.flatMap(({ id }) => (id === mark.tone || of.some((e) => e.id === id) ? [id] : []))
    if (span) marks.push({ ...mark, span, lanes: within })
  }
  for (const { record, date, last } of items) {
    if (record.__typename === 'Event') {
      const own = joined.flatMap((e) => (e && 'id' in e && e.id === record.id ? e.relationships.nodes : []))
      const of = [record, ...record.about, ...own.flatMap((r) => [r.from, r.to])]
      const time = record.endDate || last === null ? span(record.startDate, record.endDate ?? '..') : pointSpan(date)
      const title = `${record.name}, ${eventText(record.startDate, record.endDate)}`
      add({ id: record.id, tone: 'event', label: record.name, title }, time, of)
    } else if (record.__typename === 'Statement') {
      const who = record.speakers.map((e) => e.name).join(', ') || 'Somebody'
      const of = [...record.speakers, ...record.onBehalfOf, ...record.about, ...record.audience]
      if (record.atEvent) of.push(record.atEvent)
      const title = `${who}, ${dateText(date)}: ${record.text}`
      add({ id: record.id, tone: 'statement', label: who, title }, pointSpan(date), of)
    }
  }
  for (const r of relations) {
    const tone = offices.includes(r.relation) ? 'office' : 'relation'
    const label = `${r.from.name} ${phrase(r)} ${r.to.name}`
    const title = `${label}${r.role && r.role !== phrase(r) ? ` (${r.role})` : ''}, ${spanText(r.startDate, r.endDate)}`
    add({ id: r.id, tone, label, title }, span(r.startDate, r.endDate), [r.from, r.to])
  }
  return { marks, lanes }
}

const idOf = ({ record }: Item): string => ('id' in record ? record.id : '')

function Entry({ item, phrase, picked }: { item: Item; phrase: (r: SpanFragment) => string; picked: boolean }) {
  const { record, kind, date } = item
  return (
    <li
      id={kind === 'END' && record.__typename === 'Relationship' && record.startDate ? undefined : `at-${idOf(item)}`}
      className={picked ? 'picked' : undefined}
    >
      <time className="when" dateTime={date.replace(/[?~%]$/, '')}>
        {dateText(date)}
      </time>
      <div>
        {record.__typename === 'Event' && (
          <>
            <EntityLink entity={record} />{' '}
            <span className="quiet">
              {record.endDate && `${spanText(record.startDate, record.endDate)} `}
              {status(record.status)}
            </span>{' '}
            <Evidence of={record.evidence} />
          </>
        )}
        {record.__typename === 'Relationship' && (
          <>
            <span className="badge">{kind === 'END' ? 'Ended' : 'Began'}</span>{' '}
            <Relation of={record} phrase={phrase(record)} />
          </>
        )}
        {record.__typename === 'Statement' && <Statement of={record} />}
      </div>
    </li>
  )
}

function Relation({ of: r, phrase }: { of: SpanFragment; phrase: string }) {
  return (
    <>
      <EntityLinks entities={[r.from]} /> <bdi className="phrase">{phrase}</bdi> <EntityLinks entities={[r.to]} />
      {r.role && r.role !== phrase && (
        <span className="quiet">
          , <bdi>{r.role}</bdi>
        </span>
      )}
      <span className="quiet"> · {spanText(r.startDate, r.endDate)}</span> <Evidence of={r.evidence} />
    </>
  )
}
