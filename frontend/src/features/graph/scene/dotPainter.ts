import { CARD_ZOOM, viewRect } from '../../../model/graph/camera'
import { DOT_SPEED, dotBudget, isFailedDot } from '../../../model/graph/dots'
import { pointAlong } from '../../../model/graph/routes'
import { LINE_CLASSES } from '../../../model/graph/values'
import { overlaps } from '../../../model/layout/geometry'
import { shownLinks } from './painter'
import type { Palette } from './palette'
import type { Scene } from './Scene'

const FRAME_MS = 1000 / 30

/** Moves the dots on a canvas of their own, at most thirty times a second and only where somebody looks. */
export class DotPainter {
  private budget: { frame: number; camera: string; counts: Map<number, number> } | null = null
  private last = 0
  private handle = 0
  private moving = false
  private clean = true

  constructor(
    private readonly ctx: CanvasRenderingContext2D,
    private readonly scene: Scene,
    private readonly palette: () => Palette,
    private readonly ratio: () => number,
  ) {}

  start(): void {
    if (this.moving) return
    this.moving = true
    this.handle = requestAnimationFrame(this.step)
  }

  stop(): void {
    this.moving = false
    cancelAnimationFrame(this.handle)
    this.wipe()
  }

  private readonly step = (now: number): void => {
    if (!this.moving) return
    this.handle = requestAnimationFrame(this.step)
    if (document.visibilityState === 'hidden' || now - this.last < FRAME_MS - 2) return
    this.last = now
    this.paint(now)
  }

  private wipe(): void {
    if (this.clean) return
    this.ctx.setTransform(1, 0, 0, 1, 0, 0)
    this.ctx.clearRect(0, 0, this.ctx.canvas.width, this.ctx.canvas.height)
    this.clean = true
  }

  private paint(now: number): void {
    this.wipe()
    const { scene, ctx } = this
    const { camera, size, picture } = scene
    if (camera.k < 0.3 || scene.stale || picture.links.length === 0) return
    const ratio = this.ratio()
    const palette = this.palette()
    ctx.setTransform(camera.k * ratio, 0, 0, camera.k * ratio, camera.x * ratio, camera.y * ratio)
    const view = viewRect(camera, size)
    const byLine: number[][] = LINE_CLASSES.map(() => [])
    const failed: number[] = []
    const travelled = (now / 1000) * DOT_SPEED
    for (const [l, count] of this.counts()) {
      const route = scene.routes[l]
      if (!route || !overlaps(route.bounds, view)) continue
      const values = scene.values.links
      const share = (values.failed[l] ?? 0) / Math.max(values.total[l] ?? 0, 1e-9)
      const line = values.line[l] ?? 0
      const gap = route.length / count
      const first = travelled % gap
      // A dot keeps its number on its whole way, so that a failed one stays failed.
      const passed = Math.floor(travelled / gap)
      for (let d = 0; d < count; d++) {
        const along = first + d * gap
        const at = pointAlong(route, along)
        if (camera.k >= CARD_ZOOM && scene.isLabelled(at.x, at.y)) continue
        if (isFailedDot((passed - d + 100_000) % 1000, share)) failed.push(at.x, at.y)
        else byLine[line]?.push(at.x, at.y)
      }
    }
    const r = Math.max(2.6, 1.5 / camera.k)
    byLine.forEach((dots, line) => {
      if (dots.length === 0) return
      ctx.beginPath()
      for (let i = 0; i < dots.length; i += 2) {
        const x = dots[i] ?? 0
        const y = dots[i + 1] ?? 0
        ctx.moveTo(x + r, y)
        ctx.arc(x, y, r, 0, Math.PI * 2)
      }
      ctx.fillStyle = palette.lines[LINE_CLASSES[line] ?? 'healthy']
      ctx.fill()
      ctx.lineWidth = 1.1
      ctx.strokeStyle = palette.canvas
      ctx.stroke()
    })
    if (failed.length > 0) {
      const d = r * 1.55
      ctx.beginPath()
      for (let i = 0; i < failed.length; i += 2) {
        const x = failed[i] ?? 0
        const y = failed[i + 1] ?? 0
        ctx.moveTo(x, y - d)
        ctx.lineTo(x + d, y)
        ctx.lineTo(x, y + d)
        ctx.lineTo(x - d, y)
        ctx.closePath()
      }
      ctx.fillStyle = palette.lines.failure
      ctx.fill()
      ctx.lineWidth = 1.1
      ctx.strokeStyle = palette.canvas
      ctx.stroke()
    }
    this.clean = false
  }

  /** Which lines carry how many dots: again when the numbers or the view changed. */
  private counts(): Map<number, number> {
    const { scene } = this
    const camera = `${Math.round(scene.camera.x / 80)},${Math.round(scene.camera.y / 80)},${scene.camera.k.toFixed(2)},${scene.emphasis === null ? '' : 'e'}`
    if (this.budget?.frame === scene.frame && this.budget.camera === camera) return this.budget.counts
    const view = viewRect(scene.camera, scene.size)
    const shown = shownLinks(scene)
    const inView: number[] = []
    scene.routes.forEach((route, l) => {
      const near = scene.emphasis === null || scene.emphasis.links.has(l)
      if (near && shown[l] === 1 && overlaps(route.bounds, view, 40)) inView.push(l)
    })
    const counts = dotBudget(
      inView,
      scene.values.links,
      (l) => scene.routes[l]?.length ?? 0,
      (l) => scene.picture.links[l]?.tcp === true,
    )
    this.budget = { frame: scene.frame, camera, counts }
    return counts
  }
}
