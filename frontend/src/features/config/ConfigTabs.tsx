import { Link } from '@tanstack/react-router'
import './config.css'

/** The two lists of the configuration: by object, and by what is wrong. */
export function ConfigTabs() {
  return (
    <nav aria-label="Configuration" className="ph-config-tabs">
      <Link to="/config" activeOptions={{ exact: true, includeSearch: false }}>
        Objects
      </Link>
      <Link to="/config/findings" activeOptions={{ exact: true, includeSearch: false }}>
        Findings
      </Link>
    </nav>
  )
}
