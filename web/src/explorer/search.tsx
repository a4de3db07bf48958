import { addressOf, changed, type Visit } from './address'
import { useAnswer } from './ask'
import { placeOf } from './evidence'
import { SearchDocument, type SearchKind, type SearchQuery, type SearchType } from './gql'
import { EntityLink, EntityLinks, Link } from './link'
import { cut } from './marked'
import { count, counted, dateText, eventText, nameKind, sourceKind, spoken, title } from './words'

type Hit = SearchQuery['search']['nodes'][number]

const pageSize = 20

export function Search({ visit }: { visit: Visit }) {
  const q = visit.params.get('q') ?? ''
  if (!q.trim()) return <p className="empty">Type a name, in any spelling, or words that somebody said.</p>
  return <Results visit={visit} query={q} />
}

function Results({ visit, query }: { visit: Visit; query: string }) {
  const { params } = visit
  const types = params.getAll('type') as SearchType[]
  const kinds = params.getAll('kind') as SearchKind[]
  const sources = params.getAll('source')
  const year = params.get('year')
  const { search } = useAnswer(SearchDocument, {
    query,
    types: types.length ? types : null,
    kinds: kinds.length ? kinds : null,
    sources: sources.length ? sources : null,
    between: year ? { from: year, to: year } : null,
    first: pageSize,
    after: params.get('after'),
  })
  const facets: FacetProps[] = [
    { name: 'type', title: 'Type', list: search.facets.types.map((f) => ({ ...f, text: title(f.value) })) },
    { name: 'kind', title: 'Kind', list: search.facets.kinds.map((f) => ({ ...f, text: title(f.value) })) },
    {
      name: 'source',
      title: 'Source',
      list: search.facets.sources.map((f) => ({ ...f, text: f.source?.title ?? f.value })),
    },
    {
      name: 'year',
      title: 'Year',
      list: search.facets.years.map((f) => ({ value: String(f.value), count: f.count, text: String(f.value) })),
    },
  ].map((f) => ({ ...f, visit }))
  return (
    <>
      <title>{`${query} · Dramatis`}</title>
      <h1 className="results-title">
        {counted(search.totalCount, 'result')} for <q>{query}</q>
      </h1>
      {search.cut && (
        <p className="notice">
          There is more than can be shown: add a word, or choose below what to narrow it down to.
        </p>
      )}
      <div className="results">
        <aside aria-label="Narrow down">
          <details open={matchMedia('(min-width: 52rem)').matches}>
            <summary>Narrow down</summary>
            {facets.map((f) => (
              <Facet key={f.name} {...f} />
            ))}
          </details>
        </aside>
        <div>
          {search.nodes.length === 0 ? (
            <p className="empty">
              Nothing is called so, and nobody said it.{' '}
              {types.length + kinds.length + sources.length + (year ? 1 : 0) > 0 ? (
                <Link to={addressOf('search', { q: query })}>Search without filters</Link>
              ) : (
                'Try fewer words, or another spelling.'
              )}
            </p>
          ) : (
            <ol className="hits">
              {search.nodes.map((h) => (
                <li key={'id' in h.node ? h.node.id : ''}>
                  <HitLine hit={h} />
                </li>
              ))}
            </ol>
          )}
          <nav className="pager" aria-label="Pages of results">
            {params.get('after') && <Link to={changed(visit, { after: null })}>First page</Link>}
            {search.pageInfo.hasNextPage && (
              <Link to={changed(visit, { after: search.pageInfo.endCursor })}>Next page</Link>
            )}
          </nav>
        </div>
      </div>
    </>
  )
}

interface FacetProps {
  name: string
  title: string
  list: { value: string; count: number; text: string }[]
  visit: Visit
}

