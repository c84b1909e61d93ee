package pharos.config.routing.compile;

import pharos.config.istio.MeshConfig;
import pharos.config.resource.Snapshot;
import pharos.config.routing.registry.ServiceRegistry;

/** Where the policies of a snapshot come from (section 7). */
@FunctionalInterface
public interface PolicySource {
  /** What the DestinationRules of a snapshot say. */
  DestinationPolicies of(Snapshot resources, ServiceRegistry registry, MeshConfig mesh);
}
