import { RectGrid, type Rect } from '../layout/geometry'
import { pointAlong, type Route } from './routes'

export interface LabelWish {
  readonly link: number
  readonly text: string
  /** Width and height in world units. */
  readonly w: number
  readonly h: number
  /** The larger, the sooner it is placed. */
  readonly weight: number
}

export interface PlacedLabel extends Rect {
  readonly link: number
  readonly text: string
}

/** Places along the line that are tried, the middle first. */
const TRIES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]

/**
 * Puts each label on its own line where it covers neither a card nor another label: first the middle, then along
 * the line. What does not fit is left out, the least important first, and is shown on hover instead.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  routes: readonly Route[],
  cards: RectGrid<number>,
): PlacedLabel[] {
  const taken = new RectGrid<number>()
  const placed: PlacedLabel[] = []
  for (const wish of [...wishes].sort((a, b) => b.weight - a.weight || a.link - b.link)) {
    const route = routes[wish.link]
    // The arrow and a piece of the line on both sides must stay visible.
    if (!route || Math.max(route.bounds.w, route.bounds.h * 2.4) < wish.w + 22) continue
    for (const t of TRIES) {
      const centre = pointAlong(route, route.length * t)
      const rect = { x: centre.x - wish.w / 2, y: centre.y - wish.h / 2, w: wish.w, h: wish.h }
      if (cards.find(rect, 3) !== undefined || taken.find(rect, 3) !== undefined) continue
      taken.add(rect, wish.link)
      placed.push({ ...rect, link: wish.link, text: wish.text })
      break
    }
  }
  return placed
}
