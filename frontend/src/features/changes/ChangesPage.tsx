import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useChanges } from '../../app/changeData'
import { useStatus } from '../../app/data'
import type { Change } from '../../api/changeSchemas'
import { objectWords } from '../../model/config/objects'
import { Age } from '../../ui/Age'
import { DataTable, type Column } from '../../ui/DataTable'
import { Card, FilledPage } from '../../ui/Page'
import { Empty, Failure, Loading, Stale } from '../../ui/States'
import { StateMark } from './StateMark'
import './changes.css'

const COLUMNS: readonly Column<Change>[] = [
  {
    key: 'at',
    header: 'When',
    width: '130px',
    cell: (row) => <Age of={row.at} />,
    sortBy: (row) => Date.parse(row.at),
  },
  {
    key: 'title',
    header: 'Change',
    cell: (row) => (
      <Link to="/changes/$id" params={{ id: row.id }} className="ph-entity" tabIndex={-1}>
        {row.title}
      </Link>
    ),
    sortBy: (row) => row.title,
  },
  {
    key: 'objects',
    header: 'Objects',
    cell: (row) => <span className="ph-subtle">{objectsOf(row)}</span>,
  },
  { key: 'author', header: 'By', width: '120px', cell: (row) => row.author, sortBy: (row) => row.author },
  {
    key: 'state',
    header: 'Outcome',
    width: '180px',
    cell: (row) => <StateMark state={row.state} />,
    sortBy: (row) => row.state,
  },
]

const objectsOf = (change: Change): string =>
  [...new Set(change.steps.map((step) => objectWords(step.object)))].join(', ')

/** The history of everything that was changed from here, or was about to be. */
export function ChangesPage() {
  const changes = useChanges()
  const status = useStatus()
  const navigate = useNavigate()
  const data = changes.data
  const permissions = status.data?.permissions

  const content = (): ReactNode => {
    if (!data) {
      return changes.error ? (
        <Failure what="Changes" error={changes.error} onRetry={() => void changes.refetch()} />
      ) : (
        <Loading what="changes" lines={8} />
      )
    }
    if (data.length === 0) {
      return (
        <Empty title="No changes yet" action={<Link to="/config">Open the configuration</Link>}>
          Edit an object under Config and review it: the preview, what was applied and what was taken back are
          kept here.
        </Empty>
      )
    }
    return (
      <DataTable
        label="Changes"
        columns={COLUMNS}
        rows={data}
        rowKey={(row) => row.id}
        sort="-at"
        onOpen={(row) => void navigate({ to: '/changes/$id', params: { id: row.id } })}
        fills
      />
    )
  }
  return (
    <FilledPage
      title="Changes"
      note={
        permissions && !permissions.edit ? permissions.reason || 'Nothing can be changed here.' : undefined
      }
    >
      {data ? (
        <Stale
          what="Changes"
          error={changes.error}
          asOf={changes.dataUpdatedAt}
          onRetry={() => void changes.refetch()}
        />
      ) : null}
      <Card flush fills>
        {content()}
      </Card>
    </FilledPage>
  )
}
