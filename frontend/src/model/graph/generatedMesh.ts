import type { GraphDelta, GraphDocument, GraphEdge, GraphNode, HealthStatus } from '../../api/schemas'

/** A small fast generator (mulberry32): the same seed gives the same mesh everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const health = (
  errorShare: number,
): { status: HealthStatus; reasons: { status: HealthStatus; text: string }[] } => {
  const status: HealthStatus = errorShare >= 0.1 ? 'failure' : errorShare >= 0.01 ? 'degraded' : 'healthy'
  const text = `${(errorShare * 100).toFixed(1)} % of requests fail`
  return { status, reasons: status === 'healthy' ? [] : [{ status, text }] }
}

/**
 * A mesh for tests and benchmarks with about `size` nodes: namespaces of uneven size, one to three versions per app,
 * five tiers, hubs, 68 % of the calls inside the namespace and a few that run backwards.
 */
export function generatedMesh(size: number, seed = 1): GraphDocument {
  const random = seeded(seed)
  const namespaces = Math.max(3, Math.round(size / 42))
  const weights = Array.from({ length: namespaces }, (_, i) => 1 / (i + 1.5) ** 0.8)
  const sum = weights.reduce((a, b) => a + b, 0)
  const pickNamespace = () => {
    let at = random() * sum
    const found = weights.findIndex((weight) => (at -= weight) <= 0)
    return found < 0 ? 0 : found
  }
  const nodes: GraphNode[] = []
  const apps: { namespace: number; tier: number; first: number; versions: number }[] = []
  while (nodes.length < size) {
    const namespace = pickNamespace()
    const draw = random()
    const versions = Math.min(size - nodes.length, draw < 0.7 ? 1 : draw < 0.92 ? 2 : 3)
    const number = apps.length
    apps.push({ namespace, tier: Math.floor(random() * 5), first: nodes.length, versions })
    for (let v = 1; v <= versions; v++) nodes.push(node(number, namespace, v, random()))
  }
  const edges: GraphEdge[] = []
  const seen = new Set<string>()
  apps.forEach((app, a) => {
    for (let v = 0; v < app.versions; v++) {
      const calls = 1 + Math.floor(random() * 2.4)
      for (let c = 0; c < calls; c++) {
        const near = random() < 0.68
        const back = random() < 0.02
        const candidates = apps
          .map((_, i) => i)
          .filter((i) => i !== a)
          .filter((i) => !near || apps[i]?.namespace === app.namespace)
          .filter((i) => back || (apps[i]?.tier ?? 0) > app.tier)
        // Squaring favours the first ones: these become hubs.
        const target = apps[candidates[Math.floor(random() ** 2 * candidates.length)] ?? -1]
        if (!target) continue
        const share = random()
        const rate = 0.5 + random() ** 3 * 200
        const errors = random() < 0.03 ? 0.15 + random() * 0.2 : random() < 0.05 ? 0.02 : 0
        for (let t = 0; t < target.versions; t++) {
          const source = nodes[app.first + v]
          const destination = nodes[target.first + t]
          const id = `${source?.id ?? ''}-${destination?.id ?? ''}`
          if (!source || !destination || seen.has(id)) continue
          seen.add(id)
          edges.push(
            edge(
              id,
              source.id,
              destination.id,
              (rate * (t === 0 ? 1 : share)) / target.versions,
              errors,
              random(),
            ),
          )
        }
      }
    }
  })
  const document: GraphDocument = {
    at: '2026-01-01T12:00:00Z',
    window: 'PT1M',
    kind: 'versionedApp',
    namespaces: [],
    seq: 1,
    topology: '1',
    sources: [],
    partial: false,
    stale: false,
    origin: 'live',
    found: null,
    nodes,
    edges,
    boxes: [],
  }
  return withNodeRates(document)
}

