import type {
  GraphBox,
  GraphDelta,
  GraphDocument,
  GraphEdge,
  GraphNode,
  HealthStatus,
  Source,
} from '../../api/schemas'

/** What is true of a whole frame: when it is from, and how far it can be trusted. */
export interface FrameFacts {
  readonly seq: number
  readonly at: string
  readonly window: string
  readonly kind: string
  readonly origin: string
  readonly partial: boolean
  readonly stale: boolean
  readonly sources: readonly Source[]
  readonly namespaces: readonly string[]
}

/** Health as a number, so that the worst of several is their maximum. */
export const HEALTH_CODES: readonly HealthStatus[] = ['na', 'healthy', 'notReady', 'degraded', 'failure']
export const healthCode = (status: HealthStatus): number => Math.max(0, HEALTH_CODES.indexOf(status))

/** Values of all edges; NaN is unknown. Rates are per second, times in ms, shares 0 … 1. */
export interface EdgeColumns {
  readonly total: Float32Array
  readonly failed: Float32Array
  /** Of what the source sends over this protocol. */
  readonly share: Float32Array
  readonly avg: Float32Array
  readonly p50: Float32Array
  readonly p95: Float32Array
  readonly p99: Float32Array
  readonly throughput: Float32Array
  readonly mtls: Float32Array
  readonly health: Uint8Array
}

export interface NodeColumns {
  /** Requests and gRPC calls that arrive. */
  readonly incoming: Float32Array
  readonly failed: Float32Array
  readonly outgoing: Float32Array
  readonly tcpIn: Float32Array
  readonly tcpOut: Float32Array
  readonly health: Uint8Array
}

/** Frames that a sparkline remembers. */
export const HISTORY = 60

/**
 * The graph of one view as the stream tells it. Rows are kept by id; the values that change with every frame are
 * also columns by the index of a row. `revision` counts changes of the shape, `frame` counts changes of values:
 * whoever draws looks at the columns, and nothing here ever passes through React state.
 */
export class GraphStore {
  nodes: readonly GraphNode[] = []
  edges: readonly GraphEdge[] = []
  boxes: readonly GraphBox[] = []
  facts: FrameFacts | null = null
  /** What find= matched; null when the backend was not asked. */
  found: { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> } | null = null
  revision = 0
  frame = 0
  edgeColumns: EdgeColumns = newEdgeColumns(0)
  nodeColumns: NodeColumns = newNodeColumns(0)

  private nodeRows = new Map<string, GraphNode>()
  private edgeRows = new Map<string, GraphEdge>()
  private boxRows = new Map<string, GraphBox>()
  private nodeIndex = new Map<string, number>()
  private edgeIndex = new Map<string, number>()
  private readonly past = new Map<string, Ring>()
  private readonly listeners = new Set<() => void>()

  /** Called after each applied frame. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  indexOfNode = (id: string): number => this.nodeIndex.get(id) ?? -1
  indexOfEdge = (id: string): number => this.edgeIndex.get(id) ?? -1

  /** Incoming rates of a node in recent frames, oldest first. */
  history(nodeId: string): readonly number[] {
    return this.past.get(nodeId)?.values() ?? []
  }

  applySnapshot(graph: GraphDocument): void {
    const nodeRows = new Map(graph.nodes.map((node) => [node.id, node]))
    const edgeRows = new Map(graph.edges.map((edge) => [edge.id, edge]))
    const boxRows = new Map(graph.boxes.map((box) => [box.id, box]))
    const sameShape =
      this.facts !== null &&
      sameRows(this.nodeRows, nodeRows, sameNodeShape) &&
      sameRows(this.edgeRows, edgeRows, sameEdgeShape) &&
      sameRows(this.boxRows, boxRows, sameBox)
    this.nodeRows = nodeRows
    this.edgeRows = edgeRows
    this.boxRows = boxRows
    this.noteFound(graph)
    this.facts = {
      seq: graph.seq,
      at: graph.at,
      window: graph.window,
      kind: graph.kind,
      origin: graph.origin,
      partial: graph.partial,
      stale: graph.stale,
      sources: graph.sources,
      namespaces: graph.namespaces,
    }
    if (!sameShape) this.reshape()
    else this.refreshRows()
    this.finish()
  }

  /** False when the delta is for another graph than the one held: ask for a snapshot then. */
  applyDelta(delta: GraphDelta): boolean {
    if (this.facts?.seq !== delta.base) return false
    let shape = delta.removed.nodes.length + delta.removed.edges.length + delta.removed.boxes.length > 0
    for (const id of delta.removed.nodes) this.nodeRows.delete(id)
    for (const id of delta.removed.edges) this.edgeRows.delete(id)
    for (const id of delta.removed.boxes) this.boxRows.delete(id)
    for (const node of delta.changed.nodes) {
      const before = this.nodeRows.get(node.id)
      shape ||= before === undefined || !sameNodeShape(before, node)
      this.nodeRows.set(node.id, node)
    }
    for (const edge of delta.changed.edges) {
      const before = this.edgeRows.get(edge.id)
      shape ||= before === undefined || !sameEdgeShape(before, edge)
      this.edgeRows.set(edge.id, edge)
    }
    for (const box of delta.changed.boxes) {
      shape = true
      this.boxRows.set(box.id, box)
    }
    this.noteFound(delta)
    this.facts = {
      ...this.facts,
      seq: delta.seq,
      at: delta.at,
      partial: delta.partial,
      stale: delta.stale,
      sources: delta.sources,
    }
    if (shape) this.reshape()
    else this.refreshRows()
    this.finish()
    return true
  }

