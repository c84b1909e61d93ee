import { expect, it } from 'vitest'
import { ago, duration, durationSeconds, durationWords, isoDuration, stepFor } from './time'

it.each([
  ['PT5S', 5],
  ['PT1M30S', 90],
  ['PT3H', 10_800],
  ['P1DT1H', 90_000],
  ['PT0S', null],
  ['P', null],
  ['5m', null],
  ['', null],
])('reads the duration %s as %s seconds', (iso, seconds) => expect(durationSeconds(iso)).toBe(seconds))

it.each([1, 59, 60, 90, 3600, 5400, 86_400])('writes %s seconds so that they read back', (seconds) => {
  expect(durationSeconds(isoDuration(seconds))).toBe(seconds)
})

it.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [95, '1 min 35 s'],
  [3600, '1 h'],
  [3605, '1 h'],
  [100_000, '1 d 3 h'],
])('says %s seconds as %s', (seconds, words) => expect(duration(seconds)).toBe(words))

it('shows a duration it cannot read as it came', () => expect(durationWords('5m')).toBe('5m'))

it('calls a moment of a clock that runs ahead "just now"', () => {
  expect(ago('2026-11-21T10:00:02Z', Date.parse('2026-11-21T10:00:00Z'))).toBe('just now')
  expect(ago('2026-11-21T09:58:00Z', Date.parse('2026-11-21T10:00:00Z'))).toBe('2 min ago')
})

it.each([
  [300, 'PT5S'],
  [1800, 'PT10S'],
  [10_800, 'PT1M'],
  [86_400, 'PT10M'],
  [10_000_000, 'PT1H'],
])('steps through %s seconds by %s', (range, step) => expect(stepFor(range)).toBe(step))
