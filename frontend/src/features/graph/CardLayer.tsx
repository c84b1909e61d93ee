import { memo, useSyncExternalStore } from 'react'
import type { HealthStatus } from '../../api/schemas'
import { middleEllipsis, SHAPE_WORDS } from '../../model/graph/describe'
import { HEALTH_CODES, type GraphStore } from '../../model/graph/graphStore'
import { MAX_ROWS, type Item, type Row } from '../../model/graph/picture'
import { tileFacts } from '../../model/graph/values'
import { HEALTH_WORDS } from '../../model/health'
import { percent, rateNumber } from '../../model/units'
import { Icon, type IconName } from '../../ui/Icon'
import { ShapeIcon } from './ShapeIcon'
import { Sparkline } from './Sparkline'
import type { Scene } from './scene/Scene'
import type { Stage } from './scene/Stage'
import './card.css'

const MAX_BADGES = 3
const NAME_CHARACTERS = 18

/** The cards that are near enough to be read. They move with the camera as one element; only numbers re-render. */
export function CardLayer({ scene, stage }: { scene: Scene; stage: Stage }) {
  const cards = useSyncExternalStore(stage.onCards, stage.visibleCards)
  // Emphasis, selection and hits change through the same signal as the set of cards.
  useSyncExternalStore(stage.onCards, () => stateKey(scene))
  return cards.map((i) => {
    const item = scene.picture.items[i]
    const rect = scene.rects[i]
    if (!item || !rect) return null
    const look = [
      scene.emphasis !== null && !scene.emphasis.items.has(i) ? 'dim' : '',
      scene.selected.items.has(i) ? 'selected' : '',
      scene.found?.items.has(i) === true ? 'found' : '',
    ]
      .filter(Boolean)
      .join(' ')
    const Body = item.shape === 'tile' ? Tile : Card
    return <Body key={item.id} scene={scene} item={item} index={i} x={rect.x} y={rect.y} look={look} />
  })
}

let keys = 0
const known = new WeakMap<object, number>()
const numberOf = (value: object | null): number => {
  if (value === null) return 0
  const number = known.get(value) ?? ++keys
  known.set(value, number)
  return number
}

const stateKey = (scene: Scene): string =>
  `${numberOf(scene.emphasis)}/${numberOf(scene.selected)}/${numberOf(scene.found)}`

interface BodyProps {
  readonly scene: Scene
  readonly item: Item
  readonly index: number
  readonly x: number
  readonly y: number
  readonly look: string
}

const GLYPHS: Readonly<Record<HealthStatus, IconName | null>> = {
  failure: 'failure',
  degraded: 'warning',
  notReady: 'hourglass',
  healthy: 'check',
  na: null,
}

const Card = memo(function Card({ scene, item, index, x, y, look }: BodyProps) {
  const numbers = useSyncExternalStore(scene.onValues, () => scene.numbersOf(index))
  const health = numbers?.health ?? 'na'
  const shown = item.badges.slice(0, MAX_BADGES)
  const more = item.badges.slice(MAX_BADGES)
  const room =
    NAME_CHARACTERS - (shown.length > 0 ? shown.reduce((sum, badge) => sum + badge.short.length + 1.4, 0) : 0)
  const icon = GLYPHS[health]
  return (
    <div
      className={`phg-card phg-card--${item.shape} phg-card--${health} ${flagClasses(item)}`}
      data-look={look}
      style={{ transform: `translate(${x}px, ${y}px)`, width: item.w, height: item.h }}
    >
      <div className="phg-card__head">
        <ShapeIcon shape={item.shape} />
        <span
          className="phg-card__name"
          title={`${item.label} (${SHAPE_WORDS[item.shape]}, ${item.namespace})`}
        >
          {middleEllipsis(item.label, Math.max(9, Math.floor(room)))}
        </span>
        {shown.map((badge) => (
          <span key={badge.short} className="phg-badge" title={badge.words}>
            {badge.short}
          </span>
        ))}
        {more.length > 0 ? (
          <span className="phg-badge" title={more.map((badge) => badge.words).join('; ')}>
            +{more.length}
          </span>
        ) : null}
        {icon === null ? null : (
          <span className={`phg-card__health phg-card__health--${health}`} title={HEALTH_WORDS[health]}>
            <Icon name={icon} size={13} />
          </span>
        )}
      </div>
      <div className="phg-card__numbers">
        <b>{numbers?.rate ?? ''}</b>
        {numbers?.errors == null ? null : <span className={errorClass(health)}>{numbers.errors}</span>}
        {numbers?.time == null ? null : <span className="phg-card__time">{numbers.time}</span>}
        {item.rows.length === 0 ? <History scene={scene} item={item} /> : null}
      </div>
      {item.rows.length === 0 ? null : <Rows scene={scene} item={item} />}
    </div>
  )
})

