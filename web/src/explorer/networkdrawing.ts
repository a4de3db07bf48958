// The drawing of a network on a canvas. It comes with Cytoscape, and so only when a network is shown.

import cytoscape from 'cytoscape'
import type { EntityType } from './gql'
import type { NetworkTie, Point, Seen } from './networkgraph'
import type { LaidOut, Layout } from './networklayout'
import { lower } from './words'

const entityTypes: EntityType[] = ['PERSON', 'ORGANIZATION', 'POSITION', 'PLACE', 'EVENT', 'TOPIC']

/** As the .sign classes of the style sheet. */
const shapes: Record<EntityType, cytoscape.Css.NodeShape> = {
  PERSON: 'ellipse',
  ORGANIZATION: 'rectangle',
  POSITION: 'triangle',
  PLACE: 'polygon',
  EVENT: 'diamond',
  TOPIC: 'ellipse',
}

export type Colors = Record<EntityType | 'paper' | 'ink' | 'quiet' | 'link' | 'accent', string>

/** The colours as they are now, by light or dark preference. */
export function colorsNow(): Colors {
  const probe = document.createElement('span')
  document.body.append(probe)
  const read = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colors = { paper: '', ink: '', quiet: '', link: '', accent: '' } as Colors
  for (const name of Object.keys(colors) as (keyof Colors)[]) colors[name] = read(name)
  for (const type of entityTypes) colors[type] = read(type.toLowerCase())
  probe.remove()
  return colors
}

/** A name as it fits beside a sign: long ones are cut, and nothing in them turns the text around. */
export function label(name: string): string {
  const text = name.replace(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]|\p{Cc}/gu, '')
  const points = Array.from(text)
  return points.length > 42 ? `${points.slice(0, 40).join('')}…` : text
}

export const tieLabel = (tie: NetworkTie): string => {
  const types = [...new Set(tie.links.map((l) => (l.type ? lower(l.type) : 'statement')))]
  return tie.count === 1 ? (types[0] ?? '') : types.length === 1 ? `${tie.count} × ${types[0]}` : `${tie.count} links`
}

export const tieWidth = (tie: NetworkTie): number => Math.min(1.5 + Math.log2(Math.max(tie.count, 1)), 6)
export const signSize = (seed: boolean): number => (seed ? 30 : 22)

/** Which ends of a tie have an arrow: those to which all its links lead. */
export function arrows(tie: NetworkTie): { a: boolean; b: boolean } {
  let [a, b] = [false, false]
  for (const l of tie.links) {
    if (l.direction === 'ANY') continue
    const to = l.direction === 'OUT' ? l.to : l.from
    if (to === tie.a) a = true
    else b = true
  }
  return { a, b }
}

function style(c: Colors, many: boolean, telling: boolean): cytoscape.StylesheetJson {
  const font = getComputedStyle(document.body).fontFamily
  return [
    {
      selector: 'node',
      style: {
        width: signSize(false),
        height: signSize(false),
        label: 'data(label)',
        color: c.ink,
        'font-family': font,
        'font-size': 12,
        'min-zoomed-font-size': many ? 10 : 6,
        'text-valign': 'bottom',
        ...(!many && { 'text-wrap': 'wrap' as const, 'text-max-width': '120px' }),
        'text-margin-y': 4,
        'text-background-color': c.paper,
        'text-background-opacity': many ? 0 : 0.8,
        'text-background-padding': '1px',
        'overlay-opacity': 0,
      },
    },
    ...entityTypes.map((type) => ({
      selector: `node.${type}`,
      style: {
        shape: shapes[type],
        'background-color': c[type],
        ...(type === 'PLACE' && { 'shape-polygon-points': [-1, -1, 1, -1, 0, 1] }),
        ...(type === 'TOPIC' && { 'background-color': c.paper, 'border-width': 3, 'border-color': c.TOPIC }),
      },
    })),
    {
      selector: 'node.seed',
      style: { width: signSize(true), height: signSize(true), 'font-weight': 'bold' as const, 'font-size': 13 },
    },
    {
      selector: 'edge',
      style: {
        width: 'data(width)' as unknown as number,
        'line-color': c.link,
        'curve-style': many ? 'haystack' : 'straight',
        'overlay-opacity': 0,
        ...(!many && {
          label: telling ? 'data(label)' : '',
          color: c.quiet,
          'font-family': font,
          'font-size': 9,
          'min-zoomed-font-size': 8,
          'text-rotation': 'autorotate' as const,
          'text-background-color': c.paper,
          'text-background-opacity': 0.9,
          'target-arrow-color': c.link,
          'source-arrow-color': c.link,
          'arrow-scale': 0.9,
        }),
      },
    },
    ...(many
      ? []
      : [
          { selector: 'edge.to-b', style: { 'target-arrow-shape': 'triangle' as const } },
          { selector: 'edge.to-a', style: { 'source-arrow-shape': 'triangle' as const } },
        ]),
    { selector: 'edge.said', style: { 'line-style': 'dashed' as const } },
    { selector: 'edge.aside', style: { opacity: 0.2 } },
    { selector: 'edge.near', style: { label: 'data(label)' } },
    {
      selector: 'edge.way',
      style: { 'line-color': c.accent, 'target-arrow-color': c.accent, 'source-arrow-color': c.accent, 'z-index': 2 },
    },
    { selector: '.waiting', style: { display: 'none' } },
    { selector: 'node.pinned', style: { 'border-width': 3, 'border-color': c.ink, 'border-style': 'double' as const } },
    {
      selector: ':selected',
      style: {
        label: 'data(label)',
        'line-color': c.accent,
        'target-arrow-color': c.accent,
        'source-arrow-color': c.accent,
        'underlay-color': c.accent,
        'underlay-opacity': 0.25,
        'underlay-padding': 7,
      },
    },
  ] as cytoscape.StylesheetJson
}

