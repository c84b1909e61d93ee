import type { Workload } from '../../api/schemas'
import { redLine, sumKnown } from '../../model/red'
import { milliseconds, percent, rate, UNKNOWN } from '../../model/units'
import { useGoToDetail } from '../../app/go'
import { DataTable, type Column } from '../../ui/DataTable'
import { EntityLink } from '../../ui/EntityLink'
import { ErrorShare } from '../../ui/ErrorShare'
import { Card } from '../../ui/Page'
import { HealthMark } from '../../ui/StatusMark'
import { AvailableReplicas } from '../../ui/AvailableReplicas'
import './versionsTable.css'

interface Line {
  readonly workload: Workload
  /** Observed share of the service's requests, 0 … 1. */
  readonly share: number | null
}

const COLUMNS: readonly Column<Line>[] = [
  {
    key: 'version',
    header: 'Version',
    width: '104px',
    cell: ({ workload }) => (workload.version === '' ? UNKNOWN : workload.version),
    sortBy: ({ workload }) => workload.version,
  },
  {
    key: 'workload',
    header: 'Workload',
    cell: ({ workload }) => (
      <EntityLink kind="workload" namespace={workload.namespace} name={workload.name} inRow />
    ),
  },
  {
    key: 'health',
    header: 'Health',
    width: '112px',
    cell: ({ workload }) => <HealthMark status={workload.health.status} />,
  },
  {
    key: 'share',
    header: 'Share',
    width: '22%',
    cell: ({ share }) => (
      <span className="ph-share">
        <span className="ph-share__track" aria-hidden="true">
          <span className="ph-share__bar" style={{ width: `${(share ?? 0) * 100}%` }} />
        </span>
        <span className="ph-share__number">{percent(share)}</span>
      </span>
    ),
  },
  {
    key: 'replicas',
    header: 'Replicas',
    number: true,
    cell: ({ workload }) => <AvailableReplicas of={workload.replicas} />,
  },
  {
    key: 'rate',
    header: 'Requests',
    number: true,
    cell: ({ workload }) => rate(redLine(workload.in).perSecond),
  },
  {
    key: 'errors',
    header: 'Errors',
    number: true,
    cell: ({ workload }) => (
      <ErrorShare share={redLine(workload.in).errorShare} status={workload.health.status} />
    ),
  },
  { key: 'p95', header: 'p95', number: true, cell: ({ workload }) => milliseconds(redLine(workload.in).p95) },
]

/** The workloads behind the service, with the share of traffic that each one really gets. */
export function VersionsTable({ workloads }: { workloads: readonly Workload[] }) {
  const goToDetail = useGoToDetail()
  const rates = workloads.map((workload) => redLine(workload.in).perSecond)
  const total = sumKnown(rates)
  const lines = workloads.map((workload, index) => {
    const own = rates[index] ?? null
    return { workload, share: own === null || total === null || total === 0 ? null : own / total }
  })
  return (
    <Card title="Versions" note={String(workloads.length)} flush>
      <DataTable
        label="Versions"
        columns={COLUMNS}
        rows={lines}
        rowKey={({ workload }) => workload.name}
        sort="version"
        onOpen={({ workload }) => goToDetail('workload', workload.namespace, workload.name)}
      />
    </Card>
  )
}
