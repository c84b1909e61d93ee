import { Link } from '@tanstack/react-router'
import { kindNote, objectParams, shortKind, type ObjectName } from '../model/config/objects'
import './configLink.css'

/** An object's name as a link to its page. Rows open by Enter, so the link is no tab stop there. */
export function ConfigLink(props: {
  object: ObjectName
  /** Path of the field to show. */
  at?: string | undefined
  withKind?: boolean
  withNamespace?: boolean
  inRow?: boolean
}) {
  const { object } = props
  const note = kindNote(object.kind)
  return (
    <span className="ph-config-link">
      {props.withKind ? (
        <span className="ph-subtle" title={note === '' ? undefined : note}>
          {shortKind(object.kind)}
        </span>
      ) : null}
      <Link
        to="/config/$kind/$namespace/$name"
        params={objectParams(object)}
        {...(props.at ? { search: { at: props.at } } : {})}
        className="ph-entity"
        {...(props.inRow ? { tabIndex: -1 } : {})}
      >
        {object.name}
      </Link>
      {props.withNamespace && object.namespace !== '' ? (
        <span className="ph-entity__namespace">{object.namespace}</span>
      ) : null}
    </span>
  )
}
