import { type ReactNode, Suspense } from 'react'
import { addressOf, changed, exportOf, go, type Visit } from './address'
import { AskError, useAnswer } from './ask'
import { InCommon } from './common'
import { Evidence } from './evidence'
import {
  EntityDocument,
  type EntityQuery,
  EntityRelationshipsDocument,
  type RelationshipType,
  RelationshipTypesDocument,
} from './gql'
import { EntityLink, EntityLinks, Link, Sign } from './link'
import { Statement } from './statement'
import { amountText, count, counted, dateText, eventText, nameKind, spanText, status, title } from './words'

type Shown = NonNullable<EntityQuery['entity']>

const rowsShown = 20

export function Entity({ visit }: { visit: Visit }) {
  const { params } = visit
  const id = params.get('id') ?? ''
  const seen = { asOf: params.get('asOf'), certainOnly: params.get('certainOnly') === 'true' }
  const { entity } = useAnswer(EntityDocument, { id, ...seen })
  if (!entity) throw new AskError('NOT_FOUND', 'There is no entity with this id. It may have been deleted.')
  return (
    <article>
      <title>{`${entity.name} · Dramatis`}</title>
      <header className="entity-head">
        <p className="kicker">
          <Sign type={entity.type} /> {kindOf(entity)}
        </p>
        <h1 dir="auto">{entity.name}</h1>
        {entity.stub && <p className="notice">Known only because something refers to it.</p>}
        {entity.description && (
          <p className="lead" dir="auto">
            {entity.description}
          </p>
        )}
        <Facts of={entity} />
        <p>
          <Link to={addressOf('network', { ids: id, asOf: seen.asOf })}>Network</Link>
        </p>
        <AsOf visit={visit} />
        <p>
          <Link to={addressOf('timeline', { ids: entity.id })}>Timeline</Link>
        </p>
      </header>
      <Relationships visit={visit} entity={entity} />
      <Statements of={entity} />
      <EventsAndSources of={entity} />
      <InCommon visit={visit} entity={entity} />
    </article>
  )
}

function kindOf(e: Shown): string {
  switch (e.__typename) {
    case 'Organization':
      return e.organizationKind === 'OTHER' ? e.classification || title(e.type) : title(e.organizationKind)
    case 'Event':
      return [e.eventKind && title(e.eventKind), 'event', status(e.status)].filter(Boolean).join(', ')
    case 'Place':
      return e.placeClass || 'Place'
    default:
      return title(e.type)
  }
}

const registers: Record<string, (value: string) => string> = {
  wikidata: (v) => `https://www.wikidata.org/wiki/${encodeURIComponent(v)}`,
}

