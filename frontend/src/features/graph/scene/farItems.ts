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
  const twoLines = Math.min(rect.h, 56) * k > 25
  const y = rect.y + (item.shape === 'tile' ? rect.h * 0.36 : twoLines ? 18 : Math.min(rect.h / 2, 30))
  ctx.fillText(middleEllipsis(item.label, Math.max(4, Math.floor(room / (size * 0.56)))), rect.x + 16, y)
  if (health >= 3) {
    const kind = health === 4 ? 'failure' : 'degraded'
    glyph(ctx, kind, rect.x + rect.w - 8 - size * 0.5, y, size * 0.42, palette[kind])
  }
  const small = textSize(12, k)
  const numbers = scene.numbersOf(i)
  if (item.shape === 'tile' && numbers && rect.h * k > 34) {
    ctx.font = `${small}px ${palette.font}`
    ctx.fillStyle = palette.textSubtle
    ctx.fillText(
      middleEllipsis(numbers.rate, Math.floor(room / (small * 0.54))),
      rect.x + 16,
      rect.y + rect.h * 0.7,
    )
  }
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
