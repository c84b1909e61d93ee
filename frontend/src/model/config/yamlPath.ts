/**
 * Where one is in a block-style YAML text: enough to ask which fields can stand at the cursor, also while the text is
 * half written and cannot be parsed. What is wrong with a text is the server's answer, not this one's.
 */

export type PathStep = string | number

/** A key or an item of an array, in the order of the text. */
export interface YamlEntry {
  readonly path: readonly PathStep[]
  /** Column of the key, or of what follows the dash. */
  readonly column: number
  /** Where the key begins and ends; for an item without a key, what follows the dash. */
  readonly from: number
  readonly to: number
  /** Where its value begins, on the same line. */
  readonly valueFrom: number
  readonly line: number
}

interface Open {
  readonly column: number
  readonly path: readonly PathStep[]
  /** Null for an object, the last index for an array. */
  index: number | null
}

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#[\]{},&*!|>'"%@`-][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)/

/** Every key and item of the document, up to `until`. */
export function yamlEntries(text: string, until = text.length): readonly YamlEntry[] {
  const entries: YamlEntry[] = []
  const stack: Open[] = [{ column: -1, path: [], index: null }]
  let offset = 0
  let block: number | null = null
  text.split('\n').forEach((line, number) => {
    const start = offset
    offset += line.length + 1
    if (start > until) return
    const indent = line.length - line.trimStart().length
    const content = line.trim()
    if (content === '' || content.startsWith('#')) return
    if (block !== null && indent > block) return
    block = null
    if (/^(---|\.\.\.)/.test(line)) {
      stack.length = 1
      return
    }
    let column = indent
    let rest = line.slice(column)
    while (/^-(\s|$)/.test(rest)) {
      popTo(stack, column, true)
      const parent = stack.at(-1) as Open
      const array =
        parent.column === column && parent.index !== null ? parent : push(stack, column, parent.path, -1)
      array.index = (array.index ?? -1) + 1
      const path = [...array.path, array.index]
      const gap = 1 + (rest.slice(1).length - rest.slice(1).trimStart().length)
      const inner = rest.trim() === '-' ? column + 2 : column + gap
      const from = Math.min(start + inner, start + line.length)
      entries.push({ path, column: inner, from, to: start + line.length, valueFrom: from, line: number + 1 })
      push(stack, inner, path, null)
      column = inner
      rest = line.slice(column)
      if (rest === '') return
    }
    const key = KEY.exec(rest)
    if (!key) return
    popTo(stack, column, false)
    const parent = stack.at(-1) as Open
    const owner = parent.column === column ? parent : push(stack, column, parent.path, null)
    const name = unquoted(key[1] ?? '')
    const path = [...owner.path, name]
    const after = start + column + key[0].length
    const value = rest.slice(key[0].length)
    entries.push({
      path,
      column,
      from: start + column,
      to: start + column + (key[1] ?? '').length,
      valueFrom: after + (value.length - value.trimStart().length),
      line: number + 1,
    })
    if (/^\s*[|>]/.test(value)) block = column
    stack.push({ column: column + 0.5, path, index: null })
  })
  return entries
}

/** Closes what ends before a line that begins at `column`. An array may stand at the column of its own key. */
function popTo(stack: Open[], column: number, dash: boolean): void {
  while (stack.length > 1) {
    const top = stack.at(-1) as Open
    if (top.column > column + 0.5 || (top.column === column + 0.5 && !dash)) stack.pop()
    else if (top.column === column && top.index !== null && !dash) stack.pop()
    else return
  }
}

function push(stack: Open[], column: number, path: readonly PathStep[], index: number | null): Open {
  const open = { column, path, index }
  stack.push(open)
  return open
}

function unquoted(key: string): string {
  const text = key.trim()
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('\\"', '"')
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text
}

/** `spec.http[0].route`. */
export const pathText = (path: readonly PathStep[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )

/** The entry of a path, or of the nearest ancestor that is in the text. */
export function entryOf(text: string, path: string): YamlEntry | null {
  const entries = yamlEntries(text)
  for (let wanted = path; wanted !== ''; wanted = parentText(wanted)) {
    const found = entries.find((entry) => pathText(entry.path) === wanted)
    if (found) return found
  }
  return null
}

function parentText(path: string): string {
  const cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))
  return cut <= 0 ? '' : path.slice(0, cut)
}
