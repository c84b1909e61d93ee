export type SortValue = string | number | null

export interface Sort {
  readonly key: string
  readonly descending: boolean
}

/** "-rate" is the column `rate`, largest first. */
export function parseSort(text: string): Sort {
  return text.startsWith('-') ? { key: text.slice(1), descending: true } : { key: text, descending: false }
}

export const formatSort = (sort: Sort): string => (sort.descending ? `-${sort.key}` : sort.key)

const words = new Intl.Collator('en', { numeric: true })

/** Sorted copy. Unknown values come last in both directions: they are neither the largest nor the smallest. */
export function sorted<R>(rows: readonly R[], valueOf: (row: R) => SortValue, descending: boolean): R[] {
  const sign = descending ? -1 : 1
  return [...rows].sort((left, right) => {
    const a = valueOf(left)
    const b = valueOf(right)
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    return (
      sign * (typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b)))
    )
  })
}
