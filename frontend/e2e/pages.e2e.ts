import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, launchBrowser, openPage, screenshot, SIZES, THEMES } from './browser'
import { sharedDemo } from './demo'

const LIMIT = 30_000

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

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const row = (page: Page, name: RegExp) => page.getByRole('row', { name }).first()
/** A legend names a line once it has a value to show. */
const line = (page: Page, chart: string, name: RegExp) =>
  region(page, chart).getByRole('listitem').filter({ hasText: name }).waitFor({ timeout: LIMIT })

/** A page in a context of its own; what the check leaves behind is closed also when it fails. */
async function onPage(
  path: string,
  options: Parameters<typeof openPage>[1],
  check: (page: Page, problems: string[]) => Promise<void>,
): Promise<void> {
  const { page, problems, close } = await openPage(browser, options)
  page.setDefaultTimeout(LIMIT)
  try {
    await page.goto(demo.url + path, { waitUntil: 'domcontentloaded' })
    await check(page, problems)
  } finally {
    await close()
  }
}

const PAGES: readonly {
  readonly name: string
  readonly path: string
  readonly ready: (page: Page) => Promise<unknown>
}[] = [
  {
    name: 'overview',
    path: '/overview',
    ready: async (page) => {
      await region(page, 'Needs attention').getByRole('link').first().waitFor()
      await region(page, 'Requests').locator('canvas').waitFor()
      await row(page, /bookinfo/).waitFor()
    },
  },
  { name: 'services', path: '/services', ready: (page) => row(page, /reviews/).waitFor() },
  { name: 'workloads', path: '/workloads', ready: (page) => row(page, /reviews-v3/).waitFor() },
  {
    name: 'service',
    path: '/services/bookinfo/reviews',
    ready: (page) => line(page, 'Requests', /v1/),
  },
  {
    name: 'workload',
    path: '/workloads/bookinfo/reviews-v3',
    ready: (page) => line(page, 'Requests', /requests/),
  },
  { name: 'mesh', path: '/mesh', ready: (page) => row(page, /bookinfo/).waitFor() },
]

describe.each(THEMES)('in the %s theme', (theme) => {
  it.each(PAGES)('$name shows its data at both sizes, without a serious finding of axe', async (at) => {
    await onPage(at.path, { theme }, async (page, problems) => {
      await at.ready(page)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await screenshot(page, `${at.name}-${theme}-${size.width}`)
        expect(await axeFindings(page), `${size.width} wide`).toEqual([])
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow, `pixels too wide at ${size.width}`).toBeLessThanOrEqual(0)
      }
      expect(problems).toEqual([])
    })
  })
})

describe('by keyboard', () => {
  it('the palette leads to the page of a service', async () => {
    await onPage('/overview', {}, async (page, problems) => {
      await heading(page, 'Overview')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').waitFor()
      await page.keyboard.type('ratngs')
      await page
        .getByRole('option', { name: /ratings.*bookinfo/ })
        .first()
        .waitFor()
      expect(await axeFindings(page)).toEqual([])
      await page.keyboard.press('Enter')
      await page.waitForURL('**/services/bookinfo/ratings')
      await heading(page, 'ratings')
      expect(problems).toEqual([])
    })
  })

  it('a list is filtered, sorted and opened', async () => {
    await onPage('/services', {}, async (page) => {
      await row(page, /reviews/).waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('bookinfo')
      await page.waitForURL('**/services?q=bookinfo')
      await row(page, /shop/).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Name', exact: true }).press('Enter')
      await page.waitForURL('**sort=name**')
      const names = page.locator('tbody tr td:nth-child(2)')
      const shown = await names.allInnerTexts()
      expect(shown).toContain('reviews')
      expect(shown).toEqual([...shown].sort((a, b) => a.localeCompare(b)))
      await page.locator('tbody tr').first().focus()
      await page.keyboard.press('ArrowDown')
      await page.locator('tbody tr[data-index="1"]:focus').waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(`**/services/bookinfo/${shown[1]}`)
      await heading(page, shown[1] ?? '')
    })
  })
})

