import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, type ReactNode } from 'react'
import { useConfigObject } from '../../app/configData'
import { useMeshView } from '../../app/view'
import { validateObjectSearch } from '../../model/config/configSearch'
import { countsOf } from '../../model/config/levels'
import { kindNote, objectOfParams, objectWords, shortKind } from '../../model/config/objects'
import { Icon } from '../../ui/Icon'
import { LevelCountsMark } from '../../ui/LevelMark'
import { Card, FilledPage } from '../../ui/Page'
import { Failure, Loading, Stale } from '../../ui/States'
import { ObjectEditor } from './ObjectEditor'
import './config.css'

/** One object: its text, what the checks say of it and of a draft, and what it has to do with others. */
export function ObjectPage() {
  const params = useParams({ from: '/config/$kind/$namespace/$name' })
  const search = validateObjectSearch(useSearch({ from: '/config/$kind/$namespace/$name' }))
  const { kind, namespace, name } = params
  const key = useMemo(() => objectOfParams({ kind, namespace, name }), [kind, namespace, name])
  const view = useMeshView()
  const object = useConfigObject(key, view)
  const navigate = useNavigate()
  const data = object.data

  const frame = (content: ReactNode) => (
    <FilledPage
      documentTitle={`${key.name}, ${objectWords(key)}`}
      title={
        <>
          <nav aria-label="Breadcrumb" className="ph-breadcrumb">
            <Link to="/config">Config</Link>
            <Icon name="chevronRight" size={12} />
            <Link to="/config" search={{ kind: key.kind }}>
              {shortKind(key.kind)}
            </Link>
            {kindNote(key.kind) === '' ? null : <span>({kindNote(key.kind)})</span>}
            <Icon name="chevronRight" size={12} />
            {key.namespace === '' ? null : (
              <>
                <Link to="/config" search={{ ns: key.namespace }}>
                  {key.namespace}
                </Link>
                <Icon name="chevronRight" size={12} />
              </>
            )}
          </nav>
          {key.name}
          {data ? (
            <span className="ph-head-marks">
              <LevelCountsMark counts={countsOf(data.findings)} />
            </span>
          ) : null}
        </>
      }
    >
      {content}
    </FilledPage>
  )

  if (!data) {
    return frame(
      <Card flush>
        {object.error ? (
          <Failure what={objectWords(key)} error={object.error} onRetry={() => void object.refetch()} />
        ) : (
          <Loading what={objectWords(key)} lines={16} />
        )}
      </Card>,
    )
  }
  return frame(
    <>
      <Stale
        what={objectWords(key)}
        error={object.error}
        asOf={object.dataUpdatedAt}
        onRetry={() => void object.refetch()}
      />
      <ObjectEditor
        key={objectWords(key)}
        object={key}
        live={data}
        search={search}
        onView={(next) =>
          void navigate({
            to: '.',
            search: (previous) => ({ ...previous, view: next, at: undefined }),
            replace: true,
          })
        }
      />
    </>,
  )
}
