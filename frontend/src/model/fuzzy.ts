/** A hit: how good (higher is better), and which characters of the text matched. */
export interface FuzzyMatch {
  readonly score: number
  readonly at: readonly number[]
}

const WORD_START = /[\s/._-]/

/**
 * Letters of `query` in order, anywhere in `text`. Runs, starts of words and an early first hit score more, so that
 * "rev" prefers "reviews" to "free-overview". Spaces in the query separate words that may come in any order. Null: no match.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const at: number[] = []
  let score = 0
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const match = matchWord(word, text.toLowerCase())
    if (match === null) return null
    score += match.score
    at.push(...match.at)
  }
  return { score: score - text.length / 100, at: [...new Set(at)].sort((a, b) => a - b) }
}

function matchWord(word: string, text: string): FuzzyMatch | null {
  const whole = text.indexOf(word)
  if (whole >= 0) {
    const startsWord = whole === 0 || WORD_START.test(text.charAt(whole - 1))
    return {
      score: word.length * 4 + (startsWord ? 10 : 0) + (whole === 0 ? 5 : 0) - whole / 20,
      at: Array.from(word, (_, i) => whole + i),
    }
  }
  const at: number[] = []
  let score = 0
  let from = 0
  for (const letter of word) {
    const found = text.indexOf(letter, from)
    if (found < 0) return null
    const previous = at.at(-1)
    if (previous === found - 1) score += 2
    else if (found === 0 || WORD_START.test(text.charAt(found - 1))) score += 2
    else score += 0.5
    at.push(found)
    from = found + 1
  }
  return { score, at }
}

/** Scattered letters are a guess: worth showing when nothing better is there. */
const WORTH_SHOWING = 0.4

/** The best matches, best first; with an empty query everything, in the given order. */
export function fuzzyRank<T>(
  query: string,
  items: readonly T[],
  textOf: (item: T) => string,
  limit: number,
): { readonly item: T; readonly at: readonly number[] }[] {
  if (query.trim() === '') return items.slice(0, limit).map((item) => ({ item, at: [] }))
  const hits = items
    .map((item) => ({ item, match: fuzzyMatch(query, textOf(item)) }))
    .filter((hit): hit is { item: T; match: FuzzyMatch } => hit.match !== null)
    .sort((a, b) => b.match.score - a.match.score)
  const best = hits[0]?.match.score ?? 0
  return hits
    .filter((hit) => hit.match.score >= best * WORTH_SHOWING)
    .slice(0, limit)
    .map(({ item, match }) => ({ item, at: match.at }))
}
