package pharos.graph.health;

import java.util.regex.Pattern;

/**
 * How many responses of a kind are too many.
 *
 * @param code whole response code, for example {@code 5\d\d}
 * @param protocol {@code http} or {@code grpc}
 * @param direction {@code inbound} or {@code outbound}
 * @param degradedPercent at or above this share of all requests: degraded
 * @param failurePercent at or above this share: failure
 */
public record Tolerance(
    Pattern code,
    Pattern protocol,
    Pattern direction,
    double degradedPercent,
    double failurePercent) {}
