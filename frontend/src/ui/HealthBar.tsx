import { countWords, HEALTH_ORDER, type HealthCounts } from '../model/health'
import './healthBar.css'

/** How many of a group have which health. Widths are shares; the words are in its label. */
export function HealthBar({ counts }: { counts: HealthCounts }) {
  const words = countWords(counts)
  return (
    <span className="ph-health-bar" role="img" aria-label={words} title={words}>
      {HEALTH_ORDER.filter((status) => counts[status] > 0).map((status) => (
        <span
          key={status}
          className={`ph-health-bar__part ph-health-bar__part--${status}`}
          style={{ flexGrow: counts[status] }}
        />
      ))}
    </span>
  )
}
