import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { unifiedMergeView } from '@codemirror/merge'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, Transaction, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import type { DraftAnswer, Fix } from '../../../api/configSchemas'
import type { ObjectName } from '../../../model/config/objects'
import { entryOf } from '../../../model/config/yamlPath'
import { applyFix, diagnosticsOf } from './diagnostics'
import { fieldHelp } from './fieldHelp'
import { editorTheme, highlighting } from './theme'

/** What a page may ask of its editor. */
export interface YamlEditorHandle {
  /** Puts the cursor on a stretch of the text, in the middle of the view. */
  show(from: number, to: number): void
  /** The same for the field of a path, or its nearest ancestor in the text. */
  showPath(path: string): void
  /** Repairs a finding of the text as it stands; nothing when the text has moved on. */
  repair(fix: Fix): void
}

export interface YamlEditorProps {
  readonly ref?: Ref<YamlEditorHandle>
  readonly label: string
  readonly object: ObjectName
  readonly text: string
  /** Path of the field to begin at. */
  readonly at?: string | undefined
  /** Left out: the text cannot be changed. */
  readonly onChange?: (text: string) => void
  /** The text to show the changes against; null shows none. */
  readonly original?: string | null
  /** What the checks say of the text in `of`. */
  readonly checked?: { readonly of: string; readonly answer: DraftAnswer; readonly isDraft: boolean } | null
}

const isOurs = new WeakSet<Transaction>()

/**
 * The YAML editor. It lives in a shadow root, where its style sheets are constructed by script: the page's policy allows
 * no inline style. Loaded on demand, because it is larger than the page around it.
 */
export default function YamlEditor({ ref, ...props }: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  /** Texts that were told and have not come back as the property yet: pages are drawn later than keys are typed. */
  const told = useRef<string[]>([])
  const diff = useRef(new Compartment())
  useEffect(() => {
    latest.current = props
  })

  const { label, object, text } = props
  const isReadOnly = props.onChange === undefined
  const { kind, namespace, name } = object
  useEffect(() => {
    const element = host.current
    if (!element) return
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          base(label),
          isReadOnly ? readOnly : writable({ kind, namespace, name }, () => latest.current.checked ?? null),
          diff.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((transaction) => isOurs.has(transaction))) {
              const changed = update.state.doc.toString()
              told.current.push(changed)
              latest.current.onChange?.(changed)
            }
          }),
        ],
      }),
    })
    view.current = editor
    return () => {
      view.current = null
      editor.destroy()
    }
  }, [label, kind, namespace, name, isReadOnly])

  // The text of the cluster moved on, or a draft was discarded: take it over, and nothing else.
  useEffect(() => {
    const known = told.current.lastIndexOf(text)
    told.current.splice(0, known + 1)
    if (known >= 0) return
    const editor = view.current
    const old = editor?.state.doc.toString()
    if (!editor || old === text || old === undefined) return
    const transaction = editor.state.update({
      changes: smallestChange(old, text),
      annotations: Transaction.addToHistory.of(false),
    })
    isOurs.add(transaction)
    editor.dispatch(transaction)
  }, [text])

  const { original } = props
  useEffect(() => {
    view.current?.dispatch({
      effects: diff.current.reconfigure(
        original === null || original === undefined ? [] : changes(original, isReadOnly),
      ),
    })
  }, [original, isReadOnly, label])

  const { checked } = props
  useEffect(() => {
    const editor = view.current
    if (!editor || !checked || checked.of !== editor.state.doc.toString()) return
    const found = diagnosticsOf(checked.answer, editor.state.doc.length, checked.isDraft)
    editor.dispatch(setDiagnostics(editor.state, found))
  }, [checked, text])

  const { at } = props
  useEffect(() => {
    if (view.current && at !== undefined) showPath(view.current, at)
  }, [at, label, isReadOnly])

  useImperativeHandle(
    ref,
    () => ({
      show: (from, to) => {
        if (view.current) show(view.current, from, to)
      },
      showPath: (path) => {
        if (view.current) showPath(view.current, path)
      },
      repair: (fix) => {
        const editor = view.current
        if (editor && latest.current.checked?.of === editor.state.doc.toString()) applyFix(editor, fix)
      },
    }),
    [],
  )

  return <div ref={host} className="ph-yaml" />
}

function show(editor: EditorView, from: number, to: number): void {
  const end = editor.state.doc.length
  editor.dispatch({
    selection: { anchor: Math.min(from, end), head: Math.min(to, end) },
    effects: EditorView.scrollIntoView(Math.min(from, end), { y: 'center' }),
  })
  editor.focus()
}

function showPath(editor: EditorView, path: string): void {
  const entry = entryOf(editor.state.doc.toString(), path)
  if (entry) show(editor, entry.from, entry.to)
}

const base = (label: string): Extension => [
  lineNumbers(),
  foldGutter(),
  drawSelection(),
  bracketMatching(),
  highlightSelectionMatches(),
  yaml(),
  indentUnit.of('  '),
  editorTheme,
  highlighting,
  EditorView.contentAttributes.of({ 'aria-label': label }),
  keymap.of([...searchKeymap, ...foldKeymap]),
]

const readOnly: Extension = [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ tabindex: '0', 'aria-readonly': 'true' }),
  keymap.of(defaultKeymap),
]

const writable = (object: ObjectName, checked: () => YamlEditorProps['checked'] | null): Extension => [
  history(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  lintGutter(),
  fieldHelp(object),
  keymap.of([
    { key: 'Mod-.', run: (view) => fixAtCursor(view, checked()), preventDefault: true },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...lintKeymap,
    ...historyKeymap,
    ...defaultKeymap,
  ]),
]

/** Applies the best fix of the finding under the cursor, or of the next one below it. */
function fixAtCursor(view: EditorView, checked: YamlEditorProps['checked'] | null): boolean {
  if (!checked || checked.of !== view.state.doc.toString()) return false
  const at = view.state.selection.main.head
  const line = view.state.doc.lineAt(at)
  const fixable = [...checked.answer.introduced, ...checked.answer.unchanged]
    .filter((finding) => finding.fixes.length > 0 && (finding.endOffset ?? -1) >= line.from)
    .sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0))
  const fix = fixable[0]?.fixes[0]
  if (fix) applyFix(view, fix)
  return fix !== undefined
}

const changes = (original: string, isReadOnly: boolean): Extension =>
  unifiedMergeView({
    original,
    gutter: true,
    highlightChanges: true,
    syntaxHighlightDeletions: true,
    // Accepting means nothing here: the live text is not ours to change. Taking back a part is useful.
    mergeControls: isReadOnly
      ? false
      : (type, action) => {
          const button = document.createElement(type === 'reject' ? 'button' : 'span')
          if (button instanceof HTMLButtonElement) {
            button.type = 'button'
            button.textContent = 'Take back'
            button.addEventListener('mousedown', action)
          }
          return button
        },
    collapseUnchanged: { margin: 4, minSize: 12 },
  })

/** Replaces only what differs, so that cursor and scroll position stay. */
function smallestChange(old: string, next: string): { from: number; to: number; insert: string } {
  let from = 0
  while (from < old.length && from < next.length && old[from] === next[from]) from++
  let end = 0
  while (
    end < old.length - from &&
    end < next.length - from &&
    old[old.length - 1 - end] === next[next.length - 1 - end]
  ) {
    end++
  }
  return { from, to: old.length - end, insert: next.slice(from, next.length - end) }
}
