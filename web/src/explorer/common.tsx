import { changed, go, type Visit } from './address'
import { useAnswer } from './ask'
import { Evidence, placeOf } from './evidence'
import { CommonNeighboursDocument, type CommonNeighboursQuery } from './gql'
import { EntityLink, EntityLinks, Link, type Named } from './link'
import { EntityPicker } from './picker'
import { count, counted, spanText } from './words'
import './common.css'

type Tie = CommonNeighboursQuery['commonNeighbours']['nodes'][number]['ties'][number]

/** How many it may be compared with: the API takes ten together. */
const most = 9

/** What an entity is joined with that others are joined with, too, and the sentences that say so. */
export function InCommon({ visit, entity }: { visit: Visit; entity: Named }) {
  const others = visit.params.getAll('with').filter((id, i, all) => id !== entity.id && all.indexOf(id) === i)
  return (
    <section aria-labelledby="in-common">
      <h2 id="in-common">In common with …</h2>
      {others.length < most && (
        <EntityPicker
          label={`What ${entity.name} has in common with`}
          placeholder="Somebody else, in any spelling"
          onPick={({ id }) => id !== entity.id && go(changed(visit, { with: [...others.filter((o) => o !== id), id] }))}
        />
      )}
      {others.length > 0 && <Common visit={visit} entity={entity} others={others.slice(0, most)} />}
    </section>
  )
}

function Common({ visit, entity, others }: { visit: Visit; entity: Named; others: string[] }) {
  const { params } = visit
  const limit = params.get('commonAll') ? 100 : 20
  const { nodes, commonNeighbours: common } = useAnswer(CommonNeighboursDocument, {
    ids: [entity.id, ...others],
    asOf: params.get('asOf'),
    certainOnly: params.get('certainOnly') === 'true',
    limit,
  })
  const all = nodes.flatMap((n) => (n && 'type' in n ? [{ id: n.id, type: n.type, name: n.name }] : []))
  return (
    <>
      <ul className="chosen">
        {all.slice(1).map((e) => (
          <li key={e.id}>
            with <EntityLink entity={e} />
            <Link
              to={changed(visit, { with: others.filter((id) => id !== e.id) })}
              aria-label={`Without ${e.name}`}
              className="remove"
            >
              ×
            </Link>
          </li>
        ))}
      </ul>
      {common.nodes.length === 0 ? (
        <p className="empty">
          Nothing is joined directly with {all.length > 2 ? 'all of them' : 'both'}
          {params.get('asOf') && ' as of this date'}.
        </p>
      ) : (
        <table className="rows common">
          <thead>
            <tr>
              <th scope="col">{counted(common.totalCount, 'in common', 'in common')}</th>
              {all.map((e) => (
                <th key={e.id} scope="col">
                  <bdi>{e.name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {common.nodes.map((n) => (
              <tr key={n.entity.id}>
                <th scope="row">
                  <EntityLink entity={n.entity} />
                  <span className="quiet degree">{counted(n.degree, 'link')} in all</span>
                </th>
                {n.ties.map((tie) => (
                  <td key={tie.from.id}>
                    <span className="seen-from">
                      <bdi>{tie.from.name}</bdi>
                    </span>
                    <Ways of={tie} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {common.totalCount > common.nodes.length && (
        <p className="quiet">
          {count(common.nodes.length)} of {count(common.totalCount)}: those with fewest links, which tell most.{' '}
          {limit < 100 && <Link to={changed(visit, { commonAll: 'true' })}>Up to 100</Link>}
        </p>
      )}
      {common.cut.length > 0 && (
        <p className="notice">
          Only the first 500 links of <EntityLinks entities={common.cut} /> were looked at: there may be more.
        </p>
      )}
      {common.incomplete && <p className="notice">There were too many to look at all of them.</p>}
    </>
  )
}

function Ways({ of: tie }: { of: Tie }) {
  return (
    <ul className="plain">
      {tie.links.map((l, i) => {
        const when = spanText(l.startDate, l.endDate)
        const said = l.record.__typename === 'Statement' ? l.record.text : null
        return (
          <li key={i}>
            <span className="phrase">{l.phrase}</span>
            {l.role && (
              <>
                {' '}
                <bdi>{l.role}</bdi>
              </>
            )}
            {when && <span className="quiet"> {said ? when.replace(/^from /, '') : when}</span>}
            {said && (
              <p className="snippet clamp" dir="auto">
                {l.evidence[0] ? <Link to={placeOf(l.evidence[0])}>{said}</Link> : said}
              </p>
            )}
            <Evidence of={l.evidence} />
          </li>
        )
      })}
      {tie.linkCount > tie.links.length && (
        <li className="quiet">and {count(tie.linkCount - tie.links.length)} more</li>
      )}
    </ul>
  )
}
