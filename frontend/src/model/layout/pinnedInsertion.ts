import { layoutAlone } from './aloneLayout'
import { grown, overlaps, RectGrid, union, type Point, type Rect } from './geometry'
import { BOX_HEAD, BOX_PAD, GROUP_GAP, RANK_GAP, type LayoutInput, type Positions } from './layoutInput'

/** Free space kept around a newcomer. */
const CLEARANCE = 22

/**
 * Places what is new and moves nothing that is known: a newcomer goes to the nearest free slot behind its callers
 * inside its namespace; a new namespace is laid out by itself and set down whole. `known` is by item id.
 */
export function insertPinned(input: LayoutInput, known: ReadonlyMap<string, Point>): Positions {
  const { items } = input
  const at: (Point | undefined)[] = items.map((item) => known.get(item.id))
  const taken = new RectGrid<number>()
  const boxes = new Map<string, Rect>()
  const place = (i: number, point: Point) => {
    const item = items[i]
    if (!item) return
    at[i] = point
    const rect = { ...point, w: item.w, h: item.h }
    taken.add(rect, i)
    boxes.set(item.group, union(boxes.get(item.group) ?? null, rect))
  }
  items.forEach((_, i) => {
    const point = at[i]
    if (point) place(i, point)
  })

  const newGroups = new Map<string, number[]>()
  const partners = partnersOf(input)
  items.forEach((item, i) => {
    if (at[i]) return
    if (!boxes.has(item.group) || newGroups.has(item.group)) {
      newGroups.set(item.group, [...(newGroups.get(item.group) ?? []), i])
      return
    }
    place(i, freeSlot(input, i, at, partners, taken, boxes))
  })
  for (const members of newGroups.values()) placeGroup(input, members, at, partners, boxes, place)
  return at.map((point) => point ?? { x: 0, y: 0 })
}

interface Partners {
  readonly callers: ReadonlyMap<number, readonly number[]>
  readonly callees: ReadonlyMap<number, readonly number[]>
}

function partnersOf(input: LayoutInput): Partners {
  const callers = new Map<number, number[]>()
  const callees = new Map<number, number[]>()
  for (const { source, target } of input.links) {
    callers.set(target, [...(callers.get(target) ?? []), source])
    callees.set(source, [...(callees.get(source) ?? []), target])
  }
  return { callers, callees }
}

/** Where it would stand if nothing were in the way: behind its callers, else in front of its callees. */
function wish(
  input: LayoutInput,
  i: number,
  at: readonly (Point | undefined)[],
  partners: Partners,
): Point | null {
  const item = input.items[i]
  if (!item) return null
  const gap = RANK_GAP[input.direction]
  const down = input.direction === 'down'
  const rects = (list: readonly number[] | undefined): Rect[] =>
    (list ?? []).flatMap((other) => {
      const point = at[other]
      const size = input.items[other]
      return point && size ? [{ ...point, w: size.w, h: size.h }] : []
    })
  const before = rects(partners.callers.get(i))
  const after = rects(partners.callees.get(i))
  const near = before.length > 0 ? before : after
  if (near.length === 0) return null
  const mean = (of: (rect: Rect) => number) => near.reduce((sum, rect) => sum + of(rect), 0) / near.length
  const behind = before.length > 0
  if (down) {
    const y = behind
      ? Math.max(...near.map((r) => r.y + r.h)) + gap
      : Math.min(...near.map((r) => r.y)) - gap - item.h
    return { x: mean((r) => r.x + r.w / 2) - item.w / 2, y }
  }
  const x = behind
    ? Math.max(...near.map((r) => r.x + r.w)) + gap
    : Math.min(...near.map((r) => r.x)) - gap - item.w
  return { x, y: mean((r) => r.y + r.h / 2) - item.h / 2 }
}

