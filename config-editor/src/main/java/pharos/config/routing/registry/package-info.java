/**
 * The service registry of a mesh: which hosts exist, on which ports, and what is behind them, from
 * Services, EndpointSlices, Pods, ServiceEntries and WorkloadEntries. Start at {@link
 * pharos.config.routing.registry.ServiceRegistry}.
 */
@NullMarked
package pharos.config.routing.registry;

import org.jspecify.annotations.NullMarked;
