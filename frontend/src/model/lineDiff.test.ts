import { describe, expect, it } from 'vitest'
import { linesOf } from './lineDiff'

const SIGN = { same: ' ', gone: '-', new: '+', skipped: '@' } as const
const shown = (before: string, after: string) =>
  linesOf(before, after).map((line) => SIGN[line.kind] + line.text)

describe('linesOf', () => {
  it('shows what goes before what comes, in place', () => {
    expect(shown('a\nb\nc\n', 'a\nx\nc\n')).toEqual([' a', '-b', '+x', ' c'])
  })

  it('keeps common lines inside the changed stretch', () => {
    expect(shown('w: 50\nv1\nw: 50\nv2\n', 'w: 80\nv1\nw: 20\nv2\n')).toEqual([
      '-w: 50',
      '+w: 80',
      ' v1',
      '-w: 50',
      '+w: 20',
      ' v2',
    ])
  })

  it('shows a created and a deleted text whole', () => {
    expect(shown('', 'a\nb\n')).toEqual(['+a', '+b'])
    expect(shown('a\n', '')).toEqual(['-a'])
  })

  it('leaves out what is far from a change, and says how much', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
    const before = lines.join('\n')
    const after = lines.with(10, 'other').join('\n')
    const text = shown(before, after)
    expect(text[0]).toBe('@6 lines')
    expect(text.at(-1)).toBe('@5 lines')
    expect(text).toContain('-line 10')
    expect(text).toHaveLength(12)
  })

  it('gives both texts back when the signs are followed', () => {
    let seed = 7
    const next = (bound: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % bound
    }
    for (let round = 0; round < 200; round++) {
      const text = () => Array.from({ length: next(9) }, () => 'abc'[next(3)]).join('\n')
      const before = text()
      const after = text()
      const lines = linesOf(before, after).filter((line) => line.kind !== 'skipped')
      const changed = lines.some((line) => line.kind !== 'same')
      if (!changed) expect(before).toBe(after)
      const side = (kind: 'gone' | 'new') =>
        lines
          .filter((line) => line.kind === 'same' || line.kind === kind)
          .map((line) => line.text)
          .join('\n')
      if (changed) {
        expect(before).toContain(side('gone'))
        expect(after).toContain(side('new'))
      }
    }
  })
})
