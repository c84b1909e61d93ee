import { pathText, yamlEntries, type PathStep, type YamlEntry } from './yamlPath'

/** What the cursor is about to write. */
export interface CompletionPlace {
  /** Path of the object whose field is written, or of the field whose value is. */
  readonly path: string
  readonly isValue: boolean
  /** Where the word under the cursor begins. */
  readonly from: number
  readonly typed: string
  /** Column of the key that is written. */
  readonly indent: number
  /** The line holds nothing but dashes before the cursor: an item begins. */
  readonly afterDash: boolean
  /** Keys that the object has already. */
  readonly siblings: readonly string[]
  /** The host beside the field, for subsets. */
  readonly host: string
}

/** Where one writes, or null where nothing can be offered: in a comment, or in a flow collection. */
export function placeAt(text: string, pos: number): CompletionPlace | null {
  const lineStart = text.lastIndexOf('\n', pos - 1) + 1
  const before = text.slice(lineStart, pos)
  const match = /^(\s*)((?:-\s+)*)(.*)$/s.exec(before)
  if (!match || /[#{}[\]]/.test(before)) return null
  const [, blank = '', dashes = '', rest = ''] = match
  const indent = blank.length + dashes.length
  const entries = yamlEntries(text)
  const value = /^([^\s:]+):\s+(\S*)$/.exec(rest)
  if (value) {
    const typed = value[2] ?? ''
    const own = entries.find((entry) => entry.from === lineStart + indent && isKey(entry))
    if (!own) return null
    const parent = own.path.slice(0, -1)
    return {
      path: pathText(own.path),
      isValue: true,
      from: pos - typed.length,
      typed,
      indent,
      afterDash: false,
      siblings: [],
      host: hostBeside(text, entries, parent),
    }
  }
  if (!/^[\w./*-]*$/.test(rest)) return null
  const parent = parentAt(entries, lineStart, indent, dashes)
  if (parent === null) return null
  // Directly under a list of texts one writes an item, not a key.
  return {
    path: pathText(parent),
    isValue: dashes !== '' && isListOfTexts(entries, parent),
    from: pos - rest.length,
    typed: rest,
    indent,
    afterDash: dashes !== '',
    siblings: entries
      .filter((entry) => isKey(entry) && sameParent(entry.path, parent))
      .filter((entry) => entry.from !== lineStart + indent)
      .map((entry) => String(entry.path.at(-1))),
    host: hostBeside(text, entries, parent),
  }
}

const isKey = (entry: YamlEntry): boolean => typeof entry.path.at(-1) === 'string'

const sameParent = (path: readonly PathStep[], parent: readonly PathStep[]): boolean =>
  path.length === parent.length + 1 && parent.every((step, index) => path[index] === step)

/** The path of the object that a key at this column would belong to. */
function parentAt(
  entries: readonly YamlEntry[],
  lineStart: number,
  indent: number,
  dashes: string,
): readonly PathStep[] | null {
  const above = entries.filter((entry) => entry.from < lineStart)
  if (dashes !== '') {
    const item = entries.find((entry) => entry.from >= lineStart && !isKey(entry) && entry.column === indent)
    return item?.path ?? null
  }
  if (indent === 0) return []
  for (const entry of above.toReversed()) {
    if (isKey(entry) && entry.column === indent) return entry.path.slice(0, -1)
    if (entry.column < indent) return entry.path
    if (!isKey(entry) && entry.column === indent) return entry.path
  }
  return null
}

function isListOfTexts(entries: readonly YamlEntry[], item: readonly PathStep[]): boolean {
  const list = item.slice(0, -1)
  const items = entries.filter((entry) => sameParent(entry.path, list))
  return (
    items.length > 1 && !entries.some((entry) => items.some((other) => sameParent(entry.path, other.path)))
  )
}

function hostBeside(text: string, entries: readonly YamlEntry[], parent: readonly PathStep[]): string {
  const host = entries.find((entry) => sameParent(entry.path, parent) && entry.path.at(-1) === 'host')
  if (!host) return ''
  const end = text.indexOf('\n', host.valueFrom)
  return text
    .slice(host.valueFrom, end < 0 ? undefined : end)
    .replace(/\s#.*$/, '')
    .trim()
    .replace(/^["']|["']$/g, '')
}
