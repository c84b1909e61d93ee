import type { Line } from '../../../model/graph/panelFacts'
import { clockTime } from '../../../model/time'
import { inUnit } from '../../../model/units'

const W = 316
const H = 46

/** A line over the last half hour with its latest value in words; gaps stay gaps. */
export function MiniChart(props: { title: string; line: Line; unit: string; tone: 1 | 2 | 3 | 'failure' }) {
  const { title, line, unit, tone } = props
  const known = line.values.filter((value): value is number => value !== null)
  if (known.length === 0) return null
  const most = Math.max(...known)
  const first = line.at[0] ?? 0
  const span = Math.max(1, (line.at.at(-1) ?? 0) - first)
  let path = ''
  let pen = false
  line.values.forEach((value, i) => {
    if (value === null) {
      pen = false
      return
    }
    const x = (((line.at[i] ?? 0) - first) / span) * W
    const y = H - 3 - (most === 0 ? 0 : (value / most) * (H - 8))
    path += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    pen = true
  })
  const last = known.at(-1) ?? null
  const since = clockTime(first * 1000, (line.at.at(-1) ?? 0) * 1000)
  return (
    <figure className="phg-mini">
      <figcaption>
        {title} <b>{inUnit(last, unit)}</b>
        <span className="ph-subtle">highest {inUnit(most, unit)}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${W} ${H}`}
        preserveAspectRatio="none"
        className={`phg-mini__line phg-mini__line--${tone}`}
        role="img"
        aria-label={`${title} since ${since}: now ${inUnit(last, unit)}, highest ${inUnit(most, unit)}`}
      >
        <path className="phg-mini__base" d={`M0 ${H - 0.5}H${W}`} />
        <path d={path} />
      </svg>
    </figure>
  )
}
