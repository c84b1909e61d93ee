import type { GraphQuery } from './endpoints'
import { openEventStream, type ConnectionState, type EventStream } from './eventStream'
import { ApiFailure, apiUrl, parse } from './http'
import {
  graphDeltaSchema,
  graphSchema,
  problemSchema,
  type GraphDelta,
  type GraphDocument,
  type Problem,
} from './schemas'

export interface GraphStreamHandlers {
  onSnapshot(graph: GraphDocument): void
  /** Applies only to the graph whose `seq` is `delta.base`; otherwise call `restart`. */
  onDelta(delta: GraphDelta): void
  /** The backend could not renew the graph. The stream stays open and the last graph stays on screen, marked stale. */
  onProblem(problem: Problem): void
  onConnection?(state: ConnectionState): void
  /** An event that does not have the agreed shape; the stream starts afresh by itself. */
  onUnreadable?(failure: ApiFailure): void
}

/** The live graph of one view. Runs until `close`. */
export function openGraphStream(query: GraphQuery, handlers: GraphStreamHandlers): EventStream {
  let unreadableInRow = 0
  const stream = openEventStream(apiUrl('/graph/stream', query), {
    onEvent: ({ event, data }) => {
      try {
        const body: unknown = JSON.parse(data)
        if (event === 'snapshot') handlers.onSnapshot(parse(graphSchema, body))
        else if (event === 'delta') handlers.onDelta(parse(graphDeltaSchema, body))
        else if (event === 'problem') handlers.onProblem(parse(problemSchema, body))
        unreadableInRow = 0
      } catch (error) {
        if (!(error instanceof ApiFailure || error instanceof SyntaxError)) throw error
        handlers.onUnreadable?.(
          error instanceof ApiFailure
            ? error
            : new ApiFailure('unreadable', 'An event of the stream was not JSON.'),
        )
        unreadableInRow += 1
        // Once: a lost delta is repaired by a new snapshot. Again at once: two versions disagree, and asking in a
        // tight loop would only load the server; the next full snapshot (every 30 s) gets its own chance.
        if (unreadableInRow === 1) stream.restart()
      }
    },
    ...(handlers.onConnection
      ? { onConnection: (state: ConnectionState) => handlers.onConnection?.(state) }
      : {}),
  })
  return stream
}
