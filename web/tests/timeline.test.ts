// The timeline in a browser, on the bundled graph.

import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { idOf, NARROW, open, origin, WIDE, work } from './server'

const address = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const entries = (page: Page) => page.locator('.timeline-list > li:not(.held)')

/** Where a day lies on the axis of the chart, as the window of the address has it. */
async function placeOf(page: Page, day: string, from: string, to: string) {
  const box = await page.locator('.chart svg').boundingBox()
  if (!box) throw new Error('no chart')
  const [d, a, b] = [Date.parse(day), Date.parse(from), Date.parse(to) + 86_400_000]
  return { x: box.x + ((d - a) / (b - a)) * box.width, y: box.y + 30 }
}

test('story: the timeline of NATO in January 2022, brushed, and back', async () => {
  const page = await open(`/entity?id=${await idOf('NATO')}`)
  await page.locator('main').getByRole('link', { name: 'Timeline' }).click()
  await page.getByRole('heading', { level: 1, name: 'Timeline of NATO' }).waitFor()
  const all = await entries(page).count()
  await page.getByLabel('From').fill('2022-01')
  await page.getByRole('textbox', { name: 'to' }).fill('2022-01')
  await page.getByRole('button', { name: 'Set' }).click()
  await expect.poll(() => entries(page).count()).toBeLessThan(all)
  const month = await entries(page).count()
  await page.getByRole('link', { name: 'NATO-Russia talks' }).first().waitFor()
  await page.locator('.chart svg').waitFor()

  const from = await placeOf(page, '2022-01-10T06:00:00Z', '2022-01-01', '2022-01-31')
  const to = await placeOf(page, '2022-01-11T18:00:00Z', '2022-01-01', '2022-01-31')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  expect(await page.locator('.brush').count()).toBe(1)
  await page.mouse.up()
  await expect.poll(() => address(page, 'to')).toBe('2022-01-11')
  expect(address(page, 'from')).toBe('2022-01-10')
  await expect
    .poll(() =>
      entries(page).filter({ hasText: 'NATO-Russia talks' }).locator('time', { hasText: '12 January' }).count(),
    )
    .toBe(0)
  expect(await entries(page).count()).toBeLessThan(month)

  await page.goBack()
  await expect.poll(() => entries(page).count()).toBe(month)
  expect(address(page, 'from')).toBe('2022-01')
  await page.goBack()
  await expect.poll(() => entries(page).count()).toBe(all)
})

test('a click on a bar of the histogram, the wheel and the links move the window', async () => {
  const page = await open('/timeline?from=2022-01&to=2022-01')
  await page.locator('.chart svg .histogram').waitFor()
  const day = await placeOf(page, '2022-01-12T12:00:00Z', '2022-01-01', '2022-01-31')
  await page.mouse.click(day.x, day.y)
  await expect.poll(() => address(page, 'from')).toBe('2022-01-12')
  expect(address(page, 'to')).toBe('2022-01-12')
  await page.goBack()
  await expect.poll(() => address(page, 'from')).toBe('2022-01')

  await page.mouse.move(day.x, day.y)
  await page.mouse.wheel(0, 200) // without a modifier the page scrolls
  expect(address(page, 'from')).toBe('2022-01')
  await page.evaluate(() => scrollTo(0, 0))
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -300)
  await page.keyboard.up('Control')
  await expect.poll(() => address(page, 'from')).not.toBe('2022-01')
  const [from, to] = [address(page, 'from') ?? '', address(page, 'to') ?? '']
  expect(from > '2022-01-01' && from <= '2022-01-12' && to >= '2022-01-12' && to < '2022-01-31').toBe(true)

  await page.getByRole('link', { name: 'All of the time' }).click()
  await expect.poll(() => address(page, 'from')).toBe(null)
  await page.getByRole('link', { name: 'Later' }).click()
  await expect.poll(() => address(page, 'from')).not.toBe(null)
})

test('a click on a mark leads to its entry, and that to its sentence', async () => {
  const page = await open(`/timeline?ids=${await idOf('NATO')}&from=2022-01&to=2022-01`)
  const mark = page.locator('.mark', { hasText: 'NATO-Russia talks' })
  await mark.locator('.sure').click()
  const entry = page.locator('.timeline-list .picked')
  await entry.getByText(/\d sources?/).click()
  await entry.locator('blockquote a').first().click()
  await page.getByRole('heading', { level: 1, name: /EU allies coordinate/ }).waitFor()
  expect(address(page, 'start')).toMatch(/^\d+$/)
})

test('what is not known to the day is hatched over all of it', async () => {
  const page = await open('/timeline')
  const vague = page.locator('.mark', { hasText: 'Annexation of Crimea' })
  await vague.waitFor()
  expect(await vague.locator('.sure').count()).toBe(0)
  const [bar, chart] = [await vague.locator('.perhaps').boundingBox(), await page.locator('.chart svg').boundingBox()]
  // 2014 is one of nine years
  expect((bar?.width ?? 0) / (chart?.width ?? 1)).toBeCloseTo(1 / 9, 2)
})

test('kinds and lanes are chosen, and nothing left says what to do', async () => {
  const page = await open(`/timeline?ids=${await idOf('NATO')}&ids=${await idOf('Wendy Sherman')}`)
  await page.getByRole('button', { name: 'A lane for each' }).click()
  await page.locator('.lane-name', { hasText: 'Wendy Sherman' }).waitFor()
  await page.getByRole('button', { name: 'Statements', exact: true }).click()
  await page.getByRole('button', { name: 'Relationships', exact: true }).click()
  await expect.poll(() => page.locator('.timeline-list .statement').count()).toBe(0)
  expect(await entries(page).count()).toBeGreaterThan(0)
  expect(new URL(page.url()).searchParams.getAll('kinds')).toEqual(['EVENT'])
  await page.goto(`${origin}/timeline?from=1900&to=1901`)
  expect(await page.locator('.empty').textContent()).toContain('Nothing is known to have happened')
  await page.locator('.empty').getByRole('link').click()
  await expect.poll(() => entries(page).count()).toBeGreaterThan(10)
})

for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`seen: ${size}, ${colorScheme}`, async () => {
      for (const [name, path] of Object.entries({
        timeline: '/timeline',
        'timeline-nato': `/timeline?ids=${await idOf('NATO')}&from=2022-01&to=2022-01`,
        'timeline-none': '/timeline?from=1900&to=1901',
      })) {
        const page = await open(path, { viewport, colorScheme, reducedMotion: 'reduce' })
        if (size === 'narrow') await page.getByText('Draw it').click()
        await page.locator('.chart svg .axis').waitFor()
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
