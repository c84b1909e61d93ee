import { union, type Rect } from './geometry'
import type { LayoutInput, Positions } from './layoutInput'
import { twoLevelLayout } from './twoLevel'

export interface Alone {
  /** In the order of the members. */
  readonly positions: Positions
  /** What they cover together. */
  readonly content: Rect
}

/** Some items laid out as if nothing else were there; null without any. */
export function layoutAlone(input: LayoutInput, members: readonly number[]): Alone | null {
  const local = new Map(members.map((i, position) => [i, position]))
  const positions = twoLevelLayout({
    ...input,
    items: members.flatMap((i) => input.items[i] ?? []),
    links: input.links.flatMap((link) => {
      const source = local.get(link.source)
      const target = local.get(link.target)
      return source === undefined || target === undefined ? [] : [{ source, target }]
    }),
    boxed: false,
  })
  const content = members.reduce<Rect | null>((rect, i, k) => {
    const item = input.items[i]
    const point = positions[k]
    return item && point ? union(rect, { ...point, w: item.w, h: item.h }) : rect
  }, null)
  return content && { positions, content }
}
