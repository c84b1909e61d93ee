import type { GraphDocument, GraphEdge, GraphNode, HealthStatus } from '../../api/schemas'

type Flags = readonly string[]

const health = (errors: number) => {
  const status: HealthStatus = errors >= 20 ? 'failure' : errors >= 1 ? 'degraded' : 'healthy'
  return { status, reasons: status === 'healthy' ? [] : [{ status, text: `${errors} % of requests fail` }] }
}

function node(
  namespace: string,
  app: string,
  version: string,
  more: { config?: Flags; flags?: Flags; kind?: GraphNode['kind'] } = {},
): GraphNode {
  const kind = more.kind ?? 'app'
  const named = kind === 'app'
  return {
    id: `${namespace}/${app}/${version}`,
    key: '',
    kind,
    cluster: 'demo',
    namespace,
    workload: named ? `${app}-${version}` : '',
    app: named ? app : '',
    version: named ? version : '',
    service: named ? '' : app,
    label: named ? `${app} ${version}` : app,
    parent: null,
    flags: [...(more.flags ?? [])],
    config: [...(more.config ?? [])],
    labels: {},
    hosts: [],
    versions: [],
    replicas: null,
    health: health(0),
    rank: null,
    rates: {},
  }
}

function edge(
  source: string,
  target: string,
  total: number,
  errors: number,
  p95: number,
  protocol = 'http',
  mtls = 100,
): GraphEdge {
  const tcp = protocol === 'tcp'
  return {
    id: `${source}>${target}`,
    source,
    target,
    protocol,
    rates: tcp ? { total } : { total, percentErr: errors, '5xx': (total * errors) / 100 },
    responses: tcp
      ? {}
      : {
          '200': { flags: { '-': 100 - errors }, hosts: { [target.split('/')[1] ?? '']: 100 } },
          ...(errors > 0 ? { '503': { flags: { UF: errors }, hosts: {} } } : {}),
        },
    responseTime: tcp ? null : { avg: p95 / 3, p50: p95 / 4, p95, p99: p95 * 1.7 },
    throughput: null,
    mtls,
    sourcePrincipal: '',
    destPrincipal: '',
    health: health(errors),
    sampled: false,
  }
}

