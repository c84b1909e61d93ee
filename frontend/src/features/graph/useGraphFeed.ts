import { useCallback, useEffect, useState } from 'react'
import { fetchGraph, type GraphQuery } from '../../api/endpoints'
import type { ConnectionState } from '../../api/eventStream'
import { openGraphStream } from '../../api/graphStream'
import type { Problem } from '../../api/schemas'
import type { GraphStore } from '../../model/graph/graphStore'

/** How the graph on screen came about and whether the next one will. The graph itself is in the store. */
export interface Feed {
  /** The question that the store answers now; null before the first answer. */
  readonly answered: string | null
  readonly connection: ConnectionState | null
  /** The backend could not renew the graph; the last one stays. */
  readonly problem: Problem | null
  /** Nothing came at all. */
  readonly failure: Error | null
}

const NOTHING: Feed = { answered: null, connection: null, problem: null, failure: null }

/**
 * Fills the store: live from the stream, a past moment with one request. Values go to the store only, so React
 * re-renders when the connection changes and not with every frame.
 */
export function useGraphFeed(
  store: GraphStore,
  query: GraphQuery,
  at: string | null,
  paused: boolean,
): Feed & { readonly key: string; readonly retry: () => void } {
  const key = JSON.stringify(query)
  const [feed, setFeed] = useState<Feed>(NOTHING)
  const [attempt, setAttempt] = useState(0)
  const retry = useCallback(() => setAttempt((n) => n + 1), [])

  useEffect(() => {
    if (at !== null || paused) return
    const question = JSON.parse(key) as GraphQuery
    const stream = openGraphStream(question, {
      onSnapshot: (graph) => {
        store.applySnapshot(graph)
        setFeed((old) =>
          old.answered === key && old.problem === null && old.failure === null
            ? old
            : { ...old, answered: key, problem: null, failure: null },
        )
      },
      onDelta: (delta) => {
        if (!store.applyDelta(delta)) stream.restart()
        else setFeed((old) => (old.problem === null ? old : { ...old, problem: null }))
      },
      onProblem: (problem) => setFeed((old) => ({ ...old, problem })),
      onConnection: (connection) =>
        setFeed((old) => ({
          ...old,
          connection,
          failure:
            connection.state === 'refused'
              ? connection.failure
              : connection.state === 'open'
                ? null
                : old.failure,
        })),
    })
    return () => stream.close()
  }, [store, key, at, paused, attempt])

  useEffect(() => {
    if (at === null && !paused) return
    const abort = new AbortController()
    const question = JSON.parse(key) as GraphQuery
    fetchGraph(at === null ? question : { ...question, at }, abort.signal).then(
      (graph) => {
        store.applySnapshot(graph)
        setFeed({ ...NOTHING, answered: key })
      },
      (failure: unknown) => {
        if (abort.signal.aborted) return
        setFeed((old) => ({
          ...old,
          connection: null,
          failure: failure instanceof Error ? failure : new Error(String(failure)),
        }))
      },
    )
    return () => abort.abort()
  }, [store, key, at, paused, attempt])

  return { ...feed, key, retry }
}
