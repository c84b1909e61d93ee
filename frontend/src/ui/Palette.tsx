import { Modal, ModalBody } from '@patternfly/react-core'
import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { fuzzyRank } from '../model/fuzzy'
import { Icon, type IconName } from './Icon'
import './palette.css'

export interface PaletteItem {
  readonly id: string
  readonly group: string
  readonly text: string
  /** Where it is; can be searched for, like the name. */
  readonly place?: string
  /** More words to show. */
  readonly hint?: string
  readonly icon: IconName
  readonly run: () => void
}

const LIMIT = 60

/** Everything one can go to or do, found by typing. The list follows the combobox pattern of the ARIA guide. */
export function Palette({ items, onClose }: { items: readonly PaletteItem[]; onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const hits = useMemo(
    () => fuzzyRank(query, items, (item) => `${item.text} ${item.place ?? ''} ${item.group}`, LIMIT),
    [query, items],
  )
  const at = Math.min(active, hits.length - 1)
  const optionId = (index: number) => `${listId}-${index}`

  const move = (to: number) => {
    if (hits.length === 0) return
    const next = (to + hits.length) % hits.length
    setActive(next)
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const pick = (index: number) => {
    const hit = hits[index]
    if (!hit) return
    onClose()
    hit.item.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at - 1)
    else if (event.key === 'Home' && event.ctrlKey) move(0)
    else if (event.key === 'End' && event.ctrlKey) move(hits.length - 1)
    else if (event.key === 'Enter') pick(at)
    else return
    event.preventDefault()
  }

  return (
    <Modal
      isOpen
      onClose={onClose}
      aria-label="Command palette"
      variant="small"
      className="ph-palette"
      position="top"
    >
      <ModalBody>
        <div className="ph-palette__field">
          <Icon name="search" />
          <input
            autoFocus
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-autocomplete="list"
            {...(hits.length > 0 ? { 'aria-activedescendant': optionId(at) } : {})}
            aria-label="Search pages, namespaces, services, workloads and actions"
            placeholder="Go to a page, namespace, service or workload…"
            value={query}
            spellCheck={false}
            onChange={(event) => {
              setQuery(event.target.value)
              setActive(0)
            }}
            onKeyDown={onKeyDown}
          />
          <kbd>Esc</kbd>
        </div>
        <ul className="ph-palette__list" role="listbox" id={listId} aria-label="Results">
          {hits.map(({ item, at: matched }, index) => (
            <li
              key={item.id}
              id={optionId(index)}
              role="option"
              aria-selected={index === at}
              onMouseMove={() => setActive(index)}
              onClick={() => pick(index)}
            >
              <Icon name={item.icon} />
              <span className="ph-palette__text">
                <Marked text={item.text} at={matched} />
              </span>
              {item.place || item.hint ? (
                <span className="ph-palette__hint">
                  {[item.place, item.hint].filter(Boolean).join(' · ')}
                </span>
              ) : null}
              <span className="ph-palette__group">{item.group}</span>
            </li>
          ))}
        </ul>
        <p className="ph-palette__empty" role="status">
          {hits.length === 0 ? `Nothing here is called “${query}”.` : ''}
        </p>
      </ModalBody>
    </Modal>
  )
}

/** The text with its matched letters marked; positions beyond it belong to the hint. */
function Marked({ text, at }: { text: string; at: readonly number[] }) {
  if (at.length === 0) return text
  const hits = new Set(at)
  return Array.from(text, (letter, index) => (hits.has(index) ? <mark key={index}>{letter}</mark> : letter))
}
