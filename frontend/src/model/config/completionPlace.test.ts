import { expect, it } from 'vitest'
import { placeAt } from './completionPlace'

/** The bar is the cursor. */
const at = (marked: string) => placeAt(marked.replace('|', ''), marked.indexOf('|'))

const HEAD =
  'kind: VirtualService\nspec:\n  hosts:\n  - reviews\n  http:\n  - route:\n    - destination:\n        host: reviews\n'

it.each([
  ['a new field of the object', 'spec:\n  hosts:\n  - a\n  |\n', 'spec', false],
  ['a field being typed', 'spec:\n  hosts:\n  - a\n  ht|\n', 'spec', false],
  ['the top', 'kind: A\n|', '', false],
  ['a field beside another', `${HEAD}        sub|`, 'spec.http[0].route[0].destination', false],
  ['a field of the item', `${HEAD}      wei|`, 'spec.http[0].route[0]', false],
  ['a field of the first item', 'spec:\n  http:\n  - ma|', 'spec.http[0]', false],
  ['a value', `${HEAD}        subset: v|`, 'spec.http[0].route[0].destination.subset', true],
  ['a value that is not begun', `${HEAD}        subset: |`, 'spec.http[0].route[0].destination.subset', true],
  ['a text of a list', 'spec:\n  hosts:\n  - a\n  - b|\n', 'spec.hosts[1]', true],
  ['the first field of an object', 'spec:\n  trafficPolicy:\n    tl|\n', 'spec.trafficPolicy', false],
])('knows %s', (_, marked, path, isValue) => {
  expect(at(marked)).toMatchObject({ path, isValue })
})

it('knows the host beside a subset, and what is there already', () => {
  expect(at(`${HEAD}        subset: v|`)?.host).toBe('reviews')
  expect(at(`${HEAD}        sub|`)?.siblings).toEqual(['host'])
})

it.each(['# a com|', 'spec: {ho|', 'a: b c|'])('offers nothing in %s', (marked) => {
  expect(at(marked)).toBeNull()
})
