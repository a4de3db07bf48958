import type { GraphiQLPlugin } from '@graphiql/react'
import { useOpen } from './open'

export interface Example {
  name: string
  title: string
  query: string
}

/** The examples of the server, or none if it cannot be asked: the playground is of use without. */
export async function fetchExamples(): Promise<Example[]> {
  try {
    const response = await fetch('examples.json')
    return response.ok ? await response.json() : []
  } catch {
    return []
  }
}

/**
 * An example as a tab shows it: its title as a comment, folded to be read beside the toolbar, and a name, from which
 * GraphiQL takes what it writes on the tab.
 */
export function toQuery({ name, title, query }: Example): string {
  const word = name.replace(/[^A-Za-z_]+/g, '')
  const named = query.startsWith('{') ? `query ${word.charAt(0).toUpperCase()}${word.slice(1)} ${query}` : query
  return `${title.replace(/(.{1,56})(?: |$)/g, '# $1\n')}${named}\n`
}

export function examplesPlugin(examples: Example[]): GraphiQLPlugin {
  return {
    title: 'Examples',
    icon: () => (
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
        <path d="M5 4.5h14M5 9.5h14M5 14.5h9M5 19.5h6" strokeLinecap="round" />
      </svg>
    ),
    content: () => <Examples examples={examples} />,
  }
}

function Examples({ examples }: { examples: Example[] }) {
  const open = useOpen()
  return (
    <section aria-label="Examples" className="examples">
      <h2>Examples</h2>
      <p>Questions to the graph of this server. Each opens in a tab, and can be changed there.</p>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" onClick={() => open({ query: toQuery(example) })}>
              {example.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
