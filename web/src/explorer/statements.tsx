import { Suspense, useState } from 'react'
import { addressOf, changed, exportOf, go, type Visit } from './address'
import { ask, useAnswer } from './ask'
import {
  JointCountsDocument,
  NamesDocument,
  StatementFacetsDocument,
  type StatementFilter,
  type StatementKind,
  StatementMatrixDocument,
  StatementsDocument,
} from './gql'
import { EntityLink, Link, type Named, Sign } from './link'
import { stretches } from './months'
import { EntityPicker } from './picker'
import { manner, Statement, Told } from './statement'
import { count, counted, dateText } from './words'
import './statements.css'

const roles = ['by', 'speakers', 'onBehalfOf', 'audience', 'about', 'atEvent', 'source'] as const
type Role = (typeof roles)[number]
const roleText: Record<Role, string> = {
  by: 'said by or for',
  speakers: 'said by',
  onBehalfOf: 'said for',
  audience: 'said to',
  about: 'about',
  atEvent: 'said at',
  source: 'written in',
}

/** What the address chooses. */
export function filterOf(params: URLSearchParams): StatementFilter {
  const filter: StatementFilter = {}
  for (const role of roles) {
    const ids = params.getAll(role)
    if (ids.length > 0) filter[role] = ids
  }
  const kind = params.getAll('kind') as StatementKind[]
  if (kind.length > 0) filter.kind = kind
  if (params.get('joint')) filter.joint = params.get('joint') === 'true'
  const from = params.get('from')
  const to = params.get('to')
  if (from || to) filter.between = { from: from || null, to: to || null }
  return filter
}

/** A filter without some of its fields; null chooses everything. */
function without(filter: StatementFilter, ...fields: (keyof StatementFilter)[]): StatementFilter | null {
  const rest = Object.fromEntries(
    Object.entries(filter).filter(([name]) => !fields.includes(name as keyof typeof filter)),
  )
  return Object.keys(rest).length > 0 ? rest : null
}

/** Who said what, for whom, to whom, where, about whom: as a ledger, or as a matrix. */
export function Statements({ visit }: { visit: Visit }) {
  const { params } = visit
  const matrix = params.get('view') === 'matrix'
  return (
    <>
      <title>Statements · Dramatis</title>
      {matrix ? <h1>Who speaks about whom</h1> : <Total visit={visit} />}
      <nav className="tabs" aria-label="Views">
        <Link to={changed(visit, { view: null, size: null, after: null })} aria-current={matrix ? undefined : 'true'}>
          One by one
        </Link>
        <Link to={changed(visit, { view: 'matrix', after: null })} aria-current={matrix ? 'true' : undefined}>
          Who speaks about whom
        </Link>
      </nav>
      <Filters visit={visit} />
      <Chosen visit={visit} />
      {matrix ? (
        <Matrix visit={visit} />
      ) : (
        <div className="ledger">
          <aside aria-label="Narrow down">
            <details open={matchMedia('(min-width: 52rem)').matches}>
              <summary>Narrow down</summary>
              <Suspense fallback={<p className="waiting">Counting …</p>}>
                <Facets visit={visit} />
              </Suspense>
            </details>
          </aside>
          <Ledger visit={visit} />
        </div>
      )}
    </>
  )
}

function useStatements({ params }: Visit) {
  const { statements } = useAnswer(StatementsDocument, {
    filter: without(filterOf(params)),
    asOf: null,
    certainOnly: null,
    orderBy: params.get('order') === 'DESC' ? 'DESC' : 'ASC',
    first: 20,
    after: params.get('after'),
  })
  return statements
}

function Total({ visit }: { visit: Visit }) {
  const { totalCount, totalCountAtLeast } = useStatements(visit)
  return <h1>{totalCount != null ? counted(totalCount, 'statement') : `${count(totalCountAtLeast)}+ statements`}</h1>
}

