import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { complete } from './findCompletion'
import { FIND_WORDS } from './findWords'

const VALUES: Readonly<Record<string, readonly string[]>> = {
  namespace: ['bookinfo', 'shop', 'shop-canary'],
  name: ['cart (old)', 'reviews'],
}
/** The caret is where the bar is. */
const at = (text: string) => {
  const caret = text.indexOf('|')
  const { from, suggestions } = complete(text.replace('|', ''), caret, (name) => VALUES[name] ?? [])
  return { from, texts: suggestions.map((one) => one.text) }
}

describe('completion of a find expression', () => {
  it.each([
    ['httpi|', 0, ['httpin']],
    ['names|', 0, ['namespace']],
    ['ns|', 0, []],
    ['rt|', 0, ['responsetime', 'requesttimeout']],
    ['percent|', 0, []],
    ['httperr|', 0, ['%httperr']],
    ['!hea|', 1, ['healthy']],
    ['%httpe|', 0, ['%httperr']],
    ['healthy|', 0, []],
    ['healthy and mir|', 12, ['mirroring']],
    ['(idle or tra|', 9, ['traffic', 'trafficshifting', 'trafficsource']],
    ['not wayp|', 4, ['waypoint']],
    ['ns |', 3, ['=', '!=', '*=', '^=', '$=']],
    ['httpin |', 7, ['>', '>=', '<', '<=', '=']],
    ['ns = |', 5, ['bookinfo', 'shop', 'shop-canary']],
    ['ns=sh|', 3, ['shop', 'shop-canary']],
    ['namespace != book|', 13, ['bookinfo']],
    ['name *= c|', 8, ['"cart (old)"']],
    ['httpin > |', 9, []],
    ['httpin > 5 |', 11, ['and', 'or']],
    ['ns = shop a|', 10, ['and']],
    ['idle |', 5, ['and', 'or']],
    ['(idle) |', 7, ['and', 'or']],
    ['whatever |', 9, []],
  ] as const)('%s', (text, from, texts) => {
    expect(at(text)).toEqual({ from, texts })
  })

  it('completes in the middle of an expression', () => {
    expect(at('ns = sh| and idle')).toEqual({ from: 5, texts: ['shop', 'shop-canary'] })
  })

  it('offers a few words where anything may stand', () => {
    expect(at('|').texts).toHaveLength(8)
    expect(at('idle and |').texts[0]).toBe('healthy')
  })

  it('knows the words of the backend, all of them and no other', () => {
    const source = readFileSync(
      resolve(import.meta.dirname, '../../../../graph/src/main/java/pharos/graph/view/Operands.java'),
      'utf8',
    )
    const block = /static \{\n([\s\S]*?)\n {2}\}\n/.exec(source)?.[1] ?? ''
    const quoted = [...block.matchAll(/"([a-z]+)"/g)].map((match) => match[1] ?? '')
    const protocols = ['http', 'grpc', 'tcp']
    // Three words are put together from the name of each protocol.
    const backend = new Set([
      ...quoted.filter((word) => word !== 'err' && word !== 'traffic'),
      ...(quoted.filter((word) => word === 'traffic').length > 1 ? ['traffic'] : []),
      ...protocols.flatMap((name) => [name, `%${name}err`, `%${name}traffic`]),
    ])
    expect(new Set(FIND_WORDS.flatMap((word) => word.names))).toEqual(backend)
  })
})
