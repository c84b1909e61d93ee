import { Link } from '@tanstack/react-router'
import type { Neighbour } from '../api/schemas'
import { neighbourLines } from '../model/neighbours'
import { bytesPerSecond, rate } from '../model/units'
import { EntityLink } from '../ui/EntityLink'
import { ErrorShare } from '../ui/ErrorShare'
import { Icon } from '../ui/Icon'
import { Card } from '../ui/Page'
import { HealthMark } from '../ui/StatusMark'
import './detail.css'

/** Who calls, or is called, with the traffic between; each leads to its page and to its place in the graph. */
export function Neighbours(props: { title: string; none: string; neighbours: readonly Neighbour[] }) {
  const lines = neighbourLines(props.neighbours)
  return (
    <Card title={props.title} note={String(lines.length)} flush>
      {lines.length === 0 ? (
        <p className="ph-aside__none">{props.none}</p>
      ) : (
        <ul className="ph-neighbours">
          {lines.map((line) => (
            <li key={line.id}>
              <HealthMark status={line.node.health.status} bare />
              <span className="ph-truncate" title={`${line.namespace}/${line.label}`}>
                {line.page ? <EntityLink {...line.page} /> : line.label}
              </span>
              <span className="ph-neighbours__rate">
                {line.bytesPerSecond === null ? rate(line.perSecond) : bytesPerSecond(line.bytesPerSecond)}
              </span>
              <span className="ph-neighbours__errors">
                {line.bytesPerSecond === null ? (
                  <ErrorShare share={line.errorShare} status={line.node.health.status} />
                ) : null}
              </span>
              <Link
                to="/graph"
                search={{ focus: line.node.id }}
                aria-label={`Show ${line.label} in the graph`}
                title="Show in the graph"
                className="ph-icon-link"
              >
                <Icon name="graph" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
