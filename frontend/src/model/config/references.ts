import type { ConfigKey, LevelCounts, Use, UsedBy } from '../../api/configSchemas'
import { sentenceCase } from '../facts'
import { objectId, type ObjectName } from './objects'

/** Everything of one role that the object names in one place: two subsets are one rule's. */
export interface Named {
  readonly id: string
  /** The first of each name, in the order of the text. */
  readonly uses: readonly [Use, ...Use[]]
}

/** What the object names, once per role and target however often it repeats them; without what names itself. */
export function mergedUses(uses: readonly Use[], self: ObjectName): readonly Named[] {
  const seen = new Map<string, Named>()
  for (const use of uses) {
    if (use.to.length > 0 && use.to.every((target) => objectId(target) === objectId(self))) continue
    const id = [use.role, use.wanted, ...(use.to.length > 0 ? use.to.map(objectId) : [use.text])].join(' ')
    const known = seen.get(id)
    if (!known) seen.set(id, { id, uses: [use] })
    else if (known.uses.every((other) => other.text !== use.text))
      seen.set(id, { id, uses: [...known.uses, use] })
  }
  return [...seen.values()]
}

/** One line per object that names this one. */
export interface Referrer {
  readonly object: ConfigKey
  readonly roles: readonly string[]
  /** Where it does so first. */
  readonly path: string
  readonly findings: LevelCounts
}

export function mergedUsers(users: readonly UsedBy[]): readonly Referrer[] {
  const seen = new Map<string, Referrer>()
  for (const user of users) {
    const id = objectId(user.object)
    const known = seen.get(id)
    seen.set(
      id,
      known
        ? { ...known, roles: known.roles.includes(user.role) ? known.roles : [...known.roles, user.role] }
        : { object: user.object, roles: [user.role], path: user.path, findings: user.findings },
    )
  }
  return [...seen.values()]
}

export const roleWords = (role: string): string => sentenceCase(role)
