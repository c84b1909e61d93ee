import type { ReactNode } from 'react'
import type { Shape } from '../../model/graph/picture'
import { SHAPE_WORDS } from '../../model/graph/describe'
import { Icon } from '../../ui/Icon'
import { ShapeIcon } from './ShapeIcon'
import './controls.css'
import './legend.css'

const LINES: readonly (readonly [string, ReactNode])[] = [
  ['healthy', 'healthy; wider is more traffic'],
  ['degraded', '▲ degraded'],
  ['failure', '✕ failing'],
  ['tcp', 'TCP'],
  ['idle', 'idle'],
]
const SHAPES: readonly Shape[] = [
  'app',
  'workload',
  'service',
  'serviceEntry',
  'gateway',
  'waypoint',
  'egress',
  'unknown',
  'tile',
]
const BADGES = [
  ['VS', 'VirtualService'],
  ['RR', 'request routing'],
  ['TS', 'traffic shifting'],
  ['CB', 'circuit breaker'],
  ['FI', 'fault injection'],
  ['TO', 'request timeout'],
  ['MI', 'mirroring'],
  ['GW', 'Gateway'],
] as const

/** What the signs mean, so that nobody has to guess a colour. */
export function Legend({ onClose }: { onClose: () => void }) {
  return (
    <aside className="phg-pop phg-legend" aria-label="Legend" data-graph-control>
      <header>
        <h2>Legend</h2>
        <button type="button" className="phg-icon-button" aria-label="Close the legend" onClick={onClose}>
          <Icon name="close" size={12} />
        </button>
      </header>
      <ul>
        {LINES.map(([name, words]) => (
          <li key={name}>
            <svg
              width="44"
              height="12"
              aria-hidden="true"
              focusable="false"
              className={`phg-legend__line phg-legend__line--${name}`}
            >
              <path d="M1 6H36" />
              <path className="phg-legend__tip" d="M43 6l-8-4v8z" />
            </svg>
            {words}
          </li>
        ))}
        <li>
          <svg width="44" height="12" aria-hidden="true" focusable="false" className="phg-legend__dots">
            <circle cx="10" cy="6" r="3" />
            <path d="m32 1.500 4.500 4.500-4.500 4.500L27.500 6z" />
          </svg>
          requests; a diamond failed
        </li>
        <li>
          <svg
            width="44"
            height="16"
            viewBox="0 0 44 16"
            aria-hidden="true"
            focusable="false"
            className="phg-legend__lock"
          >
            <rect x="16" y="7" width="10" height="7" rx="1.500" />
            <path d="M21 7V4.500a3 3 0 0 1 6 0" />
          </svg>
          not encrypted (no mutual TLS)
        </li>
      </ul>
      <ul className="phg-legend__shapes">
        {SHAPES.map((shape) => (
          <li key={shape}>
            <ShapeIcon shape={shape} />
            {SHAPE_WORDS[shape]}
          </li>
        ))}
      </ul>
      <ul className="phg-legend__shapes">
        {BADGES.map(([short, words]) => (
          <li key={short}>
            <span className="phg-badge">{short}</span>
            {words}
          </li>
        ))}
      </ul>
      <p>
        Health is the backend’s word, with its thresholds and reasons in the panel of each node. Times on
        cards are the p95 of the slowest caller.
      </p>
    </aside>
  )
}
