import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react'
import { ApiFailure } from '../../api/http'
import { complete, type Suggestion } from '../../model/graph/findCompletion'
import type { GraphOptions } from '../../model/graph/graphSearch'
import { Icon } from '../../ui/Icon'
import type { Found } from './useFound'
import type { Feed } from './useGraphFeed'
import type { GraphChange } from './useGraphSearch'
import './controls.css'
import './findBox.css'

const EXAMPLES: readonly Suggestion[] = [
  { text: '!healthy', hint: 'anything in trouble' },
  { text: '%httperr > 1', hint: 'edges with more than 1 % errors' },
  { text: 'rt > 1000', hint: 'edges slower than a second' },
  { text: 'ns = bookinfo and httpin > 1', hint: 'busy nodes of one namespace' },
  { text: '!mtls', hint: 'edges without mutual TLS' },
  { text: 'idle', hint: 'without traffic' },
  { text: 'vs or cb', hint: 'with a VirtualService or a circuit breaker' },
  { text: 'name *= review', hint: 'by a part of the name' },
]

interface FindBoxProps {
  readonly options: GraphOptions
  readonly change: (change: GraphChange) => void
  readonly found: Found
  readonly onHit: (item: number) => void
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly feed: Feed
  /** What a word is compared with in the graph on screen. */
  readonly values: (word: string) => readonly string[]
}

/** The find and hide expression: examples while it is empty, completion while it is typed, its fault when it has one. */
export function FindBox({ options, change, found, onHit, inputRef, feed, values }: FindBoxProps) {
  const hiding = options.hide !== ''
  const active = hiding ? options.hide : options.find
  const [text, setText] = useState(active)
  const [seen, setSeen] = useState(active)
  const [caret, setCaret] = useState(active.length)
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const caretAfter = useRef<number | null>(null)
  const listId = useId()
  // A link or Back may bring another expression; the one that was typed here keeps its spaces.
  if (seen !== active) {
    setSeen(active)
    if (active !== text.trim()) setText(active)
  }
  const failure = feed.failure instanceof ApiFailure ? feed.failure : null
  const position = failure?.problem?.position ?? null
  const wrong = failure?.status === 400 && active !== '' && text.trim() === active ? failure : null
  const completion = text === '' ? { from: 0, suggestions: EXAMPLES } : complete(text, caret, values)
  const suggestions = open ? completion.suggestions : []

  // Asking for every letter would build graphs that nobody wants: half a second of rest, or Enter.
  useEffect(() => {
    if (text.trim() === active) return
    const timer = setTimeout(() => {
      change(hiding ? { hide: text.trim() || undefined } : { find: text.trim() || undefined })
    }, 600)
    return () => clearTimeout(timer)
  }, [text, active, hiding, change])

  // A value that is written into a field takes the caret to its end.
  useLayoutEffect(() => {
    if (caretAfter.current === null) return
    inputRef.current?.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = null
  })

  const apply = (expression: string) => {
    setOpen(false)
    setChosen(-1)
    change(hiding ? { hide: expression.trim() || undefined } : { find: expression.trim() || undefined })
  }
  const take = (suggestion: Suggestion) => {
    if (text === '') {
      setText(suggestion.text)
      apply(suggestion.text)
      return
    }
    const begin = text.slice(0, completion.from) + suggestion.text + ' '
    setText(begin + text.slice(caret).replace(/^\s/, ''))
    setCaret(begin.length)
    setChosen(-1)
    caretAfter.current = begin.length
    inputRef.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const pick = suggestions[chosen]
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && suggestions.length > 0) {
      event.preventDefault()
      const count = suggestions.length + 1 // one stop on the text itself
      setChosen(((chosen + 1 + (event.key === 'ArrowDown' ? 1 : -1) + count) % count) - 1)
    } else if (event.key === 'Tab' && !event.shiftKey && text !== '' && suggestions.length > 0) {
      const best = pick ?? suggestions[0]
      if (!best) return
      event.preventDefault()
      take(best)
    } else if (event.key === 'Enter') {
      if (pick) take(pick)
      else if (text.trim() === active) {
        setOpen(false)
        found.go(event.shiftKey ? -1 : 1, onHit)
      } else apply(text)
    } else if (event.key === 'Escape') {
      if (suggestions.length > 0) setOpen(false)
      else event.currentTarget.blur()
    }
  }

  return (
    <div
      className="phg-find"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <Icon name="search" size={14} />
      <input
        ref={inputRef}
        type="text"
        role="combobox"
        value={text}
        placeholder="Find: httpin > 10 and ns = bookinfo"
        aria-label={hiding ? 'Hide what matches' : 'Find in the graph'}
        aria-autocomplete="list"
        aria-expanded={suggestions.length > 0}
        aria-controls={listId}
        aria-activedescendant={suggestions[chosen] ? `${listId}-${chosen}` : undefined}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : 'phg-find-error'}
        spellCheck={false}
        autoComplete="off"
        onFocus={() => text === '' && setOpen(true)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? text.length)}
        onChange={(event) => {
          setText(event.target.value)
          setCaret(event.target.selectionStart ?? event.target.value.length)
          setChosen(-1)
          setOpen(true)
        }}
        onKeyDown={onKeyDown}
      />
      {found.count === null || wrong !== null ? null : (
        <span className="phg-find__count" role="status">
          {found.current > 0 ? `${found.current}/` : ''}
          {found.count}
          {found.edges > 0 ? ` · ${found.edges} edges` : ''}
        </span>
      )}
      {text === '' ? null : (
        <>
          <button
            type="button"
            className="phg-find__toggle"
            aria-pressed={hiding}
            title="Hide what matches instead of marking it"
            onClick={() =>
              change(hiding ? { find: text.trim(), hide: undefined } : { hide: text.trim(), find: undefined })
            }
          >
            Hide
          </button>
          <button
            type="button"
            className="phg-icon-button"
            aria-label="Clear the expression"
            onClick={() => {
              setText('')
              change({ find: undefined, hide: undefined })
            }}
          >
            <Icon name="close" size={12} />
          </button>
        </>
      )}
      {wrong === null || suggestions.length > 0 ? null : (
        <div className="phg-pop phg-find__error" id="phg-find-error" role="alert">
          {position === null ? null : (
            <code>
              {text.slice(0, position)}
              <mark>{text.slice(position, position + 1) || '␣'}</mark>
              {text.slice(position + 1)}
            </code>
          )}
          <p>{wrong.message}</p>
        </div>
      )}
      <div
        id={listId}
        role="listbox"
        aria-label={text === '' ? 'Examples' : 'Completions'}
        className="phg-pop phg-find__list"
        hidden={suggestions.length === 0}
      >
        {suggestions.map((one, i) => (
          <div
            key={one.text}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === chosen}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(one)}
          >
            <code>{one.text}</code>
            <span>{one.hint}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
