import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'
import { HEALTH_WORDS } from '../model/health'
import type { HealthFilter, ListSearch } from '../model/listSearch'
import { Choice, type Option } from '../ui/Choice'
import { FilterField } from '../ui/FilterField'
import { useShortcuts, type Shortcut } from './shortcuts'

const HEALTH_OPTIONS: readonly Option<HealthFilter | 'all'>[] = [
  { value: 'all', text: 'Any health' },
  { value: 'trouble', text: 'In trouble', hint: 'Failing, degraded or not ready' },
  { value: 'failure', text: HEALTH_WORDS.failure },
  { value: 'degraded', text: HEALTH_WORDS.degraded },
  { value: 'notReady', text: HEALTH_WORDS.notReady },
  { value: 'healthy', text: HEALTH_WORDS.healthy },
  { value: 'na', text: HEALTH_WORDS.na },
]

/** Changes the search parameters of the list on screen; undefined takes one away. */
export function useChangeList(): (change: ListSearch) => void {
  const navigate = useNavigate()
  return useCallback(
    (change) => void navigate({ to: '.', search: (previous) => ({ ...previous, ...change }), replace: true }),
    [navigate],
  )
}

/** Text and health filter of a list, kept in the address. `/` jumps into the text. */
export function ListControls({ search, what }: { search: ListSearch; what: string }) {
  const change = useChangeList()
  const field = useRef<HTMLInputElement>(null)
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: '/', label: 'Filter the list', run: () => field.current?.focus() },
      { keys: '↑ ↓', label: 'Move between rows' },
      { keys: 'Enter', label: 'Open the row' },
    ],
    [],
  )
  useShortcuts('List', shortcuts)
  return (
    <>
      <FilterField
        ref={field}
        label={`Filter ${what}`}
        value={search.q ?? ''}
        onChange={(q) => change({ q: q === '' ? undefined : q })}
      />
      <Choice
        label="Health"
        value={search.health ?? 'all'}
        options={HEALTH_OPTIONS}
        onChange={(health) => change({ health: health === 'all' ? undefined : health })}
      />
    </>
  )
}
