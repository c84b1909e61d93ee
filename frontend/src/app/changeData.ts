import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  applyChange,
  fetchChange,
  fetchChanges,
  previewChange,
  proposeChange,
  revertChange,
} from '../api/changeEndpoints'
import type { Change, Preview } from '../api/changeSchemas'

const HISTORY_REFRESH_MS = 5_000
const RUNNING_REFRESH_MS = 500

export const useChanges = () =>
  useQuery({
    queryKey: ['changes'],
    queryFn: ({ signal }) => fetchChanges(signal),
    refetchInterval: HISTORY_REFRESH_MS,
  })

const isRunning = (change: Change | undefined) =>
  change !== undefined && !change.ended && change.state !== 'previewed'

export const useChange = (id: string) =>
  useQuery({
    queryKey: ['change', id],
    queryFn: ({ signal }) => fetchChange(id, signal),
    refetchInterval: (query) => (isRunning(query.state.data) ? RUNNING_REFRESH_MS : HISTORY_REFRESH_MS),
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
  })

/** What the API server, the checks and other owners say of a change that was not applied yet. */
export const usePreview = (id: string, isPreviewed: boolean) =>
  useQuery({
    queryKey: ['change-preview', id],
    queryFn: ({ signal }) => previewChange(id, signal),
    enabled: isPreviewed,
    placeholderData: (previous) => (previous?.change.id === id ? previous : undefined),
    staleTime: Infinity,
    retry: false,
  })

/** Keeps a preview that was just made and opens its page. */
function useOpenPreview() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return (preview: Preview) => {
    queries.setQueryData(['change', preview.change.id], preview.change)
    queries.setQueryData(['change-preview', preview.change.id], preview)
    void navigate({ to: '/changes/$id', params: { id: preview.change.id } })
  }
}

/** Makes a change of a text and opens its review. */
export function useReview() {
  const open = useOpenPreview()
  return useMutation({
    mutationFn: (draft: { text: string; namespace: string }) => proposeChange(draft.text, draft.namespace),
    onSuccess: open,
  })
}

/** Makes the change that takes another one back and opens its review. */
export function useTakeBack() {
  const open = useOpenPreview()
  return useMutation({ mutationFn: (id: string) => revertChange(id), onSuccess: open })
}

export function useApply() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (accepted: { change: Change; confirm: readonly string[] }) =>
      applyChange(accepted.change, accepted.confirm),
    onSuccess: (change) => {
      queries.setQueryData(['change', change.id], change)
      void queries.invalidateQueries({ queryKey: ['changes'] })
    },
  })
}
