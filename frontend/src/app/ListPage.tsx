import type { ReactNode } from 'react'
import type { Health } from '../api/schemas'
import { filtered } from '../model/listFilter'
import type { ListSearch } from '../model/listSearch'
import type { MeshView } from '../model/viewSearch'
import { DataTable, type Column } from '../ui/DataTable'
import { Card, FilledPage } from '../ui/Page'
import { Empty, Failure, Loading, Stale } from '../ui/States'
import { Button } from '../ui/kit'
import { ListControls, useChangeList } from './ListControls'

/** The list of services or of workloads: same frame, same states, other columns. */
export function ListPage<R extends { readonly health: Health }>(props: {
  title: string
  view: MeshView
  search: ListSearch
  columns: readonly Column<R>[]
  rows: readonly R[] | null
  error: Error | null
  /** When the rows were heard, milliseconds since 1970. */
  asOf: number
  onRetry: () => void
  rowKey: (row: R) => string
  textOf: (row: R) => string
  onOpen: (row: R) => void
}) {
  const { title, view, search, rows, error } = props
  const what = title.toLowerCase()
  const change = useChangeList()
  const shown = rows === null ? [] : filtered(rows, search, props.textOf)
  const count =
    rows === null
      ? undefined
      : shown.length === rows.length
        ? `${rows.length}`
        : `${shown.length} of ${rows.length}`

  const content = (): ReactNode => {
    if (rows === null && error) return <Failure what={title} error={error} onRetry={props.onRetry} />
    if (rows === null) return <Loading what={what} lines={12} />
    if (rows.length === 0) {
      return (
        <Empty title={`No ${what} here`}>
          {view.namespaces.length > 0
            ? `Nothing in ${view.namespaces.join(', ')} that Pharos may read. Choose other namespaces above.`
            : 'Pharos sees none in this cluster, or may not read them.'}
        </Empty>
      )
    }
    if (shown.length === 0) {
      return (
        <Empty
          title={`No ${what} fit the filter`}
          icon="search"
          action={
            <Button variant="link" onClick={() => change({ q: undefined, health: undefined })}>
              Clear the filter
            </Button>
          }
        />
      )
    }
    return (
      <DataTable
        label={title}
        columns={props.columns}
        rows={shown}
        rowKey={props.rowKey}
        sort={search.sort ?? '-health'}
        onSort={(sort) => change({ sort })}
        onOpen={props.onOpen}
        fills
      />
    )
  }

  return (
    <FilledPage title={title} note={count} actions={<ListControls search={search} what={what} />}>
      {rows === null ? null : <Stale what={title} error={error} asOf={props.asOf} onRetry={props.onRetry} />}
      <Card flush fills>
        {content()}
      </Card>
    </FilledPage>
  )
}
