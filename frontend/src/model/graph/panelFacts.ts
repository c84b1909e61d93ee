import type { GraphEdge, GraphNode, Metrics, Series } from '../../api/schemas'
import type { GraphStore } from './graphStore'
import type { Picture } from './picture'
import type { LinkColumns } from './values'

/** One line of the table "what answered how". Shares are 0 … 1 of the requests. */
export interface ResponseLine {
  readonly code: string
  readonly flags: string
  readonly share: number
}

/** Codes and Envoy flags over all these edges, weighted by their rates; the most frequent first. */
export function responseLines(edges: readonly GraphEdge[]): ResponseLine[] {
  const sums = new Map<string, { code: string; flags: string; rate: number }>()
  let all = 0
  for (const edge of edges) {
    if (edge.protocol === 'tcp') continue
    const total = edge.rates['total'] ?? 0
    all += total
    for (const [code, { flags }] of Object.entries(edge.responses)) {
      for (const [flag, percent] of Object.entries(flags)) {
        const key = `${code}|${flag}`
        const known = sums.get(key) ?? { code, flags: flag, rate: 0 }
        sums.set(key, { ...known, rate: known.rate + (total * percent) / 100 })
      }
    }
  }
  return [...sums.values()]
    .map(({ code, flags, rate }) => ({ code, flags, share: all > 0 ? rate / all : 0 }))
    .filter((line) => line.share > 0)
    .sort((a, b) => b.share - a.share)
}

/** Hosts that were asked for, with their share of the requests; the most frequent first. */
export function hostLines(edges: readonly GraphEdge[]): { host: string; share: number }[] {
  const sums = new Map<string, number>()
  let all = 0
  for (const edge of edges) {
    const total = edge.rates['total'] ?? 0
    all += total
    for (const { hosts } of Object.values(edge.responses)) {
      for (const [host, percent] of Object.entries(hosts))
        sums.set(host, (sums.get(host) ?? 0) + (total * percent) / 100)
    }
  }
  return [...sums]
    .map(([host, rate]) => ({ host, share: all > 0 ? rate / all : 0 }))
    .sort((a, b) => b.share - a.share)
}

/** Requests per second by the class of their outcome. */
export interface OutcomeRates {
  readonly total: number
  readonly ok: number
  readonly redirected: number
  readonly clientErrors: number
  readonly serverErrors: number
  readonly noResponse: number
  readonly grpcErrors: number
}

const sum = (
  rows: readonly { readonly rates: Readonly<Record<string, number | null>> }[],
  key: string,
): number => rows.reduce((total, row) => total + (row.rates[key] ?? 0), 0)

export function incomingOutcomes(nodes: readonly GraphNode[], protocol: 'http' | 'grpc'): OutcomeRates {
  const of = (name: string) => sum(nodes, `${protocol}In${name}`)
  return outcomes({
    total: of(''),
    redirected: of('3xx'),
    clientErrors: of('4xx'),
    serverErrors: of('5xx'),
    noResponse: of('NoResponse'),
    grpcErrors: protocol === 'grpc' ? of('Err') : 0,
  })
}

export function edgeOutcomes(edges: readonly GraphEdge[], protocol: 'http' | 'grpc'): OutcomeRates {
  const own = edges.filter((edge) => edge.protocol === protocol)
  return outcomes({
    total: sum(own, 'total'),
    redirected: sum(own, '3xx'),
    clientErrors: sum(own, '4xx'),
    serverErrors: sum(own, '5xx'),
    noResponse: sum(own, 'noResponse'),
    grpcErrors: protocol === 'grpc' ? sum(own, 'err') : 0,
  })
}

function outcomes(rates: Omit<OutcomeRates, 'ok'>): OutcomeRates {
  const rest =
    rates.redirected + rates.clientErrors + rates.serverErrors + rates.noResponse + rates.grpcErrors
  return { ...rates, ok: Math.max(0, rates.total - rest) }
}

export interface Partner {
  readonly item: number
  readonly link: number
}

/** Who calls, or is called by, an item: the busiest first. */
export function partners(
  picture: Picture,
  values: LinkColumns,
  item: number,
  side: 'callers' | 'callees',
): Partner[] {
  return (picture.linksOf[item] ?? [])
    .flatMap((l): Partner[] => {
      const link = picture.links[l]
      if (!link) return []
      if (side === 'callers') return link.target === item ? [{ item: link.source, link: l }] : []
      return link.source === item ? [{ item: link.target, link: l }] : []
    })
    .sort((a, b) => (values.total[b.link] ?? 0) - (values.total[a.link] ?? 0))
}

export function edgesOf(store: GraphStore, picture: Picture, links: readonly number[]): GraphEdge[] {
  return links.flatMap((l) => (picture.links[l]?.edges ?? []).flatMap((e) => store.edges[e] ?? []))
}

/** One line of a small chart. */
export interface Line {
  readonly at: readonly number[]
  readonly values: readonly (number | null)[]
}

/**
 * The named series of several answers as one: rates add up, shares are weighted by the requests they are shares of, of
 * quantiles the slowest is taken. Points are matched by their second.
 */
export function combined(answers: readonly Metrics[], name: string): Line {
  const parts = answers.map((answer) => {
    const series = answer.series.filter((one) => one.name === name)
    return {
      seconds: series.flatMap((one) => one.points.map(([second]) => Math.round(second))),
      points: pointsOf(series),
      weights: pointsOf(answer.series.filter((one) => one.name === 'requests')),
      share: series[0]?.unit === 'share',
    }
  })
  const at = [...new Set(parts.flatMap((part) => part.seconds))].sort((a, b) => a - b)
  const adds = name === 'requests' || name === 'errors' || name.startsWith('tcp')
  const values = at.map((second): number | null => {
    const known = parts.flatMap((part) => {
      const value = part.points.get(second)
      return value === undefined ? [] : [{ value, weight: part.share ? (part.weights.get(second) ?? 0) : 1 }]
    })
    if (known.length === 0) return null
    if (!adds) return Math.max(...known.map((one) => one.value))
    const sum = known.reduce((total, one) => total + one.value * one.weight, 0)
    if (parts[0]?.share !== true) return sum
    const weight = known.reduce((total, one) => total + one.weight, 0)
    return weight > 0 ? sum / weight : null
  })
  return { at, values }
}

/** Known points by their second; answers asked for at slightly different moments still meet. */
function pointsOf(lists: readonly Series[]): Map<number, number> {
  const points = new Map<number, number>()
  for (const { points: list } of lists) {
    for (const [at, value] of list) {
      const second = Math.round(at)
      if (value !== null) points.set(second, (points.get(second) ?? 0) + value)
    }
  }
  return points
}
