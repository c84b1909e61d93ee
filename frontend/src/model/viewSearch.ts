import { durationSeconds } from './time'

/** The part of the address that every page shares. Absent means the default, so that plain links stay short. */
export interface ViewSearch {
  /** Namespaces, separated by commas; absent: all. */
  ns?: string | undefined
  /** Span over which rates are computed, ISO 8601. */
  w?: string | undefined
  /** A past moment, RFC 3339; absent: live. */
  t?: string | undefined
  /** Time between two refreshes, ISO 8601, or `off` while paused. */
  r?: string | undefined
}

/** The same, ready to use. */
export interface MeshView {
  readonly namespaces: readonly string[]
  readonly window: string
  readonly at: string | null
  /** Null: paused, or a past moment that does not change. */
  readonly refreshMs: number | null
  readonly paused: boolean
}

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/**
 * What the address holds. The router lays validated values over the raw ones, so a refused raw value is still there
 * when a page reads its search: pages validate what they read.
 */
export type RawSearch = Readonly<Record<string, unknown>>

/** Keeps what is valid. What is not is dropped: a mistyped link opens the default instead of an error. */
export function validateViewSearch(raw: RawSearch): ViewSearch {
  const search: ViewSearch = {}
  const namespaces = namespaceList(text(raw, 'ns'))
  if (namespaces.length > 0) search.ns = namespaces.join(',')
  const window = text(raw, 'w')
  if (window !== undefined && durationSeconds(window) !== null) search.w = window
  const at = text(raw, 't')
  if (at !== undefined && /^\d{4}-\d\d-\d\dT/.test(at) && !Number.isNaN(Date.parse(at))) search.t = at
  const refresh = text(raw, 'r')
  if (refresh === 'off' || (refresh !== undefined && durationSeconds(refresh) !== null)) search.r = refresh
  return search
}

export function text(raw: RawSearch, key: string): string | undefined {
  const value = raw[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The value if it is one of the allowed ones. */
export function oneOf<T extends string>(raw: RawSearch, key: string, allowed: readonly T[]): T | undefined {
  return allowed.find((value) => value === raw[key])
}

function namespaceList(value: string | undefined): string[] {
  return [...new Set((value ?? '').split(',').filter((name) => NAMESPACE.test(name)))].sort()
}

export function meshView(search: ViewSearch, defaults: { window: string; refresh: string }): MeshView {
  const at = search.t ?? null
  const paused = search.r === 'off'
  const seconds = durationSeconds(paused ? '' : (search.r ?? defaults.refresh))
  return {
    namespaces: namespaceList(search.ns),
    window: search.w ?? defaults.window,
    at,
    refreshMs: at === null && seconds !== null ? Math.max(1, seconds) * 1000 : null,
    paused,
  }
}

/** Plain `key=value` pairs; commas and colons stay readable. TanStack Router's default would write JSON. */
export function parseSearch(searchStr: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(searchStr))
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(key, value)
    else if (typeof value === 'number' || typeof value === 'boolean') params.set(key, String(value))
  }
  const written = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/')
  return written === '' ? '' : `?${written}`
}
