import { useNamespaces, useServices, useStatus, useWorkloads } from '../../app/data'
import { useMeshView } from '../../app/view'
import type { Service, Workload } from '../../api/schemas'
import { concerns } from '../../model/health'
import { namespaceLines } from '../../model/overview'
import { durationWords } from '../../model/time'
import { Card, Page } from '../../ui/Page'
import { Empty, Failure, Loading, Stale } from '../../ui/States'
import { ConcernList } from './ConcernList'
import { HistoryCard } from './HistoryCard'
import { NamespaceTable } from './NamespaceTable'
import { SourceStrip } from './SourceStrip'
import { Tiles } from './Tiles'
import './overview.css'

const NO_SERVICES: readonly Service[] = []
const NO_WORKLOADS: readonly Workload[] = []

/** What needs a look now, and how everything is. */
export function OverviewPage() {
  const view = useMeshView()
  const status = useStatus()
  const namespaces = useNamespaces(view)
  const services = useServices(view)
  const workloads = useWorkloads(view)

  const serviceItems = services.data?.items ?? NO_SERVICES
  const workloadItems = workloads.data?.items ?? NO_WORKLOADS
  const chosen = (namespaces.data?.items ?? []).filter(
    (namespace) => view.namespaces.length === 0 || view.namespaces.includes(namespace.name),
  )
  const listsError = services.error ?? workloads.error
  const retryLists = () => {
    void services.refetch()
    void workloads.refetch()
  }
  const troubled = concerns(serviceItems, workloadItems)

  return (
    <Page title="Overview" note={`Rates over the last ${durationWords(view.window)}`}>
      {services.data && workloads.data ? (
        <Stale
          what="Services and workloads"
          error={listsError}
          asOf={Math.min(services.dataUpdatedAt, workloads.dataUpdatedAt)}
          onRetry={retryLists}
        />
      ) : null}
      <Tiles
        services={services.data?.items ?? null}
        workloads={workloads.data?.items ?? null}
        namespaces={namespaces.data ? chosen : null}
      />
      <HistoryCard view={view} />
      <div className="ph-overview">
        <Card
          title="Needs attention"
          note={services.data && workloads.data ? String(troubled.length) : undefined}
          flush
        >
          {listsError && !(services.data && workloads.data) ? (
            <Failure what="Services and workloads" error={listsError} onRetry={retryLists} />
          ) : !services.data || !workloads.data ? (
            <Loading what="services and workloads" />
          ) : serviceItems.length + workloadItems.length === 0 ? (
            <Empty title="No services or workloads here">
              The chosen namespaces hold nothing that Pharos may read. Choose other namespaces above.
            </Empty>
          ) : (
            <ConcernList concerns={troubled} />
          )}
        </Card>
        <div className="ph-overview__side">
          <Card title="Namespaces" note={namespaces.data ? String(chosen.length) : undefined} flush>
            {namespaces.error && !namespaces.data ? (
              <Failure what="Namespaces" error={namespaces.error} onRetry={() => void namespaces.refetch()} />
            ) : !namespaces.data ? (
              <Loading what="namespaces" lines={4} />
            ) : chosen.length === 0 ? (
              <Empty title="No namespaces">Pharos sees no namespace in this cluster.</Empty>
            ) : (
              <NamespaceTable lines={namespaceLines(chosen, serviceItems, workloadItems)} />
            )}
          </Card>
          <Card title="Sources" flush>
            <SourceStrip sources={status.data?.sources ?? null} />
          </Card>
        </div>
      </div>
    </Page>
  )
}
