import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { HealthStatus } from '../api/schemas'
import { HEALTH_WORDS, isTrouble } from '../model/health'
import { Palette, type PaletteItem } from '../ui/Palette'
import { showToast } from '../ui/toasts'
import { countWords, totalOf } from '../model/config/levels'
import { isMeshConfig, objectId, shortKind } from '../model/config/objects'
import { useConfig } from './configData'
import { useNamespaces, useServices, useWorkloads } from './data'
import { useGoTo, useGoToDetail, useGoToObject } from './go'
import { PAGES } from './Shell'
import { chooseTheme } from './theme'
import { useChangeView, useMeshView } from './view'

/** Looks everywhere, also outside the chosen namespaces: a search that hides things is worse than none. */
export function CommandPalette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const view = useMeshView()
  const everywhere = useMemo(() => ({ ...view, namespaces: [], refreshMs: null }), [view])
  const { data: namespaces } = useNamespaces(everywhere)
  const { data: services } = useServices(everywhere)
  const { data: workloads } = useWorkloads(everywhere)
  const goTo = useGoTo()
  const goToDetail = useGoToDetail()
  const goToObject = useGoToObject()
  const { data: config } = useConfig(everywhere)
  const changeView = useChangeView()
  const queries = useQueryClient()

  const items = useMemo<readonly PaletteItem[]>(() => {
    const action = (text: string, icon: PaletteItem['icon'], run: () => void): PaletteItem => ({
      id: `action ${text}`,
      group: 'Action',
      text,
      icon,
      run,
    })
    const trouble = (status: HealthStatus) =>
      isTrouble(status) ? { hint: HEALTH_WORDS[status].toLowerCase() } : {}
    return [
      ...PAGES.map((page) => ({
        id: `page ${page.path}`,
        group: 'Page',
        text: page.text,
        icon: page.icon,
        run: () => goTo(page.path),
      })),
      action(view.paused ? 'Go on live' : 'Pause', view.paused ? 'play' : 'pause', () =>
        changeView({ r: view.paused ? undefined : 'off', t: undefined }),
      ),
      action('Refresh now', 'refresh', () => void queries.invalidateQueries()),
      action('Show all namespaces', 'services', () => changeView({ ns: undefined })),
      action('Copy link to this view', 'compass', () => void copyLink()),
      action('Light theme', 'sun', () => chooseTheme('light')),
      action('Dark theme', 'moon', () => chooseTheme('dark')),
      action('Theme of the system', 'system', () => chooseTheme('system')),
      action('Keyboard help', 'help', onHelp),
      ...(namespaces?.items ?? []).map((namespace) => ({
        id: `namespace ${namespace.name}`,
        group: 'Show only this namespace',
        text: namespace.name,
        ...trouble(namespace.health.status),
        icon: 'mesh' as const,
        run: () => changeView({ ns: namespace.name }),
      })),
      ...(services?.items ?? []).map((service) => ({
        id: `service ${service.namespace}/${service.name}`,
        group: 'Service',
        text: service.name,
        place: service.namespace,
        ...trouble(service.health.status),
        icon: 'services' as const,
        run: () => goToDetail('service', service.namespace, service.name),
      })),
      ...(workloads?.items ?? []).map((workload) => ({
        id: `workload ${workload.namespace}/${workload.name}`,
        group: 'Workload',
        text: workload.name,
        place: workload.namespace,
        ...trouble(workload.health.status),
        icon: 'workloads' as const,
        run: () => goToDetail('workload', workload.namespace, workload.name),
      })),
      ...(config?.items ?? []).filter(isMeshConfig).map((object) => ({
        id: `config ${objectId(object)}`,
        group: shortKind(object.kind),
        text: object.name,
        place: object.namespace,
        ...(totalOf(object.findings) > 0 ? { hint: countWords(object.findings) } : {}),
        icon: 'config' as const,
        run: () => goToObject(object),
      })),
    ]
  }, [
    view.paused,
    namespaces,
    services,
    workloads,
    config,
    goTo,
    goToDetail,
    goToObject,
    changeView,
    queries,
    onHelp,
  ])

  return <Palette items={items} onClose={onClose} />
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href)
    showToast('success', 'Link copied')
  } catch {
    showToast('warning', 'The browser did not allow copying. The address bar holds the same link.')
  }
}
