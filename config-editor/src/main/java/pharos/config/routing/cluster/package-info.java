/**
 * The clusters of a proxy: which exist, of which type, with which endpoints and settings (sections
 * 3.5 and 7.4 to 7.8 of the routing semantics). Values and pure functions. Start at {@link
 * pharos.config.routing.cluster.MeshPolicies}.
 */
@NullMarked
package pharos.config.routing.cluster;

import org.jspecify.annotations.NullMarked;
