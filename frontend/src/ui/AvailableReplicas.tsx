import type { Workload } from '../api/schemas'
import { count, UNKNOWN } from '../model/units'

/** "1 / 2": available of desired. */
export function AvailableReplicas({ of }: { of: Workload['replicas'] }) {
  if (of === null) return <span title="unknown">{UNKNOWN}</span>
  const short = of.available !== null && of.desired !== null && of.available < of.desired
  return (
    <span
      className={short ? 'ph-value--degraded' : undefined}
      title={`${count(of.available)} available of ${count(of.desired)} desired`}
    >
      {count(of.available)} / {count(of.desired)}
    </span>
  )
}
