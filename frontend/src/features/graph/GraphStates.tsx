import type { Problem } from '../../api/schemas'
import type { GraphOptions } from '../../model/graph/graphSearch'
import { durationSeconds, durationWords } from '../../model/time'
import type { MeshView } from '../../model/viewSearch'
import { useChangeView } from '../../app/view'
import { Button } from '../../ui/kit'
import { Empty } from '../../ui/States'
import type { GraphChange } from './useGraphSearch'
import './graphStates.css'

/** Grey cards where cards will be: the page has its shape before it has its numbers. */
export function GraphSkeleton() {
  return (
    <div className="phg-cover phg-skeleton" role="status" aria-label="Loading the graph">
      <svg viewBox="-1 0 913 320" aria-hidden="true" focusable="false">
        <path d="M170 160H260M430 160C480 160 480 70 530 70M430 160C480 160 480 250 530 250M700 250H740" />
        {[
          [0, 130],
          [260, 130],
          [530, 40],
          [530, 220],
          [740, 220],
        ].map(([x, y]) => (
          <rect key={`${x ?? 0},${y ?? 0}`} x={x} y={y} width="170" height="56" rx="8" />
        ))}
      </svg>
    </div>
  )
}

/** Nothing was ever heard for this question: that is not the same as no traffic. */
export function UnknownGraph({ problem }: { problem: Problem }) {
  return (
    <div className="phg-cover" role="status">
      <Empty icon="plug" title="The traffic is not known yet">
        <p>{problem.detail === '' ? problem.title : problem.detail}</p>
        <p>It is asked again by itself; the graph appears with the first answer.</p>
      </Empty>
    </div>
  )
}

/** No traffic is an answer, not a fault: say where and when, and what would show more. */
export function EmptyGraph({
  view,
  options,
  change,
}: {
  view: MeshView
  options: GraphOptions
  change: (change: GraphChange) => void
}) {
  const changeView = useChangeView()
  const where = view.namespaces.length === 0 ? 'in the mesh' : `in ${view.namespaces.join(', ')}`
  const longer = (durationSeconds(view.window) ?? 60) < 600
  return (
    <div className="phg-cover">
      <Empty
        icon="graph"
        title={`No traffic in the last ${durationWords(view.window)} ${where}`}
        action={
          <>
            {options.hide === '' ? null : (
              <Button variant="primary" onClick={() => change({ hide: undefined })}>
                Show what is hidden
              </Button>
            )}
            {longer ? (
              <Button variant="secondary" onClick={() => changeView({ w: 'PT10M' })}>
                Look at 10 minutes
              </Button>
            ) : null}
            {options.idleNodes ? null : (
              <Button
                variant="secondary"
                onClick={() => change({ idle: options.idleEdges ? 'edges,nodes' : 'nodes' })}
              >
                Show idle nodes
              </Button>
            )}
            {view.namespaces.length === 0 ? null : (
              <Button variant="link" onClick={() => changeView({ ns: undefined })}>
                All namespaces
              </Button>
            )}
          </>
        }
      >
        {options.hide === ''
          ? 'The services are there, but no proxy reported a request. Send some, or look at a longer time.'
          : `Everything there matches the hide expression “${options.hide}”.`}
      </Empty>
    </div>
  )
}
