import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { withoutThreshold, type Concern } from '../../model/health'
import { rate } from '../../model/units'
import { EntityLink } from '../../ui/EntityLink'
import { ErrorShare } from '../../ui/ErrorShare'
import { Icon } from '../../ui/Icon'
import { HealthMark } from '../../ui/StatusMark'

/** More than this push everything else off the screen. */
const AT_FIRST = 8

/** What is in trouble, worst first, each with the reason the backend gave. */
export function ConcernList({ concerns }: { concerns: readonly Concern[] }) {
  const [isWhole, setWhole] = useState(false)
  if (concerns.length === 0) {
    return (
      <div className="ph-all-well" role="status">
        <Icon name="check" size={22} />
        <p>
          Nothing needs attention.{' '}
          <span className="ph-subtle">No service or workload is degraded or failing.</span>
        </p>
      </div>
    )
  }
  // One more than the limit takes the place of the button that would hide it.
  const isCut = !isWhole && concerns.length > AT_FIRST + 1
  return (
    <>
      <ul className="ph-concerns">
        {(isCut ? concerns.slice(0, AT_FIRST) : concerns).map((concern) => (
          <li
            key={`${concern.kind} ${concern.namespace}/${concern.name}`}
            className={`ph-concern--${concern.status}`}
          >
            <div className="ph-concerns__head">
              <HealthMark status={concern.status} />
              <Icon name={concern.kind === 'service' ? 'services' : 'workloads'} size={14} />
              <span className="ph-truncate">
                <span className="ph-visually-hidden">{concern.kind} </span>
                <EntityLink {...concern} withNamespace />
              </span>
              <span className="ph-concerns__numbers" title="Inbound requests, and the share that failed">
                {rate(concern.perSecond)}
                <span className="ph-concerns__errors">
                  <ErrorShare share={concern.errorShare} status={concern.status} />
                </span>
              </span>
              <Link
                to="/graph"
                search={{ ns: concern.namespace, focus: `${concern.namespace}/${concern.name}` }}
                aria-label={`Show ${concern.name} in the graph`}
                title="Show in the graph"
                className="ph-icon-link"
              >
                <Icon name="graph" />
              </Link>
            </div>
            <p className="ph-concerns__reasons" title={concern.reasons.join('\n')}>
              {concern.reasons.length > 0
                ? concern.reasons.map(withoutThreshold).join(' · ')
                : 'The backend gave no reason.'}
            </p>
          </li>
        ))}
      </ul>
      {concerns.length > AT_FIRST + 1 ? (
        <button
          type="button"
          className="ph-concerns__more"
          aria-expanded={isWhole}
          onClick={() => setWhole((shown) => !shown)}
        >
          {isWhole ? 'Show the worst only' : `Show all ${concerns.length}`}
        </button>
      ) : null}
    </>
  )
}