function Facet({ name, title, list, visit }: FacetProps) {
  const chosen = visit.params.getAll(name)
  if (list.length < 2 && chosen.length === 0) return null
  return (
    <section className="facet" aria-label={title}>
      <h2>{title}</h2>
      <ul className="plain">
        {list.map((f) => {
          const on = chosen.includes(f.value)
          const rest = chosen.filter((v) => v !== f.value)
          return (
            <li key={f.value}>
              <Link
                to={changed(visit, { [name]: on ? rest : name === 'year' ? f.value : [...rest, f.value], after: null })}
                aria-current={on ? 'true' : undefined}
              >
                <bdi>{f.text}</bdi> <span className="number">{count(f.count)}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function HitLine({ hit }: { hit: Hit }) {
  const { node } = hit
  switch (node.__typename) {
    case 'Statement': {
      const at = node.evidence[0]
      return (
        <>
          <div className="hit-head">
            <EntityLinks entities={node.speakers} /> {spoken[node.kind]}
            {node.date && `, ${dateText(node.date)}`}
          </div>
          <p className="snippet" dir="auto">
            {at ? (
              <Link to={placeOf(at)}>
                <Snippet of={hit} />
              </Link>
            ) : (
              <Snippet of={hit} />
            )}
          </p>
        </>
      )
    }
    case 'Source':
      return (
        <>
          <div className="hit-head">
            <Link to={addressOf('source', { id: node.id })} className="entity">
              <bdi>{node.title}</bdi>
            </Link>{' '}
            <span className="quiet">
              {sourceKind(node.sourceKind)}
              {node.publisher && <bdi> · {node.publisher.name}</bdi>}
              {node.publishedDate && ` · ${dateText(node.publishedDate)}`}
            </span>
          </div>
          {hit.snippet.field !== 'title' && (
            <p className="snippet" dir="auto">
              <Link to={addressOf('source', { id: node.id, ...wordsIn(hit) })}>
                <Snippet of={hit} />
              </Link>
            </p>
          )}
        </>
      )
    case 'Dataset':
    case 'Mention':
    case 'Relationship':
      return null // these are not searched
    default:
      return (
        <>
          <div className="hit-head">
            <EntityLink entity={node} />
            {node.__typename === 'Event' && <span className="quiet"> {eventText(node.startDate, node.endDate)}</span>}
          </div>
          <FoundAs hit={hit} name={node.name} />
          {node.description && (
            <p className="quiet clamp" dir="auto">
              {node.description}
            </p>
          )}
        </>
      )
  }
}

/** Where in the text the first word stands that was found. */
function wordsIn({ snippet }: Hit): { start?: number; end?: number } {
  const first = snippet.highlights[0]
  return first && snippet.field === 'text' ? { start: snippet.start + first.start, end: snippet.start + first.end } : {}
}

/** Says why something was found that is not spelled as it was asked for. */
function FoundAs({ hit, name }: { hit: Hit; name: string }) {
  const other = hit.words.filter((w) => w.match === 'FUZZY' || w.match === 'TRANSLITERATED')
  const otherName = hit.name && hit.name !== name
  if (!otherName && other.length === 0) return null
  return (
    <p className="found-as">
      {otherName && (
        <>
          also called{' '}
          <bdi>
            <Snippet of={hit} />
          </bdi>
          {hit.nameKind && ` (${nameKind(hit.nameKind)})`}
        </>
      )}
      {otherName && other.length > 0 && '; '}
      {other.map((w, i) => (
        <span key={w.asked}>
          {i > 0 && ', '}
          <q>{w.asked}</q> {w.match === 'FUZZY' ? 'is near' : 'sounds like'} <q>{w.found}</q>
        </span>
      ))}
    </p>
  )
}

function Snippet({ of: { snippet } }: { of: Hit }) {
  const marks = snippet.highlights.map((h) => ({ start: h.start, end: h.end, of: true }))
  return cut(snippet.text ?? '', marks).map((p) =>
    p.over.length > 0 ? <mark key={p.start}>{p.text}</mark> : <span key={p.start}>{p.text}</span>,
  )
}
