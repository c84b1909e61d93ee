import { RectGrid, type Point, type Rect } from '../layout/geometry'
import type { Direction } from '../layout/layoutInput'
import { CARD_H, MAX_ROWS, ROW_H, type Picture } from './picture'

/** The way of one line: cubic Bézier curves end to end, and the same as points for measuring. */
export interface Route {
  /** x0, y0, then (c1x, c1y, c2x, c2y, x, y) for each curve. */
  readonly curve: readonly number[]
  /** x, y of sampled points. */
  readonly points: Float32Array
  /** Length up to each sampled point. */
  readonly along: Float32Array
  readonly length: number
  readonly bounds: Rect
}

const SAMPLES = 14
const PORT_STEP = 9
/** Looking for a way around other cards pays while lines can be told apart at all. */
const DETOUR_LIMIT = 1500

/** Ways for all lines of a picture. Lines that leave one side of a card are spread over it in the order of their ends. */
export function routeAll(picture: Picture, rects: readonly Rect[], direction: Direction): Route[] {
  const grid = new RectGrid<number>()
  const detours = picture.links.length <= DETOUR_LIMIT
  if (detours) rects.forEach((rect, i) => grid.add(rect, i))
  const ports = portsOf(picture, rects, direction)
  return picture.links.map((link, l) => {
    const a = rects[link.source]
    const b = rects[link.target]
    const port = ports[l]
    if (!a || !b || !port) return routeOf([0, 0])
    if (link.source === link.target) return routeOf(loop(a))
    return routeOf(pathBetween(a, b, port, direction, link.source, link.target, detours ? grid : null))
  })
}

interface Ports {
  readonly side: 'forward' | 'back' | 'across'
  readonly from: Point
  readonly to: Point
}

function portsOf(picture: Picture, rects: readonly Rect[], direction: Direction): (Ports | null)[] {
  const right = direction === 'right'
  const sides = picture.links.map((link) => {
    const a = rects[link.source]
    const b = rects[link.target]
    return a && b ? sideOf(a, b, right) : null
  })
  const out = new Float32Array(picture.links.length)
  const into = new Float32Array(picture.links.length)
  picture.items.forEach((item, i) => {
    const rect = rects[i]
    if (!rect) return
    const buckets = new Map<string, number[]>()
    for (const l of picture.linksOf[i] ?? []) {
      const link = picture.links[l]
      if (!link || link.source === link.target) continue
      const key = `${link.source === i ? 'out' : 'in'}${sides[l] === 'across' ? 'x' : ''}${sides[l] === 'across' ? String(acrossUp(rect, rects[link.source === i ? link.target : link.source], right)) : ''}${link.source === i && item.rows.length > 0 ? link.row : ''}`
      buckets.set(key, [...(buckets.get(key) ?? []), l])
    }
    for (const list of buckets.values()) {
      const first = picture.links[list[0] ?? 0]
      const leaving = first?.source === i
      const room = (right ? rect.h : rect.w) * 0.62
      const step = first && first.row >= 0 ? 4 : Math.min(PORT_STEP, room / Math.max(1, list.length - 1))
      list.sort(
        (m, n) => otherEnd(picture, rects, m, i, right) - otherEnd(picture, rects, n, i, right) || m - n,
      )
      list.forEach((l, position) => {
        const offset = (position - (list.length - 1) / 2) * step
        if (leaving) out[l] = offset
        else into[l] = offset
      })
    }
  })
  return picture.links.map((link, l) => {
    const a = rects[link.source]
    const b = rects[link.target]
    const side = sides[l]
    if (!a || !b || !side) return null
    const spreadOut = out[l] ?? 0
    const spreadIn = into[l] ?? 0
    if (side === 'across') return acrossPorts(a, b, spreadOut, spreadIn, right)
    if (!right) {
      return {
        side,
        from: { x: a.x + a.w / 2 + spreadOut, y: a.y + a.h },
        to: { x: b.x + b.w / 2 + spreadIn, y: b.y },
      }
    }
    const rowY = link.row >= 0 ? CARD_H - 2 + (Math.min(link.row, MAX_ROWS) + 0.5) * ROW_H : headMiddle(a)
    return {
      side,
      from: { x: a.x + a.w, y: a.y + rowY + spreadOut },
      to: { x: b.x, y: b.y + headMiddle(b) + spreadIn },
    }
  })
}

/** Lines meet a tall card at its heading, so that they stay level from card to card. */
const headMiddle = (rect: Rect): number => Math.min(rect.h, Math.max(CARD_H, rect.h * 0.5)) / 2

function otherEnd(picture: Picture, rects: readonly Rect[], l: number, item: number, right: boolean): number {
  const link = picture.links[l]
  const other = rects[link?.source === item ? link.target : (link?.source ?? 0)]
  if (!other) return 0
  return right ? other.y + other.h / 2 : other.x + other.w / 2
}

