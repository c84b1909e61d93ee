import { oneOf, text, type RawSearch } from '../viewSearch'

const SEVERITIES = ['any', 'error', 'warning', 'info', 'none'] as const
export type SeverityFilter = (typeof SEVERITIES)[number]

/** What a link to the list of objects holds. */
export interface ConfigSearch {
  /** Words that must occur. */
  q?: string | undefined
  /** Kinds, separated by commas. */
  kind?: string | undefined
  /** Objects with findings of this level, with any, or without. */
  sev?: SeverityFilter | undefined
  /** Column, with a minus in front for the largest first. */
  sort?: string | undefined
}

/** What a link to the findings holds. */
export interface FindingsSearch {
  q?: string | undefined
  sev?: 'error' | 'warning' | 'info' | undefined
  code?: string | undefined
  /** How they are grouped; absent: by code. */
  by?: 'object' | undefined
}

/** What a link to one object holds. */
export interface ObjectSearch {
  /** Path of the field to show: `spec.http[0].route[0]`. */
  at?: string | undefined
  /** The changes of the draft, or the whole object as the server keeps it; absent: the editor. */
  view?: 'changes' | 'raw' | undefined
}

const KINDS = /^[A-Za-z0-9.,-]{1,400}$/
const PATH = /^[\w.[\]/:*~ -]{1,300}$/

export function validateConfigSearch(raw: RawSearch): ConfigSearch {
  const search: ConfigSearch = {}
  const q = text(raw, 'q')
  if (q !== undefined) search.q = q.slice(0, 200)
  const kind = text(raw, 'kind')
  if (kind !== undefined && KINDS.test(kind)) search.kind = kind
  const sev = oneOf(raw, 'sev', SEVERITIES)
  if (sev !== undefined) search.sev = sev
  const sort = text(raw, 'sort')
  if (sort !== undefined && /^-?[a-zA-Z0-9]+$/.test(sort)) search.sort = sort
  return search
}

export function validateFindingsSearch(raw: RawSearch): FindingsSearch {
  const search: FindingsSearch = {}
  const q = text(raw, 'q')
  if (q !== undefined) search.q = q.slice(0, 200)
  const sev = oneOf(raw, 'sev', ['error', 'warning', 'info'])
  if (sev !== undefined) search.sev = sev
  const code = text(raw, 'code')
  if (code !== undefined && /^[A-Z]{3}\d{4}$/.test(code)) search.code = code
  const by = oneOf(raw, 'by', ['object'])
  if (by !== undefined) search.by = by
  return search
}

export function validateObjectSearch(raw: RawSearch): ObjectSearch {
  const search: ObjectSearch = {}
  const at = text(raw, 'at')
  if (at !== undefined && PATH.test(at)) search.at = at
  const view = oneOf(raw, 'view', ['changes', 'raw'])
  if (view !== undefined) search.view = view
  return search
}
