// Finds places for a network's entities, in a worker, so that the page can be used meanwhile.

import cytoscape from 'cytoscape'
import fcose from 'cytoscape-fcose'
import type { Point } from './networkgraph'

cytoscape.use(fcose)

/** Entities by steps: those of a step are laid out around those of the steps before, which stay. */
export interface Layout {
  number: number
  stages: string[][]
  edges: [string, string][]
  /** What has its place already. */
  places: [string, Point][]
}

export interface LaidOut {
  number: number
  places: [string, Point][]
}

/** The same network is laid out alike each time. */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Beyond so many, a finer layout is not worth the wait. */
const manyNodes = 400

export function layOut({ stages, edges, places }: Omit<Layout, 'number'>): Map<string, Point> {
  const known = new Map(places)
  for (const stage of stages) {
    const fresh = stage.filter((id) => !known.has(id))
    if (fresh.length === 0) continue
    const isFresh = new Set(fresh)
    const begun = begin(fresh, edges, known)
    if (known.size > 0 && fresh.length > manyNodes) {
      for (const [id, at] of outside(fresh, known)) known.set(id, at)
      continue
    }
    Math.random = seeded(fresh.length)
    const near = nearest(known, [...begun.values()], manyNodes)
    for (const [a, b] of edges) {
      if (isFresh.has(a) && known.has(b)) near.add(b)
      if (isFresh.has(b) && known.has(a)) near.add(a)
    }
    const within = (id: string) => isFresh.has(id) || near.has(id)
    const cy = cytoscape({
      headless: true,
      styleEnabled: true,
      style: [{ selector: 'node', style: { width: 60, height: 40 } }],
      elements: [
        ...[...near, ...fresh].map((id) => ({
          data: { id },
          position: { ...(known.get(id) ?? begun.get(id) ?? { x: 0, y: 0 }) },
        })),
        ...edges
          .filter(([a, b]) => a !== b && within(a) && within(b))
          .map(([source, target], i) => ({ data: { id: `${i}`, source, target } })),
      ],
    })
    const fixed = [...near].map((nodeId) => ({ nodeId, position: known.get(nodeId) ?? { x: 0, y: 0 } }))
    cy.layout({
      name: 'fcose',
      animate: false,
      fit: false,
      randomize: fixed.length === 0,
      quality: fresh.length > manyNodes ? 'draft' : 'default',
      packComponents: fixed.length === 0,
      tile: fixed.length === 0,
      nodeSeparation: 130,
      idealEdgeLength: () => 150,
      nodeRepulsion: () => 30000,
      fixedNodeConstraint: fixed.length > 0 ? fixed : undefined,
    } as unknown as cytoscape.LayoutOptions).run()
    for (const id of fresh) {
      const { x, y } = cy.getElementById(id).position()
      known.set(id, { x: Math.round(x), y: Math.round(y) })
    }
    cy.destroy()
  }
  return known
}

/** Those that lie nearest to the middle of where others begin: of the rest it is no matter where they lie. */
function nearest(known: Map<string, Point>, begun: Point[], most: number): Set<string> {
  if (known.size <= most) return new Set(known.keys())
  const x = begun.reduce((sum, p) => sum + p.x, 0) / begun.length
  const y = begun.reduce((sum, p) => sum + p.y, 0) / begun.length
  const byDistance = [...known].map(([id, at]) => [id, Math.hypot(at.x - x, at.y - y)] as const)
  byDistance.sort((a, b) => a[1] - b[1])
  return new Set(byDistance.slice(0, most).map(([id]) => id))
}

/** Places for a crowd: turn by turn around all that is there. */
function outside(fresh: string[], known: Map<string, Point>): Map<string, Point> {
  const all = [...known.values()]
  const x = all.reduce((sum, p) => sum + p.x, 0) / all.length
  const y = all.reduce((sum, p) => sum + p.y, 0) / all.length
  const inner = Math.max(...all.map((p) => Math.hypot(p.x - x, p.y - y))) + 90
  const room = 3600 / Math.PI // so much of the plane for each
  return new Map(
    fresh.map((id, n) => {
      const far = Math.sqrt(inner ** 2 + room * n)
      const angle = n * golden
      return [id, { x: Math.round(x + far * Math.cos(angle)), y: Math.round(y + far * Math.sin(angle)) }]
    }),
  )
}

/** The golden angle: by it things are spread evenly, however many come. */
const golden = 2.399963

/** Where those that come begin: around that by which they are joined with what is there. */
function begin(fresh: string[], edges: [string, string][], known: Map<string, Point>): Map<string, Point> {
  const at = new Map<string, string>()
  for (const [a, b] of edges) {
    if (known.has(a) && !at.has(b)) at.set(b, a)
    if (known.has(b) && !at.has(a)) at.set(a, b)
  }
  const turns = new Map<string, number>()
  const begun = new Map<string, Point>()
  for (const id of fresh) {
    const centre = at.get(id) ?? ''
    const { x, y } = known.get(centre) ?? { x: 0, y: 0 }
    const n = turns.get(centre) ?? 0
    turns.set(centre, n + 1)
    const angle = n * golden
    const far = 120 + 14 * Math.sqrt(n)
    begun.set(id, { x: x + far * Math.cos(angle), y: y + far * Math.sin(angle) })
  }
  return begun
}

if (typeof self !== 'undefined' && 'DedicatedWorkerGlobalScope' in self) {
  self.onmessage = ({ data }: MessageEvent<Layout>) => {
    const answer: LaidOut = { number: data.number, places: [...layOut(data)] }
    self.postMessage(answer)
  }
}
