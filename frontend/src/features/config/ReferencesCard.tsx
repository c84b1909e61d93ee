import type { ConfigDetail, ConfigKey, Use } from '../../api/configSchemas'
import { mergedUsers, mergedUses, roleWords } from '../../model/config/references'
import { trafficPage, type ObjectName } from '../../model/config/objects'
import { ConfigLink } from '../../ui/ConfigLink'
import { EntityLink } from '../../ui/EntityLink'
import { Icon } from '../../ui/Icon'
import { LevelCountsMark } from '../../ui/LevelMark'
import { Card } from '../../ui/Page'
import { totalOf } from '../../model/config/levels'

/** What the object names and who names it, with links both ways. */
export function ReferencesCard({
  object,
  live,
  onShow,
}: {
  object: ObjectName
  live: ConfigDetail
  onShow: (use: Use) => void
}) {
  const uses = mergedUses(live.uses, object)
  const users = mergedUsers(live.usedBy)
  return (
    <>
      <Card title="Refers to" note={String(uses.length)} flush>
        {uses.length === 0 ? <p className="ph-aside__none">It names no other object.</p> : null}
        <ul className="ph-references">
          {uses.map(({ id, uses: [use, ...others] }) => (
            <li key={id}>
              <button
                type="button"
                className="ph-text-button ph-references__role"
                title={`Show ${use.path}`}
                onClick={() => onShow(use)}
              >
                {roleWords(use.role)}
              </button>
              <span className="ph-references__targets">
                {use.to.length > 0 ? (
                  use.to.map((target) => (
                    <Target key={`${target.kind} ${target.namespace} ${target.name}`} target={target} />
                  ))
                ) : use.readable ? (
                  <span className="ph-status ph-status--failure">
                    <Icon name="failure" size={14} />
                    {use.text} is not there
                  </span>
                ) : (
                  <span className="ph-subtle">{use.text} (may not be read)</span>
                )}
                {use.role === 'subset' && use.to.length > 0 ? (
                  <span className="ph-tags">
                    {[use, ...others].map((one) => (
                      <button
                        key={one.text}
                        type="button"
                        className="ph-tag ph-tag--button"
                        title={`Show ${one.path}`}
                        onClick={() => onShow(one)}
                      >
                        {subsetOf(one)}
                      </button>
                    ))}
                  </span>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Card title="Referred to by" note={String(users.length)} flush>
        {users.length === 0 ? <p className="ph-aside__none">No other object names it.</p> : null}
        <ul className="ph-references">
          {users.map((user) => (
            <li key={`${user.object.kind} ${user.object.namespace}/${user.object.name}`}>
              <span className="ph-references__role">{user.roles.map(roleWords).join(', ')}</span>
              <span className="ph-references__targets">
                <ConfigLink object={user.object} at={user.path} withKind withNamespace />
              </span>
              {totalOf(user.findings) > 0 ? <LevelCountsMark counts={user.findings} /> : null}
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}

/** A workload has a page of its own, where more is known of it. */
function Target({ target }: { target: ConfigKey }) {
  return trafficPage(target) === 'workload' ? (
    <span className="ph-config-link">
      <span className="ph-subtle">{target.kind}</span>
      <EntityLink kind="workload" namespace={target.namespace} name={target.name} withNamespace />
    </span>
  ) : (
    <ConfigLink object={target} withKind withNamespace />
  )
}

const subsetOf = (use: Use): string => use.text.split(' ', 1)[0] ?? use.text
