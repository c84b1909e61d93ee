import { oneOf, text, type RawSearch } from '../viewSearch'
import { EDGE_LABELS, type EdgeLabel } from './labels'

/** Graphs as a reader thinks of them. `apps` are app cards with a row for each version. */
export const GRAPH_VIEWS = ['apps', 'versions', 'workloads', 'services'] as const
export type GraphView = (typeof GRAPH_VIEWS)[number]

export const START_VIEWS = ['auto', 'cards', 'boxes', 'tiles'] as const
export type StartView = (typeof START_VIEWS)[number]

/** The part of the address that only the graph page reads; absent means the default. */
export interface GraphSearch {
  view?: GraphView
  /** How much is open at first; absent: by size. */
  start?: StartView
  /** Namespaces opened or closed by hand, `cluster/namespace`, separated by commas. */
  open?: string
  closed?: string
  find?: string
  hide?: string
  labels?: string
  /** Selected node, edge or box. */
  sel?: string
  focus?: string
  hops?: string
  box?: string
  svc?: string
  idle?: string
  dots?: string
  badges?: string
  way?: string
  grpc?: string
  tcp?: string
  legend?: string
  table?: string
  cam?: string
  /** Length of the time strip. */
  strip?: string
}

const SWITCH = ['on', 'off'] as const
const BOXES = ['cluster', 'namespace', 'app'] as const
const IDLE = ['edges', 'nodes'] as const
export const GRPC_RATES = ['requests', 'sent', 'received', 'total'] as const
export const TCP_RATES = ['sent', 'received', 'total'] as const
export const STRIPS = ['PT30M', 'PT3H', 'PT24H'] as const

/** Keeps what is valid; a mistyped link opens the default instead of an error. */
export function validateGraphSearch(raw: RawSearch): GraphSearch {
  const out: Record<string, string> = {}
  const keep = (key: keyof GraphSearch, value: string | undefined) => {
    if (value !== undefined && value !== '') out[key] = value
  }
  keep('view', oneOf(raw, 'view', GRAPH_VIEWS))
  keep('start', oneOf(raw, 'start', START_VIEWS))
  for (const key of ['open', 'closed', 'find', 'hide', 'sel', 'focus'] as const)
    keep(key, text(raw, key)?.slice(0, 2000))
  keep('labels', raw['labels'] === 'none' ? 'none' : listOf(raw, 'labels', EDGE_LABELS).slice(0, 2).join(','))
  keep('box', raw['box'] === 'none' ? 'none' : listOf(raw, 'box', BOXES).join(','))
  keep('idle', listOf(raw, 'idle', IDLE).join(','))
  keep('hops', oneOf(numbersAsText(raw), 'hops', ['1', '2', '3', '4']))
  for (const key of ['svc', 'dots', 'badges', 'way', 'legend', 'table'] as const)
    keep(key, oneOf(raw, key, SWITCH))
  keep('grpc', oneOf(raw, 'grpc', GRPC_RATES))
  keep('tcp', oneOf(raw, 'tcp', TCP_RATES))
  keep('strip', oneOf(raw, 'strip', STRIPS))
  const cam = text(raw, 'cam')
  if (cam !== undefined && parseCamera(cam) !== null) keep('cam', cam)
  return out
}

const numbersAsText = (raw: RawSearch): RawSearch => ({
  ...raw,
  hops: typeof raw['hops'] === 'number' ? String(raw['hops']) : raw['hops'],
})

function listOf<T extends string>(raw: RawSearch, key: string, allowed: readonly T[]): T[] {
  const wanted = text(raw, key)?.split(',') ?? []
  return allowed
    .filter((value) => wanted.includes(value))
    .sort((a, b) => wanted.indexOf(a) - wanted.indexOf(b))
}

export function parseCamera(value: string): { x: number; y: number; k: number } | null {
  const [x, y, k, more] = value.split(',').map(Number)
  if (x === undefined || y === undefined || k === undefined || more !== undefined) return null
  return [x, y, k].every(Number.isFinite) && k > 0.01 && k < 8 ? { x, y, k } : null
}

