import { select, type Selection } from 'd3-selection'
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior } from 'd3-zoom'
import {
  detailAt,
  fit,
  MAX_ZOOM,
  MIN_TEXT_PX,
  MIN_ZOOM,
  reveal,
  toWorld,
  viewRect,
  type Camera,
} from '../../../model/graph/camera'
import type { Hit } from '../../../model/graph/hits'
import { overlaps, type Point, type Rect } from '../../../model/layout/geometry'
import { DotPainter } from './dotPainter'
import { hoverEmphasis } from './emphasis'
import { paint } from './painter'
import { readPalette, type Palette } from './palette'
import type { Scene } from './Scene'

const HOVER_MS = 120
const DRAG_PX = 4
export const MAX_CARDS = 300
const LINE_REACH_PX = 8

export interface StageEvents {
  select(hit: Hit | null): void
  /** Double click. */
  open(hit: Hit): void
  /** The user moved the camera, and it stands still again. */
  camera(camera: Camera): void
  /** The user dragged items to new places. */
  moved(places: ReadonlyMap<string, Point>): void
}

/** The parts of the page that the stage draws into. */
export interface StageElements {
  readonly host: HTMLElement
  readonly base: HTMLCanvasElement
  readonly dots: HTMLCanvasElement
  /** Moves and scales with the camera; React renders the cards inside. */
  readonly cards: HTMLElement
}

export const wantsLessMotion = (): boolean =>
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches

/** Canvas, camera and pointer of one graph. It draws at most once per animation frame, and only when asked. */
export class Stage {
  private readonly ctx: CanvasRenderingContext2D | null
  private readonly dots: DotPainter | null
  private readonly zoom: ZoomBehavior<HTMLElement, unknown>
  private readonly selection: Selection<HTMLElement, unknown, null, undefined>
  private readonly widths = new Map<string, number>()
  private readonly stops: (() => void)[] = []
  private readonly cardListeners = new Set<() => void>()
  private readonly cameraListeners = new Set<() => void>()
  private palette: Palette | null = null
  private cards: readonly number[] = []
  private cardSet = new Set<number>()
  private cardShape = -1
  private ratio = 1
  private frame = 0
  private flight = 0
  private hoverTimer: ReturnType<typeof setTimeout> | undefined
  private hovered: string | null = null
  private drag: { ids: number[]; from: Point; at: Point[]; moved: boolean } | null = null
  private wantDots = true
  private byUser = false

