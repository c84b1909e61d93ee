import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { configAnswer } from '../../../e2e/fixtures/config'
import { problem, renderApp } from '../../testing/renderApp'

afterEach(() => vi.unstubAllGlobals())

const LIMIT = { timeout: 8000 }
const find = (text: string | RegExp) => screen.findByText(text, {}, LIMIT)
const names = () =>
  within(screen.getByRole('grid', { name: 'Configuration' }))
    .getAllByRole('link')
    .map((link) => link.textContent)
const listed = (expected: readonly string[]) => waitFor(() => expect(names()).toEqual(expected), LIMIT)

describe('the list of objects', () => {
  it('puts what is wrong first, and says how much there is of it', async () => {
    renderApp('/config')
    await find('7 · 1 error, 1 warning, 1 note')
    expect(names().slice(0, 2)).toEqual(['pricing', 'reviews'])
    const worst = screen.getByRole('row', { name: /pricing/ })
    expect(within(worst).getByText('1 error, 1 warning')).toBeTruthy()
  })

  it('tells the two kinds of Gateway apart', async () => {
    renderApp('/config?q=gateway')
    await find('Gateway API')
    await listed(['public', 'web'])
  })

  it('filters by words, kind and severity, all kept in the address', async () => {
    const { router } = renderApp('/config')
    await find('public')
    await userEvent.keyboard('/')
    await userEvent.keyboard('team=books')
    await listed(['reviews'])
    await waitFor(() => expect(router.state.location.searchStr).toBe('?q=team%3Dbooks'), LIMIT)
    await router.navigate({ to: '/config', search: { sev: 'error' } })
    await listed(['pricing'])
    await router.navigate({ to: '/config', search: { sev: 'none', kind: 'Service,Namespace' } })
    await listed(['reviews', 'bookinfo'])
  })

  it('opens the row by Enter', async () => {
    const { router } = renderApp('/config')
    const row = await screen.findByRole('row', { name: /pricing/ }, LIMIT)
    row.focus()
    await userEvent.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement?.textContent).toContain('DestinationRule'), LIMIT)
    await userEvent.keyboard('{Enter}')
    await waitFor(
      () => expect(router.state.location.pathname).toBe('/config/DestinationRule/bookinfo/reviews'),
      LIMIT,
    )
  })

  it('draws only a part of five thousand objects', async () => {
    const items = Array.from({ length: 5000 }, (_, index) => ({
      kind: 'VirtualService',
      namespace: 'shop',
      name: `route-${index}`,
      findings: {},
    }))
    renderApp('/config', (path) =>
      path === '/config'
        ? { items, kinds: { VirtualService: 5000 }, analysis: { at: new Date().toISOString() } }
        : undefined,
    )
    await find('5000 · no findings')
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('5001')
    expect(screen.getAllByRole('row').length).toBeLessThan(120)
  })

  it('says that nothing fits, that there is nothing, and that it may not be read', async () => {
    const { unmount } = renderApp('/config?q=nothing-like-this')
    await find('No objects fit the filter')
    await userEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
    await find('public')
    unmount()
    const empty = renderApp('/config?ns=nowhere')
    await find(/Nothing in nowhere that Pharos may read/)
    empty.unmount()
    renderApp('/config', (path) =>
      path === '/config' ? problem(503, 'The first list is not complete.') : undefined,
    )
    expect((await screen.findByRole('alert', {}, LIMIT)).textContent).toContain(
      'The first list is not complete.',
    )
  })

  it('names the checks that could not run, and why', async () => {
    renderApp('/config', (path, query) =>
      path === '/config'
        ? {
            ...configAnswer(path, query, Date.now()),
            analysis: {
              at: new Date().toISOString(),
              skipped: [{ check: 'secret.Check', reason: 'Secret: forbidden' }],
            },
          }
        : undefined,
    )
    await find(/1 check did not run/)
    await userEvent.click(screen.getByRole('button', { name: 'Which' }))
    await find('Secret: forbidden')
  })
})

describe('the findings of the mesh', () => {
  it('are grouped by code, worst first, with the documentation', async () => {
    renderApp('/config/findings')
    const group = await screen.findByRole('region', { name: 'IST0101' }, LIMIT)
    expect(within(group).getByRole('heading').textContent).toBe('Referenced resource not found')
    expect(
      within(group)
        .getByRole('link', { name: /IST0101/ })
        .getAttribute('href'),
    ).toContain('ist0101')
    const regions = screen.getAllByRole('region').map((region) => region.getAttribute('aria-label'))
    expect(regions.filter((name) => /^[A-Z]{3}\d/.test(name ?? ''))).toEqual([
      'IST0101',
      'PHA0102',
      'PHA0103',
    ])
  })

  it('lead to the place in the object', async () => {
    const { router } = renderApp('/config/findings?by=object')
    const row = await screen.findByRole('row', { name: /pricing-beta/ }, LIMIT)
    row.focus()
    await userEvent.keyboard('{Enter}')
    await waitFor(
      () =>
        expect(router.state.location).toMatchObject({
          pathname: '/config/VirtualService/shop/pricing',
          search: { at: 'spec.http[0].route[0].destination.host' },
        }),
      LIMIT,
    )
  })

  it('are filtered by text and severity, and none is good news', async () => {
    const { unmount } = renderApp('/config/findings?sev=info')
    await find('No pod is ready in the subset v9')
    expect(screen.queryByText(/pricing-beta/)).toBeNull()
    unmount()
    renderApp('/config/findings?ns=quiet')
    await find('Nothing is wrong')
    await find('The checks have no finding in quiet.')
  })
})

describe('the page of an object', () => {
  it('leads to what the object names, and back', async () => {
    renderApp('/config/VirtualService/bookinfo/reviews')
    const uses = await screen.findByRole('region', { name: 'Refers to' }, LIMIT)
    expect(within(uses).getByRole('link').getAttribute('href')).toBe(
      '/config/DestinationRule/bookinfo/reviews',
    )
    expect(within(uses).getByRole('button', { name: 'v2' }).title).toBe(
      'Show spec.http[0].route[1].destination.subset',
    )
    await userEvent.click(within(uses).getByRole('link'))
    const users = await screen.findByRole('region', { name: 'Referred to by' }, LIMIT)
    const back = await within(users).findByRole('link', { name: 'reviews' }, LIMIT)
    expect(back.getAttribute('href')).toContain('/config/VirtualService/bookinfo/reviews?at=')
  })

  it('lists the findings with their code', async () => {
    renderApp('/config/VirtualService/shop/pricing')
    const findings = await screen.findByRole('region', { name: 'Findings' }, LIMIT)
    expect(within(findings).getAllByRole('listitem')).toHaveLength(2)
    await within(findings).findByText('Referenced host not found: "pricing-beta"', {}, LIMIT)
  })

  it.each([
    [404, 'There is no VirtualService bookinfo/gone in the cluster.'],
    [403, 'Secret: forbidden'],
  ])('says what a %i means', async (status, detail) => {
    renderApp('/config/VirtualService/bookinfo/gone', (path) =>
      path.startsWith('/config/VirtualService') ? problem(status, detail) : undefined,
    )
    expect((await screen.findByRole('alert', {}, LIMIT)).textContent).toContain(detail)
  })
})
