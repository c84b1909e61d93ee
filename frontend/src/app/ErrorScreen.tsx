import { Button } from '../ui/kit'
import { Empty } from '../ui/States'

/** A fault of ours: the page broke while it was drawn. The data and the other pages are not affected. */
export function ErrorScreen({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <div role="alert">
      <Empty
        title="This page broke"
        icon="failure"
        action={
          <>
            <Button variant="primary" onClick={reset}>
              Draw it again
            </Button>
            <Button variant="link" onClick={() => window.location.reload()}>
              Reload Pharos
            </Button>
          </>
        }
      >
        <p>That is a fault in Pharos, not in your mesh. The other pages still work.</p>
        <p className="ph-mono">{error instanceof Error ? error.message : String(error)}</p>
      </Empty>
    </div>
  )
}
