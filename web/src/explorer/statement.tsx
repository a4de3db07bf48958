import { Evidence } from './evidence'
import type { SaidFragment, StatementKind } from './gql'
import { EntityLink, EntityLinks } from './link'
import { count, dateText, lower } from './words'
import './statements.css'

/** How a source gives what somebody said. */
export const manner: Record<StatementKind, string> = {
  DIRECT: 'In their own words',
  MIXED: 'Partly in other words',
  INDIRECT: 'In other words',
  ATTRIBUTED: 'Ascribed to them',
}

/** How it reads between the speaker and the text. */
const verb: Record<StatementKind, string> = {
  DIRECT: 'said',
  MIXED: 'said, partly in other words',
  INDIRECT: 'said, in other words',
  ATTRIBUTED: 'is said to hold',
}

const sign: Record<StatementKind, string> = { DIRECT: '“”', MIXED: '“…', INDIRECT: '…', ATTRIBUTED: '≈' }

/** A way of telling as a small sign; its word is beside it. */
export function Told({ kind }: { kind: StatementKind }) {
  return (
    <span className="told" aria-hidden="true">
      {sign[kind]}
    </span>
  )
}

/** What somebody said: by whom, for whom, to whom, where, about whom. */
export function Statement({ of: s }: { of: SaidFragment }) {
  return (
    <article className={`statement statement-${s.kind.toLowerCase()}`}>
      <Told kind={s.kind} />
      <header>
        <span className="who">
          {s.speakers.length > 0 ? <EntityLinks entities={s.speakers} /> : <span className="quiet">Somebody</span>}
          {s.joint && (
            <>
              {' '}
              <span className="badge badge-joint">{count(s.speakers.length)} jointly</span>
            </>
          )}
          {s.onBehalfOf.length > 0 && (
            <span>
              {' '}
              for <EntityLinks entities={s.onBehalfOf} />
            </span>
          )}
          <span className="saying"> {verb[s.kind]}</span>
          {s.audience.length > 0 && (
            <span>
              {' '}
              to <EntityLinks entities={s.audience} />
            </span>
          )}
        </span>
        <span className="when">
          {s.date ? <time dateTime={s.date.replace(/[?~%]$/, '')}>{dateText(s.date)}</time> : 'undated'}
        </span>
      </header>
      <p className="text" dir="auto">
        {s.kind === 'DIRECT' ? `“${s.text}”` : s.text}
      </p>
      <footer>
        {s.medium && <span className="badge">{lower(s.medium)}</span>}
        {s.about.length > 0 && (
          <span>
            about <EntityLinks entities={s.about} />
          </span>
        )}
        {s.atEvent && (
          <span>
            at <EntityLink entity={s.atEvent} />
          </span>
        )}
        <Evidence of={s.evidence} />
      </footer>
    </article>
  )
}
