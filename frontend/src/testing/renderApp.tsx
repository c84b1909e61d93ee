import { createMemoryHistory } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import { vi } from 'vitest'
import { answer } from '../../e2e/fixtures/mesh'
import { App } from '../app/App'
import { newQueryClient } from '../app/data'
import { newRouter } from '../app/router'

/** What the stubbed backend says to one path: a body, or a whole response. Undefined: the fixture's answer. */
export type Say = (path: string, query: URLSearchParams) => object | Response | Error | undefined

export const problem = (status: number, detail: string): Response =>
  new Response(JSON.stringify({ title: 'Problem', status, detail, requestId: 'req-1' }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })

/** Only `fetch` is stubbed: client, cache, router and pages are the real ones. Returns every address that was asked. */
export function renderApp(address: string, say: Say = () => undefined) {
  const asked: string[] = []
  vi.stubGlobal('fetch', (input: string) => {
    asked.push(input)
    const url = new URL(input, 'http://pharos')
    const path = url.pathname.replace('/api/v1', '')
    const said = say(path, url.searchParams)
    if (said instanceof Error) return Promise.reject(said)
    if (said instanceof Response) return Promise.resolve(said.clone())
    const body = said ?? answer(path, url.searchParams, Date.now())
    return Promise.resolve(
      body
        ? new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
        : problem(404, `Nothing at ${path}.`),
    )
  })
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }))
  const view = render(<App router={router} queries={newQueryClient()} />)
  return { ...view, router, asked }
}
