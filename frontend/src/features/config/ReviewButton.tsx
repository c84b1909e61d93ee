import { useEffect } from 'react'
import { useReview } from '../../app/changeData'
import { useStatus } from '../../app/data'
import type { ObjectName } from '../../model/config/objects'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit'
import { showToast } from '../../ui/toasts'
import type { DraftState } from './useDraft'

/** Makes a change of the draft and opens its review; nothing is written by that. */
export function ReviewButton({ object, draft }: { object: ObjectName; draft: DraftState }) {
  const status = useStatus()
  const review = useReview()
  const { error } = review
  useEffect(() => {
    if (error) showToast('warning', error.message)
  }, [error])
  if (!draft.isDraft || !status.data?.permissions.edit) return null
  const isUnreadable = (draft.checked?.answer.refusals.length ?? 0) > 0
  return (
    <Button
      variant="primary"
      size="sm"
      icon={<Icon name="check" />}
      isDisabled={isUnreadable || review.isPending}
      isLoading={review.isPending}
      onClick={() => review.mutate({ text: draft.text, namespace: object.namespace })}
    >
      Review
    </Button>
  )
}
