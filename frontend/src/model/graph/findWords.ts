/**
 * The words of the find language, as the backend's `Operands` knows them, with a few words on each. A test compares
 * the two lists; what an expression means is the backend's alone.
 */
export interface FindWord {
  /** The longer name first; the others mean the same. */
  readonly names: readonly [string, ...string[]]
  readonly is: 'text' | 'number' | 'flag'
  readonly hint: string
}

const text = (hint: string, ...names: [string, ...string[]]): FindWord => ({ names, is: 'text', hint })
const number = (hint: string, ...names: [string, ...string[]]): FindWord => ({ names, is: 'number', hint })
const flag = (hint: string, ...names: [string, ...string[]]): FindWord => ({ names, is: 'flag', hint })

export const FIND_WORDS: readonly FindWord[] = [
  flag('nothing wrong is known; also edges', 'healthy'),
  text('name of the namespace', 'namespace', 'ns'),
  text('name of what the card shows', 'name'),
  text('name of the app', 'app'),
  text('name of the service', 'service', 'svc'),
  text('name of the workload', 'workload', 'wl'),
  text('version of the workload', 'version'),
  number('requests per second that arrive', 'httpin'),
  number('requests per second that leave', 'httpout'),
  number('requests per second of an edge', 'http'),
  number('failed requests of an edge, percent', '%httperr'),
  number('share of what its source sends, percent', '%httptraffic'),
  number('95th percentile of an edge, milliseconds', 'responsetime', 'rt'),
  flag('an edge with mutual TLS', 'mtls'),
  flag('an edge with traffic', 'traffic'),
  flag('without traffic', 'idle'),
  flag('no longer in the cluster', 'dead'),
  number('place by number of edges, 1 has the most', 'rank'),
  number('gRPC calls per second that arrive', 'grpcin'),
  number('gRPC calls per second that leave', 'grpcout'),
  number('gRPC calls per second of an edge', 'grpc'),
  number('failed gRPC calls of an edge, percent', '%grpcerr'),
  number('share of what its source sends, percent', '%grpctraffic'),
  number('TCP bytes per second that arrive', 'tcpin'),
  number('TCP bytes per second that leave', 'tcpout'),
  number('TCP bytes per second of an edge', 'tcp'),
  number('failed share of a TCP edge, percent', '%tcperr'),
  number('share of what its source sends, percent', '%tcptraffic'),
  number('bytes per second of requests or responses', 'throughput'),
  text('http, grpc or tcp', 'protocol'),
  text('name of the cluster', 'cluster'),
  text('workload, app, service, unknown', 'node'),
  text('value of an aggregate', 'operation', 'op'),
  text('identity of the caller', 'sourceprincipal'),
  text('identity of the callee', 'destprincipal'),
  flag('with a VirtualService', 'virtualservice', 'vs'),
  flag('with a circuit breaker', 'circuitbreaker', 'cb'),
  flag('with an injected fault', 'faultinjection', 'fi'),
  flag('with a mirror', 'mirroring'),
  flag('with rules on requests', 'requestrouting', 'rr'),
  flag('with a timeout', 'requesttimeout', 'rto'),
  flag('with weights', 'trafficshifting', 'ts'),
  flag('with weights for TCP', 'tcptrafficshifting', 'tcpts'),
  flag('a gateway', 'gateway', 'gw'),
  flag('a service entry', 'serviceentry', 'se'),
  flag('a workload entry', 'workloadentry', 'we'),
  flag('a waypoint', 'waypoint'),
  flag('in the ambient mesh', 'ambient'),
  flag('with a proxy', 'sidecar', 'sc'),
  flag('where traffic begins', 'trafficsource', 'root'),
  flag('outside of the chosen namespaces', 'outside', 'outsider'),
  flag('in a namespace that you may not see', 'inaccessible'),
  flag('known from traces alone', 'sampled'),
]
