// What a network's address says, what the server answers to it, and what of that is seen. Nothing here draws.

import type { Params } from './address'
import { ask, untilForgotten } from './ask'
import {
  type CountedFragment,
  type EntityType,
  type JoiningFragment,
  type LinkedFragment,
  NetworkBetweenDocument,
  NetworkDocument,
  NetworkEntitiesDocument,
  NetworkExpansionDocument,
  type NetworkExpansionQuery,
  type NetworkExpansionQueryVariables,
  NetworkPathsDocument,
  type NetworkPathsQuery,
  type QuoteFragment,
  type RelationshipType,
  RelationshipTypesDocument,
  type RelationshipTypesQuery,
} from './gql'
import type { Named } from './link'

/** How many relationships one expansion brings. */
export const pageSize = 25
/** How many entities are drawn at most: beyond, a machine without a GPU shows no 30 pictures a second. */
export const mostDrawn = 1500
/** How many entities may stand around the first ones. */
export const limits = [10, 25, 50, 100, 200]
const usualLimit = 25

export interface Expansion {
  id: string
  type: RelationshipType
  pages: number
}

/** Where a pinned entity lies, in the drawing's own units. */
export interface Point {
  x: number
  y: number
}

/** What an address says is to be seen. */
export interface Recipe {
  /** With whom it begins, and how much stands around them. */
  ids: string[]
  depth: number
  limit: number
  /** Between whom the ways are shown. */
  from: string | null
  to: string | null
  /** What was expanded, in that order. */
  expand: Expansion[]
  /** Only relationships of these types; all if there are none. */
  types: RelationshipType[]
  statements: boolean
  asOf: string | null
  certainOnly: boolean
  hidden: string[]
  /** Types of entities that are not shown. */
  off: EntityType[]
  pins: Map<string, Point>
  /** The entity or tie that is looked at. */
  at: string | null
}

const separator = '.'

export function readRecipe(params: URLSearchParams): Recipe {
  const number = (name: string, usual: number, least: number, most: number) => {
    const n = Number(params.get(name) ?? usual)
    return Number.isInteger(n) ? Math.min(Math.max(n, least), most) : usual
  }
  const expand: Expansion[] = []
  for (const text of params.getAll('expand')) {
    const [id, type, pages] = text.split(separator)
    const n = Number(pages ?? 1)
    if (id && type && n >= 1) expand.push({ id, type: type as RelationshipType, pages: Math.min(n, 60) })
  }
  const pins = new Map<string, Point>()
  for (const text of params.getAll('pin')) {
    const [id, x, y] = text.split(separator)
    if (id && Number.isFinite(Number(x)) && Number.isFinite(Number(y))) pins.set(id, { x: Number(x), y: Number(y) })
  }
  const all = (name: string) => [...new Set(params.getAll(name).filter(Boolean))]
  return {
    ids: all('ids'),
    depth: number('depth', 1, 0, 3),
    limit: number('limit', usualLimit, 1, 200),
    from: params.get('from') || null,
    to: params.get('to') || null,
    expand,
    types: all('type') as RelationshipType[],
    statements: params.get('statements') !== 'false',
    asOf: params.get('asOf') || null,
    certainOnly: params.get('certainOnly') === 'true',
    hidden: all('hide'),
    off: all('off') as EntityType[],
    pins,
    at: params.get('at'),
  }
}

/** What of the address changes with some of the recipe. */
export function written(change: Partial<Recipe>): Params {
  const params: Params = {}
  if (change.ids) params.ids = change.ids
  if (change.depth !== undefined) params.depth = change.depth === 1 ? null : change.depth
  if (change.limit !== undefined) params.limit = change.limit === usualLimit ? null : change.limit
  if (change.from !== undefined) params.from = change.from
  if (change.to !== undefined) params.to = change.to
  if (change.expand) params.expand = change.expand.map((e) => [e.id, e.type, e.pages].join(separator))
  if (change.types) params.type = change.types
  if (change.statements !== undefined) params.statements = change.statements ? null : 'false'
  if (change.asOf !== undefined) params.asOf = change.asOf
  if (change.certainOnly !== undefined) params.certainOnly = change.certainOnly ? 'true' : null
  if (change.hidden) params.hide = change.hidden
  if (change.off) params.off = change.off
  if (change.pins)
    params.pin = [...change.pins].map(([id, { x, y }]) => [id, Math.round(x), Math.round(y)].join(separator))
  if (change.at !== undefined) params.at = change.at
  return params
}

