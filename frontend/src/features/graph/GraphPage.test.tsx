import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { bookinfoMesh } from '../../model/graph/bookinfoMesh'
import { problem, renderApp, type Say } from '../../testing/renderApp'

const sse = (...events: readonly (readonly [string, object])[]): Response =>
  new Response(
    events.map(([event, data]) => `event: ${event}\nid: 1-1\ndata: ${JSON.stringify(data)}\n\n`).join(''),
    {
      headers: { 'content-type': 'text/event-stream' },
    },
  )

const streams =
  (response: () => Response | Error): Say =>
  (path) =>
    path === '/graph/stream' ? response() : undefined

// The layout is loaded on demand, and the machine may be busy.
const soon = { timeout: 30_000 }

describe('graph page', { timeout: 60_000 }, () => {
  it('shows the stream as a tree that names every card', async () => {
    renderApp(
      '/graph',
      streams(() => sse(['snapshot', bookinfoMesh()])),
    )
    expect(
      await screen.findByRole(
        'treeitem',
        { name: /^reviews, app, bookinfo, 61.5 requests per second/ },
        soon,
      ),
    ).toBeTruthy()
    expect(screen.getByRole('treeitem', { name: 'Namespace shop' })).toBeTruthy()
  })

  it('says where there is no traffic, and what to do', async () => {
    renderApp(
      '/graph?ns=shop',
      streams(() => sse(['snapshot', { ...bookinfoMesh(), nodes: [], edges: [] }])),
    )
    expect(await screen.findByText('No traffic in the last 1 min in shop')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Show idle nodes' })).toBeTruthy()
  })

  it('says that the graph may not be read', async () => {
    renderApp(
      '/graph',
      streams(() => problem(403, 'You may not list workloads.')),
    )
    expect((await screen.findByRole('alert')).textContent).toContain('may not be read with your rights')
  })

  it('keeps the last graph, pale, when the backend cannot renew it', async () => {
    const failed = { title: 'Source down', status: 503, detail: 'Prometheus does not answer' }
    renderApp(
      '/graph',
      streams(() => sse(['snapshot', bookinfoMesh()], ['problem', failed])),
    )
    expect(await screen.findByText(/: Prometheus does not answer|connection to Pharos was lost/)).toBeTruthy()
    expect(await screen.findByRole('treeitem', { name: /^reviews/ }, soon)).toBeTruthy()
  })

  it('says that the traffic is unknown, not that there is none, while no graph ever came', async () => {
    const down = { title: 'Source down', status: 503, detail: 'Prometheus does not answer' }
    renderApp(
      '/graph',
      streams(() => sse(['problem', down])),
    )
    expect(await screen.findByRole('heading', { name: 'The traffic is not known yet' }, soon)).toBeTruthy()
    expect(screen.queryByText(/No traffic/)).toBeNull()
  })

  it('says what is missing from an incomplete graph', async () => {
    const sources = [
      { name: 'prometheus', kind: 'metrics', state: 'partial', detail: 'one of two shards answered' },
    ]
    renderApp(
      '/graph',
      streams(() => sse(['snapshot', { ...bookinfoMesh(), partial: true, sources }])),
    )
    expect(
      await screen.findByText(/Incomplete: prometheus partial \(one of two shards answered\)/),
    ).toBeTruthy()
  })

  it('asks for the moment of a link once, and says how old it is', async () => {
    const { asked } = renderApp('/graph?t=2026-01-01T12:00:00Z', (path) =>
      path === '/graph' ? bookinfoMesh() : undefined,
    )
    expect(await screen.findByRole('button', { name: 'Back to live (L)' })).toBeTruthy()
    expect(
      asked.some((url) => url.startsWith('/api/v1/graph?') && url.includes('at=2026-01-01T12:00:00')),
    ).toBe(true)
    expect(asked.some((url) => url.includes('/graph/stream'))).toBe(false)
  })

  it('completes an expression while it is typed, and asks for it on Enter', async () => {
    const { router } = renderApp(
      '/graph',
      streams(() => sse(['snapshot', bookinfoMesh()])),
    )
    await screen.findByRole('treeitem', { name: /^reviews/ }, soon)
    const field = screen.getByRole('combobox', { name: 'Find in the graph' })
    await userEvent.type(field, 'names')
    await screen.findByRole('option', { name: /^namespace/ }, soon)
    await userEvent.keyboard('{ArrowDown}{Enter}= sh{Tab}')
    expect(field).toHaveProperty('value', 'namespace = shop ')
    await userEvent.keyboard('{Enter}')
    expect(router.state.location.search).toMatchObject({ find: 'namespace = shop' })
    expect(document.activeElement).toBe(field)
  })

  it('points at the character that an expression stumbles over', async () => {
    const refused = () =>
      new Response(
        JSON.stringify({ title: 'Bad expression', status: 400, detail: 'Expected a value.', position: 5 }),
        {
          status: 400,
          headers: { 'content-type': 'application/problem+json' },
        },
      )
    renderApp('/graph?find=rps+%3E%3E+1', streams(refused))
    expect(await screen.findByText('Expected a value.', { selector: '.phg-find__error p' })).toBeTruthy()
    expect(document.querySelector('.phg-find__error mark')?.textContent).toBe('>')
  })

  it('offers the graph as a table, and a row selects', async () => {
    const { router } = renderApp(
      '/graph?table=on',
      streams(() => sse(['snapshot', bookinfoMesh()])),
    )
    await userEvent.click(await screen.findByRole('button', { name: 'details' }, soon))
    expect(await screen.findByRole('complementary', { name: 'Selection' })).toBeTruthy()
    expect(router.state.location.search).toMatchObject({ sel: 'app:demo/bookinfo/details' })
  })
})
