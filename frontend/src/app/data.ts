import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query'
import {
  fetchMetrics,
  fetchNamespaces,
  fetchService,
  fetchServices,
  fetchStatus,
  fetchTimeline,
  fetchWorkload,
  fetchWorkloads,
  type MetricsQuery,
  type MetricsSubject,
} from '../api/endpoints'
import { ApiFailure } from '../api/http'
import type { MeshView } from '../model/viewSearch'

/** The cache of everything the backend said. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 1 && !(error instanceof ApiFailure && !error.retryable),
        retryDelay: 800,
        refetchOnWindowFocus: false,
        staleTime: 2_000,
        // Numbers that blink away on every refresh cannot be read.
        placeholderData: keepPreviousData,
      },
    },
  })
}

const STATUS_REFRESH_MS = 5_000

export const useStatus = () =>
  useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => fetchStatus(signal),
    refetchInterval: STATUS_REFRESH_MS,
  })

const refetch = (view: MeshView) => ({ refetchInterval: view.refreshMs ?? (false as const) })
const rates = (view: MeshView) => ({ window: view.window, at: view.at })

export const useNamespaces = (view: MeshView) =>
  useQuery({
    queryKey: ['namespaces', rates(view)],
    queryFn: ({ signal }) => fetchNamespaces(rates(view), signal),
    ...refetch(view),
  })

export const useServices = (view: MeshView) =>
  useQuery({
    queryKey: ['services', view.namespaces, rates(view)],
    queryFn: ({ signal }) => fetchServices(view.namespaces, rates(view), signal),
    ...refetch(view),
  })

export const useWorkloads = (view: MeshView) =>
  useQuery({
    queryKey: ['workloads', view.namespaces, rates(view)],
    queryFn: ({ signal }) => fetchWorkloads(view.namespaces, rates(view), signal),
    ...refetch(view),
  })

export const useService = (namespace: string, name: string, view: MeshView) =>
  useQuery({
    queryKey: ['services', namespace, name, rates(view)],
    queryFn: ({ signal }) => fetchService(namespace, name, rates(view), signal),
    placeholderData: (previous) =>
      previous?.namespace === namespace && previous.name === name ? previous : undefined,
    ...refetch(view),
  })

export const useWorkload = (namespace: string, name: string, view: MeshView) =>
  useQuery({
    queryKey: ['workloads', namespace, name, rates(view)],
    queryFn: ({ signal }) => fetchWorkload(namespace, name, rates(view), signal),
    placeholderData: (previous) =>
      previous?.namespace === namespace && previous.name === name ? previous : undefined,
    ...refetch(view),
  })

/** A chart needs no new point more often than its step; `refreshMs` null stands still. */
export const useMetrics = (subject: MetricsSubject, query: MetricsQuery, refreshMs: number | null) =>
  useQuery({
    queryKey: ['metrics', subject, query],
    queryFn: ({ signal }) => fetchMetrics(subject, query, signal),
    refetchInterval: refreshMs ?? false,
  })

const TIMELINE_REFRESH_MS = 15_000

/** The last half hour before the moment of the view: totals per bucket, and what changed. */
export const useTimeline = (view: MeshView, spanMs: number) =>
  useQuery({
    queryKey: ['timeline', view.namespaces, view.at, spanMs],
    queryFn: ({ signal }) => {
      const to = view.at === null ? Date.now() : Date.parse(view.at)
      const range = { from: new Date(to - spanMs).toISOString(), to: new Date(to).toISOString() }
      return fetchTimeline({ ...range, buckets: 120, namespace: view.namespaces }, signal)
    },
    refetchInterval: view.refreshMs === null ? false : Math.max(view.refreshMs, TIMELINE_REFRESH_MS),
  })
