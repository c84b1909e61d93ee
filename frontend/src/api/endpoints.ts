import { apiUrl, getJson, type QueryValue } from './http'
import {
  graphSchema,
  metricsSchema,
  namespacesSchema,
  serviceDetailSchema,
  servicesSchema,
  statusSchema,
  timelineSchema,
  workloadDetailSchema,
  workloadsSchema,
  type GraphDocument,
  type Metrics,
  type Namespaces,
  type ServiceDetail,
  type Services,
  type Status,
  type Timeline,
  type WorkloadDetail,
  type Workloads,
} from './schemas'

/** Which moment and span the rates of a list are for; `at` null is now. */
export interface RateWindow {
  readonly window: string
  readonly at: string | null
}

/** What `/graph` and its stream understand. Absent fields take the server's default. */
export type GraphQuery = Readonly<Record<string, QueryValue>>

export interface MetricsQuery {
  readonly window: string
  readonly step: string
  readonly at: string | null
  readonly by: 'version' | 'code' | 'none'
  readonly direction: 'in' | 'out'
  readonly reporter?: 'source' | 'destination' | undefined
}

/** What a chart is about. */
export type MetricsSubject =
  | { readonly kind: 'services' | 'workloads'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'nodes' | 'edges'; readonly id: string }

const segment = encodeURIComponent

export const fetchStatus = (signal?: AbortSignal): Promise<Status> =>
  getJson(apiUrl('/status'), statusSchema, signal)

export const fetchNamespaces = (rates: RateWindow, signal?: AbortSignal): Promise<Namespaces> =>
  getJson(apiUrl('/namespaces', { ...rates }), namespacesSchema, signal)

export const fetchServices = (
  namespaces: readonly string[],
  rates: RateWindow,
  signal?: AbortSignal,
): Promise<Services> =>
  getJson(apiUrl('/services', { namespace: namespaces, ...rates }), servicesSchema, signal)

export const fetchService = (
  namespace: string,
  name: string,
  rates: RateWindow,
  signal?: AbortSignal,
): Promise<ServiceDetail> =>
  getJson(
    apiUrl(`/services/${segment(namespace)}/${segment(name)}`, { ...rates }),
    serviceDetailSchema,
    signal,
  )

export const fetchWorkloads = (
  namespaces: readonly string[],
  rates: RateWindow,
  signal?: AbortSignal,
): Promise<Workloads> =>
  getJson(apiUrl('/workloads', { namespace: namespaces, ...rates }), workloadsSchema, signal)

export const fetchWorkload = (
  namespace: string,
  name: string,
  rates: RateWindow,
  signal?: AbortSignal,
): Promise<WorkloadDetail> =>
  getJson(
    apiUrl(`/workloads/${segment(namespace)}/${segment(name)}`, { ...rates }),
    workloadDetailSchema,
    signal,
  )

/** Values over time of a service, a workload, or a node or edge of the graph. */
export const fetchMetrics = (
  subject: MetricsSubject,
  query: MetricsQuery,
  signal?: AbortSignal,
): Promise<Metrics> => {
  const path =
    'id' in subject
      ? `/${subject.kind}/${segment(subject.id)}`
      : `/${subject.kind}/${segment(subject.namespace)}/${segment(subject.name)}`
  return getJson(apiUrl(`${path}/metrics`, { ...query }), metricsSchema, signal)
}

export const fetchGraph = (query: GraphQuery, signal?: AbortSignal): Promise<GraphDocument> =>
  getJson(apiUrl('/graph', query), graphSchema, signal)

export const fetchTimeline = (
  range: {
    readonly from: string
    readonly to: string
    readonly buckets: number
    readonly namespace: readonly string[]
  },
  signal?: AbortSignal,
): Promise<Timeline> => getJson(apiUrl('/graph/timeline', { ...range }), timelineSchema, signal)
