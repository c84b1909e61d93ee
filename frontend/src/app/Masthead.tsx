import { Link } from '@tanstack/react-router'
import { NamespaceChoice } from './NamespaceChoice'
import { TimeControls } from './TimeControls'
import { chooseTheme, useThemeChoice, type ThemeChoice } from './theme'
import { useStatus } from './data'
import { SourceHealth } from '../features/status/SourceHealth'
import { Choice, type Option } from '../ui/Choice'
import { Icon, type IconName } from '../ui/Icon'
import { Mark } from '../ui/Mark'
import { Button, Tooltip } from '../ui/kit'
import './masthead.css'

const THEMES: readonly Option<ThemeChoice>[] = [
  { value: 'system', text: 'System' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
]
const THEME_ICONS: Readonly<Record<ThemeChoice, IconName>> = { system: 'system', light: 'sun', dark: 'moon' }

export function Masthead({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { data: status } = useStatus()
  const theme = useThemeChoice()
  return (
    <header className="ph-masthead">
      <Link to="/overview" search={(previous) => previous} className="ph-masthead__brand">
        <Mark />
        <span>Pharos</span>
      </Link>
      {status?.demo ? (
        <Tooltip content="This mesh is simulated. Nothing here touches a cluster.">
          <span className="ph-masthead__demo" tabIndex={0}>
            demo
          </span>
        </Tooltip>
      ) : null}
      {status && status.clusterName !== '' ? (
        <span className="ph-masthead__cluster ph-truncate" title={`Cluster ${status.clusterName}`}>
          <span className="ph-visually-hidden">Cluster </span>
          {status.clusterName}
        </span>
      ) : null}
      <NamespaceChoice />
      <span className="ph-masthead__space" />
      <button type="button" className="ph-masthead__search" onClick={onSearch}>
        <Icon name="search" size={15} />
        <span className="ph-masthead__search-text">Search</span>
        <kbd>Ctrl K</kbd>
      </button>
      <TimeControls />
      <SourceHealth />
      <Choice
        label="Theme"
        value={theme}
        options={THEMES}
        onChange={chooseTheme}
        plain
        text={<Icon name={THEME_ICONS[theme]} />}
      />
      <Button variant="plain" aria-label="Keyboard help" onClick={onHelp} icon={<Icon name="help" />} />
    </header>
  )
}
