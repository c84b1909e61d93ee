import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { meshView, validateViewSearch, type MeshView, type ViewSearch } from '../model/viewSearch'
import { useStatus } from './data'

const DEFAULTS = { window: 'PT1M', refresh: 'PT5S' }

/** Namespaces, window and moment of the whole page, as the address says. */
export function useMeshView(): MeshView {
  const search: ViewSearch = useSearch({ strict: false })
  const { data: status } = useStatus()
  return useMemo(
    () => meshView(validateViewSearch({ ...search }), status?.defaults ?? DEFAULTS),
    [search, status?.defaults],
  )
}

/** Changes some of the shared search parameters; undefined takes one away. */
export function useChangeView(): (change: ViewSearch) => void {
  const navigate = useNavigate()
  return useCallback(
    (change) => {
      // `to: '.'` stays on the page, whichever it is, so the parameters of that page are kept as they are.
      void navigate({ to: '.', search: (previous) => ({ ...previous, ...change }), replace: true })
    },
    [navigate],
  )
}
