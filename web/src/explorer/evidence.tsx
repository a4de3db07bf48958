import { addressOf } from './address'
import type { QuoteFragment } from './gql'
import { EntityLinks, Link } from './link'
import { counted, dateText, lower } from './words'

/** Where a source is opened at a piece of evidence. */
export const placeOf = (e: Pick<QuoteFragment, 'start' | 'end'> & { source: { id: string } }): string =>
  addressOf('source', { id: e.source.id, start: e.start, end: e.end })

/** The words themselves, with what stands around them, and where that is. */
export function Quote({ of: e }: { of: QuoteFragment }) {
  return (
    <figure className="quote">
      {e.exact && (
        <blockquote>
          <Link to={placeOf(e)} title="Read it in the source">
            {e.prefix && <span className="around">…{e.prefix}</span>}
            <mark>{e.exact}</mark>
            {e.suffix && <span className="around">{e.suffix}…</span>}
          </Link>
        </blockquote>
      )}
      <figcaption>
        <Link to={placeOf(e)}>
          <bdi>{e.source.title}</bdi>
        </Link>
        {e.source.publishedDate && `, ${dateText(e.source.publishedDate)}`}
        {e.method !== 'HUMAN' && <span className="quiet"> · by {lower(e.method)}</span>}
        {e.attributedTo && (
          <span>
            {' '}
            · as <EntityLinks entities={e.attributedTo.speakers} /> told it
          </span>
        )}
      </figcaption>
    </figure>
  )
}

/** The evidence of something, folded away until somebody wants to see it. */
export function Evidence({ of: list, open = false }: { of: QuoteFragment[]; open?: boolean }) {
  if (list.length === 0) return <span className="quiet">no source given</span>
  return (
    <details className="evidence" open={open}>
      <summary>{counted(list.length, 'source')}</summary>
      {list.map((e, i) => (
        <Quote key={i} of={e} />
      ))}
    </details>
  )
}
