import { HEALTH_CODES, type GraphStore } from './graphStore'
import type { Link, Picture } from './picture'

/** How a line is drawn. Order is painting order: what is worse lies on top. */
export const LINE_CLASSES = ['idle', 'tcp', 'healthy', 'degraded', 'failure'] as const
export type LineClass = (typeof LINE_CLASSES)[number]

/** Numbers of one line; NaN is unknown. */
export interface LinkColumns {
  readonly total: Float32Array
  readonly failed: Float32Array
  readonly share: Float32Array
  readonly avg: Float32Array
  readonly p50: Float32Array
  readonly p95: Float32Array
  readonly p99: Float32Array
  readonly throughput: Float32Array
  readonly mtls: Float32Array
  readonly health: Uint8Array
  /** Index into LINE_CLASSES. */
  readonly line: Uint8Array
}

/** Numbers of one card or tile; NaN is unknown. */
export interface ItemColumns {
  /** Requests that arrive; of a root, which has no callers, those that it sends. */
  readonly rate: Float32Array
  readonly failed: Float32Array
  /** Of the slowest caller, in ms. */
  readonly p95: Float32Array
  readonly tcp: Float32Array
  readonly health: Uint8Array
}

export interface PictureValues {
  readonly links: LinkColumns
  readonly items: ItemColumns
}

/**
 * Adds up what the stream says for the cards and lines of one picture. Rates and failures add; an average is
 * weighted by rate; quantiles cannot be combined, so the slowest is shown; the worst health wins.
 */
export function pictureValues(store: GraphStore, picture: Picture): PictureValues {
  const links = linkColumns(store, picture.links)
  const items = itemColumns(store, picture, links)
  return { links, items }
}

function linkColumns(store: GraphStore, links: readonly Link[]): LinkColumns {
  const source = store.edgeColumns
  const column = () => new Float32Array(links.length)
  const out: LinkColumns = {
    total: column(),
    failed: column(),
    share: column(),
    avg: column(),
    p50: column(),
    p95: column(),
    p99: column(),
    throughput: column(),
    mtls: column(),
    health: new Uint8Array(links.length),
    line: new Uint8Array(links.length),
  }
  links.forEach((link, i) => {
    let total = 0
    let failed = 0
    let share = NaN
    let timed = 0
    let timedSum = 0
    let p50 = NaN
    let p95 = NaN
    let p99 = NaN
    let throughput = NaN
    let secure = 0
    let secured = 0
    let health = 0
    for (const e of link.edges) {
      const rate = source.total[e] ?? 0
      total += rate
      failed += source.failed[e] ?? 0
      share = plus(share, source.share[e])
      const avg = source.avg[e] ?? NaN
      if (!Number.isNaN(avg) && rate > 0) {
        timed += rate
        timedSum += rate * avg
      }
      p50 = slower(p50, source.p50[e])
      p95 = slower(p95, source.p95[e])
      p99 = slower(p99, source.p99[e])
      throughput = plus(throughput, source.throughput[e])
      const mtls = source.mtls[e] ?? NaN
      if (!Number.isNaN(mtls)) {
        secure += mtls * Math.max(rate, 1e-6)
        secured += Math.max(rate, 1e-6)
      }
      health = Math.max(health, source.health[e] ?? 0)
    }
    out.total[i] = total
    out.failed[i] = failed
    // The share is of one source; of several together it would mean nothing.
    out.share[i] = link.edges.length === 1 ? share : NaN
    out.avg[i] = timed > 0 ? timedSum / timed : NaN
    out.p50[i] = p50
    out.p95[i] = p95
    out.p99[i] = p99
    out.throughput[i] = throughput
    out.mtls[i] = secured > 0 ? secure / secured : NaN
    out.health[i] = health
    out.line[i] = LINE_CLASSES.indexOf(lineClass(health, total, link.tcp))
  })
  return out
}

