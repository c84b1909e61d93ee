import { useEffect, useState, type RefObject } from 'react'
import { ApiFailure } from '../../api/http'
import { EDGE_LABELS, EDGE_LABEL_WORDS, type EdgeLabel } from '../../model/graph/labels'
import type { GraphOptions, GraphView } from '../../model/graph/graphSearch'
import { Icon } from '../../ui/Icon'
import { DisplayMenu } from './DisplayMenu'
import { Menu } from './Menu'
import type { Found } from './useFound'
import type { Feed } from './useGraphFeed'
import type { GraphScene } from './useGraphScene'
import type { GraphChange } from './useGraphSearch'

const VIEWS: readonly { value: GraphView; text: string; hint: string }[] = [
  { value: 'apps', text: 'Apps', hint: 'One card for each app, with a row for each version' },
  { value: 'versions', text: 'Versions', hint: 'One card for each version, boxed by app' },
  { value: 'workloads', text: 'Workloads', hint: 'Deployments, stateful sets and the like' },
  { value: 'services', text: 'Services', hint: 'Services only' },
]

interface ToolbarProps {
  readonly graph: GraphScene
  readonly options: GraphOptions
  readonly change: (change: GraphChange) => void
  readonly found: Found
  readonly onHit: (item: number) => void
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly feed: Feed
}

export function GraphToolbar({ graph, options, change, found, onHit, inputRef, feed }: ToolbarProps) {
  return (
    <div className="phg-tools" role="toolbar" aria-label="Graph">
      <FindBox
        // A link or Back may bring another expression: then the field starts from it.
        key={`${options.find}\n${options.hide}`}
        options={options}
        change={change}
        found={found}
        onHit={onHit}
        inputRef={inputRef}
        feed={feed}
      />
      <div className="phg-segments" role="radiogroup" aria-label="Kind of graph">
        {VIEWS.map((kind) => (
          <button
            key={kind.value}
            type="button"
            role="radio"
            aria-checked={options.view === kind.value}
            title={kind.hint}
            onClick={() =>
              change({
                view: kind.value === 'apps' ? undefined : kind.value,
                sel: undefined,
                focus: undefined,
                cam: undefined,
              })
            }
          >
            {kind.text}
          </button>
        ))}
      </div>
      <LabelMenu options={options} change={change} />
      <DisplayMenu graph={graph} options={options} change={change} />
      <span className="phg-tools__gap" />
      <button
        type="button"
        className="phg-button"
        aria-pressed={options.selected === 'graph'}
        onClick={() => change({ sel: options.selected === 'graph' ? undefined : 'graph' })}
      >
        Summary
      </button>
    </div>
  )
}

function LabelMenu({ options, change }: Pick<ToolbarProps, 'options' | 'change'>) {
  const chosen = options.labels
  const flip = (label: EdgeLabel) => {
    // Two fit on a line; a third takes the place of the older one.
    const next = chosen.includes(label)
      ? chosen.filter((other) => other !== label)
      : [...chosen, label].slice(-2)
    const text = next.join(',')
    change({ labels: text === '' ? 'none' : text === 'rps,err' ? undefined : text })
  }
  return (
    <Menu
      text={chosen.length === 0 ? 'No labels' : `Labels: ${chosen.map((label) => SHORT[label]).join(', ')}`}
      label="Labels on edges"
    >
      <fieldset>
        <legend>On edges, up to two</legend>
        {EDGE_LABELS.map((label) => (
          <label key={label}>
            <input type="checkbox" checked={chosen.includes(label)} onChange={() => flip(label)} />
            {EDGE_LABEL_WORDS[label]}
          </label>
        ))}
      </fieldset>
    </Menu>
  )
}

const SHORT: Readonly<Record<EdgeLabel, string>> = {
  rps: 'rps',
  err: 'errors',
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  avg: 'avg',
  bytes: 'bytes',
  share: 'share',
}

const EXAMPLES = [
  ['!healthy', 'anything in trouble'],
  ['%httperr > 1', 'edges with more than 1 % errors'],
  ['rt > 1000', 'edges slower than a second'],
  ['ns = bookinfo and httpin > 1', 'busy nodes of one namespace'],
  ['!mtls', 'edges without mutual TLS'],
  ['idle', 'without traffic'],
  ['vs or cb', 'with a VirtualService or a circuit breaker'],
  ['name *= review', 'by a part of the name'],
] as const

function FindBox({ options, change, found, onHit, inputRef, feed }: Omit<ToolbarProps, 'graph'>) {
  const hiding = options.hide !== ''
  const active = hiding ? options.hide : options.find
  const [text, setText] = useState(active)
  const [open, setOpen] = useState(false)
  const failure = feed.failure instanceof ApiFailure ? feed.failure : null
  const position = failure?.problem?.position ?? null
  const wrong = failure?.status === 400 && active !== '' && text === active ? failure : null

  // Asking for every letter would build graphs that nobody wants: half a second of rest, or Enter.
  useEffect(() => {
    if (text === active) return
    const timer = setTimeout(() => {
      change(hiding ? { hide: text.trim() || undefined } : { find: text.trim() || undefined })
    }, 600)
    return () => clearTimeout(timer)
  }, [text, active, hiding, change])

  return (
    <div
      className="phg-find"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <Icon name="search" size={14} />
      <input
        ref={inputRef}
        type="text"
        value={text}
        placeholder="Find: httpin > 10 and ns = bookinfo"
        aria-label={hiding ? 'Hide what matches' : 'Find in the graph'}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : 'phg-find-error'}
        spellCheck={false}
        autoComplete="off"
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value)
          setOpen(event.target.value === '')
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            if (text === active) found.go(event.shiftKey ? -1 : 1, onHit)
            else change(hiding ? { hide: text.trim() || undefined } : { find: text.trim() || undefined })
            setOpen(false)
          }
          if (event.key === 'Escape') {
            if (open) setOpen(false)
            else event.currentTarget.blur()
          }
        }}
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
      {wrong === null ? null : (
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
      {open && text === '' ? (
        <ul className="phg-pop phg-find__examples" aria-label="Examples">
          {EXAMPLES.map(([expression, words]) => (
            <li key={expression}>
              <button
                type="button"
                onClick={() => {
                  setText(expression)
                  setOpen(false)
                  change({ find: expression, hide: undefined })
                }}
              >
                <code>{expression}</code>
                <span>{words}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
