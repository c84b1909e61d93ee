import { changeSchema, changesSchema, previewSchema, type Change, type Preview } from './changeSchemas'
import { apiUrl, getJson, postJson } from './http'

/** The API server and its webhooks answer within this, or not at all. */
const CLUSTER_MS = 30_000

export const fetchChanges = async (signal?: AbortSignal): Promise<readonly Change[]> =>
  (await getJson(apiUrl('/changes'), changesSchema, signal)).items

export const fetchChange = (id: string, signal?: AbortSignal): Promise<Change> =>
  getJson(apiUrl(`/changes/${id}`), changeSchema, signal)

/** Builds a change from a text against the live objects and tries it out. Nothing is written. */
export const proposeChange = (text: string, namespace: string): Promise<Preview> =>
  postJson(
    apiUrl('/changes'),
    { text, ...(namespace === '' ? {} : { namespace }) },
    previewSchema,
    undefined,
    CLUSTER_MS,
  )

/** Tries a kept preview out again. */
export const previewChange = (id: string, signal?: AbortSignal): Promise<Preview> =>
  postJson(apiUrl(`/changes/${id}/preview`), {}, previewSchema, signal, CLUSTER_MS)

/** Lets a previewed change begin; its state tells how it goes on. */
export const applyChange = (change: Change, confirm: readonly string[]): Promise<Change> =>
  postJson(
    apiUrl(`/changes/${change.id}/apply`),
    { hash: change.hash, confirm },
    changeSchema,
    undefined,
    CLUSTER_MS,
  )

/** Builds the change that takes another one back. */
export const revertChange = (id: string): Promise<Preview> =>
  postJson(apiUrl(`/changes/${id}/revert`), {}, previewSchema, undefined, CLUSTER_MS)
