import type { Fetcher, FetcherOpts, FetcherParams } from '@graphiql/toolkit'

/**
 * Asks this server. GraphiQL's own fetcher would do, but answers a page that is not JSON with a parser's complaint, and
 * lets a query run on when it is stopped.
 */
export const fetcher: Fetcher = (params, options) => ({
  // biome-ignore lint/suspicious/noExplicitAny: what GraphiQL takes an answer for
  subscribe(observer: { next?: (answer: any) => void; error?: (reason: any) => void; complete?: () => void }) {
    const abort = new AbortController()
    ask(params, options, abort.signal).then((answer) => {
      if (abort.signal.aborted) return
      observer.next?.(answer)
      observer.complete?.()
    })
    return { unsubscribe: () => abort.abort() }
  },
})

async function ask(params: FetcherParams, options: FetcherOpts | undefined, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch('../graphql', {
      method: 'POST',
      headers: {
        Accept: 'application/graphql-response+json, application/json;q=0.9',
        'Content-Type': 'application/json',
        ...options?.headers,
      },
      body: JSON.stringify(params),
      signal,
    })
    const text = await response.text()
    try {
      return JSON.parse(text)
    } catch {
      return failure(`The answer is not JSON (${response.status} ${response.statusText}): ${text.slice(0, 300)}`)
    }
  } catch (reason) {
    return failure(`The request could not be sent: ${reason instanceof Error ? reason.message : reason}`)
  }
}

const failure = (message: string) => ({ errors: [{ message }] })
