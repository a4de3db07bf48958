// Writes src/explorer/gql.ts: the operations of src/explorer/operations and the types of their variables and answers.
// With --check it only proves that the file is what they make.

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
const text = `// Written by generate.mjs from operations/ and schema.graphqls; not to be edited.\n${made}\n`
if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8')) !== text) {
    console.error('src/explorer/gql.ts is not what the operations make: npm run generate')
    process.exit(1)
  }
} else {
  await writeFile(target, text)
}
