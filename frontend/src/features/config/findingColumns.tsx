import { Fragment } from 'react'
import type { Finding } from '../../api/configSchemas'
import { LEVELS } from '../../model/config/levels'
import { ConfigLink } from '../../ui/ConfigLink'
import type { Column } from '../../ui/DataTable'
import { LevelMark } from '../../ui/LevelMark'
import { DocumentationLink } from './DocumentationLink'

const MESSAGE: Column<Finding> = {
  key: 'message',
  header: 'Message',
  cell: (row) => <span className="ph-message">{row.message}</span>,
}
const PLACE: Column<Finding> = {
  key: 'path',
  header: 'Where',
  width: '26%',
  cell: (row) => (
    <span className="ph-mono ph-path" title={row.path}>
      {/* A long path breaks before a field, not within its name. */}
      {row.path.split('.').map((step, index) => (
        <Fragment key={index}>
          {index === 0 ? null : (
            <>
              <wbr />.
            </>
          )}
          {step}
        </Fragment>
      ))}
    </span>
  ),
}

/** Where the heading names the code. */
export const BY_CODE: readonly Column<Finding>[] = [
  {
    key: 'object',
    header: 'Object',
    width: '30%',
    cell: (row) =>
      row.object === null ? (
        <span className="ph-subtle">{row.origin === '' ? 'The mesh' : row.origin}</span>
      ) : (
        <ConfigLink object={row.object} at={row.path} withKind withNamespace inRow />
      ),
    sortBy: (row) => row.origin,
  },
  MESSAGE,
  PLACE,
]

/** Where the heading names the object. */
export const BY_OBJECT: readonly Column<Finding>[] = [
  {
    key: 'level',
    header: 'Severity',
    width: '104px',
    cell: (row) => <LevelMark level={row.level} />,
    sortBy: (row) => LEVELS.indexOf(row.level),
  },
  {
    key: 'code',
    header: 'Code',
    width: '104px',
    cell: (row) => <DocumentationLink finding={row} inRow />,
    sortBy: (row) => row.code,
  },
  MESSAGE,
  PLACE,
]
