import { overlaps, union, type Point, type Rect } from '../../../model/layout/geometry'
import { BOX_HEAD, BOX_PAD } from '../../../model/layout/layoutInput'
import type { Direction, LayoutInput, Positions } from '../../../model/layout/layoutInput'
import type { OpenedTile } from '../../../model/layout/openInPlace'
import { clustersOf, type Picture } from '../../../model/graph/picture'
import { LayoutClient } from './layoutClient'
import { readPins, writePins } from './pins'

interface Remembered {
  readonly at: Map<string, Point>
  direction: Direction
  /** Items at the last full layout, and how many were inserted since. */
  readonly base: ReadonlySet<string>
  inserted: number
}

export interface Placed {
  readonly positions: Positions
  readonly direction: Direction
  /** True when everything was laid out afresh: the camera should look at the whole again. */
  readonly fresh: boolean
  /** Share of the picture that came or went since the last full layout. */
  readonly stale: number
}

/** Pictures of one key share their places; those of one family differ in what is folded into tiles. */
export interface LayoutKey {
  readonly key: string
  readonly family: string
}

export interface Canvas {
  readonly w: number
  readonly h: number
}

/**
 * Remembers where everything is. What was placed once stays there: newcomers are inserted, what went away and comes
 * back takes its old place, and only Tidy or a different kind of picture lays out afresh.
 */
export class Placement {
  private readonly client = new LayoutClient()
  private readonly layouts = new Map<string, Remembered>()
  private shown: { family: string; key: string; picture: Picture } | null = null

  place(
    { key, family }: LayoutKey,
    picture: Picture,
    canvas: Canvas,
    boxed: boolean,
    afresh: boolean,
    then: (placed: Placed) => void,
  ): void {
    this.client.forget()
    const done = (placed: Placed) => {
      this.shown = { family, key, picture }
      then(placed)
    }
    const known = afresh ? undefined : this.layouts.get(key)
    if (!known && !afresh && boxed && this.refolded(family, key, picture, canvas, done)) return
    if (!known) {
      this.whole(key, picture, canvas, boxed, done)
      return
    }
    const ids = new Set(picture.items.map((item) => item.id))
    const missing = picture.items.filter((item) => !known.at.has(item.id))
    known.inserted += missing.length
    // What is hidden and comes back has its old place again: only what is absent now counts.
    const absent = [...known.base].filter((id) => !ids.has(id)).length
    const stale = Math.min(1, (known.inserted + absent) / Math.max(1, known.base.size))
    const finish = (positions: Positions) => {
      picture.items.forEach((item, i) => {
        const at = positions[i]
        if (at) known.at.set(item.id, at)
      })
      done({ positions, direction: known.direction, fresh: false, stale })
    }
    const back = returned(picture, known.at)
    if (missing.length === 0 && back === null) {
      finish(picture.items.map((item) => known.at.get(item.id) ?? { x: 0, y: 0 }))
      return
    }
    this.client.place(inputOf(picture, canvas, boxed, known.direction), back ?? known.at, finish)
  }

  /** Notes a drag; it is a pin from now on. */
  moved(key: string, places: ReadonlyMap<string, Point>): void {
    const known = this.layouts.get(key)
    const pins = readPins(key)
    for (const [id, at] of places) {
      known?.at.set(id, at)
      pins.set(id, at)
    }
    writePins(key, pins)
  }

  unpin(key: string): void {
    writePins(key, new Map())
  }

  /** Where something absent used to be: shown faintly while looking at the past. */
  remembered(key: string): ReadonlyMap<string, Point> {
    return this.layouts.get(key)?.at ?? new Map<string, Point>()
  }

  close(): void {
    this.client.close()
  }

  /** The picture on screen with a few tiles opened or closed: the rest stays. False when it is another picture. */
  private refolded(
    family: string,
    key: string,
    picture: Picture,
    canvas: Canvas,
    done: (placed: Placed) => void,
  ): boolean {
    const { shown } = this
    const before = shown?.family === family ? this.layouts.get(shown.key) : undefined
    const changed = shown && before ? refold(shown.picture, before.at, picture) : null
    if (!before || !changed) return false
    const input = inputOf(picture, canvas, true, before.direction)
    const finish = (positions: Positions) => {
      const at = new Map(picture.items.map((item, i) => [item.id, positions[i] ?? { x: 0, y: 0 }]))
      this.layouts.set(key, { at, direction: before.direction, base: new Set(at.keys()), inserted: 0 })
      done({ positions, direction: before.direction, fresh: false, stale: 0 })
    }
    this.client.place(input, changed.stays, finish, changed.opened)
    return true
  }

  private whole(
    key: string,
    picture: Picture,
    canvas: Canvas,
    boxed: boolean,
    done: (placed: Placed) => void,
  ): void {
    const direction: Direction = canvas.w / Math.max(1, canvas.h) > 1.15 ? 'right' : 'down'
    const input = inputOf(picture, canvas, boxed, direction)
    const finish = (positions: Positions) => {
      const at = new Map(picture.items.map((item, i) => [item.id, positions[i] ?? { x: 0, y: 0 }]))
      this.layouts.set(key, { at, direction, base: new Set(at.keys()), inserted: 0 })
      done({ positions, direction, fresh: true, stale: 0 })
    }
    this.client.place(input, null, (positions) => {
      const pins = readPins(key)
      const free = pinned(picture, positions, pins)
      if (free === null) finish(positions)
      else this.client.place(input, free, finish)
    })
  }
}

