import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  redirect,
  retainSearchParams,
  type RouterHistory,
} from '@tanstack/react-router'
import {
  validateConfigSearch,
  validateFindingsSearch,
  validateObjectSearch,
} from '../model/config/configSearch'
import { validateGraphSearch } from '../model/graph/graphSearch'
import { validateListSearch } from '../model/listSearch'
import { validateDetailSearch } from '../model/detailSearch'
import { parseSearch, stringifySearch, validateViewSearch, type ViewSearch } from '../model/viewSearch'
import { Empty, Loading } from '../ui/States'
import { ErrorScreen } from './ErrorScreen'
import { Shell } from './Shell'

const root = createRootRoute({
  validateSearch: (raw: Record<string, unknown>): ViewSearch => validateViewSearch(raw),
  // Going to another page keeps namespaces, window and moment.
  search: { middlewares: [retainSearchParams(['ns', 'w', 't', 'r'])] },
  component: Shell,
  notFoundComponent: () => (
    <Empty title="There is no such page" action={<Link to="/overview">Go to the overview</Link>}>
      The address may have a typing mistake, or come from another version of Pharos.
    </Empty>
  ),
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: ({ search }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    throw redirect({ to: '/overview', search, replace: true })
  },
})

const overview = createRoute({
  getParentRoute: () => root,
  path: '/overview',
  component: lazyRouteComponent(() => import('../features/overview/OverviewPage'), 'OverviewPage'),
})

const graph = createRoute({
  getParentRoute: () => root,
  path: '/graph',
  validateSearch: validateGraphSearch,
  component: lazyRouteComponent(() => import('../features/graph/GraphPage'), 'GraphPage'),
})

const services = createRoute({
  getParentRoute: () => root,
  path: '/services',
  validateSearch: validateListSearch,
  component: lazyRouteComponent(() => import('../features/services/ServicesPage'), 'ServicesPage'),
})

const service = createRoute({
  getParentRoute: () => root,
  path: '/services/$namespace/$name',
  validateSearch: validateDetailSearch,
  component: lazyRouteComponent(() => import('../features/services/ServicePage'), 'ServicePage'),
})

const workloads = createRoute({
  getParentRoute: () => root,
  path: '/workloads',
  validateSearch: validateListSearch,
  component: lazyRouteComponent(() => import('../features/workloads/WorkloadsPage'), 'WorkloadsPage'),
})

const workload = createRoute({
  getParentRoute: () => root,
  path: '/workloads/$namespace/$name',
  validateSearch: validateDetailSearch,
  component: lazyRouteComponent(() => import('../features/workloads/WorkloadPage'), 'WorkloadPage'),
})

const mesh = createRoute({
  getParentRoute: () => root,
  path: '/mesh',
  component: lazyRouteComponent(() => import('../features/mesh/MeshPage'), 'MeshPage'),
})

const config = createRoute({
  getParentRoute: () => root,
  path: '/config',
  validateSearch: validateConfigSearch,
  component: lazyRouteComponent(() => import('../features/config/ConfigPage'), 'ConfigPage'),
})

const findings = createRoute({
  getParentRoute: () => root,
  path: '/config/findings',
  validateSearch: validateFindingsSearch,
  component: lazyRouteComponent(() => import('../features/config/FindingsPage'), 'FindingsPage'),
})

const configObject = createRoute({
  getParentRoute: () => root,
  path: '/config/$kind/$namespace/$name',
  validateSearch: validateObjectSearch,
  component: lazyRouteComponent(() => import('../features/config/ObjectPage'), 'ObjectPage'),
})

const changes = createRoute({
  getParentRoute: () => root,
  path: '/changes',
  component: lazyRouteComponent(() => import('../features/changes/ChangesPage'), 'ChangesPage'),
})

const change = createRoute({
  getParentRoute: () => root,
  path: '/changes/$id',
  component: lazyRouteComponent(() => import('../features/changes/ChangePage'), 'ChangePage'),
})

const routeTree = root.addChildren([
  home,
  overview,
  graph,
  services,
  service,
  workloads,
  workload,
  config,
  findings,
  configObject,
  changes,
  change,
  mesh,
])

export type AppRouter = ReturnType<typeof newRouter>

/** Every view is an address: what a link must restore is a typed search parameter of its route. */
export function newRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history ? { history } : {}),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Loading what="page" />,
    defaultErrorComponent: ErrorScreen,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
