/**
 * What a change of configuration changes for requests: classes of requests that are decided
 * differently, each with a witness, or the proof that nothing changes. Start at {@link
 * pharos.config.routing.difference.Differences}.
 */
@NullMarked
package pharos.config.routing.difference;

import org.jspecify.annotations.NullMarked;
