import type { DraftAnswer, Finding, Fix } from '../../api/configSchemas'
import { objectId, type ObjectName } from '../../model/config/objects'
import { ConfigLink } from '../../ui/ConfigLink'
import { Icon } from '../../ui/Icon'
import { LevelMark } from '../../ui/LevelMark'
import { Card } from '../../ui/Page'
import { DocumentationLink } from './DocumentationLink'

/** What the checks say of the text; of a draft also what it would do to others. */
export function FindingsCard(props: {
  object: ObjectName
  /** Of the text and of what the draft introduces elsewhere. */
  findings: readonly Finding[]
  /** Null while the text is the live one. */
  answer: DraftAnswer | null
  onShow: (finding: Finding) => void
  onFix: (fix: Fix) => void
}) {
  const { object, findings, answer, onShow, onFix } = props
  const isOwn = (finding: Finding) => finding.object !== null && objectId(finding.object) === objectId(object)
  const isNew = (finding: Finding) => answer?.introduced.includes(finding) ?? false
  const own = findings.filter(isOwn)
  const elsewhere = answer?.introduced.filter((finding) => !isOwn(finding)) ?? []
  const resolved = answer?.resolved ?? []
  const refusals = answer?.refusals ?? []
  return (
    <Card title="Findings" note={String(own.length + refusals.length)} flush>
      {own.length + elsewhere.length + resolved.length + refusals.length === 0 ? (
        <p className="ph-aside__none">
          {answer ? 'The checks accept this draft.' : 'The checks accept this object.'}
        </p>
      ) : null}
      <ul className="ph-finding-list">
        {refusals.map((refusal) => (
          <li key={`${refusal.line} ${refusal.reason}`}>
            <button
              type="button"
              className="ph-finding"
              onClick={() => onShow({ ...NOWHERE, offset: refusal.offset, endOffset: refusal.offset + 1 })}
            >
              <LevelMark level="Error" bare />
              <span className="ph-finding__text">The text cannot be read: {refusal.reason}</span>
              <span className="ph-finding__place">line {refusal.line}</span>
            </button>
          </li>
        ))}
        {own.map((finding) => (
          <li key={`${finding.code} ${finding.path} ${finding.message}`}>
            <button type="button" className="ph-finding" onClick={() => onShow(finding)}>
              <LevelMark level={finding.level} bare />
              <span className="ph-finding__text">{finding.message}</span>
              <span className="ph-finding__place">
                {isNew(finding) ? <span className="ph-draft-tag">New</span> : null}
                {finding.line === undefined ? null : `line ${finding.line}`}
              </span>
            </button>
            <div className="ph-finding__foot">
              <DocumentationLink finding={finding} />
              {finding.fixes.map((fix) => (
                <button key={fix.title} type="button" className="ph-text-button" onClick={() => onFix(fix)}>
                  {fix.title}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {elsewhere.length > 0 ? (
        <>
          <h3 className="ph-finding-head">New elsewhere</h3>
          <ul className="ph-finding-list">
            {elsewhere.map((finding) => (
              <li key={`${finding.code} ${finding.origin} ${finding.path} ${finding.message}`}>
                <div className="ph-finding">
                  <LevelMark level={finding.level} bare />
                  <span className="ph-finding__text">
                    {finding.object ? (
                      <ConfigLink object={finding.object} at={finding.path} withKind withNamespace />
                    ) : null}
                    {finding.message}
                  </span>
                </div>
                <div className="ph-finding__foot">
                  <DocumentationLink finding={finding} />
                </div>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {resolved.length > 0 ? (
        <>
          <h3 className="ph-finding-head">Resolved by this draft</h3>
          <ul className="ph-finding-list">
            {resolved.map((finding) => (
              <li key={`${finding.code} ${finding.origin} ${finding.path} ${finding.message}`}>
                <div className="ph-finding ph-finding--resolved">
                  <Icon name="check" size={15} />
                  <span className="ph-finding__text">
                    {!isOwn(finding) && finding.object ? (
                      <ConfigLink object={finding.object} withKind withNamespace />
                    ) : null}
                    {finding.message}
                  </span>
                </div>
                <div className="ph-finding__foot">
                  <DocumentationLink finding={finding} />
                </div>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  )
}

const NOWHERE: Finding = {
  code: '',
  level: 'Error',
  object: null,
  origin: '',
  message: '',
  documentationUrl: '',
  analyzer: '',
  name: '',
  path: '',
  fixes: [],
}
