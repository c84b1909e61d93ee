import { detailAt, textSize } from '../../../model/graph/camera'
import { middleEllipsis } from '../../../model/graph/describe'
import { overlaps, type Rect } from '../../../model/layout/geometry'
import { glyph } from './painter'
import type { Palette } from './palette'
import type { Scene } from './Scene'

/** Items that are too small, or too many, for a card of their own: blocks, then outlines, then a name. */
export function paintFarItems(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  view: Rect,
  hasCard: (item: number) => boolean,
): void {
  const { picture, camera, emphasis } = scene
  const detail = detailAt(camera.k)
  const base = ctx.globalAlpha
  const near = (i: number) => emphasis === null || emphasis.items.has(i)
  scene.rects.forEach((rect, i) => {
    const item = picture.items[i]
    if (!item || hasCard(i) || !overlaps(rect, view)) return
    ctx.globalAlpha = near(i) ? base : base * 0.25
    const health = scene.values.items.health[i] ?? 0
    const color = palette.health[health] ?? palette.border
    if (detail === 'blocks' && item.shape !== 'tile') {
      ctx.fillStyle = color
      ctx.fillRect(rect.x, rect.y, rect.w, rect.h)
    } else paintOutline(ctx, rect, item.shape === 'tile', palette, color)
    if (detail === 'names' || detail === 'cards' || item.shape === 'tile')
      paintName(ctx, scene, i, rect, palette)
    ring(ctx, scene, i, rect, palette)
  })
  ctx.globalAlpha = base
}

function paintOutline(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  tile: boolean,
  palette: Palette,
  color: string,
): void {
  ctx.beginPath()
  ctx.roundRect(rect.x, rect.y, rect.w, rect.h, tile ? 12 : 8)
  ctx.fillStyle = palette.surface
  ctx.fill()
  ctx.lineWidth = 1.5
  ctx.strokeStyle = palette.borderStrong
  ctx.stroke()
  ctx.save()
  ctx.clip()
  ctx.fillStyle = color
  ctx.fillRect(rect.x, rect.y, 7, rect.h)
  ctx.restore()
}

function paintName(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  i: number,
  rect: Rect,
  palette: Palette,
): void {
  const item = scene.picture.items[i]
  const { k } = scene.camera
  const size = textSize(14, k)
  if (!item || size > 44) return
  const health = scene.values.items.health[i] ?? 0
  const room = rect.w - 24 - (health >= 3 ? size : 0)
  ctx.font = `600 ${size}px ${palette.font}`
  ctx.fillStyle = palette.text
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  const tile = item.shape === 'tile'
  const lines = Math.floor((rect.h - 2) / (size * 1.08))
  // As many lines as fit, spread evenly: a name alone in a tall card would look like missing numbers.
  const y = rect.y + (tile ? rect.h * 0.36 : lines < 2 ? rect.h / 2 : size * 0.62 + 4)
  ctx.fillText(middleEllipsis(item.label, Math.max(4, Math.floor(room / (size * 0.56)))), rect.x + 16, y)
  if (health >= 3) {
    const kind = health === 4 ? 'failure' : 'degraded'
    glyph(ctx, kind, rect.x + rect.w - 8 - size * 0.5, y, size * 0.42, palette[kind])
  }
  const small = textSize(12, k)
  const numbers = scene.numbersOf(i)
  if (!tile && numbers && lines >= 2) paintNumbers(ctx, scene, i, rect, palette, y + size * 1.12, size)
  if (tile && numbers && rect.h * k > 34) {
    ctx.font = `${small}px ${palette.font}`
    ctx.fillStyle = palette.textSubtle
    ctx.fillText(
      middleEllipsis(numbers.rate, Math.floor(room / (small * 0.54))),
      rect.x + 16,
      rect.y + rect.h * 0.7,
    )
  }
}

/** Rate and errors under the name, and a bar for each version while there is room. */
function paintNumbers(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  i: number,
  rect: Rect,
  palette: Palette,
  y: number,
  size: number,
): void {
  const item = scene.picture.items[i]
  const numbers = scene.numbersOf(i)
  if (!item || !numbers) return
  ctx.font = `500 ${size}px ${palette.font}`
  const trouble = numbers.health === 'failure' || numbers.health === 'degraded'
  const room = rect.w - 24
  const width = ctx.measureText(numbers.rate).width
  ctx.fillStyle = palette.textSubtle
  ctx.fillText(numbers.rate, rect.x + 16, y)
  if (numbers.errors !== null) {
    const gap = size * 0.6
    if (width + gap + ctx.measureText(numbers.errors).width <= room) {
      if (trouble) ctx.fillStyle = numbers.health === 'failure' ? palette.failure : palette.degraded
      ctx.fillText(numbers.errors, rect.x + 16 + width + gap, y)
    }
  }
  const top = y + size * 0.7
  const height = (rect.y + rect.h - 4 - top) / Math.max(1, item.rows.length)
  if (item.rows.length === 0 || height * scene.camera.k < 4) return
  const { incoming, health } = scene.store.nodeColumns
  const total = item.rows.reduce((sum, row) => sum + (incoming[row.node] ?? 0), 0)
  item.rows.forEach((row, r) => {
    const share = total > 0 ? (incoming[row.node] ?? 0) / total : 0
    const at = top + r * height + height * 0.25
    ctx.fillStyle = palette.border
    ctx.fillRect(rect.x + 16, at, room, height * 0.5)
    ctx.fillStyle = palette.health[health[row.node] ?? 0] ?? palette.border
    ctx.fillRect(rect.x + 16, at, room * share, height * 0.5)
  })
}

function ring(ctx: CanvasRenderingContext2D, scene: Scene, i: number, rect: Rect, palette: Palette): void {
  const selected = scene.selected.items.has(i)
  if (!selected && scene.found?.items.has(i) !== true) return
  const width = Math.max(2.5, 2 / scene.camera.k)
  ctx.lineWidth = width
  ctx.strokeStyle = selected ? palette.accent : palette.find
  ctx.beginPath()
  ctx.roundRect(rect.x - width, rect.y - width, rect.w + 2 * width, rect.h + 2 * width, 10)
  ctx.stroke()
}
