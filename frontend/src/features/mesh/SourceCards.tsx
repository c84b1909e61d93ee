import type { Source } from '../../api/schemas'
import { ago, clockTime } from '../../model/time'
import { factName, factValue, sentenceCase } from '../../model/facts'
import { Icon } from '../../ui/Icon'
import { Card } from '../../ui/Page'
import { Empty } from '../../ui/States'
import { SourceMark } from '../../ui/StatusMark'
import { useNow } from '../../ui/useNow'

const KIND_WORDS: Readonly<Record<string, string>> = {
  metrics: 'Metrics',
  cluster: 'Cluster',
  store: 'Store',
  traces: 'Traces',
}

/** One card per source: state, age, what it said, what it warned of, and its facts. */
export function SourceCards({ sources }: { sources: readonly Source[] }) {
  const now = useNow()
  if (sources.length === 0) {
    return (
      <Card title="Sources">
        <Empty title="No sources" icon="plug">
          Pharos has no source of telemetry or of cluster objects. Name one in its configuration.
        </Empty>
      </Card>
    )
  }
  return (
    <ul className="ph-source-cards" aria-label="Sources">
      {sources.map((source) => (
        <li key={source.name} className={`ph-source-card ph-source-card--${source.state}`}>
          <header>
            <h2>{source.name}</h2>
            <span className="ph-faint">{KIND_WORDS[source.kind] ?? source.kind}</span>
            <SourceMark state={source.state} />
          </header>
          {source.detail === '' ? null : <p>{sentenceCase(source.detail)}</p>}
          {source.warnings.map((warning) => (
            <p key={warning} className="ph-source-card__warning">
              <Icon name="warning" size={14} /> {warning}
            </p>
          ))}
          <dl>
            <div>
              <dt>Data as of</dt>
              <dd>
                {source.observedAt
                  ? `${clockTime(source.observedAt, now)}, ${ago(source.observedAt, now)}`
                  : 'nothing yet'}
              </dd>
            </div>
            {source.since ? (
              <div>
                <dt>{source.state === 'ok' ? 'OK since' : 'So since'}</dt>
                <dd>{clockTime(source.since, now)}</dd>
              </div>
            ) : null}
            {Object.entries(source.facts).map(([name, value]) => (
              <div key={name}>
                <dt>{factName(name)}</dt>
                <dd>{factValue(value)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
