package pharos.config.routing.cluster;

import pharos.config.istio.MeshConfig;
import pharos.config.resource.Snapshot;
import pharos.config.routing.policy.TrafficPolicies;
import pharos.config.routing.registry.ServiceRegistry;

/** What clusters are made from whatever the proxy. */
record MeshFacts(
    Snapshot resources, ServiceRegistry registry, TrafficPolicies policies, MeshConfig mesh) {}
