import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core'
import { useState, type ReactNode } from 'react'

export interface Option<T extends string> {
  readonly value: T
  readonly text: string
  readonly hint?: string
}

/** Picks one of a few values. The toggle shows `text`, or the chosen option. */
export function Choice<T extends string>(props: {
  label: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
  text?: ReactNode
  icon?: ReactNode
  plain?: boolean
}) {
  const [open, setOpen] = useState(false)
  const chosen = props.options.find((option) => option.value === props.value)
  return (
    <Select
      isOpen={open}
      onOpenChange={setOpen}
      selected={props.value}
      onSelect={(_event, value) => {
        setOpen(false)
        const picked = props.options.find((option) => option.value === value)
        if (picked) props.onChange(picked.value)
      }}
      shouldFocusToggleOnSelect
      popperProps={{ position: 'right', preventOverflow: true }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          onClick={() => setOpen(!open)}
          isExpanded={open}
          aria-label={`${props.label}: ${chosen?.text ?? props.value}`}
          variant={props.plain ? 'plainText' : 'default'}
          {...(props.icon === undefined ? {} : { icon: props.icon })}
        >
          {props.text ?? chosen?.text ?? props.value}
        </MenuToggle>
      )}
    >
      <SelectList aria-label={props.label}>
        {props.options.map((option) => (
          <SelectOption key={option.value} value={option.value} description={option.hint}>
            {option.text}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  )
}