const errorClass = (health: HealthStatus): string =>
  health === 'failure' || health === 'degraded' ? `phg-card__errors--${health}` : 'phg-card__errors'

function flagClasses(item: Item): string {
  return ['idle', 'dead', 'outOfMesh', 'inaccessible', 'root']
    .filter((flag) => item.flags.has(flag))
    .map((flag) => `phg-card--${flag}`)
    .join(' ')
}

function History({ scene, item }: { scene: Scene; item: Item }) {
  useSyncExternalStore(scene.onValues, () => scene.frame)
  return <Sparkline values={historyOf(scene.store, item)} />
}

function historyOf(store: GraphStore, item: Item): readonly number[] {
  const series = item.nodes.map((node) => store.history(store.nodes[node]?.id ?? ''))
  const longest = Math.max(0, ...series.map((one) => one.length))
  return Array.from({ length: longest }, (_, i) =>
    series.reduce((sum, one) => sum + (one[i - (longest - one.length)] ?? 0), 0),
  )
}

function Rows({ scene, item }: { scene: Scene; item: Item }) {
  useSyncExternalStore(scene.onValues, () => scene.frame)
  const { nodeColumns } = scene.store
  const rateOf = (row: Row) => nodeColumns.incoming[row.node] ?? 0
  const total = item.rows.reduce((sum, row) => sum + rateOf(row), 0)
  return (
    <ul className="phg-rows">
      {item.rows.slice(0, MAX_ROWS).map((row) => {
        const rate = rateOf(row)
        const share = total > 0 ? rate / total : 0
        const failed = rate > 0 ? (nodeColumns.failed[row.node] ?? 0) / rate : 0
        const health = HEALTH_CODES[nodeColumns.health[row.node] ?? 0] ?? 'na'
        return (
          <li key={row.version} title={`${row.version}: ${rateNumber(rate)} rps, ${percent(failed)} errors`}>
            <span className="phg-rows__name">{middleEllipsis(row.version, 7)}</span>
            <meter
              className={`phg-rows__bar phg-rows__bar--${health}`}
              min={0}
              max={1}
              value={share}
              aria-label={`${row.version}: share of requests`}
            />
            <span className="phg-rows__share">{percent(share)}</span>
            <span className={`phg-rows__numbers ${errorClass(health)}`}>
              {rate > 0
                ? `${rateNumber(rate)}${health === 'failure' || health === 'degraded' ? ` · ${percent(failed)}` : ''}`
                : 'idle'}
            </span>
          </li>
        )
      })}
      {item.rows.length > MAX_ROWS ? (
        <li className="phg-rows__more">{item.rows.length - MAX_ROWS} more versions</li>
      ) : null}
    </ul>
  )
}

const Tile = memo(function Tile({ scene, item, index, x, y, look }: BodyProps) {
  useSyncExternalStore(scene.onValues, () => scene.frame)
  const numbers = scene.numbersOf(index)
  const facts = tileFacts(scene.store, item.nodes)
  const parts: [HealthStatus, number][] = [
    ['failure', facts.failing],
    ['degraded', facts.degraded],
    ['healthy', facts.healthy],
  ]
  return (
    <div
      className={`phg-card phg-tile phg-card--${numbers?.health ?? 'na'}`}
      data-look={look}
      style={{ transform: `translate(${x}px, ${y}px)`, width: item.w, height: item.h }}
    >
      <div className="phg-card__head">
        <ShapeIcon shape="tile" />
        <span className="phg-card__name" title={`${item.label} (namespace): double click or Enter opens it`}>
          {middleEllipsis(item.label, 20)}
        </span>
        <span className="phg-tile__apps">
          {facts.apps} {facts.apps === 1 ? 'app' : 'apps'}
        </span>
      </div>
      <div className="phg-card__numbers">
        <b>{numbers?.rate ?? ''}</b>
        {numbers?.errors == null ? null : (
          <span className={errorClass(numbers.health)}>{numbers.errors}</span>
        )}
      </div>
      <div className="phg-tile__bar" aria-hidden="true">
        {parts.map(([status, count]) =>
          count === 0 ? null : (
            <span key={status} className={`phg-tile__part--${status}`} style={{ flexGrow: count }} />
          ),
        )}
      </div>
      <div className="phg-tile__worst">
        {facts.worst === null ? 'all healthy or idle' : <TileTrouble facts={facts} />}
      </div>
    </div>
  )
})

function TileTrouble({ facts }: { facts: ReturnType<typeof tileFacts> }) {
  return (
    <>
      {facts.failing > 0 ? <span className="phg-card__errors--failure">✕ {facts.failing}</span> : null}
      {facts.degraded > 0 ? <span className="phg-card__errors--degraded">▲ {facts.degraded}</span> : null}
      <span className="ph-truncate">worst: {facts.worst}</span>
    </>
  )
}
