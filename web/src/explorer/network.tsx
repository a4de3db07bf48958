import './network.css'
import { type KeyboardEvent, use, useEffect, useMemo, useRef, useState } from 'react'
import { addressOf, changed, exportOf, go, type Visit } from './address'
import { useAnswer } from './ask'
import { Evidence, Quote } from './evidence'
import { type EntityType, HomeDocument, type RelationshipType, RelationshipTypesDocument } from './gql'
import { EntityLink, Link, Sign } from './link'
import type { Drawing } from './networkdrawing'
import {
  expanded,
  type Found,
  type FoundPath,
  findNetwork,
  further,
  limits,
  mostDrawn,
  type NetworkNode,
  type NetworkTie,
  type Point,
  pageSize,
  type Recipe,
  readRecipe,
  type Seen,
  see,
  tieId,
  written,
} from './networkgraph'
import { EntityPicker } from './picker'
import { count, counted, lower, plural, spanText, title } from './words'

/** What the page knows of its visit, and how it changes it. */
interface Here {
  visit: Visit
  recipe: Recipe
  found: Found
  seen: Seen
  change: (change: Partial<Recipe>, options?: { replace?: boolean }) => void
}

export default function Network({ visit }: { visit: Visit }) {
  const recipe = readRecipe(visit.params)
  if (recipe.ids.length === 0 && !recipe.from && !recipe.to) return <Begin />
  return <Shown visit={visit} recipe={recipe} />
}

/** Nobody is chosen yet. */
function Begin() {
  return (
    <>
      <title>Network · Dramatis</title>
      <h1>Network</h1>
      <p className="lead">
        Choose whom to begin with. What stands around them is drawn, and told in a table beside it.
      </p>
      <EntityPicker
        className="searchbox"
        id="begin"
        label="Begin with"
        placeholder="A name"
        onPick={({ id }) => go(addressOf('network', { ids: id }))}
        autoFocus
      />
      <h2>Or: how are two of them connected?</h2>
      <Connect from={null} to={null} choose={(from, to) => go(addressOf('network', { from, to }))} />
      <Ideas />
    </>
  )
}

