import { expect, test } from 'vitest'
import { addressOf } from './address'
import { expanded, type Found, further, type NetworkNode, readRecipe, see, tieId, written } from './networkgraph'

test('a recipe is written as it is read', () => {
  const address =
    'ids=ent_a&ids=ent_b&depth=2&limit=50&from=ent_a&to=ent_c&expand=ent_a.MEMBER_OF.2&type=MEMBER_OF&statements=false' +
    '&asOf=2022-01&certainOnly=true&hide=ent_d&off=PLACE&pin=ent_a.-12.40&at=ent_b'
  const recipe = readRecipe(new URLSearchParams(address))
  expect(recipe.expand).toEqual([{ id: 'ent_a', type: 'MEMBER_OF', pages: 2 }])
  expect(recipe.pins.get('ent_a')).toEqual({ x: -12, y: 40 })
  expect(addressOf('network', written(recipe))).toBe(`./network?${address}`)
  expect(addressOf('network', written(readRecipe(new URLSearchParams('ids=ent_a'))))).toBe('./network?ids=ent_a')
})

test('an address that makes no sense is read as well as can be', () => {
  const recipe = readRecipe(
    new URLSearchParams('ids=&limit=x&depth=9&expand=a&expand=b.HOLDS.x&pin=a.b.c&expand=c.HOLDS.999'),
  )
  expect(recipe).toMatchObject({ ids: [], limit: 25, depth: 3 })
  expect(recipe.expand).toEqual([{ id: 'c', type: 'HOLDS', pages: 60 }])
  expect(recipe.pins.size).toBe(0)
})

test('an expansion goes on where it was', () => {
  const recipe = readRecipe(new URLSearchParams('ids=a&expand=a.HOLDS.1&expand=b.HOLDS.1'))
  expect(expanded(recipe, 'a', 'HOLDS').map((e) => `${e.id} ${e.pages}`)).toEqual(['a 2', 'b 1'])
  expect(expanded(recipe, 'a', 'OWNS')).toHaveLength(3)
})

function found(): Found {
  const node = (id: string, type: NetworkNode['type'], total = 0): [string, NetworkNode] => [
    id,
    { id, type, name: id, stage: 0, counts: total > 0 ? [{ type: 'MEMBER_OF', total }] : [] },
  ]
  const link = (id: string, from: string, to: string) => ({
    id,
    type: 'MEMBER_OF' as const,
    from,
    to,
    phrase: 'is a member of',
    role: null,
    direction: 'OUT' as const,
    startDate: null,
    endDate: null,
    text: null,
    evidence: [],
  })
  const tie = (a: string, b: string) => ({ id: tieId(a, b), a, b, links: [link(`${a}${b}`, a, b)], count: 1 })
  const ties = [tie('p', 'o'), tie('q', 'o'), tie('p', 'q')]
  return {
    nodes: new Map([node('p', 'PERSON', 2), node('o', 'ORGANIZATION', 30), node('q', 'PERSON', 2)]),
    ties: new Map(ties.map((t) => [t.id, t])),
    paths: null,
    beyond: new Map(),
    more: 0,
    cut: [],
    incomplete: false,
  }
}

test('what is hidden takes its ties with it, and too many are left out', () => {
  const seen = see(found(), { hidden: ['o'], off: [] })
  expect(seen.nodes.map((n) => n.id)).toEqual(['p', 'q'])
  expect(seen.ties.map((t) => t.id)).toEqual(['p~q'])
  expect(see(found(), { hidden: [], off: ['PERSON'] })).toMatchObject({ nodes: [{ id: 'o' }], ties: [] })
  expect(see(found(), { hidden: [], off: [] }, 2)).toMatchObject({ tooMany: 1, ties: [{ id: 'o~p' }] })
})

test('how much further one can go', () => {
  const all = found()
  const node = all.nodes.get('o')
  if (!node) throw new Error('there is an o')
  expect(further(all, node)).toEqual([{ type: 'MEMBER_OF', total: 30, more: 28 }])
  all.beyond.set('o.MEMBER_OF', 5)
  expect(further(all, node)[0]?.more).toBe(5)
})
