// The playground in a browser, on the real server. Needs Go and Debian's chromium.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { NARROW, openAt, origin, token, WIDE, work } from './server'

/** Opens the playground in a fresh profile. */
async function open(options: BrowserContextOptions = {}, fragment = ''): Promise<Page> {
  const page = await openAt(`/graphiql/${fragment}`, options)
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  return page
}

const query = (page: Page) => page.locator('.graphiql-query-editor .view-lines')
const answer = (page: Page) => page.locator('.result-window .view-lines')
const openTab = (page: Page) => page.getByRole('tab', { selected: true })
const play = (page: Page) => page.getByRole('button', { name: /Execute query/ })

/** Writes over what an editor holds. */
async function write(page: Page, editor: string, text: string) {
  await page.locator(`${editor} .view-lines`).first().click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
}

/** Writes a document. GraphiQL reads it 100 ms later; until then it would ask for the last one's operation. */
async function ask(page: Page, document: string) {
  await write(page, '.graphiql-query-editor', document)
  const name = /(?:query|mutation) (\w+)/.exec(document)?.[1] ?? ''
  await expect.poll(() => openTab(page).textContent()).toMatch(RegExp(`^${name}`))
}

/** Monaco draws spaces as no-break spaces. */
const text = async (page: Page, of: typeof query) => ((await of(page).textContent()) ?? '').replaceAll('\u00a0', ' ')

for (const [name, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`an example is asked and read as JSON and as a table: ${name}, ${colorScheme}`, async () => {
      const page = await open({ viewport, colorScheme })
      expect(await page.title()).toBe('Playground · Dramatis')
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      expect(await page.getByRole('tab').count()).toBeGreaterThan(4)
      expect(await text(page, query)).toContain('statementsMade')

      await play(page).click()
      await expect.poll(() => text(page, answer)).toContain('"totalCount": 9')

      await page.getByRole('button', { name: 'Table' }).click()
      expect(await page.getByRole('row').count()).toBe(10)
      expect(await page.getByRole('columnheader').allInnerTexts()).toContain('evidence.source.title')
      expect(await page.getByRole('cell', { name: 'Alexander Grushko' }).first().isVisible()).toBe(true)
      await page.screenshot({ path: join(process.env.SCREENSHOTS ?? work, `${name}-${colorScheme}.png`) })

      // nothing is wider than the screen, nothing higher
      const [width, height] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ])
      expect([width, height]).toEqual([viewport.width, viewport.height])
      const bar = await page.getByRole('button', { name: 'Download CSV' }).boundingBox()
      expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(viewport.height)

      await axe(page)
    })
  }
}

/** What is GraphiQL's own and known: the rule, and how the element begins. */
const BASELINE: [rule: string, element: RegExp][] = [
  ['nested-interactive', /^<li [^>]*class="graphiql-tab/], // the button that closes a tab is inside it
  ['link-in-text-block', /^<a class="graphiql-doc-explorer-type-name"/], // types in a signature are not underlined
]

async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.flatMap(({ id, impact, nodes }) =>
    nodes
      .filter(({ html }) => !BASELINE.some(([rule, element]) => rule === id && element.test(html)))
      .map(({ html }) => `${impact}: ${id}: ${html.slice(0, 200)}`),
  )
  expect(found).toEqual([])
}

test('the table as CSV', async () => {
  const page = await open()
  await play(page).click()
  const button = page.getByRole('button', { name: 'Download CSV' })
  await expect.poll(() => button.isEnabled()).toBe(true)
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  expect(download.suggestedFilename()).toBe('Russia-entity-statementsMade-nodes.csv')
  const csv = readFileSync(await download.path(), 'utf8')
  expect(csv).toMatch(/^\uFEFFkind,date,speakers\.name,text,evidence\.exact,evidence\.source\.title\r\n/)
  expect(csv).toContain('\r\nINDIRECT,2022-01-10,Russia | United States,to continue speaking,"After more than')
  expect(csv.trimEnd().split('\r\n')).toHaveLength(10)
})

