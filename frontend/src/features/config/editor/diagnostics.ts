import type { Action, Diagnostic } from '@codemirror/lint'
import type { EditorView } from '@codemirror/view'
import type { DraftAnswer, Finding, Fix, Level } from '../../../api/configSchemas'

const SEVERITIES: Readonly<Record<Level, Diagnostic['severity']>> = {
  Error: 'error',
  Warning: 'warning',
  Info: 'info',
}

/** What the editor underlines: findings whose place is in its text, and what could not be read. */
export function diagnosticsOf(answer: DraftAnswer, length: number, isDraft: boolean): Diagnostic[] {
  const within = (offset: number) => Math.min(Math.max(offset, 0), length)
  const refusals = answer.refusals.map((refusal): Diagnostic => {
    const from = within(refusal.offset)
    return {
      from: Math.max(0, Math.min(from, length - 1)),
      to: within(from + 1),
      severity: 'error',
      message: refusal.reason,
      source: 'YAML',
    }
  })
  const introduced = new Set(answer.introduced)
  const findings = [...answer.introduced, ...answer.unchanged].flatMap((finding): Diagnostic[] => {
    if (finding.offset === undefined || finding.endOffset === undefined) return []
    const from = within(finding.offset)
    return [
      {
        from,
        to: Math.max(from, within(finding.endOffset)),
        severity: SEVERITIES[finding.level],
        message: finding.message,
        renderMessage: () => rendered(finding, isDraft && introduced.has(finding)),
        actions: finding.fixes.map(actionOf),
      },
    ]
  })
  return [...refusals, ...findings].sort((a, b) => a.from - b.from)
}

function rendered(finding: Finding, isNew: boolean): Node {
  const text = document.createElement('span')
  const code = document.createElement('code')
  code.textContent = finding.code
  text.append(finding.message, ' ', code)
  if (isNew) {
    const note = document.createElement('em')
    note.textContent = ' · new in this draft'
    text.append(note)
  }
  return text
}

/** A fix counts in the text that was checked; the editor offers it only while that text stands. */
const actionOf = (fix: Fix): Action => ({
  name: fix.title,
  apply: (view: EditorView) => applyFix(view, fix),
})

export function applyFix(view: EditorView, fix: Fix): void {
  const length = view.state.doc.length
  if (fix.edits.some((edit) => edit.endOffset > length || edit.offset > edit.endOffset)) return
  view.dispatch({
    changes: fix.edits.map((edit) => ({ from: edit.offset, to: edit.endOffset, insert: edit.text })),
    userEvent: 'input.fix',
    scrollIntoView: true,
  })
  view.focus()
}
