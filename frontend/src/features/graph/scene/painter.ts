import { CARD_ZOOM, LABEL_ZOOM, textSize, viewRect } from '../../../model/graph/camera'
import { LINE_CLASSES, type LineClass } from '../../../model/graph/values'
import { overlaps, type Rect } from '../../../model/layout/geometry'
import { pointAlong, type Route } from '../../../model/graph/routes'
import { paintFarItems } from './farItems'
import type { Palette } from './palette'
import type { Scene } from './Scene'

const WIDTHS = [1.25, 1.75, 2.5, 3.5, 4.5] as const
const DASHES: Readonly<Record<LineClass, readonly number[]>> = {
  idle: [1.5, 5],
  tcp: [2, 4.5],
  healthy: [],
  degraded: [],
  failure: [11, 6],
}
const DIMMED = 0.22

/** Width by the logarithm of the rate, in five steps, so that lines can be drawn in batches. */
export function widthStep(perSecond: number, tcp: boolean): number {
  const rate = tcp ? perSecond / 1000 : perSecond
  return rate <= 0 ? 0 : Math.min(4, Math.max(0, Math.floor(Math.log10(1 + rate) * 1.5)))
}

/** Lines that are drawn at this zoom: in a grid of tiles only trouble, the selection and the two busiest per source. */
export function shownLinks(scene: Scene): Uint8Array {
  const { picture, values } = scene
  const shown = new Uint8Array(picture.links.length).fill(1)
  const tiles = picture.items.reduce((sum, item) => sum + (item.shape === 'tile' ? 1 : 0), 0)
  if (tiles < 8 || picture.links.length < 60) return shown
  picture.links.forEach((link, l) => {
    const between =
      picture.items[link.source]?.shape === 'tile' || picture.items[link.target]?.shape === 'tile'
    const wanted =
      !between ||
      (values.links.line[l] ?? 0) >= 3 ||
      scene.selected.items.has(link.source) ||
      scene.selected.items.has(link.target) ||
      scene.selected.links.has(l) ||
      scene.emphasis?.links.has(l) === true
    shown[l] = wanted ? 1 : 0
  })
  if (tiles < 20) {
    picture.linksOf.forEach((list, i) => {
      const own = list.filter((l) => picture.links[l]?.source === i)
      own.sort((a, b) => (values.links.total[b] ?? 0) - (values.links.total[a] ?? 0))
      for (const l of own.slice(0, 2)) shown[l] = 1
    })
  }
  return shown
}

export interface PaintOptions {
  readonly palette: Palette
  readonly ratio: number
  /** Items that have a DOM card over the canvas. */
  readonly hasCard: (item: number) => boolean
  readonly measure: (text: string) => number
  /** Chevrons stand in for moving dots when motion is not wanted. */
  readonly chevrons: boolean
}

/** Draws one picture. Everything is culled to the view and batched, so that the cost follows what can be seen. */
export function paint(ctx: CanvasRenderingContext2D, scene: Scene, options: PaintOptions): void {
  const { camera, size } = scene
  const { palette, ratio } = options
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
  ctx.clearRect(0, 0, size.w, size.h)
  ctx.setTransform(camera.k * ratio, 0, 0, camera.k * ratio, camera.x * ratio, camera.y * ratio)
  const view = viewRect(camera, size)
  ctx.globalAlpha = scene.stale ? 0.55 : 1
  paintBoxes(ctx, scene, palette, view)
  paintGhosts(ctx, scene, palette, view)
  const shown = shownLinks(scene)
  const visible = scene.routes.map((route, l) => shown[l] === 1 && overlaps(route.bounds, view, 20))
  paintLines(ctx, scene, palette, visible)
  if (options.chevrons && camera.k >= 0.5) paintChevrons(ctx, scene, palette, visible)
  if (camera.k >= CARD_ZOOM) paintPadlocks(ctx, scene, palette, visible)
  paintFarItems(ctx, scene, palette, view, options.hasCard)
  if (camera.k >= LABEL_ZOOM) paintLabels(ctx, scene, palette, view, shown, options.measure)
  ctx.globalAlpha = 1
}

