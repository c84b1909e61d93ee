import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, launchBrowser, openPage, screenshot, SIZES, THEMES } from './browser'
import { eventually, sharedDemo } from './demo'

let demo: Awaited<ReturnType<typeof sharedDemo>>
let browser: Browser

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  await demo.stop()
})

const item = (page: Page, name: RegExp) => page.getByRole('treeitem', { name }).first()

async function openGraph(page: Page, search = ''): Promise<void> {
  await page.goto(`${demo.url}/graph${search}`)
  await item(page, /reviews/).waitFor({ state: 'attached', timeout: 40_000 })
}

describe('the graph page', () => {
  for (const theme of THEMES)
    for (const size of SIZES)
      it(`draws the mesh, ${theme}, ${size.width} wide, without a serious finding of axe`, async () => {
        const { page, problems, close } = await openPage(browser, { theme, ...size })
        await openGraph(page)
        await page.getByRole('img', { name: /map of the whole graph/i }).count()
        expect(await axeFindings(page)).toEqual([])
        await screenshot(page, `graph-${theme}-${size.width}`)
        expect(problems).toEqual([])
        await close()
      })

  it('keeps its numbers current', async () => {
    const { page, close } = await openPage(browser)
    await openGraph(page, '?ns=bookinfo')
    const before = await item(page, /productpage/).getAttribute('aria-label')
    await eventually('another number of productpage', 30_000, async () => {
      const now = await item(page, /productpage/).getAttribute('aria-label')
      return now !== before
    })
    await close()
  })

  it('is driven by the keyboard: follow calls, select, read the panel, leave', async () => {
    const { page, problems, close } = await openPage(browser)
    await openGraph(page)
    await page.getByRole('application').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    const panel = page.getByRole('complementary', { name: 'Selection' })
    await panel.waitFor()
    expect(new URL(page.url()).searchParams.get('sel')).not.toBeNull()
    expect(await axeFindings(page)).toEqual([])
    await screenshot(page, 'graph-selected')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(problems).toEqual([])
    await close()
  })

  it('restores a selection from its link', async () => {
    const { page, close } = await openPage(browser)
    await openGraph(page)
    await page.getByRole('application').focus()
    await page.keyboard.press('Home')
    await page.getByRole('complementary', { name: 'Selection' }).waitFor()
    const heading = await page
      .getByRole('complementary', { name: 'Selection' })
      .getByRole('heading')
      .first()
      .textContent()
    await page.reload()
    const again = page.getByRole('complementary', { name: 'Selection' }).getByRole('heading').first()
    await again.waitFor()
    expect(await again.textContent()).toBe(heading)
    await close()
  })

  it('finds by an expression and points at a mistake in one', async () => {
    const { page, close } = await openPage(browser)
    await openGraph(page)
    const find = page.getByRole('combobox').or(page.getByLabel('Find in the graph')).first()
    await find.fill('namespace = bookinfo')
    await find.press('Enter')
    await page.locator('.phg-find__count').filter({ hasText: /\d/ }).waitFor()
    await find.fill('namespace = ')
    await find.press('Enter')
    await page.locator('.phg-find__error').waitFor()
    await close()
  })

  it('changes the kind of graph, and the address follows', async () => {
    const { page, close } = await openPage(browser)
    await openGraph(page)
    await page.getByRole('radio', { name: 'Workloads' }).click()
    await item(page, /reviews-v1/).waitFor({ state: 'attached' })
    expect(page.url()).toContain('view=workloads')
    await screenshot(page, 'graph-workloads')
    await page.getByRole('radio', { name: 'Services' }).click()
    await item(page, /reviews/).waitFor({ state: 'attached' })
    await screenshot(page, 'graph-services')
    await close()
  })

  it('shows the same scene as a table', async () => {
    const { page, close } = await openPage(browser)
    await openGraph(page)
    await page.getByRole('button', { name: /show as table/i }).click()
    await page.getByRole('treegrid', { name: 'Service graph' }).getByText('productpage').first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    await screenshot(page, 'graph-table')
    await close()
  })

  it('exports its data', async () => {
    const { page, close } = await openPage(browser)
    await openGraph(page)
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'JSON data' }).click(),
    ])
    const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { nodes: { label: string }[] }
    expect(file.nodes.map((node) => node.label).join()).toContain('productpage')
    await close()
  })

  it('pages under a policy that forbids inline scripts and styles', async () => {
    const response = await fetch(`${demo.url}/graph`)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toContain('unsafe-inline')
  })
})
