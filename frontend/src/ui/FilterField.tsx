import { SearchInput } from '@patternfly/react-core'
import type { Ref } from 'react'

/** A text field that filters what is below it while one types. Escape empties it. */
export function FilterField({
  ref,
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  ref: Ref<HTMLInputElement>
}) {
  return (
    <SearchInput
      ref={ref}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(_event, value) => onChange(value)}
      onClear={() => onChange('')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('')
      }}
      className="ph-filter"
    />
  )
}
