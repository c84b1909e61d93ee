import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { ApiFailure } from '../api/http'
import { ago, clockTime } from '../model/time'
import { Icon, type IconName } from './Icon'
import { useNow } from './useNow'
import './states.css'

/** Nothing to show, and why that is all right or what to do about it. */
export function Empty(props: { title: string; icon?: IconName; children?: ReactNode; action?: ReactNode }) {
  return (
    <EmptyState
      headingLevel="h2"
      titleText={props.title}
      variant="sm"
      className="ph-empty"
      icon={() => <Icon name={props.icon ?? 'compass'} size={28} />}
    >
      {props.children === undefined ? null : <EmptyStateBody>{props.children}</EmptyStateBody>}
      {props.action === undefined ? null : (
        <EmptyStateFooter>
          <EmptyStateActions>{props.action}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  )
}

/** What could not be shown, why, and the way on. */
export function Failure(props: { what: string; error: Error; onRetry?: () => void }) {
  const { title, hint, icon } = failureWords(props.error)
  const failure = props.error instanceof ApiFailure ? props.error : null
  return (
    <div role="alert" className={icon === 'compass' ? undefined : 'ph-failure'}>
      <Empty
        title={`${props.what} ${title}`}
        icon={icon}
        action={
          props.onRetry && (failure === null || failure.retryable || failure.kind === 'unreadable') ? (
            <Button variant="secondary" onClick={props.onRetry}>
              Try again
            </Button>
          ) : undefined
        }
      >
        <p>{props.error.message}</p>
        {hint === '' ? null : <p>{hint}</p>}
        {failure?.problem?.requestId ? (
          <p className="ph-faint">
            Request <span className="ph-mono">{failure.problem.requestId}</span>
          </p>
        ) : null}
      </Empty>
    </div>
  )
}

function failureWords(error: Error): { title: string; hint: string; icon: IconName } {
  if (!(error instanceof ApiFailure)) return { title: 'could not be shown', hint: '', icon: 'failure' }
  if (error.status === 401 || error.status === 403) {
    return {
      title: 'may not be read with your rights',
      hint: 'Ask for read access to this namespace, or choose another one.',
      icon: 'lock',
    }
  }
  if (error.status === 404) {
    return {
      title: 'is not there',
      hint: 'It may have been deleted or renamed, or the link has a typing mistake.',
      icon: 'compass',
    }
  }
  switch (error.kind) {
    case 'unreachable':
      return {
        title: 'could not be loaded',
        hint: 'Check that Pharos still runs. It is asked again by itself.',
        icon: 'plug',
      }
    case 'timeout':
      return {
        title: 'took too long',
        hint: 'Fewer namespaces or a shorter window are quicker to compute.',
        icon: 'clock',
      }
    case 'unreadable':
      return {
        title: 'could not be read',
        hint: 'The page and the server may be of different versions: reload the page.',
        icon: 'failure',
      }
    case 'refused':
      return { title: 'could not be loaded', hint: '', icon: 'failure' }
  }
}

/** Grey lines in the shape of what will come. */
export function Loading({ what, lines = 6 }: { what: string; lines?: number }) {
  return (
    <div className="ph-loading" role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="ph-loading__line" />
      ))}
    </div>
  )
}

/** Above data that could not be renewed: what is seen is old, how old, and why. Nothing while all is well. */
export function Stale(props: { what: string; error: Error | null; asOf: number; onRetry: () => void }) {
  const now = useNow()
  if (props.error === null || props.asOf === 0) return null
  return (
    <p className="ph-stale" role="status">
      <Icon name="clock" size={15} />
      <span>
        {props.what} as of {clockTime(props.asOf, now)} ({ago(props.asOf, now)}). Renewing failed:{' '}
        {props.error.message}
      </span>
      <Button variant="link" isInline onClick={props.onRetry}>
        Try again
      </Button>
    </p>
  )
}
