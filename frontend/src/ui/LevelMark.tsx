import type { Level, LevelCounts } from '../api/configSchemas'
import type { HealthStatus } from '../api/schemas'
import { countOf, countWords, LEVELS, levelWord, totalOf } from '../model/config/levels'
import { sentenceCase } from '../model/facts'
import { Icon, type IconName } from './Icon'
import './levelMark.css'

const LOOKS: Readonly<Record<Level, readonly [IconName, HealthStatus]>> = {
  Error: ['failure', 'failure'],
  Warning: ['warning', 'degraded'],
  Info: ['info', 'notReady'],
}

/** How bad a finding is, as icon, word and colour together. `bare` keeps the word for screen readers only. */
export function LevelMark({ level, bare = false }: { level: Level; bare?: boolean }) {
  const [icon, status] = LOOKS[level]
  const word = sentenceCase(levelWord(level))
  return (
    <span className={`ph-status ph-status--${status}`} title={bare ? word : undefined}>
      <Icon name={icon} size={15} />
      <span className={bare ? 'ph-visually-hidden' : undefined}>{word}</span>
    </span>
  )
}

/** How many findings of each level; a tick where there are none. */
export function LevelCountsMark({ counts }: { counts: LevelCounts }) {
  if (totalOf(counts) === 0) {
    return (
      <span className="ph-status ph-status--na" title="No findings">
        <Icon name="check" size={15} />
        <span className="ph-visually-hidden">No findings</span>
      </span>
    )
  }
  return (
    <span className="ph-level-counts" title={countWords(counts)}>
      <span className="ph-visually-hidden">{countWords(counts)}</span>
      {LEVELS.filter((level) => countOf(counts, level) > 0).map((level) => {
        const [icon, status] = LOOKS[level]
        return (
          <span key={level} className={`ph-status ph-status--${status}`} aria-hidden="true">
            <Icon name={icon} size={15} />
            {countOf(counts, level)}
          </span>
        )
      })}
    </span>
  )
}
