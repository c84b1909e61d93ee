import { Link } from '@tanstack/react-router'
import { namespaceMode } from '../../model/dataPlane'
import type { NamespaceLine } from '../../model/overview'
import { counted, rate } from '../../model/units'
import { DataTable, type Column } from '../../ui/DataTable'
import { ErrorShare } from '../../ui/ErrorShare'
import { HealthBar } from '../../ui/HealthBar'
import { HealthMark } from '../../ui/StatusMark'

const COLUMNS: readonly Column<NamespaceLine>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: ({ namespace }) => (
      <span className="ph-namespace-cell">
        <HealthMark status={namespace.health.status} bare />
        <Link to="/services" search={{ ns: namespace.name }} className="ph-entity">
          {namespace.name}
        </Link>
        <span className="ph-faint">{namespaceMode(namespace)}</span>
      </span>
    ),
  },
  {
    key: 'health',
    header: 'Health',
    width: '26%',
    cell: ({ namespace, counts }) => (
      <span
        title={`${counted(namespace.services, 'service')}, ${counted(namespace.workloads, 'workload')}`}
        className="ph-namespace-bar"
      >
        <HealthBar counts={counts} />
      </span>
    ),
  },
  { key: 'rate', header: 'Requests', number: true, cell: (line) => rate(line.perSecond) },
  {
    key: 'errors',
    header: 'Errors',
    number: true,
    cell: (line) => <ErrorShare share={line.errorShare} status={line.namespace.health.status} />,
  },
]

export function NamespaceTable({ lines }: { lines: readonly NamespaceLine[] }) {
  return (
    <DataTable
      label="Namespaces, worst first"
      columns={COLUMNS}
      rows={lines}
      rowKey={(line) => line.namespace.name}
      sort="worst"
    />
  )
}
