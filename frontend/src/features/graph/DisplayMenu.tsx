import { GRPC_RATES, START_VIEWS, TCP_RATES, type GraphOptions } from '../../model/graph/graphSearch'
import { Menu } from './Menu'
import type { GraphScene } from './useGraphScene'
import type { GraphChange } from './useGraphSearch'
import './controls.css'

const START_WORDS = {
  auto: 'By size',
  cards: 'All cards',
  boxes: 'Troubled namespaces open',
  tiles: 'Namespace tiles',
} as const
const RATE_WORDS = {
  requests: 'requests',
  sent: 'sent',
  received: 'received',
  total: 'sent and received',
} as const

interface DisplayProps {
  readonly graph: GraphScene
  readonly options: GraphOptions
  readonly change: (change: GraphChange) => void
}

export function DisplayMenu({ graph, options, change }: DisplayProps) {
  const list = (values: readonly (readonly [string, boolean])[]) =>
    values
      .filter(([, on]) => on)
      .map(([name]) => name)
      .join(',')
  const setBox = (name: 'namespace' | 'cluster' | 'app') => {
    const { namespace, cluster } = options.boxes
    const now = {
      namespace,
      cluster,
      app: options.view !== 'versions' || options.boxes.app,
      [name]: !options.boxes[name],
    }
    const text = list([
      ['cluster', now.cluster],
      ['namespace', now.namespace],
      ['app', now.app],
    ])
    change({
      box: text === 'cluster,namespace,app' ? undefined : text === '' ? 'none' : text,
      cam: undefined,
    })
  }
  const setIdle = (edges: boolean, nodes: boolean) =>
    change({
      idle:
        list([
          ['edges', edges],
          ['nodes', nodes],
        ]) || undefined,
    })
  const withServices = options.view === 'versions' || options.view === 'workloads'
  return (
    <Menu text="Display" label="What the graph shows">
      <fieldset>
        <legend>Show</legend>
        <Check
          on={options.idleEdges}
          text="Idle edges"
          flip={() => setIdle(!options.idleEdges, options.idleNodes)}
        />
        <Check
          on={options.idleNodes}
          text="Idle nodes"
          flip={() => setIdle(options.idleEdges, !options.idleNodes)}
        />
        <Check
          on={options.serviceNodes && withServices}
          disabled={!withServices}
          text="Service nodes between caller and workload"
          flip={() => change({ svc: options.serviceNodes ? undefined : 'on', cam: undefined })}
        />
        <Check
          on={options.waypoints}
          text="Waypoint proxies"
          flip={() => change({ way: options.waypoints ? 'off' : undefined })}
        />
        <Check
          on={options.badges}
          text="Missing sidecars"
          flip={() => change({ badges: options.badges ? 'off' : undefined })}
        />
        <Check
          on={options.dots}
          text="Traffic animation"
          flip={() => change({ dots: options.dots ? 'off' : undefined })}
        />
      </fieldset>
      <fieldset>
        <legend>Boxes</legend>
        <Check on={options.boxes.namespace} text="Namespaces" flip={() => setBox('namespace')} />
        <Check on={options.boxes.cluster} text="Clusters" flip={() => setBox('cluster')} />
        <Check
          on={options.boxes.app}
          disabled={options.view !== 'versions'}
          text="Apps"
          flip={() => setBox('app')}
        />
      </fieldset>
      <fieldset>
        <legend>Opens as</legend>
        {START_VIEWS.map((start) => (
          <label key={start}>
            <input
              type="radio"
              name="phg-start"
              checked={options.start === start}
              onChange={() =>
                change({
                  start: start === 'auto' ? undefined : start,
                  open: undefined,
                  closed: undefined,
                  cam: undefined,
                })
              }
            />
            {START_WORDS[start]}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Counted</legend>
        <label>
          gRPC
          <select
            className="phg-select"
            value={options.grpc}
            onChange={(event) =>
              change({ grpc: event.target.value === 'requests' ? undefined : event.target.value })
            }
          >
            {GRPC_RATES.map((rate) => (
              <option key={rate} value={rate}>
                {rate === 'requests' ? 'requests' : `messages ${RATE_WORDS[rate]}`}
              </option>
            ))}
          </select>
        </label>
        <label>
          TCP
          <select
            className="phg-select"
            value={options.tcp}
            onChange={(event) =>
              change({ tcp: event.target.value === 'sent' ? undefined : event.target.value })
            }
          >
            {TCP_RATES.map((rate) => (
              <option key={rate} value={rate}>
                bytes {RATE_WORDS[rate]}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      <div className="phg-menu__foot">
        <button type="button" className="phg-button" onClick={graph.tidy}>
          Tidy the layout
        </button>
        <button type="button" className="phg-button" onClick={graph.unpin}>
          Forget moved cards
        </button>
      </div>
    </Menu>
  )
}

function Check({
  on,
  text,
  flip,
  disabled = false,
}: {
  on: boolean
  text: string
  flip: () => void
  disabled?: boolean
}) {
  return (
    <label data-disabled={disabled}>
      <input type="checkbox" checked={on} disabled={disabled} onChange={flip} />
      {text}
    </label>
  )
}