function paintBoxes(ctx: CanvasRenderingContext2D, scene: Scene, palette: Palette, view: Rect): void {
  const { k } = scene.camera
  scene.picture.boxes.forEach((box, i) => {
    const rect = scene.boxes[i]
    if (!rect || !overlaps(rect, view)) return
    ctx.beginPath()
    ctx.roundRect(rect.x, rect.y, rect.w, rect.h, box.kind === 'app' ? 8 : 12)
    ctx.fillStyle =
      box.kind === 'app' ? palette.boxInner : box.kind === 'namespace' ? palette.box : 'transparent'
    ctx.fill()
    ctx.lineWidth = 1 / Math.max(k, 0.4)
    ctx.strokeStyle = box.kind === 'cluster' ? palette.borderStrong : palette.border
    ctx.setLineDash(box.kind === 'cluster' ? [6, 5] : [])
    ctx.stroke()
    ctx.setLineDash([])
    const size = textSize(box.kind === 'app' ? 11 : 12.5, k)
    if (size > 64) return
    ctx.font = `600 ${size}px ${palette.font}`
    ctx.fillStyle = palette.textSubtle
    ctx.textBaseline = 'middle'
    ctx.textAlign = 'left'
    const x = rect.x + (box.kind === 'app' ? 12 : 14)
    const y = rect.y + (box.kind === 'app' ? 14 : 18) + (size - 12) * 0.4
    const heading = box.kind === 'cluster' ? `cluster ${box.name}` : box.name
    ctx.save()
    ctx.beginPath()
    ctx.rect(rect.x, rect.y, rect.w - 8, rect.h)
    ctx.clip()
    ctx.fillText(heading, x, y)
    const state = box.kind === 'namespace' && k >= 0.45 ? encryption(scene, box.items) : null
    if (state === 'strict') {
      const width = ctx.measureText(heading).width
      padlock(ctx, x + width + 10, y, size * 0.42, false, palette.textSubtle)
      ctx.font = `400 ${textSize(11, k)}px ${palette.font}`
      ctx.fillText('mTLS', x + width + 22, y)
    }
    ctx.restore()
  })
}

/** Said once for a namespace: is everything that arrives here encrypted? Null: nothing is known. */
export function encryption(scene: Scene, items: readonly number[]): 'strict' | 'mixed' | null {
  let known = 0
  let secure = 0
  for (const i of items) {
    for (const l of scene.picture.linksOf[i] ?? []) {
      if (scene.picture.links[l]?.target !== i) continue
      const mtls = scene.values.links.mtls[l] ?? NaN
      if (Number.isNaN(mtls)) continue
      known += 1
      if (mtls >= 99.9) secure += 1
    }
  }
  if (known === 0) return null
  return secure === known ? 'strict' : 'mixed'
}

function paintGhosts(ctx: CanvasRenderingContext2D, scene: Scene, palette: Palette, view: Rect): void {
  if (scene.ghosts.length === 0) return
  ctx.save()
  ctx.globalAlpha = 0.3
  ctx.strokeStyle = palette.textSubtle
  ctx.setLineDash([4, 4])
  ctx.lineWidth = 1
  for (const ghost of scene.ghosts) {
    if (!overlaps(ghost, view)) continue
    ctx.beginPath()
    ctx.roundRect(ghost.x, ghost.y, ghost.w, ghost.h, 8)
    ctx.stroke()
  }
  ctx.restore()
}

