import type { ReactNode } from 'react'
import { useStatus } from '../../app/data'
import type { Source } from '../../api/schemas'
import { ago, clockTime } from '../../model/time'
import { Icon } from '../../ui/Icon'
import { useNow } from '../../ui/useNow'
import './sourceBanner.css'

/** A line under the masthead whenever the page shows less, or older, than it should; nothing otherwise. */
export function SourceBanner() {
  const { data: status, error } = useStatus()
  const now = useNow()
  if (error) {
    return (
      <Banner tone="failure">
        {error.message}{' '}
        {status ? `Everything below is as of ${clockTime(status.now, now)}.` : 'Nothing could be loaded yet.'}{' '}
        It is asked again by itself.
      </Banner>
    )
  }
  const troubled = (status?.sources ?? []).filter(
    (source) => source.state !== 'ok' && source.state !== 'starting',
  )
  if (troubled.length === 0) return null
  const down = troubled.some((source) => source.state === 'down')
  return (
    <Banner tone={down ? 'failure' : 'degraded'}>
      {troubled.map((source) => (
        <span key={source.name} className="ph-banner__source">
          {sentence(source, now)}
        </span>
      ))}
    </Banner>
  )
}

/** "Data as of 13:42:10: prometheus is down since 13:42:15 (connection refused)." */
function sentence(source: Source, now: number): string {
  const since = source.since ? ` since ${clockTime(source.since, now)}` : ''
  const detail = source.detail === '' ? '' : ` ${source.detail.replace(/\.?$/, '.')}`
  switch (source.state) {
    case 'down':
    case 'stale': {
      const asOf = source.observedAt
        ? `Data as of ${clockTime(source.observedAt, now)} (${ago(source.observedAt, now)}): `
        : 'No data: '
      return `${asOf}${source.name} is ${source.state}${since}.${detail}`
    }
    case 'partial':
      return `Incomplete: ${source.name} answers in part${since}.${detail}`
    case 'ok':
    case 'starting':
      return ''
  }
}

function Banner({ tone, children }: { tone: 'degraded' | 'failure'; children: ReactNode }) {
  return (
    <div role="status" className={`ph-banner ph-banner--${tone}`}>
      <Icon name={tone === 'failure' ? 'failure' : 'warning'} size={15} />
      <p>{children}</p>
    </div>
  )
}
