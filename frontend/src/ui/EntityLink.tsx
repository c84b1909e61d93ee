import { Link } from '@tanstack/react-router'

/** The name of a service or workload as a link to its page. Rows open by Enter, so the link is no tab stop there. */
export function EntityLink(props: {
  kind: 'service' | 'workload'
  namespace: string
  name: string
  withNamespace?: boolean
  inRow?: boolean
}) {
  const { kind, namespace, name } = props
  return (
    <>
      <Link
        to={kind === 'service' ? '/services/$namespace/$name' : '/workloads/$namespace/$name'}
        params={{ namespace, name }}
        className="ph-entity"
        {...(props.inRow ? { tabIndex: -1 } : {})}
      >
        {name}
      </Link>
      {props.withNamespace ? <span className="ph-entity__namespace">{namespace}</span> : null}
    </>
  )
}
