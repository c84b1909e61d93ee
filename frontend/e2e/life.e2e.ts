import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { eventually, startDemo } from './demo'

interface Status {
  sources: { name: string; state: string }[]
  defaults: { retentionStart: string | null }
}

interface Graph {
  origin: string
  edges: unknown[]
}

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`HTTP ${response.status} from ${url}`)
  return (await response.json()) as T
}

function listens(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      answer(true)
    })
    socket.once('error', () => answer(false))
  })
}

/** Processes whose command line names the folder: the demo's PostgreSQL does. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return words.includes(folder) ? [`${pid} ${words}`] : []
      } catch {
        return [] // ended meanwhile
      }
    })
}

describe('the life of a demo', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pharos-life-'))
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
  let stopped = ''

  it('shows both stories within 20 s, and Ctrl-C leaves no process and no port', async () => {
    const demo = await startDemo({ dataDir })
    try {
      for (const namespace of ['bookinfo', 'shop']) {
        await eventually(`a live graph of ${namespace}`, 20_000, async () => {
          const graph = await get<Graph>(`${demo.url}/api/v1/graph?namespace=${namespace}&kind=workload`)
          return graph.origin === 'live' && graph.edges.length >= 5
        })
      }
      await eventually('all sources healthy', 30_000, async () => {
        const status = await get<Status>(`${demo.url}/api/v1/status`)
        return status.sources.every((source) => source.state === 'ok')
      })
      await eventually('a first frame of history', 30_000, async () => {
        const status = await get<Status>(`${demo.url}/api/v1/status`)
        return status.defaults.retentionStart !== null
      })
    } finally {
      stopped = new Date().toISOString()
      await demo.stop()
    }
    expect(await listens(demo.port)).toBe(false)
    await eventually('no process left', 5_000, () => Promise.resolve(processesOf(dataDir).length === 0))
    expect(existsSync(dataDir)).toBe(true)
  })

  it('resumes its history after a second start', async () => {
    const demo = await startDemo({ dataDir })
    try {
      const graph = await eventually('the graph of before the restart', 30_000, () =>
        get<Graph>(`${demo.url}/api/v1/graph?kind=workload&at=${stopped}`),
      )
      expect(graph.origin).toBe('history')
      expect(graph.edges.length).toBeGreaterThan(10)
    } finally {
      await demo.stop()
    }
  })

  it('names a port that is taken', async () => {
    const demo = await startDemo({})
    try {
      await expect(startDemo({ args: ['--port', String(demo.port)] })).rejects.toThrow(/in use/)
    } finally {
      await demo.stop()
    }
  })
})
