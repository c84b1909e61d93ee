import { grown, union, type Rect } from '../layout/geometry'
import { APP_HEAD, APP_PAD, BOX_HEAD, BOX_PAD, CLUSTER_HEAD, CLUSTER_PAD } from '../layout/layoutInput'
import type { Picture } from './picture'

/** Rectangles of the boxes, in the order of `picture.boxes`: they always fit their content, also while it is dragged. */
export function boxRects(picture: Picture, rects: readonly Rect[]): Rect[] {
  const appOf = new Map<string, Rect>()
  for (const box of picture.boxes) {
    if (box.kind !== 'app') continue
    const content = contentOf(box.items, rects)
    if (content) appOf.set(box.id, grown(content, APP_PAD, APP_HEAD))
  }
  const within = (items: readonly number[]): Rect | null => {
    let rect = contentOf(items, rects)
    const subs = new Set(items.map((i) => picture.items[i]?.sub).filter((sub) => sub != null))
    for (const sub of subs) {
      const app = appOf.get(`app:${sub}`)
      if (app) rect = union(rect, app)
    }
    return rect
  }
  return picture.boxes.map((box) => {
    const nothing = { x: 0, y: 0, w: 0, h: 0 }
    if (box.kind === 'app') return appOf.get(box.id) ?? nothing
    if (box.kind === 'namespace') return grown(within(box.items) ?? nothing, BOX_PAD, BOX_HEAD)
    // A cluster encloses the namespace boxes of its items and the tiles that have none.
    let rect: Rect | null = null
    const groups = new Map<string, number[]>()
    for (const i of box.items) {
      const item = picture.items[i]
      if (item) groups.set(item.zone, [...(groups.get(item.zone) ?? []), i])
    }
    for (const items of groups.values()) {
      const content = within(items)
      const tile = items.length === 1 && picture.items[items[0] ?? 0]?.shape === 'tile'
      if (content) rect = union(rect, tile ? content : grown(content, BOX_PAD, BOX_HEAD))
    }
    return grown(rect ?? nothing, CLUSTER_PAD, CLUSTER_HEAD)
  })
}

function contentOf(items: readonly number[], rects: readonly Rect[]): Rect | null {
  return items.reduce<Rect | null>((sum, i) => {
    const rect = rects[i]
    return rect ? union(sum, rect) : sum
  }, null)
}

/** Everything there is; null when there is nothing. */
export function extentOfAll(rects: readonly Rect[], boxes: readonly Rect[]): Rect | null {
  return [...rects, ...boxes].reduce<Rect | null>((sum, rect) => union(sum, rect), null)
}
