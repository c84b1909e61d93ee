import type { Series } from '../api/schemas'
import { inUnit } from './units'

/** Columns for a chart: the moments, and for each line a value or a gap per moment. */
export interface ChartData {
  readonly at: readonly number[]
  readonly lines: readonly (readonly (number | null)[])[]
}

/** Lines that were sampled at different moments share one axis; where a line has no point it has a gap. */
export function chartData(series: readonly Series[]): ChartData {
  const at = [...new Set(series.flatMap((line) => line.points.map(([time]) => time)))].sort((a, b) => a - b)
  const index = new Map(at.map((time, position) => [time, position]))
  const lines = series.map((line) => {
    const values = new Array<number | null>(at.length).fill(null)
    for (const [time, value] of line.points) values[index.get(time) ?? 0] = value
    return values
  })
  return { at, lines }
}

/** The name of a line among its siblings: the value of its one label, or what it measures. */
export function lineName(series: Series): string {
  const values = Object.values(series.labels).filter((value) => value !== '')
  return values.length > 0 ? values.join(' ') : series.name
}

/** Newest known value, and the range over the whole line. */
export interface LineSummary {
  readonly last: number | null
  readonly least: number | null
  readonly most: number | null
}

export function lineSummary(values: readonly (number | null)[]): LineSummary {
  const known = values.filter((value) => value !== null)
  return {
    last: known.at(-1) ?? null,
    least: known.length === 0 ? null : known.reduce((a, b) => Math.min(a, b)),
    most: known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b)),
  }
}

/** What a chart shows, in a sentence per line, for those who do not see it. */
export function chartSummary(series: readonly Series[]): string {
  return series
    .map((line) => {
      const { last, least, most } = lineSummary(line.points.map(([, value]) => value))
      return last === null
        ? `${lineName(line)}: no data.`
        : `${lineName(line)}: ${inUnit(last, line.unit)} now, between ${inUnit(least, line.unit)} and ${inUnit(most, line.unit)}.`
    })
    .join(' ')
}