/** The expansions with one page more of a type at an entity. */
export function expanded(recipe: Recipe, id: string, type: RelationshipType): Expansion[] {
  const known = recipe.expand.find((e) => e.id === id && e.type === type)
  if (!known) return [...recipe.expand, { id, type, pages: 1 }]
  return recipe.expand.map((e) => (e === known ? { ...e, pages: e.pages + 1 } : e))
}

export interface NetworkNode extends Named {
  counts: CountedFragment['relationshipCounts']
  /** By which step it came: entities of later ones are laid out without moving those of earlier ones. */
  stage: number
}

/** A relationship or statement that joins two entities: from, phrase, to. */
export interface NetworkLink {
  id: string
  /** The relationship's type; null for a statement. */
  type: RelationshipType | null
  from: string
  to: string
  phrase: string
  role: string | null
  /** ANY reads the same both ways; IN leads from `to` to `from`. */
  direction: 'OUT' | 'IN' | 'ANY'
  startDate: string | null
  endDate: string | null
  text: string | null
  evidence: QuoteFragment[]
}

/** All that joins two entities: one line of the drawing. */
export interface NetworkTie {
  id: string
  a: string
  b: string
  links: NetworkLink[]
  /** How many there are, of which links are some. */
  count: number
}

export type FoundPath = NetworkPathsQuery['paths']['paths'][number]

/** What was found by a recipe, before anything is hidden. */
export interface Found {
  nodes: Map<string, NetworkNode>
  ties: Map<string, NetworkTie>
  paths: FoundPath[] | null
  /** What of an entity's relationships of a type there is beyond those found, where an expansion told. */
  beyond: Map<string, number>
  /** Entities around the first ones that are left out by the limit. */
  more: number
  /** Of these not all links were looked at. */
  cut: Named[]
  incomplete: boolean
}

export const tieId = (a: string, b: string): string => (a < b ? `${a}~${b}` : `${b}~${a}`)
export const beyondKey = (id: string, type: RelationshipType): string => `${id}.${type}`

class Gathering implements Found {
  nodes = new Map<string, NetworkNode>()
  ties = new Map<string, NetworkTie>()
  paths: FoundPath[] | null = null
  beyond = new Map<string, number>()
  more = 0
  cut: Named[] = []
  incomplete = false
  private seen = new Map<string, Set<string>>()

  constructor(private rules: RelationshipTypesQuery['relationshipTypes']) {}

  node(e: CountedFragment, stage: number) {
    if (!this.nodes.has(e.id))
      this.nodes.set(e.id, { id: e.id, type: e.type, name: e.name, counts: e.relationshipCounts, stage })
  }

  private tie(a: string, b: string): NetworkTie {
    const id = tieId(a, b)
    const known = this.ties.get(id)
    if (known) return known
    const made = { id, a, b, links: [], count: 0 }
    this.ties.set(id, made)
    this.seen.set(id, new Set())
    return made
  }

  private link(l: NetworkLink) {
    const tie = this.tie(l.from, l.to)
    const seen = this.seen.get(tie.id)
    if (seen?.has(l.id)) return
    seen?.add(l.id)
    tie.links.push(l)
    tie.count = Math.max(tie.count, tie.links.length)
  }

  joining(from: string, to: string, links: JoiningFragment[], count: number) {
    for (const l of links) {
      this.link({
        id: l.record.id,
        type: l.record.__typename === 'Relationship' ? l.record.type : null,
        from,
        to,
        phrase: l.phrase,
        role: l.role,
        direction: l.direction,
        startDate: l.startDate,
        endDate: l.endDate,
        text: l.record.__typename === 'Statement' ? l.record.text : null,
        evidence: l.evidence,
      })
    }
    const tie = this.ties.get(tieId(from, to))
    if (tie) tie.count = Math.max(tie.count, count)
  }

