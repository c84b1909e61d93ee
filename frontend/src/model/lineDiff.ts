export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new' | 'skipped'
  readonly text: string
}

/** Lines around a difference that help to see where it is. */
const AROUND = 4
/** Above this the middle is shown as replaced: nobody reads such a difference line by line. */
const MAX_CELLS = 4_000_000

/** The difference of two texts line by line, with what is far from any change left out. */
export function linesOf(before: string, after: string): readonly DiffLine[] {
  return folded(differing(split(before), split(after)))
}

const split = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

function differing(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++
  }
  const same = (text: string): DiffLine => ({ kind: 'same', text })
  return [
    ...before.slice(0, head).map(same),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ]
}

/** Along a longest common subsequence, what goes before what comes. */
function middle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const gone = (text: string): DiffLine => ({ kind: 'gone', text })
  const added = (text: string): DiffLine => ({ kind: 'new', text })
  if (before.length * after.length > MAX_CELLS) return [...before.map(gone), ...after.map(added)]
  const width = after.length + 1
  const longest = new Uint16Array((before.length + 1) * width)
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      longest[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const lines: DiffLine[] = []
  let row = 0
  let column = 0
  while (row < before.length || column < after.length) {
    const old = before[row]
    const next = after[column]
    if (old !== undefined && old === next) {
      lines.push({ kind: 'same', text: old })
      row++
      column++
    } else if (old !== undefined && (next === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push(gone(old))
      row++
    } else if (next !== undefined) {
      lines.push(added(next))
      column++
    }
  }
  return lines
}

function folded(lines: readonly DiffLine[]): readonly DiffLine[] {
  const near = new Set<number>()
  lines.forEach((line, index) => {
    if (line.kind === 'same') return
    for (let i = index - AROUND; i <= index + AROUND; i++) near.add(i)
  })
  const shown: DiffLine[] = []
  let hidden = 0
  const flush = () => {
    if (hidden > 0) shown.push({ kind: 'skipped', text: hidden === 1 ? '1 line' : `${hidden} lines` })
    hidden = 0
  }
  lines.forEach((line, index) => {
    if (near.has(index)) {
      flush()
      shown.push(line)
    } else hidden++
  })
  flush()
  return shown
}
