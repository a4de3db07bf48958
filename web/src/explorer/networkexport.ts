// What is seen of a network, as files. They are made here, since only the page knows what was hidden, expanded and moved.

import type { EntityType } from './gql'
import { arrows, type Colors, label, signSize, tieWidth } from './networkdrawing'
import type { NetworkLink, NetworkNode, Point, Seen } from './networkgraph'

export interface Drawn {
  seen: Seen
  /** Where each entity lies. */
  places: Map<string, Point>
  /** With whom it began, who are drawn larger. */
  seeds: Set<string>
  colors: Colors
  font: string
}

const linksOf = (seen: Seen): NetworkLink[] => seen.ties.flatMap((t) => t.links)
/** A link's own name in a file: a statement can join several pairs. */
const edgeId = (l: NetworkLink): string => (l.type ? l.id : `${l.id}.${l.from}.${l.to}`)
const kindOf = (l: NetworkLink): string => l.type ?? 'STATEMENT'
const quoteOf = (l: NetworkLink): string => l.evidence[0]?.exact ?? ''
const sourceOf = (l: NetworkLink): string => l.evidence[0]?.source.title ?? ''
/** Where an edge of a file begins and ends: from who does something to whom it is done. */
const ends = (l: NetworkLink): [from: string, to: string] => (l.direction === 'IN' ? [l.to, l.from] : [l.from, l.to])

/** As text of XML, which has no place for some characters however they are written. */
function xml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML leaves out
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\t', '&#9;')
      .replaceAll('\n', '&#10;')
      .replaceAll('\r', '&#13;')
  )
}

/** A table of RFC 4180. What a spreadsheet would take for a formula gets a quotation mark in front. */
function csv(rows: string[][]): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** One row for each relationship or statement that joins two of them, and one for each entity without any. */
export function toCSV({ seen }: Drawn): string {
  const names = new Map(seen.nodes.map((n) => [n.id, n]))
  const name = (id: string) => names.get(id)?.name ?? ''
  const rows = [
    ['from', 'phrase', 'to', 'type', 'role', 'startDate', 'endDate', 'text', 'quote', 'source', 'fromId', 'toId', 'id'],
  ]
  for (const l of linksOf(seen)) {
    rows.push([
      name(l.from),
      l.phrase,
      name(l.to),
      kindOf(l),
      l.role ?? '',
      l.startDate ?? '',
      l.endDate ?? '',
      l.text ?? '',
      quoteOf(l),
      sourceOf(l),
      l.from,
      l.to,
      l.id,
    ])
  }
  for (const n of seen.nodes) {
    if (!seen.degree.has(n.id)) rows.push([n.name, '', '', '', '', '', '', '', '', '', n.id, '', ''])
  }
  return csv(rows)
}

export function toGEXF({ seen, places, colors }: Drawn): string {
  const edgeFields = ['role', 'startDate', 'endDate', 'text', 'quote', 'source']
  const value = (key: string, text: string | null) => text && `<attvalue for="${key}" value="${xml(text)}"/>`
  const values = (list: (string | null)[]) => {
    const text = list.filter(Boolean).join('')
    return text && `<attvalues>${text}</attvalues>`
  }
  const node = (n: NetworkNode) => {
    const { x, y } = places.get(n.id) ?? { x: 0, y: 0 }
    const [r, g, b] = rgb(colors[n.type])
    return (
      `<node id="${n.id}" label="${xml(n.name)}">${values([value('type', n.type)])}` +
      `<viz:color r="${r}" g="${g}" b="${b}"/><viz:position x="${x}" y="${-y}" z="0"/></node>`
    )
  }
  const edge = (l: NetworkLink) => {
    const [source, target] = ends(l)
    const fields = [
      value('type', kindOf(l)),
      value('role', l.role),
      value('startDate', l.startDate),
      value('endDate', l.endDate),
      value('text', l.text),
      value('quote', quoteOf(l)),
      value('source', sourceOf(l)),
    ]
    return (
      `<edge id="${edgeId(l)}" kind="${kindOf(l)}" type="${l.direction === 'ANY' ? 'undirected' : 'directed'}" ` +
      `source="${source}" target="${target}" label="${xml(kindOf(l))}">${values(fields)}</edge>`
    )
  }
  const attribute = (id: string) => `<attribute id="${id}" title="${id}" type="string"/>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><meta><creator>Dramatis</creator></meta>
<graph mode="static" defaultedgetype="directed">
<attributes class="node">${attribute('type')}</attributes>
<attributes class="edge">${['type', ...edgeFields].map(attribute).join('')}</attributes>
<nodes>
${seen.nodes.map(node).join('\n')}
</nodes>
<edges>
${linksOf(seen).map(edge).join('\n')}
</edges>
</graph>
</gexf>
`
}

