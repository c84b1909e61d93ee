import type { GraphBox, GraphNode } from '../../api/schemas'
import type { GraphStore } from './graphStore'

/** The outline of a card tells what it stands for, also without colour. */
export type Shape =
  'workload' | 'app' | 'service' | 'serviceEntry' | 'gateway' | 'waypoint' | 'unknown' | 'egress' | 'tile'

export interface Row {
  readonly version: string
  /** Index of the node that this version is. */
  readonly node: number
}

/** One card or one tile: what is drawn as a unit and placed by the layout. */
export interface Item {
  readonly id: string
  readonly shape: Shape
  readonly label: string
  readonly namespace: string
  readonly cluster: string
  /** Cluster and namespace: what a tile folds up. */
  readonly group: string
  /** What the layout keeps together and draws one namespace box around. */
  readonly zone: string
  /** Outside of every namespace that matters to the reader: it stands alone, without a box. */
  readonly loose: boolean
  /** Placed behind its callers' namespaces: loose, or an egress gateway. */
  readonly last: boolean
  /** The app box inside; null: none. */
  readonly sub: string | null
  /** Indices of the nodes behind it. */
  readonly nodes: readonly number[]
  /** Versions that are rows of the card; fewer than two are no rows. */
  readonly rows: readonly Row[]
  readonly badges: readonly Badge[]
  readonly flags: ReadonlySet<string>
  readonly w: number
  readonly h: number
}

export interface Link {
  readonly id: string
  readonly source: number
  readonly target: number
  /** The version row of the source that calls; -1: the card as a whole. */
  readonly row: number
  /** Indices of the edges behind it. */
  readonly edges: readonly number[]
  readonly tcp: boolean
  readonly sampled: boolean
}

export interface Box {
  readonly id: string
  readonly kind: GraphBox['kind']
  readonly name: string
  readonly items: readonly number[]
}

/** What is drawn for one shape of the graph: cards instead of nodes, one line instead of several edges. */
export interface Picture {
  readonly revision: number
  readonly items: readonly Item[]
  readonly links: readonly Link[]
  /** From the outermost to the innermost. */
  readonly boxes: readonly Box[]
  readonly byId: ReadonlyMap<string, number>
  /** The item of each node; -1: not drawn. */
  readonly itemOf: Int32Array
  /** Links of each item, by index. */
  readonly linksOf: readonly (readonly number[])[]
}

export interface Badge {
  readonly short: string
  readonly words: string
}

export interface PictureOptions {
  /** Versions of one app become rows of one card. */
  readonly foldVersions: boolean
  /** Namespaces that are drawn as a tile; the argument is the group id. */
  readonly collapsed: (group: string) => boolean
  readonly boxes: { readonly namespace: boolean; readonly cluster: boolean; readonly app: boolean }
  /** Only what is this many hops from the item that holds this node or has this id. */
  readonly focus: { readonly id: string; readonly hops: number } | null
  readonly missingSidecars: boolean
}

export const CARD_W = 190
export const CARD_H = 54
export const ROW_H = 20
export const MAX_ROWS = 6
export const TILE_W = 220
export const TILE_H = 96

const BADGES: Readonly<Record<string, Badge>> = {
  virtualService: { short: 'VS', words: 'A VirtualService routes its traffic' },
  requestRouting: { short: 'RR', words: 'Request routing: rules match on requests' },
  trafficShifting: { short: 'TS', words: 'Traffic shifting: weights between versions' },
  tcpTrafficShifting: { short: 'TT', words: 'TCP traffic shifting: weights between versions' },
  requestTimeout: { short: 'TO', words: 'Request timeout' },
  faultInjection: { short: 'FI', words: 'Fault injection' },
  mirroring: { short: 'MI', words: 'Mirroring: a copy of the traffic goes elsewhere' },
  circuitBreaker: { short: 'CB', words: 'Circuit breaker in a DestinationRule' },
  gateway: { short: 'GW', words: 'Gateway' },
}
const FLAG_BADGES: readonly (readonly [string, Badge])[] = [
  ['outOfMesh', { short: 'NO SIDECAR', words: 'Not in the mesh: neither sidecar nor ambient redirection' }],
  ['workloadEntry', { short: 'WE', words: 'WorkloadEntry' }],
  ['waypoint', { short: 'WP', words: 'Waypoint proxy' }],
]

