import { readFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'

const SCREENSHOTS = resolve(import.meta.dirname, '../target/screenshots')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Debian's Chromium, headless. The flags keep it quiet and let it run as root. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export const THEMES = ['light', 'dark'] as const
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const

/** A page in one theme; every error of its console and every failed script ends up in `problems`. */
export async function openPage(
  browser: Browser,
  options: { theme?: 'light' | 'dark'; width?: number; height?: number } = {},
): Promise<{ page: Page; problems: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.theme ?? 'light',
    acceptDownloads: true,
    // axe is injected as a script; the page's own policy is asserted on the response headers instead.
    bypassCSP: false,
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`)
  })
  return { page, problems, close: () => context.close() }
}

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) })
}

/** Serious and critical findings of axe (WCAG 2.2 A and AA), one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    interface Axe {
      run(options: object): Promise<{
        violations: { id: string; impact: string | null; help: string; nodes: { target: string[] }[] }[]
      }>
    }
    const axe = (globalThis as unknown as { axe: Axe }).axe
    const result = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return result.violations
      .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
      .map(
        (v) =>
          `${v.id}: ${v.help} at ${v.nodes
            .map((node) => node.target.join(' '))
            .slice(0, 3)
            .join('; ')}`,
      )
  })
}
