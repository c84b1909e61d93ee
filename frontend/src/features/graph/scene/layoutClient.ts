import type { Point } from '../../../model/layout/geometry'
import type { LayoutInput, Positions } from '../../../model/layout/layoutInput'
import type { OpenedTile } from '../../../model/layout/openInPlace'
import type { LayoutAnswer, LayoutRequest } from '../../../model/layout/layoutTask'

/** Asks the layout worker; only the answer to the newest question arrives. */
export class LayoutClient {
  private worker: Worker | null = null
  private revision = 0
  private waiting: { revision: number; done: (positions: Positions) => void } | null = null

  place(
    input: LayoutInput,
    known: ReadonlyMap<string, Point> | null,
    done: (positions: Positions) => void,
    opened: readonly OpenedTile[] = [],
  ): void {
    const request: LayoutRequest = { revision: ++this.revision, input, known, opened }
    this.waiting = { revision: request.revision, done }
    if (typeof Worker === 'undefined') {
      // Only tests come here; the layout must not weigh on the page's own script.
      void import('../../../model/layout/layoutTask').then(({ answer }) => this.arrived(answer(request)))
      return
    }
    if (!this.worker) {
      this.worker = new Worker(new URL('../../../model/layout/layout.worker.ts', import.meta.url), {
        type: 'module',
      })
      this.worker.addEventListener('message', (event: MessageEvent<LayoutAnswer>) => this.arrived(event.data))
    }
    this.worker.postMessage(request)
  }

  /** Forgets the open question: its answer would be for a picture that is no longer shown. */
  forget(): void {
    this.waiting = null
  }

  close(): void {
    this.worker?.terminate()
    this.worker = null
    this.waiting = null
  }

  private arrived(message: LayoutAnswer): void {
    if (this.waiting?.revision !== message.revision) return
    const { done } = this.waiting
    this.waiting = null
    done(message.positions)
  }
}
