import { useSyncExternalStore } from 'react'
import { useChangeView } from '../../app/view'
import type { GraphOptions } from '../../model/graph/graphSearch'
import { itemNamed } from '../../model/graph/picture'
import { ago, clockTime } from '../../model/time'
import type { MeshView } from '../../model/viewSearch'
import { Icon } from '../../ui/Icon'
import { useNow } from '../../ui/useNow'
import type { Feed } from './useGraphFeed'
import type { GraphScene } from './useGraphScene'
import './notices.css'

interface NoticesProps {
  readonly graph: GraphScene
  readonly feed: Feed & { readonly retry: () => void }
  readonly view: MeshView
  readonly options: GraphOptions
  readonly focusOn: (id: string | null) => void
  readonly hop: (by: number) => void
  readonly isAnswered: boolean
}

/** What must be known to read the picture right: its age, what is missing, the past, the focus, a worn layout. */
export function Notices({ graph, feed, view, options, focusOn, hop, isAnswered }: NoticesProps) {
  const { store, scene, layoutStale } = graph
  useSyncExternalStore(scene.onValues, () => scene.frame)
  const changeView = useChangeView()
  const now = useNow()
  const facts = store.facts
  if (facts === null) return null
  const worn = Math.round(layoutStale * 100)
  const reasons = facts.sources.filter(
    // One that starts has nothing to give yet; it takes nothing away.
    (source) => source.state !== 'ok' && source.state !== 'starting',
  )
  const waiting = feed.connection?.state === 'waiting'
  const staleReason = waiting
    ? 'the connection to Pharos was lost; trying again'
    : (feed.problem?.detail ??
      reasons.find((source) => source.state === 'down' || source.state === 'stale')?.detail ??
      '')
  return (
    <div className="phg-notices" data-graph-control>
      {view.at === null ? null : (
        <div className="phg-chip phg-chip--past">
          <Icon name="clock" size={13} />
          <strong>{clockTime(view.at, now)}</strong>, {ago(view.at, now)}
          <button type="button" onClick={() => changeView({ t: undefined })}>
            Back to live (L)
          </button>
        </div>
      )}
      {options.focus === null ? null : (
        <nav className="phg-chip" aria-label="Focus">
          <button type="button" onClick={() => focusOn(null)}>
            All
          </button>
          <span aria-hidden="true">›</span>
          {scene.picture.items[itemNamed(store, scene.picture, options.focus.id)]?.label ?? 'focus'}
          <span className="ph-subtle">
            ({options.focus.hops} {options.focus.hops === 1 ? 'hop' : 'hops'})
          </span>
          <button
            type="button"
            aria-label="Fewer hops"
            disabled={options.focus.hops <= 1}
            onClick={() => hop(-1)}
          >
            −
          </button>
          <button
            type="button"
            aria-label="More hops"
            disabled={options.focus.hops >= 4}
            onClick={() => hop(1)}
          >
            +
          </button>
        </nav>
      )}
      {facts.stale || feed.problem !== null || waiting ? (
        <div className="phg-chip phg-chip--stale" role="status">
          <Icon name="clock" size={13} />
          From {ago(facts.at, now)}
          {staleReason === '' ? '' : `: ${staleReason}`}
        </div>
      ) : null}
      {facts.partial ? (
        <div className="phg-chip phg-chip--partial" role="status">
          <Icon name="warning" size={13} />
          Incomplete
          {reasons.length === 0
            ? ''
            : `: ${reasons.map((source) => `${source.name} ${source.state}${source.detail === '' ? '' : ` (${source.detail})`}`).join('; ')}`}
        </div>
      ) : null}
      {feed.failure !== null &&
      !(feed.connection?.state === 'refused' && options.find + options.hide !== '') ? (
        <div className="phg-chip phg-chip--stale" role="alert">
          <Icon name="failure" size={13} />
          {feed.failure.message}
          <button type="button" onClick={feed.retry}>
            Try again
          </button>
        </div>
      ) : null}
      {!isAnswered && feed.failure === null ? (
        <div className="phg-chip" role="status">
          <span className="phg-spinner" aria-hidden="true" />
          Loading
        </div>
      ) : null}
      {worn >= 15 ? (
        <div className="phg-chip">
          Layout is {worn} % stale
          <button type="button" onClick={graph.tidy}>
            Tidy (T)
          </button>
        </div>
      ) : null}
    </div>
  )
}
