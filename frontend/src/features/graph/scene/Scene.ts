import { boxRects, extentOfAll } from '../../../model/graph/boxRects'
import type { Camera, Size } from '../../../model/graph/camera'
import { textSize } from '../../../model/graph/camera'
import { itemNumbers, type Numbers } from '../../../model/graph/describe'
import type { GraphStore } from '../../../model/graph/graphStore'
import { HitIndex } from '../../../model/graph/hits'
import { placeLabels, type PlacedLabel } from '../../../model/graph/labelPlacement'
import { linkLabel, type EdgeLabel } from '../../../model/graph/labels'
import type { Picture } from '../../../model/graph/picture'
import { routeAll, type Route } from '../../../model/graph/routes'
import { pictureValues, type PictureValues } from '../../../model/graph/values'
import { RectGrid, type Point, type Rect } from '../../../model/layout/geometry'
import type { Direction } from '../../../model/layout/layoutInput'

const NOTHING: Picture = {
  revision: -1,
  items: [],
  links: [],
  boxes: [],
  byId: new Map(),
  itemOf: new Int32Array(0),
  linksOf: [],
}

/** What stands out; everything else may be dimmed. Indices of items and links; null: nothing is dimmed. */
export interface Emphasis {
  readonly items: ReadonlySet<number>
  readonly links: ReadonlySet<number>
}

/**
 * Everything that is drawn, outside of React: the picture with its numbers, where it is, and what is emphasised.
 * `shape` counts what moves or mounts cards, `values` what changes numbers only; painters look, cards subscribe.
 */
export class Scene {
  picture: Picture = NOTHING
  values: PictureValues
  rects: readonly Rect[] = []
  routes: readonly Route[] = []
  boxes: readonly Rect[] = []
  /** Absent now, but known from another moment of the time line. */
  ghosts: readonly Rect[] = []
  direction: Direction = 'right'
  camera: Camera = { x: 0, y: 0, k: 1 }
  size: Size = { w: 0, h: 0 }
  emphasis: Emphasis | null = null
  selected: { readonly items: ReadonlySet<number>; readonly links: ReadonlySet<number> } = {
    items: new Set(),
    links: new Set(),
  }
  found: { readonly items: ReadonlySet<number>; readonly links: ReadonlySet<number> } | null = null
  labels: readonly EdgeLabel[] = ['rps', 'err']
  stale = false
  shape = 0
  frame = 0

  private hitIndex: HitIndex | null = null
  private placed: {
    readonly frame: number
    readonly shape: number
    readonly size: number
    readonly labels: readonly PlacedLabel[]
  } | null = null
  private cardGrid: RectGrid<number> | null = null
  private labelGrid: RectGrid<number> | null = null
  private numbers: (Numbers | undefined)[] = []
  private readonly shapeListeners = new Set<() => void>()
  private readonly valueListeners = new Set<() => void>()
  private readonly drawListeners = new Set<() => void>()

  constructor(readonly store: GraphStore) {
    this.values = pictureValues(store, NOTHING)
  }

  onShape = (listener: () => void): (() => void) => added(this.shapeListeners, listener)
  onValues = (listener: () => void): (() => void) => added(this.valueListeners, listener)
  /** Something looks different: draw once in the next animation frame. */
  onDraw = (listener: () => void): (() => void) => added(this.drawListeners, listener)

  /** A new picture with its places. */
  show(picture: Picture, positions: readonly Point[], direction: Direction): void {
    this.picture = picture
    this.direction = direction
    this.values = pictureValues(this.store, picture)
    this.numbers = []
    this.move(positions)
  }

  /** The same picture in other places. */
  move(positions: readonly Point[]): void {
    this.rects = this.picture.items.map((item, i) => ({
      x: positions[i]?.x ?? 0,
      y: positions[i]?.y ?? 0,
      w: item.w,
      h: item.h,
    }))
    this.boxes = boxRects(this.picture, this.rects)
    this.routes = routeAll(this.picture, this.rects, this.direction)
    this.hitIndex = null
    this.cardGrid = null
    this.shape += 1
    this.frame += 1
    for (const listener of this.shapeListeners) listener()
    for (const listener of this.valueListeners) listener()
    this.invalidate()
  }

  /** The numbers of the store changed; the picture did not. */
  refresh(): void {
    if (this.picture.revision !== this.store.revision) return
    this.values = pictureValues(this.store, this.picture)
    this.frame += 1
    for (const listener of this.valueListeners) listener()
    this.invalidate()
  }

