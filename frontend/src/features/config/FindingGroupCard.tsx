import { useState } from 'react'
import { useGoToObject } from '../../app/go'
import { nameWords, type FindingGroup } from '../../model/config/findingGroups'
import { ConfigLink } from '../../ui/ConfigLink'
import { DataTable } from '../../ui/DataTable'
import { LevelMark } from '../../ui/LevelMark'
import { DocumentationLink } from './DocumentationLink'
import { BY_CODE, BY_OBJECT } from './findingColumns'

/** More rows than this of one group push the other groups off the page. */
const AT_FIRST = 25

/** Findings of one code, or about one object. */
export function FindingGroupCard({ group, by }: { group: FindingGroup; by: 'code' | 'object' }) {
  const [isWhole, setWhole] = useState(false)
  const [sort, setSort] = useState(by === 'code' ? 'object' : 'level')
  const goToObject = useGoToObject()
  const rows = isWhole ? group.findings : group.findings.slice(0, AT_FIRST)
  const first = group.findings[0]
  return (
    <section className="ph-card ph-card--flush" aria-label={group.id === '' ? 'The mesh' : group.id}>
      <header className="ph-card__head">
        {by === 'code' && first ? (
          <>
            <LevelMark level={group.level} />
            <h2>{nameWords(first.name)}</h2>
            <DocumentationLink finding={first} />
          </>
        ) : (
          <>
            <LevelMark level={group.level} bare />
            <h2>
              {group.object ? (
                <ConfigLink object={group.object} withKind withNamespace />
              ) : group.id === '' ? (
                'The mesh'
              ) : (
                group.id
              )}
            </h2>
          </>
        )}
        <span className="ph-card__note">{group.findings.length}</span>
      </header>
      <div className="ph-card__body ph-findings-table">
        <DataTable
          label={group.id}
          columns={by === 'code' ? BY_CODE : BY_OBJECT}
          rows={rows}
          rowKey={(row) => `${row.code} ${row.origin} ${row.path} ${row.message}`}
          sort={sort}
          onSort={setSort}
          onOpen={(row) => {
            if (row.object) goToObject(row.object, row.path)
          }}
        />
      </div>
      {group.findings.length > AT_FIRST ? (
        <button
          type="button"
          className="ph-more-button"
          aria-expanded={isWhole}
          onClick={() => setWhole((whole) => !whole)}
        >
          {isWhole ? `Show the first ${AT_FIRST} only` : `Show all ${group.findings.length}`}
        </button>
      ) : null}
    </section>
  )
}
