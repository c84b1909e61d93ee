import { toWorld } from '../../../model/graph/camera'
import type { Hit } from '../../../model/graph/hits'
import type { Point } from '../../../model/layout/geometry'
import { hoverEmphasis } from './emphasis'
import type { Scene } from './Scene'

const HOVER_MS = 120
const DRAG_PX = 4
const LINE_REACH_PX = 8

/** What the pointer did, in words of the graph. */
export interface PointerEvents {
  select(hit: Hit | null): void
  /** Double click. */
  open(hit: Hit): void
  dragBegan(): void
  dragEnded(): void
  /** The user dragged items to new places. */
  moved(places: ReadonlyMap<string, Point>): void
  /** Something else is bright now. */
  emphasised(): void
}

export const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-graph-control]') !== null

/** Hover, click, double click and dragging of cards. Moving the camera is d3-zoom's. */
export class PointerInput {
  private readonly stops: (() => void)[] = []
  private hoverTimer: ReturnType<typeof setTimeout> | undefined
  private hovered: string | null = null
  private pressed: Point | null = null
  private drag: { index: number; from: Point; at: Point; moved: boolean } | null = null

  constructor(
    private readonly host: HTMLElement,
    private readonly scene: Scene,
    private readonly events: PointerEvents,
  ) {
    this.on('pointerdown', this.down)
    this.on('pointermove', this.move)
    this.on('pointerup', this.up)
    this.on('pointercancel', () => this.endDrag())
    this.on('pointerleave', () => this.endHover())
    this.on('dblclick', (event) => {
      const hit = isControl(event.target) ? null : this.hitAt(event)
      if (hit) events.open(hit)
    })
  }

  get isDragging(): boolean {
    return this.drag !== null
  }

  close(): void {
    clearTimeout(this.hoverTimer)
    for (const stop of this.stops) stop()
  }

  hitAt(event: MouseEvent): Hit | null {
    const { camera } = this.scene
    return this.scene.hit(toWorld(camera, this.local(event)), LINE_REACH_PX / camera.k)
  }

  endHover(): void {
    clearTimeout(this.hoverTimer)
    this.hovered = null
    if (this.scene.emphasis === null) return
    this.scene.emphasis = null
    this.events.emphasised()
  }

  private on<K extends keyof HTMLElementEventMap>(type: K, handler: (event: HTMLElementEventMap[K]) => void) {
    this.host.addEventListener(type, handler)
    this.stops.push(() => this.host.removeEventListener(type, handler))
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button !== 0 || isControl(event.target)) return
    this.pressed = this.local(event)
    const hit = this.hitAt(event)
    if (hit?.kind !== 'item') return
    const rect = this.scene.rects[hit.index] ?? { x: 0, y: 0 }
    this.drag = { index: hit.index, from: this.pressed, at: rect, moved: false }
    this.endHover()
  }

  private readonly move = (event: PointerEvent): void => {
    if (this.drag) this.dragTo(event)
    else if (event.buttons === 0) this.considerHover(event)
  }

  private readonly up = (event: PointerEvent): void => {
    const start = this.pressed
    if (this.endDrag() || !start || isControl(event.target)) return
    const end = this.local(event)
    if (Math.hypot(end.x - start.x, end.y - start.y) <= DRAG_PX) this.events.select(this.hitAt(event))
  }

  private dragTo(event: PointerEvent): void {
    const { drag, scene } = this
    if (!drag) return
    const point = this.local(event)
    const dx = point.x - drag.from.x
    const dy = point.y - drag.from.y
    if (!drag.moved) {
      if (Math.hypot(dx, dy) < DRAG_PX) return
      drag.moved = true
      this.host.setPointerCapture(event.pointerId)
      this.events.dragBegan()
    }
    const { k } = scene.camera
    scene.move(
      scene.rects.map((rect, i) =>
        i === drag.index ? { x: drag.at.x + dx / k, y: drag.at.y + dy / k } : { x: rect.x, y: rect.y },
      ),
    )
  }

  /** True when a card was dragged. */
  private endDrag(): boolean {
    const { drag } = this
    this.drag = null
    this.pressed = null
    if (!drag?.moved) return false
    const rect = this.scene.rects[drag.index]
    const item = this.scene.picture.items[drag.index]
    if (rect && item)
      this.events.moved(new Map([[item.id, { x: Math.round(rect.x), y: Math.round(rect.y) }]]))
    this.events.dragEnded()
    return true
  }

  private considerHover(event: PointerEvent): void {
    const hit = this.hitAt(event)
    const key = hit && hit.kind !== 'box' ? `${hit.kind}${hit.index}` : null
    this.host.style.cursor = hit && (hit.kind !== 'box' || hit.heading) ? 'pointer' : 'grab'
    if (key === this.hovered) return
    clearTimeout(this.hoverTimer)
    this.hovered = key
    this.hoverTimer = setTimeout(
      () => {
        this.scene.emphasis = hit && hit.kind !== 'box' ? hoverEmphasis(this.scene.picture, hit) : null
        this.events.emphasised()
      },
      key === null ? HOVER_MS / 2 : HOVER_MS,
    )
  }

  private local(event: MouseEvent): Point {
    const rect = this.host.getBoundingClientRect()
    return { x: event.clientX - rect.left, y: event.clientY - rect.top }
  }
}