  /** Runs `draw` with a camera that looks at everything at its natural size. */
  whole(all: Rect, margin: number, draw: () => void): void {
    const { camera, size, emphasis } = this
    this.camera = { k: 1, x: margin - all.x, y: margin - all.y }
    this.size = { w: all.w + 2 * margin, h: all.h + 2 * margin }
    this.emphasis = null
    draw()
    this.camera = camera
    this.size = size
    this.emphasis = emphasis
  }

  /** What is selected. */
  mark(selected: Emphasis): void {
    this.selected = selected
    this.invalidate()
  }

  /** What an expression found; null: nothing was asked. */
  ring(found: Emphasis | null): void {
    this.found = found
    this.invalidate()
  }

  /** Is this older than it should be? Then it is drawn pale and nothing moves. */
  age(stale: boolean): void {
    this.stale = stale
    this.invalidate()
  }

  relabel(labels: readonly EdgeLabel[]): void {
    this.labels = labels
    this.placed = null
    this.invalidate()
  }

  /** Places of what is absent now but known from another moment. */
  haunt(ghosts: readonly Rect[]): void {
    this.ghosts = ghosts
    this.invalidate()
  }

  invalidate(): void {
    for (const listener of this.drawListeners) listener()
  }

  hit(point: Point, reach: number) {
    this.hitIndex ??= new HitIndex(this.picture, this.rects, this.routes, this.boxes)
    return this.hitIndex.at(point, reach)
  }

  extent(): Rect | null {
    return extentOfAll(this.rects, [...this.boxes, ...this.routes.map((route) => route.bounds)])
  }

  /** The numbers of a card; the same object until one of them reads differently. */
  numbersOf(i: number): Numbers | null {
    const item = this.picture.items[i]
    if (!item) return null
    const fresh = itemNumbers(item, this.values, i)
    const known = this.numbers[i]
    if (
      known?.rate === fresh.rate &&
      known.errors === fresh.errors &&
      known.time === fresh.time &&
      known.health === fresh.health
    ) {
      return known
    }
    this.numbers[i] = fresh
    return fresh
  }

  /** Is this point under a label? Dots pass behind what is read. */
  isLabelled(x: number, y: number): boolean {
    if (this.placed === null) return false
    this.labelGrid ??= gridOf(this.placed.labels)
    return this.labelGrid.find({ x, y, w: 0, h: 0 }, 2) !== undefined
  }

  /** Labels that fit, for this zoom; computed once for each frame of values. */
  labelsAt(k: number, measure: (text: string) => number): readonly PlacedLabel[] {
    // In steps, so that a zoom gesture does not measure and place in every frame.
    const size = Math.ceil(textSize(11, k) * 2) / 2
    if (this.placed?.frame === this.frame && this.placed.size === size && this.placed.shape === this.shape) {
      return this.placed.labels
    }
    if (!this.cardGrid) {
      const grid = new RectGrid<number>()
      this.rects.forEach((rect, i) => grid.add(rect, i))
      this.cardGrid = grid
    }
    const { links } = this.values
    const wishes = this.picture.links.flatMap((link, i) => {
      const text = linkLabel(link, i, links, this.labels)
      if (text === '') return []
      const trouble = (links.line[i] ?? 0) >= 3
      const glyph = trouble ? 14 : 0
      return [
        {
          link: i,
          // Where both numbers have no room, the first is better than nothing.
          texts: [...new Set([text, text.split(' · ')[0] ?? text])].map((one) => ({
            text: one,
            w: ((measure(one) + glyph) * size) / 11 + 10,
          })),
          h: size + 7,
          weight:
            (trouble ? 1e9 * (links.line[i] ?? 0) : 0) +
            (link.tcp ? (links.total[i] ?? 0) / 1000 : (links.total[i] ?? 0)),
        },
      ]
    })
    const labels = placeLabels(wishes, this.routes, this.cardGrid)
    this.labelGrid = null
    this.placed = { frame: this.frame, shape: this.shape, size, labels }
    return labels
  }
}

function gridOf(labels: readonly PlacedLabel[]): RectGrid<number> {
  const grid = new RectGrid<number>()
  for (const label of labels) grid.add(label, label.link)
  return grid
}

function added(set: Set<() => void>, listener: () => void): () => void {
  set.add(listener)
  return () => {
    set.delete(listener)
  }
}
