import type { Source } from '../../api/schemas'
import { ago } from '../../model/time'
import { Loading } from '../../ui/States'
import { SourceMark } from '../../ui/StatusMark'
import { useNow } from '../../ui/useNow'

/** How old each source's data is. */
export function SourceStrip({ sources }: { sources: readonly Source[] | null }) {
  const now = useNow()
  if (sources === null) return <Loading what="sources" lines={3} />
  if (sources.length === 0) return <p className="ph-source-strip__none">No source has reported yet.</p>
  return (
    <ul className="ph-source-strip">
      {sources.map((source) => (
        <li key={source.name}>
          <span>{source.name}</span>
          <SourceMark state={source.state} />
          <span className="ph-subtle">{source.observedAt ? ago(source.observedAt, now) : 'no data yet'}</span>
        </li>
      ))}
    </ul>
  )
}
