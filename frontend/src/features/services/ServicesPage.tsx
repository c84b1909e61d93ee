import { useSearch } from '@tanstack/react-router'
import { useServices } from '../../app/data'
import { useGoToDetail } from '../../app/go'
import { ListPage } from '../../app/ListPage'
import { useMeshView } from '../../app/view'
import type { Service } from '../../api/schemas'
import { urgency } from '../../model/health'
import { validateListSearch } from '../../model/listSearch'
import { redLine } from '../../model/red'
import { bytesPerSecond, milliseconds, rate } from '../../model/units'
import type { Column } from '../../ui/DataTable'
import { EntityLink } from '../../ui/EntityLink'
import { ErrorShare } from '../../ui/ErrorShare'
import { HealthMark } from '../../ui/StatusMark'
import { ConfigTags, Tags } from '../../ui/Tags'

const COLUMNS: readonly Column<Service>[] = [
  {
    key: 'health',
    header: 'Health',
    width: '112px',
    cell: (row) => <HealthMark status={row.health.status} />,
    sortBy: (row) => urgency(row.health.status),
  },
  {
    key: 'name',
    header: 'Name',
    cell: (row) => <EntityLink kind="service" namespace={row.namespace} name={row.name} inRow />,
    sortBy: (row) => row.name,
  },
  { key: 'namespace', header: 'Namespace', cell: (row) => row.namespace, sortBy: (row) => row.namespace },
  {
    key: 'versions',
    header: 'Versions',
    cell: (row) => (row.isServiceEntry ? <Tags of={['service entry']} /> : <Tags of={row.versions} />),
  },
  { key: 'config', header: 'Istio config', cell: (row) => <ConfigTags config={row.config} /> },
  {
    key: 'rate',
    header: 'Requests',
    number: true,
    cell: (row) => rate(redLine(row.in).perSecond),
    sortBy: (row) => redLine(row.in).perSecond,
  },
  {
    key: 'errors',
    header: 'Errors',
    number: true,
    cell: (row) => <ErrorShare share={redLine(row.in).errorShare} status={row.health.status} />,
    sortBy: (row) => redLine(row.in).errorShare,
  },
  {
    key: 'p95',
    header: 'p95',
    number: true,
    cell: (row) => milliseconds(redLine(row.in).p95),
    sortBy: (row) => redLine(row.in).p95,
  },
  {
    key: 'tcp',
    header: 'TCP',
    number: true,
    cell: (row) => bytesPerSecond(redLine(row.in).tcpBytesPerSecond),
    sortBy: (row) => redLine(row.in).tcpBytesPerSecond,
  },
]

export function ServicesPage() {
  const view = useMeshView()
  const search = validateListSearch(useSearch({ from: '/services' }))
  const services = useServices(view)
  const goToDetail = useGoToDetail()
  return (
    <ListPage
      title="Services"
      view={view}
      search={search}
      columns={COLUMNS}
      rows={services.data?.items ?? null}
      error={services.error}
      asOf={services.dataUpdatedAt}
      onRetry={() => void services.refetch()}
      rowKey={(row) => `${row.cluster}/${row.namespace}/${row.name}`}
      textOf={(row) => [row.name, row.namespace, ...row.versions, ...row.config, ...row.hosts].join(' ')}
      onOpen={(row) => goToDetail('service', row.namespace, row.name)}
    />
  )
}