function freeSlot(
  input: LayoutInput,
  i: number,
  at: readonly (Point | undefined)[],
  partners: Partners,
  taken: RectGrid<number>,
  boxes: ReadonlyMap<string, Rect>,
): Point {
  const item = input.items[i]
  if (!item) return { x: 0, y: 0 }
  const own = boxes.get(item.group) ?? { x: 0, y: 0, w: 0, h: 0 }
  const margin = input.boxed ? BOX_PAD * 2 + BOX_HEAD : CLEARANCE
  const others = [...boxes].filter(([group]) => group !== item.group).map(([, rect]) => rect)
  const start = inside(wish(input, i, at, partners) ?? { x: own.x, y: own.y + own.h + CLEARANCE }, own, item)
  let fallback: Point | null = null
  for (const candidate of spiral(start, item.w / 2 + CLEARANCE, item.h + CLEARANCE, 900)) {
    const rect = { ...candidate, w: item.w, h: item.h }
    if (taken.find(rect, CLEARANCE) !== undefined) continue
    fallback ??= candidate
    // The box grows with its newcomer; it must not grow over a neighbour.
    const box = union(own, rect)
    if (!others.some((other) => overlaps(box, other, margin))) return candidate
  }
  return fallback ?? { x: own.x, y: own.y + own.h + CLEARANCE }
}

/** A wish outside of the own namespace comes back to its edge, so that the box does not grow across the picture. */
function inside(point: Point, box: Rect, item: { readonly w: number; readonly h: number }): Point {
  return {
    x: Math.min(Math.max(point.x, box.x), box.x + box.w + CLEARANCE),
    y: Math.min(Math.max(point.y, box.y - item.h - CLEARANCE), box.y + box.h + CLEARANCE),
  }
}

/** The start, then rings around it; deterministic. */
function* spiral(start: Point, dx: number, dy: number, limit: number): Generator<Point> {
  yield { x: Math.round(start.x), y: Math.round(start.y) }
  let count = 1
  for (let ring = 1; count < limit; ring++) {
    const cells: [number, number][] = []
    for (let k = -ring; k <= ring; k++) cells.push([k, ring], [k, -ring])
    for (let k = -ring + 1; k < ring; k++) cells.push([ring, k], [-ring, k])
    cells.sort(([a, b], [c, d]) => a * a * 2 + b * b - (c * c * 2 + d * d))
    for (const [cx, cy] of cells) {
      yield { x: Math.round(start.x + cx * dx), y: Math.round(start.y + cy * dy) }
      count += 1
    }
  }
}

function placeGroup(
  input: LayoutInput,
  members: readonly number[],
  at: readonly (Point | undefined)[],
  partners: Partners,
  boxes: Map<string, Rect>,
  place: (i: number, point: Point) => void,
): void {
  const alone = layoutAlone(input, members)
  if (!alone) return
  const { positions: inner, content } = alone
  const pad = input.boxed ? BOX_PAD : 0
  const head = input.boxed ? BOX_HEAD : 0
  const size = grown({ x: 0, y: 0, w: content.w, h: content.h }, pad, head)
  const all = [...boxes.values()].map((rect) => grown(rect, pad, head))
  const whole = all.reduce<Rect | null>((rect, box) => union(rect, box), null)
  const first = members.find((i) => wish(input, i, at, partners) !== null)
  const wished = first === undefined ? null : wish(input, first, at, partners)
  const start = wished ?? {
    x: (whole?.x ?? 0) + pad,
    y: (whole?.y ?? 0) + (whole?.h ?? 0) + GROUP_GAP + pad + head,
  }
  for (const candidate of spiral(start, 140, 90, 8000)) {
    const rect = { x: candidate.x - pad, y: candidate.y - pad - head, w: size.w, h: size.h }
    if (all.some((other) => overlaps(rect, other, GROUP_GAP / 2))) continue
    members.forEach((i, k) => {
      const point = inner[k]
      if (point) place(i, { x: candidate.x + point.x - content.x, y: candidate.y + point.y - content.y })
    })
    return
  }
}
