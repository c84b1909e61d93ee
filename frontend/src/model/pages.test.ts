import { describe, expect, it } from 'vitest'
import type { Series, Source } from '../api/schemas'
import { defaultSpan, fromFirstKnown } from './charts'
import { factName, factValue } from './facts'
import { attentionWords, mergedReasons, withoutThreshold } from './health'

describe('reasons of health', () => {
  it('say once what holds in both directions', () => {
    const rest = 'HTTP requests ended with 500 (degraded above 0 %)'
    expect(mergedReasons([`1.6 % of inbound ${rest}`, `1.6 % of outbound ${rest}`])).toEqual([
      `1.6 % of inbound and outbound ${rest}`,
    ])
  })

  it('stay apart where the numbers differ', () => {
    const two = ['1 % of inbound gRPC requests ended with 5', '2 % of outbound gRPC requests ended with 5']
    expect(mergedReasons(two)).toEqual(two)
  })

  it.each([
    [
      '1 % of inbound HTTP requests ended with 500 (degraded above 0 %)',
      '1 % of inbound HTTP requests ended with 500',
    ],
    ['100 % of requests ended with 14 (failure from 10 %)', '100 % of requests ended with 14'],
    ['scaled to 0 replicas (by hand)', 'scaled to 0 replicas (by hand)'],
  ])('"%s" is listed as "%s"', (reason, listed) => expect(withoutThreshold(reason)).toBe(listed))
})

it.each([
  [{ failure: 1, degraded: 2, notReady: 0, healthy: 5, na: 1 }, '3 of 9 need attention'],
  [{ failure: 0, degraded: 0, notReady: 1, healthy: 5, na: 0 }, '1 needs attention'],
  [{ failure: 0, degraded: 0, notReady: 0, healthy: 5, na: 1 }, '5 healthy, 1 no data'],
])('%o in words', (counts, words) => expect(attentionWords(counts)).toBe(words))

it.each([
  ['lastRound', 'PT0.064S', 'Last round: 64 ms'],
  ['interval', 'PT15S', 'Interval: 15 s'],
  ['kept', '100000', 'Kept: 100,000'],
  ['version', '18.6', 'Version: 18.6'],
])('the fact %s of %s', (name, value, words) => expect(`${factName(name)}: ${factValue(value)}`).toBe(words))

describe('the span of charts', () => {
  const source = (retention?: string): Source => ({
    name: 'scrape',
    kind: 'metrics',
    state: 'ok',
    observedAt: null,
    since: null,
    detail: '',
    warnings: [],
    facts: retention === undefined ? {} : { retention },
  })

  it.each([
    [undefined, 'PT30M'],
    ['PT6H', 'PT30M'],
    ['PT15M', 'PT10M'],
    ['PT1M', 'PT5M'],
  ])('with a retention of %s is %s', (retention, span) => expect(defaultSpan([source(retention)])).toBe(span))

  const line = (from: number, to: number, known: number): Series => ({
    name: 'requests',
    labels: {},
    unit: 'perSecond',
    points: Array.from({ length: (to - from) / 10 + 1 }, (_, index) => {
      const at = from + index * 10
      return [at, at >= known ? 1 : null]
    }),
  })

  it('begins with the first value when there was none before, but is never shorter than five minutes', () => {
    const { series, since } = fromFirstKnown([line(0, 1800, 1790), line(0, 1800, 1740)])
    expect(since).toBe(1740)
    expect(series.map((shown) => shown.points[0]?.[0])).toEqual([1500, 1500])
  })

  it('is what was asked for when values are missing within', () => {
    const gap = line(0, 1800, 30)
    expect(fromFirstKnown([gap])).toEqual({ series: [gap], since: null })
  })

  it('is what was asked for when nothing is known', () => {
    const nothing = line(0, 1800, Infinity)
    expect(fromFirstKnown([nothing])).toEqual({ series: [nothing], since: null })
  })
})
