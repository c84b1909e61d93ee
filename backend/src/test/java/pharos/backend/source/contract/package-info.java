/**
 * Both metric adapters against the same traffic, with a real Prometheus as judge. Start at {@link
 * pharos.backend.source.contract.BothSourcesTest}.
 */
@NullMarked
package pharos.backend.source.contract;

import org.jspecify.annotations.NullMarked;