function Ledger({ visit }: { visit: Visit }) {
  const { params } = visit
  const statements = useStatements(visit)
  const order = params.get('order') === 'DESC' ? 'DESC' : 'ASC'
  return (
    <div>
      {statements.cut && <p className="notice">Not all were looked at: choose more narrowly, or read on.</p>}
      {statements.nodes.length === 0 ? (
        <p className="empty">
          Nobody said anything like that. Take something away above, or see{' '}
          <Link to={addressOf('statements')}>all statements</Link>.
        </p>
      ) : (
        <p className="quiet order">
          {order === 'ASC' ? 'Earliest first' : 'Latest first'} ·{' '}
          <Link to={changed(visit, { order: order === 'ASC' ? 'DESC' : null, after: null })}>
            {order === 'ASC' ? 'Latest first' : 'Earliest first'}
          </Link>
        </p>
      )}
      {statements.nodes.map((s) => (
        <Statement key={s.id} of={s} />
      ))}
      <nav className="pager" aria-label="Pages of statements">
        {params.get('after') && <Link to={changed(visit, { after: null })}>First page</Link>}
        {statements.pageInfo.hasNextPage && (
          <Link to={changed(visit, { after: statements.pageInfo.endCursor })}>Next page</Link>
        )}
        <a
          href={exportOf('csv-statements', { statements: JSON.stringify(filterOf(params)), safeCells: 'true' })}
          download
        >
          Download as CSV
        </a>
      </nav>
    </div>
  )
}

/** Chooses by name and by date. */
function Filters({ visit }: { visit: Visit }) {
  const { params } = visit
  const [role, setRole] = useState<Role>('speakers')
  const from = params.get('from') ?? ''
  const to = params.get('to') ?? ''
  const date = {
    size: 10,
    pattern: '\\d{4}(-\\d{2}(-\\d{2})?)?',
    title: 'A year, a month or a day: 2022, 2022-01 or 2022-01-11',
  }
  return (
    <div className="filters">
      <div className="by-role">
        <select aria-label="In which part" value={role} onChange={(e) => setRole(e.currentTarget.value as Role)}>
          {roles.map((r) => r !== 'source' && <option key={r} value={r}>{`${roleText[r]} …`}</option>)}
        </select>
        <EntityPicker
          label={`Only what was ${roleText[role].replace(/^about$/, 'said about')}`}
          placeholder="A name, in any spelling"
          onPick={(e) =>
            go(changed(visit, { [role]: [...params.getAll(role).filter((id) => id !== e.id), e.id], after: null }))
          }
        />
      </div>
      <form
        key={`${from} ${to}`}
        onSubmit={(e) => {
          e.preventDefault()
          const form = new FormData(e.currentTarget)
          go(
            changed(visit, {
              from: String(form.get('from')).trim(),
              to: String(form.get('to')).trim(),
              after: null,
            }),
          )
        }}
      >
        <label>
          From <input name="from" defaultValue={from} placeholder="the first" {...date} />
        </label>
        <label>
          to <input name="to" defaultValue={to} placeholder="the last" {...date} />
        </label>
        <button type="submit">Set</button>
      </form>
    </div>
  )
}

interface Choice {
  value: string
  text: React.ReactNode
  count: string
  on: boolean
  to: string
}

