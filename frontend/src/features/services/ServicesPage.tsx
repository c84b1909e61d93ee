import { Loading } from '../../ui/States'

export function ServicesPage() {
  return <Loading what="Services" />
}
