import type { ConfigDetail } from '../../api/configSchemas'
import { Facts } from '../../app/DetailParts'
import { UNKNOWN } from '../../model/units'
import { Tags } from '../../ui/Tags'
import { Age } from '../../ui/Age'

/** What the API server keeps of the object beside its text. */
export function ObjectFacts({ live }: { live: ConfigDetail }) {
  const labels = Object.entries(live.labels).map(([key, value]) => `${key}=${value}`)
  return (
    <Facts
      title="Object"
      facts={[
        ['API version', live.apiVersion],
        ['Created', <Age key="age" of={live.createdAt} />],
        ...(live.generation > 0 ? ([['Generation', String(live.generation)]] as const) : []),
        [
          'Revision',
          live.resourceVersion === '' ? (
            UNKNOWN
          ) : (
            <span key="revision" className="ph-mono">
              {live.resourceVersion}
            </span>
          ),
        ],
        ...(labels.length > 0 ? ([['Labels', <Tags key="labels" of={labels} />]] as const) : []),
        ['Checked', <Age key="checked" of={live.analysis.at} />],
      ]}
    />
  )
}