/** Counts beside the ledger. Each says how many statements a click on it leaves, so it does not look at its own choice. */
function Facets({ visit }: { visit: Visit }) {
  const { params } = visit
  const filter = filterOf(params)
  const own = {
    speakers: without(filter, 'speakers'),
    about: without(filter, 'about'),
    kind: without(filter, 'kind'),
    between: without(filter, 'between'),
  }
  const { joint: _, ...rest } = filter
  const jointly = { joint: { ...rest, joint: true }, single: { ...rest, joint: false } }
  for (const filter of Object.values(own)) void ask(StatementFacetsDocument, { filter }).catch(() => {})
  void ask(JointCountsDocument, jointly).catch(() => {})
  const bySpeaker = useAnswer(StatementFacetsDocument, { filter: own.speakers }).statementCounts
  const bySubject = useAnswer(StatementFacetsDocument, { filter: own.about }).statementCounts
  const byKind = useAnswer(StatementFacetsDocument, { filter: own.kind }).statementCounts
  const byTime = useAnswer(StatementFacetsDocument, { filter: own.between }).statementCounts
  const { joint, single } = useAnswer(JointCountsDocument, jointly)

  const entities = (name: 'speakers' | 'about', list: { count: number; entity: Named }[]): Choice[] =>
    list.map(({ entity, count: n }) => {
      const on = params.getAll(name).includes(entity.id)
      return {
        value: entity.id,
        text: (
          <bdi>
            <Sign type={entity.type} />
            {entity.name}
          </bdi>
        ),
        count: count(n),
        on,
        to: changed(visit, { [name]: on ? null : entity.id, after: null }),
      }
    })
  const from = params.get('from')
  const to = params.get('to')
  const year = from && from.slice(0, 4) === to?.slice(0, 4) ? from.slice(0, 4) : null
  const times = stretches(byTime.months, year)
  const mostInTime = Math.max(1, ...times.map((t) => t.count))
  const cut = [bySpeaker, bySubject, byKind, byTime].some((c) => c.cut)
  return (
    <>
      {cut && <p className="quiet small">Some are counted among the first 10,000 only.</p>}
      <Facet
        title="How it is told"
        list={byKind.kinds.map((k) => {
          const on = params.getAll('kind').includes(k.kind)
          return {
            value: k.kind,
            text: (
              <bdi>
                <Told kind={k.kind} /> {manner[k.kind]}
              </bdi>
            ),
            count: count(k.count),
            on,
            to: changed(visit, { kind: on ? null : k.kind, after: null }),
          }
        })}
      />
      <Facet
        title="By how many"
        list={(
          [
            ['true', 'Jointly', joint],
            ['false', 'By one alone', single],
          ] as const
        )
          .filter(([value, , n]) => n.count > 0 || params.get('joint') === value)
          .map(([value, text, n]) => ({
            value,
            text: <bdi>{text}</bdi>,
            count: `${count(n.count)}${n.cut ? '+' : ''}`,
            on: params.get('joint') === value,
            to: changed(visit, { joint: params.get('joint') === value ? null : value, after: null }),
          }))}
      />
      <Facet title="Who speaks" list={entities('speakers', bySpeaker.speakers)} />
      <Facet title="About" list={entities('about', bySubject.subjects)} />
      <Facet
        title="When"
        list={times.map((t) => {
          const on = from === t.date && to === t.date
          return {
            value: t.date,
            text: (
              <>
                <bdi>{dateText(t.date)}</bdi>
                <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(100 * t.count) / mostInTime} height="2" />
                </svg>
              </>
            ),
            count: count(t.count),
            on,
            to: changed(visit, { from: on ? null : t.date, to: on ? null : t.date, after: null }),
          }
        })}
        className="months"
        shown={12}
      />
    </>
  )
}

