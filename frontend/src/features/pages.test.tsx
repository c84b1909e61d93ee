import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { status } from '../../e2e/fixtures/mesh'
import { sources } from '../../e2e/fixtures/sources'
import { problem, renderApp, type Say } from '../testing/renderApp'

afterEach(() => vi.unstubAllGlobals())

const LIMIT = { timeout: 8000 }
const find = (text: string | RegExp) => screen.findByText(text, {}, LIMIT)
const heading = (name: string | RegExp) => screen.findByRole('heading', { name }, LIMIT)
const on =
  (part: string, said: ReturnType<Say>): Say =>
  (path) =>
    path.startsWith(part) ? said : undefined

describe('the overview', () => {
  it('lists what needs attention, worst first, with the reason', async () => {
    renderApp('/overview')
    const region = await screen.findByRole('region', { name: 'Needs attention' }, LIMIT)
    await within(region).findByText(
      '24.6 % of requests fail with 5xx (failing from 10 %) · 1 of 2 replicas is available',
      {},
      LIMIT,
    )
    const names = within(region)
      .getAllByRole('link')
      .map((link) => link.textContent)
      .filter(Boolean)
    expect(names).toEqual(['ratings', 'ratings-v1', 'reviews-v3', 'reviews', 'reviews-v2', 'checkout-v2'])
  })

  it('says calmly that nothing needs attention', async () => {
    const item = { namespace: 'shop', name: 'cart', health: { status: 'healthy', reasons: [] } }
    renderApp('/overview', (path) =>
      path === '/services' || path === '/workloads' ? { items: [item], sources: [] } : undefined,
    )
    await find(/Nothing needs attention/)
  })

  it('does not turn missing numbers into zeros', async () => {
    const item = { namespace: 'shop', name: 'cart' }
    renderApp('/overview', (path) =>
      path === '/services' || path === '/workloads' ? { items: [item], sources: [] } : undefined,
    )
    expect(await screen.findAllByText('1 no data', {}, LIMIT)).toHaveLength(2)
    expect(screen.getAllByTitle('unknown').map((cell) => cell.textContent)).toEqual(['–', '–', '–'])
  })

  it('shows what changed lately, and looks at that moment on request', async () => {
    const { router } = renderApp('/overview')
    const changes = await screen.findByRole('region', { name: 'Recent changes' }, LIMIT)
    expect(within(changes).getAllByRole('listitem')[0]?.textContent).toContain(
      'DestinationRule bookinfo/reviews changed',
    )
    await userEvent.click(within(changes).getAllByRole('button')[0] as HTMLElement)
    await waitFor(() => expect(router.state.location.searchStr).toMatch(/^\?t=\d{4}-/), LIMIT)
    await screen.findByRole('button', { name: /Back to live/ }, LIMIT)
  })

  it('stays useful without history', async () => {
    renderApp('/overview', on('/graph/timeline', problem(503, 'the store is down')))
    await find('ratings-v1')
    await find(/The history could not be loaded: the store is down/)
  })

  it('asks only for the chosen namespaces', async () => {
    const { asked } = renderApp('/overview?ns=shop')
    await find('checkout-v2')
    expect(asked.filter((url) => url.includes('/services'))).toEqual([
      '/api/v1/services?namespace=shop&window=PT1M',
    ])
    expect(screen.queryByText('ratings-v1')).toBeNull()
  })
})