function paintLines(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  visible: readonly boolean[],
): void {
  const { picture, values, camera, emphasis, selected, found } = scene
  const k = camera.k
  // One batch for each look: class, width and whether it is dimmed.
  const batches = new Map<number, number[]>()
  const strong: number[] = []
  picture.links.forEach((link, l) => {
    if (!visible[l]) return
    const line = values.links.line[l] ?? 0
    const width = widthStep(values.links.total[l] ?? 0, link.tcp)
    const dim = emphasis !== null && !emphasis.links.has(l) ? 1 : 0
    if (selected.links.has(l) || found?.links.has(l) === true) strong.push(l)
    const key = (line * 5 + width) * 2 + dim
    const batch = batches.get(key)
    if (batch) batch.push(l)
    else batches.set(key, [l])
  })
  const base = ctx.globalAlpha
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  for (const l of strong) {
    const route = scene.routes[l]
    if (!route) continue
    ctx.strokeStyle = selected.links.has(l) ? palette.accent : palette.find
    ctx.globalAlpha = base * 0.4
    ctx.lineWidth = Math.max(9, 7 / k)
    ctx.beginPath()
    trace(ctx, route)
    ctx.stroke()
  }
  const arrows = k >= 0.25
  for (const key of [...batches.keys()].sort((a, b) => a - b)) {
    const dim = key % 2 === 1
    const width = Math.floor(key / 2) % 5
    const line = LINE_CLASSES[Math.floor(key / 10)] ?? 'healthy'
    const lineWidth = Math.max(WIDTHS[width] ?? 1.5, 0.9 / k)
    ctx.globalAlpha = base * (dim ? DIMMED : line === 'idle' ? 0.75 : 1)
    ctx.strokeStyle = palette.lines[line]
    ctx.fillStyle = palette.lines[line]
    ctx.lineWidth = lineWidth
    ctx.setLineDash([...DASHES[line]])
    ctx.lineCap = line === 'tcp' || line === 'idle' ? 'butt' : 'round'
    ctx.beginPath()
    for (const l of batches.get(key) ?? []) {
      const route = scene.routes[l]
      if (route) trace(ctx, route)
    }
    ctx.stroke()
    ctx.setLineDash([])
    if (!arrows) continue
    ctx.beginPath()
    const size = 5.5 + lineWidth * 1.15
    for (const l of batches.get(key) ?? []) {
      const route = scene.routes[l]
      if (route) arrow(ctx, route, size)
    }
    ctx.fill()
  }
  ctx.globalAlpha = base
}

function trace(ctx: CanvasRenderingContext2D, route: Route): void {
  const c = route.curve
  ctx.moveTo(c[0] ?? 0, c[1] ?? 0)
  for (let i = 2; i + 5 < c.length; i += 6) {
    ctx.bezierCurveTo(c[i] ?? 0, c[i + 1] ?? 0, c[i + 2] ?? 0, c[i + 3] ?? 0, c[i + 4] ?? 0, c[i + 5] ?? 0)
  }
}

function arrow(ctx: CanvasRenderingContext2D, route: Route, size: number): void {
  const n = route.points.length
  const tipX = route.points[n - 2] ?? 0
  const tipY = route.points[n - 1] ?? 0
  const before = pointAlong(route, route.length - size)
  const dx = tipX - before.x
  const dy = tipY - before.y
  const d = Math.hypot(dx, dy) || 1
  const ux = dx / d
  const uy = dy / d
  const half = size * 0.46
  ctx.moveTo(tipX, tipY)
  ctx.lineTo(tipX - ux * size - uy * half, tipY - uy * size + ux * half)
  ctx.lineTo(tipX - ux * size + uy * half, tipY - uy * size - ux * half)
  ctx.closePath()
}

function paintChevrons(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  visible: readonly boolean[],
): void {
  scene.routes.forEach((route, l) => {
    if (!visible[l] || (scene.values.links.total[l] ?? 0) <= 0 || route.length < 90) return
    const line = LINE_CLASSES[scene.values.links.line[l] ?? 0] ?? 'healthy'
    ctx.strokeStyle = palette.lines[line]
    ctx.lineWidth = 1.75
    ctx.beginPath()
    for (const t of [0.3, 0.7]) {
      const a = pointAlong(route, route.length * t - 3)
      const b = pointAlong(route, route.length * t + 3)
      const d = Math.hypot(b.x - a.x, b.y - a.y) || 1
      const ux = (b.x - a.x) / d
      const uy = (b.y - a.y) / d
      ctx.moveTo(a.x - uy * 4, a.y + ux * 4)
      ctx.lineTo(b.x, b.y)
      ctx.lineTo(a.x + uy * 4, a.y - ux * 4)
    }
    ctx.stroke()
  })
}