/** With whom one could begin: what happened last. */
function Ideas() {
  const { events } = useAnswer(HomeDocument, {})
  if (events.nodes.length === 0) return null
  return (
    <>
      <h2>Around what happened last</h2>
      <ul className="plain">
        {events.nodes.map((e) => (
          <li key={e.id}>
            <Link to={addressOf('network', { ids: e.id })} className="entity">
              <Sign type={e.type} />
              <bdi>{e.name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

function Shown({ visit, recipe }: { visit: Visit; recipe: Recipe }) {
  const found = use(findNetwork(recipe))
  const { relationshipTypes } = useAnswer(RelationshipTypesDocument, {})
  const hiding = `${recipe.hidden} ${recipe.off}`
  const seen = useMemo(() => see(found, recipe), [found, hiding])
  const here: Here = {
    visit,
    recipe,
    found,
    seen,
    change: (change, options) => go(changed(visit, written(change)), options),
  }
  const names = [...recipe.ids, ...(recipe.ids.length === 0 ? [recipe.from, recipe.to] : [])]
    .map((id) => id && found.nodes.get(id)?.name)
    .filter((name) => !!name)
  const [first, second] = names
  return (
    <article className="network">
      <title>{`${names.slice(0, 2).join(', ') || 'Network'} · Network · Dramatis`}</title>
      <h1>
        {first ? <bdi>{first}</bdi> : 'Network'}
        {second && (
          <>
            {' '}
            and <bdi>{second}</bdi>
          </>
        )}
        {names.length > 2 && ` and ${names.length - 2} more`}
      </h1>
      <Tools here={here} types={relationshipTypes.map((t) => t.type)} />
      <Said here={here} />
      <p className="if-narrow">
        <a href="#drawing">To the drawing</a>
      </p>
      <div className="network-parts">
        <div className="network-telling">
          {(recipe.from || recipe.to) && <Paths here={here} />}
          <Tables here={here} />
        </div>
        <Picture here={here} />
      </div>
    </article>
  )
}

// What was done here, to undo it: each entry of the browser's history knows its number, so that Back and Undo are one.
let lastStep = 0
let furthest = 0
let staying = false

/** The number of this state among those that followed each other on this page. */
function useStep(visit: Visit): { step: number; last: number } {
  const [at, setAt] = useState({ step: 0, last: 0 })
  useEffect(() => {
    void visit
    const known: unknown = history.state?.step
    if (typeof known === 'number') {
      lastStep = known
      furthest = Math.max(furthest, known)
    } else {
      lastStep = staying ? lastStep + 1 : 0
      furthest = lastStep
      history.replaceState({ ...history.state, step: lastStep }, '')
    }
    staying = true
    setAt({ step: lastStep, last: furthest })
  }, [visit])
  useEffect(
    () => () => {
      staying = false
      furthest = lastStep // another page may have come in place of what could be done again
    },
    [],
  )
  return at
}

function Tools({ here, types }: { here: Here; types: RelationshipType[] }) {
  const { visit, recipe, change } = here
  const { step, last } = useStep(visit)
  useEffect(() => {
    const pressed = (e: globalThis.KeyboardEvent) => {
      if (!(e.ctrlKey || e.metaKey) || e.altKey || e.key.toLowerCase() !== 'z') return
      if ((e.target as HTMLElement).matches('input, textarea, select, [contenteditable]')) return
      e.preventDefault()
      if (e.shiftKey && step < last) history.forward()
      if (!e.shiftKey && step > 0) history.back()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [step, last])
  const filtered = recipe.asOf || recipe.types.length > 0 || !recipe.statements || recipe.off.length > 0
  return (
    <div className="network-tools">
      <div className="network-row">
        <button type="button" aria-disabled={step === 0} onClick={() => step > 0 && history.back()}>
          ↶ Undo
        </button>
        <button type="button" aria-disabled={step >= last} onClick={() => step < last && history.forward()}>
          ↷ Redo
        </button>
        <EntityPicker
          className="searchbox"
          id="add"
          label="Add somebody or something"
          placeholder="Add a name"
          onPick={({ id }) =>
            change({ ids: [...new Set([...recipe.ids, id])], hidden: recipe.hidden.filter((h) => h !== id), at: id })
          }
        />
        {recipe.ids.length > 0 && (
          <label>
            Around them{' '}
            <select
              value={recipe.depth === 0 ? 0 : recipe.limit}
              onChange={(e) => {
                const limit = Number(e.target.value)
                change(limit === 0 ? { depth: 0 } : { limit, depth: Math.max(recipe.depth, 1) })
              }}
            >
              <option value={0}>nothing</option>
              {[...new Set([...limits, recipe.limit])]
                .sort((a, b) => a - b)
                .map((n) => (
                  <option key={n} value={n}>
                    {n} at most
                  </option>
                ))}
            </select>
          </label>
        )}
      </div>
      <details className="network-more" open={filtered ? true : undefined}>
        <summary>Filter by date and type</summary>
        <Filters here={here} types={types} />
      </details>
      <details className="network-more" open={recipe.from || recipe.to ? true : undefined}>
        <summary>How are two of them connected?</summary>
        <Connect
          from={recipe.from}
          to={recipe.to}
          names={here.found.nodes}
          choose={(from, to) => change({ from, to })}
        />
      </details>
      <Downloads here={here} />
    </div>
  )
}

function Filters({ here, types }: { here: Here; types: RelationshipType[] }) {
  const { recipe, change, found } = here
  const present = new Set<RelationshipType>(recipe.types)
  for (const n of found.nodes.values()) for (const c of n.counts) present.add(c.type)
  return (
    <form
      className="as-of network-filters"
      key={`${recipe.asOf} ${recipe.certainOnly} ${recipe.types} ${recipe.statements}`}
      onSubmit={(e) => {
        e.preventDefault()
        const form = new FormData(e.currentTarget)
        change({
          asOf: String(form.get('asOf')).trim() || null,
          certainOnly: form.get('certain') !== null,
          statements: form.get('statements') !== null,
          types: form.getAll('type') as RelationshipType[],
        })
      }}
    >
      <label>
        What held in{' '}
        <input
          name="asOf"
          defaultValue={recipe.asOf ?? ''}
          placeholder="any time"
          size={11}
          pattern="\d{4}(-\d{2}(-\d{2})?)?"
          title="A year, a month or a day: 2022, 2022-01 or 2022-01-11"
        />
      </label>
      <label className="check">
        <input type="checkbox" name="certain" defaultChecked={recipe.certainOnly} /> only what is certain
      </label>
      <label className="check">
        <input type="checkbox" name="statements" defaultChecked={recipe.statements} /> statements join, too
      </label>
      <fieldset>
        <legend>Only relationships of these types (none chosen: all)</legend>
        {types
          .filter((t) => present.has(t))
          .map((t) => (
            <label key={t} className="check">
              <input type="checkbox" name="type" value={t} defaultChecked={recipe.types.includes(t)} /> {lower(t)}
            </label>
          ))}
      </fieldset>
      <button type="submit">Look</button>
      <button
        type="button"
        onClick={() => change({ asOf: null, certainOnly: false, statements: true, types: [], off: [] })}
      >
        Without filters
      </button>
    </form>
  )
}

/** Chooses between whom ways are looked for. */
function Connect({
  from,
  to,
  names,
  choose,
}: {
  from: string | null
  to: string | null
  names?: Map<string, NetworkNode>
  choose: (from: string | null, to: string | null) => void
}) {
  const [first, setFirst] = useState<string | null>(null) // until both are there, nothing is looked for
  const a = from ?? first
  const end = (id: string | null, name: string, set: (id: string | null) => void) => {
    const known = id ? names?.get(id) : undefined
    return (
      <div className="network-end">
        {id ? (
          <>
            <span className="quiet">{name} </span>
            {known ? <EntityLink entity={known} /> : <span>somebody chosen</span>}
            <button
              type="button"
              className="remove"
              aria-label={`Choose another for “${name}”`}
              onClick={() => set(null)}
            >
              ×
            </button>
          </>
        ) : (
          <EntityPicker
            className="searchbox"
            id={`connect-${name}`}
            label={`Ways: ${name}`}
            placeholder={`${title(name)} …`}
            onPick={({ id }) => set(id)}
          />
        )}
      </div>
    )
  }
  return (
    <div className="network-row">
      {end(a, 'from', (id) => {
        if (names || id === null) setFirst(null)
        else setFirst(id)
        if (names || to) choose(id, to)
      })}
      {end(to, 'to', (id) => choose(a, id))}
    </div>
  )
}

const files = [
  ['png', 'Picture (PNG)'],
  ['svg', 'Drawing (SVG)'],
  ['csv', 'Table (CSV)'],
  ['gexf', 'For Gephi (GEXF)'],
  ['json', 'For Cytoscape (JSON)'],
] as const

/** What is seen, to take away. */
function Downloads({ here: { recipe, seen } }: { here: Here }) {
  const save = async (format: (typeof files)[number][0]) => {
    if (!drawing) return
    const [exports, { colorsNow }] = await Promise.all([import('./networkexport'), import('./networkdrawing')])
    const drawn = {
      seen,
      places: drawing.places(),
      seeds: seedsOf(recipe),
      colors: colorsNow(),
      font: getComputedStyle(document.body).fontFamily,
    }
    const text = (type: string, content: string) => new Blob([content], { type })
    const made = {
      png: () => drawing?.png(),
      svg: () => text('image/svg+xml', exports.toSVG(drawn)),
      csv: () => text('text/csv', exports.toCSV(drawn)),
      gexf: () => text('application/gexf+xml', exports.toGEXF(drawn)),
      json: () => text('application/json', exports.toJSON(drawn)),
    }
    const blob = await made[format]()
    if (!blob) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = `network.${format}`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }
  const some = seen.ties.some((t) => t.count > t.links.length)
  return (
    <details className="network-more">
      <summary>Download</summary>
      <div className="network-row">
        {files.map(([format, text]) => (
          <button key={format} type="button" onClick={() => save(format)}>
            {text}
          </button>
        ))}
      </div>
      <p className="quiet">
        What is seen here, as it is seen here.{some && ' Of what joins two of them by more than three links, three.'}
        {recipe.ids.length > 0 && (
          <>
            {' '}
            <a
              href={exportOf('jsonl', {
                around: recipe.ids,
                depth: Math.max(recipe.depth, 1),
                asOf: recipe.asOf,
                certainOnly: recipe.certainOnly ? 'true' : null,
              })}
              download
            >
              All that stands around, with every field (JSON Lines)
            </a>
          </>
        )}
      </p>
    </details>
  )
}

/** How much is shown, what is not, and what the last step brought: read out too. */
function Said({ here: { seen, found, recipe, change } }: { here: Here }) {
  const before = useRef<Set<string> | null>(null)
  const [news, setNews] = useState('')
  useEffect(() => {
    const now = new Set(seen.nodes.map((n) => n.id))
    const old = before.current
    before.current = now
    if (!old) return
    const came = seen.nodes.filter((n) => !old.has(n.id)).length
    const went = [...old].filter((id) => !now.has(id)).length
    const parts = [came > 0 && `${counted(came, 'entity', 'entities')} came`, went > 0 && `${count(went)} went`].filter(
      Boolean,
    )
    setNews(parts.length > 0 ? `${parts.join(', ')}. ` : 'Nothing new. ')
  }, [seen])
  return (
    <>
      <p className="quiet network-said" role="status">
        {news}
        {counted(seen.nodes.length, 'entity', 'entities')} and {counted(seen.ties.length, 'tie')} are shown
        {recipe.asOf && `, as of ${spanText(recipe.asOf, recipe.asOf)}`}.
        {found.more > 0 && ` ${count(found.more)} more stand around: show more of them, or expand.`}
        {found.incomplete && ' Not all that joins them was looked at.'}
      </p>
      {seen.tooMany > 0 && (
        <p className="notice">
          {count(seen.tooMany)} more were found and are left out: more than {count(mostDrawn)} nobody can see. Hide or
          filter some.
        </p>
      )}
      {recipe.hidden.length > 0 && (
        <p className="quiet">
          {count(recipe.hidden.length)} hidden.{' '}
          <button type="button" onClick={() => change({ hidden: [] })}>
            Show all
          </button>
        </p>
      )}
    </>
  )
}

function Paths({ here: { recipe, found, change } }: { here: Here }) {
  const from = recipe.from && found.nodes.get(recipe.from)
  const to = recipe.to && found.nodes.get(recipe.to)
  if (!from || !to) return <p className="notice">Choose the other end, too.</p>
  return (
    <section aria-labelledby="ways">
      <h2 id="ways">
        How <bdi>{from.name}</bdi> and <bdi>{to.name}</bdi> are connected
      </h2>
      {found.paths?.length === 0 && (
        <p className="empty">No way of four hops or fewer leads from one to the other{recipe.asOf && ' then'}.</p>
      )}
      <ol className="ways">
        {found.paths?.map((path) => (
          <li key={path.hops.map((h) => h.to.id).join()}>
            <Way path={path} look={(at) => change({ at }, { replace: true })} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Way({ path, look }: { path: FoundPath; look: (tie: string) => void }) {
  return (
    <ol className="way">
      {path.hops.map((hop) => {
        const first = hop.links[0]
        const quote = first?.evidence[0]
        return (
          <li key={hop.to.id}>
            <p>
              <EntityLink entity={hop.from} />{' '}
              <button type="button" className="phrase" onClick={() => look(tieId(hop.from.id, hop.to.id))}>
                {first?.phrase ?? 'is joined with'}
              </button>{' '}
              <EntityLink entity={hop.to} />
              {hop.linkCount > 1 && <span className="quiet"> · {count(hop.linkCount)} links</span>}
            </p>
            {quote ? <Quote of={quote} /> : <p className="quiet">No sentence is kept for this.</p>}
          </li>
        )
      })}
    </ol>
  )
}

const rowsShown = 50

/** The same as the drawing, to be read and used row by row. */
function Tables({ here }: { here: Here }) {
  const [part, setPart] = useState<'entities' | 'links'>('entities')
  const [page, setPage] = useState(0)
  const { seen } = here
  const total = part === 'entities' ? seen.nodes.length : seen.ties.length
  const last = Math.max(Math.ceil(total / rowsShown) - 1, 0)
  const at = Math.min(page, last)
  const tab = (name: typeof part, text: string, n: number) => (
    <button
      type="button"
      aria-pressed={part === name}
      onClick={() => {
        setPart(name)
        setPage(0)
      }}
    >
      {text} <span className="number">{count(n)}</span>
    </button>
  )
  return (
    <section aria-label="The network as a table" className="network-table">
      <div className="network-row">
        {tab('entities', 'Entities', seen.nodes.length)}
        {tab('links', 'Ties', seen.ties.length)}
      </div>
      {part === 'entities' ? (
        <EntityTable here={here} nodes={seen.nodes.slice(at * rowsShown, (at + 1) * rowsShown)} />
      ) : (
        <TieTable here={here} ties={seen.ties.slice(at * rowsShown, (at + 1) * rowsShown)} />
      )}
      {last > 0 && (
        <nav className="pager" aria-label="Pages of the table">
          <button type="button" aria-disabled={at === 0} onClick={() => setPage(Math.max(at - 1, 0))}>
            Previous
          </button>
          <span className="quiet">
            {at + 1} of {last + 1}
          </span>
          <button type="button" aria-disabled={at === last} onClick={() => setPage(Math.min(at + 1, last))}>
            Next
          </button>
        </nav>
      )}
    </section>
  )
}

function EntityTable({ here, nodes }: { here: Here; nodes: NetworkNode[] }) {
  const { recipe, seen, change } = here
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">Entity</th>
          <th scope="col">Ties</th>
          <th scope="col">Do</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((n) => (
          <tr key={n.id} aria-current={recipe.at === n.id ? 'true' : undefined}>
            <td data-label="Entity">
              <button
                type="button"
                className="chooser"
                aria-pressed={recipe.at === n.id}
                onClick={() => change({ at: recipe.at === n.id ? null : n.id }, { replace: true })}
              >
                <Sign type={n.type} />
                <bdi>{n.name}</bdi>
              </button>
            </td>
            <td data-label="Ties" className="number">
              {seen.degree.get(n.id) ?? 0}
              <span className="if-narrow"> {seen.degree.get(n.id) === 1 ? 'tie' : 'ties'}</span>
            </td>
            <td data-label="Do">
              <Doings here={here} of={n} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Where the keyboard goes on when what it was on goes away: in the same row or the next one, or in the drawing. */
function keepFocus(button: HTMLElement, gone: boolean) {
  const row = button.closest('tr')
  const next = gone ? (row?.nextElementSibling ?? row?.previousElementSibling) : row
  const to = next?.querySelector<HTMLElement>('.chooser') ?? document.querySelector<HTMLElement>('.network-box')
  to?.focus({ preventScroll: true })
}

/** What can be done with an entity. */
function Doings({ here: { recipe, found, change }, of: n }: { here: Here; of: NetworkNode }) {
  const types = further(found, n).filter((f) => recipe.types.length === 0 || recipe.types.includes(f.type))
  const more = types.reduce((sum, f) => sum + f.more, 0)
  return (
    <div className="doings">
      {more > 0 && (
        <details>
          <summary>
            <span aria-hidden>+ </span>
            {count(more)} more<span className="unseen"> of {n.name}</span>
          </summary>
          <ul className="plain">
            {types
              .filter((f) => f.more > 0)
              .map((f) => (
                <li key={f.type}>
                  <button
                    type="button"
                    onClick={(e) => {
                      if (f.more <= pageSize) keepFocus(e.currentTarget, false)
                      change({ expand: expanded(recipe, n.id, f.type), at: n.id })
                    }}
                  >
                    {title(f.type)}: {f.more > pageSize ? `${pageSize} of ${count(f.more)} more` : `${f.more} more`}
                  </button>
                </li>
              ))}
          </ul>
        </details>
      )}
      <button
        type="button"
        aria-label={`Hide ${n.name}`}
        onClick={(e) => {
          keepFocus(e.currentTarget, true)
          change({ hidden: [...recipe.hidden, n.id], at: recipe.at === n.id ? null : recipe.at })
        }}
      >
        Hide
      </button>
      <PinButton recipe={recipe} of={n} change={change} />
    </div>
  )
}

function PinButton({ recipe, of: n, change }: { recipe: Recipe; of: NetworkNode; change: Here['change'] }) {
  const pinned = recipe.pins.has(n.id)
  return (
    <button
      type="button"
      aria-pressed={pinned}
      aria-label={`Pin ${n.name}`}
      onClick={() => {
        const pins = new Map(recipe.pins)
        if (pinned) pins.delete(n.id)
        else pins.set(n.id, whereIs(n.id))
        change({ pins })
      }}
    >
      {pinned ? 'Pinned' : 'Pin'}
    </button>
  )
}

const seedsOf = (recipe: Recipe) => new Set([...recipe.ids, recipe.from ?? '', recipe.to ?? ''])

// The drawing that is shown, which alone knows where things lie.
let drawing: Drawing | null = null
const whereIs = (id: string): Point => drawing?.places().get(id) ?? { x: 0, y: 0 }

function TieTable({ here: { recipe, found, change }, ties }: { here: Here; ties: NetworkTie[] }) {
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">When</th>
          <th scope="col">Says who</th>
        </tr>
      </thead>
      {ties.map((tie) => (
        <tbody key={tie.id} aria-current={recipe.at === tie.id ? 'true' : undefined}>
          {tie.links.map((l) => {
            const from = found.nodes.get(l.from)
            const to = found.nodes.get(l.to)
            return (
              <tr key={l.id}>
                <td data-label="What">
                  {from && <EntityLink entity={from} />} <span className="phrase">{l.phrase}</span>{' '}
                  {to && <EntityLink entity={to} />}
                  {l.role && <span className="quiet"> · {l.role}</span>}
                  {l.text && <q className="network-text">{l.text}</q>}
                </td>
                <td data-label="When">{spanText(l.startDate, l.endDate) || <span className="quiet">undated</span>}</td>
                <td data-label="Says who">
                  <Evidence of={l.evidence} />
                </td>
              </tr>
            )
          })}
          <tr>
            <td colSpan={3}>
              <button
                type="button"
                aria-pressed={recipe.at === tie.id}
                onClick={() => change({ at: tie.id }, { replace: true })}
              >
                Show it in the drawing
              </button>
              {tie.count > tie.links.length && (
                <span className="quiet"> {count(tie.count - tie.links.length)} more links join them</span>
              )}
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  )
}

/** The drawing, what its signs mean, and what is chosen in it. */
function Picture({ here }: { here: Here }) {
  const { recipe, found, seen, change } = here
  const box = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState<Drawing | null>(null)
  const [busy, setBusy] = useState(true)
  const now = useRef(here)
  now.current = here
  useEffect(() => {
    let made: Drawing | null = null
    let gone = false
    import('./networkdrawing').then(({ Drawing }) => {
      if (gone || !box.current) return
      made = new Drawing(box.current, {
        chosen: (at) => now.current.change({ at }, { replace: true }),
        moved: (id, to) => now.current.change({ pins: new Map(now.current.recipe.pins).set(id, to) }),
        arranging: setBusy,
      })
      drawing = made
      setDrawn(made)
    })
    return () => {
      gone = true
      drawing = null
      made?.end()
    }
  }, [])
  const pinned = [...recipe.pins].join()
  useEffect(() => {
    const ways = new Set(found.paths?.flatMap((p) => p.hops.map((h) => tieId(h.from.id, h.to.id))))
    const stages: string[][] = []
    for (const n of seen.nodes) {
      stages[n.stage] ??= []
      stages[n.stage]?.push(n.id)
    }
    drawn?.show({
      seen,
      stages: stages.filter(Boolean),
      seeds: seedsOf(recipe),
      ways,
      pins: recipe.pins,
      at: recipe.at,
    })
  }, [drawn, seen, found, pinned, recipe.at])
  useEffect(() => {
    if (recipe.at) drawn?.reveal(recipe.at)
  }, [drawn, recipe.at])

  const keyed = (e: KeyboardEvent) => {
    if (!drawn || e.ctrlKey || e.metaKey || e.altKey) return
    const ways: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    }
    const way = ways[e.key]
    if (way && e.shiftKey) drawn.pan(-60 * way[0], -60 * way[1])
    else if (way) {
      const next = drawn.beside(seen.nodes.some((n) => n.id === recipe.at) ? recipe.at : null, ...way)
      if (next) change({ at: next }, { replace: true })
    } else if (e.key === '+' || e.key === '=') drawn.zoom(1.25)
    else if (e.key === '-') drawn.zoom(0.8)
    else if (e.key === '0') drawn.fit()
    else if (e.key === 'Escape') change({ at: null }, { replace: true })
    else return
    e.preventDefault()
  }
  const chosen = seen.nodes.find((n) => n.id === recipe.at)
  return (
    <section id="drawing" className="network-picture" aria-label="The network as a drawing">
      <div className="network-frame">
        <div
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keyboard
          tabIndex={0}
          aria-label={`Drawing of ${counted(seen.nodes.length, 'entity', 'entities')}; the table tells the same. Arrow keys go from one to the next, plus and minus zoom, 0 shows all.`}
          aria-describedby="network-chosen"
          onKeyDown={keyed}
          className="network-box"
        >
          <div ref={box} className="network-canvas" />
        </div>
        {busy && (
          <p className="network-busy quiet" role="status">
            Arranging …
          </p>
        )}
      </div>
      <div className="network-row">
        <button type="button" onClick={() => drawn?.zoom(1.25)} aria-label="Zoom in">
          +
        </button>
        <button type="button" onClick={() => drawn?.zoom(0.8)} aria-label="Zoom out">
          −
        </button>
        <button type="button" onClick={() => drawn?.fit()}>
          Show all
        </button>
        <button type="button" onClick={() => drawn?.rearrange()}>
          Arrange anew
        </button>
      </div>
      <div id="network-chosen" aria-live="polite" className="network-chosen">
        {chosen ? <Chosen here={here} of={chosen} /> : <ChosenTie here={here} />}
      </div>
      <Legend here={here} />
    </section>
  )
}

function Chosen({ here, of: n }: { here: Here; of: NetworkNode }) {
  return (
    <>
      <p>
        <EntityLink entity={n} /> <span className="quiet">{title(n.type)}</span>
      </p>
      <Doings here={here} of={n} />
    </>
  )
}

function ChosenTie({ here: { recipe, seen, found } }: { here: Here }) {
  const tie = seen.ties.find((t) => t.id === recipe.at)
  if (!tie) return <p className="quiet">Choose a sign or a line to see what it stands for.</p>
  return (
    <ul className="plain">
      {tie.links.map((l) => {
        const from = found.nodes.get(l.from)
        const to = found.nodes.get(l.to)
        const quote = l.evidence[0]
        return (
          <li key={l.id}>
            {from && <EntityLink entity={from} />} <span className="phrase">{l.phrase}</span>{' '}
            {to && <EntityLink entity={to} />}{' '}
            <span className="quiet">{[l.role, spanText(l.startDate, l.endDate)].filter(Boolean).join(' · ')}</span>
            {quote && <Quote of={quote} />}
          </li>
        )
      })}
      {tie.count > tie.links.length && (
        <li className="quiet">{count(tie.count - tie.links.length)} more links join them.</li>
      )}
    </ul>
  )
}

const entityTypes: EntityType[] = ['PERSON', 'ORGANIZATION', 'POSITION', 'PLACE', 'EVENT', 'TOPIC']

/** What the signs mean; each can be switched off. */
function Legend({ here: { recipe, found, change } }: { here: Here }) {
  const counts = new Map<EntityType, number>()
  for (const n of found.nodes.values()) counts.set(n.type, (counts.get(n.type) ?? 0) + 1)
  return (
    <div className="legend">
      <ul className="inline" aria-label="Types shown">
        {entityTypes
          .filter((t) => counts.has(t))
          .map((t) => (
            <li key={t}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={!recipe.off.includes(t)}
                  onChange={(e) =>
                    change({ off: e.target.checked ? recipe.off.filter((o) => o !== t) : [...recipe.off, t] })
                  }
                />{' '}
                <Sign type={t} />
                {plural[t]} <span className="number">{counts.get(t)}</span>
              </label>
            </li>
          ))}
      </ul>
      <p className="quiet">
        A line is all that joins two of them, thicker the more that is; dashed where only statements do. An arrow leads
        from who is or does something to whom it is done.
      </p>
    </div>
  )
}
