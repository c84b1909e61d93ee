import { expect, it } from 'vitest'
import { fuzzyMatch, fuzzyRank } from './fuzzy'

const best = (query: string, ...texts: string[]) =>
  fuzzyRank(query, texts, (text) => text, 10).map((hit) => hit.item)

it.each([
  ['rev', ['free-overview', 'reviews'], 'reviews'],
  ['rv3', ['reviews-v1', 'reviews-v3'], 'reviews-v3'],
  ['details', ['details-v1', 'details'], 'details'],
  ['book rat', ['ratings bookinfo', 'reviews bookinfo'], 'ratings bookinfo'],
])('prefers for "%s" among %o', (query, texts, expected) => expect(best(query, ...texts)[0]).toBe(expected))

it('leaves out scattered letters when whole words match', () => {
  expect(best('rev', 'reviews', 'productpage-v1')).toEqual(['reviews'])
  expect(best('ppv', 'reviews', 'productpage-v1')).toEqual(['productpage-v1'])
})

it('leaves out what lacks a letter', () => expect(best('rx', 'reviews')).toEqual([]))
it('gives everything in order for an empty query', () => expect(best(' ', 'b', 'a')).toEqual(['b', 'a']))
it('says which letters matched', () => expect(fuzzyMatch('rat', 'ratings')?.at).toEqual([0, 1, 2]))
