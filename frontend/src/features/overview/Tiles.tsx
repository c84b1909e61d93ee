import type { ReactNode } from 'react'
import type { Namespace, Service, Workload } from '../../api/schemas'
import { attentionWords, healthCounts } from '../../model/health'
import { totals } from '../../model/overview'
import { counted, milliseconds, percent, rateNumber, UNKNOWN } from '../../model/units'
import { EntityLink } from '../../ui/EntityLink'
import { HealthBar } from '../../ui/HealthBar'

/** Totals over the chosen namespaces; null lists are still loading, or could not be loaded. */
export function Tiles(props: {
  services: readonly Service[] | null
  workloads: readonly Workload[] | null
  namespaces: readonly Namespace[] | null
}) {
  const { services, workloads, namespaces } = props
  const namespaceWords = namespaces === null ? '' : `in ${counted(namespaces.length, 'namespace')}`
  const sum = services === null ? null : totals(services)
  return (
    <dl className="ph-tiles">
      <Tile name="Requests" value={rateNumber(sum?.perSecond ?? null)} unit="rps" note="HTTP and gRPC" />
      <Tile
        name="Errors"
        value={percent(sum?.errorShare ?? null)}
        note={
          sum === null || sum.failedPerSecond === null
            ? 'share of failed requests'
            : `${rateNumber(sum.failedPerSecond)} rps fail`
        }
      />
      <Tile
        name="Slowest p95"
        value={milliseconds(sum?.slowest?.p95 ?? null)}
        note={
          sum?.slowest ? (
            <EntityLink
              kind="service"
              namespace={sum.slowest.service.namespace}
              name={sum.slowest.service.name}
              withNamespace
            />
          ) : (
            'no durations known'
          )
        }
      />
      <Tile
        name="Services"
        value={services === null ? UNKNOWN : String(services.length)}
        note={services === null ? namespaceWords : attentionWords(healthCounts(services))}
        bar={services === null ? null : <HealthBar counts={healthCounts(services)} />}
      />
      <Tile
        name="Workloads"
        value={workloads === null ? UNKNOWN : String(workloads.length)}
        note={workloads === null ? namespaceWords : attentionWords(healthCounts(workloads))}
        bar={workloads === null ? null : <HealthBar counts={healthCounts(workloads)} />}
      />
    </dl>
  )
}

function Tile(props: { name: string; value: string; unit?: string; note: ReactNode; bar?: ReactNode }) {
  const known = props.value !== UNKNOWN
  return (
    <div className="ph-tile">
      <dt>{props.name}</dt>
      <dd className="ph-tile__value">
        {known ? props.value : <span title="unknown">{UNKNOWN}</span>}
        {known && props.unit ? <small>{props.unit}</small> : null}
      </dd>
      {props.bar ? <dd>{props.bar}</dd> : null}
      <dd className="ph-tile__note ph-truncate">{props.note}</dd>
    </div>
  )
}
