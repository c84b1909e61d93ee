import * as v from 'valibot'
import { instant, list, sourceSchema, unknownAsNull, words } from './schemas'

/** The answers of `/api/v1/config`: objects of the mesh and what the checks say of them. */

export const configKeySchema = v.object({
  /** As addresses name it: `Gateway` is Istio's, `Gateway.gateway.networking.k8s.io` the other one. */
  kind: v.string(),
  group: v.optional(v.string(), ''),
  /** Empty for kinds that live in no namespace. */
  namespace: v.optional(v.string(), ''),
  name: v.string(),
})
export type ConfigKey = v.InferOutput<typeof configKeySchema>

const levelSchema = v.picklist(['Error', 'Warning', 'Info'])
export type Level = v.InferOutput<typeof levelSchema>

const countsSchema = v.object({
  error: v.optional(v.number(), 0),
  warning: v.optional(v.number(), 0),
  info: v.optional(v.number(), 0),
})
export type LevelCounts = v.InferOutput<typeof countsSchema>

const fixSchema = v.object({
  title: v.string(),
  edits: list(v.object({ offset: v.number(), endOffset: v.number(), text: v.string() })),
})
export type Fix = v.InferOutput<typeof fixSchema>

const place = {
  line: v.optional(v.number()),
  column: v.optional(v.number()),
  offset: v.optional(v.number()),
  endOffset: v.optional(v.number()),
}

const findingSchema = v.object({
  code: v.string(),
  level: levelSchema,
  object: unknownAsNull(configKeySchema),
  origin: v.optional(v.string(), ''),
  message: v.string(),
  documentationUrl: v.optional(v.string(), ''),
  analyzer: v.optional(v.string(), ''),
  name: v.optional(v.string(), ''),
  path: v.optional(v.string(), ''),
  ...place,
  fixes: list(fixSchema),
})
/** Something that is wrong. The place is there when it is in the text that was asked about. */
export type Finding = v.InferOutput<typeof findingSchema>

const skippedSchema = list(v.object({ check: v.string(), reason: v.string() }))
const tail = {
  analysis: v.object({ at: instant, skipped: skippedSchema }),
  sources: list(sourceSchema),
}

const head = {
  ...configKeySchema.entries,
  apiVersion: v.optional(v.string(), ''),
  createdAt: unknownAsNull(v.string()),
  labels: words,
}

const objectSchema = v.object({ ...head, findings: countsSchema })
export type ConfigObject = v.InferOutput<typeof objectSchema>

export const configSchema = v.object({
  items: list(objectSchema),
  kinds: v.optional(v.record(v.string(), v.number()), {}),
  withoutObject: list(findingSchema),
  ...tail,
})
export type Config = v.InferOutput<typeof configSchema>

export const findingsSchema = v.object({ counts: countsSchema, items: list(findingSchema), ...tail })
export type Findings = v.InferOutput<typeof findingsSchema>

const useSchema = v.object({
  role: v.string(),
  path: v.string(),
  ...place,
  text: v.string(),
  wanted: v.string(),
  readable: v.optional(v.boolean(), true),
  to: list(configKeySchema),
})
/** A place where the object names others. */
export type Use = v.InferOutput<typeof useSchema>

const usedBySchema = v.object({
  object: configKeySchema,
  role: v.string(),
  path: v.string(),
  text: v.string(),
  findings: countsSchema,
})
export type UsedBy = v.InferOutput<typeof usedBySchema>

export const configDetailSchema = v.object({
  ...head,
  uid: v.optional(v.string(), ''),
  resourceVersion: v.optional(v.string(), ''),
  generation: v.optional(v.number(), 0),
  complete: v.optional(v.boolean(), true),
  text: v.string(),
  raw: v.optional(v.string(), ''),
  findings: list(findingSchema),
  uses: list(useSchema),
  usedBy: list(usedBySchema),
  ...tail,
})
export type ConfigDetail = v.InferOutput<typeof configDetailSchema>

export const draftAnswerSchema = v.object({
  objects: list(
    v.object({ object: configKeySchema, effect: v.picklist(['created', 'changed', 'unchanged', 'removed']) }),
  ),
  introduced: list(findingSchema),
  resolved: list(findingSchema),
  unchanged: list(findingSchema),
  refusals: list(
    v.object({ line: v.number(), column: v.number(), offset: v.optional(v.number(), 0), reason: v.string() }),
  ),
  skipped: skippedSchema,
  tookMs: unknownAsNull(v.number()),
})
/** What a draft would change in what the checks say of the whole mesh. */
export type DraftAnswer = v.InferOutput<typeof draftAnswerSchema>

const suggestionSchema = v.object({
  text: v.string(),
  type: v.optional(v.string(), ''),
  doc: v.optional(v.string(), ''),
  required: v.optional(v.boolean(), false),
  deprecated: v.optional(v.boolean(), false),
})

export const suggestionsSchema = v.object({
  items: list(suggestionSchema),
  /** Names of the live mesh, with what bears them. */
  names: list(v.object({ text: v.string(), of: v.optional(v.string(), '') })),
})
export type Suggestions = v.InferOutput<typeof suggestionsSchema>

const fieldDescriptionSchema = v.object({
  name: v.string(),
  type: v.optional(v.string(), ''),
  doc: v.optional(v.string(), ''),
  required: v.optional(v.boolean(), false),
  default: unknownAsNull(v.string()),
  values: list(suggestionSchema),
  limits: list(v.string()),
  replacement: unknownAsNull(v.string()),
})
export type FieldDescription = v.InferOutput<typeof fieldDescriptionSchema>
export const fieldSchema = v.object({ field: unknownAsNull(fieldDescriptionSchema) })
