/**
 * From resources and a proxy to what the proxy is told. Values and pure functions; what is costly
 * and the same for all proxies is made once, what is costly and particular when it is first asked
 * for. Start at {@link pharos.config.routing.compile.MeshRouting}.
 */
@NullMarked
package pharos.config.routing.compile;

import org.jspecify.annotations.NullMarked;
