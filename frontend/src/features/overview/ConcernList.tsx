import { Link } from '@tanstack/react-router'
import type { Concern } from '../../model/health'
import { rate } from '../../model/units'
import { EntityLink } from '../../ui/EntityLink'
import { ErrorShare } from '../../ui/ErrorShare'
import { Icon } from '../../ui/Icon'
import { HealthMark } from '../../ui/StatusMark'

/** What is in trouble, worst first, each with the reason the backend gave. */
export function ConcernList({ concerns }: { concerns: readonly Concern[] }) {
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
  return (
    <ul className="ph-concerns">
      {concerns.map((concern) => (
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
            <span className="ph-concerns__numbers">
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
          <p className="ph-concerns__reasons">
            {concern.reasons.length > 0 ? concern.reasons.join(' · ') : 'The backend gave no reason.'}
          </p>
        </li>
      ))}
    </ul>
  )
}
