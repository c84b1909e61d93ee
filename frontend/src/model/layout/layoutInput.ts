import type { Point } from './geometry'

/** A card or a tile to place. */
export interface LayoutItem {
  readonly id: string
  readonly w: number
  readonly h: number
  /** The namespace box that it belongs to. */
  readonly group: string
  /** Its group is no box: an external service or an unknown source, alone at the edge of the picture. */
  readonly loose?: boolean
  /** Behind everything that calls it: outside of the mesh, or the way out. */
  readonly last?: boolean
  /** The box around one app inside the namespace; null: none. */
  readonly sub: string | null
  /** Inside an app box: 0 for the service in front, 1 for the versions behind it. */
  readonly lane: 0 | 1
}

/** `source` and `target` are indices into the items. */
export interface LayoutLink {
  readonly source: number
  readonly target: number
}

/** Calls run left to right, or top to bottom where the canvas is narrow. */
export type Direction = 'right' | 'down'

export interface LayoutInput {
  readonly items: readonly LayoutItem[]
  readonly links: readonly LayoutLink[]
  /** The cluster of each group; groups of one cluster stay together. */
  readonly clusters: Readonly<Record<string, string>>
  /** Groups that are drawn as boxes need room for a border and a heading. */
  readonly boxed: boolean
  readonly direction: Direction
  /** Width over height of the canvas. */
  readonly aspect: number
}

/** Where each item goes, in the order of the input. */
export type Positions = readonly Point[]

/** Room that the boxes take around their content. The scene draws with the same numbers. */
export const APP_PAD = 12
export const APP_HEAD = 20
export const BOX_PAD = 18
export const BOX_HEAD = 22
export const CLUSTER_PAD = 26
export const CLUSTER_HEAD = 24
/** Between two ranks there must be room for a label: about 100 pixels sideways, less when labels stand between rows. */
export const RANK_GAP: Readonly<Record<Direction, number>> = { right: 96, down: 64 }
export const ROW_GAP: Readonly<Record<Direction, number>> = { right: 20, down: 32 }
export const GROUP_GAP = 44
