import * as v from 'valibot'
import { expect, it, vi } from 'vitest'
import { ApiFailure, apiUrl, getJson } from './http'

const SCHEMA = v.object({ items: v.array(v.object({ name: v.string() })) })
const json = (body: unknown, status = 200, type = 'application/json') =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
const answerWith = (response: Response | Error) =>
  vi.stubGlobal('fetch', () =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  )
const failure = async () => {
  const error: unknown = await getJson('/x', SCHEMA).catch((caught: unknown) => caught)
  if (!(error instanceof ApiFailure)) throw new Error('expected a failure')
  return error
}

it('parses an answer and ignores fields it does not read', async () => {
  answerWith(json({ items: [{ name: 'a', extra: 1 }], more: true }))
  expect(await getJson('/x', SCHEMA)).toEqual({ items: [{ name: 'a' }] })
})

it.each([
  [
    'a refusal with a problem',
    json(
      { title: 'Bad', detail: 'window must be positive', requestId: 'r1' },
      400,
      'application/problem+json',
    ),
    'refused',
    'window must be positive',
    false,
  ],
  ['a refusal without words', new Response('', { status: 503 }), 'refused', 'HTTP 503', true],
  ['another shape', json({ items: [{ name: 7 }] }), 'unreadable', 'items.0.name', true],
  ['no JSON', new Response('<html>', { status: 200 }), 'unreadable', 'not JSON', true],
  ['no connection', new TypeError('fetch failed'), 'unreachable', 'No connection', true],
])('names %s', async (_what, response, kind, words, retryable) => {
  answerWith(response)
  const error = await failure()
  expect(error).toMatchObject({ kind, retryable })
  expect(error.message).toContain(words)
})

const neverAnswers = (_url: string, init: RequestInit) =>
  new Promise<Response>((_done, failed) => {
    init.signal?.addEventListener('abort', () => failed(init.signal?.reason as Error))
  })

it('gives up after its time and says how long that was', async () => {
  vi.stubGlobal('fetch', neverAnswers)
  await expect(getJson('/x', SCHEMA, undefined, 20)).rejects.toMatchObject({ kind: 'timeout' })
})

it('passes on that its caller lost interest, which is no failure to show', async () => {
  vi.stubGlobal('fetch', neverAnswers)
  const interest = new AbortController()
  const asked = getJson('/x', SCHEMA, interest.signal)
  interest.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
})

it.each([
  [{ namespace: ['a', 'b'], at: '2026-11-21T10:00:00Z' }, '/api/v1/x?namespace=a,b&at=2026-11-21T10:00:00Z'],
  [{ namespace: [], at: null, w: '' }, '/api/v1/x'],
  [{ find: 'a & b', idle: false }, '/api/v1/x?find=a+%26+b&idle=false'],
])('writes the query %o', (query, url) => expect(apiUrl('/x', query)).toBe(url))
