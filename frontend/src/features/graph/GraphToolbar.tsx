import type { RefObject } from 'react'
import { findValues } from '../../model/graph/findValues'
import { EDGE_LABELS, EDGE_LABEL_WORDS, type EdgeLabel } from '../../model/graph/labels'
import type { GraphOptions, GraphView } from '../../model/graph/graphSearch'
import { DisplayMenu } from './DisplayMenu'
import { FindBox } from './FindBox'
import { Menu } from './Menu'
import type { Found } from './useFound'
import type { Feed } from './useGraphFeed'
import type { GraphScene } from './useGraphScene'
import type { GraphChange } from './useGraphSearch'
import './controls.css'

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
        options={options}
        change={change}
        found={found}
        onHit={onHit}
        inputRef={inputRef}
        feed={feed}
        values={(word) => findValues(graph.store.nodes, word)}
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
