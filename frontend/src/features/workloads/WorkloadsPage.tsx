import { useSearch } from '@tanstack/react-router'
import { useWorkloads } from '../../app/data'
import { useGoToDetail } from '../../app/go'
import { ListPage } from '../../app/ListPage'
import { useMeshView } from '../../app/view'
import type { Workload } from '../../api/schemas'
import { dataPlaneWords } from '../../model/dataPlane'
import { urgency } from '../../model/health'
import { validateListSearch } from '../../model/listSearch'
import { redLine } from '../../model/red'
import { bytesPerSecond, milliseconds, rate } from '../../model/units'
import type { Column } from '../../ui/DataTable'
import { EntityLink } from '../../ui/EntityLink'
import { ErrorShare } from '../../ui/ErrorShare'
import { HealthMark } from '../../ui/StatusMark'
import { AvailableReplicas } from '../../ui/AvailableReplicas'

const COLUMNS: readonly Column<Workload>[] = [
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
    cell: (row) => <EntityLink kind="workload" namespace={row.namespace} name={row.name} inRow />,
    sortBy: (row) => row.name,
  },
  { key: 'namespace', header: 'Namespace', cell: (row) => row.namespace, sortBy: (row) => row.namespace },
  { key: 'kind', header: 'Kind', cell: (row) => row.kind, sortBy: (row) => row.kind },
  { key: 'version', header: 'Version', cell: (row) => row.version, sortBy: (row) => row.version },
  {
    key: 'plane',
    header: 'Data plane',
    cell: (row) => dataPlaneWords(row.dataPlane),
    sortBy: (row) => dataPlaneWords(row.dataPlane),
  },
  {
    key: 'replicas',
    header: 'Replicas',
    number: true,
    cell: (row) => <AvailableReplicas of={row.replicas} />,
    sortBy: (row) => row.replicas?.available ?? null,
  },
  {
    key: 'rate',
    header: 'Requests in',
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
    header: 'TCP in',
    number: true,
    cell: (row) => bytesPerSecond(redLine(row.in).tcpBytesPerSecond),
    sortBy: (row) => redLine(row.in).tcpBytesPerSecond,
  },
]

export function WorkloadsPage() {
  const view = useMeshView()
  const search = validateListSearch(useSearch({ from: '/workloads' }))
  const workloads = useWorkloads(view)
  const goToDetail = useGoToDetail()
  return (
    <ListPage
      title="Workloads"
      view={view}
      search={search}
      columns={COLUMNS}
      rows={workloads.data?.items ?? null}
      error={workloads.error}
      asOf={workloads.dataUpdatedAt}
      onRetry={() => void workloads.refetch()}
      rowKey={(row) => `${row.cluster}/${row.namespace}/${row.name}`}
      textOf={(row) =>
        [row.name, row.namespace, row.kind, row.app, row.version, dataPlaneWords(row.dataPlane)].join(' ')
      }
      onOpen={(row) => goToDetail('workload', row.namespace, row.name)}
    />
  )
}
