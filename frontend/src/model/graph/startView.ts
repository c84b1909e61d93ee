import { groupOf } from './picture'
import type { GraphStore } from './graphStore'
import type { StartView } from './graphSearch'

export interface Extent {
  readonly apps: number
  readonly namespaces: number
}

export function extentOf(store: GraphStore): Extent {
  const apps = new Set(
    store.nodes.map(
      (node) => `${groupOf(node)}/${node.app !== '' && node.app !== 'unknown' ? node.app : node.id}`,
    ),
  )
  return { apps: apps.size, namespaces: new Set(store.nodes.map(groupOf)).size }
}

/** A mesh opens as large as it can be read: cards up to 60 apps, then boxes, above 400 apps or 30 namespaces tiles. */
export function startView(extent: Extent): Exclude<StartView, 'auto'> {
  if (extent.apps > 400 || extent.namespaces > 30) return 'tiles'
  return extent.apps > 60 ? 'boxes' : 'cards'
}

/**
 * Namespaces that open as tiles. In `boxes` a namespace in trouble stays open, unless that would open so much
 * that nothing could be read.
 */
export function collapsedAtStart(store: GraphStore, view: Exclude<StartView, 'auto'>): Set<string> {
  const groups = new Map<string, { size: number; health: number }>()
  store.nodes.forEach((node, i) => {
    const group = groupOf(node)
    const known = groups.get(group) ?? { size: 0, health: 0 }
    groups.set(group, {
      size: known.size + 1,
      health: Math.max(known.health, store.nodeColumns.health[i] ?? 0),
    })
  })
  if (view === 'cards') return new Set()
  const closed = new Set(groups.keys())
  if (view === 'tiles') return closed
  let room = 60
  for (const [group, { size, health }] of [...groups].sort(
    ([, a], [, b]) => b.health - a.health || a.size - b.size,
  )) {
    if (health < 3 || size > room) continue
    room -= size
    closed.delete(group)
  }
  return closed
}
