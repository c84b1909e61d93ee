import { Loading } from '../../ui/States'

export function ServicePage() {
  return <Loading what="Service" />
}
