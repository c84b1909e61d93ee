import dagre from '@dagrejs/dagre'
import { components } from './components'
import type { Point } from './geometry'
import { APP_HEAD, APP_PAD, RANK_GAP, ROW_GAP, type Direction, type LayoutItem } from './layoutInput'
import { shelves } from './shelves'
import { tierColumns } from './tiers'

export interface GroupLayout {
  readonly at: ReadonlyMap<string, Point>
  readonly w: number
  readonly h: number
}

/** Above this dagre takes seconds, and on two thousand nodes it overflows the stack. */
const DAGRE_LIMIT = 600

interface Block {
  readonly id: string
  readonly members: readonly { id: string; x: number; y: number }[]
  readonly w: number
  readonly h: number
}

/**
 * Places the items of one namespace, its top left at 0/0. Works in the direction "right"; for "down" the caller
 * swaps the axes. `links` are pairs of indices into `items`.
 */
export function namespaceLayout(
  items: readonly LayoutItem[],
  links: readonly (readonly [number, number])[],
  direction: Direction,
  aspect: number,
): GroupLayout {
  const { blocks, blockOf } = blocksOf(items, direction)
  const inner = [
    ...new Set(
      links
        .map(([a, b]) => [blockOf[a] ?? 0, blockOf[b] ?? 0] as const)
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => a * blocks.length + b),
    ),
  ].map((key) => [Math.floor(key / blocks.length), key % blocks.length] as const)

  const parts = components(blocks.length, inner).map((part) => arrange(part, blocks, inner, direction))
  const packed = shelves(parts, ROW_GAP[direction] * 1.4, aspect)
  const at = new Map<string, Point>()
  parts.forEach((part, i) => {
    const corner = packed.at[i] ?? { x: 0, y: 0 }
    for (const [block, place] of part.at) {
      for (const member of blocks[block]?.members ?? []) {
        at.set(member.id, { x: corner.x + place.x + member.x, y: corner.y + place.y + member.y })
      }
    }
  })
  return { at, w: packed.w, h: packed.h }
}

/** What is placed as one: a card on its own, or an app box with its service in front and its versions stacked. */
function blocksOf(
  items: readonly LayoutItem[],
  direction: Direction,
): { blocks: Block[]; blockOf: number[] } {
  const blocks: Block[] = []
  const blockOf: number[] = []
  const ofSub = new Map<string, number[]>()
  items.forEach((item, i) => {
    if (item.sub === null) {
      blockOf[i] = blocks.length
      blocks.push({ id: item.id, members: [{ id: item.id, x: 0, y: 0 }], w: item.w, h: item.h })
    } else {
      const members = ofSub.get(item.sub)
      if (members) members.push(i)
      else ofSub.set(item.sub, [i])
    }
  })
  // In the swapped axes of "down" the heading of an app box is on the left side of the block.
  const padX = APP_PAD + (direction === 'down' ? APP_HEAD : 0)
  const padY = APP_PAD + (direction === 'right' ? APP_HEAD : 0)
  for (const [sub, indices] of ofSub) {
    const members: Block['members'][number][] = []
    let x = padX
    let height = 0
    const lanes = [0, 1]
      .map((lane) => indices.filter((i) => items[i]?.lane === lane))
      .filter((lane) => lane.length > 0)
    const heights = lanes.map((lane) => lane.reduce((sum, i) => sum + (items[i]?.h ?? 0) + 14, -14))
    const tallest = Math.max(0, ...heights)
    lanes.forEach((lane, l) => {
      let y = padY + (tallest - (heights[l] ?? 0)) / 2
      let width = 0
      for (const i of lane) {
        const item = items[i]
        if (!item) continue
        members.push({ id: item.id, x, y })
        y += item.h + 14
        width = Math.max(width, item.w)
        blockOf[i] = blocks.length
      }
      height = Math.max(height, y - 14)
      x += width + (l < lanes.length - 1 ? RANK_GAP[direction] : 0)
    })
    blocks.push({ id: sub, members, w: x + APP_PAD, h: height + APP_PAD })
  }
  return { blocks, blockOf }
}

interface Arranged {
  readonly at: ReadonlyMap<number, Point>
  readonly w: number
  readonly h: number
}

function arrange(
  part: readonly number[],
  blocks: readonly Block[],
  links: readonly (readonly [number, number])[],
  direction: Direction,
): Arranged {
  const [only] = part
  if (part.length === 1 && only !== undefined) {
    return { at: new Map([[only, { x: 0, y: 0 }]]), w: blocks[only]?.w ?? 0, h: blocks[only]?.h ?? 0 }
  }
  const inside = new Set(part)
  const own = links.filter(([a]) => inside.has(a))
  if (part.length > DAGRE_LIMIT) return tierColumns(part, (i) => blocks[i] ?? { w: 0, h: 0 }, own, direction)

  const graph = new dagre.graphlib.Graph()
  graph.setGraph({
    rankdir: 'LR',
    ranksep: RANK_GAP[direction],
    nodesep: ROW_GAP[direction],
    edgesep: 8,
    marginx: 0,
    marginy: 0,
  })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const i of part) graph.setNode(String(i), { width: blocks[i]?.w ?? 0, height: blocks[i]?.h ?? 0 })
  for (const [a, b] of own) graph.setEdge(String(a), String(b))
  dagre.layout(graph)

  const at = new Map<number, Point>()
  let w = 0
  let h = 0
  let left = Infinity
  let top = Infinity
  for (const i of part) {
    const node = graph.node(String(i)) as { x: number; y: number }
    const block = blocks[i]
    const place = { x: node.x - (block?.w ?? 0) / 2, y: node.y - (block?.h ?? 0) / 2 }
    at.set(i, place)
    left = Math.min(left, place.x)
    top = Math.min(top, place.y)
    w = Math.max(w, place.x + (block?.w ?? 0))
    h = Math.max(h, place.y + (block?.h ?? 0))
  }
  for (const [i, place] of at) at.set(i, { x: place.x - left, y: place.y - top })
  return { at, w: w - left, h: h - top }
}
