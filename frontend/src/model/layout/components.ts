/** Splits `0 … count-1` into connected parts, the largest first; ties keep the order of the first member. */
export function components(count: number, links: readonly (readonly [number, number])[]): number[][] {
  const parent = Array.from({ length: count }, (_, i) => i)
  const rootOf = (start: number): number => {
    let node = start
    while (parent[node] !== node) {
      const up = parent[parent[node] ?? node] ?? node
      parent[node] = up
      node = up
    }
    return node
  }
  for (const [a, b] of links) {
    const ra = rootOf(a)
    const rb = rootOf(b)
    if (ra !== rb) parent[Math.max(ra, rb)] = Math.min(ra, rb)
  }
  const parts = new Map<number, number[]>()
  for (let i = 0; i < count; i++) {
    const root = rootOf(i)
    const part = parts.get(root)
    if (part) part.push(i)
    else parts.set(root, [i])
  }
  return [...parts.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
}