export interface Handlers {
  chosen: (id: string | null) => void
  moved: (id: string, to: Point) => void
  /** Entities get their places, or have them. */
  arranging: (busy: boolean) => void
}

export interface Sight {
  seen: Seen
  stages: string[][]
  seeds: Set<string>
  /** The ties of the paths that were asked for. */
  ways: Set<string>
  pins: Map<string, Point>
  at: string | null
}

// Where entities lie, for as long as the page is open: back on a network, one finds it as one left it.
const places = new Map<string, Point>()

/** Entities from which on signs and lines are drawn more simply. */
const simply = 300
/** Lines up to which each tells what it is; of more, only those of what is chosen. */
const telling = 30

export class Drawing {
  private cy: cytoscape.Core
  private worker: Worker
  private asked = 0
  private sight: Sight | null = null
  private many = false
  private telling = true
  private fitted = false
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)')
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)')

  constructor(
    private box: HTMLElement,
    private on: Handlers,
  ) {
    withoutStyleElement()
    cytoscape.warnings(false) // of lines between signs that lie upon each other
    this.cy = cytoscape({
      container: box,
      style: style(colorsNow(), false, true),
      minZoom: 0.03,
      maxZoom: 4,
      boxSelectionEnabled: false,
      selectionType: 'single',
    })
    this.worker = new Worker(new URL('./networklayout.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<LaidOut>) => this.arranged(data)
    this.worker.onerror = () => this.on.arranging(false)
    this.cy.on('tap', (e) => this.on.chosen(e.target === this.cy ? null : e.target.id()))
    this.cy.on('dragfree', 'node', (e) => {
      const to = { ...e.target.position() }
      places.set(e.target.id(), to)
      this.on.moved(e.target.id(), to)
    })
    this.scheme.addEventListener('change', this.restyle)
  }

  private restyle = () => {
    this.cy.style(style(colorsNow(), this.many, this.telling))
  }

  /** Shows a network: what is new gets a place, what is there stays where it is. */
  show(sight: Sight) {
    const first = this.sight === null
    this.sight = sight
    const { seen, pins } = sight
    for (const [id, to] of pins) places.set(id, to)
    if (!seen.nodes.some((n) => places.has(n.id))) this.fitted = false // another network
    const many = seen.nodes.length > simply
    const tells = seen.ties.length <= telling
    if (many !== this.many || tells !== this.telling) {
      this.many = many
      this.telling = tells
      this.restyle()
    }
    const nodes = new Map(seen.nodes.map((n) => [n.id, n]))
    const ties = new Map(seen.ties.map((t) => [t.id, t]))
    this.cy.batch(() => {
      this.cy
        .elements()
        .filter((e) => !nodes.has(e.id()) && !ties.has(e.id()))
        .remove()
      const fresh: cytoscape.ElementDefinition[] = []
      for (const n of seen.nodes) {
        if (this.cy.getElementById(n.id).empty())
          fresh.push({
            group: 'nodes',
            data: { id: n.id, label: label(n.name) },
            classes: n.type,
            position: { ...(places.get(n.id) ?? { x: 0, y: 0 }) },
          })
      }
      for (const t of seen.ties) {
        const data = {
          id: t.id,
          source: t.a,
          target: t.b,
          label: tieLabel(t),
          width: tieWidth(t),
        }
        const known = this.cy.getElementById(t.id)
        if (known.nonempty()) known.data({ label: data.label, width: data.width })
        else fresh.push({ group: 'edges', data })
      }
      this.cy.add(fresh)
      for (const n of this.cy.nodes().toArray()) {
        n.toggleClass('seed', sight.seeds.has(n.id()))
        n.toggleClass('pinned', pins.has(n.id()))
        const to = pins.get(n.id())
        if (to) n.position({ ...to })
      }
      for (const e of this.cy.edges().toArray()) {
        const tie = ties.get(e.id())
        if (!tie) continue
        const to = arrows(tie)
        e.toggleClass('to-a', to.a)
        e.toggleClass('to-b', to.b)
        e.toggleClass('way', sight.ways.has(tie.id))
        e.toggleClass(
          'said',
          tie.links.every((l) => l.type === null),
        )
      }
      this.cy.elements().unselect()
      this.cy.edges().removeClass('near aside')
      const chosen = this.cy.getElementById(sight.at ?? '')
      chosen.select()
      if (chosen.nonempty() && chosen.isNode()) {
        const near = chosen.connectedEdges().addClass('near')
        this.cy.edges().difference(near).addClass('aside')
      }
    })
    const waiting = seen.nodes.filter((n) => !places.has(n.id))
    if (waiting.length > 0) {
      this.cy.batch(() => {
        for (const n of waiting) this.cy.getElementById(n.id).addClass('waiting')
      })
      this.on.arranging(true)
      const layout: Layout = {
        number: ++this.asked,
        stages: sight.stages,
        edges: seen.ties.map((t) => [t.a, t.b]),
        places: seen.nodes.flatMap((n) => {
          const at = places.get(n.id)
          return at ? [[n.id, at] as [string, Point]] : []
        }),
      }
      this.worker.postMessage(layout)
    } else {
      this.asked++
      this.on.arranging(false)
      if (first || !this.fitted) this.fit()
    }
  }

  private arranged({ number, places: found }: LaidOut) {
    for (const [id, at] of found) if (!places.has(id)) places.set(id, at)
    if (number !== this.asked) return
    this.cy.batch(() => {
      for (const n of this.cy.nodes().toArray()) {
        const at = places.get(n.id())
        if (at) n.position({ ...at })
        n.removeClass('waiting')
      }
    })
    const { x1, y1, x2, y2 } = this.cy.extent()
    const box = this.cy.elements().boundingBox()
    const outside = box.x1 < x1 || box.y1 < y1 || box.x2 > x2 || box.y2 > y2
    if (!this.fitted) this.fit()
    else if (outside) this.fit(true)
    this.on.arranging(false)
  }

  /** Gives all that is not pinned another place. */
  rearrange() {
    if (!this.sight) return
    for (const n of this.sight.seen.nodes) if (!this.sight.pins.has(n.id)) places.delete(n.id)
    this.fitted = false
    this.show(this.sight)
  }

  fit(slowly = false) {
    this.fitted = true
    this.cy.resize()
    const few = this.cy.nodes().length < simply
    if (slowly && few && !this.calm.matches) {
      this.cy.animate({ fit: { eles: this.cy.elements(), padding: 30 }, duration: 250 })
      return
    }
    this.cy.fit(undefined, 30)
    if (this.cy.zoom() > 1.4) {
      this.cy.zoom(1.4)
      this.cy.center()
    }
  }

  zoom(by: number) {
    this.cy.zoom({
      level: this.cy.zoom() * by,
      renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 },
    })
  }

  pan(x: number, y: number) {
    this.cy.panBy({ x, y })
  }

  /** Brings what is chosen into view. */
  reveal(id: string) {
    const e = this.cy.getElementById(id)
    if (e.empty()) return
    const { x1, y1, x2, y2 } = e.renderedBoundingBox()
    if (x1 < 0 || y1 < 0 || x2 > this.cy.width() || y2 > this.cy.height()) this.cy.center(e)
  }

  /** The entity that lies nearest in a direction, from one or from the middle. */
  beside(id: string | null, dx: number, dy: number): string | null {
    const from = id ? this.cy.getElementById(id) : this.cy.collection()
    const { x1, y1, x2, y2 } = this.cy.extent()
    const at = from.nonempty() && from.isNode() ? from.position() : { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }
    let best: string | null = null
    let least = Number.POSITIVE_INFINITY
    for (const n of this.cy.nodes().toArray()) {
      if (n.id() === id) continue
      const { x, y } = n.position()
      const along = (x - at.x) * dx + (y - at.y) * dy
      const across = Math.abs((x - at.x) * dy) + Math.abs((y - at.y) * dx)
      if (from.nonempty() && along <= 0) continue
      const cost = from.nonempty() ? along + 2 * across : Math.hypot(x - at.x, y - at.y)
      if (cost < least) [best, least] = [n.id(), cost]
    }
    return best
  }

  places(): Map<string, Point> {
    return new Map(this.cy.nodes().map((n) => [n.id(), { ...n.position() }]))
  }

  png(): Promise<Blob> {
    return this.cy.png({
      full: true,
      scale: 2,
      maxWidth: 6000,
      maxHeight: 6000,
      bg: colorsNow().paper,
      output: 'blob-promise',
    })
  }

  end() {
    this.scheme.removeEventListener('change', this.restyle)
    this.worker.terminate()
    this.cy.destroy()
    this.box.replaceChildren()
  }
}

/**
 * Cytoscape writes a style element for its box, which the page's policy refuses and says so on the console, unless
 * there is an element with that id. The rule itself is in network.css.
 */
function withoutStyleElement() {
  const id = '__________cytoscape_stylesheet'
  if (document.getElementById(id)) return
  const stand = document.createElement('meta')
  stand.id = id
  document.head.append(stand)
}
