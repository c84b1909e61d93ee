import { useState } from 'react'
import { useApply, useTakeBack } from '../../app/changeData'
import { useStatus } from '../../app/data'
import type { Change, Preview } from '../../api/changeSchemas'
import { ownersToConfirm } from '../../model/changes'
import { counted } from '../../model/units'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit'

/** Apply, or take back: whatever the change is ready for, with what is in the way. */
export function ChangeActions(props: { change: Change; preview: Preview | null; error: Error | null }) {
  const { change } = props
  const status = useStatus()
  const permissions = status.data?.permissions
  if (permissions && !permissions.edit) {
    return <p className="ph-change__facts">{permissions.reason || 'Nothing can be changed here.'}</p>
  }
  switch (change.state) {
    case 'previewed':
      return <Apply {...props} />
    case 'done':
      return <TakeBack change={change} />
    case 'applying':
    case 'compensating':
      return (
        <p className="ph-change__facts" role="status">
          {change.state === 'applying' ? 'Writing to the cluster…' : 'Putting things back…'} You may leave
          this page: it goes on.
        </p>
      )
    case 'reverted':
      return <p className="ph-change__facts">The cluster is as it was before.</p>
    case 'rejected':
      return <p className="ph-change__facts">Nothing was changed.</p>
    case 'needs-human':
      return (
        <p className="ph-change__facts">
          Pharos stopped, because going on could have overwritten something. The steps say what is known.
        </p>
      )
  }
}

function Apply({ change, preview, error }: { change: Change; preview: Preview | null; error: Error | null }) {
  const apply = useApply()
  const [confirmed, setConfirmed] = useState<readonly string[]>([])
  const owners = preview?.owners ?? []
  const toConfirm = ownersToConfirm(owners)
  const isRefused =
    owners.some((owner) => owner.refused) || (preview?.dryRun.some((trial) => !trial.accepted) ?? false)
  const isReady = preview !== null && !isRefused && toConfirm.every((owner) => confirmed.includes(owner))
  const problem = apply.error ?? error
  return (
    <>
      {toConfirm.map((owner) => (
        <label key={owner} className="ph-change__confirm">
          <input
            type="checkbox"
            checked={confirmed.includes(owner)}
            onChange={(event) =>
              setConfirmed(
                event.target.checked ? [...confirmed, owner] : confirmed.filter((name) => name !== owner),
              )
            }
          />
          <span>I know that {owner} owns this and may undo it.</span>
        </label>
      ))}
      {problem ? (
        <p className="ph-change__detail" role="alert">
          <Icon name="failure" size={15} /> {problem.message}
        </p>
      ) : null}
      <div className="ph-change__buttons">
        <Button
          variant="primary"
          isDisabled={!isReady || apply.isPending || error !== null}
          isLoading={apply.isPending}
          onClick={() => apply.mutate({ change, confirm: confirmed })}
        >
          {`Apply ${counted(change.steps.length, 'write')} to the cluster`}
        </Button>
      </div>
    </>
  )
}

function TakeBack({ change }: { change: Change }) {
  const takeBack = useTakeBack()
  return (
    <>
      {takeBack.error ? (
        <p className="ph-change__detail" role="alert">
          <Icon name="failure" size={15} /> {takeBack.error.message}
        </p>
      ) : null}
      <div className="ph-change__buttons">
        <Button
          variant="secondary"
          icon={<Icon name="undo" />}
          isDisabled={takeBack.isPending}
          isLoading={takeBack.isPending}
          onClick={() => takeBack.mutate(change.id)}
        >
          Take back
        </Button>
      </div>
    </>
  )
}
