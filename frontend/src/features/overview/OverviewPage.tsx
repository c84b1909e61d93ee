import { Loading } from '../../ui/States'

export function OverviewPage() {
  return <Loading what="Overview" />
}
