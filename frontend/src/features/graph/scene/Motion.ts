import type { Camera } from '../../../model/graph/camera'
import type { Point } from '../../../model/layout/geometry'
import type { Scene } from './Scene'

const FLIGHT_MS = 320
const GLIDE_MS = 400
/** More cards than this jump: gliding them would be slower than looking again. */
const MAX_GLIDING = 400

export const wantsLessMotion = (): boolean =>
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches

/** One movement at a time, of the camera or of the cards; a new one takes over from where the last one was. */
export class Motion {
  private request = 0

  constructor(
    private readonly scene: Scene,
    private readonly jump: (to: Camera) => void,
  ) {}

  stop(): void {
    cancelAnimationFrame(this.request)
  }

  /** Takes the camera somewhere, smoothly where motion is welcome. */
  fly(to: Camera, motion: boolean): void {
    this.stop()
    const from = this.scene.camera
    if (!motion || wantsLessMotion() || this.scene.size.w === 0) {
      this.jump(to)
      return
    }
    this.run(FLIGHT_MS, (t) => {
      const e = 1 - (1 - t) ** 3
      // Zoom grows by equal factors, so that the middle of the way looks like the middle.
      const k = from.k * (to.k / from.k) ** e
      const share = to.k === from.k ? e : (k - from.k) / (to.k - from.k)
      const mix = (a: number, b: number) => a + (b - a) * share
      this.jump({ k, x: mix(from.x, to.x), y: mix(from.y, to.y) })
    })
  }

  /** Moves every card to its new place. */
  glide(to: readonly Point[]): void {
    this.stop()
    const { scene } = this
    const from = scene.rects
    if (wantsLessMotion() || from.length !== to.length || to.length > MAX_GLIDING) {
      scene.move(to)
      return
    }
    this.run(GLIDE_MS, (t) => {
      const e = t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2
      scene.move(
        to.map((point, i) => ({
          x: (from[i]?.x ?? point.x) + (point.x - (from[i]?.x ?? point.x)) * e,
          y: (from[i]?.y ?? point.y) + (point.y - (from[i]?.y ?? point.y)) * e,
        })),
      )
    })
  }

  private run(milliseconds: number, at: (share: number) => void): void {
    const start = performance.now()
    const step = (now: number) => {
      const t = Math.min(1, (now - start) / milliseconds)
      at(t)
      if (t < 1) this.request = requestAnimationFrame(step)
    }
    this.request = requestAnimationFrame(step)
  }
}
