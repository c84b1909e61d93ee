import type { HealthStatus } from '../api/schemas'
import { percent } from '../model/units'

/** An error share takes colour only from the health that the backend decided; a page judges nothing itself. */
export function ErrorShare({ share, status }: { share: number | null; status: HealthStatus }) {
  const coloured = (share ?? 0) > 0 && (status === 'degraded' || status === 'failure')
  return <span className={coloured ? `ph-value--${status}` : undefined}>{percent(share)}</span>
}
