/** A cell is what JSON has as a scalar, or the scalars of a nested list, joined. */
export type Cell = string | number | boolean | null

export interface Table {
  /** Where in the answer it was found, such as "entity.statementsMade.nodes"; empty for the answer as a whole. */
  path: string
  columns: string[]
  rows: Cell[][]
}

type Json = Cell | Json[] | { [key: string]: Json }

/** Between the values of a list in one cell. Not ";" or ",": quotes are full of them. */
const SEPARATOR = ' | '

/**
 * The tables in the data of an answer, in its order: each list of objects that is not inside another one. The lists
 * inside become columns. An answer without a list is one row.
 */
export function findTables(data: unknown): Table[] {
  const found: Table[] = []
  const visit = (value: Json, path: string) => {
    if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) visit(child, path ? `${path}.${key}` : key)
    } else if (Array.isArray(value) && value.some(isObject)) {
      found.push(toTable(path, value))
    }
  }
  visit(data as Json, '')
  if (found.length === 0 && isObject(data as Json)) found.push(toTable('', [data as Json]))
  return found
}

function toTable(path: string, list: Json[]): Table {
  const seen = new Map<string, boolean>() // column to whether any row has a value in it
  const flat = list.map((item) => {
    const cells = new Map<string, Cell>()
    if (item !== null) flatten(item, '', cells)
    for (const [column, cell] of cells) seen.set(column, seen.get(column) || cell !== null)
    return cells
  })
  // Where an object is absent from one row there is "atEvent", from the others "atEvent.name": the former is no column.
  const all = [...seen.keys()]
  const columns = all.filter((c) => seen.get(c) || !all.some((other) => other.startsWith(`${c}.`)))
  return { path, columns, rows: flat.map((cells) => columns.map((c) => cells.get(c) ?? null)) }
}

function flatten(value: Json, path: string, into: Map<string, Cell>): void {
  if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) flatten(child, path ? `${path}.${key}` : key, into)
  } else if (Array.isArray(value)) {
    flattenList(value, path, into)
  } else {
    into.set(path, value)
  }
}

/** The items of a list share their columns; what an item lacks leaves its place empty, so that places correspond. */
function flattenList(list: Json[], path: string, into: Map<string, Cell>): void {
  const items = list.map((item) => {
    const cells = new Map<string, Cell>()
    flatten(item, path, cells)
    return cells
  })
  if (items.length === 0) into.set(path, null)
  for (const column of new Set(items.flatMap((cells) => [...cells.keys()]))) {
    const cells = items.map((item) => item.get(column) ?? null)
    into.set(column, cells.length === 1 ? (cells[0] ?? null) : join(cells))
  }
}

function join(cells: Cell[]): Cell {
  return cells.every((cell) => cell === null) ? null : cells.map((cell) => cell ?? '').join(SEPARATOR)
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
