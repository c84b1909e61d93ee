import { expect, it } from 'vitest'
import { validateDetailSearch } from './detailSearch'
import { meshView, parseSearch, stringifySearch, validateViewSearch } from './viewSearch'

const DEFAULTS = { window: 'PT1M', refresh: 'PT5S' }

it.each([
  ['valid values', '?ns=shop,bookinfo&w=PT5M&r=off', { ns: 'bookinfo,shop', w: 'PT5M', r: 'off' }],
  ['names that no namespace can have', '?ns=UPPER,<script>,ok', { ns: 'ok' }],
  ['a window that is none', '?w=5m&r=PT0S', {}],
  ['a moment', '?t=2026-11-21T10:00:00Z', { t: '2026-11-21T10:00:00Z' }],
  ['a moment that is none', '?t=yesterday', {}],
])('validates %s', (_what, text, expected) => expect(validateViewSearch(parseSearch(text))).toEqual(expected))

it('writes addresses that people can read, and reads them back', () => {
  const search = {
    ns: 'bookinfo,shop',
    t: '2026-11-21T10:00:00Z',
    focus: 'bookinfo/reviews',
    empty: '',
    gone: undefined,
  }
  const text = stringifySearch(search)
  expect(text).toBe('?ns=bookinfo,shop&t=2026-11-21T10:00:00Z&focus=bookinfo/reviews')
  expect(parseSearch(text)).toEqual({
    ns: 'bookinfo,shop',
    t: '2026-11-21T10:00:00Z',
    focus: 'bookinfo/reviews',
  })
})

it.each([
  [{}, 5000, false],
  [{ r: 'PT30S' }, 30_000, false],
  [{ r: 'off' }, null, true],
  [{ t: '2026-11-21T10:00:00Z' }, null, false],
])('refreshes %o every %s ms', (search, refreshMs, paused) => {
  expect(meshView(search, DEFAULTS)).toMatchObject({ refreshMs, paused })
})

it('keeps only what a detail page understands', () => {
  expect(validateDetailSearch({ by: 'code', dir: 'sideways', range: 'PT5M', as: 'table' })).toEqual({
    by: 'code',
    range: 'PT5M',
    as: 'table',
  })
})
