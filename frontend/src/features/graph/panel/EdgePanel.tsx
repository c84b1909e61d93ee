import { healthOf } from '../../../model/graph/describe'
import { edgeOutcomes, edgesOf } from '../../../model/graph/panelFacts'
import { bytesPerSecond, milliseconds, percent, rate } from '../../../model/units'
import { HealthMark } from '../../../ui/StatusMark'
import { Charts } from './Charts'
import { mtlsWords } from './mtlsWords'
import { Kpi, RatesTable, Reasons, Responses, Section } from './parts'
import type { PanelProps } from './SidePanel'
import '../controls.css'

const QUANTILES = [
  ['avg', 'Average'],
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['p99', 'p99'],
] as const

/** Everything about the calls from one card to another. */
export function EdgePanel({ graph, view, link: l, onSelect }: PanelProps & { readonly link: number }) {
  const { scene, store } = graph
  const link = scene.picture.links[l]
  const source = scene.picture.items[link?.source ?? -1]
  const target = scene.picture.items[link?.target ?? -1]
  if (!link || !source || !target) return null
  const edges = edgesOf(store, scene.picture, [l])
  const values = scene.values.links
  const total = values.total[l] ?? 0
  const share = values.share[l] ?? NaN
  const mtls = values.mtls[l] ?? NaN
  const throughput = values.throughput[l] ?? NaN
  const version = source.rows[link.row]?.version
  const timed = QUANTILES.filter(([key]) => !Number.isNaN(values[key][l] ?? NaN))
  const principals = [
    ...new Set(
      edges
        .flatMap((edge) => [edge.sourcePrincipal, edge.destPrincipal])
        .filter((name) => name !== '' && name !== 'unknown'),
    ),
  ]
  return (
    <>
      <header className="phg-panel__head">
        <h2 className="phg-panel__route">
          <button type="button" className="phg-link" onClick={() => onSelect(source.id)}>
            {source.label}
          </button>
          {version === undefined ? null : <span className="ph-subtle">{version}</span>}
          <span aria-label="calls">→</span>
          <button type="button" className="phg-link" onClick={() => onSelect(target.id)}>
            {target.label}
          </button>
        </h2>
        <p>
          <HealthMark status={healthOf(values.health[l])} />
          <span className="ph-subtle">
            {[...new Set(edges.map((edge) => edge.protocol.toUpperCase()))].join(', ')}
            {Number.isNaN(mtls) ? '' : ` · ${mtlsWords(mtls)}`}
            {link.sampled ? ' · known from traces only, rates are samples' : ''}
          </span>
        </p>
        <Reasons healths={edges.map((edge) => edge.health)} />
      </header>
      <dl className="phg-kpis">
        <Kpi name={link.tcp ? 'Bytes' : 'Requests'} value={link.tcp ? bytesPerSecond(total) : rate(total)} />
        {link.tcp ? null : (
          <Kpi name="Errors" value={total > 0 ? percent((values.failed[l] ?? 0) / total) : '–'} />
        )}
        {Number.isNaN(share) ? null : <Kpi name="Of the caller" value={percent(share)} />}
        {Number.isNaN(throughput) ? null : <Kpi name="Throughput" value={bytesPerSecond(throughput)} />}
      </dl>
      {timed.length === 0 ? null : (
        <Section
          title="Response time"
          {...(edges.length > 1 ? { note: 'quantiles of the slowest version' } : {})}
        >
          <dl className="phg-kpis">
            {timed.map(([key, name]) => (
              <Kpi key={key} name={name} value={milliseconds(values[key][l] ?? null)} />
            ))}
          </dl>
        </Section>
      )}
      <Section title="Last 30 minutes">
        <Charts kind="edges" ids={edges.map((edge) => edge.id)} direction="in" view={view} />
      </Section>
      {link.tcp ? null : (
        <Section title="Requests by outcome">
          <RatesTable
            columns={[
              { name: 'HTTP', rates: edgeOutcomes(edges, 'http') },
              { name: 'gRPC', rates: edgeOutcomes(edges, 'grpc') },
            ]}
          />
        </Section>
      )}
      <Responses edges={edges} />
      {principals.length === 0 ? null : (
        <Section title="Identities">
          <ul className="phg-hosts phg-mono-list">
            {principals.slice(0, 6).map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
