import type { Point } from './geometry'
import type { LayoutInput, Positions } from './layoutInput'
import { openInPlace, type OpenedTile } from './openInPlace'
import { insertPinned } from './pinnedInsertion'
import { LayoutCache, twoLevelLayout } from './twoLevel'

export interface LayoutRequest {
  readonly revision: number
  readonly input: LayoutInput
  /** Places that must not change, by item id; null: lay out everything afresh. */
  readonly known: ReadonlyMap<string, Point> | null
  /** Tiles among the known places whose cards come in their stead. */
  readonly opened: readonly OpenedTile[]
}

export interface LayoutAnswer {
  readonly revision: number
  readonly positions: Positions
  readonly fresh: boolean
}

/** What the worker does with one message; a function, so that it can be tested without a worker. */
export function answer(request: LayoutRequest, cache: LayoutCache = new LayoutCache()): LayoutAnswer {
  const { revision, input, known, opened } = request
  if (known === null) return { revision, positions: twoLevelLayout(input, cache), fresh: true }
  const places = opened.length === 0 ? known : openInPlace(input, known, opened)
  return { revision, positions: insertPinned(input, places), fresh: false }
}
