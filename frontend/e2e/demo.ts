import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createServer } from 'node:net'

const LAUNCHER = resolve(import.meta.dirname, '../../pharos')
const START_LIMIT_MS = 90_000
const STOP_LIMIT_MS = 20_000

/** A demo of its own: own port, own data folder, everything gone after `stop`. */
export interface Demo {
  url: string
  port: number
  dataDir: string
  process: ChildProcess
  /** What the process wrote to standard error so far. */
  log(): string
  /** Ends it as Ctrl-C does and says how it exited. */
  stop(): Promise<number | null>
}

/** The demo that `PHAROS_E2E_URL` names, for work on the tests themselves; otherwise one of its own. */
export async function sharedDemo(): Promise<Pick<Demo, 'url' | 'stop'>> {
  const url = process.env['PHAROS_E2E_URL']
  if (url) return { url, stop: () => Promise.resolve(null) }
  const demo = await startDemo()
  // Rates need two scrapes: until then the API answers 503, and says so.
  await eventually('the first graph', 30_000, async () => (await fetch(`${demo.url}/api/v1/graph`)).ok)
  return demo
}

/** Starts `./pharos demo` and waits until its standard output holds the URL line. */
export async function startDemo(options: { args?: string[]; dataDir?: string } = {}): Promise<Demo> {
  const port = await freePort()
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'pharos-e2e-'))
  const child = spawn(
    LAUNCHER,
    ['demo', '--port', String(port), '--data-dir', dataDir, ...(options.args ?? [])],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))

  const url = await new Promise<string>((found, failed) => {
    const timer = setTimeout(
      () => failed(new Error(`no URL after ${START_LIMIT_MS} ms:\n${log}`)),
      START_LIMIT_MS,
    )
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const match = /https?:\/\/\S+/.exec(out)
      if (match) {
        clearTimeout(timer)
        found(match[0].replace(/\/$/, ''))
      }
    })
    void exited.then((code) => {
      clearTimeout(timer)
      failed(new Error(`the demo ended with status ${code ?? 'none'} before it printed a URL:\n${log}`))
    })
  })

  return {
    url,
    port,
    dataDir,
    process: child,
    log: () => log,
    async stop() {
      child.kill('SIGINT')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
      const code = await exited
      clearTimeout(timer)
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true })
      return code
    },
  }
}

/** A TCP port of the loopback interface that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') found(address.port)
        else failed(new Error('the system named no free port'))
      })
    })
  })
}

/** Waits until `condition` gives a value, asking every 200 ms; fails with `what` after `limitMs`. */
export async function eventually<T>(
  what: string,
  limitMs: number,
  condition: () => Promise<T | undefined | false | null>,
): Promise<T> {
  const deadline = Date.now() + limitMs
  let last: unknown
  while (Date.now() < deadline) {
    try {
      const value = await condition()
      if (value) return value
    } catch (error) {
      last = error
    }
    await new Promise((wake) => setTimeout(wake, 200))
  }
  throw new Error(`${what}: not within ${limitMs} ms${last instanceof Error ? ` (${last.message})` : ''}`)
}
