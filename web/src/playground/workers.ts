// graphiql/setup-workers/vite does the same and reports each worker on the console.

import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker'
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker'
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker'

// Monaco asks for a worker when it first has work for it.
self.MonacoEnvironment = {
  getWorker(_id: string, label: string) {
    if (label === 'graphql') return new GraphQLWorker()
    if (label === 'json') return new JsonWorker()
    return new EditorWorker()
  },
}
