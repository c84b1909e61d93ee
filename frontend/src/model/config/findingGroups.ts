import type { Finding, Level } from '../../api/configSchemas'
import { LEVELS } from './levels'
import type { FindingsSearch } from './configSearch'
import { objectId, type ObjectName } from './objects'

/** Findings that belong together: of one code, or about one object. */
export interface FindingGroup {
  readonly id: string
  /** Null where the findings are about no object. */
  readonly object: ObjectName | null
  /** The worst among them. */
  readonly level: Level
  readonly findings: readonly Finding[]
}

const rank = (level: Level): number => LEVELS.indexOf(level)

/** Findings that fit the filter. */
export function filteredFindings(findings: readonly Finding[], search: FindingsSearch): readonly Finding[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return findings.filter((finding) => {
    if (search.sev !== undefined && finding.level.toLowerCase() !== search.sev) return false
    if (search.code !== undefined && finding.code !== search.code) return false
    const text = [finding.code, finding.name, finding.origin, finding.message, finding.path]
      .join(' ')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Groups, the one with the worst finding first, then the largest. */
export function grouped(findings: readonly Finding[], by: 'code' | 'object'): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const id =
      by === 'code' ? finding.code : finding.object === null ? finding.origin : objectId(finding.object)
    const group = groups.get(id)
    if (group) group.push(finding)
    else groups.set(id, [finding])
  }
  return [...groups.entries()]
    .map(([id, members]) => ({
      id,
      object: by === 'object' ? (members[0]?.object ?? null) : null,
      level: members.reduce<Level>(
        (worst, member) => (rank(member.level) < rank(worst) ? member.level : worst),
        'Info',
      ),
      findings: members,
    }))
    .sort(
      (a, b) =>
        rank(a.level) - rank(b.level) || b.findings.length - a.findings.length || a.id.localeCompare(b.id),
    )
}

/** `ReferencedResourceNotFound` as "Referenced resource not found". */
export function nameWords(name: string): string {
  const spaced = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word, index) => (index === 0 || /^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
  return spaced.join(' ')
}
