import { expect, test } from 'vitest'
import { findTables } from './table'

test('the lists of an answer, in its order, but not those inside them', () => {
  const tables = findTables({
    in2013: { nodes: [{ name: 'Crimea', relationships: { edges: [] } }] },
    in2015: { edges: [{ cursor: 'a', node: { name: 'Crimea' } }] },
    ids: ['x', 'y'],
  })
  expect(tables.map((t) => t.path)).toEqual(['in2013.nodes', 'in2015.edges'])
  expect(tables[0]).toEqual({
    path: 'in2013.nodes',
    columns: ['name', 'relationships.edges'],
    rows: [['Crimea', null]],
  })
  expect(tables[1]?.columns).toEqual(['cursor', 'node.name'])
})

test('nested objects are dotted columns, nested lists are joined and keep their places', () => {
  const [table] = findTables({
    nodes: [
      {
        speakers: [{ name: 'A' }, { name: 'B' }],
        evidence: [{ exact: 'x', start: 1 }, { exact: 'y' }, { exact: null, start: 3 }],
        tags: ['p', 'q'],
      },
      { speakers: [{ name: 'C' }], evidence: [{ exact: 'z', start: 7 }], tags: [] },
    ],
  })
  expect(table?.columns).toEqual(['speakers.name', 'evidence.exact', 'evidence.start', 'tags'])
  expect(table?.rows).toEqual([
    ['A | B', 'x | y | ', '1 |  | 3', 'p | q'],
    ['C', 'z', 7, null],
  ])
})

test('where an object or a list is absent there is no column of its own', () => {
  const [table] = findTables({
    list: [
      { at: null, for: [], end: null },
      { at: { name: 'Geneva' }, for: [{ name: 'US' }], end: null },
    ],
  })
  expect(table?.columns).toEqual(['end', 'at.name', 'for.name'])
  expect(table?.rows).toEqual([
    [null, null, null],
    [null, 'Geneva', 'US'],
  ])
})

test('rows that differ, and a row that is null', () => {
  const [table] = findTables({ list: [{ a: 1 }, null, { b: false }] })
  expect(table).toEqual({
    path: 'list',
    columns: ['a', 'b'],
    rows: [
      [1, null],
      [null, null],
      [null, false],
    ],
  })
})

test('an answer without a list is one row; no answer is no table', () => {
  expect(findTables({ stats: { entities: 3, types: ['A', 'B'] } })).toEqual([
    { path: '', columns: ['stats.entities', 'stats.types'], rows: [[3, 'A | B']] },
  ])
  expect(findTables(null)).toEqual([])
  expect(findTables(undefined)).toEqual([])
})
