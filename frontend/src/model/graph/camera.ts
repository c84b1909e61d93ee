import type { Point, Rect } from '../layout/geometry'

/** Screen = world × k + (x, y): the same form as a transform of d3-zoom. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly k: number
}

export interface Size {
  readonly w: number
  readonly h: number
}

export const MIN_ZOOM = 0.05
export const MAX_ZOOM = 2.5

export const toWorld = (camera: Camera, point: Point): Point => ({
  x: (point.x - camera.x) / camera.k,
  y: (point.y - camera.y) / camera.k,
})

/** The part of the world that is in view. */
export const viewRect = (camera: Camera, size: Size): Rect => ({
  ...toWorld(camera, { x: 0, y: 0 }),
  w: size.w / camera.k,
  h: size.h / camera.k,
})

/** Shows all of `rect`, centred, never larger than `most`. */
export function fit(rect: Rect, size: Size, padding = 18, most = 1.1): Camera {
  const k = Math.max(
    MIN_ZOOM,
    Math.min(
      most,
      (size.w - 2 * padding) / Math.max(rect.w, 1),
      (size.h - 2 * padding) / Math.max(rect.h, 1),
    ),
  )
  return { k, x: (size.w - rect.w * k) / 2 - rect.x * k, y: (size.h - rect.h * k) / 2 - rect.y * k }
}

/** Moves as little as needed to bring `rect` into view; enlarges when it could not be read. */
export function reveal(camera: Camera, rect: Rect, size: Size, readable = 0.7): Camera {
  const k = camera.k < readable ? Math.max(readable, camera.k) : camera.k
  const margin = 48
  const view = viewRect(camera, size)
  const inside =
    k === camera.k &&
    rect.x >= view.x + margin / k &&
    rect.y >= view.y + margin / k &&
    rect.x + rect.w <= view.x + view.w - margin / k &&
    rect.y + rect.h <= view.y + view.h - margin / k
  if (inside) return camera
  return {
    k,
    x: size.w / 2 - (rect.x + rect.w / 2) * k,
    y: size.h / 2 - (rect.y + rect.h / 2) * k,
  }
}

/**
 * From here on cards are DOM and lines have labels. Half size, because a dozen apps should open readable on a
 * laptop; the text inside keeps its nine pixels.
 */
export const CARD_ZOOM = 0.48

/** Labels on lines come a little earlier than cards: on a small laptop the first look has both. */
export const LABEL_ZOOM = 0.38

/** What is drawn depends on how large it appears. */
export type Detail = 'blocks' | 'outlines' | 'names' | 'cards'

export function detailAt(k: number): Detail {
  if (k < 0.25) return 'blocks'
  if (k < 0.35) return 'outlines'
  return k < CARD_ZOOM ? 'names' : 'cards'
}

/** No text smaller than this on screen: it disappears instead. */
export const MIN_TEXT_PX = 9

/** Size in world units of a text that is `size` at zoom 1 and never below 9 pixels on screen. */
export const textSize = (size: number, k: number): number => Math.max(size, MIN_TEXT_PX / k)
