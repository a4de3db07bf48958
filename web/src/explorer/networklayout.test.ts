import { expect, test } from 'vitest'
import { layOut } from './networklayout'

const star = (centre: string, n: number, prefix: string) => ({
  nodes: Array.from({ length: n }, (_, i) => `${prefix}${i}`),
  edges: Array.from({ length: n }, (_, i): [string, string] => [centre, `${prefix}${i}`]),
})
const apart = (places: Iterable<{ x: number; y: number }>): number => {
  const all = [...places]
  let least = Number.POSITIVE_INFINITY
  for (const [i, a] of all.entries())
    for (const b of all.slice(0, i)) least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y))
  return least
}

test('the same network is laid out alike, and what is there stays', () => {
  const first = star('a', 20, 'b')
  const second = star('b3', 25, 'c')
  const edges = [...first.edges, ...second.edges]
  const stages = [['a', ...first.nodes], second.nodes]
  const whole = layOut({ stages, edges, places: [] })
  expect(layOut({ stages, edges, places: [] })).toEqual(whole)
  const before = layOut({ stages: stages.slice(0, 1), edges: first.edges, places: [] })
  const after = layOut({ stages, edges, places: [...before] })
  for (const [id, at] of before) expect(after.get(id)).toEqual(at)
  expect(after).toEqual(whole)
  expect(apart(after.values())).toBeGreaterThan(20)
})

test('a crowd has room around what is there', () => {
  const first = star('a', 20, 'b')
  const crowd = star('a', 1400, 'c')
  const started = performance.now()
  const places = layOut({
    stages: [['a', ...first.nodes], crowd.nodes],
    edges: [...first.edges, ...crowd.edges],
    places: [],
  })
  expect(performance.now() - started).toBeLessThan(5000)
  expect(places.size).toBe(1421)
  expect(apart(places.values())).toBeGreaterThan(20)
})

test('whatever has no ties has a place of its own', () => {
  const places = layOut({
    stages: [
      ['a', 'b', 'c'],
      ['d', 'e'],
    ],
    edges: [],
    places: [],
  })
  expect(apart(places.values())).toBeGreaterThan(20)
})
