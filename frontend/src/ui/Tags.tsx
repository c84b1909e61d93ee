import { Tooltip } from './kit'

const CONFIG_TAGS: Readonly<Record<string, { short: string; words: string }>> = {
  virtualService: { short: 'VS', words: 'VirtualService' },
  requestRouting: { short: 'RR', words: 'Request routing' },
  trafficShifting: { short: 'TS', words: 'Traffic shifting' },
  tcpTrafficShifting: { short: 'TS', words: 'TCP traffic shifting' },
  requestTimeout: { short: 'RT', words: 'Request timeout' },
  faultInjection: { short: 'FI', words: 'Fault injection' },
  mirroring: { short: 'MI', words: 'Mirroring' },
  circuitBreaker: { short: 'CB', words: 'Circuit breaker' },
  gateway: { short: 'GW', words: 'Gateway' },
}

/** What Istio configuration does to a service, in the two letters that Istio users know; the words on hover. */
export function ConfigTags({ config }: { config: readonly string[] }) {
  if (config.length === 0) return null
  return (
    <span className="ph-tags">
      {config.map((name) => {
        const tag = CONFIG_TAGS[name]
        return (
          <Tooltip key={name} content={tag?.words ?? name}>
            <span className="ph-tag">
              <span aria-hidden="true">{tag?.short ?? name}</span>
              <span className="ph-visually-hidden">{tag?.words ?? name}</span>
            </span>
          </Tooltip>
        )
      })}
    </span>
  )
}

/** Plain small labels. */
export function Tags({ of }: { of: readonly string[] }) {
  return (
    <span className="ph-tags">
      {of.map((text) => (
        <span key={text} className="ph-tag" title={text}>
          {text}
        </span>
      ))}
    </span>
  )
}
