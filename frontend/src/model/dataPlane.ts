import type { Namespace } from '../api/schemas'

const WORDS: Readonly<Record<string, string>> = {
  sidecar: 'Sidecar',
  ambient: 'Ambient',
  waypoint: 'Waypoint',
  gateway: 'Gateway',
  outOfMesh: 'Out of mesh',
}

export const dataPlaneWords = (mode: string): string => WORDS[mode] ?? mode

export function namespaceMode(namespace: Namespace): string {
  if (namespace.injection && namespace.ambient) return 'Sidecar and ambient'
  if (namespace.ambient) return 'Ambient'
  return namespace.injection ? 'Sidecar' : 'Out of mesh'
}
