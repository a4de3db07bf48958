import { pick, useGraphiQL } from '@graphiql/react'
import { useMemo, useState } from 'react'
import { toCSV } from './csv'
import { findTables, type Table } from './table'

/**
 * Stands below the answer and shows it as JSON, which is GraphiQL's own view, or as a table over that (style.css hides
 * the other).
 */
export function Answer() {
  const { tabs, activeTabIndex } = useGraphiQL(pick('tabs', 'activeTabIndex'))
  const tab = tabs[activeTabIndex]
  const answer = useMemo(() => read(tab?.response), [tab?.response])
  const [asTable, setAsTable] = useState(false)
  const [path, setPath] = useState('')
  const table = answer.tables.find((t) => t.path === path) ?? answer.tables.find((t) => t.rows.length > 0)
  return (
    <>
      {asTable && (
        <section className="answer-table" aria-label="Answer as a table">
          {table ? (
            <Rows table={table} />
          ) : (
            <p>{answer.given ? 'The answer has no data.' : 'Nothing was asked yet.'}</p>
          )}
        </section>
      )}
      <fieldset className="answer-bar" aria-label="Answer">
        <button type="button" aria-pressed={!asTable} onClick={() => setAsTable(false)}>
          JSON
        </button>
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(true)}>
          Table
        </button>
        {asTable && answer.tables.length > 1 && table && (
          <select aria-label="List shown" value={table.path} onChange={(e) => setPath(e.target.value)}>
            {answer.tables.map((t) => (
              <option key={t.path}>{t.path}</option>
            ))}
          </select>
        )}
        {asTable && table && (
          <span className="answer-note">
            {table.rows.length} {table.rows.length === 1 ? 'row' : 'rows'}
            {answer.errors > 0 && ', with errors: see JSON'}
          </span>
        )}
        <button
          type="button"
          className="answer-download"
          disabled={!table}
          onClick={() => table && download(table, tab?.title)}
        >
          Download CSV
        </button>
      </fieldset>
    </>
  )
}

/** What there is to show of an answer; while there is none, or it is no JSON, nothing. */
function read(response: string | null | undefined): { given: boolean; errors: number; tables: Table[] } {
  try {
    const { data, errors } = JSON.parse(response ?? '')
    return { given: true, errors: errors?.length ?? 0, tables: findTables(data) }
  } catch {
    return { given: Boolean(response), errors: 0, tables: [] }
  }
}

function Rows({ table }: { table: Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className="answer-scroll" tabIndex={0}>
      <table>
        <caption className="unseen">{table.path || 'The answer'}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={table.columns[j]} className={typeof cell === 'number' ? 'number' : undefined}>
                  {String(cell ?? '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function download(table: Table, title = 'answer') {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([toCSV(table)], { type: 'text/csv;charset=utf-8' }))
  link.download = `${[title, table.path]
    .join('-')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')}.csv`
  link.click()
  // not at once: the browser reads it after this
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