/** More than this is another picture, and deserves a layout of its own. */
const MAX_REFOLDED = 3

/** What stays and which tiles open, when the pictures differ only in what is folded; null when they differ in more. */
function refold(
  before: Picture,
  at: ReadonlyMap<string, Point>,
  after: Picture,
): { stays: ReadonlyMap<string, Point>; opened: readonly OpenedTile[] } | null {
  const tilesOf = (picture: Picture) =>
    new Map(picture.items.filter((item) => item.shape === 'tile').map((item) => [item.group, item]))
  const groupsOf = (picture: Picture) =>
    new Set(picture.items.filter((item) => !item.loose).map((item) => item.group))
  const old = tilesOf(before)
  const now = tilesOf(after)
  const groups = groupsOf(after)
  if ([...groupsOf(before)].some((group) => !groups.has(group))) return null
  const opening = [...old].filter(([group]) => !now.has(group))
  const closing = [...now].filter(([group]) => !old.has(group))
  if (opening.length + closing.length === 0 || opening.length + closing.length > MAX_REFOLDED) return null
  const stays = new Map<string, Point>()
  for (const item of after.items) {
    const point = at.get(item.id)
    if (point) stays.set(item.id, point)
  }
  // A tile stands where the box was that folds up.
  for (const [group, tile] of closing) {
    const box = before.items.reduce<Rect | null>((rect, item) => {
      const point = at.get(item.id)
      return item.zone === group && point ? union(rect, { ...point, w: item.w, h: item.h }) : rect
    }, null)
    if (box) stays.set(tile.id, { x: box.x - BOX_PAD, y: box.y - BOX_PAD - BOX_HEAD })
  }
  const opened = opening.flatMap(([group, tile]) => {
    const point = at.get(tile.id)
    return point ? [{ group, tile: { ...point, w: tile.w, h: tile.h } }] : []
  })
  return opened.length === opening.length ? { stays, opened } : null
}

/** Places that stay when the pins are put over a fresh layout: the pins, and whatever they do not cover. */
function pinned(
  picture: Picture,
  positions: Positions,
  pins: ReadonlyMap<string, Point>,
): Map<string, Point> | null {
  const held: Rect[] = picture.items.flatMap((item) => {
    const at = pins.get(item.id)
    return at ? [{ ...at, w: item.w, h: item.h }] : []
  })
  if (held.length === 0) return null
  const stays = new Map<string, Point>()
  picture.items.forEach((item, i) => {
    const at = pins.get(item.id) ?? positions[i]
    if (!at) return
    const covered =
      !pins.has(item.id) && held.some((rect) => overlaps(rect, { ...at, w: item.w, h: item.h }, 8))
    if (!covered) stays.set(item.id, at)
  })
  return stays
}

/** Old places, without those that somebody else took while their owner was away; null when nothing collides. */
function returned(picture: Picture, at: ReadonlyMap<string, Point>): Map<string, Point> | null {
  const byCell = new Map<string, Rect[]>()
  const stays = new Map<string, Point>()
  let collided = false
  for (const item of picture.items) {
    const point = at.get(item.id)
    if (!point) continue
    const rect = { ...point, w: item.w, h: item.h }
    const cells = [0, 1].flatMap((dx) =>
      [0, 1].map((dy) => cellOf(point.x + dx * item.w, point.y + dy * item.h)),
    )
    if (cells.some((cell) => (byCell.get(cell) ?? []).some((other) => overlaps(other, rect)))) {
      collided = true
      continue
    }
    for (const cell of new Set(cells)) byCell.set(cell, [...(byCell.get(cell) ?? []), rect])
    stays.set(item.id, point)
  }
  return collided ? stays : null
}

const cellOf = (x: number, y: number): string => `${Math.floor(x / 400)},${Math.floor(y / 400)}`

function inputOf(picture: Picture, canvas: Canvas, boxed: boolean, direction: Direction): LayoutInput {
  const clusters: Record<string, string> = {}
  const named = clustersOf(picture.items)
  const only = named.size === 1 ? ([...named][0] ?? '') : ''
  for (const item of picture.items) {
    clusters[boxed ? item.zone : 'all'] = boxed ? (named.has(item.cluster) ? item.cluster : only) : ''
  }
  return {
    items: picture.items.map((item) => ({
      id: item.id,
      w: item.w,
      h: item.h,
      // Without namespace boxes there is nothing to keep together.
      group: boxed ? item.zone : 'all',
      loose: boxed && item.loose,
      last: boxed && item.last,
      sub: item.sub,
      lane: item.shape === 'service' || item.shape === 'serviceEntry' ? 0 : 1,
    })),
    links: picture.links.map((link) => ({ source: link.source, target: link.target })),
    clusters,
    boxed: boxed && picture.items.some((item) => item.shape !== 'tile'),
    direction,
    aspect: Math.min(4, Math.max(0.35, canvas.w / Math.max(1, canvas.h))),
  }
}