  private noteFound({ found }: GraphDocument | GraphDelta): void {
    this.found = found === null ? null : { nodes: new Set(found.nodes), edges: new Set(found.edges) }
  }

  private reshape(): void {
    this.revision += 1
    this.boxes = [...this.boxRows.values()]
    this.nodeIndex = new Map([...this.nodeRows.keys()].map((id, i) => [id, i]))
    this.edgeIndex = new Map([...this.edgeRows.keys()].map((id, i) => [id, i]))
    this.nodeColumns = newNodeColumns(this.nodeRows.size)
    this.edgeColumns = newEdgeColumns(this.edgeRows.size)
    for (const id of this.past.keys()) if (!this.nodeRows.has(id)) this.past.delete(id)
    this.refreshRows()
  }

  private refreshRows(): void {
    this.nodes = [...this.nodeRows.values()]
    this.edges = [...this.edgeRows.values()]
  }

  private finish(): void {
    this.frame += 1
    this.nodes.forEach((node, i) => {
      writeNode(this.nodeColumns, i, node)
      let ring = this.past.get(node.id)
      if (!ring) this.past.set(node.id, (ring = new Ring()))
      ring.push((this.nodeColumns.incoming[i] ?? 0) || (this.nodeColumns.outgoing[i] ?? 0))
    })
    this.edges.forEach((edge, i) => {
      writeEdge(this.edgeColumns, i, edge)
    })
    for (const listener of this.listeners) listener()
  }
}

class Ring {
  private readonly slots = new Float32Array(HISTORY)
  private count = 0

  push(value: number): void {
    this.slots[this.count % HISTORY] = value
    this.count += 1
  }

  values(): number[] {
    const length = Math.min(this.count, HISTORY)
    return Array.from({ length }, (_, i) => this.slots[(this.count - length + i) % HISTORY] ?? 0)
  }
}

function newEdgeColumns(size: number): EdgeColumns {
  const column = () => new Float32Array(size)
  return {
    total: column(),
    failed: column(),
    share: column(),
    avg: column(),
    p50: column(),
    p95: column(),
    p99: column(),
    throughput: column(),
    mtls: column(),
    health: new Uint8Array(size),
  }
}

function newNodeColumns(size: number): NodeColumns {
  const column = () => new Float32Array(size)
  return {
    incoming: column(),
    failed: column(),
    outgoing: column(),
    tcpIn: column(),
    tcpOut: column(),
    health: new Uint8Array(size),
  }
}

const or0 = (value: number | null | undefined): number => value ?? 0
const orNaN = (value: number | null | undefined): number => value ?? NaN

function writeEdge(columns: EdgeColumns, i: number, edge: GraphEdge): void {
  const { rates, responseTime, throughput } = edge
  const total = or0(rates['total'])
  columns.total[i] = total
  columns.failed[i] = (total * or0(rates['percentErr'])) / 100
  columns.share[i] = orNaN(rates['percentOfSource']) / 100
  columns.avg[i] = orNaN(responseTime?.avg)
  columns.p50[i] = orNaN(responseTime?.p50)
  columns.p95[i] = orNaN(responseTime?.p95)
  columns.p99[i] = orNaN(responseTime?.p99)
  columns.throughput[i] = throughput ? or0(throughput.request) + or0(throughput.response) : NaN
  columns.mtls[i] = orNaN(edge.mtls)
  columns.health[i] = healthCode(edge.health.status)
}

function writeNode(columns: NodeColumns, i: number, node: GraphNode): void {
  const { rates } = node
  columns.incoming[i] = or0(rates['httpIn']) + or0(rates['grpcIn'])
  columns.failed[i] =
    or0(rates['httpInNoResponse']) +
    or0(rates['httpIn4xx']) +
    or0(rates['httpIn5xx']) +
    or0(rates['grpcInNoResponse']) +
    or0(rates['grpcInErr'])
  columns.outgoing[i] = or0(rates['httpOut']) + or0(rates['grpcOut'])
  columns.tcpIn[i] = or0(rates['tcpIn'])
  columns.tcpOut[i] = or0(rates['tcpOut'])
  columns.health[i] = healthCode(node.health.status)
}

function sameRows<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  same: (a: T, b: T) => boolean,
): boolean {
  if (before.size !== after.size) return false
  for (const [id, row] of after) {
    const old = before.get(id)
    if (old === undefined || !same(old, row)) return false
  }
  return true
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])

/** What the picture of a node depends on, beside its numbers. */
function sameNodeShape(a: GraphNode, b: GraphNode): boolean {
  return (
    a.kind === b.kind &&
    a.label === b.label &&
    a.parent === b.parent &&
    a.version === b.version &&
    a.app === b.app &&
    sameList(a.flags, b.flags) &&
    sameList(a.config, b.config) &&
    sameList(a.versions, b.versions)
  )
}

const sameEdgeShape = (a: GraphEdge, b: GraphEdge): boolean =>
  a.source === b.source && a.target === b.target && a.protocol === b.protocol && a.sampled === b.sampled

const sameBox = (a: GraphBox, b: GraphBox): boolean =>
  a.kind === b.kind && a.parent === b.parent && a.name === b.name
