import { ago, clockTime } from '../model/time'
import { UNKNOWN } from '../model/units'
import { useNow } from './useNow'

/** How long ago something was made; the moment itself on hover. */
export function Age({ of }: { of: string | null }) {
  const now = useNow()
  if (of === null || Number.isNaN(Date.parse(of))) return <span title="unknown">{UNKNOWN}</span>
  return (
    <time dateTime={of} title={clockTime(of, now)}>
      {ago(of, now)}
    </time>
  )
}