export const groupOf = (node: Pick<GraphNode, 'cluster' | 'namespace'>): string =>
  `${node.cluster}/${node.namespace === '' ? 'unknown' : node.namespace}`

export const tileId = (group: string): string => `ns:${group}`

export function buildPicture(store: GraphStore, options: PictureOptions): Picture {
  const { nodes } = store
  const appBoxes = new Set(store.boxes.filter((box) => box.kind === 'app').map((box) => box.id))
  const keyOf = (node: GraphNode): string => {
    const group = groupOf(node)
    if (options.collapsed(group)) return tileId(group)
    const foldable =
      options.foldVersions && (node.kind === 'app' || node.kind === 'workload') && known(node.app)
    return foldable ? `app:${group}/${node.app}` : node.id
  }
  const members = new Map<string, number[]>()
  nodes.forEach((node, i) => {
    const key = keyOf(node)
    const list = members.get(key)
    if (list) list.push(i)
    else members.set(key, [i])
  })
  const all = [...members].map(([id, list]) => itemOfNodes(id, list, nodes, options, appBoxes))
  const itemOf = new Int32Array(nodes.length).fill(-1)
  all.forEach((item, i) => item.nodes.forEach((node) => (itemOf[node] = i)))
  const whole = assemble(store, all, linksOfStore(store, all, itemOf), itemOf, options)
  return options.focus === null ? whole : focused(store, whole, options, options.focus)
}

const known = (name: string): boolean => name !== '' && name !== 'unknown'

function itemOfNodes(
  id: string,
  indices: readonly number[],
  nodes: readonly GraphNode[],
  options: PictureOptions,
  appBoxes: ReadonlySet<string>,
): Item {
  const list = indices.flatMap((i) => nodes[i] ?? [])
  const first = list[0]
  const group = first ? groupOf(first) : 'unknown'
  const cluster = first?.cluster ?? ''
  const namespace = first?.namespace ?? ''
  const flags = new Set(list.flatMap((node) => node.flags))
  // A card of several versions is idle or dead only when all of them are.
  for (const flag of ['idle', 'dead', 'root', 'outOfMesh', 'inaccessible']) {
    if (flags.has(flag) && !list.every((node) => node.flags.includes(flag))) flags.delete(flag)
  }
  if (id.startsWith('ns:')) {
    return {
      id, shape: 'tile', label: namespace || 'unknown', namespace, cluster, group, zone: group, loose: false, last: false,
      sub: null,
      nodes: indices, rows: [], badges: [], flags, w: TILE_W, h: TILE_H,
    } // prettier-ignore
  }
  const folded = id.startsWith('app:')
  const versions = folded
    ? indices
        .map((node) => ({ version: versionOf(nodes[node]), node }))
        .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))
    : []
  const rows = versions.length > 1 ? versions : []
  const parent = first?.parent ?? null
  const config = new Set(list.flatMap((node) => node.config))
  // Request routing and traffic shifting say more than the VirtualService that they need.
  if (['requestRouting', 'trafficShifting', 'tcpTrafficShifting'].some((name) => config.has(name))) {
    config.delete('virtualService')
  }
  const badges = [
    ...FLAG_BADGES.filter(([flag]) => flags.has(flag) && (flag !== 'outOfMesh' || options.missingSidecars)),
  ].map(([, badge]) => badge)
  for (const [name, badge] of Object.entries(BADGES)) if (config.has(name)) badges.push(badge)
  const shown = Math.min(rows.length, MAX_ROWS) + (rows.length > MAX_ROWS ? 1 : 0)
  const shape = first ? shapeOf(first) : 'unknown'
  const loose = isExternal(shape, namespace)
  const egress = shape === 'gateway' && isEgress(first)
  return {
    id,
    shape,
    label: folded ? (first?.app ?? id) : (first?.label ?? id),
    namespace,
    cluster,
    group,
    zone: loose ? `external:${id}` : egress ? group + EGRESS_ZONE : group,
    loose,
    last: loose || egress,
    sub: !folded && !loose && options.boxes.app && parent !== null && appBoxes.has(parent) ? parent : null,
    nodes: indices,
    rows,
    badges,
    flags,
    w: CARD_W,
    h: CARD_H + (shown > 0 ? shown * ROW_H + 4 : 0),
  }
}

