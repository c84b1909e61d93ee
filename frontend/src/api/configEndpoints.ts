import { apiUrl, getJson, postJson } from './http'
import {
  configDetailSchema,
  configSchema,
  draftAnswerSchema,
  fieldSchema,
  findingsSchema,
  suggestionsSchema,
  type Config,
  type ConfigDetail,
  type ConfigKey,
  type DraftAnswer,
  type FieldDescription,
  type Findings,
  type Suggestions,
} from './configSchemas'

const segment = encodeURIComponent

/** Stands in addresses where an object has no namespace. */
export const NO_NAMESPACE = '_'

export const fetchConfig = (namespaces: readonly string[], signal?: AbortSignal): Promise<Config> =>
  getJson(apiUrl('/config', { namespace: namespaces }), configSchema, signal)

export const fetchFindings = (namespaces: readonly string[], signal?: AbortSignal): Promise<Findings> =>
  getJson(apiUrl('/config/findings', { namespace: namespaces }), findingsSchema, signal)

export const fetchConfigObject = (
  key: Pick<ConfigKey, 'kind' | 'namespace' | 'name'>,
  signal?: AbortSignal,
): Promise<ConfigDetail> =>
  getJson(
    apiUrl(`/config/${segment(key.kind)}/${segment(key.namespace || NO_NAMESPACE)}/${segment(key.name)}`),
    configDetailSchema,
    signal,
  )

/** Asks what a text would change. Nothing is written. */
export const checkDraft = (text: string, namespace: string, signal?: AbortSignal): Promise<DraftAnswer> =>
  postJson(
    apiUrl('/config/check'),
    { text, ...(namespace === '' ? {} : { namespace }), unchanged: 'proposed' },
    draftAnswerSchema,
    signal,
  )

/** What can be written at a path of an object; `host` is the one beside a subset. */
export const completeField = (
  kind: string,
  path: string,
  namespace: string,
  host: string,
  signal?: AbortSignal,
): Promise<Suggestions> =>
  getJson(apiUrl('/config/schema/complete', { kind, path, namespace, host }), suggestionsSchema, signal)

/** What is known of a field; null when nothing is. */
export const describeField = async (kind: string, path: string): Promise<FieldDescription | null> =>
  (await getJson(apiUrl('/config/schema/describe', { kind, path }), fieldSchema)).field
