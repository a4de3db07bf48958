// The real program with the bundled graph and a browser, for the tests of one file.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'

const repository = join(import.meta.dirname, '../..')
/** A folder that is gone when the tests have ended. */
export const work = mkdtempSync(join(tmpdir(), 'dramatis-browser-'))
/** Lets whoever brings it write. */
export const token = 'open sesame'
/** Where the server is. */
export let origin: string

let server: ChildProcess
let browser: Browser

beforeAll(async () => {
  const binary = join(work, 'dramatis')
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: repository, stdio: 'inherit' })
  // a Neo4j that is there to test with is emptied by whoever starts the tests
  const store = process.env.DRAMATIS_BROWSER_STORE ?? `sqlite:${join(work, 'graph.db')}`
  server = spawn(binary, ['--store', store, 'serve', '--listen', '127.0.0.1:0', '--public-read', '--token', token])
  origin = await new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk
      const at = /listening on (http:\/\/[^/]+)/.exec(said)
      if (at?.[1]) resolve(at[1])
    }
    server.stdout?.on('data', listen)
    server.stderr?.on('data', listen)
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
  })
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  server?.kill()
  rmSync(work, { recursive: true, force: true })
})

export const WIDE = { width: 1440, height: 900 }
export const NARROW = { width: 360, height: 740 }

/**
 * Opens a page in a fresh profile. Whatever is asked of another server, said on the console (violations of the policy
 * are) or thrown, fails the test at its end.
 */
export async function openAt(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: WIDE, ...options })
  const wrong: string[] = []
  context.on('request', (request) => {
    const { protocol, origin: to } = new URL(request.url())
    if (to !== origin && protocol !== 'data:' && protocol !== 'blob:') wrong.push(`request to ${request.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', (error) => wrong.push(`thrown: ${error.error()}`))
  onTestFinished(async () => {
    await context.close()
    expect(wrong).toEqual([])
  })
  const page = await context.newPage()
  await page.goto(`${origin}${path}`)
  return page
}

/** Opens a page of the explorer, and waits until it is shown. */
export async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openAt(path, options)
  await page.locator('main h1').waitFor()
  return page
}

/** Asks the API, to find the ids of what a story is about. */
export async function api<T>(query: string, variables = {}): Promise<T> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}

/** The id of the one entity of a name. */
export async function idOf(name: string): Promise<string> {
  const { entities } = await api<{ entities: { nodes: { id: string }[] } }>(
    'query ($name: String) { entities(filter: { name: $name }) { nodes { id } } }',
    { name },
  )
  expect(entities.nodes).toHaveLength(1)
  return entities.nodes[0]?.id ?? ''
}
