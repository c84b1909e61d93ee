import { useQuery } from '@tanstack/react-query'
import { checkDraft, fetchConfig, fetchConfigObject, fetchFindings } from '../api/configEndpoints'
import { objectId, type ObjectName } from '../model/config/objects'
import type { MeshView } from '../model/viewSearch'

/** Configuration is the present one, whatever moment the numbers are of; a paused page stands still. */
const refetch = (view: MeshView) => ({ refetchInterval: view.refreshMs ?? (false as const) })

export const useConfig = (view: MeshView) =>
  useQuery({
    queryKey: ['config', view.namespaces],
    queryFn: ({ signal }) => fetchConfig(view.namespaces, signal),
    ...refetch(view),
  })

export const useFindings = (view: MeshView) =>
  useQuery({
    queryKey: ['config-findings', view.namespaces],
    queryFn: ({ signal }) => fetchFindings(view.namespaces, signal),
    ...refetch(view),
  })

export const useConfigObject = (key: ObjectName, view: MeshView) =>
  useQuery({
    queryKey: ['config', objectId(key)],
    queryFn: ({ signal }) => fetchConfigObject(key, signal),
    placeholderData: (previous) => (previous && objectId(previous) === objectId(key) ? previous : undefined),
    ...refetch(view),
  })

/** An answer belongs to one text and one state of the cluster; both are part of its name. */
const CHECK_KEPT_MS = 30_000

export const useDraftCheck = (key: ObjectName, text: string | null, clusterAt: string) =>
  useQuery({
    queryKey: ['config-check', objectId(key), clusterAt, text],
    queryFn: async ({ signal }) => ({
      text: text ?? '',
      answer: await checkDraft(text ?? '', key.namespace, signal),
    }),
    enabled: text !== null,
    gcTime: CHECK_KEPT_MS,
    staleTime: Infinity,
  })
