import { useStatus } from '../../app/data'
import type { Source } from '../../api/schemas'
import { worstSource } from '../../model/health'
import { ago } from '../../model/time'
import { SourceMark } from '../../ui/StatusMark'
import { Icon } from '../../ui/Icon'
import { Popover } from '../../ui/kit'
import { useNow } from '../../ui/useNow'
import './sourceHealth.css'

/** The indicator in the masthead: the worst source by state; all of them, in words, when opened. */
export function SourceHealth() {
  const { data: status, error } = useStatus()
  const sources = status?.sources ?? []
  const worst = worstSource(sources)
  return (
    <Popover
      aria-label="Data sources"
      position="bottom-end"
      maxWidth="26rem"
      bodyContent={
        <>
          <h2 className="ph-sources__title">Where the numbers come from</h2>
          {error ? (
            <p role="alert">{error.message} What is on the page is the last that was heard.</p>
          ) : sources.length === 0 ? (
            <p>No source has reported yet.</p>
          ) : (
            <SourceList sources={sources} />
          )}
        </>
      }
    >
      <button type="button" className="ph-source-button" aria-label={buttonLabel(worst, error)}>
        {error ? (
          <span className="ph-status ph-status--failure">
            <Icon name="plug" size={14} />
            Offline
          </span>
        ) : worst ? (
          worst.state === 'ok' ? (
            <span className="ph-status ph-status--healthy">
              <Icon name="check" size={14} />
              Sources
            </span>
          ) : (
            <SourceMark state={worst.state} />
          )
        ) : (
          <span className="ph-status ph-status--na">
            <Icon name="unknown" size={14} />
            Sources
          </span>
        )}
      </button>
    </Popover>
  )
}

function buttonLabel(worst: Source | null, error: Error | null): string {
  if (error) return 'Data sources: Pharos does not answer'
  if (!worst) return 'Data sources: nothing known yet'
  return worst.state === 'ok' ? 'Data sources: all OK' : `Data sources: ${worst.name} is ${worst.state}`
}

function SourceList({ sources }: { sources: readonly Source[] }) {
  const now = useNow()
  return (
    <ul className="ph-sources">
      {sources.map((source) => (
        <li key={source.name}>
          <span className="ph-sources__name">{source.name}</span>
          <SourceMark state={source.state} />
          <span className="ph-subtle ph-sources__age">
            {source.observedAt ? ago(source.observedAt, now) : 'no data yet'}
          </span>
          {source.detail === '' ? null : <p className="ph-subtle">{source.detail}</p>}
          {source.warnings
            .filter((warning) => !source.detail.includes(warning))
            .map((warning) => (
              <p key={warning} className="ph-sources__warning">
                {warning}
              </p>
            ))}
        </li>
      ))}
    </ul>
  )
}
