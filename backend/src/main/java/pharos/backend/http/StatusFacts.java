package pharos.backend.http;

import java.time.Instant;

/** What {@code /status} says of this process. */
public record StatusFacts(String version, boolean demo, Instant startedAt, String clusterName) {}
