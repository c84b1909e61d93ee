import type { Series } from '../api/schemas'

/** One panel of the RED charts. */
export interface Panel {
  readonly title: string
  readonly unit: string
  readonly series: readonly Series[]
}

export type Quantile = 'avg' | 'p50' | 'p95' | 'p99'

const named = (series: readonly Series[], ...names: string[]) =>
  series.filter((line) => names.includes(line.name))

/**
 * Rate, errors, duration, and TCP where there is any. With one line per version or code, duration shows one quantile
 * (lines of three quantiles of four versions cannot be told apart); with one line for all, it shows all quantiles.
 */
export function redPanels(
  series: readonly Series[],
  by: 'version' | 'code' | 'none',
  quantile: Quantile,
): Panel[] {
  const duration = by === 'none' ? named(series, 'p50', 'p95', 'p99') : named(series, quantile)
  const errors = named(series, 'errors')
  const tcp = named(series, 'tcpSent', 'tcpReceived').filter((line) =>
    line.points.some(([, value]) => value !== null && value > 0),
  )
  const panels: Panel[] = [
    { title: 'Requests', unit: 'perSecond', series: named(series, 'requests') },
    { title: 'Errors', unit: errors[0]?.unit ?? 'perSecond', series: errors },
    { title: by === 'none' ? 'Duration' : `Duration ${quantile}`, unit: 'ms', series: duration },
  ]
  return tcp.length === 0 ? panels : [...panels, { title: 'TCP', unit: 'bytesPerSecond', series: tcp }]
}
