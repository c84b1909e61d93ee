import type { Finding } from '../../api/configSchemas'
import { Icon } from '../../ui/Icon'

/** A finding's code, leading to what is written about it. */
export function DocumentationLink({
  finding,
  inRow = false,
}: {
  finding: Pick<Finding, 'code' | 'documentationUrl'>
  inRow?: boolean
}) {
  if (!/^https?:\/\//.test(finding.documentationUrl)) {
    return <span className="ph-mono ph-subtle">{finding.code}</span>
  }
  return (
    <a
      className="ph-mono ph-code-link"
      href={finding.documentationUrl}
      target="_blank"
      rel="noreferrer"
      title={`What ${finding.code} means`}
      {...(inRow ? { tabIndex: -1 } : {})}
    >
      {finding.code}
      <Icon name="external" size={12} />
      <span className="ph-visually-hidden">, documentation, opens in a new tab</span>
    </a>
  )
}
