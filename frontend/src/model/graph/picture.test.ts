import { describe, expect, it } from 'vitest'
import { RectGrid } from '../layout/geometry'
import { twoLevelLayout } from '../layout/twoLevel'
import { bookinfoMesh } from './bookinfoMesh'
import { detailAt, fit, toWorld } from './camera'
import { itemWords, middleEllipsis } from './describe'
import { dotBudget, isFailedDot, MAX_DOTS } from './dots'
import { generatedMesh } from './generatedMesh'
import { graphOptions, graphQuery, validateGraphSearch } from './graphSearch'
import { GraphStore } from './graphStore'
import { HitIndex } from './hits'
import { placeLabels } from './labelPlacement'
import { linkLabel } from './labels'
import { buildPicture, groupOfBox, itemNamed, type Picture, type PictureOptions } from './picture'
import { distanceTo, pointAlong, routeAll } from './routes'
import { collapsedAtStart, extentOf, startView } from './startView'
import { momentAt, stepped, stripRange } from './timeStrip'
import { LINE_CLASSES, pictureValues } from './values'
import { walk } from './walk'

const OPTIONS: PictureOptions = {
  foldVersions: true,
  collapsed: () => false,
  boxes: { namespace: true, cluster: true, app: false },
  focus: null,
  missingSidecars: true,
}

function shown(graph = bookinfoMesh(), options: Partial<PictureOptions> = {}) {
  const store = new GraphStore()
  store.applySnapshot(graph)
  const picture = buildPicture(store, { ...OPTIONS, ...options })
  const positions = twoLevelLayout({
    items: picture.items.map((item) => ({ ...item, group: item.zone, lane: 1 as const })),
    links: picture.links,
    clusters: {},
    boxed: true,
    direction: 'right',
    aspect: 1.6,
  })
  const rects = picture.items.map((item, i) => ({
    x: positions[i]?.x ?? 0,
    y: positions[i]?.y ?? 0,
    w: item.w,
    h: item.h,
  }))
  return {
    store,
    picture,
    rects,
    routes: routeAll(picture, rects, 'right'),
    values: pictureValues(store, picture),
  }
}

const named = (picture: Picture, label: string) => picture.items.findIndex((item) => item.label === label)

describe('cards', () => {
  it('folds the versions of an app into rows of one card, and adds their numbers', () => {
    const { picture, values } = shown()
    const reviews = named(picture, 'reviews')
    expect(picture.items[reviews]?.rows.map((row) => row.version)).toEqual(['v1', 'v2', 'v3'])
    expect(values.items.rate[reviews]).toBeCloseTo(61.5, 1)
    const calls = picture.links.findIndex((link) => link.target === reviews)
    expect(values.links.total[calls]).toBeCloseTo(61.5, 1)
    expect(values.links.p95[calls]).toBe(840)
    expect(LINE_CLASSES[values.links.line[calls] ?? 0]).toBe('failure')
  })

  it('lets a line leave from the row that calls', () => {
    const { picture } = shown()
    const reviews = named(picture, 'reviews')
    expect(picture.links.filter((link) => link.source === reviews).map((link) => link.row)).toEqual([1, 2])
  })

  it('draws a folded namespace as one tile with its edges added up', () => {
    const { picture, values } = shown(bookinfoMesh(), { collapsed: (group) => group === 'demo/shop' })
    const tile = named(picture, 'shop')
    expect(picture.items[tile]?.shape).toBe('tile')
    expect(picture.links.filter((link) => link.source === tile && link.target === tile)).toEqual([])
    const into = picture.links.findIndex((link) => link.target === tile)
    expect(values.links.total[into]).toBeCloseTo(34.2, 1)
  })

  it('keeps what is within the hops of a focus', () => {
    const { picture } = shown(bookinfoMesh(), { focus: { id: 'bookinfo/details/v1', hops: 1 } })
    expect(picture.items.map((item) => item.label).sort()).toEqual(['details', 'productpage'])
  })

  it('finds a card by the node behind it and by namespace and name', () => {
    const { store, picture } = shown()
    expect(itemNamed(store, picture, 'bookinfo/reviews/v3')).toBe(named(picture, 'reviews'))
    expect(itemNamed(store, picture, 'bookinfo/reviews')).toBe(named(picture, 'reviews'))
    expect(itemNamed(store, picture, 'nothing')).toBe(-1)
  })

  it('says a card as one hears it', () => {
    const { picture, values } = shown()
    expect(itemWords(picture, values, named(picture, 'reviews'))).toBe(
      'reviews, app, bookinfo, 61.5 requests per second, 1.4 % errors, failing, 3 versions, 1 caller',
    )
  })
})