describe('the states of the shell', () => {
  it('says since when a source is down and how old the data is', async () => {
    renderApp('/overview', on('/status', status(Date.now(), true)))
    await find(/Data as of .* \(1 min 3\d s ago\): prometheus is down since .* connection refused/)
    await screen.findByRole('button', { name: 'Data sources: prometheus is down' }, LIMIT)
  })

  it('says that an answer is incomplete', async () => {
    const [first] = sources(Date.now())
    const partial = { ...first, state: 'partial', detail: '2 of 9 queries timed out' }
    renderApp('/overview', on('/status', { ...status(Date.now()), sources: [partial] }))
    await find(/Incomplete: prometheus answers in part since .* 2 of 9 queries timed out/)
  })

  it('shows the demo badge, and all sources on request', async () => {
    renderApp('/overview')
    await find('demo')
    await find('east')
    await userEvent.click(await screen.findByRole('button', { name: 'Data sources: all OK' }))
    await find('9 queries in 41 ms')
  })

  it('keeps namespaces and window on the way to another page, and lets them be taken away', async () => {
    const { router } = renderApp('/overview?ns=shop&w=PT5M')
    await userEvent.click(await screen.findByRole('link', { name: 'Services' }, LIMIT))
    await heading('Services')
    expect(router.state.location.searchStr).toBe('?ns=shop&w=PT5M')
    await userEvent.click(screen.getByRole('button', { name: 'Namespaces: shop' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Show all' }, LIMIT))
    await waitFor(() => expect(router.state.location.searchStr).toBe('?w=PT5M'), LIMIT)
  })

  it('answers an unknown address with words', async () => {
    renderApp('/nowhere')
    await find('There is no such page')
  })
})

describe('lists', () => {
  it.each([
    ['/services', 'No services here'],
    ['/workloads', 'No workloads here'],
  ])('%s says when there is nothing', async (path, words) => {
    renderApp(path, on(path, { items: [] }))
    await find(words)
  })

  it.each([
    [403, 'Services may not be read with your rights', false],
    [500, 'Services could not be loaded', true],
  ])('names a refusal of status %s', async (code, words, canRetry) => {
    renderApp('/services', on('/services', problem(code, 'the reason')))
    await find(words)
    await find('the reason')
    expect(screen.queryAllByRole('button', { name: 'Try again' })).toHaveLength(canRetry ? 1 : 0)
  })

  it('loads after a retry', async () => {
    let broken = true
    renderApp('/services', (path) =>
      path === '/services' && broken ? problem(500, 'the reason') : undefined,
    )
    const retry = await screen.findByRole('button', { name: 'Try again' }, LIMIT)
    broken = false
    await userEvent.click(retry)
    await find('reviews')
  })

  it('keeps the last list when renewing fails, and says how old it is', async () => {
    let broken = false
    renderApp('/services?r=off', (path) =>
      path === '/services' && broken ? problem(503, 'prometheus timed out') : undefined,
    )
    await find('reviews')
    broken = true
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }))
    await find(/^Services as of .* ago\)\. Renewing failed: prometheus timed out$/)
    expect(screen.getByText('reviews')).toBeTruthy()
    broken = false
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.queryByText(/Renewing failed/)).toBeNull(), LIMIT)
  })

  it('filters by text and health, and puts both into the address', async () => {
    const { router } = renderApp('/services?health=trouble')
    await find('2 of 9')
    await userEvent.type(screen.getByRole('textbox', { name: 'Filter services' }), 'rat')
    await find('1 of 9')
    expect(router.state.location.searchStr).toBe('?health=trouble&q=rat')
    await userEvent.clear(screen.getByRole('textbox', { name: 'Filter services' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'Filter services' }), 'zzz')
    await userEvent.click(await screen.findByRole('button', { name: 'Clear the filter' }, LIMIT))
    await find('productpage')
  })

  it('opens with the defaults when the link has a typing mistake', async () => {
    const { router } = renderApp('/services?health=fine&sort=;;&w=5m&unknown=1')
    await find('reviews')
    await find('Not understood, and taken out of the address: health, sort, w, unknown')
    await waitFor(() => expect(router.state.location.searchStr).toBe(''), LIMIT)
    expect(screen.getAllByRole('row')).toHaveLength(10)
    await screen.findByRole('button', { name: 'Rates over: Last 1 min' }, LIMIT)
  })

  it('sorts by a column and tells it to assistive technology', async () => {
    const { router } = renderApp('/services')
    await userEvent.click(await screen.findByRole('button', { name: 'Requests' }, LIMIT))
    await waitFor(() => expect(router.state.location.searchStr).toBe('?sort=-rate'), LIMIT)
    const header = screen.getByRole('columnheader', { name: 'Requests' })
    expect(header.getAttribute('aria-sort')).toBe('descending')
    const rows = screen.getAllByRole('row').slice(1)
    expect(rows[0]?.textContent).toContain('istio-ingressgateway')
    expect(rows.at(-1)?.textContent).toMatch(/mongodb|email/)
  })

  it('moves with the arrows and opens with Enter', async () => {
    const { router } = renderApp('/services')
    await find('ratings')
    const rows = screen.getAllByRole('row')
    rows[1]?.focus()
    await userEvent.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement).toBe(screen.getAllByRole('row')[2]), LIMIT)
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(router.state.location.pathname).toBe('/services/bookinfo/reviews'), LIMIT)
  })
})

