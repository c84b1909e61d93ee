import { objectId, type ObjectName } from './objects'

/** A text that somebody works on and that is not in the cluster. */
export interface Draft {
  readonly text: string
  /** The live text that it began with. */
  readonly base: string
}

const PREFIX = 'pharos.draft '
const held = new Map<string, Draft>()

/** The draft of an object: kept for this tab, also through a reload where the browser allows it. */
export function draftOf(key: ObjectName): Draft | null {
  const id = objectId(key)
  const known = held.get(id)
  if (known) return known
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(PREFIX + id) ?? 'null')
    if (isDraft(stored)) {
      held.set(id, stored)
      return stored
    }
  } catch {
    // Storage can be forbidden; the draft then lives as long as the page.
  }
  return null
}

export function keepDraft(key: ObjectName, draft: Draft | null): void {
  const id = objectId(key)
  if (draft) held.set(id, draft)
  else held.delete(id)
  try {
    if (draft) sessionStorage.setItem(PREFIX + id, JSON.stringify(draft))
    else sessionStorage.removeItem(PREFIX + id)
  } catch {
    // see draftOf()
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'base' in value &&
    typeof value.base === 'string'
  )
}