/** Absence is what matters: an open padlock where calls are known not to be encrypted. */
function paintPadlocks(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  visible: readonly boolean[],
): void {
  scene.routes.forEach((route, l) => {
    const mtls = scene.values.links.mtls[l] ?? NaN
    if (!visible[l] || Number.isNaN(mtls) || mtls >= 99.9 || (scene.values.links.total[l] ?? 0) <= 0) return
    const dim = scene.emphasis !== null && !scene.emphasis.links.has(l)
    const at = pointAlong(route, Math.max(0, route.length - 26))
    const base = ctx.globalAlpha
    ctx.globalAlpha = dim ? base * DIMMED : base
    ctx.beginPath()
    ctx.arc(at.x, at.y, 8.5, 0, Math.PI * 2)
    ctx.fillStyle = palette.canvas
    ctx.fill()
    ctx.strokeStyle = palette.border
    ctx.lineWidth = 1
    ctx.stroke()
    padlock(ctx, at.x, at.y + 0.5, 5, true, palette.textSubtle)
    ctx.globalAlpha = base
  })
}

function padlock(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  r: number,
  open: boolean,
  color: string,
): void {
  ctx.fillStyle = color
  ctx.strokeStyle = color
  ctx.lineWidth = r * 0.3
  ctx.beginPath()
  ctx.roundRect(x - r * 0.75, y - r * 0.1, r * 1.5, r * 1.1, r * 0.2)
  ctx.fill()
  ctx.beginPath()
  const shift = open ? r * 0.62 : 0
  ctx.moveTo(x - r * 0.45 + shift, y - r * 0.1)
  ctx.arc(x + shift, y - r * 0.45, r * 0.45, Math.PI, open ? Math.PI * 1.95 : 0)
  if (!open) ctx.lineTo(x + r * 0.45, y - r * 0.1)
  ctx.stroke()
}

function paintLabels(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  view: Rect,
  shown: Uint8Array,
  measure: (text: string) => number,
): void {
  const base = ctx.globalAlpha
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  for (const label of scene.labelsAt(scene.camera.k, measure)) {
    if (shown[label.link] !== 1 || !overlaps(label, view)) continue
    const line = LINE_CLASSES[scene.values.links.line[label.link] ?? 0] ?? 'healthy'
    const trouble = line === 'degraded' || line === 'failure'
    ctx.globalAlpha = scene.emphasis !== null && !scene.emphasis.links.has(label.link) ? base * DIMMED : base
    ctx.beginPath()
    ctx.roundRect(label.x, label.y, label.w, label.h, label.h / 2)
    ctx.fillStyle = palette.surface
    ctx.fill()
    ctx.lineWidth = 1
    ctx.strokeStyle = palette.border
    ctx.stroke()
    const size = label.h - 7
    const color = line === 'failure' ? palette.failure : line === 'degraded' ? palette.degraded : palette.text
    let x = label.x + 5
    const y = label.y + label.h / 2
    if (trouble) {
      glyph(ctx, line, x + size * 0.45, y, size * 0.42, color)
      x += (14 * size) / 11
    }
    ctx.font = `${trouble ? 600 : 500} ${size}px ${palette.font}`
    ctx.fillStyle = color
    ctx.fillText(label.text, x, y + size * 0.04)
  }
  ctx.globalAlpha = base
}

/** ▲ and ✕ as paths: a font without them would show a box. */
export function glyph(
  ctx: CanvasRenderingContext2D,
  kind: 'degraded' | 'failure',
  x: number,
  y: number,
  r: number,
  color: string,
): void {
  ctx.beginPath()
  if (kind === 'degraded') {
    ctx.moveTo(x, y - r)
    ctx.lineTo(x + r, y + r * 0.8)
    ctx.lineTo(x - r, y + r * 0.8)
    ctx.closePath()
    ctx.fillStyle = color
    ctx.fill()
  } else {
    ctx.moveTo(x - r * 0.75, y - r * 0.75)
    ctx.lineTo(x + r * 0.75, y + r * 0.75)
    ctx.moveTo(x + r * 0.75, y - r * 0.75)
    ctx.lineTo(x - r * 0.75, y + r * 0.75)
    ctx.strokeStyle = color
    ctx.lineWidth = r * 0.42
    ctx.lineCap = 'round'
    ctx.stroke()
  }
}
