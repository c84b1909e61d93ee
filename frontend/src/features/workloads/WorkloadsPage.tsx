import { Loading } from '../../ui/States'

export function WorkloadsPage() {
  return <Loading what="Workloads" />
}
