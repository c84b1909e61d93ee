import { responseLines } from '../../../model/graph/panelFacts'
import { counted, milliseconds, percent, rate } from '../../../model/units'
import { Kpi, NeedsALook, Section } from './parts'
import type { PanelProps } from './SidePanel'

/** The graph as a whole: its size, what enters it, and the worst of it. */
export function GraphPanel({ graph, onSelect }: PanelProps) {
  const { scene, store } = graph
  const { picture, values } = scene
  let entering = 0
  let failing = 0
  picture.items.forEach((_, i) => {
    const own = picture.linksOf[i] ?? []
    if (own.some((l) => picture.links[l]?.target === i && picture.links[l].source !== i)) return
    for (const l of own) {
      if (picture.links[l]?.tcp === true) continue
      entering += values.links.total[l] ?? 0
      failing += values.links.failed[l] ?? 0
    }
  })
  const { health, failed } = values.items
  const worst = picture.items
    .map((_, i) => i)
    .filter((i) => (health[i] ?? 0) >= 3)
    .sort((a, b) => (health[b] ?? 0) - (health[a] ?? 0) || (failed[b] ?? 0) - (failed[a] ?? 0))
  const { p95 } = values.links
  const slowest = picture.links
    .map((_, l) => l)
    .filter((l) => !Number.isNaN(p95[l] ?? NaN))
    .sort((a, b) => (p95[b] ?? 0) - (p95[a] ?? 0))
    .slice(0, 5)
  const codes = responseLines(store.edges).slice(0, 6)
  return (
    <>
      <header className="phg-panel__head">
        <h2>The graph</h2>
        <p className="ph-subtle">
          {counted(picture.items.length, 'card')}, {counted(picture.links.length, 'connection')},{' '}
          {counted(new Set(picture.items.map((item) => item.group)).size, 'namespace')}
        </p>
      </header>
      <dl className="phg-kpis">
        <Kpi name="Entering" value={rate(entering)} />
        <Kpi name="Errors there" value={entering > 0 ? percent(failing / entering) : '–'} />
        <Kpi name="In trouble" value={String(worst.length)} />
      </dl>
      <NeedsALook items={worst} graph={graph} onSelect={onSelect} />
      {slowest.length === 0 ? null : (
        <Section title="Slowest calls" note="p95">
          <ul className="phg-hosts">
            {slowest.map((l) => (
              <li key={l}>
                <span className="ph-truncate">
                  {picture.items[picture.links[l]?.source ?? 0]?.label} →{' '}
                  {picture.items[picture.links[l]?.target ?? 0]?.label}
                </span>
                <span>{milliseconds(p95[l] ?? null)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {codes.length === 0 ? null : (
        <Section title="Responses">
          <ul className="phg-hosts">
            {codes.map((line) => (
              <li key={`${line.code}${line.flags}`}>
                <span>
                  {line.code === '0' ? 'no response' : line.code} {line.flags === '-' ? '' : line.flags}
                </span>
                <span>{percent(line.share)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
