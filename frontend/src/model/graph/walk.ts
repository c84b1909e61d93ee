import type { Rect } from '../layout/geometry'
import type { Picture } from './picture'

export type Step = 'callee' | 'caller' | 'next' | 'previous' | 'home'

/**
 * Where an arrow key leads. Right and left follow a call (the one with the most traffic first), up and down go to
 * siblings: other items that stand in the same rank, nearest first.
 */
export function walk(
  picture: Picture,
  rects: readonly Rect[],
  rates: Float32Array,
  from: number | null,
  step: Step,
  down = false,
): number | null {
  if (picture.items.length === 0) return null
  if (from === null || step === 'home') return entry(picture, rates)
  if (step === 'callee' || step === 'caller') {
    let best: number | null = null
    let most = -1
    for (const l of picture.linksOf[from] ?? []) {
      const link = picture.links[l]
      if (!link || link.source === link.target) continue
      if ((step === 'callee' ? link.source : link.target) !== from) continue
      const total = rates[l] ?? 0
      if (total > most) {
        most = total
        best = step === 'callee' ? link.target : link.source
      }
    }
    return best
  }
  const own = rects[from]
  if (!own) return null
  const centre = (rect: Rect) => ({ x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 })
  const here = centre(own)
  let best: number | null = null
  let nearest = Infinity
  rects.forEach((rect, i) => {
    if (i === from) return
    const there = centre(rect)
    const along = down ? there.x - here.x : there.y - here.y
    const across = Math.abs(down ? there.y - here.y : there.x - here.x)
    if (step === 'next' ? along <= 0.5 : along >= -0.5) return
    // Same rank first: a step sideways costs three times as much.
    const distance = Math.abs(along) + 3 * across
    if (distance < nearest) {
      nearest = distance
      best = i
    }
  })
  return best
}

/** Where reading starts: the gateway or root with the most traffic. */
function entry(picture: Picture, rates: Float32Array): number {
  let best = 0
  let most = -1
  picture.items.forEach((item, i) => {
    const out = (picture.linksOf[i] ?? []).reduce(
      (sum, l) => sum + (picture.links[l]?.source === i ? (rates[l] ?? 0) : 0),
      0,
    )
    const called = (picture.linksOf[i] ?? []).some((l) => picture.links[l]?.target === i)
    const score = out + (item.shape === 'gateway' ? 1e9 : called ? 0 : 1e6)
    if (score > most) {
      most = score
      best = i
    }
  })
  return best
}
