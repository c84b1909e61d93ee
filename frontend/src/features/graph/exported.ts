import { itemNumbers } from '../../model/graph/describe'
import type { GraphStore } from '../../model/graph/graphStore'
import { LINE_CLASSES } from '../../model/graph/values'
import type { Palette } from './scene/palette'
import type { Scene } from './scene/Scene'
import { widthStep } from './scene/painter'

/** The rows of the graph as the API gave them, with the moment they are from. */
export function exportedJson(store: GraphStore): string {
  const { facts, nodes, edges, boxes } = store
  return JSON.stringify(
    { at: facts?.at, window: facts?.window, kind: facts?.kind, nodes, edges, boxes },
    null,
    2,
  )
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The same picture as a drawing that can be edited; names and numbers are text. */
export function exportedSvg(scene: Scene, palette: Palette): string {
  const all = scene.extent() ?? { x: 0, y: 0, w: 1, h: 1 }
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${all.x - 40} ${all.y - 40} ${all.w + 80} ${all.h + 80}" font-family="sans-serif">`,
    `<rect x="${all.x - 40}" y="${all.y - 40}" width="${all.w + 80}" height="${all.h + 80}" fill="${palette.canvas}"/>`,
  ]
  scene.picture.boxes.forEach((box, i) => {
    const rect = scene.boxes[i]
    if (!rect) return
    out.push(
      `<rect x="${rect.x}" y="${rect.y}" width="${rect.w}" height="${rect.h}" rx="12" fill="${box.kind === 'cluster' ? 'none' : palette.box}" stroke="${palette.border}"/>`,
      `<text x="${rect.x + 14}" y="${rect.y + 22}" font-size="12.5" font-weight="600" fill="${palette.textSubtle}">${escaped(box.name)}</text>`,
    )
  })
  const dashes: Readonly<Record<string, string>> = { idle: '1.5 5', tcp: '2 4.5', failure: '11 6' }
  scene.routes.forEach((route, l) => {
    const line = LINE_CLASSES[scene.values.links.line[l] ?? 0] ?? 'healthy'
    const [x, y, ...rest] = route.curve.map((value) => Math.round(value * 10) / 10)
    const width =
      1.25 + widthStep(scene.values.links.total[l] ?? 0, scene.picture.links[l]?.tcp === true) * 0.8
    const curve = `M${x ?? 0} ${y ?? 0}C${rest.join(' ')}`
    const dash = dashes[line]
    out.push(
      `<path d="${curve}" fill="none" stroke="${palette.lines[line]}" stroke-width="${width}"${dash === undefined ? '' : ` stroke-dasharray="${dash}"`}/>`,
    )
    const n = route.points.length
    const tipX = route.points[n - 2] ?? 0
    const tipY = route.points[n - 1] ?? 0
    const angle =
      Math.atan2(tipY - (route.points[n - 3] ?? 0), tipX - (route.points[n - 4] ?? 0)) * (180 / Math.PI)
    out.push(
      `<path d="M0 0L-9 -4V4Z" transform="translate(${tipX} ${tipY}) rotate(${angle})" fill="${palette.lines[line]}"/>`,
    )
  })
  scene.rects.forEach((rect, i) => {
    const item = scene.picture.items[i]
    if (!item) return
    const numbers = itemNumbers(item, scene.values, i)
    const line = [numbers.rate, numbers.errors, numbers.time].filter((part) => part !== null).join(' · ')
    out.push(
      `<rect x="${rect.x}" y="${rect.y}" width="${rect.w}" height="${rect.h}" rx="8" fill="${palette.surface}" stroke="${palette.borderStrong}"/>`,
      `<rect x="${rect.x}" y="${rect.y}" width="5" height="${rect.h}" fill="${palette.health[scene.values.items.health[i] ?? 0] ?? palette.border}"/>`,
      `<text x="${rect.x + 15}" y="${rect.y + 23}" font-size="13" font-weight="600" fill="${palette.text}">${escaped(item.label)}</text>`,
      `<text x="${rect.x + 15}" y="${rect.y + 43}" font-size="12" fill="${palette.textSubtle}">${escaped(line)}</text>`,
    )
  })
  out.push('</svg>')
  return out.join('\n')
}
