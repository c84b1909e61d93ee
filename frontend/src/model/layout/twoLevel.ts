import type { Point } from './geometry'
import { arrangeGroups, type GroupSize, type Lane } from './groups'
import {
  BOX_HEAD,
  BOX_PAD,
  CLUSTER_HEAD,
  CLUSTER_PAD,
  type LayoutInput,
  type LayoutItem,
  type Positions,
} from './layoutInput'
import { namespaceLayout, type GroupLayout } from './namespaceLayout'

/** What a namespace looked like last time, by its content: an unchanged one is not computed again. */
export class LayoutCache {
  private readonly kept = new Map<string, GroupLayout>()

  get(key: string, compute: () => GroupLayout): GroupLayout {
    const known = this.kept.get(key)
    if (known) return known
    const fresh = compute()
    this.kept.set(key, fresh)
    if (this.kept.size > 600) this.kept.delete(this.kept.keys().next().value ?? '')
    return fresh
  }
}

/**
 * The whole layout: each namespace by itself, namespaces within their cluster, clusters side by side. For the
 * direction "down" everything is computed with the axes swapped.
 */
export function twoLevelLayout(input: LayoutInput, cache: LayoutCache = new LayoutCache()): Positions {
  const swap = input.direction === 'down'
  const items = swap ? input.items.map((item) => ({ ...item, w: item.h, h: item.w })) : input.items
  const aspect = swap ? 1 / input.aspect : input.aspect
  const groups = groupsOf(items)
  const layouts = groups.map((group) => innerLayout(group, items, input, aspect, cache))

  // Heading and border of a box; with swapped axes the heading is on the left.
  const pad = input.boxed ? BOX_PAD : 0
  const head = input.boxed ? BOX_HEAD : 0
  const inset = swap ? { x: pad + head, y: pad } : { x: pad, y: pad + head }
  const bare = groups.map((group) => items[group.members[0] ?? 0]?.loose === true)
  const insets = bare.map((loose) => (loose ? { x: 0, y: 0 } : inset))
  const sizes = layouts.map((layout, g) => ({
    w: layout.w + (bare[g] === true ? 0 : inset.x + pad),
    h: layout.h + (bare[g] === true ? 0 : inset.y + pad),
    last: items[groups[g]?.members[0] ?? 0]?.last === true,
  }))

  const groupAt = arrangeClusters(groups, layouts, sizes, insets, items, input, aspect, swap)
  const positions: Point[] = new Array<Point>(items.length)
  groups.forEach((group, g) => {
    const corner = groupAt[g] ?? { x: 0, y: 0 }
    for (const i of group.members) {
      const inner = layouts[g]?.at.get(items[i]?.id ?? '') ?? { x: 0, y: 0 }
      const place = {
        x: Math.round(corner.x + (insets[g]?.x ?? 0) + inner.x),
        y: Math.round(corner.y + (insets[g]?.y ?? 0) + inner.y),
      }
      positions[i] = swap ? { x: place.y, y: place.x } : place
    }
  })
  return positions
}

interface Group {
  readonly id: string
  readonly members: readonly number[]
}

function groupsOf(items: readonly LayoutItem[]): Group[] {
  const members = new Map<string, number[]>()
  items.forEach((item, i) => {
    const list = members.get(item.group)
    if (list) list.push(i)
    else members.set(item.group, [i])
  })
  return [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, list]) => ({ id, members: list }))
}

function innerLayout(
  group: Group,
  items: readonly LayoutItem[],
  input: LayoutInput,
  aspect: number,
  cache: LayoutCache,
): GroupLayout {
  // Sorted by id, so that the order in which rows arrived changes nothing.
  const own = group.members
    .map((i) => ({ i, item: items[i] }))
    .filter((entry): entry is { i: number; item: LayoutItem } => entry.item !== undefined)
    .sort((a, b) => (a.item.id < b.item.id ? -1 : 1))
  const local = new Map(own.map((entry, position) => [entry.i, position]))
  const links = input.links
    .flatMap((link): (readonly [number, number])[] => {
      const a = local.get(link.source)
      const b = local.get(link.target)
      return a === undefined || b === undefined ? [] : [[a, b]]
    })
    .sort(([a, b], [c, d]) => a - c || b - d)
  const key = JSON.stringify([
    input.direction,
    Math.round(aspect * 4),
    own.map(({ item }) => [item.id, item.w, item.h, item.sub, item.lane]),
    links,
  ])
  return cache.get(key, () =>
    namespaceLayout(
      own.map((entry) => entry.item),
      links,
      input.direction,
      aspect,
    ),
  )
}

function arrangeClusters(
  groups: readonly Group[],
  layouts: readonly GroupLayout[],
  sizes: readonly GroupSize[],
  insets: readonly Point[],
  items: readonly LayoutItem[],
  input: LayoutInput,
  aspect: number,
  swap: boolean,
): Point[] {
  const groupOf = new Map<number, number>()
  groups.forEach((group, g) => group.members.forEach((i) => groupOf.set(i, g)))
  const middle = (i: number, g: number) => {
    const item = items[i]
    return (insets[g]?.y ?? 0) + (layouts[g]?.at.get(item?.id ?? '')?.y ?? 0) + (item?.h ?? 0) / 2
  }
  const lanes: Lane[] = input.links.flatMap((link) => {
    const source = groupOf.get(link.source)
    const target = groupOf.get(link.target)
    if (source === undefined || target === undefined || source === target) return []
    return [{ source, target, sourceY: middle(link.source, source), targetY: middle(link.target, target) }]
  })

  const clusters = new Map<string, number[]>()
  groups.forEach((group, g) => {
    const name = input.clusters[group.id] ?? ''
    clusters.set(name, [...(clusters.get(name) ?? []), g])
  })
  if (clusters.size <= 1) return arrangeGroups(sizes, lanes, aspect)

  const pad = swap
    ? { x: CLUSTER_PAD + CLUSTER_HEAD, y: CLUSTER_PAD }
    : { x: CLUSTER_PAD, y: CLUSTER_PAD + CLUSTER_HEAD }
  const parts = [...clusters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => {
      const local = new Map(members.map((g, position) => [g, position]))
      const own = lanes.flatMap((lane) => {
        const source = local.get(lane.source)
        const target = local.get(lane.target)
        return source === undefined || target === undefined ? [] : [{ ...lane, source, target }]
      })
      const at = arrangeGroups(
        members.map((g) => sizes[g] ?? { w: 0, h: 0 }),
        own,
        aspect,
      )
      const w = Math.max(...at.map((place, k) => place.x + (sizes[members[k] ?? 0]?.w ?? 0)))
      const h = Math.max(...at.map((place, k) => place.y + (sizes[members[k] ?? 0]?.h ?? 0)))
      return { members, at, w: w + pad.x + CLUSTER_PAD, h: h + pad.y + CLUSTER_PAD }
    })
  const clusterOf = new Map<number, number>()
  parts.forEach((part, c) => part.members.forEach((g) => clusterOf.set(g, c)))
  const outer = arrangeGroups(
    parts,
    lanes.map((lane) => ({
      source: clusterOf.get(lane.source) ?? 0,
      target: clusterOf.get(lane.target) ?? 0,
      sourceY: 0,
      targetY: 0,
    })),
    aspect,
  )
  const at: Point[] = []
  parts.forEach((part, c) =>
    part.members.forEach((g, k) => {
      const corner = outer[c] ?? { x: 0, y: 0 }
      const inner = part.at[k] ?? { x: 0, y: 0 }
      at[g] = { x: corner.x + pad.x + inner.x, y: corner.y + pad.y + inner.y }
    }),
  )
  return at
}
