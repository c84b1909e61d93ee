import type { GraphNode, Neighbour } from '../api/schemas'

/** One caller or callee, ready to print. */
export interface NeighbourLine {
  readonly id: string
  readonly label: string
  readonly namespace: string
  /** The page to open; null where the node is neither (an unknown caller, for example). */
  readonly page: {
    readonly kind: 'service' | 'workload'
    readonly namespace: string
    readonly name: string
  } | null
  readonly node: GraphNode
  readonly protocol: string
  readonly perSecond: number | null
  readonly errorShare: number | null
  readonly bytesPerSecond: number | null
}

/** Busiest first. */
export function neighbourLines(neighbours: readonly Neighbour[]): NeighbourLine[] {
  return neighbours
    .map(({ node, edge, rates }, index) => {
      const known = edge?.rates ?? rates
      const isTcp = edge?.protocol === 'tcp'
      const total = known['total'] ?? null
      const percentErr = known['percentErr'] ?? null
      return {
        id: edge?.id ?? `${node.id} ${index}`,
        label: node.label,
        namespace: node.namespace,
        page: pageOf(node),
        node,
        protocol: edge?.protocol ?? '',
        perSecond: isTcp ? null : total,
        errorShare: isTcp || total === null ? null : percentErr === null ? 0 : percentErr / 100,
        bytesPerSecond: isTcp ? total : null,
      }
    })
    .sort(
      (a, b) => (b.perSecond ?? 0) - (a.perSecond ?? 0) || (b.bytesPerSecond ?? 0) - (a.bytesPerSecond ?? 0),
    )
}

function pageOf({ kind, namespace, workload, service }: GraphNode): NeighbourLine['page'] {
  if (namespace === '' || namespace === 'unknown') return null
  if (workload !== '' && workload !== 'unknown') return { kind: 'workload', namespace, name: workload }
  if (service !== '' && (kind === 'service' || kind === 'serviceEntry'))
    return { kind: 'service', namespace, name: service }
  return null
}
