import { expect, it } from 'vitest'
import type { Use } from '../../api/configSchemas'
import { mergedUsers, mergedUses } from './references'

const key = (kind: string, name: string) => ({ kind, group: '', namespace: 'shop', name })
const use = (role: string, text: string, to: Use['to'], index = 0): Use => ({
  role,
  text,
  wanted: 'Thing',
  path: `spec.http[${index}]`,
  readable: true,
  to,
})
const RULE = key('DestinationRule', 'cart')
const SELF = { kind: 'VirtualService', namespace: 'shop', name: 'cart' }

it('names a target once per role, with every text that names it', () => {
  const merged = mergedUses(
    [
      use('subset', 'v1 of cart', [RULE], 0),
      use('subset', 'v1 of cart', [RULE], 1),
      use('subset', 'v2 of cart', [RULE], 2),
      use('destination', 'cart', [key('Service', 'cart')]),
    ],
    SELF,
  )
  expect(merged.map(({ uses }) => uses.map((one) => `${one.text} ${one.path}`))).toEqual([
    ['v1 of cart spec.http[0]', 'v2 of cart spec.http[2]'],
    ['cart spec.http[0]'],
  ])
})

it('keeps what is not there apart, and leaves the object itself out', () => {
  const merged = mergedUses(
    [
      use('destination', 'a', []),
      use('destination', 'b', []),
      use('host', 'cart', [key('VirtualService', 'cart')]),
    ],
    SELF,
  )
  expect(merged.map(({ uses }) => uses[0].text)).toEqual(['a', 'b'])
})

it('lists who names the object once, with all roles', () => {
  const user = (role: string, path: string) => ({
    object: RULE,
    role,
    path,
    text: 'cart',
    findings: { error: 0, warning: 0, info: 0 },
  })
  expect(
    mergedUsers([user('host', 'spec.host'), user('subset', 'spec.a'), user('host', 'spec.b')]),
  ).toMatchObject([{ object: RULE, roles: ['host', 'subset'], path: 'spec.host' }])
})
