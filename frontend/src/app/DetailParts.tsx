import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Health, ObjectRef, Red } from '../api/schemas'
import { mergedReasons } from '../model/health'
import { redLine } from '../model/red'
import { bytesPerSecond, milliseconds, rateNumber, UNKNOWN } from '../model/units'
import { ConfigLink } from '../ui/ConfigLink'
import { ErrorShare } from '../ui/ErrorShare'
import { Icon } from '../ui/Icon'
import { Card } from '../ui/Page'
import { HealthMark } from '../ui/StatusMark'
import './detail.css'

/** Why the health is what it is. Nothing for a healthy one: no reason is needed to leave it alone. */
export function HealthReasons({ health }: { health: Health }) {
  if (health.status === 'healthy' && health.reasons.length === 0) return null
  return (
    <section className={`ph-reasons ph-reasons--${health.status}`} aria-label="Health">
      <HealthMark status={health.status} bare />
      <ul>
        {health.reasons.length === 0 ? (
          <li>
            {health.status === 'na' ? 'No traffic was seen in this window.' : 'The backend gave no reason.'}
          </li>
        ) : (
          mergedReasons(health.reasons.map((reason) => reason.text)).map((text) => <li key={text}>{text}</li>)
        )}
      </ul>
    </section>
  )
}

/** The numbers of one direction in a line. */
export function RedNumbers({
  red,
  health,
  children,
}: {
  red: Red | null
  health: Health
  children?: ReactNode
}) {
  const line = redLine(red)
  return (
    <dl className="ph-numbers">
      <NumberCell name="Requests" value={rateNumber(line.perSecond)} unit="rps" />
      <div>
        <dt>Errors</dt>
        <dd>
          <ErrorShare share={line.errorShare} status={health.status} />
        </dd>
      </div>
      <NumberCell name="p50" value={milliseconds(line.p50)} />
      <NumberCell name="p95" value={milliseconds(line.p95)} />
      <NumberCell name="p99" value={milliseconds(line.p99)} />
      {line.tcpBytesPerSecond === null ? null : (
        <NumberCell name="TCP" value={bytesPerSecond(line.tcpBytesPerSecond)} />
      )}
      {children}
    </dl>
  )
}

export function NumberCell({ name, value, unit }: { name: string; value: ReactNode; unit?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {unit && value !== UNKNOWN ? <small> {unit}</small> : null}
      </dd>
    </div>
  )
}

/** Names and values beside each other; entries without a value are left out by the caller. */
export function Facts({ title, facts }: { title: string; facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <Card title={title}>
      <dl className="ph-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** The Istio objects that apply here. */
export function Objects({ objects }: { objects: readonly ObjectRef[] }) {
  return (
    <Card title="Istio objects" note={String(objects.length)} flush>
      {objects.length === 0 ? (
        <p className="ph-aside__none">No Istio object applies.</p>
      ) : (
        <ul className="ph-objects">
          {objects.map((object) => (
            <li key={`${object.kind} ${object.namespace}/${object.name}`}>
              <ConfigLink object={object} withKind withNamespace />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

export function Breadcrumb({
  list,
  text,
  namespace,
}: {
  list: '/services' | '/workloads'
  text: string
  namespace: string
}) {
  return (
    <nav aria-label="Breadcrumb" className="ph-breadcrumb">
      <Link to={list}>{text}</Link>
      <Icon name="chevronRight" size={12} />
      <Link to={list} search={{ ns: namespace }}>
        {namespace}
      </Link>
      <Icon name="chevronRight" size={12} />
    </nav>
  )
}

export function GraphLink({ focus, namespace }: { focus: string; namespace: string }) {
  return (
    <Link to="/graph" search={{ ns: namespace, focus }} className="ph-link-button">
      <Icon name="graph" />
      Show in the graph
    </Link>
  )
}
