import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useChange, usePreview } from '../../app/changeData'
import { whatHappens } from '../../model/changes'
import { Age } from '../../ui/Age'
import { Icon } from '../../ui/Icon'
import { Card, FilledPage } from '../../ui/Page'
import { Failure, Loading } from '../../ui/States'
import { ChangeActions } from './ChangeActions'
import { ReviewNotes } from './ReviewNotes'
import { StateMark } from './StateMark'
import { StepCard } from './StepCard'
import './changes.css'

/** One change: what it would do, or did, to each object, and the way forward or back. */
export function ChangePage() {
  const { id } = useParams({ from: '/changes/$id' })
  const change = useChange(id)
  const data = change.data
  const preview = usePreview(id, data?.state === 'previewed')

  const frame = (title: string, content: ReactNode) => (
    <FilledPage
      documentTitle={title}
      title={
        <>
          <nav aria-label="Breadcrumb" className="ph-breadcrumb">
            <Link to="/changes">Changes</Link>
            <Icon name="chevronRight" size={12} />
          </nav>
          {title}
          {data ? (
            <span className="ph-head-marks">
              <StateMark state={data.state} />
            </span>
          ) : null}
        </>
      }
    >
      {content}
    </FilledPage>
  )
  if (!data) {
    return frame(
      'Change',
      <Card flush>
        {change.error ? (
          <Failure what="This change" error={change.error} onRetry={() => void change.refetch()} />
        ) : (
          <Loading what="change" lines={12} />
        )}
      </Card>,
    )
  }
  return frame(
    data.title,
    <div className="ph-change">
      <div className="ph-change__steps">
        {data.steps.map((step) => (
          <StepCard
            key={step.number}
            step={step}
            trial={preview.data?.dryRun.find((trial) => trial.step === step.number) ?? null}
          />
        ))}
      </div>
      <div className="ph-change__side">
        <Card title={data.state === 'previewed' ? 'Review' : 'Outcome'}>
          <p className="ph-change__facts">
            {whatHappens(data)}, proposed by {data.author} <Age of={data.at} />.
          </p>
          {data.reverts ? (
            <p className="ph-change__facts">
              Takes back{' '}
              <Link to="/changes/$id" params={{ id: data.reverts }}>
                an earlier change
              </Link>
              .
            </p>
          ) : null}
          {data.detail === '' ? null : (
            <p className="ph-change__detail" role="status">
              <Icon name="failure" size={15} /> {data.detail}
            </p>
          )}
          <ChangeActions change={data} preview={preview.data ?? null} error={preview.error} />
        </Card>
        {data.state === 'previewed' ? <ReviewNotes preview={preview.data ?? null} /> : null}
      </div>
    </div>,
  )
}
