import { Evidence } from './evidence'
import type { SaidFragment } from './gql'
import { EntityLink, EntityLinks } from './link'
import { dateText, lower } from './words'

const manner: Record<SaidFragment['kind'], string> = {
  DIRECT: 'In their own words',
  INDIRECT: 'In other words',
  MIXED: 'Partly in other words',
  ATTRIBUTED: 'Ascribed to them',
}

/** What somebody said: by whom, for whom, to whom, where, about whom. */
export function Statement({ of: s }: { of: SaidFragment }) {
  const direct = s.kind === 'DIRECT'
  return (
    <article className={`statement statement-${s.kind.toLowerCase()}`}>
      <header>
        <span className="who">
          {s.speakers.length > 0 ? <EntityLinks entities={s.speakers} /> : <span className="quiet">Somebody</span>}
          {s.onBehalfOf.length > 0 && (
            <span>
              {' '}
              for <EntityLinks entities={s.onBehalfOf} />
            </span>
          )}
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
        {direct ? `“${s.text}”` : s.text}
      </p>
      <footer>
        <span className={`badge badge-${s.kind.toLowerCase()}`}>{manner[s.kind]}</span>
        {s.joint && <span className="badge badge-joint">Jointly</span>}
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
