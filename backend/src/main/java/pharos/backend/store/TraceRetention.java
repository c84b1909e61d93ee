package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets old traces go, an hour at a time: first what is older than it may be, then the oldest of the
 * rest until all fit the space they may take. Every statement of it is here.
 */
final class TraceRetention implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TraceRetention.class);
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String SIZES =
      """
      select c.relname, pg_total_relation_size(c.oid)
      from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      where p.relname = 'trace_segment' and p.relnamespace = current_schema()::regnamespace\
      """;

  private final Database database;
  private final TraceOptions options;
  private final Clock clock;
  private final Thread thread;

  TraceRetention(Database database, TraceOptions options, Clock clock) {
    this.database = database;
    this.options = options;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("trace-retention").start(this::work);
  }

  private void work() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        try {
          Database.await(run(), LIMIT);
        } catch (ExecutionException | TimeoutException e) {
          log.info("old traces were not removed, will be tried again: {}", e.toString());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** The names of the tables that were dropped. */
  Future<List<String>> run() {
    return database
        .use(pool -> pool.query(SIZES).execute())
        .compose(rows -> {
          List<Stored> stored = new ArrayList<>();
          for (Row row : rows) {
            TracePartitions.parse(row.getString(0))
                .ifPresent(partition -> stored.add(new Stored(partition, row.getLong(1))));
          }
          List<String> dropped = new ArrayList<>();
          Future<?> done = Future.succeededFuture();
          for (TracePartitions partition : excess(stored, options, clock.instant())) {
            dropped.add(partition.table());
            done = done.compose(_ -> drop(partition));
          }
          return done.map(_ -> dropped);
        });
  }

  /** A reader may hold the table for a while; the next run tries again. */
  private Future<?> drop(TracePartitions partition) {
    log.info("dropping old traces {}", partition.table());
    return database.use(pool ->
        pool.withTransaction(sql ->
            sql.query("set local lock_timeout = '2s'")
                .execute()
                .compose(_ -> sql.query(partition.dropStatement()).execute())));
  }

  /** What has to go; the newest hour stays, whatever its size. */
  static List<TracePartitions> excess(List<Stored> stored, TraceOptions options, Instant now) {
    List<Stored> sorted = new ArrayList<>(stored);
    sorted.sort(Comparator.comparing(each -> each.partition().from()));
    long bytes = sorted.stream().mapToLong(Stored::bytes).sum();
    List<TracePartitions> excess = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Stored each = sorted.get(i);
      boolean old = each.partition().to().isBefore(now.minus(options.retention()));
      boolean crowded = bytes > options.maxBytes() && i < sorted.size() - 1;
      if (old || crowded) {
        excess.add(each.partition());
        bytes -= each.bytes();
      }
    }
    return excess;
  }

  /** An hour and the space that it takes, indexes included. */
  record Stored(TracePartitions partition, long bytes) {}

  @Override
  public void close() {
    thread.interrupt();
  }
}
