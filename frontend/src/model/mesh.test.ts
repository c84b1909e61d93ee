import { describe, expect, it } from 'vitest'
import { answer, namespaces } from '../../e2e/fixtures/mesh'
import { parse } from '../api/http'
import {
  metricsSchema,
  namespacesSchema,
  serviceDetailSchema,
  servicesSchema,
  workloadsSchema,
  type Red,
  type Series,
  type Source,
} from '../api/schemas'
import { chartData, chartSummary, lineName } from './chartData'
import { redPanels } from './charts'
import { concerns, countWords, healthCounts, reasonWords, worstSource } from './health'
import { neighbourLines } from './neighbours'
import { namespaceLines, totals } from './overview'
import { errorShareOf, redLine, sumKnown } from './red'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const ask = (path: string, query = '') => answer(path, new URLSearchParams(query), NOW)
const services = parse(servicesSchema, ask('/services')).items
const workloads = parse(workloadsSchema, ask('/workloads')).items

describe('what needs attention', () => {
  it('comes worst first, and within one status with more failing requests first', () => {
    expect(concerns(services, workloads).map((concern) => `${concern.status} ${concern.name}`)).toEqual([
      'failure ratings',
      'failure ratings-v1',
      'failure reviews-v3',
      'degraded reviews',
      'degraded reviews-v2',
      'notReady checkout-v2',
    ])
  })

  it('explains with the reasons of the trouble only', () => {
    const health = {
      status: 'failure' as const,
      reasons: [
        { status: 'degraded' as const, text: 'some' },
        { status: 'healthy' as const, text: 'fine' },
        { status: 'failure' as const, text: 'many' },
      ],
    }
    expect(reasonWords(health)).toEqual(['many', 'some'])
  })

  it('counts in words and says when nothing is known', () => {
    expect(countWords(healthCounts(services))).toBe('1 failing, 1 degraded, 6 healthy, 1 no data')
    expect(countWords(healthCounts([]))).toBe('nothing known')
  })
})

describe('totals', () => {
  it('add what is known and weigh errors by requests', () => {
    expect(sumKnown([null, null])).toBeNull()
    expect(sumKnown([null, 2])).toBe(2)
    expect(errorShareOf([])).toBeNull()
    expect(
      errorShareOf([
        { perSecond: 90, errorShare: 0 },
        { perSecond: 10, errorShare: 0.5 },
        { perSecond: null, errorShare: 1 },
      ]),
    ).toBeCloseTo(0.05)
  })

  it('name the slowest service instead of joining quantiles', () => {
    expect(totals(services).slowest?.service.name).toBe('checkout')
    expect(totals([])).toEqual({ perSecond: null, errorShare: null, failedPerSecond: null, slowest: null })
  })

  it('take the quantiles of the busier protocol', () => {
    const part = (perSecond: number, p95: number) => ({
      perSecond,
      errorShare: 0,
      p50: null,
      p95,
      p99: null,
      avg: null,
    })
    const red: Red = { protocol: { http: part(1, 10), grpc: part(9, 70) }, tcp: null }
    expect(redLine(red)).toMatchObject({ perSecond: 10, p95: 70, tcpBytesPerSecond: null })
    expect(redLine(null).perSecond).toBeNull()
  })

  it('list namespaces worst first', () => {
    const lines = namespaceLines(parse(namespacesSchema, namespaces(NOW)).items, services, workloads)
    expect(lines.map((line) => line.namespace.name)).toEqual(['bookinfo', 'shop', 'istio-ingress'])
    expect(lines[0]?.counts).toMatchObject({ failure: 3, degraded: 2 })
  })
})

describe('callers and callees', () => {
  it('lead to the page of the workload, with the share of failed calls', () => {
    const detail = parse(serviceDetailSchema, ask('/services/bookinfo/reviews'))
    expect(neighbourLines(detail.callers)[0]).toMatchObject({
      page: { kind: 'workload', namespace: 'bookinfo', name: 'productpage-v1' },
      perSecond: 61.5,
      errorShare: 0.019,
    })
  })
})

describe('charts', () => {
  const line = (name: string, version: string, points: Series['points']): Series => ({
    name,
    labels: version === '' ? {} : { version },
    unit: 'perSecond',
    points,
  })

  it('share one axis and keep gaps', () => {
    const lines = [
      line('requests', 'v1', [
        [10, 1],
        [20, null],
      ]),
      line('requests', 'v2', [
        [20, 5],
        [30, 6],
      ]),
    ]
    expect(chartData(lines)).toEqual({
      at: [10, 20, 30],
      lines: [
        [1, null, null],
        [null, 5, 6],
      ],
    })
    expect(lines.map(lineName)).toEqual(['v1', 'v2'])
  })

  it('are summed up in words', () => {
    expect(
      chartSummary([
        line('requests', '', [
          [1, 4],
          [2, 8],
          [3, 6],
        ]),
        line('errors', '', []),
      ]),
    ).toBe('requests: 6 rps now, between 4 rps and 8 rps. errors: no data.')
  })

  it('show one quantile per version, all quantiles for one line, and TCP only where there is some', () => {
    const { series } = parse(metricsSchema, ask('/services/bookinfo/reviews/metrics', 'by=version'))
    expect(redPanels(series, 'version', 'p99').map((panel) => [panel.title, panel.series.length])).toEqual([
      ['Requests', 3],
      ['Errors', 3],
      ['Duration p99', 3],
    ])
    const all = parse(metricsSchema, ask('/services/bookinfo/reviews/metrics')).series
    expect(redPanels(all, 'none', 'p95')[2]?.series.map((each) => each.name)).toEqual(['p50', 'p95', 'p99'])
    expect(redPanels([...all, line('tcpSent', '', [[1, 3]])], 'none', 'p95')).toHaveLength(4)
  })
})

it('takes the worst source for all', () => {
  const source = (name: string, state: Source['state']): Source => ({
    name,
    kind: 'metrics',
    state,
    observedAt: null,
    since: null,
    detail: '',
    warnings: [],
    facts: {},
  })
  expect(worstSource([source('a', 'ok'), source('b', 'stale'), source('c', 'partial')])?.name).toBe('b')
  expect(worstSource([])).toBeNull()
})