/** Bookinfo beside a small shop: every kind of card and line once, with `reviews v3` in trouble. For tests and pictures. */
export function bookinfoMesh(): GraphDocument {
  const nodes = [
    node('istio-ingress', 'istio-ingressgateway', 'latest', {
      flags: ['gateway', 'root'],
      config: ['gateway'],
    }),
    node('bookinfo', 'productpage', 'v1', { config: ['virtualService'] }),
    node('bookinfo', 'details', 'v1'),
    node('bookinfo', 'reviews', 'v1', { config: ['trafficShifting', 'circuitBreaker'] }),
    node('bookinfo', 'reviews', 'v2', { config: ['trafficShifting', 'circuitBreaker'] }),
    node('bookinfo', 'reviews', 'v3', { config: ['trafficShifting', 'circuitBreaker'] }),
    node('bookinfo', 'ratings', 'v1', { config: ['faultInjection'] }),
    node('bookinfo', 'mongodb', 'v1'),
    node('shop', 'storefront', 'v1', { config: ['requestRouting'] }),
    node('shop', 'cart', 'v1'),
    node('shop', 'checkout', 'v1', { config: ['requestTimeout'] }),
    node('shop', 'payment', 'v1', { config: ['circuitBreaker', 'requestTimeout'] }),
    node('shop', 'catalog', 'v1'),
    node('shop', 'catalog', 'v2'),
    node('shop', 'recommendation', 'v1', { config: ['mirroring'] }),
    node('shop', 'inventory', 'v1'),
    node('shop', 'queue', 'v1', { flags: ['outOfMesh'] }),
    node('shop', 'mailer', 'v1'),
    node('shop', 'legacy-report', 'v1', { flags: ['idle'] }),
    node('shop', 'api.payments.example.com', '', {
      kind: 'serviceEntry',
      flags: ['serviceEntry', 'outside'],
    }),
    node('unknown', 'PassthroughCluster', '', { kind: 'service', flags: ['egressCluster'] }),
  ]
  const at = (namespace: string, app: string, version = 'v1') => `${namespace}/${app}/${version}`
  const gateway = at('istio-ingress', 'istio-ingressgateway', 'latest')
  const book = (app: string, version = 'v1') => at('bookinfo', app, version)
  const shop = (app: string, version = 'v1') => at('shop', app, version)
  const edges = [
    edge(gateway, book('productpage'), 61.8, 0.4, 198),
    edge(book('productpage'), book('details'), 61.7, 0, 9),
    edge(book('productpage'), book('reviews', 'v1'), 49.2, 0, 41),
    edge(book('productpage'), book('reviews', 'v2'), 9.2, 1.1, 96),
    edge(book('productpage'), book('reviews', 'v3'), 3.1, 24.6, 840),
    edge(book('reviews', 'v2'), book('ratings'), 9.2, 1, 60),
    edge(book('reviews', 'v3'), book('ratings'), 3.1, 22.8, 64),
    edge(book('ratings'), book('mongodb'), 48_000, 0, 0, 'tcp'),
    edge(gateway, shop('storefront'), 34.2, 0.1, 160),
    edge(shop('storefront'), shop('catalog'), 28.4, 0, 22, 'grpc'),
    edge(shop('storefront'), shop('catalog', 'v2'), 3.2, 0, 25, 'grpc'),
    edge(shop('storefront'), shop('cart'), 12.6, 0, 18, 'grpc'),
    edge(shop('storefront'), shop('recommendation'), 20.1, 0, 48, 'grpc'),
    edge(shop('recommendation'), shop('catalog'), 20.0, 0, 21, 'grpc'),
    edge(shop('cart'), shop('checkout'), 4.4, 2.1, 310),
    edge(shop('checkout'), shop('payment'), 4.4, 2, 240, 'grpc'),
    edge(shop('checkout'), shop('inventory'), 4.4, 0, 19, 'grpc'),
    edge(shop('catalog'), shop('inventory'), 22.7, 0, 15, 'grpc'),
    edge(shop('catalog', 'v2'), shop('inventory'), 3.2, 0, 16, 'grpc'),
    edge(shop('checkout'), shop('queue'), 5200, 0, 0, 'tcp', 0),
    edge(shop('mailer'), shop('queue'), 3100, 0, 0, 'tcp', 0),
    edge(shop('payment'), at('shop', 'api.payments.example.com', ''), 4.3, 0, 180, 'http', 0),
    edge(shop('mailer'), at('unknown', 'PassthroughCluster', ''), 900, 0, 0, 'tcp', 0),
    edge(shop('inventory'), shop('catalog'), 0.8, 0, 12),
  ]
  const sum = (key: 'source' | 'target', id: string, of: (row: GraphEdge) => number) =>
    edges.filter((row) => row[key] === id).reduce((total, row) => total + of(row), 0)
  const requests = (row: GraphEdge) => (row.protocol === 'tcp' ? 0 : (row.rates['total'] ?? 0))
  const bytes = (row: GraphEdge) => (row.protocol === 'tcp' ? (row.rates['total'] ?? 0) : 0)
  return {
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
    nodes: nodes.map((row) => {
      const failed = sum('target', row.id, (line) => line.rates['5xx'] ?? 0)
      const httpIn = sum('target', row.id, requests)
      return {
        ...row,
        health: row.flags.includes('idle')
          ? { status: 'na' as const, reasons: [] }
          : health(Math.round((failed / Math.max(httpIn, 0.01)) * 1000) / 10),
        rates: {
          httpIn,
          httpIn5xx: failed,
          httpOut: sum('source', row.id, requests),
          tcpIn: sum('target', row.id, bytes),
          tcpOut: sum('source', row.id, bytes),
        },
      }
    }),
    edges,
    boxes: [],
  }
}
