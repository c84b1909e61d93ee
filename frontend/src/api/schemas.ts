import * as v from 'valibot'

/**
 * The answers of `/api/v1`, as the pages may rely on them. A number the backend does not know is null, never 0;
 * a list it leaves out is empty. Fields that we do not read are ignored, so that a newer backend stays readable.
 */

export const instant = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'expected an RFC 3339 time'),
)
export const list = <T extends v.GenericSchema>(item: T) => v.optional(v.array(item), [])
export const unknownAsNull = <T extends v.GenericSchema>(schema: T) => v.nullish(schema, null)
export const words = v.optional(v.record(v.string(), v.string()), {})

export const sourceSchema = v.object({
  name: v.string(),
  kind: v.string(),
  state: v.picklist(['ok', 'partial', 'stale', 'down', 'starting']),
  observedAt: unknownAsNull(instant),
  since: unknownAsNull(instant),
  detail: v.optional(v.string(), ''),
  warnings: list(v.string()),
  facts: words,
})
export type Source = v.InferOutput<typeof sourceSchema>

const healthStatusSchema = v.picklist(['na', 'healthy', 'notReady', 'degraded', 'failure'])
export type HealthStatus = v.InferOutput<typeof healthStatusSchema>

const healthSchema = v.object({
  status: healthStatusSchema,
  reasons: list(v.object({ status: healthStatusSchema, text: v.string() })),
})
export type Health = v.InferOutput<typeof healthSchema>

const healthOrUnknown = v.nullish(healthSchema, { status: 'na' as const, reasons: [] })

const requestRatesSchema = v.object({
  perSecond: unknownAsNull(v.number()),
  /** 0 … 1. */
  errorShare: unknownAsNull(v.number()),
  p50: unknownAsNull(v.number()),
  p95: unknownAsNull(v.number()),
  p99: unknownAsNull(v.number()),
  avg: unknownAsNull(v.number()),
})
export type RequestRates = v.InferOutput<typeof requestRatesSchema>

const redSchema = v.object({
  protocol: v.optional(
    v.object({ http: unknownAsNull(requestRatesSchema), grpc: unknownAsNull(requestRatesSchema) }),
    { http: null, grpc: null },
  ),
  tcp: unknownAsNull(v.object({ bytesPerSecond: unknownAsNull(v.number()) })),
})
/** Rate, errors, duration of one direction. */
export type Red = v.InferOutput<typeof redSchema>

const objectRefSchema = v.object({
  kind: v.string(),
  namespace: v.optional(v.string(), ''),
  name: v.string(),
})
export type ObjectRef = v.InferOutput<typeof objectRefSchema>

export const statusSchema = v.object({
  version: v.string(),
  demo: v.optional(v.boolean(), false),
  startedAt: unknownAsNull(instant),
  now: instant,
  readOnly: v.optional(v.boolean(), true),
  clusterName: v.optional(v.string(), ''),
  identity: v.optional(v.object({ name: v.string(), kind: v.string() }), { name: '', kind: 'anonymous' }),
  permissions: v.optional(
    v.object({ edit: v.optional(v.boolean(), false), reason: v.optional(v.string(), '') }),
    { edit: false, reason: '' },
  ),
  sources: list(sourceSchema),
  defaults: v.optional(
    v.object({
      window: v.optional(v.string(), 'PT1M'),
      refresh: v.optional(v.string(), 'PT5S'),
      retentionStart: unknownAsNull(instant),
    }),
    { window: 'PT1M', refresh: 'PT5S', retentionStart: null },
  ),
})
export type Status = v.InferOutput<typeof statusSchema>

const namespaceSchema = v.object({
  name: v.string(),
  injection: v.optional(v.boolean(), false),
  ambient: v.optional(v.boolean(), false),
  labels: words,
  services: unknownAsNull(v.number()),
  workloads: unknownAsNull(v.number()),
  health: healthOrUnknown,
  rates: v.nullish(redSchema, null),
})
export type Namespace = v.InferOutput<typeof namespaceSchema>
export const namespacesSchema = v.object({ items: list(namespaceSchema), sources: list(sourceSchema) })
export type Namespaces = v.InferOutput<typeof namespacesSchema>

