import type { Point } from './geometry'
import { RANK_GAP, ROW_GAP, type Direction } from './layoutInput'
import { orderedRanks, ranks } from './ranks'

/** No column of a tier is longer than this; a longer tier takes several columns. */
const COLUMN = 24

/**
 * Columns by distance from the callers, each ordered by the barycentre of its partners: what is left for a
 * namespace too large for dagre. Linear in nodes and links, so two thousand nodes take tens of milliseconds.
 */
export function tierColumns(
  part: readonly number[],
  sizeOf: (index: number) => { readonly w: number; readonly h: number },
  links: readonly (readonly [number, number])[],
  direction: Direction,
): { at: ReadonlyMap<number, Point>; w: number; h: number } {
  const local = new Map(part.map((index, i) => [index, i]))
  const flows = links.flatMap(([a, b]) => {
    const source = local.get(a)
    const target = local.get(b)
    return source === undefined || target === undefined ? [] : [{ source, target, weight: 1 }]
  })
  const at = new Map<number, Point>()
  let x = 0
  let height = 0
  for (const tier of orderedRanks(ranks(part.length, flows), flows)) {
    const perColumn = Math.max(COLUMN, Math.ceil(Math.sqrt(part.length)))
    for (let start = 0; start < tier.length; start += perColumn) {
      let y = 0
      let width = 0
      for (const i of tier.slice(start, start + perColumn)) {
        const index = part[i] ?? 0
        const size = sizeOf(index)
        at.set(index, { x, y })
        y += size.h + ROW_GAP[direction]
        width = Math.max(width, size.w)
      }
      height = Math.max(height, y - ROW_GAP[direction])
      const last = start + perColumn >= tier.length
      x += width + (last ? RANK_GAP[direction] : RANK_GAP[direction] / 3)
    }
  }
  return { at, w: Math.max(0, x - RANK_GAP[direction]), h: height }
}
