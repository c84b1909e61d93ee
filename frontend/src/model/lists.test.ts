import { expect, it } from 'vitest'
import type { Health, HealthStatus } from '../api/schemas'
import { filtered } from './listFilter'
import { validateListSearch } from './listSearch'
import { formatSort, parseSort, sorted } from './sorting'

const row = (name: string, status: HealthStatus): { name: string; health: Health } => ({
  name,
  health: { status, reasons: [] },
})
const ROWS = [
  row('reviews bookinfo', 'degraded'),
  row('ratings bookinfo', 'failure'),
  row('cart shop', 'healthy'),
]
const names = (search: Parameters<typeof filtered>[1]) =>
  filtered(ROWS, search, (r) => r.name).map((r) => r.name)

it.each([
  [{}, 3],
  [{ q: 'BOOK' }, 2],
  [{ q: 'book rat' }, 1],
  [{ q: 'book cart' }, 0],
  [{ health: 'trouble' as const }, 2],
  [{ health: 'healthy' as const, q: 'cart' }, 1],
  [{ health: 'notReady' as const }, 0],
])('keeps the rows that fit %o', (search, count) => expect(names(search)).toHaveLength(count))

it.each([false, true])('puts unknown values last, descending %s', (descending) => {
  expect(sorted([null, 2, 10, null, 1], (value) => value, descending).slice(3)).toEqual([null, null])
})

it('sorts numbers in names as numbers', () => {
  expect(sorted(['v10', 'v9', 'v1'], (name) => name, false)).toEqual(['v1', 'v9', 'v10'])
})

it.each(['rate', '-rate'])('reads and writes the sort %s', (text) =>
  expect(formatSort(parseSort(text))).toBe(text),
)

it('drops what a link must not hold', () => {
  expect(validateListSearch({ q: 'x', health: 'fine', sort: 'a;b', extra: '1' })).toEqual({ q: 'x' })
})
