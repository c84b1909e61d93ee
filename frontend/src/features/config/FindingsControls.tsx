import { useMemo, useRef } from 'react'
import { useShortcuts, type Shortcut } from '../../app/shortcuts'
import type { FindingsSearch } from '../../model/config/configSearch'
import { Choice, type Option } from '../../ui/Choice'
import { FilterField } from '../../ui/FilterField'

const SEVERITY_OPTIONS: readonly Option<'all' | 'error' | 'warning' | 'info'>[] = [
  { value: 'all', text: 'Any severity' },
  { value: 'error', text: 'Errors' },
  { value: 'warning', text: 'Warnings' },
  { value: 'info', text: 'Notes' },
]
const GROUPINGS: readonly Option<'code' | 'object'>[] = [
  { value: 'code', text: 'By code' },
  { value: 'object', text: 'By object' },
]

/** Text, severity, code and grouping of the findings, kept in the address. */
export function FindingsControls(props: {
  search: FindingsSearch
  codes: readonly string[]
  onChange: (change: FindingsSearch) => void
}) {
  const { search, onChange } = props
  const field = useRef<HTMLInputElement>(null)
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: '/', label: 'Filter the findings', run: () => field.current?.focus() },
      { keys: '↑ ↓', label: 'Move between rows' },
      { keys: 'Enter', label: 'Open the object at the finding' },
    ],
    [],
  )
  useShortcuts('Findings', shortcuts)
  const codes = [...new Set([...props.codes, ...(search.code === undefined ? [] : [search.code])])]
  return (
    <>
      <FilterField
        ref={field}
        label="Filter findings"
        value={search.q ?? ''}
        onChange={(q) => onChange({ q: q === '' ? undefined : q })}
      />
      <Choice
        label="Severity"
        value={search.sev ?? 'all'}
        options={SEVERITY_OPTIONS}
        onChange={(sev) => onChange({ sev: sev === 'all' ? undefined : sev })}
      />
      <Choice
        label="Code"
        value={search.code ?? 'all'}
        options={[{ value: 'all', text: 'Any code' }, ...codes.map((code) => ({ value: code, text: code }))]}
        onChange={(code) => onChange({ code: code === 'all' ? undefined : code })}
      />
      <Choice
        label="Grouping"
        value={search.by ?? 'code'}
        options={GROUPINGS}
        onChange={(by) => onChange({ by: by === 'code' ? undefined : by })}
      />
    </>
  )
}
