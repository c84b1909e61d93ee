/**
 * Measures in a real browser how long after a key the squiggle of a wrong subset is drawn, on the demo and on a generated
 * mesh. It reports and never judges, because the machine is shared. Needs the jar; run it with `./pharos bench browser`.
 */
import { test } from 'vitest'
import { launchBrowser } from './browser'
import { eventually, startDemo } from './demo'
import { openAt, untilSquiggle } from './editor'

const RUNS = 15
const LIMIT_MS = 60_000

interface Config {
  readonly items: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[]
}
interface Detail {
  readonly uses: readonly { readonly role: string; readonly path: string }[]
}

test('editor', { timeout: 600_000 }, async () => {
  const browser = await launchBrowser()
  const lines = ['services  objects  key to squiggle ms: median  worst']
  for (const services of [0, 1000]) {
    const demo = await startDemo(services === 0 ? {} : { args: ['--services', String(services)] })
    try {
      const config = await eventually('the first analysis', LIMIT_MS, async () => {
        const response = await fetch(`${demo.url}/api/v1/config`)
        return response.ok && ((await response.json()) as Config)
      })
      const { object, path } = await withSubset(demo.url, config)
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
      page.setDefaultTimeout(LIMIT_MS)
      await openAt(page, demo.url, object, path)
      const times: number[] = []
      for (let run = 0; run < RUNS; run++) {
        times.push(await untilSquiggle(page, () => page.keyboard.type('7')))
        await page.keyboard.press('Backspace')
        await page.locator('.cm-lintRange-error').waitFor({ state: 'detached' })
      }
      await page.close()
      times.sort((a, b) => a - b)
      lines.push(
        [
          String(services === 0 ? 'demo' : services).padStart(8),
          String(config.items.length).padStart(7),
          (times[Math.floor(RUNS / 2)] ?? 0).toFixed(0).padStart(26),
          (times.at(-1) ?? 0).toFixed(0).padStart(5),
        ].join('  '),
      )
    } finally {
      await demo.stop()
    }
  }
  await browser.close()
  console.log(lines.join('\n'))
})

/** The first VirtualService that names a subset, and where it does. */
async function withSubset(url: string, config: Config): Promise<{ object: string; path: string }> {
  for (const { kind, namespace, name } of config.items) {
    if (kind !== 'VirtualService') continue
    const object = `${kind}/${namespace}/${name}`
    const detail = (await (await fetch(`${url}/api/v1/config/${object}`)).json()) as Detail
    const use = detail.uses.find((candidate) => candidate.role === 'subset')
    if (use) return { object, path: use.path }
  }
  throw new Error('no VirtualService names a subset')
}
