// The ledger of statements, its matrix, and what entities have in common, in a browser on the bundled graph.

import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { idOf, NARROW, open, origin, WIDE, work } from './server'

const statements = (page: Page) => page.locator('main .statement').count()

test('story: from the matrix to the sentence in the source, and back', async () => {
  const page = await open('/statements')
  await page.getByRole('link', { name: 'Who speaks about whom' }).click()
  await page.getByRole('heading', { level: 1, name: 'Who speaks about whom' }).waitFor()
  const cell = page.locator('.matrix a[title^="Alexander Grushko about NATO-Russia talks:"]')
  const n = Number(await cell.textContent())
  expect(n).toBeGreaterThan(0)
  await cell.click()
  await page.getByRole('heading', { level: 1, name: `${n} statements` }).waitFor()
  expect(await statements(page)).toBe(n)
  const statement = page.locator('.statement', { hasText: 'Our expectations are absolutely realistic' })
  await statement.getByText('1 source').click()
  await statement.locator('blockquote a').click()
  await page.getByRole('heading', { level: 1, name: /EU allies coordinate/ }).waitFor()
  expect(new URL(page.url()).searchParams.get('start')).toMatch(/^\d+$/)
  const marked = page.locator('.over-place')
  await expect.poll(() => marked.allTextContents().then((t) => t.join(''))).toContain('Our expectations')
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: `${n} statements` }).waitFor()
  await page.goBack()
  await page.locator('.matrix').waitFor()
})

test('each count of the matrix is what its link leads to', async () => {
  for (const behalf of ['', '&behalf=true']) {
    const page = await open(`/statements?view=matrix${behalf}`)
    await page.locator('.matrix').waitFor()
    const cells = await page
      .locator('.matrix td a')
      .evaluateAll((list) => list.map((a) => [a.getAttribute('href') ?? '', a.textContent ?? ''] as const))
    expect(cells.length).toBeGreaterThan(10)
    for (const [href, n] of [cells.at(0), cells.at(7), cells.at(-1)].filter((c) => c !== undefined)) {
      await page.goto(new URL(href, page.url()).href)
      await page.locator('main h1').waitFor()
      expect(await page.locator('main h1').textContent()).toBe(`${n} ${n === '1' ? 'statement' : 'statements'}`)
    }
  }
})

test('each count beside the ledger is what a click on it leaves, whatever is chosen', async () => {
  const page = await open('/statements?from=2022-01&to=2022-01')
  const facets = ['How it is told', 'By how many', 'Who speaks', 'About', 'When']
  for (const name of facets) {
    const facet = page.getByRole('region', { name })
    const before = await statements(page)
    const choice = facet.getByRole('link').nth(name === 'When' ? 0 : 1)
    const n = Number(/(\d+)$/.exec((await choice.textContent()) ?? '')?.[1])
    if ((await choice.getAttribute('aria-current')) === null) {
      await choice.click()
      await expect.poll(() => facet.locator('a[aria-current]').count()).toBe(1)
    }
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${n} statement`) }).waitFor()
    expect(await statements(page)).toBe(Math.min(n, 20))
    await page.goto(`${origin}/statements?from=2022-01&to=2022-01`)
    await expect.poll(() => statements(page)).toBe(before)
    await page.getByRole('region', { name: 'When' }).waitFor()
  }
})

test('somebody is chosen by name for a part, and taken away again', async () => {
  const page = await open('/statements')
  const all = await page.locator('main h1').textContent()
  await page.getByLabel('In which part').selectOption({ label: 'said to …' })
  await page.getByRole('combobox', { name: 'Only what was said to' }).fill('Russ')
  await page
    .getByRole('option', { name: /Russia$/ })
    .first()
    .click()
  await page.locator('.chosen', { hasText: 'said to Russia' }).waitFor()
  expect(await page.locator('main h1').textContent()).not.toBe(all)
  expect(new URL(page.url()).searchParams.get('audience')).toBe(await idOf('Russia'))
  await page.getByRole('link', { name: 'Without this' }).click()
  await page.getByRole('heading', { level: 1, name: all ?? '' }).waitFor()
})

test('story: what Psaki and Sherman have in common, with the sentences', async () => {
  const page = await open(`/entity?id=${await idOf('Jen Psaki')}`)
  await page.getByRole('combobox', { name: 'What Jen Psaki has in common with' }).click()
  await page.keyboard.type('Sherm')
  await page.getByRole('option', { name: /Wendy Sherman/ }).click()
  const table = page.locator('table.common')
  await table.waitFor()
  expect(new URL(page.url()).searchParams.get('with')).toBe(await idOf('Wendy Sherman'))
  const row = table.locator('tr', { has: page.locator('th a', { hasText: /^Russia$/ }) })
  await row.getByText('1 source').first().click()
  expect(await row.locator('blockquote').first().isVisible()).toBe(true)
  await page.goBack()
  await expect.poll(() => table.count()).toBe(0)
})

for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`seen: ${size}, ${colorScheme}`, async () => {
      const [psaki, sherman] = [await idOf('Jen Psaki'), await idOf('Wendy Sherman')]
      for (const [name, path] of Object.entries({
        ledger: '/statements',
        none: `/statements?speakers=${psaki}&kind=ATTRIBUTED&from=1900&to=1901`,
        matrix: '/statements?view=matrix',
        common: `/entity?id=${psaki}&with=${sherman}`,
      })) {
        const page = await open(path, { viewport, colorScheme, reducedMotion: 'reduce' })
        await page.screenshot({ path: join(process.env.SCREENSHOTS ?? work, `${name}-${size}-${colorScheme}.png`) })
        const tooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect([name, tooWide]).toEqual([name, 0])
        const { violations } = await new AxeBuilder({ page }).analyze()
        const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
        expect(bad.map((v) => `${name}: ${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
        await page.context().close()
      }
    })
  }
}
