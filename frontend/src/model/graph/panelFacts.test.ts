import { describe, expect, it } from 'vitest'
import type { Metrics } from '../../api/schemas'
import { combined } from './panelFacts'

type Points = Metrics['series'][number]['points']

const answer = (requests: Points, errors: Points, p95: Points): Metrics => ({
  from: '2026-01-01T00:00:00Z',
  to: '2026-01-01T00:01:00Z',
  step: 'PT20S',
  partial: false,
  sources: [],
  warnings: [],
  series: [
    { name: 'requests', labels: {}, unit: 'perSecond', points: requests },
    { name: 'errors', labels: {}, unit: 'share', points: errors },
    { name: 'p95', labels: {}, unit: 'ms', points: p95 },
  ],
})

describe('charts of several versions', () => {
  const both = [
    answer([[100, 9], [120, 9]], [[100, 0], [120, 0]], [[100, 20], [120, 20]]),
    answer([[100.03, 1], [120.03, 1]], [[100.03, 0.5], [120.03, null]], [[100.03, 800], [120.03, null]]),
  ] // prettier-ignore

  it('adds rates at the same second, although the answers differ by milliseconds', () => {
    expect(combined(both, 'requests')).toEqual({ at: [100, 120], values: [10, 10] })
  })

  it('weights error shares by requests instead of adding them', () => {
    expect(combined(both, 'errors').values[0]).toBeCloseTo(0.05)
  })

  it('keeps a gap where nothing is known', () => {
    const gap = answer([[100, null], [120, 1]], [], []) // prettier-ignore
    expect(combined([gap], 'requests')).toEqual({ at: [100, 120], values: [null, 1] })
  })

  it('takes the slowest of quantiles, and what is known where one is missing', () => {
    expect(combined(both, 'p95').values).toEqual([800, 20])
  })
})
