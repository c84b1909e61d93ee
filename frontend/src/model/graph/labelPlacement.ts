import { RectGrid, type Rect } from '../layout/geometry'
import { pointAlong, type Route } from './routes'

export interface LabelWish {
  readonly link: number
  /** From the full text to the least that is worth printing. */
  readonly texts: readonly { readonly text: string; /** In world units, as `h`. */ readonly w: number }[]
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
    if (!route) continue
    const label = firstThatFits(wish, route, (rect) => !covered(rect, cards, taken))
    if (!label) continue
    taken.add(label, wish.link)
    placed.push(label)
  }
  return placed
}

const covered = (rect: Rect, cards: RectGrid<number>, taken: RectGrid<number>): boolean =>
  cards.find(rect, 3) !== undefined || taken.find(rect, 3) !== undefined

function firstThatFits(wish: LabelWish, route: Route, free: (rect: Rect) => boolean): PlacedLabel | null {
  for (const { text, w } of wish.texts) {
    // The arrow and a piece of the line on both sides must stay visible.
    if (Math.max(route.bounds.w, route.bounds.h * 2.4) < w + 22) continue
    for (const t of TRIES) {
      const centre = pointAlong(route, route.length * t)
      const rect = { x: centre.x - w / 2, y: centre.y - wish.h / 2, w, h: wish.h }
      if (free(rect)) return { ...rect, link: wish.link, text }
    }
  }
  return null
}
