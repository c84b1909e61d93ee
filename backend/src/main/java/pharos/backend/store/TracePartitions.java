package pharos.backend.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** An hour of segments: {@code trace_segment_2026112110}. */
record TracePartitions(Instant from) {
  private static final String PREFIX = "trace_segment_";
  private static final Duration LENGTH = Duration.ofHours(1);
  private static final DateTimeFormatter SUFFIX =
      DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

  /** The hour that a moment falls into, in microseconds since 1970. */
  static TracePartitions of(long micros) {
    long seconds = Math.floorDiv(micros, 1_000_000L);
    long hour = Math.floorDiv(seconds, LENGTH.toSeconds());
    return new TracePartitions(Instant.ofEpochSecond(hour * LENGTH.toSeconds()));
  }

  /** Reads a partition's name; empty for other tables. */
  static Optional<TracePartitions> parse(String name) {
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      LocalDateTime from = LocalDateTime.parse(name.substring(PREFIX.length()), SUFFIX);
      return Optional.of(new TracePartitions(from.toInstant(ZoneOffset.UTC)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  Instant to() {
    return from.plus(LENGTH);
  }

  String table() {
    return PREFIX + SUFFIX.format(from);
  }

  String createStatement() {
    return """
    create table if not exists %s partition of trace_segment for values from (%d) to (%d)\
    """
        .formatted(table(), micros(from), micros(to()));
  }

  String dropStatement() {
    return "drop table if exists " + table();
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000;
  }
}