function node(app: number, namespace: number, version: number, luck: number): GraphNode {
  const name = `${WORDS[app % WORDS.length] ?? 'app'}-${app}`
  return {
    id: `n${app}v${version}`,
    key: '',
    kind: 'app',
    cluster: 'one',
    namespace: `ns-${namespace}`,
    workload: `${name}-v${version}`,
    app: name,
    version: `v${version}`,
    service: '',
    label: `${name} v${version}`,
    parent: null,
    flags: [],
    config: luck < 0.08 ? ['virtualService', 'trafficShifting'] : luck < 0.14 ? ['circuitBreaker'] : [],
    labels: {},
    hosts: [],
    versions: [],
    replicas: null,
    health: health(0),
    rank: null,
    rates: {},
  }
}

const WORDS = [
  'cart',
  'orders',
  'payment',
  'search',
  'catalog',
  'profile',
  'shipping',
  'inventory',
  'mail',
  'pricing',
  'session',
  'audit',
]

function edge(
  id: string,
  source: string,
  target: string,
  total: number,
  errors: number,
  luck: number,
): GraphEdge {
  const p50 = 4 + luck * 60
  return {
    id,
    source,
    target,
    protocol: luck > 0.97 ? 'tcp' : luck > 0.8 ? 'grpc' : 'http',
    rates: luck > 0.97 ? { total: total * 900 } : { total, percentErr: errors * 100, '5xx': total * errors },
    responses: {},
    responseTime: luck > 0.97 ? null : { avg: p50 * 1.2, p50, p95: p50 * 3, p99: p50 * 6 },
    throughput: null,
    mtls: luck < 0.05 ? 0 : 100,
    sourcePrincipal: '',
    destPrincipal: '',
    health: health(errors),
    sampled: false,
  }
}

/** Nodes get the sums of their edges. */
function withNodeRates(graph: GraphDocument): GraphDocument {
  const sums = new Map(
    graph.nodes.map((row) => [row.id, { httpIn: 0, httpIn5xx: 0, httpOut: 0, tcpIn: 0, tcpOut: 0 }]),
  )
  for (const row of graph.edges) {
    const total = row.rates['total'] ?? 0
    const target = sums.get(row.target)
    const source = sums.get(row.source)
    if (!target || !source) continue
    if (row.protocol === 'tcp') {
      target.tcpIn += total
      source.tcpOut += total
    } else {
      target.httpIn += total
      target.httpIn5xx += row.rates['5xx'] ?? 0
      source.httpOut += total
    }
  }
  return {
    ...graph,
    nodes: graph.nodes.map((row) => {
      const rates = sums.get(row.id) ?? { httpIn: 0, httpIn5xx: 0, httpOut: 0, tcpIn: 0, tcpOut: 0 }
      return { ...row, rates, health: health(rates.httpIn > 0 ? rates.httpIn5xx / rates.httpIn : 0) }
    }),
  }
}

/** The next frame of the same mesh: all rates move a little. */
export function nextFrame(
  graph: GraphDocument,
  random: () => number,
): { graph: GraphDocument; delta: GraphDelta } {
  const edges = graph.edges.map((row) => {
    const factor = 0.9 + random() * 0.2
    const rates = Object.fromEntries(
      Object.entries(row.rates).map(([name, value]) => [
        name,
        name === 'percentErr' ? value : (value ?? 0) * factor,
      ]),
    )
    return { ...row, rates }
  })
  const next = withNodeRates({
    ...graph,
    edges,
    seq: graph.seq + 1,
    at: new Date(Date.parse(graph.at) + 5000).toISOString(),
  })
  return {
    graph: next,
    delta: {
      base: graph.seq,
      seq: next.seq,
      at: next.at,
      sources: [],
      partial: false,
      stale: false,
      topology: next.topology,
      found: null,
      removed: { nodes: [], edges: [], boxes: [] },
      changed: { nodes: next.nodes, edges: next.edges, boxes: [] },
    },
  }
}
