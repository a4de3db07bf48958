import { addressOf } from './address'
import { useAnswer } from './ask'
import { HomeDocument } from './gql'
import { EntityLink, Link } from './link'
import { SearchBox } from './searchbox'
import { count, dateText, eventText, plural, status } from './words'

export function Home() {
  const { stats, events, sources } = useAnswer(HomeDocument, {})
  const empty = stats.entities === 0
  return (
    <>
      <title>Dramatis</title>
      <section className="welcome">
        <h1>Who, with whom, and who says so</h1>
        <p className="lead">
          People, organisations and events, what links them, what each of them said, and the sentence that says so.
        </p>
        <SearchBox autoFocus />
        {!empty && (
          <p className="hints">
            Try <Link to={addressOf('search', { q: 'Gruschko' })}>Gruschko</Link>, in any spelling ·{' '}
            <Link to={addressOf('search', { q: 'dialogue' })}>dialogue</Link>, in what was said ·{' '}
            <Link to={addressOf('search', { q: 'NATO', type: 'ORGANIZATION' })}>NATO</Link>
          </p>
        )}
      </section>
      {empty ? (
        <p className="empty">
          There is nothing here yet. <code>dramatis seed</code> loads an example; <code>dramatis import FILE</code> your
          own.
        </p>
      ) : (
        <>
          <ul className="figures">
            {stats.entitiesByType
              .filter((t) => t.count > 0)
              .map((t) => (
                <li key={t.type}>
                  <strong>{count(t.count)}</strong> {plural[t.type].toLowerCase()}
                </li>
              ))}
            <li>
              <strong>{count(stats.relationships)}</strong> relationships
            </li>
            <li>
              <Link to={addressOf('statements')}>
                <strong>{count(stats.statements)}</strong> statements
              </Link>
            </li>
            <li>
              <strong>{count(stats.sources)}</strong> {stats.sources === 1 ? 'source' : 'sources'}
            </li>
          </ul>
          <div className="columns">
            <section aria-labelledby="latest-events">
              <h2 id="latest-events">Latest events</h2>
              <ul className="plain">
                {events.nodes.map((e) => (
                  <li key={e.id}>
                    <span className="when">{eventText(e.startDate, e.endDate)}</span>
                    <EntityLink entity={e} /> <span className="quiet">{status(e.status)}</span>
                  </li>
                ))}
              </ul>
            </section>
            <section aria-labelledby="latest-sources">
              <h2 id="latest-sources">Latest sources</h2>
              <ul className="plain">
                {sources.nodes.map((s) => (
                  <li key={s.id}>
                    <span className="when">{dateText(s.publishedDate) || 'undated'}</span>
                    <Link to={addressOf('source', { id: s.id })}>
                      <bdi>{s.title}</bdi>
                    </Link>{' '}
                    {s.publisher && (
                      <span className="quiet">
                        <bdi>{s.publisher.name}</bdi>
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          </div>
        </>
      )}
    </>
  )
}
