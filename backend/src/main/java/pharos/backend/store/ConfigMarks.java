package pharos.backend.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Changes of configuration on the time line. Every statement on {@code config_mark} is here. */
public final class ConfigMarks {
  private static final String INSERT =
      "insert into config_mark (at, kind, namespace, name, what) values ($1, $2, $3, $4, $5)";
  private static final String BETWEEN =
      """
      select at, kind, namespace, name, what from config_mark
      where at >= $1 and at < $2 order by at desc, id desc limit $3\
      """;

  private final Database database;

  public ConfigMarks(Database database) {
    this.database = database;
  }

  public Future<Void> save(Mark mark) {
    return database
        .use(pool ->
            pool.preparedQuery(INSERT)
                .execute(
                    Tuple.of(
                        mark.at().atOffset(ZoneOffset.UTC),
                        mark.kind(),
                        mark.namespace(),
                        mark.name(),
                        mark.what())))
        .mapEmpty();
  }

  /** Newest first, at most {@code limit}. */
  public Future<List<Mark>> between(Instant from, Instant to, int limit) {
    return database
        .use(pool ->
            pool.preparedQuery(BETWEEN)
                .execute(
                    Tuple.of(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), limit)))
        .map(rows -> {
          List<Mark> marks = new ArrayList<>();
          for (Row row : rows) {
            marks.add(
                new Mark(
                    row.getOffsetDateTime(0).toInstant(),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4)));
          }
          return marks;
        });
  }

  /**
   * One change.
   *
   * @param kind of the object, for example {@code VirtualService}
   * @param what happened, in words
   */
  public record Mark(Instant at, String kind, String namespace, String name, String what) {}
}
