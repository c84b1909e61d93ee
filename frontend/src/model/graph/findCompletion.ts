import { FIND_WORDS, type FindWord } from './findWords'

/** One thing that may stand at the caret. */
export interface Suggestion {
  readonly text: string
  readonly hint: string
}

/** What may replace the characters from `from` to the caret; the best first. */
export interface Completion {
  readonly from: number
  readonly suggestions: readonly Suggestion[]
}

const MOST = 8
const OPERATORS: Readonly<Record<'text' | 'number', readonly Suggestion[]>> = {
  text: [
    { text: '=', hint: 'is' },
    { text: '!=', hint: 'is not' },
    { text: '*=', hint: 'contains' },
    { text: '^=', hint: 'starts with' },
    { text: '$=', hint: 'ends with' },
  ],
  number: [
    { text: '>', hint: 'above' },
    { text: '>=', hint: 'at least' },
    { text: '<', hint: 'below' },
    { text: '<=', hint: 'at most' },
    { text: '=', hint: 'is' },
  ],
}
const JOINTS: readonly Suggestion[] = [
  { text: 'and', hint: 'both' },
  { text: 'or', hint: 'one of them' },
]
// As the backend splits: operators need no space around them, quoted values may hold any.
const TOKEN = /\s*("[^"]*"?|'[^']*'?|[!*^$]=|!\*=|!\^=|!\$=|<=|>=|[=<>()!]|(?:(?![!*^$]=)[^\s()"'!=<>])+)/y
const COMPARISON = /^(?:!?[*^$]?=|[<>]=?|contains|startswith|endswith)$/i
const JOINT = /^(?:and|or)$/i

const wordOf = (name: string): FindWord | undefined =>
  FIND_WORDS.find((word) => word.names.includes(name.toLowerCase()))

/**
 * What fits at the caret of an expression that is being typed.
 *
 * @param values what a word is compared with in the graph on screen, such as the names of its namespaces
 */
export function complete(
  text: string,
  caret: number,
  values: (name: string) => readonly string[],
): Completion {
  const tokens: { text: string; from: number }[] = []
  const before = text.slice(0, caret)
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(before); match; match = TOKEN.exec(before)) {
    const token = match[1] ?? ''
    tokens.push({ text: token, from: match.index + match[0].length - token.length })
  }
  // What the caret touches is being typed; an operator or a parenthesis is complete as it is.
  const last = tokens.at(-1)
  const typing =
    last && last.from + last.text.length === caret && /[^!*^$=<>()]/.test(last.text) ? last : null
  const done = typing ? tokens.slice(0, -1) : tokens
  const prefix = typing?.text ?? ''
  const from = typing?.from ?? caret
  return { from, suggestions: narrowed(candidates(done, values), prefix) }
}

function candidates(
  done: readonly { text: string }[],
  values: (name: string) => readonly string[],
): readonly Suggestion[] {
  const last = done.at(-1)?.text ?? ''
  const word = wordOf(last)
  if (COMPARISON.test(last)) {
    const compared = wordOf(done.at(-2)?.text ?? '')
    return compared?.is === 'text'
      ? values(compared.names[0]).map((value) => ({ text: quoted(value), hint: '' }))
      : []
  }
  const compares = COMPARISON.test(done.at(-2)?.text ?? '')
  if (!compares && word && word.is !== 'flag') return OPERATORS[word.is]
  if (compares || last === ')' || word) return JOINTS
  if (last === '' || last === '(' || last === '!' || JOINT.test(last) || /^(?:not|is|has)$/i.test(last))
    return FIND_WORDS.map((known) => ({
      text: known.names[0],
      hint: known.names.length > 1 ? `${known.hint} (${known.names.slice(1).join(', ')})` : known.hint,
    }))
  return []
}

const quoted = (value: string): string => (/[\s()"'!=<>*^$]/.test(value) ? `"${value}"` : value)

/** Those that begin so, in one of their names; if there are none, those that hold it. What is complete needs no offer. */
function narrowed(all: readonly Suggestion[], prefix: string): readonly Suggestion[] {
  const wanted = prefix.replace(/^["']/, '').toLowerCase()
  const names = (one: Suggestion) => [
    one.text.replace(/^"/, '').toLowerCase(),
    ...(wordOf(one.text)?.names ?? []),
  ]
  const beginning = all.filter((one) => names(one).some((name) => name.startsWith(wanted)))
  const only = beginning[0]
  if (beginning.length === 1 && only && names(only).includes(wanted)) return []
  const fitting =
    beginning.length > 0 ? beginning : all.filter((one) => names(one).some((name) => name.includes(wanted)))
  return fitting.slice(0, MOST)
}
