import type { Cell, Table } from './table'

/**
 * A table as RFC 4180 has it. It begins with a byte order mark, without which Excel takes UTF-8 for something else.
 */
export function toCSV({ columns, rows }: Table): string {
  return `\uFEFF${[columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')}`
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe before it: what stands in the graph may come from
 * anywhere. Numbers are let be.
 */
function field(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