function lineClass(health: number, total: number, tcp: boolean): LineClass {
  const status = HEALTH_CODES[health]
  if (status === 'failure') return 'failure'
  if (status === 'degraded') return 'degraded'
  if (total === 0) return 'idle'
  return tcp ? 'tcp' : 'healthy'
}

const plus = (a: number, b: number | undefined): number =>
  b === undefined || Number.isNaN(b) ? a : Number.isNaN(a) ? b : a + b
const slower = (a: number, b: number | undefined): number =>
  b === undefined || Number.isNaN(b) ? a : Number.isNaN(a) ? b : Math.max(a, b)

function itemColumns(store: GraphStore, picture: Picture, links: LinkColumns): ItemColumns {
  const size = picture.items.length
  const out: ItemColumns = {
    rate: new Float32Array(size),
    failed: new Float32Array(size),
    p95: new Float32Array(size).fill(NaN),
    tcp: new Float32Array(size),
    health: new Uint8Array(size),
  }
  const { nodeColumns } = store
  picture.items.forEach((item, i) => {
    let incoming = 0
    let failed = 0
    let outgoing = 0
    let tcpIn = 0
    let tcpOut = 0
    let health = 0
    for (const node of item.nodes) {
      incoming += nodeColumns.incoming[node] ?? 0
      failed += nodeColumns.failed[node] ?? 0
      outgoing += nodeColumns.outgoing[node] ?? 0
      tcpIn += nodeColumns.tcpIn[node] ?? 0
      tcpOut += nodeColumns.tcpOut[node] ?? 0
      health = Math.max(health, nodeColumns.health[node] ?? 0)
    }
    if (incoming + outgoing + tcpIn + tcpOut === 0) {
      // Known from spans or from its callers only: nobody counts at the node itself.
      for (const l of picture.linksOf[i] ?? []) {
        const link = picture.links[l]
        if (!link || link.target !== i) continue
        if (link.tcp) tcpIn += links.total[l] ?? 0
        else {
          incoming += links.total[l] ?? 0
          failed += links.failed[l] ?? 0
        }
      }
    }
    // A source is what it sends, even where some answer is booked back to it.
    const receives = incoming > 0 && !(item.flags.has('root') && outgoing > 0)
    out.rate[i] = receives ? incoming : outgoing
    out.failed[i] = receives ? failed : 0
    out.tcp[i] = tcpIn > 0 ? tcpIn : tcpOut
    out.health[i] = health
    for (const l of picture.linksOf[i] ?? []) {
      const link = picture.links[l]
      if (!link || link.tcp) continue
      if (receives ? link.target === i : link.source === i) {
        out.p95[i] = slower(out.p95[i] ?? NaN, links.p95[l])
        if (!receives) out.failed[i] = (out.failed[i] ?? 0) + (links.failed[l] ?? 0)
      }
    }
  })
  return out
}

/** Healthy, degraded and failing members of a tile, and the name of the worst. */
export function tileFacts(
  store: GraphStore,
  nodes: readonly number[],
): { apps: number; failing: number; degraded: number; healthy: number; worst: string | null } {
  const byApp = new Map<string, { health: number; name: string }>()
  for (const i of nodes) {
    const node = store.nodes[i]
    if (!node) continue
    const name = node.app !== '' && node.app !== 'unknown' ? node.app : node.label
    const health = store.nodeColumns.health[i] ?? 0
    const known = byApp.get(name)
    if (!known || known.health < health) byApp.set(name, { health, name })
  }
  let failing = 0
  let degraded = 0
  let healthy = 0
  let worst: { health: number; name: string } | null = null
  for (const app of byApp.values()) {
    if (app.health >= 4) failing += 1
    else if (app.health >= 2) degraded += 1
    else if (app.health === 1) healthy += 1
    if (app.health >= 2 && (worst === null || app.health > worst.health)) worst = app
  }
  return { apps: byApp.size, failing, degraded, healthy, worst: worst?.name ?? null }
}
