package pharos.backend.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A table whose rows are kept in partitions of one length of time. A partition is named by its
 * table and its beginning: {@code graph_frame_fine_2026112110}.
 */
enum Partitions {
  FINE("graph_frame_fine", Duration.ofHours(1)),
  MINUTE("graph_frame_minute", Duration.ofDays(1));

  private static final DateTimeFormatter SUFFIX =
      DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

  private final String table;
  private final Duration length;

  Partitions(String table, Duration length) {
    this.table = table;
    this.length = length;
  }

  String table() {
    return table;
  }

  /** The partition that {@code at} falls into. */
  Partition of(Instant at) {
    long seconds = length.toSeconds();
    Instant from = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    return new Partition(this, from);
  }

  /** Reads a partition's name; empty for other tables. */
  static Optional<Partition> parse(String name) {
    for (Partitions partitions : values()) {
      String prefix = partitions.table + "_";
      if (name.startsWith(prefix) && name.length() == prefix.length() + 10) {
        Instant from =
            LocalDateTime.parse(name.substring(prefix.length()), SUFFIX).toInstant(ZoneOffset.UTC);
        return Optional.of(new Partition(partitions, from));
      }
    }
    return Optional.empty();
  }

  /** One partition. */
  record Partition(Partitions of, Instant from) {

    Instant to() {
      return from.plus(of.length);
    }

    String name() {
      return of.table + "_" + SUFFIX.format(from);
    }

    /** Frames are compressed already and out of line, so that the time line reads few pages. */
    String createStatement() {
      return """
      create table if not exists %s partition of %s for values from ('%s') to ('%s')
      with (toast_tuple_target = 128)\
      """
          .formatted(name(), of.table, from, to());
    }
  }
}
