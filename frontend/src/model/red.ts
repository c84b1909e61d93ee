import type { Red, RequestRates } from '../api/schemas'

/** One line of numbers for a table or a tile: HTTP and gRPC taken together, TCP beside them. */
export interface RedLine {
  readonly perSecond: number | null
  readonly errorShare: number | null
  /** Of the protocol with more requests: quantiles of two distributions cannot be added. */
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly tcpBytesPerSecond: number | null
}

const NOTHING_KNOWN: RedLine = {
  perSecond: null,
  errorShare: null,
  p50: null,
  p95: null,
  p99: null,
  tcpBytesPerSecond: null,
}

export function redLine(red: Red | null): RedLine {
  if (red === null) return NOTHING_KNOWN
  const parts = [red.protocol.http, red.protocol.grpc].filter((part) => part !== null)
  const busiest = parts.reduce<RequestRates | null>(
    (most, part) => (most === null || (part.perSecond ?? 0) > (most.perSecond ?? 0) ? part : most),
    null,
  )
  const perSecond = sumKnown(parts.map((part) => part.perSecond))
  return {
    perSecond,
    errorShare: errorShareOf(parts),
    p50: busiest?.p50 ?? null,
    p95: busiest?.p95 ?? null,
    p99: busiest?.p99 ?? null,
    tcpBytesPerSecond: red.tcp?.bytesPerSecond ?? null,
  }
}

/** Sum of what is known; null when nothing is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}

/** Failed requests by all requests, over the parts where both are known. */
export function errorShareOf(
  parts: readonly { readonly perSecond: number | null; readonly errorShare: number | null }[],
): number | null {
  let requests = 0
  let failed = 0
  let known = false
  for (const { perSecond, errorShare } of parts) {
    if (perSecond === null || errorShare === null) continue
    known = true
    requests += perSecond
    failed += perSecond * errorShare
  }
  return known && requests > 0 ? failed / requests : null
}
