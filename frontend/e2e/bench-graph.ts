/**
 * Measures the graph page in a real browser: first picture, frames while the camera pans, and main-thread time of a
 * frame of new values, each as the median of some runs. It reports and never judges, because the machine is shared.
 * Needs the built pages (`npm run build`); run it with `npx vitest run -c e2e/bench.config.ts`.
 */
import { test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { generatedMesh } from '../src/model/graph/generatedMesh'
import { launchBrowser } from './browser'
import { serveGenerated } from './generatedApi'

const SIZES = [50, 500, 1000, 2000]
const RUNS = 3
const PAN_STEPS = 40

interface Measured {
  readonly first: number
  readonly frame: number
  readonly tick: number
  readonly cards: number
}

test('graph page', { timeout: 600_000 }, async () => {
  const browser = await launchBrowser()
  const lines = ['nodes  edges  first picture ms  frame ms  tick ms (main thread)  cards']
  for (const size of SIZES) {
    const mesh = generatedMesh(size)
    const runs: Measured[] = []
    for (let run = 0; run < RUNS; run++) runs.push(await measure(browser, size))
    const of = (key: keyof Measured) => median(runs.map((one) => one[key])).toFixed(0)
    lines.push(
      `${String(size).padStart(5)}  ${String(mesh.edges.length).padStart(5)}  ${of('first').padStart(16)}  ${of('frame').padStart(8)}  ${of('tick').padStart(21)}  ${of('cards').padStart(5)}`,
    )
  }
  await browser.close()
  console.log(lines.join('\n'))
})

async function measure(browser: Browser, size: number): Promise<Measured> {
  const api = await serveGenerated(generatedMesh(size))
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  try {
    const start = Date.now()
    await page.goto(`${api.url}/graph?start=cards`)
    await page.waitForSelector('[role="treeitem"]', { state: 'attached' })
    await nextFrames(page)
    const first = Date.now() - start
    const frame = await panFrames(page)
    const ticks: number[] = []
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    const busy = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0) * 1000
    }
    await page.evaluate(() => (document.querySelector<HTMLElement>('.phg-stage') as HTMLElement).focus())
    for (let i = 0; i < 5; i++) {
      const idle = await during(busy, page, 500)
      const before = await busy()
      api.tick()
      await page.waitForTimeout(500)
      ticks.push(Math.max(0, (await busy()) - before - idle))
    }
    const cards = await page.locator('.phg-card').count()
    return { first, frame, tick: median(ticks), cards }
  } finally {
    await page.close()
    api.close()
  }
}

/** What the main thread does anyway in this time, such as moving dots. */
async function during(busy: () => Promise<number>, page: Page, ms: number): Promise<number> {
  const before = await busy()
  await page.waitForTimeout(ms)
  return (await busy()) - before
}

const nextFrames = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  )

/** Medians of the time between animation frames while the mouse drags the canvas in a circle. */
async function panFrames(page: Page): Promise<number> {
  await page.evaluate(() => {
    const times: number[] = []
    const step = (now: number) => {
      times.push(now)
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
    Object.assign(globalThis, { frameTimes: times })
  })
  // The corner of the canvas: nothing to grab there but the canvas.
  await page.mouse.move(90, 110)
  await page.mouse.down()
  for (let i = 0; i < PAN_STEPS; i++) {
    await page.mouse.move(90 + 120 * Math.sin(i / 6) ** 2, 110 + 160 * Math.sin(i / 5) ** 2)
  }
  await page.mouse.up()
  const times = await page.evaluate(() => (globalThis as unknown as { frameTimes: number[] }).frameTimes)
  return median(times.slice(1).map((time, i) => time - (times[i] ?? time)))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
