import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, launchBrowser, openPage, screenshot, SIZES, THEMES } from './browser'
import { eventually, sharedDemo } from './demo'
import { openAt } from './editor'

const LIMIT = 30_000
const REVIEWS = 'VirtualService/bookinfo/reviews'
const WEIGHT = 'spec.http[1].route[0].weight'

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

const liveText = async (): Promise<string> => {
  const answer = await fetch(`${demo.url}/api/v1/config/${REVIEWS}`)
  return ((await answer.json()) as { text: string }).text
}
/** What a text says, whatever the order of keys: the API server keeps its own. */
const said = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^[\s-]+/, ''))
    .sort()
    .join('\n')
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

/** Writes another weight by keyboard and opens the review. */
async function review(page: Page, weight: string): Promise<void> {
  await openAt(page, demo.url, REVIEWS, WEIGHT)
  await page.keyboard.press('Control+Backspace')
  await page.keyboard.type(weight)
  await button(page, /^Review$/).click()
  await page.waitForURL(/\/changes\/[0-9a-f-]{36}/)
  await button(page, /^Apply/).waitFor()
}

describe('a change', () => {
  it('is reviewed, applied, seen in the cluster and the history, and taken back', async () => {
    const before = await liveText()
    const { page, problems, close } = await openPage(browser, {})
    page.setDefaultTimeout(LIMIT)
    await review(page, '45')
    await page.getByText('The API server and its webhooks accept every write.').waitFor()
    await page.getByText(/The weights add up to 95, not 100/).waitFor()
    expect(await liveText()).toBe(before)

    await button(page, /^Apply/).click()
    await button(page, 'Take back').waitFor()
    await eventually('the cluster has it', LIMIT, async () => (await liveText()).includes('weight: 45'))

    await button(page, 'Take back').click()
    await page.getByRole('heading', { level: 1, name: /^.*Take back:/ }).waitFor()
    await button(page, /^Apply/).click()
    await button(page, 'Take back').waitFor()
    await eventually('the cluster is as before', LIMIT, async () => said(await liveText()) === said(before))

    await page.goto(`${demo.url}/changes`, { waitUntil: 'domcontentloaded' })
    await page
      .getByRole('row', { name: /Take back: Edit VirtualService bookinfo\/reviews/ })
      .first()
      .waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('is refused when somebody else was quicker, with nothing lost', async () => {
    const { page, close } = await openPage(browser, {})
    page.setDefaultTimeout(LIMIT)
    await review(page, '44')
    const other = await openPage(browser, {})
    other.page.setDefaultTimeout(LIMIT)
    await review(other.page, '43')
    await button(other.page, /^Apply/).click()
    await button(other.page, 'Take back').waitFor()

    await button(page, /^Apply/).click()
    await page
      .getByRole('alert')
      .getByText(/changed since the preview/)
      .waitFor()
    expect(await liveText()).toContain('weight: 43')

    await button(other.page, 'Take back').click()
    await other.page.getByRole('heading', { level: 1, name: /Take back:/ }).waitFor()
    await button(other.page, /^Apply/).click()
    await button(other.page, 'Take back').waitFor()
    await other.close()
    await close()
  })
})

describe.each(THEMES)('in the %s theme', (theme) => {
  it('the pages show their data at both sizes, without a serious finding of axe', async () => {
    const { page, problems, close } = await openPage(browser, { theme })
    page.setDefaultTimeout(LIMIT)
    await review(page, '40')
    await page.getByText(/accept every write/).waitFor()
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await screenshot(page, `change-${theme}-${size.width}`)
      expect(await axeFindings(page), `review, ${size.width} wide`).toEqual([])
    }
    await page.goto(`${demo.url}/changes`, { waitUntil: 'domcontentloaded' })
    await page
      .getByRole('row', { name: /Edit VirtualService/ })
      .first()
      .waitFor()
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await screenshot(page, `changes-${theme}-${size.width}`)
      expect(await axeFindings(page), `history, ${size.width} wide`).toEqual([])
    }
    expect(problems).toEqual([])
    await close()
  })
})