const EGRESS_ZONE = '#egress'

const isExternal = (shape: Shape, namespace: string): boolean =>
  shape === 'serviceEntry' || shape === 'egress' || shape === 'unknown' || !known(namespace)

/**
 * Egress gateways get a box of their own behind their callers. Next to the ingress gateway, with which they share a
 * namespace by default, every call to them would run backwards across the picture. By name, which does not change
 * with the traffic.
 */
const isEgress = (node: GraphNode | undefined): boolean =>
  node !== undefined && [node.app, node.workload, node.service].some((name) => name.includes('egress'))

/** The namespace that a box or a layout zone belongs to. */
export const groupOfBox = (box: string): string => box.replace(/^namespace:/, '').replace(EGRESS_ZONE, '')

/** Clusters with a name; nodes outside of the mesh have none. */
export function clustersOf(items: readonly Item[]): Set<string> {
  return new Set(items.map((item) => item.cluster).filter(known))
}

function versionOf(node: GraphNode | undefined): string {
  if (!node) return ''
  return known(node.version) ? node.version : node.workload !== '' ? node.workload : 'no version'
}

export function shapeOf(node: GraphNode): Shape {
  if (node.kind === 'unknown') return 'unknown'
  if (node.flags.includes('egressCluster')) return 'egress'
  if (node.kind === 'serviceEntry' || node.flags.includes('serviceEntry')) return 'serviceEntry'
  if (node.flags.includes('gateway')) return 'gateway'
  if (node.flags.includes('waypoint')) return 'waypoint'
  if (node.kind === 'service') return 'service'
  return node.kind === 'app' ? 'app' : 'workload'
}

function linksOfStore(store: GraphStore, items: readonly Item[], itemOf: Int32Array): Link[] {
  const rowOf = new Map<number, number>()
  for (const item of items) item.rows.forEach((row, i) => rowOf.set(row.node, Math.min(i, MAX_ROWS)))
  const merged = new Map<
    string,
    { link: Omit<Link, 'edges' | 'sampled'>; edges: number[]; sampled: boolean }
  >()
  store.edges.forEach((edge, i) => {
    const from = store.indexOfNode(edge.source)
    const to = store.indexOfNode(edge.target)
    const source = itemOf[from] ?? -1
    const target = itemOf[to] ?? -1
    if (source < 0 || target < 0) return
    // Calls inside a collapsed namespace are the tile's own business.
    if (source === target && items[source]?.shape === 'tile') return
    const row = rowOf.get(from) ?? -1
    const tcp = edge.protocol === 'tcp'
    const id = `${items[source]?.id ?? ''}|${row}|${items[target]?.id ?? ''}|${tcp ? 'tcp' : 'req'}`
    const known = merged.get(id)
    if (known) {
      known.edges.push(i)
      known.sampled &&= edge.sampled
    } else merged.set(id, { link: { id, source, target, row, tcp }, edges: [i], sampled: edge.sampled })
  })
  return [...merged.values()].map(({ link, edges, sampled }) => ({ ...link, edges, sampled }))
}

