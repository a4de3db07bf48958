import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import 'graphiql/graphiql.css'
import './style.css'
import './workers'
import { GraphiQL } from 'graphiql'
import { createRoot } from 'react-dom/client'
import { Answer } from './answer'
import { type Example, examplesPlugin, fetchExamples, toQuery } from './examples'
import { fetcher } from './fetcher'
import { CopyLink, OpenLinks } from './links'
import { fromFragment } from './permalink'
import { Theme } from './theme'

function playground(examples: Example[]) {
  const plugin = examplesPlugin(examples)
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={examples.length > 0 ? examples.map((e) => ({ query: toQuery(e) })) : undefined}
      defaultQuery=""
      // Without GraphiQL's history: it keeps the headers of each query in the browser's storage, tokens and all.
      plugins={[plugin]}
      showPersistHeadersSettings={false}
      defaultEditorToolsVisibility={fromFragment(location.hash)?.variables ? 'variables' : undefined}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <a href="../">Dramatis</a>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyLink />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <Answer />
      </GraphiQL.Footer>
      <h1 className="unseen">Dramatis playground</h1>
      <OpenLinks />
      <Theme />
    </GraphiQL>
  )
}

const root = document.getElementById('root')
if (root) createRoot(root).render(playground(await fetchExamples()))
