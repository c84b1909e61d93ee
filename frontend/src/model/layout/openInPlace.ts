import { layoutAlone } from './aloneLayout'
import { grown, union, type Point, type Rect } from './geometry'
import { BOX_HEAD, BOX_PAD, type LayoutInput } from './layoutInput'

/** A tile that becomes a box of cards. */
export interface OpenedTile {
  readonly group: string
  readonly tile: Rect
}

/**
 * Opens tiles where they stood. The box keeps the tile's upper left corner; what was right of the tile moves right by
 * as much as the box is wider, what was below it moves down by as much as it is higher, and all else stays. So nothing
 * that was apart comes to overlap, and the picture keeps its shape.
 *
 * @param known places before, by item id; the tiles are not among them
 * @returns places of the known items and of the cards that came out of the tiles
 */
export function openInPlace(
  input: LayoutInput,
  known: ReadonlyMap<string, Point>,
  opened: readonly OpenedTile[],
): Map<string, Point> {
  let at = new Map(known)
  const waiting = opened.map((one) => ({ ...one }))
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { group, tile } = next
    const members = input.items.flatMap((item, i) => (item.group === group && !at.has(item.id) ? [i] : []))
    const alone = layoutAlone(input, members)
    if (!alone) continue
    const { content } = alone
    const box = grown({ x: 0, y: 0, w: content.w, h: content.h }, BOX_PAD, BOX_HEAD)
    const dx = Math.max(0, box.w - tile.w)
    const dy = Math.max(0, box.h - tile.h)
    const away = (rect: Rect): Point => ({
      x: rect.x >= tile.x + tile.w ? dx : 0,
      y: rect.y >= tile.y + tile.h ? dy : 0,
    })
    at = moved(input, at, away)
    for (const other of waiting) {
      const by = away(other.tile)
      other.tile = { ...other.tile, x: other.tile.x + by.x, y: other.tile.y + by.y }
    }
    members.forEach((i, k) => {
      const item = input.items[i]
      const point = alone.positions[k]
      if (item && point)
        at.set(item.id, {
          x: Math.round(tile.x + BOX_PAD + point.x - content.x),
          y: Math.round(tile.y + BOX_PAD + BOX_HEAD + point.y - content.y),
        })
    })
  }
  return at
}

/** Moves each namespace box as a whole; what stands alone by itself. */
function moved(
  input: LayoutInput,
  at: ReadonlyMap<string, Point>,
  away: (rect: Rect) => Point,
): Map<string, Point> {
  const sizes = new Map(input.items.map((item) => [item.id, item]))
  const unitOf = (id: string) => {
    const item = sizes.get(id)
    return !item || item.loose ? id : `group ${item.group}`
  }
  const units = new Map<string, Rect>()
  for (const [id, point] of at) {
    const item = sizes.get(id)
    const rect = { ...point, w: item?.w ?? 0, h: item?.h ?? 0 }
    units.set(unitOf(id), union(units.get(unitOf(id)) ?? null, rect))
  }
  return new Map(
    [...at].map(([id, point]) => {
      const by = away(units.get(unitOf(id)) ?? { ...point, w: 0, h: 0 })
      return [id, { x: point.x + by.x, y: point.y + by.y }]
    }),
  )
}
