import { Loading } from '../../ui/States'

export function WorkloadPage() {
  return <Loading what="Workload" />
}
