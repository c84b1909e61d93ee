import { lazy, Suspense, useMemo, useRef } from 'react'
import { useShortcuts, type Shortcut } from '../../app/shortcuts'
import type { ConfigDetail } from '../../api/configSchemas'
import type { ObjectSearch } from '../../model/config/configSearch'
import { objectWords, type ObjectName } from '../../model/config/objects'
import { Loading } from '../../ui/States'
import { EditorHead } from './EditorHead'
import { FindingsCard } from './FindingsCard'
import { ObjectFacts } from './ObjectFacts'
import { ReferencesCard } from './ReferencesCard'
import { SourceNotes } from './SourceNotes'
import { useDraft } from './useDraft'
import type { YamlEditorHandle } from './editor/YamlEditor'

const YamlEditor = lazy(() => import('./editor/YamlEditor'))

const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'F8', label: 'Next finding in the text' },
  { keys: 'Ctrl+.', label: 'Apply the fix of the finding at the cursor' },
  { keys: 'Ctrl+Space', label: 'What can be written here' },
  { keys: 'Ctrl+F', label: 'Search in the text' },
  { keys: 'Ctrl+]', label: 'Indent the line' },
  { keys: 'Ctrl+Shift+M', label: 'List the findings below the text' },
  { keys: 'Tab', label: 'Leave the editor' },
]

/** The text of an object beside everything that is known of it. */
export function ObjectEditor(props: {
  object: ObjectName
  live: ConfigDetail
  search: ObjectSearch
  onView: (view: ObjectSearch['view']) => void
}) {
  const { object, live, search, onView } = props
  const draft = useDraft(object, live)
  const editor = useRef<YamlEditorHandle>(null)
  const isRaw = search.view === 'raw' || !live.complete
  useShortcuts('Editor', SHORTCUTS)

  const checked = draft.checked
  const findings = useMemo(
    () => (checked ? [...checked.answer.introduced, ...checked.answer.unchanged] : live.findings),
    [checked, live.findings],
  )
  const show = (from: number | undefined, to: number | undefined, path: string) => {
    if (isRaw) onView(undefined)
    if (from !== undefined && to !== undefined) editor.current?.show(from, to)
    else editor.current?.showPath(path)
  }

  return (
    <div className="ph-object">
      <section className="ph-card ph-card--flush ph-object__text" aria-label="Text">
        <EditorHead
          object={object}
          live={live}
          draft={draft}
          view={isRaw ? 'raw' : search.view}
          onView={onView}
        />
        <div className="ph-object__editor">
          <Suspense fallback={<Loading what="editor" lines={14} />}>
            {isRaw ? (
              <YamlEditor
                label={`All of ${objectWords(object)}, read only`}
                object={object}
                text={live.complete ? live.raw : live.text}
              />
            ) : (
              <YamlEditor
                ref={editor}
                label={`YAML of ${objectWords(object)}`}
                object={object}
                text={draft.text}
                at={search.at}
                onChange={draft.change}
                original={search.view === 'changes' ? live.text : null}
                checked={draft.checked}
              />
            )}
          </Suspense>
        </div>
      </section>
      <div className="ph-object__side">
        <SourceNotes sources={live.sources} skipped={[]} />
        <FindingsCard
          object={object}
          findings={findings}
          answer={draft.isDraft ? (checked?.answer ?? null) : null}
          onShow={(finding) => show(finding.offset, finding.endOffset, finding.path)}
          onFix={(fix) => editor.current?.repair(fix)}
        />
        <ReferencesCard object={object} live={live} onShow={(use) => show(undefined, undefined, use.path)} />
        <ObjectFacts live={live} />
      </div>
    </div>
  )
}
