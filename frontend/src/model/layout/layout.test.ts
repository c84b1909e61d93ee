import { describe, expect, it } from 'vitest'
import { generatedMesh, seeded } from '../graph/generatedMesh'
import { overlaps, type Point } from './geometry'
import type { LayoutInput } from './layoutInput'
import { openInPlace } from './openInPlace'
import { insertPinned } from './pinnedInsertion'
import { twoLevelLayout } from './twoLevel'

/** One card per node; `keep` leaves some out, as if they had not come yet. */
function inputOf(
  size: number,
  seed: number,
  direction: 'right' | 'down',
  keep: (i: number) => boolean = () => true,
): LayoutInput {
  const mesh = generatedMesh(size, seed)
  const nodes = mesh.nodes.filter((_, i) => keep(i))
  const index = new Map(nodes.map((node, i) => [node.id, i]))
  return {
    items: nodes.map((node) => ({
      id: node.id,
      w: 212,
      h: 56,
      group: node.namespace,
      sub: null,
      lane: 1 as const,
    })),
    links: mesh.edges.flatMap((edge) => {
      const source = index.get(edge.source)
      const target = index.get(edge.target)
      return source === undefined || target === undefined ? [] : [{ source, target }]
    }),
    clusters: {},
    boxed: true,
    direction,
    aspect: 1.6,
  }
}

function overlapping(input: LayoutInput, positions: readonly Point[]): number {
  const rects = input.items.map((item, i) => ({
    x: positions[i]?.x ?? 0,
    y: positions[i]?.y ?? 0,
    w: item.w,
    h: item.h,
  }))
  let count = 0
  rects.forEach((a, i) => rects.slice(i + 1).forEach((b) => (count += overlaps(a, b) ? 1 : 0)))
  return count
}

describe('two-level layout', () => {
  it.each([
    [40, 1, 'right'],
    [40, 2, 'down'],
    [160, 3, 'right'],
    [160, 4, 'down'],
  ] as const)('covers no card with another: %i nodes, seed %i, %s', (size, seed, direction) => {
    const input = inputOf(size, seed, direction)
    expect(overlapping(input, twoLevelLayout(input))).toBe(0)
  })

  it('keeps namespaces apart', () => {
    const input = inputOf(120, 5, 'right')
    const positions = twoLevelLayout(input)
    const boxes = new Map<string, { left: number; right: number; top: number; bottom: number }>()
    input.items.forEach((item, i) => {
      const at = positions[i] ?? { x: 0, y: 0 }
      const box = boxes.get(item.group) ?? {
        left: Infinity,
        right: -Infinity,
        top: Infinity,
        bottom: -Infinity,
      }
      boxes.set(item.group, {
        left: Math.min(box.left, at.x),
        right: Math.max(box.right, at.x + item.w),
        top: Math.min(box.top, at.y),
        bottom: Math.max(box.bottom, at.y + item.h),
      })
    })
    const list = [...boxes.values()]
    for (const [i, a] of list.entries()) {
      for (const b of list.slice(i + 1)) {
        expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)
      }
    }
  })

  it('does not depend on the order in which rows arrived', () => {
    const input = inputOf(60, 6, 'right')
    const order = input.items.map((_, i) => i).reverse()
    const back = new Map(order.map((old, now) => [old, now]))
    const shuffled = {
      ...input,
      items: order.flatMap((i) => input.items[i] ?? []),
      links: input.links.map((link) => ({
        source: back.get(link.source) ?? 0,
        target: back.get(link.target) ?? 0,
      })),
    }
    const a = twoLevelLayout(input)
    const b = twoLevelLayout(shuffled)
    expect(order.map((old) => a[old])).toEqual(b)
  })

  it('takes tier columns where a namespace is too large for dagre', () => {
    const items = Array.from({ length: 700 }, (_, i) => ({
      id: `n${i}`,
      w: 212,
      h: 56,
      group: 'big',
      sub: null,
      lane: 1 as const,
    }))
    const links = Array.from({ length: 699 }, (_, i) => ({ source: Math.floor(i / 3), target: i + 1 }))
    const input: LayoutInput = { items, links, clusters: {}, boxed: true, direction: 'right', aspect: 1.6 }
    expect(overlapping(input, twoLevelLayout(input))).toBe(0)
  })
})

