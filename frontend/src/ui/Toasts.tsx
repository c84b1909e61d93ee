import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core'
import { dismissToast, useToasts } from './toasts'

/** The corner where short news appears; announced politely. */
export function Toasts() {
  const toasts = useToasts()
  return (
    <AlertGroup isToast isLiveRegion aria-label="Notices">
      {toasts.map((toast) => (
        <Alert
          key={toast.id}
          variant={toast.tone}
          title={toast.text}
          actionClose={<AlertActionCloseButton onClose={() => dismissToast(toast.id)} />}
        />
      ))}
    </AlertGroup>
  )
}
