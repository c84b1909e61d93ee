/** Plain rectangles in world units (1 unit is 1 CSS pixel at zoom 1); x and y are the top left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Rect extends Point {
  readonly w: number
  readonly h: number
}

export function overlaps(a: Rect, b: Rect, gap = 0): boolean {
  return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap
}

export function union(a: Rect | null, b: Rect): Rect {
  if (a === null) return b
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y }
}

/** Larger on all sides; `top` more on the upper one, for a heading. */
export function grown(rect: Rect, by: number, top = 0): Rect {
  return { x: rect.x - by, y: rect.y - by - top, w: rect.w + 2 * by, h: rect.h + 2 * by + top }
}

const CELL = 256

/** Answers "what is near here" without looking at everything: rectangles by the cells that they touch. */
export class RectGrid<T> {
  private readonly cells = new Map<string, { rect: Rect; value: T }[]>()

  add(rect: Rect, value: T): void {
    const entry = { rect, value }
    this.eachCell(rect, 0, (key) => {
      const cell = this.cells.get(key)
      if (cell) cell.push(entry)
      else this.cells.set(key, [entry])
      return false
    })
  }

  /** The first that overlaps `rect` (with `gap` around it) and for which `accept` holds. */
  find(rect: Rect, gap = 0, accept?: (value: T) => boolean): T | undefined {
    let found: T | undefined
    this.eachCell(rect, gap, (key) =>
      (this.cells.get(key) ?? []).some((entry) => {
        if (!overlaps(entry.rect, rect, gap) || accept?.(entry.value) === false) return false
        found = entry.value
        return true
      }),
    )
    return found
  }

  /** Everything that overlaps `rect`; each once. */
  all(rect: Rect, gap = 0): Set<T> {
    const found = new Set<T>()
    this.eachCell(rect, gap, (key) => {
      for (const entry of this.cells.get(key) ?? [])
        if (overlaps(entry.rect, rect, gap)) found.add(entry.value)
      return false
    })
    return found
  }

  private eachCell(rect: Rect, gap: number, visit: (key: string) => boolean): void {
    const right = Math.floor((rect.x + rect.w + gap) / CELL)
    const bottom = Math.floor((rect.y + rect.h + gap) / CELL)
    for (let cx = Math.floor((rect.x - gap) / CELL); cx <= right; cx++) {
      for (let cy = Math.floor((rect.y - gap) / CELL); cy <= bottom; cy++) {
        if (visit(`${cx},${cy}`)) return
      }
    }
  }
}
