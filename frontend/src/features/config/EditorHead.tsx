import type { ConfigDetail } from '../../api/configSchemas'
import type { ObjectSearch } from '../../model/config/configSearch'
import { shortKind, type ObjectName } from '../../model/config/objects'
import { counted } from '../../model/units'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit'
import { showToast } from '../../ui/toasts'
import { ReviewButton } from './ReviewButton'
import type { DraftState } from './useDraft'

/** What is seen of the text, what the checks say of the draft, and what can be done with it. */
export function EditorHead(props: {
  object: ObjectName
  live: ConfigDetail
  draft: DraftState
  view: ObjectSearch['view']
  onView: (view: ObjectSearch['view']) => void
}) {
  const { object, live, draft, view, onView } = props
  const tab = (value: ObjectSearch['view'], text: string, isEnabled = true) => (
    <button
      type="button"
      className="ph-tab"
      aria-pressed={view === value}
      disabled={!isEnabled}
      onClick={() => onView(value)}
    >
      {text}
    </button>
  )
  return (
    <>
      <header className="ph-card__head ph-editor-head">
        <div className="ph-tabs" role="group" aria-label="What is shown">
          {live.complete ? (
            <>
              {tab(undefined, 'Edit')}
              {tab('changes', 'Changes', draft.isDraft || view === 'changes')}
              {tab('raw', 'As stored')}
            </>
          ) : (
            tab('raw', 'As kept')
          )}
        </div>
        {live.complete ? <CheckState draft={draft} /> : null}
        <div className="ph-card__actions">
          {draft.isDraft ? (
            <Button variant="plain" size="sm" onClick={draft.discard} icon={<Icon name="undo" />}>
              Discard
            </Button>
          ) : null}
          <ReviewButton object={object} draft={draft} />
          <Button
            variant="plain"
            size="sm"
            icon={<Icon name="copy" />}
            aria-label="Copy the text"
            title="Copy the text"
            onClick={() => void copy(draft.text)}
          />
          <Button
            variant="plain"
            size="sm"
            icon={<Icon name="download" />}
            aria-label="Download the text"
            title="Download the text"
            onClick={() =>
              download(draft.text, `${object.name}.${shortKind(object.kind).toLowerCase()}.yaml`)
            }
          />
        </div>
      </header>
      <Notice live={live} object={object} draft={draft} view={view} />
    </>
  )
}

function CheckState({ draft }: { draft: DraftState }) {
  const answer = draft.checked?.answer
  if (draft.error && !draft.isChecking) {
    return (
      <p className="ph-check-state ph-status ph-status--degraded" role="status">
        <Icon name="warning" size={15} /> Not checked: {draft.error.message}
      </p>
    )
  }
  if (!draft.isDraft || !answer) {
    return (
      <p className="ph-check-state" role="status">
        {draft.isChecking ? 'Checking…' : 'As in the cluster'}
      </p>
    )
  }
  const words =
    answer.refusals.length > 0
      ? 'cannot be read'
      : [
          answer.introduced.length === 0
            ? 'no new findings'
            : counted(answer.introduced.length, 'new finding'),
          answer.resolved.length > 0 ? `${answer.resolved.length} resolved` : '',
        ]
          .filter(Boolean)
          .join(', ')
  const isBad = answer.refusals.length > 0 || answer.introduced.some((finding) => finding.level === 'Error')
  return (
    <p className="ph-check-state" role="status" data-checking={draft.isChecking}>
      <span className="ph-draft-tag">Draft</span>
      <span className={isBad ? 'ph-status ph-status--failure' : undefined}>
        {isBad ? <Icon name="failure" size={15} /> : null}
        {words}
      </span>
    </p>
  )
}

function Notice({
  live,
  object,
  draft,
  view,
}: {
  live: ConfigDetail
  object: ObjectName
  draft: DraftState
  view: ObjectSearch['view']
}) {
  if (!live.complete) {
    return (
      <p className="ph-editor-notice">
        Pharos keeps only what the checks read of a {shortKind(object.kind)}, so this is not the whole object.
      </p>
    )
  }
  if (view === 'raw') {
    return (
      <p className="ph-editor-notice">The object as the cluster stores it. Choose Edit to draft a change.</p>
    )
  }
  if (draft.isBehind) {
    return (
      <p className="ph-editor-notice ph-editor-notice--warning" role="status">
        <Icon name="warning" size={15} /> The object changed in the cluster after this draft began. Changes
        shows the draft against what is there now.
      </p>
    )
  }
  return draft.isDraft ? (
    <p className="ph-editor-notice">
      A draft in this browser tab, checked against the whole live mesh. Nothing has been applied.
    </p>
  ) : null
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast('success', 'Text copied')
  } catch {
    showToast('warning', 'The browser did not allow copying. Select the text and copy it by hand.')
  }
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