it('charts of a service have a line for each version, or for each code, and say the same as a table', async () => {
  await onPage('/services/bookinfo/reviews', {}, async (page, problems) => {
    for (const version of [/v1/, /v2/, /v3/]) await line(page, 'Requests', version)
    await page.getByRole('button', { name: 'Lines: By version' }).click()
    await page.getByRole('option', { name: 'By code' }).click()
    await line(page, 'Requests', /200/)
    expect(new URL(page.url()).searchParams.get('by')).toBe('code')
    await page.getByRole('switch', { name: 'As table' }).click({ force: true })
    await page
      .getByRole('region', { name: 'Requests, values' })
      .getByRole('columnheader', { name: '200' })
      .waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(problems).toEqual([])
  })
})

it('the theme changes at once and stays for the next visit', async () => {
  await onPage('/mesh', { theme: 'light' }, async (page) => {
    await heading(page, 'Mesh')
    await page.getByRole('button', { name: 'Theme: System' }).click()
    await page.getByRole('option', { name: 'Dark' }).click()
    await page.locator('html.pf-v6-theme-dark').waitFor()
    await page.reload()
    await page.locator('html.pf-v6-theme-dark').waitFor()
    await page.getByRole('button', { name: 'Theme: Dark' }).waitFor()
  })
})

it('the chosen namespaces are in the address, and a reload restores them', async () => {
  await onPage('/services', {}, async (page) => {
    await row(page, /shop/).waitFor()
    await page.getByRole('button', { name: 'Namespaces: All namespaces' }).click()
    await page.getByRole('menuitem', { name: /bookinfo/ }).click()
    await page.waitForURL('**ns=bookinfo**')
    await row(page, /shop/).waitFor({ state: 'detached' })
    await page.reload()
    await row(page, /reviews/).waitFor()
    expect(await row(page, /shop/).count()).toBe(0)
  })
})

it('the sources are named with their age on request', async () => {
  await onPage('/overview', {}, async (page) => {
    await page.getByRole('button', { name: /^Data sources: / }).click()
    const sources = page.getByRole('dialog', { name: 'Data sources' })
    for (const name of ['kubernetes', 'postgres'])
      await sources.getByRole('listitem').filter({ hasText: name }).waitFor()
    expect(await axeFindings(page)).toEqual([])
  })
})

it('a past moment is framed as past, and one click leads back to now', async () => {
  const at = new Date(Date.now() - 5_000).toISOString().replace(/\.\d+Z$/, 'Z')
  await onPage(`/services?t=${at}`, {}, async (page) => {
    await page.getByRole('button', { name: /Back to live/ }).click()
    await page.getByRole('button', { name: 'Live. Pause' }).waitFor()
    expect(new URL(page.url()).searchParams.get('t')).toBeNull()
  })
})

it('what an address holds beyond what is understood is dropped, and said', async () => {
  await onPage('/services?q=rat&colour=red&w=5m', {}, async (page) => {
    await page.getByText('Not understood, and taken out of the address: colour, w').waitFor()
    await page.waitForURL((url) => url.search === '?q=rat')
  })
})

it.each([
  ['/nowhere', /There is no such page/],
  ['/services/bookinfo/nowhere', /Service bookinfo\/nowhere is not there/],
  ['/workloads/bookinfo/nowhere', /Workload bookinfo\/nowhere is not there/],
])('%s is answered with words', async (path, words) => {
  await onPage(path, {}, async (page, problems) => {
    await page.getByRole('heading', { name: words }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    // The browser itself reports the refused request.
    expect(problems.filter((problem) => !problem.includes('status of 404'))).toEqual([])
  })
})

it('without its server a page keeps the last numbers, says how old they are, and recovers by itself', async () => {
  await onPage('/services', {}, async (page, problems) => {
    await row(page, /reviews/).waitFor()
    await page.route('**/api/**', (route) => route.abort('connectionrefused'))
    await page.getByText(/^Services as of .* ago\)\. Renewing failed/).waitFor()
    await page.getByRole('button', { name: 'Data sources: Pharos does not answer' }).waitFor()
    await row(page, /reviews/).waitFor()
    await page.unroute('**/api/**')
    await page.getByText(/Renewing failed/).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Data sources: all OK' }).waitFor()
    expect(problems.filter((problem) => problem.startsWith('uncaught'))).toEqual([])
  })
})
