import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import type { Link } from './permalink'

/** Gives a function that shows a query in the tab that has it, or else in a new one. It never runs it. */
export function useOpen(): (link: Link) => void {
  const { addTab, changeTab } = useGraphiQLActions()
  const { tabs, queryEditor, variableEditor } = useGraphiQL(pick('tabs', 'queryEditor', 'variableEditor'))
  return ({ query, variables = '' }) => {
    const there = tabs.findIndex((tab) => tab.query === query && (tab.variables ?? '') === variables)
    if (there >= 0) {
      changeTab(there)
    } else {
      addTab()
      queryEditor?.setValue(query)
      variableEditor?.setValue(variables)
    }
  }
}