const serviceSchema = v.object({
  cluster: v.optional(v.string(), ''),
  namespace: v.string(),
  name: v.string(),
  ports: list(
    v.object({ number: v.number(), name: v.nullish(v.string(), ''), protocol: v.nullish(v.string(), '') }),
  ),
  labels: words,
  selector: words,
  versions: list(v.string()),
  config: list(v.string()),
  objects: list(objectRefSchema),
  health: healthOrUnknown,
  in: unknownAsNull(redSchema),
  isServiceEntry: v.optional(v.boolean(), false),
  hosts: list(v.string()),
})
export type Service = v.InferOutput<typeof serviceSchema>

const workloadSchema = v.object({
  cluster: v.optional(v.string(), ''),
  namespace: v.string(),
  name: v.string(),
  kind: v.optional(v.string(), 'Workload'),
  app: v.nullish(v.string(), ''),
  version: v.nullish(v.string(), ''),
  labels: words,
  replicas: unknownAsNull(
    v.object({
      desired: unknownAsNull(v.number()),
      current: unknownAsNull(v.number()),
      available: unknownAsNull(v.number()),
    }),
  ),
  syncedProxies: unknownAsNull(v.number()),
  dataPlane: v.optional(v.string(), 'outOfMesh'),
  objects: list(objectRefSchema),
  health: healthOrUnknown,
  in: unknownAsNull(redSchema),
  out: unknownAsNull(redSchema),
})
export type Workload = v.InferOutput<typeof workloadSchema>

const listOf = <T extends v.GenericSchema>(item: T) =>
  v.object({
    at: unknownAsNull(instant),
    window: v.nullish(v.string(), ''),
    items: list(item),
    sources: list(sourceSchema),
  })
export const servicesSchema = listOf(serviceSchema)
export type Services = v.InferOutput<typeof servicesSchema>
export const workloadsSchema = listOf(workloadSchema)
export type Workloads = v.InferOutput<typeof workloadsSchema>

const ratesSchema = v.optional(v.record(v.string(), v.nullable(v.number())), {})

const nodeSchema = v.object({
  id: v.string(),
  key: v.optional(v.string(), ''),
  kind: v.picklist(['workload', 'app', 'service', 'serviceEntry', 'aggregate', 'unknown']),
  cluster: v.nullish(v.string(), ''),
  namespace: v.nullish(v.string(), ''),
  workload: v.nullish(v.string(), ''),
  app: v.nullish(v.string(), ''),
  version: v.nullish(v.string(), ''),
  service: v.nullish(v.string(), ''),
  label: v.string(),
  parent: v.nullish(v.string(), null),
  flags: list(v.string()),
  config: list(v.string()),
  labels: words,
  hosts: list(v.string()),
  versions: list(v.string()),
  replicas: unknownAsNull(
    v.object({
      desired: unknownAsNull(v.number()),
      current: unknownAsNull(v.number()),
      available: unknownAsNull(v.number()),
    }),
  ),
  health: healthOrUnknown,
  rank: unknownAsNull(v.number()),
  rates: ratesSchema,
})
/** A row of the graph: one workload, app, service or what stands for them. */
export type GraphNode = v.InferOutput<typeof nodeSchema>

const responseTimeSchema = v.object({
  avg: unknownAsNull(v.number()),
  p50: unknownAsNull(v.number()),
  p95: unknownAsNull(v.number()),
  p99: unknownAsNull(v.number()),
})

const edgeSchema = v.object({
  id: v.string(),
  source: v.string(),
  target: v.string(),
  protocol: v.nullish(v.string(), ''),
  rates: ratesSchema,
  responses: v.optional(
    v.record(
      v.string(),
      v.object({
        flags: v.optional(v.record(v.string(), v.number()), {}),
        hosts: v.optional(v.record(v.string(), v.number()), {}),
      }),
    ),
    {},
  ),
  responseTime: unknownAsNull(responseTimeSchema),
  throughput: unknownAsNull(
    v.object({ request: unknownAsNull(v.number()), response: unknownAsNull(v.number()) }),
  ),
  mtls: unknownAsNull(v.number()),
  sourcePrincipal: v.nullish(v.string(), ''),
  destPrincipal: v.nullish(v.string(), ''),
  health: healthOrUnknown,
  sampled: v.optional(v.boolean(), false),
})
/** A row of the graph: calls of one protocol from one node to another. */
export type GraphEdge = v.InferOutput<typeof edgeSchema>

/** What the expression in `find` matched; null when none was asked for. */
const foundSchema = v.nullish(v.object({ nodes: list(v.string()), edges: list(v.string()) }), null)

