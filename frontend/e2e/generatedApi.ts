import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { extname, join, resolve } from 'node:path'
import type { GraphDocument } from '../src/api/schemas'
import { nextFrame, seeded } from '../src/model/graph/generatedMesh'

const DIST = resolve(import.meta.dirname, '../target/dist')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The built pages over a generated mesh: what the browser benchmark runs against. */
export interface GeneratedApi {
  readonly url: string
  /** Sends one frame in which every value changes. */
  tick(): void
  close(): void
}

export async function serveGenerated(start: GraphDocument): Promise<GeneratedApi> {
  let graph = start
  const random = seeded(7)
  const viewers = new Set<ServerResponse>()
  const send = (response: ServerResponse, event: string, body: unknown) =>
    response.write(`event: ${event}\nid: 1-${graph.seq}\ndata: ${JSON.stringify(body)}\n\n`)
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/api/v1/graph/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      viewers.add(response)
      request.on('close', () => viewers.delete(response))
      send(response, 'snapshot', graph)
    } else if (path.startsWith('/api/')) {
      const body = answerTo(path, graph)
      response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body ?? { title: 'not here', status: 404 }))
    } else servePage(path, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    tick() {
      const { graph: next, delta } = nextFrame(graph, random)
      graph = next
      for (const viewer of viewers) send(viewer, 'delta', delta)
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function answerTo(path: string, graph: GraphDocument): unknown {
  if (path === '/api/v1/status') {
    return {
      version: '0',
      now: new Date().toISOString(),
      startedAt: null,
      sources: [],
      demo: true,
      clusterName: 'generated',
    }
  }
  if (path === '/api/v1/namespaces') {
    const names = [...new Set(graph.nodes.map((node) => node.namespace))]
    return { items: names.map((name) => ({ name })), sources: [] }
  }
  if (path === '/api/v1/graph') return graph
  if (path === '/api/v1/graph/timeline') {
    const now = new Date().toISOString()
    return { from: now, to: now, buckets: [], marks: [] }
  }
  return null
}

function servePage(path: string, response: ServerResponse): void {
  const file = extname(path) === '' ? '/index.html' : path
  try {
    const body = readFileSync(join(DIST, file))
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    response.end(body)
  } catch {
    response.writeHead(404)
    response.end()
  }
}
