// The explorer in a browser, on the real server with the bundled graph: a story a user would live for each page.

import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { api, idOf, NARROW, open, WIDE, work } from './server'

/** By how much the page is wider than the screen. */
const tooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('story: from "Gruschko" to the sentence in the article', async () => {
  const page = await open('/')
  const box = page.getByRole('combobox')
  expect(await box.evaluate((e) => e === document.activeElement)).toBe(true)
  await page.keyboard.type('Grusch')
  const option = page.getByRole('option', { name: /Alexander Grushko/ })
  await option.waitFor()
  expect(await option.textContent()).toContain('found as Gruschko')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Alexander Grushko' }).waitFor()
  expect(await page.title()).toBe('Alexander Grushko · Dramatis')

  const row = page.getByRole('row', { name: /NATO-Russia talks/ })
  await row.getByText('1 source').click()
  await row.getByRole('link', { name: /Russia is represented at NATO/ }).click()
  await page.getByRole('heading', { level: 1, name: /EU allies coordinate/ }).waitFor()
  const marked = page.locator('.over-place')
  await expect.poll(() => marked.first().isVisible()).toBe(true)
  expect((await marked.allTextContents()).join('')).toMatch(
    /^Russia is represented at NATO by Deputy Foreign Minister Alexander Grushko/,
  )
  await expect
    .poll(() =>
      marked
        .first()
        .evaluate((e) => e.getBoundingClientRect().top > 0 && e.getBoundingClientRect().bottom < innerHeight),
    )
    .toBe(true)
  await expect
    .poll(() => page.getByRole('region', { name: 'What these words say' }).textContent())
    .toContain('took part in')

  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Alexander Grushko' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Who, with whom, and who says so' }).waitFor()
})

test('story: what was typed is searched in any spelling, and narrowed down', async () => {
  const page = await open('/')
  await page.keyboard.type('dialogue')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /results for/ }).waitFor()
  const all = await page.locator('.hits > li').count()
  expect(all).toBeGreaterThan(1)
  expect(await page.locator('.hits mark').first().textContent()).toMatch(/dialogue/i)
  const statements = page.getByRole('link', { name: /^Statement \d+$/ })
  const n = Number(/\d+/.exec((await statements.textContent()) ?? '')?.[0])
  await statements.click()
  await expect.poll(() => page.locator('.hits > li').count()).toBe(n)
  expect(new URL(page.url()).searchParams.get('type')).toBe('STATEMENT')
  await page.goBack()
  await expect.poll(() => page.locator('.hits > li').count()).toBe(all)
})

test('story: statements told apart, and taken away as a table', async () => {
  const page = await open('/statements')
  await page.getByRole('link', { name: /^Jointly/ }).click()
  await page.getByRole('heading', { level: 1, name: '3 statements' }).waitFor()
  expect(await page.locator('.badge-joint').count()).toBe(3)
  const href = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')
  const table = await (await fetch(new URL(href ?? '', page.url()))).text()
  expect(table.split('\r\n').filter(Boolean)).toHaveLength(4)
})

const pages = async () => ({
  home: '/',
  search: '/search?q=NATO',
  entity: `/entity?id=${await idOf('NATO')}`,
  statements: '/statements',
  source: await api<{ sources: { nodes: { id: string }[] } }>('{ sources { nodes { id } } }').then(
    (d) => `/source?id=${d.sources.nodes[0]?.id}&start=3457&end=3612`,
  ),
})

for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page: ${size}, ${colorScheme}`, async () => {
      for (const [name, path] of Object.entries(await pages())) {
        const page = await open(path, { viewport, colorScheme, reducedMotion: 'reduce' })
        if (name === 'source') await page.locator('.margin').first().waitFor()
        await page.screenshot({ path: join(process.env.SCREENSHOTS ?? work, `${name}-${size}-${colorScheme}.png`) })
        expect([name, await tooWide(page)]).toEqual([name, 0])
        const { violations } = await new AxeBuilder({ page }).analyze()
        const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
        expect(bad.map((v) => `${name}: ${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
        await page.context().close()
      }
    })
  }
}

test('names that would do harm are texts', async () => {
  const names = ['<img src=x onerror=alert(1)>', '\u202Eevil\u202C', `${'long '.repeat(800)}name`, 'مُحَمَّد ابن سلمان']
  await api('mutation ($in: ApplyInput!) { apply(input: $in) { created } }', {
    in: {
      idempotencyKey: `hostile ${Date.now()}`,
      dataset: 'hostile',
      put: names.map((name, i) => ({ entity: { key: String(i), type: 'PERSON', name } })),
    },
  })
  for (const name of names) {
    const { entities } = await api<{ entities: { nodes: { id: string; name: string }[] } }>(
      '{ entities(filter: { types: [PERSON] }, first: 100) { nodes { id name } } }',
    )
    const id = entities.nodes.find((e) => e.name === name)?.id
    const page = await open(`/entity?id=${id}`, { viewport: NARROW })
    expect(await page.locator('h1').textContent()).toBe(name)
    expect(await page.locator('main img').count()).toBe(0)
    expect(await tooWide(page)).toBe(0)
  }
})

test('an address that leads nowhere says so', async () => {
  const page = await open('/entity?id=ent_00000000000000000000000000')
  expect(await page.getByRole('alert').textContent()).toContain('There is no entity with this id')
})

test('by keyboard alone', async () => {
  const page = await open('/statements')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter') // to the content
  await page.keyboard.press('?')
  expect(await page.getByRole('dialog').isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('Psaki')
  await page.getByRole('option', { name: /Jen Psaki/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Jen Psaki' }).waitFor()
})

test('the query behind a page opens in the playground', async () => {
  const page = await open(`/entity?id=${await idOf('NATO')}`)
  await page.getByText('Show me the query').click()
  const link = page.getByRole('link', { name: 'Open in the playground' }).last()
  expect(await link.getAttribute('href')).toMatch(/graphiql\/#query=.*&variables=/)
})
