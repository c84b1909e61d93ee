import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, type ReactNode } from 'react'
import { useConfig } from '../../app/configData'
import { useGoToObject } from '../../app/go'
import { useMeshView } from '../../app/view'
import type { ConfigObject } from '../../api/configSchemas'
import { validateConfigSearch, type ConfigSearch } from '../../model/config/configSearch'
import { countWords, sumOf, weightOf } from '../../model/config/levels'
import { filteredObjects, kindNote, objectId, shortKind, versionOf } from '../../model/config/objects'
import { ConfigLink } from '../../ui/ConfigLink'
import { DataTable, type Column } from '../../ui/DataTable'
import { Button } from '../../ui/kit'
import { LevelCountsMark } from '../../ui/LevelMark'
import { Card, FilledPage } from '../../ui/Page'
import { Empty, Failure, Loading, Stale } from '../../ui/States'
import { Age } from '../../ui/Age'
import { ConfigControls } from './ConfigControls'
import { ConfigTabs } from './ConfigTabs'
import { SourceNotes } from './SourceNotes'

const COLUMNS: readonly Column<ConfigObject>[] = [
  {
    key: 'findings',
    header: 'Findings',
    width: '128px',
    cell: (row) => <LevelCountsMark counts={row.findings} />,
    sortBy: (row) => weightOf(row.findings),
  },
  {
    key: 'kind',
    header: 'Kind',
    cell: (row) => (
      <>
        {shortKind(row.kind)}
        {kindNote(row.kind) === '' ? null : (
          <span className="ph-entity__namespace">{kindNote(row.kind)}</span>
        )}
      </>
    ),
    sortBy: (row) => row.kind,
  },
  {
    key: 'name',
    header: 'Name',
    cell: (row) => <ConfigLink object={row} inRow />,
    sortBy: (row) => row.name,
  },
  {
    key: 'namespace',
    header: 'Namespace',
    cell: (row) => row.namespace,
    sortBy: (row) => (row.namespace === '' ? null : row.namespace),
  },
  {
    key: 'version',
    header: 'API version',
    cell: (row) => <span className="ph-subtle">{versionOf(row.apiVersion)}</span>,
    sortBy: (row) => versionOf(row.apiVersion),
  },
  {
    key: 'age',
    header: 'Created',
    cell: (row) => <Age of={row.createdAt} />,
    sortBy: (row) => (row.createdAt === null ? null : -Date.parse(row.createdAt)),
  },
]

/** Every object that configures the mesh, with what the checks say of it. */
export function ConfigPage() {
  const view = useMeshView()
  const search = validateConfigSearch(useSearch({ from: '/config' }))
  const config = useConfig(view)
  const goToObject = useGoToObject()
  const change = useChangeSearch()
  const data = config.data
  const shown = data ? filteredObjects(data.items, search) : []

  const content = (): ReactNode => {
    if (!data) {
      return config.error ? (
        <Failure what="Configuration" error={config.error} onRetry={() => void config.refetch()} />
      ) : (
        <Loading what="configuration" lines={12} />
      )
    }
    if (data.items.length === 0) {
      return (
        <Empty title="No configuration here">
          {view.namespaces.length > 0
            ? `Nothing in ${view.namespaces.join(', ')} that Pharos may read. Choose other namespaces above.`
            : 'Pharos sees no Istio or Gateway API object in this cluster, or may not read them.'}
        </Empty>
      )
    }
    if (shown.length === 0) {
      return (
        <Empty
          title="No objects fit the filter"
          icon="search"
          action={
            <Button variant="link" onClick={() => change({ q: undefined, kind: undefined, sev: undefined })}>
              Clear the filter
            </Button>
          }
        />
      )
    }
    return (
      <DataTable
        label="Configuration"
        columns={COLUMNS}
        rows={shown}
        rowKey={objectId}
        sort={search.sort ?? '-findings'}
        onSort={(sort) => change({ sort })}
        onOpen={(row) => goToObject(row)}
        fills
      />
    )
  }

  return (
    <FilledPage
      documentTitle="Config"
      title={
        <>
          Config <ConfigTabs />
        </>
      }
      note={data ? noteOf(data.items, shown) : undefined}
      actions={<ConfigControls search={search} kinds={data?.kinds ?? {}} onChange={change} />}
    >
      {data ? (
        <>
          <Stale
            what="Configuration"
            error={config.error}
            asOf={config.dataUpdatedAt}
            onRetry={() => void config.refetch()}
          />
          <SourceNotes sources={data.sources} skipped={data.analysis.skipped} />
        </>
      ) : null}
      <Card flush fills>
        {content()}
      </Card>
    </FilledPage>
  )
}

function noteOf(all: readonly ConfigObject[], shown: readonly ConfigObject[]): string {
  const count = all.length === shown.length ? `${all.length}` : `${shown.length} of ${all.length}`
  return `${count} · ${countWords(sumOf(shown.map((object) => object.findings)))}`
}

function useChangeSearch(): (change: ConfigSearch) => void {
  const navigate = useNavigate()
  return useCallback(
    (change) => void navigate({ to: '.', search: (previous) => ({ ...previous, ...change }), replace: true }),
    [navigate],
  )
}
