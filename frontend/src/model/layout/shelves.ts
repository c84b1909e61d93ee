import type { Point } from './geometry'

interface Size {
  readonly w: number
  readonly h: number
}

export interface Packed {
  readonly at: readonly Point[]
  readonly w: number
  readonly h: number
}

/**
 * Rows of rectangles in the given order, broken so that the whole comes close to `aspect`. Never overlaps;
 * the order is kept, so that a small change stays a small change.
 */
export function shelves(sizes: readonly Size[], gap: number, aspect: number): Packed {
  if (sizes.length === 0) return { at: [], w: 0, h: 0 }
  const total = sizes.reduce((sum, size) => sum + size.w + gap, -gap)
  const widest = Math.max(...sizes.map((size) => size.w))
  let best: Packed | null = null
  let bestScale = -1
  for (let rows = 1; rows <= Math.min(sizes.length, 24); rows++) {
    const packed = broken(sizes, gap, Math.max(widest, total / rows))
    const scale = Math.min(aspect / packed.w, 1 / packed.h)
    if (scale > bestScale) {
      best = packed
      bestScale = scale
    }
  }
  return best ?? broken(sizes, gap, widest)
}

function broken(sizes: readonly Size[], gap: number, limit: number): Packed {
  const at: Point[] = []
  let x = 0
  let y = 0
  let shelf = 0
  let width = 0
  for (const size of sizes) {
    if (x > 0 && x + size.w > limit + 0.5) {
      y += shelf + gap
      x = 0
      shelf = 0
    }
    at.push({ x, y })
    x += size.w + gap
    shelf = Math.max(shelf, size.h)
    width = Math.max(width, x - gap)
  }
  return { at, w: width, h: y + shelf }
}
