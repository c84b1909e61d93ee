import type { Change, ChangeStep, Owner } from '../api/changeSchemas'
import { objectWords } from './config/objects'
import { counted } from './units'

/** What a change is at the moment, in words. */
export const stateWords: Readonly<Record<Change['state'], string>> = {
  previewed: 'Not applied',
  applying: 'Applying',
  done: 'Applied',
  compensating: 'Taking back',
  reverted: 'Failed, taken back',
  rejected: 'Refused',
  'needs-human': 'Needs a look',
}

/** How good a state is, as marks show it. */
export const stateTone = (state: Change['state']): 'good' | 'busy' | 'bad' | 'plain' => {
  switch (state) {
    case 'done':
      return 'good'
    case 'applying':
    case 'compensating':
      return 'busy'
    case 'reverted':
    case 'rejected':
    case 'needs-human':
      return 'bad'
    case 'previewed':
      return 'plain'
  }
}

/** What became of one object. */
export const stepWords: Readonly<Record<ChangeStep['state'], string>> = {
  planned: '',
  intent: 'writing…',
  applied: 'applied',
  'not-applied': 'not applied',
  'undo-intent': 'taking back…',
  undone: 'taken back',
  left: 'left as it is',
  unknown: 'not known',
}

export const opWords: Readonly<Record<ChangeStep['op'], string>> = {
  create: 'Create',
  replace: 'Change',
  delete: 'Delete',
}

/** "Change VirtualService bookinfo/reviews", or the number of objects. */
export function whatHappens(change: Change): string {
  const [first] = change.steps
  return first && change.steps.length === 1
    ? `${opWords[first.op]} ${objectWords(first.object)}`
    : `${counted(change.steps.length, 'write')} in this order`
}

/** Owners that have to be confirmed by name, each once. */
export const ownersToConfirm = (owners: readonly Owner[]): readonly string[] => [
  ...new Set(owners.filter((owner) => !owner.refused).map((owner) => owner.owner)),
]
