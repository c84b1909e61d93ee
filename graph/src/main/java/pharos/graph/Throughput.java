package pharos.graph;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of HTTP bodies per second; null when not measured.
 *
 * @param request sent by the source
 * @param response sent back by the destination
 */
public record Throughput(@Nullable Double request, @Nullable Double response) {}