function Facts({ of: e }: { of: Shown }) {
  const facts: [string, ReactNode][] = []
  const add = (name: string, value: ReactNode) => value && facts.push([name, value])
  add(
    'Also called',
    e.names.length > 0 && (
      <ul className="inline">
        {e.names.map((n) => (
          <li key={`${n.kind} ${n.value} ${n.language}`}>
            <bdi lang={n.language ?? undefined}>{n.value}</bdi>{' '}
            <span className="quiet">
              {[nameKind(n.kind), spanText(n.startDate, n.endDate)].filter(Boolean).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    ),
  )
  if (e.__typename === 'Person') {
    add('Lived', spanText(e.birthDate, e.deathDate))
    add('Gender', e.gender)
    add('Countries', e.countries.map(country).join(', '))
  } else if (e.__typename === 'Organization') {
    add('Existed', spanText(e.foundingDate, e.dissolutionDate))
    add('Country', e.country && country(e.country))
  } else if (e.__typename === 'Position') {
    add('Country', e.positionCountry && country(e.positionCountry))
  } else if (e.__typename === 'Place') {
    add('Country', e.placeCountry && country(e.placeCountry))
    add('Lies at', e.latitude != null && e.longitude != null && `${e.latitude}, ${e.longitude}`)
  } else if (e.__typename === 'Event') {
    add('When', eventText(e.startDate, e.endDate))
    add('Outcome', e.outcome)
    add('About', e.about.length > 0 && <EntityLinks entities={e.about} />)
    add('Says who', <Evidence of={e.evidence} />)
  }
  add(
    'Identifiers',
    e.identifiers.length > 0 && (
      <ul className="inline">
        {e.identifiers.map((i) => {
          const url = registers[i.scheme]?.(i.value)
          return (
            <li key={`${i.scheme} ${i.value}`}>
              <span className="quiet">{i.scheme}</span>{' '}
              {url ? (
                <a href={url} rel="noreferrer">
                  {i.value}
                </a>
              ) : (
                <code>{i.value}</code>
              )}
            </li>
          )
        })}
      </ul>
    ),
  )
  add(
    'Pages',
    e.links.length > 0 && (
      <ul className="inline">
        {e.links.map((l) => (
          <li key={l.url}>
            {/^https?:\/\//i.test(l.url) ? (
              <a href={l.url} rel="noreferrer">
                {l.note || l.url}
              </a>
            ) : (
              l.url
            )}
          </li>
        ))}
      </ul>
    ),
  )
  add('Dataset', e.dataset && (e.dataset.title ?? e.dataset.name))
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })
function country(code: string): string {
  try {
    return countries.of(code.toUpperCase()) ?? code
  } catch {
    return code
  }
}

/** From which date the page looks. */
function AsOf({ visit }: { visit: Visit }) {
  const date = visit.params.get('asOf') ?? ''
  return (
    <form
      className="as-of"
      onSubmit={(e) => {
        e.preventDefault()
        const form = new FormData(e.currentTarget)
        go(
          changed(visit, {
            asOf: String(form.get('asOf')).trim(),
            certainOnly: form.get('certain') ? 'true' : null,
            after: null,
          }),
        )
      }}
    >
      <label>
        As of{' '}
        <input
          key={date}
          name="asOf"
          defaultValue={date}
          placeholder="any time"
          size={11}
          pattern="\d{4}(-\d{2}(-\d{2})?)?"
          title="A year, a month or a day: 2022, 2022-01 or 2022-01-11"
        />
      </label>
      <label className="check">
        <input type="checkbox" name="certain" defaultChecked={visit.params.get('certainOnly') === 'true'} /> only what
        is certain
      </label>
      <button type="submit">Look</button>
      {date && <Link to={changed(visit, { asOf: null, certainOnly: null, after: null })}>Any time</Link>}
    </form>
  )
}

function Relationships({ visit, entity }: { visit: Visit; entity: Shown }) {
  const total = entity.relationshipCounts.reduce((n, c) => n + c.total, 0)
  if (total === 0) return null
  const chosen = visit.params.get('type')
  const tab = (type: string | null, text: string, n: number) => (
    <li key={text}>
      <Link to={changed(visit, { type, after: null })} aria-current={chosen === type ? 'true' : undefined}>
        {text} <span className="number">{count(n)}</span>
      </Link>
    </li>
  )
  return (
    <section aria-labelledby="relationships">
      <h2 id="relationships">Relationships</h2>
      <ul className="tabs">
        {tab(null, 'All', total)}
        {entity.relationshipCounts.map((c) => tab(c.type, title(c.type), c.total))}
      </ul>
      <Suspense fallback={<p className="waiting">Reading …</p>}>
        <RelationshipTable visit={visit} entity={entity} />
      </Suspense>
    </section>
  )
}

function RelationshipTable({ visit, entity }: { visit: Visit; entity: Shown }) {
  const { params } = visit
  const type = params.get('type') as RelationshipType | null
  const order = params.get('order') === 'DESC' ? 'DESC' : 'ASC'
  const { relationshipTypes } = useAnswer(RelationshipTypesDocument, {})
  const { entity: e } = useAnswer(EntityRelationshipsDocument, {
    id: entity.id,
    types: type ? [type] : null,
    orderBy: order,
    asOf: params.get('asOf'),
    certainOnly: params.get('certainOnly') === 'true',
    first: rowsShown,
    after: params.get('after'),
  })
  if (!e) return null
  const { edges, pageInfo, totalCount, totalCountAtLeast, cut } = e.relationships
  const paid = edges.some((edge) => edge.node.amount)
  const download = exportOf('csv-relationships', {
    relationships: JSON.stringify({ with: [entity.id], ...(type && { types: [type] }) }),
    asOf: params.get('asOf'),
    certainOnly: params.get('certainOnly'),
    safeCells: 'true',
  })
  return (
    <>
      <div className="scroll">
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Role</th>
              {paid && (
                <th scope="col" className="amount">
                  Amount
                </th>
              )}
              <th scope="col" aria-sort={order === 'ASC' ? 'ascending' : 'descending'}>
                <Link to={changed(visit, { order: order === 'ASC' ? 'DESC' : null, after: null })}>
                  When {order === 'ASC' ? '↑' : '↓'}
                </Link>
              </th>
              <th scope="col">Says who</th>
            </tr>
          </thead>
          <tbody>
            {edges.map(({ node: r, other }) => {
              const rule = relationshipTypes.find((t) => t.type === r.type)
              const outward = r.from.id === entity.id
              return (
                <tr key={r.id} id={r.id}>
                  <td data-label="What">
                    <span className="phrase">{outward ? rule?.forwards : rule?.backwards}</span>{' '}
                    <EntityLink entity={other ?? (outward ? r.to : r.from)} />
                  </td>
                  <td data-label="Role" dir="auto">
                    {r.role}
                  </td>
                  {paid && (
                    <td data-label="Amount" className="amount">
                      {r.amount && amountText(r.amount)}
                    </td>
                  )}
                  <td data-label="When">
                    {spanText(r.startDate, r.endDate) || <span className="quiet">undated</span>}
                    {params.get('asOf') && r.validity === 'POSSIBLE' && <span className="badge">possibly then</span>}
                  </td>
                  <td data-label="Says who">
                    <Evidence of={r.evidence} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {edges.length === 0 && <p className="empty">None that may have held then.</p>}
      <nav className="pager" aria-label="Pages of relationships">
        <span className="quiet">
          {totalCount != null
            ? counted(totalCount, 'relationship')
            : `at least ${counted(totalCountAtLeast, 'relationship')}`}
          {cut && ', not all looked at'}
        </span>
        {params.get('after') && <Link to={changed(visit, { after: null })}>First page</Link>}
        {pageInfo.hasNextPage && <Link to={changed(visit, { after: pageInfo.endCursor })}>Next page</Link>}
        <a href={download} download>
          Download as CSV
        </a>
      </nav>
    </>
  )
}

function Statements({ of: e }: { of: Shown }) {
  const part = (title: string, id: string, list: Shown['statementsMade'], more: string) =>
    list.nodes.length > 0 && (
      <section aria-labelledby={id}>
        <h2 id={id}>
          {title} <span className="number">{list.totalCount ?? `${count(list.totalCountAtLeast)}+`}</span>
        </h2>
        {list.nodes.map((s) => (
          <Statement key={s.id} of={s} />
        ))}
        {list.pageInfo.hasNextPage && (
          <p>
            <Link to={more}>All of them, in order of time</Link>
          </p>
        )}
      </section>
    )
  return (
    <div className="columns">
      {part('Said', 'made', e.statementsMade, addressOf('statements', { by: e.id }))}
      {part('What was said about it', 'about', e.statementsAbout, addressOf('statements', { about: e.id }))}
    </div>
  )
}

function EventsAndSources({ of: e }: { of: Shown }) {
  return (
    <div className="columns">
      {e.events.nodes.length > 0 && (
        <section aria-labelledby="events">
          <h2 id="events">Events</h2>
          <ul className="plain">
            {e.events.nodes.map((event) => (
              <li key={event.id}>
                <span className="when">{eventText(event.startDate, event.endDate)}</span>
                <EntityLink entity={event} /> <span className="quiet">{status(event.status)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {e.sources.nodes.length > 0 && (
        <section aria-labelledby="named-in">
          <h2 id="named-in">Named in</h2>
          <ul className="plain">
            {e.sources.nodes.map((s) => (
              <li key={s.id}>
                <span className="when">{dateText(s.publishedDate) || 'undated'}</span>
                <Link to={addressOf('source', { id: s.id, entity: e.id })}>
                  <bdi>{s.title}</bdi>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