/** As Cytoscape keeps a network. */
export function toJSON({ seen, places }: Drawn): string {
  const nodes = seen.nodes.map((n) => ({
    data: { id: n.id, name: n.name, type: n.type },
    position: places.get(n.id) ?? { x: 0, y: 0 },
  }))
  const edges = linksOf(seen).map((l) => {
    const [source, target] = ends(l)
    return {
      data: {
        id: edgeId(l),
        record: l.id,
        source,
        target,
        type: kindOf(l),
        directed: l.direction !== 'ANY',
        role: l.role,
        startDate: l.startDate,
        endDate: l.endDate,
        text: l.text,
        evidence: l.evidence.map((e) => ({
          source: { id: e.source.id, title: e.source.title, publishedDate: e.source.publishedDate },
          exact: e.exact,
          start: e.start,
          end: e.end,
        })),
      },
    }
  })
  return JSON.stringify({ elements: { nodes, edges } }, null, 1)
}

/** rgb(1, 2, 3) → 1, 2, 3 */
function rgb(color: string): [number, number, number] {
  const [r, g, b] = (color.match(/[\d.]+/g) ?? []).map(Number)
  return [r ?? 0, g ?? 0, b ?? 0]
}

/** The outline of a type's sign around a point. */
function sign(type: EntityType, { x, y }: Point, size: number, colors: Colors): string {
  const h = size / 2
  const points = (list: [number, number][]) =>
    `<polygon points="${list.map(([dx, dy]) => `${x + dx * h},${y + dy * h}`).join(' ')}" fill="${colors[type]}"/>`
  switch (type) {
    case 'PERSON':
      return `<circle cx="${x}" cy="${y}" r="${h}" fill="${colors.PERSON}"/>`
    case 'TOPIC':
      return `<circle cx="${x}" cy="${y}" r="${h - 1.5}" fill="${colors.paper}" stroke="${colors.TOPIC}" stroke-width="3"/>`
    case 'ORGANIZATION':
      return points([
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ])
    case 'POSITION':
      return points([
        [0, -1],
        [1, 1],
        [-1, 1],
      ])
    case 'PLACE':
      return points([
        [-1, -1],
        [1, -1],
        [0, 1],
      ])
    case 'EVENT':
      return points([
        [0, -1],
        [1, 0],
        [0, 1],
        [-1, 0],
      ])
  }
}

/** The drawing, with its texts as texts. */
export function toSVG({ seen, places, seeds, colors, font }: Drawn): string {
  const at = (id: string) => places.get(id) ?? { x: 0, y: 0 }
  const xs = seen.nodes.map((n) => at(n.id).x)
  const ys = seen.nodes.map((n) => at(n.id).y)
  const [left, top] = [Math.min(0, ...xs) - 140, Math.min(0, ...ys) - 40]
  const [right, bottom] = [Math.max(0, ...xs) + 140, Math.max(0, ...ys) + 60]
  const lines = seen.ties.map((t) => {
    const [a, b] = [at(t.a), at(t.b)]
    const far = Math.hypot(b.x - a.x, b.y - a.y) || 1
    const [ux, uy] = [(b.x - a.x) / far, (b.y - a.y) / far]
    const head = (id: string, side: 1 | -1) => {
      const away = signSize(seeds.has(id)) / 2 + 2
      const p = at(id)
      const tip = { x: p.x - side * ux * away, y: p.y - side * uy * away }
      const back = { x: tip.x - side * ux * 9, y: tip.y - side * uy * 9 }
      return `<polygon points="${tip.x},${tip.y} ${back.x - uy * 4},${back.y + ux * 4} ${back.x + uy * 4},${back.y - ux * 4}" fill="${colors.link}"/>`
    }
    const to = arrows(t)
    const dashed = t.links.every((l) => l.type === null) ? ' stroke-dasharray="6 4"' : ''
    return (
      `<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" stroke="${colors.link}" stroke-width="${tieWidth(t)}"${dashed}/>` +
      (to.b ? head(t.b, 1) : '') +
      (to.a ? head(t.a, -1) : '')
    )
  })
  const signs = seen.nodes.map((n) => {
    const p = at(n.id)
    const size = signSize(seeds.has(n.id))
    return (
      `<g><title>${xml(n.name)}</title>${sign(n.type, p, size, colors)}` +
      `<text x="${p.x}" y="${p.y + size / 2 + 15}"${seeds.has(n.id) ? ' font-weight="bold"' : ''}>${xml(label(n.name))}</text></g>`
    )
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${right - left} ${bottom - top}" width="${right - left}" height="${bottom - top}">
<rect x="${left}" y="${top}" width="100%" height="100%" fill="${colors.paper}"/>
<g stroke-linecap="butt">
${lines.join('\n')}
</g>
<g font-family="${xml(font)}" font-size="12" text-anchor="middle" fill="${colors.ink}" stroke-linejoin="round">
${signs.join('\n')}
</g>
</svg>
`
}
