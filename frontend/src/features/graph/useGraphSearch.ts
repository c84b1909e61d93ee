import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import {
  graphOptions,
  validateGraphSearch,
  type GraphOptions,
  type GraphSearch,
} from '../../model/graph/graphSearch'

export type GraphChange = { [K in keyof GraphSearch]: string | undefined }

/** The options of the page as the address says, and how to change them. Every option is part of the link. */
export function useGraphSearch(): {
  readonly search: GraphSearch
  readonly options: GraphOptions
  readonly change: (change: GraphChange) => void
} {
  const raw: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const text = JSON.stringify(validateGraphSearch(raw))
  const search = useMemo(() => JSON.parse(text) as GraphSearch, [text])
  const options = useMemo(() => graphOptions(search), [search])
  const navigate = useNavigate()
  const change = useCallback(
    (next: GraphChange) => {
      void navigate({
        to: '.',
        search: (previous) => ({ ...previous, ...(next as GraphSearch) }),
        replace: true,
      })
    },
    [navigate],
  )
  return { search, options, change }
}
