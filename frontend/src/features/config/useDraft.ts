import { useCallback, useEffect, useState } from 'react'
import { useDraftCheck } from '../../app/configData'
import type { ConfigDetail, DraftAnswer } from '../../api/configSchemas'
import { draftOf, keepDraft, type Draft } from '../../model/config/drafts'
import { objectId, type ObjectName } from '../../model/config/objects'

/** Long enough to let a word be typed, short enough to be there when the eye arrives. */
const PAUSE_MS = 150

export interface DraftState {
  /** The text in the editor: the draft, or the object as it is. */
  readonly text: string
  readonly isDraft: boolean
  /** The object changed in the cluster after the draft began. */
  readonly isBehind: boolean
  readonly change: (text: string) => void
  readonly discard: () => void
  /** What the checks said last, and of which text. */
  readonly checked: { readonly of: string; readonly answer: DraftAnswer; readonly isDraft: boolean } | null
  /** The answer is of an older text, or none has come. */
  readonly isChecking: boolean
  readonly error: Error | null
}

/** The unsaved text of an object, and what the checks say of it. Nothing is sent anywhere but to be checked. */
export function useDraft(key: ObjectName, live: ConfigDetail): DraftState {
  const id = objectId(key)
  const [held, setHeld] = useState<{ id: string; draft: Draft | null }>(() => ({ id, draft: draftOf(key) }))
  const draft = held.id === id ? held.draft : draftOf(key)
  const text = draft?.text ?? live.text
  const settled = useSettled(text, PAUSE_MS)
  const check = useDraftCheck(key, settled, live.analysis.at)
  const isDraft = text !== live.text

  const keep = useCallback(
    (next: Draft | null) => {
      keepDraft(key, next)
      setHeld({ id: objectId(key), draft: next })
    },
    [key],
  )
  const base = draft?.base ?? live.text
  const change = useCallback(
    (next: string) => keep(next === live.text ? null : { text: next, base }),
    [keep, live.text, base],
  )
  const discard = useCallback(() => keep(null), [keep])
  return {
    text,
    isDraft,
    isBehind: isDraft && draft !== null && draft.base !== live.text,
    change,
    discard,
    checked: check.data ? { of: check.data.text, answer: check.data.answer, isDraft } : null,
    isChecking: settled !== text || check.isPlaceholderData || (check.isFetching && !check.data),
    error: check.error,
  }
}

/** A value once it has stood still. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}
