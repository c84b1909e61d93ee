import * as v from 'valibot'
import { problemSchema, type Problem } from './schemas'

const BASE = '/api/v1'
const TIMEOUT_MS = 15_000

/**
 * Why a request gave no answer we can show.
 *
 * - `unreachable`: no connection to Pharos itself
 * - `timeout`: no complete answer in time
 * - `refused`: an HTTP status of 400 or more, with the problem where the backend sent one
 * - `unreadable`: an answer that does not have the agreed shape
 */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'

  constructor(
    readonly kind: 'unreachable' | 'timeout' | 'refused' | 'unreadable',
    message: string,
    readonly status: number | null = null,
    readonly problem: Problem | null = null,
  ) {
    super(message)
  }

  /** Asking again later can help. A refused question stays refused. */
  get retryable(): boolean {
    return this.status === null || this.status >= 500 || this.status === 429
  }
}

export type QueryValue = string | number | boolean | readonly string[] | null | undefined

/** Path below `/api/v1` with its query; what is null, undefined or an empty list is left out. */
export function apiUrl(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue
    if (Array.isArray(value)) {
      if (value.length > 0) params.set(name, value.join(','))
    } else {
      params.set(name, String(value))
    }
  }
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  return text === '' ? BASE + path : `${BASE}${path}?${text}`
}

/** Asks and parses. Rejects with {@link ApiFailure}, or with the abort reason of `signal`. */
export function getJson<T extends v.GenericSchema>(
  url: string,
  schema: T,
  signal?: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<v.InferOutput<T>> {
  return ask(url, { headers: { accept: 'application/json' } }, schema, signal, timeoutMs)
}

/** Sends a JSON body, with the header that a page of another site cannot send, and parses the answer. */
export function postJson<T extends v.GenericSchema>(
  url: string,
  body: object,
  schema: T,
  signal?: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<v.InferOutput<T>> {
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'x-pharos-request': '1',
  }
  return ask(url, { method: 'POST', headers, body: JSON.stringify(body) }, schema, signal, timeoutMs)
}

async function ask<T extends v.GenericSchema>(
  url: string,
  request: RequestInit,
  schema: T,
  signal: AbortSignal | undefined,
  timeoutMs: number,
): Promise<v.InferOutput<T>> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout
  let body: unknown
  try {
    const response = await fetch(url, { ...request, signal: either })
    if (!response.ok) throw await failureOf(response)
    body = await response.json()
  } catch (error) {
    if (error instanceof ApiFailure) throw error
    if (signal?.aborted) throw error
    if (timeout.aborted) {
      throw new ApiFailure('timeout', `No answer within ${Math.round(timeoutMs / 1000)} seconds.`)
    }
    if (error instanceof SyntaxError) {
      throw new ApiFailure('unreadable', 'The answer was not JSON. Another server may be answering here.')
    }
    throw new ApiFailure('unreachable', 'No connection to the Pharos server.')
  }
  return parse(schema, body)
}

/** Parses a decoded answer; a mismatch names the first field that is wrong. */
export function parse<T extends v.GenericSchema>(schema: T, body: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, body, { abortEarly: true })
  if (result.success) return result.output
  const issue = result.issues[0]
  const path = v.getDotPath(issue)
  throw new ApiFailure(
    'unreadable',
    `The answer has an unexpected shape${path ? ` at ${path}` : ''}: ${issue.message}`,
  )
}

/** The failure that a response of status 400 or more stands for. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  let problem: Problem | null = null
  if (response.headers.get('content-type')?.includes('json')) {
    const parsed = v.safeParse(problemSchema, await response.json().catch(() => null))
    if (parsed.success) problem = parsed.output
  }
  const words = [problem?.detail, problem?.title].find((text) => text !== undefined && text !== '')
  return new ApiFailure(
    'refused',
    words ?? `The server answered HTTP ${response.status}.`,
    response.status,
    problem,
  )
}