const boxSchema = v.object({
  id: v.string(),
  kind: v.picklist(['cluster', 'namespace', 'app']),
  parent: v.nullish(v.string(), null),
  name: v.string(),
  cluster: v.nullish(v.string(), ''),
  namespace: v.nullish(v.string(), ''),
})
export type GraphBox = v.InferOutput<typeof boxSchema>

export const graphSchema = v.object({
  at: instant,
  window: v.nullish(v.string(), ''),
  kind: v.optional(v.string(), 'versionedApp'),
  namespaces: list(v.string()),
  seq: v.optional(v.number(), 0),
  topology: v.optional(v.string(), ''),
  sources: list(sourceSchema),
  partial: v.optional(v.boolean(), false),
  stale: v.optional(v.boolean(), false),
  origin: v.optional(v.string(), 'live'),
  nodes: list(nodeSchema),
  edges: list(edgeSchema),
  boxes: list(boxSchema),
  found: foundSchema,
})
export type GraphDocument = v.InferOutput<typeof graphSchema>

const nothingRemoved = { nodes: [], edges: [], boxes: [] }
export const graphDeltaSchema = v.object({
  base: v.number(),
  seq: v.number(),
  at: instant,
  sources: list(sourceSchema),
  partial: v.optional(v.boolean(), false),
  stale: v.optional(v.boolean(), false),
  topology: v.optional(v.string(), ''),
  removed: v.optional(
    v.object({ nodes: list(v.string()), edges: list(v.string()), boxes: list(v.string()) }),
    nothingRemoved,
  ),
  changed: v.optional(
    v.object({ nodes: list(nodeSchema), edges: list(edgeSchema), boxes: list(boxSchema) }),
    nothingRemoved,
  ),
  found: foundSchema,
})
/** What changed since `base`. Rows in `changed` are whole rows and replace by id. */
export type GraphDelta = v.InferOutput<typeof graphDeltaSchema>

/** A caller or callee: the node at the other end, and the calls between. */
const neighbourSchema = v.object({
  node: nodeSchema,
  edge: v.optional(edgeSchema),
  in: v.optional(unknownAsNull(redSchema)),
  rates: ratesSchema,
})
export type Neighbour = v.InferOutput<typeof neighbourSchema>

export const serviceDetailSchema = v.object({
  ...serviceSchema.entries,
  at: v.nullish(instant, null),
  nodeId: v.nullish(v.string(), null),
  workloads: list(workloadSchema),
  callers: list(neighbourSchema),
  callees: list(neighbourSchema),
  sources: list(sourceSchema),
})
export type ServiceDetail = v.InferOutput<typeof serviceDetailSchema>

export const workloadDetailSchema = v.object({
  ...workloadSchema.entries,
  at: v.nullish(instant, null),
  nodeId: v.nullish(v.string(), null),
  services: list(serviceSchema),
  callers: list(neighbourSchema),
  callees: list(neighbourSchema),
  sources: list(sourceSchema),
})
export type WorkloadDetail = v.InferOutput<typeof workloadDetailSchema>

const seriesSchema = v.object({
  name: v.string(),
  labels: words,
  unit: v.string(),
  /** Unix seconds and value; null is a gap. */
  points: list(v.tuple([v.number(), v.nullable(v.number())])),
})
export type Series = v.InferOutput<typeof seriesSchema>

export const metricsSchema = v.object({
  from: instant,
  to: instant,
  step: v.optional(v.string(), ''),
  /** Part of the range could not be answered. */
  partial: v.optional(v.boolean(), false),
  series: list(seriesSchema),
  sources: list(sourceSchema),
  warnings: list(v.string()),
})
export type Metrics = v.InferOutput<typeof metricsSchema>

export const timelineSchema = v.object({
  from: instant,
  to: instant,
  buckets: list(
    v.object({
      at: instant,
      perSecond: unknownAsNull(v.number()),
      errorShare: unknownAsNull(v.number()),
      worst: v.nullish(healthStatusSchema, 'na'),
    }),
  ),
  marks: list(v.object({ at: instant, kind: v.string(), text: v.string(), object: v.optional(v.unknown()) })),
})
export type Timeline = v.InferOutput<typeof timelineSchema>

export const problemSchema = v.object({
  title: v.optional(v.string(), ''),
  status: v.optional(v.number(), 0),
  detail: v.optional(v.string(), ''),
  code: v.optional(v.string(), ''),
  requestId: v.optional(v.string(), ''),
  position: v.nullish(v.number(), null),
})
/** RFC 9457 problem details. */
export type Problem = v.InferOutput<typeof problemSchema>
