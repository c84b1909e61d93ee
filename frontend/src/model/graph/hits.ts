import { RectGrid, type Point, type Rect } from '../layout/geometry'
import type { Picture } from './picture'
import { distanceTo, type Route } from './routes'

export type Hit =
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'link'; readonly index: number }
  | { readonly kind: 'box'; readonly index: number; readonly heading: boolean }

/** What is under the pointer: cards by a grid, lines by the distance to their sampled curves. */
export class HitIndex {
  private readonly cards = new RectGrid<number>()
  private readonly lines = new RectGrid<number>()

  constructor(
    private readonly picture: Picture,
    rects: readonly Rect[],
    private readonly routes: readonly Route[],
    private readonly boxes: readonly Rect[],
  ) {
    rects.forEach((rect, i) => this.cards.add(rect, i))
    // By pieces, so that a long diagonal is not a candidate everywhere in its bounding box.
    routes.forEach((route, l) => {
      const step = 7
      for (let i = 0; i + 1 < route.points.length / 2; i += step) {
        const to = Math.min(i + step, route.points.length / 2 - 1)
        let piece: Rect | null = null
        for (let p = i; p <= to; p++) {
          const x = route.points[p * 2] ?? 0
          const y = route.points[p * 2 + 1] ?? 0
          piece = piece === null ? { x, y, w: 0, h: 0 } : extended(piece, x, y)
        }
        if (piece) this.lines.add(piece, l)
      }
    })
  }

  /** `reach` is how far from a line, in world units, still counts as on it. */
  at(point: Point, reach: number): Hit | null {
    const card = this.cards.find({ ...point, w: 0, h: 0 }, 1)
    if (card !== undefined) return { kind: 'item', index: card }
    let nearest = -1
    let distance = reach
    for (const l of this.lines.all({ ...point, w: 0, h: 0 }, reach)) {
      const route = this.routes[l]
      const own = route ? distanceTo(route, point) : Infinity
      if (own <= distance) {
        nearest = l
        distance = own
      }
    }
    if (nearest >= 0) return { kind: 'link', index: nearest }
    for (let i = this.boxes.length - 1; i >= 0; i--) {
      const box = this.boxes[i]
      if (!box || point.x < box.x || point.x > box.x + box.w || point.y < box.y || point.y > box.y + box.h)
        continue
      return {
        kind: 'box',
        index: i,
        heading: point.y < box.y + 30 && this.picture.boxes[i]?.kind !== undefined,
      }
    }
    return null
  }
}

function extended(rect: Rect, x: number, y: number): Rect {
  const left = Math.min(rect.x, x)
  const top = Math.min(rect.y, y)
  return { x: left, y: top, w: Math.max(rect.x + rect.w, x) - left, h: Math.max(rect.y + rect.h, y) - top }
}
