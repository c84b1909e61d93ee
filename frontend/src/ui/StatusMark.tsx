import { HEALTH_WORDS, SOURCE_WORDS } from '../model/health'
import type { HealthStatus, Source } from '../api/schemas'
import { Icon, type IconName } from './Icon'
import './statusMark.css'

const HEALTH_ICONS: Readonly<Record<HealthStatus, IconName>> = {
  failure: 'failure',
  degraded: 'warning',
  notReady: 'hourglass',
  healthy: 'check',
  na: 'unknown',
}

const SOURCE_ICONS: Readonly<Record<Source['state'], [IconName, HealthStatus]>> = {
  ok: ['check', 'healthy'],
  partial: ['warning', 'degraded'],
  stale: ['clock', 'degraded'],
  down: ['failure', 'failure'],
  starting: ['hourglass', 'notReady'],
}

/** A health status as icon, word and colour together. `bare` keeps the word for screen readers only. */
export function HealthMark({ status, bare = false }: { status: HealthStatus; bare?: boolean }) {
  return (
    <span className={`ph-status ph-status--${status}`} title={bare ? HEALTH_WORDS[status] : undefined}>
      <Icon name={HEALTH_ICONS[status]} size={14} />
      <span className={bare ? 'ph-visually-hidden' : undefined}>{HEALTH_WORDS[status]}</span>
    </span>
  )
}

/** The state of a data source, in the same language of icon, word and colour. */
export function SourceMark({ state }: { state: Source['state'] }) {
  const [icon, tone] = SOURCE_ICONS[state]
  return (
    <span className={`ph-status ph-status--${tone}`}>
      <Icon name={icon} size={14} />
      <span>{SOURCE_WORDS[state]}</span>
    </span>
  )
}
