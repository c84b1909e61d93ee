import type { HealthStatus } from '../api/schemas'
import { oneOf, text, type RawSearch } from './viewSearch'

/** What a link to a filtered and sorted list holds. */
export interface ListSearch {
  /** Words that must occur in the row. */
  q?: string | undefined
  health?: HealthFilter | undefined
  /** Column, with a minus in front for the largest first. */
  sort?: string | undefined
}

export type HealthFilter = HealthStatus | 'trouble'
const HEALTH_FILTERS: readonly HealthFilter[] = [
  'trouble',
  'failure',
  'degraded',
  'notReady',
  'healthy',
  'na',
]

export function validateListSearch(raw: RawSearch): ListSearch {
  const search: ListSearch = {}
  const q = text(raw, 'q')
  if (q !== undefined) search.q = q.slice(0, 200)
  const health = oneOf(raw, 'health', HEALTH_FILTERS)
  if (health !== undefined) search.health = health
  const sort = text(raw, 'sort')
  if (sort !== undefined && /^-?[a-zA-Z0-9]+$/.test(sort)) search.sort = sort
  return search
}