const acrossUp = (a: Rect, b: Rect | undefined, right: boolean): boolean =>
  b !== undefined && (right ? b.y < a.y : b.x < a.x)

function sideOf(a: Rect, b: Rect, right: boolean): Ports['side'] {
  const gap = right ? b.x - (a.x + a.w) : b.y - (a.y + a.h)
  if (gap >= 20) return 'forward'
  const apart = right
    ? Math.max(b.y - (a.y + a.h), a.y - (b.y + b.h))
    : Math.max(b.x - (a.x + a.w), a.x - (b.x + b.w))
  const beside = right ? b.x < a.x + a.w && a.x < b.x + b.w : b.y < a.y + a.h && a.y < b.y + b.h
  return beside && apart > 16 ? 'across' : 'back'
}

/** Cards of one rank: from the edge that faces the other to the edge that faces back. */
function acrossPorts(a: Rect, b: Rect, out: number, into: number, right: boolean): Ports {
  const up = acrossUp(a, b, right)
  // Both directions between one pair keep apart.
  const shift = 14
  if (right) {
    return {
      side: 'across',
      from: { x: a.x + a.w / 2 + shift + out, y: up ? a.y : a.y + a.h },
      to: { x: b.x + b.w / 2 + shift + into, y: up ? b.y + b.h : b.y },
    }
  }
  return {
    side: 'across',
    from: { x: up ? a.x : a.x + a.w, y: a.y + a.h / 2 + out * 0.5 },
    to: { x: up ? b.x + b.w : b.x, y: b.y + b.h / 2 + into * 0.5 },
  }
}

function pathBetween(
  a: Rect,
  b: Rect,
  port: Ports,
  direction: Direction,
  source: number,
  target: number,
  grid: RectGrid<number> | null,
): number[] {
  const right = direction === 'right'
  const { from, to } = port
  if (port.side === 'across') return right ? straightDown(from, to) : straightRight(from, to)
  const free = (curve: number[]) => grid === null || !hits(curve, grid, source, target)
  if (port.side === 'forward') {
    const direct = right ? straightRight(from, to) : straightDown(from, to)
    if (free(direct)) return direct
    return detour(from, to, right, free) ?? direct
  }
  return around(a, b, from, to, right, free)
}

function straightRight(from: Point, to: Point): number[] {
  const bend = Math.max(Math.abs(to.x - from.x) * 0.5, 24) * Math.sign(to.x - from.x || 1)
  return [from.x, from.y, from.x + bend, from.y, to.x - bend, to.y, to.x, to.y]
}

function straightDown(from: Point, to: Point): number[] {
  const bend = Math.max(Math.abs(to.y - from.y) * 0.5, 20) * Math.sign(to.y - from.y || 1)
  return [from.x, from.y, from.x, from.y + bend, to.x, to.y - bend, to.x, to.y]
}

/** Over or under what stands in between, along a lane that is free. */
function detour(from: Point, to: Point, right: boolean, free: (curve: number[]) => boolean): number[] | null {
  const middle = right ? (from.y + to.y) / 2 : (from.x + to.x) / 2
  for (let step = 1; step <= 9; step++) {
    for (const sign of [1, -1]) {
      const lane = middle + sign * step * 46 + (from.y % 7) * 2 - 6
      const reach = 62
      const curve = right
        ? [
            from.x, from.y,
            from.x + reach * 0.6, from.y, from.x + reach * 0.4, lane, from.x + reach, lane,
            from.x + reach * 2, lane, to.x - reach * 2, lane, to.x - reach, lane,
            to.x - reach * 0.4, lane, to.x - reach * 0.6, to.y, to.x, to.y,
          ] // prettier-ignore
        : [
            from.x, from.y,
            from.x, from.y + reach * 0.6, lane, from.y + reach * 0.4, lane, from.y + reach,
            lane, from.y + reach * 2, lane, to.y - reach * 2, lane, to.y - reach,
            lane, to.y - reach * 0.4, to.x, to.y - reach * 0.6, to.x, to.y,
          ] // prettier-ignore
      if ((right ? to.x - from.x : to.y - from.y) < reach * 2.2) return null
      if (free(curve)) return curve
    }
  }
  return null
}

/** Against the direction: out, around both cards, and in from the front. */
function around(
  a: Rect,
  b: Rect,
  from: Point,
  to: Point,
  right: boolean,
  free: (curve: number[]) => boolean,
): number[] {
  const low = right ? Math.max(a.y + a.h, b.y + b.h) : Math.max(a.x + a.w, b.x + b.w)
  const high = right ? Math.min(a.y, b.y) : Math.min(a.x, b.x)
  const between = right ? gapBetween(a.y, a.h, b.y, b.h) : gapBetween(a.x, a.w, b.x, b.w)
  const lanes = [...(between === null ? [] : [between])]
  for (let step = 0; step < 5; step++) lanes.push(low + 22 + step * 40, high - 22 - step * 40)
  const curves = lanes.map((lane) => back(from, to, lane, right))
  return curves.find(free) ?? curves[between === null ? 0 : 1] ?? back(from, to, low + 22, right)
}

