import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { fetchService, fetchWorkload } from '../../../api/endpoints'
import type { GraphNode, ObjectRef } from '../../../api/schemas'
import { shortKind } from '../../../model/config/objects'
import { healthOf, SHAPE_WORDS } from '../../../model/graph/describe'
import { edgesOf, incomingOutcomes, partners } from '../../../model/graph/panelFacts'
import type { Item } from '../../../model/graph/picture'
import { bytesPerSecond, milliseconds, percent, rate } from '../../../model/units'
import type { MeshView } from '../../../model/viewSearch'
import { ConfigLink } from '../../../ui/ConfigLink'
import { HealthMark } from '../../../ui/StatusMark'
import { ShapeIcon } from '../ShapeIcon'
import { Charts } from './Charts'
import { mtlsWords } from './mtlsWords'
import { Kpi, Partners, RatesTable, Reasons, Responses, Section } from './parts'
import type { PanelProps } from './SidePanel'
import '../controls.css'

/** Everything about one card: numbers, last half hour, why it is (not) healthy, who calls it and whom it calls. */
export function NodePanel({ graph, view, item, onSelect, onFocus }: PanelProps & { readonly item: number }) {
  const { scene, store } = graph
  const card = scene.picture.items[item]
  if (!card) return null
  const nodes = card.nodes.flatMap((i) => store.nodes[i] ?? [])
  const { values } = scene
  const callers = partners(scene.picture, values.links, item, 'callers')
  const callees = partners(scene.picture, values.links, item, 'callees')
  const perSecond = values.items.rate[item] ?? 0
  const failed = values.items.failed[item] ?? 0
  const p95 = values.items.p95[item] ?? NaN
  const tcp = values.items.tcp[item] ?? 0
  const status = healthOf(values.items.health[item])
  const receives = nodes.some(
    (node) => (node.rates['httpIn'] ?? 0) + (node.rates['grpcIn'] ?? 0) + (node.rates['tcpIn'] ?? 0) > 0,
  )
  const callerLinks = callers.map((caller) => caller.link)
  const incoming = edgesOf(store, scene.picture, callerLinks)
  const mtls = incoming.flatMap((edge) => (edge.mtls === null ? [] : [edge.mtls]))
  const outcomes = [
    { name: 'HTTP in', rates: incomingOutcomes(nodes, 'http') },
    { name: 'gRPC in', rates: incomingOutcomes(nodes, 'grpc') },
  ]
  return (
    <>
      <header className="phg-panel__head">
        <h2>
          <ShapeIcon shape={card.shape} size={17} />
          {card.label}
        </h2>
        <p>
          <HealthMark status={status} />
          <span className="ph-subtle">
            {SHAPE_WORDS[card.shape]}
            {card.namespace === '' ? '' : ` in ${card.namespace}`}
            {card.cluster === '' || card.cluster === 'unknown' ? '' : ` · ${card.cluster}`}
          </span>
        </p>
        <Reasons healths={nodes.map((node) => node.health)} />
        <div className="phg-panel__actions">
          <button type="button" className="phg-button" onClick={() => onFocus(card.id)}>
            Focus (F)
          </button>
          <PageLinks nodes={nodes} />
        </div>
      </header>
      <dl className="phg-kpis">
        {perSecond > 0 || tcp === 0 ? (
          <>
            <Kpi
              name={receives ? 'Requests in' : 'Requests out'}
              value={perSecond > 0 ? rate(perSecond) : 'none'}
            />
            <Kpi
              name="Errors"
              value={perSecond > 0 ? percent(failed / perSecond) : '–'}
              {...(status === 'failure' || status === 'degraded'
                ? { tone: `phg-card__errors--${status}` }
                : {})}
            />
            <Kpi name="p95" value={Number.isNaN(p95) ? '–' : milliseconds(p95)} />
          </>
        ) : null}
        {tcp > 0 ? <Kpi name="TCP" value={bytesPerSecond(tcp)} /> : null}
      </dl>
      <Facts card={card} />
      <Section title="Last 30 minutes" note={receives ? 'in' : 'out'}>
        <Charts
          kind="nodes"
          ids={nodes.map((node) => node.id)}
          direction={receives ? 'in' : 'out'}
          view={view}
        />
      </Section>
      {card.rows.length > 0 ? <Versions graph={graph} card={card} /> : null}
      {outcomes.some((column) => column.rates.total > 0) ? (
        <Section
          title="Requests by outcome"
          {...(mtls.length === 0
            ? {}
            : { note: mtlsWords(mtls.reduce((least, one) => Math.min(least, one))) })}
        >
          <RatesTable columns={outcomes} />
          <OutLine nodes={nodes} />
        </Section>
      ) : null}
      <Responses edges={incoming} />
      <Partners title="Callers" list={callers} graph={graph} onSelect={onSelect} />
      <Partners title="Calls" list={callees} graph={graph} onSelect={onSelect} />
      <Objects node={nodes[0]} view={view} />
    </>
  )
}

