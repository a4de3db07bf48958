// The peer: an API of the same graph made by @neo4j/graphql, as its documentation recommends for speed, and for each
// question in the fastest form that was found: the generated API where it is as fast, @cypher where it has no way or
// is slower. One concrete type for entities: with an interface each read is a union, and slower.
import { createServer } from 'node:http'
import { Neo4jGraphQL } from '@neo4j/graphql'
import { createYoga } from 'graphql-yoga'
import neo4j from 'neo4j-driver'

const ties =
  'P_MEMBER_OF|P_EMPLOYED_BY|P_LEADS|P_DIRECTS|P_OWNS|P_SANCTIONS|P_HOLDS|P_POSITION_IN|P_LOCATED_IN|P_PARTICIPATED_IN|P_ORGANIZED|P_ASSOCIATE_OF|P_OPPOSES'

const typeDefs = `#graphql
  extend schema @query(aggregate: false, connection: false) @mutation(operations: []) @subscription(events: [])

  type PEntity @node(labels: ["P_Entity"]) {
    id: ID!
    type: String!
    name: String!
    nameKey: String!
    aliases: [String!]
    description: String
    startDate: String
    sort: String!
    latestRelationships: [Tie!]! @cypher(columnName: "tie", statement: """
      MATCH (this)-[r:${ties}]-(o) WITH r, o ORDER BY r.latest DESC LIMIT 20
      RETURN {id: r.id, type: substring(type(r), 2), role: r.role, startDate: r.startDate, endDate: r.endDate, other: {id: o.id, name: o.name}} AS tie
    """)
    # As a list field of the generated API, all statements would get their speakers, sources and events before the
    # first ten are taken.
    latestStatements: [Said!]! @cypher(columnName: "said", statement: """
      MATCH (this)<-[:P_ABOUT]-(s) WITH s ORDER BY s.latest DESC LIMIT 10
      RETURN {id: s.id, text: s.text, date: s.date, speakers: [(s)-[:P_SPEAKER]->(p) | {id: p.id, name: p.name}],
        evidence: [(s)-[:P_EVIDENCE]->(x) | {title: x.title}], atEvent: head([(s)-[:P_AT_EVENT]->(v) | {name: v.name}])} AS said
    """)
    within: [Named!]! @cypher(columnName: "near", statement: """
      MATCH (this)-[:${ties}*1..2]-(o) WHERE o <> this WITH DISTINCT o LIMIT 199 RETURN {id: o.id, name: o.name} AS near
    """)
    firstParticipants: [Tie!]! @cypher(columnName: "tie", statement: """
      MATCH (this)<-[r:P_PARTICIPATED_IN]-(o) WITH r, o ORDER BY r.sort LIMIT 10
      RETURN {role: r.role, other: {id: o.id, name: o.name}} AS tie
    """)
    # The generated count would visit all members: COUNT {} looks up a degree.
    firstMemberships: [Tie!]! @cypher(columnName: "tie", statement: """
      MATCH (this)-[r:P_MEMBER_OF]->(o) WITH r, o ORDER BY r.sort LIMIT 5
      RETURN {other: {id: o.id, name: o.name, members: COUNT { (o)<-[:P_MEMBER_OF]-() }}} AS tie
    """)
  }

  type Named {
    id: ID!
    name: String!
    members: Int
  }

  type Tie {
    id: ID
    type: String
    role: String
    startDate: String
    endDate: String
    other: Named!
  }

  type Said {
    id: ID!
    text: String!
    date: String
    speakers: [Named!]!
    evidence: [Titled!]!
    atEvent: Happening
  }

  type Titled {
    title: String!
  }

  type Happening {
    name: String!
  }

  type Path {
    nodes: [Named!]!
  }

  type Upserted {
    person: ID!
    relationship: ID!
  }

  input PersonInput {
    id: ID!
    type: String!
    name: String!
    nameKey: String!
    names: String!
    aliases: [String!]
    birthDate: String
    sort: String!
  }

  input MembershipInput {
    id: ID!
    role: String
    startDate: String
    sort: String!
    latest: String!
  }

  type Query {
    # The generated @fulltext query passes no limit to the index.
    search(phrase: String!): [PEntity!]! @cypher(columnName: "node", statement: """
      CALL db.index.fulltext.queryNodes('p_names', $phrase, {limit: 10}) YIELD node RETURN node
    """)
    path(from: ID!, to: ID!): Path @cypher(columnName: "path", statement: """
      MATCH (a:P_Entity {id: $from}), (b:P_Entity {id: $to}) MATCH p = shortestPath((a)-[:${ties}*..4]-(b))
      RETURN {nodes: [n IN nodes(p) | {id: n.id, name: n.name}]} AS path
    """)
  }

  type Mutation {
    upsert(person: PersonInput!, organization: ID!, relationship: MembershipInput!): Upserted @cypher(columnName: "done", statement: """
      MERGE (p:P_Entity {id: $person.id}) SET p += $person WITH p MATCH (o:P_Entity {id: $organization})
      MERGE (p)-[r:P_MEMBER_OF {id: $relationship.id}]->(o) SET r += $relationship RETURN {person: p.id, relationship: r.id} AS done
    """)
  }
`

const { BENCH_NEO4J, DRAMATIS_NEO4J_USER, DRAMATIS_NEO4J_PASSWORD } = process.env
const driver = neo4j.driver(BENCH_NEO4J, neo4j.auth.basic(DRAMATIS_NEO4J_USER, DRAMATIS_NEO4J_PASSWORD))
const schema = await new Neo4jGraphQL({
  typeDefs,
  driver,
  features: {
    filters: { String: { GTE: true } },
    excludeDeprecatedFields: {
      mutationOperations: true,
      aggregationFilters: true,
      aggregationFiltersOutsideConnection: true,
      relationshipFilters: true,
      attributeFilters: true,
    },
  },
}).getSchema()
const yoga = createYoga({ schema, graphiql: false, landingPage: false, logging: false, maskedErrors: false })
const server = createServer(yoga)
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}/`))
process.on('SIGTERM', () => process.exit())
