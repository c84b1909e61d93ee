import type { Point } from './geometry'
import { GROUP_GAP } from './layoutInput'
import { orderedRanks, ranks, type Flow } from './ranks'
import { shelves } from './shelves'

export interface GroupSize {
  readonly w: number
  readonly h: number
  /** What is outside of the mesh, or leads there: behind all others when it is called, else with the first. */
  readonly last?: boolean
}

/** A call between two groups with the heights at which it leaves and arrives, measured from the tops of the groups. */
export interface Lane {
  readonly source: number
  readonly target: number
  readonly sourceY: number
  readonly targetY: number
}

/**
 * Places whole groups: a column for each rank, folded into shorter columns and several rows towards `aspect`.
 * Groups without any call to another stand in shelves below. In the axes of the direction "right".
 */
export function arrangeGroups(sizes: readonly GroupSize[], lanes: readonly Lane[], aspect: number): Point[] {
  const flows = flowsOf(sizes.length, lanes)
  const linked = new Set(flows.flatMap((flow) => [flow.source, flow.target]))
  const at: Point[] = sizes.map(() => ({ x: 0, y: 0 }))
  const columns = orderedRanks(ranksWithin(sizes, flows), flows)
    .map((column) => column.filter((g) => linked.has(g)))
    .filter((column) => column.length > 0)

  let bottom = 0
  if (columns.length > 0) {
    const folded = bestFold(columns, sizes, aspect)
    for (const row of folded.rows) placeRow(row, sizes, lanes, at)
    bottom = folded.h + GROUP_GAP
  }
  const alone = sizes.map((_, g) => g).filter((g) => !linked.has(g))
  const width = Math.max(1, ...at.map((place, g) => (linked.has(g) ? place.x + (sizes[g]?.w ?? 0) : 0)))
  const packed = shelves(
    alone.map((g) => sizes[g] ?? { w: 0, h: 0 }),
    GROUP_GAP,
    bottom === 0 ? aspect : Math.max(aspect, width / 200),
  )
  alone.forEach((g, i) => {
    const corner = packed.at[i] ?? { x: 0, y: 0 }
    at[g] = { x: corner.x, y: bottom + corner.y }
  })
  return at
}

/**
 * Ranks of what is inside of the mesh by its own calls only. Callees outside share the columns behind, and unknown
 * callers the first column: a column of their own would cost everything else a tenth of its size.
 */
function ranksWithin(sizes: readonly GroupSize[], flows: readonly Flow[]): number[] {
  const outside = (g: number) => sizes[g]?.last === true
  const rank = ranks(
    sizes.length,
    flows.filter((flow) => !outside(flow.source) && !outside(flow.target)),
  )
  const last = Math.max(-1, ...rank.filter((_, g) => !outside(g)))
  const called = new Set(flows.map((flow) => flow.target))
  const calledFromOutside = new Set(flows.filter((flow) => outside(flow.source)).map((flow) => flow.target))
  return rank.map((r, g) => {
    if (!outside(g)) return r
    if (!called.has(g)) return 0
    // Only an egress gateway is called and calls on: whatever it calls stands one further.
    return last + (calledFromOutside.has(g) && !flows.some((flow) => flow.source === g) ? 2 : 1)
  })
}

function flowsOf(count: number, lanes: readonly Lane[]): Flow[] {
  const weight = new Map<number, number>()
  for (const { source, target } of lanes) {
    if (source === target) continue
    const key = source * count + target
    weight.set(key, (weight.get(key) ?? 0) + 1)
  }
  return [...weight].map(([key, value]) => ({
    source: Math.floor(key / count),
    target: key % count,
    weight: value,
  }))
}

interface Row {
  readonly columns: readonly (readonly number[])[]
  readonly y: number
  readonly h: number
}

