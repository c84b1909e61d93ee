import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

/** What a browser has and jsdom does not: layout, media queries and a canvas. The stand-ins only keep still. */
class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

if (typeof window !== 'undefined') {
  window.matchMedia = (query: string) =>
    ({
      matches: false,
      media: query,
      addEventListener() {},
      removeEventListener() {},
    }) as unknown as MediaQueryList
  window.ResizeObserver = StillObserver
  window.scrollTo = () => {}
  Element.prototype.scrollIntoView = () => {}
  const context: object = new Proxy({}, { get: () => () => ({ width: 0 }), set: () => true })
  HTMLCanvasElement.prototype.getContext = (() => context) as unknown as HTMLCanvasElement['getContext']
  globalThis.Path2D = class {
    moveTo(): void {}
    lineTo(): void {}
    rect(): void {}
    arc(): void {}
    closePath(): void {}
  } as unknown as typeof Path2D
}

afterEach(cleanup)
