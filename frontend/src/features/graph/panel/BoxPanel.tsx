import type { Partner } from '../../../model/graph/panelFacts'
import { tileFacts } from '../../../model/graph/values'
import { counted, percent, rate } from '../../../model/units'
import { ShapeIcon } from '../ShapeIcon'
import { Kpi, NeedsALook, Partners } from './parts'
import type { PanelProps } from './SidePanel'
import '../controls.css'

interface BoxPanelProps extends PanelProps {
  readonly title: string
  readonly items: readonly number[]
  /** The namespace that can be opened and folded; null: not a namespace. */
  readonly group: string | null
}

/** A namespace, cluster or app as a whole: what crosses its border, and what in it needs a look. */
export function BoxPanel({ graph, title, items, group, onSelect, onToggle }: BoxPanelProps) {
  const { scene, store } = graph
  const inside = new Set(items)
  const nodes = items.flatMap((i) => scene.picture.items[i]?.nodes ?? [])
  const facts = tileFacts(store, nodes)
  const { links } = scene.values
  let within = 0
  let arriving = 0
  let failing = 0
  let leaving = 0
  const callers: Partner[] = []
  const callees: Partner[] = []
  scene.picture.links.forEach((link, l) => {
    if (link.tcp) return
    const total = links.total[l] ?? 0
    const from = inside.has(link.source)
    const to = inside.has(link.target)
    if (from && to) within += total
    else if (to) {
      arriving += total
      failing += links.failed[l] ?? 0
      callers.push({ item: link.source, link: l })
    } else if (from) {
      leaving += total
      callees.push({ item: link.target, link: l })
    }
  })
  const busiest = (list: Partner[]) =>
    list.sort((a, b) => (links.total[b.link] ?? 0) - (links.total[a.link] ?? 0))
  const { health } = scene.values.items
  const troubled = items
    .filter((i) => (health[i] ?? 0) >= 3 && scene.picture.items[i]?.shape !== 'tile')
    .sort((a, b) => (health[b] ?? 0) - (health[a] ?? 0))
  const collapsed = group !== null && graph.isCollapsed(group)
  return (
    <>
      <header className="phg-panel__head">
        <h2>
          <ShapeIcon shape="tile" size={17} />
          {title}
        </h2>
        <p className="ph-subtle">
          {counted(facts.apps, 'app')}
          {facts.failing > 0 ? `, ${facts.failing} failing` : ''}
          {facts.degraded > 0 ? `, ${facts.degraded} degraded` : ''}
          {facts.worst === null ? '' : `, worst ${facts.worst}`}
        </p>
        {group === null ? null : (
          <div className="phg-panel__actions">
            <button type="button" className="phg-button" onClick={() => onToggle(group)}>
              {collapsed ? 'Open the namespace' : 'Fold into a tile'}
            </button>
          </div>
        )}
      </header>
      <dl className="phg-kpis">
        <Kpi name="Arriving" value={rate(arriving)} />
        <Kpi name="Errors" value={arriving > 0 ? percent(failing / arriving) : '–'} />
        <Kpi name="Leaving" value={rate(leaving)} />
        {within > 0 ? <Kpi name="Inside" value={rate(within)} /> : null}
      </dl>
      <NeedsALook items={troubled} graph={graph} onSelect={onSelect} />
      <Partners title="Callers" list={busiest(callers)} graph={graph} onSelect={onSelect} />
      <Partners title="Calls" list={busiest(callees)} graph={graph} onSelect={onSelect} />
    </>
  )
}