function gapBetween(a: number, aSize: number, b: number, bSize: number): number | null {
  if (a + aSize + 36 < b) return (a + aSize + b) / 2
  if (b + bSize + 36 < a) return (b + bSize + a) / 2
  return null
}

function back(from: Point, to: Point, lane: number, right: boolean): number[] {
  const out = 34
  if (right) {
    return [
      from.x, from.y,
      from.x + out, from.y, from.x + out, lane, from.x - 6, lane,
      from.x - 30, lane, to.x + 30, lane, to.x + 6, lane,
      to.x - out, lane, to.x - out, to.y, to.x, to.y,
    ] // prettier-ignore
  }
  return [
    from.x, from.y,
    from.x, from.y + out, lane, from.y + out, lane, from.y - 6,
    lane, from.y - 30, lane, to.y + 30, lane, to.y + 6,
    lane, to.y - out, to.x, to.y - out, to.x, to.y,
  ] // prettier-ignore
}

/** A call to itself: a small loop over the upper right corner. */
function loop(a: Rect): number[] {
  const x = a.x + a.w
  return [x - 34, a.y, x - 34, a.y - 34, x + 34, a.y - 8, x, a.y + 20]
}

/** Does the curve run under a card that is neither of its ends? */
function hits(curve: readonly number[], grid: RectGrid<number>, source: number, target: number): boolean {
  const route = routeOf(curve)
  for (let i = 0; i < route.points.length; i += 2) {
    const rect = { x: (route.points[i] ?? 0) - 3, y: (route.points[i + 1] ?? 0) - 3, w: 6, h: 6 }
    if (grid.find(rect, 0, (item) => item !== source && item !== target) !== undefined) return true
  }
  return false
}

/** Measures a curve. */
export function routeOf(curve: readonly number[]): Route {
  const curves = Math.max(0, Math.floor((curve.length - 2) / 6))
  const count = curves * SAMPLES + 1
  const points = new Float32Array(count * 2)
  const along = new Float32Array(count)
  points[0] = curve[0] ?? 0
  points[1] = curve[1] ?? 0
  let length = 0
  let minX = points[0]
  let maxX = points[0]
  let minY = points[1]
  let maxY = points[1]
  for (let c = 0; c < curves; c++) {
    const base = c * 6
    const at = (k: number) => curve[base + k] ?? 0
    for (let s = 1; s <= SAMPLES; s++) {
      const t = s / SAMPLES
      const u = 1 - t
      const x = u * u * u * at(0) + 3 * u * u * t * at(2) + 3 * u * t * t * at(4) + t * t * t * at(6)
      const y = u * u * u * at(1) + 3 * u * u * t * at(3) + 3 * u * t * t * at(5) + t * t * t * at(7)
      const i = c * SAMPLES + s
      length += Math.hypot(x - (points[i * 2 - 2] ?? 0), y - (points[i * 2 - 1] ?? 0))
      points[i * 2] = x
      points[i * 2 + 1] = y
      along[i] = length
      if (x < minX) minX = x
      if (x > maxX) maxX = x
      if (y < minY) minY = y
      if (y > maxY) maxY = y
    }
  }
  return { curve, points, along, length, bounds: { x: minX, y: minY, w: maxX - minX, h: maxY - minY } }
}

/** The point this far along, clamped to the ends. */
export function pointAlong(route: Route, distance: number): Point {
  const { points, along } = route
  let low = 0
  let high = along.length - 1
  if (high <= 0) return { x: points[0] ?? 0, y: points[1] ?? 0 }
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((along[middle] ?? 0) <= distance) low = middle
    else high = middle
  }
  const span = (along[high] ?? 0) - (along[low] ?? 0)
  const t = span === 0 ? 0 : Math.min(1, Math.max(0, (distance - (along[low] ?? 0)) / span))
  const ax = points[low * 2] ?? 0
  const ay = points[low * 2 + 1] ?? 0
  return { x: ax + ((points[high * 2] ?? 0) - ax) * t, y: ay + ((points[high * 2 + 1] ?? 0) - ay) * t }
}

/** Distance of a point to the sampled line. */
export function distanceTo(route: Route, point: Point): number {
  let best = Infinity
  for (let i = 2; i < route.points.length; i += 2) {
    const ax = route.points[i - 2] ?? 0
    const ay = route.points[i - 1] ?? 0
    const dx = (route.points[i] ?? 0) - ax
    const dy = (route.points[i + 1] ?? 0) - ay
    const square = dx * dx + dy * dy
    const t =
      square === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - ax) * dx + (point.y - ay) * dy) / square))
    const distance = Math.hypot(point.x - ax - dx * t, point.y - ay - dy * t)
    if (distance < best) best = distance
  }
  return best
}