  relationship(r: LinkedFragment) {
    const rule = this.rules.find((t) => t.type === r.type)
    this.link({
      id: r.id,
      type: r.type,
      from: r.from.id,
      to: r.to.id,
      phrase: rule?.forwards ?? r.type,
      role: r.role,
      direction: rule?.symmetric ? 'ANY' : 'OUT',
      startDate: r.startDate,
      endDate: r.endDate,
      text: null,
      evidence: r.evidence,
    })
  }
}

function chunks<T>(list: T[], size: number): T[][] {
  const made: T[][] = []
  for (let i = 0; i < list.length; i += size) made.push(list.slice(i, i + size))
  return made
}

/** How many questions may be asked to find what joins those that were expanded with those that were there. */
const mostBetween = 8

async function gather(recipe: Recipe): Promise<Found> {
  const when = { asOf: recipe.asOf, certainOnly: recipe.asOf ? recipe.certainOnly : null }
  const types = recipe.types.length > 0 ? recipe.types : null
  const { relationshipTypes } = await ask(RelationshipTypesDocument, {})
  const found = new Gathering(relationshipTypes)

  const around = chunks(recipe.ids, 20).map((ids) =>
    recipe.depth === 0
      ? ask(NetworkEntitiesDocument, { ids })
      : ask(NetworkDocument, {
          ids,
          depth: recipe.depth,
          limit: Math.max(recipe.limit + ids.length, ids.length),
          types,
          statements: recipe.statements,
          ...when,
        }),
  )
  const between =
    recipe.from && recipe.to && recipe.from !== recipe.to
      ? ask(NetworkPathsDocument, {
          from: recipe.from,
          to: recipe.to,
          types,
          statements: recipe.statements,
          ...when,
        })
      : null
  const wanted = recipe.expand.filter((e) => !types || types.includes(e.type))
  // one after the other: many pages at once would be more than a server lets one client ask
  let last: Promise<unknown> = Promise.resolve()
  const expansions = wanted.map((e) => {
    const answer = last.then(() => expand(e, when))
    last = answer
    return answer
  })
  between?.catch(() => {}) // waited for below; if something else fails first, that is told
  for (const e of expansions) e.catch(() => {})

  for (const answer of await Promise.all(around)) {
    if ('nodes' in answer) {
      for (const n of answer.nodes) if (n && 'relationshipCounts' in n) found.node(n, 0)
      continue
    }
    for (const n of answer.network.nodes) found.node(n.entity, 0)
    for (const t of answer.network.ties) found.joining(t.from.id, t.to.id, t.links, t.linkCount)
    found.more += answer.network.more
    found.cut.push(...answer.network.cut)
    found.incomplete ||= answer.network.incomplete
  }
  if (between) {
    const { paths } = await between
    found.paths = paths.paths
    found.cut.push(...paths.cut)
    found.incomplete ||= paths.incomplete
    for (const hop of paths.paths.flatMap((p) => p.hops)) {
      found.node(hop.from, 1)
      found.node(hop.to, 1)
      found.joining(hop.from.id, hop.to.id, hop.links, hop.linkCount)
    }
  }
  const ends = [recipe.from, recipe.to].filter((id): id is string => !!id && !found.nodes.has(id))
  if (ends.length > 0) {
    const { nodes } = await ask(NetworkEntitiesDocument, { ids: ends })
    for (const n of nodes) if (n && 'relationshipCounts' in n) found.node(n, 1)
  }
  const brought: string[] = []
  for (const [i, e] of (await Promise.all(expansions)).entries()) {
    if (!e) continue
    const before = found.nodes.size
    found.node(e.entity, i + 2)
    for (const r of e.edges) {
      if (r.other) found.node(r.other, i + 2)
      found.relationship(r.node)
    }
    brought.push(...[...found.nodes.keys()].slice(before))
    found.beyond.set(beyondKey(e.entity.id, e.type), e.beyond)
  }
  const questions = chunks(brought, pageSize).flatMap((ids) =>
    chunks([...found.nodes.keys()], 100).map((other) => ({ ids, with: other, types, ...when })),
  )
  if (questions.length > mostBetween) found.incomplete = true
  for (const { nodes } of await Promise.all(
    questions.slice(0, mostBetween).map((q) => ask(NetworkBetweenDocument, q)),
  )) {
    for (const n of nodes) if (n && 'relationships' in n) for (const r of n.relationships.nodes) found.relationship(r)
  }
  return found
}

