import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, launchBrowser, openPage, screenshot, SIZES, THEMES } from './browser'
import { eventually, sharedDemo } from './demo'
import { openAt, textOf, untilSquiggle } from './editor'

const LIMIT = 30_000
const REVIEWS = 'VirtualService/bookinfo/reviews'
const SUBSET = 'spec.http[1].route[0].destination.subset'

let demo: Awaited<ReturnType<typeof sharedDemo>>
let browser: Browser

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  await eventually('the first analysis', LIMIT, async () => (await fetch(`${demo.url}/api/v1/config`)).ok)
})

afterAll(async () => {
  await browser.close()
  await demo.stop()
})

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const row = (page: Page, name: RegExp) => page.getByRole('row', { name }).first()
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

async function onPage(
  options: Parameters<typeof openPage>[1],
  check: (page: Page, problems: string[]) => Promise<void>,
): Promise<void> {
  const { page, problems, close } = await openPage(browser, options)
  page.setDefaultTimeout(LIMIT)
  try {
    await check(page, problems)
  } finally {
    await close()
  }
}

const open = (page: Page, path: string) => page.goto(demo.url + path, { waitUntil: 'domcontentloaded' })

describe.each(THEMES)('in the %s theme', (theme) => {
  it.each([
    ['config', '/config', (page: Page) => row(page, /pricing/).waitFor()],
    ['findings', '/config/findings', (page: Page) => row(page, /pricing-beta/).waitFor()],
    [
      'config-object',
      '/config/VirtualService/shop/pricing',
      (page: Page) => page.locator('.cm-lintRange-error').waitFor(),
    ],
  ])('%s shows its data at both sizes, without a serious finding of axe', async (name, path, ready) => {
    await onPage({ theme }, async (page, problems) => {
      await open(page, path)
      await ready(page)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await screenshot(page, `${name}-${theme}-${size.width}`)
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

describe('the lists, by keyboard', () => {
  it('objects are filtered, moved through and opened', async () => {
    await onPage({}, async (page, problems) => {
      await open(page, '/overview')
      await heading(page, 'Overview')
      await page.keyboard.press('g')
      await page.keyboard.press('c')
      await page.waitForURL('**/config')
      await row(page, /pricing/).waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('destinationrule bookinfo')
      await page.waitForURL('**q=destinationrule**')
      await row(page, /shop/).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Name', exact: true }).press('Enter')
      await page.waitForURL('**sort=name**')
      await row(page, /ratings/).focus()
      await page.keyboard.press('ArrowDown')
      await page.locator('tr:focus', { hasText: 'reviews' }).waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL('**/config/DestinationRule/bookinfo/reviews')
      await heading(page, 'reviews')
      expect(problems).toEqual([])
    })
  })

  it('a finding leads to its very place in the text', async () => {
    await onPage({}, async (page) => {
      await open(page, '/config/findings')
      await row(page, /pricing-beta/).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL('**/config/VirtualService/shop/pricing?at=**')
      await page.locator('.cm-activeLine', { hasText: 'host: pricing-beta' }).waitFor()
    })
  })
})

describe('the editor', () => {
  it('says of a wrong subset what is wrong, while it is typed and before anything is saved', async () => {
    await onPage({}, async (page, problems) => {
      const written: string[] = []
      page.on('request', (request) => {
        if (request.method() !== 'GET' && !request.url().endsWith('/config/check'))
          written.push(request.url())
      })
      await openAt(page, demo.url, REVIEWS, SUBSET)
      await page.locator('.cm-activeLine', { hasText: 'subset: v1' }).waitFor()
      const ms = await untilSquiggle(page, () => page.keyboard.type('7'))
      console.log(`from the key to the squiggle: ${ms.toFixed(0)} ms`)
      const squiggle = page.locator('.cm-lintRange-error', { hasText: 'v17' })
      await squiggle.waitFor()
      await squiggle.hover()
      await page.locator('.cm-tooltip', { hasText: 'not found: "reviews+v17"' }).waitFor()
      await screenshot(page, 'editor-squiggle')
      await region(page, 'Findings')
        .getByRole('button', { name: /reviews\+v17.*New/ })
        .waitFor()
      await page.getByRole('status').filter({ hasText: '1 new finding' }).waitFor()
      expect(await axeFindings(page)).toEqual([])
      await page.keyboard.press('Backspace')
      await squiggle.waitFor({ state: 'detached' })
      await page.getByRole('status').filter({ hasText: 'As in the cluster' }).waitFor()
      expect(written).toEqual([])
      expect(problems).toEqual([])
      // Generous, because the machine may be busy; ./pharos bench browser measures.
      expect(ms).toBeLessThan(5000)
    })
  })

  it('keeps every key that is typed quickly', async () => {
    await onPage({}, async (page) => {
      await openAt(page, demo.url, REVIEWS, SUBSET)
      const typed = '-the-quick-brown-fox-jumps-over-the-lazy-dog'
      await page.keyboard.type(typed)
      await page.locator('.cm-activeLine', { hasText: `subset: v1${typed}` }).waitFor()
      for (let i = 0; i < 8; i++) await page.keyboard.press('Backspace')
      await page.locator('.cm-activeLine', { hasText: /over-the-$/ }).waitFor()
      expect(await textOf(page)).toContain(`subset: v1${typed.slice(0, -8)}\n`)
    })
  })

  it('repairs a misspelt value at a key', async () => {
    await onPage({}, async (page, problems) => {
      await openAt(page, demo.url, 'PeerAuthentication/bookinfo/default', 'spec.mtls.mode')
      await page.keyboard.press('Backspace')
      await page.keyboard.press('Backspace')
      await page.keyboard.type('TC')
      await page.locator('.cm-lintRange-error', { hasText: 'STRITC' }).waitFor()
      await screenshot(page, 'editor-fix')
      await page.keyboard.press('Control+.')
      await page.locator('.cm-lintRange-error').waitFor({ state: 'detached' })
      await page.locator('.cm-activeLine', { hasText: /mode: STRICT$/ }).waitFor()
      await page.getByRole('status').filter({ hasText: 'As in the cluster' }).waitFor()
      expect(problems).toEqual([])
    })
  })

  it('offers the names of the mesh and the fields of the kind', async () => {
    await onPage({}, async (page, problems) => {
      await openAt(page, demo.url, REVIEWS, SUBSET)
      await page.keyboard.press('Backspace')
      await page.keyboard.press('Backspace')
      await page.keyboard.press('Control+Space')
      await page.getByRole('option', { name: /^v3/ }).waitFor()
      await screenshot(page, 'editor-completion')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.locator('.cm-activeLine', { hasText: 'subset: v3' }).waitFor()
      await page.keyboard.press('Enter')
      await page.keyboard.type('po')
      await page.getByRole('option', { name: /^port/ }).waitFor()
      await page.keyboard.press('Enter')
      await page.keyboard.type('number: 9080')
      await page.locator('.cm-activeLine', { hasText: 'number: 9080' }).waitFor()
      expect(await textOf(page)).toContain(
        '        subset: v3\n        port:\n          number: 9080\n      weight: 50\n',
      )
      expect(problems).toEqual([])
    })
  })

  it('explains a field under the pointer', async () => {
    await onPage({}, async (page) => {
      await openAt(page, demo.url, REVIEWS, 'spec.http[1].route[0].weight')
      const word = page.locator('.cm-activeLine span', { hasText: 'weight' }).first()
      await word.hover()
      await page.locator('.cm-field-help', { hasText: 'weight' }).waitFor()
      await screenshot(page, 'editor-help')
    })
  })

  it('keeps a draft through a reload, shows its changes and lets go of it', async () => {
    await onPage({}, async (page) => {
      await openAt(page, demo.url, REVIEWS, 'spec.http[1].route[0].weight')
      await page.keyboard.press('Backspace')
      await page.keyboard.type('5')
      await page.getByRole('status').filter({ hasText: 'Draft' }).waitFor()
      await page.reload({ waitUntil: 'domcontentloaded' })
      await page.getByRole('button', { name: 'Changes' }).click()
      await page.locator('.cm-changedLine', { hasText: 'weight: 55' }).waitFor()
      await page.locator('.cm-deletedChunk', { hasText: 'weight: 50' }).waitFor()
      await screenshot(page, 'editor-changes')
      expect(await axeFindings(page)).toEqual([])
      await page.getByRole('button', { name: 'Discard' }).click()
      await page.locator('.cm-changedLine').waitFor({ state: 'detached' })
      expect(await textOf(page)).toContain('weight: 50\n')
    })
  })

  it('leads to what the object names, and back', async () => {
    await onPage({}, async (page) => {
      await open(page, `/config/${REVIEWS}`)
      const rule = region(page, 'Refers to').getByRole('listitem').filter({ hasText: 'DestinationRule' })
      await rule.getByRole('link', { name: 'reviews' }).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL('**/config/DestinationRule/bookinfo/reviews')
      const back = region(page, 'Referred to by').getByRole('listitem').filter({ hasText: 'VirtualService' })
      await back.getByRole('link', { name: 'reviews' }).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL('**/config/VirtualService/bookinfo/reviews?at=**')
      await page.locator('.cm-activeLine', { hasText: /subset|host|destination/ }).waitFor()
    })
  })
})
