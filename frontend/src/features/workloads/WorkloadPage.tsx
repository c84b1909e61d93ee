import { useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWorkload } from '../../app/data'
import {
  Breadcrumb,
  Facts,
  GraphLink,
  HealthReasons,
  NumberCell,
  Objects,
  RedNumbers,
} from '../../app/DetailParts'
import { Neighbours } from '../../app/Neighbours'
import { RedCharts } from '../../app/RedCharts'
import { useMeshView } from '../../app/view'
import type { WorkloadDetail } from '../../api/schemas'
import { dataPlaneWords } from '../../model/dataPlane'
import { validateDetailSearch } from '../../model/detailSearch'
import { redLine } from '../../model/red'
import { count, rateNumber } from '../../model/units'
import { AvailableReplicas } from '../../ui/AvailableReplicas'
import { EntityLink } from '../../ui/EntityLink'
import { Page } from '../../ui/Page'
import { Failure, Loading, Stale } from '../../ui/States'
import { HealthMark } from '../../ui/StatusMark'
import { Tags } from '../../ui/Tags'

/** One workload: traffic in and out over time, replicas, who calls it and whom it calls. */
export function WorkloadPage() {
  const { namespace, name } = useParams({ from: '/workloads/$namespace/$name' })
  const search = validateDetailSearch(useSearch({ from: '/workloads/$namespace/$name' }))
  const view = useMeshView()
  const workload = useWorkload(namespace, name, view)
  const data = workload.data

  return (
    <Page
      documentTitle={`${name}, workload in ${namespace}`}
      title={
        <>
          <Breadcrumb list="/workloads" text="Workloads" namespace={namespace} />
          {name}
          {data ? (
            <span className="ph-head-marks">
              <HealthMark status={data.health.status} />
              <Tags of={[data.kind, dataPlaneWords(data.dataPlane)]} />
            </span>
          ) : null}
        </>
      }
      actions={
        data ? <GraphLink focus={data.nodeId ?? `${namespace}/${name}`} namespace={namespace} /> : undefined
      }
    >
      {data ? (
        <>
          <Stale
            what="Everything here is"
            error={workload.error}
            asOf={workload.dataUpdatedAt}
            onRetry={() => void workload.refetch()}
          />
          <HealthReasons health={data.health} />
          <RedNumbers red={data.in} health={data.health}>
            <NumberCell name="Requests out" value={rateNumber(redLine(data.out).perSecond)} unit="rps" />
            <NumberCell name="Replicas" value={<AvailableReplicas of={data.replicas} />} />
          </RedNumbers>
          <div className="ph-detail">
            <div>
              <RedCharts
                subject={{ kind: 'workloads', namespace, name }}
                search={search}
                defaultBy="none"
                directions
              />
            </div>
            <div>
              <Neighbours
                title="Callers"
                none="No calls were seen in this window."
                neighbours={data.callers}
              />
              <Neighbours title="Calls" none="It called nothing in this window." neighbours={data.callees} />
              <Objects objects={data.objects} />
              <Facts title="Workload" facts={factsOf(data)} />
            </div>
          </div>
        </>
      ) : workload.error ? (
        <Failure
          what={`Workload ${namespace}/${name}`}
          error={workload.error}
          onRetry={() => void workload.refetch()}
        />
      ) : (
        <Loading what={`workload ${name}`} lines={12} />
      )}
    </Page>
  )
}

function factsOf(workload: WorkloadDetail): (readonly [string, ReactNode])[] {
  const labels = Object.entries(workload.labels).map(([key, value]) => `${key}=${value}`)
  return [
    ['Cluster', workload.cluster === '' ? 'unknown' : workload.cluster],
    ...(workload.app === '' ? [] : ([['App', workload.app]] as const)),
    ...(workload.version === '' ? [] : ([['Version', workload.version]] as const)),
    [
      'Services',
      workload.services.length === 0 ? (
        'none selects it'
      ) : (
        <ul key="services">
          {workload.services.map((service) => (
            <li key={service.name}>
              <EntityLink kind="service" namespace={service.namespace} name={service.name} />
            </li>
          ))}
        </ul>
      ),
    ],
    [
      'Proxies',
      workload.syncedProxies === null ? 'sync state unknown' : `${count(workload.syncedProxies)} in sync`,
    ],
    ...(labels.length === 0 ? [] : ([['Labels', <Tags key="labels" of={labels} />]] as const)),
  ]
}
