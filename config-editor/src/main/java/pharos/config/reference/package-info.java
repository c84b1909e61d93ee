/**
 * What of the mesh names what: a VirtualService its gateways, hosts, subsets and delegates, a
 * Gateway its workloads and certificates, and so on, read from one snapshot and answered in both
 * directions. Says what is named, not whether traffic takes that way. Start at {@link
 * pharos.config.reference.References}.
 */
@NullMarked
package pharos.config.reference;

import org.jspecify.annotations.NullMarked;
