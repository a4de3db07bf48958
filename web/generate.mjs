// Writes what the operations in src/explorer/operations make: src/explorer/gql.ts, with the types of their variables and
// answers, and documents.json, their texts by their hashes, which the server answers whatever others it is told to trust.
// With --check it only proves that the files are that.

import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codegen } from '@graphql-codegen/core'
import * as typedDocuments from '@graphql-codegen/typed-document-node'
import * as operationTypes from '@graphql-codegen/typescript-operations'
import { buildSchema, parse } from 'graphql'

const root = import.meta.dirname
const folder = join(root, 'src/explorer/operations')
const target = join(root, 'src/explorer/gql.ts')

const schemaText = await readFile(join(root, '../schema.graphqls'), 'utf8')
const documents = []
for (const name of (await readdir(folder)).sort()) {
  documents.push({ location: name, document: parse(await readFile(join(folder, name), 'utf8')) })
}
const made = await codegen({
  filename: target,
  schema: parse(schemaText),
  schemaAst: buildSchema(schemaText),
  documents,
  config: {
    documentMode: 'string',
    enumType: 'string-literal',
    scalars: { ID: 'string', PartialDate: 'string', DateTime: 'string', BigInt: 'string' },
    dedupeFragments: true,
    skipTypename: false,
    useTypeImports: true,
  },
  plugins: [{ 'typescript-operations': {} }, { 'typed-document-node': {} }],
  pluginMap: { 'typescript-operations': operationTypes, 'typed-document-node': typedDocuments },
})
const texts = [...made.matchAll(/ = new TypedDocumentString\(`(\s*query [^`]*)`/g)].map((m) => m[1] ?? '')
const byHash = texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]).sort()
const files = {
  'src/explorer/gql.ts': `// Written by generate.mjs from operations/ and schema.graphqls; not to be edited.\n${made}\n`,
  'documents.json': `${JSON.stringify(Object.fromEntries(byHash), null, 1)}\n`,
}
for (const [name, content] of Object.entries(files)) {
  const path = join(root, name)
  if (!process.argv.includes('--check')) {
    await writeFile(path, content)
  } else if ((await readFile(path, 'utf8')) !== content) {
    console.error(`${name} is not what the operations make: npm run generate`)
    process.exitCode = 1
  }
}
