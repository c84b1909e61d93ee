import type { Health } from '../api/schemas'
import { isTrouble } from './health'
import type { ListSearch } from './listSearch'

/** Keeps the rows whose text holds every word of `q` and whose health fits. */
export function filtered<R extends { readonly health: Health }>(
  rows: readonly R[],
  search: ListSearch,
  textOf: (row: R) => string,
): R[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    const { status } = row.health
    if (search.health === 'trouble' ? !isTrouble(status) : search.health && status !== search.health)
      return false
    const text = textOf(row).toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
