import { useSyncExternalStore } from 'react'
import { itemWords } from '../../model/graph/describe'
import type { Scene } from './scene/Scene'

/**
 * The same scene for assistive technology: namespaces with their cards, as a tree. The one tab stop of the graph is
 * the element around it; `active` follows the selection.
 */
export function A11yTree({ scene, active }: { scene: Scene; active: number | null }) {
  useSyncExternalStore(scene.onShape, () => scene.shape)
  useSyncExternalStore(scene.onValues, () => scene.frame)
  const groups = new Map<string, number[]>()
  scene.picture.items.forEach((item, i) => groups.set(item.group, [...(groups.get(item.group) ?? []), i]))
  return (
    <div id="phg-tree" className="ph-visually-hidden" role="tree" aria-label="Service graph">
      {[...groups].map(([group, items]) => {
        const first = scene.picture.items[items[0] ?? 0]
        if (items.length === 1 && first?.shape === 'tile')
          return <Entry key={group} scene={scene} i={items[0] ?? 0} active={active} />
        return (
          <div
            key={group}
            role="treeitem"
            aria-expanded="true"
            aria-selected="false"
            aria-label={`Namespace ${first?.namespace ?? group}`}
          >
            <div role="group">
              {items.map((i) => (
                <Entry key={scene.picture.items[i]?.id ?? i} scene={scene} i={i} active={active} />
              ))}
            </div>
          </div>
        )
      })}
    </div>
  )
}

function Entry({ scene, i, active }: { scene: Scene; i: number; active: number | null }) {
  const words = itemWords(scene.picture, scene.values, i)
  const tile = scene.picture.items[i]?.shape === 'tile'
  return (
    <div
      id={`phg-item-${i}`}
      role="treeitem"
      aria-selected={active === i}
      aria-label={words}
      {...(tile ? { 'aria-expanded': false } : {})}
    />
  )
}