/** Tries some heights of a column and some breaks into rows, and keeps what can be shown largest. */
function bestFold(
  columns: readonly (readonly number[])[],
  sizes: readonly GroupSize[],
  aspect: number,
): { rows: Row[]; h: number } {
  const heightOf = (column: readonly number[]) =>
    column.reduce((sum, g) => sum + (sizes[g]?.h ?? 0) + GROUP_GAP, -GROUP_GAP)
  const widthOf = (column: readonly number[]) => Math.max(...column.map((g) => sizes[g]?.w ?? 0))
  const tallest = Math.max(...sizes.map((size) => size.h))
  const highest = Math.max(...columns.map(heightOf))
  let best: { rows: Row[]; h: number } | null = null
  let bestScale = -1
  for (let step = 0; step <= 12; step++) {
    const limit = highest - ((highest - tallest) * step) / 12
    const split = columns.flatMap((column) => splitColumn(column, sizes, limit))
    const total = split.reduce((sum, column) => sum + widthOf(column) + GROUP_GAP, -GROUP_GAP)
    for (let count = 1; count <= Math.min(split.length, 12); count++) {
      const rows = brokenRows(split, total / count, widthOf, heightOf)
      const w = Math.max(
        ...rows.map((row) => row.columns.reduce((s, c) => s + widthOf(c) + GROUP_GAP, -GROUP_GAP)),
      )
      const h = rows.reduce((sum, row) => sum + row.h + GROUP_GAP, -GROUP_GAP)
      // A fold costs the reader a jump of the eye, so it must pay: 12 % per row.
      const scale = Math.min(aspect / w, 1 / h) * 0.88 ** (rows.length - 1)
      if (scale > bestScale * 1.001) {
        bestScale = scale
        best = { rows, h }
      }
    }
  }
  return best ?? { rows: [], h: 0 }
}

function splitColumn(column: readonly number[], sizes: readonly GroupSize[], limit: number): number[][] {
  const parts: number[][] = []
  let height = Infinity
  for (const g of column) {
    const own = (sizes[g]?.h ?? 0) + GROUP_GAP
    if (height + own - GROUP_GAP > limit + 0.5) {
      parts.push([])
      height = 0
    }
    parts.at(-1)?.push(g)
    height += own
  }
  return parts
}

function brokenRows(
  columns: readonly (readonly number[])[],
  limit: number,
  widthOf: (column: readonly number[]) => number,
  heightOf: (column: readonly number[]) => number,
): Row[] {
  const rows: (readonly number[])[][] = []
  let width = Infinity
  for (const column of columns) {
    const own = widthOf(column) + GROUP_GAP
    if (width + own - GROUP_GAP > limit + 0.5) {
      rows.push([])
      width = 0
    }
    rows.at(-1)?.push(column)
    width += own
  }
  let y = 0
  return rows.map((list) => {
    const h = Math.max(...list.map(heightOf))
    const row = { columns: list, y, h }
    y += h + GROUP_GAP
    return row
  })
}

/** Columns of one row side by side; each group slides towards the height at which its calls meet it. */
function placeRow(row: Row, sizes: readonly GroupSize[], lanes: readonly Lane[], at: Point[]): void {
  let x = 0
  const placed = new Set<number>()
  for (const column of row.columns) {
    stack(column, row, sizes, at, x, () => null)
    x += Math.max(...column.map((g) => sizes[g]?.w ?? 0)) + GROUP_GAP
  }
  const members = new Set(row.columns.flat())
  const wanted = (g: number): number | null => {
    let sum = 0
    let count = 0
    for (const lane of lanes) {
      const other = lane.source === g ? lane.target : lane.target === g ? lane.source : -1
      if (other < 0 || other === g || !placed.has(other) || !members.has(other)) continue
      const own = lane.source === g ? lane.sourceY : lane.targetY
      const far = lane.source === g ? lane.targetY : lane.sourceY
      sum += (at[other]?.y ?? 0) + far - own
      count += 1
    }
    return count === 0 ? null : sum / count
  }
  // The tallest column anchors the row; from there outwards the others follow their partners.
  const order = row.columns
    .map((column, i) => ({ column, i, h: column.reduce((sum, g) => sum + (sizes[g]?.h ?? 0), 0) }))
    .sort((a, b) => b.h - a.h || a.i - b.i)
  for (const { column } of order) {
    stack(column, row, sizes, at, at[column[0] ?? 0]?.x ?? 0, wanted)
    for (const g of column) placed.add(g)
  }
}

/** One column from top to bottom, each group as near to its wanted height as its neighbours and the row allow. */
function stack(
  column: readonly number[],
  row: Row,
  sizes: readonly GroupSize[],
  at: Point[],
  x: number,
  wanted: (g: number) => number | null,
): void {
  const total = column.reduce((sum, g) => sum + (sizes[g]?.h ?? 0) + GROUP_GAP, -GROUP_GAP)
  const slack = row.h - total
  let y = row.y
  let used = 0
  let centred = row.y + slack / 2
  for (const g of column) {
    const h = sizes[g]?.h ?? 0
    const lowest = row.y + slack + used
    const want = wanted(g) ?? centred
    const place = Math.min(Math.max(want, y), lowest)
    at[g] = { x, y: place }
    y = place + h + GROUP_GAP
    used += h + GROUP_GAP
    centred = Math.max(centred + h + GROUP_GAP, y)
  }
}
