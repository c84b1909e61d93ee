import * as v from 'valibot'
import { configKeySchema, draftAnswerSchema } from './configSchemas'
import { instant, list, unknownAsNull } from './schemas'

/** The answers of `/api/v1/changes`: what was meant to be changed in the cluster, and what came of it. */

const stepSchema = v.object({
  number: v.number(),
  object: configKeySchema,
  op: v.picklist(['create', 'replace', 'delete']),
  state: v.picklist([
    'planned',
    'intent',
    'applied',
    'not-applied',
    'undo-intent',
    'undone',
    'left',
    'unknown',
  ]),
  detail: v.optional(v.string(), ''),
  /** YAML; empty when the step creates the object. Lists leave it out. */
  before: v.optional(v.string(), ''),
  /** YAML; empty when the step deletes the object. */
  after: v.optional(v.string(), ''),
})
export type ChangeStep = v.InferOutput<typeof stepSchema>

export const changeSchema = v.object({
  id: v.string(),
  title: v.string(),
  author: v.string(),
  at: instant,
  /** The change that this one takes back. */
  reverts: unknownAsNull(v.string()),
  hash: v.string(),
  state: v.picklist(['previewed', 'applying', 'done', 'compensating', 'reverted', 'rejected', 'needs-human']),
  ended: v.boolean(),
  detail: v.optional(v.string(), ''),
  steps: list(stepSchema),
})
export type Change = v.InferOutput<typeof changeSchema>

export const changesSchema = v.object({ items: list(changeSchema) })

const ownerSchema = v.object({
  object: configKeySchema,
  owner: v.string(),
  evidence: v.string(),
  effect: v.string(),
  /** No confirmation helps. */
  refused: v.boolean(),
})
export type Owner = v.InferOutput<typeof ownerSchema>

export const previewSchema = v.object({
  change: changeSchema,
  owners: list(ownerSchema),
  dryRun: list(v.object({ step: v.number(), accepted: v.boolean(), message: v.string() })),
  /** Null while the cluster has not been analysed. */
  findings: unknownAsNull(draftAnswerSchema),
})
export type Preview = v.InferOutput<typeof previewSchema>
