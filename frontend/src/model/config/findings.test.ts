import { expect, it } from 'vitest'
import type { Finding, Level } from '../../api/configSchemas'
import { validateConfigSearch, validateFindingsSearch, validateObjectSearch } from './configSearch'
import { filteredFindings, grouped, nameWords } from './findingGroups'
import { countWords, weightOf } from './levels'

const finding = (code: string, level: Level, name: string): Finding => ({
  code,
  level,
  object: { kind: 'Service', group: '', namespace: 'shop', name },
  origin: `Service shop/${name}`,
  message: `${name} is odd`,
  documentationUrl: '',
  analyzer: '',
  name: '',
  path: 'spec',
  fixes: [],
})
const ALL = [
  finding('PHA0002', 'Info', 'a'),
  finding('IST0101', 'Error', 'a'),
  finding('PHA0002', 'Info', 'b'),
  finding('PHA0001', 'Warning', 'b'),
]

it('groups by code or object, the worst first', () => {
  const ids = (by: 'code' | 'object') => grouped(ALL, by).map((group) => `${group.id} ${group.level}`)
  expect(ids('code')).toEqual(['IST0101 Error', 'PHA0001 Warning', 'PHA0002 Info'])
  expect(ids('object')).toEqual(['Service shop/a Error', 'Service shop/b Warning'])
})

it.each([
  [{}, 4],
  [{ q: 'shop/b odd' }, 2],
  [{ sev: 'info' as const }, 2],
  [{ code: 'PHA0002', q: 'A' }, 2],
  [{ code: 'IST0101', sev: 'info' as const }, 0],
])('filters by %o', (search, count) => {
  expect(filteredFindings(ALL, search)).toHaveLength(count)
})

it.each([
  ['ReferencedResourceNotFound', 'Referenced resource not found'],
  ['MTLSPolicyConflict', 'MTLS policy conflict'],
  ['PortNameIsNotUnderNamingConvention', 'Port name is not under naming convention'],
])('reads %s as words', (name, words) => {
  expect(nameWords(name)).toBe(words)
})

it('counts in words, and lets one error outweigh all else', () => {
  expect(countWords({ error: 2, warning: 0, info: 1 })).toBe('2 errors, 1 note')
  expect(countWords({ error: 0, warning: 0, info: 0 })).toBe('no findings')
  expect(weightOf({ error: 1, warning: 0, info: 0 })).toBeGreaterThan(
    weightOf({ error: 0, warning: 500, info: 500 }),
  )
})

it('takes from an address only what it understands', () => {
  expect(validateConfigSearch({ q: 'a', kind: 'Gateway', sev: 'worse', sort: '-findings' })).toEqual({
    q: 'a',
    kind: 'Gateway',
    sort: '-findings',
  })
  expect(validateFindingsSearch({ code: 'IST0101', by: 'object', sev: 'any' })).toEqual({
    code: 'IST0101',
    by: 'object',
  })
  expect(validateFindingsSearch({ code: '<b>' })).toEqual({})
  expect(validateObjectSearch({ at: 'spec.http[0].match', view: 'changes' })).toEqual({
    at: 'spec.http[0].match',
    view: 'changes',
  })
  expect(validateObjectSearch({ at: '<script>', view: 'all' })).toEqual({})
})
