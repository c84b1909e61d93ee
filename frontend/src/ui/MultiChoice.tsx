import {
  Button,
  MenuFooter,
  MenuSearch,
  MenuSearchInput,
  MenuToggle,
  SearchInput,
  Select,
  SelectList,
  SelectOption,
} from '@patternfly/react-core'
import { useState, type ReactNode } from 'react'

/** Picks any number of names; none picked means all. */
export function MultiChoice(props: {
  label: string
  allText: string
  names: readonly string[]
  chosen: readonly string[]
  onChange: (names: readonly string[]) => void
  note?: (name: string) => ReactNode
  icon?: ReactNode
}) {
  const { names, chosen, onChange, label } = props
  const [open, setOpen] = useState(false)
  const [filter, setFilter] = useState('')
  const shown = names.filter((name) => name.includes(filter.trim().toLowerCase()))
  const [first] = chosen
  const text =
    first === undefined ? props.allText : chosen.length === 1 ? first : `${first} +${chosen.length - 1}`
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name].sort())
  return (
    <Select
      role="menu"
      isOpen={open}
      onOpenChange={(next) => {
        setOpen(next)
        setFilter('')
      }}
      selected={[...chosen]}
      onSelect={(_event, value) => toggle(String(value))}
      maxMenuHeight="22rem"
      isScrollable
      popperProps={{ preventOverflow: true, minWidth: '16rem' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          onClick={() => setOpen(!open)}
          isExpanded={open}
          aria-label={`${label}: ${chosen.length === 0 ? props.allText : chosen.join(', ')}`}
          {...(props.icon === undefined ? {} : { icon: props.icon })}
        >
          {text}
        </MenuToggle>
      )}
    >
      <MenuSearch>
        <MenuSearchInput>
          <SearchInput
            aria-label={`Filter ${label.toLowerCase()}`}
            placeholder="Filter"
            value={filter}
            onChange={(_event, value) => setFilter(value)}
            onClear={() => setFilter('')}
          />
        </MenuSearchInput>
      </MenuSearch>
      <SelectList aria-label={label}>
        {shown.map((name) => (
          <SelectOption
            key={name}
            value={name}
            hasCheckbox
            isSelected={chosen.includes(name)}
            description={props.note?.(name)}
          >
            {name}
          </SelectOption>
        ))}
        {shown.length === 0 ? <SelectOption isDisabled>No name contains “{filter}”</SelectOption> : null}
      </SelectList>
      <MenuFooter>
        <Button variant="link" isInline isDisabled={chosen.length === 0} onClick={() => onChange([])}>
          Show all
        </Button>
      </MenuFooter>
    </Select>
  )
}
