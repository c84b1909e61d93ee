import { HEALTH_WORDS, isTrouble } from '../model/health'
import { Icon } from '../ui/Icon'
import { MultiChoice } from '../ui/MultiChoice'
import { useNamespaces } from './data'
import { useChangeView, useMeshView } from './view'

export function NamespaceChoice() {
  const view = useMeshView()
  const changeView = useChangeView()
  const { data } = useNamespaces(view)
  const known = data?.items ?? []
  // A namespace of the address that is gone stays in the list, or it could not be taken out.
  const names = [...new Set([...known.map((namespace) => namespace.name), ...view.namespaces])].sort()
  return (
    <MultiChoice
      label="Namespaces"
      allText="All namespaces"
      icon={<Icon name="services" />}
      names={names}
      chosen={view.namespaces}
      onChange={(chosen) => changeView({ ns: chosen.length === 0 ? undefined : chosen.join(',') })}
      note={(name) => {
        const namespace = known.find((item) => item.name === name)
        if (!namespace) return data ? 'not in this cluster' : undefined
        return isTrouble(namespace.health.status) ? HEALTH_WORDS[namespace.health.status] : undefined
      }}
    />
  )
}
