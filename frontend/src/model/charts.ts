import type { Series, Source } from '../api/schemas'
import { durationSeconds } from './time'

/** One panel of the RED charts. */
export interface Panel {
  readonly title: string
  readonly unit: string
  readonly series: readonly Series[]
}

export type Quantile = 'avg' | 'p50' | 'p95' | 'p99'

/** Spans to choose from, ISO 8601, shortest first. */
export const CHART_SPANS = ['PT5M', 'PT10M', 'PT15M', 'PT30M', 'PT1H', 'PT3H', 'PT6H', 'PT24H'] as const

const USUAL_SPAN_SECONDS = 1800
/** A rate needs samples from before its moment. */
const RATE_WINDOW_SECONDS = 60

/** Half an hour, or as much of it as the source of the metrics remembers. */
export function defaultSpan(sources: readonly Source[]): string {
  const retentions = sources
    .filter((source) => source.kind === 'metrics')
    .map((source) => durationSeconds(source.facts['retention'] ?? ''))
    .filter((seconds) => seconds !== null)
  const limit = Math.min(USUAL_SPAN_SECONDS, ...retentions.map((seconds) => seconds - RATE_WINDOW_SECONDS))
  return CHART_SPANS.findLast((span) => (durationSeconds(span) ?? 0) <= limit) ?? CHART_SPANS[0]
}

/** A chart of a mesh that has just started shows these seconds at least. */
const LEAST_SHOWN_SECONDS = 300

/**
 * The series from where the first of them has a value. Recording that began a minute ago would else be a sliver at
 * the edge of an empty chart. `since` is null where nothing much was cut away.
 */
export function fromFirstKnown(series: readonly Series[]): {
  readonly series: readonly Series[]
  readonly since: number | null
} {
  let first = Infinity
  let last = -Infinity
  for (const line of series) {
    const known = line.points.find(([, value]) => value !== null)
    if (known) first = Math.min(first, known[0])
    last = Math.max(last, line.points.at(-1)?.[0] ?? -Infinity)
  }
  const cut = Math.min(first, last - LEAST_SHOWN_SECONDS)
  const begin = Math.min(...series.map((line) => line.points[0]?.[0] ?? Infinity))
  if (!Number.isFinite(first) || cut - begin < (last - begin) / 10) return { series, since: null }
  return {
    series: series.map((line) => ({ ...line, points: line.points.filter(([time]) => time >= cut) })),
    since: first,
  }
}

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
