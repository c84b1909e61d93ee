import type { Change } from '../../api/changeSchemas'
import { stateTone, stateWords } from '../../model/changes'
import { Icon, type IconName } from '../../ui/Icon'

const ICONS: Readonly<Record<ReturnType<typeof stateTone>, IconName>> = {
  good: 'check',
  busy: 'refresh',
  bad: 'failure',
  plain: 'clock',
}

/** The state of a change: sign and words, never colour alone. */
export function StateMark({ state }: { state: Change['state'] }) {
  const tone = stateTone(state)
  return (
    <span className={`ph-change-state ph-change-state--${tone}`}>
      <Icon name={ICONS[tone]} size={15} />
      {stateWords[state]}
    </span>
  )
}
