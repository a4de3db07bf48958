// The network in a browser, on the real server with the bundled graph.

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { api, idOf, NARROW, open, origin, WIDE, work } from './server'

/** Waits until everything has its place. */
const arranged = async (page: Page) => {
  await page.locator('.network-canvas canvas').first().waitFor()
  await expect.poll(() => page.locator('.network-busy').count(), { timeout: 30_000 }).toBe(0)
}

async function download(page: Page, name: string): Promise<string> {
  const panel = page.locator('details', { has: page.getByText('Download', { exact: true }) })
  if (!(await panel.evaluate((e) => (e as HTMLDetailsElement).open)))
    await panel.getByText('Download', { exact: true }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  const path = join(work, `${Date.now()}-${file.suggestedFilename()}`)
  await file.saveAs(path)
  return path
}

/** A Python with networkx: `make browser` says which. */
const python = process.env.DRAMATIS_PYTHON ?? 'python3'
/** What networkx reads of a GEXF: the names of its nodes. */
const gexfNames =
  'import sys, json, networkx as n; print(json.dumps([d["label"] for _, d in n.read_gexf(sys.argv[1]).nodes(data=True)]))'

interface Drawn {
  elements: {
    nodes: { data: { id: string; name: string }; position: { x: number; y: number } }[]
    edges: { data: { source: string; target: string } }[]
  }
}

const drawn = async (page: Page): Promise<Drawn> => {
  const path = await download(page, 'For Cytoscape (JSON)')
  return JSON.parse(execFileSync('cat', [path], { encoding: 'utf8' }))
}

const placesOf = ({ elements }: Drawn) => new Map(elements.nodes.map((n) => [n.data.name, n.position]))

async function choose(page: Page, box: string, typed: string, name: RegExp) {
  await page.getByRole('combobox', { name: box }).fill(typed)
  await page.getByRole('option', { name }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

test('story: how Psaki and Grushko are connected, the sentence of a hop, and a GEXF', async () => {
  const page = await open('/network')
  await choose(page, 'Ways: from', 'Psaki', /Jen Psaki/)
  await choose(page, 'Ways: to', 'Gruschko', /Alexander Grushko/)
  await page.getByRole('heading', { name: 'How Jen Psaki and Alexander Grushko are connected' }).waitFor()
  const hops = page.locator('.ways > li').first().locator('.way > li')
  expect(await hops.count()).toBe(2)
  expect(await hops.nth(0).textContent()).toContain('Jen Psaki spoke about NATO')
  expect(await hops.nth(0).textContent()).toContain('The relationship between NATO and Ukraine')
  await arranged(page)
  const names = [...placesOf(await drawn(page)).keys()]
  expect(names).toEqual(expect.arrayContaining(['Jen Psaki', 'NATO', 'Alexander Grushko']))

  const gexf = await download(page, 'For Gephi (GEXF)')
  const read = execFileSync(python, ['-c', gexfNames, gexf], { encoding: 'utf8' })
  expect(JSON.parse(read)).toEqual(names)

  await hops
    .nth(0)
    .getByRole('link', { name: /The spokeswoman for US President/ })
    .click()
  await page.getByRole('heading', { level: 1, name: /EU allies coordinate/ }).waitFor()
  await expect.poll(() => page.locator('.over-place').first().textContent()).toContain('The spokeswoman')
  await page.goBack()
  await page.getByRole('heading', { name: 'How Jen Psaki and Alexander Grushko are connected' }).waitFor()
  await arranged(page)
})

test('what an expansion brings moves nothing; undo, redo and Back', async () => {
  const page = await open(`/network?ids=${await idOf('Alexander Grushko')}`)
  await arranged(page)
  const before = await drawn(page)
  const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Hide Russia', exact: true }) })
  await row.locator('summary').click()
  await row.getByRole('button', { name: /^Participated in/ }).click()
  await expect.poll(() => page.locator('.network-said').textContent()).toMatch(/^\d+ entities came/)
  await arranged(page)
  const after = await drawn(page)
  expect(after.elements.nodes.length).toBeGreaterThan(before.elements.nodes.length)
  const now = placesOf(after)
  for (const [name, place] of placesOf(before)) expect([name, now.get(name)]).toEqual([name, place])
  const places = [...now.values()].map((p) => `${p.x} ${p.y}`)
  expect(new Set(places).size).toBe(places.length)
  // every line has both its ends, and between two that are there none is missing
  const ids = new Set(after.elements.nodes.map((n) => n.data.id))
  for (const e of after.elements.edges) expect(ids.has(e.data.source) && ids.has(e.data.target)).toBe(true)

  const said = page.locator('.network-said')
  await page.getByRole('button', { name: /Undo/ }).click()
  await expect.poll(() => said.textContent()).toContain(`${before.elements.nodes.length} entities and`)
  await page.getByRole('button', { name: /Redo/ }).click()
  await expect.poll(() => said.textContent()).toContain(`${after.elements.nodes.length} entities and`)
  await page.goBack()
  await expect.poll(() => said.textContent()).toContain(`${before.elements.nodes.length} entities and`)
  await arranged(page)
  expect(placesOf(await drawn(page))).toEqual(placesOf(before))
  // who gets the link sees the same
  await page.goForward()
  const link = page.url()
  const other = await open(link.slice(origin.length))
  await arranged(other)
  expect(placesOf(await drawn(other))).toEqual(now)
})

test('hidden, pinned and filtered, as the address says', async () => {
  const page = await open(`/network?ids=${await idOf('NATO')}`)
  await arranged(page)
  const names = async () => placesOf(await drawn(page))
  const all = await names()
  await page.getByRole('button', { name: 'Hide Russia', exact: true }).click()
  await expect.poll(async () => (await names()).has('Russia')).toBe(false)
  await page.getByRole('button', { name: 'Pin Ukraine', exact: true }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('pin')).toMatch(/^ent_\w+\.-?\d+\.-?\d+$/)
  await page.getByRole('button', { name: 'Show all', exact: true }).first().click()
  await expect.poll(async () => (await names()).size).toBe(all.size)
  await page.getByRole('button', { name: 'Arrange anew' }).click()
  await arranged(page)
  expect((await names()).get('Ukraine')).toEqual(all.get('Ukraine'))

  await page.getByRole('checkbox', { name: /People/ }).uncheck()
  await expect.poll(async () => (await names()).has('Jens Stoltenberg')).toBe(false)
  expect(new URL(page.url()).searchParams.get('off')).toBe('PERSON')
  await page.getByRole('textbox', { name: 'What held in' }).fill('2014')
  await page.getByRole('checkbox', { name: 'statements join, too' }).uncheck()
  await page.getByRole('button', { name: 'Look' }).click()
  await expect.poll(() => page.locator('.network-said').textContent()).toContain('as of 2014')
  const then = await names()
  expect(then.size).toBeLessThan(all.size)
  expect(then.has('NATO')).toBe(true)
})

test('by keyboard alone, in the table and in the drawing', async () => {
  const page = await open(`/network?ids=${await idOf('Alexander Grushko')}`)
  await arranged(page)
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab')
      if (name.test((await focused()) ?? '')) return
    }
    throw new Error(`${name} cannot be reached`)
  }
  await tabTo(/more of Russia$/)
  await page.keyboard.press('Enter')
  await tabTo(/^Participated in/)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.network-said').textContent()).toMatch(/entities came/)
  await tabTo(/^Hide /)
  await expect.poll(() => page.locator('.network-busy').count()).toBe(0)
  const hidden = ((await focused()) ?? '').replace('Hide ', '')
  await page.keyboard.press('Enter')
  const table = page.getByRole('region', { name: 'The network as a table' })
  const row = table.getByRole('button', { name: `Hide ${hidden}`, exact: true })
  await expect.poll(() => row.count()).toBe(0)
  expect(await table.evaluate((e) => e.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Control+z')
  await expect.poll(() => row.count()).toBe(1)
  await tabTo(/^Drawing of/)
  const at = () => new URL(page.url()).searchParams.get('at')
  await page.keyboard.press('Escape')
  await expect.poll(at).toBe(null)
  const visited = new Set()
  for (const key of ['ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowDown']) {
    await page.keyboard.press(key)
    await page.waitForTimeout(100)
    visited.add(at())
  }
  expect(visited.size).toBeGreaterThan(1)
  expect(await page.locator('#network-chosen').getByRole('link').count()).toBeGreaterThan(0)
})

for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`looks and reads well: ${size}, ${colorScheme}`, async () => {
      const [nato, psaki, grushko] = await Promise.all(['NATO', 'Jen Psaki', 'Alexander Grushko'].map(idOf))
      const pages = {
        begin: '/network',
        around: `/network?ids=${nato}&at=${nato}`,
        ways: `/network?from=${psaki}&to=${grushko}`,
      }
      for (const [name, path] of Object.entries(pages)) {
        const page = await open(path, { viewport, colorScheme, reducedMotion: 'reduce' })
        if (name !== 'begin') await arranged(page)
        await page.screenshot({
          path: join(process.env.SCREENSHOTS ?? work, `network-${name}-${size}-${colorScheme}.png`),
          fullPage: true,
        })
        for (const summary of await page.locator('.network-more > summary').all()) await summary.click()
        const { violations } = await new AxeBuilder({ page }).analyze()
        const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
        expect(bad.map((v) => `${name}: ${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBe(0)
        await page.context().close()
      }
    })
  }
}

test('names that would do harm are texts in the drawing, the table and the files', async () => {
  const names = ['<img src=x onerror=alert(1)>', '\u202Eevil\u202C', `${'long '.repeat(800)}name`, '=1+1,"&\u0007']
  const { apply } = await api<{ apply: { created: string[] } }>(
    'mutation ($in: ApplyInput!) { apply(input: $in) { created } }',
    {
      in: {
        idempotencyKey: 'hostile network',
        dataset: 'hostile network',
        put: [
          { entity: { key: 'hub', type: 'ORGANIZATION', name: names[0] } },
          ...names.slice(1).map((name, i) => ({ entity: { key: `${i}`, type: 'PERSON', name } })),
          ...names.slice(1).map((_, i) => ({
            relationship: { key: `r${i}`, type: 'MEMBER_OF', from: `#${i}`, to: '#hub', role: '<b>' },
          })),
        ],
      },
    },
  )
  const hub = apply.created.filter((id) => id.startsWith('ent_'))[0]
  const page = await open(`/network?ids=${hub}`, { viewport: NARROW })
  await arranged(page)
  expect(await page.locator('h1').textContent()).toBe(names[0])
  expect(await page.locator('main img').count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  const read = execFileSync(python, ['-c', gexfNames, await download(page, 'For Gephi (GEXF)')], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  })
  expect(JSON.parse(read).sort()).toEqual(names.map((n) => n.replace('\u0007', '\uFFFD')).sort())
  const table = execFileSync('cat', [await download(page, 'Table (CSV)')], { encoding: 'utf8' })
  expect(table).toContain('"\'=1+1,""&')
})
