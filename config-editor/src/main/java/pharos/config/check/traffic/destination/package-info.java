/**
 * Checks of DestinationRules and of what is behind the services they are for: rules that hide or
 * take from each other, subsets without endpoints, TLS that does not come about. Start at {@link
 * pharos.config.check.traffic.destination.DestinationMessage}.
 */
@NullMarked
package pharos.config.check.traffic.destination;

import org.jspecify.annotations.NullMarked;