function assemble(
  store: GraphStore,
  items: readonly Item[],
  links: readonly Link[],
  itemOf: Int32Array,
  options: PictureOptions,
): Picture {
  const linksOf: number[][] = items.map(() => [])
  links.forEach((link, i) => {
    linksOf[link.source]?.push(i)
    if (link.target !== link.source) linksOf[link.target]?.push(i)
  })
  return {
    revision: store.revision,
    items,
    links,
    boxes: boxesOf(store, items, options),
    byId: new Map(items.map((item, i) => [item.id, i])),
    itemOf,
    linksOf,
  }
}

function boxesOf(store: GraphStore, items: readonly Item[], options: PictureOptions): Box[] {
  const boxes: Box[] = []
  const collect = (
    kind: Box['kind'],
    keyOf: (item: Item) => string | null,
    nameOf: (item: Item, key: string) => string,
  ) => {
    const members = new Map<string, number[]>()
    items.forEach((item, i) => {
      const key = keyOf(item)
      if (key !== null) members.set(key, [...(members.get(key) ?? []), i])
    })
    for (const [key, list] of members) {
      const item = items[list[0] ?? 0]
      if (item) boxes.push({ id: `${kind}:${key}`, kind, name: nameOf(item, key), items: list })
    }
  }
  if (options.boxes.cluster) {
    const clusters = clustersOf(items)
    if (clusters.size > 1)
      collect(
        'cluster',
        (item) => (item.loose || !clusters.has(item.cluster) ? null : item.cluster),
        (item) => item.cluster,
      )
  }
  if (options.boxes.namespace) {
    collect(
      'namespace',
      (item) => (item.shape === 'tile' || item.loose ? null : item.zone),
      (item) => item.namespace || 'unknown',
    )
  }
  if (options.boxes.app) {
    const names = new Map(store.boxes.map((box) => [box.id, box.name]))
    collect(
      'app',
      (item) => item.sub,
      (_, key) => names.get(key) ?? 'app',
    )
  }
  return boxes
}

/** Items within `hops` calls of the centre, in either direction, and what runs between them. */
function focused(
  store: GraphStore,
  whole: Picture,
  options: PictureOptions,
  focus: { readonly id: string; readonly hops: number },
): Picture {
  const centre = itemNamed(store, whole, focus.id)
  if (centre < 0) return whole
  const kept = new Set([centre])
  let edge = [centre]
  for (let hop = 0; hop < focus.hops; hop++) {
    const next: number[] = []
    for (const item of edge) {
      for (const l of whole.linksOf[item] ?? []) {
        const link = whole.links[l]
        if (!link) continue
        const other = link.source === item ? link.target : link.source
        if (kept.has(other)) continue
        kept.add(other)
        next.push(other)
      }
    }
    edge = next
  }
  const order = [...kept].sort((a, b) => a - b)
  const moved = new Map(order.map((old, i) => [old, i]))
  const items = order.flatMap((i) => whole.items[i] ?? [])
  const links = whole.links.flatMap((link) => {
    const source = moved.get(link.source)
    const target = moved.get(link.target)
    return source === undefined || target === undefined ? [] : [{ ...link, source, target }]
  })
  const itemOf = whole.itemOf.map((i) => moved.get(i) ?? -1)
  return assemble(store, items, links, itemOf, options)
}

/** The item with this id, or the one that holds the node with this id or `namespace/name`; -1: none. */
export function itemNamed(store: GraphStore, picture: Picture, id: string): number {
  const direct = picture.byId.get(id)
  if (direct !== undefined) return direct
  const node = store.indexOfNode(id)
  if (node >= 0) return picture.itemOf[node] ?? -1
  // Other pages link by `namespace/name`, because they do not know ids of the graph.
  const [namespace, name, more] = id.split('/')
  if (name === undefined || more !== undefined) return -1
  return picture.items.findIndex(
    (item) =>
      item.namespace === namespace &&
      (item.label === name ||
        item.nodes.some((i) => {
          const row = store.nodes[i]
          return row?.workload === name || row?.app === name || row?.service === name
        })),
  )
}
