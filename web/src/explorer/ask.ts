import { use, useEffect } from 'react'
import type { TypedDocumentString } from './gql'

/** What the server, or the way to it, says is wrong. */
export class AskError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** A request id to look up in the server's log. */
    readonly request: string | null = null,
  ) {
    super(message)
  }
}

/** A question that was asked, to be shown to who wants to know how. */
export interface Asked {
  name: string
  query: string
  variables: string
}

// Answers are kept, so that going back shows at once what was there. A page that is loaded anew asks anew.
const answers = new Map<string, Promise<unknown>>()
const mostAnswers = 200
const asked = new Set<Asked>()

/** Asks the server, once for the same question. It fails with an AskError. */
export function ask<D, V>(document: TypedDocumentString<D, V>, variables: V): Promise<D> {
  const query = document.toString()
  const body = JSON.stringify({ query, variables })
  const known = answers.get(body)
  if (known) {
    answers.delete(body) // what was wanted last goes last
    answers.set(body, known)
    return known as Promise<D>
  }
  const answer = send(body)
  answers.set(body, answer)
  answer.catch(() => untilForgotten(() => answers.delete(body)))
  for (const oldest of answers.keys()) {
    if (answers.size <= mostAnswers) break
    answers.delete(oldest)
  }
  return answer as Promise<D>
}

const failures: (() => void)[] = []

/** Keeps something that failed until somebody tries again or goes elsewhere: asked anew at once, it would fail again and again. */
export const untilForgotten = (forget: () => void): void => void failures.push(forget)
export const forgetFailures = (): void => {
  for (const forget of failures.splice(0)) forget()
}

/** Asks, and waits for the answer while React shows what was there before. */
export function useAnswer<D, V>(document: TypedDocumentString<D, V>, variables: V): D {
  const query = document.toString()
  const values = JSON.stringify(variables, null, 2)
  useEffect(() => {
    const here = { name: /query (\w+)/.exec(query)?.[1] ?? '', query: query.trim(), variables: values }
    asked.add(here)
    return () => void asked.delete(here)
  }, [query, values])
  return use(ask(document, variables))
}

/** The questions behind what is shown now. */
export const askedHere = (): Asked[] => [...asked]

/** How often a question is asked again that came too early, and for how many seconds that is worth waiting. */
const patience = { times: 3, seconds: 10 }

async function send(body: string, before = 0): Promise<unknown> {
  let response: Response
  try {
    response = await fetch('./graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
      body,
    })
  } catch {
    throw new AskError('OFFLINE', 'The server cannot be reached.')
  }
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN)
  if ((response.status === 429 || response.status === 503) && wait <= patience.seconds && before < patience.times) {
    await new Promise((go) => setTimeout(go, wait * 1000))
    return send(body, before + 1)
  }
  const request = response.headers.get('X-Request-Id')
  let answer: { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] }
  try {
    answer = await response.json()
  } catch {
    throw new AskError('OFFLINE', `The server, or what is in front of it, answered ${response.status}.`, request)
  }
  const error = answer.errors?.[0]
  if (error) throw new AskError(error.extensions?.code ?? 'INTERNAL', error.message, request)
  return answer.data
}
