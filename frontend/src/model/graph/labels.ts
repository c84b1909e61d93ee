import { bytesPerSecond, milliseconds, percent, rate } from '../units'
import type { Link } from './picture'
import type { LinkColumns } from './values'

/** What may be printed on a line; up to two at a time. */
export const EDGE_LABELS = ['rps', 'err', 'p50', 'p95', 'p99', 'avg', 'bytes', 'share'] as const
export type EdgeLabel = (typeof EDGE_LABELS)[number]

export const EDGE_LABEL_WORDS: Readonly<Record<EdgeLabel, string>> = {
  rps: 'Requests per second',
  err: 'Errors',
  p50: 'Median response time',
  p95: 'Response time p95',
  p99: 'Response time p99',
  avg: 'Average response time',
  bytes: 'Throughput',
  share: 'Share of the caller’s traffic',
}

const unknown = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value

/** The text on a line; empty when nothing chosen is known. Trouble always names its error share. */
export function linkLabel(link: Link, i: number, values: LinkColumns, chosen: readonly EdgeLabel[]): string {
  const total = values.total[i] ?? 0
  const parts: string[] = []
  const add = (kind: EdgeLabel) => {
    switch (kind) {
      case 'rps':
        if (total > 0) parts.push(link.tcp ? bytesPerSecond(total) : rate(total))
        break
      case 'err': {
        const failed = values.failed[i] ?? 0
        if (!link.tcp && total > 0 && failed > 0) parts.push(percent(failed / total))
        break
      }
      case 'share': {
        const share = unknown(values.share[i])
        if (share !== null) parts.push(percent(share))
        break
      }
      case 'bytes': {
        const throughput = link.tcp ? total : unknown(values.throughput[i])
        if (throughput !== null && throughput > 0 && !(link.tcp && chosen.includes('rps'))) {
          parts.push(bytesPerSecond(throughput))
        }
        break
      }
      default: {
        const time = unknown(values[kind][i])
        if (time !== null && !link.tcp) parts.push(milliseconds(time))
      }
    }
  }
  chosen.forEach(add)
  return parts.join(' · ')
}
