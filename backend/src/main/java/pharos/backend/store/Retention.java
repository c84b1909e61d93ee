package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pharos.backend.store.Partitions.Partition;

/**
 * Lets old frames go, a partition at a time: first what is older than it may be, then the oldest of
 * the rest until all fit the space they may take. Every statement of it is here.
 */
final class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private static final String SIZES =
      """
      select c.relname, pg_total_relation_size(c.oid)
      from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      where p.relname in ('graph_frame_fine', 'graph_frame_minute')
        and p.relnamespace = current_schema()::regnamespace\
      """;

  // An inventory's used_at may lag half an hour behind the newest frame that names it.
  private static final String DROP_INVENTORIES =
      """
      delete from graph_inventory where used_at < coalesce(
        least((select min(at) from graph_frame_fine), (select min(at) from graph_frame_minute)),
        now()) - interval '1 hour'\
      """;

  private final Database database;
  private final HistoryOptions options;
  private final Clock clock;

  Retention(Database database, HistoryOptions options, Clock clock) {
    this.database = database;
    this.options = options;
    this.clock = clock;
  }

  /** The names of the partitions that were dropped. */
  Future<List<String>> run() {
    return database
        .use(pool -> pool.query(SIZES).execute())
        .compose(rows -> {
          List<String> names =
              excess(stored(rows), options, clock.instant()).stream().map(Partition::name).toList();
          Future<?> done = Future.succeededFuture();
          for (String name : names) {
            done = done.compose(_ -> drop(name));
          }
          return done.compose(_ -> database.use(pool -> pool.query(DROP_INVENTORIES).execute()))
              .map(_ -> names);
        });
  }

  /** A reader may hold the table for a while; the next run tries again. */
  private Future<?> drop(String name) {
    log.info("dropping old frames {}", name);
    return database.use(pool ->
        pool.withTransaction(sql ->
            sql.query("set local lock_timeout = '2s'")
                .execute()
                .compose(_ -> sql.query("drop table if exists " + name).execute())));
  }

  private static List<Stored> stored(RowSet<Row> rows) {
    List<Stored> stored = new ArrayList<>();
    for (Row row : rows) {
      Partitions.parse(row.getString(0))
          .ifPresent(partition -> stored.add(new Stored(partition, row.getLong(1))));
    }
    return stored;
  }

  /** What has to go. The newest partition of each table stays, whatever its size. */
  static List<Partition> excess(List<Stored> stored, HistoryOptions options, Instant now) {
    List<Partition> excess = new ArrayList<>();
    List<Stored> kept = new ArrayList<>();
    for (Stored each : stored) {
      var age =
          each.partition().of() == Partitions.FINE ? options.fineRetention() : options.retention();
      if (each.partition().to().isBefore(now.minus(age))) {
        excess.add(each.partition());
      } else {
        kept.add(each);
      }
    }
    kept.sort(Comparator.comparing((Stored each) -> each.partition().to()));
    long bytes = kept.stream().mapToLong(Stored::bytes).sum();
    for (Stored each : kept) {
      if (bytes <= options.maxBytes()) {
        break;
      }
      boolean newest =
          kept.stream()
              .filter(other -> other.partition().of() == each.partition().of())
              .noneMatch(other -> other.partition().from().isAfter(each.partition().from()));
      if (!newest) {
        excess.add(each.partition());
        bytes -= each.bytes();
      }
    }
    return excess;
  }

  /** A partition and the space that it takes, indexes included. */
  record Stored(Partition partition, long bytes) {}
}
