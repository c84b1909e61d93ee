import type { Point } from './geometry'
import type { LayoutInput, Positions } from './layoutInput'
import { insertPinned } from './pinnedInsertion'
import { LayoutCache, twoLevelLayout } from './twoLevel'

export interface LayoutRequest {
  readonly revision: number
  readonly input: LayoutInput
  /** Places that must not change, by item id; null: lay out everything afresh. */
  readonly known: ReadonlyMap<string, Point> | null
}

export interface LayoutAnswer {
  readonly revision: number
  readonly positions: Positions
  readonly fresh: boolean
}

/** What the worker does with one message; a function, so that it can be tested without a worker. */
export function answer(request: LayoutRequest, cache: LayoutCache = new LayoutCache()): LayoutAnswer {
  const { revision, input, known } = request
  if (known === null) return { revision, positions: twoLevelLayout(input, cache), fresh: true }
  return { revision, positions: insertPinned(input, known), fresh: false }
}
