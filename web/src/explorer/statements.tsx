import { addressOf, changed, exportOf, type Visit } from './address'
import { useAnswer } from './ask'
import { NamesDocument, type StatementFilter, type StatementKind, StatementsDocument } from './gql'
import { EntityLink, Link } from './link'
import { Statement } from './statement'
import { count, counted, title } from './words'

const roles = ['by', 'speakers', 'onBehalfOf', 'audience', 'about', 'atEvent', 'source'] as const
const roleText: Record<(typeof roles)[number], string> = {
  by: 'said by or for',
  speakers: 'said by',
  onBehalfOf: 'said for',
  audience: 'said to',
  about: 'about',
  atEvent: 'said at',
  source: 'written in',
}
const kinds: StatementKind[] = ['DIRECT', 'INDIRECT', 'MIXED', 'ATTRIBUTED']

/** What the address chooses. */
export function filterOf(params: URLSearchParams): StatementFilter | null {
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
  return Object.keys(filter).length > 0 ? filter : null
}

/** The ledger: who said what, for whom, to whom, where, about whom. */
export function Statements({ visit }: { visit: Visit }) {
  const { params } = visit
  const filter = filterOf(params)
  const order = params.get('order') === 'DESC' ? 'DESC' : 'ASC'
  const { statements } = useAnswer(StatementsDocument, {
    filter,
    asOf: null,
    certainOnly: null,
    orderBy: order,
    first: 20,
    after: params.get('after'),
  })
  const total =
    statements.totalCount != null
      ? counted(statements.totalCount, 'statement')
      : `${count(statements.totalCountAtLeast)}+ statements`
  return (
    <>
      <title>Statements · Dramatis</title>
      <h1>{total}</h1>
      <Chosen visit={visit} />
      <nav className="tabs" aria-label="How it is told">
        <Link
          to={changed(visit, { kind: null, joint: null, after: null })}
          aria-current={!params.get('kind') && !params.get('joint') ? 'true' : undefined}
        >
          All
        </Link>
        {kinds.map((k) => (
          <Link
            key={k}
            to={changed(visit, { kind: k, joint: null, after: null })}
            aria-current={params.get('kind') === k ? 'true' : undefined}
          >
            {title(k)}
          </Link>
        ))}
        <Link
          to={changed(visit, { joint: 'true', kind: null, after: null })}
          aria-current={params.get('joint') === 'true' ? 'true' : undefined}
        >
          Joint
        </Link>
        <Link to={changed(visit, { order: order === 'ASC' ? 'DESC' : null, after: null })}>
          {order === 'ASC' ? 'Latest first' : 'Earliest first'}
        </Link>
      </nav>
      {statements.cut && <p className="notice">Not all were looked at: choose more narrowly, or read on.</p>}
      {statements.nodes.length === 0 && (
        <p className="empty">
          Nobody said anything like that. <Link to={addressOf('statements')}>All statements</Link>
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
        <a href={exportOf('csv-statements', { statements: JSON.stringify(filter ?? {}), safeCells: 'true' })} download>
          Download as CSV
        </a>
      </nav>
    </>
  )
}

/** What is chosen by the address, each to be taken away again. */
function Chosen({ visit }: { visit: Visit }) {
  const ids = roles.flatMap((role) => visit.params.getAll(role).map((id) => ({ role, id })))
  if (ids.length === 0) return null
  return <ChosenIDs visit={visit} ids={ids} />
}

function ChosenIDs({ visit, ids }: { visit: Visit; ids: { role: (typeof roles)[number]; id: string }[] }) {
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
