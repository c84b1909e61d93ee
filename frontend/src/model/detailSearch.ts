import { durationSeconds } from './time'
import { oneOf, text, type RawSearch } from './viewSearch'

/** What a link to a service or workload holds beside its name. */
export interface DetailSearch {
  /** One line per version, per response code, or one for all. */
  by?: 'version' | 'code' | 'none' | undefined
  dir?: 'in' | 'out' | undefined
  /** Span of the charts, ISO 8601; their end is the moment of the view. */
  range?: string | undefined
  /** Charts shown as tables. */
  as?: 'table' | undefined
}

export function validateDetailSearch(raw: RawSearch): DetailSearch {
  const search: DetailSearch = {}
  const by = oneOf(raw, 'by', ['version', 'code', 'none'])
  if (by !== undefined) search.by = by
  const dir = oneOf(raw, 'dir', ['in', 'out'])
  if (dir !== undefined) search.dir = dir
  const range = text(raw, 'range')
  if (range !== undefined && durationSeconds(range) !== null) search.range = range
  const as = oneOf(raw, 'as', ['table'])
  if (as !== undefined) search.as = as
  return search
}
