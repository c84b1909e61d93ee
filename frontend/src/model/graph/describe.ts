import { HEALTH_WORDS } from '../health'
import { bytesPerSecond, counted, milliseconds, percent, rateNumber } from '../units'
import { HEALTH_CODES } from './graphStore'
import type { Item, Picture, Shape } from './picture'
import type { PictureValues } from './values'

export const SHAPE_WORDS: Readonly<Record<Shape, string>> = {
  workload: 'workload',
  app: 'app',
  service: 'service',
  serviceEntry: 'service entry',
  gateway: 'gateway',
  waypoint: 'waypoint',
  unknown: 'unknown source',
  egress: 'Envoy cluster for hosts outside',
  tile: 'namespace',
}

export const healthOf = (code: number | undefined) => HEALTH_CODES[code ?? 0] ?? 'na'

/** What is heard when the keyboard arrives at an item: "reviews, app, bookinfo, 61.5 requests per second, …". */
export function itemWords(picture: Picture, values: PictureValues, i: number): string {
  const item = picture.items[i]
  if (!item) return ''
  const rate = values.items.rate[i] ?? 0
  const failed = values.items.failed[i] ?? 0
  const tcp = values.items.tcp[i] ?? 0
  const callers = new Set<number>()
  for (const l of picture.linksOf[i] ?? []) {
    const link = picture.links[l]
    if (link?.target === i && link.source !== i) callers.add(link.source)
  }
  const parts = [item.label, SHAPE_WORDS[item.shape], ...(item.shape === 'tile' ? [] : [item.namespace])]
  if (rate > 0) parts.push(`${rateNumber(rate)} requests per second`, `${percent(failed / rate)} errors`)
  else if (tcp > 0) parts.push(`TCP ${bytesPerSecond(tcp)}`)
  else parts.push('no traffic')
  const health = healthOf(values.items.health[i])
  if (health !== 'healthy' && health !== 'na') parts.push(HEALTH_WORDS[health].toLowerCase())
  if (item.rows.length > 0) parts.push(counted(item.rows.length, 'version'))
  parts.push(counted(callers.size, 'caller'))
  return parts.join(', ')
}

/** The line of numbers in a card: "61.8 rps · 0.4 % · 198 ms". */
export interface Numbers {
  readonly rate: string
  readonly errors: string | null
  readonly time: string | null
  readonly health: (typeof HEALTH_CODES)[number]
}

export function itemNumbers(item: Item, values: PictureValues, i: number): Numbers {
  const rate = values.items.rate[i] ?? 0
  const failed = values.items.failed[i] ?? 0
  const tcp = values.items.tcp[i] ?? 0
  const p95 = values.items.p95[i] ?? NaN
  const health = healthOf(values.items.health[i])
  if (rate > 0) {
    return {
      rate: `${rateNumber(rate)} rps`,
      errors: percent(failed / rate),
      time: Number.isNaN(p95) ? null : milliseconds(p95),
      health,
    }
  }
  if (tcp > 0) return { rate: bytesPerSecond(tcp), errors: null, time: 'TCP', health }
  return { rate: item.flags.has('dead') ? 'gone' : 'no traffic', errors: null, time: null, health }
}

/** At most `most` characters with the middle left out: both ends of a Kubernetes name tell it apart. */
export function middleEllipsis(text: string, most: number): string {
  if (text.length <= most) return text
  const head = Math.ceil((most - 1) * 0.55)
  return `${text.slice(0, head)}…${text.slice(text.length - (most - 1 - head))}`
}
