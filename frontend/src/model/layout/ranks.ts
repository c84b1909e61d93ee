/** Weighted calls between groups; indices of groups. */
export interface Flow {
  readonly source: number
  readonly target: number
  readonly weight: number
}

/** A flow below this share of what leaves its source does not push its target to the right. */
const SIGNIFICANT = 0.15

/**
 * A rank for each group: callers before callees. Cycles are cut where they run against the balance of each
 * group (a group that mostly calls stands left of one that is mostly called), then ranks are longest paths.
 */
export function ranks(count: number, flows: readonly Flow[]): number[] {
  const incoming = new Float64Array(count)
  const outgoing = new Float64Array(count)
  for (const flow of flows) {
    outgoing[flow.source] = (outgoing[flow.source] ?? 0) + flow.weight
    incoming[flow.target] = (incoming[flow.target] ?? 0) + flow.weight
  }
  const balance = (i: number): number => {
    const sum = (incoming[i] ?? 0) + (outgoing[i] ?? 0)
    return sum === 0 ? 0 : ((incoming[i] ?? 0) - (outgoing[i] ?? 0)) / sum
  }
  const forward = flows.filter((flow) => {
    if (flow.source === flow.target || flow.weight <= SIGNIFICANT * (outgoing[flow.source] ?? 0)) return false
    const difference = balance(flow.target) - balance(flow.source)
    return difference > 0 || (difference === 0 && flow.source < flow.target)
  })
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => balance(a) - balance(b) || a - b)
  const from = new Map<number, number[]>()
  for (const flow of forward) from.set(flow.source, [...(from.get(flow.source) ?? []), flow.target])
  const rank = new Array<number>(count).fill(0)
  // `order` is topological for `forward`: each of its flows leads to a higher balance, or index at equal balance.
  for (const node of order) {
    for (const target of from.get(node) ?? [])
      rank[target] = Math.max(rank[target] ?? 0, (rank[node] ?? 0) + 1)
  }
  return rank
}

/** Each rank ordered so that groups stand near their partners: four sweeps of the weighted barycentre. */
export function orderedRanks(rank: readonly number[], flows: readonly Flow[]): number[][] {
  const rows = new Map<number, number[]>()
  rank.forEach((r, i) => rows.set(r, [...(rows.get(r) ?? []), i]))
  const columns = [...rows].sort(([a], [b]) => a - b).map(([, members]) => members)
  const place = new Map<number, number>()
  const note = () =>
    columns.forEach((column) => column.forEach((g, i) => place.set(g, (i + 0.5) / column.length)))
  note()
  const partners = new Map<number, { other: number; weight: number }[]>()
  for (const { source, target, weight } of flows) {
    if (source === target) continue
    partners.set(source, [...(partners.get(source) ?? []), { other: target, weight }])
    partners.set(target, [...(partners.get(target) ?? []), { other: source, weight }])
  }
  for (let sweep = 0; sweep < 4; sweep++) {
    for (const column of columns) {
      const centre = new Map(
        column.map((g) => {
          const near = (partners.get(g) ?? []).filter((p) => rank[p.other] !== rank[g])
          const sum = near.reduce((s, p) => s + p.weight, 0)
          const mean = near.reduce((s, p) => s + p.weight * (place.get(p.other) ?? 0.5), 0)
          return [g, sum === 0 ? (place.get(g) ?? 0.5) : mean / sum]
        }),
      )
      column.sort((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0) || a - b)
    }
    note()
  }
  return columns
}
