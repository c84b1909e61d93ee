import { NO_NAMESPACE } from '../../api/configEndpoints'
import type { ConfigKey, ConfigObject } from '../../api/configSchemas'
import { countOf, totalOf } from './levels'
import type { ConfigSearch } from './configSearch'

export type ObjectName = Pick<ConfigKey, 'kind' | 'namespace' | 'name'>

/** "Gateway" for both kinds of that name; the group is said beside it where both can occur. */
export const shortKind = (kind: string): string => kind.split('.', 1)[0] ?? kind

/** "Gateway API" beside a kind whose name Istio has, too. */
export const kindNote = (kind: string): string =>
  kind.endsWith('.gateway.networking.k8s.io') ? 'Gateway API' : ''

/** The kind's version, without its group: "v1beta1". */
export const versionOf = (apiVersion: string): string => apiVersion.split('/').at(-1) ?? apiVersion

export const objectId = (key: ObjectName): string => `${key.kind} ${key.namespace}/${key.name}`

/** "VirtualService bookinfo/reviews", as messages name objects. */
export const objectWords = (key: ObjectName): string =>
  `${shortKind(key.kind)} ${key.namespace === '' ? key.name : `${key.namespace}/${key.name}`}`

/** Parameters of an object's address. */
export const objectParams = (key: ObjectName) => ({
  kind: key.kind,
  namespace: key.namespace === '' ? NO_NAMESPACE : key.namespace,
  name: key.name,
})

/** An object's name from the parameters of its address. */
export const objectOfParams = (params: ObjectName): ObjectName => ({
  kind: params.kind,
  namespace: params.namespace === NO_NAMESPACE ? '' : params.namespace,
  name: params.name,
})

/** Istio's and Gateway API kinds: what a mesh is configured with. */
export const isMeshConfig = (object: { readonly group: string }): boolean =>
  object.group.endsWith('.istio.io') || object.group === 'gateway.networking.k8s.io'

/** Where the pages know more of an object than its configuration. */
export function trafficPage(key: ObjectName): 'service' | 'workload' | null {
  if (key.kind === 'Service') return 'service'
  return ['Deployment', 'StatefulSet', 'DaemonSet'].includes(key.kind) ? 'workload' : null
}

/** Objects that fit the filter; every word must occur in kind, namespace, name or a label. */
export function filteredObjects(
  objects: readonly ConfigObject[],
  search: ConfigSearch,
): readonly ConfigObject[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const kinds = search.kind?.split(',') ?? []
  return objects.filter((object) => {
    if (kinds.length > 0 && !kinds.includes(object.kind)) return false
    if (!fitsSeverity(object, search.sev)) return false
    if (words.length === 0) return true
    const labels = Object.entries(object.labels).map(([key, value]) => `${key}=${value}`)
    const text = [object.kind, `${object.namespace}/${object.name}`, ...labels].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

function fitsSeverity(object: ConfigObject, severity: ConfigSearch['sev']): boolean {
  switch (severity) {
    case undefined:
      return true
    case 'any':
      return totalOf(object.findings) > 0
    case 'none':
      return totalOf(object.findings) === 0
    case 'error':
      return countOf(object.findings, 'Error') > 0
    case 'warning':
      return countOf(object.findings, 'Warning') > 0
    case 'info':
      return countOf(object.findings, 'Info') > 0
  }
}
