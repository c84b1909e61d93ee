import { useNamespaces, useStatus } from '../../app/data'
import { useMeshView } from '../../app/view'
import type { Namespace } from '../../api/schemas'
import { namespaceMode } from '../../model/dataPlane'
import { urgency } from '../../model/health'
import { clockTime, duration } from '../../model/time'
import { count } from '../../model/units'
import { useState } from 'react'
import { DataTable, type Column } from '../../ui/DataTable'
import { Card, Page } from '../../ui/Page'
import { Empty, Failure, Loading } from '../../ui/States'
import { HealthMark } from '../../ui/StatusMark'
import { Tags } from '../../ui/Tags'
import { useNow } from '../../ui/useNow'
import { SourceCards } from './SourceCards'
import './mesh.css'

const COLUMNS: readonly Column<Namespace>[] = [
  { key: 'name', header: 'Namespace', cell: (row) => <strong>{row.name}</strong>, sortBy: (row) => row.name },
  {
    key: 'health',
    header: 'Health',
    cell: (row) => <HealthMark status={row.health.status} />,
    sortBy: (row) => urgency(row.health.status),
  },
  { key: 'mode', header: 'Data plane', cell: namespaceMode, sortBy: namespaceMode },
  {
    key: 'labels',
    header: 'Mesh labels',
    cell: (row) => (
      <Tags
        of={Object.entries(row.labels)
          .filter(([key]) => key.includes('istio'))
          .map(([key, value]) => `${key}=${value}`)}
      />
    ),
  },
  {
    key: 'services',
    header: 'Services',
    number: true,
    cell: (row) => count(row.services),
    sortBy: (row) => row.services,
  },
  {
    key: 'workloads',
    header: 'Workloads',
    number: true,
    cell: (row) => count(row.workloads),
    sortBy: (row) => row.workloads,
  },
]

/** Where the numbers come from, and which namespaces are part of the mesh. */
export function MeshPage() {
  const view = useMeshView()
  const status = useStatus()
  const namespaces = useNamespaces(view)
  const now = useNow()
  const [sort, setSort] = useState('name')

  return (
    <Page title="Mesh">
      {status.data ? (
        <dl className="ph-mesh-facts">
          <Fact name="Cluster" value={status.data.clusterName === '' ? 'unknown' : status.data.clusterName} />
          <Fact name="Pharos" value={status.data.version} />
          <Fact
            name="Running for"
            value={
              status.data.startedAt ? duration((now - Date.parse(status.data.startedAt)) / 1000) : 'unknown'
            }
          />
          <Fact
            name="History from"
            value={
              status.data.defaults.retentionStart
                ? clockTime(status.data.defaults.retentionStart, now)
                : 'unknown'
            }
          />
          <Fact
            name="Signed in as"
            value={status.data.identity.name === '' ? status.data.identity.kind : status.data.identity.name}
          />
          <Fact name="Rights" value={status.data.permissions.edit ? 'read and change' : 'read only'} />
        </dl>
      ) : null}
      {status.error && !status.data ? (
        <Card title="Sources">
          <Failure what="The state of Pharos" error={status.error} onRetry={() => void status.refetch()} />
        </Card>
      ) : !status.data ? (
        <Card title="Sources">
          <Loading what="sources" />
        </Card>
      ) : (
        <SourceCards sources={status.data.sources} />
      )}
      <Card
        title="Namespaces"
        note={namespaces.data ? String(namespaces.data.items.length) : undefined}
        flush
      >
        {namespaces.error && !namespaces.data ? (
          <Failure what="Namespaces" error={namespaces.error} onRetry={() => void namespaces.refetch()} />
        ) : !namespaces.data ? (
          <Loading what="namespaces" />
        ) : namespaces.data.items.length === 0 ? (
          <Empty title="No namespaces">Pharos sees no namespace in this cluster, or may not read them.</Empty>
        ) : (
          <DataTable
            label="Namespaces"
            columns={COLUMNS}
            rows={namespaces.data.items}
            rowKey={(row) => row.name}
            sort={sort}
            onSort={setSort}
          />
        )}
      </Card>
    </Page>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
