import { useEffect, useSyncExternalStore } from 'react'

/** A key, two keys one after the other ("g o") or a chord ("Ctrl+K", also with the command key), as `KeyboardEvent.key` names them. */
export interface Shortcut {
  readonly keys: string
  readonly label: string
  /** Left out when the page handles the key itself and only wants it in the help. */
  readonly run?: () => void
}

export interface ShortcutSection {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

const SEQUENCE_MS = 1200
let sections: readonly ShortcutSection[] = []
const listeners = new Set<() => void>()

function change(next: readonly ShortcutSection[]): void {
  sections = next
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What the help shows: the sections of everything that is mounted. */
export const useShortcutSections = (): readonly ShortcutSection[] =>
  useSyncExternalStore(subscribe, () => sections)

/** Offers shortcuts while the component is mounted. `shortcuts` must be stable (a constant or memoised). */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    const section = { title, shortcuts }
    change([...sections, section])
    return () => change(sections.filter((other) => other !== section))
  }, [title, shortcuts])
}

/** Keys belong to the field while somebody types, and to the dialog while one is open. */
function isTaken(event: KeyboardEvent): boolean {
  // Inside a shadow root the event itself names only the host.
  const target = event.composedPath()[0] ?? event.target
  if (!(target instanceof HTMLElement)) return false
  return target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') !== null
}

/** Runs the offered shortcuts. Mounted once, by the shell. */
export function useShortcutKeys(): void {
  useEffect(() => {
    let pending = ''
    let since = 0
    const onKey = (event: KeyboardEvent) => {
      const chord = event.ctrlKey || event.metaKey
      // A chord is no text, so it also works while one types.
      if (event.defaultPrevented || event.altKey || (!chord && isTaken(event))) return
      const now = Date.now()
      const sequence = chord
        ? `Ctrl+${event.key.toUpperCase()}`
        : pending !== '' && now - since < SEQUENCE_MS
          ? `${pending} ${event.key}`
          : event.key
      const offered = sections.flatMap((section) => section.shortcuts)
      const hit = offered.findLast((shortcut) => shortcut.run && shortcut.keys === sequence)
      if (hit?.run) {
        pending = ''
        event.preventDefault()
        hit.run()
        return
      }
      pending = offered.some((shortcut) => shortcut.keys.startsWith(`${event.key} `)) ? event.key : ''
      since = now
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