test('a copied link brings query, variables and operation to another browser, and runs nothing', async () => {
  const document =
    'query First { stats { entities } }\n\nquery Second($n: Int!) { events(first: $n) { nodes { name } } }'
  const from = await open({ permissions: ['clipboard-read', 'clipboard-write'] })
  await ask(from, document)
  await from.getByRole('button', { name: 'Variables' }).click()
  await write(from, '.graphiql-editor-tool', '{"n": 1}')
  await from.getByRole('button', { name: 'Headers' }).click()
  await write(from, '.graphiql-editor-tool .graphiql-editor:not(.hidden)', `{"Authorization": "Bearer ${token}"}`)
  await play(from).click()
  await from.getByRole('menuitem', { name: 'Second' }).click()
  await expect.poll(() => text(from, answer)).toContain('"events"')
  await from.getByRole('button', { name: 'Copy link' }).click()
  await expect.poll(() => from.getByRole('status').allInnerTexts()).toContain('The link is on the clipboard.')
  const link = new URL(await from.evaluate(() => navigator.clipboard.readText()))
  expect(link.href).not.toContain('sesame')
  expect(new URLSearchParams(link.hash.slice(1)).get('operationName')).toBe('Second')

  const to = await open({}, link.hash)
  await expect.poll(() => text(to, query)).toContain('query Second($n: Int!)')
  await expect.poll(() => openTab(to).textContent()).toMatch(/^Second/)
  await expect.poll(() => to.locator('.graphiql-editor-tool .view-lines').first().textContent()).toContain('"n"')
  expect(to.url()).toBe(`${origin}/graphiql/`)
  expect(await text(to, answer)).toBe('')
  await to.locator('.graphiql-query-editor .view-line').nth(2).click()
  await to.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(() => text(to, answer)).toContain('"events"')

  // what is open stays open, and is there once
  const tabs = await to.getByRole('tab').count()
  await to.waitForTimeout(700) // GraphiQL keeps its tabs half a second later
  await to.reload()
  await expect.poll(() => text(to, query)).toContain('query Second($n: Int!)')
  expect(await to.getByRole('tab').count()).toBe(tabs)
  await to.evaluate((hash) => {
    location.hash = hash
  }, link.hash)
  await expect.poll(() => to.url()).toBe(`${origin}/graphiql/`)
  expect(await to.getByRole('tab').count()).toBe(tabs)
})

test('fields are completed, and the schema is described', async () => {
  const page = await open()
  await page.getByRole('button', { name: 'New tab' }).click()
  await page.locator('.graphiql-query-editor .view-lines').click()
  await expect.poll(() => page.getByRole('button', { name: 'Re-fetch GraphQL schema' }).isEnabled()).toBe(true)
  await page.keyboard.type('{ stat')
  const suggestions = page.locator('.suggest-widget .monaco-list-row')
  await expect
    .poll(() => suggestions.allInnerTexts(), { timeout: 15_000 })
    .toContainEqual(expect.stringMatching(/^stats/))

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  await expect.poll(() => page.locator('.graphiql-plugin').textContent()).toContain('statements')
  await axe(page)
})

test('an example that was closed is opened again', async () => {
  const page = await open()
  const tab = page.getByRole('tab', { name: 'Joint' })
  await tab.click()
  await page.locator('.graphiql-tab-active [aria-label="Close Tab"]').click()
  await expect.poll(() => tab.count()).toBe(0)
  await page.getByRole('button', { name: 'Show Examples' }).click()
  await axe(page)
  await page.getByRole('button', { name: 'What was said jointly, and at which event' }).click()
  await expect.poll(() => text(page, query)).toContain('joint: true')
  await expect.poll(() => tab.count()).toBe(1)
})

test('a token is sent and not kept', async () => {
  const page = await open()
  const mutation = 'mutation Mine { apply(input: { idempotencyKey: "a", dataset: "mine", put: [] }) { created } }'
  await ask(page, mutation)
  await play(page).click()
  await expect.poll(() => text(page, answer)).toContain('FORBIDDEN')
  await page.getByRole('button', { name: 'Headers' }).click()
  const headers = '.graphiql-editor-tool .graphiql-editor:not(.hidden)'
  await write(page, headers, `{"Authorization": "Bearer ${token}"}`)
  await play(page).click()
  await expect.poll(() => text(page, answer)).not.toContain('FORBIDDEN')
  await page.waitForTimeout(700)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(token)
})

test('all can be reached by keyboard', async () => {
  const page = await open()
  await play(page).click()
  await expect.poll(() => text(page, answer)).toContain('totalCount')
  const reached = new Set<string>()
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    reached.add(
      await page.evaluate(() => {
        const e = document.activeElement
        return e?.getAttribute('aria-label') || e?.textContent?.trim() || e?.className || ''
      }),
    )
  }
  for (const name of ['Show Examples', 'Joint', 'Copy link to this query', 'JSON', 'Table', 'Download CSV']) {
    expect([...reached]).toContain(name)
  }
})
