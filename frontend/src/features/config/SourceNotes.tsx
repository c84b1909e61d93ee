import type { Source } from '../../api/schemas'
import { ago } from '../../model/time'
import { counted } from '../../model/units'
import { Icon } from '../../ui/Icon'
import { Popover } from '../../ui/kit'
import { useNow } from '../../ui/useNow'

/** What limits the list below: a source that is not current, and checks that could not run. Nothing while all is well. */
export function SourceNotes({
  sources,
  skipped,
}: {
  sources: readonly Source[]
  skipped: readonly { readonly check: string; readonly reason: string }[]
}) {
  const now = useNow()
  const behind = sources.filter((source) => source.state === 'down' || source.state === 'stale')
  if (behind.length === 0 && skipped.length === 0) return null
  return (
    <div className="ph-stale" role="status">
      <Icon name="warning" size={15} />
      <span>
        {behind.map((source) => (
          <span key={source.name}>
            Configuration as of {source.observedAt === null ? 'an unknown time' : ago(source.observedAt, now)}
            : {source.detail}.{' '}
          </span>
        ))}
        {skipped.length > 0 ? (
          <>
            {counted(skipped.length, 'check')} did not run: a kind of object that{' '}
            {skipped.length === 1 ? 'it reads' : 'they read'} cannot be listed.{' '}
            <Popover
              headerContent="Checks that did not run"
              bodyContent={
                <ul className="ph-skipped">
                  {skipped.map((entry) => (
                    <li key={entry.check}>
                      <span className="ph-mono">{entry.check}</span>
                      <span className="ph-subtle">{entry.reason}</span>
                    </li>
                  ))}
                </ul>
              }
            >
              <button type="button" className="ph-text-button">
                Which
              </button>
            </Popover>
          </>
        ) : null}
      </span>
    </div>
  )
}
