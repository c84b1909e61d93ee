import type { Point } from '../../../model/layout/geometry'

const PREFIX = 'pharos.graph.pins.'

/** Cards that the user moved, by item id; kept in this browser for each layout. */
export function readPins(layout: string): Map<string, Point> {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(PREFIX + layout) ?? '{}')
    if (typeof raw !== 'object' || raw === null) return new Map()
    return new Map(
      Object.entries(raw).flatMap(([id, at]: [string, unknown]) => {
        if (!Array.isArray(at) || typeof at[0] !== 'number' || typeof at[1] !== 'number') return []
        return [[id, { x: at[0], y: at[1] }] as const]
      }),
    )
  } catch {
    // Storage may be switched off, or hold what another version wrote: then nothing is pinned.
    return new Map()
  }
}

export function writePins(layout: string, pins: ReadonlyMap<string, Point>): void {
  try {
    if (pins.size === 0) localStorage.removeItem(PREFIX + layout)
    else {
      const plain = Object.fromEntries(
        [...pins].map(([id, at]) => [id, [Math.round(at.x), Math.round(at.y)]]),
      )
      localStorage.setItem(PREFIX + layout, JSON.stringify(plain))
    }
  } catch {
    // Without storage the positions last until the page is closed.
  }
}
