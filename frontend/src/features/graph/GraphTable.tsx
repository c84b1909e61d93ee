import { useState, useSyncExternalStore } from 'react'
import { healthOf, SHAPE_WORDS } from '../../model/graph/describe'
import { bytesPerSecond, milliseconds, percent, rate } from '../../model/units'
import { Icon } from '../../ui/Icon'
import { HealthMark } from '../../ui/StatusMark'
import type { GraphScene } from './useGraphScene'
import './controls.css'
import './graphTable.css'

const SHOWN = 500

/** The graph in words and columns: namespaces with their cards, and below each card whom it calls. */
export function GraphTable({
  graph,
  onSelect,
  onClose,
}: {
  graph: GraphScene
  onSelect: (id: string) => void
  onClose: () => void
}) {
  const { scene } = graph
  useSyncExternalStore(scene.onValues, () => scene.frame)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const flip = (set: ReadonlySet<string>, key: string) => {
    const next = new Set(set)
    if (!next.delete(key)) next.add(key)
    return next
  }
  const groups = new Map<string, number[]>()
  scene.picture.items
    .slice(0, SHOWN)
    .forEach((item, i) => groups.set(item.group, [...(groups.get(item.group) ?? []), i]))
  const { items } = scene.values
  return (
    <section className="phg-table" aria-label="Graph as a table" data-graph-control>
      <header>
        <h2>
          {scene.picture.items.length} nodes, {scene.picture.links.length} connections
        </h2>
        <button type="button" className="phg-button" onClick={onClose}>
          Show as graph
        </button>
      </header>
      <div className="phg-table__scroll">
        <table role="treegrid" aria-label="Service graph">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Health</th>
              <th scope="col" className="ph-number">
                Rate
              </th>
              <th scope="col" className="ph-number">
                Errors
              </th>
              <th scope="col" className="ph-number">
                p95
              </th>
              <th scope="col">Kind</th>
            </tr>
          </thead>
          <tbody>
            {[...groups].flatMap(([group, list]) => {
              const name = scene.picture.items[list[0] ?? 0]?.namespace ?? group
              const expanded = !closed.has(group)
              return [
                <tr key={group} aria-level={1} aria-expanded={expanded} className="phg-table__group">
                  <th scope="row" colSpan={6}>
                    <button type="button" onClick={() => setClosed(flip(closed, group))}>
                      <Icon name={expanded ? 'chevronDown' : 'chevronRight'} size={13} />
                      {name || 'unknown'}
                      <span className="ph-subtle">{list.length}</span>
                    </button>
                  </th>
                </tr>,
                ...(expanded
                  ? list.flatMap((i) => {
                      const item = scene.picture.items[i]
                      if (!item) return []
                      const perSecond = items.rate[i] ?? 0
                      const p95 = items.p95[i] ?? NaN
                      const tcp = items.tcp[i] ?? 0
                      const calls = (scene.picture.linksOf[i] ?? []).filter(
                        (l) => scene.picture.links[l]?.source === i,
                      )
                      const shows = open.has(item.id)
                      return [
                        <tr key={item.id} aria-level={2} aria-expanded={calls.length > 0 ? shows : undefined}>
                          <th scope="row">
                            {calls.length > 0 ? (
                              <button
                                type="button"
                                aria-label={`${shows ? 'Hide' : 'Show'} what ${item.label} calls`}
                                onClick={() => setOpen(flip(open, item.id))}
                              >
                                <Icon name={shows ? 'chevronDown' : 'chevronRight'} size={13} />
                              </button>
                            ) : (
                              <span className="phg-table__indent" />
                            )}
                            <button type="button" className="phg-link" onClick={() => onSelect(item.id)}>
                              {item.label}
                            </button>
                          </th>
                          <td>
                            <HealthMark status={healthOf(items.health[i])} />
                          </td>
                          <td className="ph-number">
                            {perSecond > 0 ? rate(perSecond) : tcp > 0 ? bytesPerSecond(tcp) : 'no traffic'}
                          </td>
                          <td className="ph-number">
                            {perSecond > 0 ? percent((items.failed[i] ?? 0) / perSecond) : ''}
                          </td>
                          <td className="ph-number">{Number.isNaN(p95) ? '' : milliseconds(p95)}</td>
                          <td>{SHAPE_WORDS[item.shape]}</td>
                        </tr>,
                        ...(shows
                          ? calls.map((l) => <CallRow key={`${item.id}${l}`} graph={graph} l={l} />)
                          : []),
                      ]
                    })
                  : []),
              ]
            })}
          </tbody>
        </table>
        {scene.picture.items.length > SHOWN ? (
          <p>The first {SHOWN} are listed. Choose namespaces to see the others.</p>
        ) : null}
      </div>
    </section>
  )
}

function CallRow({ graph, l }: { graph: GraphScene; l: number }) {
  const { picture, values } = graph.scene
  const link = picture.links[l]
  if (!link) return null
  const total = values.links.total[l] ?? 0
  const p95 = values.links.p95[l] ?? NaN
  return (
    <tr aria-level={3} className="phg-table__call">
      <th scope="row">→ {picture.items[link.target]?.label}</th>
      <td>
        <HealthMark status={healthOf(values.links.health[l])} />
      </td>
      <td className="ph-number">{link.tcp ? bytesPerSecond(total) : rate(total)}</td>
      <td className="ph-number">
        {link.tcp || total === 0 ? '' : percent((values.links.failed[l] ?? 0) / total)}
      </td>
      <td className="ph-number">{Number.isNaN(p95) ? '' : milliseconds(p95)}</td>
      <td>{link.tcp ? 'TCP' : 'requests'}</td>
    </tr>
  )
}
