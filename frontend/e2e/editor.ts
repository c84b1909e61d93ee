import type { Locator, Page } from 'playwright-core'

/** The YAML editor of an object's page. It lives in a shadow root, which locators see through. */
export const editorOf = (page: Page): Locator => page.getByRole('textbox', { name: /^YAML of / })

/** Opens an object with the field of a path selected, and puts the cursor behind its value. */
export async function openAt(page: Page, url: string, object: string, path: string): Promise<void> {
  await page.goto(`${url}/config/${object}?at=${encodeURIComponent(path)}`, { waitUntil: 'domcontentloaded' })
  await editorOf(page).and(page.locator('.cm-editor.cm-focused [role=textbox]')).waitFor()
  await page.keyboard.press('End')
}

/** The whole text; the editor draws only the lines in view, so it is read from the draft's download. */
export async function textOf(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the text' }).click(),
  ])
  const stream = await download.createReadStream()
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

/**
 * Measures in the page, from the next key that is typed until the frame after the first squiggle of an error is in the
 * document: milliseconds.
 */
export async function untilSquiggle(page: Page, type: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const root = document.querySelector('.ph-yaml')?.shadowRoot
    if (!root) throw new Error('there is no editor')
    const measured = new Promise<number>((done) => {
      let begin = Number.NaN
      root.addEventListener('keydown', () => (begin = performance.now()), { capture: true })
      const observer = new MutationObserver(() => {
        if (Number.isNaN(begin) || !root.querySelector('.cm-lintRange-error')) return
        observer.disconnect()
        requestAnimationFrame((drawn) => done(drawn - begin))
      })
      observer.observe(root, { childList: true, subtree: true, attributes: true })
    })
    Object.assign(globalThis, { squiggle: measured })
  })
  await type()
  return page.evaluate(() => (globalThis as unknown as { squiggle: Promise<number> }).squiggle)
}
