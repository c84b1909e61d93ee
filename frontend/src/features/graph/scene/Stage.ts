import { select, type Selection } from 'd3-selection'
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior } from 'd3-zoom'
import {
  fit,
  MAX_ZOOM,
  MIN_TEXT_PX,
  MIN_ZOOM,
  reveal,
  toWorld,
  type Camera,
} from '../../../model/graph/camera'
import type { Hit } from '../../../model/graph/hits'
import type { Point, Rect } from '../../../model/layout/geometry'
import { chosenCards } from './chosenCards'
import { DotPainter } from './dotPainter'
import { Motion, wantsLessMotion } from './Motion'
import { paint } from './painter'
import { readPalette, type Palette } from './palette'
import { isControl, PointerInput } from './PointerInput'
import type { Scene } from './Scene'

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

/** Canvas, camera and pointer of one graph. It draws at most once per animation frame, and only when asked. */
export class Stage {
  private readonly ctx: CanvasRenderingContext2D | null
  private readonly dots: DotPainter | null
  private readonly zoom: ZoomBehavior<HTMLElement, unknown>
  private readonly selection: Selection<HTMLElement, unknown, null, undefined>
  private readonly pointer: PointerInput
  private readonly motion: Motion
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
    this.motion = new Motion(scene, (to) => this.jump(to))
    this.pointer = new PointerInput(elements.host, scene, {
      select: (hit) => events.select(hit),
      open: (hit) => events.open(hit),
      moved: (places) => events.moved(places),
      dragBegan: () => this.dots?.stop(),
      dragEnded: () => this.animate(this.wantDots),
      emphasised: () => this.emphasised(),
    })
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
        this.pointer.endHover()
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
    this.motion.stop()
    this.pointer.close()
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
    if (on && !wantsLessMotion() && !this.pointer.isDragging) this.dots?.start()
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
    this.motion.fly(to, motion)
  }

  jump(to: Camera): void {
    this.selection.call((s) => this.zoom.transform(s, zoomIdentity.translate(to.x, to.y).scale(to.k)))
  }

  /** Moves everything to its new place. */
  glide(to: readonly Point[]): void {
    this.motion.glide(to)
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
    const chosen = chosenCards(scene)
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
    this.stops.push(this.scene.onDraw(this.draw))
    if (typeof ResizeObserver !== 'undefined') {
      const observer = new ResizeObserver(() => this.resized())
      observer.observe(this.elements.host)
      this.stops.push(() => observer.disconnect())
    }
    this.resized()
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

  /** Cards are dragged, everything else moves the camera; the wheel zooms wherever it is. */
  private isCameraGesture(event: MouseEvent): boolean {
    if (isControl(event.target)) return false
    if (event.type === 'wheel') return true
    if (event.button !== 0) return false
    if (event.type !== 'mousedown') return true
    return this.pointer.hitAt(event)?.kind !== 'item'
  }

  private emphasised(): void {
    for (const listener of this.cardListeners) listener()
    this.draw()
  }
}
