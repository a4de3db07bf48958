import { Component, lazy, type ReactNode, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { toFragment } from '../playground/permalink'
import { addressOf, useVisit, type Visit } from './address'
import { AskError, type Asked, askedHere, forgetFailures } from './ask'
import { Entity } from './entity'
import { Home } from './home'
import { Link } from './link'
import { Search } from './search'
import { SearchBox } from './searchbox'
import { Source } from './source'
import { Statements } from './statements'

const Network = lazy(() => import('./network'))
const Timeline = lazy(() => import('./timeline'))

/** The whole page: what is on every one of them, and the one that the address names. */
export function Explorer() {
  const [visit, pending] = useVisit()
  const key = `${visit.page}?${visit.params}`
  return (
    <>
      <a className="skip" href="#main">
        To the content
      </a>
      <header className="top">
        <Link to={addressOf('')} className="brand">
          Dramatis
        </Link>
        {visit.page !== '' && <SearchBox query={visit.page === 'search' ? (visit.params.get('q') ?? '') : ''} />}
        <nav aria-label="Pages">
          <Link to={addressOf('statements')} aria-current={visit.page === 'statements' ? 'page' : undefined}>
            Statements
          </Link>
          <Link to={addressOf('network')} aria-current={visit.page === 'network' ? 'page' : undefined}>
            Network
          </Link>
          <Link to={addressOf('timeline')} aria-current={visit.page === 'timeline' ? 'page' : undefined}>
            Timeline
          </Link>
          <a href="./graphiql/">Playground</a>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {pending && <div className="pending" role="status" aria-label="Reading" />}
        <Failing of={key}>
          <Suspense fallback={<Waiting />}>
            <Shown visit={visit} />
          </Suspense>
        </Failing>
      </main>
      <footer className="bottom">
        <Queries of={key} />
        <button type="button" onClick={() => document.querySelector<HTMLDialogElement>('#keys')?.showModal()}>
          Keyboard
        </button>
      </footer>
      <Keys />
    </>
  )
}

/** The page of a visit, where it was left. */
function Shown({ visit }: { visit: Visit }) {
  return (
    <>
      <PageOf visit={visit} />
      <Arrival visit={visit} />
    </>
  )
}

function PageOf({ visit }: { visit: Visit }) {
  switch (visit.page) {
    case '':
      return <Home />
    case 'search':
      return <Search visit={visit} />
    case 'entity':
      return <Entity visit={visit} />
    case 'source':
      return <Source visit={visit} />
    case 'statements':
      return <Statements visit={visit} />
    case 'network':
      return <Network visit={visit} />
    case 'timeline':
      return <Timeline visit={visit} />
    default:
      throw new AskError('NOT_FOUND', 'There is no such page.')
  }
}

/** Puts who comes to a page where they were, or to its beginning. */
function Arrival({ visit }: { visit: Visit }) {
  const page = useRef<string>(null)
  useLayoutEffect(() => {
    // within one page only Back moves it: a chosen tab or mark should not
    const same = page.current === `${visit.page} ${visit.params.get('id')}`
    page.current = `${visit.page} ${visit.params.get('id')}`
    if (!same || visit.y > 0) scrollTo(0, visit.y)
  }, [visit])
  return null
}

function Waiting() {
  return (
    <p className="waiting" role="status">
      Reading …
    </p>
  )
}

/** Says what went wrong, and what can be done. */
class Failing extends Component<{ of: string; children: ReactNode }, { error: unknown }> {
  override state = { error: null }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override componentDidUpdate(before: { of: string }) {
    if (before.of !== this.props.of && this.state.error !== null) this.setState({ error: null })
  }
  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <Failure
        error={this.state.error}
        retry={() => {
          forgetFailures()
          this.setState({ error: null })
        }}
      />
    )
  }
}

function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const known = error instanceof AskError ? error : new AskError('INTERNAL', 'The page broke. That is our mistake.')
  const help: Record<string, string> = {
    OFFLINE: 'Is it running? Try again when it is.',
    UNAVAILABLE: 'It is busy, or its database is away. Try again in a moment.',
    TIMEOUT: 'It took too long. Choose more narrowly, or try again.',
    RATE_LIMITED: 'Wait a moment, then try again.',
    UNAUTHENTICATED: 'This server answers only those with a token.',
    BAD_CURSOR: 'This address points into a list that is no more.',
  }
  return (
    <div className="failure" role="alert">
      <title>Not shown · Dramatis</title>
      <h1>{known.code === 'NOT_FOUND' ? 'Not here' : 'This could not be shown'}</h1>
      <p>
        {known.message} {help[known.code]}
      </p>
      {known.request && <p className="quiet">Request {known.request}</p>}
      <p>
        <button type="button" onClick={retry}>
          Try again
        </button>{' '}
        <Link to={addressOf('')}>Start page</Link>
      </p>
    </div>
  )
}

/** The questions behind the page, to be opened in the playground. */
function Queries({ of }: { of: string }) {
  const [queries, setQueries] = useState<Asked[]>([])
  return (
    <details
      key={of}
      className="queries"
      onToggle={(e) => {
        if (e.currentTarget.open) setQueries(askedHere())
      }}
    >
      <summary>Show me the query</summary>
      {queries.map((q) => (
        <section key={q.name}>
          <h2>{q.name}</h2>
          <pre>{q.query}</pre>
          <p>
            with <code>{q.variables}</code> ·{' '}
            <a href={`./graphiql/${toFragment({ ...q, operationName: q.name })}`}>Open in the playground</a>
          </p>
        </section>
      ))}
    </details>
  )
}

const keys: [string, string][] = [
  ['/', 'search'],
  ['?', 'this list'],
  ['Enter', 'open what has the focus'],
  ['Esc', 'close a list, or this'],
  ['Alt ←', 'back to what you saw before'],
]

function Keys() {
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      const at = e.target as HTMLElement
      if (at.matches('input, textarea, select, [contenteditable]') || e.ctrlKey || e.metaKey || e.altKey) return
      if (e.key === '/') {
        e.preventDefault()
        document.querySelector<HTMLInputElement>('#search')?.focus()
      } else if (e.key === '?') {
        document.querySelector<HTMLDialogElement>('#keys')?.showModal()
      }
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keyboard</h2>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}