describe('pinned insertion', () => {
  it.each([1, 2, 3, 4])('moves nothing that is placed and covers nothing, seed %i', (seed) => {
    const random = seeded(seed)
    const late = new Set(Array.from({ length: 8 }, () => Math.floor(random() * 120)))
    const before = inputOf(120, seed, 'right', (i) => !late.has(i))
    const placed = twoLevelLayout(before)
    const known = new Map(before.items.map((item, i) => [item.id, placed[i] ?? { x: 0, y: 0 }]))
    const after = inputOf(120, seed, 'right')
    const positions = insertPinned(after, known)
    const moved = after.items.filter((item, i) => {
      const old = known.get(item.id)
      return old !== undefined && (old.x !== positions[i]?.x || old.y !== positions[i].y)
    })
    expect(moved).toEqual([])
    expect(overlapping(after, positions)).toBe(0)
  })

  it('sets a new namespace down beside the others', () => {
    const before = inputOf(80, 9, 'right', () => true)
    const groups = new Set(before.items.map((item) => item.group))
    const [newcomer] = groups
    const old = before.items.filter((item) => item.group !== newcomer)
    const placed = twoLevelLayout({ ...before, items: old, links: [] })
    const known = new Map(old.map((item, i) => [item.id, placed[i] ?? { x: 0, y: 0 }]))
    const positions = insertPinned(before, known)
    expect(overlapping(before, positions)).toBe(0)
    expect(positions.length).toBe(before.items.length)
  })
})

describe('opening a tile in place', () => {
  const TILE = { w: 180, h: 70 }

  /** The mesh with one namespace folded into a tile, and with it open. */
  function folded(size: number, seed: number, direction: 'right' | 'down') {
    const open = inputOf(size, seed, direction)
    const group = open.items[Math.floor(open.items.length / 3)]?.group ?? ''
    const rest = open.items.flatMap((item, i) => (item.group === group ? [] : [i]))
    const index = new Map(rest.map((i, k) => [i, k]))
    const tile = rest.length
    const closed: LayoutInput = {
      ...open,
      items: [
        ...rest.flatMap((i) => open.items[i] ?? []),
        { id: `ns:${group}`, ...TILE, group, sub: null, lane: 1 },
      ],
      links: open.links
        .map((link) => ({ source: index.get(link.source) ?? tile, target: index.get(link.target) ?? tile }))
        .filter((link) => link.source !== link.target),
    }
    const before = new Map(twoLevelLayout(closed).map((at, i) => [closed.items[i]?.id ?? '', at] as const))
    return { open, group, before, tile: { ...(before.get(`ns:${group}`) ?? { x: 0, y: 0 }), ...TILE } }
  }

  it.each([
    [60, 11, 'right'],
    [160, 12, 'right'],
    [160, 13, 'down'],
    [400, 14, 'right'],
  ] as const)('keeps the rest in its order and covers nothing: %i, seed %i, %s', (size, seed, direction) => {
    const { open, group, before, tile } = folded(size, seed, direction)
    const known = new Map([...before].filter(([id]) => !id.startsWith('ns:')))
    const at = openInPlace(open, known, [{ group, tile }])
    expect(
      overlapping(
        open,
        open.items.map((item) => at.get(item.id) ?? { x: 0, y: 0 }),
      ),
    ).toBe(0)
    const moves = new Set<string>()
    for (const [id, point] of known) {
      const now = at.get(id) ?? { x: NaN, y: NaN }
      moves.add(`${now.x - point.x},${now.y - point.y}`)
    }
    // Stays, moves right, moves down, or both: never anything else.
    expect(moves.size).toBeLessThanOrEqual(4)
    expect([...moves].every((move) => move.split(',').every((by) => Number(by) >= 0))).toBe(true)
    const corner = open.items.reduce(
      (least, item) => {
        const point = item.group === group ? at.get(item.id) : undefined
        return point ? { x: Math.min(least.x, point.x), y: Math.min(least.y, point.y) } : least
      },
      { x: Infinity, y: Infinity },
    )
    expect(Math.abs(corner.x - tile.x)).toBeLessThan(40)
    expect(Math.abs(corner.y - tile.y)).toBeLessThan(60)
  })
})
