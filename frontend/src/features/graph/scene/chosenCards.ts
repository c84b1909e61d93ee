import { detailAt, viewRect } from '../../../model/graph/camera'
import { overlaps } from '../../../model/layout/geometry'
import type { Scene } from './Scene'

export const MAX_CARDS = 300
const MARGIN_PX = 60

/** Items in view that are near enough to be read, in their order; of too many, those nearest to the middle. */
export function chosenCards(scene: Scene): readonly number[] {
  if (detailAt(scene.camera.k) !== 'cards') return []
  const view = viewRect(scene.camera, scene.size)
  const chosen: number[] = []
  scene.rects.forEach((rect, i) => {
    if (overlaps(rect, view, MARGIN_PX)) chosen.push(i)
  })
  if (chosen.length <= MAX_CARDS) return chosen
  const x = view.x + view.w / 2
  const y = view.y + view.h / 2
  const far = (i: number) => {
    const rect = scene.rects[i]
    return rect ? Math.hypot(rect.x + rect.w / 2 - x, rect.y + rect.h / 2 - y) : Infinity
  }
  return chosen
    .sort((a, b) => far(a) - far(b))
    .slice(0, MAX_CARDS)
    .sort((a, b) => a - b)
}
