import { useMemo, useRef } from 'react'
import { useShortcuts, type Shortcut } from '../../app/shortcuts'
import type { ConfigSearch, SeverityFilter } from '../../model/config/configSearch'
import { kindNote } from '../../model/config/objects'
import { counted } from '../../model/units'
import { Choice, type Option } from '../../ui/Choice'
import { FilterField } from '../../ui/FilterField'
import { MultiChoice } from '../../ui/MultiChoice'

const SEVERITY_OPTIONS: readonly Option<SeverityFilter | 'all'>[] = [
  { value: 'all', text: 'Any object' },
  { value: 'any', text: 'With findings', hint: 'Errors, warnings or notes' },
  { value: 'error', text: 'With errors' },
  { value: 'warning', text: 'With warnings' },
  { value: 'info', text: 'With notes' },
  { value: 'none', text: 'Without findings' },
]

/** Text, kinds and severity of the list, kept in the address. `/` jumps into the text. */
export function ConfigControls(props: {
  search: ConfigSearch
  /** How many objects of each kind there are. */
  kinds: Readonly<Record<string, number>>
  onChange: (change: ConfigSearch) => void
}) {
  const { search, kinds, onChange } = props
  const field = useRef<HTMLInputElement>(null)
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: '/', label: 'Filter the objects', run: () => field.current?.focus() },
      { keys: '↑ ↓', label: 'Move between rows' },
      { keys: 'Enter', label: 'Open the row' },
    ],
    [],
  )
  useShortcuts('List', shortcuts)
  const chosen = search.kind?.split(',') ?? []
  return (
    <>
      <FilterField
        ref={field}
        label="Filter objects"
        value={search.q ?? ''}
        onChange={(q) => onChange({ q: q === '' ? undefined : q })}
      />
      <MultiChoice
        label="Kinds"
        allText="All kinds"
        names={[...new Set([...Object.keys(kinds), ...chosen])].sort()}
        chosen={chosen}
        onChange={(names) => onChange({ kind: names.length === 0 ? undefined : names.join(',') })}
        note={(name) => [kindNote(name), counted(kinds[name] ?? 0, 'object')].filter(Boolean).join(' · ')}
      />
      <Choice
        label="Findings"
        value={search.sev ?? 'all'}
        options={SEVERITY_OPTIONS}
        onChange={(sev) => onChange({ sev: sev === 'all' ? undefined : sev })}
      />
    </>
  )
}
