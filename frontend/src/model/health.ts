import type { Health, HealthStatus, Namespace, Service, Source, Workload } from '../api/schemas'
import { redLine } from './red'

/** How a status is told apart without colour: its own word and its own place in the order of urgency. */
export const HEALTH_WORDS: Readonly<Record<HealthStatus, string>> = {
  failure: 'Failing',
  degraded: 'Degraded',
  notReady: 'Not ready',
  healthy: 'Healthy',
  na: 'No data',
}

const URGENCY: Readonly<Record<HealthStatus, number>> = {
  failure: 4,
  degraded: 3,
  notReady: 2,
  healthy: 1,
  na: 0,
}

export const HEALTH_ORDER: readonly HealthStatus[] = ['failure', 'degraded', 'notReady', 'healthy', 'na']

export const urgency = (status: HealthStatus): number => URGENCY[status]

export const isTrouble = (status: HealthStatus): boolean => URGENCY[status] >= URGENCY.notReady

export type HealthCounts = Readonly<Record<HealthStatus, number>>

export function healthCounts(items: readonly { readonly health: Health }[]): HealthCounts {
  const counts = { failure: 0, degraded: 0, notReady: 0, healthy: 0, na: 0 }
  for (const item of items) counts[item.health.status] += 1
  return counts
}

/** "2 failing, 1 degraded, 9 healthy"; what does not occur is not named. */
export function countWords(counts: HealthCounts): string {
  const parts = HEALTH_ORDER.filter((status) => counts[status] > 0).map(
    (status) => `${counts[status]} ${HEALTH_WORDS[status].toLowerCase()}`,
  )
  return parts.length === 0 ? 'nothing known' : parts.join(', ')
}

/** "3 of 12 need attention", or how many of what is known are well. */
export function attentionWords(counts: HealthCounts): string {
  const all = HEALTH_ORDER.reduce((sum, status) => sum + counts[status], 0)
  const troubled = HEALTH_ORDER.filter(isTrouble).reduce((sum, status) => sum + counts[status], 0)
  if (troubled === 0) return countWords(counts)
  return troubled === 1 ? '1 needs attention' : `${troubled} of ${all} need attention`
}

/** Something that needs a look, with the reason in words and the page that shows it. */
export interface Concern {
  readonly kind: 'service' | 'workload'
  readonly namespace: string
  readonly name: string
  readonly status: HealthStatus
  readonly reasons: readonly string[]
  readonly perSecond: number | null
  readonly errorShare: number | null
}

/** Everything in trouble, worst first; within one status the one with more failing requests first. */
export function concerns(services: readonly Service[], workloads: readonly Workload[]): Concern[] {
  const of = (kind: Concern['kind'], item: Service | Workload): Concern => {
    const { perSecond, errorShare } = redLine(item.in)
    return {
      kind,
      namespace: item.namespace,
      name: item.name,
      status: item.health.status,
      reasons: mergedReasons(reasonWords(item.health)),
      perSecond,
      errorShare,
    }
  }
  const failing = (concern: Concern) => (concern.perSecond ?? 0) * (concern.errorShare ?? 0)
  return [
    ...services.map((service) => of('service', service)),
    ...workloads.map((workload) => of('workload', workload)),
  ]
    .filter((concern) => isTrouble(concern.status))
    .sort(
      (a, b) =>
        urgency(b.status) - urgency(a.status) ||
        failing(b) - failing(a) ||
        a.namespace.localeCompare(b.namespace) ||
        a.name.localeCompare(b.name),
    )
}

/** The reasons that explain the status, worst first; reasons of healthy parts explain nothing. */
export function reasonWords(health: Health): string[] {
  return health.reasons
    .filter((reason) => isTrouble(reason.status))
    .sort((a, b) => urgency(b.status) - urgency(a.status))
    .map((reason) => reason.text)
}

const BOUND = /^(.+ of )(inbound|outbound)( .+)$/
const THRESHOLD = / \((?:degraded|failure) (?:above|from) [^()]*\)$/

/** Of a service, what comes in is what goes on to its workloads: the same finding in both directions is said once. */
export function mergedReasons(reasons: readonly string[]): string[] {
  const bothWays = (reason: string) => reason.replace(BOUND, '$1inbound and outbound$3')
  const isTwice = (reason: string) =>
    reasons.filter((other) => bothWays(other) === bothWays(reason)).length > 1
  return [...new Set(reasons.map((reason) => (isTwice(reason) ? bothWays(reason) : reason)))]
}

/** Without the threshold that was crossed, for lists; the page of the thing itself states it. */
export const withoutThreshold = (reason: string): string => reason.replace(THRESHOLD, '')

export function worstFirst(namespaces: readonly Namespace[]): Namespace[] {
  return [...namespaces].sort(
    (a, b) => urgency(b.health.status) - urgency(a.health.status) || a.name.localeCompare(b.name),
  )
}

export const SOURCE_WORDS: Readonly<Record<Source['state'], string>> = {
  ok: 'OK',
  partial: 'Partial',
  stale: 'Stale',
  down: 'Down',
  starting: 'Starting',
}

const SOURCE_URGENCY: Readonly<Record<Source['state'], number>> = {
  down: 4,
  stale: 3,
  partial: 2,
  starting: 1,
  ok: 0,
}

export function worstSource(sources: readonly Source[]): Source | null {
  return sources.reduce<Source | null>(
    (worst, source) =>
      worst === null || SOURCE_URGENCY[source.state] > SOURCE_URGENCY[worst.state] ? source : worst,
    null,
  )
}
