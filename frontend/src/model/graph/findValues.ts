import type { GraphNode } from '../../api/schemas'

const MOST = 500

/** What a word of the find language is compared with on these nodes, each value once and in order. */
export function findValues(nodes: readonly GraphNode[], word: string): readonly string[] {
  if (word === 'protocol') return ['grpc', 'http', 'tcp']
  if (word === 'node') return ['app', 'operation', 'service', 'unknown', 'workload']
  const read = READERS[word]
  if (!read) return []
  const found = new Set<string>()
  for (const node of nodes) for (const value of read(node)) if (value && found.size < MOST) found.add(value)
  return [...found].sort()
}

const READERS: Readonly<Record<string, (node: GraphNode) => readonly (string | null | undefined)[]>> = {
  namespace: (node) => [node.namespace],
  cluster: (node) => [node.cluster],
  name: (node) =>
    node.kind === 'app'
      ? [node.app, node.workload]
      : node.kind === 'workload'
        ? [node.workload]
        : [node.service],
  app: (node) => [node.app],
  service: (node) => (node.kind === 'service' || node.kind === 'serviceEntry' ? [node.service] : []),
  workload: (node) => [node.workload],
  version: (node) => [node.version],
}