describe('details', () => {
  it('show versions with their observed share, neighbours, objects and charts in words', async () => {
    renderApp('/services/bookinfo/reviews')
    await screen.findByRole('region', { name: 'Versions' }, LIMIT)
    const versions = within(screen.getByRole('region', { name: 'Versions' }))
    expect(
      versions
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.textContent),
    ).toEqual([
      expect.stringMatching(/^v1reviews-v1Healthy80 %/),
      expect.stringMatching(/^v2reviews-v2Degraded15 %/),
      expect.stringMatching(/^v3reviews-v3Failing5 %/),
    ])
    expect(await screen.findAllByText(/^v1: .* now, between .* v3: /, {}, LIMIT)).toHaveLength(3)
    expect(
      screen.getByRole('link', { name: 'Show productpage-v1 in the graph' }).getAttribute('href'),
    ).toContain('focus=id-productpage-v1')
    const objects = within(screen.getByRole('region', { name: 'Istio objects' })).getAllByRole('link')
    expect(objects.map((link) => link.getAttribute('href'))).toEqual([
      '/config/VirtualService/bookinfo/reviews',
      '/config/DestinationRule/bookinfo/reviews',
    ])
  })

  it('show charts as tables on request, as the address says', async () => {
    const { router } = renderApp('/workloads/bookinfo/reviews-v3')
    await userEvent.click(await screen.findByRole('switch', { name: 'As table' }, LIMIT))
    const table = await screen.findByRole('region', { name: 'Requests, values' }, LIMIT)
    expect(within(table).getAllByRole('row').length).toBeGreaterThan(100)
    expect(within(table).getAllByText('–').length).toBe(5)
    expect(router.state.location.searchStr).toBe('?as=table')
  })

  it.each([
    ['/services/bookinfo/gone', /Service bookinfo\/gone is not there/],
    ['/workloads/bookinfo/gone', /Workload bookinfo\/gone is not there/],
  ])('%s says that it is not there', async (path, words) => {
    renderApp(path)
    await find(words)
  })

  it('keep the rest of the page when the charts cannot be loaded', async () => {
    renderApp('/services/bookinfo/reviews', (path) =>
      path.endsWith('/metrics') ? problem(503, 'no metrics source') : undefined,
    )
    await find('The charts could not be loaded')
    expect(screen.getByRole('region', { name: 'Versions' })).toBeTruthy()
  })
})

describe('the mesh page', () => {
  it('shows each source with its age and facts, and each namespace with its data plane', async () => {
    renderApp('/mesh')
    const list = await screen.findByRole('list', { name: 'Sources' }, LIMIT)
    expect(within(list).getByText('14 watches are current')).toBeTruthy()
    const table = await screen.findByRole('grid', { name: 'Namespaces' }, LIMIT)
    expect(within(table).getByText('Ambient')).toBeTruthy()
  })

  it('says when the server itself does not answer', async () => {
    renderApp('/mesh', () => new TypeError('fetch failed'))
    await find('The state of Pharos could not be loaded')
  })
})

describe('the keyboard', () => {
  it('finds a service by a few letters and goes there', async () => {
    const { router } = renderApp('/overview?ns=shop')
    await find('checkout-v2')
    await userEvent.keyboard('{Control>}k{/Control}')
    const field = await screen.findByRole('combobox', {}, LIMIT)
    await waitFor(() => expect(screen.getAllByRole('option').length).toBeGreaterThan(25), LIMIT)
    await userEvent.type(field, 'detls')
    expect(screen.getAllByRole('option')[0]?.textContent).toContain('details')
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(router.state.location.pathname).toBe('/services/bookinfo/details'), LIMIT)
  })

  it('goes to pages by two keys, but not while one types', async () => {
    const { router } = renderApp('/services')
    const field = await screen.findByRole('textbox', { name: 'Filter services' }, LIMIT)
    await userEvent.type(field, 'gm')
    expect(router.state.location.pathname).toBe('/services')
    field.blur()
    await userEvent.keyboard('gm')
    await heading('Mesh')
  })

  it('explains itself', async () => {
    renderApp('/services')
    await find('reviews')
    await userEvent.keyboard('?')
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard' }, LIMIT)
    expect(within(dialog).getByText('Filter the list')).toBeTruthy()
  })

  it('pauses and goes on', async () => {
    const { router } = renderApp('/services')
    await find('reviews')
    await userEvent.keyboard('p')
    await waitFor(() => expect(router.state.location.searchStr).toBe('?r=off'), LIMIT)
    await userEvent.keyboard('p')
    await waitFor(() => expect(router.state.location.searchStr).toBe(''), LIMIT)
  })
})
