import { Loading } from '../../ui/States'

export function GraphPage() {
  return <Loading what="Graph" />
}