describe('what is outside of the mesh', () => {
  const mesh = () => {
    const graph = bookinfoMesh()
    const some = graph.nodes[0]
    const call = graph.edges.find((edge) => edge.protocol === 'http')
    if (!some || !call) throw new Error('the mesh is empty')
    const node = (id: string, more: Partial<typeof some>) => ({ ...some, id, label: id, flags: [], ...more })
    const outside = { cluster: 'unknown', namespace: 'unknown', app: '', workload: '', version: '' }
    const edge = (source: string, target: string) => ({ ...call, id: `${source}>${target}`, source, target })
    return {
      ...graph,
      nodes: [
        ...graph.nodes,
        node('BlackHoleCluster', { ...outside, kind: 'service', flags: ['egressCluster'] }),
        node('stranger', { ...outside, kind: 'unknown', flags: ['root'] }),
        node('egress', { namespace: 'istio-ingress', app: 'istio-egressgateway', flags: ['gateway'] }),
        node('api.example', { ...outside, kind: 'service' }),
      ],
      edges: [
        ...graph.edges,
        edge('bookinfo/productpage/v1', 'BlackHoleCluster'),
        edge('bookinfo/productpage/v1', 'egress'),
        edge('egress', 'api.example'),
        edge('stranger', 'bookinfo/productpage/v1'),
      ],
    }
  }

  it('has neither a namespace box nor a cluster box, and one cluster needs no box', () => {
    const { picture } = shown(mesh())
    expect(picture.boxes.filter((box) => box.kind === 'cluster')).toEqual([])
    expect(picture.boxes.map((box) => box.name)).not.toContain('unknown')
    for (const id of ['BlackHoleCluster', 'stranger', 'api.example']) {
      const item = named(picture, id)
      expect(picture.boxes.some((box) => box.items.includes(item))).toBe(false)
    }
  })

  it('stands behind its callers, the egress gateway before what it calls', () => {
    const { picture, rects } = shown(mesh())
    const x = (label: string) => rects[named(picture, label)]?.x ?? NaN
    const inside = Math.max(
      ...rects.filter((_, i) => picture.items[i]?.last === false).map((rect) => rect.x + rect.w),
    )
    expect(x('BlackHoleCluster')).toBeGreaterThan(inside)
    expect(x('istio-egressgateway')).toBeGreaterThan(inside)
    expect(x('api.example')).toBeGreaterThan(x('istio-egressgateway'))
    expect(x('stranger')).toBeLessThan(x('productpage'))
  })

  it('folds and opens with its namespace, also in a second box', () => {
    const { picture } = shown(mesh())
    const boxes = picture.boxes.filter((box) => box.kind === 'namespace' && box.name === 'istio-ingress')
    expect(boxes).toHaveLength(2)
    expect(new Set(boxes.map((box) => groupOfBox(box.id)))).toEqual(new Set(['demo/istio-ingress']))
  })
})

describe('lines', () => {
  it('fall back to a shorter label where both numbers have no room', () => {
    const { rects, routes } = shown()
    const cards = new RectGrid<number>()
    rects.forEach((rect, i) => cards.add(rect, i))
    const texts = [
      { text: '61.5 rps · 1.9 %', w: 5000 },
      { text: '61.5 rps', w: 40 },
    ]
    expect(placeLabels([{ link: 0, texts, h: 16, weight: 1 }], routes, cards)[0]?.text).toBe('61.5 rps')
  })

  it('start and end at the edges of their cards', () => {
    const { picture, rects, routes } = shown(generatedMesh(60, 2))
    picture.links.forEach((link, l) => {
      const route = routes[l]
      const target = rects[link.target]
      if (!route || !target || link.source === link.target) return
      const end = pointAlong(route, route.length)
      expect(end.x).toBeGreaterThanOrEqual(target.x - 1)
      expect(end.x).toBeLessThanOrEqual(target.x + target.w + 1)
      expect(end.y).toBeGreaterThanOrEqual(target.y - 1)
      expect(end.y).toBeLessThanOrEqual(target.y + target.h + 1)
      expect(distanceTo(route, pointAlong(route, route.length / 3))).toBeLessThan(0.5)
    })
  })

  it('carry labels that cover neither each other nor a card', () => {
    const { picture, rects, routes, values } = shown(generatedMesh(80, 4))
    const cards = new RectGrid<number>()
    rects.forEach((rect, i) => cards.add(rect, i))
    const wishes = picture.links.map((link, i) => {
      const text = linkLabel(link, i, values.links, ['rps', 'err'])
      return {
        link: i,
        texts: [{ text, w: text.length * 6.5 + 10 }],
        h: 18,
        weight: values.links.total[i] ?? 0,
      }
    })
    const placed = placeLabels(wishes, routes, cards)
    expect(placed.length).toBeGreaterThan(10)
    const seen = new RectGrid<number>()
    for (const label of placed) {
      expect(cards.find(label)).toBeUndefined()
      expect(seen.find(label)).toBeUndefined()
      seen.add(label, label.link)
    }
  })

  it('are hit near their curve, and cards before lines', () => {
    const { picture, rects, routes } = shown()
    const hits = new HitIndex(picture, rects, routes, [])
    const route = routes[0]
    const first = rects[0]
    if (!route || !first) throw new Error('nothing was drawn')
    const middle = pointAlong(route, route.length / 2)
    expect(hits.at({ x: middle.x, y: middle.y + 2 }, 6)).toEqual({ kind: 'link', index: 0 })
    expect(hits.at({ x: first.x + 5, y: first.y + 5 }, 6)).toEqual({ kind: 'item', index: 0 })
    expect(hits.at({ x: -9000, y: -9000 }, 6)).toBeNull()
  })
})