function Facet({
  title,
  list,
  shown = 6,
  className = '',
}: {
  title: string
  list: Choice[]
  shown?: number
  className?: string
}) {
  if (list.length === 0) return null
  // what is chosen is always seen
  const first = list.filter((c, i) => i < shown || c.on)
  const more = list.filter((c) => !first.includes(c))
  const items = (list: Choice[]) => (
    <ul className={`plain ${className}`}>
      {list.map((c) => (
        <li key={c.value}>
          <Link to={c.to} aria-current={c.on ? 'true' : undefined}>
            {c.text} <span className="number">{c.count}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
  return (
    <section className="facet" aria-label={title}>
      <h2>{title}</h2>
      {items(first)}
      {more.length > 0 && (
        <details>
          <summary>{count(more.length)} more</summary>
          {items(more)}
        </details>
      )}
    </section>
  )
}

const smallMatrix = 10
const largeMatrix = 30

/** Who speaks how often about whom. Whom one has chosen as speaker or subject is marked, and does not narrow it. */
function Matrix({ visit }: { visit: Visit }) {
  const { params } = visit
  const behalf = params.get('behalf') === 'true'
  const size = params.get('size') === String(largeMatrix) ? largeMatrix : smallMatrix
  const filter = without(filterOf(params), 'speakers', 'by', 'about')
  const { matrix, cut } = useAnswer(StatementMatrixDocument, { filter, size, onBehalfOf: behalf }).statementCounts
  const { columns, rows } = matrix
  const speaker = behalf ? 'by' : 'speakers'
  const most = Math.max(1, ...rows.flatMap((r) => r.counts))
  const statements = (by: string | null, about: string | null) =>
    changed(visit, {
      view: null,
      size: null,
      behalf: null,
      speakers: null,
      by: null,
      [speaker]: by,
      about,
      after: null,
    })
  const chosen = (name: Role, id: string) => (params.getAll(name).includes(id) ? 'true' : undefined)
  return (
    <>
      <p className="quiet">
        Rows speak, columns are spoken about; a number leads to the statements.{' '}
        <button
          type="button"
          aria-pressed={behalf}
          className="toggle"
          onClick={() => go(changed(visit, { behalf: behalf ? null : 'true' }))}
        >
          Count those, too, for whom is spoken
        </button>
      </p>
      {cut && <p className="notice">Counted among the first 10,000 statements: choose more narrowly for the rest.</p>}
      {rows.length === 0 || columns.length === 0 ? (
        <p className="empty">
          Nobody speaks about anybody here. See <Link to={addressOf('statements')}>all statements</Link>.
        </p>
      ) : (
        <section className="matrix-scroll" aria-label="Matrix">
          <table className="matrix">
            <caption className="unseen">How many statements each speaker made about each subject</caption>
            <thead>
              <tr>
                <th scope="col" className="corner">
                  speaks about →
                </th>
                {columns.map(({ entity, count: n }) => (
                  <th key={entity.id} scope="col">
                    <Link to={statements(null, entity.id)} aria-current={chosen('about', entity.id)}>
                      <Sign type={entity.type} />
                      <bdi>{entity.name}</bdi>
                    </Link>
                    <span className="number">{count(n)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ entity, count: n, counts }) => (
                <tr key={entity.id}>
                  <th scope="row">
                    <Link to={statements(entity.id, null)} aria-current={chosen(speaker, entity.id)}>
                      <Sign type={entity.type} />
                      <bdi>{entity.name}</bdi>
                    </Link>{' '}
                    <span className="number">{count(n)}</span>
                  </th>
                  {counts.map((n, i) => {
                    const subject = columns[i]?.entity
                    return (
                      <td key={subject?.id}>
                        {n > 0 && subject ? (
                          <Link
                            to={statements(entity.id, subject.id)}
                            className={`share-${Math.ceil((5 * n) / most)}`}
                            title={`${entity.name} about ${subject.name}: ${counted(n, 'statement')}`}
                          >
                            {count(n)}
                          </Link>
                        ) : (
                          <span className="none">·</span>
                        )}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p>
        {size === smallMatrix && (rows.length === size || columns.length === size) && (
          <Link to={changed(visit, { size: largeMatrix })}>Up to {largeMatrix} rows and columns</Link>
        )}
        {size === largeMatrix && <Link to={changed(visit, { size: null })}>Fewer rows and columns</Link>}
      </p>
    </>
  )
}

/** What is chosen by the address, each to be taken away again. */
function Chosen({ visit }: { visit: Visit }) {
  const ids = roles.flatMap((role) => visit.params.getAll(role).map((id) => ({ role, id })))
  if (ids.length === 0) return null
  return <ChosenIDs visit={visit} ids={ids} />
}

function ChosenIDs({ visit, ids }: { visit: Visit; ids: { role: Role; id: string }[] }) {
  const { nodes } = useAnswer(NamesDocument, { ids: ids.map((i) => i.id) })
  return (
    <ul className="chosen">
      {ids.map(({ role, id }, i) => {
        const node = nodes[i]
        return (
          <li key={`${role} ${id}`}>
            {roleText[role]}{' '}
            {node && 'type' in node ? (
              <EntityLink entity={node} />
            ) : (
              <bdi>{node && 'title' in node ? node.title : id}</bdi>
            )}
            <Link
              to={changed(visit, { [role]: visit.params.getAll(role).filter((v) => v !== id), after: null })}
              aria-label="Without this"
              className="remove"
            >
              ×
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
