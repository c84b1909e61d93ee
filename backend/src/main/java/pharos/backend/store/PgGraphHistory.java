package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pharos.backend.traffic.GraphHistory;
import pharos.backend.traffic.SourceUnavailable;
import pharos.graph.Health;

/**
 * The mesh's past in PostgreSQL. Every statement that reads frames is here; {@link FrameWriter}
 * writes them and {@link Retention} lets them go.
 */
public final class PgGraphHistory implements GraphHistory, AutoCloseable {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MAX_BUCKETS = 2000;

  /** A frame may be late by half an interval; what is older is no answer but a gap. */
  private static final double TOLERANCE = 1.5;

  // The minute frame counts only where fine frames are no longer kept: inside the fine range its
  // presence beside a missing fine frame would paint over a gap.
  private static final String AT =
      """
      with found as (
        (select 1 as preference, * from graph_frame_fine
         where at <= $1 and at > $2 order by at desc limit 1)
        union all
        (select 2 as preference, * from graph_frame_minute
         where at <= $1 and at > $3
           and $1 < coalesce((select min(at) from graph_frame_fine), 'infinity')
         order by at desc limit 1)
      )
      select found.at, per_second, errors_per_second, worst, found.body, i.body, namespaces
      from found join graph_inventory i on i.digest = found.inventory
      order by preference limit 1\
      """;

  private static final String BUCKETS =
      """
      select floor(extract(epoch from at - $1::timestamptz) / $3::float8)::int,
        avg(per_second), avg(errors_per_second), max(array_position($4::text[], worst))
      from %s as f where at >= $1 and at < $2::timestamptz group by 1\
      """;

  private static final String BEGIN =
      """
      select least((select min(at) from graph_frame_fine), (select min(at) from graph_frame_minute))\
      """;

  private static final String FINE = Partitions.FINE.table();
  private static final String MINUTES = Partitions.MINUTE.table();

  /** From harmless to worst. */
  private static final String[] WORST =
      java.util.Arrays.stream(Health.Status.values())
          .map(Health.Status::wireName)
          .toArray(String[]::new);

  private final Database database;
  private final HistoryOptions options;
  private final FrameWriter writer;

  public PgGraphHistory(Database database, HistoryOptions options, Clock clock) {
    this.database = database;
    this.options = options;
    this.writer = new FrameWriter(database, new Retention(database, options, clock), clock);
  }

  /** Never waits: the frame goes into a short queue, and is lost when that is full. */
  @Override
  public Future<Void> save(Frame frame) {
    return writer.save(frame);
  }

  /** Frames that could not be stored since the start: the queue was full, or PostgreSQL away. */
  public long droppedFrames() {
    return writer.dropped();
  }

  @Override
  public Future<Optional<Frame>> at(Instant at) {
    Tuple parameters =
        Tuple.of(
            at.atOffset(ZoneOffset.UTC),
            at.minus(tolerated(options.interval())).atOffset(ZoneOffset.UTC),
            at.minus(tolerated(MINUTE)).atOffset(ZoneOffset.UTC));
    return database
        .use(pool -> pool.preparedQuery(AT).execute(parameters))
        .compose(rows ->
            rows.size() == 0
                ? Future.succeededFuture(Optional.empty())
                : frame(rows.iterator().next()).map(Optional::of));
  }

  private static Duration tolerated(Duration interval) {
    return Duration.ofMillis(Math.round(interval.toMillis() * TOLERANCE));
  }

  private static Future<Frame> frame(Row row) {
    try {
      return Future.succeededFuture(
          new Frame(
              row.getOffsetDateTime(0).toInstant(),
              FrameCodec.decode(row.getBuffer(4).getBytes()),
              row.getBuffer(5).getBytes(),
              new Summary(row.getDouble(1), row.getDouble(2), row.getString(3)),
              NamespaceTotals.decode(row.getJsonObject(6))));
    } catch (IOException e) {
      return Future.failedFuture(
          new SourceUnavailable(
              Database.SOURCE, "a stored frame cannot be read: " + e.getMessage(), e));
    }
  }

