import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { GraphScene } from './useGraphScene'

export interface Found {
  /** Null while nothing is asked. */
  readonly count: number | null
  readonly edges: number
  /** From 1; 0 before the first step. */
  readonly current: number
  readonly go: (by: number, arrived: (item: number) => void) => void
}

/** What the backend found for the expression: rings around it, and steps from hit to hit. */
export function useFound(graph: GraphScene, expression: string): Found {
  const { store, scene, stage } = graph
  const frame = useSyncExternalStore(scene.onValues, () => scene.frame)
  const [current, setCurrent] = useState(0)
  const hits = useMemo(() => {
    // Read again for each frame, because an expression may ask for values.
    if (frame < 0 || expression.trim() === '' || store.found === null) return null
    const items = new Set<number>()
    const links = new Set<number>()
    for (const id of store.found.nodes) {
      const item = scene.picture.itemOf[store.indexOfNode(id)] ?? -1
      if (item >= 0) items.add(item)
    }
    const edges = new Set([...store.found.edges].map((id) => store.indexOfEdge(id)))
    scene.picture.links.forEach((link, l) => {
      if (link.edges.some((edge) => edges.has(edge))) links.add(l)
    })
    return { items, links }
  }, [store, scene, expression, frame])
  useEffect(() => {
    scene.ring(hits)
    stage?.refreshCards()
  }, [scene, stage, hits])

  const go = useCallback(
    (by: number, arrived: (item: number) => void) => {
      if (hits === null) return
      // Left to right, then top to bottom: as one reads. Hits on lines lead to the card that calls.
      const order = [
        ...new Set([...hits.items, ...[...hits.links].map((l) => scene.picture.links[l]?.source ?? 0)]),
      ].sort(
        (a, b) =>
          (scene.rects[a]?.x ?? 0) - (scene.rects[b]?.x ?? 0) ||
          (scene.rects[a]?.y ?? 0) - (scene.rects[b]?.y ?? 0),
      )
      if (order.length === 0) return
      const next = (((current - 1 + by) % order.length) + order.length) % order.length
      setCurrent(next + 1)
      arrived(order[next] ?? 0)
    },
    [hits, scene, current],
  )
  return { count: hits === null ? null : hits.items.size, edges: hits?.links.size ?? 0, current, go }
}
