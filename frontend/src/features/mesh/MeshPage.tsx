import { Loading } from '../../ui/States'

export function MeshPage() {
  return <Loading what="Mesh" />
}