  @Override
  public Future<List<Bucket>> timeline(
      Instant from, Instant to, int buckets, Set<String> namespaces) {
    if (!from.isBefore(to) || buckets < 1 || buckets > MAX_BUCKETS) {
      throw new IllegalArgumentException(
          "time line from %s to %s in %d buckets (expected: from before to, 1 to %d buckets)"
              .formatted(from, to, buckets, MAX_BUCKETS));
    }
    Duration width = Duration.between(from, to).dividedBy(buckets);
    List<@Nullable Summary> found = new ArrayList<>(Collections.nCopies(buckets, null));
    double seconds = width.toNanos() / 1e9;
    Tuple wide =
        Tuple.of(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), seconds, WORST);
    Tuple narrow =
        Tuple.of(
            from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), seconds, WORST, buckets);
    boolean all = namespaces.isEmpty();
    if (!all) {
      String[] names = namespaces.toArray(String[]::new);
      wide.addArrayOfString(names);
      narrow.addArrayOfString(names);
    }
    String minutes = all ? MINUTES : frames(MINUTES, wide.size());
    Future<?> read;
    if (width.compareTo(MINUTE) >= 0) {
      read = fill(found, BUCKETS.formatted(minutes), wide);
    } else {
      String minutesOfNarrow = all ? MINUTES : frames(MINUTES, narrow.size());
      String fine = all ? FINE : frames(FINE, wide.size());
      read =
          fill(found, narrowBuckets(minutesOfNarrow), narrow)
              .compose(_ -> fill(found, BUCKETS.formatted(fine), wide));
    }
    return read.map(_ -> {
      List<Bucket> answer = new ArrayList<>(buckets);
      for (int i = 0; i < buckets; i++) {
        answer.add(new Bucket(from.plus(width.multipliedBy(i)), found.get(i)));
      }
      return answer;
    });
  }

  /**
   * Frames of a table whose totals are those of the namespaces in a parameter, in place of the
   * table. A frame that does not know them is left out: it is a gap, no zero.
   */
  private static String frames(String table, int parameter) {
    return """
    (select f.at, coalesce(n.per_second, 0) as per_second,
        coalesce(n.errors_per_second, 0) as errors_per_second,
        ($4::text[])[coalesce(n.worst, 1)] as worst
      from %s f cross join lateral (
        select sum((total ->> 0)::float8) as per_second,
          sum((total ->> 1)::float8) as errors_per_second,
          max(array_position($4::text[], total ->> 2)) as worst
        from jsonb_each(f.namespaces) as entry (name, total) where name = any($%d::text[])) n
      where f.namespaces is not null)\
    """
        .formatted(table, parameter);
  }

  /** A minute frame tells of the minute before it, so it fills every narrow bucket it overlaps. */
  private static String narrowBuckets(String frames) {
    return """
    select b, avg(per_second), avg(errors_per_second), max(array_position($4::text[], worst))
    from generate_series(0, $5::int - 1) b
    cross join lateral (select $1::timestamptz + b * $3::float8 * interval '1 second' as begin) t
    join %s as f on f.at > begin
      and f.at < begin + ($3::float8 + 60) * interval '1 second'
    where f.at >= $1 and f.at < $2::timestamptz + interval '1 minute'
      and begin < coalesce((select min(at) from graph_frame_fine), 'infinity')
    group by b\
    """
        .formatted(frames);
  }

  private Future<RowSet<Row>> fill(
      List<@Nullable Summary> found, String statement, Tuple parameters) {
    return database
        .use(pool -> pool.preparedQuery(statement).execute(parameters))
        .onSuccess(rows -> {
          for (Row row : rows) {
            int bucket = row.getInteger(0);
            if (bucket < found.size()) { // the last one may be a rounding error too long
              Integer worst = row.getInteger(3);
              found.set(
                  bucket,
                  new Summary(
                      row.getDouble(1),
                      row.getDouble(2),
                      worst == null ? WORST[0] : WORST[worst - 1]));
            }
          }
        });
  }

  @Override
  public Future<Optional<Instant>> begin() {
    return database
        .use(pool -> pool.query(BEGIN).execute())
        .map(rows ->
            Optional.ofNullable(rows.iterator().next().getOffsetDateTime(0))
                .map(java.time.OffsetDateTime::toInstant));
  }

  /** Stops writing; frames still queued are lost. */
  @Override
  public void close() {
    writer.close();
  }

  static Buffer bytes(byte[] bytes) {
    return Buffer.buffer(bytes);
  }
}