/** The options of the page with every default filled in. */
export interface GraphOptions {
  readonly view: GraphView
  readonly start: StartView
  readonly open: readonly string[]
  readonly closed: readonly string[]
  readonly find: string
  readonly hide: string
  readonly labels: readonly EdgeLabel[]
  readonly selected: string | null
  readonly focus: { readonly id: string; readonly hops: number } | null
  readonly boxes: { readonly namespace: boolean; readonly cluster: boolean; readonly app: boolean }
  readonly serviceNodes: boolean
  readonly idleEdges: boolean
  readonly idleNodes: boolean
  readonly dots: boolean
  readonly badges: boolean
  readonly waypoints: boolean
  readonly grpc: (typeof GRPC_RATES)[number]
  readonly tcp: (typeof TCP_RATES)[number]
  readonly legend: boolean
  readonly table: boolean
  readonly strip: (typeof STRIPS)[number]
}

const split = (value: string | undefined): string[] =>
  value === undefined ? [] : value.split(',').filter(Boolean)

export function graphOptions(search: GraphSearch): GraphOptions {
  const boxes = search.box === undefined ? ['cluster', 'namespace', 'app'] : split(search.box)
  const idle = split(search.idle)
  const view = search.view ?? 'apps'
  return {
    view,
    start: search.start ?? 'auto',
    open: split(search.open),
    closed: split(search.closed),
    find: search.find ?? '',
    hide: search.hide ?? '',
    labels:
      search.labels === 'none'
        ? []
        : search.labels === undefined
          ? ['rps', 'err']
          : (split(search.labels) as EdgeLabel[]),
    selected: search.sel ?? null,
    focus: search.focus === undefined ? null : { id: search.focus, hops: Number(search.hops ?? '1') },
    boxes: {
      namespace: boxes.includes('namespace'),
      cluster: boxes.includes('cluster'),
      app: boxes.includes('app') && view === 'versions',
    },
    serviceNodes: search.svc === 'on',
    idleEdges: idle.includes('edges'),
    idleNodes: idle.includes('nodes'),
    dots: search.dots !== 'off',
    badges: search.badges !== 'off',
    waypoints: search.way !== 'off',
    grpc: search.grpc ?? 'requests',
    tcp: search.tcp ?? 'sent',
    legend: search.legend === 'on',
    table: search.table === 'on',
    strip: search.strip ?? 'PT30M',
  } as GraphOptions
}

/** The question for the backend; everything else the page does with the answer. */
export function graphQuery(
  options: GraphOptions,
  mesh: { readonly namespaces: readonly string[]; readonly window: string },
): Readonly<Record<string, string | boolean | readonly string[]>> {
  const kind = { apps: 'versionedApp', versions: 'versionedApp', workloads: 'workload', services: 'service' }[
    options.view
  ]
  const boxBy = [
    ...(options.boxes.cluster ? ['cluster'] : []),
    ...(options.boxes.namespace ? ['namespace'] : []),
    ...(options.boxes.app ? ['app'] : []),
  ]
  return {
    ...(mesh.namespaces.length > 0 ? { namespace: mesh.namespaces } : {}),
    kind,
    window: mesh.window,
    ...(options.serviceNodes && options.view !== 'apps' && options.view !== 'services'
      ? { injectServiceNodes: true }
      : {}),
    ...(options.idleEdges ? { idleEdges: true } : {}),
    ...(options.idleNodes ? { idleNodes: true } : {}),
    ...(boxBy.length > 0 ? { boxBy } : {}),
    ...(options.find.trim() !== '' ? { find: options.find.trim() } : {}),
    ...(options.hide.trim() !== '' ? { hide: options.hide.trim() } : {}),
    ...(options.grpc !== 'requests' ? { rateGrpc: options.grpc } : {}),
    ...(options.tcp !== 'sent' ? { rateTcp: options.tcp } : {}),
    ...(options.waypoints ? {} : { waypoints: false }),
  }
}
