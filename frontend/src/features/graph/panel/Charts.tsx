import { useQueries } from '@tanstack/react-query'
import { fetchMetrics } from '../../../api/endpoints'
import { combined } from '../../../model/graph/panelFacts'
import type { MeshView } from '../../../model/viewSearch'
import { MiniChart } from './MiniChart'

const MAX_SUBJECTS = 6
const STEP_MS = 20_000

interface ChartsProps {
  readonly kind: 'nodes' | 'edges'
  readonly ids: readonly string[]
  readonly direction: 'in' | 'out'
  readonly view: MeshView
}

/** What the selection did in the last thirty minutes. */
export function Charts({ kind, ids, direction, view }: ChartsProps) {
  const answers = useQueries({
    queries: ids.slice(0, MAX_SUBJECTS).map((id) => ({
      queryKey: ['metrics', kind, id, direction, view.at],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchMetrics(
          { kind, id },
          { window: 'PT30M', step: 'PT20S', at: view.at, by: 'none', direction },
          signal,
        ),
      refetchInterval: view.at === null && !view.paused ? STEP_MS : (false as const),
      staleTime: STEP_MS / 2,
    })),
  })
  const known = answers.flatMap((answer) => answer.data ?? [])
  const failure = answers.find((answer) => answer.error)?.error
  if (known.length === 0) {
    if (failure) return <p className="ph-subtle">No history: {failure.message}</p>
    return (
      <div className="phg-mini phg-mini--loading" role="status" aria-label="Loading the last 30 minutes" />
    )
  }
  if (known.every((answer) => answer.series.every((series) => series.points.length === 0))) {
    return <p className="ph-subtle">No history yet. It grows while traffic flows.</p>
  }
  const quantile = ids.length > 1 ? 'p95, slowest version' : 'p95'
  return (
    <div>
      <MiniChart title="Requests" line={combined(known, 'requests')} unit="perSecond" tone={1} />
      <MiniChart
        title="Errors"
        line={combined(known, 'errors')}
        unit={unitOf(known, 'errors')}
        tone="failure"
      />
      <MiniChart title={quantile} line={combined(known, 'p95')} unit="ms" tone={2} />
      <MiniChart title="TCP sent" line={combined(known, 'tcpSent')} unit="bytesPerSecond" tone={3} />
      <MiniChart title="TCP received" line={combined(known, 'tcpReceived')} unit="bytesPerSecond" tone={3} />
    </div>
  )
}

const unitOf = (
  answers: readonly { readonly series: readonly { name: string; unit: string }[] }[],
  name: string,
) => answers.flatMap((answer) => answer.series).find((series) => series.name === name)?.unit ?? 'perSecond'