/** The relationships of an expansion, page by page. */
async function expand(e: Expansion, when: { asOf: string | null; certainOnly: boolean | null }) {
  const edges = []
  let after: string | null = null
  let left = e.pages * pageSize
  let entity: CountedFragment | null = null
  let beyond = 0
  while (left > 0) {
    const first = Math.min(left, 100)
    const variables: NetworkExpansionQueryVariables = { id: e.id, type: e.type, ...when, first, after }
    const { entity: answer }: NetworkExpansionQuery = await ask(NetworkExpansionDocument, variables)
    if (!answer) return null
    entity = answer
    const { relationships } = answer
    edges.push(...relationships.edges)
    left -= first
    after = relationships.pageInfo.endCursor
    beyond = relationships.pageInfo.hasNextPage ? Math.max(relationships.totalCountAtLeast - edges.length, 1) : 0
    if (!relationships.pageInfo.hasNextPage) break
  }
  return entity && { entity, type: e.type, edges, beyond }
}

const gathered = new Map<string, Promise<Found>>()

/** What a recipe finds. The same promise for the same recipe, so that React can wait for it. */
export function findNetwork(recipe: Recipe): Promise<Found> {
  const { hidden: _h, off: _o, pins: _p, at: _a, ...asked } = recipe
  const key = JSON.stringify(asked)
  const known = gathered.get(key)
  if (known) return known
  const found = gather(recipe)
  gathered.set(key, found)
  found.catch(() => untilForgotten(() => gathered.delete(key)))
  for (const oldest of gathered.keys()) {
    if (gathered.size <= 30) break
    gathered.delete(oldest)
  }
  return found
}

/** What is seen of what was found. */
export interface Seen {
  nodes: NetworkNode[]
  ties: NetworkTie[]
  /** Entities that are not drawn because there are too many. */
  tooMany: number
  /** How many ties each entity has. */
  degree: Map<string, number>
}

export function see(found: Found, { hidden, off }: Pick<Recipe, 'hidden' | 'off'>, most = mostDrawn): Seen {
  const without = new Set(hidden)
  const all = [...found.nodes.values()].filter((n) => !without.has(n.id) && !off.includes(n.type))
  const nodes = all.slice(0, most)
  const shown = new Set(nodes.map((n) => n.id))
  const ties = [...found.ties.values()].filter((t) => shown.has(t.a) && shown.has(t.b))
  const degree = new Map<string, number>()
  for (const t of ties) {
    degree.set(t.a, (degree.get(t.a) ?? 0) + 1)
    if (t.b !== t.a) degree.set(t.b, (degree.get(t.b) ?? 0) + 1)
  }
  return { nodes, ties, tooMany: all.length - nodes.length, degree }
}

export interface Further {
  type: RelationshipType
  /** Relationships of that type that were not found yet. */
  more: number
  total: number
}

/** By what an entity can be expanded: of each type, how many relationships are not there yet. */
export function further(found: Found, node: NetworkNode): Further[] {
  const here = new Map<RelationshipType, number>()
  for (const tie of found.ties.values()) {
    if (tie.a !== node.id && tie.b !== node.id) continue
    for (const l of tie.links) if (l.type) here.set(l.type, (here.get(l.type) ?? 0) + 1)
  }
  return node.counts.map(({ type, total }) => ({
    type,
    total,
    more: found.beyond.get(beyondKey(node.id, type)) ?? Math.max(total - (here.get(type) ?? 0), 0),
  }))
}