const FLAG_WORDS: Readonly<Record<string, string>> = {
  root: 'source of traffic',
  idle: 'idle',
  dead: 'no pods behind it any more',
  outside: 'outside of the chosen namespaces',
  inaccessible: 'not yours to open',
  outOfMesh: 'no sidecar, not in the mesh',
  waypoint: 'waypoint proxy',
  gateway: 'gateway',
  egressCluster: 'Envoy cluster for hosts outside',
  serviceEntry: 'service entry',
  ambient: 'ambient mesh',
  workloadEntry: 'workload entry',
  sampledOnly: 'known from traces only: rates are samples',
}

function Facts({ card }: { card: Item }) {
  const badges = card.badges.filter(
    (badge) => !badge.short.includes(' ') && badge.short !== 'WE' && badge.short !== 'WP',
  )
  if (card.flags.size + badges.length === 0) return null
  return (
    <ul className="phg-tags">
      {[...card.flags].map((flag) => (
        <li key={flag}>{FLAG_WORDS[flag] ?? flag}</li>
      ))}
      {badges.map((badge) => (
        <li key={badge.short} title={badge.words}>
          <b>{badge.short}</b> {badge.words.split(/[:(]/)[0]}
        </li>
      ))}
    </ul>
  )
}

function OutLine({ nodes }: { nodes: readonly GraphNode[] }) {
  const of = (key: string) => nodes.reduce((sum, node) => sum + (node.rates[key] ?? 0), 0)
  const parts = [
    of('httpOut') > 0 ? `HTTP ${rate(of('httpOut'))}` : '',
    of('grpcOut') > 0 ? `gRPC ${rate(of('grpcOut'))}` : '',
    of('tcpOut') > 0 ? `TCP ${bytesPerSecond(of('tcpOut'))}` : '',
  ].filter(Boolean)
  return parts.length === 0 ? null : <p className="ph-subtle">Out: {parts.join(' · ')}</p>
}

function Versions({ graph, card }: { graph: PanelProps['graph']; card: Item }) {
  const { incoming, failed, health } = graph.store.nodeColumns
  return (
    <Section title="Versions">
      <table className="phg-rates">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Rate</th>
            <th scope="col">Errors</th>
            <th scope="col">Health</th>
          </tr>
        </thead>
        <tbody>
          {card.rows.map((row) => {
            const perSecond = incoming[row.node] ?? 0
            return (
              <tr key={row.node}>
                <th scope="row">{row.version}</th>
                <td>{rate(perSecond)}</td>
                <td>{perSecond > 0 ? percent((failed[row.node] ?? 0) / perSecond) : '–'}</td>
                <td>
                  <HealthMark status={healthOf(health[row.node])} bare />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Section>
  )
}

const named = (name: string | null | undefined): name is string =>
  name != null && name !== '' && name !== 'unknown'

/** The pages of the workloads and the service behind the card. */
function PageLinks({ nodes }: { nodes: readonly GraphNode[] }) {
  const first = nodes[0]
  if (!first || !named(first.namespace) || first.flags.includes('inaccessible')) return null
  const { namespace } = first
  const workloads = [...new Set(nodes.map((node) => node.workload).filter(named))]
  const service = nodes.map((node) => node.service).find((name) => named(name) && !name.includes('*'))
  return (
    <>
      {named(service) ? (
        <Link to="/services/$namespace/$name" params={{ namespace, name: service }}>
          Service
        </Link>
      ) : null}
      {workloads.slice(0, 3).map((name) => (
        <Link key={name} to="/workloads/$namespace/$name" params={{ namespace, name }}>
          {workloads.length === 1 ? 'Workload' : name}
        </Link>
      ))}
    </>
  )
}

/** Istio objects that apply, asked only for what is open. */
function Objects({ node, view }: { node: GraphNode | undefined; view: MeshView }) {
  const namespace = node?.namespace ?? ''
  const isService = node?.kind === 'service' || node?.kind === 'serviceEntry'
  const name = (isService ? node.service : node?.workload) ?? ''
  const { data } = useQuery({
    queryKey: ['panel-objects', isService, namespace, name, view.at],
    enabled: named(namespace) && named(name),
    staleTime: 30_000,
    queryFn: async ({ signal }): Promise<readonly ObjectRef[]> => {
      const rates = { window: view.window, at: view.at }
      return isService
        ? (await fetchService(namespace, name, rates, signal)).objects
        : (await fetchWorkload(namespace, name, rates, signal)).objects
    },
  })
  if (!data || data.length === 0) return null
  return (
    <Section title="Configuration that applies" note={data.length}>
      <ul className="phg-hosts">
        {data.map((object) => (
          <li key={`${object.kind}/${object.namespace}/${object.name}`}>
            <ConfigLink object={object} withNamespace={object.namespace !== namespace} />
            <span className="ph-subtle">{shortKind(object.kind)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
