import type { LinkColumns } from './values'

/** World units per second. Constant on purpose: speed is not a metric, and nobody can read one from it. */
export const DOT_SPEED = 70
export const MAX_DOTS = 2000

/** Dots that a line of this length carries: their density grows with the logarithm of the rate. */
export function dotCount(perSecond: number, length: number, tcp: boolean): number {
  if (perSecond <= 0 || length < 20) return 0
  // Bytes are counted in kilobytes here, so that a line of TCP looks about as busy as one of requests.
  const rate = tcp ? perSecond / 1000 : perSecond
  const per100 = 0.35 + 0.55 * Math.log10(1 + rate)
  return Math.max(1, Math.min(24, Math.round((length / 100) * per100)))
}

/** Dots per line within the budget: lines in trouble first, then the busiest. Index by position in `links`. */
export function dotBudget(
  links: readonly number[],
  values: LinkColumns,
  lengthOf: (link: number) => number,
  isTcp: (link: number) => boolean,
): Map<number, number> {
  const order = [...links].sort(
    (a, b) =>
      Number((values.line[b] ?? 0) >= 3) - Number((values.line[a] ?? 0) >= 3) ||
      (values.total[b] ?? 0) - (values.total[a] ?? 0),
  )
  const counts = new Map<number, number>()
  let left = MAX_DOTS
  for (const link of order) {
    const count = Math.min(left, dotCount(values.total[link] ?? 0, lengthOf(link), isTcp(link)))
    if (count <= 0) continue
    counts.set(link, count)
    left -= count
    if (left <= 0) break
  }
  return counts
}

/** Does the dot number `turn` of this line stand for a failed request? Exactly `share` of them do, evenly spread. */
export function isFailedDot(turn: number, share: number): boolean {
  return Math.floor((turn + 1) * share) > Math.floor(turn * share)
}