describe('dots', () => {
  it('stay within the budget and serve trouble first', () => {
    const { picture, routes, values } = shown(generatedMesh(600, 5))
    const all = picture.links.map((_, l) => l)
    const counts = dotBudget(
      all,
      values.links,
      (l) => (routes[l]?.length ?? 0) * 20,
      () => false,
    )
    expect([...counts.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(MAX_DOTS)
    const troubled = all.filter((l) => (values.links.line[l] ?? 0) >= 3 && (values.links.total[l] ?? 0) > 0)
    expect(troubled.length).toBeGreaterThan(0)
    expect(troubled.every((l) => counts.has(l))).toBe(true)
  })

  it.each([0, 0.02, 0.25, 1])('fail in exactly the share %d', (share) => {
    const failed = Array.from({ length: 1000 }, (_, i) => isFailedDot(i, share)).filter(Boolean).length
    expect(Math.abs(failed - share * 1000)).toBeLessThanOrEqual(1)
  })
})

describe('start', () => {
  it.each([
    [{ apps: 60, namespaces: 4 }, 'cards'],
    [{ apps: 61, namespaces: 4 }, 'boxes'],
    [{ apps: 401, namespaces: 4 }, 'tiles'],
    [{ apps: 100, namespaces: 31 }, 'tiles'],
  ] as const)('opens %o as %s', (extent, view) => expect(startView(extent)).toBe(view))

  it('leaves a namespace in trouble open', () => {
    const { store } = shown()
    expect(extentOf(store).namespaces).toBe(4)
    const closed = collapsedAtStart(store, 'boxes')
    expect(closed.has('demo/bookinfo')).toBe(false)
    expect(closed.has('demo/istio-ingress')).toBe(true)
  })
})

describe('camera and keys', () => {
  it('fits everything into the view', () => {
    const camera = fit({ x: 100, y: 50, w: 2000, h: 500 }, { w: 1000, h: 800 })
    const corner = toWorld(camera, { x: 0, y: 0 })
    expect(corner.x).toBeLessThanOrEqual(100)
    expect(toWorld(camera, { x: 1000, y: 800 }).x).toBeGreaterThanOrEqual(2100)
  })

  it.each([
    [0.1, 'blocks'],
    [0.3, 'outlines'],
    [0.45, 'names'],
    [0.5, 'cards'],
  ] as const)('shows at %d: %s', (k, detail) => expect(detailAt(k)).toBe(detail))

  it('follows calls with the arrow keys', () => {
    const { picture, rects, values } = shown()
    const go = (from: number | null, step: Parameters<typeof walk>[4]) =>
      walk(picture, rects, values.links.total, from, step)
    const gateway = go(null, 'home')
    expect(picture.items[gateway ?? -1]?.label).toBe('istio-ingressgateway')
    expect(picture.items[go(gateway, 'callee') ?? -1]?.label).toBe('productpage')
    expect(go(named(picture, 'details'), 'callee')).toBeNull()
  })

  it('keeps both ends of a long name', () =>
    expect(middleEllipsis('istio-ingressgateway', 12)).toBe('istio-i…eway'))
})

describe('address', () => {
  it('keeps what is valid and drops the rest', () => {
    expect(
      validateGraphSearch({
        view: 'services',
        labels: 'p95,rps,nonsense',
        hops: '9',
        cam: '1,2',
        find: '!healthy',
      }),
    ).toEqual({
      view: 'services',
      labels: 'p95,rps',
      find: '!healthy',
    })
  })

  it('asks the backend only for what differs from its defaults', () => {
    const query = graphQuery(graphOptions({ view: 'workloads', svc: 'on' }), {
      namespaces: ['a'],
      window: 'PT1M',
    })
    expect(query).toEqual({
      namespace: ['a'],
      kind: 'workload',
      window: 'PT1M',
      injectServiceNodes: true,
      boxBy: ['cluster', 'namespace'],
    })
  })
})

describe('time strip', () => {
  const now = Date.parse('2026-01-01T12:00:00Z')
  const range = stripRange('PT30M', now, null)

  it('ends now, and holds an older moment', () => {
    expect(range.to - range.from).toBe(1_800_000)
    const old = now - 7_200_000
    const moved = stripRange('PT30M', now, old)
    expect(moved.from).toBeLessThan(old)
    expect(moved.to).toBeGreaterThan(old)
  })

  it('leads to live at its end and to a moment elsewhere', () => {
    expect(momentAt(1, range, now)).toBeNull()
    expect(momentAt(0.5, range, now)).toBe(now - 900_000)
    expect(stepped(null, -1, range, now)).toBe(now - 15_000)
    expect(stepped(now - 15_000, 1, range, now)).toBeNull()
  })
})
