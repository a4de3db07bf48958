/** What a link carries. Never headers: a token may be among them. */
export interface Link {
  query: string
  variables?: string
  operationName?: string
}

/**
 * The part of an address behind "#" that opens a query. A fragment is not sent to any server, so what somebody looks
 * into stays out of logs.
 */
export function toFragment({ query, variables, operationName }: Link): string {
  const params = new URLSearchParams({ query })
  if (variables?.trim() && variables.trim() !== '{}') params.set('variables', variables)
  if (operationName) params.set('operationName', operationName)
  return `#${params}`
}

/** The query that a fragment opens, if it is one of ours. */
export function fromFragment(fragment: string): Link | undefined {
  const params = new URLSearchParams(fragment.replace(/^#/, ''))
  const query = params.get('query')
  if (!query) return undefined
  return {
    query,
    variables: params.get('variables') ?? undefined,
    operationName: params.get('operationName') ?? undefined,
  }
}
