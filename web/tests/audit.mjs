// The audits of GraphQL over HTTP, against the server at DRAMATIS_URL: all of them pass.
import { auditServer } from 'graphql-http'

const results = await auditServer({ url: `${process.env.DRAMATIS_URL}/graphql` })
const failed = results.filter((r) => r.status !== 'ok')
for (const r of failed) console.error(`${r.status} ${r.id} ${r.name}: ${r.reason}`)
console.log(`${results.length - failed.length} passed, ${failed.length} failed`)
process.exit(failed.length === 0 && results.length >= 61 ? 0 : 1)
