import { useEffect, useState, useSyncExternalStore } from 'react'
import type { MeshView } from '../../../model/viewSearch'
import { Icon } from '../../../ui/Icon'
import type { GraphScene } from '../useGraphScene'
import { groupOfBox } from '../../../model/graph/picture'
import { BoxPanel } from './BoxPanel'
import { EdgePanel } from './EdgePanel'
import { GraphPanel } from './GraphPanel'
import { NodePanel } from './NodePanel'
import '../controls.css'
import './panel.css'

export interface PanelProps {
  readonly graph: GraphScene
  readonly view: MeshView
  readonly onSelect: (id: string) => void
  readonly onFocus: (id: string) => void
  /** Opens or closes a namespace. */
  readonly onToggle: (group: string) => void
}

interface SidePanelProps extends PanelProps {
  readonly selected: { readonly items: ReadonlySet<number>; readonly links: ReadonlySet<number> }
  /** What the address says is selected. */
  readonly name: string
  readonly onClose: () => void
}

const REFRESH_MS = 1000

/** What is known about the selection. Numbers follow the stream, at most once a second, because they are read. */
export function SidePanel({
  graph,
  view,
  onSelect,
  onFocus,
  onToggle,
  selected,
  name,
  onClose,
}: SidePanelProps) {
  const { scene } = graph
  const common = { graph, view, onSelect, onFocus, onToggle }
  useSyncExternalStore(scene.onShape, () => scene.shape)
  useSlowFrames(graph)
  const [item] = selected.items
  const [link] = selected.links
  const node = item === undefined ? undefined : scene.picture.items[item]
  const box = scene.picture.boxes.find((candidate) => candidate.id === name)
  return (
    <aside className="phg-panel" aria-label="Selection">
      <button
        type="button"
        className="phg-icon-button phg-panel__close"
        aria-label="Close the panel"
        onClick={onClose}
      >
        <Icon name="close" size={13} />
      </button>
      {item !== undefined && node?.shape === 'tile' ? (
        <BoxPanel {...common} title={node.label} items={[item]} group={node.group} />
      ) : item !== undefined ? (
        <NodePanel {...common} item={item} key={node?.id} />
      ) : link !== undefined ? (
        <EdgePanel {...common} link={link} key={name} />
      ) : box !== undefined ? (
        <BoxPanel
          {...common}
          title={box.name}
          items={box.items}
          group={box.kind === 'namespace' ? groupOfBox(name) : null}
        />
      ) : name === 'graph' ? (
        <GraphPanel {...common} />
      ) : (
        <p className="phg-panel__gone">
          The selection is not in the graph now. It may have no traffic at this moment, be hidden, or be
          folded into its namespace.
        </p>
      )}
    </aside>
  )
}

function useSlowFrames({ scene }: GraphScene): void {
  const [, seen] = useState(0)
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined
    const stop = scene.onValues(() => {
      waiting ??= setTimeout(() => {
        waiting = undefined
        seen(scene.frame)
      }, REFRESH_MS)
    })
    return () => {
      stop()
      clearTimeout(waiting)
    }
  }, [scene])
}
