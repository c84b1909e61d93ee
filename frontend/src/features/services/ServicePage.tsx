import { useParams, useSearch } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useService } from '../../app/data'
import { Breadcrumb, Facts, GraphLink, HealthReasons, Objects, RedNumbers } from '../../app/DetailParts'
import { Neighbours } from '../../app/Neighbours'
import { RedCharts } from '../../app/RedCharts'
import { useMeshView } from '../../app/view'
import type { ServiceDetail } from '../../api/schemas'
import { validateDetailSearch } from '../../model/detailSearch'
import { HealthMark } from '../../ui/StatusMark'
import { Page } from '../../ui/Page'
import { Failure, Loading, Stale } from '../../ui/States'
import { ConfigTags, Tags } from '../../ui/Tags'
import { VersionsTable } from './VersionsTable'

/** One service: its traffic over time, its versions, who calls it, and what Istio does to it. */
export function ServicePage() {
  const { namespace, name } = useParams({ from: '/services/$namespace/$name' })
  const search = validateDetailSearch(useSearch({ from: '/services/$namespace/$name' }))
  const view = useMeshView()
  const service = useService(namespace, name, view)
  const data = service.data

  return (
    <Page
      documentTitle={`${name}, service in ${namespace}`}
      title={
        <>
          <Breadcrumb list="/services" text="Services" namespace={namespace} />
          {name}
          {data ? <HeadMarks service={data} /> : null}
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
            error={service.error}
            asOf={service.dataUpdatedAt}
            onRetry={() => void service.refetch()}
          />
          <HealthReasons health={data.health} />
          <RedNumbers red={data.in} health={data.health} />
          <div className="ph-detail">
            <div>
              {data.workloads.length > 0 ? <VersionsTable workloads={data.workloads} /> : null}
              <RedCharts
                subject={{ kind: 'services', namespace, name }}
                search={search}
                defaultBy={data.versions.length > 1 ? 'version' : 'none'}
                directions={false}
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
              <Facts title="Service" facts={factsOf(data)} />
            </div>
          </div>
        </>
      ) : service.error ? (
        <Failure
          what={`Service ${namespace}/${name}`}
          error={service.error}
          onRetry={() => void service.refetch()}
        />
      ) : (
        <Loading what={`service ${name}`} lines={12} />
      )}
    </Page>
  )
}

function HeadMarks({ service }: { service: ServiceDetail }) {
  return (
    <span className="ph-head-marks">
      <HealthMark status={service.health.status} />
      <ConfigTags config={service.config} />
      {service.isServiceEntry ? <Tags of={['service entry']} /> : null}
    </span>
  )
}

function factsOf(service: ServiceDetail): (readonly [string, ReactNode])[] {
  const labels = (of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([key, value]) => `${key}=${value}`)
  return [
    ['Cluster', service.cluster === '' ? 'unknown' : service.cluster],
    [
      'Ports',
      service.ports.length === 0 ? (
        'none'
      ) : (
        <ul>
          {service.ports.map((port) => (
            <li key={port.number}>
              {port.number}{' '}
              <span className="ph-subtle">{[port.name, port.protocol].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ul>
      ),
    ],
    ...(service.hosts.length === 0
      ? []
      : ([['Hosts', <Hosts key="hosts" hosts={service.hosts} />]] as const)),
    ...(Object.keys(service.selector).length === 0
      ? []
      : ([['Selector', <Tags key="selector" of={labels(service.selector)} />]] as const)),
    ...(Object.keys(service.labels).length === 0
      ? []
      : ([['Labels', <Tags key="labels" of={labels(service.labels)} />]] as const)),
  ]
}

/** Host names may break after a dot, and nowhere else. */
function Hosts({ hosts }: { hosts: readonly string[] }) {
  return (
    <ul className="ph-hosts">
      {hosts.map((host) => (
        <li key={host}>
          {host.split('.').map((part, index) => (
            <Fragment key={index}>
              {index > 0 ? (
                <>
                  .<wbr />
                </>
              ) : null}
              {part}
            </Fragment>
          ))}
        </li>
      ))}
    </ul>
  )
}