  constructor(
    private readonly elements: StageElements,
    readonly scene: Scene,
    private readonly events: StageEvents,
  ) {
    // CPU raster is what was measured fast without a GPU; see graph-ui in RATIONALE.md.
    this.ctx = elements.base.getContext('2d', { willReadFrequently: true })
    const dotContext = elements.dots.getContext('2d', { willReadFrequently: true })
    this.dots = dotContext
      ? new DotPainter(
          dotContext,
          scene,
          () => this.colors(),
          () => this.ratio,
        )
      : null
    this.selection = select(elements.host)
    let before = scene.camera
    this.zoom = zoom<HTMLElement, unknown>()
      .scaleExtent([MIN_ZOOM, MAX_ZOOM])
      .extent(() => [
        [0, 0],
        [scene.size.w, scene.size.h],
      ])
      .wheelDelta(
        (event: WheelEvent) =>
          -event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0018) * (event.ctrlKey ? 6 : 1),
      )
      .filter((event: MouseEvent) => this.isCameraGesture(event))
      .on('start', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent) this.byUser = true
        before = scene.camera
        this.endHover()
      })
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        const { x, y, k } = event.transform
        scene.camera = { x, y, k }
        this.draw()
        for (const listener of this.cameraListeners) listener()
      })
      .on('end', () => {
        if (!this.byUser) return
        this.byUser = false
        // A click that moved nothing is no choice of a view.
        const { x, y, k } = scene.camera
        if (before.x === x && before.y === y && before.k === k) return
        events.camera(scene.camera)
      })
    this.selection.call(this.zoom).on('dblclick.zoom', null)
    this.listen()
  }

  /** Items that have a DOM card now. */
  visibleCards = (): readonly number[] => this.cards

  onCards = (listener: () => void): (() => void) => {
    this.cardListeners.add(listener)
    return () => {
      this.cardListeners.delete(listener)
    }
  }

  /** Called while the camera moves. */
  onCamera = (listener: () => void): (() => void) => {
    this.cameraListeners.add(listener)
    return () => {
      this.cameraListeners.delete(listener)
    }
  }

  /** Selection or hits changed: cards look different, the set is the same. */
  refreshCards(): void {
    this.emphasised()
  }

  close(): void {
    cancelAnimationFrame(this.frame)
    cancelAnimationFrame(this.flight)
    clearTimeout(this.hoverTimer)
    this.dots?.stop()
    this.selection.on('.zoom', null)
    for (const stop of this.stops) stop()
  }

  /** Colours come from CSS: look again after a change of theme. */
  rethemed(): void {
    this.palette = null
    this.draw()
  }

  animate(on: boolean): void {
    this.wantDots = on
    if (on && !wantsLessMotion() && !this.drag) this.dots?.start()
    else this.dots?.stop()
    this.draw()
  }

  draw = (): void => {
    if (this.frame !== 0) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      this.paintNow()
    })
  }

  /** Draws at once; the benchmark measures this. */
  paintNow(): void {
    const { scene, elements } = this
    const { camera } = scene
    elements.cards.style.transform = `translate(${camera.x}px, ${camera.y}px) scale(${camera.k})`
    elements.cards.style.setProperty('--phg-min', `${(MIN_TEXT_PX / camera.k).toFixed(1)}px`)
    elements.cards.dataset['zoom'] = camera.k < 0.75 ? 'far' : camera.k < 1.2 ? 'near' : 'close'
    this.chooseCards()
    if (!this.ctx || scene.size.w === 0) return
    paint(this.ctx, scene, {
      palette: this.colors(),
      ratio: this.ratio,
      hasCard: (item) => this.cardSet.has(item),
      measure: this.measure,
      chevrons: this.wantDots && wantsLessMotion(),
    })
  }

  fitAll(motion = true): void {
    const rect = this.scene.extent()
    // The tools at the lower edge cover nothing after a fit.
    const { w, h } = this.scene.size
    if (rect) this.fly(fit(rect, { w, h: h > 400 ? h - 44 : h }), motion)
  }

  zoomBy(factor: number): void {
    const { camera, size } = this.scene
    const k = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, camera.k * factor))
    const centre = toWorld(camera, { x: size.w / 2, y: size.h / 2 })
    this.fly({ k, x: size.w / 2 - centre.x * k, y: size.h / 2 - centre.y * k })
    this.events.camera(this.scene.camera)
  }

  reveal(rect: Rect): void {
    this.fly(reveal(this.scene.camera, rect, this.scene.size))
  }

  /** Takes the camera somewhere, smoothly where motion is welcome. */
  fly(to: Camera, motion = true): void {
    cancelAnimationFrame(this.flight)
    const from = this.scene.camera
    if (!motion || wantsLessMotion() || this.scene.size.w === 0) {
      this.jump(to)
      return
    }
    const start = performance.now()
    const step = (now: number) => {
      const t = Math.min(1, (now - start) / 320)
      const e = 1 - (1 - t) ** 3
      // Zoom grows by equal factors, so that the middle of the way looks like the middle.
      const k = from.k * (to.k / from.k) ** e
      const share = to.k === from.k ? e : (k - from.k) / (to.k - from.k)
      const mix = (a: number, b: number) => a + (b - a) * share
      this.jump({ k, x: mix(from.x, to.x), y: mix(from.y, to.y) })
      if (t < 1) this.flight = requestAnimationFrame(step)
    }
    this.flight = requestAnimationFrame(step)
  }

  jump(to: Camera): void {
    this.selection.call((s) => this.zoom.transform(s, zoomIdentity.translate(to.x, to.y).scale(to.k)))
  }

  /** Moves everything to its new place in 400 ms. */
  glide(to: readonly Point[]): void {
    cancelAnimationFrame(this.flight)
    const { scene } = this
    const from = scene.rects
    if (wantsLessMotion() || from.length !== to.length || to.length > 400) {
      scene.move(to)
      return
    }
    const start = performance.now()
    const step = (now: number) => {
      const t = Math.min(1, (now - start) / 400)
      const e = t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2
      scene.move(
        to.map((point, i) => ({
          x: (from[i]?.x ?? point.x) + (point.x - (from[i]?.x ?? point.x)) * e,
          y: (from[i]?.y ?? point.y) + (point.y - (from[i]?.y ?? point.y)) * e,
        })),
      )
      if (t < 1) this.flight = requestAnimationFrame(step)
    }
    this.flight = requestAnimationFrame(step)
  }

  private readonly measure = (text: string): number => {
    let width = this.widths.get(text)
    if (width === undefined) {
      if (this.widths.size > 4000) this.widths.clear()
      if (this.ctx) this.ctx.font = `600 11px ${this.colors().font}`
      width = this.ctx?.measureText(text).width ?? text.length * 6
      this.widths.set(text, width)
    }
    return width
  }

  private colors(): Palette {
    this.palette ??= readPalette()
    return this.palette
  }

  private chooseCards(): void {
    const { scene } = this
    let chosen: number[] = []
    if (detailAt(scene.camera.k) === 'cards') {
      const view = viewRect(scene.camera, scene.size)
      scene.rects.forEach((rect, i) => {
        if (overlaps(rect, view, 60)) chosen.push(i)
      })
      if (chosen.length > MAX_CARDS) {
        const x = view.x + view.w / 2
        const y = view.y + view.h / 2
        const far = (i: number) => {
          const rect = scene.rects[i]
          return rect ? Math.hypot(rect.x + rect.w / 2 - x, rect.y + rect.h / 2 - y) : Infinity
        }
        chosen = chosen
          .sort((a, b) => far(a) - far(b))
          .slice(0, MAX_CARDS)
          .sort((a, b) => a - b)
      }
    }
    const same =
      this.cardShape === scene.shape &&
      chosen.length === this.cards.length &&
      chosen.every((c, i) => c === this.cards[i])
    if (same) return
    this.cardShape = scene.shape
    this.cards = chosen
    this.cardSet = new Set(chosen)
    for (const listener of this.cardListeners) listener()
  }

  private listen(): void {
    const { host } = this.elements
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      handler: (event: HTMLElementEventMap[K]) => void,
    ) => {
      host.addEventListener(type, handler)
      this.stops.push(() => host.removeEventListener(type, handler))
    }
    this.stops.push(this.scene.onDraw(this.draw))
    if (typeof ResizeObserver !== 'undefined') {
      const observer = new ResizeObserver(() => this.resized())
      observer.observe(host)
      this.stops.push(() => observer.disconnect())
    }
    this.resized()
    let pressed: Point | null = null
    on('pointerdown', (event) => {
      if (event.button !== 0 || isControl(event.target)) return
      pressed = this.local(event)
      const hit = this.hitAt(pressed)
      const ids = hit?.kind === 'item' ? [hit.index] : []
      if (ids.length === 0) return
      this.drag = {
        ids,
        from: pressed,
        at: ids.map((i) => this.scene.rects[i] ?? { x: 0, y: 0 }),
        moved: false,
      }
      this.endHover()
    })
    on('pointermove', (event) => {
      const point = this.local(event)
      if (this.drag) this.dragTo(point, event)
      else if (event.buttons === 0) this.considerHover(point)
    })
    on('pointerup', (event) => {
      const start = pressed
      pressed = null
      const { drag } = this
      this.drag = null
      if (drag?.moved) {
        this.dropped(drag.ids)
        return
      }
      if (!start || isControl(event.target)) return
      const end = this.local(event)
      if (Math.hypot(end.x - start.x, end.y - start.y) > DRAG_PX) return
      this.events.select(this.hitAt(end))
    })
    on('pointercancel', () => {
      pressed = null
      if (this.drag?.moved) this.dropped(this.drag.ids)
      this.drag = null
    })
    on('pointerleave', () => this.endHover())
    on('dblclick', (event) => {
      if (isControl(event.target)) return
      const hit = this.hitAt(this.local(event))
      if (hit) this.events.open(hit)
    })
  }

  private resized(): void {
    const { host, base, dots } = this.elements
    const w = host.clientWidth
    const h = host.clientHeight
    const before = this.scene.size
    this.scene.size = { w, h }
    // Four times the pixels for a hairline nobody sees: large graphs get at most one and a half.
    const device = window.devicePixelRatio || 1
    this.ratio = this.scene.picture.links.length > 1000 ? Math.min(1.5, device) : device
    for (const canvas of [base, dots]) {
      canvas.width = Math.round(w * this.ratio)
      canvas.height = Math.round(h * this.ratio)
    }
    if (before.w > 0 && (before.w !== w || before.h !== h)) {
      // What was in the middle stays in the middle.
      const { camera } = this.scene
      this.jump({ ...camera, x: camera.x + (w - before.w) / 2, y: camera.y + (h - before.h) / 2 })
    }
    this.paintNow()
  }

  private local(event: MouseEvent): Point {
    const rect = this.elements.host.getBoundingClientRect()
    return { x: event.clientX - rect.left, y: event.clientY - rect.top }
  }

  private hitAt(point: Point): Hit | null {
    const { camera } = this.scene
    return this.scene.hit(toWorld(camera, point), LINE_REACH_PX / camera.k)
  }

  /** Cards are dragged, everything else moves the camera; the wheel zooms wherever it is. */
  private isCameraGesture(event: MouseEvent): boolean {
    if (isControl(event.target)) return false
    if (event.type === 'wheel') return true
    if (event.button !== 0) return false
    if (event.type !== 'mousedown') return true
    return this.hitAt(this.local(event))?.kind !== 'item'
  }

  private dragTo(point: Point, event: PointerEvent): void {
    const { drag, scene } = this
    if (!drag) return
    const dx = point.x - drag.from.x
    const dy = point.y - drag.from.y
    if (!drag.moved) {
      if (Math.hypot(dx, dy) < DRAG_PX) return
      drag.moved = true
      this.elements.host.setPointerCapture(event.pointerId)
      this.dots?.stop()
    }
    const positions: Point[] = scene.rects.map((rect) => ({ x: rect.x, y: rect.y }))
    drag.ids.forEach((i, n) => {
      const start = drag.at[n] ?? { x: 0, y: 0 }
      positions[i] = { x: start.x + dx / scene.camera.k, y: start.y + dy / scene.camera.k }
    })
    scene.move(positions)
  }

  private dropped(ids: readonly number[]): void {
    const places = new Map<string, Point>()
    for (const i of ids) {
      const rect = this.scene.rects[i]
      const item = this.scene.picture.items[i]
      if (rect && item) places.set(item.id, { x: Math.round(rect.x), y: Math.round(rect.y) })
    }
    this.events.moved(places)
    this.animate(this.wantDots)
  }

  private considerHover(point: Point): void {
    const hit = this.hitAt(point)
    const key = hit && hit.kind !== 'box' ? `${hit.kind}${hit.index}` : null
    this.elements.host.style.cursor = hit && (hit.kind !== 'box' || hit.heading) ? 'pointer' : 'grab'
    if (key === this.hovered) return
    clearTimeout(this.hoverTimer)
    this.hovered = key
    this.hoverTimer = setTimeout(
      () => {
        this.scene.emphasis = hit && hit.kind !== 'box' ? hoverEmphasis(this.scene.picture, hit) : null
        this.emphasised()
      },
      key === null ? HOVER_MS / 2 : HOVER_MS,
    )
  }

  private endHover(): void {
    clearTimeout(this.hoverTimer)
    this.hovered = null
    if (this.scene.emphasis === null) return
    this.scene.emphasis = null
    this.emphasised()
  }

  private emphasised(): void {
    for (const listener of this.cardListeners) listener()
    this.draw()
  }
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-graph-control]') !== null
