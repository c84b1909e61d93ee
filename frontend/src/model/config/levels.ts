import type { Finding, Level, LevelCounts } from '../../api/configSchemas'
import { counted } from '../units'

/** Worst first. */
export const LEVELS: readonly Level[] = ['Error', 'Warning', 'Info']

/** What people call one finding of a level. */
const WORDS: Readonly<Record<Level, string>> = { Error: 'error', Warning: 'warning', Info: 'note' }

export const levelWord = (level: Level): string => WORDS[level]

export const NO_FINDINGS: LevelCounts = { error: 0, warning: 0, info: 0 }

export const countOf = (counts: LevelCounts, level: Level): number =>
  level === 'Error' ? counts.error : level === 'Warning' ? counts.warning : counts.info

export const totalOf = (counts: LevelCounts): number => counts.error + counts.warning + counts.info

export function sumOf(all: readonly LevelCounts[]): LevelCounts {
  return all.reduce(
    (sum, counts) => ({
      error: sum.error + counts.error,
      warning: sum.warning + counts.warning,
      info: sum.info + counts.info,
    }),
    NO_FINDINGS,
  )
}

export function countsOf(findings: readonly Finding[]): LevelCounts {
  const of = (level: Level) => findings.filter((finding) => finding.level === level).length
  return { error: of('Error'), warning: of('Warning'), info: of('Info') }
}

/** "2 errors, 1 note"; what is 0 is left out. */
export function countWords(counts: LevelCounts): string {
  const parts = LEVELS.filter((level) => countOf(counts, level) > 0).map((level) =>
    counted(countOf(counts, level), WORDS[level]),
  )
  return parts.length === 0 ? 'no findings' : parts.join(', ')
}

/** For sorting: any error outweighs all warnings, any warning all notes. */
export const weightOf = (counts: LevelCounts): number =>
  counts.error * 1e8 + Math.min(counts.warning, 9999) * 1e4 + Math.min(counts.info, 9999)
