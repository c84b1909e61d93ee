import type { Preview } from '../../api/changeSchemas'
import type { Finding } from '../../api/configSchemas'
import { ConfigLink } from '../../ui/ConfigLink'
import { Icon } from '../../ui/Icon'
import { LevelMark } from '../../ui/LevelMark'
import { Card } from '../../ui/Page'
import { Loading } from '../../ui/States'

/** What the checks, other owners and the API server say before anything is applied. */
export function ReviewNotes({ preview }: { preview: Preview | null }) {
  if (!preview) {
    return (
      <Card flush>
        <Loading what="dry run" lines={6} />
      </Card>
    )
  }
  const { findings, owners, dryRun } = preview
  const refused = dryRun.filter((trial) => !trial.accepted)
  return (
    <>
      <Card title="Dry run" flush>
        {refused.length === 0 ? (
          <p className="ph-aside__none">The API server and its webhooks accept every write.</p>
        ) : (
          <ul className="ph-finding-list">
            {refused.map((trial) => (
              <li key={trial.step}>
                <div className="ph-finding">
                  <LevelMark level="Error" bare />
                  <span className="ph-finding__text">
                    Step {trial.step}: {trial.message}
                  </span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {owners.length > 0 ? (
        <Card title="Owned by others" flush>
          <ul className="ph-finding-list">
            {owners.map((owner) => (
              <li key={`${owner.owner} ${owner.object.name}`}>
                <div className="ph-finding">
                  <LevelMark level={owner.refused ? 'Error' : 'Warning'} bare />
                  <span className="ph-finding__text">
                    <ConfigLink object={owner.object} withKind withNamespace /> belongs to {owner.owner},
                    which {owner.effect}.
                  </span>
                </div>
                <div className="ph-finding__foot ph-mono">{owner.evidence}</div>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <Card title="Findings" flush>
        {findings === null ? (
          <p className="ph-aside__none">The cluster has not been analysed yet.</p>
        ) : (
          <FindingsDelta introduced={findings.introduced} resolved={findings.resolved} />
        )}
      </Card>
    </>
  )
}

function FindingsDelta(props: { introduced: readonly Finding[]; resolved: readonly Finding[] }) {
  if (props.introduced.length + props.resolved.length === 0) {
    return <p className="ph-aside__none">No finding comes and none goes, in the whole mesh.</p>
  }
  return (
    <>
      {props.introduced.length > 0 ? <h3 className="ph-finding-head">New</h3> : null}
      <ul className="ph-finding-list">
        {props.introduced.map((finding) => (
          <FindingLine key={`${finding.code} ${finding.origin} ${finding.message}`} finding={finding} />
        ))}
      </ul>
      {props.resolved.length > 0 ? <h3 className="ph-finding-head">Resolved</h3> : null}
      <ul className="ph-finding-list">
        {props.resolved.map((finding) => (
          <FindingLine key={`${finding.code} ${finding.origin} ${finding.message}`} finding={finding} gone />
        ))}
      </ul>
    </>
  )
}

function FindingLine({ finding, gone = false }: { finding: Finding; gone?: boolean }) {
  return (
    <li>
      <div className={gone ? 'ph-finding ph-finding--resolved' : 'ph-finding'}>
        {gone ? <Icon name="check" size={15} /> : <LevelMark level={finding.level} bare />}
        <span className="ph-finding__text">
          {finding.object ? <ConfigLink object={finding.object} withKind withNamespace /> : null}
          {finding.message}
        </span>
      </div>
    </li>
  )
}
