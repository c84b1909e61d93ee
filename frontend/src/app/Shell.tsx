import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { SourceBanner } from '../features/status/SourceBanner'
import { Icon, type IconName } from '../ui/Icon'
import { Toasts } from '../ui/Toasts'
import { CommandPalette } from './CommandPalette'
import { KeyboardHelp } from './KeyboardHelp'
import { Masthead } from './Masthead'
import { useGoTo, type PagePath } from './go'
import { useShortcutKeys, useShortcuts, type Shortcut } from './shortcuts'
import { useUnderstoodAddress } from './understoodAddress'
import { useMeshView } from './view'
import './shell.css'

export const PAGES: readonly {
  path: PagePath
  text: string
  icon: IconName
  key: string
  /** The page of the rail that leads there. */
  within?: PagePath
}[] = [
  { path: '/overview', text: 'Overview', icon: 'overview', key: 'o' },
  { path: '/graph', text: 'Graph', icon: 'graph', key: 'g' },
  { path: '/services', text: 'Services', icon: 'services', key: 's' },
  { path: '/workloads', text: 'Workloads', icon: 'workloads', key: 'w' },
  { path: '/config', text: 'Config', icon: 'config', key: 'c' },
  { path: '/config/findings', text: 'Findings', icon: 'findings', key: 'f', within: '/config' },
  { path: '/changes', text: 'Changes', icon: 'changes', key: 'h' },
  { path: '/mesh', text: 'Mesh', icon: 'mesh', key: 'm' },
]

/** What surrounds every page: masthead, rail, notices, palette and keyboard help. */
export function Shell() {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const goTo = useGoTo()
  const location = useLocation()
  const view = useMeshView()

  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      ...PAGES.map((page) => ({
        keys: `g ${page.key}`,
        label: `Go to ${page.text}`,
        run: () => goTo(page.path),
      })),
      { keys: 'Ctrl+K', label: 'Search and commands', run: () => setOpen('palette') },
      { keys: '?', label: 'This help', run: () => setOpen('help') },
    ],
    [goTo],
  )
  useShortcuts('Everywhere', shortcuts)
  useShortcutKeys()
  useUnderstoodAddress()

  return (
    <div className="ph-shell">
      <a className="ph-skip" href="#main">
        Skip to content
      </a>
      <Masthead onSearch={() => setOpen('palette')} onHelp={() => setOpen('help')} />
      <nav className="ph-rail" aria-label="Pages">
        <ul>
          {PAGES.filter((page) => page.within === undefined).map((page) => (
            <li key={page.path}>
              <Link
                to={page.path}
                className="ph-rail__link"
                activeProps={{ 'aria-current': 'page' as const }}
              >
                <Icon name={page.icon} size={20} />
                <span>{page.text}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={view.at === null ? 'ph-content' : 'ph-content ph-content--past'}>
        <SourceBanner />
        <main id="main" tabIndex={-1} key={location.pathname.split('/')[1]}>
          <Outlet />
        </main>
      </div>
      <Toasts />
      {open === 'palette' ? (
        <CommandPalette onClose={() => setOpen(null)} onHelp={() => setOpen('help')} />
      ) : null}
      {open === 'help' ? <KeyboardHelp onClose={() => setOpen(null)} /> : null}
    </div>
  )
}
