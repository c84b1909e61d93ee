import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, type ReactNode } from 'react'
import { useFindings } from '../../app/configData'
import { useMeshView } from '../../app/view'
import { validateFindingsSearch, type FindingsSearch } from '../../model/config/configSearch'
import { filteredFindings, grouped } from '../../model/config/findingGroups'
import { countsOf, countWords } from '../../model/config/levels'
import { Button } from '../../ui/kit'
import { Card, Page } from '../../ui/Page'
import { Empty, Failure, Loading, Stale } from '../../ui/States'
import { ConfigTabs } from './ConfigTabs'
import { FindingGroupCard } from './FindingGroupCard'
import { FindingsControls } from './FindingsControls'
import { SourceNotes } from './SourceNotes'

/** Everything that is wrong in the mesh, worst first. */
export function FindingsPage() {
  const view = useMeshView()
  const search = validateFindingsSearch(useSearch({ from: '/config/findings' }))
  const findings = useFindings(view)
  const change = useChangeSearch()
  const by = search.by ?? 'code'
  const data = findings.data
  const shown = data ? filteredFindings(data.items, search) : []
  const codes = data ? [...new Set(data.items.map((finding) => finding.code))].sort() : []

  const instead = (): ReactNode => {
    if (!data) {
      return findings.error ? (
        <Failure what="Findings" error={findings.error} onRetry={() => void findings.refetch()} />
      ) : (
        <Loading what="findings" lines={12} />
      )
    }
    if (data.items.length === 0) {
      return (
        <Empty title="Nothing is wrong" icon="check">
          {view.namespaces.length > 0
            ? `The checks have no finding in ${view.namespaces.join(', ')}.`
            : 'The checks have no finding in this mesh.'}
        </Empty>
      )
    }
    return shown.length > 0 ? null : (
      <Empty
        title="No findings fit the filter"
        icon="search"
        action={
          <Button variant="link" onClick={() => change({ q: undefined, sev: undefined, code: undefined })}>
            Clear the filter
          </Button>
        }
      />
    )
  }
  const other = instead()

  return (
    <Page
      documentTitle="Findings"
      title={
        <>
          Config <ConfigTabs />
        </>
      }
      note={data ? countWords(countsOf(shown)) : undefined}
      actions={<FindingsControls search={search} codes={codes} onChange={change} />}
    >
      {data ? (
        <>
          <Stale
            what="Findings"
            error={findings.error}
            asOf={findings.dataUpdatedAt}
            onRetry={() => void findings.refetch()}
          />
          <SourceNotes sources={data.sources} skipped={data.analysis.skipped} />
        </>
      ) : null}
      {other === null ? (
        grouped(shown, by).map((group) => (
          <FindingGroupCard key={`${by} ${group.id}`} group={group} by={by} />
        ))
      ) : (
        <Card flush>{other}</Card>
      )}
    </Page>
  )
}

function useChangeSearch(): (change: FindingsSearch) => void {
  const navigate = useNavigate()
  return useCallback(
    (change) => void navigate({ to: '.', search: (previous) => ({ ...previous, ...change }), replace: true }),
    [navigate],
  )
}
