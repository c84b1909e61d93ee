import type { Namespace, Service, Workload } from '../api/schemas'
import { healthCounts, worstFirst, type HealthCounts } from './health'
import { errorShareOf, redLine, sumKnown } from './red'

export interface NamespaceLine {
  readonly namespace: Namespace
  /** Of its services and workloads. */
  readonly counts: HealthCounts
  readonly perSecond: number | null
  readonly errorShare: number | null
}

/** One line per namespace, worst first; rates are the namespace's own, else the sum over its services. */
export function namespaceLines(
  namespaces: readonly Namespace[],
  services: readonly Service[],
  workloads: readonly Workload[],
): NamespaceLine[] {
  return worstFirst(namespaces).map((namespace) => {
    const own = services.filter((service) => service.namespace === namespace.name)
    const known = namespace.rates === null ? null : redLine(namespace.rates)
    const summed = own.map((service) => redLine(service.in))
    return {
      namespace,
      counts: healthCounts([
        ...own,
        ...workloads.filter((workload) => workload.namespace === namespace.name),
      ]),
      perSecond: known?.perSecond ?? sumKnown(summed.map((line) => line.perSecond)),
      errorShare: known?.errorShare ?? errorShareOf(summed),
    }
  })
}

export interface Totals {
  readonly perSecond: number | null
  readonly errorShare: number | null
  readonly failedPerSecond: number | null
  /** Quantiles of different services cannot be joined, so the slowest stands for all and is named. */
  readonly slowest: { readonly service: Service; readonly p95: number } | null
}

export function totals(services: readonly Service[]): Totals {
  const lines = services.map((service) => ({ service, ...redLine(service.in) }))
  const perSecond = sumKnown(lines.map((line) => line.perSecond))
  const errorShare = errorShareOf(lines)
  let slowest: Totals['slowest'] = null
  for (const { service, p95 } of lines) {
    if (p95 !== null && (slowest === null || p95 > slowest.p95)) slowest = { service, p95 }
  }
  return {
    perSecond,
    errorShare,
    failedPerSecond: perSecond === null || errorShare === null ? null : perSecond * errorShare,
    slowest,
  }
}
