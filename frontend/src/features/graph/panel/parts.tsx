import type { ReactNode } from 'react'
import type { GraphEdge, Health } from '../../../api/schemas'
import { healthOf } from '../../../model/graph/describe'
import { hostLines, responseLines, type OutcomeRates, type Partner } from '../../../model/graph/panelFacts'
import { reasonWords } from '../../../model/health'
import { bytesPerSecond, percent, rate } from '../../../model/units'
import { HealthMark } from '../../../ui/StatusMark'
import { ShapeIcon } from '../ShapeIcon'
import type { GraphScene } from '../useGraphScene'
import '../controls.css'

export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="phg-section">
      <h3>
        {title}
        {note === undefined ? null : <span className="ph-subtle">{note}</span>}
      </h3>
      {children}
    </section>
  )
}

export function Kpi({ name, value, tone }: { name: string; value: string; tone?: string }) {
  return (
    <div className="phg-kpi">
      <dt>{name}</dt>
      <dd className={tone}>{value}</dd>
    </div>
  )
}

const OUTCOMES: readonly (readonly [keyof OutcomeRates, string])[] = [
  ['ok', 'OK'],
  ['redirected', '3xx'],
  ['clientErrors', '4xx'],
  ['serverErrors', '5xx'],
  ['grpcErrors', 'gRPC errors'],
  ['noResponse', 'No response'],
]

/** Rates by outcome, one column for each protocol that has traffic. */
export function RatesTable({
  columns,
}: {
  columns: readonly { readonly name: string; readonly rates: OutcomeRates }[]
}) {
  const shown = columns.filter((column) => column.rates.total > 0)
  if (shown.length === 0) return null
  const lines = OUTCOMES.filter(([key]) => key === 'ok' || shown.some((column) => column.rates[key] > 0))
  return (
    <table className="phg-rates">
      <thead>
        <tr>
          <td />
          {shown.map((column) => (
            <th key={column.name} scope="col">
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Total</th>
          {shown.map((column) => (
            <td key={column.name}>{rate(column.rates.total)}</td>
          ))}
        </tr>
        {lines.map(([key, words]) => (
          <tr key={key} className={key === 'ok' || key === 'redirected' ? undefined : 'phg-rates__bad'}>
            <th scope="row">{words}</th>
            {shown.map((column) => (
              <td key={column.name}>
                {column.rates[key] > 0 ? percent(column.rates[key] / column.rates.total) : '0 %'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Response codes by Envoy flag, and the hosts that were asked for. */
export function Responses({ edges }: { edges: readonly GraphEdge[] }) {
  const lines = responseLines(edges)
  const hosts = hostLines(edges)
  if (lines.length === 0) return null
  return (
    <Section title="Responses">
      <table className="phg-rates">
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Envoy flag</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, 8).map((line) => (
            <tr
              key={`${line.code}${line.flags}`}
              className={/^[45]|^0$/.test(line.code) ? 'phg-rates__bad' : undefined}
            >
              <th scope="row">{line.code === '0' ? 'none' : line.code}</th>
              <td>{line.flags === '-' ? '–' : line.flags}</td>
              <td>{percent(line.share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hosts.length === 0 ? null : (
        <ul className="phg-hosts">
          {hosts.slice(0, 5).map(({ host, share }) => (
            <li key={host}>
              <span className="ph-truncate" title={host}>
                {host}
              </span>
              <span>{percent(share)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export function Reasons({ healths }: { healths: readonly Health[] }) {
  const reasons = [...new Set(healths.flatMap((health) => reasonWords(health)))]
  if (reasons.length === 0) return null
  return (
    <ul className="phg-reasons">
      {reasons.slice(0, 6).map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  )
}

const SHOWN_PARTNERS = 8

interface PartnersProps {
  readonly title: string
  readonly list: readonly Partner[]
  readonly graph: GraphScene
  readonly onSelect: (id: string) => void
}

export function Partners({ title, list, graph, onSelect }: PartnersProps) {
  const { picture, values } = graph.scene
  if (list.length === 0) return null
  return (
    <Section title={title} note={list.length}>
      <ul className="phg-partners">
        {list.slice(0, SHOWN_PARTNERS).map(({ item, link }) => {
          const total = values.links.total[link] ?? 0
          const tcp = picture.links[link]?.tcp === true
          const share = total === 0 ? '' : percent((values.links.failed[link] ?? 0) / total)
          return (
            <ItemLine
              key={link}
              graph={graph}
              item={item}
              onSelect={onSelect}
              rate={tcp ? bytesPerSecond(total) : rate(total)}
              errors={tcp ? '' : share}
              health={values.links.health[link] ?? 0}
            />
          )
        })}
        {list.length > SHOWN_PARTNERS ? (
          <li className="phg-partners__more">and {list.length - SHOWN_PARTNERS} more</li>
        ) : null}
      </ul>
    </Section>
  )
}

const SHOWN_TROUBLE = 10

/** Cards in trouble, in the given order. */
export function NeedsALook({
  items,
  graph,
  onSelect,
}: Pick<PartnersProps, 'graph' | 'onSelect'> & { readonly items: readonly number[] }) {
  const { scene } = graph
  if (items.length === 0) return null
  return (
    <Section title="Needs a look" note={items.length}>
      <ul className="phg-partners">
        {items.slice(0, SHOWN_TROUBLE).map((i) => {
          const numbers = scene.numbersOf(i)
          return (
            <ItemLine
              key={i}
              graph={graph}
              item={i}
              onSelect={onSelect}
              rate={numbers?.rate ?? ''}
              errors={numbers?.errors ?? ''}
              health={scene.values.items.health[i] ?? 0}
            />
          )
        })}
      </ul>
    </Section>
  )
}

function ItemLine(
  props: Pick<PartnersProps, 'graph' | 'onSelect'> & {
    item: number
    rate: string
    errors: string
    health: number
  },
) {
  const item = props.graph.scene.picture.items[props.item]
  if (!item) return null
  return (
    <li>
      <ShapeIcon shape={item.shape} />
      <button type="button" className="phg-link ph-truncate" onClick={() => props.onSelect(item.id)}>
        {item.label}
      </button>
      <span className="ph-number">{props.rate}</span>
      <span className="ph-number">{props.errors}</span>
      <HealthMark status={healthOf(props.health)} bare />
    </li>
  )
}
